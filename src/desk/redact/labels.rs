//! The value after a label: where it stands, and whether it is a secret or just the next word of a sentence.

use std::ops::Range;

use super::checks::{entropy, has_inner_capital, is_random};
use super::kind::first_mark;
use super::link::{Link, after_preposition, link_after, prefix, skip};
use super::view::View;
use super::words;

/// So much of a value is looked at, in bytes, to tell whether it is a secret. All of it is cut.
pub(super) const LOOKED_AT: usize = 64;

/// A closing quotation mark is looked for this far, in bytes.
const LONGEST_QUOTED: usize = 200;

/// What stands where a value is expected.
struct Value<'t> {
    /// As far as it was looked at, without quotation marks and the punctuation after it.
    text: &'t str,
    start: usize,
    is_quoted: bool,
}

/// A password after its label.
pub(super) fn password(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let (link, start) = link_after(&view.text, label.end).unwrap_or((Link::Nothing, label.end));
    let start = if link == Link::Nothing {
        after_preposition(&view.text, start)?
    } else {
        start
    };
    let value = value_after(&view.text, start)?;
    is_password(&view.text, &value, link).then(|| extent(&view.text, &value))
}

/// The password of a wireless network: at least eight characters.
pub(super) fn wifi_key(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let range = password(view, label)?;
    (view.text[range.clone()].chars().count() >= 8).then_some(range)
}

/// Four to eight digits.
pub(super) fn pin(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let value = value_after(&view.text, link_after(&view.text, label.end)?.1)?;
    let is_pin = (4..=8).contains(&value.text.len())
        && value.text.bytes().all(|byte| byte.is_ascii_digit())
        && !is_amount(&view.text[value.start + value.text.len()..]);
    is_pin.then(|| extent(&view.text, &value))
}

/// Six to eight digits, perhaps in two groups.
pub(super) fn one_time_code(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let (_, start) = link_after(&view.text, label.end)?;
    let start = skip(&view.text, start, 8, |c| {
        c.is_whitespace() || matches!(c, '*' | '_' | '`' | '"' | '\'' | '|')
    });
    let after = &view.text[start..];
    let mut digits = 0;
    let mut end = 0;
    for (at, c) in after.char_indices().take(9) {
        match c {
            '0'..='9' => {
                digits += 1;
                end = at + 1;
            }
            ' ' | '-' if (3..=4).contains(&digits) && end == at => {}
            _ => break,
        }
    }
    let range = start..start + end;
    ((6..=8).contains(&digits) && view.may_end(range.end) && !is_amount(&after[end..]))
        .then_some(range)
}

/// The key or password inside a connection string, up to the semicolon.
pub(super) fn connection_value(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let start = skip(&view.text, label.end, 4, |c| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '`')
    });
    let run = run_of(&view.text, start, |c| {
        !c.is_whitespace() && !matches!(c, ';' | '"' | '\'' | '`' | '<' | '{' | '$' | '*')
    });
    let run = unmarked(&view.text, run)?;
    let range = run.start..end_over_breaks(view, first_line(view, &run)..run.end);
    (range.len() >= 4 && !words::is_placeholder(&view.text[range.clone()])).then_some(range)
}

/// What follows the scheme of an Authorization header.
pub(super) fn credentials(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let start = skip(&view.text, label.end, 2, |c| matches!(c, '"' | '\'' | '`'));
    let run = run_of(&view.text, start, is_token_character);
    let range = run.start..end_over_breaks(view, first_line(view, &run)..run.end);
    let text = &view.text[range.clone()];
    (range.len() >= 8 && (is_random(text) || text.ends_with('=') || entropy(text) >= 3.5))
        .then_some(range)
}

/// A password between the user and the host of a URL.
pub(super) fn url_password(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let authority: &str = prefix(&view.text[label.end..], LONGEST_QUOTED);
    let authority = authority
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>' | '?'))
        .next()?;
    let range = label.end..label.end + authority.rfind('@')?;
    let text = &view.text[range.clone()];
    let is_broken = view.seams_in(&label).next().is_some();
    // "http://host:8080" at the end of a line and an e-mail address on the next look like one.
    let is_port = view.seams_in(&range).next().is_some_and(|seam| {
        view.text[range.start..seam]
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    });
    let is_secret = text.len() >= 3
        && !is_broken
        && !is_port
        && first_mark(text).is_none()
        && !words::is_placeholder(text)
        && !words::is_label(text);
    is_secret.then_some(range)
}

/// Forty characters of base64 near the words, or next to the id of the key.
pub(super) fn aws_secret(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    // The key begins within 48 bytes of the label.
    let near = label.end..label.end + prefix(&view.text[label.end..], 48 + 41).len();
    let text = &view.text[..near.end];
    let is_key_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '+');
    let mut from = near.start;
    loop {
        let start = from + text[from..].find(is_key_sign)?;
        let run = run_of(text, start, is_key_sign);
        if run.len() < 40 {
            from = run.end;
            continue;
        }
        // Over a break, the first word of the next line may stick to the key.
        let key = &text[start..start + 40];
        let ends = run.len() == 40 || view.is_seam(start + 40);
        let is_mixed = has_letters_of_both_cases(key) && entropy(key) >= 3.5;
        return (ends && is_mixed).then_some(start..start + 40);
    }
}

fn has_letters_of_both_cases(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_uppercase())
        && text.contains(|c: char| c.is_ascii_lowercase())
}

/// A long random string that is called a key, token or secret.
pub(super) fn api_key(view: &View<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let value = value_after(&view.text, link_after(&view.text, label.end)?.1)?;
    let looked_at = prefix(&view.text[value.start..], LOOKED_AT);
    let looked_at = &looked_at[run_of(looked_at, 0, is_token_character)];
    let is_key = looked_at.len() >= 16
        && is_random(looked_at)
        && looked_at.contains(|c: char| c.is_ascii_digit())
        && entropy(looked_at) >= 3.0
        && !words::is_reference(looked_at)
        && !words::is_slug(looked_at);
    is_key.then(|| {
        let run = run_of(&view.text, value.start, is_token_character);
        run.start..end_over_breaks(view, first_line(view, &run)..run.end)
    })
}

/// Where a token ends that goes on over the seams in `rest`: each part after a seam must look like a part of a token.
pub(super) fn end_over_breaks(view: &View<'_>, rest: Range<usize>) -> usize {
    let mut end = rest.start;
    if end == rest.end {
        return end;
    }
    let mut parts = view.seams_in(&(end..rest.end)).chain([rest.end]);
    parts
        .by_ref()
        .take_while(|&next| {
            let goes_on = is_random(&view.text[end..next]);
            if goes_on {
                end = next;
            }
            goes_on
        })
        .for_each(drop);
    end
}

/// The end of the first line's part of `run`.
fn first_line(view: &View<'_>, run: &Range<usize>) -> usize {
    view.seams_in(run).next().unwrap_or(run.end)
}

/// The characters from `start` on that belong together.
fn run_of(text: &str, start: usize, belongs: impl Fn(char) -> bool) -> Range<usize> {
    let rest = &text[start..];
    start..start + rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

fn is_token_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '+' | '/' | '=')
}

/// The part of `range` before a mark; `None` when nothing is before it.
fn unmarked(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    match first_mark(&text[range.clone()]) {
        Some(0) => None,
        Some(at) => Some(range.start..range.start + at),
        None => Some(range),
    }
}

/// Whether `after` says that the number before it counts something: "12345678 characters".
fn is_amount(after: &str) -> bool {
    let word: String = after
        .trim_start_matches([' ', '-', '+'])
        .chars()
        .take_while(|c| c.is_alphabetic())
        .take(16)
        .collect();
    after.starts_with([' ', '-', '+', '%']) && words::is_unit(&word.to_lowercase())
}

/// Steps over blanks, a line break and the marks of Markdown, and takes what comes next.
fn value_after(text: &str, mut start: usize) -> Option<Value<'_>> {
    let mut breaks = 0;
    for _ in 0..12 {
        let rest = &text[start..];
        let c = rest.chars().next()?;
        if c == '\n' {
            breaks += 1;
            if breaks > 2 {
                return None;
            }
        }
        if let Some(fence) = rest.strip_prefix("```") {
            // The name of a language may follow; it is alone on its line.
            let language = fence.len()
                - fence
                    .trim_start_matches(|c: char| c.is_ascii_alphanumeric())
                    .len();
            let skipped = if fence[language..].starts_with('\n') && language <= 12 {
                language
            } else {
                0
            };
            start += 3 + skipped;
        } else if c.is_whitespace() {
            start += c.len_utf8();
        } else if ["**", "__", "||", "~~"]
            .iter()
            .any(|mark| rest.starts_with(mark))
        {
            start += 2;
        } else if let Some(closing) = closing_quote(c) {
            let inside = start + c.len_utf8();
            let line = prefix(&text[inside..], LONGEST_QUOTED)
                .split('\n')
                .next()
                .unwrap_or_default();
            start = inside;
            if let Some(end) = line.find(closing) {
                return value(text, start..start + end, true);
            }
        } else {
            break;
        }
    }
    let window = prefix(&text[start..], LOOKED_AT);
    let end = start + window.find(char::is_whitespace).unwrap_or(window.len());
    value(text, start..end, false)
}

fn value(text: &str, range: Range<usize>, is_quoted: bool) -> Option<Value<'_>> {
    let range = unmarked(text, range)?;
    let mut value = &text[range.clone()];
    if !is_quoted {
        // A parameter of a URL ends at the next one, an element of XML at its closing tag.
        for end in ["</", "&amp;"] {
            value = value.split(end).next().unwrap_or_default();
        }
        value = words::before_next_parameter(value);
        value = trimmed(value);
    }
    (value.chars().count() >= 4).then_some(Value {
        text: value,
        start: range.start,
        is_quoted,
    })
}

fn closing_quote(opening: char) -> Option<char> {
    match opening {
        '"' | '\'' | '`' => Some(opening),
        '„' => Some('“'),
        '“' | '”' => Some('”'),
        '‘' => Some('’'),
        '«' => Some('»'),
        _ => None,
    }
}

/// Without the punctuation and the marks of Markdown after it.
fn trimmed(value: &str) -> &str {
    let mut value = value;
    loop {
        let shorter = value.trim_end_matches([
            '.', ',', ';', ':', ')', ']', '}', '>', '"', '\'', '`', '…', '”', '“', '’', '»',
        ]);
        let shorter = ["**", "||", "__", "~~"]
            .iter()
            .find_map(|mark| shorter.strip_suffix(mark))
            .unwrap_or(shorter);
        if shorter == value {
            return value;
        }
        value = shorter;
    }
}

/// Where the whole of a value stands.
fn extent(text: &str, value: &Value<'_>) -> Range<usize> {
    let end = value.start + value.text.len();
    if value.is_quoted || value.text.len() < LOOKED_AT - 4 {
        return value.start..end;
    }
    // Longer than what was looked at: everything up to the next blank or mark goes.
    let run = run_of(text, value.start, |c| !c.is_whitespace());
    unmarked(text, run).unwrap_or(value.start..end)
}

/// Whether a value is a password: it must not be read as a word of the sentence, a reference or a placeholder.
fn is_password(text: &str, value: &Value<'_>, link: Link) -> bool {
    let core = value.text.trim_matches(['!', '?', '…', '.']);
    if words::is_placeholder(value.text) || words::is_reference(core) {
        return false;
    }
    if value.is_quoted && core.contains(char::is_whitespace) {
        return is_passphrase(core, link);
    }
    let has_digit = core.contains(|c: char| c.is_ascii_digit());
    let has_letter = core.contains(char::is_alphabetic);
    let has_symbol = core.contains(words::is_symbol);
    if !has_digit && words::is_said_of_passwords(core) {
        return false;
    }
    match link {
        Link::Nothing => core.len() >= 6 && has_digit && has_letter && has_symbol,
        _ if !has_letter && !has_symbol => {
            has_digit
                && core.bytes().all(|byte| byte.is_ascii_digit())
                && !is_amount(&text[value.start + value.text.len()..])
        }
        _ if words::is_name(core, link == Link::Separator) => false,
        Link::Separator => {
            has_digit
                || has_symbol
                || has_inner_capital(core)
                || value.is_quoted && core.len() >= 6
                || value.text.len() > core.len() && core.len() >= 4 && value.text.ends_with('!')
        }
        Link::Verb => has_symbol || has_digit && !words::is_code(core) || has_inner_capital(core),
    }
}

/// Whether words in quotation marks are a password made of words, or one with a blank in it, and not a message that is
/// quoted.
fn is_passphrase(text: &str, link: Link) -> bool {
    if link != Link::Separator || words::is_said_of_passwords(text) {
        return false;
    }
    let count = text.split_whitespace().count();
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let is_mixed = count <= 3 && has_digit && text.contains(words::is_symbol);
    let is_words = (4..=12).contains(&count)
        && text
            .split_whitespace()
            .all(|word| word.chars().all(char::is_alphanumeric) && !words::is_function_word(word));
    is_mixed || is_words
}
