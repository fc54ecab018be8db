//! The YAML between the two `---` lines at the top of an article.

use super::article::Notes;
use super::finding::Kind;
use super::language::Language;
use super::unsafe_text;
use crate::domain::tier::Tier;
use jiff::civil::Date;
use serde_norway::{Mapping, Value};

/// What an article says about itself.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub title: String,
    pub language: Option<Language>,
    pub summary: Option<String>,
    pub tags: Vec<String>,
    pub asks: Vec<String>,
    pub aliases: Vec<String>,
    pub tier: Option<Tier>,
    pub category: Option<String>,
    pub owner: Option<String>,
    pub review_by: Option<Date>,
    /// Nobody is to be answered with it any more.
    pub retired: bool,
    /// The line of the file on which the review date stands.
    pub review_line: Option<u32>,
}

/// The key that says that an article is retired, and why.
pub(super) const RETIRED: &str = "retired";

const KEYS: [&str; 12] = [
    "title",
    "language",
    "summary",
    "tags",
    "asks",
    "aliases",
    "tier",
    "category",
    "owner",
    "review_by",
    // The tickets that it was written out of: for those who keep the folder.
    "sources",
    // Nobody is answered with it any more: why.
    RETIRED,
];

/// Keys without which an article is served, but found, trusted and kept up less well.
const EXPECTED: [&str; 5] = ["summary", "tags", "asks", "owner", "review_by"];

/// More bytes than this are no front matter. The time to read YAML grows with the square of its nesting, so this also
/// bounds what a hostile file can cost.
const LARGEST: usize = 8 * 1024;

/// Discord shows at most 256 characters as the title of a card, and a prefix must fit too.
const LONGEST_TITLE: usize = 200;

/// Splits a file into front matter and body, with the line on which the body begins.
pub(super) fn split<'a>(text: &'a str, notes: &mut Notes) -> Option<(&'a str, &'a str, u32)> {
    let Some(rest) = after_fence(text) else {
        notes.error(
            Some(1),
            Kind::FrontMatter,
            "The file does not begin with front matter. Put \"---\", \"title: …\" and \"---\" on its first three lines.",
        );
        return None;
    };
    let start = text.len() - rest.len();
    let mut at = start;
    for (line, content) in (2..).zip(rest.split_inclusive('\n')) {
        if content.trim_end() == "---" {
            let front = &text[start..at];
            if front.len() > LARGEST {
                notes.error(
                    Some(1),
                    Kind::FrontMatter,
                    "The front matter is larger than 8 kB. Move text into the body.",
                );
                return None;
            }
            return Some((front, &text[at + content.len()..], line + 1));
        }
        at += content.len();
    }
    notes.error(
        Some(1),
        Kind::FrontMatter,
        "The front matter has no end. Close it with a line that holds only \"---\".",
    );
    None
}

fn after_fence(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once('\n')?;
    (first.trim_end() == "---").then_some(rest)
}

/// Reads the front matter. None if no title can be had from it.
pub(super) fn parse(front: &str, notes: &mut Notes) -> Option<FrontMatter> {
    let mapping = match serde_norway::from_str::<Value>(front) {
        Ok(Value::Mapping(mapping)) => mapping,
        Ok(Value::Null) => Mapping::new(),
        Ok(_) => {
            notes.error(
                Some(2),
                Kind::FrontMatter,
                "The front matter is not a list of \"key: value\" lines.",
            );
            return None;
        }
        Err(error) => {
            // The parser counts from the line after the fence.
            let line = error.location().map_or(1, |place| place.line());
            let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1);
            let mut reason = error.to_string();
            if let Some(end) = reason.find(" at line ") {
                reason.truncate(end);
            }
            notes.error(
                Some(line),
                Kind::FrontMatter,
                format!("The front matter is not valid YAML: {reason}. Quote a value that holds a colon, a hash or a quotation mark."),
            );
            return None;
        }
    };
    let mut reader = Reader {
        front,
        mapping: &mapping,
        notes,
    };
    reader.report_keys();
    let found = FrontMatter {
        title: reader.title()?,
        language: reader.language(),
        summary: reader.text("summary"),
        tags: reader.list("tags"),
        asks: reader.list("asks"),
        aliases: reader.list("aliases"),
        tier: reader.tier(),
        category: reader.text("category"),
        owner: reader.text("owner"),
        review_by: reader.date("review_by"),
        retired: reader.text(RETIRED).is_some(),
        review_line: reader.line("review_by"),
    };
    Some(found)
}

struct Reader<'a> {
    front: &'a str,
    mapping: &'a Mapping,
    notes: &'a mut Notes,
}

impl Reader<'_> {
    /// The line of a key at the left margin; where it cannot be found (flow style), the first.
    fn line(&self, key: &str) -> Option<u32> {
        let at = self.front.lines().position(|line| {
            line.trim_start_matches(['"', '\''])
                .strip_prefix(key)
                .is_some_and(|rest| {
                    rest.trim_start_matches(['"', '\''])
                        .trim_start()
                        .starts_with(':')
                })
        });
        Some(at.map_or(1, |at| u32::try_from(at).map_or(u32::MAX, |at| at + 2)))
    }

    fn report_keys(&mut self) {
        for key in self.mapping.keys() {
            let name = scalar(key).unwrap_or_else(|| "?".to_owned());
            if !KEYS.contains(&name.as_str()) {
                let line = self.line(&name);
                let shown: String = name.chars().take(40).flat_map(char::escape_debug).collect();
                self.notes.warning(
                    line,
                    Kind::UnknownKey,
                    format!(
                        "Nothing reads the key \"{shown}\". The keys are {}.",
                        KEYS.join(", ")
                    ),
                );
            }
        }
        let absent: Vec<&str> = EXPECTED
            .into_iter()
            .filter(|key| self.mapping.get(key).is_none_or(Value::is_null))
            .collect();
        if !absent.is_empty() {
            self.notes.warning(
                Some(1),
                Kind::MissingKey,
                format!("The front matter lacks {}.", absent.join(", ")),
            );
        }
    }

    fn title(&mut self) -> Option<String> {
        let line = self.line("title");
        let Some(value) = self.mapping.get("title").filter(|value| !value.is_null()) else {
            self.notes.error(
                Some(1),
                Kind::Title,
                "The article has no title. Add \"title: …\" to the front matter.",
            );
            return None;
        };
        let title = scalar(value)
            .map(|text| one_line(&text))
            .unwrap_or_default();
        if title.is_empty() {
            self.notes.error(
                line,
                Kind::Title,
                "The title is not a line of text. Write \"title: …\".",
            );
            return None;
        }
        if title.chars().count() > LONGEST_TITLE {
            self.notes.error(
                line,
                Kind::Title,
                format!("The title is longer than {LONGEST_TITLE} characters. Shorten it."),
            );
            return None;
        }
        unsafe_text::scan_value(&title, line, self.notes);
        Some(title)
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let value = self.mapping.get(key).filter(|value| !value.is_null())?;
        let line = self.line(key);
        let Some(text) = scalar(value) else {
            self.notes.warning(
                line,
                Kind::FrontMatter,
                format!("The value of \"{key}\" is not a line of text and is ignored."),
            );
            return None;
        };
        let text = one_line(&text);
        unsafe_text::scan_value(&text, line, self.notes);
        (!text.is_empty()).then_some(text)
    }

    fn list(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.mapping.get(key).filter(|value| !value.is_null()) else {
            return Vec::new();
        };
        let line = self.line(key);
        let entries = match value {
            Value::Sequence(entries) => entries.iter().map(scalar).collect(),
            single => scalar(single).map(|entry| vec![entry]),
        };
        let Some(entries) = entries else {
            self.notes.warning(
                line,
                Kind::FrontMatter,
                format!(
                    "The value of \"{key}\" is not a list of texts and is ignored. Write [one, two], or one \"- \" line each."
                ),
            );
            return Vec::new();
        };
        let entries: Vec<String> = entries
            .iter()
            .map(|entry| one_line(entry))
            .filter(|entry| !entry.is_empty())
            .collect();
        for entry in &entries {
            unsafe_text::scan_value(entry, line, self.notes);
        }
        entries
    }

    /// A tier that cannot be read is an error: the article might be meant for fewer people than would see it.
    fn tier(&mut self) -> Option<Tier> {
        let value = self.mapping.get("tier").filter(|value| !value.is_null())?;
        match scalar(value).unwrap_or_default().trim() {
            "L0" | "l0" => None,
            "L1" | "l1" => Some(Tier::L1),
            "L2" | "l2" => Some(Tier::L2),
            "L3" | "l3" => Some(Tier::L3),
            _ => {
                let line = self.line("tier");
                self.notes.error(
                    line,
                    Kind::FrontMatter,
                    "The tier is none of L0, L1, L2, L3. L0 means everybody.",
                );
                None
            }
        }
    }

    fn language(&mut self) -> Option<Language> {
        let code = self.text("language")?;
        let language = Language::from_code(&code);
        if language.is_none() {
            let line = self.line("language");
            let known: Vec<&str> = Language::codes().collect();
            self.notes.warning(
                line,
                Kind::FrontMatter,
                format!(
                    "The language is none that can be told apart and is ignored. Write one of {}.",
                    known.join(", ")
                ),
            );
        }
        language
    }

    fn date(&mut self, key: &str) -> Option<Date> {
        let text = self.text(key)?;
        match text.parse() {
            Ok(date) => Some(date),
            Err(_) => {
                let line = self.line(key);
                self.notes.warning(
                    line,
                    Kind::FrontMatter,
                    format!("The value of \"{key}\" is not a date and is ignored. Write it as 2027-03-31."),
                );
                None
            }
        }
    }
}

/// The text of a scalar, whichever type YAML took it for: a title may well be "365" or "true".
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::finding::{Finding, Severity};
    use std::path::Path;

    fn read(text: &str) -> (Option<FrontMatter>, Vec<Finding>) {
        let mut notes = Notes::new(Path::new("a.md"));
        let front = split(text, &mut notes).and_then(|(front, _, _)| parse(front, &mut notes));
        (front, notes.into_findings())
    }

    #[test]
    fn reads_every_key() {
        let (front, findings) = read(
            "---\ntitle: Reset a password\nlanguage: DE\nsummary: >\n  In two\n  minutes.\ntags: [a, b]\nasks:\n  - i forgot it\n\
             aliases: pwd\ntier: L2\ncategory: access\nowner: Mia\nreview_by: 2027-03-31\n---\ntext\n",
        );
        let front = front.expect("a title");
        assert_eq!(findings, []);
        assert_eq!(front.title, "Reset a password");
        assert_eq!(front.language, Language::from_code("de"));
        assert_eq!(front.summary.as_deref(), Some("In two minutes."));
        assert_eq!(front.tags, ["a", "b"]);
        assert_eq!(front.asks, ["i forgot it"]);
        assert_eq!(front.aliases, ["pwd"]);
        assert_eq!(front.tier, Some(Tier::L2));
        assert_eq!(front.category.as_deref(), Some("access"));
        assert_eq!(front.owner.as_deref(), Some("Mia"));
        assert_eq!(front.review_by, Some(jiff::civil::date(2027, 3, 31)));
    }

    #[test]
    fn needs_nothing_but_a_title() {
        for (text, title) in [
            ("---\ntitle: VPN\n---\n", "VPN"),
            ("---\ntitle: 365\n---\n", "365"),
            ("---\ntitle: true\n---\n", "true"),
            ("---\ntitle: \"Wi-Fi: slow\"\n---", "Wi-Fi: slow"),
            ("---  \n{title: x}\n--- \nbody", "x"),
            ("---\ntitle: |\n  two\n  lines\n---\n", "two lines"),
        ] {
            let (front, findings) = read(text);
            assert_eq!(
                front.map(|front| front.title).as_deref(),
                Some(title),
                "{text}"
            );
            assert!(
                findings
                    .iter()
                    .all(|finding| finding.severity == Severity::Warning)
            );
            assert!(
                findings
                    .iter()
                    .any(|finding| finding.kind == Kind::MissingKey)
            );
        }
    }

    #[test]
    fn names_what_is_wrong_and_where() {
        use Kind::{Character, FrontMatter, Mention, Title, UnknownKey};
        let long = format!("---\ntitle: {}\n---\n", "x".repeat(LONGEST_TITLE + 1));
        let huge = format!(
            "---\ntitle: x\nsummary: {}\n---\n",
            "x ".repeat(LARGEST / 2)
        );
        for (text, kind, line, severity) in [
            ("", FrontMatter, 1, Severity::Error),
            ("# A heading\n", FrontMatter, 1, Severity::Error),
            ("---\ntitle: x\n", FrontMatter, 1, Severity::Error),
            ("---\n---\nbody", Title, 1, Severity::Error),
            ("---\ntags: [a]\ntitle:\n---\n", Title, 1, Severity::Error),
            (
                "---\ntags: [a]\ntitle: \"  \"\n---\n",
                Title,
                3,
                Severity::Error,
            ),
            ("---\ntitle: [a]\n---\n", Title, 2, Severity::Error),
            (&long, Title, 2, Severity::Error),
            (&huge, FrontMatter, 1, Severity::Error),
            (
                "---\ntags: [a]\ntitle: a: b\n---\n",
                FrontMatter,
                3,
                Severity::Error,
            ),
            ("---\n- a\n- b\n---\n", FrontMatter, 2, Severity::Error),
            (
                "---\ntitle: x\ntitle: y\n---\n",
                FrontMatter,
                2,
                Severity::Error,
            ),
            (
                "---\ntitle: x\ntier: L5\n---\n",
                FrontMatter,
                3,
                Severity::Error,
            ),
            (
                "---\ntitle: x\ntags: {a: b}\n---\n",
                FrontMatter,
                3,
                Severity::Warning,
            ),
            (
                "---\ntitle: x\nlanguage: german\n---\n",
                FrontMatter,
                3,
                Severity::Warning,
            ),
            (
                "---\ntitle: x\nreview_by: soon\n---\n",
                FrontMatter,
                3,
                Severity::Warning,
            ),
            (
                "---\ntitle: x\nreview_by: 2027-02-30\n---\n",
                FrontMatter,
                3,
                Severity::Warning,
            ),
            (
                "---\ntitle: x\n\nproduct: y\n---\n",
                UnknownKey,
                4,
                Severity::Warning,
            ),
            (
                "---\ntitle: \"a\\u202eb\"\n---\n",
                Character,
                2,
                Severity::Error,
            ),
            (
                "---\ntitle: x\nasks:\n  - \"@everyone help\"\n---\n",
                Mention,
                3,
                Severity::Error,
            ),
        ] {
            let (_, findings) = read(text);
            assert!(
                findings.iter().any(|finding| finding.kind == kind
                    && finding.line == Some(line)
                    && finding.severity == severity),
                "{text:.80} gave {findings:#?}"
            );
        }
    }

    #[test]
    fn withstands_hostile_yaml() {
        let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let before = level - 1;
            let entries = vec![format!("*a{before}"); 9].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{entries}]\n"));
        }
        bomb.push_str("title: x\n---\n");
        let nested = format!("---\ntitle: {}\n---\n", "[".repeat(LARGEST - 10));
        let steps = format!("---\n{}\n---\n", "- ".repeat(LARGEST / 2 - 10));
        for text in [bomb, nested, steps] {
            let (front, findings) = read(&text);
            assert!(front.is_none());
            assert!(findings.iter().any(Finding::is_error));
        }
    }
}
