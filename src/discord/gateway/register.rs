//! Tells Discord which commands there are: made from the list of commands, and only when it changed.
//!
//! Discord allows 200 new commands a day and server, and `ready` comes again after every new session, so a digest of what
//! was registered is kept (`discord/NOTES.md` 1.6, 6.7).

use std::time::Duration;

use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};
use serenity::http::{LightMethod, Route};
use sha2::{Digest, Sha256};

use crate::clock::pause;
use crate::desk::Desk;
use crate::discord::api::Trouble;
use crate::discord::command::{Command, Kind, Opt, OptKind, Place};
use crate::discord::commands::{COMMANDS, GROUPS};
use crate::discord::connect::Connection;
use crate::domain::ids::GuildId;

const SUBCOMMAND: u8 = 1;
const TEXT: u8 = 3;
const CHANNEL: u8 = 7;
const PERSON: u8 = 6;
const ROLE: u8 = 8;
const FILE: u8 = 11;

/// Registers the commands of one scope, if they are not registered as they are: those of `guild`, or without one those
/// that work in direct messages too.
pub(super) async fn register(discord: &Connection, desk: &Desk, guild: Option<GuildId>) {
    let place = if guild.is_some() {
        Place::Server
    } else {
        Place::Anywhere
    };
    let definitions = Value::from(definitions(COMMANDS, place));
    let scope = guild.map_or_else(|| "global".to_owned(), |guild| format!("guild:{guild}"));
    let digest = digest(discord.application(), &definitions);
    let application_id = discord.application().max(1).into();
    let route = || match guild {
        Some(guild) => Route::GuildCommands {
            application_id,
            guild_id: guild.0.max(1).into(),
        },
        None => Route::Commands { application_id },
    };
    match desk.is_registered(&scope, &digest).await {
        Ok(true) if still_there(discord, route(), &definitions).await => return,
        Ok(_) => {}
        Err(error) => tracing::error!(
            ?error,
            "it could not be looked up which commands are registered"
        ),
    }
    for tries in 0..5 {
        let trouble = match discord
            .api()
            .send(LightMethod::Put, route(), Some(&definitions), None)
            .await
        {
            Ok(_) => {
                tracing::info!(scope, "the commands are registered");
                let now = discord.clock().now();
                if let Err(error) = desk.keep_registered(&scope, &digest, now).await {
                    tracing::error!(
                        ?error,
                        "it could not be kept that the commands are registered"
                    );
                }
                return;
            }
            Err(trouble) => trouble,
        };
        match &trouble {
            Trouble::Refused { code: 50001, .. } => {
                tracing::error!(
                    scope,
                    "the commands cannot be registered: the bot was added without the right to. Add it again with one of \
                     the links above; nothing is lost by that."
                );
                return;
            }
            Trouble::Refused { .. } | Trouble::Unauthorized => {
                tracing::error!(scope, "the commands cannot be registered: {trouble}");
                return;
            }
            Trouble::Limited { after } => pause((*after).min(Duration::from_secs(600))).await,
            Trouble::Unknown { .. } => pause(Duration::from_secs(1 << tries)).await,
        }
    }
    tracing::error!(
        scope,
        "the commands are not registered: Discord does not take them at the moment"
    );
}

/// Who removes the bot from a server removes its commands too, and nothing says so while the bot is away.
async fn still_there(discord: &Connection, route: Route<'_>, definitions: &Value) -> bool {
    let names = |list: &Value| {
        let mut names: Vec<String> = list
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|command| command["name"].as_str().map(str::to_owned))
            .collect();
        names.sort();
        names
    };
    match discord.api().get(route, Vec::new()).await {
        Ok(registered) => names(&registered) == names(definitions),
        // Nothing says that they are gone.
        Err(_) => true,
    }
}

fn digest(application: u64, definitions: &Value) -> String {
    let text = format!("{application}\n{definitions}");
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

/// The definitions of all commands for that place, as Discord wants them: groups of the first word, one level deep.
pub(super) fn definitions(commands: &[&Command], place: Place) -> Vec<Value> {
    let mut definitions: Vec<Map<String, Value>> = Vec::new();
    for command in commands.iter().filter(|command| command.place == place) {
        match command.kind {
            Kind::ButtonOnly => {}
            Kind::OnMessage => {
                let mut menu = Map::new();
                menu.insert("type".into(), 3.into());
                menu.insert("name".into(), command.path.into());
                definitions.push(menu);
            }
            Kind::Slash => match command.path.split_once(' ') {
                None => {
                    let mut slash = Map::new();
                    slash.insert("type".into(), 1.into());
                    slash.insert("name".into(), command.path.into());
                    slash.insert("description".into(), command.about.into());
                    slash.insert("options".into(), options(command.options).into());
                    if place == Place::Anywhere {
                        // On servers and in direct messages with the bot, for whoever shares a server with it.
                        slash.insert("contexts".into(), json!([0, 1]));
                        slash.insert("integration_types".into(), json!([0]));
                    }
                    definitions.push(slash);
                }
                Some((group, name)) => {
                    let part = json!({
                        "type": SUBCOMMAND, "name": name, "description": command.about,
                        "options": options(command.options),
                    });
                    add_to_group(&mut definitions, group, part);
                }
            },
        }
    }
    definitions.into_iter().map(Value::Object).collect()
}

fn add_to_group(definitions: &mut Vec<Map<String, Value>>, group: &str, part: Value) {
    let place = definitions
        .iter()
        .position(|definition| definition.get("name").and_then(Value::as_str) == Some(group));
    let place = place.unwrap_or_else(|| {
        let about = GROUPS
            .iter()
            .find(|(name, _)| *name == group)
            .map_or(group, |(_, about)| about);
        let mut slash = Map::new();
        slash.insert("type".into(), 1.into());
        slash.insert("name".into(), group.into());
        slash.insert("description".into(), about.into());
        slash.insert("options".into(), json!([]));
        definitions.push(slash);
        definitions.len() - 1
    });
    if let Some(Value::Array(parts)) = definitions[place].get_mut("options") {
        parts.push(part);
    }
}

fn options(options: &[Opt]) -> Vec<Value> {
    options
        .iter()
        .map(|option| {
            let mut body = Map::new();
            body.insert("name".into(), option.name.into());
            body.insert("description".into(), option.about.into());
            body.insert("required".into(), option.required.into());
            let kind = match option.kind {
                OptKind::Text { min, max } => {
                    body.insert("min_length".into(), min.into());
                    body.insert("max_length".into(), max.into());
                    TEXT
                }
                OptKind::Suggested { max } => {
                    body.insert("autocomplete".into(), true.into());
                    body.insert("max_length".into(), max.into());
                    TEXT
                }
                OptKind::Choice(choices) => {
                    let choices: Vec<Value> = choices()
                        .into_iter()
                        .map(|(value, label)| json!({ "name": label, "value": value }))
                        .collect();
                    body.insert("choices".into(), choices.into());
                    TEXT
                }
                OptKind::Ticket => {
                    body.insert("autocomplete".into(), true.into());
                    body.insert("max_length".into(), 20.into());
                    TEXT
                }
                OptKind::Person => PERSON,
                OptKind::Role => ROLE,
                OptKind::File => FILE,
                OptKind::Channel => {
                    // Text channels only: private threads exist nowhere else.
                    body.insert("channel_types".into(), json!([0]));
                    CHANNEL
                }
            };
            body.insert("type".into(), kind.into());
            Value::Object(body)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn characters(value: &Value) -> usize {
        match value {
            Value::Array(values) => values.iter().map(characters).sum(),
            Value::Object(object) => object
                .iter()
                .map(|(name, value)| match (name.as_str(), value) {
                    ("name" | "description" | "value", Value::String(text)) => text.chars().count(),
                    ("name" | "description" | "value", _) => 0,
                    _ => characters(value),
                })
                .sum(),
            _ => 0,
        }
    }

    fn check(options: &Value, path: &str) {
        let options = options.as_array().map_or(&[][..], Vec::as_slice);
        assert!(options.len() <= 25, "{path}: too many options");
        let mut names = BTreeSet::new();
        let mut optional = false;
        for option in options {
            let name = option["name"].as_str().expect("a name");
            assert!(names.insert(name), "{path}: {name} twice");
            let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
            assert!(
                !name.is_empty() && name.len() <= 32 && name.chars().all(lower),
                "{path}: {name}"
            );
            let about = option["description"].as_str().expect("a description");
            assert!(
                (1..=100).contains(&about.chars().count()),
                "{path} {name}: {about}"
            );
            let required = option["required"] == true;
            assert!(
                !(required && optional),
                "{path}: {name} is required and stands after an optional one"
            );
            optional |= !required;
            if let Some(choices) = option["choices"].as_array() {
                assert!(
                    (1..=25).contains(&choices.len()),
                    "{path} {name}: {} choices",
                    choices.len()
                );
                for choice in choices {
                    for part in ["name", "value"] {
                        let text = choice[part].as_str().expect("a text");
                        assert!(
                            (1..=100).contains(&text.chars().count()),
                            "{path} {name}: {text}"
                        );
                    }
                }
            }
            if option["type"] == SUBCOMMAND {
                check(&option["options"], &format!("{path} {name}"));
            }
        }
    }

    #[test]
    fn what_is_registered_keeps_discords_limits() {
        for place in [Place::Server, Place::Anywhere] {
            let definitions = definitions(COMMANDS, place);
            let mut names = BTreeSet::new();
            for definition in &definitions {
                let name = definition["name"].as_str().expect("a name");
                assert!(
                    names.insert((definition["type"].clone().to_string(), name)),
                    "{name} twice"
                );
                assert!((1..=32).contains(&name.chars().count()), "{name}");
                if definition["type"] == 1 {
                    let about = definition["description"].as_str().expect("a description");
                    assert!(
                        (1..=100).contains(&about.chars().count()),
                        "{name}: {about}"
                    );
                    check(&definition["options"], name);
                } else {
                    assert!(
                        definition.get("description").is_none(),
                        "{name}: a menu has no description"
                    );
                }
                assert!(characters(definition) <= 8000, "{name} is too long");
            }
            assert!(definitions.len() <= 100);
        }
        let groups: BTreeSet<&str> = COMMANDS
            .iter()
            .filter(|command| command.kind == Kind::Slash)
            .filter_map(|command| command.path.split_once(' '))
            .map(|(group, _)| group)
            .collect();
        let described: BTreeSet<&str> = GROUPS.iter().map(|(name, _)| *name).collect();
        assert_eq!(groups, described);
    }
}
