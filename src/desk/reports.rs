//! Reports for the leads, and for each technician their own.

use std::collections::HashMap;
use std::sync::Arc;

use futures::future::try_join_all;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use tokio::task::spawn_blocking;

use super::{Clockwork, Desk, Error};
use crate::domain::calendar::Calendar;
use crate::domain::clocks::{BUSINESS, Policy};
use crate::domain::ids::{GuildId, UserId};
use crate::domain::report::{
    AT_ONCE, Adding, Asked, Counted, Delivered, Life, Part, Period, Personal, Report,
};
use crate::domain::tier::Tier;
use crate::store;
use crate::store::lives::{Lines, Slice};
use crate::store::reports::Past;

/// Which tickets a report looks at, by when they were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenedIn {
    /// While the desk was open, by its working hours.
    OfficeHours,
    /// While it was closed.
    ClosedHours,
}

/// What a report is asked for, beside its period. Nothing of it: everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Tickets of that category alone, by its key.
    pub category: Option<&'static str>,
    /// What was done at that tier alone.
    pub tier: Option<Tier>,
    /// Tickets opened in such hours alone.
    pub opened: Option<OpenedIn>,
}

/// What a desk did in a period, and what stands beside its tickets.
#[derive(Clone, Debug)]
pub struct Reported {
    /// Which period.
    pub period: Period,
    /// By whose days and hours.
    pub zone: String,
    /// What became of its tickets.
    pub report: Report,
    /// Of its questions.
    pub asked: Asked,
    /// Of its messages.
    pub delivered: Delivered,
}

/// What one person did in a period, where it is enough to be told.
#[derive(Clone, Debug)]
pub struct OneReported {
    /// Which period.
    pub period: Period,
    /// By whose days.
    pub zone: String,
    /// Who.
    pub person: UserId,
    /// What they did.
    pub personal: Personal,
}

impl Desk {
    /// What the desk of `guild` did in `period`, as it looks at `now`.
    pub async fn report(
        &self,
        guild: GuildId,
        period: Period,
        wanted: &Wanted,
        now: Timestamp,
    ) -> Result<Reported, Error> {
        let beside = async {
            let mut from = self.reader().await?;
            let asked = store::reports::asked(&mut from, guild, period).await?;
            let delivered = store::reports::delivered(&mut from, guild, period).await?;
            Ok((asked, delivered))
        };
        let zone = self.zone(guild, now).await?;
        let days = TimeZoneDatabase::bundled()
            .get(&zone)
            .unwrap_or(TimeZone::UTC);
        let nothing = Adding::new(period, Part::at(wanted.tier), &days, now);
        let counted = self.counted(guild, period, wanted, now, nothing.clone());
        let (parts, (asked, delivered)) = tokio::try_join!(counted, beside)?;
        let report = aside(move || {
            let mut all = nothing;
            parts.into_iter().for_each(|part| all.join(part));
            all.report()
        });
        let report = report.await?;
        Ok(Reported {
            period,
            zone,
            report,
            asked,
            delivered,
        })
    }

    /// What `person` did there in `period`, as it looks at `now`: no figure that counts fewer than five things.
    pub async fn report_of(
        &self,
        guild: GuildId,
        person: UserId,
        period: Period,
        wanted: &Wanted,
        now: Timestamp,
    ) -> Result<OneReported, Error> {
        let zone = self.zone(guild, now).await?;
        let parts = self.counted(guild, period, wanted, now, Vec::new()).await?;
        let tier = wanted.tier;
        let told = move || {
            let all: Vec<Counted> = parts.into_iter().flatten().collect();
            Personal::of(person, tier, &all, period, now)
        };
        Ok(OneReported {
            period,
            zone,
            person,
            personal: aside(told).await?,
        })
    }

    /// The tickets that a report counts, gathered in parts, each of which begins as `empty`.
    async fn counted<T: Gathers>(
        &self,
        guild: GuildId,
        period: Period,
        wanted: &Wanted,
        now: Timestamp,
        empty: T,
    ) -> Result<Vec<T>, Error> {
        let counting = Counting {
            work: self.clockwork(guild, now).await?,
            wanted: *wanted,
            period,
            end: period.until.min(now),
        };
        let unreadable = match self.count(guild, &counting, &empty).await? {
            Ok(parts) => return Ok(parts),
            Err(unreadable) => unreadable,
        };
        tracing::error!(
            error = ?anyhow::Error::new(unreadable),
            "what was kept of tickets that ended cannot be read; it is made of their events again, and reports take longer meanwhile"
        );
        let mut change = self.0.store.single().await?;
        store::lives::forget(&mut change, guild).await?;
        drop(change);
        Ok(self.count(guild, &counting, &empty).await??)
    }

    /// The same; the inner error is of what is kept of tickets that ended, and cannot be read.
    async fn count<T: Gathers>(
        &self,
        guild: GuildId,
        counting: &Counting,
        empty: &T,
    ) -> Result<Result<Vec<T>, store::Error>, Error> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let of = u32::try_from(cores).unwrap_or(1).min(MOST_SLICES);
        // Each has a connection and a thread of its own, so that they go on side by side.
        let slices = (0..of).map(async |place| {
            let mut from = self.reader().await?;
            let slice = Slice { place, of };
            let tickets = store::reports::tickets(&mut from, guild, counting.period, slice);
            let (lines, pasts) = tickets.await?;
            drop(from);
            let (counting, mut part) = (counting.clone(), empty.clone());
            aside(move || {
                counting.kept(&lines, &mut part)?;
                counting.past(pasts, &mut part)?;
                Ok(part)
            })
            .await
        });
        let parts: Vec<Result<T, store::Error>> = try_join_all(slices).await?;
        Ok(parts.into_iter().collect())
    }

    /// Keeps the lives of tickets that ended, in or after `since`, and whose lives are not kept yet: some of them, as many as do
    /// not hold anybody up. Returns how many are kept now, and from where to go on.
    pub async fn keep_lives(&self, since: Timestamp) -> Result<(usize, Timestamp), Error> {
        let mut from = self.reader().await?;
        let ended = store::lives::missing(&mut from, since, LIVES_AT_ONCE).await?;
        let Some(last) = ended.last().map(|last| last.changed_at) else {
            let last = store::lives::last_change(&mut from).await?;
            return Ok((0, last.unwrap_or(since)));
        };
        let mut lives = Vec::with_capacity(ended.len());
        for one in &ended {
            let events = store::events::of_ticket(&mut from, one.ticket).await?;
            // Where something happened meanwhile, it is looked at again.
            let last = events.last().filter(|last| last.seq == one.seq);
            let Some(end) = last.map(|last| (last.seq, last.at)) else {
                continue;
            };
            if let Some(life) = Life::of(one.number, one.requester, &events, end.1) {
                lives.push((one, life, end));
            }
        }
        drop(from);
        let mut change = self.0.store.change().await?;
        for (one, life, end) in &lives {
            store::lives::keep(&mut change, one.ticket, (life, one.policy), *end).await?;
        }
        change.commit().await?;
        Ok((lives.len(), last))
    }
}

/// A report is read in so many slices at most: each looks at the index of all tickets, and others read as well.
const MOST_SLICES: u32 = 4;

/// So many lives are kept in one transaction.
const LIVES_AT_ONCE: u32 = 200;

/// What a report counts, and by which clocks.
#[derive(Clone)]
struct Counting {
    work: Arc<Clockwork>,
    wanted: Wanted,
    period: Period,
    end: Timestamp,
}

impl Counting {
    /// The lives that are kept in these lines.
    fn kept(&self, lines: &Lines, part: &mut impl Gathers) -> Result<(), store::Error> {
        let mut clocks = Promised::of(self);
        let lives = lines.each().filter_map(|line| {
            let read = store::lives::read(line);
            let counted = read.map(|(life, policy)| clocks.count(life, policy));
            counted.transpose()
        });
        gather(lives, part)
    }

    /// The others.
    fn past(&self, pasts: Vec<Past>, part: &mut impl Gathers) -> Result<(), store::Error> {
        let mut clocks = Promised::of(self);
        let lives = pasts.into_iter().filter_map(|past| {
            // What happened after the period is not looked at: a report of last month stays what it was. Whether what was
            // solved in it came back is known only when it cannot come back any more.
            let until = past
                .events
                .partition_point(|event| event.at < self.period.until);
            let (events, later) = past.events.split_at(until);
            let mut life = Life::of(past.number, past.requester, events, self.end)?;
            life.came_later(later);
            clocks.count(life, past.policy)
        });
        gather(lives.map(Ok), part)
    }
}

/// Gathers lives some at a time, while they are near the processor.
fn gather(
    lives: impl Iterator<Item = Result<Counted, store::Error>>,
    part: &mut impl Gathers,
) -> Result<(), store::Error> {
    let mut some = Vec::with_capacity(AT_ONCE);
    for counted in lives {
        some.push(counted?);
        if some.len() >= AT_ONCE {
            part.gather(&mut some);
        }
    }
    part.gather(&mut some);
    Ok(())
}

/// What tickets are gathered in. Others are gathered beside it.
trait Gathers: Clone + Send + 'static {
    /// Takes these, and leaves none.
    fn gather(&mut self, some: &mut Vec<Counted>);
}

impl Gathers for Adding {
    fn gather(&mut self, some: &mut Vec<Counted>) {
        self.add(some);
        some.clear();
    }
}

impl Gathers for Vec<Counted> {
    fn gather(&mut self, some: &mut Vec<Counted>) {
        self.append(some);
    }
}

/// What was promised, looked up once for each version and category.
struct Promised<'a> {
    counting: &'a Counting,
    hours: Option<Arc<Calendar>>,
    policies: HashMap<(i64, String), Option<Policy>>,
}

impl<'a> Promised<'a> {
    fn of(counting: &'a Counting) -> Self {
        Self {
            counting,
            hours: counting.work.calendar(BUSINESS),
            policies: HashMap::new(),
        }
    }

    /// That life with its clocks, where it is asked for.
    fn count(&mut self, mut life: Life, version: i64) -> Option<Counted> {
        let Counting {
            work, wanted, end, ..
        } = self.counting;
        let hours = self.hours.as_ref();
        let open = || hours.is_none_or(|hours| hours.is_open(life.opened_at));
        let category = wanted.category.is_none_or(|wanted| life.category == wanted);
        let opened = wanted
            .opened
            .is_none_or(|wanted| (wanted == OpenedIn::OfficeHours) == open());
        if !category || !opened {
            return None;
        }
        let policy = self
            .policies
            .entry((version, life.category.clone()))
            .or_insert_with(|| work.policy(version, &life.category));
        let clocks = policy.as_ref().and_then(|policy| life.reckon(policy, *end));
        Some((life, clocks))
    }
}

/// Does what takes long where nobody waits for its thread.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    Ok(spawn_blocking(work).await.map_err(anyhow::Error::new)?)
}
