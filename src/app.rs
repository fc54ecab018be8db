//! Puts the rooms together: the bot on Discord, the bot on its own stand-in, the stand-in alone.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::clock::{Clock, deadline, pause};
use crate::config::Config;
use crate::desk::Desk;
use crate::desk::redact::Redactor;
use crate::discord::files::{Fetcher, Source};
use crate::discord::gateway::Ended;
use crate::discord::{Connection, Gateway, connect};
use crate::jobs::{articles, files, learning, outbox, reconcile, reports, timers, vectors};
use crate::kb::Kb;
use crate::kb::vectors::{Encoder, Table};
use crate::store::vectors::FILE;
use crate::store::{self, Store};

mod trial;

pub use trial::{Trial, stand_in, try_it};

/// What the desk may take to stop (`RELIABILITY` F41).
const STOPPING: Duration = Duration::from_secs(10);

/// The running desk.
pub struct App {
    desk: Desk,
    connection: Connection,
    clock: Clock,
    busy: watch::Receiver<usize>,
    stop: watch::Sender<bool>,
    ended: mpsc::Receiver<String>,
    loops: Vec<JoinHandle<()>>,
}

/// Which Discord the desk is started on.
#[derive(Clone, Default)]
pub struct Overrides {
    /// A client for REST that resolves Discord's name elsewhere: the tests keep serenity's rate limiter in the loop by it.
    pub client: Option<reqwest::Client>,
    /// The base address of a stand-in from which attached files are fetched, where REST is resolved elsewhere.
    pub files: Option<String>,
}

impl App {
    /// Opens the database, reads the articles, connects, and starts everything that runs by itself. It has returned when
    /// Discord has been asked who we are; the gateway's greeting may come a moment later.
    ///
    /// # Errors
    /// When another process has the database, when it is damaged, or when Discord does not let us in.
    pub async fn start(
        config: &Config,
        clock: Clock,
        overrides: Overrides,
    ) -> anyhow::Result<Self> {
        let token = config
            .token
            .as_ref()
            .context("the bot's token is not set (DISCORD_TOKEN)")?;
        let store = Store::open(&config.database).await?;
        let (kb, kept) = open_knowledge(config, &clock).await?;
        let redactor = Redactor::new(&[token.expose()]);
        let desk = Desk::new(store, kb, config.limits, redactor);
        desk.set_zones(clock.now()).await?;
        let rest = match &config.api {
            Some(base) => connect::Rest::StandIn(base.clone()),
            None => connect::Rest::Discord,
        };
        let files = match overrides.files.as_ref().or(config.api.as_ref()) {
            Some(base) => Source::StandIn(base.clone()),
            None => Source::Discord,
        };
        let fetcher = Fetcher::new(files, desk.store().files())?;
        let settings = connect::Settings {
            token: token.expose().to_owned(),
            rest,
            client: overrides.client,
            clock: clock.clone(),
        };
        let connection = connect::connect(settings).await?;
        say_who_we_are(&connection);

        let (stop, stopped) = watch::channel(false);
        let (busy_now, busy) = watch::channel(0);
        let (end, ended) = mpsc::channel(4);
        let gateway = Gateway::start(connection.clone(), desk.clone(), fetcher.clone());
        let session = gateway.sessions();
        let mut loops = vec![
            tokio::spawn(serve(gateway, stopped.clone(), end.clone())),
            tokio::spawn(timers::run(desk.clone(), clock.clone(), stopped.clone())),
            tokio::spawn(timers::audit(desk.clone(), clock.clone(), stopped.clone())),
            tokio::spawn(articles::run(desk.clone(), stopped.clone())),
            tokio::spawn(reports::run(desk.clone(), stopped.clone())),
            tokio::spawn(learning::run(desk.clone(), clock.clone(), stopped.clone())),
            tokio::spawn(vectors::run(
                desk.clone(),
                kept,
                clock.clone(),
                stopped.clone(),
            )),
            tokio::spawn(files::run(
                desk.clone(),
                fetcher,
                clock.clone(),
                stopped.clone(),
            )),
            tokio::spawn(reconcile::run(
                desk.clone(),
                connection.clone(),
                clock.clone(),
                session,
                stopped.clone(),
            )),
        ];
        let deliveries = outbox::run(
            desk.clone(),
            connection.clone(),
            clock.clone(),
            busy_now,
            stopped,
        );
        loops.push(tokio::spawn(async move {
            if let outbox::Ended::Refused { why } = deliveries.await {
                let _ = end.send(why).await;
            }
        }));
        Ok(Self {
            desk,
            connection,
            clock,
            busy,
            stop,
            ended,
            loops,
        })
    }

    /// The desk.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The connection to Discord.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Waits until nothing is under way and nothing waits that could be done now: everybody has heard what they are to
    /// hear. What waits for its time, or for somebody to mend something on Discord, is not waited for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn settled(&self) -> anyhow::Result<()> {
        self.watched().settled().await
    }

    /// Waits until the desk ends by itself, and says why.
    pub async fn ended(&mut self) -> String {
        self.ended
            .recv()
            .await
            .unwrap_or_else(|| "everything has ended".to_owned())
    }

    /// Stops: what is under way finishes, nothing that was accepted is lost, and within ten seconds it is over.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let aborts: Vec<_> = self.loops.iter().map(JoinHandle::abort_handle).collect();
        let all = async {
            for ended in self.loops {
                if let Err(error) = ended.await {
                    tracing::error!(error = ?error, "a loop ended unexpectedly");
                }
            }
        };
        if deadline(STOPPING, all).await.is_none() {
            tracing::warn!(
                "not everything stopped in time; the next start goes on where this one ended"
            );
            aborts.iter().for_each(tokio::task::AbortHandle::abort);
        }
        self.desk.store().close().await;
    }
}

/// Reads the articles, and loads the encoder if one was added, with what it made of articles before.
async fn open_knowledge(
    config: &Config,
    clock: &Clock,
) -> anyhow::Result<(Kb, Option<store::vectors::Vectors>)> {
    let (folder, table) = (config.kb.clone(), config.table.clone());
    let encoder = config.encoder.clone();
    // Each takes about as long as the other.
    let encoder = spawn_blocking(move || Encoder::added(&encoder));
    let kb = spawn_blocking(move || {
        let table = Table::chosen(table.as_deref())?;
        anyhow::Ok(Kb::open_soon(&folder, Some(table)))
    });
    let mut kb = kb.await??;
    match encoder.await? {
        Ok(Some(encoder)) => kb = kb.with_encoder(Arc::new(encoder)),
        Ok(None) => {}
        Err(fault) => {
            tracing::warn!(
                "the encoder is not used: {fault}. `deskhand kb encoder add` adds it anew"
            );
        }
    }
    articles::report(&kb);
    let Some(encoder) = kb.encoder() else {
        return Ok((kb, None));
    };
    tracing::info!(
        encoder = encoder.name(),
        "questions are answered with the encoder's help"
    );
    let kept = store::vectors::Vectors::open(&config.encoder.join(FILE), clock.now()).await;
    let kept = kept
        .inspect_err(|error| {
            tracing::warn!(error = ?error, "what the encoder reads cannot be kept, and is read again after a restart");
        })
        .ok();
    Ok((kb, kept))
}

/// Serves the gateway until `stop` says true, or until Discord does not let the bot in.
async fn serve(mut gateway: Gateway, mut stop: watch::Receiver<bool>, end: mpsc::Sender<String>) {
    tokio::select! {
        ended = gateway.ended() => {
            if let Ended::Refused(why) = ended {
                // Whoever waits for the end reads it; nobody waits any more when the desk is stopping.
                let _ = end.send(why).await;
            }
            return;
        }
        // The sender lives as long as the app.
        _ = async { stop.wait_for(|stop| *stop).await.map(|_| ()) } => {}
    }
    gateway.stop().await;
}

fn say_who_we_are(connection: &Connection) {
    let links = crate::invite::links(connection.application());
    tracing::info!(
        application.id = connection.application(),
        "connected to Discord"
    );
    tracing::info!(
        "to add the bot to a server, with its own roles and channels: {}",
        links.full
    );
    tracing::info!(
        "to add it to one whose roles and channels it is to adopt: {}",
        links.adopting
    );
}

/// Runs the bot on Discord until the process is told to stop.
///
/// # Errors
/// What kept it from starting, or made it stop by itself.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let mut app = App::start(&config, Clock::system(), Overrides::default()).await?;
    let why = tokio::select! {
        told = told_to_stop() => { told?; None }
        why = app.ended() => Some(why),
    };
    tracing::info!("stopping");
    app.stop().await;
    match why {
        Some(why) => Err(anyhow!(why)),
        None => Ok(()),
    }
}

/// Waits until the process is told to stop: Ctrl-C, or on Unix a termination signal, as a service manager sends it.
///
/// # Errors
/// If the signals cannot be listened for.
pub async fn told_to_stop() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// What is looked at to see whether the desk has come to rest.
#[derive(Clone)]
struct Watched {
    desk: Desk,
    clock: Clock,
    busy: watch::Receiver<usize>,
}

impl Watched {
    async fn settled(&self) -> anyhow::Result<()> {
        loop {
            let quiet = *self.busy.borrow() == 0 && {
                let mut from = self.desk.store().reader().await?;
                let now = self.clock.now();
                store::outbox::ready(&mut from, 1, now).await?.is_empty()
                    && store::cards::ready(&mut from, 1, now).await?.is_empty()
                    && store::files::ready(&mut from, 1, now).await?.is_empty()
            };
            if quiet {
                return Ok(());
            }
            pause(Duration::from_millis(5)).await;
        }
    }
}

impl App {
    fn watched(&self) -> Arc<Watched> {
        Arc::new(Watched {
            desk: self.desk.clone(),
            clock: self.clock.clone(),
            busy: self.busy.clone(),
        })
    }
}
