//! How an answer becomes what Discord accepts: the one place that knows Discord's limits and sets `allowed_mentions`.
//!
//! serenity's own checks cover the length of a message and the number of its embeds only, and its builders leave the rest
//! to Discord to refuse, so the bodies are made here, whole (`discord/NOTES.md` 1.6, 6.5). Lengths count code points after
//! trimming; what is too long is cut with an ellipsis, because a shortened sentence is of more use than a refused one.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::plain::{clean, cut, one_line};
use super::reply::{
    Button, Choice, Does, Embed, Form, PeopleSelect, Post, Row, Select, Size, Style,
};
use crate::domain::ids::{Number, OutboxId};

const CONTENT: usize = 2000;
const EMBEDS: usize = 10;
const EMBED_SUM: usize = 6000;
const EMBED_TITLE: usize = 256;
const EMBED_DESCRIPTION: usize = 4096;
const EMBED_FIELDS: usize = 25;
const EMBED_FIELD_VALUE: usize = 1024;
const EMBED_FOOTER: usize = 2048;
const ROWS: usize = 5;
const BUTTONS: usize = 5;
const BUTTON_LABEL: usize = 80;
const BUTTON_URL: usize = 512;
const CHOICES: usize = 25;
const CHOICE_TEXT: usize = 100;
const PLACEHOLDER: usize = 150;
const MENTIONS: usize = 100;
const FORM_TITLE: usize = 45;
const FORM_FIELDS: usize = 5;
const FORM_LABEL: usize = 45;
const FORM_PLACEHOLDER: usize = 100;
const FORM_VALUE: usize = 4000;
const FILE_NAME: usize = 200;
const FILE_ABOUT: usize = 1024;

/// The reference below the message of an errand, by which it is found again: about which ticket it is and by which event it came
/// about, else which errand it is.
pub fn reference(about: Option<(Number, i64)>, row: OutboxId) -> String {
    match about {
        Some((number, event)) => format!("{number}·e{event}"),
        None => format!("desk·r{row}"),
    }
}

/// Whether a message ends with that reference, in its text or in the footer of one of its embeds.
pub fn bears(message: &Value, reference: &str) -> bool {
    let ends = |text: Option<&str>| text.is_some_and(|text| text.ends_with(reference));
    ends(message["content"].as_str())
        || message["embeds"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|embed| ends(embed["footer"]["text"].as_str()))
}

/// The body of a message, for sending and for editing alike: every part is named, so that an edit leaves nothing of what
/// stood there before.
pub fn message(post: &Post) -> Map<String, Value> {
    let mut text = post.text.clone();
    let mut embeds: Vec<Embed> = post.embeds.iter().take(EMBEDS).cloned().collect();
    if let Some(reference) = &post.footer_ref {
        match embeds.last_mut() {
            Some(embed) => {
                embed.footer = Some(match embed.footer.take() {
                    Some(footer) => format!("{} · {reference}", cut(&footer, EMBED_FOOTER - 64)),
                    None => reference.clone(),
                });
            }
            None => {
                let small = format!("\n-# {reference}");
                text = cut(&text, CONTENT - small.chars().count()) + &small;
            }
        }
    }
    // The reference is by what the message is found again, so the last footer's place is kept free for it.
    let kept = embeds
        .last()
        .and_then(|embed| embed.footer.as_deref())
        .map_or(0, |footer| cut(footer, EMBED_FOOTER).chars().count());
    let mut left = EMBED_SUM - kept;
    let last = embeds.len().saturating_sub(1);
    let embeds: Vec<Value> = embeds
        .iter()
        .enumerate()
        .filter_map(|(place, shown)| {
            if place == last {
                left += kept;
            }
            let body = embed(shown, &mut left);
            // Discord refuses an embed without anything in it.
            (body != json!({})).then_some(body)
        })
        .collect();
    let mut body = Map::new();
    body.insert("content".into(), cut(&text, CONTENT).into());
    body.insert("embeds".into(), embeds.into());
    body.insert("components".into(), rows(&post.rows).into());
    body.insert("allowed_mentions".into(), allowed_mentions(post));
    if let Some(file) = &post.file {
        let name = cut(&one_line(&file.name), FILE_NAME);
        let mut shown = json!({ "id": 0, "filename": name });
        if let Some(about) = &file.about {
            shown["description"] = cut(&one_line(about), FILE_ABOUT).into();
        }
        body.insert("attachments".into(), json!([shown]));
    }
    body
}

/// The body of a form.
pub fn form(form: &Form) -> Map<String, Value> {
    let fields: Vec<Value> = form
        .fields
        .iter()
        .take(FORM_FIELDS)
        .map(|field| {
            let most = usize::from(field.max).clamp(1, FORM_VALUE);
            let mut input = Map::new();
            input.insert("type".into(), 4.into());
            input.insert("custom_id".into(), field.name.into());
            input.insert("label".into(), cut(&field.label, FORM_LABEL).into());
            let style = match field.size {
                Size::Short => 1,
                Size::Paragraph => 2,
            };
            input.insert("style".into(), style.into());
            input.insert("required".into(), field.required.into());
            if field.min > 0 {
                input.insert("min_length".into(), usize::from(field.min).min(most).into());
            }
            input.insert("max_length".into(), most.into());
            // Somebody else may have typed it.
            let value = cut(&clean(&field.value), most);
            if !value.is_empty() {
                input.insert("value".into(), value.into());
            }
            if !field.placeholder.is_empty() {
                let placeholder = cut(&field.placeholder, FORM_PLACEHOLDER);
                input.insert("placeholder".into(), placeholder.into());
            }
            json!({ "type": 1, "components": [input] })
        })
        .collect();
    let mut body = Map::new();
    body.insert("custom_id".into(), custom_id(form.line.id()).into());
    body.insert("title".into(), cut(&form.title, FORM_TITLE).into());
    body.insert("components".into(), fields.into());
    body
}

/// The body of what is offered while an option is being typed. The pairs are value and label.
pub fn choices(choices: &[(String, String)]) -> Map<String, Value> {
    let choices: Vec<Value> = choices
        .iter()
        .filter(|(value, label)| {
            // A value that was cut would mean something else, so it is left out.
            !label.trim().is_empty() && !value.is_empty() && value.chars().count() <= CHOICE_TEXT
        })
        .take(CHOICES)
        .map(|(value, label)| json!({ "name": cut(label, CHOICE_TEXT), "value": value }))
        .collect();
    let mut body = Map::new();
    body.insert("choices".into(), choices.into());
    body
}

fn allowed_mentions(post: &Post) -> Value {
    let users: BTreeSet<u64> = post.mentions.iter().map(|user| user.0).collect();
    let users: Vec<String> = users
        .into_iter()
        .take(MENTIONS)
        .map(|user| user.to_string())
        .collect();
    json!({ "parse": [], "users": users, "replied_user": false })
}

/// Cuts `text` to `most` characters and to what is left for all embeds together.
fn take(text: &str, most: usize, left: &mut usize) -> Option<String> {
    let text = cut(text, most.min(*left));
    *left -= text.chars().count();
    (!text.is_empty()).then_some(text)
}

fn embed(embed: &Embed, left: &mut usize) -> Value {
    let mut body = Map::new();
    // The footer is how a message is found again, so it is the last to be cut: its place is kept free first.
    let footer = embed
        .footer
        .as_deref()
        .and_then(|footer| take(footer, EMBED_FOOTER, left));
    let mut put = |name: &str, text: &Option<String>, most: usize, left: &mut usize| {
        if let Some(text) = text.as_deref().and_then(|text| take(text, most, left)) {
            body.insert(name.to_owned(), text.into());
        }
    };
    put("title", &embed.title, EMBED_TITLE, left);
    put("description", &embed.description, EMBED_DESCRIPTION, left);
    if let Some(author) = embed
        .author
        .as_deref()
        .and_then(|author| take(author, EMBED_TITLE, left))
    {
        body.insert("author".into(), json!({ "name": author }));
    }
    let fields: Vec<Value> = embed
        .fields
        .iter()
        .take(EMBED_FIELDS)
        .filter_map(|field| {
            let before = *left;
            let name = take(&field.name, EMBED_TITLE, left)?;
            match take(&field.value, EMBED_FIELD_VALUE, left) {
                Some(value) => {
                    Some(json!({ "name": name, "value": value, "inline": field.inline }))
                }
                None => {
                    *left = before;
                    None
                }
            }
        })
        .collect();
    if !fields.is_empty() {
        body.insert("fields".into(), fields.into());
    }
    if let Some(footer) = footer {
        body.insert("footer".into(), json!({ "text": footer }));
    }
    if let Some(url) = &embed.url {
        body.insert("url".into(), url.as_str().into());
    }
    if let Some(colour) = embed.colour {
        body.insert("color".into(), (colour & 0xff_ffff).into());
    }
    if let Some(at) = embed.at {
        body.insert("timestamp".into(), at.to_string().into());
    }
    body.into()
}

fn rows(rows: &[Row]) -> Vec<Value> {
    // Discord refuses a message in which two components have the same id.
    let mut ids = BTreeSet::new();
    rows.iter()
        .filter_map(|row| {
            let components: Vec<Value> = match row {
                Row::Buttons(buttons) => buttons
                    .iter()
                    .filter_map(|shown| button(shown, &mut ids))
                    .take(BUTTONS)
                    .collect(),
                Row::Select(shown) => select(shown, &mut ids).into_iter().collect(),
                Row::People(shown) => people(shown, &mut ids).into_iter().collect(),
            };
            (!components.is_empty()).then(|| json!({ "type": 1, "components": components }))
        })
        .take(ROWS)
        .collect()
}

fn button(button: &Button, ids: &mut BTreeSet<String>) -> Option<Value> {
    let style = match (&button.does, button.style) {
        (Does::Open(_), _) => 5,
        (_, Style::Primary) => 1,
        (_, Style::Secondary) => 2,
        (_, Style::Success) => 3,
        (_, Style::Danger) => 4,
    };
    let mut body = Map::new();
    body.insert("type".into(), 2.into());
    body.insert("style".into(), style.into());
    body.insert("label".into(), cut(&button.label, BUTTON_LABEL).into());
    match &button.does {
        Does::Run(line) => {
            let id = custom_id(line.id());
            if !ids.insert(id.clone()) {
                return None;
            }
            body.insert("custom_id".into(), id.into());
        }
        Does::Open(url) if url.chars().count() <= BUTTON_URL => {
            body.insert("url".into(), url.as_str().into());
        }
        Does::Open(_) => return None,
    }
    if button.disabled {
        body.insert("disabled".into(), true.into());
    }
    Some(body.into())
}

fn select(select: &Select, ids: &mut BTreeSet<String>) -> Option<Value> {
    let id = custom_id(select.line.id());
    let mut values = BTreeSet::new();
    let options: Vec<Value> = select
        .options
        .iter()
        .filter(|choice| !choice.value.is_empty() && choice.value.chars().count() <= CHOICE_TEXT)
        .filter(|choice| values.insert(choice.value.as_str()))
        .take(CHOICES)
        .map(option)
        .collect();
    if options.is_empty() || !ids.insert(id.clone()) {
        return None;
    }
    let most = usize::from(select.max).clamp(1, options.len());
    Some(json!({
        "type": 3,
        "custom_id": id,
        "placeholder": cut(&select.placeholder, PLACEHOLDER),
        "min_values": usize::from(select.min).min(most),
        "max_values": most,
        "options": options,
    }))
}

fn people(select: &PeopleSelect, ids: &mut BTreeSet<String>) -> Option<Value> {
    let id = custom_id(select.line.id());
    ids.insert(id.clone()).then(|| {
        json!({
            "type": 5,
            "custom_id": id,
            "placeholder": cut(&select.placeholder, PLACEHOLDER),
            "min_values": 1,
            "max_values": 1,
        })
    })
}

fn option(choice: &Choice) -> Value {
    let mut body = Map::new();
    body.insert("label".into(), cut(&choice.label, CHOICE_TEXT).into());
    body.insert("value".into(), choice.value.as_str().into());
    if let Some(about) = &choice.about {
        body.insert("description".into(), cut(about, CHOICE_TEXT).into());
    }
    if choice.chosen {
        body.insert("default".into(), true.into());
    }
    body.into()
}

/// A line that is too long for Discord becomes one that means nothing: the button is there, and says that it is no longer
/// valid. The lines' arguments are numbers and keys, so this is a mistake in the program, and its message shows it.
fn custom_id(id: Option<String>) -> String {
    id.unwrap_or_else(|| "too-long".to_owned())
}

#[cfg(test)]
mod tests;
