//! What the engine asks of Markdown: sections, plain words, blocks that must not be torn apart, steps.

use super::article::{Notes, Section};
use super::finding::Kind;
use super::passage::Passage;
use super::words::fold;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Splits a body into its sections. A first heading that repeats the title is no section of its own.
pub(super) fn read(body: &Passage, title: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut heading: Option<(String, u8)> = None;
    let mut start = 0;
    for found in headings(body) {
        close(
            &mut sections,
            heading.take(),
            body,
            &body[start..found.range.start],
        );
        start = found.range.end;
        let repeats_title = sections.is_empty() && fold(&found.text) == fold(title);
        heading = (!repeats_title).then_some((found.text, found.level));
    }
    close(&mut sections, heading, body, &body[start..]);
    sections
}

fn close(sections: &mut Vec<Section>, heading: Option<(String, u8)>, body: &Passage, text: &str) {
    let text = body.of(text.trim_end().trim_start_matches(['\n', '\r']));
    match heading {
        Some((heading, level)) => sections.push(Section {
            heading: Some(heading),
            level,
            text,
        }),
        None if !text.trim().is_empty() => sections.push(Section {
            heading: None,
            level: 0,
            text,
        }),
        None => {}
    }
}

struct Heading {
    text: String,
    level: u8,
    range: Range<usize>,
}

/// The headings at the top level; one inside a list or a quotation divides nothing.
fn headings(body: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut depth = 0_usize;
    let mut open = false;
    for (event, range) in parser(body).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                found.push(Heading {
                    text: String::new(),
                    level: level as u8,
                    range,
                });
                open = true;
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::Heading(_)) if open && depth == 1 => {
                open = false;
                depth = 0;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if open => {
                if let Some(heading) = found.last_mut() {
                    heading.text.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found
}

/// The words of a piece of Markdown, without its marks and without the targets of its links.
pub(super) fn plain(markdown: &str) -> String {
    plain_and_steps(markdown).0
}

/// The same, and whether there are numbered steps in it, in one reading.
pub(super) fn plain_and_steps(markdown: &str) -> (String, bool) {
    let mut text = String::with_capacity(markdown.len());
    let (mut depth, mut in_steps, mut has_steps) = (0_usize, false, false);
    for event in parser(markdown) {
        match &event {
            Event::Start(tag) => {
                // As `blocks` has it: what is nested in something else is no step.
                match tag {
                    Tag::List(first) if depth == 0 => in_steps = first.is_some(),
                    Tag::Item if depth == 1 => has_steps |= in_steps,
                    _ => {}
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            // A placeholder such as <user name> reads as HTML; its words are words.
            Event::InlineHtml(part) | Event::Html(part) => {
                text.push(' ');
                text.push_str(part.trim_matches(['<', '>', '/']));
                text.push(' ');
            }
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableCell,
            ) => text.push('\n'),
            _ => {}
        }
    }
    (text, has_steps)
}

/// A piece of a section that is shown whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Its place in the section's text.
    pub range: Range<usize>,
    /// What it is.
    pub form: Form,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A paragraph, a quotation, a table.
    Text,
    /// The first item of a list.
    FirstItem { numbered: bool },
    /// A further item of the same list.
    NextItem { numbered: bool },
    /// Code between fences or by indentation.
    Code,
}

/// Splits a section's text into blocks, in their order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut list: Option<(bool, bool)> = None;
    for (event, range) in parser(text).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                match (&tag, depth, list) {
                    (Tag::List(first), 0, _) => list = Some((first.is_some(), true)),
                    (Tag::Item, 1, Some((numbered, first))) => {
                        let form = if first {
                            Form::FirstItem { numbered }
                        } else {
                            Form::NextItem { numbered }
                        };
                        list = Some((numbered, false));
                        found.push(Block { range, form });
                    }
                    (Tag::CodeBlock(_), 0, _) => found.push(Block {
                        range,
                        form: Form::Code,
                    }),
                    (_, 0, _) => found.push(Block {
                        range,
                        form: Form::Text,
                    }),
                    _ => {}
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    for block in &mut found {
        let content = &text[block.range.clone()];
        block.range.end = block.range.start + content.trim_end().len();
    }
    found.retain(|block| !block.range.is_empty());
    found
}

/// A numbered step longer than this is several steps, and does not fit on a card.
const LONGEST_STEP: usize = 300;

/// Reports numbered steps that are too long; what is nested in a step counts for itself.
pub(super) fn check_steps(body: &str, body_line: u32, notes: &mut Notes) {
    let mut lists: Vec<bool> = Vec::new();
    let mut items: Vec<(usize, usize)> = Vec::new();
    let mut long: Vec<(usize, usize)> = Vec::new();
    for (event, range) in parser(body).into_offset_iter() {
        match event {
            Event::Start(Tag::List(first)) => lists.push(first.is_some()),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => items.push((range.start, 0)),
            Event::End(TagEnd::Item) => {
                if let Some((start, length)) = items.pop()
                    && lists.last() == Some(&true)
                    && length > LONGEST_STEP
                {
                    long.push((start, length));
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, length)) = items.last_mut() {
                    *length += text.chars().count();
                }
            }
            _ => {}
        }
    }
    long.sort_unstable();
    let lines = LineNumbers::new(body, body_line);
    for (start, length) in long {
        notes.warning(
            Some(lines.at(start)),
            Kind::LongStep,
            format!(
                "This step has {length} characters. Split it, so that each step is one action of at most {LONGEST_STEP}."
            ),
        );
    }
}

/// Tells the line in the file of a place in the body.
pub(super) struct LineNumbers {
    first: u32,
    breaks: Vec<usize>,
}

impl LineNumbers {
    /// For a body whose first line is the file's `first`.
    pub fn new(body: &str, first: u32) -> LineNumbers {
        let breaks = body.bytes().enumerate();
        LineNumbers {
            first,
            breaks: breaks
                .filter_map(|(at, byte)| (byte == b'\n').then_some(at))
                .collect(),
        }
    }

    /// The line that holds the byte at `place`.
    pub fn at(&self, place: usize) -> u32 {
        let before = self.breaks.partition_point(|&at| at < place);
        self.first
            .saturating_add(u32::try_from(before).unwrap_or(u32::MAX))
    }
}

/// One reading of Markdown for everything here: what Discord renders, and tables so that their cells are words.
pub(super) fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const BODY: &str = "\
# Reset it

Before you begin.

## Check *first*

- Is it on?
- Is it `plugged` in?

## Steps

1. Open [the portal](https://portal.example).
   - choose *Reset*
2. Wait.

> ## Not a section

```
## nor this
```

## Empty
";

    #[test]
    fn divides_at_headings() {
        let sections = read(&BODY.into(), "Reset it");
        let outline: Vec<(Option<&str>, u8)> = sections
            .iter()
            .map(|section| (section.heading.as_deref(), section.level))
            .collect();
        assert_eq!(
            outline,
            [
                (None, 0),
                (Some("Check first"), 2),
                (Some("Steps"), 2),
                (Some("Empty"), 2)
            ]
        );
        assert_eq!(&*sections[0].text, "Before you begin.");
        assert_eq!(&*sections[1].text, "- Is it on?\n- Is it `plugged` in?");
        for section in &sections {
            assert!(BODY.contains(&*section.text));
        }
        let sections = read(&BODY.into(), "Another title");
        assert_eq!(sections[0].heading.as_deref(), Some("Reset it"));
        assert_eq!(read(&"".into(), "x"), []);
        assert_eq!(read(&"only text".into(), "x").len(), 1);
    }

    #[test]
    fn tells_words_from_marks() {
        for (markdown, expected) in [
            (
                "*Open* **the** [portal](https://x.example/secret)",
                "Open the portal\n",
            ),
            ("1. one\n2. two\n", "one\ntwo\n"),
            ("`code` and\n```\nblock\n```", "code and\nblock\n\n"),
            ("the <user name> folder", "the  user name  folder\n"),
            ("a\nb", "a\nb\n"),
        ] {
            assert_eq!(plain(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn keeps_steps_whole() {
        let text =
            "Intro.\n\n1. One\n   - nested\n2. Two\n\nBetween.\n\n* x\n* y\n\n```\ncode\n```\n";
        let found: Vec<(&str, Form)> = blocks(text)
            .into_iter()
            .map(|block| (&text[block.range], block.form))
            .collect();
        assert_eq!(
            found,
            [
                ("Intro.", Form::Text),
                ("1. One\n   - nested", Form::FirstItem { numbered: true }),
                ("2. Two", Form::NextItem { numbered: true }),
                ("Between.", Form::Text),
                ("* x", Form::FirstItem { numbered: false }),
                ("* y", Form::NextItem { numbered: false }),
                ("```\ncode\n```", Form::Code),
            ]
        );
        assert_eq!(blocks(""), []);
    }

    #[test]
    fn reports_long_steps_where_they_stand() {
        let long = "word ".repeat(70);
        let body = format!(
            "1. short\n2. {long}\n3. short\n   - {long}\n\n- {long}\n\n{long}\n\n1. {long}\n"
        );
        let mut notes = Notes::new(Path::new("a.md"));
        check_steps(&body, 5, &mut notes);
        let lines: Vec<_> = notes
            .into_findings()
            .into_iter()
            .map(|finding| (finding.line, finding.kind))
            .collect();
        assert_eq!(
            lines,
            [(Some(6), Kind::LongStep), (Some(14), Kind::LongStep),]
        );
    }

    #[test]
    fn numbers_lines() {
        let lines = LineNumbers::new("a\nbc\n\nd", 10);
        for (place, line) in [
            (0, 10),
            (1, 10),
            (2, 11),
            (4, 11),
            (5, 12),
            (6, 13),
            (7, 13),
        ] {
            assert_eq!(lines.at(place), line, "{place}");
        }
    }
}
