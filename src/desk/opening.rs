//! How a ticket is born: what is chosen beforehand, the limits, and the opening itself.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::ids::{AskId, Cause, DraftId, GuildId, TicketId, UserId};
use crate::domain::notice::{Destination, Notice};
use crate::domain::people::Actor;
use crate::domain::priority::{Impact, Urgency};
use crate::domain::refusal::{Expected, Limit, Refusal};
use crate::domain::ticket::{Code, Opening, Ticket};
use crate::store;
use crate::store::asks::Outcome;

use super::tickets::Search;

/// The span of the limit on openings, and of the guard against the same ticket twice (`SECURITY` A19, `DOMAIN` 1.10).
pub(super) const LATELY: SignedDuration = SignedDuration::from_mins(10);
/// The span of the daily limit, and of an answer that a ticket takes back (`DOMAIN` 1.16).
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What somebody has chosen so far, before a form can open: a form takes texts only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// At which desk.
    pub guild: Option<GuildId>,
    /// What it becomes.
    pub kind: DraftKind,
    /// A category's key.
    pub category: Option<String>,
    /// How many are affected.
    pub impact: Option<Impact>,
    /// Whether they can work.
    pub urgency: Option<Urgency>,
    /// One line.
    pub title: String,
    /// What happens.
    pub body: String,
    /// What was tried, the articles shown at L0 included.
    pub tried: String,
    /// The question it grew out of.
    pub ask: Option<AskId>,
    /// Whose trouble it is, where it is not the asker's own, and how they are called.
    pub requester: Option<(UserId, String)>,
    /// Who wrote the message that it quotes, where that was somebody else.
    pub author: Option<(UserId, String)>,
    /// What it would be split off from: the ticket in whose thread the message stands.
    pub within: Option<TicketId>,
    /// Its asker saw the open tickets that look like it and wants another one.
    pub anyway: bool,
    /// For a search: what is looked for.
    pub search: Option<Search>,
    /// What the file is called that was given with it.
    pub file: Option<String>,
    /// For a resolution: of which ticket.
    pub ticket: Option<TicketId>,
    /// For a resolution: how it ended.
    pub code: Option<Code>,
    /// For a resolution: which article answers it; empty for none.
    pub article: Option<String>,
}

/// What a draft becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftKind {
    /// A ticket.
    #[default]
    Open,
    /// A resolution.
    Resolve,
    /// A hand-over, for the reason that goes along: the draft's `body`.
    Escalate,
    /// A search, whose pages are turned.
    Search,
}

impl Desk {
    /// Keeps what `owner` has chosen so far.
    pub async fn keep_draft(
        &self,
        owner: UserId,
        draft: &Draft,
        now: Timestamp,
    ) -> Result<DraftId, Error> {
        let body = self.draft_text(draft)?;
        let mut change = self.0.store.change().await?;
        let id = store::drafts::insert(&mut change, owner, &body, now).await?;
        change.commit().await?;
        Ok(id)
    }

    /// What `owner` has chosen so far.
    pub async fn draft(&self, id: DraftId, owner: UserId) -> Result<Draft, Error> {
        let mut from = self.reader().await?;
        let Some(body) = store::drafts::find(&mut from, id, owner).await? else {
            return Err(Refusal::StaleButton.into());
        };
        serde_json::from_str(&body).map_err(|error| Error::Failed(error.into()))
    }

    /// Changes what `owner` has chosen.
    pub async fn change_draft(
        &self,
        id: DraftId,
        owner: UserId,
        draft: &Draft,
        now: Timestamp,
    ) -> Result<(), Error> {
        let body = self.draft_text(draft)?;
        let mut change = self.0.store.change().await?;
        if !store::drafts::update(&mut change, id, owner, &body, now).await? {
            return Err(Refusal::StaleButton.into());
        }
        change.commit().await?;
        Ok(())
    }

    fn draft_text(&self, draft: &Draft) -> Result<String, Error> {
        let clean = Draft {
            title: self.clean(&draft.title),
            body: self.clean(&draft.body),
            tried: self.clean(&draft.tried),
            file: draft.file.as_ref().map(|name| self.clean(name)),
            ..draft.clone()
        };
        serde_json::to_string(&clean).map_err(|error| Error::Failed(error.into()))
    }

    /// T1: opens a ticket. The question it grew out of, and every other of the last 24 hours, was not solved after all.
    pub async fn open(
        &self,
        opening: Opening,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        self.open_with(opening, None, by, cause, now).await
    }

    /// The same, and the files that were given with `draft` go with the ticket.
    pub async fn open_with(
        &self,
        opening: Opening,
        draft: Option<DraftId>,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let opening = Opening {
            title: one_line(&self.clean(&opening.title)),
            body: self.clean(&opening.body),
            tried: self.clean(&opening.tried),
            ..opening
        };
        if opening.title.chars().count() < Opening::TITLE_AT_LEAST {
            return Err(Refusal::BadInput {
                field: "title".to_owned(),
                expected: Expected::Text,
            }
            .into());
        }
        let asker = self.hashed(opening.requester);
        let mut change = self.0.store.change().await?;
        if !store::desk::is_set_up(&mut change, opening.guild).await? {
            return Err(Refusal::NotSetUp.into());
        }
        if !store::inbox::take(&mut change, cause, now).await? {
            // The same submission again: the ticket is there.
            let made = store::tickets::of_cause(&mut change, cause).await?;
            return made
                .ok_or_else(|| Error::Failed(anyhow::anyhow!("cause {cause:?} left no ticket")));
        }
        let text = (opening.title.as_str(), opening.body.as_str());
        let recent = store::tickets::recent(
            &mut change,
            opening.guild,
            opening.requester,
            text,
            now - LATELY,
            now - DAY,
        )
        .await?;
        if let Some(number) = recent.same {
            return Err(Refusal::AlreadyOpened { number }.into());
        }
        // The limits are for people who open for themselves.
        let own = opening.requester == by.user;
        if !own && !by.standing.staff() {
            return Err(Refusal::OnlyForYourself.into());
        }
        let reached = self.reached(&recent, now).filter(|_| own);
        if let Some((of, allowed, again_at)) = reached {
            let (guild, user) = (opening.guild, opening.requester);
            drop(change);
            self.warn_of_flood(guild, user, of, now).await?;
            return Err(Refusal::TooMany {
                of,
                allowed,
                again_at,
            }
            .into());
        }
        let (id, number) = store::tickets::next(&mut change, opening.guild).await?;
        let (mut ticket, mut happened) = Ticket::open(opening, id, number, now);
        self.promise(&mut ticket, now).await?;
        let part_of = self.join_running(&mut change, &mut ticket).await?;
        let part_of = part_of.map(|(major, joined)| {
            happened.extend(joined);
            major
        });
        let crew = store::members::crew(&mut change, ticket.guild, id, now).await?;
        happened.extend(ticket.offer_next(&crew, now));
        self.keep(
            &mut change,
            &mut ticket,
            happened,
            Some(by.user),
            cause,
            &crew,
            now,
        )
        .await?;
        if let Some(draft) = draft {
            self.take_files(&mut change, draft, &ticket, now).await?;
        }
        if let Some(ask) = ticket.ask {
            store::asks::settle(&mut change, ask, Outcome::None, now).await?;
        }
        store::asks::take_back(&mut change, &asker, now - DAY, now).await?;
        if let Some(major) = part_of {
            self.keep_joined(&mut change, major, &ticket, cause, now)
                .await?;
        }
        self.notice_crowd(&mut change, &ticket, now).await?;
        self.commit(change).await?;
        Ok(ticket)
    }

    fn reached(
        &self,
        recent: &store::tickets::Recent,
        now: Timestamp,
    ) -> Option<(Limit, u32, Option<Timestamp>)> {
        let limits = &self.0.limits;
        let checks = [
            (
                Limit::Openings,
                limits.openings_per_10_minutes,
                recent.lately,
                Some(now + LATELY),
            ),
            (
                Limit::OpeningsPerDay,
                limits.openings_per_day,
                recent.today,
                Some(now + DAY),
            ),
            (
                Limit::OpenTickets,
                limits.open_tickets_max,
                recent.open,
                None,
            ),
        ];
        checks
            .into_iter()
            .find_map(|(of, allowed, count, again_at)| {
                allowed
                    .filter(|most| count >= most.get())
                    .map(|most| (of, most.get(), again_at))
            })
    }

    /// Tells the leads, once an hour and person, that somebody runs into a limit.
    pub(super) async fn warn_of_flood(
        &self,
        guild: GuildId,
        user: UserId,
        limit: Limit,
        now: Timestamp,
    ) -> Result<(), Error> {
        let hour = now.as_second() / 3600;
        let cause = Cause::noticed(&format!("flood:{guild}:{user}:{limit:?}:{hour}"));
        let mut change = self.0.store.change().await?;
        if store::desk::is_set_up(&mut change, guild).await?
            && store::inbox::take(&mut change, &cause, now).await?
        {
            let notice = Notice::Flood { user, limit };
            let warning = Errand::Say {
                to: Destination::Leads,
                notice,
                name: None,
            };
            store::outbox::enqueue(&mut change, guild, None, None, &[warning], now).await?;
            self.commit(change).await?;
        }
        Ok(())
    }
}

pub(super) fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(Opening::TITLE_AT_MOST).collect()
}
