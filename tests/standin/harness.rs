//! A stand-in, an application that speaks plain HTTP and WebSocket to it, and the people in it.

use std::time::Duration;

use deskhand::clock::Clock;
use deskhand::standin::{Company, GrantedIntents, Settings, StandIn};
use futures::{SinkExt, StreamExt};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Everything that a test needs.
pub struct Rig {
    pub standin: StandIn,
    pub clock: Clock,
    http: reqwest::Client,
}

pub const ALL_INTENTS: GrantedIntents = GrantedIntents {
    members: true,
    message_content: true,
};
pub const NO_INTENTS: GrantedIntents = GrantedIntents {
    members: false,
    message_content: false,
};

/// Bits of gateway intents.
pub mod intent {
    pub const GUILDS: u64 = 1;
    pub const MEMBERS: u64 = 1 << 1;
    pub const MESSAGES: u64 = 1 << 9;
    pub const DIRECT: u64 = 1 << 12;
    pub const CONTENT: u64 = 1 << 15;
}

/// What the test table expects of one request.
pub struct Case<'a> {
    pub name: &'a str,
    pub body: Value,
    pub code: u64,
    /// A part of the path or code of a field's fault; empty when there are no fields.
    pub fault: &'a str,
}

/// Describes a case.
pub fn case<'a>(name: &'a str, body: Value, code: u64, fault: &'a str) -> Case<'a> {
    Case {
        name,
        body,
        code,
        fault,
    }
}

impl Rig {
    pub async fn new() -> Self {
        Self::with(Company::believable(), ALL_INTENTS).await
    }

    pub async fn with(company: Company, intents: GrantedIntents) -> Self {
        let clock = Clock::frozen_at("2026-06-15T09:00:00Z".parse().expect("a valid instant"));
        let settings = Settings {
            port: 0,
            clock: clock.clone(),
            company,
            intents,
            on_advance: None,
        };
        let standin = StandIn::start(settings).await.expect("a free port");
        let rig = Self {
            standin,
            clock,
            http: reqwest::Client::new(),
        };
        // The tests of limits switch them on again.
        rig.post("/faults", json!({"limits": "off"})).await;
        rig
    }

    /// A request of the application.
    pub async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let token = format!("Bot {}", self.standin.token());
        self.request(method, &format!("/api/v10{path}"), body, Some(&token))
            .await
    }

    /// A request with any authorisation.
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        body: Value,
        authorization: Option<&str>,
    ) -> (u16, Value) {
        let method = method.parse().expect("a method");
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.standin.rest_base()));
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        let response = request.send().await.expect("the stand-in answers");
        let status = response.status().as_u16();
        let text = response.text().await.expect("a body");
        (
            status,
            serde_json::from_str(&text).unwrap_or(Value::String(text)),
        )
    }

    /// A request that must succeed.
    pub async fn must(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(method, path, body.clone()).await;
        assert!(
            (200..300).contains(&status),
            "{method} {path} {body}: {status} {answer}"
        );
        answer
    }

    /// A request that must be refused with a status and Discord's code.
    pub async fn refused(
        &self,
        method: &str,
        path: &str,
        body: Value,
        status: u16,
        code: u64,
    ) -> Value {
        let (got, answer) = self.call(method, path, body.clone()).await;
        assert_eq!(
            (got, &answer["code"]),
            (status, &json!(code)),
            "{method} {path} {body}: {answer}"
        );
        answer
    }

    /// Goes through a table of bodies that are refused.
    pub async fn refuses(&self, method: &str, path: &str, cases: Vec<Case<'_>>) {
        for Case {
            name,
            body,
            code,
            fault,
        } in cases
        {
            let (status, answer) = self.call(method, path, body).await;
            assert_eq!(
                (status, &answer["code"]),
                (400, &json!(code)),
                "{name}: {answer}"
            );
            assert!(
                answer.to_string().contains(fault),
                "{name}: {fault} is not in {answer}"
            );
        }
    }

    /// A request outside `/api`.
    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.request("POST", path, body, None).await
    }

    /// What a person does; it must be possible.
    pub async fn person(&self, who: &str, what: &str, body: Value) -> Value {
        let (status, answer) = self
            .post(&format!("/people/{who}/{what}"), body.clone())
            .await;
        assert_eq!(status, 200, "{who} {what} {body}: {answer}");
        answer
    }

    /// What a person tries in vain; the sentence that they read.
    pub async fn person_cannot(&self, who: &str, what: &str, body: Value) -> String {
        let (status, answer) = self
            .post(&format!("/people/{who}/{what}"), body.clone())
            .await;
        assert!(status >= 400, "{who} {what} {body} was possible: {answer}");
        answer["error"]
            .as_str()
            .unwrap_or_else(|| panic!("no sentence in {answer}"))
            .to_owned()
    }

    /// A person's view.
    pub async fn sees(&self, who: &str, what: &str) -> Value {
        let (status, answer) = self
            .request("GET", &format!("/people/{who}/{what}"), Value::Null, None)
            .await;
        assert_eq!(status, 200, "{who} sees {what}: {answer}");
        answer
    }

    /// The id of a person.
    pub async fn id_of(&self, who: &str) -> String {
        self.sees(who, "world").await["me"]["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    }

    /// The id of a channel.
    pub async fn channel(&self, name: &str) -> String {
        let channels = self
            .must(
                "GET",
                &format!("/guilds/{}/channels", self.guild()),
                Value::Null,
            )
            .await;
        let found = channels
            .as_array()
            .into_iter()
            .flatten()
            .find(|one| one["name"] == *name);
        found.unwrap_or_else(|| panic!("no channel {name}"))["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    }

    pub fn guild(&self) -> String {
        self.standin.guild_id().to_string()
    }

    pub fn application(&self) -> String {
        self.standin.application_id().to_string()
    }

    pub fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// Registers slash commands in the guild.
    pub async fn register(&self, commands: Value) -> Value {
        let path = format!(
            "/applications/{}/guilds/{}/commands",
            self.application(),
            self.guild()
        );
        self.must("PUT", &path, commands).await
    }

    /// The ledger's lines.
    pub async fn ledger(&self) -> Vec<Value> {
        let text = self
            .http
            .get(format!("{}/ledger", self.standin.rest_base()))
            .send()
            .await
            .expect("the ledger");
        let text = text.text().await.expect("text");
        text.lines()
            .map(|line| serde_json::from_str(line).expect("a JSON line"))
            .collect()
    }

    /// Opens a gateway connection and hears its hello.
    pub async fn dial(&self, query: &str) -> Gateway {
        let (socket, _) = connect_async(format!("{}?v=10{query}", self.standin.gateway_url()))
            .await
            .expect("a WebSocket");
        let mut gateway = Gateway { socket };
        let hello = gateway.next().await;
        assert_eq!(hello["op"], 10, "{hello}");
        gateway
    }

    /// A session with some intents, after READY and the guild.
    pub async fn identify(&self, intents: u64) -> Gateway {
        let mut gateway = self.dial("").await;
        gateway
            .say(
                2,
                json!({"token": self.standin.token(), "intents": intents, "properties": {}}),
            )
            .await;
        gateway.event("READY").await;
        if intents & intent::GUILDS != 0 {
            gateway.event("GUILD_CREATE").await;
        }
        gateway
    }

    /// Answers the interaction that a session heard of.
    pub async fn answer(&self, interaction: &Value, body: Value) -> (u16, Value) {
        let (id, token) = (&interaction["id"], &interaction["token"]);
        let path = format!("/interactions/{}/{}/callback", text(id), text(token));
        self.request("POST", &format!("/api/v10{path}"), body, None)
            .await
    }
}

/// A text in JSON.
pub fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is not text"))
}

/// One gateway connection.
pub struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// How long a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(10);

impl Gateway {
    pub async fn say(&mut self, op: u64, data: Value) {
        self.say_text(&json!({"op": op, "d": data}).to_string())
            .await;
    }

    pub async fn say_text(&mut self, text: &str) {
        self.socket
            .send(Message::text(text))
            .await
            .expect("the connection is open");
    }

    /// The next frame as it is.
    pub async fn frame(&mut self) -> Message {
        let frame = tokio::time::timeout(PATIENCE, self.socket.next())
            .await
            .expect("a frame in time");
        frame.expect("a frame").expect("the connection is open")
    }

    /// The next payload.
    pub async fn next(&mut self) -> Value {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(text.as_str()).expect("JSON"),
            other => panic!("{other:?} is no payload"),
        }
    }

    /// The next event of a name, past others.
    pub async fn event(&mut self, name: &str) -> Value {
        loop {
            let payload = self.next().await;
            if payload["t"] == *name {
                return payload["d"].clone();
            }
        }
    }

    /// The names of the events up to and with the one that is waited for.
    pub async fn events_until(&mut self, name: &str) -> Vec<(String, Value)> {
        let mut heard = Vec::new();
        loop {
            let payload = self.next().await;
            if let Some(event) = payload["t"].as_str() {
                heard.push((event.to_owned(), payload["d"].clone()));
                if event == name {
                    return heard;
                }
            }
        }
    }

    /// The code with which the other side closes; `None` for a frame without one.
    pub async fn close_code(&mut self) -> Option<u16> {
        loop {
            if let Message::Close(frame) = self.frame().await {
                return frame.map(|frame| frame.code.into());
            }
        }
    }

    /// Closes as a client does that means to leave.
    pub async fn say_goodbye(&mut self) {
        let frame = CloseFrame {
            code: CloseCode::Normal,
            reason: "".into(),
        };
        self.socket
            .close(Some(frame))
            .await
            .expect("the connection is open");
    }

    /// Ends the connection without a word.
    pub fn vanish(self) {
        drop(self.socket);
    }
}
