//! Articles that are being written: read, changed, dropped. How they are published is told in `publishing`.

use jiff::Timestamp;

use super::publishing::unchanged;
use super::{Desk, Error};
use crate::domain::article::{ArticleDraft, DraftName, Stage};
use crate::domain::ids::{Cause, GuildId, TicketId};
use crate::domain::people::Actor;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::ticket::Opening;
use crate::store::{self, Change};

/// Drafts on one page.
const PAGE: u32 = 10;

/// What somebody makes of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleTexts {
    /// One line.
    pub title: String,
    /// One line: what it helps with.
    pub summary: String,
    /// Everything else, in Markdown.
    pub body: String,
}

/// One page of drafts.
#[derive(Clone, Debug)]
pub struct ArticlePage {
    /// What was changed last first.
    pub drafts: Vec<ArticleDraft>,
    /// Which page, from 1.
    pub page: u32,
    /// Of how many, at least 1.
    pub pages: u32,
    /// How many there are in all.
    pub total: u32,
}

impl Desk {
    /// The draft of that name.
    pub async fn article_draft(
        &self,
        guild: GuildId,
        name: DraftName,
    ) -> Result<ArticleDraft, Error> {
        let mut from = self.reader().await?;
        let draft = store::articles::find(&mut from, guild, name).await?;
        being_written(draft, name).map_err(Error::from)
    }

    /// A page of all that is being written.
    pub async fn article_drafts(&self, guild: GuildId, page: u32) -> Result<ArticlePage, Error> {
        let page = page.max(1);
        let mut from = self.reader().await?;
        let offset = (page - 1).saturating_mul(PAGE);
        let (drafts, total) = store::articles::page(&mut from, guild, PAGE, offset).await?;
        Ok(ArticlePage {
            drafts,
            page,
            pages: total.div_ceil(PAGE).max(1),
            total,
        })
    }

    /// Writes at it: whoever was to read it reads it anew. `seen` is the version that was written at: what somebody else wrote
    /// meanwhile is not overwritten.
    pub async fn write_article(
        &self,
        (guild, name): (GuildId, DraftName),
        by: &Actor,
        texts: &ArticleTexts,
        seen: i64,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let line = |text: &str| {
            let text = self.clean(text);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (title, summary) = (line(&texts.title), line(&texts.summary));
        let body = self.clean(&texts.body).trim().to_owned();
        if title.chars().count() < Opening::TITLE_AT_LEAST {
            let (field, expected) = ("title".to_owned(), Expected::Text);
            return Err(Refusal::BadInput { field, expected }.into());
        }
        if body.is_empty() {
            return Err(Refusal::NothingSaid.into());
        }
        let known = self.article_draft(guild, name).await?;
        let base = match (&known.article, &known.base) {
            (Some(article), Some(_)) => Some(self.article_text(&format!("{article}.md")).await?),
            _ => None,
        };
        let change = |draft: &mut ArticleDraft| {
            unchanged(draft, seen)?;
            (draft.title, draft.summary, draft.body) = (title, summary, body);
            (draft.base, draft.stage) = (base, Stage::Draft);
            draft.writers.retain(|writer| *writer != by.user);
            draft.writers.push(by.user);
            Ok(())
        };
        self.change_article((guild, name), by, "article_write", change, cause, now)
            .await
    }

    /// Nothing comes of it.
    pub async fn drop_article(
        &self,
        (guild, name): (GuildId, DraftName),
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let change = |draft: &mut ArticleDraft| {
            draft.stage = Stage::Dropped;
            Ok(())
        };
        self.change_article((guild, name), by, "article_drop", change, cause, now)
            .await
    }

    async fn change_article(
        &self,
        (guild, name): (GuildId, DraftName),
        by: &Actor,
        action: &str,
        verb: impl FnOnce(&mut ArticleDraft) -> Result<(), Refusal>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let mut change = self.0.store.change().await?;
        if !store::inbox::take(&mut change, cause, now).await? {
            let draft = store::articles::find(&mut change, guild, name).await?;
            return draft.ok_or_else(|| Refusal::NoSuchDraft { name }.into());
        }
        let draft = self
            .change_draft_in(&mut change, (guild, name), by, action, verb, now)
            .await?;
        self.commit(change).await?;
        Ok(draft)
    }

    /// Does `verb` to a draft within a change that goes on.
    pub(super) async fn change_draft_in(
        &self,
        change: &mut Change,
        (guild, name): (GuildId, DraftName),
        by: &Actor,
        action: &str,
        verb: impl FnOnce(&mut ArticleDraft) -> Result<(), Refusal>,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let draft = store::articles::find(change, guild, name).await?;
        let mut draft = being_written(draft, name)?;
        verb(&mut draft)?;
        draft.version += 1;
        draft.changed_at = now;
        store::articles::save(&mut *change, &draft).await?;
        let ticket = draft.ticket.map(|(ticket, _)| ticket);
        self.put_article_line(change, (guild, ticket), by, action, None, now)
            .await?;
        Ok(draft)
    }

    /// Puts down who did what to an article.
    pub(super) async fn put_article_line(
        &self,
        change: &mut Change,
        (guild, ticket): (GuildId, Option<TicketId>),
        by: &Actor,
        action: &str,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let line = store::audit::Line {
            guild: Some(guild),
            actor: by.user,
            action,
            ticket,
            outcome: "done",
            reason,
        };
        Ok(store::audit::put(&mut *change, &line, now).await?)
    }
}

/// Nothing can be done any more with what is published or dropped.
fn being_written(draft: Option<ArticleDraft>, name: DraftName) -> Result<ArticleDraft, Refusal> {
    draft
        .filter(|draft| matches!(draft.stage, Stage::Draft | Stage::Review))
        .ok_or(Refusal::NoSuchDraft { name })
}
