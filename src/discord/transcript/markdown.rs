//! A transcript as Markdown. Everything that people wrote stands in quotations, with its own marks shown and not obeyed.

use super::{Entry, Kind, Sheet, Text, file_line, instant};
use crate::discord::plain;
use crate::discord::words::Words;

/// At most `most` bytes of it.
pub(super) fn write(words: Words, sheet: &Sheet<'_>, most: usize) -> String {
    let mut out = format!("# {}\n\n", line(&sheet.title));
    for remark in &sheet.remarks {
        out.push_str(&format!("{}\n\n", line(remark)));
    }
    for (name, value) in &sheet.facts {
        out.push_str(&format!("- **{}:** {}\n", line(name), line(value)));
    }
    out.push_str(&format!("\n## {}\n", words.record_request()));
    for (name, text) in &sheet.request {
        out.push_str(&format!("\n**{}**\n\n{}\n", line(name), quoted(text)));
    }
    let mut tail = format!("\n## {}\n\n", words.record_people());
    for person in &sheet.people {
        tail.push_str(&format!("- {}\n", line(person)));
    }
    out.push_str(&format!("\n## {}\n", words.record_course()));
    // Room for the sentence that says that something is left out.
    let room = most.saturating_sub(tail.len() + 1024);
    let mut left_out = 0;
    for entry in &sheet.entries {
        let written = self::entry(words, entry);
        if left_out > 0 || out.len() + written.len() > room {
            left_out += 1;
        } else {
            out.push_str(&written);
        }
    }
    if left_out > 0 {
        out.push_str(&format!("\n{}\n", words.record_cut(left_out)));
    }
    out.push_str(&tail);
    out
}

fn entry(words: Words, entry: &Entry<'_>) -> String {
    let head = line(&entry.head);
    let head = match entry.kind {
        Kind::Message => format!("**{head}**"),
        Kind::Event => head,
    };
    let staff = if entry.staff {
        format!(" · *{}*", words.record_staff())
    } else {
        String::new()
    };
    let mut out = format!("\n{} · {head}{staff}\n", instant(entry.at));
    for text in &entry.texts {
        out.push_str(&self::text(text));
    }
    for file in &entry.files {
        out.push_str(&format!("\n- {}\n", line(&file_line(words, file))));
        if let Some(sha256) = &file.sha256 {
            out.push_str(&format!("  {}\n", words.record_fingerprint(sha256)));
        }
    }
    out
}

fn text(text: &Text) -> String {
    let label = text
        .label
        .as_ref()
        .map_or_else(String::new, |label| format!("\n*{}*\n", line(label)));
    if text.remark {
        return format!("{label}\n*{}*\n", line(&text.text));
    }
    format!("{label}\n{}\n", quoted(&text.text))
}

/// Somebody's words, line by line as they were written.
fn quoted(text: &str) -> String {
    let shown = escaped(text);
    let lines: Vec<String> = shown
        .split('\n')
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect();
    // A backslash at the end of a line keeps the next one from being drawn up to it.
    lines.join("\\\n").replace(">\\\n", ">\n")
}

/// On one line.
fn line(text: &str) -> String {
    escaped(&plain::one_line(text))
}

/// What Discord does not obey, other readers of Markdown might: entities, rules, and headings that are underlined.
fn escaped(text: &str) -> String {
    let lines: Vec<String> = plain::shown(text)
        .split('\n')
        .map(|line| {
            let start = line.trim_start();
            let indented = "\u{a0}".repeat(line.chars().count() - start.chars().count());
            let ruled = start.starts_with(['=', '-', '+'])
                && !start.starts_with("- ")
                && !start.starts_with("+ ");
            let mark = if ruled { "\\" } else { "" };
            format!("{indented}{mark}{}", without_entities(start))
        })
        .collect();
    lines.join("\n")
}

fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        let names = |next: &char| next.is_ascii_alphanumeric() || *next == '#';
        if c == '&' && rest.peek().is_some_and(names) {
            out.push_str("amp;");
        }
    }
    out
}
