//! A small Discord.
//!
//! A real server on loopback: REST under `/api`, the gateway under `/gateway`, a page under `/`, and under `/people` what a
//! person can do (documented in the README). Real Discord libraries connect to it. It knows nothing of help desks and uses no
//! other room but the clock; were it to borrow types from the bot's library, both sides would share a mistake.
//!
//! In which order to read: `world` (what there is and what can be done to it), `laws` (where Discord says no), `wire` (how
//! Discord writes things), `rest` and `gateway` (how applications reach the world), `people` (how persons do), then `room`
//! (the one lock) and `server`.

mod company;
mod connection;
mod faults;
mod gateway;
mod ids;
mod laws;
mod ledger;
mod limits;
mod page;
mod people;
mod rest;
mod room;
mod server;
mod transcript;
mod wire;
mod world;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;

use futures::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::clock::Clock;
pub use company::{BOT_PERMISSIONS, Company, Person, Place, person, place};
use room::Room;
pub use world::GrantedIntents;

/// How the desk's clock is moved forward.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pace {
    /// Stop at each timer that is due on the way.
    Step,
    /// Arrive at once, as after an outage.
    Jump,
}

/// Moves the desk's clock on behalf of somebody who asked over HTTP.
pub type AdvanceHook = Arc<dyn Fn(SignedDuration, Pace) -> BoxFuture<'static, ()> + Send + Sync>;

/// What a stand-in is started with.
#[derive(Clone)]
pub struct Settings {
    /// The port on 127.0.0.1; 0 for any.
    pub port: u16,
    /// Its time.
    pub clock: Clock,
    /// Who lives in the first state.
    pub company: Company,
    /// Which privileged intents the application was granted.
    pub intents: GrantedIntents,
    /// What `POST /people/clock` calls; without it the clock is moved at once.
    pub on_advance: Option<AdvanceHook>,
}

/// A running stand-in. Dropping it does not stop it; [`StandIn::stop`] does.
#[derive(Clone)]
pub struct StandIn {
    room: Room,
    server: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl StandIn {
    /// Starts one.
    ///
    /// # Errors
    /// When the port cannot be bound.
    pub async fn start(settings: Settings) -> anyhow::Result<Self> {
        let (room, server) = server::start(settings).await?;
        Ok(Self {
            room,
            server: Arc::new(Mutex::new(Some(server))),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.room.address()
    }

    /// The base of its REST: what a library takes instead of `https://discord.com`.
    pub fn rest_base(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Its gateway.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}/gateway", self.address())
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.room
            .look(|state| state.world.application.token.clone())
    }

    /// The application's id.
    pub fn application_id(&self) -> u64 {
        self.room.look(|state| state.world.application.id.0)
    }

    /// The guild's id.
    pub fn guild_id(&self) -> u64 {
        self.room.look(|state| state.world.guild.id.0)
    }

    /// Sets what `POST /people/clock` calls.
    pub fn set_on_advance(&self, hook: AdvanceHook) {
        self.room.set_on_advance(hook);
    }

    /// Back to the first state.
    pub fn reset(&self) {
        self.room.reset();
    }

    /// Stops listening and closes every connection.
    pub async fn stop(&self) {
        self.room.stop();
        let server = self
            .server
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        if let Some(server) = server {
            server.abort();
            // It was aborted: the error says just that.
            let _ = server.await;
        }
    }

    /// What somebody needs who wants to connect to it.
    pub fn describe(&self) -> Value {
        let base = self.rest_base();
        json!({
            "rest": base,
            "api": format!("{base}/api/v10"),
            "gateway": self.gateway_url(),
            "token": self.token(),
            "application_id": self.application_id().to_string(),
            "guild_id": self.guild_id().to_string(),
            "people_api": format!("{base}/people"),
            "ledger": format!("{base}/ledger"),
            "page": format!("{base}/"),
            "pid": std::process::id(),
        })
    }
}
