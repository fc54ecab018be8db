//! What people are told about shifts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{ChannelId, Number, SwapId, UserId};
use crate::domain::priority::Priority;
use crate::domain::ticket::Ticket;

/// A ticket that is with somebody whose shift is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StillOpen {
    /// Its number.
    pub number: Number,
    /// Its priority.
    pub priority: Priority,
    /// Its title; left out for confidential tickets.
    pub title: Option<String>,
    /// Its thread with the requester.
    pub thread: Option<ChannelId>,
}

impl StillOpen {
    /// What is said of `ticket`: to whoever has it, all; in a queue, nothing that a confidential one hides.
    pub fn of(ticket: &Ticket, in_queue: bool) -> Self {
        let hidden = in_queue && ticket.confidential;
        Self {
            number: ticket.number,
            priority: ticket.priority,
            title: (!hidden).then(|| ticket.title.clone()),
            thread: ticket.thread.filter(|_| !hidden),
        }
    }
}

/// What people are told about a shift, in the queue of whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum DutyNotice {
    /// It begins.
    Began {
        /// Whose.
        user: UserId,
        /// What it is called.
        name: String,
        /// Until when.
        until: Timestamp,
    },
    /// Somebody was away until now.
    Back {
        /// Who.
        user: UserId,
        /// Whether they are on duty by that.
        on_duty: bool,
        /// How many tickets are with them.
        held: usize,
    },
    /// It is over.
    Ended {
        /// Whose.
        user: UserId,
        /// What it is called.
        name: String,
        /// What is urgent and must be handed over.
        urgent: Vec<StillOpen>,
        /// How many others stay with them.
        others: usize,
    },
    /// Somebody is asked to take another's shift.
    SwapAsked {
        /// Which question.
        swap: SwapId,
        /// Whose shift.
        asker: UserId,
        /// Who is asked.
        other: UserId,
        /// What it is called.
        name: String,
        /// When it begins.
        from: Timestamp,
        /// When it ends.
        until: Timestamp,
    },
    /// They answered.
    SwapAnswered {
        /// Whose shift it was.
        asker: UserId,
        /// Who was asked.
        other: UserId,
        /// What it is called.
        name: String,
        /// When it begins.
        from: Timestamp,
        /// Whether they take it.
        agreed: bool,
    },
}
