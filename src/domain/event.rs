//! What happened to a ticket. Events are never changed; the reports are made from them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::handover::HandOver;
use super::ids::{AskId, UserId};
use super::priority::{Impact, Priority, Urgency};
use super::ticket::{ArticleNote, Code, PendingHandOver};
use super::tier::Tier;

/// One thing that happened to one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Counts up per ticket from 1, without gaps: the order of things, whatever the wall clock did.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody when the desk did.
    pub by: Option<UserId>,
    /// What.
    pub what: What,
}

/// What happened, with the facts that reports and sentences need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The ticket came into being.
    Opened {
        /// What the requester answered.
        impact: Impact,
        /// What the requester answered.
        urgency: Urgency,
        /// What the matrix made of it.
        priority: Priority,
        /// The category's key.
        category: String,
        /// The question at L0 that it grew out of.
        ask: Option<AskId>,
    },
    /// Somebody took it out of the queue.
    Claimed {
        /// The hand-over that is accepted by it, where one waited.
        answers: Option<PendingHandOver>,
    },
    /// It was offered to somebody, who has not accepted yet.
    Offered {
        /// To whom.
        to: UserId,
    },
    /// The person it was offered to took it, or somebody of the tier took it when it was offered to nobody.
    Accepted {
        /// The hand-over that is accepted by it.
        answers: Option<PendingHandOver>,
    },
    /// It went to a higher tier.
    Escalated {
        /// All that goes along.
        hand_over: HandOver,
        /// Why a tier was passed over, where a reason was needed.
        reason: Option<String>,
    },
    /// The receiving tier sent it back.
    Rejected {
        /// From this tier.
        from: Tier,
        /// Back to this one.
        to: Tier,
        /// Why.
        reason: String,
        /// How often it was rejected between these two tiers, this time included.
        times: u32,
        /// What was rejected.
        hand_over: PendingHandOver,
    },
    /// The impact was changed; the priority follows.
    Reassessed {
        /// Before.
        impact_was: Impact,
        /// Now.
        impact: Impact,
        /// Before.
        priority_was: Priority,
        /// Now.
        priority: Priority,
    },
    /// Whoever held it cannot hold it any more: back to the queue.
    Released {
        /// Who held it.
        from: UserId,
        /// Why.
        reason: ReleaseReason,
    },
    /// It was solved, or ended in another way that the code names.
    Resolved {
        /// How it ended.
        code: Code,
        /// What was done, in words that the requester understands.
        text: String,
        /// Which article answers it.
        article: ArticleNote,
        /// Why somebody other than the assignee resolved it.
        reason: Option<String>,
    },
    /// The window for reopening passed.
    Closed,
}

impl What {
    /// The tag under which the store keeps it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Claimed { .. } => "claimed",
            Self::Offered { .. } => "offered",
            Self::Accepted { .. } => "accepted",
            Self::Escalated { .. } => "escalated",
            Self::Rejected { .. } => "rejected",
            Self::Reassessed { .. } => "reassessed",
            Self::Released { .. } => "released",
            Self::Resolved { .. } => "resolved",
            Self::Closed => "closed",
        }
    }
}

/// Why a ticket was taken from somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseReason {
    /// They no longer hold the tier's role.
    LostRole,
    /// They left the server.
    Left,
}
