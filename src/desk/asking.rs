//! L0: a question, its answer, and what became of it.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::current::category_of;
use super::{Current, Desk, Error};
use crate::config::Limits;
use crate::domain::ids::{AskId, Cause, GuildId, UserId};
use crate::domain::refusal::{Limit, Refusal};
use crate::domain::walk::RESUMED_WITHIN;
use crate::kb::{Answer, Article, Reader, Verdict};
use crate::store;
use crate::store::asks::{Ask, Outcome};
use crate::store::walks::Which;

/// The span that the limits on questions are about (`SECURITY` A19).
const LIMITED_WITHIN: SignedDuration = SignedDuration::from_mins(1);

/// A question that was answered.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its id, for the buttons under the answer.
    pub id: AskId,
    /// The desk it was asked at; none in a direct message that could mean several.
    pub guild: Option<GuildId>,
    /// What was asked, redacted.
    pub question: String,
    /// What the knowledge base makes of it.
    pub answer: Answer,
    /// What is known of its trouble already.
    pub current: Current,
}

/// What the asker said of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It is solved.
    Solved,
    /// That is not it.
    NotThis,
}

impl Desk {
    /// Answers `question` from the articles that are for the asker, and keeps it, with who asked as a salted hash. Asking
    /// again through the same `cause` counts once.
    pub async fn ask(
        &self,
        guild: Option<GuildId>,
        (user, reader): (UserId, Reader),
        question: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Asked, Error> {
        let question = self.clean(question);
        if question.trim().is_empty() {
            return Err(Refusal::EmptyQuestion.into());
        }
        let asker = self.hashed(user);
        self.limit_asks(&asker, guild, user, now).await?;
        let answer = self.answer_to(reader, &question).await?;
        let shown = match answer.verdict {
            Verdict::Sure => 1,
            Verdict::Maybe => 3,
            Verdict::Unknown | Verdict::SmallTalk | Verdict::Empty => 0,
        };
        let articles = answer
            .matches
            .iter()
            .take(shown)
            .map(|found| found.article.id.as_str().to_owned())
            .collect();
        let ask = Ask {
            guild,
            asker,
            question: question.clone(),
            verdict: verdict_key(answer.verdict).to_owned(),
            confidence: answer.unmoved(),
            articles,
            outcome: if shown > 0 {
                Outcome::Possible
            } else {
                Outcome::None
            },
        };
        let mut change = self.0.store.single().await?;
        let id = store::asks::insert(&mut change, &ask, cause, now).await?;
        drop(change);
        let category = category_of(&answer);
        let current = self.current(guild, &question, category).await?;
        Ok(Asked {
            id,
            guild,
            question,
            answer,
            current,
        })
    }

    /// What `user` opened by its name and wants to follow step by step: its title stands for the question, so that the way to a
    /// person is the same as under an answer. It is none of the questions that reports count, and teaches nothing. Where they are
    /// following its steps already, it is the question that this grew out of.
    pub async fn ask_by_name(
        &self,
        guild: Option<GuildId>,
        user: UserId,
        article: &Article,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<AskId, Error> {
        let asker = self.hashed(user);
        let under_way = Which {
            article: Some(article.id.as_str().to_owned()),
            open_since: Some(now - RESUMED_WITHIN),
            ..Which::default()
        };
        let mut from = self.reader().await?;
        let walk = store::walks::find(&mut from, &asker, &under_way).await?;
        drop(from);
        if let Some(walk) = walk.filter(|walk| walk.guild == guild) {
            return Ok(walk.ask);
        }
        self.limit_asks(&asker, guild, user, now).await?;
        let ask = Ask {
            guild,
            asker,
            question: article.title.clone(),
            verdict: BY_NAME.to_owned(),
            confidence: 1.0,
            articles: vec![article.id.as_str().to_owned()],
            outcome: Outcome::Possible,
        };
        let mut change = self.0.store.single().await?;
        Ok(store::asks::insert(&mut change, &ask, cause, now).await?)
    }

    /// A question of `user`'s again, answered for `reader` as the knowledge base stands now: for the buttons under it.
    pub async fn asked(&self, ask: AskId, user: UserId, reader: Reader) -> Result<Asked, Error> {
        let kept = self.own_ask(ask, user).await?;
        let answer = self.answer_to(reader, &kept.question).await?;
        let category = category_of(&answer);
        let current = self.current(kept.guild, &kept.question, category).await?;
        Ok(Asked {
            id: ask,
            guild: kept.guild,
            question: kept.question,
            answer,
            current,
        })
    }

    /// What the knowledge base makes of a question. With an encoder that is work for a core, which nothing else waits for.
    pub async fn answer_to(&self, reader: Reader, question: &str) -> Result<Answer, Error> {
        if self.kb().encoder().is_none() {
            return Ok(self.kb().answer_to(reader, question));
        }
        let (kb, question) = (self.kb().clone(), question.to_owned());
        let answered = tokio::task::spawn_blocking(move || kb.answer_to(reader, &question));
        Ok(answered.await.map_err(anyhow::Error::new)?)
    }

    /// Records what `user` said of the answer. The last word counts.
    pub async fn settle_ask(
        &self,
        ask: AskId,
        user: UserId,
        settled: Settled,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.own_ask(ask, user).await?;
        let outcome = match settled {
            Settled::Solved => Outcome::Confirmed,
            Settled::NotThis => Outcome::None,
        };
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, cause, now).await? {
            store::asks::settle(&mut change, ask, outcome, now).await?;
            change.commit().await?;
        }
        Ok(())
    }

    pub(super) async fn own_ask(&self, ask: AskId, user: UserId) -> Result<Ask, Error> {
        let mut from = self.reader().await?;
        let kept = store::asks::find(&mut from, ask, &self.hashed(user)).await?;
        kept.ok_or_else(|| Refusal::StaleButton.into())
    }

    async fn limit_asks(
        &self,
        asker: &str,
        guild: Option<GuildId>,
        user: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Limits {
            asks_per_minute: own,
            guild_asks_per_minute: all,
            ..
        } = self.0.limits;
        if own.is_none() && all.is_none() {
            return Ok(());
        }
        let mut from = self.reader().await?;
        let since = now - LIMITED_WITHIN;
        let reached = store::asks::reached(&mut from, asker, guild, (own, all), since).await?;
        drop(from);
        let hit = own
            .filter(|_| reached.0)
            .map(|allowed| (Limit::Asks, allowed))
            .or(all
                .filter(|_| reached.1)
                .map(|allowed| (Limit::GuildAsks, allowed)));
        let Some((of, allowed)) = hit else {
            return Ok(());
        };
        if let Some(guild) = guild {
            self.warn_of_flood(guild, user, of, now).await?;
        }
        Err(Refusal::TooMany {
            of,
            allowed: allowed.get(),
            again_at: Some(now + LIMITED_WITHIN),
        }
        .into())
    }

    /// Who asked, as it is kept: nobody can read it back without the database's salt, and erasing the salt erases it.
    pub(super) fn hashed(&self, user: UserId) -> String {
        let mut hash = Sha256::new();
        hash.update(self.0.store.install().salt.as_bytes());
        hash.update(user.0.to_be_bytes());
        data_encoding::HEXLOWER.encode(&hash.finalize())
    }
}

/// How the store keeps what was opened by its name.
const BY_NAME: &str = "by_name";

fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Sure => "sure",
        Verdict::Maybe => "maybe",
        Verdict::Unknown => "unknown",
        Verdict::SmallTalk => "small_talk",
        Verdict::Empty => "empty",
    }
}
