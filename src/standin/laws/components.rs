//! Components of messages: rows of buttons, selects, and the newer layout components behind their flag.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::form::{Form, join, length};

/// Component types by their numbers.
pub mod kind {
    /// A row.
    pub const ROW: i64 = 1;
    /// A button.
    pub const BUTTON: i64 = 2;
    /// A select with own options.
    pub const STRING_SELECT: i64 = 3;
    /// A text input, in forms only.
    pub const TEXT_INPUT: i64 = 4;
    /// A select of users.
    pub const USER_SELECT: i64 = 5;
    /// A select of roles.
    pub const ROLE_SELECT: i64 = 6;
    /// A select of users and roles.
    pub const MENTIONABLE_SELECT: i64 = 7;
    /// A select of channels.
    pub const CHANNEL_SELECT: i64 = 8;
    /// Texts beside something.
    pub const SECTION: i64 = 9;
    /// Text.
    pub const TEXT: i64 = 10;
    /// A small picture.
    pub const THUMBNAIL: i64 = 11;
    /// Pictures.
    pub const GALLERY: i64 = 12;
    /// A file.
    pub const FILE: i64 = 13;
    /// A line or a gap.
    pub const SEPARATOR: i64 = 14;
    /// A box.
    pub const CONTAINER: i64 = 17;
    /// A field of a form, with its label.
    pub const LABEL: i64 = 18;
}

/// Walks through the components of one message or form.
pub struct Walk<'f> {
    /// Where faults go.
    pub form: &'f mut Form,
    pub(super) ids: HashSet<String>,
    numbers: HashSet<i64>,
    next_number: i64,
    total: usize,
    pub(super) text: usize,
}

impl<'f> Walk<'f> {
    /// Begins one.
    pub fn new(form: &'f mut Form) -> Self {
        Self {
            form,
            ids: HashSet::new(),
            numbers: HashSet::new(),
            next_number: 1,
            total: 0,
            text: 0,
        }
    }

    /// Checks a message's components and returns them as Discord stores them: numbered, with defaults filled in.
    pub fn message(mut self, list: &[Value], at: &str, layout: bool) -> Vec<Value> {
        self.reserve_numbers(list);
        if !layout && list.len() > 5 {
            self.form.fault(
                at,
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 5 in length.",
            );
        }
        let allowed: &[i64] = if layout {
            &[
                kind::ROW,
                kind::SECTION,
                kind::TEXT,
                kind::GALLERY,
                kind::FILE,
                kind::SEPARATOR,
                kind::CONTAINER,
            ]
        } else {
            &[kind::ROW]
        };
        let checked = self.children(list, at, allowed);
        if layout && self.total > 40 {
            self.form.fault(
                at,
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                "The total number of components cannot exceed 40.",
            );
        }
        if self.text > 4000 {
            self.form.fault(
                at,
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                "The displayable text cannot exceed 4000 characters.",
            );
        }
        checked
    }

    fn reserve_numbers(&mut self, list: &[Value]) {
        for one in list {
            if let Some(number) = one["id"].as_i64().filter(|&number| number > 0) {
                self.numbers.insert(number);
            }
            self.reserve_numbers(one["components"].as_array().map_or(&[], Vec::as_slice));
        }
    }

    pub(super) fn children(&mut self, list: &[Value], at: &str, allowed: &[i64]) -> Vec<Value> {
        let mut checked = Vec::new();
        for (index, one) in list.iter().enumerate() {
            checked.extend(self.component(one, &join(at, &index.to_string()), allowed));
        }
        checked
    }

    /// Checks one component that must be of an allowed type.
    pub fn component(&mut self, one: &Value, at: &str, allowed: &[i64]) -> Option<Value> {
        let Some(kind) = one["type"].as_i64() else {
            self.form.required(&join(at, "type"));
            return None;
        };
        if !allowed.contains(&kind) {
            let listed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
            let message = format!(
                "Value of field \"type\" must be one of ({}).",
                listed.join(", ")
            );
            self.form
                .fault(&join(at, "type"), "UNION_TYPE_CHOICES", &message);
            return None;
        }
        self.total += 1;
        let number = self.number(one, at);
        let mut shown = Map::from_iter([
            ("type".to_owned(), json!(kind)),
            ("id".to_owned(), json!(number)),
        ]);
        match kind {
            kind::ROW => self.row(one, at, &mut shown),
            kind::BUTTON => self.button(one, at, &mut shown),
            kind::STRING_SELECT..=kind::CHANNEL_SELECT if kind != kind::TEXT_INPUT => {
                self.select(kind, one, at, &mut shown)
            }
            kind::TEXT_INPUT => super::modal::text_input(self, one, at, &mut shown),
            kind::TEXT => self.displayed_text(one, at, &mut shown),
            kind::SECTION => self.section(one, at, &mut shown),
            kind::THUMBNAIL | kind::FILE => self.media(kind, one, at, &mut shown),
            kind::GALLERY => self.gallery(one, at, &mut shown),
            kind::SEPARATOR => {
                let divider = self.form.boolean(one, "divider", at).unwrap_or(true);
                let spacing = self.form.integer(one, "spacing", at, 1, 2).unwrap_or(1);
                shown.extend([
                    ("divider".to_owned(), json!(divider)),
                    ("spacing".to_owned(), json!(spacing)),
                ]);
            }
            kind::CONTAINER => self.container(one, at, &mut shown),
            _ => {}
        }
        Some(Value::Object(shown))
    }

    fn number(&mut self, one: &Value, at: &str) -> i64 {
        if let Some(number) = self
            .form
            .integer(one, "id", at, 0, i64::from(i32::MAX))
            .filter(|&number| number > 0)
        {
            return number;
        }
        while self.numbers.contains(&self.next_number) {
            self.next_number += 1;
        }
        self.numbers.insert(self.next_number);
        self.next_number
    }

    fn row(&mut self, one: &Value, at: &str, shown: &mut Map<String, Value>) {
        let list = self.form.list(one, "components", at, 5).unwrap_or(&[]);
        let at = join(at, "components");
        if list.is_empty() {
            self.form.fault(
                &at,
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 5 in length.",
            );
        }
        let selects = list
            .iter()
            .filter(|child| child["type"] != json!(kind::BUTTON))
            .count();
        if selects > 0 && list.len() > 1 {
            self.form.fault(
                &at,
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            );
        }
        let allowed = [
            kind::BUTTON,
            kind::STRING_SELECT,
            kind::USER_SELECT,
            kind::ROLE_SELECT,
            kind::MENTIONABLE_SELECT,
            kind::CHANNEL_SELECT,
        ];
        let children = self.children(list, &at, &allowed);
        shown.insert("components".to_owned(), json!(children));
    }

    fn button(&mut self, one: &Value, at: &str, shown: &mut Map<String, Value>) {
        let style = self.form.integer(one, "style", at, 1, 6);
        let Some(style) = style else {
            self.form.required(&join(at, "style"));
            return;
        };
        shown.insert("style".to_owned(), json!(style));
        let label = self
            .form
            .text(one, "label", at, length(0, 80))
            .filter(|label| !label.is_empty());
        let emoji = emoji(self.form, one, at);
        if style == 6 {
            match self.form.id(one, "sku_id", at) {
                Some(sku) => _ = shown.insert("sku_id".to_owned(), json!(sku)),
                None => self.form.required(&join(at, "sku_id")),
            }
        } else if label.is_none() && emoji.is_none() {
            self.form.fault(
                at,
                "BUTTON_COMPONENT_INVALID",
                "A button must have a label or an emoji",
            );
        }
        if style == 5 {
            let url = self.form.required_text(one, "url", at, length(1, 512));
            if !url.is_empty()
                && !["http://", "https://", "discord://"]
                    .iter()
                    .any(|scheme| url.starts_with(scheme))
            {
                self.form.fault(
                    &join(at, "url"),
                    "URL_TYPE_INVALID_URL",
                    "Not a well formed URL.",
                );
            }
            if present(one, "custom_id") {
                self.form.fault(
                    at,
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
            shown.insert("url".to_owned(), json!(url));
        } else if style < 5 {
            let id = self.custom_id(one, at);
            if present(one, "url") {
                self.form.fault(
                    at,
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
            shown.insert("custom_id".to_owned(), json!(id));
        }
        if let Some(label) = label {
            shown.insert("label".to_owned(), json!(label));
        }
        if let Some(emoji) = emoji {
            shown.insert("emoji".to_owned(), emoji);
        }
        if self.form.boolean(one, "disabled", at) == Some(true) {
            shown.insert("disabled".to_owned(), json!(true));
        }
    }

    /// A custom id: 1 to 100 characters, once per message or form.
    pub fn custom_id(&mut self, one: &Value, at: &str) -> String {
        let id = self
            .form
            .required_text(one, "custom_id", at, length(1, 100));
        if !id.is_empty() && !self.ids.insert(id.clone()) {
            self.form.fault(
                &join(at, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        id
    }
}

pub(super) fn present(one: &Value, key: &str) -> bool {
    one.get(key).is_some_and(|value| !value.is_null())
}

/// An emoji: a custom one by its id, or a character. Words are no emoji.
pub(super) fn emoji(form: &mut Form, one: &Value, at: &str) -> Option<Value> {
    let emoji = one.get("emoji").filter(|emoji| emoji.is_object())?;
    let custom = present(emoji, "id");
    if !custom && emoji["name"].as_str().is_none_or(|name| name.is_ascii()) {
        let at = join(&join(at, "emoji"), "name");
        form.fault(&at, "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
    }
    Some(without_nulls(emoji))
}

fn without_nulls(value: &Value) -> Value {
    let Some(fields) = value.as_object() else {
        return value.clone();
    };
    fields
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
