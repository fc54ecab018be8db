//! Running commands, typed or from a menu, and completing their options.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::acts::{Begun, Waited};
use super::files::Given;
use super::{Answer, Body, Waiting, Wrong, channel, line, message, options, outcome, person};
use crate::standin::ids::Id;
use crate::standin::room::Room;
use crate::standin::wire;
use crate::standin::world::World;
use crate::standin::world::interactions::Beginning;
use crate::standin::world::objects::{Began, Command};

#[derive(Deserialize)]
pub(super) struct Running {
    channel: String,
    line: Option<String>,
    command: Option<String>,
    #[serde(default)]
    options: Map<String, Value>,
    /// Files by the names of the options that they go into.
    #[serde(default)]
    files: BTreeMap<String, Given>,
    target: Option<String>,
}

pub(super) async fn run(
    State(room): State<Room>,
    Path(me): Path<String>,
    Query(waiting): Query<Waiting>,
    Body(Waited {
        what: running,
        wait_ms,
    }): Body<Waited<Running>>,
) -> Answer {
    let (me, id) = room.act(|state| -> Begun {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let place = channel(world, me, &running.channel)?;
        let mut files = Vec::new();
        for (name, file) in &running.files {
            files.push((name.clone(), json!(world.upload(file.read(0)?))));
        }
        let beginning = match (&running.line, &running.command, &running.target) {
            (Some(line), _, _) => typed(world, me, place, line, files)?,
            (None, Some(name), Some(target)) => on_target(world, me, place, name, target)?,
            (None, Some(name), None) => {
                let given: Vec<(String, Value)> = running
                    .options
                    .iter()
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .chain(files)
                    .collect();
                with_options(world, me, place, name, given, None)?
            }
            (None, None, _) => {
                return Err(Wrong::because(
                    "Give a `line`, or a `command` with its `options`.",
                ));
            }
        };
        Ok((me, world.begin(beginning)))
    })?;
    outcome(&room, me, id, &waiting.or(wait_ms)).await
}

/// A slash command as it was typed.
fn typed(
    world: &World,
    me: Id,
    place: Id,
    text: &str,
    files: Vec<(String, Value)>,
) -> Result<Beginning, Wrong> {
    let usable = usable(world, me, place)?;
    let slash: Vec<&Command> = usable
        .into_iter()
        .filter(|command| command.kind == 1)
        .collect();
    let parsed = line::read(text, &slash).map_err(Wrong::because)?;
    let given = parsed.options.into_iter().chain(files).collect();
    with_options(world, me, place, &parsed.command, given, None)
}

/// The commands that this person may use here.
fn usable(world: &World, me: Id, place: Id) -> Result<Vec<&Command>, Wrong> {
    world.require_writing(me, place)?;
    world.require_awake(place)?;
    Ok(world.usable_commands(me, place))
}

/// A slash command with its options by name; with `focused` it is completion that is asked for.
fn with_options(
    world: &World,
    me: Id,
    place: Id,
    name: &str,
    given: Vec<(String, Value)>,
    focused: Option<&str>,
) -> Result<Beginning, Wrong> {
    let usable = usable(world, me, place)?;
    let slash: Vec<&Command> = usable
        .into_iter()
        .filter(|command| command.kind == 1)
        .collect();
    let path: Vec<&str> = name.trim_start_matches('/').split_whitespace().collect();
    let leaf = line::find(&path, &slash).map_err(Wrong::because)?;
    let filled = options::fill(world, &leaf, given, focused).map_err(Wrong::because)?;
    let command = leaf.command;
    let mut data =
        json!({"id": command.id, "name": command.name, "type": 1, "options": filled.options});
    if let Some(guild) = command.guild {
        data["guild_id"] = json!(guild);
    }
    if !filled.resolved.is_empty() {
        data["resolved"] = json!(filled.resolved);
    }
    Ok(Beginning {
        began: if focused.is_some() {
            Began::Autocomplete
        } else {
            Began::Command
        },
        by: me,
        channel: place,
        command: path.join(" "),
        command_kind: 1,
        message: None,
        opened_by: None,
        target: None,
        data,
    })
}

/// A context menu command on a message or a person.
fn on_target(
    world: &World,
    me: Id,
    place: Id,
    name: &str,
    target: &str,
) -> Result<Beginning, Wrong> {
    let usable = usable(world, me, place)?;
    let command = usable
        .into_iter()
        .find(|command| command.kind != 1 && command.name == name);
    let command = command.ok_or_else(|| {
        Wrong::missing(format!(
            "There is no command {name} in the context menu here."
        ))
    })?;
    let (target, resolved) = if command.kind == 3 {
        let message = message(world, me, target)?;
        if message.channel != place {
            return Err(Wrong::because(
                "That message is in another channel: run the command where the message is.",
            ));
        }
        let shown = wire::message::message(world, message, world.application.bot);
        (
            message.id,
            json!({"messages": {message.id.to_string(): shown}}),
        )
    } else {
        let id = options::somebody(world, target).map_err(Wrong::because)?;
        (id, json!(options::resolved_user(world, id)))
    };
    let mut data = json!({
        "id": command.id,
        "name": command.name,
        "type": command.kind,
        "target_id": target,
        "resolved": resolved,
    });
    if let Some(guild) = command.guild {
        data["guild_id"] = json!(guild);
    }
    Ok(Beginning {
        began: Began::Command,
        by: me,
        channel: place,
        command: command.name.clone(),
        command_kind: command.kind,
        message: None,
        opened_by: None,
        target: Some(target),
        data,
    })
}

#[derive(Deserialize)]
pub(super) struct Completing {
    channel: String,
    command: String,
    #[serde(default)]
    options: Map<String, Value>,
    focused: String,
}

pub(super) async fn complete(
    State(room): State<Room>,
    Path(me): Path<String>,
    Query(waiting): Query<Waiting>,
    Body(Waited {
        what: wanted,
        wait_ms,
    }): Body<Waited<Completing>>,
) -> Answer {
    let (me, id) = room.act(|state| -> Begun {
        let world = &mut state.world;
        let me = person(world, &me)?;
        let place = channel(world, me, &wanted.channel)?;
        let given = wanted.options.into_iter().collect();
        let beginning = with_options(
            world,
            me,
            place,
            &wanted.command,
            given,
            Some(&wanted.focused),
        )?;
        Ok((me, world.begin(beginning)))
    })?;
    // Nobody waits for completion by asking again, so it is waited for unless the caller says how long.
    let waiting = waiting.or(wait_ms).or(3000);
    outcome(&room, me, id, &waiting).await
}
