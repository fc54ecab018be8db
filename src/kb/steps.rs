//! An article's numbered steps, one by one: what somebody follows while it is read out.

use super::article::{Article, Section};
use super::markdown::{self, Form};
use pulldown_cmark::{Event, Tag};
use sha2::{Digest, Sha256};
use std::ops::Range;

/// One step of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepText {
    /// Markdown as written in the article, without the number.
    pub text: String,
    /// The pictures in it, as the article names their files.
    pub pictures: Vec<String>,
}

/// The steps of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// The heading they stand under, as plain text.
    pub heading: Option<String>,
    /// At least two, in their order.
    pub steps: Vec<StepText>,
    /// What they say, as a digest: where it is another one, the article was changed.
    pub digest: String,
}

/// Fewer steps than this are not walked one by one.
const FEWEST: usize = 2;

impl Article {
    /// The numbered steps of the section at that place, if it has two or more.
    pub fn steps_of(&self, section: usize) -> Option<Steps> {
        let section = self.sections.get(section)?;
        let steps = read(section);
        (steps.len() >= FEWEST).then(|| Steps {
            heading: section.heading.clone(),
            digest: digest(&steps),
            steps,
        })
    }

    /// Where the first section stands that has steps to be walked.
    pub fn first_steps(&self) -> Option<usize> {
        (0..self.sections.len()).find(|&section| self.steps_of(section).is_some())
    }
}

impl Article {
    /// The pictures in its text, as it names their files, in their order.
    pub fn pictures(&self) -> Vec<String> {
        pictures(&self.body)
    }
}

fn pictures(text: &str) -> Vec<String> {
    let pictures = markdown::parser(text).filter_map(|event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    pictures.collect()
}

impl StepText {
    fn new(text: &str) -> StepText {
        let text = text.trim().to_owned();
        StepText {
            pictures: pictures(&text),
            text,
        }
    }

    /// Its words, without marks, on one line.
    pub fn plain(&self) -> String {
        let plain = markdown::plain(&self.text);
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Each numbered item, with what stands around it: what leads to a list that begins anew goes with its first step, all
/// else with the step before.
fn read(section: &Section) -> Vec<StepText> {
    let blocks = markdown::blocks(&section.text);
    let is_step = |form: Form| {
        matches!(
            form,
            Form::FirstItem { numbered: true } | Form::NextItem { numbered: true }
        )
    };
    let text_of = |range: &Range<usize>| section.text[range.clone()].trim_end();
    let mut steps: Vec<String> = Vec::new();
    let mut before = String::new();
    for (at, block) in blocks.iter().enumerate() {
        let text = text_of(&block.range);
        if is_step(block.form) {
            let lead = std::mem::take(&mut before);
            steps.push(joined(&lead, &without_number(text)));
            continue;
        }
        let next = blocks[at..].iter().find(|block| is_step(block.form));
        let leads = next.is_some_and(|next| begins_anew(text_of(&next.range)));
        match steps.last_mut() {
            Some(last) if !leads => *last = joined(last, text),
            _ => before = joined(&before, text),
        }
    }
    steps.iter().map(|step| StepText::new(step)).collect()
}

fn joined(one: &str, other: &str) -> String {
    match one.is_empty() {
        true => other.to_owned(),
        false => format!("{one}\n\n{other}"),
    }
}

/// Whether a numbered item is the first by its number, and not one that goes on after a picture or a paragraph.
fn begins_anew(item: &str) -> bool {
    let item = item.trim_start();
    item.starts_with("1.") || item.starts_with("1)") || item.starts_with("0.")
}

/// An item without its number, and without the indentation that made its further lines part of it.
fn without_number(item: &str) -> String {
    let start = item.trim_start();
    let digits = start.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = digits.strip_prefix(['.', ')']).unwrap_or(digits);
    let content = rest.trim_start_matches([' ', '\t']);
    let indent = item.len() - content.len();
    let lines = content.lines().enumerate().map(|(number, line)| {
        let blank = line.len() - line.trim_start_matches(' ').len();
        if number == 0 {
            line
        } else {
            &line[blank.min(indent)..]
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn digest(steps: &[StepText]) -> String {
    let mut hash = Sha256::new();
    for step in steps {
        hash.update(step.text.as_bytes());
        hash.update([0]);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::article;
    use std::path::Path;

    fn article(body: &str) -> Article {
        let text = format!("---\ntitle: An article\n---\n{body}\n");
        let reading = article::read(Path::new("a.md"), text.as_bytes());
        reading.article.expect("it is in order")
    }

    fn steps(body: &str) -> Vec<String> {
        let steps = article(body).steps_of(0);
        let steps = steps.map(|steps| steps.steps).unwrap_or_default();
        steps.into_iter().map(|step| step.text).collect()
    }

    #[test]
    fn steps_keep_what_belongs_to_them() {
        for (body, expected) in [
            ("1. One.\n2. Two.", vec!["One.", "Two."]),
            (
                "1) One\n   on two lines.\n2) Two:\n   - a\n     - b\n   - c",
                vec!["One\non two lines.", "Two:\n- a\n  - b\n- c"],
            ),
            (
                "First this.\n\n1. One.\n\n![it](it.png)\n\n2. Two.\n\nThat is all.",
                vec![
                    "First this.\n\nOne.\n\n![it](it.png)",
                    "Two.\n\nThat is all.",
                ],
            ),
            (
                "On Windows:\n\n1. One.\n2. Two.\n\nOn a Mac:\n\n1. Three.",
                vec!["On Windows:\n\nOne.", "Two.", "On a Mac:\n\nThree."],
            ),
            (
                "10. Ten.\n11. Run:\n\n    ```\n    ipconfig\n    ```",
                vec!["Ten.", "Run:\n\n```\nipconfig\n```"],
            ),
            ("1. Only one.", vec![]),
            ("- a\n- b", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(steps(body), expected, "{body}");
        }
    }

    #[test]
    fn pictures_and_changes_are_noticed() {
        let body = "Before.\n\n## Steps\n\n1. See ![the icon](img/icon.png \"x\") here.\n2. **Press** [OK](ok.md).";
        let found = article(body);
        assert_eq!(found.first_steps(), Some(1));
        let steps = found.steps_of(1).expect("two steps");
        assert_eq!(steps.heading.as_deref(), Some("Steps"));
        assert_eq!(steps.steps[0].pictures, ["img/icon.png"]);
        assert_eq!(steps.steps[1].plain(), "Press OK.");
        let same = article(&format!("{body}\n\n## More\n\nText."));
        assert_eq!(
            same.steps_of(1).map(|steps| steps.digest),
            Some(steps.digest.clone())
        );
        let other = article(&body.replace("OK", "Yes"));
        assert_ne!(
            other.steps_of(1).map(|steps| steps.digest),
            Some(steps.digest)
        );
        assert_eq!(found.steps_of(7), None);
        assert_eq!(article("Text.").first_steps(), None);
    }
}
