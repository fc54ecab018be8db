//! Two tickets at once: merged, parted again, split, related, followed up; and what looks like one that is open already.

use jiff::{SignedDuration, Timestamp};

use super::opening::LATELY;
use super::{Desk, Error, override_reason};
use crate::domain::errand::Errand;
use crate::domain::event::What;
use crate::domain::ids::{Cause, DraftId, MessageId, Number, TicketId, UserId};
use crate::domain::notice::{Destination, Notice};
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, granted};
use crate::domain::similar::{SAME_MATTER, likeness};
use crate::domain::ticket::{MERGE_SETTLES_AFTER, Opening, Origin, State, Ticket};
use crate::store;
use crate::store::links::Tie;

/// How far back a ticket of the same person may lie to be taken for the same matter (`DOMAIN` 1.10).
const SIMILAR_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 7);

/// So many of them are shown.
const SIMILAR_SHOWN: usize = 3;

/// An open ticket of the same person that looks like the one they are about to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// Its id.
    pub id: TicketId,
    /// Its number.
    pub number: Number,
    /// Its title: hostile text.
    pub title: String,
}

impl Desk {
    /// Open tickets of the same person, in the same category, with a title like `opening`'s, of the last 7 days; the most
    /// alike first.
    pub async fn similar(&self, opening: &Opening, now: Timestamp) -> Result<Vec<Similar>, Error> {
        let mut from = self.reader().await?;
        let open = store::links::active_of(
            &mut from,
            opening.guild,
            opening.requester,
            opening.category.key,
            now - SIMILAR_WITHIN,
        )
        .await?;
        // The very same words a moment ago are one submission that was sent twice: opening it says so.
        let twice = open.iter().any(|(_, _, title, body, opened)| {
            *title == opening.title && *body == opening.body && now < *opened + LATELY
        });
        if twice {
            return Ok(Vec::new());
        }
        let mut alike: Vec<(f64, Similar)> = open
            .into_iter()
            .map(|(id, number, title, ..)| {
                let likeness = likeness(&title, &opening.title);
                (likeness, Similar { id, number, title })
            })
            .filter(|(likeness, _)| *likeness >= SAME_MATTER)
            .collect();
        alike.sort_by(|one, other| other.0.total_cmp(&one.0));
        Ok(alike
            .into_iter()
            .take(SIMILAR_SHOWN)
            .map(|(_, similar)| similar)
            .collect())
    }

    /// Adds to a ticket what its requester would else have opened another one for; the files that were given with `draft`
    /// go along.
    pub async fn add_to(
        &self,
        id: TicketId,
        draft: DraftId,
        by: &Actor,
        text: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let text = self.clean(text);
        let mut change = self.0.store.change().await?;
        let found = store::tickets::find(&mut change, id).await?;
        let mut ticket = found.ok_or(Refusal::StaleButton)?;
        if !store::inbox::take(&mut change, cause, now).await? {
            return Ok(ticket);
        }
        let happened = match ticket.add(by, &text, now) {
            Ok(happened) => happened,
            Err(refusal) => {
                drop(change);
                self.audit(ticket.guild, by.user, "add", Some(id), &refusal, now)
                    .await?;
                return Err(refusal.into());
            }
        };
        let crew = store::members::crew(&mut change, ticket.guild, id, now).await?;
        let user = Some(by.user);
        self.keep(&mut change, &mut ticket, happened, user, cause, &crew, now)
            .await?;
        self.take_files(&mut change, draft, &ticket, now).await?;
        self.commit(change).await?;
        Ok(ticket)
    }

    /// The tickets that `ticket` belongs to in some way, as far as `by` may see them.
    pub async fn ties(&self, ticket: &Ticket, by: &Actor) -> Result<Vec<(Tie, Number)>, Error> {
        let mut from = self.reader().await?;
        let mut ties = Vec::new();
        for (tie, id, number) in store::links::of(&mut from, ticket.id).await? {
            let other = store::tickets::find(&mut from, id).await?;
            if other.is_some_and(|other| granted(Verb::View, &other, by).is_some()) {
                ties.push((tie, number));
            }
        }
        Ok(ties)
    }

    /// T18: `id` becomes part of `into`. Both change in one transaction.
    pub async fn merge(
        &self,
        id: TicketId,
        into: TicketId,
        by: &Actor,
        reason: Option<&str>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(Ticket, Ticket), Error> {
        let reason = reason.map(|reason| self.clean(reason));
        let verb = |source: &mut Ticket, target: &mut Ticket, crew: &_| {
            let happened = source.merge_into(target, by, reason.as_deref(), now)?;
            Ok((happened, target.absorb(source, crew)))
        };
        self.change_two((id, into), by, cause, "merge", verb, now)
            .await
    }

    /// T19: undoes a merge.
    pub async fn unmerge(
        &self,
        id: TicketId,
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = self.clean(reason);
        let mut from = self.reader().await?;
        let merged = store::tickets::find(&mut from, id).await?;
        drop(from);
        let Some(into) = merged
            .and_then(|ticket| ticket.merged)
            .map(|merged| merged.into)
        else {
            // It is not merged: the rules say so in the ticket's own words.
            let verb = |ticket: &mut Ticket, crew: &_| ticket.unmerge(by, &reason, crew, now);
            return self.change(id, Some(by), cause, "unmerge", verb, now).await;
        };
        let verb = |source: &mut Ticket, target: &mut Ticket, crew: &_| {
            let happened = source.unmerge(by, &reason, crew, now)?;
            Ok((happened, target.part(source)))
        };
        let (source, _) = self
            .change_two((id, into), by, cause, "unmerge", verb, now)
            .await?;
        Ok(source)
    }

    /// Says that two tickets are related, or no more. Gives whether they are now.
    pub async fn relate(
        &self,
        id: TicketId,
        other: TicketId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut from = self.reader().await?;
        let on = id == other || !store::links::related(&mut from, id, other).await?;
        drop(from);
        let verb = |one: &mut Ticket, other: &mut Ticket, _: &_| {
            Ok((one.relate(by, other, on)?, Vec::new()))
        };
        self.change_two((id, other), by, cause, "relate", verb, now)
            .await?;
        Ok(on)
    }

    /// A matter of `id` becomes a ticket of its own, for the same requester.
    pub async fn split(
        &self,
        id: TicketId,
        by: &Actor,
        title: &str,
        body: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let texts = (title, body);
        let verb = |source: &mut Ticket, id, number| source.split_off(by, id, number);
        self.grow(id, by, texts, Origin::Split, verb, cause, now)
            .await
    }

    /// The trouble of the closed ticket `id` is back: another ticket follows it.
    pub async fn follow_up(
        &self,
        id: TicketId,
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let verb = |source: &mut Ticket, id, number| source.follow_up(by, id, number);
        self.grow(id, by, ("", reason), Origin::FollowUp, verb, cause, now)
            .await
    }

    /// A new ticket that comes from `id`. Without a title it has the old one's. It takes the same transaction.
    #[expect(clippy::too_many_arguments, reason = "the two verbs above share it")]
    async fn grow(
        &self,
        id: TicketId,
        by: &Actor,
        (title, body): (&str, &str),
        origin: Origin,
        verb: impl FnOnce(&mut Ticket, TicketId, Number) -> Result<Vec<What>, Refusal>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let (title, body) = (self.clean(title.trim()), self.clean(body.trim()));
        let mut change = self.0.store.change().await?;
        let Some(mut source) = store::tickets::find(&mut change, id).await? else {
            return Err(Error::Failed(anyhow::anyhow!(
                "there is no ticket with the internal id {id}"
            )));
        };
        if !store::inbox::take(&mut change, cause, now).await? {
            let made = store::tickets::of_cause(&mut change, cause).await?;
            return Ok(made.unwrap_or(source));
        }
        let (new_id, number) = store::tickets::next(&mut change, source.guild).await?;
        let happened = match verb(&mut source, new_id, number) {
            Ok(happened) if body.is_empty() => {
                drop(happened);
                return Err(Refusal::NothingSaid.into());
            }
            Ok(happened) => happened,
            Err(refusal) => {
                drop(change);
                self.audit(source.guild, by.user, "link", Some(id), &refusal, now)
                    .await?;
                return Err(refusal.into());
            }
        };
        let opening = Opening {
            guild: source.guild,
            requester: source.requester,
            requester_name: source.requester_name.clone(),
            title: if title.is_empty() {
                source.title.clone()
            } else {
                super::opening::one_line(&title)
            },
            body,
            tried: source.tried.clone(),
            category: source.category(),
            impact: source.impact,
            urgency: source.urgency,
            ask: None,
        };
        let (mut made, mut born) = Ticket::open(opening, new_id, number, now);
        self.promise(&mut made, now).await?;
        made.confidential = source.confidential;
        born.push(What::GrewFrom {
            ticket: source.id,
            number: source.number,
            origin,
        });
        let crew = store::members::crew(&mut change, made.guild, new_id, now).await?;
        born.extend(made.offer_next(&crew, now));
        let by = Some(by.user);
        self.keep(&mut change, &mut made, born, by, cause, &crew, now)
            .await?;
        let told = cause.also(source.id);
        self.keep(&mut change, &mut source, happened, by, &told, &crew, now)
            .await?;
        self.commit(change).await?;
        Ok(made)
    }

    /// The door for what changes two tickets: both or neither.
    async fn change_two(
        &self,
        (first, second): (TicketId, TicketId),
        by: &Actor,
        cause: &Cause,
        action: &str,
        verb: impl FnOnce(
            &mut Ticket,
            &mut Ticket,
            &crate::domain::roster::Crew,
        ) -> Result<(Vec<What>, Vec<What>), Refusal>,
        now: Timestamp,
    ) -> Result<(Ticket, Ticket), Error> {
        let mut change = self.0.store.change().await?;
        let one = store::tickets::find(&mut change, first).await?;
        let other = store::tickets::find(&mut change, second).await?;
        let (Some(mut one), Some(mut other)) = (one, other) else {
            return Err(Error::Failed(anyhow::anyhow!(
                "one of the tickets {first} and {second} is not there"
            )));
        };
        if one.guild != other.guild {
            let number = other.number;
            return Err(Refusal::NoSuchTicket { number }.into());
        }
        if !store::inbox::take(&mut change, cause, now).await? {
            return Ok((one, other));
        }
        let crew = store::members::crew(&mut change, other.guild, second, now).await?;
        let (happened, elsewhere) = match verb(&mut one, &mut other, &crew) {
            Ok(happened) => happened,
            Err(refusal) => {
                drop(change);
                self.audit(one.guild, by.user, action, Some(first), &refusal, now)
                    .await?;
                return Err(refusal.into());
            }
        };
        let reason = happened.iter().find_map(override_reason).map(str::to_owned);
        let user = Some(by.user);
        self.keep(&mut change, &mut one, happened, user, cause, &crew, now)
            .await?;
        let told = cause.also(second);
        self.keep(&mut change, &mut other, elsewhere, user, &told, &crew, now)
            .await?;
        self.put_override(&mut change, &one, Some(by), action, reason.as_deref(), now)
            .await?;
        self.commit(change).await?;
        Ok((one, other))
    }

    /// Somebody still writes in the thread of a ticket that was merged: within a day it is copied to where it goes on, and
    /// counts as said there.
    pub(super) async fn copy(
        &self,
        source: &Ticket,
        user: UserId,
        message: MessageId,
        text: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Some(merged) = source
            .merged
            .as_ref()
            .filter(|merged| now < merged.at + MERGE_SETTLES_AFTER)
        else {
            return Ok(());
        };
        let cause = Cause::message(message, "copied");
        let mut change = self.0.store.change().await?;
        let Some(mut target) = store::tickets::find(&mut change, merged.into).await? else {
            return Ok(());
        };
        if target.state == State::Merged || !store::inbox::take(&mut change, &cause, now).await? {
            return Ok(());
        }
        let copied = Errand::Say {
            to: Destination::Thread,
            notice: Notice::Copied {
                by: user,
                number: source.number,
                text: self.clean(text),
            },
            name: None,
        };
        let (guild, id) = (target.guild, Some(target.id));
        store::outbox::enqueue(&mut change, guild, id, None, &[copied], now).await?;
        let happened = target.heard(user, now);
        let crew = store::members::crew(&mut change, guild, target.id, now).await?;
        let by = Some(user);
        self.keep(&mut change, &mut target, happened, by, &cause, &crew, now)
            .await?;
        self.commit(change).await
    }
}
