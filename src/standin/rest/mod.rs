//! Discord's REST: a table of routes over the world's verbs.
//!
//! One way in for every request: find the route, check the token, count it against the limits, strike with a fault if one is
//! due, call the handler under the lock, write the line into the ledger. A handler is a synchronous function from a [`Call`] to
//! a [`Reply`]; one file per family. A route that is not in the table is answered with 501 and stands in the ledger without a
//! template, so that a test can fail on it.

mod applications;
mod call;
mod channels;
mod commands;
mod guilds;
mod interactions;
mod messages;
mod roles;
mod threads;
mod users;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::connection::Scissors;
use super::faults::What;
use super::laws::Refused;
use super::ledger::Line;
use super::limits::{self, Allowance, Verdict};
use super::room::{Room, State as Everything};
use super::world::World;
use crate::clock;
pub use call::{Call, Reply};

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Auth {
    /// The bot, by its token.
    Bot,
    /// Whoever has the interaction's token, which stands in the path.
    PathToken,
}

/// A route.
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path with Discord's names for its parameters.
    pub template: &'static str,
    /// Who may use it.
    pub auth: Auth,
    /// How often, per channel, guild or webhook.
    pub allowance: Option<Allowance>,
    /// What it does.
    pub handler: fn(&mut World, &Call) -> Result<Reply, Refused>,
}

const fn per(limit: u32, per_ms: u64) -> Option<Allowance> {
    Some(Allowance { limit, per_ms })
}

/// A route for the bot with an allowance that is rarely met.
const fn bot(
    method: &'static str,
    template: &'static str,
    handler: fn(&mut World, &Call) -> Result<Reply, Refused>,
) -> Route {
    Route {
        method,
        template,
        auth: Auth::Bot,
        allowance: per(50, 1000),
        handler,
    }
}

/// A route for the bot with its own allowance.
const fn scarce(
    method: &'static str,
    template: &'static str,
    allowance: Option<Allowance>,
    handler: fn(&mut World, &Call) -> Result<Reply, Refused>,
) -> Route {
    Route {
        method,
        template,
        auth: Auth::Bot,
        allowance,
        handler,
    }
}

/// A route that an interaction's token opens.
const fn open(
    method: &'static str,
    template: &'static str,
    allowance: Option<Allowance>,
    handler: fn(&mut World, &Call) -> Result<Reply, Refused>,
) -> Route {
    Route {
        method,
        template,
        auth: Auth::PathToken,
        allowance,
        handler,
    }
}

/// Every route, family by family.
fn routes() -> impl Iterator<Item = &'static Route> {
    [
        applications::ROUTES,
        users::ROUTES,
        guilds::ROUTES,
        roles::ROUTES,
        channels::ROUTES,
        messages::ROUTES,
        threads::ROUTES,
        commands::ROUTES,
        interactions::ROUTES,
    ]
    .into_iter()
    .flatten()
}

/// The names of all routes (`GET /users/@me`), by which faults are addressed.
pub fn names() -> Vec<String> {
    routes()
        .map(|route| format!("{} {}", route.method, route.template))
        .collect()
}

/// What came of matching a path.
enum Match {
    Found(&'static Route, Vec<(&'static str, String)>),
    OtherMethod,
    Nothing,
}

fn find(method: &str, segments: &[String]) -> Match {
    let mut other_method = false;
    let mut found: Option<(&'static Route, Vec<(&'static str, String)>)> = None;
    for route in routes() {
        let Some(params) = fit(route.template, segments) else {
            continue;
        };
        if route.method != method {
            other_method = true;
            // `@me` and `@original` are also ids as far as the shape goes; the plainer template wins.
        } else if found
            .as_ref()
            .is_none_or(|(_, before)| params.len() < before.len())
        {
            found = Some((route, params));
        }
    }
    match found {
        Some((route, params)) => Match::Found(route, params),
        None if other_method => Match::OtherMethod,
        None => Match::Nothing,
    }
}

fn fit(template: &'static str, segments: &[String]) -> Option<Vec<(&'static str, String)>> {
    let mut params = Vec::new();
    let mut steps = template.split('/').skip(1);
    for segment in segments {
        let step = steps.next()?;
        match step
            .strip_prefix('{')
            .and_then(|step| step.strip_suffix('}'))
        {
            Some(name) => params.push((name, segment.clone())),
            None if step == segment => {}
            None => return None,
        }
    }
    steps.next().is_none().then_some(params)
}

/// The part of a path that a bucket is about: the channel, the guild, or the webhook with its token.
fn major(params: &[(&'static str, String)]) -> String {
    let majors = [
        "channel_id",
        "guild_id",
        "webhook_id",
        "webhook_token",
        "interaction_token",
    ];
    params
        .iter()
        .filter(|(name, _)| majors.contains(name))
        .map(|(_, value)| value.as_str())
        .collect::<Vec<_>>()
        .join("/")
}

/// Answers one request.
pub async fn serve(
    State(room): State<Room>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let heard = match call::hear(request).await {
        Ok(heard) => heard,
        Err(refused) => return refusal(&refused),
    };
    let (route, params) = match find(&heard.method, &heard.segments) {
        Match::Found(route, params) => (route, params),
        Match::OtherMethod => return note_unserved(&room, &heard, Refused::method_not_allowed()),
        Match::Nothing => {
            let message = "The stand-in does not have this route";
            return note_unserved(
                &room,
                &heard,
                Refused::new(StatusCode::NOT_IMPLEMENTED, 0, message),
            );
        }
    };
    let fault = room.look(|state| state.faults.strike(route.method, route.template));
    if let Some(what) = fault {
        return fail(&room, &scissors, route, params, heard, &what).await;
    }
    let (verdict, answer) = room.act(|state| answer(state, route, params, &heard, None));
    respond(verdict, answer)
}

/// An answer before it is bytes: status and body.
type Answer = (u16, Option<Value>);

/// Checks and performs a request and notes it. With `shown`, the ledger shows that instead of the true answer.
fn answer(
    state: &mut Everything,
    route: &'static Route,
    params: Vec<(&'static str, String)>,
    heard: &call::Heard,
    shown: Option<Answer>,
) -> (Verdict, Answer) {
    let faulty = shown.is_some();
    let (verdict, answer) = judge(state, route, params, heard, faulty);
    let told = shown.unwrap_or_else(|| answer.clone());
    if [401, 403, 429].contains(&told.0) {
        state.limits.count_invalid();
    }
    note(state, Some(route.template), heard, &told, faulty);
    (verdict, answer)
}

fn judge(
    state: &mut Everything,
    route: &'static Route,
    params: Vec<(&'static str, String)>,
    heard: &call::Heard,
    unlimited: bool,
) -> (Verdict, Answer) {
    let refused = |refused: &Refused| (refused.status.as_u16(), Some(refused.body()));
    if state.limits.is_banned() {
        return (Verdict::default(), (429, None));
    }
    let token = &state.world.application.token;
    if route.auth == Auth::Bot
        && heard.authorization.as_deref() != Some(format!("Bot {token}").as_str())
    {
        return (Verdict::default(), refused(&Refused::unauthorised()));
    }
    let bucket = format!("{} {} {}", route.method, route.template, major(&params));
    let verdict = if unlimited {
        Verdict::default()
    } else {
        state
            .limits
            .count(&bucket, route.allowance, route.auth == Auth::Bot)
    };
    if let Some(body) = &verdict.refused {
        let body = body.clone();
        return (verdict, (429, Some(body)));
    }
    let call = Call::new(heard, params, state.world.application.bot);
    let answer = match (route.handler)(&mut state.world, &call) {
        Ok(reply) => (reply.status, reply.body),
        Err(no) => refused(&no),
    };
    (verdict, answer)
}

fn note(
    state: &mut Everything,
    route: Option<&'static str>,
    heard: &call::Heard,
    answer: &Answer,
    faulty: bool,
) {
    let line = Line {
        seq: 0,
        at: state.world.now(),
        method: heard.method.clone(),
        path: heard.path.clone(),
        route,
        body: heard.body.clone(),
        files: heard
            .files
            .iter()
            .map(|file| (file.filename.clone(), file.bytes.len()))
            .collect(),
        reason: heard.reason.clone(),
        status: answer.0,
        answer: answer.1.clone().unwrap_or(Value::Null),
        faulty,
    };
    state.ledger.add(line);
}

fn note_unserved(room: &Room, heard: &call::Heard, refused: Refused) -> Response {
    let answer = (refused.status.as_u16(), Some(refused.body()));
    room.look(|state| note(state, None, heard, &answer, false));
    respond(Verdict::default(), answer)
}

/// A request that a fault befalls.
async fn fail(
    room: &Room,
    scissors: &Scissors,
    route: &'static Route,
    params: Vec<(&'static str, String)>,
    heard: call::Heard,
    what: &What,
) -> Response {
    if !what.replaces_answer() {
        if !what.applies() {
            clock::pause(what.delay()).await;
        }
        let (verdict, answer) = room.act(|state| answer(state, route, params, &heard, None));
        if what.applies() {
            clock::pause(what.delay()).await;
        }
        return respond(verdict, answer);
    }
    let (verdict, shown) = faulty_answer(what);
    if what.applies() {
        room.act(|state| answer(state, route, params, &heard, Some(shown.clone())));
    } else {
        room.look(|state| {
            if shown.0 == 429
                && what
                    .rate_limit
                    .as_ref()
                    .is_none_or(|limit| limit.scope != "shared")
            {
                state.limits.count_invalid();
            }
            note(state, Some(route.template), &heard, &shown, true);
        });
    }
    clock::pause(what.delay()).await;
    if what.reset {
        scissors.cut();
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if let Some(status) = what.html {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let page = "<html><head><title>Access denied</title></head><body>You are being rate limited</body></html>";
        return (status, [(header::CONTENT_TYPE, "text/html")], page).into_response();
    }
    let mut response = respond(verdict, shown);
    for (name, value) in what.headers.iter().flatten() {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn faulty_answer(what: &What) -> (Verdict, Answer) {
    if let Some(limit) = &what.rate_limit {
        let after = std::time::Duration::try_from_secs_f64(limit.retry_after).unwrap_or_default();
        let verdict = limits::refuse(after, limit.global, &limit.scope);
        let body = verdict.refused.clone();
        return (verdict, (429, body));
    }
    let status = what.status.or(what.html).unwrap_or(0);
    let unsaid = || json!({"message": "Internal Server Error", "code": 0});
    let body = if what.reset || what.html.is_some() {
        None
    } else {
        Some(what.body.clone().unwrap_or_else(unsaid))
    };
    (Verdict::default(), (status, body))
}

fn respond(verdict: Verdict, (status, body): Answer) -> Response {
    let mut response = match body {
        Some(body) => {
            let bytes = Body::from(body.to_string());
            ([(header::CONTENT_TYPE, "application/json")], bytes).into_response()
        }
        None => Body::empty().into_response(),
    };
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in verdict.headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn refusal(refused: &Refused) -> Response {
    respond(
        Verdict::default(),
        (refused.status.as_u16(), Some(refused.body())),
    )
}
