//! Messages of channels.

use serde_json::{Value, json};

use super::{Call, Reply, Route, bot, per, scarce};
use crate::standin::laws::Refused;
use crate::standin::laws::message::Draft;
use crate::standin::wire;
use crate::standin::world::World;
use crate::standin::world::messages::Part;
use crate::standin::world::objects::Message;

pub(super) const ROUTES: &[Route] = &[
    scarce(
        "POST",
        "/channels/{channel_id}/messages",
        per(5, 5000),
        create,
    ),
    bot("GET", "/channels/{channel_id}/messages", list),
    bot("GET", "/channels/{channel_id}/messages/{message_id}", get),
    scarce(
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        per(5, 5000),
        edit,
    ),
    scarce(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}",
        per(5, 1000),
        delete,
    ),
    bot(
        "PUT",
        "/channels/{channel_id}/messages/pins/{message_id}",
        pin,
    ),
    bot(
        "DELETE",
        "/channels/{channel_id}/messages/pins/{message_id}",
        unpin,
    ),
];

/// A message for the bot: without the message content intent, only what it may always read is in it.
fn shown(world: &World, message: &Message) -> Value {
    let mut value = wire::message::message(world, message, world.application.bot);
    if !world.application.content_intent && !world.bot_may_always_read(message) {
        wire::message::take_out_content(&mut value);
    }
    value
}

fn create(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let channel = call.id("channel_id")?;
    world.channel(channel)?;
    let draft = Draft::read(call.body(), call.files(), "", false)?;
    let sent = world.send(call.by, channel, draft)?;
    Ok(Reply::ok(shown(world, &sent)))
}

fn list(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let channel = call.id("channel_id")?;
    let limit = call.number("limit", 1, 100, 50)?;
    let part = if let Some(id) = call.query_id("around")? {
        Part::Around(id)
    } else if let Some(id) = call.query_id("before")? {
        Part::Before(id)
    } else if let Some(id) = call.query_id("after")? {
        Part::After(id)
    } else {
        Part::Newest
    };
    let messages = world.history(call.by, channel, part, limit)?;
    Ok(Reply::ok(json!(
        messages
            .into_iter()
            .map(|message| shown(world, message))
            .collect::<Vec<_>>()
    )))
}

fn get(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let message = world.readable(call.by, call.id("channel_id")?, call.id("message_id")?)?;
    Ok(Reply::ok(shown(world, message)))
}

fn edit(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    world.readable(call.by, channel, id)?;
    let draft = Draft::read(
        call.body(),
        call.files(),
        "",
        world.uses_layout(channel, id),
    )?;
    world.edit(call.by, channel, id, draft)?;
    get(world, call)
}

fn delete(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    world.delete(call.by, call.id("channel_id")?, call.id("message_id")?)?;
    Ok(Reply::nothing())
}

fn pin(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    set_pinned(world, call, true)
}

fn unpin(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    set_pinned(world, call, false)
}

fn set_pinned(world: &mut World, call: &Call, pinned: bool) -> Result<Reply, Refused> {
    world.set_pinned(
        call.by,
        call.id("channel_id")?,
        call.id("message_id")?,
        pinned,
    )?;
    Ok(Reply::nothing())
}
