//! The stand-in's people API, as the page and `curl` use it.

use std::time::Duration;

use serde_json::Value;

/// How long to wait for the bot's answer, in milliseconds: as long as the API waits.
const WAIT: u64 = 10_000;

/// A client of the people API, the ledger, and the failures on demand.
#[derive(Clone)]
pub struct People {
    base: String,
    http: reqwest::Client,
}

impl People {
    /// A client of the stand-in at `base`, `http://127.0.0.1:PORT`.
    pub fn at(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            http: reqwest::Client::new(),
        }
    }

    /// Reads `path`.
    pub async fn get(&self, path: &str) -> Result<Value, String> {
        let text = self.text(path).await?;
        serde_json::from_str(&text).map_err(|error| format!("{path} is no JSON ({error}): {text}"))
    }

    /// Reads `path` as it is.
    pub async fn text(&self, path: &str) -> Result<String, String> {
        read(self.http.get(format!("{}{path}", self.base))).await
    }

    /// Sends `body` to `path`; a no of the stand-in's is its sentence.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let text = read(self.http.post(format!("{}{path}", self.base)).json(body)).await?;
        if text.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&text).map_err(|error| format!("{path} is no JSON ({error}): {text}"))
    }

    /// Does something that causes an interaction, and waits for the bot's answer.
    pub async fn act(&self, who: &str, what: &str, body: &Value) -> Result<Value, String> {
        self.post(&format!("/people/{who}/{what}?wait_ms={WAIT}"), body)
            .await
    }

    /// What stands in a place, as `who` sees it.
    pub async fn transcript(&self, who: &str, place: &str) -> Result<String, String> {
        let place = escaped(place);
        self.text(&format!("/people/{who}/channels/{place}/transcript"))
            .await
    }

    /// Adds a failure on demand, several, or a setting.
    pub async fn fail(&self, rules: &Value) -> Result<(), String> {
        self.post("/faults", rules).await.map(|_| ())
    }

    /// Waits until the bot's commands are there for `who`, ten seconds of real time at most.
    pub async fn commands_are_there(&self, who: &str) -> Result<(), String> {
        let path = format!("/people/{who}/commands?channel=%23general");
        for _ in 0..1000 {
            let commands = self.get(&path).await?;
            let named = |name: &str| {
                let mut all = commands.as_array().into_iter().flatten();
                all.any(|command| command["name"] == name)
            };
            if named("setup") && named("ask") {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err("the bot has not registered its commands within ten seconds".to_owned())
    }
}

async fn read(request: reqwest::RequestBuilder) -> Result<String, String> {
    let answer = request.send().await.map_err(|error| error.to_string())?;
    let status = answer.status();
    let text = answer.text().await.map_err(|error| error.to_string())?;
    if status.is_success() {
        return Ok(text);
    }
    let said: Value = serde_json::from_str(&text).unwrap_or_default();
    Err(said["error"]
        .as_str()
        .map_or(format!("{status}: {text}"), str::to_owned))
}

/// A part of a path: a channel's name may hold `#` and spaces.
pub fn escaped(part: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte);
    part.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
