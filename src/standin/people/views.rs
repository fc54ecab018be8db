//! What a person sees.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Wrong, channel, components, person};
use crate::standin::ids::Id;
use crate::standin::room::Room;
use crate::standin::transcript as written;
use crate::standin::wire;
use crate::standin::world::World;
use crate::standin::world::interactions::Standing;
use crate::standin::world::objects::{Channel, Message, Role, flag};

pub(super) async fn everybody(State(room): State<Room>) -> Json<Value> {
    room.look(|state| {
        let world = &state.world;
        Json(json!(
            world
                .members
                .keys()
                .map(|&id| shown_person(world, id))
                .collect::<Vec<_>>()
        ))
    })
}

fn shown_role(role: &Role) -> Value {
    json!({
        "id": role.id,
        "name": role.name,
        "color": role.colour,
        "position": role.position,
        "mentionable": role.mentionable,
        "managed": role.managed_by.is_some(),
    })
}

fn shown_person(world: &World, id: Id) -> Value {
    let Some(user) = world.users.get(&id) else {
        return Value::Null;
    };
    let mut roles: Vec<&Role> = world
        .members
        .get(&id)
        .into_iter()
        .flat_map(|member| &member.roles)
        .filter_map(|role| world.roles.get(role))
        .collect();
    roles.sort_by_key(|role| std::cmp::Reverse(role.position));
    json!({
        "id": id,
        "name": user.name,
        "display_name": world.name_of(id),
        "job": user.job,
        "bot": user.bot,
        "owner": world.guild.owner == id,
        "roles": roles.into_iter().map(shown_role).collect::<Vec<_>>(),
    })
}

pub(super) async fn world(State(room): State<Room>, Path(me): Path<String>) -> Answer {
    room.act(|state| {
        let online = state.sessions.is_online();
        let world = &mut state.world;
        let me = person(world, &me)?;
        let bot = world.application.bot;
        world.open_direct(me, bot)?;
        Ok(Json(shown_world(world, me, online)))
    })
}

fn shown_world(world: &World, me: Id, online: bool) -> Value {
    let seen = || {
        world
            .channels
            .values()
            .filter(|place| world.sees(me, place))
    };
    let channels = seen().filter(|place| !place.is_direct() && place.thread.is_none());
    let mut channels: Vec<&Channel> = channels.collect();
    channels.sort_by_key(|place| (place.position, place.id));
    let threads = seen().filter(|place| place.thread.is_some());
    let directs = seen().filter(|place| place.is_direct());
    let mut roles: Vec<&Role> = world.roles.values().collect();
    roles.sort_by_key(|role| std::cmp::Reverse((role.position, role.id)));
    let bot = world.application.bot;
    json!({
        "now": world.now().to_string(),
        "guild": {"id": world.guild.id, "name": world.guild.name},
        "me": shown_person(world, me),
        "people": world.members.keys().map(|&id| shown_person(world, id)).collect::<Vec<_>>(),
        "roles": roles.into_iter().map(shown_role).collect::<Vec<_>>(),
        "channels": channels.into_iter().map(|place| shown_channel(world, me, place)).collect::<Vec<_>>(),
        "threads": threads.map(|place| shown_channel(world, me, place)).collect::<Vec<_>>(),
        "directs": directs.map(|place| shown_channel(world, me, place)).collect::<Vec<_>>(),
        "bot": {"id": bot, "name": world.name_of(bot), "online": online},
    })
}

fn shown_channel(world: &World, me: Id, place: &Channel) -> Value {
    let unread = world.unread(me, place.id);
    let mut shown = json!({
        "id": place.id,
        "name": place.name,
        "type": place.kind,
        "topic": place.topic,
        "parent_id": place.parent,
        "position": place.position,
        "can_send": world.require_writing(me, place.id).is_ok(),
        "unread": unread.messages,
        "mentions": unread.mentions,
        "last_message_id": place.last_message,
    });
    if let Some(thread) = &place.thread {
        shown["private"] =
            json!(place.kind == crate::standin::world::objects::channel_type::PRIVATE_THREAD);
        shown["archived"] = json!(thread.archived);
        shown["locked"] = json!(thread.locked);
        shown["joined"] = json!(thread.members.contains_key(&me));
        shown["owner_id"] = json!(thread.owner);
        shown["members"] = json!(thread.members.keys().collect::<Vec<_>>());
    }
    if let Some(&other) = place.recipients.iter().find(|&&id| id != me) {
        shown["with"] = shown_person(world, other);
        shown["name"] = json!(world.name_of(other));
    }
    shown
}

#[derive(Deserialize)]
pub(super) struct Place {
    channel: String,
}

pub(super) async fn commands(
    State(room): State<Room>,
    Path(me): Path<String>,
    Query(place): Query<Place>,
) -> Answer {
    room.act(|state| {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let place = channel(world, me, &place.channel)?;
        let usable = world.require_writing(me, place).is_ok();
        let commands = if usable {
            world.usable_commands(me, place)
        } else {
            Vec::new()
        };
        Ok(Json(json!(
            commands
                .into_iter()
                .map(|command| &command.definition)
                .collect::<Vec<_>>()
        )))
    })
}

#[derive(Deserialize)]
pub(super) struct Part {
    limit: Option<usize>,
    before: Option<String>,
}

pub(super) async fn messages(
    State(room): State<Room>,
    Path((me, place)): Path<(String, String)>,
    Query(part): Query<Part>,
) -> Answer {
    room.act(|state| {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let place = channel(world, me, &place)?;
        let before = part
            .before
            .as_deref()
            .and_then(Id::parse)
            .unwrap_or(Id(u64::MAX));
        let limit = part.limit.unwrap_or(50).clamp(1, 200);
        let mut shown: Vec<Value> = visible(world, me, place)
            .rev()
            .filter(|one| one.id < before)
            .take(limit)
            .map(|one| message(world, me, one))
            .collect();
        shown.reverse();
        Ok(Json(json!(shown)))
    })
}

/// The messages of a channel that this person sees.
fn visible(world: &World, me: Id, place: Id) -> impl DoubleEndedIterator<Item = &Message> {
    world
        .messages_in(place)
        .filter(move |message| message.only_for.is_none_or(|only| only == me))
}

/// A message for a person: Discord's object and what the page needs besides.
pub fn message(world: &World, me: Id, one: &Message) -> Value {
    let mut value = wire::message::message(world, one, me);
    value["author"]["display_name"] = json!(world.name_of(one.author));
    value["ephemeral"] = json!(one.only_for.is_some());
    value["loading"] = json!(one.is(flag::LOADING));
    value["at"] = json!(one.sent_at.to_string());
    value["edited_at"] = json!(one.edited_at.map(|at| at.to_string()));
    value["mentions_me"] = json!(one.author != me && world.mentions(one, me));
    let asked = one
        .interaction
        .and_then(|id| world.interactions.get(&id))
        .filter(|asked| !asked.command.is_empty());
    value["interaction"] = match asked {
        Some(asked) => {
            json!({"by": world.name_of(asked.by), "by_id": asked.by, "command": asked.command})
        }
        None => Value::Null,
    };
    value
}

pub(super) async fn transcript(
    State(room): State<Room>,
    Path((me, place)): Path<(String, String)>,
) -> Result<String, Wrong> {
    room.act(|state| {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let place = channel(world, me, &place)?;
        Ok(written::write(world, visible(world, me, place)))
    })
}

/// Whether nothing more will happen to an interaction by itself.
pub fn is_over(world: &World, id: Id) -> bool {
    let interaction = world.interactions.get(&id);
    interaction
        .is_none_or(|one| matches!(world.standing(one), Standing::Answered | Standing::Failed))
}

/// Where an interaction stands, for the person who began it.
pub fn interaction(world: &World, me: Id, id: Id) -> Result<Value, Wrong> {
    let one = world.interactions.get(&id).filter(|one| one.by == me);
    let one = one.ok_or_else(|| Wrong::missing(format!("You began no interaction {id}.")))?;
    let standing = world.standing(one);
    let (state, failure) = match standing {
        Standing::Pending => ("pending", None),
        Standing::Answered => ("answered", None),
        Standing::Deferred => ("deferred", None),
        Standing::Failed => ("failed", Some("The application did not respond")),
    };
    let shown = |place: &(Id, Id)| {
        world
            .messages
            .get(place)
            .map(|found| message(world, me, found))
    };
    let form = one.form.as_ref().map(|form| {
        json!({
            "interaction": id,
            "title": form["title"],
            "custom_id": form["custom_id"],
            "fields": components::form_fields(form),
        })
    });
    Ok(json!({
        "interaction": id,
        "state": state,
        "failure": failure,
        "message": one.original.as_ref().and_then(shown),
        "followups": one.followups.iter().filter_map(shown).collect::<Vec<_>>(),
        "form": form,
        "choices": one.choices,
    }))
}
