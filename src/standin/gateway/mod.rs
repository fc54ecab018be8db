//! The gateway: a WebSocket on which the application hears what happens.
//!
//! `sessions` remembers what each session was told; this file is one connection: hello, identify or resume, heartbeats, and
//! the laws that end it with a close code. It knows WebSocket and the room.

mod compression;
pub mod sessions;

use std::collections::HashMap;
use std::collections::VecDeque;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, Query, State};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::connection::Scissors;
use super::faults::GatewayFault;
use super::ids::Id;
use super::room::{Room, State as Everything};
use super::wire;
use super::world::Dispatch;
use super::world::posting::intent;
use crate::clock::{self, Stopwatch};
use compression::{Packed, Packing};
use sessions::Out;

/// The largest payload that a client may send, in bytes.
const LARGEST_PAYLOAD: usize = 4096;
/// As many payloads as a client may send within a minute.
const MOST_PAYLOADS: usize = 120;
/// Members in one chunk.
const CHUNK: usize = 1000;

/// Close codes.
mod close {
    pub const UNKNOWN_OPCODE: u16 = 4001;
    pub const DECODE_ERROR: u16 = 4002;
    pub const NOT_AUTHENTICATED: u16 = 4003;
    pub const AUTHENTICATION_FAILED: u16 = 4004;
    pub const ALREADY_AUTHENTICATED: u16 = 4005;
    pub const RATE_LIMITED: u16 = 4008;
    pub const SESSION_TIMED_OUT: u16 = 4009;
    pub const INVALID_SHARD: u16 = 4010;
    pub const INVALID_VERSION: u16 = 4012;
    pub const INVALID_INTENTS: u16 = 4013;
    pub const DISALLOWED_INTENTS: u16 = 4014;
}

/// Takes a connection.
pub async fn connect(
    State(room): State<Room>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    Query(query): Query<HashMap<String, String>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| async move {
        let (sender, receiver) = unbounded_channel();
        let connection = Connection {
            room,
            scissors,
            socket,
            sender,
            packing: Packing::Plain,
            session: None,
            received: VecDeque::new(),
        };
        connection.run(receiver, &query).await;
    })
}

/// One connection.
struct Connection {
    room: Room,
    scissors: Scissors,
    socket: WebSocket,
    sender: UnboundedSender<Out>,
    packing: Packing,
    session: Option<String>,
    received: VecDeque<Stopwatch>,
}

/// Why a connection ends.
enum End {
    /// We close it, with a code or without.
    Close(Option<u16>),
    /// The client said farewell with a code that ends the session.
    Farewell,
    /// The client is gone.
    Gone,
    /// We vanish.
    Cut,
}

impl Connection {
    async fn run(mut self, mut receiver: UnboundedReceiver<Out>, query: &HashMap<String, String>) {
        if query
            .get("compress")
            .is_some_and(|name| name == "zlib-stream")
        {
            self.packing = Packing::stream();
        }
        let end = self.converse(&mut receiver, query).await;
        if let Some(session) = &self.session {
            let farewell = matches!(end, End::Farewell);
            self.room.act(|state| {
                state.sessions.detach(session, &self.sender, farewell);
                state.world.changed("bot", None);
            });
        }
        match end {
            End::Cut => return self.scissors.cut(),
            End::Close(code) => {
                let frame = code.map(|code| CloseFrame {
                    code,
                    reason: "".into(),
                });
                // The peer may be gone already; then nobody needs the frame.
                let _ = self.socket.send(Message::Close(frame)).await;
            }
            End::Farewell | End::Gone => {}
        }
        // Reading on takes the peer's close frame, or sends ours in answer to it.
        let rest = async { while let Some(Ok(_)) = self.socket.recv().await {} };
        let _ = clock::deadline(Duration::from_secs(1), rest).await;
    }

    async fn converse(
        &mut self,
        receiver: &mut UnboundedReceiver<Out>,
        query: &HashMap<String, String>,
    ) -> End {
        if query
            .get("v")
            .is_some_and(|version| version != "10" && version != "9")
        {
            return End::Close(Some(close::INVALID_VERSION));
        }
        let interval = self.room.look(|state| state.sessions.heartbeat_ms);
        let hello = json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval, "_trace": []}});
        if !self.send(hello.to_string()).await {
            return End::Gone;
        }
        // A client that misses two heartbeats is not there any more.
        let patience = Duration::from_millis(interval * 2 + 1000);
        let mut last_heartbeat = Stopwatch::start();
        let room = self.room.clone();
        let stopped = room.stopped();
        tokio::pin!(stopped);
        loop {
            let left = patience.saturating_sub(last_heartbeat.elapsed());
            if left.is_zero() {
                return End::Close(Some(close::SESSION_TIMED_OUT));
            }
            tokio::select! {
                biased;
                () = &mut stopped => return End::Close(Some(1001)),
                out = receiver.recv() => match out {
                    Some(Out::Say(text)) => {
                        if !self.send(text).await {
                            return End::Gone;
                        }
                    }
                    Some(Out::Close(code)) => return End::Close(code),
                    Some(Out::Cut) => return End::Cut,
                    None => return End::Gone,
                },
                frame = self.socket.recv() => {
                    let text = match frame {
                        Some(Ok(Message::Text(text))) => text.to_string(),
                        Some(Ok(Message::Binary(bytes))) => String::from_utf8_lossy(&bytes).into_owned(),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                        Some(Ok(Message::Close(Some(frame)))) if frame.code == 1000 || frame.code == 1001 => return End::Farewell,
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Gone,
                    };
                    match self.hear(&text) {
                        Ok(true) => last_heartbeat = Stopwatch::start(),
                        Ok(false) => {}
                        Err(code) => return End::Close(Some(code)),
                    }
                }
                () = clock::pause(left) => {}
            }
        }
    }

    async fn send(&mut self, text: String) -> bool {
        let frame = match self.packing.pack(text) {
            Packed::Text(text) => Message::Text(text.into()),
            Packed::Binary(bytes) => Message::Binary(bytes.into()),
        };
        self.socket.send(frame).await.is_ok()
    }

    fn say(&self, payload: &Value) {
        // The receiver lives as long as this connection.
        let _ = self.sender.send(Out::Say(payload.to_string()));
    }

    /// Hears one payload; `Ok(true)` for a heartbeat.
    fn hear(&mut self, text: &str) -> Result<bool, u16> {
        if text.len() > LARGEST_PAYLOAD {
            return Err(close::DECODE_ERROR);
        }
        self.received.push_back(Stopwatch::start());
        while self
            .received
            .front()
            .is_some_and(|first| first.elapsed() > Duration::from_secs(60))
        {
            self.received.pop_front();
        }
        if self.received.len() > MOST_PAYLOADS {
            return Err(close::RATE_LIMITED);
        }
        let payload: Value = serde_json::from_str(text).map_err(|_| close::DECODE_ERROR)?;
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(1) => {
                let silent = self
                    .room
                    .look(|state| state.faults.strike_gateway(GatewayFault::NoAck).is_some());
                if !silent {
                    self.say(&json!({"op": 11, "s": null, "t": null, "d": null}));
                }
                return Ok(true);
            }
            Some(2) if self.session.is_some() => return Err(close::ALREADY_AUTHENTICATED),
            Some(2) => self.identify(data)?,
            Some(6) => self.resume(data)?,
            Some(3 | 4 | 8 | 31) if self.session.is_none() => return Err(close::NOT_AUTHENTICATED),
            // The bot's status and voice: taken, of no consequence here. Some libraries send `since` as an object.
            Some(3 | 4 | 31) => {}
            Some(8) => self.request_members(data)?,
            Some(_) => return Err(close::UNKNOWN_OPCODE),
            None => return Err(close::DECODE_ERROR),
        }
        Ok(false)
    }

    fn identify(&mut self, data: &Value) -> Result<(), u16> {
        let sender = self.sender.clone();
        let session = self.room.act(|state| {
            state.world.identifies += 1;
            if let Some(code) = state.faults.strike_gateway(GatewayFault::RefuseIdentify) {
                return Err(code.unwrap_or(close::AUTHENTICATION_FAILED));
            }
            let intents = check_identify(state, data)?;
            let id = state.sessions.open(intents, sender);
            welcome(state, &id, data);
            state.world.changed("bot", None);
            Ok(id)
        })?;
        self.session = Some(session);
        if data["compress"] == json!(true) && matches!(self.packing, Packing::Plain) {
            self.packing = Packing::PerMessage;
        }
        Ok(())
    }

    fn resume(&mut self, data: &Value) -> Result<(), u16> {
        let id = data["session_id"].as_str().unwrap_or_default().to_owned();
        let seq = data["seq"].as_u64().unwrap_or(0);
        let sender = self.sender.clone();
        let resumed = self.room.act(|state| {
            if !is_token(state, data) {
                return Err(close::AUTHENTICATION_FAILED);
            }
            state.world.changed("bot", None);
            let session = state.sessions.get_mut(&id);
            session.map_or(Ok(false), |session| session.resume(seq, sender))
        })?;
        if resumed {
            self.session = Some(id);
        } else {
            self.say(&json!({"op": 9, "s": null, "t": null, "d": false}));
        }
        Ok(())
    }

    fn request_members(&self, data: &Value) -> Result<(), u16> {
        let Some(session) = &self.session else {
            return Err(close::NOT_AUTHENTICATED);
        };
        self.room.act(|state| {
            let intents = state
                .sessions
                .get_mut(session)
                .map_or(0, |session| session.intents());
            let everybody = data["query"] == json!("") && data["limit"].as_u64().unwrap_or(0) == 0;
            if everybody && intents & intent::MEMBERS == 0 {
                return Err(close::DISALLOWED_INTENTS);
            }
            for chunk in chunks(state, data) {
                if let Some(session) = state.sessions.get_mut(session) {
                    session.say("GUILD_MEMBERS_CHUNK", &chunk, false);
                }
            }
            Ok(())
        })
    }
}

fn is_token(state: &Everything, data: &Value) -> bool {
    let given = data["token"].as_str().unwrap_or_default();
    // Some libraries send the token with its prefix, others without.
    given.strip_prefix("Bot ").unwrap_or(given) == state.world.application.token
}

/// The intents of an identify, if it is in order.
fn check_identify(state: &Everything, data: &Value) -> Result<u64, u16> {
    if !is_token(state, data) {
        return Err(close::AUTHENTICATION_FAILED);
    }
    if let Some(shard) = data["shard"].as_array() {
        let number = |index: usize| shard.get(index).and_then(Value::as_u64);
        if !matches!((number(0), number(1)), (Some(shard), Some(count)) if shard < count) {
            return Err(close::INVALID_SHARD);
        }
    }
    let intents = data["intents"].as_u64().ok_or(close::INVALID_INTENTS)?;
    if intents & !intent::ALL != 0 {
        return Err(close::INVALID_INTENTS);
    }
    let application = &state.world.application;
    let undeclared = (intents & intent::PRESENCES != 0)
        || (intents & intent::MEMBERS != 0 && !application.members_intent)
        || (intents & intent::MESSAGE_CONTENT != 0 && !application.content_intent);
    if undeclared {
        Err(close::DISALLOWED_INTENTS)
    } else {
        Ok(intents)
    }
}

/// READY, and the guild.
fn welcome(state: &mut Everything, id: &str, data: &Value) {
    let world = &state.world;
    let in_guild = world.members.contains_key(&world.application.bot);
    let guilds = if in_guild {
        json!([{"id": world.guild.id, "unavailable": true}])
    } else {
        json!([])
    };
    let ready = json!({
        "v": 10,
        "user": wire::user::current_user(world),
        "guilds": guilds,
        "session_id": id,
        "session_type": "normal",
        "resume_gateway_url": state.sessions.resume_url(),
        "shard": data.get("shard").cloned().unwrap_or_else(|| json!([0, 1])),
        "application": {"id": world.application.id, "flags": wire::guild::application_flags(world)},
        "relationships": [],
        "private_channels": [],
        "presences": [],
        "geo_ordered_rtc_regions": [],
        "user_settings": {},
        "guild_join_requests": [],
        "_trace": [],
    });
    let guild = Dispatch {
        name: "GUILD_CREATE",
        payload: world.guild_create(),
        intents: intent::GUILDS,
        content_is_private: false,
    };
    if let Some(session) = state.sessions.get_mut(id) {
        session.say("READY", &ready, false);
        if in_guild {
            session.dispatch(&guild, false);
        }
    }
}

/// The chunks that answer a request for members.
fn chunks(state: &Everything, data: &Value) -> Vec<Value> {
    let world = &state.world;
    let ids = |value: &Value| -> Vec<Id> {
        match value {
            Value::Array(list) => list.iter().filter_map(Id::from_json).collect(),
            one => Id::from_json(one).into_iter().collect(),
        }
    };
    let asked = ids(&data["user_ids"]);
    let (found, missing): (Vec<Id>, Vec<Id>) = if asked.is_empty() {
        let beginning = data["query"].as_str().unwrap_or_default().to_lowercase();
        let limit = usize::try_from(data["limit"].as_u64().unwrap_or(0)).unwrap_or(0);
        let limit = if limit == 0 {
            usize::MAX
        } else {
            limit.min(100)
        };
        (
            world
                .members_called(&beginning)
                .into_iter()
                .take(limit)
                .collect(),
            Vec::new(),
        )
    } else {
        asked
            .into_iter()
            .take(100)
            .partition(|id| world.members.contains_key(id))
    };
    let parts: Vec<&[Id]> = if found.is_empty() {
        vec![&[]]
    } else {
        found.chunks(CHUNK).collect()
    };
    let count = parts.len();
    let chunk = |(index, part): (usize, &&[Id])| {
        let mut payload = json!({
            "guild_id": world.guild.id,
            "members": part.iter().filter_map(|&id| wire::user::member(world, id)).collect::<Vec<_>>(),
            "chunk_index": index,
            "chunk_count": count,
        });
        if !missing.is_empty() {
            payload["not_found"] = json!(missing);
        }
        if let Some(nonce) = data.get("nonce").filter(|nonce| nonce.is_string()) {
            payload["nonce"] = nonce.clone();
        }
        payload
    };
    parts.iter().enumerate().map(chunk).collect()
}
