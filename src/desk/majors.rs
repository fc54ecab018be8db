//! Major incidents: declared, kept current, ended, reviewed. They change in `Desk::change_major`, a door of their own; that a
//! ticket is part of one is an event of the ticket too, in the same transaction.

use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error};
use crate::domain::errand::major;
use crate::domain::event::What;
use crate::domain::ids::{Cause, GuildId, MajorId, MajorNumber, TicketId, UserId};
use crate::domain::major::{Declaration, Major, MajorRefusal, MajorState, MajorWhat, Review};
use crate::domain::people::Actor;
use crate::domain::problem::refuse_juniors;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::rules::{Verb, permit};
use crate::domain::ticket::{Opening, Ticket};
use crate::kb::likeness;
use crate::store::{self, Change};

/// A broadcast waits for so long: a second one that follows at once takes its place, so that a slip of the pen is read by
/// nobody.
const COALESCED_WITHIN: SignedDuration = SignedDuration::from_secs(10);

/// So alike a ticket is to the incident that it is part of, where both are about one category: they share the word for what is
/// broken. Less than elsewhere, since something is known to be broken, and who finds it wrong takes the ticket out again.
const PART_OF: f64 = 0.15;

/// What is done to a major incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MajorAct {
    /// Says what is new, and who coordinates, writes, and keeps the timeline from now on.
    Update {
        /// What is new.
        status: Option<String>,
        /// Who does what from now on.
        roles: [Option<UserId>; 3],
    },
    /// A ticket is part of it, or is not.
    Part {
        /// Which.
        ticket: TicketId,
        /// Whether it is.
        part: bool,
    },
    /// Somebody wants to be told.
    Subscribe {
        /// On which server they say so; none in a direct message.
        guild: Option<GuildId>,
    },
    /// It is over.
    Resolve {
        /// What is said of it.
        status: String,
    },
    /// What was learned.
    Review(Review),
}

impl Desk {
    /// Declares a major incident, with the tickets that showed it.
    pub async fn declare_major(
        &self,
        declaration: Declaration,
        tickets: &[TicketId],
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Major, Error> {
        let guild = declaration.guild;
        let title = self.clean(&declaration.title);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let declaration = Declaration {
            title: title.chars().take(Opening::TITLE_AT_MOST).collect(),
            status: self.clean(&declaration.status),
            ..declaration
        };
        if declaration.title.chars().count() < Opening::TITLE_AT_LEAST {
            let (field, expected) = ("title".to_owned(), Expected::Text);
            return Err(Refusal::BadInput { field, expected }.into());
        }
        let mut change = self.0.store.change().await?;
        if !store::inbox::take(&mut change, cause, now).await? {
            let made = store::majors::of_cause(&mut change, cause).await?;
            return made
                .ok_or_else(|| Error::Failed(anyhow::anyhow!("cause {cause:?} left no incident")));
        }
        let runs = store::majors::running(&mut change, guild).await?;
        let same = runs
            .iter()
            .find(|one| one.major.category == declaration.category.key);
        let running = same.map(|one| one.major.number);
        let ids = store::majors::next(&mut change, guild).await?;
        let declared = Major::declare(declaration, running, ids, by, now);
        let (mut major, happened) = match declared {
            Ok(declared) => declared,
            Err(refusal) => {
                drop(change);
                let action = "major_declare";
                self.audit(guild, by.user, action, None, &refusal, now)
                    .await?;
                return Err(refusal.into());
            }
        };
        let events = major.record(happened, Some(by.user), now);
        store::majors::save(&mut change, &major, &events, cause).await?;
        let mut joined = Vec::new();
        for id in tickets {
            // Those that were solved or are confidential by now stay what they are.
            if let Some(ticket) = store::tickets::find(&mut change, *id).await?
                && ticket.state.active()
                && !ticket.confidential
                && ticket.major.is_none()
            {
                joined.extend(
                    self.part(&mut change, &major, ticket, true, Some(by.user), cause, now)
                        .await?,
                );
            }
        }
        let events = major.record(joined, Some(by.user), now);
        store::majors::save(&mut change, &major, &events, cause).await?;
        for work in [major::declared(&major), vec![major::room(&major)]] {
            store::outbox::enqueue(&mut change, guild, None, None, &work, now).await?;
        }
        store::majors::remind(&mut change, major.id, major.reminds_at(now)).await?;
        self.commit(change).await?;
        Ok(major)
    }

    /// The one door to a major incident that is there.
    pub async fn change_major(
        &self,
        id: MajorId,
        by: &Actor,
        act: MajorAct,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Major, Error> {
        let action = match &act {
            MajorAct::Update { .. } => "major_update",
            MajorAct::Part { .. } => "major_part",
            MajorAct::Subscribe { .. } => "major_subscribe",
            MajorAct::Resolve { .. } => "major_resolve",
            MajorAct::Review(_) => "major_review",
        };
        let mut change = self.0.store.change().await?;
        let Some(mut major) = store::majors::find(&mut change, id).await? else {
            return Err(Refusal::StaleButton.into());
        };
        if !store::inbox::take(&mut change, cause, now).await? {
            return Ok(major);
        }
        let done = self.do_to_major(&mut change, &mut major, by, act, cause, now);
        let happened = match done.await {
            Ok(happened) => happened,
            Err(Error::Refused(refusal)) => {
                drop(change);
                self.audit(major.guild, by.user, action, None, &refusal, now)
                    .await?;
                return Err(refusal.into());
            }
            Err(failed) => return Err(failed),
        };
        let events = major.record(happened, Some(by.user), now);
        store::majors::save(&mut change, &major, &events, cause).await?;
        for event in &events {
            self.follow_major(&mut change, &major, &event.what, cause, now)
                .await?;
        }
        self.commit(change).await?;
        Ok(major)
    }

    async fn do_to_major(
        &self,
        change: &mut Change,
        major: &mut Major,
        by: &Actor,
        act: MajorAct,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Vec<MajorWhat>, Error> {
        match act {
            MajorAct::Update { status, roles } => {
                let status = status.map(|status| self.clean(&status));
                Ok(major.update(by, status.as_deref(), roles, now)?)
            }
            MajorAct::Part { ticket, part } => {
                refuse_juniors(by)?;
                major.must_be(MajorState::Running)?;
                let found = store::tickets::find(change, ticket).await?;
                let found = found.filter(|ticket| ticket.guild == major.guild);
                let ticket = found.ok_or(Refusal::StaleButton)?;
                permit(Verb::View, &ticket, by)?;
                self.part(change, major, ticket, part, Some(by.user), cause, now)
                    .await
            }
            MajorAct::Subscribe { guild } => {
                if guild.is_some_and(|guild| guild != major.guild) {
                    return Err(Refusal::StaleButton.into());
                }
                let subscribers = store::majors::subscribers(change, major.id).await?;
                let happened = major.subscribe(subscribers.contains(&by.user))?;
                store::majors::subscribe(change, major.id, by.user, now).await?;
                Ok(happened)
            }
            MajorAct::Resolve { status } => {
                let status = self.clean(&status);
                Ok(major.resolve(by, &status, now)?)
            }
            MajorAct::Review(review) => {
                let review = Review {
                    cause: self.clean(&review.cause),
                    timeline: self.clean(&review.timeline),
                    actions: self.clean(&review.actions),
                };
                Ok(major.close(by, review)?)
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one transaction's worth of facts; a struct would be used once"
    )]
    async fn part(
        &self,
        change: &mut Change,
        major: &Major,
        mut ticket: Ticket,
        part: bool,
        by: Option<UserId>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Vec<MajorWhat>, Error> {
        let number = ticket.number;
        let (of_ticket, happened) = if part {
            let joined = ticket.join_major(major)?;
            (joined, MajorWhat::Joined { ticket: number })
        } else {
            let left = ticket.leave_major(major, false)?;
            (left, MajorWhat::Left { ticket: number })
        };
        self.keep_part(change, &mut ticket, major, of_ticket, by, cause, now)
            .await?;
        Ok(vec![happened])
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one transaction's worth of facts; a struct would be used once"
    )]
    async fn keep_part(
        &self,
        change: &mut Change,
        ticket: &mut Ticket,
        major: &Major,
        happened: Vec<What>,
        by: Option<UserId>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        let crew = store::members::crew(change, ticket.guild, ticket.id, now).await?;
        let joined = ticket.major == Some(major.id);
        self.keep(change, ticket, happened, by, cause, &crew, now)
            .await?;
        if joined {
            let told = [major::joined(major)];
            let (guild, id) = (ticket.guild, Some(ticket.id));
            store::outbox::enqueue(change, guild, id, None, &told, now).await?;
        }
        Ok(())
    }

    async fn follow_major(
        &self,
        change: &mut Change,
        of: &Major,
        what: &MajorWhat,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut work = Vec::new();
        match what {
            MajorWhat::Updated { .. } => {
                self.broadcast(change, of, now).await?;
                work.extend(major::redrawn(of));
            }
            MajorWhat::Staffed { .. } => work.extend(major::redrawn(of)),
            MajorWhat::Resolved { .. } => {
                self.broadcast(change, of, now).await?;
                self.release_parts(change, of, cause, now).await?;
                work.extend(major::redrawn(of));
                work.push(major::ask_for_review(of));
            }
            MajorWhat::Reviewed { .. } => {
                work.extend(major::redrawn(of));
                work.extend(major::reviewed(of));
            }
            MajorWhat::Declared
            | MajorWhat::Joined { .. }
            | MajorWhat::Left { .. }
            | MajorWhat::Subscribed => return Ok(()),
        }
        store::outbox::enqueue(change, of.guild, None, None, &work, now).await?;
        store::majors::remind(change, of.id, of.reminds_at(now)).await?;
        Ok(())
    }

    /// One broadcast: into the thread of each ticket that is part of it, and to those who want to be told and read it in no
    /// thread. What was to be said before and is not said yet is taken back.
    async fn broadcast(
        &self,
        change: &mut Change,
        of: &Major,
        now: Timestamp,
    ) -> Result<(), Error> {
        store::majors::withdraw_news(change, of.id).await?;
        let (guild, due) = (of.guild, now + COALESCED_WITHIN);
        let mut told = Vec::new();
        for id in store::majors::parts(change, of.id).await? {
            let ticket = store::tickets::find(change, id).await?;
            if let Some(ticket) = ticket.filter(|ticket| ticket.state.active()) {
                told.push(ticket.requester);
                let news = [major::news_for_ticket(of, &ticket)];
                store::outbox::enqueue(change, guild, Some(id), None, &news, due).await?;
            }
        }
        let people = store::majors::subscribers(change, of.id).await?;
        let others = people.into_iter().filter(|user| !told.contains(user));
        let news: Vec<_> = others
            .map(|user| major::news_for_person(of, user))
            .collect();
        store::outbox::enqueue(change, guild, None, None, &news, due).await?;
        Ok(())
    }

    /// It is over: its tickets are on their own again, and whoever works on one is asked whether that is solved too.
    async fn release_parts(
        &self,
        change: &mut Change,
        of: &Major,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        for id in store::majors::parts(change, of.id).await? {
            let Some(mut ticket) = store::tickets::find(change, id).await? else {
                continue;
            };
            let left = ticket.leave_major(of, true)?;
            self.keep_part(change, &mut ticket, of, left, None, cause, now)
                .await?;
            if ticket.state.active() {
                let ask = major::ask_whether_over(of, &ticket);
                store::outbox::enqueue(change, of.guild, Some(id), None, &ask, now).await?;
            }
        }
        Ok(())
    }

    /// `ticket` is being opened: it is part of what runs about its category and reads alike.
    pub(super) async fn join_running(
        &self,
        change: &mut Change,
        ticket: &mut Ticket,
    ) -> Result<Option<(Major, Vec<What>)>, Error> {
        if ticket.confidential {
            return Ok(None);
        }
        let running = store::majors::running(change, ticket.guild).await?;
        let fits = |one: &store::majors::Running| {
            let like = |title: &String| likeness(title, &ticket.title) >= PART_OF;
            one.major.category == ticket.category && one.titles.iter().any(like)
        };
        let Some(found) = running.into_iter().find(fits) else {
            return Ok(None);
        };
        let joined = ticket.join_major(&found.major)?;
        Ok(Some((found.major, joined)))
    }

    /// It was opened as part of `of`: the incident knows it, and its requester reads where things stand.
    pub(super) async fn keep_joined(
        &self,
        change: &mut Change,
        mut of: Major,
        ticket: &Ticket,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        let told = [major::joined(&of)];
        let (guild, id) = (ticket.guild, Some(ticket.id));
        store::outbox::enqueue(change, guild, id, None, &told, now).await?;
        let ticket = ticket.number;
        let events = of.record(vec![MajorWhat::Joined { ticket }], None, now);
        store::majors::save(change, &of, &events, cause).await?;
        Ok(())
    }

    /// The incident of that number; without one, the only one that runs.
    pub async fn major(&self, guild: GuildId, number: Option<MajorNumber>) -> Result<Major, Error> {
        let mut from = self.reader().await?;
        let Some(number) = number else {
            let mut running = store::majors::running(&mut from, guild).await?;
            return match (running.pop(), running.is_empty()) {
                (Some(only), true) => Ok(only.major),
                _ => Err(Refusal::from(MajorRefusal::Which).into()),
            };
        };
        let found = store::majors::numbered(&mut from, guild, number).await?;
        found.ok_or_else(|| Refusal::from(MajorRefusal::Unknown).into())
    }

    /// What runs on `guild` now.
    pub async fn majors(&self, guild: GuildId) -> Result<Vec<Major>, Error> {
        let known = self.known(guild).await?;
        Ok(known.majors.iter().map(|one| one.major.clone()).collect())
    }

    /// Reminds of what is owed, each once.
    pub(super) async fn remind_of_majors(&self, now: Timestamp) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let due = store::majors::due(&mut from, now).await?;
        drop(from);
        for (id, generation) in &due {
            let mut change = self.0.store.change().await?;
            // Somebody may have said something just now.
            if store::majors::generation(&mut change, *id).await? != Some(*generation) {
                continue;
            }
            let Some(of) = store::majors::find(&mut change, *id).await? else {
                continue;
            };
            let work: Vec<_> = major::reminded(&of).into_iter().collect();
            store::outbox::enqueue(&mut change, of.guild, None, None, &work, now).await?;
            store::majors::remind(&mut change, *id, of.reminds_at(now)).await?;
            self.commit(change).await?;
        }
        Ok(due.len())
    }
}
