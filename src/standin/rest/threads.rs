//! Threads: starting, members, lists, archiving.

use serde_json::{Value, json};

use super::{Call, Reply, Route, bot};
use crate::standin::ids::Id;
use crate::standin::laws::{Form, Refused, length, permissions as may};
use crate::standin::wire;
use crate::standin::world::World;
use crate::standin::world::objects::{Channel, channel_type};
use crate::standin::world::threads::{NewThread, ThreadChange};

pub(super) const ROUTES: &[Route] = &[
    bot("POST", "/channels/{channel_id}/threads", start),
    bot(
        "POST",
        "/channels/{channel_id}/messages/{message_id}/threads",
        start_from_message,
    ),
    bot("PUT", "/channels/{channel_id}/thread-members/@me", join),
    bot("DELETE", "/channels/{channel_id}/thread-members/@me", leave),
    bot(
        "PUT",
        "/channels/{channel_id}/thread-members/{user_id}",
        add,
    ),
    bot(
        "DELETE",
        "/channels/{channel_id}/thread-members/{user_id}",
        remove,
    ),
    bot(
        "GET",
        "/channels/{channel_id}/thread-members/{user_id}",
        member,
    ),
    bot("GET", "/channels/{channel_id}/thread-members", members),
    bot(
        "GET",
        "/channels/{channel_id}/threads/archived/public",
        archived_public,
    ),
    bot(
        "GET",
        "/channels/{channel_id}/threads/archived/private",
        archived_private,
    ),
    bot(
        "GET",
        "/channels/{channel_id}/users/@me/threads/archived/private",
        archived_joined,
    ),
];

fn auto_archive(form: &mut Form, body: &Value) -> Option<i64> {
    let minutes = form.integer(body, "auto_archive_duration", "", 0, i64::from(i32::MAX));
    if minutes.is_some_and(|minutes| ![60, 1440, 4320, 10_080].contains(&minutes)) {
        form.choices("auto_archive_duration", "60, 1440, 4320, 10080");
    }
    minutes
}

fn read(call: &Call, from: Option<Id>) -> Result<NewThread, Refused> {
    let mut form = Form::default();
    let body = call.body();
    let name = form.required_text(body, "name", "", length(1, 100));
    let auto_archive = auto_archive(&mut form, body).unwrap_or(4320);
    let slow_mode = form
        .integer(body, "rate_limit_per_user", "", 0, 21_600)
        .unwrap_or(0);
    let invitable = form.boolean(body, "invitable", "").unwrap_or(true);
    // Without a type, a thread without a message is private.
    let unsaid = i64::from(if from.is_some() {
        channel_type::PUBLIC_THREAD
    } else {
        channel_type::PRIVATE_THREAD
    });
    let kind = if from.is_some() {
        unsaid
    } else {
        form.integer(body, "type", "", 10, 12).unwrap_or(unsaid)
    };
    let kind = u8::try_from(kind).unwrap_or(channel_type::PRIVATE_THREAD);
    form.finish()?;
    Ok(NewThread {
        name,
        kind,
        auto_archive,
        invitable,
        slow_mode,
        from,
    })
}

fn started(world: &World, call: &Call, id: Id) -> Result<Reply, Refused> {
    Ok(Reply::created(wire::channel::channel(
        world,
        world.channel(id)?,
        call.by,
    )))
}

fn start(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let channel = call.id("channel_id")?;
    world.seen_channel(call.by, channel)?;
    let id = world.start_thread(call.by, channel, read(call, None)?)?;
    started(world, call, id)
}

fn start_from_message(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let channel = call.id("channel_id")?;
    world.seen_channel(call.by, channel)?;
    let id = world.start_thread(call.by, channel, read(call, Some(call.id("message_id")?))?)?;
    started(world, call, id)
}

fn join(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    world.add_to_thread(call.by, call.id("channel_id")?, call.by)?;
    Ok(Reply::nothing())
}

fn leave(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    world.remove_from_thread(call.by, call.id("channel_id")?, call.by)?;
    Ok(Reply::nothing())
}

fn add(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    world.add_to_thread(call.by, call.id("channel_id")?, call.id("user_id")?)?;
    Ok(Reply::nothing())
}

fn remove(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    world.remove_from_thread(call.by, call.id("channel_id")?, call.id("user_id")?)?;
    Ok(Reply::nothing())
}

fn shown_member(world: &World, thread: &Channel, user: Id, with_member: bool) -> Option<Value> {
    let mut shown = wire::channel::thread_member(thread, user)?;
    if with_member {
        shown["member"] = wire::user::member(world, user)?;
    }
    Some(shown)
}

fn member(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let thread = world.seen_channel(call.by, call.id("channel_id")?)?;
    let user = if call.param("user_id") == "@me" {
        call.by
    } else {
        call.id("user_id")?
    };
    let shown = shown_member(world, thread, user, call.flag("with_member"));
    shown.map(Reply::ok).ok_or_else(Refused::unknown_member)
}

fn members(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let thread = world.seen_channel(call.by, call.id("channel_id")?)?;
    if !world.application.members_intent {
        return Err(Refused::missing_access());
    }
    let Some(facts) = &thread.thread else {
        return Err(Refused::wrong_channel_type());
    };
    let with_member = call.flag("with_member");
    let shown: Vec<Value> = facts
        .members
        .keys()
        .filter_map(|&user| shown_member(world, thread, user, with_member))
        .collect();
    Ok(Reply::ok(json!(shown)))
}

/// A list of threads, with the bot's own membership.
pub(super) fn listed(world: &World, call: &Call, threads: &[&Channel], has_more: bool) -> Value {
    let members: Vec<Value> = threads
        .iter()
        .filter_map(|one| wire::channel::thread_member(one, call.by))
        .collect();
    let shown: Vec<Value> = threads
        .iter()
        .map(|one| wire::channel::channel(world, one, call.by))
        .collect();
    json!({"threads": shown, "members": members, "has_more": has_more})
}

fn archived(world: &World, call: &Call, kinds: &[u8], joined_only: bool) -> Result<Reply, Refused> {
    let channel = call.id("channel_id")?;
    world.require(call.by, channel, may::READ_MESSAGE_HISTORY)?;
    if kinds.contains(&channel_type::PRIVATE_THREAD) && !joined_only {
        world.require(call.by, channel, may::MANAGE_THREADS)?;
    }
    let limit = call.number("limit", 2, 100, 50)?;
    let before = call.query("before");
    let before_time = before.and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let before_id = before.filter(|_| joined_only).and_then(Id::parse);
    if before.is_some() && before_time.is_none() && before_id.is_none() {
        let message = "Could not parse the value. Should be ISO8601.";
        return Err(Refused::field("before", "DATE_TIME_TYPE_PARSE", message));
    }
    let mut found: Vec<&Channel> = world
        .channels
        .values()
        .filter(|one| one.parent == Some(channel) && kinds.contains(&one.kind))
        .filter(|one| {
            one.thread.as_ref().is_some_and(|thread| {
                thread.archived
                    && before_time.is_none_or(|before| thread.archive_changed_at < before)
                    && before_id.is_none_or(|before| one.id < before)
                    && (!joined_only || thread.members.contains_key(&call.by))
            })
        })
        .collect();
    found.sort_by_key(|one| {
        std::cmp::Reverse((
            one.thread.as_ref().map(|thread| thread.archive_changed_at),
            one.id,
        ))
    });
    let has_more = found.len() > limit;
    found.truncate(limit);
    Ok(Reply::ok(listed(world, call, &found, has_more)))
}

fn archived_public(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    archived(world, call, &[channel_type::PUBLIC_THREAD], false)
}

fn archived_private(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    archived(world, call, &[channel_type::PRIVATE_THREAD], false)
}

fn archived_joined(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    archived(world, call, &[channel_type::PRIVATE_THREAD], true)
}

/// Changes a thread, for `PATCH /channels/{channel_id}`.
pub(super) fn change(world: &mut World, call: &Call, id: Id) -> Result<Reply, Refused> {
    let mut form = Form::default();
    let body = call.body();
    let change = ThreadChange {
        name: form.text(body, "name", "", length(1, 100)),
        archived: form.boolean(body, "archived", ""),
        locked: form.boolean(body, "locked", ""),
        invitable: form.boolean(body, "invitable", ""),
        auto_archive: auto_archive(&mut form, body),
        slow_mode: form.integer(body, "rate_limit_per_user", "", 0, 21_600),
    };
    form.finish()?;
    world.change_thread(call.by, id, change)?;
    Ok(Reply::ok(wire::channel::channel(
        world,
        world.channel(id)?,
        call.by,
    )))
}
