//! Gateway sessions: what each was told, so that it can be told again.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use crate::clock::Stopwatch;
use crate::standin::faults::{Faults, GatewayFault};
use crate::standin::wire::message::take_out_content;
use crate::standin::world::Dispatch;
use crate::standin::world::posting::intent;

/// How many events a session remembers for a resume.
const REMEMBERED: usize = 5000;
/// The close code for a resume after an event that was never sent.
const INVALID_SEQ: u16 = 4007;
/// How long a session without a connection can be resumed, in real time.
const RESUMABLE: Duration = Duration::from_secs(180);
/// Milliseconds between heartbeats, as Discord asks for them.
const HEARTBEAT_MS: u64 = 41_250;

/// Something for a socket to do.
#[derive(Debug)]
pub enum Out {
    /// Send this.
    Say(String),
    /// Close, with a code or without one.
    Close(Option<u16>),
    /// Vanish.
    Cut,
}

/// All sessions, connected or not.
#[derive(Debug)]
pub struct Sessions {
    sessions: BTreeMap<String, Session>,
    opened: u64,
    address: SocketAddr,
    /// Milliseconds between heartbeats for connections made from now on.
    pub heartbeat_ms: u64,
}

/// One session.
#[derive(Debug)]
pub struct Session {
    /// Its id.
    pub id: String,
    intents: u64,
    seq: u64,
    told: VecDeque<(u64, String)>,
    socket: Option<UnboundedSender<Out>>,
    /// Since when nobody is connected to it.
    alone: Option<Stopwatch>,
}

impl Sessions {
    /// None yet.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            sessions: BTreeMap::new(),
            opened: 0,
            address,
            heartbeat_ms: HEARTBEAT_MS,
        }
    }

    /// Where sessions are resumed.
    pub fn resume_url(&self) -> String {
        format!("ws://{}/gateway", self.address)
    }

    /// Opens a session for a socket.
    pub fn open(&mut self, intents: u64, socket: UnboundedSender<Out>) -> String {
        self.opened += 1;
        let id = format!("5e55{:028x}", self.opened);
        let session = Session {
            id: id.clone(),
            intents,
            seq: 0,
            told: VecDeque::new(),
            socket: Some(socket),
            alone: None,
        };
        self.sessions.insert(id.clone(), session);
        id
    }

    /// A session by its id.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.get_mut(id)
    }

    /// Whether the bot is connected.
    pub fn is_online(&self) -> bool {
        self.sessions
            .values()
            .any(|session| session.socket.is_some())
    }

    /// The socket of a session is gone. After a farewell (close 1000 or 1001) so is the session.
    pub fn detach(&mut self, id: &str, socket: &UnboundedSender<Out>, farewell: bool) {
        let Some(session) = self.sessions.get_mut(id) else {
            return;
        };
        if !session
            .socket
            .as_ref()
            .is_some_and(|held| held.same_channel(socket))
        {
            return;
        }
        session.socket = None;
        session.alone = Some(Stopwatch::start());
        if farewell {
            self.sessions.remove(id);
        }
    }

    /// Says an event to every session that has the intent for it.
    pub fn say(&mut self, dispatch: &Dispatch, faults: &mut Faults) {
        self.sessions.retain(|_, session| {
            session
                .alone
                .is_none_or(|since| since.elapsed() < RESUMABLE)
        });
        let lost = faults.strike_gateway(GatewayFault::LoseEvents).is_some();
        let twice = faults
            .strike_gateway(GatewayFault::DuplicateEvents)
            .is_some();
        for session in self.sessions.values_mut() {
            session.dispatch(dispatch, lost);
            if twice {
                session.dispatch(dispatch, lost);
            }
        }
    }

    /// Does at once what a fault asks for, to every connected session.
    pub fn strike(&mut self, fault: GatewayFault, code: Option<u16>, resumable: bool) {
        let mut gone = Vec::new();
        for session in self.sessions.values_mut() {
            let Some(socket) = &session.socket else {
                continue;
            };
            let out = match fault {
                GatewayFault::Close => {
                    let code = code.unwrap_or(4000);
                    if [4007, 4009].contains(&code) {
                        gone.push(session.id.clone());
                    }
                    Out::Close(Some(code))
                }
                GatewayFault::CloseWithoutCode => Out::Close(None),
                GatewayFault::Drop => Out::Cut,
                GatewayFault::Reconnect => Out::Say(json!({"op": 7, "d": null}).to_string()),
                GatewayFault::InvalidSession => {
                    if !resumable {
                        gone.push(session.id.clone());
                    }
                    Out::Say(json!({"op": 9, "d": resumable}).to_string())
                }
                _ => continue,
            };
            // A socket that is just going away hears nothing; the session stays for its resume.
            let _ = socket.send(out);
        }
        for id in gone {
            self.sessions.remove(&id);
        }
    }

    /// Closes every connection with a code that invites to resume, and forgets the sessions.
    pub fn close_all(&mut self) {
        for session in std::mem::take(&mut self.sessions).into_values() {
            if let Some(socket) = session.socket {
                let _ = socket.send(Out::Close(Some(4000)));
            }
        }
    }
}

impl Session {
    /// Says an event, if the session's intents allow it. A lost one is numbered and can be replayed, but is not sent.
    pub fn dispatch(&mut self, dispatch: &Dispatch, lost: bool) {
        if dispatch.intents != 0 && self.intents & dispatch.intents == 0 {
            return;
        }
        let mut payload = dispatch.payload.clone();
        if dispatch.content_is_private && self.intents & intent::MESSAGE_CONTENT == 0 {
            take_out_content(&mut payload);
        }
        self.say(dispatch.name, &payload, lost);
    }

    /// Says an event whatever the intents.
    pub fn say(&mut self, name: &str, payload: &Value, lost: bool) {
        self.seq += 1;
        let text = json!({"op": 0, "s": self.seq, "t": name, "d": payload}).to_string();
        if !lost && let Some(socket) = &self.socket {
            let _ = socket.send(Out::Say(text.clone()));
        }
        if self.told.len() == REMEMBERED {
            self.told.pop_front();
        }
        self.told.push_back((self.seq, text));
    }

    /// Takes the session up again after `seq` on a new socket; `false` if that is too long ago.
    ///
    /// # Errors
    /// The close code for a `seq` that is yet to come.
    pub fn resume(&mut self, seq: u64, socket: UnboundedSender<Out>) -> Result<bool, u16> {
        if seq > self.seq {
            return Err(INVALID_SEQ);
        }
        let first = self.told.front().map_or(self.seq + 1, |(first, _)| *first);
        if seq + 1 < first {
            return Ok(false);
        }
        self.alone = None;
        if let Some(old) = self.socket.replace(socket) {
            let _ = old.send(Out::Close(Some(4000)));
        }
        let missed: Vec<String> = self
            .told
            .iter()
            .filter(|(number, _)| *number > seq)
            .map(|(_, text)| text.clone())
            .collect();
        if let Some(socket) = &self.socket {
            for text in missed {
                let _ = socket.send(Out::Say(text));
            }
        }
        self.say("RESUMED", &json!({"_trace": []}), false);
        Ok(true)
    }

    /// The intents with which the session was opened.
    pub fn intents(&self) -> u64 {
        self.intents
    }
}
