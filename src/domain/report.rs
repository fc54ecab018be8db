//! Reports: what a desk did in a period, by the definitions of `DOMAIN` 1.16.
//!
//! Everything is made of the events of its tickets, and of what is promised; nothing is counted along. To be read in this
//! order: `stat` (percentiles and shares), `life` (one ticket), `part` (whose work is counted), this file, `personal` (one
//! person's).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::clocks::{Clock, ClockKind, Clocks, Status};
use super::stays::Left;
use super::tier::Tier;

mod life;
mod part;
mod personal;
mod stat;
#[cfg(test)]
mod tests;

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

impl Report {
    /// What `part` of the desk did in `period` about tickets with these lives, as it looks at `now`, by days and hours of `zone`.
    ///
    /// What was done counts where it was done, and for who did it; what is open, or ran out, where it was then, and for who had it.
    pub fn of(
        all: &[Counted],
        period: Period,
        part: Part,
        zone: &jiff::tz::TimeZone,
        now: Timestamp,
    ) -> Self {
        let here = |at: Timestamp| period.holds(at);
        let did = |deed: &Deed| here(deed.at) && part.did(deed);
        let counted = || all.iter().filter(|(life, _)| !life.out);
        let lives = || counted().map(|(life, _)| life);
        let came = || lives().filter_map(|life| part.came(life).filter(|at| here(*at)));
        let solved = || {
            counted().filter_map(|(life, clocks)| {
                let at = life.solved_at().filter(|at| here(*at))?;
                let theirs = life.resolved.last().is_some_and(did);
                theirs.then_some((life, clocks, at))
            })
        };
        let old = || solved().filter(|(life, _, at)| life.touched && life.matured(*at, now));
        let end = period.until.min(now);
        let ages: Vec<SignedDuration> = lives()
            .filter(|life| life.open_at(end) && part.had(life, end))
            .map(|life| end.duration_since(life.opened_at))
            .collect();
        let waited = |of: fn(&Life) -> SignedDuration| Ratio {
            part: solved().map(|(life, ..)| of(life).as_secs()).sum(),
            of: solved()
                .map(|(life, clocks, _)| counts(life, clocks.as_ref()))
                .sum(),
        };
        let ratings = || {
            let all = lives().flat_map(|life| &life.ratings);
            all.filter(|(at, _, solved)| {
                here(*at) && (part.whole() || solved.is_some_and(|deed| part.did(&deed)))
            })
        };
        Self {
            opened: came().count(),
            solved: solved().count(),
            first_response: Spans::of(counted().filter_map(|(life, clocks)| {
                let clock = clocks.as_ref()?.of(ClockKind::FirstResponse);
                let at = clock.stopped_at.filter(|at| here(*at))?;
                clock.elapsed.filter(|_| part.stopped(life, at))
            })),
            taken: Spans::of(
                lives()
                    .flat_map(|life| &life.taken)
                    .filter(|(_, deed)| did(deed))
                    .map(|(since, deed)| deed.at.duration_since(*since)),
            ),
            resolution: Spans::of(
                solved().filter_map(|(_, clocks, _)| {
                    clocks.as_ref()?.of(ClockKind::Resolution).elapsed
                }),
            ),
            resolution_wall: Spans::of(
                solved().map(|(life, _, at)| at.duration_since(life.opened_at)),
            ),
            first_contact: Share::of(old(), |(life, ..)| life.first_contact()),
            one_touch: Share::of(old(), |(life, ..)| {
                life.first_contact() && life.messages <= 1
            }),
            reopened: Share::of(
                lives().filter(|life| {
                    let first = life.resolved.first().filter(|first| did(first));
                    first.is_some_and(|first| life.matured(first.at, now))
                }),
                |life| life.came_back(),
            ),
            repeated: if part.whole() {
                followed_up(all, period)
            } else {
                Share::default()
            },
            backlog_ages: by_age(&ages),
            backlog: Spans::of(ages),
            promises: [ClockKind::FirstResponse, ClockKind::Resolution]
                .into_iter()
                .map(|kind| (kind.key().to_owned(), kept(all, kind, period, part)))
                .collect(),
            waived: [ClockKind::FirstResponse, ClockKind::Resolution]
                .into_iter()
                .map(|kind| waived(all, kind, period, part))
                .sum(),
            updates_missed: part.whole().then(|| missed(all, period)),
            tiers: Tier::ALL
                .into_iter()
                .filter(|tier| part.person.is_none() && part.tier.is_none_or(|one| one == *tier))
                .map(|tier| of_tier(tier, all, period))
                .collect(),
            bounced: Share {
                part: lives()
                    .flat_map(|life| &life.bounced)
                    .filter(|deed| did(deed))
                    .count(),
                of: lives()
                    .flat_map(|life| &life.handed_over)
                    .filter(|deed| did(deed))
                    .count(),
            },
            returned: lives()
                .flat_map(|life| &life.returned)
                .filter(|deed| did(deed))
                .count(),
            waited_requester: waited(|life| life.waited.requester),
            waited_vendor: waited(|life| life.waited.vendor),
            satisfied: Share::of(ratings().filter_map(|(_, score, _)| *score), |score| {
                score.number() >= 4
            }),
            answered: Share::of(ratings(), |(_, score, _)| score.is_some()),
            hours: by_hour(came(), zone),
            days: by_day(came(), solved().map(|(_, _, at)| at), period, zone),
        }
    }
}

/// How much time counted for a solved ticket, in seconds, that included in which it waited for others.
fn counts(life: &Life, clocks: Option<&Clocks>) -> i64 {
    let worked = clocks.and_then(|clocks| clocks.of(ClockKind::Resolution).elapsed);
    let all = [
        worked.unwrap_or_default(),
        life.waited.requester,
        life.waited.vendor,
    ];
    all.iter().map(SignedDuration::as_secs).sum()
}

/// Follow-ups that were opened in the period, of as many tickets that were closed in it.
fn followed_up(all: &[Counted], period: Period) -> Share {
    let lives = || all.iter().map(|(life, _)| life).filter(|life| !life.out);
    let follow_ups = lives().filter(|life| life.follows && period.holds(life.opened_at));
    let closed = lives().filter(|life| life.closed_at.is_some_and(|at| period.holds(at)));
    Share {
        part: follow_ups.count(),
        of: closed.count(),
    }
}

/// Of the clocks of that kind whose due or end lies in the period: kept in time. One that a lead waived is not counted.
fn kept(all: &[Counted], kind: ClockKind, period: Period, part: Part) -> Share {
    let mut share = Share::default();
    for (life, clocks) in all.iter().filter(|(life, _)| !life.out) {
        let Some(clock) = clocks.as_ref().map(|clocks| clocks.of(kind)) else {
            continue;
        };
        match (clock.status, clock.breached_at) {
            (Status::Met, _)
                if clock
                    .stopped_at
                    .is_some_and(|at| period.holds(at) && part.stopped(life, at)) =>
            {
                share.part += 1;
                share.of += 1;
            }
            (Status::Breached, Some(at))
                if !life.waived.contains(&(kind, at))
                    && falls_into(*clock, at, period)
                    && part.had(life, at) =>
            {
                share.of += 1;
            }
            _ => {}
        }
    }
    share
}

/// Of the clocks of that kind that ran out and would be counted: those that a lead waived.
fn waived(all: &[Counted], kind: ClockKind, period: Period, part: Part) -> usize {
    let waived = all.iter().filter(|(life, clocks)| {
        let clock = clocks.as_ref().map(|clocks| clocks.of(kind));
        let ran_out = clock.and_then(|clock| Some((clock, clock.breached_at?)));
        !life.out
            && ran_out.is_some_and(|(clock, at)| {
                life.waived.contains(&(kind, at))
                    && falls_into(*clock, at, period)
                    && part.had(life, at)
            })
    });
    waived.count()
}

fn falls_into(clock: Clock, breached_at: Timestamp, period: Period) -> bool {
    period.holds(breached_at) || clock.stopped_at.is_some_and(|at| period.holds(at))
}

/// Updates that were missed of tickets that were worked on in the period.
fn missed(all: &[Counted], period: Period) -> usize {
    all.iter()
        .filter(|(life, _)| !life.out && life.solved_at().is_none_or(|at| period.holds(at)))
        .filter_map(|(_, clocks)| usize::try_from(clocks.as_ref()?.updates_missed).ok())
        .sum()
}

fn of_tier(tier: Tier, all: &[Counted], period: Period) -> TierReport {
    let lives = || all.iter().map(|(life, _)| life).filter(|life| !life.out);
    let stays = || {
        lives()
            .flat_map(|life| &life.stays)
            .filter(|stay| stay.tier == tier)
    };
    let ended = || stays().filter(|stay| stay.left != Left::Not && period.holds(stay.until));
    let first = lives().filter_map(|life| {
        let first = life.stays.iter().find(|stay| stay.tier == tier)?;
        period.holds(first.from).then_some(life)
    });
    TierReport {
        tier,
        came: stays().filter(|stay| period.holds(stay.from)).count(),
        solved: ended().filter(|stay| stay.left == Left::Solved).count(),
        escalated: Share::of(first, |life| {
            life.stays
                .iter()
                .any(|stay| stay.tier == tier && stay.left == Left::Up)
        }),
        stay: Spans::of(ended().map(|stay| stay.span())),
    }
}

fn by_age(ages: &[SignedDuration]) -> [usize; 6] {
    let mut counts = [0; 6];
    for age in ages {
        let place = AGES
            .iter()
            .position(|days| *age < SignedDuration::from_hours(24 * days));
        counts[place.unwrap_or(AGES.len())] += 1;
    }
    counts
}

fn by_hour(opened: impl Iterator<Item = Timestamp>, zone: &jiff::tz::TimeZone) -> Vec<usize> {
    let mut hours = vec![0; 7 * 24];
    for at in opened {
        let local = zone.to_datetime(at);
        let day = usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or(0);
        let hour = usize::try_from(local.hour()).unwrap_or(0);
        if let Some(count) = hours.get_mut(day * 24 + hour) {
            *count += 1;
        }
    }
    hours
}

fn by_day(
    opened: impl Iterator<Item = Timestamp>,
    solved: impl Iterator<Item = Timestamp>,
    period: Period,
    zone: &jiff::tz::TimeZone,
) -> Vec<Day> {
    let date = |at: Timestamp| zone.to_datetime(at).date();
    let mut days = BTreeMap::new();
    let mut day = date(period.from);
    let last = date(period.until - SignedDuration::from_nanos(1));
    while day <= last {
        days.insert(
            day,
            Day {
                date: day.to_string(),
                ..Day::default()
            },
        );
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    for at in opened.filter(|at| period.holds(*at)) {
        if let Some(day) = days.get_mut(&date(at)) {
            day.opened += 1;
        }
    }
    for at in solved {
        if let Some(day) = days.get_mut(&date(at)) {
            day.solved += 1;
        }
    }
    days.into_values().collect()
}
