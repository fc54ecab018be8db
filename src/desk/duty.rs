//! Whose turn it is: who is at work, how each tier is worked, and how long an offer stands.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error};
use crate::domain::calendar::Calendar;
use crate::domain::category::Category;
use crate::domain::clocks::BUSINESS;
use crate::domain::event::{Event, ReleaseReason, What};
use crate::domain::ids::{Cause, GuildId, TicketId, UserId};
use crate::domain::people::{Actor, DeskRole};
use crate::domain::priority::Priority;
use crate::domain::refusal::Refusal;
use crate::domain::roster::{CAPACITY_AT_MOST, Crew, Duty, Holder, TierRule, time_to_accept};
use crate::domain::span;
use crate::domain::ticket::{State, Ticket};
use crate::domain::tier::Tier;
use crate::store;
use crate::store::timers::Kind;

/// Who is away for longer gives their roles back.
const AWAY_AT_MOST: SignedDuration = SignedDuration::from_hours(24 * 366);

/// What a change of duty came to.
#[derive(Clone, Debug)]
pub struct DutyChange {
    /// They were so already.
    pub already: bool,
    /// Own P1 and P2 tickets that must be handed over, when going off.
    pub to_hand_over: Vec<Ticket>,
    /// How many others stay with them.
    pub others: usize,
}

/// A tier at a glance: how it is worked, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierAtWork {
    /// Which.
    pub tier: Tier,
    /// How it is worked.
    pub rule: TierRule,
    /// Everybody who holds it, and whether they are at work: those first, the least busy of them first.
    pub people: Vec<(Holder, bool)>,
}

impl Desk {
    /// Says whether `by` is on duty. From the first time on, duty counts at this desk. What is offered to somebody who goes
    /// off goes to the next (T5); what they work on stays with them.
    pub async fn set_duty(
        &self,
        guild: GuildId,
        by: &Actor,
        duty: Duty,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<DutyChange, Error> {
        refuse_others(by)?;
        let mut change = self.0.store.change().await?;
        store::members::remember(&mut change, guild, by.user, &by.name, by.standing, now).await?;
        let fresh = store::inbox::take(&mut change, cause, now).await?;
        let before = store::members::set_duty(&mut change, guild, by.user, duty, now).await?;
        self.commit(change).await?;
        let (to_hand_over, others) = match duty {
            Duty::On => (Vec::new(), 0),
            Duty::Off => {
                self.pass_offers(guild, by.user, ReleaseReason::OffDuty, cause, now)
                    .await?
            }
        };
        Ok(DutyChange {
            already: fresh && before == duty,
            to_hand_over,
            others,
        })
    }

    /// Says that `by` is away until then, and who stands in for them; or that they are back.
    pub async fn set_away(
        &self,
        guild: GuildId,
        by: &Actor,
        away: Option<(Timestamp, Option<UserId>)>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<DutyChange, Error> {
        refuse_others(by)?;
        if let Some((until, deputy)) = away {
            if until <= now || until > now + AWAY_AT_MOST {
                return Err(Refusal::AwayUntil.into());
            }
            if let Some(deputy) = deputy {
                let standing = self.standing_of(guild, deputy).await?;
                if deputy == by.user || !standing.is_some_and(|one| one.technician()) {
                    return Err(Refusal::NoDeputy { who: deputy }.into());
                }
            }
        }
        let mut change = self.0.store.change().await?;
        store::members::remember(&mut change, guild, by.user, &by.name, by.standing, now).await?;
        let fresh = store::inbox::take(&mut change, cause, now).await?;
        store::members::set_away(&mut change, guild, by.user, away).await?;
        self.commit(change).await?;
        let (to_hand_over, others) = match away {
            None => (Vec::new(), 0),
            Some(_) => {
                self.pass_offers(guild, by.user, ReleaseReason::Away, cause, now)
                    .await?
            }
        };
        Ok(DutyChange {
            already: !fresh,
            to_hand_over,
            others,
        })
    }

    /// The instant that `typed` means: so long from now on (`2h`, `3 days`), or a date, with a time or as it ends, in the
    /// desk's zone.
    pub async fn until(
        &self,
        guild: GuildId,
        typed: &str,
        now: Timestamp,
    ) -> Result<Timestamp, Error> {
        if let Some(span) = span::read(typed) {
            return Ok(now + span);
        }
        let zone = TimeZoneDatabase::bundled().get(&self.zone(guild, now).await?);
        let at = instant(typed.trim(), &zone.unwrap_or(TimeZone::UTC));
        Ok(at.ok_or(Refusal::AwayUntil)?)
    }

    /// The zone in which days and times without one are meant.
    pub async fn zone(&self, guild: GuildId, now: Timestamp) -> Result<String, Error> {
        let clockwork = self.clockwork(guild, now).await?;
        let hours = clockwork.hours.get(BUSINESS);
        Ok(hours.map_or_else(|| "UTC".to_owned(), |hours| hours.tz.clone()))
    }

    /// Hands over everything urgent that `by` works on: to who stands in for them, or to the next person. Returns what went.
    pub async fn hand_over_urgent(
        &self,
        guild: GuildId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Vec<Ticket>, Error> {
        refuse_others(by)?;
        let mut from = self.reader().await?;
        let held = store::lists::held_by(&mut from, guild, by.user).await?;
        drop(from);
        let mut gone = Vec::new();
        for ticket in held.into_iter().filter(urgent) {
            let cause = cause.also(ticket.id);
            let release = |ticket: &mut Ticket, crew: &Crew| {
                let mut known = crew.holders.iter();
                let away = known.any(|one| one.user == by.user && one.away_until.is_some());
                let reason = if away {
                    ReleaseReason::Away
                } else {
                    ReleaseReason::OffDuty
                };
                Ok(ticket.release(by.user, reason, crew, now))
            };
            gone.push(
                self.change(ticket.id, Some(by), &cause, "hand_over", release, now)
                    .await?,
            );
        }
        Ok(gone)
    }

    /// What `user` has not accepted goes to the next. Gives what is urgent and stays with them, and how many others do.
    pub(super) async fn pass_offers(
        &self,
        guild: GuildId,
        user: UserId,
        reason: ReleaseReason,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(Vec<Ticket>, usize), Error> {
        let mut from = self.reader().await?;
        let held = store::lists::held_by(&mut from, guild, user).await?;
        drop(from);
        let (offered, kept): (Vec<_>, Vec<_>) = held
            .into_iter()
            .partition(|ticket| ticket.state == State::Assigned);
        for ticket in offered {
            let cause = cause.also(ticket.id);
            let release = |ticket: &mut Ticket, crew: &Crew| {
                // They may have accepted it in this very moment.
                Ok(match ticket.state {
                    State::Assigned => ticket.release(user, reason, crew, now),
                    _ => Vec::new(),
                })
            };
            self.change(ticket.id, None, &cause, "release", release, now)
                .await?;
        }
        let (urgent, others): (Vec<_>, Vec<_>) = kept.into_iter().partition(urgent);
        Ok((urgent, others.len()))
    }

    /// How each tier is worked, by whom, and what they have to do.
    pub async fn at_work(&self, guild: GuildId, now: Timestamp) -> Result<Vec<TierAtWork>, Error> {
        let mut from = self.reader().await?;
        // No ticket is meant: who declined what plays no part.
        let crew = store::members::crew(&mut from, guild, TicketId(0), now).await?;
        let tiers = Tier::ALL.into_iter().map(|tier| {
            let here = crew.holders.iter();
            let mut people: Vec<(Holder, bool)> = here
                .filter(|holder| holder.tiers.contains(tier))
                .map(|holder| (holder.clone(), crew.at_work(holder)))
                .collect();
            people.sort_by_key(|(holder, at_work)| (!at_work, holder.load, holder.user));
            TierAtWork {
                tier,
                rule: crew.rule(tier),
                people,
            }
        });
        Ok(tiers.collect())
    }

    /// Everybody who holds a tier, by name.
    pub async fn technicians(&self, guild: GuildId) -> Result<Vec<(UserId, String)>, Error> {
        let known = self.known(guild).await?;
        let staff = known.staff.iter();
        let mut all: Vec<(UserId, String)> = staff
            .filter(|(_, (_, standing))| standing.technician())
            .map(|(user, (name, _))| (*user, name.clone()))
            .collect();
        all.sort_by(|one, other| one.1.cmp(&other.1).then(one.0.cmp(&other.0)));
        Ok(all)
    }

    /// Says how `tier` is worked from now on.
    pub async fn set_tier_rule(
        &self,
        guild: GuildId,
        by: &Actor,
        tier: Tier,
        rule: TierRule,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        refuse_unless_admin(by)?;
        if !(1..=CAPACITY_AT_MOST).contains(&rule.capacity) {
            return Err(Refusal::BadCapacity {
                at_most: CAPACITY_AT_MOST,
            }
            .into());
        }
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, cause, now).await? {
            store::members::set_rule(&mut change, guild, tier, rule).await?;
            let action = format!("config:{tier}:{}:{}", rule.turns.key(), rule.capacity);
            put_down(&mut change, guild, by.user, &action, now).await?;
            self.commit(change).await?;
        }
        Ok(())
    }

    /// Says for which categories `user` is put down from now on.
    pub async fn set_skills(
        &self,
        guild: GuildId,
        by: &Actor,
        user: UserId,
        skills: &BTreeSet<String>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        refuse_unless_admin(by)?;
        if skills.iter().any(|key| Category::from_key(key).is_none()) {
            return Err(Refusal::StaleButton.into());
        }
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, cause, now).await? {
            if !store::members::set_skills(&mut change, guild, user, skills).await? {
                return Err(Refusal::NotOnTheDesk { who: user }.into());
            }
            let action = format!("skills:{user}");
            put_down(&mut change, guild, by.user, &action, now).await?;
            self.commit(change).await?;
        }
        Ok(())
    }

    /// How long the offer of `ticket` stands, where `events` changed that: outside for no change, inside for none.
    pub(super) async fn time_offer(
        &self,
        ticket: &mut Ticket,
        events: &[Event],
        now: Timestamp,
    ) -> Result<Option<Option<Timestamp>>, Error> {
        let before = ticket.accept_by;
        let moved = events.iter().any(|event| moves_offer(&event.what));
        if ticket.state != State::Assigned {
            ticket.accept_by = None;
        } else if moved || before.is_none() {
            let (allowed, while_open) = time_to_accept(ticket.priority);
            let hours = if while_open {
                self.calendar(ticket.guild, BUSINESS, now).await?
            } else {
                None
            };
            let due = hours.and_then(|hours| hours.add(now, allowed, &[]).at());
            ticket.accept_by = Some(due.unwrap_or(now + allowed));
        }
        Ok((ticket.accept_by != before).then_some(ticket.accept_by))
    }

    /// The working hours of `guild` are others from `now` on, and were `before`: what is left of the time in which offers have
    /// to be accepted is counted by them.
    pub(super) async fn move_offers(
        &self,
        guild: GuildId,
        before: &Calendar,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Some(hours) = self.calendar(guild, BUSINESS, now).await? else {
            return Ok(());
        };
        let mut from = self.reader().await?;
        let living = store::clocks::living(&mut from, Some(guild)).await?;
        drop(from);
        for id in living {
            let mut change = self.0.store.change().await?;
            let ticket = store::tickets::find(&mut change, id).await?;
            let offered = ticket.filter(|ticket| ticket.state == State::Assigned);
            let Some((mut ticket, until)) =
                offered.and_then(|one| one.accept_by.map(|at| (one, at)))
            else {
                continue;
            };
            if until <= now || !time_to_accept(ticket.priority).1 {
                continue;
            }
            let left = before.elapsed(now, until, &[]);
            let due = hours.add(now, left, &[]).at().unwrap_or(until);
            if due == until {
                continue;
            }
            let was = ticket.clone();
            ticket.accept_by = Some(due);
            let mut writes = store::Batch::default();
            store::tickets::save(&mut writes, &ticket, Some(&was)).await?;
            store::timers::set(&mut writes, id, Kind::Accept, Some(due)).await?;
            store::cards::want(&mut writes, &ticket, now).await?;
            change.send(writes).await?;
            self.commit(change).await?;
        }
        Ok(())
    }

    async fn standing_of(
        &self,
        guild: GuildId,
        user: UserId,
    ) -> Result<Option<crate::domain::people::Standing>, Error> {
        let known = self.staff(guild).await?;
        let found = known.into_iter().find(|(one, _)| *one == user);
        Ok(found.map(|(_, standing)| standing))
    }
}

/// A date as it ends, or a date and a time.
fn instant(typed: &str, zone: &TimeZone) -> Option<Timestamp> {
    const DATE: usize = "2026-08-01".len();
    let wall = if typed.len() == DATE {
        let date: Date = typed.parse().ok()?;
        date.tomorrow().ok()?.to_datetime(Time::midnight())
    } else {
        typed.parse::<DateTime>().ok()?
    };
    zone.to_ambiguous_timestamp(wall).compatible().ok()
}

/// Whether the time for accepting an offer begins anew: another person, or another urgency.
fn moves_offer(what: &What) -> bool {
    match what {
        What::Offered { .. } => true,
        What::Reassessed {
            priority_was,
            priority,
            ..
        }
        | What::Recategorised {
            priority_was,
            priority,
            ..
        }
        | What::Absorbed {
            priority_was,
            priority,
            ..
        } => priority_was != priority,
        What::PrioritySet { was, priority, .. } => was != priority,
        _ => false,
    }
}

/// What must be handed over at the end of a shift.
fn urgent(ticket: &Ticket) -> bool {
    ticket.priority <= Priority::P2
}

pub(super) fn refuse_others(by: &Actor) -> Result<(), Refusal> {
    if by.standing.staff() {
        return Ok(());
    }
    Err(Refusal::RoleNeeded {
        roles: vec![DeskRole::L1, DeskRole::L2, DeskRole::L3, DeskRole::Lead],
    })
}

fn refuse_unless_admin(by: &Actor) -> Result<(), Refusal> {
    if by.standing.admin || by.standing.owner {
        return Ok(());
    }
    let roles = vec![DeskRole::Admin];
    Err(Refusal::RoleNeeded { roles })
}

/// Who changed how the desk works, and to what.
async fn put_down(
    change: &mut store::Change,
    guild: GuildId,
    actor: UserId,
    action: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let line = store::audit::Line {
        guild: Some(guild),
        actor,
        action,
        ticket: None,
        outcome: "done",
        reason: None,
    };
    store::audit::put(&mut **change, &line, now).await?;
    Ok(())
}
