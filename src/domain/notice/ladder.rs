//! What people are told of tickets that nobody takes, and of timers that were missed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::ids::UserId;
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
