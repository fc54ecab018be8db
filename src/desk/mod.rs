//! What the desk does: one transaction per verb.
//!
//! Tickets are born in [`Desk::open`] and change only in `Desk::change`, the one door. Inside a transaction nothing but
//! the store is awaited, never the network. To be read in this order: this file, `tickets` (the verbs and how tickets are
//! read), `course`, `links`, `lead`, `circle`, `vendors`, `opening`, `asking`, `walks`, `people`, `articles` with `publishing`, `learning` and `before`, `problems`, `majors`,
//! `record` (what is kept of the talk), `recap` (what a thread says that is made again), `direct` (the talk without a thread),
//! `setup`, `duty` and `shifts` (whose turn it is), `due`, `waiting` and `unmoved` (what time does).

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::Notify;

use crate::config::Limits;
use crate::domain::article::ArticleDraft;
use crate::domain::errand;
use crate::domain::event::{Event, What};
use crate::domain::ids::{Cause, GuildId, TicketId, UserId};
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::roster::Crew;
use crate::domain::rungs::Run;
use crate::domain::ticket::{ArticleNote, State, Ticket};
use crate::kb::Kb;
use crate::store::batch::Writes;
use crate::store::timers::{Kind, Setting};
use crate::store::{self, Batch, Change, Reads, Step, Store};

mod articles;
mod asking;
mod before;
mod board;
mod circle;
mod clocks;
mod course;
mod crowds;
mod current;
mod digests;
mod direct;
mod due;
mod duty;
mod error;
mod lead;
mod learning;
mod lines;
mod links;
mod majors;
mod opening;
mod people;
mod plan;
mod policies;
mod problems;
mod publishing;
mod recalc;
mod recap;
mod record;
pub mod redact;
mod reports;
mod setup;
mod shifts;
mod tickets;
mod timing;
mod unmoved;
mod vendors;
mod waiting;
mod walks;

pub use articles::{ArticlePage, ArticleTexts};
pub use asking::{Asked, Settled};
pub use board::BOARD_EVERY;
pub use clocks::Clockwork;
pub use course::{Candidate, Descent};
pub use current::Current;
pub use due::OVERDUE_AFTER;
pub use duty::{DutyChange, TierAtWork};
pub use error::Error;
pub use lead::{Moved, Whose};
pub use learning::{ArticleState, GapPage, Helped, Leaning};
pub use links::Similar;
pub use majors::MajorAct;
pub use opening::{Draft, DraftKind};

pub use plan::{Plan, PlanFault, PlannedHours, read_plan};
pub use policies::{PlanDone, PlanPreview, Version};
pub use problems::{ProblemAct, ProblemChange, ProblemPage, ProblemShown};
pub use publishing::{Decided, Proof};
pub use recalc::{DueMove, Recalc};
pub use record::{Fetched, Record};
pub use reports::{OneReported, OpenedIn, Reported, Wanted};
pub use setup::{Planned, SetUpPlan};
pub use shifts::{AHEAD_DAYS, SHIFT_NAME, Swapped};
pub use tickets::{Page, Queue, Search, Which};
pub use vendors::{NewCase, VendorRecord};
pub use walks::{Path, Walking};

use redact::Redactor;

/// The desk. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    store: Store,
    kb: Kb,
    limits: Limits,
    redactor: Redactor,
    lately: people::Lately,
    shelf: clocks::Shelf,
    /// Told after each commit that left work behind: the outbox waits for it.
    work: Notify,
    /// Told when a timer was set: the timers' loop waits for it.
    timers: Notify,
    /// Told when files were given or taken back: their loop waits for it.
    files: Notify,
}

impl Desk {
    /// A desk over `store` that answers from `kb`. What `redactor` knows as secret is never kept.
    pub fn new(store: Store, kb: Kb, limits: Limits, redactor: Redactor) -> Self {
        Self(Arc::new(Inner {
            store,
            kb,
            limits,
            redactor,
            lately: people::Lately::default(),
            shelf: clocks::Shelf::default(),
            work: Notify::new(),
            timers: Notify::new(),
            files: Notify::new(),
        }))
    }

    /// The knowledge base.
    pub fn kb(&self) -> &Kb {
        &self.0.kb
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Waits for work on Discord that was enqueued since the last time.
    pub async fn work(&self) {
        self.0.work.notified().await;
    }

    /// Waits for a timer that was set since the last time.
    pub async fn timers_moved(&self) {
        self.0.timers.notified().await;
    }

    /// Puts down that a rule was overridden, where it was, and why.
    async fn put_override(
        &self,
        change: &mut impl Writes,
        ticket: &Ticket,
        by: Option<&Actor>,
        action: &str,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Error> {
        if let (Some(by), Some(reason)) = (by, reason) {
            let line = store::audit::Line {
                guild: Some(ticket.guild),
                actor: by.user,
                action,
                ticket: Some(ticket.id),
                outcome: "done",
                reason: Some(reason),
            };
            store::audit::put(change, &line, now).await?;
        }
        Ok(())
    }

    /// The one door: does `verb` to the ticket, puts down what happened, and enqueues what follows, all in one
    /// transaction. A `cause` that was processed before changes nothing and gives the ticket as it is.
    async fn change(
        &self,
        id: TicketId,
        by: Option<&Actor>,
        cause: &Cause,
        action: &str,
        verb: impl FnOnce(&mut Ticket, &Crew) -> Result<Vec<What>, Refusal>,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let step = self.0.store.step(id, cause, Reads::Crew, now).await?;
        self.take(step, (id, by, cause, action), verb, now).await
    }

    /// The same door, for a verb that asks nothing about the crew: it is read only if what follows from the verb needs it.
    async fn change_alone(
        &self,
        id: TicketId,
        by: Option<&Actor>,
        cause: &Cause,
        action: &str,
        verb: impl FnOnce(&mut Ticket) -> Result<Vec<What>, Refusal>,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let step = self.0.store.step(id, cause, Reads::Ticket, now).await?;
        let verb = |ticket: &mut Ticket, _: &Crew| verb(ticket);
        self.take(step, (id, by, cause, action), verb, now).await
    }

    /// Takes a step that was begun.
    async fn take(
        &self,
        step: Step,
        (id, by, cause, action): (TicketId, Option<&Actor>, &Cause, &str),
        verb: impl FnOnce(&mut Ticket, &Crew) -> Result<Vec<What>, Refusal>,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let (mut change, read) = (step.change, step.crew.is_some());
        let mut crew = step.crew.unwrap_or_default();
        let Some(mut ticket) = step.ticket else {
            return Err(Error::Failed(anyhow::anyhow!(
                "there is no ticket with the internal id {id}"
            )));
        };
        if !step.taken {
            return Ok(ticket);
        }
        let was = ticket.clone();
        let happened = match verb(&mut ticket, &crew) {
            Ok(happened) => happened,
            Err(refusal) => {
                drop(change);
                if let Some(by) = by {
                    self.audit(ticket.guild, by.user, action, Some(id), &refusal, now)
                        .await?;
                }
                return Err(refusal.into());
            }
        };
        let reason = happened.iter().find_map(override_reason).map(str::to_owned);
        // The leads are mentioned where a clock ran out until now.
        let late = ticket.clocks.may_be_late(now);
        if !read && (late || errand::asks_for_crew(&happened)) {
            crew = store::members::crew(&mut change, ticket.guild, id, now).await?;
        }
        let mut writes = Batch::default();
        let user = by.map(|by| by.user);
        self.collect(
            &mut writes,
            &mut ticket,
            Some(&was),
            happened,
            user,
            cause,
            &crew,
            now,
        )
        .await?;
        self.put_override(&mut writes, &ticket, by, action, reason.as_deref(), now)
            .await?;
        change.commit_with(writes).await?;
        self.tell();
        Ok(ticket)
    }

    /// Writes down what happened to `ticket` and everything that follows from it.
    #[expect(
        clippy::too_many_arguments,
        reason = "one transaction's worth of facts; a struct would be used once"
    )]
    async fn keep(
        &self,
        change: &mut Change,
        ticket: &mut Ticket,
        happened: Vec<What>,
        by: Option<UserId>,
        cause: &Cause,
        crew: &Crew,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut writes = Batch::default();
        self.collect(&mut writes, ticket, None, happened, by, cause, crew, now)
            .await?;
        change.send(writes).await?;
        Ok(())
    }

    /// Collects what is to be written down, to be sent at once. What is as it was in `was`, as this change found it, is not
    /// written again.
    #[expect(
        clippy::too_many_arguments,
        reason = "one transaction's worth of facts; a struct would be used once"
    )]
    async fn collect(
        &self,
        change: &mut Batch,
        ticket: &mut Ticket,
        was: Option<&Ticket>,
        happened: Vec<What>,
        by: Option<UserId>,
        cause: &Cause,
        crew: &Crew,
        now: Timestamp,
    ) -> Result<(), Error> {
        let before = ticket.clocks.clone();
        let ran_out = self.ran_out(ticket, now).await?;
        if happened.is_empty() && ran_out.is_empty() {
            return Ok(());
        }
        let mut events = ticket.record(ran_out, None, now);
        events.extend(ticket.record(happened, by, now));
        let mut timers = Setting::default();
        if was.is_none_or(|was| moves_clocks(ticket, was))
            && let Some((reading, ran_out)) = self.stand(ticket, now).await?
        {
            events.extend(ticket.record(ran_out, None, now));
            if ticket.clocks.standings != before.standings {
                timers.all(Kind::Clock, store::clocks::timers(&reading.ahead));
            }
        }
        if !crew.holders.is_empty() {
            ticket.hurry(crew, now);
        }
        let accept_by = self.time_offer(ticket, &events, now).await?;
        store::tickets::save(change, ticket, was).await?;
        store::events::append(change, ticket.id, &events, cause).await?;
        let parted = |event: &Event| {
            matches!(
                event.what,
                What::MajorJoined { .. } | What::MajorLeft { .. }
            )
        };
        if events.iter().any(parted) {
            store::majors::set_part(change, ticket.id, ticket.major).await?;
        }
        let work = errand::errands(ticket, &events, crew);
        let last = events.last().map(|event| event.seq);
        store::outbox::enqueue(change, ticket.guild, Some(ticket.id), last, &work, now).await?;
        store::cards::want(change, ticket, now).await?;
        self.keep_for_the_day(change, ticket, &events, now).await?;
        self.set_waits(change, &mut timers, ticket, &events, now)
            .await?;
        if was.is_none_or(|was| was.ladder != ticket.ladder) {
            let due = ticket.ladder.run.as_ref().and_then(Run::due);
            timers.one(Kind::Ladder, due);
        }
        let ended = was.map(ends);
        for (place, (kind, at)) in ends(ticket).into_iter().enumerate() {
            if ended.is_none_or(|ended| ended[place].1 != at) {
                timers.one(kind, at);
            }
        }
        if let Some(accept_by) = accept_by {
            timers.one(Kind::Accept, accept_by);
        }
        timers.put(change, ticket.id).await?;
        for event in &events {
            store::links::put(change, ticket.id, event).await?;
            if let What::Resolved {
                article: ArticleNote::Draft,
                text,
                ..
            } = &event.what
            {
                let by = event.by.unwrap_or(ticket.requester);
                let draft = ArticleDraft::of_resolution(ticket, text, by, now);
                store::articles::begin(change, &draft).await?;
            }
            if let What::Offered { to, .. } = event.what {
                store::members::offered(change, ticket, to, now).await?;
            }
        }
        Ok(())
    }

    /// `text` without secrets: before anything is stored, logged, or sent on.
    fn clean(&self, text: &str) -> String {
        self.0.redactor.redact(text).text
    }

    /// What secrets stand in `texts`, which somebody typed: to tell them what the desk left out.
    pub fn secrets_in<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a str>,
    ) -> Vec<redact::SecretKind> {
        let mut kinds = Vec::new();
        for text in texts {
            for kind in self.0.redactor.redact(text).kinds {
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
        }
        kinds
    }

    /// Work on Discord was enqueued, or may be tried again.
    pub fn wake(&self) {
        self.0.work.notify_one();
    }

    /// Commits, and wakes those who do what was asked for.
    async fn commit(&self, change: Change) -> Result<(), Error> {
        change.commit().await?;
        self.tell();
        Ok(())
    }

    /// Wakes those who do what a change asked for.
    fn tell(&self) {
        self.0.work.notify_one();
        self.0.timers.notify_one();
    }

    /// Puts down that `actor` was refused before anything was asked of a ticket: a role is missing.
    pub async fn refused(
        &self,
        guild: GuildId,
        actor: UserId,
        action: &str,
        refusal: &Refusal,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.audit(guild, actor, action, None, refusal, now).await
    }

    /// Puts down that `actor` was refused, with the real reason. A refusal is worth a line, never worth a failure of the
    /// answer: what cannot be written is logged.
    async fn audit(
        &self,
        guild: GuildId,
        actor: UserId,
        action: &str,
        ticket: Option<TicketId>,
        refusal: &Refusal,
        now: Timestamp,
    ) -> Result<(), Error> {
        let outcome = refusal.kind();
        let line = store::audit::Line {
            guild: Some(guild),
            actor,
            action,
            ticket,
            outcome,
            reason: None,
        };
        let mut change = self.0.store.change().await?;
        store::audit::put(&mut change, &line, now).await?;
        change.commit().await?;
        Ok(())
    }
}

/// Whether the clocks of `ticket` may stand otherwise than they did in `was`: something happened to one of them, or one goes by
/// other promises. What ran out only by time was put down before.
fn moves_clocks(ticket: &Ticket, was: &Ticket) -> bool {
    let by = |ticket: &Ticket| (ticket.priority, ticket.major);
    ticket.clocks != was.clocks || ticket.category != was.category || by(ticket) != by(was)
}

/// When what comes after the resolution is due.
fn ends(ticket: &Ticket) -> [(Kind, Option<Timestamp>); 3] {
    let close_at = ticket
        .window_ends_at()
        .filter(|_| ticket.state == State::Resolved);
    [
        (Kind::Close, close_at),
        (Kind::Rating, ticket.asks_for_rating_at()),
        (Kind::Lock, ticket.locks_at()),
    ]
}

/// The reason that somebody gave for overriding a rule, where they had to.
fn override_reason(what: &What) -> Option<&str> {
    match what {
        What::Escalated { reason, .. }
        | What::Resolved { reason, .. }
        | What::Merged { reason, .. } => reason.as_deref(),
        What::PrioritySet { reason, .. }
        | What::Extended { reason }
        | What::BreachWaived { reason, .. }
        | What::Unmerged { reason, .. } => Some(reason),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
