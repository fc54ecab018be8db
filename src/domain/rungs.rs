//! What happens by itself while nobody moves (`DOMAIN` 1.7): the rungs of the ladder, and which are reached when.
//!
//! A ladder is chosen by priority and tier: the desk's own ([`Ladders`]), which a ticket keeps as they were when it was opened, or
//! else those of this file. The rungs of a ticket that nobody has are counted from when it began to wait; those of one that
//! somebody has and says nothing of, from the last word to its requester; and those of its clocks are reached as its clocks
//! come so far ([`errand::clock`](super::errand::clock)). Who is asked next after an offer passed is decided in
//! [`roster`](super::roster).

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::ids::UserId;
use super::priority::Priority;
use super::tier::Tier;

mod steps;
#[cfg(test)]
mod tests;

pub use steps::{Ladders, Phase};

/// The version of the ladders in this file. A ticket keeps the one that it began with.
pub const POLICY: u32 = 1;

/// A changed priority may be a slip of the hand: so long nobody is called for it.
pub const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// The highest rung of a P1 is reached again after so long, and so often.
pub const REPEAT_EVERY: SignedDuration = SignedDuration::from_mins(15);
/// See [`REPEAT_EVERY`].
pub const REPEATS_AT_MOST: u32 = 9;

/// What is noticed later than this is marked as late.
pub const PUNCTUAL: SignedDuration = SignedDuration::from_mins(1);

/// What the leads hear at a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leads {
    /// It is said in their channel.
    Told,
    /// They are mentioned there.
    Called,
}

/// While what a rung holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum While {
    /// Nobody has taken it.
    #[default]
    Unclaimed,
    /// It is offered to somebody who has not accepted it.
    Unaccepted,
    /// Somebody has it, and its requester hears nothing.
    NoUpdate,
    /// One of its clocks has come to so many per cent.
    Clock(u32),
    /// One of its clocks ran out.
    Breached,
    /// Somebody has it, and it became so urgent just now.
    Urgent,
}

/// What is done once something has been so for so long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// While what.
    #[serde(rename = "while", default)]
    pub holds: While,
    /// After how long.
    pub after: SignedDuration,
    /// Everybody on duty at these tiers is called.
    pub calls: Cow<'static, [Tier]>,
    /// What the leads hear, if anything.
    pub leads: Option<Leads>,
    /// It goes to the next tier.
    pub raises: bool,
    /// It goes to the next person.
    #[serde(default)]
    pub reassigns: bool,
    /// After how long it is reached again.
    pub every: SignedDuration,
    /// How often it is reached again.
    pub repeats: u32,
    /// At which tiers; at all where none are named.
    #[serde(default)]
    pub tiers: Cow<'static, [Tier]>,
}

impl Rung {
    const fn new(minutes: i64, calls: &'static [Tier], leads: Option<Leads>) -> Self {
        Self {
            holds: While::Unclaimed,
            after: SignedDuration::from_mins(minutes),
            calls: Cow::Borrowed(calls),
            leads,
            raises: false,
            reassigns: false,
            every: REPEAT_EVERY,
            repeats: 0,
            tiers: Cow::Borrowed(&[]),
        }
    }

    const fn again(mut self) -> Self {
        self.repeats = REPEATS_AT_MOST;
        self
    }

    const fn up(mut self) -> Self {
        self.raises = true;
        self
    }

    const fn urgent(mut self) -> Self {
        self.holds = While::Urgent;
        self
    }
}

use Leads::{Called, Told};
use Tier::{L1, L2, L3};

static P1_L1: [Rung; 3] = [
    Rung::new(0, &[L1, L2], Some(Told)),
    Rung::new(5, &[L2], Some(Called)),
    Rung::new(10, &[L3], Some(Called)).again(),
];
static P1_L2: [Rung; 3] = [
    Rung::new(0, &[L2], Some(Told)),
    Rung::new(5, &[L3], Some(Called)),
    Rung::new(10, &[L2, L3], Some(Called)).again(),
];
static P1_L3: [Rung; 3] = [
    Rung::new(0, &[L3], Some(Told)),
    Rung::new(5, &[L3], Some(Called)),
    Rung::new(10, &[L3], Some(Called)).again(),
];
static P2: [Rung; 2] = [
    Rung::new(15, &[], Some(Told)),
    Rung::new(30, &[], None).up(),
];
/// Nobody is above.
static P2_L3: [Rung; 2] = [
    Rung::new(15, &[], Some(Told)),
    Rung::new(30, &[], Some(Called)),
];
/// A P1 is nobody's alone: also where somebody has it already, everybody hears that it became one.
static URGENT: [[Rung; 1]; 3] = [
    [Rung::new(0, &[L1], Some(Told)).urgent()],
    [Rung::new(0, &[L2], Some(Told)).urgent()],
    [Rung::new(0, &[L3], Some(Told)).urgent()],
];

/// The ladder of a desk that has written down none of its own, for tickets of that priority at that tier, lowest rung first. P3
/// and P4 have none: their clocks speak for them.
pub fn rungs(phase: Phase, priority: Priority, tier: Tier) -> &'static [Rung] {
    match (phase, priority, tier) {
        (Phase::Waiting, Priority::P1, L1) => &P1_L1,
        (Phase::Waiting, Priority::P1, L2) => &P1_L2,
        (Phase::Waiting, Priority::P1, L3) => &P1_L3,
        (Phase::Waiting, Priority::P2, L1 | L2) => &P2,
        (Phase::Waiting, Priority::P2, L3) => &P2_L3,
        (Phase::Worked | Phase::Asked, Priority::P1, tier) => {
            &URGENT[usize::from(tier.level()) - 1]
        }
        _ => &[],
    }
}

/// What a ticket keeps of its way up the ladder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ladder {
    /// Raised by whatever ends a run or begins another: what was due of an older one does nothing.
    pub generation: u32,
    /// The run that goes on, if any does.
    pub run: Option<Run>,
    /// The desk's own, as they were when the ticket was opened.
    #[serde(skip_serializing_if = "Ladders::is_empty")]
    pub own: Ladders,
}

/// A ticket on its way up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The version of the ladders.
    pub policy: u32,
    /// What it goes through.
    #[serde(default)]
    pub phase: Phase,
    /// The rungs, where they are the desk's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Vec<Rung>>,
    /// By which ladder it goes.
    pub priority: Priority,
    /// By which ladder it goes.
    pub tier: Tier,
    /// Since when it has been so.
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
    /// At which tier it is.
    pub tier: Tier,
    /// While what.
    #[serde(default, rename = "while")]
    pub holds: While,
    /// Who has it, where somebody does.
    #[serde(default)]
    pub holder: Option<UserId>,
    /// For how long it has been so.
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
    /// It is told in one post with others.
    #[serde(default)]
    pub digest: bool,
}

impl Run {
    /// It goes through `phase` from `now` on, by `own` rungs or by those that all desks have. Whoever was called for it already
    /// (`called`) is not called again by the first rung.
    pub fn new(
        (phase, priority, tier): (Phase, Priority, Tier),
        own: Option<Vec<Rung>>,
        called: bool,
        now: Timestamp,
    ) -> Self {
        let mut run = Self {
            policy: POLICY,
            phase,
            own,
            priority,
            tier,
            began: now,
            counted_from: if called { now } else { now + GRACE },
            next: 0,
            repeat: 0,
        };
        // Only what becomes a P1 calls by itself.
        let at_once = run.rungs().first().is_some_and(|rung| rung.after.is_zero());
        run.next = usize::from(called && at_once && priority == Priority::P1);
        run
    }

    /// By which rungs it goes, lowest first.
    pub fn rungs(&self) -> &[Rung] {
        let usual = || rungs(self.phase, self.priority, self.tier);
        self.own.as_deref().unwrap_or_else(usual)
    }

    fn rung(&self) -> Option<&Rung> {
        self.rungs().get(self.next)
    }

    /// When the next rung is reached, if there is one.
    pub fn due(&self) -> Option<Timestamp> {
        let rung = self.rung()?;
        let repeat = i32::try_from(self.repeat).unwrap_or(i32::MAX);
        Some(self.counted_from + rung.after + rung.every * repeat)
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
            let first = self.rungs().first();
            nobody.extend(first.map_or(&[][..], |rung| &rung.calls));
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
            let unheard = !rung.calls.is_empty() && !rung.calls.iter().any(|tier| on_duty(*tier));
            let moves = rung.raises || rung.reassigns;
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
            // What is to be moved moves before anything else is looked at.
            if moves {
                break;
            }
            if unheard && self.next > which {
                self.hurry(now);
            }
        }
        reached
    }
}
