//! What a person can do in the stand-in: a small JSON API that the page, the tests and `curl` share.
//!
//! `acts` (say, edit, press, choose, submit), `files` (what is brought along), `commands` (run, complete), `views` (what this person sees), `admin` (what
//! Discord's own settings offer), `events` (what to look at again). A person obeys the same laws as the bot: everything
//! goes through the world's verbs. `line` reads a typed slash command, `options` turns what was typed into what the
//! application gets, `components` what was pressed, chosen or written into a form.

mod acts;
mod admin;
mod commands;
mod components;
mod events;
mod files;
mod line;
mod options;
mod views;

use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::SignedDuration;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Pace;
use super::ids::Id;
use super::laws::Refused;
use super::room::Room;
use super::world::World;
use super::world::objects::{Channel, Message};

/// A no to a person: a sentence that says what is wrong and what to do.
#[derive(Debug)]
pub struct Wrong(pub StatusCode, pub String);

impl Wrong {
    /// What was asked for is not possible.
    pub fn because(sentence: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, sentence.into())
    }

    /// What was named is not there.
    pub fn missing(sentence: impl Into<String>) -> Self {
        Self(StatusCode::NOT_FOUND, sentence.into())
    }
}

impl From<Refused> for Wrong {
    fn from(refused: Refused) -> Self {
        Self(refused.status, refused.sentence())
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

/// What a call answers.
pub type Answer = Result<Json<Value>, Wrong>;

/// A JSON body whose faults are told in the API's own shape.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Room> for Body<T> {
    type Rejection = Wrong;

    async fn from_request(request: Request, room: &Room) -> Result<Self, Wrong> {
        let read: Result<Json<T>, JsonRejection> = Json::from_request(request, room).await;
        read.map(|Json(body)| Self(body))
            .map_err(|rejection| Wrong::because(rejection.body_text()))
    }
}

/// How long to wait for the application's first answer.
#[derive(Deserialize)]
pub struct Waiting {
    /// Milliseconds of real time.
    #[serde(default)]
    pub wait_ms: u64,
}

impl Waiting {
    /// This wait, or another one where nothing was said.
    fn or(self, wait_ms: u64) -> Self {
        if self.wait_ms == 0 {
            Self { wait_ms }
        } else {
            self
        }
    }
}

/// The longest wait, in milliseconds.
const LONGEST_WAIT: u64 = 10_000;

/// The API.
pub fn router() -> Router<Room> {
    Router::new()
        .route("/", get(views::everybody))
        .route("/clock", get(read_clock).post(move_clock))
        .route("/{me}/world", get(views::world))
        .route("/{me}/commands", get(views::commands))
        .route("/{me}/channels/{channel}/messages", get(views::messages))
        .route(
            "/{me}/channels/{channel}/transcript",
            get(views::transcript),
        )
        .route("/{me}/channels/{channel}/read", post(acts::read))
        .route("/{me}/say", post(acts::say))
        .route("/{me}/edit", post(acts::edit))
        .route("/{me}/run", post(commands::run))
        .route("/{me}/complete", post(commands::complete))
        .route("/{me}/press", post(acts::press))
        .route("/{me}/choose", post(acts::choose))
        .route("/{me}/submit", post(acts::submit))
        .route("/{me}/dismiss", post(acts::dismiss))
        .route("/{me}/privacy", post(acts::privacy))
        .route("/{me}/interactions/{id}", get(acts::interaction))
        .route("/{me}/events", get(events::stream))
        .route("/{me}/admin/roles", post(admin::roles))
        .route("/{me}/admin/permissions", post(admin::permissions))
        .route("/{me}/admin/delete", post(admin::delete))
        .route("/{me}/admin/rename", post(admin::rename))
        .route("/{me}/admin/kick", post(admin::kick))
        .route("/{me}/admin/join", post(admin::join))
}

/// Finds the person who acts.
pub fn person(world: &World, me: &str) -> Result<Id, Wrong> {
    let name = me.trim_start_matches('@');
    let found = world
        .users
        .values()
        .find(|user| !user.bot && (user.name == name || Id::parse(name) == Some(user.id)));
    let user = found.ok_or_else(|| {
        Wrong::missing(format!(
            "Nobody here is called {me}: `GET /people` lists everybody."
        ))
    })?;
    Ok(user.id)
}

/// Finds a channel or thread as this person names it: an id, `#general`, a thread's name, `@bot`.
pub fn channel(world: &mut World, me: Id, wanted: &str) -> Result<Id, Wrong> {
    if let Some(name) = wanted.strip_prefix('@') {
        let bot = world.application.bot;
        let bots_name = world.name_of(bot).to_lowercase();
        let with = if name == "bot" || name.to_lowercase() == bots_name {
            bot
        } else {
            person(world, name)?
        };
        return Ok(world.open_direct(me, with)?);
    }
    let name = wanted.trim_start_matches('#');
    let candidates = world.channels.values().filter(|place| {
        place.holds_messages()
            && world.sees(me, place)
            && (Id::parse(name) == Some(place.id) || place.name == name)
    });
    // Of several of one name, the channel goes before a thread, an active thread before an archived one, a new one before an old.
    let rank = |place: &&Channel| {
        let archived = place.thread.as_ref().is_some_and(|thread| thread.archived);
        (place.thread.is_none(), !archived, place.id)
    };
    let found = candidates.max_by_key(rank);
    found
        .map(|place| place.id)
        .ok_or_else(|| Wrong::missing(format!("You see no channel or thread called {wanted}.")))
}

/// Finds a message that this person sees.
pub fn message<'w>(world: &'w World, me: Id, id: &str) -> Result<&'w Message, Wrong> {
    let found = Id::parse(id).and_then(|id| world.message_anywhere(id));
    let seen = found.filter(|message| {
        message.only_for.is_none_or(|only| only == me)
            && world
                .channels
                .get(&message.channel)
                .is_some_and(|place| world.sees(me, place))
    });
    seen.ok_or_else(|| Wrong::missing(format!("You see no message {id}.")))
}

async fn read_clock(State(room): State<Room>) -> Json<Value> {
    Json(json!({"now": room.clock().now().to_string()}))
}

#[derive(Deserialize)]
struct Move {
    seconds: f64,
    #[serde(default = "step")]
    pace: String,
}

fn step() -> String {
    "step".to_owned()
}

async fn move_clock(State(room): State<Room>, Body(wanted): Body<Move>) -> Answer {
    let pace = match wanted.pace.as_str() {
        "step" => Pace::Step,
        "jump" => Pace::Jump,
        other => {
            return Err(Wrong::because(format!(
                "The pace is `step` or `jump`, not `{other}`."
            )));
        }
    };
    let by = SignedDuration::try_from_secs_f64(wanted.seconds)
        .map_err(|_| Wrong::because("`seconds` is not a length of time."))?;
    room.advance(by, pace).await;
    Ok(read_clock(State(room)).await)
}

/// Waits for an interaction's answer, and shows where it stands.
pub async fn outcome(room: &Room, me: Id, interaction: Id, waiting: &Waiting) -> Answer {
    let limit = Duration::from_millis(waiting.wait_ms.min(LONGEST_WAIT));
    room.wait_until(limit, |state| views::is_over(&state.world, interaction))
        .await;
    room.look(|state| views::interaction(&state.world, me, interaction))
        .map(Json)
}
