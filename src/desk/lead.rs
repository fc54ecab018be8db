//! What leads decide against the rule: a priority, a longer window, a whole crew's tickets.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::ids::{Cause, GuildId, Number, TicketId, UserId};
use crate::domain::people::Actor;
use crate::domain::priority::Priority;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::Ticket;
use crate::domain::tier::Tier;
use crate::store;

/// Whose tickets are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One person's.
    Of(UserId),
    /// Everybody's at a tier.
    At(Tier),
}

/// What became of these tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// These went.
    pub moved: Vec<Number>,
    /// These stayed, and why.
    pub stayed: Vec<(Number, Refusal)>,
}

impl Desk {
    /// Sets the priority against the matrix; without one, lets the matrix decide again.
    pub async fn set_priority(
        &self,
        id: TicketId,
        by: &Actor,
        to: Option<Priority>,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = self.clean(reason);
        let verb = |ticket: &mut Ticket| ticket.set_priority(by, to, &reason);
        self.change_alone(id, Some(by), cause, "priority", verb, now)
            .await
    }

    /// Doubles the window for reopening, once.
    pub async fn extend(
        &self,
        id: TicketId,
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = self.clean(reason);
        let verb = |ticket: &mut Ticket| ticket.extend(by, &reason);
        self.change_alone(id, Some(by), cause, "extend", verb, now)
            .await
    }

    /// Does not count the clocks that ran out.
    pub async fn waive(
        &self,
        id: TicketId,
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = self.clean(reason);
        let verb = |ticket: &mut Ticket, _: &_| ticket.waive(by, &reason);
        self.change(id, Some(by), cause, "waive", verb, now).await
    }

    /// Moves everything that somebody, or the whole crew of a tier there, has or is offered: to `to`, or back into the queue.
    /// Each ticket is a change of its own, so one that cannot go stops none of the others.
    #[expect(
        clippy::too_many_arguments,
        reason = "what a lead says in one sentence"
    )]
    pub async fn move_tickets(
        &self,
        guild: GuildId,
        by: &Actor,
        from: Whose,
        to: Option<UserId>,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Moved, Error> {
        if !by.standing.lead {
            let roles = vec![crate::domain::people::DeskRole::Lead];
            return Err(Refusal::RoleNeeded { roles }.into());
        }
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonNeeded.into());
        }
        let mut reader = self.reader().await?;
        let held = match from {
            Whose::Of(user) => store::lists::held_by(&mut reader, guild, user).await?,
            Whose::At(tier) => store::lists::held_at(&mut reader, guild, tier).await?,
        };
        drop(reader);
        let mut moved = Moved::default();
        for ticket in held {
            // Who takes a crew's tickets keeps their own.
            if to.is_some() && ticket.assignee == to {
                continue;
            }
            let cause = cause.also(ticket.id);
            let done = match to {
                Some(_) => {
                    self.assign(ticket.id, by, to, Some(reason), &cause, now)
                        .await
                }
                None => self.give_back(ticket.id, by, reason, &cause, now).await,
            };
            match done {
                Ok(_) => moved.moved.push(ticket.number),
                // Somebody took it, or ended it, in this very moment, or it is for named people only.
                Err(Error::Refused(refusal)) => moved.stayed.push((ticket.number, refusal)),
                Err(error) => return Err(error),
            }
        }
        Ok(moved)
    }
}
