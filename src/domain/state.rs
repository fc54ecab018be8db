//! The states of a ticket's life, and the ways in which it ends.

use serde::{Deserialize, Serialize};

/// Where a ticket is in its life (`DOMAIN` 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In a tier's queue, nobody's.
    New,
    /// Offered to a person who has not accepted yet.
    Assigned,
    /// Somebody works on it.
    InProgress,
    /// The requester owes an answer.
    WaitingUser,
    /// A vendor owes an answer.
    WaitingVendor,
    /// Solved; can be reopened for a while.
    Resolved,
    /// Ended for good.
    Closed,
    /// Withdrawn.
    Cancelled,
    /// Gone into another ticket.
    Merged,
}

impl State {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::New,
        Self::Assigned,
        Self::InProgress,
        Self::WaitingUser,
        Self::WaitingVendor,
        Self::Resolved,
        Self::Closed,
        Self::Cancelled,
        Self::Merged,
    ];

    /// How the store keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Assigned => "assigned",
            Self::InProgress => "in_progress",
            Self::WaitingUser => "waiting_user",
            Self::WaitingVendor => "waiting_vendor",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::Merged => "merged",
        }
    }

    /// The state of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Somebody else owes an answer.
    pub fn waiting(self) -> bool {
        matches!(self, Self::WaitingUser | Self::WaitingVendor)
    }

    /// Somebody has taken it and has not ended it.
    pub fn worked_on(self) -> bool {
        matches!(
            self,
            Self::InProgress | Self::WaitingUser | Self::WaitingVendor
        )
    }

    /// Somebody still has to do something.
    pub fn active(self) -> bool {
        matches!(
            self,
            Self::New | Self::Assigned | Self::InProgress | Self::WaitingUser | Self::WaitingVendor
        )
    }
}

/// How a ticket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The cause is gone.
    Fixed,
    /// The requester can work; the cause remains.
    Workaround,
    /// A question was answered or something was explained.
    Answered,
    /// What was asked for was given: a right, a licence, a device.
    Provided,
    /// Nothing wrong was found.
    NoFaultFound,
    /// It will not be done; the text says why.
    Declined,
    /// The requester did not answer. Only the desk itself ends a ticket so.
    NoResponse,
}

impl Code {
    /// All that a person can choose.
    pub const ALL: [Self; 6] = [
        Self::Fixed,
        Self::Workaround,
        Self::Answered,
        Self::Provided,
        Self::NoFaultFound,
        Self::Declined,
    ];

    /// Whether something was changed on the way to it.
    pub fn changes_something(self) -> bool {
        matches!(self, Self::Fixed | Self::Workaround | Self::Provided)
    }

    /// How an option's value names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Workaround => "workaround",
            Self::Answered => "answered",
            Self::Provided => "provided",
            Self::NoFaultFound => "no_fault_found",
            Self::Declined => "declined",
            Self::NoResponse => "no_response",
        }
    }

    /// The code of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.key() == key)
    }
}

/// At resolve everybody links an article or says why none (`DOMAIN` 1.15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "article", rename_all = "snake_case")]
pub enum ArticleNote {
    /// This article answers it.
    Linked {
        /// The article's id.
        id: String,
        /// Its title at that moment: what the requester reads. The desk fills it in.
        #[serde(default)]
        title: String,
        /// It is for technicians: the requester does not read of it. The desk fills it in.
        #[serde(default)]
        internal: bool,
    },
    /// None does yet: one is begun with what was done.
    Draft,
    /// None does.
    None {
        /// Why.
        reason: String,
    },
}
