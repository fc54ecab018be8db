//! Other names for things, kept in one place for all articles: the file `aliases.md` at the top of the folder.
//!
//! Each line names one thing in two or more ways: `vpn = globalprotect, pulse secure`. They hold both ways. Headings,
//! quotations, fences and blank lines are for people; everything else has to be such a line.

use super::article::{LARGEST_FILE, Notes};
use super::finding::{Finding, Kind};
use super::folder;
use super::spelling::Vocabulary;
use super::unsafe_text;
use super::words::{self, Word};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

/// What the file is called.
pub(super) const FILE: &str = "aliases.md";

/// More lines than this are no list that anybody keeps.
const MOST_LINES: usize = 10_000;

/// A thing has at most so many names.
const MOST_NAMES: usize = 12;

/// A name has at most so many words.
const LONGEST_NAME: usize = 6;

/// All aliases of a knowledge base.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    /// The things, each with its names.
    things: Vec<Vec<Name>>,
    /// Where names begin with a stem: the thing, and which of its names.
    beginnings: HashMap<Box<str>, Vec<(usize, usize)>>,
    /// Their words, so that these are spelt right too.
    vocabulary: Vocabulary,
}

/// One of the names of a thing.
#[derive(Debug)]
struct Name {
    written: String,
    surfaces: Vec<String>,
    stems: Vec<Box<str>>,
}

/// What became of reading the file.
#[derive(Debug, Default)]
struct Reading {
    /// What its good lines say.
    aliases: Aliases,
    /// What is wrong with the others.
    findings: Vec<Finding>,
}

/// A name that somebody used, and what else the thing is called.
#[derive(Debug)]
pub(super) struct Met<'a> {
    /// Which words of the question it is.
    pub range: Range<usize>,
    /// The name, as it stands in the file.
    pub name: &'a str,
    /// The other names, as they stand in the file, each with its words.
    pub others: Vec<(&'a str, &'a [String])>,
}

impl Aliases {
    /// The names that are used in a question of these words. Of names that overlap the longest is meant.
    pub fn met(&self, asked: &[&str]) -> Vec<Met<'_>> {
        let mut met = Vec::new();
        if self.things.is_empty() {
            return met;
        }
        let stems: Vec<_> = asked.iter().map(|word| words::stem(word)).collect();
        let mut at = 0;
        while let Some(first) = stems.get(at) {
            let candidates = self.beginnings.get(&**first).into_iter().flatten();
            let used = candidates
                .filter_map(|&(thing, name)| {
                    Some((thing, name, self.things.get(thing)?.get(name)?))
                })
                .filter(|(_, _, name)| {
                    let here = stems.get(at..at + name.stems.len());
                    here.is_some_and(|here| here.iter().zip(&name.stems).all(|(a, b)| **a == **b))
                })
                // Of two lines that say the same name, the first one counts.
                .min_by_key(|&(thing, _, name)| (std::cmp::Reverse(name.stems.len()), thing));
            let Some((thing, number, name)) = used else {
                at += 1;
                continue;
            };
            let names = self.things[thing].iter().enumerate();
            met.push(Met {
                range: at..at + name.stems.len(),
                name: &name.written,
                others: names
                    .filter(|(other, _)| *other != number)
                    .map(|(_, other)| (other.written.as_str(), other.surfaces.as_slice()))
                    .collect(),
            });
            at += name.stems.len();
        }
        met
    }

    /// Whether a word is one of theirs.
    pub fn know(&self, word: &str) -> bool {
        self.vocabulary.knows(word)
    }

    /// The word of theirs that an unknown one was probably meant to be.
    pub fn correct(&self, word: &str) -> Option<&str> {
        self.vocabulary.correct(word)
    }

    /// How many things have other names.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    fn add(&mut self, names: Vec<Name>) {
        for (number, name) in names.iter().enumerate() {
            if let Some(first) = name.stems.first() {
                let here = self.beginnings.entry(first.clone()).or_default();
                here.push((self.things.len(), number));
            }
        }
        self.things.push(names);
    }
}

/// The list of a folder, and whether all of it could be read.
#[derive(Debug)]
pub(super) struct Found {
    /// What its good lines say.
    pub aliases: Aliases,
    /// Whether a line of it is broken.
    pub is_broken: bool,
}

/// Reads the list of the folder `root`, and adds what is wrong with it to the findings.
pub(super) fn find(root: &Path, findings: &mut Vec<Finding>) -> Found {
    let path = Path::new(FILE);
    let mut reading = match folder::read_bytes(&root.join(path)) {
        Ok(Some(bytes)) if bytes.len() as u64 <= LARGEST_FILE => read(&bytes),
        refused => {
            let message = match refused {
                Ok(Some(_)) => "The file is larger than 1 MB. Shorten the list.".to_owned(),
                Ok(None) => "This is no regular file. Delete it.".to_owned(),
                Err(failure) => format!("The file cannot be read: {failure}."),
            };
            Reading {
                findings: vec![folder::error(path, Kind::File, &message)],
                ..Reading::default()
            }
        }
    };
    let is_broken = reading.findings.iter().any(Finding::is_error);
    findings.append(&mut reading.findings);
    Found {
        aliases: reading.aliases,
        is_broken,
    }
}

/// Reads the file's bytes.
fn read(bytes: &[u8]) -> Reading {
    let mut notes = Notes::new(Path::new(FILE));
    let mut aliases = Aliases::default();
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            unsafe_text::scan_lines(text, 1, &mut notes);
            for (number, line) in (1..).zip(text.lines()).take(MOST_LINES) {
                if let Some(names) = read_line(line, number, &mut notes) {
                    aliases.add(names);
                }
            }
            if text.lines().nth(MOST_LINES).is_some() {
                notes.error(
                    None,
                    Kind::Alias,
                    format!("There are more than {MOST_LINES} lines; the rest is not read. Shorten the list."),
                );
            }
        }
        Err(_) => notes.error(
            None,
            Kind::File,
            "The file is not UTF-8 text. Save it as UTF-8.",
        ),
    }
    let surfaces = aliases.things.iter().flatten();
    let surfaces =
        surfaces.flat_map(|name| name.surfaces.iter().map(|word| (word.as_str().into(), 1)));
    aliases.vocabulary = Vocabulary::new(surfaces.collect());
    Reading {
        aliases,
        findings: notes.into_findings(),
    }
}

/// The names on a line; none where it is not meant to have any, or is broken.
fn read_line(line: &str, number: u32, notes: &mut Notes) -> Option<Vec<Name>> {
    let line = line.trim();
    let line = line
        .strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))
        .unwrap_or(line);
    let is_for_people = ["#", ">", "```", "~~~"]
        .iter()
        .any(|mark| line.starts_with(mark));
    if line.is_empty() || is_for_people {
        return None;
    }
    let mut refuse = |message: String| notes.error(Some(number), Kind::Alias, message);
    let Some((left, right)) = line.split_once('=') else {
        refuse("This is no alias. Write it as \"vpn = globalprotect\", or begin the line with \">\" if it is for people.".to_owned());
        return None;
    };
    if right.contains('=') {
        refuse(
            "There are several \"=\" on this line. Put each thing on a line of its own.".to_owned(),
        );
        return None;
    }
    let mut names = Vec::new();
    for written in std::iter::once(left).chain(right.split(',')) {
        let written = written.replace('`', "");
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = Name::new(&written);
        if written.is_empty() || name.surfaces.is_empty() {
            refuse(match written.is_empty() {
                true => "A name is missing. Write the line as \"vpn = globalprotect\".".to_owned(),
                false => format!(
                    "Nothing is searched for by \"{}\": it holds only small words. Write a name in full.",
                    written.escape_debug()
                ),
            });
            return None;
        }
        if name.surfaces.len() > LONGEST_NAME {
            refuse(format!(
                "A name has at most {LONGEST_NAME} words. Shorten it; a whole question belongs into an article's \"asks\"."
            ));
            return None;
        }
        if !names.iter().any(|known: &Name| known.stems == name.stems) {
            names.push(name);
        }
    }
    if names.len() < 2 {
        refuse("Both sides of the \"=\" are the same to the search. Delete the line.".to_owned());
        return None;
    }
    if names.len() > MOST_NAMES {
        refuse(format!(
            "A thing has at most {MOST_NAMES} names here. Shorten the line."
        ));
        return None;
    }
    Some(names)
}

impl Name {
    fn new(written: &str) -> Name {
        let parts = words::words(written)
            .into_iter()
            .filter(|word| !word.joined);
        let surfaces: Vec<String> = parts.map(|Word { surface, .. }| surface).collect();
        Name {
            written: written.to_owned(),
            stems: surfaces
                .iter()
                .map(|word| words::stem(word).into())
                .collect(),
            surfaces,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(file: &str, asked: &str) -> Vec<(String, Vec<String>)> {
        let aliases = read(file.as_bytes()).aliases;
        let found = words::words(asked);
        let asked: Vec<&str> = found.iter().map(|word| word.surface.as_str()).collect();
        let met = aliases.met(&asked);
        met.iter()
            .map(|met| {
                let others = met.others.iter().map(|(name, _)| (*name).to_owned());
                (met.name.to_owned(), others.collect())
            })
            .collect()
    }

    #[test]
    fn names_hold_both_ways_and_the_longest_is_meant() {
        let file = "# Other names\n\n> For people.\n\n- `vpn` = GlobalProtect, pulse secure\npulse = heart rate\n```\n";
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        for (asked, name, others) in [
            ("the VPN is down", "vpn", ["GlobalProtect", "pulse secure"]),
            (
                "globalprotect hangs",
                "GlobalProtect",
                ["vpn", "pulse secure"],
            ),
            (
                "where is Pulse Secure",
                "pulse secure",
                ["vpn", "GlobalProtect"],
            ),
        ] {
            assert_eq!(
                met(file, asked),
                [(name.to_owned(), names(&others))],
                "{asked}"
            );
        }
        assert_eq!(
            met(file, "my pulses"),
            [("pulse".to_owned(), names(&["heart rate"]))]
        );
        assert_eq!(met(file, "printer"), []);
        assert_eq!(met("", "vpn"), []);
    }

    #[test]
    fn a_broken_line_is_named_and_the_others_are_read() {
        let file = "vpn = globalprotect\nvpn : pulse\nvpn =\n= vpn\na = b = c\nthe = this\nprinter = Printers\nx = one two three four five six seven\nsso = okta\n\n@everyone = staff\n";
        let reading = read(file.as_bytes());
        let lines: Vec<_> = reading
            .findings
            .iter()
            .map(|finding| (finding.line, finding.kind))
            .collect();
        let alias = |line| (Some(line), Kind::Alias);
        let mut expected = vec![(Some(11), Kind::Mention)];
        expected.extend((2..=8).map(alias));
        assert_eq!(lines, expected);
        assert!(reading.findings.iter().all(Finding::is_error));
        assert_eq!(reading.aliases.len(), 3);
        assert!(reading.aliases.know("okta"));
        assert_eq!(
            reading.aliases.correct("globalprotct"),
            Some("globalprotect")
        );
        assert_eq!(read(&[0xff]).findings[0].kind, Kind::File);
    }
}
