//! An article: its front matter, its Markdown, its sections.

use super::finding::{Finding, Kind, Severity};
use super::language::Language;
use super::passage::Passage;
use super::unsafe_text::{self, RelativeLink};
use super::{front_matter, markdown};
use crate::domain::tier::Tier;
use jiff::civil::Date;
use std::fmt;
use std::path::{Path, PathBuf};

/// One article of the knowledge base, as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its name: the path inside the folder, without `.md`.
    pub id: ArticleId,
    /// The language that it is taken for: what its front matter says, else what its text tells, else English.
    pub language: Language,
    /// What it is called. Never blank, always one line.
    pub title: String,
    /// One or two sentences on what it is about.
    pub summary: Option<String>,
    /// Subjects, for finding and for lists.
    pub tags: Vec<String>,
    /// What people ask when they need this article, in their own words.
    pub asks: Vec<String>,
    /// Other names of the thing it is about.
    pub aliases: Vec<String>,
    /// The lowest tier of technicians that may do what it describes; none if everybody may.
    pub tier: Option<Tier>,
    /// The category of ticket it belongs to.
    pub category: Option<String>,
    /// Who keeps it right.
    pub owner: Option<String>,
    /// The day by which somebody should read it again.
    pub review_by: Option<Date>,
    /// Its parts, in order. The first has no heading if the text begins without one.
    pub sections: Vec<Section>,
    /// The whole text in Markdown, as written, without the front matter.
    pub body: Passage,
}

/// A part of an article: what stands under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading as plain text; none for what stands before the first.
    pub heading: Option<String>,
    /// 1 to 6, as the number of `#`; 0 without a heading.
    pub level: u8,
    /// The Markdown under the heading, as written, up to the next heading of any level.
    pub text: Passage,
}

/// An article's name, for example `network/vpn`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(String);

/// An article's file may hold this many bytes; more is not a text that helps anybody.
pub const LARGEST_FILE: u64 = 1024 * 1024;

impl ArticleId {
    /// The id with this name. Any name is an id; whether an article has it is the knowledge base's to say.
    pub fn new(name: impl Into<String>) -> ArticleId {
        ArticleId(name.into())
    }

    /// The id of the article in the file at `path`, which is relative to the folder. None if the name is not Unicode.
    pub(super) fn of_path(path: &Path) -> Option<ArticleId> {
        let whole = path.with_extension("");
        let parts: Option<Vec<&str>> = whole
            .components()
            .map(|part| part.as_os_str().to_str())
            .collect();
        Some(ArticleId(parts?.join("/")))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What became of reading one file.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The article, if it can be served.
    pub article: Option<Article>,
    /// It is not to be served any more, and is in order.
    pub retired: bool,
    /// Its links to other files of the folder.
    pub links: Vec<RelativeLink>,
    /// The line on which its review date stands.
    pub review_line: Option<u32>,
    /// What is to be said about the file.
    pub findings: Vec<Finding>,
}

/// Reads one file's bytes. Links are judged by their form only; whether they lead anywhere is the folder's to say.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Reading {
    let mut notes = Notes::new(path);
    let mut reading = Reading::default();
    reading.article = parse(path, bytes, &mut reading, &mut notes);
    reading.findings = notes.into_findings();
    if reading.retired {
        // What is wrong with it concerns nobody.
        reading.findings.clear();
    }
    if reading.retired || reading.findings.iter().any(Finding::is_error) {
        reading.article = None;
    }
    reading
}

fn parse(path: &Path, bytes: &[u8], reading: &mut Reading, notes: &mut Notes) -> Option<Article> {
    let Some(id) = ArticleId::of_path(path) else {
        notes.error(
            None,
            Kind::File,
            "The file name is not Unicode. Rename the file.",
        );
        return None;
    };
    if id.as_str().chars().any(unsafe_text::is_harmful) {
        notes.error(
            None,
            Kind::File,
            "The file name holds control or bidirectional characters. Rename the file.",
        );
        return None;
    }
    if bytes.len() as u64 > LARGEST_FILE {
        notes.error(
            None,
            Kind::File,
            "The file is larger than 1 MB. Split it into several articles.",
        );
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let line = count_lines(&bytes[..error.valid_up_to()]);
            notes.error(
                Some(line),
                Kind::File,
                "The file is not UTF-8 text. Save it as UTF-8.",
            );
            return None;
        }
    };
    let text = text.replace("\r\n", "\n");
    unsafe_text::scan_lines(&text, 1, notes);
    let (front, body, body_line) = front_matter::split(&text, notes)?;
    let front = front_matter::parse(front, notes)?;
    if notes.findings.iter().any(Finding::is_error) {
        // What the Markdown reader would make of hostile bytes is of no interest.
        return None;
    }
    reading.retired = front.retired;
    reading.review_line = front.review_line;
    reading.links = unsafe_text::scan_markdown(body, body_line, notes);
    markdown::check_steps(body, body_line, notes);
    let whole = Passage::from(body);
    let mut sections = markdown::read(&whole, &front.title);
    // A hundred thousand articles with some room to spare each are some ten megabytes.
    sections.shrink_to_fit();
    let language = front.language.or_else(|| {
        let summary = front.summary.as_deref().unwrap_or_default();
        Language::of(&format!("{}\n{summary}\n{body}", front.title))
    });
    Some(Article {
        id,
        language: language.unwrap_or(Language::ENGLISH),
        title: front.title,
        summary: front.summary,
        tags: front.tags,
        asks: front.asks,
        aliases: front.aliases,
        tier: front.tier,
        category: front.category,
        owner: front.owner,
        review_by: front.review_by,
        sections,
        body: whole.of(whole.trim()),
    })
}

/// The number of the line that follows these bytes.
fn count_lines(before: &[u8]) -> u32 {
    let breaks = before.iter().filter(|&&byte| byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1)
}

/// Collects the findings about one file.
#[derive(Debug)]
pub(super) struct Notes {
    path: PathBuf,
    findings: Vec<Finding>,
}

/// A file that is wrong everywhere is described well enough by so many findings of a kind.
const FINDINGS_OF_A_KIND: usize = 10;

impl Notes {
    pub fn new(path: &Path) -> Notes {
        Notes {
            path: path.to_owned(),
            findings: Vec::new(),
        }
    }

    pub fn error(&mut self, line: Option<u32>, kind: Kind, message: impl Into<String>) {
        self.add(line, Severity::Error, kind, message.into());
    }

    pub fn warning(&mut self, line: Option<u32>, kind: Kind, message: impl Into<String>) {
        self.add(line, Severity::Warning, kind, message.into());
    }

    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    fn add(&mut self, line: Option<u32>, severity: Severity, kind: Kind, message: String) {
        let alike = self
            .findings
            .iter()
            .filter(|finding| finding.kind == kind && finding.severity == severity);
        // The same fault is met twice where a line is judged as written and as read.
        let known = alike
            .clone()
            .any(|finding| finding.line == line && finding.message == message);
        if !known && alike.count() < FINDINGS_OF_A_KIND {
            self.findings.push(Finding {
                path: self.path.clone(),
                line,
                severity,
                kind,
                message,
            });
        }
    }
}
