//! The verbs, and how tickets are read. What the asker may not see looks like what does not exist.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Desk, Error};
use crate::domain::event::Event;
use crate::domain::handover::HandOverTexts;
use crate::domain::ids::{Cause, ChannelId, GuildId, Number, TicketId, UserId};
use crate::domain::people::Actor;
use crate::domain::priority::Priority;
use crate::domain::refusal::{Limit, Refusal};
use crate::domain::rules::{Verb, granted};
use crate::domain::ticket::{ArticleNote, Ending, EscalateChoice, State, Ticket};
use crate::domain::tier::{Tier, TierSet};
use crate::store::{self, lists::Filter};

/// So many misses within [`MISSES_WITHIN`] end guessing for as long (`SECURITY` A11).
const MISSES_AT_MOST: u32 = 10;
const MISSES_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// Tickets on one page of a list.
const PAGE: u32 = 10;

/// Suggestions for a ticket that somebody types.
const SUGGESTIONS: u32 = 25;

/// Which tickets to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those opened for the asker.
    Own,
    /// Those that the asker has or is offered.
    Mine,
    /// Active ones at a tier.
    AtTier(Tier),
    /// All active ones that the asker may see.
    Active,
}

/// What is looked for. Everything that is filled in must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Search {
    /// Words that stand in the title, in the text, or in the requester's name.
    pub text: String,
    /// Only what the asker opened, or was added to.
    pub own: bool,
    /// Only what the asker has or is offered.
    pub mine: bool,
    /// At this tier.
    pub tier: Option<Tier>,
    /// In this state.
    pub state: Option<State>,
    /// Of this priority.
    pub priority: Option<Priority>,
    /// Opened so many days ago or later.
    pub within_days: Option<u16>,
    /// Opened longer ago than so many days.
    pub older_than_days: Option<u16>,
}

/// So many words of a search count.
const WORDS_AT_MOST: usize = 8;

/// One tier at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Which.
    pub tier: Tier,
    /// Nobody works on them yet.
    pub waiting: u32,
    /// Since when the oldest of those has been open.
    pub oldest: Option<Timestamp>,
    /// Somebody works on them.
    pub in_progress: u32,
    /// The requester or a vendor owes an answer.
    pub waiting_for_others: u32,
    /// P1 and P2 among all of these.
    pub urgent: u32,
    /// How much each can have.
    pub capacity: u32,
    /// Who is at work there, and what each has to do, in units (`DOMAIN` 1.6).
    pub on_duty: Vec<(UserId, u32)>,
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// The tickets, the most urgent and oldest first.
    pub tickets: Vec<Ticket>,
    /// Which page, from 1.
    pub page: u32,
    /// Of how many, at least 1.
    pub pages: u32,
    /// How many tickets there are in all.
    pub total: u32,
}

impl Desk {
    /// T3: takes it out of the queue.
    pub async fn claim(
        &self,
        id: TicketId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        self.change_alone(
            id,
            Some(by),
            cause,
            "claim",
            |ticket| ticket.claim(by, now),
            now,
        )
        .await
    }

    /// T4: takes what was offered or handed over.
    pub async fn accept(
        &self,
        id: TicketId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        self.change_alone(
            id,
            Some(by),
            cause,
            "accept",
            |ticket| ticket.accept(by, now),
            now,
        )
        .await
    }

    /// T11b: sends a hand-over back.
    pub async fn reject(
        &self,
        id: TicketId,
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let reason = self.clean(reason);
        self.change(
            id,
            Some(by),
            cause,
            "reject",
            |ticket, crew| ticket.reject(by, &reason, crew, now),
            now,
        )
        .await
    }

    /// T11: hands it over to a higher tier.
    pub async fn escalate(
        &self,
        id: TicketId,
        by: &Actor,
        texts: HandOverTexts,
        choice: EscalateChoice,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let texts = HandOverTexts {
            summary: self.clean(&texts.summary),
            tried: self.clean(&texts.tried),
            findings: self.clean(&texts.findings),
            asked: self.clean(&texts.asked),
            told: self.clean(&texts.told),
        };
        let choice = EscalateChoice {
            reason: choice.reason.map(|reason| self.clean(&reason)),
            ..choice
        };
        let verb = |ticket: &mut Ticket, crew: &_| ticket.escalate(by, texts, choice, crew, now);
        self.change(id, Some(by), cause, "escalate", verb, now)
            .await
    }

    /// T13: ends it. An article that is linked must be in the knowledge base.
    pub async fn resolve(
        &self,
        id: TicketId,
        by: &Actor,
        ending: Ending,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let article = match ending.article {
            ArticleNote::Linked { id, .. } => {
                let found = self.kb().article(&crate::kb::ArticleId::new(id.clone()));
                let Some(found) = found else {
                    return Err(Refusal::NoSuchArticle { typed: id }.into());
                };
                ArticleNote::Linked {
                    id,
                    title: found.title.clone(),
                    internal: found.tier.is_some(),
                }
            }
            ArticleNote::Draft => ArticleNote::Draft,
            ArticleNote::None { reason } => ArticleNote::None {
                reason: self.clean(&reason),
            },
        };
        let ending = Ending {
            code: ending.code,
            text: self.clean(&ending.text),
            article,
            lesson: ending.lesson.map(|lesson| self.clean(&lesson)),
            reason: ending.reason.map(|reason| self.clean(&reason)),
        };
        let verb = |ticket: &mut Ticket| ticket.resolve(by, ending, now);
        self.change_alone(id, Some(by), cause, "resolve", verb, now)
            .await
    }

    /// The ticket of that number, if `by` may see it.
    pub async fn ticket(
        &self,
        guild: GuildId,
        number: Number,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let mut from = self.reader().await?;
        let ticket = store::tickets::numbered(&mut from, guild, number).await?;
        drop(from);
        self.visible(ticket, guild, number, by, now).await
    }

    /// The ticket of that internal id, if `by` may see it: for buttons in direct messages, where no desk is given.
    pub async fn ticket_by_id(
        &self,
        id: TicketId,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let mut from = self.reader().await?;
        let ticket = store::tickets::find(&mut from, id).await?;
        drop(from);
        let Some(ticket) = ticket else {
            return Err(Refusal::StaleButton.into());
        };
        let (guild, number) = (ticket.guild, ticket.number);
        self.visible(Some(ticket), guild, number, by, now).await
    }

    async fn visible(
        &self,
        ticket: Option<Ticket>,
        guild: GuildId,
        number: Number,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let action = "view";
        let refusal = Refusal::NoSuchTicket { number };
        let mut from = self.reader().await?;
        let since = now - MISSES_WITHIN;
        let misses = store::audit::count(&mut from, by.user, action, refusal.kind(), since).await?;
        drop(from);
        let seen = ticket.filter(|ticket| {
            granted(Verb::View, ticket, by).is_some()
                || can_claim(ticket, by)
                || watches(ticket, by)
        });
        match seen {
            // Who has guessed too often is told the same for every number for a while, their own tickets excepted.
            Some(ticket)
                if misses < MISSES_AT_MOST
                    || ticket.requester == by.user
                    || by.standing.staff() =>
            {
                Ok(ticket)
            }
            _ => {
                self.audit(guild, by.user, action, None, &refusal, now)
                    .await?;
                if misses + 1 == MISSES_AT_MOST {
                    self.warn_of_flood(guild, by.user, Limit::Guesses, now)
                        .await?;
                }
                Err(refusal.into())
            }
        }
    }

    /// Whose thread or staff thread that is.
    pub async fn ticket_in(&self, thread: ChannelId) -> Result<Option<(TicketId, Number)>, Error> {
        let mut from = self.reader().await?;
        Ok(store::tickets::of_thread(&mut from, thread).await?)
    }

    /// What happened to `ticket`, in order.
    pub async fn events(&self, ticket: &Ticket) -> Result<Vec<Event>, Error> {
        let mut from = self.reader().await?;
        Ok(store::events::of_ticket(&mut from, ticket.id).await?)
    }

    /// A page of tickets. Who is not on the desk sees only their own, whatever was asked for.
    pub async fn tickets(
        &self,
        guild: GuildId,
        by: &Actor,
        which: Which,
        page: u32,
    ) -> Result<Page, Error> {
        let filter = filter(by, which);
        let page = page.max(1);
        let mut from = self.reader().await?;
        let offset = (page - 1).saturating_mul(PAGE);
        let (tickets, total) = store::lists::page(&mut from, guild, &filter, PAGE, offset).await?;
        Ok(Page {
            tickets,
            page,
            pages: total.div_ceil(PAGE).max(1),
            total,
        })
    }

    /// A page of what fits `search`, among what `by` may see.
    pub async fn search(
        &self,
        guild: GuildId,
        by: &Actor,
        search: &Search,
        page: u32,
        now: Timestamp,
    ) -> Result<Page, Error> {
        let days = |days: u16| now - SignedDuration::from_hours(24 * i64::from(days));
        let staff = by.standing.staff();
        let filter = Filter {
            taking_part: (!staff || search.own).then_some(by.user),
            assignee: search.mine.then_some(by.user),
            tiers: search.tier.map(|tier| TierSet::NONE.with(tier)),
            // What somebody opened, or has, they see wherever it is.
            seen: visible(by).filter(|_| staff && !search.own),
            open_to: Some(by.user),
            state: search.state,
            priority: search.priority,
            since: search.within_days.map(days),
            before: search.older_than_days.map(days),
            words: search
                .text
                .split_whitespace()
                .take(WORDS_AT_MOST)
                .map(str::to_owned)
                .collect(),
            ..Filter::default()
        };
        let page = page.max(1);
        let mut from = self.reader().await?;
        let offset = (page - 1).saturating_mul(PAGE);
        let (tickets, total) = store::lists::page(&mut from, guild, &filter, PAGE, offset).await?;
        Ok(Page {
            tickets,
            page,
            pages: total.div_ceil(PAGE).max(1),
            total,
        })
    }

    /// Every tier at a glance: what waits, what is worked on, and who is at work.
    pub async fn queues(&self, guild: GuildId, now: Timestamp) -> Result<Vec<Queue>, Error> {
        let mut from = self.reader().await?;
        let standings = store::tickets::standings(&mut from, guild).await?;
        // No ticket is meant: who declined what plays no part.
        let crew = store::members::crew(&mut from, guild, TicketId(0), now).await?;
        Ok(Tier::ALL
            .into_iter()
            .map(|tier| {
                let here = || standings.iter().filter(|one| one.tier == tier);
                let sum = |states: &[State]| {
                    here()
                        .filter(|one| states.contains(&one.state))
                        .map(|one| one.count)
                        .sum()
                };
                let waiting = [State::New, State::Assigned];
                Queue {
                    tier,
                    waiting: sum(&waiting),
                    oldest: here()
                        .filter(|one| waiting.contains(&one.state))
                        .map(|one| one.oldest)
                        .min(),
                    in_progress: sum(&[State::InProgress]),
                    waiting_for_others: sum(&[State::WaitingUser, State::WaitingVendor]),
                    urgent: here().map(|one| one.urgent).sum(),
                    capacity: crew.rule(tier).capacity,
                    on_duty: crew
                        .on_duty(tier)
                        .map(|holder| (holder.user, holder.load))
                        .collect(),
                }
            })
            .collect())
    }

    /// Tickets that fit what somebody has typed so far: own ones, and for staff those that they work on or could.
    pub async fn suggest(
        &self,
        guild: GuildId,
        by: &Actor,
        typed: &str,
    ) -> Result<Vec<(Number, String)>, Error> {
        let typed = typed.trim().to_lowercase();
        let mut found: Vec<(Number, String)> = Vec::new();
        let lists: &[Which] = if by.standing.staff() {
            &[Which::Mine, Which::Active, Which::Own]
        } else {
            &[Which::Own]
        };
        let mut from = self.reader().await?;
        for which in lists {
            let (tickets, _) =
                store::lists::page(&mut from, guild, &filter(by, *which), 200, 0).await?;
            for ticket in tickets {
                let fits = format!("{} {}", ticket.number, ticket.title)
                    .to_lowercase()
                    .contains(&typed);
                if fits && !found.iter().any(|(number, _)| *number == ticket.number) {
                    found.push((ticket.number, ticket.title));
                }
            }
        }
        found.truncate(SUGGESTIONS as usize);
        Ok(found)
    }
}

/// A confidential ticket in the queue is seen by those who may claim it: they must know what they take.
fn can_claim(ticket: &Ticket, by: &Actor) -> bool {
    use crate::domain::rules::permit;
    permit(Verb::Claim, ticket, by).is_ok() || permit(Verb::Accept, ticket, by).is_ok()
}

/// Whoever of the staff watches a ticket goes on seeing it when it leaves their tier, and can end watching it.
fn watches(ticket: &Ticket, by: &Actor) -> bool {
    !ticket.confidential && by.standing.staff() && ticket.watchers.contains(&by.user)
}

fn filter(by: &Actor, which: Which) -> Filter {
    let own = Filter {
        taking_part: Some(by.user),
        ..Filter::default()
    };
    if !by.standing.staff() {
        return own;
    }
    let visible = visible(by);
    match which {
        Which::Own => Filter {
            requester: Some(by.user),
            ..Filter::default()
        },
        Which::Mine => Filter {
            assignee: Some(by.user),
            active: true,
            ..Filter::default()
        },
        Which::AtTier(tier) => {
            let asked = TierSet::NONE.with(tier);
            let tiers = visible.map_or(asked, |visible| {
                visible.iter().filter(|held| *held == tier).collect()
            });
            Filter {
                tiers: Some(tiers),
                active: true,
                open_to: Some(by.user),
                ..Filter::default()
            }
        }
        Which::Active => Filter {
            tiers: visible,
            active: true,
            open_to: Some(by.user),
            ..Filter::default()
        },
    }
}

/// The tiers whose tickets `by` may see; all of them for a lead. L1 sees its own tier; the higher ones see theirs and those
/// below.
fn visible(by: &Actor) -> Option<TierSet> {
    let highest = by.standing.tiers.highest();
    (!by.standing.lead).then(|| {
        Tier::ALL
            .into_iter()
            .filter(|tier| Some(*tier) <= highest)
            .collect()
    })
}
