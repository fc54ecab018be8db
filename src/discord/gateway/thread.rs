//! serenity's own loop, on a thread and a runtime of its own.
//!
//! When Discord closes the connection without a code, that loop spins until the next heartbeat is due and never gives way
//! (`discord/NOTES.md` 1.4): among the desk's other tasks it would hold up everything for as long. Here it holds up itself
//! alone, and when the runtime is thrown away, whatever hangs in it goes with it.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use serenity::all::{GatewayError, ShardManager, ShardManagerOptions};
use serenity::prelude::TypeMap;
use tokio::sync::{Mutex, RwLock, oneshot};

use super::ears::Ears;
use super::front::Front;
use crate::clock::deadline;

/// How long a shutdown of serenity's may take.
const SHUTDOWN: Duration = Duration::from_secs(5);

/// A session with Discord's gateway, and serenity's attempts to keep it.
pub(super) struct Session {
    /// serenity's handle.
    pub manager: Arc<ShardManager>,
    end: oneshot::Sender<Goodbye>,
    ended: oneshot::Receiver<Option<GatewayError>>,
}

/// How a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goodbye {
    /// Discord is told, and shows the bot as offline at once.
    Said,
    /// The connection is dropped; another one follows.
    Unsaid,
}

impl Session {
    /// Begins one. serenity's client would ask once more where the gateway is, and fall back to the real one when nobody
    /// answers, so its parts are put together here, with the address that was checked.
    pub(super) async fn begin(front: &Arc<Front>) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let ears = Arc::new(Ears(Arc::clone(front)));
        let discord = &front.discord;
        let options = ShardManagerOptions {
            data: Arc::new(RwLock::new(TypeMap::new())),
            event_handlers: vec![ears.clone()],
            raw_event_handlers: vec![ears],
            shard_index: 0,
            shard_init: 1,
            shard_total: 1,
            ws_url: Arc::new(Mutex::new(discord.gateway().to_owned())),
            cache: discord.cache(),
            http: Arc::new(discord.http()),
            intents: discord.granted().intents(),
            presence: None,
        };
        let (begun, beginning) = oneshot::channel();
        let (end, told) = oneshot::channel();
        let (over, ended) = oneshot::channel();
        std::thread::Builder::new()
            .name("gateway".to_owned())
            .spawn(move || {
                let outcome = runtime.block_on(listen(options, begun, told));
                runtime.shutdown_background();
                // Nobody listens any more when the session was left to itself.
                let _ = over.send(outcome);
            })?;
        let manager = beginning.await?;
        Ok(Self {
            manager,
            end,
            ended,
        })
    }

    /// Waits until serenity gives up: why, where it says so.
    pub(super) async fn given_up(&mut self) -> Option<GatewayError> {
        (&mut self.ended).await.ok().flatten()
    }

    /// Ends it. What does not end in time is left to itself.
    pub(super) async fn end(mut self, how: Goodbye) {
        // The thread may have ended by itself.
        let _ = self.end.send(how);
        let limit = SHUTDOWN + Duration::from_secs(1);
        if deadline(limit, &mut self.ended).await.is_none() {
            tracing::warn!(
                "the session with Discord's gateway did not end in time and is left to itself"
            );
        }
    }
}

async fn listen(
    options: ShardManagerOptions,
    begun: oneshot::Sender<Arc<ShardManager>>,
    told: oneshot::Receiver<Goodbye>,
) -> Option<GatewayError> {
    let (manager, mut results) = ShardManager::new(options);
    if let Err(error) = manager.initialize() {
        tracing::warn!(%error, "the session with Discord's gateway could not be begun");
        return None;
    }
    if begun.send(Arc::clone(&manager)).is_err() {
        return None;
    }
    tokio::select! {
        result = results.next() => result.and_then(Result::err),
        how = told => {
            if how == Ok(Goodbye::Said) && deadline(SHUTDOWN, manager.shutdown_all()).await.is_none() {
                tracing::warn!("Discord's gateway did not answer the goodbye");
            }
            None
        }
    }
}
