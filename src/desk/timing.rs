//! What time does to the clocks of tickets: the timers of their stages, what ran out, and what is told of it.
//!
//! Whatever changes a ticket first puts down which of its clocks ran out before, with the true instant: a breach does not
//! depend on whether a timer fired in time. Then the stages that lie ahead are set anew, in the same hand-over as the rest.

use std::collections::BTreeMap;

use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp};

use super::{Clockwork, Desk, Error};
use crate::domain::clocks::{
    BUSINESS, Kept, Late, Reading, Stage, StageKind, Standing, catch_up, moments,
};
use crate::domain::errand::{Errand, clock};
use crate::domain::event::{Event, What};
use crate::domain::ids::{Cause, GuildId, TicketId};
use crate::domain::notice::{ClockNotice, Destination, DigestLine, Notice};
use crate::domain::priority::Priority;
use crate::domain::roster::Crew;
use crate::domain::rungs::PUNCTUAL;
use crate::domain::ticket::Ticket;
use crate::store::clocks::{Daily, Reached};
use crate::store::{self, Batch};

/// A channel that would hear more than so many at once hears them in one post.
pub(super) const POSTS_AT_ONCE: usize = 10;

/// How `kept` reads at `now`.
pub(super) fn read(
    work: &Clockwork,
    ticket: &Ticket,
    kept: &Kept,
    now: Timestamp,
) -> Option<Reading> {
    let policy = work.policy(kept.policy, &ticket.category)?;
    let book = work.book(kept.policy);
    let stages = |priority| book.stages(priority);
    kept.read(&policy, stages, ticket.priority, now)
}

fn late(at: Timestamp, now: Timestamp) -> Option<SignedDuration> {
    let late = now.duration_since(at);
    (late > PUNCTUAL).then_some(late)
}

/// What ran out by `now` and was not put down yet. The ticket keeps it from now on.
pub(super) fn latch(reading: &Reading, kept: &mut Kept, now: Timestamp) -> Vec<What> {
    kept.breaches.extend(reading.fresh.iter().copied());
    let fresh = reading.fresh.iter();
    fresh
        .map(|breach| What::ClockBreached {
            clock: breach.clock,
            at: breach.at,
            late: late(breach.at, now),
            digest: Vec::new(),
        })
        .collect()
}

/// One pass over what has come to a stage on one desk.
struct Pass<'a> {
    reached: &'a [Reached],
    tickets: BTreeMap<TicketId, (Ticket, Vec<What>)>,
}

impl Desk {
    /// The clocks of `ticket` at `now`, with the clockwork that they go by.
    pub async fn clocks(
        &self,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Result<Option<(Reading, std::sync::Arc<Clockwork>)>, Error> {
        let work = self.clockwork(ticket.guild, now).await?;
        let kept = self.kept(ticket, &work).await?;
        Ok(read(&work, ticket, &kept, now).map(|reading| (reading, work)))
    }

    /// What the ticket keeps, made of its events where it is older than the clocks.
    async fn kept(&self, ticket: &Ticket, work: &Clockwork) -> Result<Kept, Error> {
        if !ticket.clocks.moments.is_empty() || ticket.last_seq == 0 {
            return Ok(ticket.clocks.clone());
        }
        let mut from = self.reader().await?;
        let events = store::events::of_ticket(&mut from, ticket.id).await?;
        Ok(Kept {
            policy: work.current().0,
            moments: moments(&events, ticket.requester),
            ..Kept::default()
        })
    }

    /// A ticket that is opened now: it is promised what holds now.
    pub(super) async fn promise(&self, ticket: &mut Ticket, now: Timestamp) -> Result<(), Error> {
        let work = self.clockwork(ticket.guild, now).await?;
        let (policy, book) = work.current();
        ticket.clocks.policy = policy;
        ticket.ladder.own = book.ladders.clone();
        let terms = book.terms(&ticket.category);
        let calendar = terms
            .get(&ticket.priority)
            .and_then(|terms| work.calendar(&terms.calendar));
        ticket.clocks.opens_at = calendar
            .and_then(|calendar| calendar.next_open(now))
            .filter(|opens| *opens > now);
        Ok(())
    }

    /// Before anything happens to `ticket` at `now`: which of its clocks ran out until then.
    pub(super) async fn ran_out(
        &self,
        ticket: &mut Ticket,
        now: Timestamp,
    ) -> Result<Vec<What>, Error> {
        if ticket.last_seq == 0 {
            return Ok(Vec::new());
        }
        let work = self.clockwork(ticket.guild, now).await?;
        if ticket.clocks.moments.is_empty() {
            ticket.clocks = self.kept(ticket, &work).await?;
            // What ran out before there were clocks was promised to nobody.
            if let Some(reading) = read(&work, ticket, &ticket.clocks, now) {
                latch(&reading, &mut ticket.clocks, now);
            }
            return Ok(Vec::new());
        }
        if !ticket.clocks.may_be_late(now) {
            return Ok(Vec::new());
        }
        let reading = read(&work, ticket, &ticket.clocks, now);
        Ok(reading
            .map(|reading| latch(&reading, &mut ticket.clocks, now))
            .unwrap_or_default())
    }

    /// After something happened to `ticket` at `now`: how its clocks stand, and what ran out by that, such as by a higher priority.
    pub(super) async fn stand(
        &self,
        ticket: &mut Ticket,
        now: Timestamp,
    ) -> Result<Option<(Reading, Vec<What>)>, Error> {
        let work = self.clockwork(ticket.guild, now).await?;
        let Some(reading) = read(&work, ticket, &ticket.clocks, now) else {
            return Ok(None);
        };
        let ran_out = latch(&reading, &mut ticket.clocks, now);
        ticket.clocks.standings.clone_from(&reading.standings);
        ticket.clocks.periodic = reading.periodic;
        Ok(Some((reading, ran_out)))
    }

    /// What the leads are told of once a day, by what ran out.
    pub(super) async fn keep_for_the_day(
        &self,
        change: &mut Batch,
        ticket: &Ticket,
        events: &[Event],
        now: Timestamp,
    ) -> Result<(), Error> {
        let told = clock::leads_at(ticket, StageKind::Breach).is_some();
        if ticket.priority != Priority::P4 || told || ticket.major.is_some() {
            return Ok(());
        }
        for event in events {
            let What::ClockBreached { clock, at, .. } = event.what else {
                continue;
            };
            let work = self.clockwork(ticket.guild, now).await?;
            let line = Daily {
                guild: ticket.guild,
                ticket: ticket.id,
                clock,
                at,
            };
            store::clocks::keep_for_the_day(change, line, tomorrow(&work, now)).await?;
        }
        Ok(())
    }

    /// Takes every stage whose time has come. Of those of one clock only the highest is told, and a channel that would hear
    /// many at once hears one post. Returns how many were taken.
    pub(super) async fn take_stages(&self, now: Timestamp) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let reached = store::clocks::reached(&mut from, now).await?;
        drop(from);
        let mut guilds: BTreeMap<GuildId, Vec<Reached>> = BTreeMap::new();
        for one in &reached {
            guilds.entry(one.guild).or_default().push(*one);
        }
        for (guild, reached) in guilds {
            self.take_stages_of(guild, &reached, now).await?;
        }
        Ok(reached.len())
    }

    async fn take_stages_of(
        &self,
        guild: GuildId,
        reached: &[Reached],
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        let mut pass = Pass {
            reached,
            tickets: BTreeMap::new(),
        };
        for one in reached {
            if pass.tickets.contains_key(&one.ticket) {
                continue;
            }
            let Some(mut ticket) = store::tickets::find(&mut change, one.ticket).await? else {
                continue;
            };
            let ran_out = self.ran_out(&mut ticket, now).await?;
            pass.tickets.insert(one.ticket, (ticket, ran_out));
        }
        pass.add_warnings(now);
        let work = pass.in_one_post(now);
        store::clocks::taken(&mut *change, reached, now).await?;
        // Nothing is offered by this: who declined what plays no part.
        let crew = store::members::crew(&mut change, guild, TicketId(0), now).await?;
        for (mut ticket, happened) in pass.tickets.into_values() {
            let cause = Cause::noticed(&format!("clock:{}:{}", ticket.id, ticket.last_seq));
            let change = &mut change;
            self.keep(change, &mut ticket, happened, None, &cause, &crew, now)
                .await?;
        }
        store::outbox::enqueue(&mut *change, guild, None, None, &work, now).await?;
        self.commit(change).await
    }

    /// Tells the leads what is told once a day.
    pub(super) async fn tell_of_the_day(&self, now: Timestamp) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let due = store::clocks::next_day(&mut from).await?;
        drop(from);
        if due.is_none_or(|due| due > now) {
            return Ok(0);
        }
        let mut change = self.0.store.change().await?;
        let lines = store::clocks::take_for_the_day(&mut change, now).await?;
        let count = lines.len();
        for of_guild in lines.chunk_by(|one, next| one.guild == next.guild) {
            let mut shown = Vec::new();
            for line in of_guild.iter().take(DigestLine::AT_MOST) {
                let Some(ticket) = store::tickets::find(&mut change, line.ticket).await? else {
                    continue;
                };
                shown.push(DigestLine {
                    number: ticket.number,
                    priority: ticket.priority,
                    clock: line.clock,
                    stage: StageKind::Breach,
                    at: line.at,
                });
            }
            let notice = ClockNotice::Daily {
                lines: shown,
                count: u32::try_from(of_guild.len()).unwrap_or(u32::MAX),
            };
            let post = Errand::Say {
                to: Destination::Leads,
                notice: Notice::Clock(notice),
                name: None,
            };
            let guild = of_guild.first().map_or(GuildId(0), |line| line.guild);
            store::outbox::enqueue(&mut *change, guild, None, None, &[post], now).await?;
        }
        self.commit(change).await?;
        Ok(count)
    }

    /// The hours or the promises of `guild`, or of all desks, may be others now: looks at every ticket that lives, and puts
    /// down which dues moved. Each ticket is a change of its own.
    pub(super) async fn look_again(
        &self,
        guild: Option<GuildId>,
        why: &str,
        now: Timestamp,
    ) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let tickets = store::clocks::living(&mut from, guild).await?;
        drop(from);
        let mut moved = 0;
        for id in tickets {
            let cause = Cause::noticed(&format!("clocks:{why}:{id}:{}", now.as_millisecond()));
            let mut change = self.0.store.change().await?;
            let Some(mut ticket) = store::tickets::find(&mut change, id).await? else {
                continue;
            };
            let old = ticket.clocks.moments.is_empty();
            let work = self.clockwork(ticket.guild, now).await?;
            let kept = self.kept(&ticket, &work).await?;
            let Some(reading) = read(&work, &ticket, &kept, now) else {
                continue;
            };
            let dues = due_moved(&ticket.clocks.standings, &reading.standings);
            if !old && dues.is_empty() {
                continue;
            }
            if old {
                self.ran_out(&mut ticket, now).await?;
                if let Some((reading, _)) = self.stand(&mut ticket, now).await? {
                    store::clocks::set(&mut change, id, &ticket.clocks).await?;
                    store::clocks::arm(&mut change, id, &reading.ahead).await?;
                }
            } else {
                moved += dues.len();
                tracing::info!(ticket.id = %ticket.id, why, "a due moved");
                let crew = Crew::default();
                self.keep(&mut change, &mut ticket, dues, None, &cause, &crew, now)
                    .await?;
            }
            self.commit(change).await?;
        }
        Ok(moved)
    }
}

/// The dues that are others now.
pub(super) fn due_moved(before: &[Standing], now: &[Standing]) -> Vec<What> {
    let pairs = before.iter().filter_map(|was| {
        let is = now.iter().find(|is| is.clock == was.clock)?;
        (is.due != was.due).then_some(What::DueMoved {
            clock: is.clock,
            was: was.due,
            due: is.due,
        })
    });
    pairs.collect()
}

/// When the post of the next working day is said: when the desk opens then.
fn tomorrow(work: &Clockwork, now: Timestamp) -> Timestamp {
    let hours = work.hours.get(BUSINESS);
    let zone = hours.and_then(|hours| TimeZoneDatabase::bundled().get(&hours.tz).ok());
    let midnight = zone.and_then(|zone| {
        let tomorrow = now.to_zoned(zone).tomorrow().ok()?;
        Some(tomorrow.start_of_day().ok()?.timestamp())
    });
    let midnight = midnight.unwrap_or(now + SignedDuration::from_hours(24));
    let opens = work
        .calendar(BUSINESS)
        .and_then(|calendar| calendar.next_open(midnight));
    opens.unwrap_or(midnight)
}

impl Pass<'_> {
    /// Of each clock that runs still, the highest warning that was reached.
    fn add_warnings(&mut self, now: Timestamp) {
        let stages: Vec<Stage<TicketId>> = self
            .reached
            .iter()
            .map(|one| Stage {
                ticket: one.ticket,
                clock: one.ahead.clock,
                stage: one.ahead.stage,
                at: one.ahead.at,
                fired: false,
            })
            .collect();
        for Late { stage, .. } in catch_up(&stages, now) {
            let Some((ticket, happened)) = self.tickets.get_mut(&stage.ticket) else {
                continue;
            };
            let breached = ticket.clocks.breach(stage.clock).is_some_and(|breach| {
                happened.iter().any(|what| {
                    matches!(what, What::ClockBreached { clock, at, .. }
                        if *clock == stage.clock && *at == breach.at)
                })
            });
            if stage.stage == StageKind::Breach || breached {
                continue;
            }
            happened.push(What::ClockWarned {
                clock: stage.clock,
                stage: stage.stage,
                due: ticket.clocks.standing(stage.clock).and_then(|one| one.due),
                late: late(stage.at, now),
                digest: Vec::new(),
            });
        }
    }

    /// Where a channel would hear too many at once, all of them go into one post; says which.
    fn in_one_post(&mut self, now: Timestamp) -> Vec<Errand> {
        let mut channels: BTreeMap<String, (Destination, Vec<DigestLine>)> = BTreeMap::new();
        for (ticket, happened) in self.tickets.values() {
            for what in happened {
                let Some(line) = line_of(ticket, what, now) else {
                    continue;
                };
                for place in clock::places(ticket, line.stage) {
                    if place != Destination::StaffThread {
                        let key = format!("{place:?}");
                        let lines = channels.entry(key).or_insert((place, Vec::new()));
                        lines.1.push(line);
                    }
                }
            }
        }
        channels.retain(|_, (_, lines)| lines.len() > POSTS_AT_ONCE);
        let crowded: Vec<Destination> = channels.values().map(|(place, _)| *place).collect();
        for (_, happened) in self.tickets.values_mut() {
            for what in happened {
                if let What::ClockWarned { digest, .. } | What::ClockBreached { digest, .. } = what
                {
                    digest.clone_from(&crowded);
                }
            }
        }
        let post = |(place, mut lines): (Destination, Vec<DigestLine>)| {
            let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
            lines.sort_by_key(|line| (line.at, line.number));
            let oldest = lines.first().map_or(now, |line| line.at);
            lines.truncate(DigestLine::AT_MOST);
            let late = late(oldest, now);
            Errand::Say {
                to: place,
                notice: Notice::Clock(ClockNotice::Many { lines, count, late }),
                name: None,
            }
        };
        channels.into_values().map(post).collect()
    }
}

/// What a post of many says of it.
fn line_of(ticket: &Ticket, what: &What, now: Timestamp) -> Option<DigestLine> {
    let (clock, stage, at) = match what {
        What::ClockWarned {
            clock, stage, late, ..
        } => {
            let at = late.map_or(now, |late| now - late);
            (*clock, *stage, at)
        }
        What::ClockBreached { clock, at, .. } => (*clock, StageKind::Breach, *at),
        _ => return None,
    };
    Some(DigestLine {
        number: ticket.number,
        priority: ticket.priority,
        clock,
        stage,
        at,
    })
}
