//! The file that a new article becomes.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_norway::{Mapping, Value};

use crate::domain::article::ArticleDraft;

/// An article is looked at again after so many months.
const REVIEWED_AFTER_MONTHS: i64 = 12;

/// The Markdown file of `draft`: its name, and all that stands in it.
pub fn file_of(draft: &ArticleDraft, now: Timestamp) -> (String, String) {
    let mut front = Mapping::new();
    let mut put = |key: &str, value: Value| {
        front.insert(Value::from(key), value);
    };
    put("title", Value::from(draft.title.as_str()));
    if !draft.summary.is_empty() {
        put("summary", Value::from(draft.summary.as_str()));
    }
    put("category", Value::from(draft.category().key));
    put(
        "tags",
        Value::Sequence(vec![Value::from(draft.category().key)]),
    );
    // People ask in the words of their ticket before they know those of the article.
    put(
        "asks",
        Value::Sequence(vec![Value::from(draft.title.as_str())]),
    );
    if !draft.owner.is_empty() {
        put("owner", Value::from(draft.owner.as_str()));
    }
    put("review_by", Value::from(review_by(now).to_string()));
    put(
        "sources",
        Value::Sequence(vec![Value::from(draft.number.to_string())]),
    );
    let front = serde_norway::to_string(&front).unwrap_or_default();
    let text = format!("---\n{front}---\n\n{}\n", draft.body.trim());
    (
        format!("{}.md", slug(&draft.title, &draft.number.to_string())),
        text,
    )
}

fn review_by(now: Timestamp) -> Date {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    today
        .checked_add(jiff::Span::new().months(REVIEWED_AFTER_MONTHS))
        .unwrap_or(today)
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
    use crate::domain::article::Stage;
    use crate::domain::ids::{GuildId, Number, TicketId, UserId};
    use crate::kb::{Kb, Severity, check};

    fn now() -> Timestamp {
        "2026-06-15T09:00:00Z".parse().expect("a valid instant")
    }

    fn draft(title: &str, body: &str) -> ArticleDraft {
        ArticleDraft {
            ticket: TicketId(1),
            number: Number(42),
            category: "network".into(),
            guild: GuildId(7),
            title: title.into(),
            summary: "Error 809: \"quoted\", and a # sign".into(),
            body: body.into(),
            writers: vec![UserId(21)],
            owner: "Ivo: L2".into(),
            stage: Stage::Draft,
            version: 0,
            begun_at: now(),
            changed_at: now(),
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
}
