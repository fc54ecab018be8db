//! Channels: one by one, and their permissions.

use serde_json::Value;

use super::guilds::require_guild;
use super::{Call, Reply, Route, bot};
use crate::standin::ids::Id;
use crate::standin::laws::Refused;
use crate::standin::laws::form::{Form, join, length};
use crate::standin::laws::permissions::Overwrite;
use crate::standin::wire;
use crate::standin::world::World;
use crate::standin::world::channels::{ChannelChange, NewOverwrite};
use crate::standin::world::objects::{OverwriteOf, channel_type};

pub(super) const ROUTES: &[Route] = &[
    bot("GET", "/channels/{channel_id}", get),
    bot("PATCH", "/channels/{channel_id}", change),
    bot("DELETE", "/channels/{channel_id}", delete),
    bot(
        "PUT",
        "/channels/{channel_id}/permissions/{overwrite_id}",
        set_overwrite,
    ),
    bot(
        "DELETE",
        "/channels/{channel_id}/permissions/{overwrite_id}",
        remove_overwrite,
    ),
    bot("POST", "/channels/{channel_id}/typing", typing),
];

fn shown(world: &World, call: &Call, id: Id) -> Result<Value, Refused> {
    Ok(wire::channel::channel(world, world.channel(id)?, call.by))
}

fn get(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = call.id("channel_id")?;
    world.seen_channel(call.by, id)?;
    Ok(Reply::ok(shown(world, call, id)?))
}

pub(super) fn create(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    let mut form = Form::default();
    let name = form.required_text(call.body(), "name", "", length(1, 100));
    let kind = form.integer(call.body(), "type", "", 0, 16).unwrap_or(0);
    let kind = u8::try_from(kind).unwrap_or(u8::MAX);
    let known = [
        channel_type::TEXT,
        channel_type::VOICE,
        channel_type::CATEGORY,
        channel_type::ANNOUNCEMENT,
    ]
    .contains(&kind);
    if !known {
        form.choices("type", "0, 2, 4, 5, 13, 14, 15, 16");
    }
    let change = read(&mut form, call.body());
    form.finish()?;
    let id = world.create_channel(call.by, kind, &name, change)?;
    Ok(Reply::created(shown(world, call, id)?))
}

/// Reads what a request says about a channel.
fn read(form: &mut Form, body: &Value) -> ChannelChange {
    let given = |key: &str| body.get(key).is_some();
    ChannelChange {
        name: form.text(body, "name", "", length(1, 100)),
        topic: given("topic").then(|| form.text(body, "topic", "", length(0, 1024))),
        parent: given("parent_id").then(|| form.id(body, "parent_id", "")),
        position: form.integer(body, "position", "", 0, i64::from(i32::MAX)),
        nsfw: form.boolean(body, "nsfw", ""),
        slow_mode: form.integer(body, "rate_limit_per_user", "", 0, 21_600),
        overwrites: form
            .list(body, "permission_overwrites", "", 100)
            .map(|list| {
                let at = |index: usize| join("permission_overwrites", &index.to_string());
                list.iter()
                    .enumerate()
                    .filter_map(|(index, one)| overwrite(form, one, &at(index), None))
                    .collect()
            }),
    }
}

fn overwrite(form: &mut Form, one: &Value, at: &str, id: Option<Id>) -> Option<NewOverwrite> {
    let id = id.or_else(|| form.id(one, "id", at));
    if id.is_none() {
        form.required(&join(at, "id"));
    }
    let of = match form.integer(one, "type", at, 0, 1) {
        Some(1) => OverwriteOf::Member,
        Some(_) => OverwriteOf::Role,
        None => {
            form.required(&join(at, "type"));
            OverwriteOf::Role
        }
    };
    let allow = form.bits(one, "allow", at).unwrap_or(0);
    let deny = form.bits(one, "deny", at).unwrap_or(0);
    // What is both allowed and denied is allowed.
    Some(NewOverwrite {
        id: id?,
        of,
        overwrite: Overwrite {
            allow,
            deny: deny & !allow,
        },
    })
}

fn change(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = call.id("channel_id")?;
    let place = world.seen_channel(call.by, id)?;
    if place.is_direct() {
        return Err(Refused::wrong_channel_type());
    }
    if place.thread.is_some() {
        return super::threads::change(world, call, id);
    }
    let mut form = Form::default();
    let change = read(&mut form, call.body());
    form.finish()?;
    world.change_channel(call.by, id, change)?;
    Ok(Reply::ok(shown(world, call, id)?))
}

fn delete(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = call.id("channel_id")?;
    let before = shown(world, call, id)?;
    world.delete_channel(call.by, id)?;
    Ok(Reply::ok(before))
}

fn set_overwrite(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let (channel, id) = (call.id("channel_id")?, call.id("overwrite_id")?);
    let mut form = Form::default();
    let new = overwrite(&mut form, call.body(), "", Some(id));
    form.finish()?;
    if let Some(new) = new {
        world.set_overwrite(call.by, channel, new)?;
    }
    Ok(Reply::nothing())
}

fn remove_overwrite(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    world.remove_overwrite(call.by, call.id("channel_id")?, call.id("overwrite_id")?)?;
    Ok(Reply::nothing())
}

fn typing(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = call.id("channel_id")?;
    world.require_writing(call.by, id)?;
    world.changed("typing", Some(id));
    Ok(Reply::nothing())
}
