//! Shifts: who sets them up, when they begin and end, and who takes another's.

use jiff::Timestamp;

use super::duty::refuse_others;
use super::{Desk, Error};
use crate::domain::calendar::Hours;
use crate::domain::errand::Errand;
use crate::domain::event::ReleaseReason;
use crate::domain::ids::{Cause, GuildId, RotaId, SwapId, TicketId, UserId};
use crate::domain::notice::{Destination, DutyNotice, Notice, StillOpen};
use crate::domain::people::{Actor, DeskRole};
use crate::domain::priority::Priority;
use crate::domain::refusal::Refusal;
use crate::domain::roster::Duty;
use crate::domain::rota::{PEOPLE_AT_MOST, ROTAS_AT_MOST, Rota, Shift, first_week};
use crate::domain::ticket::{State, Ticket};
use crate::domain::vendor::read_hours;
use crate::store;

/// Whoever looks for a shift of theirs sees so many days ahead.
pub const AHEAD_DAYS: i64 = 28;

/// The longest name of a shift, in characters.
pub const SHIFT_NAME: usize = 40;

/// What became of a question whether somebody takes another's shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swapped {
    /// Whose shift it was.
    pub asker: UserId,
    /// When it begins.
    pub from: Timestamp,
    /// What it is called: hostile text.
    pub name: String,
}

impl Desk {
    /// The shifts of every week, by name.
    pub async fn rotas(&self, guild: GuildId) -> Result<Vec<Rota>, Error> {
        let mut from = self.reader().await?;
        Ok(store::rotas::all(&mut from, guild).await?)
    }

    /// One of them.
    pub async fn rota(&self, guild: GuildId, id: RotaId) -> Result<Rota, Error> {
        let mut from = self.reader().await?;
        let rota = store::rotas::find(&mut from, id).await?;
        let rota = rota.filter(|rota| rota.guild == guild);
        Ok(rota.ok_or(Refusal::StaleButton)?)
    }

    /// Makes a shift of every week, which nobody takes yet. Hours without a zone are in the desk's.
    pub async fn make_rota(
        &self,
        guild: GuildId,
        by: &Actor,
        (name, hours): (&str, &str),
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Rota, Error> {
        refuse_unless_lead(by)?;
        let name = self.clean(name);
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = name.chars().take(SHIFT_NAME).collect();
        if name.is_empty() {
            return Err(Refusal::NothingSaid.into());
        }
        let (hours, since) = self.checked_hours(guild, hours, now).await?;
        let mut change = self.0.store.change().await?;
        let fresh = store::inbox::take(&mut change, cause, now).await?;
        let all = store::rotas::all(&mut change, guild).await?;
        let same = all.iter().find(|rota| rota.name == name).cloned();
        if let Some(known) = same {
            // What Discord repeats finds what it made.
            return if fresh {
                Err(Refusal::ShiftNameTaken { name }.into())
            } else {
                Ok(known)
            };
        }
        if all.len() >= ROTAS_AT_MOST {
            let at_most = ROTAS_AT_MOST;
            return Err(Refusal::TooManyShifts { at_most }.into());
        }
        let id = store::rotas::insert(&mut change, guild, &name, &hours, since).await?;
        let made = match id {
            Some(id) => store::rotas::find(&mut change, id).await?,
            None => None,
        };
        self.commit(change).await?;
        made.ok_or_else(|| Error::Failed(anyhow::anyhow!("the new shift cannot be found")))
    }

    /// Says when a shift is, or who takes it, from now on. The first of new people has this week.
    #[expect(
        clippy::too_many_arguments,
        reason = "what a lead says in one sentence"
    )]
    pub async fn change_rota(
        &self,
        guild: GuildId,
        by: &Actor,
        id: RotaId,
        hours: Option<&str>,
        people: Option<Vec<UserId>>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Rota, Error> {
        refuse_unless_lead(by)?;
        let staff = self.staff(guild).await?;
        let mut change = self.0.store.change().await?;
        let rota = store::rotas::find(&mut change, id).await?;
        let mut rota = rota
            .filter(|rota| rota.guild == guild)
            .ok_or(Refusal::StaleButton)?;
        if !store::inbox::take(&mut change, cause, now).await? {
            return Ok(rota);
        }
        if let Some(hours) = hours {
            rota.hours = self.checked_hours(guild, hours, now).await?.0;
        }
        if let Some(people) = people {
            for who in &people {
                let holds = |(user, standing): &(UserId, crate::domain::people::Standing)| {
                    user == who && standing.technician()
                };
                if !staff.iter().any(holds) {
                    return Err(Refusal::NotOnTheDesk { who: *who }.into());
                }
            }
            rota.people = people;
            rota.people.truncate(PEOPLE_AT_MOST);
            rota.since = first_week(&rota.hours, now).map_err(bad_hours)?;
        }
        // It is turned at once: somebody else's shift may run now.
        store::rotas::save(&mut change, &rota, now).await?;
        self.commit(change).await?;
        Ok(rota)
    }

    /// The shift is not kept any more. Who is on it now goes off duty with it.
    pub async fn end_rota(
        &self,
        guild: GuildId,
        by: &Actor,
        id: RotaId,
        now: Timestamp,
    ) -> Result<Rota, Error> {
        refuse_unless_lead(by)?;
        let rota = self.rota(guild, id).await?;
        let mut change = self.0.store.change().await?;
        if let Some((user, _)) = rota.on {
            store::members::turn_duty(&mut change, guild, user, Duty::Off, now).await?;
        }
        store::rotas::delete(&mut change, id).await?;
        self.commit(change).await?;
        Ok(rota)
    }

    async fn checked_hours(
        &self,
        guild: GuildId,
        typed: &str,
        now: Timestamp,
    ) -> Result<(Hours, jiff::civil::Date), Error> {
        let typed = typed.trim();
        // A time at the end means that no zone was said.
        let zoned = if typed.ends_with(|last: char| last.is_ascii_digit()) && typed != "24/7" {
            format!("{typed} {}", self.zone(guild, now).await?)
        } else {
            typed.to_owned()
        };
        let hours = read_hours(&zoned).ok_or(Refusal::BadHours { why: None })?;
        let since = first_week(&hours, now).map_err(bad_hours)?;
        Ok((hours, since))
    }

    /// Begins and ends the shifts whose time has come. How many rotas were turned.
    pub(super) async fn turn_shifts(&self, now: Timestamp) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let due = store::rotas::due(&mut from, now).await?;
        drop(from);
        for id in &due {
            self.turn_shift(*id, now).await?;
        }
        Ok(due.len())
    }

    /// Whoever said that they are away until now is back, and reads what waited for them. How many are.
    pub(super) async fn welcome_back(&self, now: Timestamp) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let due = store::members::next_back(&mut from).await?;
        drop(from);
        if due.is_none_or(|due| due > now) {
            return Ok(0);
        }
        let mut change = self.0.store.change().await?;
        let back = store::members::take_back(&mut change, now).await?;
        for (guild, user) in &back {
            let crew = store::members::crew(&mut change, *guild, TicketId(0), now).await?;
            let there = crew.holders.iter().find(|holder| holder.user == *user);
            let Some(there) = there else {
                continue;
            };
            let held = store::lists::held_by(&mut change, *guild, *user).await?;
            let notice = DutyNotice::Back {
                user: *user,
                on_duty: crew.at_work(there),
                held: held.len(),
            };
            let to = self.place_of(*guild, *user).await?;
            let work = [say(to, notice)];
            store::outbox::enqueue(&mut *change, *guild, None, None, &work, now).await?;
        }
        self.commit(change).await?;
        Ok(back.len())
    }

    async fn turn_shift(&self, id: RotaId, now: Timestamp) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        let Some(rota) = store::rotas::find(&mut change, id).await? else {
            return Ok(());
        };
        // Somebody may have changed it just now.
        if rota.next_at.is_none_or(|due| due > now) {
            return Ok(());
        }
        let runs = rota.running(now);
        let began = runs.filter(|shift| rota.on != Some((shift.user, shift.from)));
        let ended = rota
            .on
            .filter(|on| runs.is_none_or(|shift| *on != (shift.user, shift.from)));
        let all = store::rotas::all(&mut change, rota.guild).await?;
        let goes_on = |user| {
            let mut running = all.iter().filter_map(|one| one.running(now));
            running.any(|shift| shift.user == user)
        };
        let leaves = ended.filter(|(user, _)| !goes_on(*user));
        let mut work = Vec::new();
        if let Some((user, _)) = leaves {
            store::members::turn_duty(&mut change, rota.guild, user, Duty::Off, now).await?;
            let held = store::lists::held_by(&mut change, rota.guild, user).await?;
            let to = self.place_of(rota.guild, user).await?;
            work.push(say(to, ended_notice(&rota, user, &held)));
        }
        if let Some(shift) = began {
            let user = shift.user;
            store::members::turn_duty(&mut change, rota.guild, user, Duty::On, now).await?;
            let crew = store::members::crew(&mut change, rota.guild, TicketId(0), now).await?;
            let there = crew.holders.iter().find(|holder| holder.user == user);
            // Who is away, or gave the role back, is not greeted.
            if there.is_some_and(|holder| crew.at_work(holder))
                && ended.is_none_or(|(before, _)| before != user)
            {
                let to = self.place_of(rota.guild, user).await?;
                work.push(say(to, began_notice(&rota, shift)));
            }
        }
        let on = runs.map(|shift| (shift.user, shift.from));
        store::rotas::turned(&mut change, id, on, rota.next_change(now)).await?;
        store::outbox::enqueue(&mut change, rota.guild, None, None, &work, now).await?;
        self.commit(change).await?;
        if let Some((user, since)) = leaves {
            let cause = Cause::noticed(&format!("shift-end:{id}:{}", since.as_millisecond()));
            self.pass_offers(rota.guild, user, ReleaseReason::OffDuty, &cause, now)
                .await?;
        }
        Ok(())
    }

    /// Asks `other` to take the shift of `by` that begins then.
    #[expect(
        clippy::too_many_arguments,
        reason = "what somebody asks in one sentence"
    )]
    pub async fn ask_swap(
        &self,
        guild: GuildId,
        by: &Actor,
        id: RotaId,
        from: Timestamp,
        other: UserId,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Shift, Error> {
        refuse_others(by)?;
        let rota = self.rota(guild, id).await?;
        let shift = own_shift(&rota, by.user, from, now)?;
        let staff = self.staff(guild).await?;
        let mut there = staff.iter();
        let holds = there.any(|(user, standing)| *user == other && standing.technician());
        if !holds || other == by.user {
            return Err(Refusal::NoDeputy { who: other }.into());
        }
        let to = self.place_of(guild, other).await?;
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, cause, now).await? {
            let swap = store::rotas::ask(&mut change, id, from, by.user, other, now).await?;
            let asked = DutyNotice::SwapAsked {
                swap,
                asker: by.user,
                other,
                name: rota.name,
                from,
                until: shift.until,
            };
            let work = [say(to, asked)];
            store::outbox::enqueue(&mut change, guild, None, None, &work, now).await?;
            self.commit(change).await?;
        }
        Ok(shift)
    }

    /// Who was asked says whether they take the shift.
    pub async fn answer_swap(
        &self,
        guild: GuildId,
        by: &Actor,
        id: SwapId,
        agreed: bool,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Swapped, Error> {
        refuse_others(by)?;
        let mut change = self.0.store.change().await?;
        let swap = store::rotas::swap(&mut change, id).await?;
        let swap = swap.ok_or(Refusal::StaleButton)?;
        let rota = store::rotas::find(&mut change, swap.rota).await?;
        let rota = rota
            .filter(|rota| rota.guild == guild)
            .ok_or(Refusal::StaleButton)?;
        let fresh = store::inbox::take(&mut change, cause, now).await?;
        let swapped = Swapped {
            asker: swap.asker,
            from: swap.starts_at,
            name: rota.name.clone(),
        };
        if !fresh {
            return Ok(swapped);
        }
        if swap.other != by.user {
            return Err(Refusal::AskedAnother { who: swap.other }.into());
        }
        if swap.agreed.is_some() {
            return Err(Refusal::StaleButton.into());
        }
        own_shift(&rota, swap.asker, swap.starts_at, now)?;
        store::rotas::answer(&mut change, swap, agreed, now).await?;
        let answered = DutyNotice::SwapAnswered {
            asker: swap.asker,
            other: swap.other,
            name: rota.name,
            from: swap.starts_at,
            agreed,
        };
        let to = self.place_of(guild, swap.asker).await?;
        let work = [say(to, answered)];
        store::outbox::enqueue(&mut change, guild, None, None, &work, now).await?;
        self.commit(change).await?;
        Ok(swapped)
    }

    /// Where somebody is told of their shifts: in the queue of their highest tier.
    async fn place_of(&self, guild: GuildId, user: UserId) -> Result<Destination, Error> {
        let mut from = self.reader().await?;
        let known = store::members::standing(&mut from, guild, user).await?;
        let tier = known.and_then(|(_, standing)| standing.tiers.highest());
        Ok(tier.map_or(Destination::Leads, Destination::Queue))
    }
}

/// The shift of `user` that begins then, and has not begun.
fn own_shift(rota: &Rota, user: UserId, from: Timestamp, now: Timestamp) -> Result<Shift, Refusal> {
    let mut ahead = rota.shifts(now, AHEAD_DAYS).into_iter();
    ahead
        .find(|shift| shift.from == from && shift.user == user && shift.from > now)
        .ok_or(Refusal::NoSuchShift)
}

fn began_notice(rota: &Rota, shift: Shift) -> DutyNotice {
    DutyNotice::Began {
        user: shift.user,
        name: rota.name.clone(),
        until: shift.until,
    }
}

fn ended_notice(rota: &Rota, user: UserId, held: &[Ticket]) -> DutyNotice {
    let (urgent, others): (Vec<&Ticket>, Vec<&Ticket>) = held
        .iter()
        .filter(|ticket| ticket.state != State::Assigned)
        .partition(|ticket| ticket.priority <= Priority::P2);
    let urgent = urgent.into_iter().map(|ticket| StillOpen::of(ticket, true));
    DutyNotice::Ended {
        user,
        name: rota.name.clone(),
        urgent: urgent.collect(),
        others: others.len(),
    }
}

fn say(to: Destination, notice: DutyNotice) -> Errand {
    Errand::Say {
        to,
        notice: Notice::Duty(notice),
        name: None,
    }
}

fn refuse_unless_lead(by: &Actor) -> Result<(), Refusal> {
    if by.standing.lead {
        return Ok(());
    }
    let roles = vec![DeskRole::Lead];
    Err(Refusal::RoleNeeded { roles })
}

fn bad_hours(fault: crate::domain::calendar::CalendarFault) -> Refusal {
    Refusal::BadHours {
        why: Some(fault.to_string()),
    }
}
