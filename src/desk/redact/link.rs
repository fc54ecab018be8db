//! How a label goes on until its value may begin.

use super::words;

/// The value's separator is looked for this far after the label, in bytes.
const LONGEST_LINK: usize = 140;

/// How the label and the value are connected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// A separator: "password: …".
    Separator,
    /// A verb: "my password is …". Sentences about passwords look the same.
    Verb,
    /// Nothing: "my password …".
    Nothing,
}

/// How the label that ends at `start` goes on, and where its value may begin: "password**:", "password (VPN) =",
/// "password for the VPN is". `None` when nothing connects the label with a value.
pub(super) fn link_after(text: &str, start: usize) -> Option<(Link, usize)> {
    let rest = prefix(&text[start..], LONGEST_LINK);
    let mut at = skip(rest, 0, 4, |c| {
        matches!(c, '"' | '\'' | '`' | '*' | '_' | ')' | ']')
    });
    let open = skip(rest, at, 1, |c| c == ' ');
    if let Some(inside) = rest[open..].strip_prefix('(') {
        let end = inside
            .find(['(', ')', '\n'])
            .filter(|end| inside[*end..].starts_with(')'))?;
        at = open + end + 2;
    }
    if let Some((link, end)) = link_at(rest, at) {
        return Some((link, start + end));
    }
    let mut words = rest[at..].strip_prefix(' ')?.split_inclusive(' ');
    let preposition = words.next()?;
    if !words::is_preposition(&preposition.trim_end().to_lowercase()) {
        return None;
    }
    at += 1 + preposition.len();
    for word in words.take(4) {
        let plain = skip(word, 0, 24, |c| {
            c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '\'' | '’')
        });
        if plain == 0 {
            return None;
        }
        // "password on 00:1A:2B" is no label.
        let is_apart = |end: &usize| {
            !rest[*end..].starts_with(char::is_alphanumeric) && !rest[*end..].starts_with(':')
        };
        if let Some((link, end)) = link_at(rest, at + plain).filter(|(_, end)| is_apart(end)) {
            return Some((link, start + end));
        }
        at += word.len();
        if plain + 1 != word.len() {
            return None;
        }
    }
    None
}

/// The separator or verb at `at`, perhaps after blanks and marks of Markdown, and where it ends.
fn link_at(text: &str, at: usize) -> Option<(Link, usize)> {
    let marks = skip(text, at, 3, |c| matches!(c, '"' | '\'' | '`' | '*' | '_'));
    let blank = skip(text, marks, 3, char::is_whitespace);
    let rest = &text[blank..];
    if let Some(separator) = ["->", "=>", "→", "||", "|", ">"]
        .iter()
        .find(|sign| rest.starts_with(**sign))
    {
        return Some((Link::Separator, blank + separator.len()));
    }
    let signs = skip(text, blank, 3, |c| matches!(c, ':' | '=' | '：'));
    if signs > blank {
        return Some((Link::Separator, skip(text, signs, 1, |c| c == '>')));
    }
    if let Some(verb) = ["は", "是"].iter().find(|verb| rest.starts_with(**verb)) {
        return Some((Link::Verb, blank + verb.len()));
    }
    if blank == marks {
        return None;
    }
    let verb = rest
        .split(|c: char| !c.is_alphabetic())
        .next()
        .filter(|word| words::is_verb(&word.to_lowercase()))?;
    let mut end = blank + verb.len();
    let adverb = text[end..]
        .strip_prefix(' ')
        .and_then(|rest| rest.split(' ').next())
        .filter(|word| words::is_adverb(&word.to_lowercase()));
    if let Some(adverb) = adverb {
        end += 1 + adverb.len();
    }
    let sign = skip(text, skip(text, end, 2, |c| c == ' '), 1, |c| {
        matches!(c, ':' | '=' | '：')
    });
    if text[end..sign].ends_with([':', '=', '：']) {
        return Some((Link::Separator, sign));
    }
    text[end..]
        .starts_with(char::is_whitespace)
        .then_some((Link::Verb, end))
}

/// The place after at most `most` of the characters at `at` that belong to what is skipped.
pub(super) fn skip(text: &str, at: usize, most: usize, belongs: impl Fn(char) -> bool) -> usize {
    at + text[at..]
        .chars()
        .take(most)
        .take_while(|c| belongs(*c))
        .map(char::len_utf8)
        .sum::<usize>()
}

/// Where the value may begin in "password to …" or just "password …".
pub(super) fn after_preposition(text: &str, start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix([' ', '\n'])?;
    let start = start + 1;
    let after = ["to ", "as ", "with ", "auf ", "mit "]
        .iter()
        .find(|word| rest.starts_with(**word));
    Some(start + after.map_or(0, |word| word.len()))
}

/// At most the first `bytes` of `text`.
pub(super) fn prefix(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
