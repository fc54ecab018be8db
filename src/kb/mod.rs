//! L0: reads the Markdown folder, indexes it, answers, abstains.
//!
//! This room may know the articles on disk and nothing else: no database, no clock, no network. What it is asked it
//! answers from memory, the same question always the same way.
//!
//! Read `base` first (the handle everybody holds), then `answer` (the way of a question), `question` with `small_talk`, `index` with
//! `query`, `ranking`, `spoken`, `terms`, `postings`, `many`, `quick`, `words`, `language`, `spelling`, `weights` and `vectors`, `encoded`
//! with `second_look`, `confidence` with `leaning`, `sections` and `extract` with `steps` and `pictures`, `reader`; and on the writers'
//! side `folder`, `aliases`, `article` with `passage`, `front_matter`, `markdown` and `unsafe_text`, `check` with `finding`, and `draft`
//! with `writing`: how a new article is written down. Beside them `likeness` and `grouping`: whether texts are about the same trouble;
//! and `measure`: how well all this works.

mod aliases;
mod answer;
mod article;
mod base;
mod check;
mod confidence;
mod draft;
mod encoded;
mod extract;
mod finding;
mod folder;
mod front_matter;
mod grouping;
mod index;
mod language;
mod leaning;
mod likeness;
mod many;
mod markdown;
pub mod measure;
mod passage;
mod pictures;
mod postings;
mod query;
mod question;
mod quick;
mod ranking;
mod reader;
mod scale;
mod second_look;
mod sections;
mod small_talk;
mod spelling;
mod spoken;
mod steps;
mod terms;
#[cfg(test)]
mod tests;
mod unsafe_text;
pub mod vectors;
mod weights;
mod words;
mod writing;

pub use answer::{Answer, Match, Verdict};
pub use article::{Article, ArticleId, Section};
pub use base::{Kb, Loaded};
pub use check::check;
pub use confidence::{Evidence, Nearness};
pub use draft::{article_at, faults_of, file_of, path_of, reason_in, restored, retired, title_in};
pub use encoded::Unread;
pub use extract::Extract;
pub use finding::{Finding, Kind, Severity};
pub use language::Language;
pub use leaning::{AT_LEAST, FARTHEST, learned};
pub use likeness::likeness;
pub use passage::Passage;
pub use pictures::Picture;
pub use query::Heard;
pub use reader::Reader;
pub use steps::{StepText, Steps};
pub use vectors::Vectors;
pub use writing::{NotWritten, Written};
