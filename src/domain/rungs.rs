//! What happens by itself while nobody takes a ticket (`DOMAIN` 1.7): the rungs of the ladder, and which are reached when.
//!
//! This is the policy for tickets that nobody has. What is said as the clocks of any ticket run out is decided in
//! [`errand::clock`](super::errand::clock), and who is asked next after an offer passed in [`roster`](super::roster).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::priority::Priority;
use super::tier::Tier;

#[cfg(test)]
mod tests;

/// The version of the ladders in this file. A ticket keeps the one that it began with.
pub const POLICY: u32 = 1;

/// A changed priority may be a slip of the hand: so long nobody is called for it.
pub const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// The highest rung of a P1 is reached again after so long, and so often.
pub const REPEAT_EVERY: SignedDuration = SignedDuration::from_mins(15);
/// See [`REPEAT_EVERY`].
pub const REPEATS_AT_MOST: u32 = 9;

/// What is noticed later than this is marked as late.
const PUNCTUAL: SignedDuration = SignedDuration::from_mins(1);

/// What the leads hear at a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leads {
    /// It is said in their channel.
    Told,
    /// They are mentioned there.
    Called,
}

/// What is done once nobody has taken a ticket for so long. Every rung holds only while nobody has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// After how long.
    pub after: SignedDuration,
    /// Everybody on duty at these tiers is called.
    pub calls: &'static [Tier],
    /// What the leads hear, if anything.
    pub leads: Option<Leads>,
    /// It goes to the next tier.
    pub raises: bool,
    /// How often it is reached again, [`REPEAT_EVERY`].
    pub repeats: u32,
}

const fn rung(minutes: i64, calls: &'static [Tier], leads: Option<Leads>) -> Rung {
    Rung {
        after: SignedDuration::from_mins(minutes),
        calls,
        leads,
        raises: false,
        repeats: 0,
    }
}

const fn again(rung: Rung) -> Rung {
    Rung {
        repeats: REPEATS_AT_MOST,
        ..rung
    }
}

use Leads::{Called, Told};
use Tier::{L1, L2, L3};

const P1_L1: &[Rung] = &[
    rung(0, &[L1, L2], Some(Told)),
    rung(5, &[L2], Some(Called)),
    again(rung(10, &[L3], Some(Called))),
];
const P1_L2: &[Rung] = &[
    rung(0, &[L2], Some(Told)),
    rung(5, &[L3], Some(Called)),
    again(rung(10, &[L2, L3], Some(Called))),
];
const P1_L3: &[Rung] = &[
    rung(0, &[L3], Some(Told)),
    rung(5, &[L3], Some(Called)),
    again(rung(10, &[L3], Some(Called))),
];
const P2: &[Rung] = &[
    rung(15, &[], Some(Told)),
    Rung {
        raises: true,
        ..rung(30, &[], None)
    },
];
/// Nobody is above.
const P2_L3: &[Rung] = &[rung(15, &[], Some(Told)), rung(30, &[], Some(Called))];

/// The ladder for tickets of that priority which wait at that tier, lowest rung first. P3 and P4 have none: their clocks
/// speak for them.
pub fn rungs(priority: Priority, tier: Tier) -> &'static [Rung] {
    match (priority, tier) {
        (Priority::P1, L1) => P1_L1,
        (Priority::P1, L2) => P1_L2,
        (Priority::P1, L3) => P1_L3,
        (Priority::P2, L1 | L2) => P2,
        (Priority::P2, L3) => P2_L3,
        (Priority::P3 | Priority::P4, _) => &[],
    }
}

/// What a ticket keeps of its way up the ladder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ladder {
    /// Raised by whatever ends a run or begins another: what was due of an older one does nothing.
    pub generation: u32,
    /// The run that goes on; none while somebody has the ticket.
    pub run: Option<Run>,
}

/// A ticket that nobody has, on its way up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The version of the ladders.
    pub policy: u32,
    /// By which ladder it goes.
    pub priority: Priority,
    /// By which ladder it goes.
    pub tier: Tier,
    /// Since when nobody has it.
    pub began: Timestamp,
    /// From when the rungs are counted: later for the grace, earlier where a rung was passed over.
    pub counted_from: Timestamp,
    /// The next rung.
    pub next: usize,
    /// How often it was reached before.
    pub repeat: u32,
}

/// A rung that is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Which, counted from 0.
    pub rung: usize,
    /// How often before.
    pub repeat: u32,
    /// It is not reached again, and there is no higher one.
    pub last: bool,
    /// How late, where the desk was away.
    pub late: Option<SignedDuration>,
    /// Tiers to be called where nobody is on duty.
    pub nobody: Vec<Tier>,
}

/// A rung that was reached: what is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Which generation's.
    pub generation: u32,
    /// Which rung, counted from 0.
    pub rung: usize,
    /// How often it was reached before.
    pub repeat: u32,
    /// How urgent the ticket is.
    pub priority: Priority,
    /// Where it waits.
    pub tier: Tier,
    /// For how long nobody has had it.
    pub waited: SignedDuration,
    /// The tiers that are called.
    pub called: Vec<Tier>,
    /// The tiers that were to be called, and nobody is on duty there.
    pub nobody: Vec<Tier>,
    /// What the leads hear.
    pub leads: Option<Leads>,
    /// It was to go to the next tier, and cannot.
    pub stuck: bool,
    /// Nobody is called again by itself.
    pub last: bool,
    /// How late, where the desk was away.
    pub late: Option<SignedDuration>,
}

impl Run {
    /// A ticket that nobody has from `now` on. Whoever was called for it already (`called`) is not called again by the first
    /// rung.
    pub fn new(priority: Priority, tier: Tier, called: bool, now: Timestamp) -> Self {
        let first = rungs(priority, tier).first();
        let at_once = first.is_some_and(|rung| rung.after.is_zero());
        Self {
            policy: POLICY,
            priority,
            tier,
            began: now,
            counted_from: if called { now } else { now + GRACE },
            next: usize::from(called && at_once),
            repeat: 0,
        }
    }

    fn rung(&self) -> Option<&'static Rung> {
        rungs(self.priority, self.tier).get(self.next)
    }

    /// When the next rung is reached, if there is one.
    pub fn due(&self) -> Option<Timestamp> {
        let rung = self.rung()?;
        let repeat = i32::try_from(self.repeat).unwrap_or(i32::MAX);
        Some(self.counted_from + rung.after + REPEAT_EVERY * repeat)
    }

    /// The next rung is reached at `now`, and the others follow it as they would have.
    pub fn hurry(&mut self, now: Timestamp) {
        if let Some(ahead) = self.due().map(|due| due.duration_since(now))
            && ahead.is_positive()
        {
            self.counted_from -= ahead;
        }
    }

    /// The highest rung that is reached by `now`. It counts as reached from then on, and so do those below it: of what was
    /// missed only the highest is told. A rung that calls nobody because nobody is on duty gives way to the next at once.
    pub fn take(&mut self, on_duty: impl Fn(Tier) -> bool, now: Timestamp) -> Option<Reached> {
        let mut reached: Option<Reached> = None;
        let mut nobody: Vec<Tier> = Vec::new();
        if self.next == 1 && self.counted_from < self.began {
            // Nobody was there to be called at first.
            let first = rungs(self.priority, self.tier).first();
            nobody.extend(first.map_or(&[][..], |rung| rung.calls));
        }
        while let (Some(rung), Some(due)) = (self.rung(), self.due()) {
            if due > now {
                break;
            }
            let empty = rung.calls.iter().filter(|tier| !on_duty(**tier));
            nobody.extend(empty);
            nobody.sort_unstable();
            nobody.dedup();
            let (which, repeat) = (self.next, self.repeat);
            if repeat < rung.repeats {
                self.repeat += 1;
            } else {
                (self.next, self.repeat) = (which + 1, 0);
            }
            let late = now.duration_since(due);
            reached = Some(Reached {
                rung: which,
                repeat,
                last: self.rung().is_none(),
                late: (late > PUNCTUAL).then_some(late),
                nobody: nobody.clone(),
            });
            // Who is to be moved up moves before anything else is looked at.
            if rung.raises {
                break;
            }
            let unheard = !rung.calls.is_empty() && !rung.calls.iter().any(|tier| on_duty(*tier));
            if unheard && self.next > which {
                self.hurry(now);
            }
        }
        reached
    }
}
