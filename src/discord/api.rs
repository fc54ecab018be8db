//! One request to Discord: its deadline, what stands in its way, and what became of it.
//!
//! serenity has no time-outs, loses what a 429 says, and lets other requests go on during a global one
//! (`discord/NOTES.md` 1.5, `RELIABILITY` 2.1), so requests are made here and serenity's limiter is one step of it.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use serenity::builder::CreateAttachment;
use serenity::http::{Http, LightMethod, Multipart, MultipartUpload, Request, Route};

use super::reply::Upload;
use crate::clock::{Stopwatch, deadline, pause};

/// How long Discord may take for one request, beyond a wait that its rate limits announce.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long the first answer to an interaction may take: Discord gives up on it after 3 s.
pub const PATIENCE_FOR_ANSWERS: Duration = Duration::from_millis(2_500);

/// How long one request may take that brings a file along.
pub const PATIENCE_WITH_A_FILE: Duration = Duration::from_secs(60);

/// The longest wait for a rate limit that one request sits out. A longer one is somebody else's to plan.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// After a 429 that is not Discord's own but its edge's, everything stops for this long, doubling (`RELIABILITY` F14).
const EDGE_BAN: Duration = Duration::from_secs(60);
const EDGE_BAN_AT_MOST: Duration = Duration::from_secs(15 * 60);

/// Why Discord did not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Too much at once: not before so long.
    #[error("Discord asks to wait for {after:?}")]
    Limited {
        /// How long.
        after: Duration,
    },
    /// Time-out, connection, or an error on Discord's side: whether it was done is not known.
    #[error("the outcome is not known: {why}")]
    Unknown {
        /// What happened.
        why: String,
    },
    /// Discord said no.
    #[error("Discord refused: {said} (status {status}, code {code})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code; 0 where it gave none.
        code: i64,
        /// In Discord's words.
        said: String,
    },
    /// The token is not accepted: nothing more is asked of Discord by this process.
    #[error("Discord does not accept the token")]
    Unauthorized,
}

impl Trouble {
    /// Discord's own code of a refusal.
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }
}

/// A body to be sent, as JSON.
pub type Body<'a> = Option<&'a Value>;

/// The way to Discord's REST interface.
pub struct Api {
    http: Http,
    client: reqwest::Client,
    /// Set by the first 401: ten thousand of them would ban the address (`RELIABILITY` 2.1).
    unauthorized: AtomicBool,
    gate: Arc<Gate>,
    pace: Pace,
}

/// So many requests at most within [`A_SECOND`]: Discord takes 50 a second from a bot and counts those that it refuses
/// against it (`RELIABILITY` 2.1). A few are left for what delays do to the order of things.
const AT_MOST: usize = 47;
const A_SECOND: Duration = Duration::from_millis(1_050);

/// Keeps the desk below Discord's global limit, so that it is not told to.
#[derive(Default)]
struct Pace(Mutex<VecDeque<Stopwatch>>);

impl Pace {
    /// Takes a turn, or says how long until there may be one.
    fn turn(&self) -> Option<Duration> {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() >= AT_MOST
            && let Some(oldest) = sent.front()
        {
            let wait = left(*oldest, A_SECOND);
            if !wait.is_zero() {
                return Some(wait);
            }
            sent.pop_front();
        }
        sent.push_back(Stopwatch::start());
        None
    }
}

/// Everything waits here while Discord asked for it.
#[derive(Default)]
struct Gate {
    closed: Mutex<Option<(Stopwatch, Duration)>>,
    /// Waits of single routes that serenity's limiter announced, by path: a request that sits one out is not late.
    routes: Mutex<HashMap<String, (Stopwatch, Duration)>>,
    edge_bans: AtomicU32,
}

impl Gate {
    fn close_for(&self, by: Duration) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if closed.is_none_or(|(since, by_before)| left(since, by_before) < by) {
            *closed = Some((Stopwatch::start(), by));
        }
    }

    fn announce(&self, path: String, by: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        routes.retain(|_, (since, by)| !left(*since, *by).is_zero());
        routes.insert(path, (Stopwatch::start(), by));
    }

    /// How long requests to that path have to wait, as far as is known.
    fn left_for(&self, path: &str) -> Duration {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let of_route = routes
            .get(path)
            .map_or(Duration::ZERO, |(since, by)| left(*since, *by));
        drop(routes);
        of_route.max(self.left())
    }

    fn left(&self) -> Duration {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.map_or(Duration::ZERO, |(since, by)| left(since, by))
    }
}

fn left(since: Stopwatch, by: Duration) -> Duration {
    by.saturating_sub(since.elapsed())
}

impl Api {
    /// A way that uses `client`. `base` replaces Discord's address; serenity's limiter ignores it, so with a base there is
    /// no limiter.
    pub fn new(token: &str, client: reqwest::Client, base: Option<&str>) -> Self {
        let gate = Arc::new(Gate::default());
        let mut http = http(token, client.clone(), base);
        if let Some(limiter) = &mut http.ratelimiter {
            let gate = Arc::clone(&gate);
            limiter.set_ratelimit_callback(Box::new(move |limit| {
                if limit.global {
                    gate.close_for(limit.timeout);
                } else {
                    gate.announce(limit.path, limit.timeout);
                }
            }));
        }
        Self {
            http,
            client,
            unauthorized: AtomicBool::new(false),
            gate,
            pace: Pace::default(),
        }
    }

    /// Whether Discord has stopped accepting the token.
    pub fn unauthorized(&self) -> bool {
        self.unauthorized.load(Ordering::SeqCst)
    }

    /// Asks for something.
    pub async fn get(
        &self,
        route: Route<'_>,
        query: Vec<(&'static str, String)>,
    ) -> Result<Value, Trouble> {
        let query = (!query.is_empty()).then_some(query);
        let request = Request::new(route, LightMethod::Get).params(query);
        self.perform(request, PATIENCE).await
    }

    /// Does something. `reason` is shown in the server's audit log.
    pub async fn send(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Body<'_>,
        reason: Option<&str>,
    ) -> Result<Value, Trouble> {
        let request = Request::new(route, method)
            .body(body.map(|body| body.to_string().into_bytes()))
            .headers(reason.map(audit_log_reason));
        self.perform(request, PATIENCE).await
    }

    /// Does something that is of no use later than `patience` from now.
    pub async fn send_within(
        &self,
        patience: Duration,
        method: LightMethod,
        route: Route<'_>,
        body: Body<'_>,
    ) -> Result<Value, Trouble> {
        let request =
            Request::new(route, method).body(body.map(|body| body.to_string().into_bytes()));
        self.perform(request, patience).await
    }

    /// The same as [`Api::send`], with a file that the body names.
    pub async fn send_with(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &Value,
        file: Option<&Upload>,
    ) -> Result<Value, Trouble> {
        let Some(file) = file else {
            return self.send(method, route, Some(body), None).await;
        };
        let upload = CreateAttachment::bytes(file.bytes.to_vec(), file.name.clone());
        let multipart = Multipart {
            upload: MultipartUpload::Attachments(vec![upload]),
            fields: Vec::new(),
            payload_json: Some(body.to_string()),
        };
        let request = Request::new(route, method).multipart(Some(multipart));
        self.perform(request, PATIENCE_WITH_A_FILE).await
    }

    async fn perform(&self, request: Request<'_>, patience: Duration) -> Result<Value, Trouble> {
        if self.unauthorized() {
            return Err(Trouble::Unauthorized);
        }
        let answers = matches!(
            request.route_ref(),
            Route::InteractionResponse { .. }
                | Route::WebhookOriginalInteractionResponse { .. }
                | Route::WebhookFollowupMessages { .. }
        );
        // Answers to interactions are outside the global limit.
        let closed = self.gate.left();
        if !closed.is_zero() && !answers {
            if closed > Duration::from_secs(1) {
                return Err(Trouble::Limited { after: closed });
            }
            pause(closed).await;
        }
        // Another Discord than the real one has limits of its own, or none.
        while !answers && self.http.ratelimiter.is_some() {
            match self.pace.turn() {
                Some(wait) => pause(wait).await,
                None => break,
            }
        }
        let path = request.route_ref().path().into_owned();
        let sent = self.wait_for(self.exchange(request), &path, patience).await;
        let (status, headers, body) = match sent {
            Some(Ok(answer)) => answer,
            Some(Err(why)) => return Err(Trouble::Unknown { why }),
            None => {
                return Err(Trouble::Unknown {
                    why: format!("no answer within {patience:?}"),
                });
            }
        };
        self.read(status, &headers, &body, answers)
    }

    /// Waits for `work`: so long, and longer while serenity's limiter sits out a wait that Discord announced.
    async fn wait_for<F: Future>(
        &self,
        work: F,
        path: &str,
        patience: Duration,
    ) -> Option<F::Output> {
        let mut work = std::pin::pin!(work);
        let watch = Stopwatch::start();
        let mut limit = patience;
        loop {
            if let Some(done) = deadline(limit, &mut work).await {
                return Some(done);
            }
            let announced = self.gate.left_for(path);
            if announced.is_zero() || watch.elapsed() > LONGEST_WAIT {
                return None;
            }
            limit = announced + patience;
        }
    }

    async fn exchange(&self, request: Request<'_>) -> Result<(u16, HeaderMap, Vec<u8>), String> {
        let response = match &self.http.ratelimiter {
            Some(limiter) => limiter
                .perform(request)
                .await
                .map_err(|error| chain(&error))?,
            None => {
                let proxy = self.http.proxy.as_deref();
                let request = request
                    .build(&self.client, self.http.token(), proxy)
                    .map_err(|error| chain(&error))?;
                request
                    .send()
                    .await
                    .map_err(|error| chain(&error.without_url()))?
            }
        };
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response
            .bytes()
            .await
            .map_err(|error| chain(&error.without_url()))?;
        Ok((status, headers, body.to_vec()))
    }

    fn read(
        &self,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
        answers: bool,
    ) -> Result<Value, Trouble> {
        let json: Option<Value> = serde_json::from_slice(body).ok();
        if (200..300).contains(&status) {
            self.gate.edge_bans.store(0, Ordering::SeqCst);
            return Ok(json.unwrap_or(Value::Null));
        }
        let code = json
            .as_ref()
            .and_then(|json| json.get("code"))
            .and_then(Value::as_i64)
            .unwrap_or(0);
        match status {
            // An interaction's own token that has run out is a 401 too, with a code.
            401 if !answers && code == 0 => {
                self.unauthorized.store(true, Ordering::SeqCst);
                tracing::error!(
                    "Discord does not accept the token. Make a new one in the developer portal (Bot, Reset Token) and \
                     set it; nothing more is sent until then."
                );
                Err(Trouble::Unauthorized)
            }
            429 => Err(self.limited(headers, json.as_ref())),
            500.. => Err(Trouble::Unknown {
                why: format!("status {status}"),
            }),
            _ => Err(Trouble::Refused {
                status,
                code,
                said: said(json.as_ref(), status),
            }),
        }
    }

    fn limited(&self, headers: &HeaderMap, json: Option<&Value>) -> Trouble {
        let seconds = json
            .and_then(|json| json.get("retry_after"))
            .and_then(Value::as_f64)
            .or_else(|| header(headers, "retry-after")?.parse().ok());
        let Some(seconds) = seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0) else {
            let bans = self.gate.edge_bans.fetch_add(1, Ordering::SeqCst).min(4);
            let after = (EDGE_BAN * 2_u32.pow(bans)).min(EDGE_BAN_AT_MOST);
            tracing::error!(
                seconds = after.as_secs(),
                "Discord's edge turns the desk away without saying for how long; everything that is sent waits"
            );
            self.gate.close_for(after);
            return Trouble::Limited { after };
        };
        let after = Duration::from_secs_f64(seconds.min(86_400.0));
        let global = header(headers, "x-ratelimit-global").is_some()
            || json
                .and_then(|json| json.get("global"))
                .and_then(Value::as_bool)
                == Some(true);
        if global {
            self.gate.close_for(after);
        }
        Trouble::Limited { after }
    }
}

/// A client of serenity's for `token`. The gateway gets one of its own, with the same settings.
pub fn http(token: &str, client: reqwest::Client, base: Option<&str>) -> Http {
    let builder = serenity::http::HttpBuilder::new(token).client(client);
    match base {
        Some(base) => builder.proxy(base).ratelimiter_disabled(true).build(),
        None => builder.build(),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// What Discord said, with where in the body it found a fault.
fn said(json: Option<&Value>, status: u16) -> String {
    let Some(json) = json else {
        return format!("status {status}");
    };
    let message = json
        .get("message")
        .and_then(Value::as_str)
        .unwrap_or("no reason given");
    let mut faults = Vec::new();
    if let Some(errors) = json.get("errors") {
        collect_faults(errors, &mut String::new(), &mut faults);
    }
    if faults.is_empty() {
        message.to_owned()
    } else {
        format!("{message} ({})", faults.join("; "))
    }
}

fn collect_faults(errors: &Value, path: &mut String, faults: &mut Vec<String>) {
    let Some(object) = errors.as_object() else {
        return;
    };
    for (name, value) in object {
        if name == "_errors" {
            let messages = value.as_array().into_iter().flatten();
            for message in messages.filter_map(|fault| fault.get("message")?.as_str()) {
                faults.push(format!("{path}: {message}"));
            }
        } else {
            let length = path.len();
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
            collect_faults(value, path, faults);
            path.truncate(length);
        }
    }
}

/// An error and its causes. Never with the address, which holds an interaction's token.
fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        said = format!("{said}: {inner}");
        cause = inner.source();
    }
    // reqwest puts the address in the middle of its sentence.
    match said.split_once(" for url (") {
        Some((before, after)) => match after.split_once(')') {
            Some((_, rest)) => format!("{before}{rest}"),
            None => before.to_owned(),
        },
        None => said,
    }
}

/// The reason as a header: percent-encoded, at most 512 characters of that.
fn audit_log_reason(reason: &str) -> HeaderMap {
    const AT_MOST: usize = 512;
    let mut encoded = String::new();
    for c in reason.chars() {
        let mut bytes = [0; 4];
        let letter: String = if c.is_ascii_alphanumeric() {
            c.to_string()
        } else {
            let bytes = c.encode_utf8(&mut bytes).bytes();
            bytes.map(|byte| format!("%{byte:02X}")).collect()
        };
        if encoded.len() + letter.len() > AT_MOST {
            break;
        }
        encoded.push_str(&letter);
    }
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(&encoded) {
        headers.insert(HeaderName::from_static("x-audit-log-reason"), value);
    }
    headers
}

#[cfg(test)]
mod tests;
