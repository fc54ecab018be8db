//! What an article must not hold, because it would deceive a reader, call people, or steer what shows it.

use super::article::Notes;
use super::finding::Kind;
use super::markdown::{self, LineNumbers};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use regex::Regex;
use std::sync::LazyLock;

/// A longer line is no prose. It also bounds what reading one line can cost.
const LONGEST_LINE: usize = 4_000;

/// Control characters, and those that turn the direction of what follows: they hide, reorder or overwrite what is read.
pub(super) fn is_harmful(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{2067}')
}

/// Characters that take no room: a word split by one looks whole. Scripts that are written from the right need some of
/// them, and software that was translated puts the isolating ones around names.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{2068}' | '\u{2069}' | '\u{feff}'
    )
}

/// Looks through a file as written, line by line.
pub(super) fn scan_lines(text: &str, first_line: u32, notes: &mut Notes) {
    for (line, number) in text.split('\n').zip(first_line..) {
        let length = line.chars().count();
        if length > LONGEST_LINE {
            notes.error(
                Some(number),
                Kind::LongLine,
                format!(
                    "This line has {length} characters. Break it after at most {LONGEST_LINE}."
                ),
            );
        }
        scan_value(line, Some(number), notes);
    }
}

/// Looks through one value; YAML escapes can bring in what the line as written does not show.
pub(super) fn scan_value(text: &str, line: Option<u32>, notes: &mut Notes) {
    if text
        .bytes()
        .all(|byte| matches!(byte, b'\t' | b' '..=b'~') && byte != b'@')
    {
        return;
    }
    if let Some(c) = text.chars().find(|&c| is_harmful(c)) {
        notes.error(
            line,
            Kind::Character,
            format!(
                "The character U+{:04X} is a control or bidirectional character. Delete it.",
                u32::from(c)
            ),
        );
    }
    let invisible = text.chars().find(|&c| is_invisible(c));
    if let Some(c) = invisible {
        notes.warning(
            line,
            Kind::Character,
            format!(
                "The character U+{:04X} is invisible. Delete it unless the language needs it.",
                u32::from(c)
            ),
        );
    }
    let mention = if invisible.is_some() {
        find_mention(
            &text
                .chars()
                .filter(|&c| !is_invisible(c))
                .collect::<String>(),
        )
    } else {
        find_mention(text)
    };
    if let Some(mention) = mention {
        notes.error(
            line,
            Kind::Mention,
            format!("\"{mention}\" would call people. Name the role or the person in words."),
        );
    }
}

fn find_mention(text: &str) -> Option<String> {
    if !text.contains('@') {
        return None;
    }
    MENTION
        .captures_iter(text)
        .find(|found| {
            // An address such as name@here.example calls nobody.
            let end = found.get(0).map_or(0, |whole| whole.end());
            let mut after = text[end..].chars();
            !(after.next() == Some('.') && after.next().is_some_and(char::is_alphanumeric))
        })
        .map(|found| found[0].to_owned())
}

static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)@everyone|@here\b|<@[!&]?[0-9]+>").expect("the pattern is fixed and valid")
});

/// A link or picture inside the knowledge base, still to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RelativeLink {
    /// As written.
    pub target: String,
    /// The line in the file.
    pub line: u32,
}

/// Looks through the Markdown for HTML and for links, and hands out the relative ones.
pub(super) fn scan_markdown(body: &str, body_line: u32, notes: &mut Notes) -> Vec<RelativeLink> {
    let lines = LineNumbers::new(body, body_line);
    let mut relative = Vec::new();
    let mut open: Vec<(String, String, u32)> = Vec::new();
    for (event, range) in markdown::parser(body).into_offset_iter() {
        match event {
            // The target of <name@example.org> is the bare address.
            Event::Start(Tag::Link {
                link_type: LinkType::Email,
                ..
            }) => open.push((String::new(), String::new(), lines.at(range.start))),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                open.push((dest_url.into_string(), String::new(), lines.at(range.start)));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((target, text, line)) = open.pop() {
                    judge_link(target, text.trim(), line, notes, &mut relative);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, shown, _)) = open.last_mut() {
                    shown.push_str(&text);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                judge_html(&html, lines.at(range.start), notes);
            }
            _ => {}
        }
    }
    relative
}

fn judge_html(html: &str, line: u32, notes: &mut Notes) {
    let Some(found) = ELEMENT.captures(html) else {
        if html.contains("<!") || html.contains("<?") {
            notes.error(
                Some(line),
                Kind::Html,
                "This is an HTML comment or declaration. Delete it: it is shown as text.",
            );
        }
        return;
    };
    let name = found[1].to_ascii_lowercase();
    let shown = format!("<{name}>");
    if ACTIVE_ELEMENTS.contains(&name.as_str()) || HANDLER.is_match(html) {
        notes.error(
            Some(line),
            Kind::Html,
            format!("\"{shown}\" is HTML that loads or runs something. Write it in Markdown."),
        );
    } else {
        notes.warning(
            Some(line),
            Kind::Html,
            format!(
                "\"{shown}\" reads as HTML. Write Markdown, or put `{shown}` between backticks."
            ),
        );
    }
}

static ELEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"</?([A-Za-z][A-Za-z0-9-]*)").expect("the pattern is fixed and valid")
});

static HANDLER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\son[a-z]+\s*=|javascript:|\ssrcdoc\s*=")
        .expect("the pattern is fixed and valid")
});

/// Elements that fetch, run, embed or submit. The others are shown as text and do no harm.
const ACTIVE_ELEMENTS: [&str; 24] = [
    "a", "applet", "audio", "base", "body", "button", "embed", "form", "frame", "frameset", "head",
    "html", "iframe", "img", "input", "link", "math", "meta", "object", "script", "source",
    "style", "svg", "video",
];

fn judge_link(
    target: String,
    text: &str,
    line: u32,
    notes: &mut Notes,
    relative: &mut Vec<RelativeLink>,
) {
    let Some(found) = SCHEME.captures(&target) else {
        if target.starts_with("//") {
            notes.error(
                Some(line),
                Kind::UnsafeLink,
                "The link begins with \"//\". Write the whole address, beginning with https://.",
            );
        } else if !target.starts_with('#') && !target.is_empty() {
            relative.push(RelativeLink { target, line });
        }
        return;
    };
    let scheme = found[1].to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" => judge_address(&target, text, line, notes),
        "mailto" | "tel" => {}
        _ => notes.error(
            Some(line),
            Kind::UnsafeLink,
            format!("A link must not begin with \"{scheme}:\". Use https, mailto or tel."),
        ),
    }
}

fn judge_address(target: &str, text: &str, line: u32, notes: &mut Notes) {
    let host = ADDRESS.captures(target).map(|found| bare_host(&found[1]));
    let Some(host) = host.filter(|host| !host.contains('@') && !host.is_empty()) else {
        notes.error(
            Some(line),
            Kind::UnsafeLink,
            "The address names no plain host. Write https://host/path, without a user name.",
        );
        return;
    };
    let named = match ADDRESS.captures(text) {
        Some(found) => Some(bare_host(&found[1])),
        None => LOOKS_LIKE_HOST
            .captures(text)
            .filter(|found| !FILE_ENDINGS.contains(&found[2].to_ascii_lowercase().as_str()))
            .map(|found| bare_host(&found[1])),
    };
    if let Some(named) = named
        && named != host
        && !host.ends_with(&format!(".{named}"))
    {
        notes.error(
            Some(line),
            Kind::UnsafeLink,
            format!(
                "The link reads \"{named}\" but leads to \"{host}\". Make text and address agree."
            ),
        );
    }
}

fn bare_host(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    let host = host.rsplit_once(':').map_or(host.as_str(), |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            name
        } else {
            host.as_str()
        }
    });
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

static SCHEME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*([A-Za-z][A-Za-z0-9+.-]*):").expect("the pattern is fixed and valid")
});

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bhttps?:[/\\]{2,}([^/\\?#\s]+)").expect("the pattern is fixed and valid")
});

static LOOKS_LIKE_HOST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^((?:[\w-]+\.)+([a-z]{2,}))(?::\d+)?(?:[/?#]\S*)?$")
        .expect("the pattern is fixed and valid")
});

/// Endings that make a link's text a file name rather than a host.
const FILE_ENDINGS: [&str; 22] = [
    "bat", "bmp", "cfg", "conf", "csv", "dmg", "doc", "docx", "exe", "gif", "ini", "jpg", "json",
    "log", "md", "msi", "pdf", "png", "pptx", "txt", "xlsx", "xml",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::finding::{Finding, Severity};
    use std::path::Path;

    fn scan(body: &str) -> (Vec<Finding>, Vec<RelativeLink>) {
        let mut notes = Notes::new(Path::new("a.md"));
        scan_lines(body, 1, &mut notes);
        let links = scan_markdown(body, 1, &mut notes);
        (notes.into_findings(), links)
    }

    #[test]
    fn refuses_what_harms() {
        use Kind::{Character, Html, LongLine, Mention, UnsafeLink};
        let long = "x".repeat(LONGEST_LINE + 1);
        for (line, kind) in [
            ("tell @everyone", Mention),
            ("tell @HERE, now", Mention),
            ("ask <@123456789>", Mention),
            ("ask <@!123456789>", Mention),
            ("ask <@&123456789>", Mention),
            ("`@everyone` in code", Mention),
            ("@every\u{200b}one", Mention),
            ("safe\u{202e}drowssap", Character),
            ("nul \0 byte", Character),
            ("bell \u{7}", Character),
            ("escape \u{1b}[31m", Character),
            ("[bank](https://bank.example@evil.example)", UnsafeLink),
            ("[https://bank.example](https://evil.example)", UnsafeLink),
            (
                "[bank.example](https://evil.example/bank.example)",
                UnsafeLink,
            ),
            ("[www.bank.example/login](http://evil.example)", UnsafeLink),
            ("[run](javascript:alert(1))", UnsafeLink),
            ("[run](JavaScript:alert(1))", UnsafeLink),
            ("[run](data:text/html;base64,AAAA)", UnsafeLink),
            ("[share](file://server/share)", UnsafeLink),
            ("[elsewhere](//evil.example/x)", UnsafeLink),
            ("![picture](vbscript:x)", UnsafeLink),
            ("<javascript:alert(1)>", UnsafeLink),
            ("<script>alert(1)</script>", Html),
            ("text <img src=x> text", Html),
            ("text <b onclick=x()> text", Html),
            ("<iframe src=\"https://evil.example\">", Html),
            ("<!-- hidden -->", Html),
            (&long, LongLine),
        ] {
            let (findings, _) = scan(&format!("first\n\n{line}\n"));
            assert!(
                findings.iter().any(|finding| finding.kind == kind
                    && finding.severity == Severity::Error
                    && finding.line == Some(3)),
                "{line:.80} gave {findings:#?}"
            );
        }
    }

    #[test]
    fn lets_pass_what_is_harmless() {
        for line in [
            "mail it@here.example or everyone@example.org",
            "we are @heretics",
            "[the portal](https://portal.example/login)",
            "[portal.example](https://www.portal.example/login)",
            "[example.org](https://wiki.example.org:8443/a)",
            "<https://portal.example>",
            "[setup.exe](https://portal.example/setup)",
            "[write to us](mailto:it@example.org)",
            "or to <it@example.org>",
            "`<script>` and `<user name>` in code",
            "5 < 6 and 7 > 6",
            "naïve “quotes”, emoji 🙂, 漢字",
        ] {
            let (findings, _) = scan(line);
            assert_eq!(findings, [], "{line}");
        }
    }

    #[test]
    fn warns_of_what_is_merely_odd() {
        for (line, kind) in [
            ("the folder <user name>", Kind::Html),
            ("<b>bold</b>", Kind::Html),
            ("soft\u{ad}hyphen", Kind::Character),
            ("\u{2068}name\u{2069}", Kind::Character),
        ] {
            let (findings, _) = scan(line);
            assert!(
                findings.iter().any(|finding| finding.kind == kind),
                "{line}"
            );
            assert!(!findings.iter().any(Finding::is_error), "{line}");
        }
    }

    #[test]
    fn hands_out_links_within_the_folder() {
        let (findings, links) =
            scan("[a](b.md) [c](#d)\n![e](../f%20g.png)\n[h](https://i.example)\n");
        assert_eq!(findings, []);
        let links: Vec<(&str, u32)> = links
            .iter()
            .map(|link| (link.target.as_str(), link.line))
            .collect();
        assert_eq!(links, [("b.md", 1), ("../f%20g.png", 2)]);
    }

    #[test]
    fn says_enough_of_a_file_that_is_wrong_everywhere() {
        let (findings, _) = scan(&"@everyone\n".repeat(5_000));
        assert_eq!(findings.len(), 10);
    }
}
