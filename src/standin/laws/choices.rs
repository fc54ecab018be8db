//! Choices that an application offers while somebody types an option.

use serde_json::Value;

use super::form::{Form, join, length};

/// Checks a list of choices.
pub fn check(form: &mut Form, data: &Value, at: &str) -> Vec<Value> {
    let Some(list) = form.list(data, "choices", at, 25) else {
        form.required(&join(at, "choices"));
        return Vec::new();
    };
    let at = join(at, "choices");
    for (index, choice) in list.iter().enumerate() {
        let at = join(&at, &index.to_string());
        form.required_text(choice, "name", &at, length(1, 100));
        match &choice["value"] {
            Value::String(text) => form.check_length(&join(&at, "value"), text, length(1, 100)),
            Value::Number(_) => {}
            _ => form.required(&join(&at, "value")),
        }
    }
    list.to_vec()
}
