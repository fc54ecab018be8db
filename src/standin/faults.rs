//! Failures on demand: "fail the third message after writing it".

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One scripted failure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// Method and route template, `POST /channels/{channel_id}/messages`; `*` for every route. None for the gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// What the gateway does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<GatewayFault>,
    /// How often it happens; absent: once.
    #[serde(default = "once")]
    pub times: u64,
    /// How many matching requests pass before.
    #[serde(default)]
    pub after: u64,
    /// What happens to the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<What>,
    /// The close code, for the gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// Whether an invalid session may be resumed.
    #[serde(default)]
    pub resumable: bool,
}

fn once() -> u64 {
    1
}

/// What happens to a request.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct What {
    /// An error status instead of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The body of that answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Headers of that answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<std::collections::BTreeMap<String, String>>,
    /// The answer is late by so many milliseconds of real time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// The connection is cut instead of an answer.
    #[serde(default)]
    pub reset: bool,
    /// A 429.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<RateLimit>,
    /// A page of HTML with this status, as the edge in front of Discord sends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<u16>,
    /// Whether the write happens all the same. A late answer's does, unless this says no; every other failure's does not,
    /// unless this says yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply: Option<bool>,
}

/// A 429.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RateLimit {
    /// Seconds.
    pub retry_after: f64,
    /// For everything.
    #[serde(default)]
    pub global: bool,
    /// `user`, `global` or `shared`.
    #[serde(default = "user_scope")]
    pub scope: String,
}

fn user_scope() -> String {
    "user".to_owned()
}

/// What the gateway does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayFault {
    /// Closes with a code (4000 if none is given).
    Close,
    /// Closes without one.
    CloseWithoutCode,
    /// Cuts the connection.
    Drop,
    /// Asks to reconnect (op 7).
    Reconnect,
    /// Says that the session is invalid (op 9).
    InvalidSession,
    /// Acknowledges no heartbeat.
    NoAck,
    /// Closes on identify with a code (4004 if none is given).
    RefuseIdentify,
    /// Says every event twice.
    DuplicateEvents,
    /// Loses events: they are numbered, but never arrive.
    LoseEvents,
}

impl GatewayFault {
    /// Whether it happens at once to the connected sessions, rather than when an occasion comes.
    pub fn is_immediate(self) -> bool {
        matches!(
            self,
            Self::Close
                | Self::CloseWithoutCode
                | Self::Drop
                | Self::Reconnect
                | Self::InvalidSession
        )
    }
}

/// The rules that are in force.
#[derive(Default, Debug)]
pub struct Faults {
    /// So many more files are answered with an error.
    pub files: u32,
    /// The rules, in the order in which they were given.
    pub rules: Vec<Rule>,
}

impl Faults {
    /// The failure that befalls a request, if one does; its rule is used up by one.
    pub fn strike(&mut self, method: &str, route: &str) -> Option<What> {
        let name = format!("{method} {route}");
        let rule = self.rules.iter_mut().find(|rule| {
            rule.times > 0
                && rule
                    .route
                    .as_deref()
                    .is_some_and(|wanted| wanted == "*" || wanted == name)
        })?;
        if rule.after > 0 {
            rule.after -= 1;
            return None;
        }
        rule.times -= 1;
        let what = rule.what.clone();
        self.rules.retain(|rule| rule.times > 0);
        what
    }

    /// Whether a gateway failure is in force; it is used up by one. The second value is its code.
    pub fn strike_gateway(&mut self, fault: GatewayFault) -> Option<Option<u16>> {
        let rule = self
            .rules
            .iter_mut()
            .find(|rule| rule.gateway == Some(fault) && rule.times > 0)?;
        if rule.after > 0 {
            rule.after -= 1;
            return None;
        }
        rule.times -= 1;
        let code = rule.code;
        self.rules.retain(|rule| rule.times > 0);
        Some(code)
    }
}

impl What {
    /// How late the answer is.
    pub fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms.unwrap_or(0))
    }

    /// Whether the request gets no answer of its own.
    pub fn replaces_answer(&self) -> bool {
        self.status.is_some() || self.reset || self.rate_limit.is_some() || self.html.is_some()
    }

    /// Whether the write happens.
    pub fn applies(&self) -> bool {
        self.apply.unwrap_or(!self.replaces_answer())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_request_fails_once_and_the_rule_is_gone() {
        let rule = serde_json::json!({"route": "POST /a", "after": 2, "what": {"status": 500, "apply": true}});
        let mut faults = Faults {
            files: 0,
            rules: vec![serde_json::from_value(rule).expect("a valid rule")],
        };
        let struck: Vec<bool> = (0..4)
            .map(|_| faults.strike("POST", "/a").is_some())
            .collect();
        assert_eq!(struck, [false, false, true, false]);
        assert!(faults.rules.is_empty());
    }
}
