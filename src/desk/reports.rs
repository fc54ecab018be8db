//! Reports for the leads.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::{Desk, Error};
use crate::domain::clocks::clocks;
use crate::domain::ids::GuildId;
use crate::domain::report::{Asked, Counted, Delivered, Life, Period, Report};
use crate::store;

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

impl Desk {
    /// What the desk of `guild` did in `period`, as it looks at `now`; of one category only, where it is named.
    pub async fn report(
        &self,
        guild: GuildId,
        period: Period,
        category: Option<&str>,
        now: Timestamp,
    ) -> Result<Reported, Error> {
        let work = self.clockwork(guild, now).await?;
        let name = self.zone(guild, now).await?;
        let zone = TimeZoneDatabase::bundled()
            .get(&name)
            .unwrap_or(TimeZone::UTC);
        let mut from = self.reader().await?;
        let pasts = store::reports::pasts(&mut from, guild, period).await?;
        let asked = store::reports::asked(&mut from, guild, period).await?;
        let delivered = store::reports::delivered(&mut from, guild, period).await?;
        drop(from);
        let end = period.until.min(now);
        let mut policies = HashMap::new();
        let mut counted: Vec<Counted> = Vec::with_capacity(pasts.len());
        for past in pasts {
            if category.is_some_and(|wanted| past.category != wanted) {
                continue;
            }
            // What happened after the period is not looked at: a report of last month stays what it was.
            let until = past.events.partition_point(|event| event.at < period.until);
            let events = &past.events[..until];
            let Some(life) = Life::of(past.number, past.requester, events, end) else {
                continue;
            };
            let policy = policies
                .entry((past.policy, past.category.clone()))
                .or_insert_with(|| work.policy(past.policy, &past.category));
            let clocks = policy
                .as_ref()
                .and_then(|policy| clocks(&life.moments, policy, end));
            counted.push((life, clocks));
        }
        let report = Report::of(&counted, period, &zone, now);
        Ok(Reported {
            period,
            zone: name,
            report,
            asked,
            delivered,
        })
    }
}
