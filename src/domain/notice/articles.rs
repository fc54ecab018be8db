//! What people are told of articles: one waits for a second person, one is published, one is retired.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::article::{DraftName, FileKind};
use crate::domain::ids::{Number, UserId};
use crate::domain::learning::Flag;

/// A ticket that was solved before, for the staff that works on one like it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Its number.
    pub number: Number,
    /// Its title.
    pub title: String,
    /// Who solved it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub done: String,
    /// What the experts left for the tiers below.
    pub lesson: Option<String>,
}

/// An article that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagLine {
    /// Its name in the knowledge base.
    pub article: String,
    /// Its title.
    pub title: String,
    /// Why: what is new.
    pub flags: Vec<Flag>,
}

/// What people are told of articles and their drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum ArticleNotice {
    /// To those who may approve: a draft waits for a second person.
    ReviewAsked {
        /// Which.
        draft: DraftName,
        /// Its title.
        title: String,
        /// Who asks.
        by: UserId,
        /// It changes an article that is there.
        change: bool,
    },
    /// To whoever asked for the review: it came back.
    SentBack {
        /// Which.
        draft: DraftName,
        /// Its title.
        title: String,
        /// Who read it.
        by: UserId,
        /// What is missing.
        reason: String,
    },
    /// To the tiers: a file of the knowledge base was written.
    Written {
        /// Why.
        kind: FileKind,
        /// The article's title.
        title: String,
        /// Its file.
        path: String,
        /// Who decided it.
        by: UserId,
        /// Who wrote it, where it comes from a draft.
        writers: Vec<UserId>,
        /// What it comes from.
        draft: Option<DraftName>,
        /// Why it was retired.
        reason: Option<String>,
    },
    /// To those who write: somebody should look at these.
    Flagged {
        /// Which, and why.
        articles: Vec<FlagLine>,
    },
    /// To the leads: a file that was decided on is not written.
    NotWritten {
        /// The article's title.
        title: String,
        /// Its file.
        path: String,
        /// What the system said; none where somebody changed the file meanwhile, and it is given up.
        fault: Option<String>,
    },
}
