//! Walks through the steps of an article: begun, gone on with, ended.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Desk, Error, Settled};
use crate::domain::ids::{AskId, Cause, GuildId, UserId, WalkId};
use crate::domain::refusal::Refusal;
use crate::domain::walk::{RESUMED_WITHIN, Stage, Walk, Walked};
use crate::kb::{Article, ArticleId, Picture, Reader, Steps};
use crate::store;
use crate::store::asks::Outcome;
use crate::store::walks::Which;

/// A walk with what it goes through, as the knowledge base has it now.
#[derive(Clone, Debug)]
pub struct Walking {
    /// Where it is.
    pub walk: Walk,
    /// The article, and its steps.
    pub path: Path,
}

/// What became of the article that somebody walks through.
#[derive(Clone, Debug)]
pub enum Path {
    /// It is as it was when the walk began.
    Same(Arc<Article>, Steps),
    /// Its steps say something else now, or it has none any more.
    Changed(Arc<Article>),
    /// It is no longer there, or no longer for the asker.
    Gone,
}

impl Walking {
    /// The article, if it is still there.
    pub fn article(&self) -> Option<&Arc<Article>> {
        match &self.path {
            Path::Same(article, _) | Path::Changed(article) => Some(article),
            Path::Gone => None,
        }
    }
}

/// A message shows at most so many pictures of an article …
const MOST_PICTURES: usize = 4;

/// … of at most so many bytes together: Discord takes ten mebibytes.
const LARGEST_MESSAGE: usize = 8 * 1024 * 1024;

impl Desk {
    /// Begins a walk of `user`'s through the steps of an article's section, or goes on with one that is unfinished.
    /// None if there are no such steps.
    pub async fn begin_walk(
        &self,
        ask: AskId,
        user: UserId,
        (article, section): (Arc<Article>, usize),
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Option<Walking>, Error> {
        let kept = self.own_ask(ask, user).await?;
        let Some(steps) = article.steps_of(section) else {
            return Ok(None);
        };
        let asker = self.hashed(user);
        let mut change = self.0.store.change().await?;
        let of_article = Which {
            article: Some(article.id.as_str().to_owned()),
            open_since: Some(now - RESUMED_WITHIN),
            ..Which::default()
        };
        let known = store::walks::find(&mut change, &asker, &of_article).await?;
        let place = u32::try_from(section).unwrap_or(u32::MAX);
        let known = known.filter(|walk| walk.digest == steps.digest && walk.section == place);
        let fresh = store::inbox::take(&mut change, cause, now).await?;
        let walk = match known {
            Some(mut walk) => {
                (walk.ask, walk.changed_at) = (ask, now);
                store::walks::save(&mut change, &walk).await?;
                walk
            }
            None if fresh => {
                let mut walk = Walk {
                    id: WalkId(0),
                    guild: kept.guild,
                    ask,
                    article: article.id.as_str().to_owned(),
                    section: place,
                    digest: steps.digest.clone(),
                    steps: u32::try_from(steps.steps.len()).unwrap_or(u32::MAX),
                    at: 1,
                    stage: Stage::Open,
                    changed_at: now,
                };
                walk.id = store::walks::insert(&mut change, &asker, &walk, now).await?;
                walk
            }
            None => return Err(Refusal::StaleButton.into()),
        };
        change.commit().await?;
        let path = Path::Same(article, steps);
        Ok(Some(Walking { walk, path }))
    }

    /// A walk of `user`'s.
    pub async fn walk(&self, id: WalkId, user: UserId, reader: Reader) -> Result<Walking, Error> {
        let which = Which {
            id: Some(id),
            ..Which::default()
        };
        let mut from = self.reader().await?;
        let found = store::walks::find(&mut from, &self.hashed(user), &which).await?;
        let walk = found.ok_or(Refusal::StaleButton)?;
        let path = self.path(&walk, reader);
        Ok(Walking { walk, path })
    }

    /// The step that `user` saw as number `seen` is done: the walk goes on to the next. Where another one is shown by
    /// now, nothing changes.
    pub async fn walk_on(
        &self,
        (id, seen): (WalkId, u32),
        user: UserId,
        reader: Reader,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(Walking, bool), Error> {
        let mut moved = false;
        let walking = self
            .change_walk(id, user, reader, cause, now, |walk, path| {
                // Of steps that say something else by now, none is done.
                moved = matches!(path, Path::Same(..)) && walk.step_done(seen, now);
                None
            })
            .await?;
        Ok((walking, moved))
    }

    /// Ends a walk of `user`'s as they said. That it is solved counts as said of the answer; that it is not, as well.
    pub async fn end_walk(
        &self,
        (id, stage): (WalkId, Stage),
        user: UserId,
        reader: Reader,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Walking, Error> {
        self.change_walk(id, user, reader, cause, now, |walk, _| {
            walk.set(stage, now);
            match stage {
                Stage::Fixed => Some(Settled::Solved),
                Stage::NoHelp | Stage::Stuck => Some(Settled::NotThis),
                Stage::Open => None,
            }
        })
        .await
    }

    /// The walk that `user` left unfinished, if it can be gone on with.
    pub async fn unfinished_walk(
        &self,
        user: UserId,
        reader: Reader,
        now: Timestamp,
    ) -> Result<Option<Walking>, Error> {
        let which = Which {
            open_since: Some(now - RESUMED_WITHIN),
            ..Which::default()
        };
        let mut from = self.reader().await?;
        let found = store::walks::find(&mut from, &self.hashed(user), &which).await?;
        let walking = found.map(|walk| {
            let path = self.path(&walk, reader);
            Walking { walk, path }
        });
        Ok(walking.filter(|walking| matches!(walking.path, Path::Same(..))))
    }

    /// The walk of `user`'s that grew out of a question, with the article if it is still there.
    pub async fn walk_of_ask(
        &self,
        ask: AskId,
        user: UserId,
        reader: Reader,
    ) -> Result<Option<Walking>, Error> {
        let which = Which {
            ask: Some(ask),
            ..Which::default()
        };
        let mut from = self.reader().await?;
        let found = store::walks::find(&mut from, &self.hashed(user), &which).await?;
        Ok(found.map(|walk| {
            let path = self.path(&walk, reader);
            Walking { walk, path }
        }))
    }

    /// What became of the walks on `guild` through the steps that an article has now; none if it has none.
    pub async fn walked(
        &self,
        guild: GuildId,
        article: &Article,
        now: Timestamp,
    ) -> Result<Option<Walked>, Error> {
        let Some(steps) = article.first_steps().and_then(|at| article.steps_of(at)) else {
            return Ok(None);
        };
        let mut from = self.reader().await?;
        let (name, digest) = (article.id.as_str(), &steps.digest);
        let walked = store::walks::walked(&mut from, guild, name, digest, now).await?;
        Ok(Some(walked))
    }

    /// The first of these pictures of an article that can be shown.
    pub async fn picture(&self, article: &ArticleId, targets: &[String]) -> Option<Picture> {
        self.read_pictures(article, targets.to_vec(), 1).await.pop()
    }

    /// The first pictures of an article, as many as go into one message.
    pub async fn pictures(&self, article: &Article) -> Vec<Picture> {
        self.read_pictures(&article.id, article.pictures(), MOST_PICTURES)
            .await
    }

    async fn read_pictures(
        &self,
        article: &ArticleId,
        targets: Vec<String>,
        most: usize,
    ) -> Vec<Picture> {
        if targets.is_empty() {
            return Vec::new();
        }
        let (kb, article) = (self.kb().clone(), article.clone());
        let read = tokio::task::spawn_blocking(move || {
            let mut left = LARGEST_MESSAGE;
            let pictures = targets
                .iter()
                .filter_map(|target| kb.picture(&article, target));
            pictures
                .take_while(|picture| {
                    let fits = picture.bytes.len() <= left;
                    left = left.saturating_sub(picture.bytes.len());
                    fits
                })
                .take(most)
                .collect()
        });
        match read.await {
            Ok(pictures) => pictures,
            Err(error) => {
                tracing::error!(error = ?error, "the pictures of an article could not be read");
                Vec::new()
            }
        }
    }

    fn path(&self, walk: &Walk, reader: Reader) -> Path {
        let found = self.kb().article(&ArticleId::new(walk.article.as_str()));
        let Some(article) = found.filter(|article| reader.may_read(article)) else {
            return Path::Gone;
        };
        let steps = usize::try_from(walk.section)
            .ok()
            .and_then(|section| article.steps_of(section));
        match steps.filter(|steps| steps.digest == walk.digest) {
            Some(steps) => Path::Same(article, steps),
            None => Path::Changed(article),
        }
    }

    async fn change_walk(
        &self,
        id: WalkId,
        user: UserId,
        reader: Reader,
        cause: &Cause,
        now: Timestamp,
        verb: impl FnOnce(&mut Walk, &Path) -> Option<Settled>,
    ) -> Result<Walking, Error> {
        let which = Which {
            id: Some(id),
            ..Which::default()
        };
        let mut change = self.0.store.change().await?;
        let found = store::walks::find(&mut change, &self.hashed(user), &which).await?;
        let mut walk = found.ok_or(Refusal::StaleButton)?;
        let path = self.path(&walk, reader);
        if store::inbox::take(&mut change, cause, now).await? {
            let settled = verb(&mut walk, &path);
            store::walks::save(&mut change, &walk).await?;
            let outcome = settled.map(|settled| match settled {
                Settled::Solved => Outcome::Confirmed,
                Settled::NotThis => Outcome::None,
            });
            if let Some(outcome) = outcome {
                store::asks::settle(&mut change, walk.ask, outcome, now).await?;
            }
            change.commit().await?;
        }
        Ok(Walking { walk, path })
    }
}
