//! Adds up what a report says, some tickets at a time: those that are looked at together are still at hand for each figure, and
//! parts that were added up side by side are joined.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::part::{Deed, Part};
use super::stat::{Share, Spans};
use super::{AGES, Counted, Day, Life, Period, Ratio, Report, TierReport};
use crate::domain::clocks::{Clock, ClockKind, Clocks, Status};
use crate::domain::stays::Left;
use crate::domain::tier::Tier;

/// The clocks that promises are counted by.
const PROMISED: [ClockKind; 2] = [ClockKind::FirstResponse, ClockKind::Resolution];

/// A report on its way.
#[derive(Clone, Debug)]
pub struct Adding {
    period: Period,
    part: Part,
    zone: TimeZone,
    now: Timestamp,
    so_far: Report,
    spans: AllSpans,
    /// Of each tier that is counted.
    stays: Vec<Vec<SignedDuration>>,
    days: BTreeMap<Date, Day>,
}

/// All spans that were met: what is typical of them is known only at the end.
#[derive(Clone, Debug, Default)]
struct AllSpans {
    first_response: Vec<SignedDuration>,
    taken: Vec<SignedDuration>,
    resolution: Vec<SignedDuration>,
    resolution_wall: Vec<SignedDuration>,
    ages: Vec<SignedDuration>,
}

impl Adding {
    /// Of what `part` of the desk did in `period`, as it looks at `now`, by days and hours of `zone`; nothing added yet.
    pub fn new(period: Period, part: Part, zone: &TimeZone, now: Timestamp) -> Self {
        let tiers: Vec<TierReport> = Tier::ALL
            .into_iter()
            .filter(|tier| part.person.is_none() && part.tier.is_none_or(|one| one == *tier))
            .map(TierReport::nothing)
            .collect();
        Self {
            period,
            part,
            zone: zone.clone(),
            now,
            stays: vec![Vec::new(); tiers.len()],
            so_far: Report {
                promises: PROMISED
                    .into_iter()
                    .map(|kind| (kind.key().to_owned(), Share::default()))
                    .collect(),
                updates_missed: part.whole().then_some(0),
                hours: vec![0; 7 * 24],
                tiers,
                ..Report::default()
            },
            spans: AllSpans::default(),
            days: days_of(period, zone),
        }
    }

    /// Adds these tickets.
    ///
    /// What was done counts where it was done, and for who did it; what is open, or ran out, where it was then, and for who had it.
    pub fn add(&mut self, all: &[Counted]) {
        let (period, part, now) = (self.period, self.part, self.now);
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
        let done = |deeds: fn(&Life) -> &Vec<Deed>| {
            let deeds = lives().flat_map(deeds);
            deeds.filter(|deed| did(deed)).count()
        };

        let report = &mut self.so_far;
        report.opened += came().count();
        report.solved += solved().count();
        report.first_contact += Share::of(old(), |(life, ..)| life.first_contact());
        report.one_touch += Share::of(old(), |(life, ..)| {
            life.first_contact() && life.messages <= 1
        });
        let first_solved = lives().filter(|life| {
            let first = life.resolved.first().filter(|first| did(first));
            first.is_some_and(|first| life.matured(first.at, now))
        });
        report.reopened += Share::of(first_solved, |life| life.came_back());
        if part.whole() {
            report.repeated += followed_up(all, period);
        }
        for kind in PROMISED {
            let share = report.promises.entry(kind.key().to_owned()).or_default();
            *share += kept(all, kind, period, part);
            report.waived += waived(all, kind, period, part);
        }
        if let Some(updates) = &mut report.updates_missed {
            *updates += missed(all, period);
        }
        for (tier, stays) in report.tiers.iter_mut().zip(&mut self.stays) {
            of_tier(tier, stays, all, period);
        }
        report.bounced += Share {
            part: done(|life| &life.bounced),
            of: done(|life| &life.handed_over),
        };
        report.returned += done(|life| &life.returned);
        report.waited_requester += waited(|life| life.waited.requester);
        report.waited_vendor += waited(|life| life.waited.vendor);
        report.satisfied += Share::of(ratings().filter_map(|(_, score, _)| *score), |score| {
            score.number() >= 4
        });
        report.answered += Share::of(ratings(), |(_, score, _)| score.is_some());

        let spans = &mut self.spans;
        spans
            .first_response
            .extend(counted().filter_map(|(life, clocks)| {
                let clock = clocks.as_ref()?.of(ClockKind::FirstResponse);
                let at = clock.stopped_at.filter(|at| here(*at))?;
                clock.elapsed.filter(|_| part.stopped(life, at))
            }));
        let taken = lives().flat_map(|life| &life.taken);
        let taken = taken.filter(|(_, deed)| did(deed));
        spans
            .taken
            .extend(taken.map(|(since, deed)| deed.at.duration_since(*since)));
        spans.resolution.extend(
            solved()
                .filter_map(|(_, clocks, _)| clocks.as_ref()?.of(ClockKind::Resolution).elapsed),
        );
        let wall = solved().map(|(life, _, at)| at.duration_since(life.opened_at));
        spans.resolution_wall.extend(wall);
        let end = period.until.min(now);
        let open = lives().filter(|life| life.open_at(end) && part.had(life, end));
        spans
            .ages
            .extend(open.map(|life| end.duration_since(life.opened_at)));

        for at in came() {
            let local = self.zone.to_datetime(at);
            let day = usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or(0);
            let hour = usize::try_from(local.hour()).unwrap_or(0);
            if let Some(count) = report.hours.get_mut(day * 24 + hour) {
                *count += 1;
            }
            if let Some(day) = self.days.get_mut(&local.date()) {
                day.opened += 1;
            }
        }
        for (_, _, at) in solved() {
            if let Some(day) = self.days.get_mut(&self.zone.to_datetime(at).date()) {
                day.solved += 1;
            }
        }
    }

    /// Joins what was added up of other tickets, for the same report. All that there is to join is named here, so that a figure
    /// that comes later cannot be forgotten.
    pub fn join(&mut self, other: Self) {
        let Self {
            period: _,
            part: _,
            zone: _,
            now: _,
            so_far,
            spans,
            stays,
            days,
        } = other;
        let Report {
            opened,
            solved,
            first_contact,
            one_touch,
            reopened,
            repeated,
            promises,
            waived,
            updates_missed,
            tiers,
            bounced,
            returned,
            waited_requester,
            waited_vendor,
            satisfied,
            answered,
            hours,
            // These are made at the end, of the spans, the stays and the days.
            first_response: _,
            taken: _,
            resolution: _,
            resolution_wall: _,
            backlog: _,
            backlog_ages: _,
            days: _,
        } = so_far;
        let report = &mut self.so_far;
        report.opened += opened;
        report.solved += solved;
        report.first_contact += first_contact;
        report.one_touch += one_touch;
        report.reopened += reopened;
        report.repeated += repeated;
        for (clock, share) in promises {
            *report.promises.entry(clock).or_default() += share;
        }
        report.waived += waived;
        if let (Some(updates), Some(more)) = (&mut report.updates_missed, updates_missed) {
            *updates += more;
        }
        for (tier, more) in report.tiers.iter_mut().zip(tiers) {
            let TierReport {
                tier: _,
                came,
                solved,
                escalated,
                stay: _,
            } = more;
            tier.came += came;
            tier.solved += solved;
            tier.escalated += escalated;
        }
        report.bounced += bounced;
        report.returned += returned;
        report.waited_requester += waited_requester;
        report.waited_vendor += waited_vendor;
        report.satisfied += satisfied;
        report.answered += answered;
        for (hour, more) in report.hours.iter_mut().zip(hours) {
            *hour += more;
        }
        for (stays, more) in self.stays.iter_mut().zip(stays) {
            stays.extend(more);
        }
        for (date, more) in days {
            if let Some(day) = self.days.get_mut(&date) {
                day.opened += more.opened;
                day.solved += more.solved;
            }
        }
        let AllSpans {
            first_response,
            taken,
            resolution,
            resolution_wall,
            ages,
        } = spans;
        self.spans.first_response.extend(first_response);
        self.spans.taken.extend(taken);
        self.spans.resolution.extend(resolution);
        self.spans.resolution_wall.extend(resolution_wall);
        self.spans.ages.extend(ages);
    }

    /// The report, of all that was added.
    pub fn report(self) -> Report {
        let Self {
            so_far,
            spans,
            stays,
            days,
            ..
        } = self;
        let tiers = so_far.tiers.into_iter().zip(stays);
        Report {
            first_response: Spans::of(spans.first_response),
            taken: Spans::of(spans.taken),
            resolution: Spans::of(spans.resolution),
            resolution_wall: Spans::of(spans.resolution_wall),
            backlog_ages: by_age(&spans.ages),
            backlog: Spans::of(spans.ages),
            tiers: tiers
                .map(|(tier, stays)| TierReport {
                    stay: Spans::of(stays),
                    ..tier
                })
                .collect(),
            days: days.into_values().collect(),
            ..so_far
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

fn of_tier(
    report: &mut TierReport,
    spans: &mut Vec<SignedDuration>,
    all: &[Counted],
    period: Period,
) {
    let tier = report.tier;
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
    report.came += stays().filter(|stay| period.holds(stay.from)).count();
    report.solved += ended().filter(|stay| stay.left == Left::Solved).count();
    report.escalated += Share::of(first, |life| {
        life.stays
            .iter()
            .any(|stay| stay.tier == tier && stay.left == Left::Up)
    });
    spans.extend(ended().map(|stay| stay.span()));
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

/// Each day of the period, with nothing in it yet.
fn days_of(period: Period, zone: &TimeZone) -> BTreeMap<Date, Day> {
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
    days
}
