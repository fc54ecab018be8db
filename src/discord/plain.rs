//! Hostile text made safe to show: names, titles, questions, anything that a person typed.
//!
//! Text that people typed stands in embeds, where nobody is pinged by it, and goes through here first (`SECURITY` 3.1):
//! NFC; no control, bidirectional or zero-width characters; Markdown shown, not obeyed; links with their whole target.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Several lines, for an embed: what was typed, with nothing in it that Discord would obey.
pub fn shown(text: &str) -> String {
    let clean = clean(text);
    let mut shown = String::with_capacity(clean.len() + clean.len() / 8);
    for (place, line) in clean.trim().split('\n').enumerate() {
        if place > 0 {
            shown.push('\n');
        }
        show_line(line.trim_end(), &mut shown);
    }
    shown
}

/// One line with nothing in it that Discord would obey: an embed's title, a name within a sentence.
pub fn shown_line(text: &str) -> String {
    let mut shown = String::new();
    show_line(&one_line(text), &mut shown);
    shown
}

/// Several lines, each marked as a quotation, so that no words can pass for the desk's own.
pub fn quoted(text: &str) -> String {
    let shown = shown(text);
    let lines: Vec<String> = shown.split('\n').map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

/// One line for a place where Discord obeys no Markdown: a thread's name, a label, a list that is chosen from.
pub fn one_line(text: &str) -> String {
    let clean = clean(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `at_most` characters, the last of them an ellipsis where something was cut off. Never cuts within a letter and
/// its accents, or within a composed emoji.
pub fn cut(text: &str, at_most: usize) -> String {
    let text = text.trim();
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= at_most {
        return text.to_owned();
    }
    let mut end = at_most.saturating_sub(1);
    while end > 0 && (clings(chars[end]) || chars[end - 1] == JOINER) {
        end -= 1;
    }
    let kept: String = chars[..end].iter().collect();
    let mut kept = kept.trim_end().to_owned();
    if at_most > 0 {
        kept.push('…');
    }
    kept
}

/// Joins emoji into one picture.
const JOINER: char = '\u{200d}';

/// More accents than this on one letter are drawn over the lines around it.
const ACCENTS_AT_MOST: usize = 4;

/// Belongs to the character before it.
fn clings(c: char) -> bool {
    is_combining_mark(c)
        || matches!(
            c,
            JOINER | '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'
        )
}

/// NFC without characters that are not seen: what a form is filled in with. New lines stay; other white space becomes a
/// space.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let chars: Vec<char> = text.nfc().collect();
    let mut clean = String::with_capacity(text.len());
    let mut accents = 0;
    for (place, &c) in chars.iter().enumerate() {
        if c == JOINER {
            let joins = clean.chars().next_back().is_some_and(pictured)
                && chars.get(place + 1).copied().is_some_and(pictured);
            if joins {
                clean.push(c);
            }
            continue;
        }
        if unseen(c) {
            continue;
        }
        accents = if is_combining_mark(c) { accents + 1 } else { 0 };
        if accents > ACCENTS_AT_MOST {
            continue;
        }
        match c {
            '\n' => clean.push('\n'),
            c if c.is_whitespace() => clean.push(' '),
            c => clean.push(c),
        }
    }
    clean
}

/// An emoji or what follows one: the only characters between which a joiner is seen.
fn pictured(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Control, bidirectional, zero-width and filler characters, and the tags that hide text behind a flag.
fn unseen(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Signs that mean something to Discord wherever they stand.
const SIGNS: &[char] = &['\\', '*', '_', '~', '`', '|', '[', ']', '<'];

fn show_line(line: &str, shown: &mut String) {
    let start = line.trim_start();
    shown.push_str(&line[..line.len() - start.len()]);
    // Headings, quotations, and the small print in which a bot's footer is set.
    if start.starts_with(['#', '>']) || start.starts_with("-#") {
        shown.push('\\');
    }
    let mut rest = start;
    while !rest.is_empty() {
        match link_at(rest) {
            Some(length) => {
                let (link, after) = rest.split_at(length);
                shown.push('<');
                shown.push_str(link);
                shown.push('>');
                rest = after;
            }
            None => {
                let c = rest.chars().next().unwrap_or_default();
                let after = &rest[c.len_utf8()..];
                if SIGNS.contains(&c) || (c == '@' && calls_everybody(after)) {
                    shown.push('\\');
                }
                shown.push(c);
                rest = after;
            }
        }
    }
}

fn calls_everybody(after: &str) -> bool {
    ["everyone", "here"].iter().any(|word| {
        after
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    })
}

/// The length of the link that `text` begins with. It is shown between angle brackets: whole, and without a preview.
fn link_at(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].iter().find(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let end = text
        .find(|c: char| {
            c.is_whitespace() || matches!(c, '<' | '>' | '|' | '`' | '"' | '\\' | ']' | '[')
        })
        .unwrap_or(text.len());
    let link =
        text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*', '_', '~']);
    (link.len() > scheme.len()).then_some(link.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_shown_and_not_obeyed() {
        // Pairs of what was typed and what goes to Discord, by abuse case.
        let cases = [
            // A01: mentions.
            ("@everyone @HERE", r"\@everyone \@HERE"),
            (
                "<@123> <@!123> <@&456> <#789>",
                r"\<@123> \<@!123> \<@&456> \<#789>",
            ),
            ("mail me@example.org", "mail me@example.org"),
            // A02: the same, split by characters that are not seen.
            ("@every\u{200b}one", r"\@everyone"),
            ("@\u{202e}everyone", r"\@everyone"),
            ("<\u{2060}@\u{feff}&456>", r"\<@&456>"),
            ("@ever\u{e0079}yone", r"\@everyone"),
            // A03: masked links, fake timestamps, fake footers.
            (
                "[https://bank.example](https://evil.example)",
                r"\[<https://bank.example>\](<https://evil.example>)",
            ),
            ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
            ("<t:0:R>", r"\<t:0:R>"),
            (
                "see HTTPS://a.example/x_y_z.",
                "see <HTTPS://a.example/x_y_z>.",
            ),
            ("<https://a.example>", r"\<<https://a.example>>"),
            ("-# T-0001·e1", r"\-# T-0001·e1"),
            // A04: what looks like the desk's own.
            (
                "# Resolved by lead\n> fine",
                "\\# Resolved by lead\n\\> fine",
            ),
            ("**✅ Resolved**", r"\*\*✅ Resolved\*\*"),
            ("```\ncode\n```", "\\`\\`\\`\ncode\n\\`\\`\\`"),
            (
                "||secret|| ~~gone~~ _it_",
                r"\|\|secret\|\| \~\~gone\~\~ \_it\_",
            ),
            ("a\\*b", r"a\\\*b"),
            // Text that is none of this stays as it is.
            (
                "1. restart\n- wait - then (again)",
                "1. restart\n- wait - then (again)",
            ),
            ("  x  \r\n\r\n y ", "x\n\n y"),
            ("e\u{301}", "é"),
            ("bell\u{7} tab\there\u{1b}[31m", r"bell tab here\[31m"),
        ];
        for (typed, expected) in cases {
            assert_eq!(shown(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn one_line_is_one_line_and_obeys_nothing_unseen() {
        assert_eq!(
            one_line("VPN\n\n down/again \u{2028} *now*"),
            "VPN down/again *now*"
        );
        assert_eq!(shown_line("VPN\n# *down*"), r"VPN # \*down\*");
        assert_eq!(quoted("✅ Resolved\nby lead"), "> ✅ Resolved\n> by lead");
    }

    #[test]
    fn a_family_stays_one_picture_and_a_tower_of_accents_does_not() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(shown(family), family);
        assert_eq!(shown("a\u{200d}b"), "ab");
        let tower = format!("q{}", "\u{323}\u{301}".repeat(20));
        assert_eq!(shown(&tower).chars().count(), 1 + ACCENTS_AT_MOST);
    }

    #[test]
    fn cutting_counts_characters_and_keeps_letters_whole() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut(" abc ", 3), "abc");
        assert_eq!(cut("🙂🙂🙂🙂", 3), "🙂🙂…");
        // The third character is the accent of the second, so both go.
        assert_eq!(cut("aq\u{323}xyz", 3), "a…");
        assert_eq!(cut("a👍🏽xyz", 3), "a…");
        let family = format!("{}{}", "👨\u{200d}👩\u{200d}👧", "xxxx");
        assert_eq!(cut(&family, 5), "…");
        assert_eq!(cut(&family, 7), "👨\u{200d}👩\u{200d}👧x…");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(cut("one two", 5), "one…");
    }
}
