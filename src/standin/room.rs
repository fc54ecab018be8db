//! The one place where the stand-in's state is held, and the one door to it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{broadcast, watch};

use super::faults::Faults;
use super::gateway::sessions::Sessions;
use super::ledger::Ledger;
use super::limits::Limits;
use super::world::{Change, World};
use super::{AdvanceHook, Settings};
use crate::clock::{self, Clock, Stopwatch};

/// Everything that the stand-in remembers.
pub struct State {
    /// The world.
    pub world: World,
    /// The gateway's sessions.
    pub sessions: Sessions,
    /// What was asked.
    pub ledger: Ledger,
    /// What shall fail.
    pub faults: Faults,
    /// Rate limits.
    pub limits: Limits,
}

/// The door. Cheap to clone.
#[derive(Clone)]
pub struct Room(Arc<Inner>);

struct Inner {
    state: Mutex<State>,
    /// Counts the changes, so that those who wait for something look again.
    turns: watch::Sender<u64>,
    /// What the page must look at again, numbered.
    changes: broadcast::Sender<(u64, Change)>,
    on_advance: Mutex<Option<AdvanceHook>>,
    settings: Settings,
    address: SocketAddr,
    stopping: watch::Sender<bool>,
}

impl Room {
    pub(super) fn open(settings: Settings, address: SocketAddr) -> Self {
        let state = first_state(&settings, address);
        Self(Arc::new(Inner {
            state: Mutex::new(state),
            turns: watch::channel(0).0,
            changes: broadcast::channel(4096).0,
            on_advance: Mutex::new(settings.on_advance.clone()),
            settings,
            address,
            stopping: watch::channel(false).0,
        }))
    }

    /// Where the stand-in listens.
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// The desk's clock.
    pub fn clock(&self) -> &Clock {
        &self.0.settings.clock
    }

    /// Reads the state, or changes what nobody else hears of.
    pub fn look<R>(&self, look: impl FnOnce(&mut State) -> R) -> R {
        look(&mut self.lock())
    }

    /// Changes the state; what follows from it is said to the gateway's sessions, to the page and to those who wait, in
    /// order, before anybody else's turn.
    pub fn act<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.lock();
        state.world.archive_quiet_threads();
        let result = act(&mut state);
        let state = &mut *state;
        for dispatch in std::mem::take(&mut state.world.dispatches) {
            state.sessions.say(&dispatch, &mut state.faults);
        }
        for change in std::mem::take(&mut state.world.changes) {
            let mut number = 0;
            self.0.turns.send_modify(|turns| {
                *turns += 1;
                number = *turns;
            });
            // Nobody listening is no failure.
            let _ = self.0.changes.send((number, change));
        }
        result
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens to what the page must look at again.
    pub fn listen(&self) -> broadcast::Receiver<(u64, Change)> {
        self.0.changes.subscribe()
    }

    /// Looks again after every change until `done` says so, or `limit` of real time is over.
    pub async fn wait_until(&self, limit: Duration, mut done: impl FnMut(&mut State) -> bool) {
        let started = Stopwatch::start();
        let mut turns = self.0.turns.subscribe();
        while !self.look(&mut done) {
            let left = limit.saturating_sub(started.elapsed());
            if left.is_zero() {
                return;
            }
            // A deadline of the desk's clock may pass without anybody acting, so look now and then as well.
            let _ = clock::deadline(left.min(Duration::from_millis(100)), turns.changed()).await;
        }
    }

    /// Back to the first state. Sessions are told to come back, and then that theirs is gone.
    pub fn reset(&self) {
        let fresh = first_state(&self.0.settings, self.0.address);
        self.act(|state| {
            state.sessions.close_all();
            state.world = fresh.world;
            state.faults = fresh.faults;
            state.limits = fresh.limits;
            state.ledger.clear();
            state.world.changed("bot", None);
        });
    }

    /// Moves the desk's clock, through the hook if one is set.
    pub async fn advance(&self, by: jiff::SignedDuration, pace: super::Pace) {
        let hook = self
            .0
            .on_advance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match hook {
            Some(hook) => hook(by, pace).await,
            None => self.clock().advance(by),
        }
        self.act(|state| state.world.changed("clock", None));
    }

    pub(super) fn set_on_advance(&self, hook: AdvanceHook) {
        *self
            .0
            .on_advance
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(hook);
    }

    /// Resolves when the stand-in stops.
    pub async fn stopped(&self) {
        let mut stopping = self.0.stopping.subscribe();
        // The sender lives as long as `self`.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }

    pub(super) fn stop(&self) {
        self.0.stopping.send_replace(true);
    }
}

fn first_state(settings: &Settings, address: SocketAddr) -> State {
    let base = format!("http://{address}");
    State {
        world: World::new(
            settings.clock.clone(),
            &settings.company,
            settings.intents,
            base,
        ),
        sessions: Sessions::new(address),
        ledger: Ledger::default(),
        faults: Faults::default(),
        limits: Limits::default(),
    }
}
