//! A text as the patterns read it: as it stands, or with its lines joined.

use std::borrow::Cow;
use std::ops::Range;

/// A text to look for secrets in, which knows where each of its bytes came from.
///
/// A terminal, a mail program or a person breaks a long token over lines. The joined view leaves out the line breaks
/// between two printable characters (with the blanks and quotation marks `>` around them) and invisible characters; the
/// places where something was left out are its *seams*. A seam counts as the edge of a word, so that a token at the
/// start of a line stays one.
pub(super) struct View<'t> {
    pub(super) text: Cow<'t, str>,
    seams: Vec<Seam>,
}

struct Seam {
    /// Where it is, in bytes of the view.
    at: usize,
    /// How many bytes of the original were left out up to here.
    left_out: usize,
}

impl<'t> View<'t> {
    /// The text as it stands.
    pub(super) fn plain(text: &'t str) -> Self {
        View {
            text: Cow::Borrowed(text),
            seams: Vec::new(),
        }
    }

    /// The text with its lines joined, or `None` when there is nothing to join.
    pub(super) fn joined(text: &str) -> Option<View<'static>> {
        let mut joined = String::new();
        let mut seams = Vec::new();
        let mut copied = 0;
        for (at, character) in text.char_indices() {
            if at < copied || !(character == '\n' || is_invisible(character)) {
                continue;
            }
            let (mut left, mut right) = (&text[copied..at], &text[at + character.len_utf8()..]);
            if character == '\n' {
                left = left.trim_end_matches([' ', '\t', '\r']);
                right = right.trim_start_matches([' ', '\t', '>']);
            }
            let before = left.chars().next_back().or(joined.chars().next_back());
            if before.is_some_and(is_joinable) && right.chars().next().is_some_and(is_joinable) {
                joined.push_str(left);
                copied = text.len() - right.len();
                seams.push(Seam {
                    at: joined.len(),
                    left_out: copied - joined.len(),
                });
            }
        }
        if seams.is_empty() {
            return None;
        }
        joined.push_str(&text[copied..]);
        Some(View {
            text: Cow::Owned(joined),
            seams,
        })
    }

    /// The range of the original text that `range` of this view stands for.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let first = self.seams.partition_point(|seam| seam.at <= range.start);
        let last = self.seams.partition_point(|seam| seam.at < range.end);
        range.start + self.left_out(first)..range.end + self.left_out(last)
    }

    fn left_out(&self, seams_before: usize) -> usize {
        seams_before
            .checked_sub(1)
            .map_or(0, |last| self.seams[last].left_out)
    }

    /// Where the seams strictly inside `range` are.
    pub(super) fn seams_in(&self, range: &Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let first = self.seams.partition_point(|seam| seam.at <= range.start);
        let end = range.end;
        self.seams[first..]
            .iter()
            .map(|seam| seam.at)
            .take_while(move |at| *at < end)
    }

    /// Whether anything was left out.
    pub(super) fn is_joined(&self) -> bool {
        !self.seams.is_empty()
    }

    /// Whether something was left out at `at`.
    pub(super) fn is_seam(&self, at: usize) -> bool {
        self.seams.binary_search_by_key(&at, |seam| seam.at).is_ok()
    }

    /// Whether a word may begin at `at`: nothing of a word, and none of the characters in `glue`, stands before it.
    pub(super) fn may_begin(&self, at: usize, glue: &str) -> bool {
        self.is_seam(at)
            || self.text[..at]
                .chars()
                .next_back()
                .is_none_or(|c| !(c.is_alphanumeric() || c == '_' || glue.contains(c)))
    }

    /// Whether a word may end at `at`: nothing of a word follows it.
    pub(super) fn may_end(&self, at: usize) -> bool {
        self.is_seam(at)
            || self.text[at..]
                .chars()
                .next()
                .is_none_or(|c| !(c.is_alphanumeric() || c == '_'))
    }

    /// The first place after `at`, at most `end`, where a word may begin.
    pub(super) fn next_beginning(&self, at: usize, end: usize, glue: &str) -> usize {
        self.text[at..end]
            .char_indices()
            .map(|(offset, _)| at + offset)
            .skip(1)
            .find(|&place| self.may_begin(place, glue))
            .unwrap_or(end)
    }
}

/// Characters that show as nothing and come along when text is copied from a web page or a word processor.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Whether a token may go on over a break next to `c`. A backtick closes the code block that holds the token.
fn is_joinable(c: char) -> bool {
    c.is_ascii_graphic() && c != '`'
}
