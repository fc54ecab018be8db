//! Keeps a session with Discord's gateway, whatever serenity makes of it.
//!
//! What serenity 0.12.5 does by itself (`discord/NOTES.md` 1.4): it resumes and identifies again on its own, without end;
//! on a close without a code, and on 4011, its loop spins at full speed and notices nothing until the next heartbeat; in
//! that state a shutdown never returns and cannot be interrupted. So the loop has a thread of its own (`thread`), and a
//! heartbeat of our own is handed to it every few seconds: a spinning loop fails to send it and ends, which stops the spin,
//! and a living one gets an answer, which shows that it lives. Identifies are counted, because a thousand in a day cost the
//! token.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serenity::all::{ConnectionStage, GatewayError, ShardId, ShardManager};
use tokio::sync::watch;

use super::front::Front;
use super::thread::{Goodbye, Session};
use crate::clock::{Stopwatch, pause};
use crate::discord::connect::Granted;

/// How often the session is looked at.
const EVERY: Duration = Duration::from_secs(5);
/// After so long without any sign of life the session is begun anew. Each heartbeat of ours is answered, so three in a row
/// were not.
const SILENCE: Duration = Duration::from_secs(15);
/// After so long without a session the client is thrown away, with whatever its connection hangs in.
const NO_SESSION: Duration = Duration::from_secs(60);
/// Sessions shorter than this count against [`IDENTIFIES_AN_HOUR`].
const SOUND: Duration = Duration::from_secs(600);
/// Identifies an hour, besides those that led to a sound session (`RELIABILITY` F11).
const IDENTIFIES_AN_HOUR: usize = 5;
const HOUR: Duration = Duration::from_secs(3600);
/// The longest wait before the next try.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

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
    let mut session = match Session::begin(front).await {
        Ok(session) => session,
        Err(error) => {
            tracing::error!(?error, "the gateway's thread could not be started");
            return Outcome::Again;
        }
    };
    let manager = Arc::clone(&session.manager);
    let (outcome, goodbye) = tokio::select! {
        given_up = session.given_up() => return given_up.map_or(Outcome::Again, |error| after(front, &error)),
        outcome = look_after(front, &manager) => (outcome, Goodbye::Unsaid),
        () = told(stop) => (Outcome::Ended(Ended::Told), Goodbye::Said),
    };
    // A loop that spins must not be told to shut down, because it would wait for a frame that cannot come; a heartbeat
    // before it ends such a loop first.
    heartbeat(&manager).await;
    session.end(goodbye).await;
    outcome
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
async fn look_after(front: &Arc<Front>, manager: &ShardManager) -> Outcome {
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
        let (latency, stage) = heartbeat(manager).await;
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

/// Hands a heartbeat of our own to serenity's loop, and says what it knows of its connection. Discord takes a heartbeat at
/// any time, and it needs no sequence number.
async fn heartbeat(manager: &ShardManager) -> (Option<Duration>, ConnectionStage) {
    match manager.runners.lock().await.get(&ShardId(0)) {
        Some(runner) => {
            let text = r#"{"op":1,"d":null}"#.to_owned();
            runner.runner_tx.websocket_message(text.into());
            (runner.latency, runner.stage)
        }
        None => (None, ConnectionStage::Disconnected),
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
