//! Channels, threads and direct messages.

use serde_json::{Value, json};

use super::{instant, user};
use crate::standin::ids::Id;
use crate::standin::world::World;
use crate::standin::world::objects::{Channel, channel_type};

/// A channel of any kind. `viewer` decides whether a thread says that they are in it.
pub fn channel(world: &World, channel: &Channel, viewer: Id) -> Value {
    match (channel.kind, &channel.thread) {
        (_, Some(_)) => thread(world, channel, viewer),
        (channel_type::DIRECT, _) => direct(world, channel, viewer),
        _ => guild_channel(world, channel),
    }
}

fn guild_channel(world: &World, channel: &Channel) -> Value {
    let overwrites: Vec<Value> = channel
        .overwrites
        .iter()
        .map(|(id, (of, overwrite))| {
            json!({
                "id": id,
                "type": *of as u8,
                "allow": overwrite.allow.to_string(),
                "deny": overwrite.deny.to_string(),
            })
        })
        .collect();
    let mut value = json!({
        "id": channel.id,
        "type": channel.kind,
        "guild_id": world.guild.id,
        "name": channel.name,
        "position": channel.position,
        "parent_id": channel.parent,
        "permission_overwrites": overwrites,
        "flags": 0,
        "nsfw": channel.nsfw,
    });
    if channel.kind != channel_type::CATEGORY {
        value["topic"] = json!(channel.topic);
        value["last_message_id"] = json!(channel.last_message);
        value["rate_limit_per_user"] = json!(channel.slow_mode);
    }
    if channel.kind == channel_type::VOICE {
        value["bitrate"] = json!(64_000);
        value["user_limit"] = json!(0);
        value["rtc_region"] = Value::Null;
    }
    value
}

fn direct(world: &World, channel: &Channel, viewer: Id) -> Value {
    let others: Vec<Value> = channel
        .recipients
        .iter()
        .filter(|&&id| id != viewer)
        .map(|&id| user::user(world, id))
        .collect();
    json!({
        "id": channel.id,
        "type": channel.kind,
        "flags": 0,
        "last_message_id": channel.last_message,
        "recipients": others,
    })
}

fn thread(world: &World, channel: &Channel, viewer: Id) -> Value {
    let Some(thread) = &channel.thread else {
        return Value::Null;
    };
    let mut metadata = json!({
        "archived": thread.archived,
        "archive_timestamp": instant(thread.archive_changed_at),
        "auto_archive_duration": thread.auto_archive,
        "locked": thread.locked,
        "create_timestamp": instant(thread.created_at),
    });
    if channel.kind == channel_type::PRIVATE_THREAD {
        metadata["invitable"] = json!(thread.invitable);
    }
    let mut value = json!({
        "id": channel.id,
        "type": channel.kind,
        "guild_id": world.guild.id,
        "parent_id": channel.parent,
        "owner_id": thread.owner,
        "name": channel.name,
        "last_message_id": channel.last_message,
        "rate_limit_per_user": channel.slow_mode,
        "bitrate": 64_000,
        "user_limit": 0,
        "rtc_region": null,
        "flags": 0,
        "message_count": thread.message_count,
        // Discord stops counting at fifty.
        "member_count": thread.members.len().min(50),
        "total_message_sent": thread.total_sent,
        "thread_metadata": metadata,
    });
    if let Some(member) = thread_member(channel, viewer) {
        value["member"] = member;
    }
    value
}

/// Somebody in a thread.
pub fn thread_member(channel: &Channel, user: Id) -> Option<Value> {
    let joined = channel.thread.as_ref()?.members.get(&user)?;
    Some(json!({"id": channel.id, "user_id": user, "join_timestamp": instant(*joined), "flags": 0}))
}
