//! Turns what somebody typed into an option into what the application gets, or refuses it as Discord's client does.

use serde_json::{Map, Value, json};

use super::line::Leaf;
use crate::standin::ids::Id;
use crate::standin::laws::commands::option;
use crate::standin::wire;
use crate::standin::world::World;

/// Options ready for the application.
pub struct Filled {
    /// The options, nested under subcommands.
    pub options: Vec<Value>,
    /// The things that options name.
    pub resolved: Map<String, Value>,
}

/// Fills a command's options. With `focused`, required ones may be missing and the focused one is passed on as it stands.
pub fn fill(
    world: &World,
    leaf: &Leaf<'_>,
    given: Vec<(String, Value)>,
    focused: Option<&str>,
) -> Result<Filled, String> {
    let mut resolved = Map::new();
    let mut filled = Vec::new();
    if let Some((name, _)) = given
        .iter()
        .find(|(name, _)| !leaf.options.iter().any(|one| one["name"] == **name))
    {
        return Err(format!("There is no option {name}."));
    }
    if let Some(name) = focused {
        let completes = leaf
            .options
            .iter()
            .any(|one| one["name"] == *name && one["autocomplete"] == json!(true));
        if !completes {
            return Err(format!("The option {name} offers no completion."));
        }
    }
    for definition in leaf.options {
        let name = definition["name"].as_str().unwrap_or_default();
        let value = given
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value);
        let is_focused = focused == Some(name);
        let Some(value) = value.filter(|value| !value.is_null()) else {
            if is_focused {
                filled.push(
                    json!({"name": name, "type": definition["type"], "value": "", "focused": true}),
                );
            } else if definition["required"] == json!(true) && focused.is_none() {
                return Err(format!("The option {name} is required."));
            }
            continue;
        };
        if is_focused {
            filled.push(json!({"name": name, "type": definition["type"], "value": text(value), "focused": true}));
            continue;
        }
        let value = convert(world, definition, value, &mut resolved)
            .map_err(|problem| format!("{name}: {problem}"))?;
        filled.push(json!({"name": name, "type": definition["type"], "value": value}));
    }
    for (name, kind) in leaf.path.iter().rev() {
        filled = vec![json!({"name": name, "type": kind, "options": filled})];
    }
    Ok(Filled {
        options: filled,
        resolved,
    })
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn convert(
    world: &World,
    definition: &Value,
    value: &Value,
    resolved: &mut Map<String, Value>,
) -> Result<Value, String> {
    let typed = text(value);
    let choices = definition["choices"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    if !choices.is_empty() {
        let chosen = choices
            .iter()
            .find(|choice| choice["name"] == *typed || text(&choice["value"]) == typed);
        let names: Vec<&str> = choices
            .iter()
            .filter_map(|choice| choice["name"].as_str())
            .collect();
        return chosen
            .map(|choice| choice["value"].clone())
            .ok_or_else(|| format!("{typed:?} is none of the choices ({}).", names.join(", ")));
    }
    match definition["type"].as_i64() {
        Some(option::STRING) => string(definition, typed),
        Some(option::INTEGER) => {
            let number: i64 = typed
                .trim()
                .parse()
                .map_err(|_| format!("{typed:?} is not a whole number."))?;
            in_bounds(definition, number as f64)?;
            Ok(json!(number))
        }
        Some(option::NUMBER) => {
            let number: f64 = typed
                .trim()
                .parse()
                .map_err(|_| format!("{typed:?} is not a number."))?;
            in_bounds(definition, number)?;
            Ok(json!(number))
        }
        Some(option::BOOLEAN) => match typed.to_lowercase().as_str() {
            "true" | "yes" => Ok(json!(true)),
            "false" | "no" => Ok(json!(false)),
            _ => Err(format!("{typed:?} is neither true nor false.")),
        },
        Some(option::USER) => {
            let id = somebody(world, &typed)?;
            merge(resolved, resolved_user(world, id));
            Ok(json!(id))
        }
        Some(option::ROLE) => {
            let id = role(world, &typed)?;
            merge(resolved, resolved_role(world, id));
            Ok(json!(id))
        }
        Some(option::MENTIONABLE) => mentionable(world, &typed, resolved),
        Some(option::CHANNEL) => {
            let id = some_channel(world, &typed)?;
            let allowed = definition["channel_types"].as_array();
            let kind = world.channels.get(&id).map(|place| json!(place.kind));
            if allowed.is_some_and(|allowed| !kind.is_some_and(|kind| allowed.contains(&kind))) {
                return Err(format!("{typed} is a channel of another type."));
            }
            merge(resolved, resolved_channel(world, id));
            Ok(json!(id))
        }
        Some(option::ATTACHMENT) => {
            let id = Id::parse(&typed).filter(|id| world.uploads.contains_key(id));
            let id = id.ok_or("Give a file in `files`, under the option's name.")?;
            let shown = world
                .uploads
                .get(&id)
                .map(|file| wire::message::upload(world, file));
            let file = json!({id.to_string(): shown});
            merge(resolved, Map::from_iter([("attachments".to_owned(), file)]));
            Ok(json!(id))
        }
        _ => Err("This kind of option is not known here.".to_owned()),
    }
}

fn string(definition: &Value, typed: String) -> Result<Value, String> {
    let count = typed.chars().count();
    let bound = |key: &str| {
        definition[key]
            .as_u64()
            .and_then(|bound| usize::try_from(bound).ok())
    };
    // Without a bound of its own, an option takes as much as the client's box does.
    let (min, max) = (
        bound("min_length").unwrap_or(1),
        bound("max_length").unwrap_or(6000),
    );
    if count < min {
        return Err(format!("At least {min} characters are needed."));
    }
    if count > max {
        return Err(format!("At most {max} characters fit."));
    }
    Ok(json!(typed))
}

fn in_bounds(definition: &Value, number: f64) -> Result<(), String> {
    if definition["min_value"]
        .as_f64()
        .is_some_and(|min| number < min)
    {
        return Err(format!("It must be at least {}.", definition["min_value"]));
    }
    if definition["max_value"]
        .as_f64()
        .is_some_and(|max| number > max)
    {
        return Err(format!("It must be at most {}.", definition["max_value"]));
    }
    Ok(())
}

/// Puts resolved things together, kind by kind.
pub fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (kind, things) in from {
        let known = into.entry(kind).or_insert_with(|| json!({}));
        if let (Some(known), Value::Object(things)) = (known.as_object_mut(), things) {
            known.extend(things);
        }
    }
}

fn bare<'t>(typed: &'t str, prefixes: &[&str]) -> &'t str {
    let typed = typed.trim().trim_start_matches('<').trim_end_matches('>');
    prefixes
        .iter()
        .find_map(|prefix| typed.strip_prefix(prefix))
        .unwrap_or(typed)
}

/// Somebody by `@name`, mention or id.
pub fn somebody(world: &World, typed: &str) -> Result<Id, String> {
    let name = bare(typed, &["@!", "@"]);
    let by_id = Id::parse(name).filter(|id| world.users.contains_key(id));
    let by_name = || {
        let found = world.users.values().find(|user| {
            user.name == name || user.display_name == name || world.name_of(user.id) == name
        });
        found.map(|user| user.id)
    };
    by_id
        .or_else(by_name)
        .ok_or_else(|| format!("Nobody here is called {typed}."))
}

/// A role by `@name`, mention or id.
pub fn role(world: &World, typed: &str) -> Result<Id, String> {
    let name = bare(typed, &["@&", "@"]);
    let by_id = Id::parse(name).filter(|id| world.roles.contains_key(id));
    let by_name = || {
        world
            .roles
            .values()
            .find(|role| role.name.trim_start_matches('@') == name)
            .map(|role| role.id)
    };
    by_id
        .or_else(by_name)
        .ok_or_else(|| format!("There is no role {typed}."))
}

/// A channel or thread by `#name`, mention or id.
pub fn some_channel(world: &World, typed: &str) -> Result<Id, String> {
    let name = bare(typed, &["#"]);
    let by_id = Id::parse(name).filter(|id| world.channels.contains_key(id));
    let by_name = || {
        world
            .channels
            .values()
            .find(|place| !place.is_direct() && place.name == name)
            .map(|place| place.id)
    };
    by_id
        .or_else(by_name)
        .ok_or_else(|| format!("There is no channel {typed}."))
}

/// Somebody or a role.
pub fn mentionable(
    world: &World,
    typed: &str,
    resolved: &mut Map<String, Value>,
) -> Result<Value, String> {
    if let Ok(id) = somebody(world, typed) {
        merge(resolved, resolved_user(world, id));
        return Ok(json!(id));
    }
    let id = role(world, typed)?;
    merge(resolved, resolved_role(world, id));
    Ok(json!(id))
}

/// A user with the membership, as an option's or a target's.
pub fn resolved_user(world: &World, id: Id) -> Map<String, Value> {
    let mut resolved = Map::new();
    resolved.insert(
        "users".to_owned(),
        json!({id.to_string(): wire::user::user(world, id)}),
    );
    if let Some(member) = world.members.get(&id) {
        let mut member = wire::user::bare_member(member);
        member["permissions"] = json!(world.guild_permissions(id).to_string());
        resolved.insert("members".to_owned(), json!({id.to_string(): member}));
    }
    resolved
}

/// A role.
pub fn resolved_role(world: &World, id: Id) -> Map<String, Value> {
    let role = world.roles.get(&id).map(wire::user::role);
    Map::from_iter([("roles".to_owned(), json!({id.to_string(): role}))])
}

/// A channel.
pub fn resolved_channel(world: &World, id: Id) -> Map<String, Value> {
    let shown = world.channels.get(&id).map(|place| {
        let mut shown = wire::channel::channel(world, place, world.application.bot);
        shown["permissions"] = json!(
            world
                .permissions_in(world.application.bot, place)
                .to_string()
        );
        shown
    });
    Map::from_iter([("channels".to_owned(), json!({id.to_string(): shown}))])
}
