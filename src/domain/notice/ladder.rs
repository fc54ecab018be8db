//! What people are told of tickets that nobody takes, and of timers that were missed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{Number, UserId};
use crate::domain::rungs::Page;

/// What people are told of what should have happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum LadderNotice {
    /// To the leads, and to the escalation channel: nobody has taken it for so long.
    Waits {
        /// How far it has come.
        page: Page,
        /// Whom to ping.
        call: Vec<UserId>,
    },
    /// To whoever has it, where they work on it: its requester hears nothing.
    Silent {
        /// For how long.
        page: Page,
        /// Who has it.
        to: UserId,
    },
    /// To a channel that would else have heard many in one moment: all of them in one post.
    Many {
        /// The first of them.
        lines: Vec<LadderLine>,
        /// How many there are in all.
        count: u32,
        /// For how long nobody has moved the first of them.
        longest: SignedDuration,
        /// Whom to ping.
        call: Vec<UserId>,
    },
    /// To the leads: what should have happened by itself did not.
    Overdue {
        /// How many timers.
        count: u32,
        /// When the oldest of them was due.
        since: Timestamp,
        /// Whom to ping.
        call: Vec<UserId>,
    },
}

/// One ticket in a post of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderLine {
    /// Which.
    pub number: Number,
    /// How far it has come.
    pub page: Page,
}

impl LadderLine {
    /// So many stand in one post; the others are counted.
    pub const AT_MOST: usize = 30;
}
