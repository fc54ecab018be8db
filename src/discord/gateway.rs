//! The gateway: hears what happens on Discord and answers it, for as long as it is not told to stop.
//!
//! To be read in this order: `read` (what a person did, from Discord's event), `front` (the one path from there to an
//! answer), `listen` (what is written directly), `answer` (how it is given), `register` (which commands there are), `watch` (keeps the session alive), `thread`
//! and `ears` (where serenity's loop runs, and what it hears).

mod answer;
mod ears;
mod front;
mod listen;
mod read;
mod register;
mod thread;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch as signal;
use tokio::task::JoinHandle;

use self::front::Front;
pub use self::watch::Ended;
use super::connect::Connection;
use super::files::Fetcher;
use crate::clock::deadline;
use crate::desk::Desk;

/// How long what is under way may take when the gateway stops. With serenity's own end this stays below ten seconds
/// (`RELIABILITY` F41).
const DRAIN: Duration = Duration::from_secs(3);

/// A gateway that is running. Dropping it does not stop it; [`Gateway::stop`] does.
pub struct Gateway {
    front: Arc<Front>,
    stop: signal::Sender<bool>,
    task: JoinHandle<Ended>,
}

impl Gateway {
    /// Begins to serve.
    pub fn start(discord: Connection, desk: Desk, fetcher: Fetcher) -> Self {
        let (stop, told) = signal::channel(false);
        let front = Arc::new(Front::new(discord, desk, fetcher, told.clone()));
        let task = tokio::spawn(watch::supervise(Arc::clone(&front), told));
        Self { front, stop, task }
    }

    /// Counts up whenever a new session is complete, that is, when events may have been missed: at the start, after every
    /// session that could not be resumed, and when something of the desk's vanished on Discord.
    pub fn sessions(&self) -> signal::Receiver<u64> {
        self.front.sessions()
    }

    /// Waits until the first session is complete: its servers, roles and channels are known.
    pub async fn ready(&self) {
        // The sender lives as long as the gateway.
        let _ = self
            .front
            .sessions()
            .wait_for(|sessions| *sessions > 0)
            .await;
    }

    /// Waits until the gateway ends by itself, which it does only when Discord does not let the bot in.
    pub async fn ended(&mut self) -> Ended {
        match (&mut self.task).await {
            Ok(ended) => ended,
            Err(error) => Ended::Refused(format!("the gateway ended unexpectedly: {error}")),
        }
    }

    /// Says goodbye to Discord, and waits for what is under way. Not longer than ten seconds.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if !self.task.is_finished()
            && deadline(Duration::from_secs(7), &mut self.task)
                .await
                .is_none()
        {
            tracing::warn!("the gateway did not stop in time");
            self.task.abort();
        }
        if deadline(DRAIN, self.front.drained()).await.is_none() {
            tracing::warn!(
                "some commands were still under way; their changes are whole or not there, their answers are lost"
            );
        }
    }
}
