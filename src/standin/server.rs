//! The HTTP server: who answers which path.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::connection::{Cuttable, Scissors};
use super::faults::Rule;
use super::ids::Id;
use super::room::Room;
use super::world::threads::MOST_ACTIVE;
use super::{Settings, gateway, page, people, rest};

/// The largest request: ten files of ten mebibytes and something over.
const LARGEST_BODY: usize = 110 * 1024 * 1024;

/// Binds and serves.
pub(super) async fn start(settings: Settings) -> anyhow::Result<(Room, JoinHandle<()>)> {
    let listener = TcpListener::bind(("127.0.0.1", settings.port))
        .await
        .map_err(|error| {
            let port = settings.port;
            anyhow::anyhow!(
                "port {port} of 127.0.0.1 cannot be used ({error}): choose another, or 0 for any"
            )
        })?;
    let room = Room::open(settings, listener.local_addr()?);
    let service = router(room.clone()).into_make_service_with_connect_info::<Scissors>();
    let stopped = room.clone();
    let server = tokio::spawn(async move {
        let serving = axum::serve(Cuttable(listener), service)
            .with_graceful_shutdown(async move { stopped.stopped().await });
        if let Err(error) = serving.await {
            tracing::error!(%error, "the stand-in's server ended");
        }
    });
    Ok((room, server))
}

fn router(room: Room) -> Router {
    Router::new()
        .route("/api", any(rest::serve))
        .route("/api/{*path}", any(rest::serve))
        .route("/gateway", get(gateway::connect))
        .route("/gateway/", get(gateway::connect))
        .route("/attachments/{channel}/{id}/{name}", get(attachment))
        .route(
            "/ephemeral-attachments/{application}/{id}/{name}",
            get(upload),
        )
        .route("/ledger", get(ledger))
        .route("/reset", post(reset))
        .route("/faults", get(faults).post(add_faults).delete(clear_faults))
        .merge(page::router())
        .nest("/people", people::router())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(room)
}

async fn attachment(
    State(room): State<Room>,
    Path((channel, id, _)): Path<(u64, u64, String)>,
) -> Response {
    let found = room.look(|state| {
        let mut messages = state.world.messages_in(Id(channel));
        let file = messages
            .find_map(|message| message.attachments.iter().find(|file| file.id == Id(id)))?;
        Some((file.media_type.clone(), file.bytes.clone()))
    });
    served(&room, found)
}

async fn upload(
    State(room): State<Room>,
    Path((application, id, _)): Path<(u64, u64, String)>,
) -> Response {
    let found = room.look(|state| {
        let ours = state.world.application.id == Id(application);
        let file = state.world.uploads.get(&Id(id)).filter(|_| ours)?;
        Some((file.media_type.clone(), file.bytes.clone()))
    });
    served(&room, found)
}

/// What a person uploaded is data to whoever fetches it: no browser may take it for a page of the stand-in's.
fn served(room: &Room, found: Option<(Option<String>, std::sync::Arc<[u8]>)>) -> Response {
    let fails = room.look(|state| {
        let fails = state.faults.files > 0;
        state.faults.files = state.faults.files.saturating_sub(1);
        fails
    });
    match found {
        _ if fails => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some((media_type, bytes)) => {
            let media_type = media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
            let headers = [
                (header::CONTENT_TYPE, media_type),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
                (header::CONTENT_SECURITY_POLICY, "sandbox".to_owned()),
            ];
            (headers, bytes.to_vec()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

async fn ledger(State(room): State<Room>, Query(query): Query<Since>) -> Response {
    let lines = room.look(|state| state.ledger.since(query.since));
    ([(header::CONTENT_TYPE, "application/jsonl")], lines).into_response()
}

async fn reset(State(room): State<Room>) -> StatusCode {
    room.reset();
    StatusCode::NO_CONTENT
}

async fn faults(State(room): State<Room>) -> Response {
    room.look(|state| {
        let shown = json!({
            "rules": state.faults.rules,
            "routes": rest::names(),
            "limits": if state.limits.on { "on" } else { "off" },
            "heartbeat_ms": state.sessions.heartbeat_ms,
            "invalid_requests": state.limits.invalid(),
        });
        axum::Json(shown).into_response()
    })
}

/// Takes a rule, a list of rules, or settings: `{"limits": "off"}`, `{"heartbeat_ms": 5000}`, `{"files": 3}` for as many
/// downloads that fail, `{"threads": 20}` for as many threads that may be active.
async fn add_faults(State(room): State<Room>, axum::Json(body): axum::Json<Value>) -> Response {
    let list = match body {
        Value::Array(list) => list,
        one => vec![one],
    };
    for one in list {
        if let Err(sentence) = add_fault(&room, &one) {
            return (
                StatusCode::BAD_REQUEST,
                axum::Json(json!({"error": sentence})),
            )
                .into_response();
        }
    }
    StatusCode::NO_CONTENT.into_response()
}

fn add_fault(room: &Room, one: &Value) -> Result<(), String> {
    if let Some(switch) = one.get("limits").and_then(Value::as_str) {
        room.look(|state| state.limits.on = switch != "off");
        return Ok(());
    }
    if let Some(interval) = one.get("heartbeat_ms").and_then(Value::as_u64) {
        room.look(|state| state.sessions.heartbeat_ms = interval);
        return Ok(());
    }
    if let Some(most) = one.get("threads").and_then(Value::as_u64) {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        room.look(|state| state.world.guild.most_threads = most);
        return Ok(());
    }
    if let Some(times) = one.get("files").and_then(Value::as_u64) {
        room.look(|state| state.faults.files = u32::try_from(times).unwrap_or(u32::MAX));
        return Ok(());
    }
    let rule: Rule = serde_json::from_value(one.clone())
        .map_err(|error| format!("This rule cannot be read: {error}."))?;
    match (&rule.route, rule.gateway) {
        (Some(_), None) if rule.what.is_none() => {
            Err("A rule for a route needs `what` shall happen.".to_owned())
        }
        (Some(route), None) if route != "*" && !rest::names().contains(route) => Err(format!(
            "There is no route `{route}`: `GET /faults` lists them all."
        )),
        (None, None) => Err("A rule needs a `route` or a `gateway` failure.".to_owned()),
        (_, Some(fault)) if fault.is_immediate() => {
            room.act(|state| state.sessions.strike(fault, rule.code, rule.resumable));
            Ok(())
        }
        _ => {
            room.look(|state| state.faults.rules.push(rule));
            Ok(())
        }
    }
}

async fn clear_faults(State(room): State<Room>) -> StatusCode {
    room.look(|state| {
        state.faults.rules.clear();
        state.limits.on = true;
        state.world.guild.most_threads = MOST_ACTIVE;
    });
    StatusCode::NO_CONTENT
}
