//! What the desk learns: what found nothing, what would have helped, and which articles somebody should look at.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error};
use crate::domain::article::ArticleDraft;
use crate::domain::errand::Errand;
use crate::domain::ids::{AskId, Cause, GuildId, Number, UserId};
use crate::domain::learning::{Flag, Gap, Outcomes, Votes};
use crate::domain::notice::{ArticleNotice, FlagLine, Notice};
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::kb::{self, Article, ArticleId, Finding, Loaded, Reader, Verdict};
use crate::store;

/// Questions and outcomes of so long are looked at.
const LOOKED_AT: SignedDuration = SignedDuration::from_hours(24 * 90);
/// The span in which an article lets people down (`DOMAIN` 1.15), and in which needless work is counted.
const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Outcomes of so long teach how sure to be: articles and people change.
const LEARNED_FROM: SignedDuration = SignedDuration::from_hours(24 * 180);
/// So many solved tickets are looked back at in one go: answers may be slow with an encoder.
const AT_ONCE: u32 = 10;
/// Gaps on one page.
const PAGE: usize = 5;
/// So many questions go into a new article's list.
const ASKS: usize = 8;

/// One page of what found nothing.
#[derive(Clone, Debug)]
pub struct GapPage {
    /// What most people asked first.
    pub gaps: Vec<Gap>,
    /// Which page, from 1.
    pub page: usize,
    /// Of how many, at least 1.
    pub pages: usize,
    /// How many gaps there are in all.
    pub total: usize,
}

/// What would have helped with solved tickets.
#[derive(Clone, Debug, Default)]
pub struct Helped {
    /// So many solved tickets were looked back at.
    pub tickets: u32,
    /// The articles that would have answered some of them, with these; the most first.
    pub articles: Vec<(Arc<Article>, Vec<Number>)>,
}

/// What outcomes taught about how sure to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaning {
    /// By how much answers are surer than as shipped, in log-odds, within [`FARTHEST`](kb::FARTHEST).
    pub by: f64,
    /// From so many answers whose outcome is known.
    pub outcomes: usize,
    /// So many of them helped.
    pub helped: usize,
    /// What was before this was forgotten.
    pub reset: Option<Timestamp>,
}

/// How one article does.
#[derive(Clone, Debug)]
pub struct ArticleState {
    /// The article.
    pub article: Arc<Article>,
    /// What became of the questions that it was the answer to.
    pub outcomes: Outcomes,
    /// What people think of it.
    pub votes: Votes,
    /// How many people it let down in thirty days.
    pub let_down: u32,
    /// Of tickets solved with it, so many were opened again; and all of them.
    pub reopened: (u32, u32),
    /// Why somebody should look at it.
    pub flags: Vec<Flag>,
}

impl Desk {
    /// A page of the questions that no article answers, grouped by what they mean. What an article answers by now is left out.
    pub async fn gaps(
        &self,
        guild: GuildId,
        page: usize,
        now: Timestamp,
    ) -> Result<GapPage, Error> {
        let gaps = self.all_gaps(guild, now).await?;
        let total = gaps.len();
        let pages = total.div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        let gaps = gaps.into_iter().skip((page - 1) * PAGE).take(PAGE);
        Ok(GapPage {
            gaps: gaps.collect(),
            page,
            pages,
            total,
        })
    }

    async fn all_gaps(&self, guild: GuildId, now: Timestamp) -> Result<Vec<Gap>, Error> {
        let mut from = self.reader().await?;
        let questions = store::learning::unanswered(&mut from, guild, now - LOOKED_AT).await?;
        drop(from);
        let kb = self.kb().clone();
        let grouped = tokio::task::spawn_blocking(move || {
            let texts: Vec<&str> = questions.iter().map(|one| one.question.as_str()).collect();
            let groups = kb.group(&texts);
            let gap = |places: Vec<usize>| {
                Gap::of(places.iter().map(|&at| questions[at].clone()).collect())
            };
            let mut gaps: Vec<Gap> = groups.into_iter().filter_map(gap).collect();
            // An article that was written since closes it, whoever wrote it. Only its words are looked at: that is fast.
            gaps.retain(|gap| {
                let found = kb.quick_answer_to(Reader::EVERYBODY, gap.name());
                let first = found.matches.first().map(|found| found.article.id.as_str());
                let was_shown = |id: &str| {
                    let mut shown = gap.questions.iter().flat_map(|one| &one.shown);
                    shown.any(|shown| shown == id)
                };
                // One that did not help before does not close it.
                found.verdict != Verdict::Sure || first.is_some_and(was_shown)
            });
            gaps
        });
        let mut gaps = grouped.await.map_err(anyhow::Error::new)?;
        gaps.sort_by(|one, other| {
            let many = (other.people, other.questions.len());
            many.cmp(&(one.people, one.questions.len()))
                .then(one.key().cmp(&other.key()))
        });
        Ok(gaps)
    }

    async fn gap(&self, guild: GuildId, key: AskId, now: Timestamp) -> Result<Gap, Error> {
        let mut gaps = self.all_gaps(guild, now).await?.into_iter();
        let found = gaps.find(|gap| gap.questions.iter().any(|one| one.id == key));
        found.ok_or_else(|| Refusal::StaleButton.into())
    }

    /// Begins an article that is to answer the questions of a gap, with what solved their tickets.
    pub async fn write_about(
        &self,
        guild: GuildId,
        key: AskId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let gap = self.gap(guild, key, now).await?;
        let mut asks = vec![gap.name().to_owned()];
        for one in &gap.questions {
            if asks.len() < ASKS && !asks.contains(&one.question) {
                asks.push(one.question.clone());
            }
        }
        let mut change = self.0.store.change().await?;
        if !store::inbox::take(&mut change, cause, now).await? {
            return Err(Refusal::StaleButton.into());
        }
        let tickets = gap.tickets();
        let solutions = store::learning::solutions(&mut change, guild, &tickets).await?;
        let category = gap.category();
        let mut draft =
            ArticleDraft::of_questions(guild, category, &asks, &solutions, by.user, now);
        draft.id = store::articles::insert(&mut change, &draft).await?;
        let ids: Vec<AskId> = gap.questions.iter().map(|one| one.id).collect();
        store::learning::written_about(&mut change, &ids, draft.id).await?;
        self.put_article_line(&mut change, (guild, None), by, "article_draft", None, now)
            .await?;
        self.commit(change).await?;
        Ok(draft)
    }

    /// Nothing is to be written about a gap: it is off the list until somebody asks it again.
    pub async fn leave_gap(
        &self,
        guild: GuildId,
        key: AskId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Gap, Error> {
        let gap = self.gap(guild, key, now).await?;
        let ids: Vec<AskId> = gap.questions.iter().map(|one| one.id).collect();
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, cause, now).await? {
            store::learning::left(&mut change, &ids, now).await?;
            self.put_article_line(&mut change, (guild, None), by, "gap_left", None, now)
                .await?;
            self.commit(change).await?;
        }
        Ok(gap)
    }

    /// Looks back at solved tickets: would an article have answered what their requesters wrote?
    pub async fn look_back(&self, now: Timestamp) -> Result<(), Error> {
        let mut from = self.reader().await?;
        let solved = store::learning::to_look_back_at(&mut from, AT_ONCE).await?;
        drop(from);
        for (ticket, text, shown) in solved {
            let answer = self.answer_to(Reader::EVERYBODY, &text).await?;
            let first = answer.matches.first();
            let article = first
                .filter(|_| answer.verdict == Verdict::Sure)
                .map(|found| found.article.id.as_str())
                // They had it, and it did not help.
                .filter(|id| !shown.iter().any(|seen| seen == id));
            let mut change = self.0.store.change().await?;
            store::learning::looked_back(&mut change, ticket, article, now).await?;
            change.commit().await?;
        }
        Ok(())
    }

    /// What would have helped with the tickets that were solved in the last thirty days.
    pub async fn helped(&self, guild: GuildId, now: Timestamp) -> Result<Helped, Error> {
        let mut from = self.reader().await?;
        let (tickets, found) = store::learning::hindsight(&mut from, guild, now - MONTH).await?;
        drop(from);
        let mut by_article: BTreeMap<String, Vec<Number>> = BTreeMap::new();
        for (article, number) in found {
            by_article.entry(article).or_default().push(number);
        }
        let mut articles: Vec<(Arc<Article>, Vec<Number>)> = by_article
            .into_iter()
            .filter_map(|(id, numbers)| Some((self.kb().article(&ArticleId::new(id))?, numbers)))
            .collect();
        articles.sort_by_key(|(_, numbers)| std::cmp::Reverse(numbers.len()));
        Ok(Helped { tickets, articles })
    }

    /// Puts down what somebody thinks of an article.
    pub async fn vote(
        &self,
        guild: GuildId,
        article: &ArticleId,
        user: UserId,
        helpful: bool,
        now: Timestamp,
    ) -> Result<(), Error> {
        let voter = self.hashed(user);
        let mut change = self.0.store.change().await?;
        store::learning::vote(&mut change, (guild, article.as_str(), &voter), helpful, now).await?;
        change.commit().await?;
        Ok(())
    }

    /// How each article does; those that somebody should look at first.
    pub async fn article_states(
        &self,
        guild: GuildId,
        now: Timestamp,
    ) -> Result<Vec<ArticleState>, Error> {
        let zone = self.zone(guild, now).await?;
        let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
        let today = zone.to_datetime(now).date();
        let mut from = self.reader().await?;
        let outcomes = store::learning::outcomes(&mut from, guild, now - LOOKED_AT).await?;
        let votes = store::learning::votes(&mut from, guild).await?;
        let let_down = store::learning::let_down(&mut from, guild, now - MONTH).await?;
        let reopened = store::learning::reopened(&mut from, guild, now - LOOKED_AT).await?;
        let began = store::walks::articles(&mut from, guild).await?;
        let mut states = Vec::new();
        for article in self.kb().articles() {
            let id = article.id.as_str();
            // Few of many articles are ever walked through.
            let walked = match began.contains(id) {
                true => self.walked(guild, &article, now).await?,
                false => None,
            };
            let overdue = article.review_by.is_some_and(|by| by < today);
            let let_down = let_down.get(id).copied().unwrap_or_default();
            let reopened = reopened.get(id).copied().unwrap_or_default();
            states.push(ArticleState {
                outcomes: outcomes.get(id).copied().unwrap_or_default(),
                votes: votes.get(id).copied().unwrap_or_default(),
                let_down,
                reopened,
                flags: Flag::of(overdue, let_down, reopened, walked.as_ref()),
                article,
            });
        }
        drop(from);
        states.sort_by(|one, other| {
            let asked = other.outcomes.shown().cmp(&one.outcomes.shown());
            other
                .flags
                .len()
                .cmp(&one.flags.len())
                .then(asked)
                .then(one.article.id.cmp(&other.article.id))
        });
        Ok(states)
    }

    /// What outcomes taught about how sure to be, and from how many.
    pub async fn leaning(&self, now: Timestamp) -> Result<Leaning, Error> {
        let mut from = self.reader().await?;
        let reset = store::learning::learned_since(&mut from).await?;
        let since = reset.map_or(now - LEARNED_FROM, |reset| reset.max(now - LEARNED_FROM));
        let outcomes = store::learning::known_outcomes(&mut from, since).await?;
        Ok(Leaning {
            by: kb::learned(&outcomes),
            outcomes: outcomes.len(),
            helped: outcomes.iter().filter(|(_, helped)| *helped).count(),
            reset,
        })
    }

    /// From now on answers are as sure as outcomes taught.
    pub async fn learn_confidence(&self, now: Timestamp) -> Result<Leaning, Error> {
        let leaning = self.leaning(now).await?;
        self.kb().lean(leaning.by);
        Ok(leaning)
    }

    /// What was learned about how sure to be is forgotten.
    pub async fn forget_learned(
        &self,
        guild: GuildId,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, cause, now).await? {
            store::learning::forget_learned(&mut change, by.user, now).await?;
            self.put_article_line(
                &mut change,
                (guild, None),
                by,
                "confidence_reset",
                None,
                now,
            )
            .await?;
            self.commit(change).await?;
        } else {
            drop(change);
        }
        self.learn_confidence(now).await?;
        Ok(())
    }

    /// What is wrong with the files of the knowledge base today, and how many articles are served.
    pub async fn check_articles(
        &self,
        guild: GuildId,
        now: Timestamp,
    ) -> Result<(usize, Vec<Finding>), Error> {
        let zone = self.zone(guild, now).await?;
        let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
        let today = zone.to_datetime(now).date();
        let kb = self.kb().clone();
        let checked =
            tokio::task::spawn_blocking(move || (kb.len(), kb::check(kb.folder(), today)));
        Ok(checked.await.map_err(anyhow::Error::new)?)
    }

    /// Reads the files of the knowledge base again, now.
    pub async fn reload_articles(&self) -> Result<Arc<Loaded>, Error> {
        let kb = self.kb().clone();
        let read = tokio::task::spawn_blocking(move || kb.reload());
        Ok(read.await.map_err(anyhow::Error::new)?)
    }

    /// Flags the articles of every desk that somebody should look at, and tells those who write of what is new.
    pub async fn flag_articles(&self, now: Timestamp) -> Result<(), Error> {
        for (guild, _) in self.desks().await? {
            let states = self.article_states(guild, now).await?;
            let flags: Vec<(String, Flag)> = states
                .iter()
                .flat_map(|state| {
                    let id = state.article.id.as_str();
                    state.flags.iter().map(move |flag| (id.to_owned(), *flag))
                })
                .collect();
            let mut change = self.0.store.change().await?;
            let new = store::learning::set_flags(&mut change, guild, &flags, now).await?;
            let mut lines: Vec<FlagLine> = Vec::new();
            for (article, flag) in new {
                match lines.iter_mut().find(|line| line.article == article) {
                    Some(line) => line.flags.push(flag),
                    None => {
                        let of = states
                            .iter()
                            .find(|state| state.article.id.as_str() == article);
                        lines.push(FlagLine {
                            title: of
                                .map_or_else(|| article.clone(), |of| of.article.title.clone()),
                            article,
                            flags: vec![flag],
                        });
                    }
                }
            }
            if !lines.is_empty() {
                let to = self.readers_of_drafts(&mut change, guild, now).await?;
                let notice = Notice::Article(ArticleNotice::Flagged { articles: lines });
                let tell = Errand::Say {
                    to,
                    notice,
                    name: None,
                };
                store::outbox::enqueue(&mut change, guild, None, None, &[tell], now).await?;
            }
            self.commit(change).await?;
        }
        Ok(())
    }
}
