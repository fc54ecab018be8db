//! What people are told of clocks that come to their end.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::clocks::{ClockKind, StageKind};
use crate::domain::ids::{Number, UserId};
use crate::domain::priority::Priority;

/// What people are told about a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum ClockNotice {
    /// To whoever works on it, else to its queue, and to the leads where it is urgent: it runs out soon.
    Warned {
        /// Which.
        clock: ClockKind,
        /// How far it has come.
        stage: StageKind,
        /// When it runs out.
        due: Option<Timestamp>,
        /// Who works on it.
        to: Option<UserId>,
        /// How late this is said, where the desk was away.
        late: Option<SignedDuration>,
        /// The leads who are pinged.
        #[serde(default)]
        call: Vec<UserId>,
    },
    /// To the escalation channel and to the leads: it ran out.
    Breached {
        /// Which.
        clock: ClockKind,
        /// When.
        at: Timestamp,
        /// How urgent the ticket was.
        priority: Priority,
        /// Who works on it.
        assignee: Option<UserId>,
        /// How old the ticket was when that was noticed.
        age: SignedDuration,
        /// How late this is said, where the desk was away.
        late: Option<SignedDuration>,
        /// The leads who are pinged.
        #[serde(default)]
        call: Vec<UserId>,
    },
    /// To the escalation channel: a lead does not count it.
    Waived {
        /// Who.
        by: UserId,
        /// Which.
        clock: ClockKind,
        /// Why; left out for confidential tickets.
        reason: Option<String>,
    },
    /// To a channel that would else have heard many in one moment: all of them in one post.
    Many {
        /// The first of them.
        lines: Vec<DigestLine>,
        /// How many there are in all.
        count: u32,
        /// How long the desk was away at most.
        late: Option<SignedDuration>,
    },
    /// To the leads, once a day: what is least urgent and ran out.
    Daily {
        /// The first of them.
        lines: Vec<DigestLine>,
        /// How many there are in all.
        count: u32,
    },
}

/// One clock in a post of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    /// Whose.
    pub number: Number,
    /// How urgent the ticket is.
    pub priority: Priority,
    /// Which.
    pub clock: ClockKind,
    /// How far it has come.
    pub stage: StageKind,
    /// When it came there.
    pub at: Timestamp,
}

impl DigestLine {
    /// So many stand in one post; the others are counted.
    pub const AT_MOST: usize = 30;
}
