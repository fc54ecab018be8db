//! Application commands: what may be registered, and the shape in which Discord gives it back.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::form::{Form, join, length};

/// Option types by their numbers.
pub mod option {
    /// A subcommand.
    pub const SUBCOMMAND: i64 = 1;
    /// A group of subcommands.
    pub const GROUP: i64 = 2;
    /// Text.
    pub const STRING: i64 = 3;
    /// A whole number.
    pub const INTEGER: i64 = 4;
    /// Yes or no.
    pub const BOOLEAN: i64 = 5;
    /// Somebody.
    pub const USER: i64 = 6;
    /// A channel.
    pub const CHANNEL: i64 = 7;
    /// A file.
    pub const ATTACHMENT: i64 = 11;
    /// A role.
    pub const ROLE: i64 = 8;
    /// Somebody or a role.
    pub const MENTIONABLE: i64 = 9;
    /// A number.
    pub const NUMBER: i64 = 10;
}

/// All characters of one command together: names, descriptions, choices' values.
const SUM: usize = 8000;

/// A command that passed.
#[derive(Clone, Debug)]
pub struct Checked {
    /// 1 slash, 2 user, 3 message.
    pub kind: u8,
    /// The name.
    pub name: String,
    /// The definition with Discord's defaults, without ids.
    pub definition: Map<String, Value>,
}

/// Checks one command.
pub fn check(form: &mut Form, body: &Value, at: &str) -> Checked {
    let kind = form.integer(body, "type", at, 1, 4).unwrap_or(1);
    if kind == 4 {
        form.choices(&join(at, "type"), "1, 2, 3");
    }
    let slash = kind == 1;
    let name = form.required_text(body, "name", at, length(1, 32));
    if slash {
        check_name(form, &name, &join(at, "name"));
    }
    let description = if slash {
        form.required_text(body, "description", at, length(1, 100))
    } else {
        if body["description"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
        {
            let message = "Context menu commands cannot have description";
            form.fault(
                &join(at, "description"),
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_EMPTY",
                message,
            );
        }
        String::new()
    };
    let mut sum = name.chars().count() + description.chars().count();
    let mut definition = Map::new();
    definition.insert("type".to_owned(), json!(kind));
    definition.insert("name".to_owned(), json!(name));
    definition.insert("description".to_owned(), json!(description));
    localised(form, body, at, &mut definition, slash);
    let bits = form
        .bits(body, "default_member_permissions", at)
        .map(|bits| bits.to_string());
    definition.insert("default_member_permissions".to_owned(), json!(bits));
    definition.insert(
        "nsfw".to_owned(),
        json!(form.boolean(body, "nsfw", at).unwrap_or(false)),
    );
    if let Some(list) = form.list(body, "contexts", at, 3) {
        numbers(form, list, &join(at, "contexts"), 0, 2);
        definition.insert("contexts".to_owned(), json!(list));
    } else {
        definition.insert("contexts".to_owned(), Value::Null);
    }
    let places = form
        .list(body, "integration_types", at, 2)
        .filter(|list| !list.is_empty());
    if let Some(list) = places {
        numbers(form, list, &join(at, "integration_types"), 0, 1);
    }
    definition.insert(
        "integration_types".to_owned(),
        places.map_or_else(|| json!([0]), |list| json!(list)),
    );
    let options = form.list(body, "options", at, 25).unwrap_or(&[]);
    if slash {
        let shown = check_options(form, options, &join(at, "options"), 0, &mut sum);
        if !shown.is_empty() {
            definition.insert("options".to_owned(), json!(shown));
        }
    } else if !options.is_empty() {
        let message = "Context menu commands cannot have options";
        form.fault(
            &join(at, "options"),
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_EMPTY",
            message,
        );
    }
    if sum > SUM {
        form.fault(
            at,
            "APPLICATION_COMMAND_TOO_LARGE",
            "Command exceeds maximum size (8000)",
        );
    }
    Checked {
        kind: u8::try_from(kind).unwrap_or(1),
        name,
        definition,
    }
}

/// Names of slash commands and options: letters, digits, hyphens and underscores, in lower case where the script has case.
fn check_name(form: &mut Form, name: &str, path: &str) {
    let allowed = |c: char| c == '-' || c == '_' || c == '\'' || c.is_alphanumeric() || is_mark(c);
    if !name.chars().all(allowed) || name.to_lowercase() != name {
        let code = "APPLICATION_COMMAND_INVALID_NAME";
        form.fault(path, code, "Command name is invalid");
    }
}

/// Combining marks of the Indic and Thai scripts, which Discord's pattern allows in names.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{097F}' | '\u{0E00}'..='\u{0E7F}')
}

fn localised(
    form: &mut Form,
    body: &Value,
    at: &str,
    definition: &mut Map<String, Value>,
    slash: bool,
) {
    for (key, max) in [
        ("name_localizations", 32),
        ("description_localizations", 100),
    ] {
        let Some(Value::Object(texts)) = body.get(key) else {
            definition.insert(key.to_owned(), Value::Null);
            continue;
        };
        for (locale, text) in texts {
            let path = join(&join(at, key), locale);
            match text.as_str() {
                Some(text) => {
                    form.check_length(&path, text, length(1, max));
                    if slash && max == 32 {
                        check_name(form, text, &path);
                    }
                }
                None => form.fault(
                    &path,
                    "STRING_TYPE_CONVERT",
                    "Could not interpret the value as string.",
                ),
            }
        }
        definition.insert(key.to_owned(), json!(texts));
    }
}

fn numbers(form: &mut Form, list: &[Value], at: &str, min: i64, max: i64) {
    for (index, number) in list.iter().enumerate() {
        if !number
            .as_i64()
            .is_some_and(|number| (min..=max).contains(&number))
        {
            form.choices(&join(at, &index.to_string()), &format!("{min}..={max}"));
        }
    }
}

fn check_options(
    form: &mut Form,
    list: &[Value],
    at: &str,
    depth: usize,
    sum: &mut usize,
) -> Vec<Value> {
    if list.len() > 25 {
        form.fault(
            at,
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 0 and 25 in length.",
        );
    }
    let mut names = HashSet::new();
    let mut optional_seen = false;
    let mut shown = Vec::new();
    let nested = |one: &Value| {
        matches!(
            one["type"].as_i64(),
            Some(option::SUBCOMMAND | option::GROUP)
        )
    };
    if list.iter().any(nested) && !list.iter().all(nested) {
        let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        form.fault(at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    for (index, one) in list.iter().enumerate() {
        let at = join(at, &index.to_string());
        let Some(kind) = form.integer(one, "type", &at, 1, 11) else {
            form.required(&join(&at, "type"));
            continue;
        };
        let too_deep = match kind {
            option::GROUP => depth > 0,
            option::SUBCOMMAND => depth > 1,
            _ => false,
        };
        if too_deep {
            let message = "Sub-command and sub-command group option types are not allowed here";
            form.fault(
                &join(&at, "type"),
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                message,
            );
        }
        let entry = check_option(form, one, kind, &at, depth, sum);
        if !names.insert(entry["name"].as_str().unwrap_or_default().to_owned()) {
            let message = "Option name already exists";
            form.fault(
                &join(&at, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                message,
            );
        }
        if kind > option::GROUP {
            if entry["required"] == json!(true) {
                if optional_seen {
                    let message = "Required options must be placed before non-required options";
                    form.fault(
                        &join(&at, "required"),
                        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                        message,
                    );
                }
            } else {
                optional_seen = true;
            }
        }
        shown.push(entry);
    }
    shown
}

fn check_option(
    form: &mut Form,
    one: &Value,
    kind: i64,
    at: &str,
    depth: usize,
    sum: &mut usize,
) -> Value {
    let name = form.required_text(one, "name", at, length(1, 32));
    check_name(form, &name, &join(at, "name"));
    let description = form.required_text(one, "description", at, length(1, 100));
    *sum += name.chars().count() + description.chars().count();
    let mut shown = Map::new();
    shown.insert("type".to_owned(), json!(kind));
    shown.insert("name".to_owned(), json!(name));
    shown.insert("description".to_owned(), json!(description));
    localised(form, one, at, &mut shown, true);
    if kind <= option::GROUP {
        let inner = form.list(one, "options", at, 25).unwrap_or(&[]);
        let inner_at = join(at, "options");
        let deeper = if kind == option::GROUP { 1 } else { 2 };
        if kind == option::GROUP && inner.is_empty() {
            form.required(&inner_at);
        }
        if kind == option::GROUP
            && inner
                .iter()
                .any(|one| one["type"] != json!(option::SUBCOMMAND))
        {
            form.fault(
                &inner_at,
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "A group holds subcommands only",
            );
        }
        let inner = check_options(form, inner, &inner_at, deeper.max(depth + 1), sum);
        if !inner.is_empty() {
            shown.insert("options".to_owned(), json!(inner));
        }
        return Value::Object(shown);
    }
    shown.insert(
        "required".to_owned(),
        json!(form.boolean(one, "required", at).unwrap_or(false)),
    );
    bounds(form, one, kind, at, &mut shown);
    let choices = check_choices(form, one, kind, at, sum);
    let completes = form.boolean(one, "autocomplete", at).unwrap_or(false);
    if completes && !choices.is_empty() {
        let message = "Autocomplete cannot be used together with choices";
        form.fault(at, "APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES", message);
    }
    let can_complete = [option::STRING, option::INTEGER, option::NUMBER].contains(&kind);
    if completes && !can_complete {
        let message = "Autocomplete is not available for this option type";
        form.fault(
            &join(at, "autocomplete"),
            "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID_TYPE",
            message,
        );
    }
    if completes {
        shown.insert("autocomplete".to_owned(), json!(true));
    }
    if !choices.is_empty() {
        shown.insert("choices".to_owned(), json!(choices));
    }
    if kind == option::CHANNEL
        && let Some(types) = form
            .list(one, "channel_types", at, 25)
            .filter(|types| !types.is_empty())
    {
        shown.insert("channel_types".to_owned(), json!(types));
    }
    Value::Object(shown)
}

fn bounds(form: &mut Form, one: &Value, kind: i64, at: &str, shown: &mut Map<String, Value>) {
    for key in ["min_length", "max_length"] {
        let least = i64::from(key == "max_length");
        if let Some(limit) = form.integer(one, key, at, least, 6000) {
            if kind == option::STRING {
                shown.insert(key.to_owned(), json!(limit));
            } else {
                form.fault(
                    &join(at, key),
                    "APPLICATION_COMMAND_OPTION_BOUNDS_INVALID_TYPE",
                    "Only for text options",
                );
            }
        }
    }
    for key in ["min_value", "max_value"] {
        if let Some(limit) = one.get(key).filter(|limit| limit.is_number()) {
            if kind == option::INTEGER || kind == option::NUMBER {
                shown.insert(key.to_owned(), limit.clone());
            } else {
                form.fault(
                    &join(at, key),
                    "APPLICATION_COMMAND_OPTION_BOUNDS_INVALID_TYPE",
                    "Only for number options",
                );
            }
        }
    }
}

fn check_choices(form: &mut Form, one: &Value, kind: i64, at: &str, sum: &mut usize) -> Vec<Value> {
    let list = form.list(one, "choices", at, 25).unwrap_or(&[]);
    let at = join(at, "choices");
    let mut names = HashSet::new();
    let mut shown = Vec::new();
    for (index, choice) in list.iter().enumerate() {
        let at = join(&at, &index.to_string());
        let name = form.required_text(choice, "name", &at, length(1, 100));
        *sum += name.chars().count();
        if !names.insert(name.clone()) {
            let message = "Option choice name already exists";
            form.fault(
                &join(&at, "name"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                message,
            );
        }
        let value = &choice["value"];
        let fits = match kind {
            option::STRING => value.is_string(),
            option::INTEGER => value.is_i64(),
            option::NUMBER => value.is_number(),
            _ => false,
        };
        if !fits {
            let message = "The value does not fit the option's type";
            form.fault(
                &join(&at, "value"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID",
                message,
            );
        }
        if let Some(text) = value.as_str() {
            form.check_length(&join(&at, "value"), text, length(1, 100));
            *sum += text.chars().count();
        }
        let localizations = choice
            .get("name_localizations")
            .cloned()
            .unwrap_or(Value::Null);
        shown.push(json!({"name": name, "name_localizations": localizations, "value": value}));
    }
    shown
}
