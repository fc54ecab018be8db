//! Keeps a session with Discord's gateway, whatever serenity makes of it.
//!
//! What serenity 0.12.5 does by itself (`discord/NOTES.md` 1.4): it resumes and identifies again on its own, without end;
//! on a close without a code, and on 4011, its loop spins at full speed and notices nothing until the next heartbeat; in
//! that state a shutdown never returns and cannot be interrupted. So a heartbeat of our own is handed to the loop every few
//! seconds: a spinning loop fails to send it and ends, which stops the spin, and a living one gets an answer, which shows
//! that it lives. Identifies are counted, because a thousand in a day cost the token.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serenity::all::{ClientBuilder, ConnectionStage, GatewayError, ShardId, ShardManager};
use tokio::sync::watch;

use super::front::{Ears, Front};
use crate::clock::{Stopwatch, deadline, pause};
use crate::discord::connect::Granted;

/// How often the session is looked at.
const EVERY: Duration = Duration::from_secs(10);
/// After so long without any sign of life the session is begun anew: Discord's heartbeats are 41 s apart, and each of ours
/// is answered.
const SILENCE: Duration = Duration::from_secs(30);
/// After so long without a session the client is thrown away, with whatever its connection hangs in.
const NO_SESSION: Duration = Duration::from_secs(60);
/// Sessions shorter than this count against [`IDENTIFIES_AN_HOUR`].
const SOUND: Duration = Duration::from_secs(600);
/// Identifies an hour, besides those that led to a sound session (`RELIABILITY` F11).
const IDENTIFIES_AN_HOUR: usize = 5;
const HOUR: Duration = Duration::from_secs(3600);
/// The longest wait before the next try.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// How long a shutdown of serenity's may take.
const SHUTDOWN: Duration = Duration::from_secs(6);

/// Why the gateway ended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ended {
    /// It was told to.
    #[error("the gateway was told to stop")]
    Told,
    /// Discord does not let the bot in, and will not without a person.
    #[error("{0}")]
    Refused(String),
}

/// Counts the identifies of the last hour that came to nothing.
#[derive(Debug, Default)]
pub(super) struct Identifies(Mutex<VecDeque<Stopwatch>>);

impl Identifies {
    /// One more. The one before is forgiven if its session lasted.
    pub(super) fn count(&self) {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if at.back().is_some_and(|last| last.elapsed() >= SOUND) {
            at.pop_back();
        }
        at.push_back(Stopwatch::start());
    }

    /// How long to wait before the next one.
    pub(super) fn wait(&self) -> Duration {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while at.front().is_some_and(|first| first.elapsed() >= HOUR) {
            at.pop_front();
        }
        match at.front() {
            Some(first) if at.len() >= IDENTIFIES_AN_HOUR => HOUR.saturating_sub(first.elapsed()),
            _ => Duration::ZERO,
        }
    }
}

/// Serves until told to stop, or until Discord does not let the bot in.
pub(super) async fn supervise(front: Arc<Front>, mut stop: watch::Receiver<bool>) -> Ended {
    let mut failures = 0;
    loop {
        let left = front.identifies.wait();
        if !left.is_zero() {
            tracing::error!(
                minutes = left.as_secs().div_ceil(60),
                "the last sessions with Discord's gateway ended as soon as they began; the next try waits, because too many \
                 of them would cost the token"
            );
            tokio::select! {
                () = pause(left) => {}
                () = told(&mut stop) => return Ended::Told,
            }
        }
        let watch = Stopwatch::start();
        match serve(&front, &mut stop).await {
            Outcome::Ended(ended) => return ended,
            Outcome::Again => {
                failures = if watch.elapsed() > SOUND {
                    0
                } else {
                    failures + 1
                }
            }
        }
        let wait = Duration::from_secs(1 << failures.min(6)).min(LONGEST_WAIT);
        tracing::warn!(
            seconds = wait.as_secs(),
            "the session with Discord's gateway is begun anew"
        );
        tokio::select! {
            () = pause(wait) => {}
            () = told(&mut stop) => return Ended::Told,
        }
    }
}

enum Outcome {
    Ended(Ended),
    Again,
}

/// Resolves when `stop` says true.
pub(super) async fn told(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        // Whoever could say so is gone, which says it too.
    }
}

async fn serve(front: &Arc<Front>, stop: &mut watch::Receiver<bool>) -> Outcome {
    let discord = &front.discord;
    let ears = Ears(Arc::clone(front));
    let building = ClientBuilder::new_with_http(discord.http(), discord.granted().intents())
        .event_handler(ears.clone())
        .raw_event_handler(ears);
    // serenity asks where the gateway is, and falls back to the real one when nobody answers; what it found is replaced
    // before anything connects.
    let mut client = match deadline(LONGEST_WAIT, building.into_future()).await {
        Some(Ok(client)) => client,
        Some(Err(error)) => {
            tracing::warn!(%error, "serenity's client could not be made");
            return Outcome::Again;
        }
        None => return Outcome::Again,
    };
    discord
        .gateway()
        .clone_into(&mut *client.ws_url.lock().await);
    discord.use_cache(Arc::clone(&client.cache));
    let manager = Arc::clone(&client.shard_manager);
    tokio::select! {
        result = client.start() => {
            // The loop has ended, and serenity would wait five seconds for it to say so.
            tokio::spawn(async move { shut_down(&manager).await });
            match result {
                Err(serenity::Error::Gateway(error)) => after(front, &error),
                Err(error) => {
                    tracing::warn!(%error, "the session with Discord's gateway ended");
                    Outcome::Again
                }
                Ok(()) => Outcome::Again,
            }
        }
        outcome = look_after(front, &manager) => {
            shut_down(&manager).await;
            outcome
        }
        () = told(stop) => {
            shut_down(&manager).await;
            Outcome::Ended(Ended::Told)
        }
    }
}

/// What follows from serenity's giving up.
fn after(front: &Front, error: &GatewayError) -> Outcome {
    match error {
        GatewayError::InvalidAuthentication => Outcome::Ended(Ended::Refused(
            "Discord's gateway does not accept the token (4004). Copy it again from the developer portal: your application, \
             Bot, Reset Token."
                .to_owned(),
        )),
        GatewayError::InvalidGatewayIntents => Outcome::Ended(Ended::Refused(
            "Discord's gateway does not know the intents that this program asks for (4013). Is there a newer version?"
                .to_owned(),
        )),
        GatewayError::DisallowedGatewayIntents => {
            let granted = front.discord.granted();
            if granted == Granted::default() {
                return Outcome::Ended(Ended::Refused(
                    "Discord's gateway refuses the intents (4014), although none of them is privileged.".to_owned(),
                ));
            }
            let names = [
                (granted.members, "Server Members Intent"),
                (granted.message_content, "Message Content Intent"),
            ];
            let names: Vec<&str> = names.into_iter().filter(|(asked, _)| *asked).map(|(_, name)| name).collect();
            tracing::error!(
                "Discord refuses the privileged intents (4014). The desk goes on without them: it knows only the members it \
                 has met. To have them: developer portal, your application, Bot, Privileged Gateway Intents, switch on \
                 \"{}\", save, and start the desk again.",
                names.join("\" and \"")
            );
            front.discord.without_privileged_intents();
            Outcome::Again
        }
        error => {
            tracing::warn!(%error, "the session with Discord's gateway ended");
            Outcome::Again
        }
    }
}

/// Looks at the session every few seconds; returns when it has to be begun anew, or must not go on.
async fn look_after(front: &Arc<Front>, manager: &Arc<ShardManager>) -> Outcome {
    let mut seen = (0, None);
    let mut silent = Stopwatch::start();
    let mut without_session = Stopwatch::start();
    loop {
        pause(EVERY).await;
        if front.discord.api().unauthorized() {
            return Outcome::Ended(Ended::Refused(
                "Discord does not accept the token any more.".to_owned(),
            ));
        }
        let (latency, stage) = {
            let runners = manager.runners.lock().await;
            match runners.get(&ShardId(0)) {
                Some(runner) => {
                    runner.runner_tx.websocket_message(heartbeat().into());
                    (runner.latency, runner.stage)
                }
                None => (None, ConnectionStage::Disconnected),
            }
        };
        let now = (front.events(), latency);
        if now != seen {
            seen = now;
            silent = Stopwatch::start();
        }
        if stage == ConnectionStage::Connected {
            without_session = Stopwatch::start();
            if silent.elapsed() >= SILENCE {
                tracing::warn!(
                    "Discord's gateway has not been heard of for a while; the session is begun anew"
                );
                return Outcome::Again;
            }
        } else if without_session.elapsed() >= NO_SESSION {
            tracing::warn!(
                "there is no session with Discord's gateway; trying again with a new connection"
            );
            return Outcome::Again;
        }
        if !front.identifies.wait().is_zero() && stage != ConnectionStage::Connected {
            return Outcome::Again;
        }
    }
}

/// A heartbeat as text. Discord takes it at any time, and it needs no sequence number.
fn heartbeat() -> String {
    r#"{"op":1,"d":null}"#.to_owned()
}

/// Ends serenity's tasks. A loop that spins must not be told to shut down, because it would wait for a frame that cannot
/// come; the heartbeat before it ends such a loop first.
async fn shut_down(manager: &Arc<ShardManager>) {
    if let Some(runner) = manager.runners.lock().await.get(&ShardId(0)) {
        runner.runner_tx.websocket_message(heartbeat().into());
    }
    if deadline(SHUTDOWN, manager.shutdown_all()).await.is_none() {
        tracing::warn!(
            "the session with Discord's gateway did not end in time and is left to itself"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_identify_within_an_hour_waits() {
        let identifies = Identifies::default();
        for _ in 0..IDENTIFIES_AN_HOUR {
            assert_eq!(identifies.wait(), Duration::ZERO);
            identifies.count();
        }
        let wait = identifies.wait();
        assert!(
            wait > HOUR - Duration::from_secs(60) && wait <= HOUR,
            "{wait:?}"
        );
    }
}
