//! Messages.

use serde_json::{Value, json};

use super::{channel, instant, interaction, user};
use crate::standin::ids::Id;
use crate::standin::world::World;
use crate::standin::world::objects::{Attachment, Message, flag, message_type};

/// A message as REST answers it. `viewer` decides what a thread in it says.
pub fn message(world: &World, message: &Message, viewer: Id) -> Value {
    let mut value = without_reference(world, message, viewer);
    if message.kind == message_type::REPLY || message.kind == message_type::THREAD_STARTER {
        let referenced = message
            .reference
            .and_then(|(channel, id)| world.messages.get(&(channel, id?)))
            .map(|referenced| without_reference(world, referenced, viewer));
        value["referenced_message"] = json!(referenced);
    }
    value
}

fn without_reference(world: &World, message: &Message, viewer: Id) -> Value {
    let mut value = json!({
        "id": message.id,
        "channel_id": message.channel,
        "type": message.kind,
        "author": user::user(world, message.author),
        "content": message.content,
        "timestamp": instant(message.sent_at),
        "edited_timestamp": message.edited_at.map(instant),
        "tts": message.tts,
        "mention_everyone": message.mention_everyone,
        "mentions": message.mentions.iter().map(|&id| user::user(world, id)).collect::<Vec<_>>(),
        "mention_roles": message.mention_roles,
        "attachments": message.attachments.iter().map(|file| attachment(world, message, file)).collect::<Vec<_>>(),
        "embeds": message.embeds,
        "components": message.components,
        "flags": message.flags,
        "pinned": message.pinned,
    });
    if let Some(nonce) = &message.nonce {
        value["nonce"] = nonce.clone();
    }
    if let Some(position) = message.position {
        value["position"] = json!(position);
    }
    if let Some((channel, id)) = message.reference {
        let mut reference = json!({"type": 0, "channel_id": channel});
        if let Some(id) = id {
            reference["message_id"] = json!(id);
        }
        if world
            .channels
            .get(&channel)
            .is_none_or(|place| !place.is_direct())
        {
            reference["guild_id"] = json!(world.guild.id);
        }
        value["message_reference"] = reference;
    }
    if message.author == world.application.bot {
        value["application_id"] = json!(world.application.id);
    }
    if let Some(asked) = message
        .interaction
        .and_then(|id| world.interactions.get(&id))
    {
        value["webhook_id"] = json!(world.application.id);
        value["interaction_metadata"] = interaction::metadata(world, asked);
        if let Some(old) = interaction::summary(world, asked) {
            value["interaction"] = old;
        }
    }
    if message.is(flag::HAS_THREAD)
        && let Some(thread) = world.channels.get(&message.id)
    {
        value["thread"] = channel::channel(world, thread, viewer);
    }
    value
}

/// A message as the gateway says it: with the guild and, for persons, their membership.
pub fn event(world: &World, one: &Message) -> Value {
    let mut value = message(world, one, world.application.bot);
    let in_guild = world
        .channels
        .get(&one.channel)
        .is_none_or(|place| !place.is_direct());
    value["channel_type"] = json!(
        world
            .channels
            .get(&one.channel)
            .map_or(0, |place| place.kind)
    );
    if in_guild {
        value["guild_id"] = json!(world.guild.id);
        if let Some(member) = world.members.get(&one.author) {
            value["member"] = user::bare_member(member);
        }
        for mention in value["mentions"].as_array_mut().into_iter().flatten() {
            let id = Id::from_json(&mention["id"]);
            if let Some(member) = id.and_then(|id| world.members.get(&id)) {
                mention["member"] = user::bare_member(member);
            }
        }
    }
    value
}

/// Takes out what an application without the message content intent does not get to read.
pub fn take_out_content(value: &mut Value) {
    for (key, empty) in [
        ("content", json!("")),
        ("embeds", json!([])),
        ("attachments", json!([])),
        ("components", json!([])),
    ] {
        if value.get(key).is_some() {
            value[key] = empty;
        }
    }
}

/// A file of a message.
pub fn attachment(world: &World, message: &Message, file: &Attachment) -> Value {
    let place = format!("attachments/{}", message.channel);
    described(world, &place, file, message.is(flag::EPHEMERAL))
}

/// A file that was given to a command.
pub fn upload(world: &World, file: &Attachment) -> Value {
    let place = format!("ephemeral-attachments/{}", world.application.id);
    described(world, &place, file, true)
}

/// A file, and where the stand-in serves it.
fn described(world: &World, place: &str, file: &Attachment, ephemeral: bool) -> Value {
    let url = format!("{}/{place}/{}/{}", world.base, file.id, file.filename);
    let mut value = json!({
        "id": file.id,
        "filename": file.filename,
        "size": file.bytes.len(),
        "url": url,
        "proxy_url": url,
    });
    if let Some(media_type) = &file.media_type {
        value["content_type"] = json!(media_type);
    }
    if let Some(description) = &file.description {
        value["description"] = json!(description);
    }
    if ephemeral {
        value["ephemeral"] = json!(true);
    }
    value
}
