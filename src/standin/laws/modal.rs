//! Forms ("modals"): what an application may open.

use serde_json::{Map, Value, json};

use super::components::{Walk, kind};
use super::form::{Form, join, length};

/// Checks a form and returns it as the client would get it.
pub fn check(form: &mut Form, data: &Value, at: &str) -> Value {
    let title = form.required_text(data, "title", at, length(1, 45));
    let custom_id = form.required_text(data, "custom_id", at, length(1, 100));
    let list = form.list(data, "components", at, usize::MAX).unwrap_or(&[]);
    let at = join(at, "components");
    if list.is_empty() || list.len() > 5 {
        form.fault(
            &at,
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 5 in length.",
        );
    }
    let mut walk = Walk::new(form);
    let mut shown = Vec::new();
    for (index, one) in list.iter().enumerate() {
        shown.extend(field(&mut walk, one, &join(&at, &index.to_string())));
    }
    json!({"title": title, "custom_id": custom_id, "components": shown})
}

fn field(walk: &mut Walk<'_>, one: &Value, at: &str) -> Option<Value> {
    match one["type"].as_i64() {
        Some(kind::ROW) => {
            let list = walk.form.list(one, "components", at, 1).unwrap_or(&[]);
            let at = join(at, "components");
            let Some(input) = list.first() else {
                walk.form.fault(
                    &at,
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 1 in length.",
                );
                return None;
            };
            let at = join(&at, "0");
            walk.form.required_text(input, "label", &at, length(1, 45));
            let input = walk.component(input, &at, &[kind::TEXT_INPUT])?;
            Some(json!({"type": kind::ROW, "components": [input]}))
        }
        Some(kind::LABEL) => {
            let label = walk.form.required_text(one, "label", at, length(1, 45));
            let description = walk.form.text(one, "description", at, length(0, 100));
            let allowed = [
                kind::TEXT_INPUT,
                kind::STRING_SELECT,
                kind::USER_SELECT,
                kind::ROLE_SELECT,
                kind::MENTIONABLE_SELECT,
                kind::CHANNEL_SELECT,
            ];
            let inside = walk.component(&one["component"], &join(at, "component"), &allowed)?;
            Some(
                json!({"type": kind::LABEL, "label": label, "description": description, "component": inside}),
            )
        }
        Some(kind::TEXT) => walk.component(one, at, &[kind::TEXT]),
        _ => {
            let message = "Value of field \"type\" must be one of (1, 10, 18).";
            walk.form
                .fault(&join(at, "type"), "UNION_TYPE_CHOICES", message);
            None
        }
    }
}

/// Checks a text input.
pub fn text_input(walk: &mut Walk<'_>, one: &Value, at: &str, shown: &mut Map<String, Value>) {
    let id = walk.custom_id(one, at);
    let form = &mut *walk.form;
    match form.integer(one, "style", at, 1, 2) {
        Some(style) => _ = shown.insert("style".to_owned(), json!(style)),
        None => form.required(&join(at, "style")),
    }
    let min = form.integer(one, "min_length", at, 0, 4000);
    let max = form.integer(one, "max_length", at, 1, 4000);
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        form.fault(
            at,
            "TEXT_INPUT_MIN_LENGTH_EXCEEDS_MAX_LENGTH",
            "The minimum length cannot exceed the maximum length",
        );
    }
    let value = form.text(one, "value", at, length(0, 4000));
    let placeholder = form.text(one, "placeholder", at, length(0, 100));
    shown.extend([
        ("custom_id".to_owned(), json!(id)),
        ("label".to_owned(), one["label"].clone()),
        ("min_length".to_owned(), json!(min)),
        ("max_length".to_owned(), json!(max)),
        ("value".to_owned(), json!(value)),
        ("placeholder".to_owned(), json!(placeholder)),
        (
            "required".to_owned(),
            json!(form.boolean(one, "required", at).unwrap_or(true)),
        ),
    ]);
}
