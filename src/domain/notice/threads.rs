//! What people are told about where a ticket is talked about.

use serde::{Deserialize, Serialize};

use crate::domain::ids::UserId;

/// What people are told about a ticket's threads, or about the lack of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum ThreadNotice {
    /// To the requester, directly: there is no room for a thread, so that the talk goes on here.
    Directly,
    /// To whoever works on it, directly, or else to the tier's queue: what the requester wrote in a direct message.
    SaidDirectly {
        /// Who wrote it.
        by: UserId,
        /// What: hostile text.
        text: String,
        /// So many files came with it.
        files: u32,
    },
    /// To the leads: the server has as many active threads as Discord allows.
    Full {
        /// What became of the talk for which there was no room.
        instead: Instead,
    },
    /// To the requester, in the help channel: the desk can neither open a thread nor write to them.
    Unreachable {
        /// Whom.
        who: UserId,
    },
}

/// What becomes of a talk for which there is no thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    /// It goes by direct message.
    Direct,
    /// It waits: the requester takes no direct messages.
    Nothing,
    /// The staff's waits: there is nobody to write to directly.
    Staff,
}
