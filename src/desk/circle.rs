//! Who takes part in a ticket without owning it: members who were added, staff who watch, and reminders.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::ids::{Cause, TicketId, UserId};
use crate::domain::notice::{Destination, Notice};
use crate::domain::people::Actor;
use crate::domain::refusal::{Limit, Refusal};
use crate::domain::rules::{Verb, permit};
use crate::domain::ticket::Ticket;
use crate::store;
use crate::store::timers::{Due, Kind};

/// So many reminders of one person wait at most.
const REMINDERS_AT_MOST: u32 = 50;

impl Desk {
    /// Adds somebody to a ticket.
    pub async fn add_person(
        &self,
        id: TicketId,
        by: &Actor,
        who: UserId,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let verb = |ticket: &mut Ticket| ticket.add_person(by, who);
        self.change_alone(id, Some(by), cause, "people", verb, now)
            .await
    }

    /// Takes somebody out of a ticket again.
    pub async fn remove_person(
        &self,
        id: TicketId,
        by: &Actor,
        who: UserId,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let verb = |ticket: &mut Ticket| ticket.remove_person(by, who);
        self.change_alone(id, Some(by), cause, "people", verb, now)
            .await
    }

    /// Watches a ticket without owning it, or ends that.
    pub async fn watch(
        &self,
        id: TicketId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let verb = |ticket: &mut Ticket| ticket.watch(by);
        self.change_alone(id, Some(by), cause, "watch", verb, now)
            .await
    }

    /// Reminds `by` of a ticket at `due`. It is theirs alone: the ticket does not change.
    pub async fn remind(
        &self,
        ticket: &Ticket,
        by: &Actor,
        text: &str,
        due: Timestamp,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        if let Err(refusal) = permit(Verb::Note, ticket, by) {
            self.audit(
                ticket.guild,
                by.user,
                "remind",
                Some(ticket.id),
                &refusal,
                now,
            )
            .await?;
            return Err(refusal.into());
        }
        let text = self.clean(text.trim());
        let mut change = self.0.store.change().await?;
        if !store::inbox::take(&mut change, cause, now).await? {
            return Ok(());
        }
        if store::reminders::waiting(&mut change, by.user).await? >= REMINDERS_AT_MOST {
            return Err(Refusal::TooMany {
                of: Limit::Reminders,
                allowed: REMINDERS_AT_MOST,
                again_at: None,
            }
            .into());
        }
        let id = ticket.id;
        let reminder = store::reminders::insert(&mut change, id, by.user, &text, due, now).await?;
        store::timers::add(&mut change, id, Kind::Remind, reminder, due).await?;
        self.commit(change).await
    }

    /// A reminder is due.
    pub(super) async fn remind_now(
        &self,
        timer: Due,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        let ticket = store::tickets::find(&mut change, timer.ticket).await?;
        let reminder = store::reminders::find(&mut change, timer.subject).await?;
        if let (Some(ticket), Some((to, text))) = (ticket, reminder)
            && store::inbox::take(&mut change, cause, now).await?
        {
            let reminder = Errand::Say {
                to: Destination::Direct(to),
                notice: Notice::Reminder { to, text },
                name: None,
            };
            let (guild, id) = (ticket.guild, Some(ticket.id));
            store::outbox::enqueue(&mut change, guild, id, None, &[reminder], now).await?;
        }
        store::timers::fired(&mut change, timer, now).await?;
        self.commit(change).await
    }
}
