//! Articles that are being written out of solved tickets: read, changed, dropped. They begin with the resolution.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::article::{ArticleDraft, Stage};
use crate::domain::ids::{Cause, GuildId, Number};
use crate::domain::people::Actor;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::ticket::Opening;
use crate::store;

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
    /// The draft that is written out of the ticket of that number.
    pub async fn article_draft(
        &self,
        guild: GuildId,
        number: Number,
    ) -> Result<ArticleDraft, Error> {
        let mut from = self.reader().await?;
        let draft = store::articles::of_ticket(&mut from, guild, number).await?;
        being_written(draft, number).map_err(Error::from)
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

    /// Writes at it. `seen` is the version that was written at: what somebody else wrote meanwhile is not overwritten.
    pub async fn write_article(
        &self,
        (guild, number): (GuildId, Number),
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
        let change = |draft: &mut ArticleDraft| {
            if draft.version != seen {
                return Err(Refusal::DraftChanged {
                    by: draft.writers.last().copied().unwrap_or(by.user),
                });
            }
            (draft.title, draft.summary, draft.body) = (title, summary, body);
            draft.writers.retain(|writer| *writer != by.user);
            draft.writers.push(by.user);
            Ok(())
        };
        self.change_article((guild, number), by, "article_write", change, cause, now)
            .await
    }

    /// Nothing comes of it.
    pub async fn drop_article(
        &self,
        (guild, number): (GuildId, Number),
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let change = |draft: &mut ArticleDraft| {
            draft.stage = Stage::Dropped;
            Ok(())
        };
        self.change_article((guild, number), by, "article_drop", change, cause, now)
            .await
    }

    async fn change_article(
        &self,
        (guild, number): (GuildId, Number),
        by: &Actor,
        action: &str,
        verb: impl FnOnce(&mut ArticleDraft) -> Result<(), Refusal>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let mut change = self.0.store.change().await?;
        let draft = store::articles::of_ticket(&mut change, guild, number).await?;
        if !store::inbox::take(&mut change, cause, now).await? {
            return draft.ok_or_else(|| Refusal::NoSuchDraft { number }.into());
        }
        let mut draft = being_written(draft, number)?;
        verb(&mut draft)?;
        draft.version += 1;
        draft.changed_at = now;
        store::articles::save(&mut change, &draft).await?;
        let line = store::audit::Line {
            guild: Some(guild),
            actor: by.user,
            action,
            ticket: Some(draft.ticket),
            outcome: "done",
            reason: None,
        };
        store::audit::put(&mut change, &line, now).await?;
        self.commit(change).await?;
        Ok(draft)
    }
}

fn being_written(draft: Option<ArticleDraft>, number: Number) -> Result<ArticleDraft, Refusal> {
    draft
        .filter(|draft| draft.stage == Stage::Draft)
        .ok_or(Refusal::NoSuchDraft { number })
}
