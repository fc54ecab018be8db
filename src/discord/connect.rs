//! The connection to Discord: who we are there, what we were granted, and where the gateway is.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use serde_json::Value;
use serenity::all::{Cache, GatewayIntents};
use serenity::http::Route;

use super::api::{Api, Trouble, http};
use super::server::Server;
use crate::clock::{Clock, pause};
use crate::domain::ids::{ChannelId, GuildId, UserId};

/// How the bot reaches Discord.
#[derive(Clone)]
pub struct Settings {
    /// The bot's token.
    pub token: String,
    /// Which Discord.
    pub rest: Rest,
    /// The client for REST. Tests give one that resolves Discord's name to a loopback address, so that serenity's rate
    /// limiter stays in the loop; without one a plain client is made.
    pub client: Option<reqwest::Client>,
    /// Desk time.
    pub clock: Clock,
}

/// Which Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// The real one.
    Discord,
    /// One that stands in for it, at this address (`http://127.0.0.1:4000`).
    StandIn(String),
}

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoConnection {
    /// The token is not accepted.
    #[error(
        "Discord does not accept the token. Copy it again from the developer portal (your application, Bot, Reset Token)."
    )]
    Unauthorized,
    /// The gateway is somewhere that it should not be.
    #[error(
        "{rest} says that its gateway is {gateway}, which is neither on this machine nor on the same host. The token is \
         not sent there."
    )]
    GatewayElsewhere {
        /// The REST interface that said so.
        rest: String,
        /// The gateway that it named.
        gateway: String,
    },
    /// More servers than one gateway connection may serve.
    #[error(
        "Discord asks for {shards} gateway connections for this bot's servers; Deskhand serves with one"
    )]
    TooManyServers {
        /// How many it asks for.
        shards: u64,
    },
    /// Discord cannot be reached, or does not say what it should.
    #[error("Discord cannot be reached: {0}")]
    Unreachable(String),
}

/// The privileged intents that the application was granted in the developer portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    /// "Server Members Intent": all holders of a role are known, and who loses it is known at once.
    pub members: bool,
    /// "Message Content Intent": what is written in tickets' threads can be read.
    pub message_content: bool,
}

impl Granted {
    /// Read from an application's flags (`GATEWAY_GUILD_MEMBERS`, `GATEWAY_MESSAGE_CONTENT`, and both `_LIMITED`).
    pub fn from_flags(flags: u64) -> Self {
        Self {
            members: flags & (1 << 14 | 1 << 15) != 0,
            message_content: flags & (1 << 18 | 1 << 19) != 0,
        }
    }

    /// What is asked for at the gateway: this, and nothing that is not used.
    pub fn intents(self) -> GatewayIntents {
        let mut intents = GatewayIntents::GUILDS
            | GatewayIntents::GUILD_MESSAGES
            | GatewayIntents::DIRECT_MESSAGES;
        if self.members {
            intents |= GatewayIntents::GUILD_MEMBERS;
        }
        if self.message_content {
            intents |= GatewayIntents::MESSAGE_CONTENT;
        }
        intents
    }
}

/// A connection. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
    api: Api,
    settings: Settings,
    client: reqwest::Client,
    application: u64,
    bot: UserId,
    granted: ArcSwap<Granted>,
    gateway: String,
    /// What the gateway told of the servers.
    cache: Arc<Cache>,
}

impl Connection {
    /// The way to the REST interface.
    pub fn api(&self) -> &Api {
        &self.0.api
    }

    /// The application's id.
    pub fn application(&self) -> u64 {
        self.0.application
    }

    /// The bot's own id.
    pub fn bot(&self) -> UserId {
        self.0.bot
    }

    /// The privileged intents that are asked for: those that were granted when the connection was made, or none after
    /// Discord refused them all the same.
    pub fn granted(&self) -> Granted {
        **self.0.granted.load()
    }

    /// Whether Discord says when members come, go, or change roles.
    pub fn hears_of_members(&self) -> bool {
        self.granted().members
    }

    pub(super) fn without_privileged_intents(&self) {
        self.0.granted.store(Arc::new(Granted::default()));
    }

    /// Where the gateway is.
    pub fn gateway(&self) -> &str {
        &self.0.gateway
    }

    /// Desk time.
    pub fn clock(&self) -> &Clock {
        &self.0.settings.clock
    }

    /// What is known of `guild`, or of none in a direct message.
    pub fn server(&self, guild: Option<GuildId>) -> Server {
        Server::new(Some(self.cache()), guild, self.0.bot, self.granted())
    }

    /// The channel above a thread, where the gateway told of the thread.
    pub(super) fn parent_of(&self, thread: ChannelId) -> Option<ChannelId> {
        let cache = &self.0.cache;
        cache.guilds().into_iter().find_map(|guild| {
            let guild = cache.guild(guild)?;
            let thread = guild
                .threads
                .iter()
                .find(|known| known.id.get() == thread.0)?;
            Some(ChannelId(thread.parent_id?.get()))
        })
    }

    /// A client of serenity's for the gateway.
    pub(super) fn http(&self) -> serenity::http::Http {
        let settings = &self.0.settings;
        let base = settings.rest.base();
        let http = http(&settings.token, self.0.client.clone(), base);
        http.set_application_id(self.0.application.max(1).into());
        http
    }

    pub(super) fn cache(&self) -> Arc<Cache> {
        Arc::clone(&self.0.cache)
    }
}

impl Rest {
    fn base(&self) -> Option<&str> {
        match self {
            Self::Discord => None,
            Self::StandIn(base) => Some(base),
        }
    }
}

/// How often an unreachable Discord is tried again before the start is given up: with the waits between them about two
/// minutes, long enough for a machine whose network comes up after its services.
const TRIES: u32 = 7;

/// Finds out who we are and what we may, before anything identifies at the gateway.
pub async fn connect(settings: Settings) -> Result<Connection, NoConnection> {
    let client = match &settings.client {
        Some(client) => client.clone(),
        None => reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .build()
            .map_err(|error| NoConnection::Unreachable(error.to_string()))?,
    };
    let api = Api::new(&settings.token, client.clone(), settings.rest.base());
    let mut tries = 0;
    let (application, me, gateway) = loop {
        tries += 1;
        let answers = tokio::try_join!(
            api.get(Route::Oauth2ApplicationCurrent, Vec::new()),
            api.get(Route::UserMe, Vec::new()),
            api.get(Route::GatewayBot, Vec::new()),
        );
        match answers {
            Ok(answers) => break answers,
            Err(Trouble::Unauthorized) => return Err(NoConnection::Unauthorized),
            Err(trouble) if tries >= TRIES || matches!(trouble, Trouble::Refused { .. }) => {
                return Err(NoConnection::Unreachable(trouble.to_string()));
            }
            Err(trouble) => {
                tracing::warn!(tries, "Discord cannot be reached yet: {trouble}");
                pause(Duration::from_secs(1) * 2_u32.pow(tries - 1)).await;
            }
        }
    };
    let missing = |what: &str| NoConnection::Unreachable(format!("its answer lacks {what}"));
    let url = gateway["url"]
        .as_str()
        .ok_or_else(|| missing("the gateway's address"))?;
    allow_gateway(&settings, url)?;
    let shards = gateway["shards"].as_u64().unwrap_or(1);
    if shards > 1 {
        return Err(NoConnection::TooManyServers { shards });
    }
    let inner = Inner {
        application: id(&application["id"]).ok_or_else(|| missing("the application's id"))?,
        bot: UserId(id(&me["id"]).ok_or_else(|| missing("the bot's id"))?),
        granted: ArcSwap::from_pointee(Granted::from_flags(
            application["flags"].as_u64().unwrap_or(0),
        )),
        gateway: url.to_owned(),
        api,
        settings,
        client,
        cache: Arc::new(Cache::new()),
    };
    Ok(Connection(Arc::new(inner)))
}

fn id(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok().filter(|id| *id != 0)
}

/// The token goes to the gateway, so it goes nowhere that was not configured: a stand-in that is not up must never end at
/// the real Discord, nor the real Discord's token at somebody else's.
fn allow_gateway(settings: &Settings, gateway: &str) -> Result<(), NoConnection> {
    let host = reqwest::Url::parse(gateway)
        .ok()
        .and_then(|url| url.host_str().map(str::to_ascii_lowercase))
        .unwrap_or_default();
    let here = matches!(host.as_str(), "127.0.0.1" | "localhost" | "[::1]");
    let (rest, allowed) = match &settings.rest {
        Rest::StandIn(base) => {
            let same = reqwest::Url::parse(base)
                .ok()
                .and_then(|url| url.host_str().map(|base| base.eq_ignore_ascii_case(&host)));
            (base.as_str(), here || same == Some(true))
        }
        Rest::Discord => {
            let discord = host == "discord.gg" || host.ends_with(".discord.gg");
            // With a client that was given, names resolve to where whoever gave it wants them to.
            ("Discord", discord || (here && settings.client.is_some()))
        }
    };
    if allowed {
        Ok(())
    } else {
        Err(NoConnection::GatewayElsewhere {
            rest: rest.to_owned(),
            gateway: gateway.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_what_was_granted_is_asked_for() {
        let plain = GatewayIntents::GUILDS
            | GatewayIntents::GUILD_MESSAGES
            | GatewayIntents::DIRECT_MESSAGES;
        assert_eq!(Granted::from_flags(0).intents(), plain);
        assert_eq!(
            Granted::from_flags(1 << 15).intents(),
            plain | GatewayIntents::GUILD_MEMBERS
        );
        assert_eq!(
            Granted::from_flags(1 << 14 | 1 << 18 | 1 << 23).intents(),
            plain | GatewayIntents::GUILD_MEMBERS | GatewayIntents::MESSAGE_CONTENT
        );
    }

    #[test]
    fn the_token_goes_to_no_gateway_that_was_not_configured() {
        let settings = |rest: Rest, injected: bool| Settings {
            token: String::new(),
            rest,
            client: injected.then(reqwest::Client::new),
            clock: Clock::system(),
        };
        let stand_in = || Rest::StandIn("http://127.0.0.1:4000".to_owned());
        let elsewhere = || Rest::StandIn("https://desk.example".to_owned());
        let cases = [
            (
                settings(stand_in(), false),
                "ws://127.0.0.1:4000/gateway",
                true,
            ),
            (
                settings(stand_in(), false),
                "wss://gateway.discord.gg",
                false,
            ),
            (
                settings(elsewhere(), false),
                "wss://DESK.example/gateway",
                true,
            ),
            (
                settings(elsewhere(), false),
                "wss://desk.example.org",
                false,
            ),
            (
                settings(Rest::Discord, false),
                "wss://gateway.discord.gg",
                true,
            ),
            (
                settings(Rest::Discord, false),
                "wss://gateway.discord.gg.evil.example",
                false,
            ),
            (settings(Rest::Discord, false), "ws://127.0.0.1:4000", false),
            (settings(Rest::Discord, true), "ws://127.0.0.1:4000", true),
            (settings(Rest::Discord, true), "not an address", false),
        ];
        for (settings, gateway, allowed) in cases {
            assert_eq!(
                allow_gateway(&settings, gateway).is_ok(),
                allowed,
                "{gateway}"
            );
        }
    }
}
