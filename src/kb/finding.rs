//! What is wrong with an article, where, and what to do about it.

use std::fmt;
use std::path::PathBuf;

/// Something that the writer of an article should know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the folder of articles.
    pub path: PathBuf,
    /// The line in that file, counted from 1, where one can be named.
    pub line: Option<u32>,
    /// Whether the article can be served.
    pub severity: Severity,
    /// What kind of fault it is.
    pub kind: Kind,
    /// What was found and what to do, in one or two sentences.
    pub message: String,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The article is not served (or its last good version is).
    Error,
    /// The article is served.
    Warning,
}

/// The kinds of fault, for counting and for tests; the message says the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The folder is missing, unreadable or holds no article.
    Folder,
    /// A file cannot be read, is too large, is not text, or lies where it should not.
    File,
    /// The front matter is missing, broken, or has a value of the wrong form.
    FrontMatter,
    /// The title is missing or blank.
    Title,
    /// Two articles have the same title.
    DuplicateTitle,
    /// A key that should be filled in is absent.
    MissingKey,
    /// A key that nobody reads.
    UnknownKey,
    /// The review date has passed.
    ReviewDue,
    /// A link leads to nothing.
    DeadLink,
    /// A link that would deceive or harm, or that leads out of the folder.
    UnsafeLink,
    /// A mention, which would call people.
    Mention,
    /// HTML, which Discord does not render.
    Html,
    /// Control, bidirectional or invisible characters.
    Character,
    /// A line that is too long.
    LongLine,
    /// A numbered step that is too long.
    LongStep,
    /// A line of the list of other names that is none.
    Alias,
}

impl Finding {
    /// Whether the article cannot be served as it is.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A file name may hold anything; a terminal must not be steered by it.
        for c in self.path.to_string_lossy().chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}: {}", self.severity, self.message)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_a_compiler() {
        let mut finding = Finding {
            path: PathBuf::from("network/vpn.md"),
            line: Some(12),
            severity: Severity::Error,
            kind: Kind::Mention,
            message: "\"@everyone\" calls people. Write it in words.".to_owned(),
        };
        assert_eq!(
            finding.to_string(),
            "network/vpn.md:12: error: \"@everyone\" calls people. Write it in words."
        );
        finding.path = PathBuf::from("a\u{1b}[2J.md");
        finding.line = None;
        assert!(finding.to_string().starts_with("a\\u{1b}[2J.md: error: "));
    }
}
