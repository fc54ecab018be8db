//! The three clocks of a ticket: first response, next update, resolution.
//!
//! Each is a pure function of what happened, of the policy, and of an instant: [`clocks`], or [`Replay`] for whoever
//! also wants the warnings. Nothing about a clock is stored that could differ from what happened.
//!
//! To be read in this order: what is promised (`book`, `policy`, and as people write it, `edit`), what a clock has counted (`count`), the ticket's life
//! (`log`, `replay`), what is kept of it (`kept`), and what is posted of it after an outage (`stage`).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::priority::Priority;
use super::state::State;

mod book;
mod count;
mod edit;
mod kept;
mod log;
mod policy;
mod replay;
mod stage;
#[cfg(test)]
mod tests;

pub use book::{ALWAYS, BUSINESS, Book};
pub use edit::{PolicyEdit, WARNINGS, read_target, read_update, show_target, show_update};
pub use kept::{Ahead, Breach, Kept, Reading, Standing};
pub use log::{ONE_ANSWER, answered_at, moments, state, take, unanswered};
pub use policy::{Policy, PolicyFault, Promise, Terms, UpdateMode};
pub use replay::{Replay, clocks};
pub use stage::{Late, Stage, StageKind, catch_up};

/// Which of the three. In the order of their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// Until a person of the desk answers.
    FirstResponse,
    /// Until a person of the desk says how it goes.
    NextUpdate,
    /// Until it is solved.
    Resolution,
}

impl ClockKind {
    /// All.
    pub const ALL: [Self; 3] = [Self::FirstResponse, Self::NextUpdate, Self::Resolution];

    /// How the store keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::FirstResponse => "first_response",
            Self::NextUpdate => "next_update",
            Self::Resolution => "resolution",
        }
    }
}

/// Something that happened and moves a clock. What the bot says, notes, and claims move none, so they do not occur here:
/// a first response is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When. One that seems to be earlier than the one before it happened at the same instant: clocks of machines are
    /// set back, and the order of events is what counts.
    pub at: Timestamp,
    /// What.
    pub what: Move,
}

/// What moves a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// The ticket came into being.
    Created(Priority),
    /// A person on the desk wrote where the requester reads it.
    AgentReply,
    /// The requester wrote. Where the desk waited for it, the work goes on.
    UserReply,
    /// It went into that state.
    To(State),
    /// It was not solved after all, and work goes on.
    Reopened,
    /// Its priority is another.
    Priority(Priority),
    /// It is part of a major incident, whose updates go to its requester as long, or is not any more (`DOMAIN` 1.12).
    Part(bool),
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing is promised.
    None,
    /// Next update only: nobody waits for one.
    Idle,
    /// It counts, when the desk is open.
    Running,
    /// Somebody else's turn.
    Paused,
    /// It stopped in time.
    Met,
    /// Its time ran out, whatever came later.
    Breached,
    /// Next update only: the ticket came to its end.
    Done,
    /// The ticket was withdrawn or went into another.
    Cancelled,
}

impl Status {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::None,
        Self::Idle,
        Self::Running,
        Self::Paused,
        Self::Met,
        Self::Breached,
        Self::Done,
        Self::Cancelled,
    ];

    /// How the store keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::Breached => "breached",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One clock at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// How it stands.
    pub status: Status,
    /// When it ends or ended; only while it runs, or is breached and has not stopped.
    pub due: Option<Timestamp>,
    /// When it stopped. A ticket that is reopened has not stopped. Next update never stops: it begins again.
    pub stopped_at: Option<Timestamp>,
    /// When it ran out: the due, or the change of priority that put the due into the past. For next update, of this
    /// round.
    pub breached_at: Option<Timestamp>,
    /// How much active time it has counted; none when it was cancelled or does not count yet.
    pub elapsed: Option<SignedDuration>,
    /// What is left of the target; less than nothing when it is overdue.
    pub remaining: Option<SignedDuration>,
}

/// All clocks of a ticket at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// Until a person of the desk answers.
    pub first_response: Clock,
    /// Until a person of the desk says how it goes.
    pub next_update: Clock,
    /// How many updates came too late, or not at all.
    pub updates_missed: u32,
    /// Until it is solved.
    pub resolution: Clock,
}

impl Clocks {
    fn of_mut(&mut self, kind: ClockKind) -> &mut Clock {
        match kind {
            ClockKind::FirstResponse => &mut self.first_response,
            ClockKind::NextUpdate => &mut self.next_update,
            ClockKind::Resolution => &mut self.resolution,
        }
    }

    /// One of them.
    pub fn of(&self, kind: ClockKind) -> &Clock {
        match kind {
            ClockKind::FirstResponse => &self.first_response,
            ClockKind::NextUpdate => &self.next_update,
            ClockKind::Resolution => &self.resolution,
        }
    }
}
