//! Questions with known answers, and what was said to them.

use crate::kb::{Answer, Verdict};
use serde::Deserialize;
use thiserror::Error;

/// A question whose answer is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its name; without one of its own, the number of its line, counted from 0.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// The files of the articles that are right, best first. Empty if none fits, so that the desk must abstain.
    pub right: Vec<String>,
    /// The heading in the first of them that answers it, where somebody has chosen one.
    pub section: Option<String>,
    /// Which kind of question it is; "all" if nobody said.
    pub set: String,
}

impl Asked {
    /// Whether some article answers it.
    pub fn is_in_scope(&self) -> bool {
        !self.right.is_empty()
    }

    /// Whether this article is right. Question files name files without their folders.
    pub fn accepts(&self, file: &str) -> bool {
        let name = file.rsplit('/').next().unwrap_or(file);
        self.right
            .iter()
            .any(|right| right == file || right == name)
    }
}

/// A line of a question file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line} is no question: {why}")]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

/// A line as it stands in the file.
#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    id: Option<serde_json::Value>,
    q: String,
    #[serde(default)]
    gold: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    section: Option<String>,
    #[serde(default)]
    set: Option<String>,
}

/// Reads a question file: one JSON object a line with `q`, and `gold` (a file, or null if nothing fits); `id`, `also`
/// (further files that are right), `section` and `set` may be there. Blank lines are skipped.
///
/// # Errors
/// At the first line that is no such object.
pub fn read(text: &str) -> Result<Vec<Asked>, Fault> {
    let mut questions = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(line).map_err(|error| Fault {
            line: number + 1,
            why: error.to_string(),
        })?;
        let id = match line.id {
            Some(serde_json::Value::String(id)) => id,
            Some(id) => id.to_string(),
            None => number.to_string(),
        };
        questions.push(Asked {
            id,
            text: line.q,
            // Other files are only "also" right where one is right.
            right: line
                .gold
                .map(|gold| std::iter::once(gold).chain(line.also).collect())
                .unwrap_or_default(),
            section: line.section,
            set: line.set.unwrap_or_else(|| "all".to_owned()),
        });
    }
    Ok(questions)
}

/// What the knowledge base said to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The articles it found, best first.
    pub found: Vec<Found>,
    /// How sure it was of the first, from 0 to 1.
    pub confidence: f64,
    /// Whether it showed the first without asking.
    pub answered: bool,
}

/// An article that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its file, in the folder of articles.
    pub file: String,
    /// The heading of the piece that is shown.
    pub section: Option<String>,
}

/// An answer in the terms of a measurement.
pub fn reply(answer: &Answer) -> Reply {
    Reply {
        found: answer
            .matches
            .iter()
            .map(|found| Found {
                file: format!("{}.md", found.article.id),
                section: found.extract.heading.clone(),
            })
            .collect(),
        confidence: answer.confidence,
        answered: answer.verdict == Verdict::Sure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_line_says_and_fills_in_the_rest() {
        let text = "{\"id\":\"a\",\"q\":\"vpn?\",\"gold\":\"vpn.md\",\"also\":[\"net/far.md\"],\"set\":\"forum\",\"section\":\"Steps\"}\n\n\
                    {\"q\":\"cake\",\"gold\":null}\n{\"id\":7,\"q\":\"tea\"}\n";
        let read = read(text).expect("three questions");
        assert_eq!(read[0].set, "forum");
        assert_eq!(read[0].section.as_deref(), Some("Steps"));
        assert!(read[0].is_in_scope());
        assert!(read[0].accepts("network/vpn.md"));
        assert!(read[0].accepts("net/far.md"));
        assert!(!read[0].accepts("far.md"));
        assert_eq!((read[1].id.as_str(), read[1].set.as_str()), ("2", "all"));
        assert!(!read[1].is_in_scope());
        assert!(!read[1].accepts("vpn.md"));
        assert_eq!(read[2].id, "7");
    }

    #[test]
    fn names_the_line_that_is_no_question() {
        let fault = read("{\"q\":\"a\"}\n{\"question\":\"b\"}\n").expect_err("no `q`");
        assert_eq!(fault.line, 2);
        assert!(
            fault
                .to_string()
                .starts_with("line 2 is no question: missing field `q`"),
            "{fault}"
        );
    }
}
