//! A transcript as one page that needs nothing beside it: no script, nothing that is loaded, and a policy in its head that
//! forbids both. Everything that people wrote is text and nothing else; their pictures stand in the page itself.

use data_encoding::BASE64;

use super::{Entry, Kind, Pictures, Sheet, Text, file_line, instant, picture};
use crate::discord::plain;
use crate::discord::words::Words;
use crate::domain::record::{FileState, KeptFile};

const STYLE: &str = include_str!("page.css");
/// Nothing is loaded and nothing runs, whatever slipped into the page.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// At most `most` bytes of it.
pub(super) fn write(words: Words, sheet: &Sheet<'_>, pictures: &Pictures, most: usize) -> String {
    let remarks: String = sheet
        .remarks
        .iter()
        .map(|remark| format!("<p>{}</p>\n", text_of(remark)))
        .collect();
    let facts: String = sheet
        .facts
        .iter()
        .map(|(name, value)| {
            format!(
                "<div><dt>{}</dt><dd>{}</dd></div>\n",
                text_of(name),
                text_of(value)
            )
        })
        .collect();
    let request: String = sheet
        .request
        .iter()
        .map(|(name, text)| {
            format!(
                "<h3>{}</h3>\n<div class=\"words\" dir=\"auto\">{}</div>\n",
                text_of(name),
                text_of(text)
            )
        })
        .collect();
    let people: String = sheet
        .people
        .iter()
        .map(|person| format!("<li>{}</li>\n", text_of(person)))
        .collect();
    let title = text_of(&sheet.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <header>\n<h1 dir=\"auto\">{title}</h1>\n<div class=\"remarks\">\n{remarks}</div>\n\
         <dl class=\"facts\">\n{facts}</dl>\n</header>\n\
         <section>\n<h2>{}</h2>\n{request}</section>\n<section>\n<h2>{}</h2>\n",
        sheet.lang,
        text_of(&words.record_request()),
        text_of(&words.record_course()),
    );
    let tail = format!(
        "<section class=\"people\">\n<h2>{}</h2>\n<ul>\n{people}</ul>\n</section>\n</main>\n</body>\n</html>\n",
        text_of(&words.record_people()),
    );
    // Room for the sentences that say that something is left out.
    let room = most.saturating_sub(out.len() + tail.len() + 2048);
    let plain: Vec<String> = sheet
        .entries
        .iter()
        .map(|entry| self::entry(words, entry, &mut Shown::nothing()))
        .collect();
    let fit = fitting(&plain, room);
    let words_only: usize = plain.iter().take(fit).map(String::len).sum();
    let mut shown = Shown {
        pictures: Some(pictures),
        room: room - words_only,
        left_out: 0,
    };
    out.push_str("<ol class=\"course\">\n");
    for one in sheet.entries.iter().take(fit) {
        out.push_str(&entry(words, one, &mut shown));
    }
    out.push_str("</ol>\n");
    if shown.left_out > 0 {
        let said = words.record_left_out(shown.left_out);
        out.push_str(&format!("<p class=\"missing\">{}</p>\n", text_of(&said)));
    }
    if fit < plain.len() {
        let said = words.record_cut(plain.len() - fit);
        out.push_str(&format!("<p class=\"missing\">{}</p>\n", text_of(&said)));
    }
    out.push_str("</section>\n");
    out.push_str(&tail);
    out
}

/// How many of the entries fit, from the first on.
fn fitting(entries: &[String], room: usize) -> usize {
    let mut used = 0;
    entries
        .iter()
        .take_while(|entry| {
            used += entry.len();
            used <= room
        })
        .count()
}

/// The pictures that can still be shown.
struct Shown<'p> {
    pictures: Option<&'p Pictures>,
    room: usize,
    left_out: usize,
}

impl Shown<'_> {
    fn nothing() -> Self {
        Self {
            pictures: None,
            room: 0,
            left_out: 0,
        }
    }

    /// The file as a picture in the page, where it is one and there is room for it.
    fn show(&mut self, words: Words, file: &KeptFile) -> Option<String> {
        let pictures = self.pictures?;
        let Some(bytes) = pictures.get(file.sha256.as_ref()?) else {
            let kind = file.media_type.as_deref().unwrap_or_default();
            self.left_out += usize::from(kind.starts_with("image/"));
            return None;
        };
        let kind = picture(bytes)?;
        let name = text_of(&words.record_picture(&plain::one_line(&file.name)));
        let shown = format!(
            "<img alt=\"{name}\" src=\"data:{kind};base64,{}\">\n",
            BASE64.encode(bytes)
        );
        if shown.len() > self.room {
            self.left_out += 1;
            return None;
        }
        self.room -= shown.len();
        Some(shown)
    }
}

fn entry(words: Words, entry: &Entry<'_>, shown: &mut Shown<'_>) -> String {
    let mut classes = vec![match entry.kind {
        Kind::Message => "message",
        Kind::Event => "event",
    }];
    let mut mark = String::new();
    if entry.staff {
        classes.push("staff");
        mark = format!(
            " <span class=\"mark\">{}</span>",
            text_of(&words.record_staff())
        );
    }
    let at = instant(entry.at);
    let mut out = format!(
        "<li class=\"{}\">\n<div class=\"head\"><bdi>{}</bdi>{mark} <time datetime=\"{}\">{at}</time></div>\n",
        classes.join(" "),
        text_of(&entry.head),
        entry.at,
    );
    for text in &entry.texts {
        out.push_str(&self::text(text));
    }
    for file in &entry.files {
        out.push_str(&self::file(words, file, shown));
    }
    out.push_str("</li>\n");
    out
}

fn text(text: &Text) -> String {
    let label = text.label.as_ref().map_or_else(String::new, |label| {
        format!("<div class=\"label\">{}</div>\n", text_of(label))
    });
    let class = match (text.remark, text.past) {
        (true, _) => "remark",
        (false, true) => "words past",
        (false, false) => "words",
    };
    format!(
        "{label}<div class=\"{class}\" dir=\"auto\">{}</div>\n",
        text_of(&text.text)
    )
}

fn file(words: Words, file: &KeptFile, shown: &mut Shown<'_>) -> String {
    let picture = shown.show(words, file).unwrap_or_default();
    let line = text_of(&file_line(words, file));
    let print = match (&file.sha256, file.state) {
        (Some(sha256), FileState::Kept) => {
            let said = text_of(&words.record_fingerprint(sha256));
            format!("<div class=\"print\">{said}</div>\n")
        }
        _ => String::new(),
    };
    format!("<div class=\"file\">\n{picture}<div><bdi>{line}</bdi></div>\n{print}</div>\n")
}

/// Text that stays text wherever it stands in the page, and that holds no character that is not seen.
fn text_of(text: &str) -> String {
    let clean = plain::clean(text);
    let mut out = String::with_capacity(clean.len() + clean.len() / 8);
    for c in clean.trim().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '`' => out.push_str("&#96;"),
            c => out.push(c),
        }
    }
    out
}
