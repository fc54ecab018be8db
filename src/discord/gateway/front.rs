//! What is done with what Discord tells: each interaction and message becomes a call, is checked, run, and answered.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use data_encoding::HEXUPPER;
use jiff::Timestamp;
use serenity::all::{Member, Ready};
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, Semaphore, watch};

use super::answer::{Sent, defer, give, tell};
use super::read::{Asker, From, Wanted, Way};
use super::register::register;
use super::watch::{Identifies, told};
use crate::clock::{Stopwatch, deadline, pause};
use crate::desk::{Desk, Error};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, OptKind};
use crate::discord::connect::Connection;
use crate::discord::files::Fetcher;
use crate::discord::heard::{Said, shown_name};
use crate::discord::reply::{Post, Reply};
use crate::discord::words::Words;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::people::{Actor, House, Standing};
use crate::domain::refusal::Refusal;

/// Calls under way at the same time; who comes on top of them is asked to try again (`RELIABILITY` 2.2, rule 8).
const AT_ONCE: u32 = 512;
/// After so long without an answer Discord is told that it takes longer. It gives up after 3 s.
const DEFER_AFTER: Duration = Duration::from_millis(1_500);
/// What may open a form cannot be deferred before, so it gets nearly all the time there is.
const FORM_AFTER: Duration = Duration::from_millis(2_300);
/// A command that takes longer than this does not come back.
const AT_MOST: Duration = Duration::from_secs(60);
/// Servers that Discord has not told of so long after the session began are in an outage of its own.
const SERVERS_WITHIN: Duration = Duration::from_secs(5);

/// Where Discord's events arrive.
pub(super) struct Front {
    pub(super) discord: Connection,
    pub(super) identifies: Identifies,
    pub(super) desk: Desk,
    fetcher: Fetcher,
    /// Where the desk's tasks run: not on serenity's thread.
    pub(super) runtime: Handle,
    stop: watch::Receiver<bool>,
    pub(super) permits: Arc<Semaphore>,
    /// A session began, and not all of its servers have been told of yet.
    beginning: AtomicBool,
    /// Counts sessions that are complete; those who hold the desk against Discord's state wait for it.
    sessions: watch::Sender<u64>,
    pub(super) events: AtomicU64,
    pub(super) unreadable: AtomicU64,
    /// Scopes whose commands this process has looked after.
    pub(super) registered: Mutex<std::collections::BTreeSet<Option<GuildId>>>,
}

impl Front {
    /// To be called where the desk's tasks run. `stop` says when they have to end.
    pub(super) fn new(
        discord: Connection,
        desk: Desk,
        fetcher: Fetcher,
        stop: watch::Receiver<bool>,
    ) -> Self {
        Self {
            discord,
            desk,
            fetcher,
            runtime: Handle::current(),
            stop,
            identifies: Identifies::default(),
            permits: Arc::new(Semaphore::new(AT_ONCE as usize)),
            beginning: AtomicBool::new(false),
            sessions: watch::channel(0).0,
            events: AtomicU64::new(0),
            unreadable: AtomicU64::new(0),
            registered: Mutex::default(),
        }
    }

    pub(super) fn sessions(&self) -> watch::Receiver<u64> {
        self.sessions.subscribe()
    }

    /// Answers somebody, among the desk's other tasks. Not broken off when the desk stops: a command that has begun is
    /// finished.
    pub(super) fn begin_to_take(self: &Arc<Self>, asker: Asker, wanted: Wanted) {
        let front = Arc::clone(self);
        self.runtime
            .spawn(async move { front.take(asker, wanted).await });
    }

    /// Takes note of a message on a server, as a call among the others: it may change a ticket, and it is kept.
    pub(super) fn begin_to_hear(self: &Arc<Self>, said: Said) {
        self.begin_to_note(|front| async move {
            let now = front.discord.clock().now();
            let (author, id) = (said.written.author, said.written.id);
            let text = said.written.text.clone().unwrap_or_default();
            // Whoever lost the role under which they hold a ticket gives it back before their words are taken for an answer.
            if let Some((guild, roles)) = &said.author_roles {
                let name = &said.written.author_name;
                front.met(*guild, author, name, roles).await?;
            }
            front.desk.written(said.channel, said.written, now).await?;
            front.desk.heard(said.channel, author, id, &text, now).await
        });
    }

    /// Keeps what a message says since it was edited.
    pub(super) fn begin_to_change(self: &Arc<Self>, said: Said) {
        self.begin_to_note(|front| async move {
            let now = front.discord.clock().now();
            front.desk.written(said.channel, said.written, now).await
        });
    }

    /// Takes back what messages said that were deleted.
    pub(super) fn begin_to_forget(
        self: &Arc<Self>,
        channel: ChannelId,
        messages: Vec<(MessageId, Timestamp)>,
    ) {
        self.begin_to_note(|front| async move {
            let now = front.discord.clock().now();
            front.desk.unwritten(channel, &messages, now).await
        });
    }

    /// Whoever finds the desk full is asked to try again; a message cannot be, so that it waits for its turn.
    fn begin_to_note<F>(self: &Arc<Self>, note: impl FnOnce(Arc<Self>) -> F)
    where
        F: Future<Output = Result<(), Error>> + Send + 'static,
    {
        let front = Arc::clone(self);
        let note = note(Arc::clone(self));
        let permit = Arc::clone(&self.permits).try_acquire_owned();
        self.runtime.spawn(async move {
            let _permit = match permit {
                Ok(permit) => permit,
                Err(_) => match Arc::clone(&front.permits).acquire_owned().await {
                    Ok(permit) => permit,
                    Err(_) => return,
                },
            };
            if let Err(error) = note.await {
                tracing::error!(?error, "a message in a thread could not be taken note of");
            }
        });
    }

    /// Does something else that an event asks for, until the desk stops.
    pub(super) fn begin<F>(self: &Arc<Self>, work: impl FnOnce(Arc<Self>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let work = work(Arc::clone(self));
        let mut stop = self.stop.clone();
        self.runtime.spawn(async move {
            tokio::select! {
                () = work => {}
                () = told(&mut stop) => {}
            }
        });
    }

    /// How many events have arrived.
    pub(super) fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    /// Waits until what is under way has been answered.
    pub(super) async fn drained(&self) {
        // The semaphore is never closed.
        let _ = self.permits.acquire_many(AT_ONCE).await;
    }

    /// One interaction or message, from its arrival to its answer.
    pub(super) async fn take(self: &Arc<Self>, asker: Asker, wanted: Wanted) {
        let watch = Stopwatch::start();
        let words = Words::of(&asker.locale);
        let Ok(_permit) = Arc::clone(&self.permits).try_acquire_owned() else {
            tracing::warn!(
                "more is asked of the desk than it can do at once; somebody was asked to try again"
            );
            let reply = no(&words, &Refusal::Busy, &asker);
            return give(&self.discord, &asker, Sent::Nothing, &reply).await;
        };
        let (command, input) = match wanted {
            Ok(wanted) => wanted,
            Err(refusal) => {
                let reply = no(&words, &refusal, &asker);
                return give(&self.discord, &asker, Sent::Nothing, &reply).await;
            }
        };
        let patience = patience(command, &input, &asker);
        let secrets = self.desk.secrets_in(input.typed());
        let mut work = tokio::spawn({
            let (front, asker) = (Arc::clone(self), asker.clone());
            async move { front.run(&asker, command, input).await }
        });
        let mut sent = Sent::Nothing;
        let early = match patience {
            Some(patience) => deadline(patience, &mut work).await,
            None => None,
        };
        let done = match early {
            Some(done) => Some(done),
            None => {
                let answered_later =
                    matches!(asker.way, Way::Interaction { from, .. } if from != From::Typing);
                if answered_later && defer(&self.discord, &asker).await {
                    sent = Sent::Deferral;
                }
                deadline(AT_MOST, &mut work).await
            }
        };
        let result = match done {
            Some(Ok(result)) => result,
            Some(Err(join)) => Err(Error::Failed(panicked(join))),
            None => {
                work.abort();
                Err(Error::Failed(anyhow::anyhow!(
                    "it was not done within {AT_MOST:?}"
                )))
            }
        };
        let reply = match result {
            Ok(Reply::Form(_)) if sent == Sent::Deferral => no(&words, &Refusal::Busy, &asker),
            Ok(reply) => reply,
            Err(Error::Refused(refusal)) => {
                tracing::debug!(
                    command = command.path,
                    user.id = asker.user.0,
                    refusal = refusal.kind(),
                    "refused"
                );
                no(&words, &refusal, &asker)
            }
            Err(Error::Failed(error)) => {
                let reference = reference(&asker);
                tracing::error!(
                    reference,
                    command = command.path,
                    user.id = asker.user.0,
                    error = ?error,
                    "a command failed"
                );
                sentence(words.failed(&reference), &asker)
            }
        };
        give(&self.discord, &asker, sent, &reply).await;
        if !secrets.is_empty() {
            let kinds: Vec<String> = secrets.iter().map(|kind| kind.in_words()).collect();
            let kinds = kinds.join(", ");
            let post = Post::text(match asker.way {
                Way::Interaction { .. } => words.secret_typed(&kinds),
                Way::Message { .. } => words.secret_said(&kinds),
            });
            tell(&self.discord, &asker, &reply, &post).await;
        }
        let duration_ms = u64::try_from(watch.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(
            command = command.path,
            user.id = asker.user.0,
            duration_ms,
            "answered"
        );
    }

    /// The gate, then the command.
    async fn run(
        &self,
        asker: &Asker,
        command: &'static Command,
        input: Input,
    ) -> Result<Reply, Error> {
        let now = self.discord.clock().now();
        let server = self.discord.server(asker.guild);
        let house = match asker.guild {
            Some(guild) => self.desk.house(guild).await?,
            None => House::default(),
        };
        let standing = Standing {
            owner: asker.guild.is_some()
                && (asker.administrator || server.owner() == Some(asker.user)),
            ..house.standing(&asker.roles)
        };
        if !command.who.includes(standing) {
            let refusal = not_for_them(command, asker, &house);
            if let (Some(guild), false) = (asker.guild, matches!(input, Input::Complete { .. })) {
                let action = command.path;
                self.desk
                    .refused(guild, asker.user, action, &refusal, now)
                    .await?;
            }
            return Err(refusal.into());
        }
        if let Input::Complete { option, typed, .. } = &input {
            let kind = command
                .options
                .iter()
                .find(|known| known.name == option)
                .map(|known| known.kind);
            if let (Some(OptKind::Ticket), Some(guild)) = (kind, asker.guild) {
                let actor = Actor {
                    user: asker.user,
                    name: asker.name.clone(),
                    standing,
                };
                let found = self.desk.suggest(guild, &actor, typed).await?;
                let choices = found.into_iter().map(|(number, title)| {
                    let label = format!("{number} · {}", crate::discord::plain::one_line(&title));
                    (number.to_string(), label)
                });
                return Ok(Reply::Choices(choices.collect()));
            }
        } else if let Some(guild) = asker.guild {
            self.desk
                .met(guild, asker.user, &asker.name, standing, now)
                .await?;
        }
        let call = Call {
            desk: self.desk.clone(),
            actor: Actor {
                user: asker.user,
                name: asker.name.clone(),
                standing,
            },
            guild: asker.guild,
            house,
            channel: asker.channel,
            words: Words::of(&asker.locale),
            cause: asker.cause.clone(),
            now,
            input,
            server,
            fetcher: self.fetcher.clone(),
        };
        (command.run)(&call).await
    }

    pub(super) async fn began(&self, ready: &Ready) {
        tracing::info!(
            user.id = ready.user.id.get(),
            servers = ready.guilds.len(),
            "a session with Discord began"
        );
        self.beginning.store(true, Ordering::SeqCst);
        self.complete();
        self.look_after_commands(None).await;
        pause(SERVERS_WITHIN).await;
        if self.beginning.swap(false, Ordering::SeqCst) {
            tracing::warn!(
                "Discord has not told of all servers; those in an outage of its own are served when it ends"
            );
            self.look_again();
        }
    }

    /// The session is complete once all of its servers have been told of.
    pub(super) fn complete(&self) {
        let waiting = self.discord.cache().unavailable_guilds().len();
        if waiting == 0 && self.beginning.swap(false, Ordering::SeqCst) {
            self.look_again();
        }
    }

    /// Events may have been missed, or something is gone: whoever holds the desk against Discord's state does it now.
    fn look_again(&self) {
        self.sessions.send_modify(|sessions| *sessions += 1);
    }

    /// A thread was deleted. If it was a ticket's, it is opened again.
    pub(super) async fn lost(&self, thread: ChannelId) {
        match self.desk.ticket_in(thread).await {
            Ok(Some((_, number))) => {
                tracing::warn!(ticket.number = %number, "a ticket's thread was deleted");
                self.look_again();
            }
            Ok(None) => {}
            Err(error) => tracing::error!(?error, "a thread's end could not be looked into"),
        }
    }

    pub(super) async fn look_after_commands(&self, guild: Option<GuildId>) {
        if self.registered.lock().await.insert(guild) {
            register(&self.discord, &self.desk, guild).await;
        }
    }

    pub(super) async fn met(
        &self,
        guild: GuildId,
        user: UserId,
        name: &str,
        roles: &[RoleId],
    ) -> Result<(), Error> {
        let house = self.desk.house(guild).await?;
        let now = self.discord.clock().now();
        self.desk
            .met(guild, user, name, house.standing(roles), now)
            .await
    }

    /// All members are known now: those with a role of the desk are remembered, and who is gone or lost theirs while
    /// nobody looked gives back what they hold.
    pub(super) async fn met_everybody(&self, guild: GuildId) -> Result<(), Error> {
        let house = self.desk.house(guild).await?;
        let members: Vec<(UserId, String, Standing)> = match self.discord.cache().guild(guild.0) {
            Some(known) => known
                .members
                .values()
                .map(|member| {
                    (
                        UserId(member.user.id.get()),
                        name_of(member),
                        house.standing(&roles_of(member)),
                    )
                })
                .collect(),
            None => return Ok(()),
        };
        let now = self.discord.clock().now();
        let known = self.desk.staff(guild).await?;
        for (user, name, standing) in &members {
            if *standing != Standing::default() || known.iter().any(|(known, _)| known == user) {
                self.desk.met(guild, *user, name, *standing, now).await?;
            }
        }
        for (user, _) in known {
            if !members.iter().any(|(member, ..)| *member == user) {
                self.desk.gone(guild, user, now).await?;
            }
        }
        Ok(())
    }
}

/// Why a command is not for somebody of that standing.
fn not_for_them(command: &Command, asker: &Asker, house: &House) -> Refusal {
    match (asker.guild, house.set_up) {
        (None, _) => Refusal::ServerOnly,
        (Some(_), false) if command.path == "setup run" => Refusal::FirstSetUp,
        (Some(_), false) => Refusal::NotSetUp,
        (Some(_), true) => Refusal::RoleNeeded {
            roles: command.who.roles(),
        },
    }
}

/// How long a command may take before Discord is told that it takes longer. `None`: at once.
fn patience(command: &Command, input: &Input, asker: &Asker) -> Option<Duration> {
    if matches!(asker.way, Way::Message { .. }) {
        return Some(AT_MOST);
    }
    match command.answers {
        Answers::Deferred if !matches!(input, Input::Complete { .. }) => None,
        Answers::Form if !matches!(input, Input::Submit { .. }) => Some(FORM_AFTER),
        Answers::Form | Answers::Now | Answers::Deferred => Some(DEFER_AFTER),
    }
}

/// A refusal as an answer. While somebody is typing there is no place for a sentence: nothing is suggested.
fn no(words: &Words, refusal: &Refusal, asker: &Asker) -> Reply {
    sentence(words.refusal(refusal), asker)
}

pub(super) fn sentence(text: String, asker: &Asker) -> Reply {
    match asker.way {
        Way::Interaction {
            from: From::Typing, ..
        } => Reply::Choices(Vec::new()),
        _ => Reply::Say(Post::text(text)),
    }
}

/// By what a person and the log name the same failure: four digits, from what caused it.
pub(super) fn reference(asker: &Asker) -> String {
    let digest = Sha256::digest(asker.cause.as_str().as_bytes());
    HEXUPPER.encode(&digest[..2])
}

fn panicked(join: tokio::task::JoinError) -> anyhow::Error {
    match join.try_into_panic() {
        Ok(panic) => anyhow::anyhow!("it panicked: {}", message_of(panic.as_ref())),
        Err(join) => anyhow::Error::new(join),
    }
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "without a message".to_owned())
}

pub(super) fn name_of(member: &Member) -> String {
    member
        .nick
        .clone()
        .unwrap_or_else(|| shown_name(&member.user))
}

pub(super) fn roles_of(member: &Member) -> Vec<RoleId> {
    member.roles.iter().map(|role| RoleId(role.get())).collect()
}
