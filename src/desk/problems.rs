//! Problems: opened, linked, moved on, and what follows for their incidents. They change in `Desk::change_problem`, a door
//! of their own; a link is an event of the ticket too, in the same transaction.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::errand;
use crate::domain::errand::problem::{ask_whether_gone, tell_of_the_end, tell_the_owner};
use crate::domain::ids::{Cause, GuildId, ProblemId, ProblemNumber, TicketId, UserId};
use crate::domain::people::Actor;
use crate::domain::problem::{
    Amendment, Beginning, Problem, ProblemEvent, ProblemRefusal, ProblemState, ProblemWhat,
    Workaround,
};
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::ticket::Ticket;
use crate::domain::tier::Tier;
use crate::kb::ArticleId;
use crate::store::problems::Counted;
use crate::store::{self, Change};

/// Problems on one page of the list.
const PAGE: u32 = 10;

/// Incidents that are shown with a problem.
const INCIDENTS: u32 = 20;

/// What is done to a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemAct {
    /// A ticket is an incident of it, or is not after all.
    Link {
        /// Which.
        ticket: TicketId,
        /// Whether it is.
        linked: bool,
    },
    /// It moves on.
    Amend(ProblemChange),
    /// Somebody has it too.
    MeToo {
        /// On which server they say so; none in a direct message.
        guild: Option<GuildId>,
    },
    /// It was resolved, and an incident is still there.
    StillThere {
        /// Which.
        ticket: TicketId,
    },
}

/// What is to change about a problem, as somebody asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemChange {
    /// Where it goes.
    pub state: Option<ProblemState>,
    /// The article that helps meanwhile.
    pub article: Option<String>,
    /// What helps meanwhile, where there is no article.
    pub workaround: Option<String>,
    /// What was found out.
    pub note: Option<String>,
    /// Who looks after it.
    pub owner: Option<UserId>,
}

/// A problem with everything that is shown of it.
#[derive(Clone, Debug)]
pub struct ProblemShown {
    /// The problem, and how many it concerns.
    pub counted: Counted,
    /// Its incidents, the newest first; those that the asker may not see among them.
    pub incidents: Vec<Ticket>,
    /// What happened to it.
    pub events: Vec<ProblemEvent>,
}

/// One page of the problems.
#[derive(Clone, Debug)]
pub struct ProblemPage {
    /// The problems, the last changed first.
    pub problems: Vec<Counted>,
    /// Which page, from 1.
    pub page: u32,
    /// Of how many, at least 1.
    pub pages: u32,
    /// How many there are in all.
    pub total: u32,
}

impl Desk {
    /// Opens a problem, with its first incidents.
    pub async fn open_problem(
        &self,
        beginning: Beginning,
        tickets: &[TicketId],
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Problem, Error> {
        let action = "problem_create";
        let guild = beginning.guild;
        let title = self.clean(&beginning.title);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let beginning = Beginning {
            title: title.chars().take(Beginning::TITLE_AT_MOST).collect(),
            known: self.clean(&beginning.known).trim().to_owned(),
            ..beginning
        };
        if beginning.title.chars().count() < Beginning::TITLE_AT_LEAST {
            let (field, expected) = ("title".to_owned(), Expected::Text);
            return Err(Refusal::BadInput { field, expected }.into());
        }
        let mut change = self.0.store.change().await?;
        if !store::inbox::take(&mut change, cause, now).await? {
            let made = store::problems::of_cause(&mut change, cause).await?;
            return made
                .ok_or_else(|| Error::Failed(anyhow::anyhow!("cause {cause:?} left no problem")));
        }
        let (id, number) = store::problems::next(&mut change, guild).await?;
        let (mut problem, mut happened) = match Problem::open(beginning, id, number, by, now) {
            Ok(opened) => opened,
            Err(refusal) => {
                drop(change);
                self.audit(guild, by.user, action, None, &refusal, now)
                    .await?;
                return Err(refusal.into());
            }
        };
        // The row has to be there before anything points to it.
        let events = problem.record(std::mem::take(&mut happened), Some(by.user), now);
        store::problems::save(&mut change, &problem, &events, cause).await?;
        for ticket in tickets {
            happened.extend(
                self.link_incident(&mut change, &problem, *ticket, true, by, cause, now)
                    .await?,
            );
        }
        let events = problem.record(happened, Some(by.user), now);
        store::problems::save(&mut change, &problem, &events, cause).await?;
        self.commit(change).await?;
        Ok(problem)
    }

    /// The one door to a problem that is there: does `act`, puts down what happened, and enqueues what follows, all in one
    /// transaction. A `cause` that was processed before changes nothing.
    pub async fn change_problem(
        &self,
        id: ProblemId,
        by: &Actor,
        act: ProblemAct,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Problem, Error> {
        let action = match &act {
            ProblemAct::Link { linked: true, .. } => "problem_link",
            ProblemAct::Link { linked: false, .. } => "problem_unlink",
            ProblemAct::Amend(_) => "problem_update",
            ProblemAct::MeToo { .. } => "problem_me_too",
            ProblemAct::StillThere { .. } => "problem_still_there",
        };
        let mut change = self.0.store.change().await?;
        let Some(mut problem) = store::problems::find(&mut change, id).await? else {
            return Err(Refusal::StaleButton.into());
        };
        if !store::inbox::take(&mut change, cause, now).await? {
            return Ok(problem);
        }
        let done = self.act(&mut change, &mut problem, by, act, cause, now);
        let happened = match done.await {
            Ok(happened) => happened,
            Err(Error::Refused(refusal)) => {
                drop(change);
                self.audit(problem.guild, by.user, action, None, &refusal, now)
                    .await?;
                return Err(refusal.into());
            }
            Err(failed) => return Err(failed),
        };
        let events = problem.record(happened, Some(by.user), now);
        store::problems::save(&mut change, &problem, &events, cause).await?;
        let ended = |event: &ProblemEvent| matches!(event.what, ProblemWhat::Moved { to, .. } if to == ProblemState::Resolved);
        if events.iter().any(ended) {
            self.ask_about_incidents(&mut change, &problem, now).await?;
        }
        self.commit(change).await?;
        Ok(problem)
    }

    async fn act(
        &self,
        change: &mut Change,
        problem: &mut Problem,
        by: &Actor,
        act: ProblemAct,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Vec<ProblemWhat>, Error> {
        match act {
            ProblemAct::Link { ticket, linked } => {
                self.link_incident(change, problem, ticket, linked, by, cause, now)
                    .await
            }
            ProblemAct::Amend(wish) => {
                let wish = self.amendment(problem.guild, wish).await?;
                Ok(problem.amend(by, wish)?)
            }
            ProblemAct::MeToo { guild } => {
                if guild.is_some_and(|guild| guild != problem.guild) {
                    return Err(Refusal::StaleButton.into());
                }
                let people = store::problems::people(change, problem.id).await?;
                let happened = problem.me_too(people.contains(&by.user))?;
                store::problems::me_too(change, problem.id, by.user, now).await?;
                Ok(happened)
            }
            ProblemAct::StillThere { ticket } => {
                let linked = store::problems::linked(change, problem.id, ticket).await?;
                let ticket = self.incident(change, ticket, problem.guild).await?;
                let happened = problem.still_there(&ticket, linked)?;
                let tell = tell_the_owner(problem, ticket.number, by.user);
                store::outbox::enqueue(change, problem.guild, None, None, &[tell], now).await?;
                Ok(happened)
            }
        }
    }

    /// A link is an event of both: of the problem, which gets it from here, and of the ticket, which is changed here.
    #[expect(
        clippy::too_many_arguments,
        reason = "one transaction's worth of facts; a struct would be used once"
    )]
    async fn link_incident(
        &self,
        change: &mut Change,
        problem: &Problem,
        ticket: TicketId,
        linked: bool,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Vec<ProblemWhat>, Error> {
        let mut ticket = self.incident(change, ticket, problem.guild).await?;
        let of_ticket = ticket.link_problem(by, problem.number, linked)?;
        let was = store::problems::linked(change, problem.id, ticket.id).await?;
        let happened = if linked {
            problem.link(&ticket, was)?
        } else {
            problem.unlink(&ticket, was)?
        };
        store::problems::link(change, problem.id, ticket.id, linked, now).await?;
        let crew = store::members::crew(change, ticket.guild, ticket.id, now).await?;
        let by = Some(by.user);
        self.keep(change, &mut ticket, of_ticket, by, cause, &crew, now)
            .await?;
        Ok(happened)
    }

    async fn incident(
        &self,
        change: &mut Change,
        ticket: TicketId,
        guild: GuildId,
    ) -> Result<Ticket, Error> {
        let found = store::tickets::find(change, ticket).await?;
        let here = found.filter(|ticket| ticket.guild == guild);
        here.ok_or_else(|| Refusal::StaleButton.into())
    }

    async fn amendment(&self, guild: GuildId, wish: ProblemChange) -> Result<Amendment, Error> {
        let workaround = match (wish.article, wish.workaround) {
            (Some(id), _) => {
                let Some(found) = self.kb().article(&ArticleId::new(id.clone())) else {
                    return Err(Refusal::NoSuchArticle { typed: id }.into());
                };
                let title = found.title.clone();
                Some(Workaround::Article { id, title })
            }
            (None, Some(text)) if text.trim().is_empty() => {
                return Err(Refusal::NothingSaid.into());
            }
            (None, Some(text)) => Some(Workaround::Text {
                text: self.clean(text.trim()),
            }),
            (None, None) => None,
        };
        let owner = match wish.owner {
            Some(user) => {
                let staff = self.staff(guild).await?;
                let senior = staff.iter().any(|(known, standing)| {
                    *known == user
                        && (standing.lead || standing.tiers.iter().any(|tier| tier >= Tier::L2))
                });
                Some((user, senior))
            }
            None => None,
        };
        Ok(Amendment {
            state: wish.state,
            workaround,
            note: wish.note.map(|note| self.clean(&note)),
            owner,
        })
    }

    async fn ask_about_incidents(
        &self,
        change: &mut Change,
        problem: &Problem,
        now: Timestamp,
    ) -> Result<(), Error> {
        let guild = problem.guild;
        for id in store::problems::tickets(change, problem.id, u32::MAX).await? {
            let ticket = store::tickets::find(change, id).await?;
            if let Some(ticket) = ticket.filter(|ticket| ticket.state.active()) {
                let ask: Vec<errand::Errand> = ask_whether_gone(problem, &ticket);
                store::outbox::enqueue(change, guild, Some(id), None, &ask, now).await?;
            }
        }
        let people = store::problems::people(change, problem.id).await?;
        let tell = tell_of_the_end(problem, &people);
        store::outbox::enqueue(change, guild, None, None, &tell, now).await?;
        Ok(())
    }

    /// The problem of that number.
    pub async fn problem(&self, guild: GuildId, number: ProblemNumber) -> Result<Problem, Error> {
        let mut from = self.reader().await?;
        let found = store::problems::numbered(&mut from, guild, number).await?;
        found.ok_or_else(|| Refusal::from(ProblemRefusal::Unknown).into())
    }

    /// The problem of that number, with its incidents and what happened to it.
    pub async fn problem_shown(
        &self,
        guild: GuildId,
        number: ProblemNumber,
    ) -> Result<ProblemShown, Error> {
        let problem = self.problem(guild, number).await?;
        let mut from = self.reader().await?;
        let (tickets, people) = store::problems::counts(&mut from, problem.id).await?;
        let mut incidents = Vec::new();
        for id in store::problems::tickets(&mut from, problem.id, INCIDENTS).await? {
            incidents.extend(store::tickets::find(&mut from, id).await?);
        }
        let events = store::problems::events(&mut from, problem.id).await?;
        Ok(ProblemShown {
            counted: Counted {
                problem,
                tickets,
                people,
            },
            incidents,
            events,
        })
    }

    /// A page of the problems: those that are not over, or all of them.
    pub async fn problems(
        &self,
        guild: GuildId,
        over: bool,
        page: u32,
    ) -> Result<ProblemPage, Error> {
        let page = page.max(1);
        let mut from = self.reader().await?;
        let offset = (page - 1).saturating_mul(PAGE);
        let (problems, total) = store::problems::page(&mut from, guild, over, PAGE, offset).await?;
        Ok(ProblemPage {
            problems,
            page,
            pages: total.div_ceil(PAGE).max(1),
            total,
        })
    }

    /// The problems that a ticket is an incident of, the newest first.
    pub async fn problems_of(&self, ticket: TicketId) -> Result<Vec<Problem>, Error> {
        let mut from = self.reader().await?;
        Ok(store::problems::of_ticket(&mut from, ticket).await?)
    }

    /// How many said "me too".
    pub async fn people_with(&self, problem: ProblemId) -> Result<u32, Error> {
        let mut from = self.reader().await?;
        Ok(store::problems::counts(&mut from, problem).await?.1)
    }

    /// Problems that fit what somebody has typed so far: their numbers and titles.
    pub async fn suggest_problems(
        &self,
        guild: GuildId,
        typed: &str,
    ) -> Result<Vec<(ProblemNumber, String)>, Error> {
        let typed = typed.trim().to_lowercase();
        let mut from = self.reader().await?;
        let (all, _) = store::problems::page(&mut from, guild, true, 200, 0).await?;
        let named = all.into_iter().map(|one| one.problem);
        let mut found: Vec<(ProblemNumber, String)> = named
            .map(|problem| (problem.number, problem.title))
            .filter(|(number, title)| format!("{number} {title}").to_lowercase().contains(&typed))
            .collect();
        found.truncate(25);
        Ok(found)
    }
}
