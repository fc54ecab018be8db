//! Registering commands, globally and in the guild.

use serde_json::{Value, json};

use super::{Call, Reply, Route, bot};
use crate::standin::ids::Id;
use crate::standin::laws::commands::{Checked, check};
use crate::standin::laws::{Form, Refused};
use crate::standin::world::World;

pub(super) const ROUTES: &[Route] = &[
    bot("GET", "/applications/{application_id}/commands", list),
    bot("POST", "/applications/{application_id}/commands", create),
    bot("PUT", "/applications/{application_id}/commands", replace),
    bot(
        "GET",
        "/applications/{application_id}/commands/{command_id}",
        get,
    ),
    bot(
        "PATCH",
        "/applications/{application_id}/commands/{command_id}",
        change,
    ),
    bot(
        "DELETE",
        "/applications/{application_id}/commands/{command_id}",
        delete,
    ),
    bot(
        "GET",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        list,
    ),
    bot(
        "POST",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        create,
    ),
    bot(
        "PUT",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        replace,
    ),
    bot(
        "GET",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        get,
    ),
    bot(
        "PATCH",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        change,
    ),
    bot(
        "DELETE",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        delete,
    ),
];

/// The scope that the path means: the guild, or none for global commands.
fn scope(world: &World, call: &Call) -> Result<Option<Id>, Refused> {
    if call.id("application_id")? != world.application.id {
        return Err(Refused::not_your_application());
    }
    if call.param("guild_id").is_empty() {
        return Ok(None);
    }
    let guild = call.id("guild_id")?;
    if guild != world.guild.id || !world.members.contains_key(&call.by) {
        return Err(Refused::missing_access());
    }
    Ok(Some(guild))
}

fn shown(world: &World, id: Id) -> Value {
    world
        .commands
        .get(&id)
        .map_or(Value::Null, |command| command.definition.clone())
}

fn list(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let scope = scope(world, call)?;
    let mut list: Vec<Value> = world
        .commands_of(scope)
        .map(|command| command.definition.clone())
        .collect();
    if !call.flag("with_localizations") {
        list.iter_mut().for_each(without_localizations);
    }
    Ok(Reply::ok(json!(list)))
}

/// Lists carry no translations unless they are asked for.
fn without_localizations(value: &mut Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.remove("name_localizations");
        fields.remove("description_localizations");
    }
    for key in ["options", "choices"] {
        value[key]
            .as_array_mut()
            .into_iter()
            .flatten()
            .for_each(without_localizations);
    }
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|key, value| !(value.is_null() && (key == "options" || key == "choices")));
    }
}

fn create(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let scope = scope(world, call)?;
    let mut form = Form::default();
    let checked = check(&mut form, call.body(), "");
    form.finish()?;
    let (id, new) = world.register(scope, checked)?;
    let body = shown(world, id);
    Ok(if new {
        Reply::created(body)
    } else {
        Reply::ok(body)
    })
}

fn replace(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let scope = scope(world, call)?;
    let Some(list) = call.body().as_array() else {
        return Err(Refused::field(
            "",
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        ));
    };
    let mut form = Form::default();
    let checked: Vec<Checked> = list
        .iter()
        .enumerate()
        .map(|(index, one)| check(&mut form, one, &index.to_string()))
        .collect();
    form.finish()?;
    let ids = world.replace_commands(scope, checked)?;
    Ok(Reply::ok(json!(
        ids.into_iter()
            .map(|id| shown(world, id))
            .collect::<Vec<_>>()
    )))
}

fn known(world: &World, call: &Call) -> Result<Id, Refused> {
    let scope = scope(world, call)?;
    let id = call.id("command_id")?;
    let command = world
        .commands
        .get(&id)
        .filter(|command| command.guild == scope);
    command
        .map(|command| command.id)
        .ok_or_else(Refused::unknown_command)
}

fn get(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = known(world, call)?;
    Ok(Reply::ok(shown(world, id)))
}

fn change(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = known(world, call)?;
    let mut whole = shown(world, id);
    for (key, value) in call.body().as_object().into_iter().flatten() {
        // The type of a command cannot be changed.
        if key != "type" {
            whole[key] = value.clone();
        }
    }
    let mut form = Form::default();
    let checked = check(&mut form, &whole, "");
    form.finish()?;
    world.redefine(id, checked);
    Ok(Reply::ok(shown(world, id)))
}

fn delete(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = known(world, call)?;
    world.commands.remove(&id);
    world.changed("commands", None);
    Ok(Reply::nothing())
}
