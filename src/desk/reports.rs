//! Reports for the leads, and for each technician their own.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::{Desk, Error};
use crate::domain::clocks::BUSINESS;
use crate::domain::ids::{GuildId, UserId};
use crate::domain::report::{Asked, Counted, Delivered, Life, Part, Period, Personal, Report};
use crate::domain::tier::Tier;
use crate::store;

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
        let (counted, zone) = self.counted(guild, period, wanted, now).await?;
        let mut from = self.reader().await?;
        let asked = store::reports::asked(&mut from, guild, period).await?;
        let delivered = store::reports::delivered(&mut from, guild, period).await?;
        drop(from);
        let days = TimeZoneDatabase::bundled()
            .get(&zone)
            .unwrap_or(TimeZone::UTC);
        let report = Report::of(&counted, period, Part::at(wanted.tier), &days, now);
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
        let (counted, zone) = self.counted(guild, period, wanted, now).await?;
        Ok(OneReported {
            period,
            zone,
            person,
            personal: Personal::of(person, wanted.tier, &counted, period, now),
        })
    }

    /// The tickets that a report counts, and the zone of the desk.
    async fn counted(
        &self,
        guild: GuildId,
        period: Period,
        wanted: &Wanted,
        now: Timestamp,
    ) -> Result<(Vec<Counted>, String), Error> {
        let work = self.clockwork(guild, now).await?;
        let zone = self.zone(guild, now).await?;
        let hours = work.calendar(BUSINESS);
        let mut from = self.reader().await?;
        let pasts = store::reports::pasts(&mut from, guild, period).await?;
        drop(from);
        let end = period.until.min(now);
        let mut policies = HashMap::new();
        let mut counted: Vec<Counted> = Vec::with_capacity(pasts.len());
        for past in pasts {
            // What happened after the period is not looked at: a report of last month stays what it was. Whether what was
            // solved in it came back is known only when it cannot come back any more.
            let until = past.events.partition_point(|event| event.at < period.until);
            let (events, later) = past.events.split_at(until);
            let Some(mut life) = Life::of(past.number, past.requester, events, end) else {
                continue;
            };
            life.came_later(later);
            if wanted
                .category
                .is_some_and(|wanted| life.category != wanted)
            {
                continue;
            }
            let open = hours
                .as_ref()
                .is_none_or(|hours| hours.is_open(life.opened_at));
            if wanted
                .opened
                .is_some_and(|wanted| (wanted == OpenedIn::OfficeHours) != open)
            {
                continue;
            }
            let policy = policies
                .entry((past.policy, life.category.clone()))
                .or_insert_with(|| work.policy(past.policy, &life.category));
            let clocks = policy.as_ref().and_then(|policy| life.reckon(policy, end));
            counted.push((life, clocks));
        }
        Ok((counted, zone))
    }
}
