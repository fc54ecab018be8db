//! Embeds: their limits, and the shape in which Discord gives them back.

use serde_json::{Map, Value, json};

use super::form::{Form, join, length};

/// All characters of all embeds of one message together.
const SUM: usize = 6000;

/// Checks a list of embeds and returns them as Discord stores them.
pub fn check(form: &mut Form, list: &[Value], at: &str) -> Vec<Value> {
    let mut sum = 0;
    let embeds: Vec<Value> = list
        .iter()
        .enumerate()
        .map(|(index, one)| embed(form, one, &join(at, &index.to_string()), &mut sum))
        .collect();
    if sum > SUM {
        form.fault(
            at,
            "MAX_EMBED_SIZE_EXCEEDED",
            "Embed size exceeds maximum size of 6000",
        );
    }
    embeds
}

fn embed(form: &mut Form, one: &Value, at: &str, sum: &mut usize) -> Value {
    let mut embed = Map::from_iter([("type".to_owned(), json!("rich"))]);
    if !one.is_object() {
        form.fault(
            at,
            "MODEL_TYPE_CONVERT",
            "Only dictionaries may be used in a ModelType",
        );
        return Value::Object(embed);
    }
    for (key, max) in [("title", 256), ("description", 4096)] {
        if let Some(text) = trimmed(form, one, key, at, max, sum) {
            embed.insert(key.to_owned(), json!(text));
        }
    }
    if let Some(url) = link(form, one, "url", at) {
        embed.insert("url".to_owned(), json!(url));
    }
    if let Some(colour) = form.integer(one, "color", at, 0, 0xFF_FFFF) {
        embed.insert("color".to_owned(), json!(colour));
    }
    if let Some(text) = form.text(one, "timestamp", at, length(0, 64)) {
        match text.parse::<jiff::Timestamp>() {
            Ok(instant) => {
                _ = embed.insert(
                    "timestamp".to_owned(),
                    json!(crate::standin::wire::instant(instant)),
                )
            }
            Err(_) => form.fault(
                &join(at, "timestamp"),
                "DATE_TIME_TYPE_PARSE",
                &format!("Could not parse {text}. Should be ISO8601."),
            ),
        }
    }
    if let Some(list) = form.list(one, "fields", at, 25) {
        let at = join(at, "fields");
        let fields: Vec<Value> = list
            .iter()
            .enumerate()
            .map(|(index, field)| {
                let at = join(&at, &index.to_string());
                let name = required(form, field, "name", &at, 256, sum);
                let value = required(form, field, "value", &at, 1024, sum);
                json!({"name": name, "value": value, "inline": form.boolean(field, "inline", &at).unwrap_or(false)})
            })
            .collect();
        embed.insert("fields".to_owned(), json!(fields));
    }
    if let Some(footer) = one.get("footer").filter(|footer| footer.is_object()) {
        let at = join(at, "footer");
        let mut shown = json!({"text": required(form, footer, "text", &at, 2048, sum)});
        if let Some(url) = link(form, footer, "icon_url", &at) {
            shown["icon_url"] = json!(url);
        }
        embed.insert("footer".to_owned(), shown);
    }
    if let Some(author) = one.get("author").filter(|author| author.is_object()) {
        let at = join(at, "author");
        let mut shown = json!({"name": required(form, author, "name", &at, 256, sum)});
        for key in ["url", "icon_url"] {
            if let Some(url) = link(form, author, key, &at) {
                shown[key] = json!(url);
            }
        }
        embed.insert("author".to_owned(), shown);
    }
    for key in ["image", "thumbnail"] {
        if let Some(picture) = one.get(key).filter(|picture| picture.is_object())
            && let Some(url) = link(form, picture, "url", &join(at, key))
        {
            embed.insert(key.to_owned(), json!({"url": url}));
        }
    }
    Value::Object(embed)
}

/// A text that Discord trims before it counts.
fn trimmed(
    form: &mut Form,
    one: &Value,
    key: &str,
    at: &str,
    max: usize,
    sum: &mut usize,
) -> Option<String> {
    let text = form.text(one, key, at, length(0, usize::MAX))?;
    let text = text.trim();
    form.check_length(&join(at, key), text, length(0, max));
    *sum += text.chars().count();
    (!text.is_empty()).then(|| text.to_owned())
}

fn required(
    form: &mut Form,
    one: &Value,
    key: &str,
    at: &str,
    max: usize,
    sum: &mut usize,
) -> String {
    match trimmed(form, one, key, at, max, sum) {
        Some(text) => text,
        None => {
            form.required(&join(at, key));
            String::new()
        }
    }
}

fn link(form: &mut Form, one: &Value, key: &str, at: &str) -> Option<String> {
    let url = form.text(one, key, at, length(0, 2048))?;
    if url.is_empty() {
        return None;
    }
    let known = ["http://", "https://", "attachment://", "discord://"];
    if !known
        .iter()
        .any(|scheme| url.starts_with(scheme) && url.len() > scheme.len())
    {
        form.fault(
            &join(at, key),
            "URL_TYPE_INVALID_URL",
            "Not a well formed URL.",
        );
    }
    Some(url)
}
