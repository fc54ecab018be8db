//! What a ticket keeps for its clocks, and what follows from it at an instant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ClockKind, Clocks, Moment, Policy, Replay, StageKind, Status, UpdateMode};
use crate::domain::priority::Priority;

/// What a ticket keeps for its clocks. All but the policy, the breaches, and what a lead waived could be made again from its
/// events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The version of the policy that it was opened with.
    pub policy: i64,
    /// What moved its clocks.
    pub moments: Vec<Moment>,
    /// Which of them ran out. A breach stays, whatever comes later.
    pub breaches: Vec<Breach>,
    /// How they stood after the last change, for whoever only looks.
    pub standings: Vec<Standing>,
    /// Updates are owed by the period, not by the requester's messages.
    pub periodic: bool,
    /// When the desk opens, where it was closed as the ticket came.
    pub opens_at: Option<Timestamp>,
}

/// A clock that ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Which.
    pub clock: ClockKind,
    /// When: its due, or the change that put the due into the past.
    pub at: Timestamp,
    /// A lead does not count it.
    #[serde(default)]
    pub waived: bool,
}

/// How one clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Which.
    pub clock: ClockKind,
    /// How.
    pub status: Status,
    /// When it ends or ended, while it counts.
    pub due: Option<Timestamp>,
}

/// A stage that lies ahead, or was reached and is not recorded yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Of which clock.
    pub clock: ClockKind,
    /// Which.
    pub stage: StageKind,
    /// When it is reached.
    pub at: Timestamp,
}

/// All that follows from what a ticket keeps, at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The clocks.
    pub clocks: Clocks,
    /// How they stand.
    pub standings: Vec<Standing>,
    /// What ran out and is not kept yet.
    pub fresh: Vec<Breach>,
    /// The stages of those that run.
    pub ahead: Vec<Ahead>,
    /// Updates are owed by the period.
    pub periodic: bool,
}

impl Kept {
    /// How a clock stood after the last change.
    pub fn standing(&self, clock: ClockKind) -> Option<Standing> {
        let mut all = self.standings.iter();
        all.find(|standing| standing.clock == clock).copied()
    }

    /// Whether a clock may have run out since the last change.
    pub fn may_be_late(&self, now: Timestamp) -> bool {
        self.standings.iter().any(|standing| {
            standing.status == Status::Running && standing.due.is_some_and(|due| due < now)
        })
    }

    /// The latest breach of that clock.
    pub fn breach(&self, clock: ClockKind) -> Option<Breach> {
        let mut all = self.breaches.iter().rev();
        all.find(|breach| breach.clock == clock).copied()
    }

    /// How it stands at `now`, or at the last of what happened where that seems to be later. None before anything happened.
    pub fn read(
        &self,
        policy: &Policy,
        stages: impl Fn(Priority) -> Vec<StageKind>,
        priority: Priority,
        now: Timestamp,
    ) -> Option<Reading> {
        let now = self.moments.last().map_or(now, |last| last.at.max(now));
        let replay = Replay::of(&self.moments, policy, now)?;
        let mut clocks = replay.clocks();
        for clock in ClockKind::ALL {
            if let Some(at) = self.ran_out(clock, replay.owed_since()) {
                let one = clocks.of_mut(clock);
                if matches!(one.status, Status::Running | Status::Paused | Status::Met) {
                    one.status = Status::Breached;
                    one.breached_at = Some(at);
                    one.due = one.due.map(|_| at);
                }
            }
        }
        let mut reading = Reading {
            clocks,
            standings: Vec::new(),
            fresh: Vec::new(),
            ahead: Vec::new(),
            periodic: policy.promise(priority).next_update_mode == UpdateMode::Periodic,
        };
        for clock in ClockKind::ALL {
            let one = clocks.of(clock);
            if let Some(at) = one.breached_at
                && !self.knows(clock, at)
            {
                let waived = false;
                reading.fresh.push(Breach { clock, at, waived });
            }
            if one.status == Status::Running {
                let ahead = stages(priority).into_iter().filter_map(|stage| {
                    let at = match stage {
                        StageKind::Breach => one.due,
                        _ => replay.warning(clock, stage.percent()),
                    };
                    at.map(|at| Ahead { clock, stage, at })
                });
                reading.ahead.extend(ahead);
            }
            reading.standings.push(Standing {
                clock,
                status: one.status,
                due: one.due,
            });
        }
        Some(reading)
    }

    /// When that clock ran out, by what was promised at that time: it stays so where more is promised now. An update ran out
    /// since it is owed, or not at all.
    fn ran_out(&self, clock: ClockKind, owed_since: Option<Timestamp>) -> Option<Timestamp> {
        let at = self.breach(clock)?.at;
        match clock {
            ClockKind::NextUpdate => {
                Some(at).filter(|at| owed_since.is_some_and(|since| since <= *at))
            }
            _ => Some(at),
        }
    }

    /// The first response and the resolution run out once; an update can be missed again and again.
    fn knows(&self, clock: ClockKind, at: Timestamp) -> bool {
        self.breaches.iter().any(|breach| {
            breach.clock == clock && (clock != ClockKind::NextUpdate || breach.at == at)
        })
    }
}
