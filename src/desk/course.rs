//! The verbs beside the way up: what is said on a ticket, where else it can go, and how it ends or begins again.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::category::Category;
use crate::domain::errand::Errand;
use crate::domain::event::What;
use crate::domain::ids::{Cause, ChannelId, MessageId, TicketId, UserId};
use crate::domain::notice::{Destination, Notice};
use crate::domain::people::Actor;
use crate::domain::priority::{Impact, Urgency};
use crate::domain::ticket::{Deescalation, Score, State, Ticket};
use crate::domain::tier::Tier;
use crate::store;

/// Going down a tier, as somebody asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descent {
    /// A tier other than the next lower one.
    pub to: Option<Tier>,
    /// Why.
    pub reason: String,
    /// What is left to do.
    pub remaining: String,
}

impl Desk {
    /// A note for the staff alone.
    pub async fn note(
        &self,
        id: TicketId,
        by: &Actor,
        text: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let text = self.clean(text);
        let verb = |ticket: &mut Ticket| ticket.note(by, &text);
        self.change_alone(id, Some(by), cause, "note", verb, now)
            .await
    }

    /// Answers the requester.
    pub async fn reply(
        &self,
        id: TicketId,
        by: &Actor,
        text: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let text = self.clean(text);
        let verb = |ticket: &mut Ticket| ticket.reply(by, &text, now);
        self.change_alone(id, Some(by), cause, "reply", verb, now)
            .await
    }

    /// T6: asks the requester.
    pub async fn ask_user(
        &self,
        id: TicketId,
        by: &Actor,
        text: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let text = self.clean(text);
        let verb = |ticket: &mut Ticket| ticket.ask_user(by, &text, now);
        self.change_alone(id, Some(by), cause, "ask_user", verb, now)
            .await
    }

    /// T8, T9: takes up again what waits.
    pub async fn resume(
        &self,
        id: TicketId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let verb = |ticket: &mut Ticket| ticket.resume(by);
        self.change_alone(id, Some(by), cause, "resume", verb, now)
            .await
    }

    /// T5, T5b: gives it back to the queue.
    pub async fn give_back(
        &self,
        id: TicketId,
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = self.clean(reason);
        let verb = |ticket: &mut Ticket, crew: &_| ticket.give_back(by, &reason, crew, now);
        self.change(id, Some(by), cause, "release", verb, now).await
    }

    /// T2, T5b: gives it to somebody, or to whoever's turn it is.
    pub async fn assign(
        &self,
        id: TicketId,
        by: &Actor,
        to: Option<UserId>,
        reason: Option<&str>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = reason.map(|reason| self.clean(reason));
        let verb = |ticket: &mut Ticket, crew: &_| ticket.assign(by, to, reason.as_deref(), crew);
        self.change(id, Some(by), cause, "assign", verb, now).await
    }

    /// T12: hands it down.
    pub async fn deescalate(
        &self,
        id: TicketId,
        by: &Actor,
        descent: Descent,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let mut from = self.reader().await?;
        let events = store::events::of_ticket(&mut from, id).await?;
        drop(from);
        let sender = events.iter().rev().find_map(|event| match &event.what {
            What::Escalated { hand_over, .. } => Some((hand_over.by, hand_over.from)),
            _ => None,
        });
        let wish = Deescalation {
            to: descent.to,
            reason: self.clean(&descent.reason),
            remaining: self.clean(&descent.remaining),
            sender,
        };
        let verb = |ticket: &mut Ticket, crew: &_| ticket.deescalate(by, wish, crew);
        self.change(id, Some(by), cause, "deescalate", verb, now)
            .await
    }

    /// T16, T17: withdraws it, or ends what is no request.
    pub async fn cancel(
        &self,
        id: TicketId,
        by: &Actor,
        reason: Option<&str>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = reason.map(|reason| self.clean(reason));
        let verb = |ticket: &mut Ticket| ticket.cancel(by, reason.as_deref(), now);
        self.change_alone(id, Some(by), cause, "cancel", verb, now)
            .await
    }

    /// T15: the requester agrees that it is solved.
    pub async fn confirm(
        &self,
        id: TicketId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let verb = |ticket: &mut Ticket| ticket.confirm(by, now);
        self.change_alone(id, Some(by), cause, "confirm", verb, now)
            .await
    }

    /// Corrects how many are affected, and whether they can work.
    pub async fn reassess(
        &self,
        id: TicketId,
        by: &Actor,
        assessment: (Option<Impact>, Option<Urgency>),
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let (impact, urgency) = assessment;
        let verb = |ticket: &mut Ticket| ticket.reassess(by, impact, urgency);
        self.change_alone(id, Some(by), cause, "reassess", verb, now)
            .await
    }

    /// Corrects what it is about.
    pub async fn recategorise(
        &self,
        id: TicketId,
        by: &Actor,
        category: &'static Category,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let verb = |ticket: &mut Ticket| ticket.recategorise(by, category);
        self.change_alone(id, Some(by), cause, "reassess", verb, now)
            .await
    }

    /// Asks L3, or a lead, for leave to make a change.
    pub async fn ask_approval(
        &self,
        id: TicketId,
        by: &Actor,
        change: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let change = self.clean(change);
        let verb = |ticket: &mut Ticket| ticket.ask_approval(by, &change, now);
        self.change_alone(id, Some(by), cause, "ask_approval", verb, now)
            .await
    }

    /// Gives leave for a change, or says no and why.
    pub async fn answer_approval(
        &self,
        id: TicketId,
        by: &Actor,
        yes: bool,
        reason: Option<&str>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = reason.map(|reason| self.clean(reason));
        let verb = |ticket: &mut Ticket| ticket.answer_approval(by, yes, reason.as_deref());
        self.change_alone(id, Some(by), cause, "approve", verb, now)
            .await
    }

    /// The requester says how it went.
    pub async fn rate(
        &self,
        id: TicketId,
        by: &Actor,
        score: Score,
        comment: Option<&str>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let comment = comment.map(|comment| self.clean(comment));
        let verb = |ticket: &mut Ticket| ticket.rate(by, score, comment.as_deref(), now);
        self.change_alone(id, Some(by), cause, "rate", verb, now)
            .await
    }

    /// T14: it was not solved after all.
    pub async fn reopen(
        &self,
        id: TicketId,
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = self.clean(reason);
        let verb = |ticket: &mut Ticket, crew: &_| ticket.reopen(by, &reason, crew, now);
        self.change(id, Some(by), cause, "reopen", verb, now).await
    }

    /// The requester asks for a higher tier.
    pub async fn ask_escalation(
        &self,
        id: TicketId,
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = self.clean(reason);
        let verb = |ticket: &mut Ticket| ticket.ask_escalation(by, &reason, now);
        self.change_alone(id, Some(by), cause, "ask_escalation", verb, now)
            .await
    }

    /// Somebody wrote in a thread. In a ticket's own thread that can be an answer; anywhere else it means nothing. "Thanks!"
    /// under a resolved ticket reopens nothing: the requester is asked, once per resolution (`DOMAIN` 1.9).
    pub async fn heard(
        &self,
        thread: ChannelId,
        user: UserId,
        message: MessageId,
        text: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut from = self.reader().await?;
        let Some((id, _)) = store::tickets::of_thread(&mut from, thread).await? else {
            return Ok(());
        };
        let ticket = store::tickets::find(&mut from, id).await?;
        drop(from);
        let Some(ticket) = ticket.filter(|ticket| ticket.thread == Some(thread)) else {
            return Ok(());
        };
        if ticket.by_direct && ticket.requester == user {
            // The thread is awake again, and they are in it.
            let mut change = self.0.store.change().await?;
            store::direct::set(&mut change, ticket.id, false).await?;
            self.commit(change).await?;
        }
        self.heard_about(ticket, user, message, text, now).await
    }

    /// Somebody wrote about `ticket`, in its own thread or directly.
    pub(super) async fn heard_about(
        &self,
        mut ticket: Ticket,
        user: UserId,
        message: MessageId,
        text: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let id = ticket.id;
        if ticket.state == State::Merged {
            return self.copy(&ticket, user, message, text, now).await;
        }
        if ticket.state == State::Resolved && ticket.requester == user {
            return self.ask_whether_broken(&ticket, now).await;
        }
        // Most messages change nothing, and need no turn at the database.
        if ticket.heard(user, now).is_empty() {
            return Ok(());
        }
        let cause = Cause::message(message, "heard");
        let heard = |ticket: &mut Ticket| Ok(ticket.heard(user, now));
        let by = Actor::member(user, "");
        self.change_alone(id, Some(&by), &cause, "heard", heard, now)
            .await?;
        Ok(())
    }

    async fn ask_whether_broken(&self, ticket: &Ticket, now: Timestamp) -> Result<(), Error> {
        let resolved = ticket.resolved_at.map_or(0, Timestamp::as_millisecond);
        let cause = Cause::noticed(&format!("still-broken:{}:{resolved}", ticket.id));
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, &cause, now).await? {
            let ask = Errand::Say {
                to: Destination::Thread,
                notice: Notice::StillBroken,
                name: None,
            };
            let (guild, id) = (ticket.guild, Some(ticket.id));
            store::outbox::enqueue(&mut change, guild, id, None, &[ask], now).await?;
            self.commit(change).await?;
        }
        Ok(())
    }

    /// Who could be given `ticket` at its tier: everybody who holds it, with their load and whether they are at work, the
    /// next in turn first.
    pub async fn candidates(
        &self,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Result<Vec<Candidate>, Error> {
        let mut from = self.reader().await?;
        let crew = store::members::crew(&mut from, ticket.guild, ticket.id, now).await?;
        drop(from);
        let mut all: Vec<Candidate> = crew
            .holders
            .iter()
            .filter(|holder| {
                holder.tiers.contains(ticket.tier)
                    && holder.user != ticket.requester
                    && Some(holder.user) != ticket.assignee
            })
            .map(|holder| Candidate {
                user: holder.user,
                name: holder.name.clone(),
                load: holder.load,
                capacity: crew.rule(ticket.tier).capacity,
                away: holder.away_until.is_some(),
                on_duty: crew.on_duty(ticket.tier).any(|one| one.user == holder.user),
            })
            .collect();
        all.sort_by_key(|one| (!one.on_duty, one.load, one.user));
        Ok(all)
    }
}

/// Somebody who could be given a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub user: UserId,
    /// Their display name: hostile text.
    pub name: String,
    /// What they have to do, in units (`DOMAIN` 1.6).
    pub load: u32,
    /// How much they can have.
    pub capacity: u32,
    /// Whether they are away.
    pub away: bool,
    /// Whether they are at work.
    pub on_duty: bool,
}
