//! The guild, its members and its list of channels.

use serde_json::{Value, json};

use super::{Call, Reply, Route, bot};
use crate::standin::ids::Id;
use crate::standin::laws::{Form, Refused, length};
use crate::standin::wire;
use crate::standin::world::World;

pub(super) const ROUTES: &[Route] = &[
    bot("GET", "/guilds/{guild_id}", guild),
    bot("GET", "/guilds/{guild_id}/channels", channels),
    bot(
        "POST",
        "/guilds/{guild_id}/channels",
        super::channels::create,
    ),
    bot("GET", "/guilds/{guild_id}/members", members),
    bot("GET", "/guilds/{guild_id}/members/search", search),
    bot("GET", "/guilds/{guild_id}/members/{user_id}", member),
    bot(
        "PATCH",
        "/guilds/{guild_id}/members/{user_id}",
        change_member,
    ),
    bot("PATCH", "/guilds/{guild_id}/members/@me", rename_self),
    bot("DELETE", "/guilds/{guild_id}/members/{user_id}", kick),
    bot(
        "PUT",
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        give_role,
    ),
    bot(
        "DELETE",
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        take_role,
    ),
    bot("GET", "/guilds/{guild_id}/threads/active", active_threads),
];

/// Asks that the path means this guild and that the bot is in it.
pub(super) fn require_guild(world: &World, call: &Call) -> Result<(), Refused> {
    if call.id("guild_id")? != world.guild.id {
        return Err(Refused::unknown_guild());
    }
    if world.members.contains_key(&call.by) {
        Ok(())
    } else {
        Err(Refused::missing_access())
    }
}

fn guild(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    Ok(Reply::ok(wire::guild::guild(
        world,
        call.flag("with_counts"),
    )))
}

fn channels(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    let listed = world
        .channels
        .values()
        .filter(|one| !one.is_direct() && one.thread.is_none());
    let shown: Vec<Value> = listed
        .map(|one| wire::channel::channel(world, one, call.by))
        .collect();
    Ok(Reply::ok(json!(shown)))
}

fn members(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    if !world.application.members_intent {
        return Err(Refused::missing_access());
    }
    let limit = call.number("limit", 1, 1000, 1)?;
    let after = call.query_id("after")?.unwrap_or(Id(0));
    let shown: Vec<Value> = world
        .members
        .keys()
        .filter(|&&id| id > after)
        .take(limit)
        .filter_map(|&id| wire::user::member(world, id))
        .collect();
    Ok(Reply::ok(json!(shown)))
}

fn search(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    let limit = call.number("limit", 1, 1000, 1)?;
    let query = call.query("query").unwrap_or_default().to_lowercase();
    if query.is_empty() {
        return Err(Refused::field(
            "query",
            "BASE_TYPE_REQUIRED",
            "This field is required",
        ));
    }
    let shown: Vec<Value> = world
        .members_called(&query)
        .into_iter()
        .take(limit)
        .filter_map(|id| wire::user::member(world, id))
        .collect();
    Ok(Reply::ok(json!(shown)))
}

fn member(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    let id = call.id("user_id")?;
    if !world.users.contains_key(&id) {
        return Err(Refused::unknown_user());
    }
    wire::user::member(world, id)
        .map(Reply::ok)
        .ok_or_else(Refused::unknown_member)
}

fn change_member(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    rename(world, call, call.id("user_id")?)
}

fn rename_self(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    rename(world, call, call.by)
}

fn rename(world: &mut World, call: &Call, id: Id) -> Result<Reply, Refused> {
    let mut form = Form::default();
    let nick = form.text(call.body(), "nick", "", length(0, 32));
    form.finish()?;
    if let Some(roles) = call.body().get("roles").and_then(Value::as_array) {
        let wanted: Vec<Id> = roles.iter().filter_map(Id::from_json).collect();
        let have: Vec<Id> = world
            .members
            .get(&id)
            .ok_or_else(Refused::unknown_member)?
            .roles
            .iter()
            .copied()
            .collect();
        for &role in wanted.iter().filter(|role| !have.contains(role)) {
            world.give_role(call.by, id, role)?;
        }
        for &role in have.iter().filter(|role| !wanted.contains(role)) {
            world.take_role(call.by, id, role)?;
        }
    }
    if call.body().get("nick").is_some() {
        world.rename_member(call.by, id, nick)?;
    }
    wire::user::member(world, id)
        .map(Reply::ok)
        .ok_or_else(Refused::unknown_member)
}

fn kick(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    world.kick(call.by, call.id("user_id")?)?;
    Ok(Reply::nothing())
}

fn give_role(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    world.give_role(call.by, call.id("user_id")?, call.id("role_id")?)?;
    Ok(Reply::nothing())
}

fn take_role(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    world.take_role(call.by, call.id("user_id")?, call.id("role_id")?)?;
    Ok(Reply::nothing())
}

fn active_threads(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    let active = world.channels.values().filter(|one| {
        one.thread.as_ref().is_some_and(|thread| !thread.archived) && world.sees(call.by, one)
    });
    let mut active: Vec<_> = active.collect();
    active.sort_by_key(|one| std::cmp::Reverse(one.id));
    Ok(Reply::ok(super::threads::listed(
        world, call, &active, false,
    )))
}
