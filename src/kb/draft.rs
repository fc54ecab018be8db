//! The file that a draft becomes: a new article, or one that is there, changed.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_norway::{Mapping, Value};
use std::path::Path;

use super::article::{self, ArticleId};
use super::base::Kb;
use super::folder;
use super::front_matter;
use super::words::fold;
use crate::domain::article::ArticleDraft;

/// An article is looked at again after so many months.
const REVIEWED_AFTER_MONTHS: i64 = 12;

/// So many questions that an article answers are listed in it by the desk.
const ASKS: usize = 8;

/// The Markdown file of `draft`: its name, and all that stands in it. Of an article that is there, everything that the draft
/// says nothing about stays as it is, to the letter.
pub fn file_of(draft: &ArticleDraft, now: Timestamp) -> (String, String) {
    match (&draft.article, &draft.base) {
        (Some(article), Some(base)) => (
            format!("{}.md", last_part(article)),
            changed(draft, base, now),
        ),
        _ => new_file(draft, now),
    }
}

fn new_file(draft: &ArticleDraft, now: Timestamp) -> (String, String) {
    let mut front = Mapping::new();
    let mut put = |key: &str, value: Value| {
        front.insert(Value::from(key), value);
    };
    put("title", Value::from(draft.title.as_str()));
    if !draft.summary.is_empty() {
        put("summary", Value::from(draft.summary.as_str()));
    }
    let category = draft.category().key;
    put("category", Value::from(category));
    put("tags", Value::Sequence(vec![Value::from(category)]));
    put("asks", Value::Sequence(asks_of(draft)));
    if !draft.owner.is_empty() {
        put("owner", Value::from(draft.owner.as_str()));
    }
    put("review_by", Value::from(review_by(now).to_string()));
    if let Some((_, number)) = draft.ticket {
        let source = Value::from(number.to_string());
        put("sources", Value::Sequence(vec![source]));
    }
    let front = serde_norway::to_string(&front).unwrap_or_default();
    let text = format!("---\n{front}---\n\n{}\n", draft.body.trim());
    let name = slug(&draft.title, &draft.name().to_string());
    (format!("{name}.md"), text)
}

/// The file `base` with what the draft says.
fn changed(draft: &ArticleDraft, base: &str, now: Timestamp) -> String {
    let Some((front, rest)) = parted(base) else {
        return new_file(draft, now).1;
    };
    let known = front_of(base);
    let mut front = front.to_owned();
    let mut put = |key: &str, value: &str| {
        let is = known.get(key).and_then(Value::as_str);
        if is != Some(value) && !value.is_empty() {
            front = with_key(&front, key, Some(value));
        }
    };
    put("title", &draft.title);
    put("summary", &draft.summary);
    // Nobody has written at it yet: nothing is new.
    if !draft.writers.is_empty() {
        if known.get("owner").is_none_or(Value::is_null) {
            put("owner", &draft.owner);
        }
        put("review_by", &review_by(now).to_string());
        // One that was retired is brought back by whoever mends it.
        front = with_key(&front, front_matter::RETIRED, None);
    }
    if rest.trim() == draft.body.trim() {
        return format!("---\n{front}---\n{rest}");
    }
    let above = &rest[..rest.len() - rest.trim_start().len()];
    format!("---\n{front}---\n{above}{}\n", draft.body.trim())
}

/// The front matter with another value for that key, where it stands or at the end; without the key where there is no value.
fn with_key(front: &str, key: &str, value: Option<&str>) -> String {
    let entry = value
        .map(|value| Mapping::from_iter([(Value::from(key), Value::from(value))]))
        .and_then(|entry| serde_norway::to_string(&entry).ok())
        .unwrap_or_default();
    let mut entry = Some(entry);
    let mut text = String::new();
    let mut within = false;
    for line in front.split_inclusive('\n') {
        let begins = line
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(':'));
        // What belongs to a key is indented, or an entry of its list.
        within = begins || within && line.starts_with([' ', '\t', '-']);
        if begins {
            text.push_str(&entry.take().unwrap_or_default());
        } else if !within {
            text.push_str(line);
        }
    }
    text.push_str(&entry.unwrap_or_default());
    text
}

/// The questions that a new article lists: people ask in the words of their ticket before they know those of the article.
fn asks_of(draft: &ArticleDraft) -> Vec<Value> {
    let mut asks = vec![draft.title.clone()];
    for ask in &draft.asks {
        let line: Vec<&str> = ask.split_whitespace().collect();
        let line = line.join(" ");
        if !line.is_empty() && !asks.iter().any(|known| fold(known) == fold(&line)) {
            asks.push(line);
        }
    }
    asks.into_iter().take(ASKS).map(Value::from).collect()
}

/// Where in the folder the file of a new article goes: beside the other articles of its category, under a name that no file
/// has yet.
pub fn path_of(kb: &Kb, draft: &ArticleDraft, now: Timestamp) -> String {
    if let (Some(article), Some(_)) = (&draft.article, &draft.base) {
        return format!("{article}.md");
    }
    let (name, _) = file_of(draft, now);
    let category = draft.category().key;
    let mut folders: Vec<(usize, String)> = Vec::new();
    for article in kb.articles() {
        if article.category.as_deref() != Some(category) {
            continue;
        }
        let folder = article.id.as_str().rsplit_once('/');
        let folder = folder.map_or("", |(folder, _)| folder);
        match folders.iter_mut().find(|(_, known)| known == folder) {
            Some((count, _)) => *count += 1,
            None => folders.push((1, folder.to_owned())),
        }
    }
    // Of two that hold as many, the first by name: the same every time.
    folders.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let folder = folders
        .first()
        .map_or_else(|| category.to_owned(), |(_, folder)| folder.clone());
    let stem = name.trim_end_matches(".md");
    let place = |name: &str| match folder.is_empty() {
        true => format!("{name}.md"),
        false => format!("{folder}/{name}.md"),
    };
    let free = |path: &String| !kb.folder().join(path).exists();
    let numbered = (2..1000).map(|number| place(&format!("{stem}-{number}")));
    std::iter::once(place(stem))
        .chain(numbered)
        .find(free)
        .unwrap_or_else(|| place(stem))
}

/// The article in the file at `path`, as its id.
pub fn article_at(path: &str) -> ArticleId {
    ArticleId::new(path.trim_end_matches(".md"))
}

/// Why the knowledge base would not serve a file with that text, sentence by sentence; nothing where it would.
///
/// Reads the folder, so it blocks.
pub fn faults_of(kb: &Kb, path: &str, text: &str) -> Vec<String> {
    let reading = folder::judge(kb.folder(), Path::new(path), text.as_bytes());
    let errors = reading.findings.iter().filter(|found| found.is_error());
    let mut faults: Vec<String> = errors
        .map(|found| match found.line {
            Some(line) => format!("Line {line}: {}", found.message),
            None => found.message.clone(),
        })
        .collect();
    if let Some(article) = &reading.article {
        let blank = |section: &article::Section| section.text.trim().is_empty();
        if article.sections.iter().all(blank) {
            faults.push("It has nothing but headings. Write what to do.".to_owned());
        }
        let id = article_at(path);
        let title = fold(&article.title).into_owned();
        let same = |other: &&std::sync::Arc<article::Article>| {
            other.id != id && fold(&other.title) == title
        };
        if let Some(other) = kb.articles().iter().find(same) {
            faults.push(format!(
                "The title is already that of {}.md. Give each article its own.",
                other.id
            ));
        }
    }
    faults
}

/// The file with a note in its front matter that it is retired: nobody is answered with it any more. None if it has no front
/// matter.
pub fn retired(text: &str, reason: &str) -> Option<String> {
    let (front, rest) = parted(text)?;
    let reason: Vec<&str> = reason.split_whitespace().collect();
    let front = with_key(front, front_matter::RETIRED, Some(&reason.join(" ")));
    Some(format!("---\n{front}---\n{rest}"))
}

/// The file without that note; none where there is none.
pub fn restored(text: &str) -> Option<String> {
    let (front, rest) = parted(text)?;
    let kept = with_key(front, front_matter::RETIRED, None);
    (kept.len() < front.len()).then(|| format!("---\n{kept}---\n{rest}"))
}

/// The title in the front matter of a file.
pub fn title_in(text: &str) -> Option<String> {
    value_in(text, "title")
}

/// Why a file says that it is retired; none where it is not.
pub fn reason_in(text: &str) -> Option<String> {
    value_in(text, front_matter::RETIRED)
}

fn value_in(text: &str, key: &str) -> Option<String> {
    Some(front_of(text).get(key)?.as_str()?.to_owned())
}

/// The front matter, and what stands after it.
fn parted(text: &str) -> Option<(&str, &str)> {
    let mut notes = article::Notes::new(Path::new(""));
    let (front, rest, _) = front_matter::split(text, &mut notes)?;
    Some((front, rest))
}

/// The front matter of a file.
fn front_of(text: &str) -> Mapping {
    let front = parted(text).map(|(front, _)| front).unwrap_or_default();
    serde_norway::from_str(front).unwrap_or_default()
}

fn review_by(now: Timestamp) -> Date {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    today
        .checked_add(jiff::Span::new().months(REVIEWED_AFTER_MONTHS))
        .unwrap_or(today)
}

fn last_part(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}

/// The title as a file's name: lower case letters and digits, with hyphens between. `otherwise` where nothing is left of it.
fn slug(title: &str, otherwise: &str) -> String {
    let mut slug = String::new();
    for letter in title.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(60).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        otherwise.to_lowercase()
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{GuildId, Number, TicketId, UserId};
    use crate::kb::{Severity, check};

    fn now() -> Timestamp {
        "2026-06-15T09:00:00Z".parse().expect("a valid instant")
    }

    fn draft(title: &str, body: &str) -> ArticleDraft {
        ArticleDraft {
            ticket: Some((TicketId(1), Number(42))),
            title: title.into(),
            summary: "Error 809: \"quoted\", and a # sign".into(),
            body: body.into(),
            owner: "Ivo: L2".into(),
            ..ArticleDraft::empty(GuildId(7), "network", UserId(21), now())
        }
    }

    #[test]
    fn the_file_is_an_article_whatever_people_wrote() {
        for title in [
            "VPN: error 809",
            "--- # yes: [no]",
            "Ärger mit dem Drucker",
            "\"quoted\" 'twice'",
            "- null",
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let (name, text) = file_of(&draft(title, "## What to do\n\nOpen the port."), now());
            std::fs::write(folder.path().join(&name), &text).expect("written");
            let kb = Kb::open(folder.path());
            let articles = kb.articles();
            assert_eq!(articles.len(), 1, "{:?}", kb.loaded().findings);
            assert_eq!(articles[0].title, title);
            let errors: Vec<_> = check(folder.path(), jiff::civil::date(2026, 6, 15))
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error)
                .collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
    }

    #[test]
    fn a_file_is_called_as_its_title_and_never_leads_elsewhere() {
        let name = |title: &str| file_of(&draft(title, "x"), now()).0;
        assert_eq!(name("VPN: error 809!"), "vpn-error-809.md");
        assert_eq!(name("../../etc/passwd"), "etc-passwd.md");
        assert_eq!(name("печать"), "t-0042.md");
        assert!(name(&"word ".repeat(40)).len() <= 63);
    }

    const FILE: &str = "---
title: VPN
aliases: [tunnel]
tier: L1
asks:
  - the vpn
---

Old text.
";

    #[test]
    fn a_change_leaves_alone_what_it_says_nothing_about() {
        let change = ArticleDraft {
            article: Some("network/vpn".into()),
            base: Some(FILE.into()),
            ticket: None,
            ..draft("The VPN", "New text.")
        };
        let (name, text) = file_of(&change, now());
        assert_eq!(name, "vpn.md");
        assert_eq!(
            text,
            "---\ntitle: The VPN\naliases: [tunnel]\ntier: L1\nasks:\n  - the vpn\nsummary: 'Error 809: \"quoted\", and a # \
             sign'\nowner: 'Ivo: L2'\nreview_by: 2027-06-15\n---\n\nNew text.\n"
        );
        let untouched = ArticleDraft {
            title: "VPN".into(),
            summary: String::new(),
            body: "Old text.".into(),
            writers: Vec::new(),
            ..change
        };
        assert_eq!(file_of(&untouched, now()).1, FILE);
    }

    #[test]
    fn a_new_file_goes_beside_the_others_of_its_category_and_replaces_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str, category: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            let text = format!("---\ntitle: {name}\ncategory: {category}\n---\nText.\n");
            std::fs::write(path, text).expect("written");
        };
        put("net/a.md", "network");
        put("net/b.md", "network");
        put("c.md", "network");
        put("net/vpn.md", "email");
        let kb = Kb::open(folder.path());
        assert_eq!(path_of(&kb, &draft("Wi-Fi", "x"), now()), "net/wi-fi.md");
        assert_eq!(path_of(&kb, &draft("VPN", "x"), now()), "net/vpn-2.md");
        let mut other = draft("Toner", "x");
        other.category = "printing".into();
        assert_eq!(path_of(&kb, &other, now()), "printing/toner.md");
        let mut change = draft("Toner", "x");
        (change.article, change.base) = (Some("net/a".into()), Some(FILE.into()));
        assert_eq!(path_of(&kb, &change, now()), "net/a.md");
    }

    #[test]
    fn what_would_not_be_served_is_told_before_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.md"), FILE).expect("written");
        let kb = Kb::open(folder.path());
        let of = |title: &str, body: &str| {
            let (name, text) = file_of(&draft(title, body), now());
            faults_of(&kb, &name, &text)
        };
        assert_eq!(of("Wi-Fi", "Text."), Vec::<String>::new());
        assert_eq!(
            of("vpn", "Text."),
            ["The title is already that of a.md. Give each article its own."]
        );
        assert_eq!(
            of("Wi-Fi", "## What to do\n\n## Or else"),
            ["It has nothing but headings. Write what to do."]
        );
        let faults = of("Wi-Fi", "Tell @everyone.");
        assert!(
            faults[0].starts_with("Line 15: \"@everyone\" would call people"),
            "{faults:?}"
        );
        assert_eq!(
            faults_of(&kb, "a.md", FILE),
            Vec::<String>::new(),
            "its own title"
        );
    }

    #[test]
    fn what_is_retired_is_not_served_and_comes_back_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        std::fs::write(&path, FILE).expect("written");
        let kb = Kb::open(folder.path());
        assert_eq!(kb.len(), 1);
        let reason = "Wrong: \"tunnel\" is gone,\nsee # 3";
        let away = retired(FILE, reason).expect("it has front matter");
        std::fs::write(&path, &away).expect("written");
        kb.reload();
        assert_eq!(kb.len(), 0, "{away}");
        assert_eq!(kb.loaded().findings, [], "it is no fault");
        assert_eq!(retired(&away, reason).as_deref(), Some(away.as_str()));
        assert_eq!(restored(&away).as_deref(), Some(FILE));
        assert_eq!(restored(FILE), None, "it is not retired");
        let change = ArticleDraft {
            article: Some("a".into()),
            base: Some(away),
            ..draft("VPN", "Text.")
        };
        let (_, text) = file_of(&change, now());
        assert!(!text.contains("retired"), "mended, it is served: {text}");
    }
}
