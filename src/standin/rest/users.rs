//! Users and direct messages.

use serde_json::{Value, json};

use super::{Call, Reply, Route, bot, scarce};
use crate::standin::ids::Id;
use crate::standin::laws::{Form, Refused};
use crate::standin::wire;
use crate::standin::world::World;

pub(super) const ROUTES: &[Route] = &[
    bot("GET", "/users/@me", me),
    bot("GET", "/users/{user_id}", user),
    scarce(
        "POST",
        "/users/@me/channels",
        super::per(10, 1000),
        open_direct,
    ),
    bot("GET", "/users/@me/guilds", guilds),
    bot("GET", "/users/@me/guilds/{guild_id}/member", own_member),
];

fn me(world: &mut World, _: &Call) -> Result<Reply, Refused> {
    Ok(Reply::ok(wire::user::current_user(world)))
}

fn user(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = call.id("user_id")?;
    if world.users.contains_key(&id) {
        Ok(Reply::ok(wire::user::user(world, id)))
    } else {
        Err(Refused::unknown_user())
    }
}

fn open_direct(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let mut form = Form::default();
    let with = form.id(call.body(), "recipient_id", "");
    let listed = call.body()["recipients"]
        .as_array()
        .and_then(|list| list.first())
        .and_then(Id::from_json);
    form.finish()?;
    let Some(with) = with.or(listed) else {
        return Err(Refused::field(
            "recipient_id",
            "BASE_TYPE_REQUIRED",
            "This field is required",
        ));
    };
    let id = world.open_direct(call.by, with)?;
    Ok(Reply::ok(wire::channel::channel(
        world,
        world.channel(id)?,
        call.by,
    )))
}

fn guilds(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    if !world.members.contains_key(&call.by) {
        return Ok(Reply::ok(json!([])));
    }
    let mut shown = json!({
        "id": world.guild.id,
        "name": world.guild.name,
        "icon": null,
        "banner": null,
        "owner": world.guild.owner == call.by,
        "permissions": world.guild_permissions(call.by).to_string(),
        "features": [],
    });
    if call.flag("with_counts") {
        shown["approximate_member_count"] = json!(world.members.len());
        shown["approximate_presence_count"] = json!(world.members.len());
    }
    Ok(Reply::ok(json!([shown])))
}

fn own_member(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    if call.id("guild_id")? != world.guild.id {
        return Err(Refused::unknown_guild());
    }
    let member = wire::user::member(world, call.by).unwrap_or(Value::Null);
    Ok(Reply::ok(member))
}
