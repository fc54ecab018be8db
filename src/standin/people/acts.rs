//! Saying, running, pressing, choosing, submitting.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::files::{self, Given};
use super::{Answer, Body, Waiting, Wrong, channel, components, message, outcome, person, views};
use crate::standin::ids::Id;
use crate::standin::laws::message::Draft;
use crate::standin::room::Room;
use crate::standin::world::World;
use crate::standin::world::interactions::Beginning;
use crate::standin::world::objects::Began;

/// What a person does, and how long they wait for the answer, if the query does not say so.
#[derive(Deserialize)]
pub(super) struct Waited<T> {
    #[serde(flatten)]
    pub(super) what: T,
    #[serde(default)]
    pub(super) wait_ms: u64,
}

/// Who began an interaction, and which.
pub(super) type Begun = Result<(Id, Id), Wrong>;

#[derive(Deserialize)]
pub(super) struct Saying {
    channel: String,
    #[serde(default)]
    content: String,
    reply_to: Option<String>,
    #[serde(default)]
    files: Vec<Given>,
}

pub(super) async fn say(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(saying): Body<Saying>,
) -> Answer {
    room.act(|state| {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let place = channel(world, me, &saying.channel)?;
        let mut body = json!({"content": saying.content});
        if let Some(id) = saying.reply_to {
            body["message_reference"] = json!({"message_id": id});
            body["allowed_mentions"] =
                json!({"parse": ["users", "roles", "everyone"], "replied_user": true});
        }
        let draft = Draft::read(&body, files::read(&saying.files)?, "", false)?;
        let sent = world.send(me, place, draft)?;
        Ok(Json(views::message(world, me, &sent)))
    })
}

#[derive(Deserialize)]
pub(super) struct Editing {
    message: String,
    content: String,
    /// The files that stay on it; all of them where nothing is said.
    files: Option<Vec<String>>,
}

pub(super) async fn edit(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(editing): Body<Editing>,
) -> Answer {
    room.act(|state| {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let (place, id) =
            message(world, me, &editing.message).map(|found| (found.channel, found.id))?;
        let mut body = json!({"content": editing.content});
        if let Some(files) = &editing.files {
            let kept = files.iter().map(|file| json!({"id": file}));
            body["attachments"] = kept.collect();
        }
        let draft = Draft::read(&body, Vec::new(), "", false)?;
        world.edit(me, place, id, draft)?;
        let edited = message(world, me, &editing.message)?.clone();
        Ok(Json(views::message(world, me, &edited)))
    })
}

pub(super) async fn read(
    State(room): State<Room>,
    Path((me, place)): Path<(String, String)>,
) -> Answer {
    room.act(|state| {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let place = channel(world, me, &place)?;
        let last = world
            .messages_in(place)
            .next_back()
            .map(|message| message.id);
        world.mark_read(me, place, last);
        Ok(Json(json!({"read": last})))
    })
}

#[derive(Deserialize)]
pub(super) struct Pressing {
    message: String,
    button: String,
}

pub(super) async fn press(
    State(room): State<Room>,
    Path(me): Path<String>,
    Query(waiting): Query<Waiting>,
    Body(Waited {
        what: wanted,
        wait_ms,
    }): Body<Waited<Pressing>>,
) -> Answer {
    let (me, id) = room.act(|state| -> Begun {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let source = message(world, me, &wanted.message)?;
        let data = components::press(source, &wanted.button).map_err(Wrong::because)?;
        let beginning = on_component(world, me, (source.channel, source.id), data)?;
        Ok((me, world.begin(beginning)))
    })?;
    outcome(&room, me, id, &waiting.or(wait_ms)).await
}

#[derive(Deserialize)]
pub(super) struct Choosing {
    message: String,
    select: String,
    #[serde(default)]
    values: Vec<String>,
}

pub(super) async fn choose(
    State(room): State<Room>,
    Path(me): Path<String>,
    Query(waiting): Query<Waiting>,
    Body(Waited {
        what: wanted,
        wait_ms,
    }): Body<Waited<Choosing>>,
) -> Answer {
    let (me, id) = room.act(|state| -> Begun {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let source = message(world, me, &wanted.message)?;
        let data = components::choose(world, source, &wanted.select, &wanted.values)
            .map_err(Wrong::because)?;
        let beginning = on_component(world, me, (source.channel, source.id), data)?;
        Ok((me, world.begin(beginning)))
    })?;
    outcome(&room, me, id, &waiting.or(wait_ms)).await
}

fn on_component(world: &World, me: Id, source: (Id, Id), data: Value) -> Result<Beginning, Wrong> {
    let locked = world
        .channel(source.0)?
        .thread
        .as_ref()
        .is_some_and(|thread| thread.locked);
    if locked {
        // Discord's client refuses this even to administrators.
        return Err(Wrong::because(
            "This thread is locked: nothing in it can be pressed. Unlock it first.",
        ));
    }
    Ok(Beginning {
        began: Began::Component,
        by: me,
        channel: source.0,
        command: String::new(),
        command_kind: 0,
        message: Some(source),
        opened_by: None,
        target: None,
        data,
    })
}

#[derive(Deserialize)]
pub(super) struct Submitting {
    form: String,
    #[serde(default)]
    fields: Map<String, Value>,
}

pub(super) async fn submit(
    State(room): State<Room>,
    Path(me): Path<String>,
    Query(waiting): Query<Waiting>,
    Body(Waited {
        what: wanted,
        wait_ms,
    }): Body<Waited<Submitting>>,
) -> Answer {
    let (me, id) = room.act(|state| -> Begun {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let opener = Id::parse(&wanted.form).and_then(|id| world.interactions.get(&id));
        let opener = opener.filter(|opener| opener.by == me);
        let (opener, form) = opener
            .and_then(|opener| Some((opener, opener.form.as_ref()?)))
            .ok_or_else(|| {
                Wrong::missing(format!("No form is open for you under {}.", wanted.form))
            })?;
        let sent = world
            .interactions
            .values()
            .any(|one| one.opened_by == Some(opener.id) && one.answered.is_some());
        if sent {
            return Err(Wrong::because("That form was sent already: open it again."));
        }
        let data = components::fill_form(world, form, &wanted.fields).map_err(Wrong::because)?;
        let beginning = Beginning {
            began: Began::Form,
            by: me,
            channel: opener.channel,
            command: opener.command.clone(),
            command_kind: opener.command_kind,
            message: opener.message,
            opened_by: Some(opener.id),
            target: opener.target,
            data,
        };
        Ok((me, world.begin(beginning)))
    })?;
    outcome(&room, me, id, &waiting.or(wait_ms)).await
}

#[derive(Deserialize)]
pub(super) struct Dismissing {
    message: String,
}

pub(super) async fn dismiss(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(wanted): Body<Dismissing>,
) -> Answer {
    room.act(|state| {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let found = message(world, me, &wanted.message)?;
        if found.only_for.is_none() {
            return Err(Wrong::because(
                "Only messages that nobody else sees can be dismissed.",
            ));
        }
        let id = found.id;
        world.dismiss(id);
        Ok(Json(json!({"dismissed": id})))
    })
}

#[derive(Deserialize)]
pub(super) struct Privacy {
    direct_messages: bool,
}

/// Whether this person takes direct messages, as in Discord's privacy settings.
pub(super) async fn privacy(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(wanted): Body<Privacy>,
) -> Answer {
    room.act(|state| {
        let me = person(&state.world, &me)?;
        if let Some(user) = state.world.users.get_mut(&me) {
            user.takes_direct_messages = wanted.direct_messages;
        }
        Ok(Json(json!({"direct_messages": wanted.direct_messages})))
    })
}

pub(super) async fn interaction(
    State(room): State<Room>,
    Path((me, id)): Path<(String, String)>,
    Query(waiting): Query<Waiting>,
) -> Answer {
    let me = room.look(|state| person(&state.world, &me))?;
    let id =
        Id::parse(&id).ok_or_else(|| Wrong::missing(format!("There is no interaction {id}.")))?;
    outcome(&room, me, id, &waiting).await
}
