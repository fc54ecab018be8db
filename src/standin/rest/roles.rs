//! Roles.

use serde_json::{Value, json};

use super::guilds::require_guild;
use super::{Call, Reply, Route, bot};
use crate::standin::ids::Id;
use crate::standin::laws::{Form, Refused, length};
use crate::standin::wire::user;
use crate::standin::world::World;
use crate::standin::world::roles::RoleChange;

pub(super) const ROUTES: &[Route] = &[
    bot("GET", "/guilds/{guild_id}/roles", list),
    bot("POST", "/guilds/{guild_id}/roles", create),
    bot("PATCH", "/guilds/{guild_id}/roles", reorder),
    bot("GET", "/guilds/{guild_id}/roles/{role_id}", get),
    bot("PATCH", "/guilds/{guild_id}/roles/{role_id}", change),
    bot("DELETE", "/guilds/{guild_id}/roles/{role_id}", delete),
];

fn list(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    Ok(Reply::ok(all(world)))
}

fn all(world: &World) -> Value {
    json!(world.roles.values().map(user::role).collect::<Vec<_>>())
}

fn shown(world: &World, id: Id) -> Result<Reply, Refused> {
    world
        .roles
        .get(&id)
        .map(|role| Reply::ok(user::role(role)))
        .ok_or_else(Refused::unknown_role)
}

fn get(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    shown(world, call.id("role_id")?)
}

fn read(call: &Call) -> Result<RoleChange, Refused> {
    let mut form = Form::default();
    let body = call.body();
    let change = RoleChange {
        name: form.text(body, "name", "", length(1, 100)),
        permissions: form.bits(body, "permissions", ""),
        colour: form
            .integer(&body["colors"], "primary_color", "colors", 0, 0xFF_FFFF)
            .or(form.integer(body, "color", "", 0, 0xFF_FFFF)),
        hoist: form.boolean(body, "hoist", ""),
        mentionable: form.boolean(body, "mentionable", ""),
    };
    form.finish()?;
    Ok(change)
}

fn create(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    let id = world.create_role(call.by, read(call)?)?;
    shown(world, id)
}

fn change(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    let id = call.id("role_id")?;
    world.change_role(call.by, id, read(call)?)?;
    shown(world, id)
}

fn reorder(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    let list = call.body().as_array().cloned().unwrap_or_default();
    let moves: Vec<(Id, i64)> = list
        .iter()
        .filter_map(|one| Some((Id::from_json(&one["id"])?, one["position"].as_i64()?)))
        .collect();
    world.move_roles(call.by, &moves)?;
    Ok(Reply::ok(all(world)))
}

fn delete(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_guild(world, call)?;
    world.delete_role(call.by, call.id("role_id")?)?;
    Ok(Reply::nothing())
}
