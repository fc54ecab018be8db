//! Reports: what a desk did in a period, by the definitions of `DOMAIN` 1.16.
//!
//! Everything is made of the events of its tickets, and of what is promised; nothing is counted along. To be read in this
//! order: `stat` (percentiles and shares), `life` (one ticket), `part` (whose work is counted), this file, `adding` (how it is
//! added up), `personal` (one person's).

use std::collections::BTreeMap;
use std::ops::AddAssign;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::clocks::Clocks;
use super::tier::Tier;

mod adding;
mod life;
mod part;
mod personal;
mod stat;
#[cfg(test)]
mod tests;

pub use adding::Adding;
pub use life::{Life, NO_MATTER};
pub use part::{Deed, Part};
pub use personal::{AT_LEAST, Figure, Personal};
pub use stat::{Share, Spans, nearest_rank};

/// From the first instant on, before the second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end, which is not in it.
    pub until: Timestamp,
}

impl Period {
    /// Whether `at` lies in it.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// The ages by which the backlog is counted, in days: each is younger than that, the rest older.
pub const AGES: [i64; 5] = [1, 3, 7, 14, 30];

/// What became of the questions at L0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// All that were asked.
    pub questions: u32,
    /// An article answered, and who asked said that it helped.
    pub confirmed: u32,
    /// An article answered, and nothing came after it.
    pub possible: u32,
    /// Nothing answered, or it did not help, or a ticket followed within a day.
    pub none: u32,
    /// No article was good enough to be shown.
    pub found_nothing: u32,
}

/// How deliveries went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delivered {
    /// So many.
    pub messages: u32,
    /// Half of them took no longer, in milliseconds.
    pub median_ms: Option<i64>,
    /// 99 of 100 took no longer, in milliseconds.
    pub p99_ms: Option<i64>,
    /// So many were given up.
    pub given_up: u32,
    /// So many stand there once more, as the reconciliation found.
    pub copies: u32,
}

/// What a desk did in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Tickets opened in it, or that came to that part of the desk first in it; those left out that were withdrawn or became part of another.
    pub opened: usize,
    /// Tickets solved in it, for the last time.
    pub solved: usize,
    /// Until a person answered, in the time in which the desk is open (FRT); of tickets first answered in the period.
    pub first_response: Spans,
    /// Until somebody took what was offered, or waited (MTTA); of all that was taken in the period.
    pub taken: Spans,
    /// Until it was solved, in the time that counts (MTTR); of tickets solved in the period.
    pub resolution: Spans,
    /// The same by the clock on the wall.
    pub resolution_wall: Spans,
    /// Of what is older than the window for opening again and a person touched: solved by first contact alone (FCR).
    pub first_contact: Share,
    /// Of the same: with one message before the solution at most.
    pub one_touch: Share,
    /// Of tickets first solved in the period, that long ago: opened again.
    pub reopened: Share,
    /// Follow-ups, of as many closed tickets; of the whole desk alone.
    pub repeated: Share,
    /// Of what was open at the end: how old it was.
    pub backlog: Spans,
    /// The same, counted by [`AGES`].
    pub backlog_ages: [usize; 6],
    /// Clocks that stopped or ran out in the period: kept in time, of all. By the clock's key.
    pub promises: BTreeMap<String, Share>,
    /// Of clocks that ran out, so many are not among these: a lead decided so.
    pub waived: usize,
    /// Updates that came too late or not at all; not known of a part of the desk.
    pub updates_missed: Option<usize>,
    /// The tiers that are counted, from the first; none of a person.
    pub tiers: Vec<TierReport>,
    /// Of hand-overs in the period: sent back.
    pub bounced: Share,
    /// Given to a lower tier in the period, with what was left to do: counted apart from what was sent back.
    pub returned: usize,
    /// How long tickets solved in the period waited for their requesters, in the time that counts, in seconds; of all of it.
    pub waited_requester: Ratio,
    /// The same for vendors.
    pub waited_vendor: Ratio,
    /// Of ratings in the period: four or five of five (CSAT).
    pub satisfied: Share,
    /// Of those who were asked in the period: answered.
    pub answered: Share,
    /// Tickets opened, by the hour of the week in the report's zone, Monday's first hour first.
    pub hours: Vec<usize>,
    /// Tickets opened and solved, by the day of the period.
    pub days: Vec<Day>,
}

/// A part of a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// So many seconds,
    pub part: i64,
    /// of so many.
    pub of: i64,
}

/// What one tier did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierReport {
    /// Which.
    pub tier: Tier,
    /// Tickets that came there in the period, each time.
    pub came: usize,
    /// Tickets that were solved there in the period.
    pub solved: usize,
    /// Of tickets that came there for the first time in the period: went to a higher tier from there.
    pub escalated: Share,
    /// How long a stay was that ended in the period, by the wall clock.
    pub stay: Spans,
}

/// What was opened and solved on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date in the report's zone.
    pub date: String,
    /// Opened.
    pub opened: usize,
    /// Solved.
    pub solved: usize,
}

/// A ticket's life, and its clocks at the end of the period, where anything is promised.
pub type Counted = (Life, Option<Clocks>);

/// So many tickets are added at once: what is known of them is then still near the processor.
pub const AT_ONCE: usize = 256;

impl TierReport {
    fn nothing(tier: Tier) -> Self {
        Self {
            tier,
            came: 0,
            solved: 0,
            escalated: Share::default(),
            stay: Spans::default(),
        }
    }
}

impl AddAssign for Ratio {
    fn add_assign(&mut self, more: Self) {
        self.part += more.part;
        self.of += more.of;
    }
}

impl Report {
    /// What `part` of the desk did in `period` about tickets with these lives, as it looks at `now`, by days and hours of `zone`.
    pub fn of(
        all: &[Counted],
        period: Period,
        part: Part,
        zone: &jiff::tz::TimeZone,
        now: Timestamp,
    ) -> Self {
        let mut adding = Adding::new(period, part, zone, now);
        for some in all.chunks(AT_ONCE) {
            adding.add(some);
        }
        adding.report()
    }
}
