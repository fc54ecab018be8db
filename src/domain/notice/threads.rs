//! What people are told about where a ticket is talked about.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{MessageId, UserId};
use crate::domain::tier::Tier;

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
    /// To a thread that was deleted and is made again: where the ticket stands, and what was said there last. Its request
    /// stands beside it.
    Again {
        /// What was said last, the oldest first; to the requester nothing that was said among the staff.
        said: Vec<Spoken>,
        /// There was more.
        more: bool,
        /// So many messages the desk could not read.
        unread: u32,
    },
    /// To whoever wrote in a thread what nobody else should have, directly: the desk left it out, and Discord did not.
    Secret {
        /// What sort of thing it is, in plain words ("github token").
        kinds: Vec<String>,
        /// Which message.
        message: MessageId,
        /// In the staff's thread, not in the requester's.
        staff: bool,
    },
    /// To the requester, in the help channel: the desk can neither open a thread nor write to them.
    Unreachable {
        /// Whom.
        who: UserId,
    },
}

/// Something that was said about a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// As what.
    pub how: Speech,
    /// What: hostile text.
    pub text: String,
}

/// As what something was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Speech {
    /// A message in the thread.
    Message,
    /// An answer to the requester.
    Reply,
    /// A question to the requester.
    Question,
    /// A note among the staff.
    Note,
    /// The summary of a hand-over.
    HandOver {
        /// From which tier.
        from: Tier,
        /// To which.
        to: Tier,
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
