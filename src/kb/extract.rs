//! What of an article is shown: the steps that matter, as they stand in it.

use super::article::Article;
use super::markdown::{self, Block, Form};
use super::query::Weigher;
use std::ops::Range;

/// A piece of an article, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extract {
    /// Which section of the article it is from, counted from 0.
    pub section: usize,
    /// The heading it stands under, as plain text; none before the first heading.
    pub heading: Option<String>,
    /// Markdown as written in the article: one unbroken piece of one section, whole blocks, list steps in order.
    pub text: String,
    /// Whether the section goes on after it.
    pub goes_on: bool,
}

/// An extract has about so many characters at most …
pub const USUAL_EXTRACT: usize = 600;

/// … and so many where a list, or a single paragraph, would be broken off otherwise: half of the steps helps nobody. Only a
/// single longer step or paragraph is cut, at a word's end.
pub const LONGEST_EXTRACT: usize = 900;

/// Chooses what to show of a section of an article.
pub(super) fn choose(article: &Article, place: usize, weigher: &Weigher<'_, '_>) -> Extract {
    let Some(section) = article.sections.get(place) else {
        return Extract {
            section: place,
            heading: None,
            text: String::new(),
            goes_on: false,
        };
    };
    let weigh = |text: &str| weigher.weigh(text, article.language);
    let range = window(&section.text, weigh);
    Extract {
        section: place,
        heading: section.heading.clone(),
        goes_on: range.end < section.text.trim_end().len(),
        text: section.text[range].to_owned(),
    }
}

/// The run of whole blocks that holds most of what was asked.
fn window(text: &str, weigh: impl Fn(&str) -> f32) -> Range<usize> {
    let blocks = markdown::blocks(text);
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return 0..0;
    };
    if length(text, first.range.start..last.range.end) <= USUAL_EXTRACT {
        return first.range.start..last.range.end;
    }
    let worth: Vec<f32> = blocks
        .iter()
        .map(|block| weigh(&markdown::plain(&text[block.range.clone()])))
        .collect();
    let mut best: Option<(f32, Range<usize>)> = None;
    for start in 0..blocks.len() {
        // Steps are followed from the first.
        if matches!(blocks[start].form, Form::NextItem { .. }) {
            continue;
        }
        let end = reach(text, &blocks, start);
        let value: f32 = worth[start..end].iter().sum();
        if best.as_ref().is_none_or(|(most, _)| value > *most) {
            best = Some((value, start..end));
        }
    }
    let Some((_, chosen)) = best else {
        return 0..0;
    };
    let range = blocks[chosen.start].range.start..blocks[chosen.end - 1].range.end;
    if length(text, range.clone()) <= LONGEST_EXTRACT {
        range
    } else {
        cut(text, range)
    }
}

/// How far whole blocks go from `start` within the limit, at least one. Where that ends in the middle of a list, it goes to the
/// end of the list if there is room for all of it, and only up to its beginning if the list is shown whole from there.
fn reach(text: &str, blocks: &[Block], start: usize) -> usize {
    let long = |start: usize, end: usize| {
        length(text, blocks[start].range.start..blocks[end - 1].range.end)
    };
    let goes_on = |end: usize| {
        let next = blocks.get(end).map(|block| block.form);
        matches!(next, Some(Form::NextItem { .. }))
    };
    let mut end = start + 1;
    while end < blocks.len() && long(start, end + 1) <= USUAL_EXTRACT {
        end += 1;
    }
    let mut whole = end;
    while goes_on(whole) {
        whole += 1;
    }
    if whole == end || long(start, whole) <= LONGEST_EXTRACT {
        return whole;
    }
    let first = (start..end).rev().find(|&at| !goes_on(at));
    match first {
        Some(first) if first > start && long(first, whole) <= LONGEST_EXTRACT => first,
        _ => end,
    }
}

fn length(text: &str, range: Range<usize>) -> usize {
    text[range].chars().count()
}

/// A block that alone is too long, cut after its last whole word.
fn cut(text: &str, range: Range<usize>) -> Range<usize> {
    let block = &text[range.clone()];
    let end = block
        .char_indices()
        .nth(LONGEST_EXTRACT)
        .map_or(block.len(), |(at, _)| at);
    let end = block[..end].rfind(char::is_whitespace).unwrap_or(end);
    range.start..range.start + block[..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::article;
    use crate::kb::index::Index;
    use crate::kb::words;
    use std::path::Path;
    use std::sync::Arc;

    /// What is shown of an article with this body, of its first section, when `asked` is asked.
    fn shown(body: &str, asked: &str) -> Extract {
        let text = format!("---\ntitle: An article\n---\n{body}\n");
        let reading = article::read(Path::new("a.md"), text.as_bytes());
        let article = reading.article.expect("it is in order");
        let index = Index::new(vec![Arc::new(article.clone())], None);
        let query = index.look_up(asked, &words::words(asked));
        choose(&article, 0, &index.weigh(&query))
    }

    fn steps(count: usize, text: &str) -> String {
        (1..=count)
            .map(|number| format!("{number}. {text} {number}."))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn a_short_section_is_shown_whole() {
        let extract = shown("## Steps\n\nFirst.\n\n1. One.\n2. Two.\n", "two");
        assert_eq!(extract.heading.as_deref(), Some("Steps"));
        assert_eq!(extract.text, "First.\n\n1. One.\n2. Two.");
        assert!(!extract.goes_on);
    }

    #[test]
    fn a_long_list_is_shown_from_its_first_step_and_ends_after_a_whole_one() {
        let list = steps(
            40,
            "Press the green button and wait for the lamp, then do number",
        );
        let extract = shown(&list, "number 39");
        assert!(extract.text.starts_with("1. Press"));
        assert!(extract.text.ends_with('.'));
        assert!(extract.goes_on);
        assert!(list.contains(&extract.text));
        let length = extract.text.chars().count();
        assert!((500..=USUAL_EXTRACT).contains(&length), "{length}");
    }

    #[test]
    fn a_list_that_fits_is_shown_whole_and_nothing_after_it() {
        let before = "What stands before the steps says why they help.";
        let list = steps(14, "Press the green button and wait for the lamp, number");
        let after = "And this is told after them.";
        let extract = shown(&format!("{before}\n\n{list}\n\n{after}"), "number 2");
        let length = extract.text.chars().count();
        assert!(
            (USUAL_EXTRACT..=LONGEST_EXTRACT).contains(&length),
            "{length}"
        );
        assert_eq!(extract.text, format!("{before}\n\n{list}"));
        assert!(extract.goes_on);
    }

    #[test]
    fn a_list_that_fits_only_by_itself_is_not_begun_after_something_else() {
        let before = "The toner is told about here, and at some length. ".repeat(10);
        let list = steps(14, "Press the green button and wait for the lamp, number");
        let body = format!("{before}\n\n{list}");
        let extract = shown(&body, "toner");
        assert_eq!(extract.text, before.trim_end());
        assert_eq!(shown(&body, "green lamp").text, list);
    }

    #[test]
    fn of_a_long_section_the_part_that_was_asked_for_is_shown() {
        let filler = "Nothing of interest is told here, and at some length. ".repeat(12);
        let list = steps(3, "Turn the toner");
        let extract = shown(
            &format!("{filler}\n\n{filler}\n\n{list}\n\n{filler}"),
            "toner",
        );
        assert!(extract.text.contains(&list), "{}", extract.text);
        assert!(extract.goes_on || extract.text.ends_with("length."));
    }

    #[test]
    fn a_paragraph_without_end_is_cut_after_a_word() {
        let extract = shown(&"word ".repeat(700), "word");
        assert!(extract.text.ends_with("word"));
        assert!(extract.goes_on);
        let length = extract.text.chars().count();
        assert!((890..=LONGEST_EXTRACT).contains(&length), "{length}");
        let unbroken = shown(&"ä".repeat(3_000), "word");
        assert_eq!(unbroken.text.chars().count(), LONGEST_EXTRACT);
    }

    #[test]
    fn an_article_without_text_shows_nothing() {
        let extract = shown("", "article");
        assert_eq!((extract.heading, extract.text.as_str()), (None, ""));
        assert_eq!(shown("## Only a heading", "article").text, "");
    }
}
