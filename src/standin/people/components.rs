//! Using what a message or a form offers: buttons, selects, text fields.

use serde_json::{Map, Value, json};

use super::options::{
    mentionable, merge, resolved_channel, resolved_role, resolved_user, role, some_channel,
    somebody,
};
use crate::standin::laws::components::kind;
use crate::standin::world::World;
use crate::standin::world::objects::Message;

/// Every component of a message, nested ones too.
fn all(list: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    for one in list {
        found.push(one);
        found.extend(all(one["components"].as_array().map_or(&[], Vec::as_slice)));
        for key in ["accessory", "component"] {
            found.extend(one.get(key).filter(|inner| inner.is_object()));
        }
    }
    found
}

fn is_select(one: &Value) -> bool {
    matches!(
        one["type"].as_i64(),
        Some(kind::STRING_SELECT | kind::USER_SELECT..=kind::CHANNEL_SELECT)
    )
}

/// What the application gets when a button is pressed.
pub fn press(message: &Message, wanted: &str) -> Result<Value, String> {
    let components = all(&message.components);
    let buttons: Vec<&Value> = components
        .into_iter()
        .filter(|one| one["type"] == json!(kind::BUTTON))
        .collect();
    let named = |one: &&&Value| {
        let emoji = one["emoji"]["name"].as_str().unwrap_or_default();
        let label = one["label"].as_str().unwrap_or_default();
        one["custom_id"] == *wanted
            || label == wanted
            || format!("{emoji} {label}").trim() == wanted
    };
    // Of two that look alike, the one that can be pressed is meant.
    let enabled = |one: &&&Value| one["disabled"] != json!(true);
    let found = buttons
        .iter()
        .filter(enabled)
        .find(named)
        .or_else(|| buttons.iter().find(named));
    let Some(button) = found else {
        let labels: Vec<&str> = buttons
            .iter()
            .filter_map(|one| one["label"].as_str())
            .collect();
        return Err(format!(
            "That message has no button {wanted:?}; it has: {}.",
            listed(&labels)
        ));
    };
    if button["disabled"] == json!(true) {
        return Err(format!("The button {wanted:?} is disabled."));
    }
    if button["style"] == json!(5) {
        return Err(format!(
            "The button {wanted:?} opens {} and does not reach the application.",
            button["url"]
        ));
    }
    Ok(
        json!({"custom_id": button["custom_id"], "component_type": kind::BUTTON, "id": button["id"]}),
    )
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

/// What the application gets when something is chosen.
pub fn choose(
    world: &World,
    message: &Message,
    wanted: &str,
    values: &[String],
) -> Result<Value, String> {
    let components = all(&message.components);
    let selects: Vec<&Value> = components
        .into_iter()
        .filter(|one| is_select(one))
        .collect();
    let found = selects
        .iter()
        .find(|one| one["custom_id"] == *wanted || one["placeholder"] == *wanted);
    let Some(select) = found else {
        let names: Vec<&str> = selects
            .iter()
            .filter_map(|one| one["placeholder"].as_str())
            .collect();
        return Err(format!(
            "That message has no select {wanted:?}; it has: {}.",
            listed(&names)
        ));
    };
    if select["disabled"] == json!(true) {
        return Err(format!("The select {wanted:?} is disabled."));
    }
    let mut resolved = Map::new();
    let values = pick(world, select, values, &mut resolved)?;
    let mut data = json!({
        "custom_id": select["custom_id"],
        "component_type": select["type"],
        "id": select["id"],
        "values": values,
    });
    if !resolved.is_empty() {
        data["resolved"] = json!(resolved);
    }
    Ok(data)
}

/// Checks chosen values against a select.
fn pick(
    world: &World,
    select: &Value,
    values: &[String],
    resolved: &mut Map<String, Value>,
) -> Result<Vec<Value>, String> {
    let bound = |key: &str| {
        select[key]
            .as_u64()
            .and_then(|bound| usize::try_from(bound).ok())
            .unwrap_or(1)
    };
    let (min, max) = (bound("min_values"), bound("max_values"));
    if values.len() < min || values.len() > max {
        return Err(format!(
            "Choose between {min} and {max}, not {}.",
            values.len()
        ));
    }
    let mut chosen = Vec::new();
    for value in values {
        chosen.push(match select["type"].as_i64() {
            Some(kind::USER_SELECT) => {
                let id = somebody(world, value)?;
                merge(resolved, resolved_user(world, id));
                json!(id)
            }
            Some(kind::ROLE_SELECT) => {
                let id = role(world, value)?;
                merge(resolved, resolved_role(world, id));
                json!(id)
            }
            Some(kind::MENTIONABLE_SELECT) => mentionable(world, value, resolved)?,
            Some(kind::CHANNEL_SELECT) => {
                let id = some_channel(world, value)?;
                merge(resolved, resolved_channel(world, id));
                json!(id)
            }
            _ => {
                let options = select["options"].as_array().map_or(&[][..], Vec::as_slice);
                let option = options
                    .iter()
                    .find(|one| one["value"] == **value || one["label"] == **value);
                let labels: Vec<&str> = options
                    .iter()
                    .filter_map(|one| one["label"].as_str())
                    .collect();
                let option =
                    option.ok_or_else(|| format!("{value:?} is none of: {}.", listed(&labels)))?;
                option["value"].clone()
            }
        });
    }
    Ok(chosen)
}

/// The fields of a form, as the page shows them.
pub fn form_fields(form: &Value) -> Vec<Value> {
    let rows = form["components"].as_array().map_or(&[][..], Vec::as_slice);
    rows.iter().filter_map(field_of).collect()
}

fn field_of(row: &Value) -> Option<Value> {
    let (input, label) = input_of(row)?;
    let mut field = json!({
        "custom_id": input["custom_id"],
        "label": label,
        "description": row["description"],
        "style": "short",
        "required": input["required"].as_bool().unwrap_or(true),
    });
    if input["type"] == json!(kind::TEXT_INPUT) {
        field["style"] = json!(if input["style"] == json!(2) {
            "paragraph"
        } else {
            "short"
        });
        for key in ["value", "placeholder", "min_length", "max_length"] {
            field[key] = input[key].clone();
        }
    } else {
        field["style"] = json!("select");
        for key in ["placeholder", "min_values", "max_values", "options"] {
            field[key] = input[key].clone();
        }
    }
    Some(field)
}

/// The input inside a row or a label, and what is written above it.
fn input_of(row: &Value) -> Option<(&Value, &Value)> {
    if row["type"] == json!(kind::LABEL) {
        return Some((&row["component"], &row["label"]));
    }
    let input = row["components"].as_array()?.first()?;
    Some((input, &input["label"]))
}

/// What the application gets when a form is sent.
pub fn fill_form(world: &World, form: &Value, given: &Map<String, Value>) -> Result<Value, String> {
    let rows = form["components"].as_array().map_or(&[][..], Vec::as_slice);
    let mut used = Vec::new();
    let mut sent = Vec::new();
    let mut resolved = Map::new();
    for row in rows {
        let Some((input, label)) = input_of(row) else {
            // Text between the fields is sent back as well.
            sent.push(json!({"type": row["type"], "id": row["id"]}));
            continue;
        };
        let names = [input["custom_id"].as_str(), label.as_str()];
        let value = names.into_iter().flatten().find_map(|name| {
            let value = given.get(name)?;
            used.push(name.to_owned());
            Some(value)
        });
        let label = label.as_str().unwrap_or_default();
        let filled = if input["type"] == json!(kind::TEXT_INPUT) {
            let value = write(input, value).map_err(|problem| format!("{label}: {problem}"))?;
            json!({"type": kind::TEXT_INPUT, "id": input["id"], "custom_id": input["custom_id"], "value": value})
        } else {
            let values = chosen(value);
            let optional = values.is_empty() && input["required"] == json!(false);
            let values = if optional {
                Vec::new()
            } else {
                pick(world, input, &values, &mut resolved)?
            };
            json!({"type": input["type"], "id": input["id"], "custom_id": input["custom_id"], "values": values})
        };
        sent.push(if row["type"] == json!(kind::LABEL) {
            json!({"type": kind::LABEL, "id": 0, "component": filled})
        } else {
            json!({"type": kind::ROW, "id": 0, "components": [filled]})
        });
    }
    if let Some(name) = given.keys().find(|name| !used.contains(name)) {
        return Err(format!("The form has no field {name}."));
    }
    for (index, row) in sent.iter_mut().enumerate() {
        row["id"] = json!(index * 2 + 1);
    }
    let mut data = json!({"custom_id": form["custom_id"], "components": sent});
    if !resolved.is_empty() {
        data["resolved"] = json!(resolved);
    }
    Ok(data)
}

/// What stands in a text field; without a new text it keeps the one that the application put there.
fn write(input: &Value, value: Option<&Value>) -> Result<String, String> {
    let kept = || input["value"].as_str().unwrap_or_default().to_owned();
    let text = value.map_or_else(kept, |value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    });
    let count = text.chars().count();
    let bound = |key: &str| {
        input[key]
            .as_u64()
            .and_then(|bound| usize::try_from(bound).ok())
    };
    if text.trim().is_empty() {
        // An empty optional field is sent, whatever its least length.
        return if input["required"] == json!(false) {
            Ok(String::new())
        } else {
            Err("This field is required.".to_owned())
        };
    }
    if let Some(min) = bound("min_length").filter(|&min| count < min) {
        return Err(format!("At least {min} characters are needed."));
    }
    let max = bound("max_length").unwrap_or(4000);
    if count > max {
        Err(format!("At most {max} characters fit."))
    } else {
        Ok(text)
    }
}

fn chosen(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}
