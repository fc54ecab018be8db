//! What leads are told by themselves: each day and each week one digest, never twice, and of several that were missed the last.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error, Wanted};
use crate::domain::clocks::StageKind;
use crate::domain::digest::{Digest, Every, Rhythm, periods};
use crate::domain::errand::Errand;
use crate::domain::ids::GuildId;
use crate::domain::notice::{Destination, DigestLine, Notice};
use crate::domain::people::Actor;
use crate::store;
use crate::store::digests::Kept;

impl Desk {
    /// Tells the leads of every desk what is due by now. Returns how many were told.
    pub(super) async fn tell_digests(&self, now: Timestamp) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let guilds = store::digests::due(&mut from, now).await?;
        drop(from);
        let mut told = 0;
        for guild in guilds {
            told += self.tell_digests_of(guild, now).await?;
        }
        Ok(told)
    }

    async fn tell_digests_of(&self, guild: GuildId, now: Timestamp) -> Result<usize, Error> {
        let zone = self.zone_of(guild, now).await?;
        let mut from = self.reader().await?;
        let kept = store::digests::find(&mut from, guild).await?;
        drop(from);
        let rhythm = kept.map(|kept| kept.rhythm).unwrap_or_default();
        let mut digests = Vec::new();
        // A desk that was just set up has no yesterday.
        if let Some(kept) = kept {
            for (every, due) in [(Every::Day, kept.daily_at), (Every::Week, kept.weekly_at)] {
                if rhythm.wants(every) && due <= now {
                    digests.extend(self.digest(guild, every, &rhythm, &zone, now).await?);
                }
            }
        }
        let mut change = self.0.store.change().await?;
        for digest in &mut digests {
            if digest.every == Every::Day {
                self.add_least(&mut change, digest).await?;
            }
            let post = Errand::Say {
                to: Destination::Leads,
                notice: Notice::Digest(Box::new(digest.clone())),
                name: None,
            };
            store::outbox::enqueue(&mut *change, guild, None, None, &[post], now).await?;
        }
        store::digests::put(&mut change, guild, &next(rhythm, &zone, now)).await?;
        self.commit(change).await?;
        Ok(digests.len())
    }

    async fn digest(
        &self,
        guild: GuildId,
        every: Every,
        rhythm: &Rhythm,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Option<Digest>, Error> {
        let due = rhythm.last(every, zone, now);
        let Some([of, before]) = due.and_then(|due| periods(every, zone, due)) else {
            return Ok(None);
        };
        let board = self.board(guild, now).await?;
        let everything = Wanted::default();
        let report = self.report(guild, of, &everything, now).await?.report;
        let before = self.report(guild, before, &everything, now).await?.report;
        let date = |at: Timestamp| zone.to_datetime(at).date().to_string();
        Ok(Some(Digest {
            guild,
            every,
            from: date(of.from),
            until: date(of.until - SignedDuration::from_nanos(1)),
            soon: board.soon,
            late: board.late,
            least: Vec::new(),
            least_count: 0,
            report: Box::new(report),
            before: Box::new(before),
        }))
    }

    /// What is least urgent and ran out is told once a day, here (`DOMAIN` 1.7).
    async fn add_least(
        &self,
        change: &mut store::Change,
        digest: &mut Digest,
    ) -> Result<(), Error> {
        let lines = store::clocks::take_for_digest(change, digest.guild).await?;
        digest.least_count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        for line in lines.into_iter().take(Digest::LEAST_AT_MOST) {
            let Some(ticket) = store::tickets::find(change, line.ticket).await? else {
                continue;
            };
            digest.least.push(DigestLine {
                number: ticket.number,
                priority: ticket.priority,
                clock: line.clock,
                stage: StageKind::Breach,
                at: line.at,
            });
        }
        Ok(())
    }

    /// When the leads of `guild` have their digests.
    pub async fn digests(&self, guild: GuildId) -> Result<Rhythm, Error> {
        let mut from = self.reader().await?;
        let kept = store::digests::find(&mut from, guild).await?;
        Ok(kept.map(|kept| kept.rhythm).unwrap_or_default())
    }

    /// From now on the leads of `guild` have their digests so: the next at the next such minute.
    pub async fn set_digests(
        &self,
        guild: GuildId,
        by: &Actor,
        rhythm: Rhythm,
        now: Timestamp,
    ) -> Result<(), Error> {
        let zone = self.zone_of(guild, now).await?;
        let mut change = self.0.store.change().await?;
        store::digests::put(&mut change, guild, &next(rhythm, &zone, now)).await?;
        let said = format!(
            "daily {}, weekly {}, minute {}",
            rhythm.daily, rhythm.weekly, rhythm.minute
        );
        let line = store::audit::Line {
            guild: Some(guild),
            actor: by.user,
            action: "digest",
            ticket: None,
            outcome: "done",
            reason: Some(&said),
        };
        store::audit::put(&mut change, &line, now).await?;
        self.commit(change).await
    }

    pub(super) async fn zone_of(&self, guild: GuildId, now: Timestamp) -> Result<TimeZone, Error> {
        let name = self.zone(guild, now).await?;
        let zone = TimeZoneDatabase::bundled().get(&name);
        Ok(zone.unwrap_or(TimeZone::UTC))
    }
}

/// The next of both after `now`.
fn next(rhythm: Rhythm, zone: &TimeZone, now: Timestamp) -> Kept {
    let at = |every| rhythm.next(every, zone, now).unwrap_or(Timestamp::MAX);
    Kept {
        rhythm,
        daily_at: at(Every::Day),
        weekly_at: at(Every::Week),
    }
}
