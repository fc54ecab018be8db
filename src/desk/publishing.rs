//! A draft on its way to the knowledge base: a second person reads it, its file is written; and an article's way out of it.
//!
//! What is decided is put down first, and the file is written after that: a process that is killed between both writes it when it
//! starts again.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::article::{ArticleDraft, DraftName, FileKind, Stage};
use crate::domain::errand::Errand;
use crate::domain::ids::{ArticleFileId, Cause, GuildId, TicketId, UserId};
use crate::domain::notice::{ArticleNotice, Destination, Notice};
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::tier::Tier;
use crate::kb::{self, Article, ArticleId, Kb, NotWritten, Written};
use crate::store::article_files::{ArticleFile, Outcome};
use crate::store::{self, Change};

/// A draft as it would stand in the knowledge base.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The draft.
    pub draft: ArticleDraft,
    /// Its file, within the folder of articles.
    pub path: String,
    /// All that will stand in it.
    pub text: String,
    /// What the file holds now; none where it is a new one.
    pub now: Option<String>,
    /// Why the knowledge base would not serve it, sentence by sentence.
    pub faults: Vec<String>,
}

impl Proof {
    /// The article's file was changed since somebody wrote at the draft last.
    pub fn is_outdated(&self) -> bool {
        self.draft.base.is_some() && self.draft.base != self.now
    }
}

/// What became of a file that was decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The article's title.
    pub title: String,
    /// Its file, within the folder of articles.
    pub path: String,
    /// Why it could not be written yet; it is tried again.
    pub fault: Option<String>,
}

impl Desk {
    /// A draft, as it would stand in the knowledge base at `now`.
    pub async fn proof(
        &self,
        guild: GuildId,
        name: DraftName,
        now: Timestamp,
    ) -> Result<Proof, Error> {
        let draft = self.article_draft(guild, name).await?;
        self.proof_of(draft, now).await
    }

    async fn proof_of(&self, draft: ArticleDraft, now: Timestamp) -> Result<Proof, Error> {
        self.with_files(move |kb| {
            let path = kb::path_of(kb, &draft, now);
            let (_, text) = kb::file_of(&draft, now);
            let faults = kb::faults_of(kb, &path, &text);
            let now = kb.file(&path).map_err(|error| no_file(&path, &error))?;
            Ok(Proof {
                draft,
                path,
                text,
                now,
                faults,
            })
        })
        .await
    }

    /// Begins a draft that changes `article`, or finds the one that does so already.
    pub async fn draft_change(
        &self,
        guild: GuildId,
        article: &Article,
        by: &Actor,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let name = article.id.as_str().to_owned();
        let mut from = self.reader().await?;
        if let Some(known) = store::articles::of_article(&mut from, guild, &name).await? {
            return Ok(known);
        }
        drop(from);
        let path = format!("{name}.md");
        if article.body.chars().count() > usize::from(ArticleDraft::BODY_AT_MOST) {
            return Err(Refusal::ArticleTooLong { path }.into());
        }
        let base = self.article_text(&path).await?;
        let category = article.category.as_deref().unwrap_or("other");
        let mut draft = ArticleDraft {
            article: Some(name),
            base: Some(base),
            title: article.title.clone(),
            summary: article.summary.clone().unwrap_or_default(),
            body: article.body.to_string(),
            // Nobody has written at it yet: whoever only opens it may still approve what another makes of it.
            writers: Vec::new(),
            ..ArticleDraft::empty(guild, category, by.user, now)
        };
        let mut change = self.0.store.change().await?;
        draft.id = store::articles::insert(&mut change, &draft).await?;
        self.put_article_line(&mut change, (guild, None), by, "article_draft", None, now)
            .await?;
        self.commit(change).await?;
        Ok(draft)
    }

    /// What the file of an article holds, which is to be there.
    pub(super) async fn article_text(&self, path: &str) -> Result<String, Error> {
        let path = path.to_owned();
        self.with_files(move |kb| {
            let text = kb.file(&path).map_err(|error| no_file(&path, &error))?;
            let gone = || Refusal::NoSuchArticle {
                typed: path.clone(),
            };
            text.ok_or_else(|| gone().into())
        })
        .await
    }

    /// Asks that a second person reads it. What the knowledge base would not serve is said at once.
    pub async fn ask_review(
        &self,
        (guild, name): (GuildId, DraftName),
        by: &Actor,
        seen: i64,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let proof = self.proof(guild, name, now).await?;
        if !proof.faults.is_empty() {
            let why = proof.faults.join("\n");
            return Err(Refusal::ArticleFaulty { why }.into());
        }
        let asked = Notice::Article(ArticleNotice::ReviewAsked {
            draft: name,
            title: proof.draft.title.clone(),
            by: by.user,
            change: proof.draft.base.is_some(),
        });
        let mut change = self.0.store.change().await?;
        let to = self.readers_of_drafts(&mut change, guild, now).await?;
        let verb = |draft: &mut ArticleDraft| {
            unchanged(draft, seen)?;
            draft.ask_review(by.user)
        };
        let errand = |_: &ArticleDraft| vec![say(to, asked)];
        let doing = Doing {
            draft: (guild, name),
            by,
            action: "article_review",
            cause,
        };
        self.decide(change, doing, verb, errand, now).await
    }

    /// Sends it back to whoever asked, with what is missing.
    pub async fn send_back(
        &self,
        (guild, name): (GuildId, DraftName),
        by: &Actor,
        reason: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let reason = self.clean(reason);
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonNeeded.into());
        }
        let proof = self.proof(guild, name, now).await?;
        let back = Notice::Article(ArticleNotice::SentBack {
            draft: name,
            title: proof.draft.title.clone(),
            by: by.user,
            reason,
        });
        let change = self.0.store.change().await?;
        let verb = |draft: &mut ArticleDraft| draft.send_back(proof.text);
        let errand = |draft: &ArticleDraft| {
            let asked_by = draft.asked_by.filter(|asked_by| *asked_by != by.user);
            asked_by
                .map(|user| say(Destination::Direct(user), back))
                .into_iter()
                .collect()
        };
        let doing = Doing {
            draft: (guild, name),
            by,
            action: "article_send_back",
            cause,
        };
        self.decide(change, doing, verb, errand, now).await
    }

    /// A second person approves it: its file is written into the knowledge base.
    pub async fn approve_article(
        &self,
        (guild, name): (GuildId, DraftName),
        by: &Actor,
        seen: Option<i64>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Decided, Error> {
        let proof = self.proof(guild, name, now).await?;
        if !proof.faults.is_empty() {
            let why = proof.faults.join("\n");
            return Err(Refusal::ArticleFaulty { why }.into());
        }
        let outdated = proof.is_outdated();
        let title = proof.draft.title.clone();
        let file = ArticleFile {
            id: ArticleFileId(0),
            guild,
            path: proof.path,
            was: proof.now,
            text: proof.text,
            kind: FileKind::Published,
            draft: Some(proof.draft.id),
            by: by.user,
        };
        let version = proof.draft.version;
        let verb = |draft: &mut ArticleDraft| {
            // What is approved is what was read.
            unchanged(draft, seen.unwrap_or(version))?;
            unchanged(draft, version)?;
            draft.approve(by.user)?;
            if outdated {
                let title = draft.title.clone();
                return Err(Refusal::ArticleMoved { title });
            }
            Ok(())
        };
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, cause, now).await? {
            self.change_draft_in(&mut change, (guild, name), by, "article_approve", verb, now)
                .await?;
            store::article_files::insert(&mut change, &file, now).await?;
            self.commit(change).await?;
        } else {
            drop(change);
        }
        self.now_written(title, file.path, now).await
    }

    /// Takes an article out of the answers, or back in.
    pub async fn retire_article(
        &self,
        guild: GuildId,
        id: &ArticleId,
        by: &Actor,
        reason: Option<&str>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Decided, Error> {
        let path = format!("{id}.md");
        let was = self.article_text(&path).await?;
        let title = kb::title_in(&was).unwrap_or_else(|| id.to_string());
        let reason = reason.map(|reason| self.clean(reason));
        let (kind, text) = match &reason {
            Some(reason) if reason.trim().is_empty() => return Err(Refusal::ReasonNeeded.into()),
            Some(reason) => (FileKind::Retired, kb::retired(&was, reason)),
            None => (FileKind::Restored, kb::restored(&was)),
        };
        let Some(text) = text else {
            let typed = id.to_string();
            return Err(Refusal::NoSuchArticle { typed }.into());
        };
        let file = ArticleFile {
            id: ArticleFileId(0),
            guild,
            path: path.clone(),
            was: Some(was),
            text,
            kind,
            draft: None,
            by: by.user,
        };
        let mut change = self.0.store.change().await?;
        // Whoever wrote it does not take it away alone, nor bring it back.
        if store::articles::wrote(&mut change, guild, id.as_str(), by.user).await? {
            return Err(Refusal::OwnDraft.into());
        }
        if store::inbox::take(&mut change, cause, now).await? {
            store::article_files::insert(&mut change, &file, now).await?;
            let action = match kind {
                FileKind::Retired => "article_retire",
                _ => "article_restore",
            };
            self.put_article_line(
                &mut change,
                (guild, None),
                by,
                action,
                reason.as_deref(),
                now,
            )
            .await?;
            self.commit(change).await?;
        } else {
            drop(change);
        }
        self.now_written(title, path, now).await
    }

    /// Writes what waits, and says what became of the file at `path`.
    async fn now_written(
        &self,
        title: String,
        path: String,
        now: Timestamp,
    ) -> Result<Decided, Error> {
        let faults = self.write_articles(now).await?;
        let mut faults = faults.into_iter();
        let fault = faults.find_map(|(of, fault)| (of == path).then_some(fault));
        Ok(Decided { title, path, fault })
    }

    /// Writes the files that were decided on, in their order, and tells those whom it concerns. Gives those that could not be
    /// written, with why: they are tried again.
    pub async fn write_articles(&self, now: Timestamp) -> Result<Vec<(String, String)>, Error> {
        let mut from = self.reader().await?;
        let waiting = store::article_files::waiting(&mut from).await?;
        drop(from);
        let mut faults = Vec::new();
        let mut any = false;
        for file in waiting {
            let (path, was, text) = (file.path.clone(), file.was.clone(), file.text.clone());
            let put = self
                .with_files(move |kb| Ok(kb.put(&path, was.as_deref(), &text)))
                .await?;
            let outcome = match put {
                Ok(Written::Done) => Outcome::Written,
                Ok(Written::Changed) => Outcome::GivenUp,
                Err(error) => {
                    let fault = error.to_string();
                    tracing::error!(file = %file.path, error = ?error, "an article could not be written; it is tried again");
                    faults.push((file.path.clone(), fault.clone()));
                    Outcome::Failed(fault)
                }
            };
            any |= outcome == Outcome::Written;
            self.settle_file(&file, &outcome, now).await?;
        }
        if any {
            // Whoever is told of it finds it.
            self.with_files(|kb| {
                kb.reload();
                Ok(())
            })
            .await?;
        }
        Ok(faults)
    }

    async fn settle_file(
        &self,
        file: &ArticleFile,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        let told = store::article_files::failing(&mut change, file.guild).await?;
        let told = told.iter().any(|(path, _)| *path == file.path);
        if !store::article_files::settle(&mut change, file.id, outcome, now).await? {
            return Ok(());
        }
        let draft = match file.draft {
            Some(id) => store::articles::find(&mut change, file.guild, DraftName::Own(id)).await?,
            None => None,
        };
        let title = match &draft {
            Some(draft) => draft.title.clone(),
            None => kb::title_in(&file.text).unwrap_or_else(|| file.path.clone()),
        };
        let path = file.path.clone();
        let not_written = |fault: Option<&String>| ArticleNotice::NotWritten {
            title: title.clone(),
            path: path.clone(),
            fault: fault.cloned(),
        };
        let (to, notice) = match outcome {
            Outcome::Written => (
                Destination::Queue(Tier::L1),
                Some(ArticleNotice::Written {
                    kind: file.kind,
                    title: title.clone(),
                    path: path.clone(),
                    by: file.by,
                    writers: draft
                        .as_ref()
                        .map(|of| of.writers.clone())
                        .unwrap_or_default(),
                    draft: draft.as_ref().map(ArticleDraft::name),
                    reason: kb::reason_in(&file.text),
                }),
            ),
            // Once is enough: it is tried again and again.
            Outcome::Failed(_) if told => (Destination::Leads, None),
            Outcome::Failed(fault) => (Destination::Leads, Some(not_written(Some(fault)))),
            Outcome::GivenUp => (Destination::Leads, Some(not_written(None))),
        };
        if let Some(mut draft) = draft {
            match outcome {
                Outcome::Written => {
                    draft.stage = Stage::Published;
                    draft.article = Some(kb::article_at(&file.path).to_string());
                }
                // Somebody looks at both texts, and asks again.
                Outcome::GivenUp => draft.stage = Stage::Draft,
                Outcome::Failed(_) => {}
            }
            draft.changed_at = now;
            store::articles::save(&mut change, &draft).await?;
        }
        let errands: Vec<Errand> = notice
            .map(|notice| say(to, Notice::Article(notice)))
            .into_iter()
            .collect();
        store::outbox::enqueue(&mut change, file.guild, None, None, &errands, now).await?;
        self.commit(change).await
    }

    /// Where those hear of a draft who may approve it.
    pub(super) async fn readers_of_drafts(
        &self,
        change: &mut Change,
        guild: GuildId,
        now: Timestamp,
    ) -> Result<Destination, Error> {
        let crew = store::members::crew(change, guild, TicketId(0), now).await?;
        let held = crew.held();
        let tier = [Tier::L2, Tier::L3]
            .into_iter()
            .find(|tier| held.iter().any(|one| one == *tier));
        Ok(tier.map_or(Destination::Leads, Destination::Queue))
    }

    /// Does `verb` to a draft, and enqueues what follows, in one transaction; once for each cause.
    async fn decide(
        &self,
        mut change: Change,
        doing: Doing<'_>,
        verb: impl FnOnce(&mut ArticleDraft) -> Result<(), Refusal>,
        errands: impl FnOnce(&ArticleDraft) -> Vec<Errand>,
        now: Timestamp,
    ) -> Result<ArticleDraft, Error> {
        let Doing {
            draft: (guild, name),
            by,
            action,
            cause,
        } = doing;
        if !store::inbox::take(&mut change, cause, now).await? {
            drop(change);
            return self.article_draft(guild, name).await;
        }
        let draft = self
            .change_draft_in(&mut change, (guild, name), by, action, verb, now)
            .await?;
        let errands = errands(&draft);
        store::outbox::enqueue(&mut *change, guild, None, None, &errands, now).await?;
        self.commit(change).await?;
        Ok(draft)
    }

    /// Works with the folder of articles, which blocks.
    async fn with_files<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Kb) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let kb = self.kb().clone();
        let done = tokio::task::spawn_blocking(move || work(&kb)).await;
        done.map_err(anyhow::Error::new)?
    }
}

/// What is done to a draft, and by whom.
struct Doing<'a> {
    draft: (GuildId, DraftName),
    by: &'a Actor,
    action: &'static str,
    cause: &'a Cause,
}

fn say(to: Destination, notice: Notice) -> Errand {
    Errand::Say {
        to,
        notice,
        name: None,
    }
}

/// It is as it was when it was looked at.
pub(super) fn unchanged(draft: &ArticleDraft, seen: i64) -> Result<(), Refusal> {
    if draft.version == seen {
        return Ok(());
    }
    let by = draft.writers.last().copied().unwrap_or(UserId::DESK);
    Err(Refusal::DraftChanged { by })
}

fn no_file(path: &str, error: &NotWritten) -> Error {
    let refusal = Refusal::ArticleFile {
        path: path.to_owned(),
        why: error.to_string(),
    };
    refusal.into()
}
