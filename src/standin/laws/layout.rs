//! The newer layout components, which only a message with their flag may have.

use serde_json::{Map, Value, json};

use super::components::{Walk, kind};
use super::form::{join, length};

impl Walk<'_> {
    pub(super) fn displayed_text(&mut self, one: &Value, at: &str, shown: &mut Map<String, Value>) {
        let text = self.form.required_text(one, "content", at, length(1, 4000));
        self.text += text.chars().count();
        shown.insert("content".to_owned(), json!(text));
    }

    pub(super) fn section(&mut self, one: &Value, at: &str, shown: &mut Map<String, Value>) {
        let list = self.form.list(one, "components", at, 3).unwrap_or(&[]);
        if list.is_empty() {
            self.form.fault(
                &join(at, "components"),
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 3 in length.",
            );
        }
        let children = self.children(list, &join(at, "components"), &[kind::TEXT]);
        shown.insert("components".to_owned(), json!(children));
        match one
            .get("accessory")
            .filter(|accessory| accessory.is_object())
        {
            Some(accessory) => {
                let at = join(at, "accessory");
                let accessory = self.component(accessory, &at, &[kind::BUTTON, kind::THUMBNAIL]);
                shown.insert("accessory".to_owned(), json!(accessory));
            }
            None => self.form.required(&join(at, "accessory")),
        }
    }

    pub(super) fn media(
        &mut self,
        kind: i64,
        one: &Value,
        at: &str,
        shown: &mut Map<String, Value>,
    ) {
        let key = if kind == kind::FILE { "file" } else { "media" };
        let url = self
            .form
            .required_text(&one[key], "url", &join(at, key), length(1, 2048));
        shown.insert(key.to_owned(), json!({"url": url}));
        let spoiler = self.form.boolean(one, "spoiler", at).unwrap_or(false);
        shown.insert("spoiler".to_owned(), json!(spoiler));
    }

    pub(super) fn gallery(&mut self, one: &Value, at: &str, shown: &mut Map<String, Value>) {
        let list = self.form.list(one, "items", at, 10).unwrap_or(&[]);
        if list.is_empty() {
            self.form.fault(
                &join(at, "items"),
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 10 in length.",
            );
        }
        let mut items = Vec::new();
        for (index, item) in list.iter().enumerate() {
            let mut entry = Map::new();
            self.media(
                kind::GALLERY,
                item,
                &join(&join(at, "items"), &index.to_string()),
                &mut entry,
            );
            items.push(Value::Object(entry));
        }
        shown.insert("items".to_owned(), json!(items));
    }

    pub(super) fn container(&mut self, one: &Value, at: &str, shown: &mut Map<String, Value>) {
        let list = self.form.list(one, "components", at, 40).unwrap_or(&[]);
        let inside = [
            kind::ROW,
            kind::SECTION,
            kind::TEXT,
            kind::GALLERY,
            kind::FILE,
            kind::SEPARATOR,
        ];
        let children = self.children(list, &join(at, "components"), &inside);
        shown.insert("components".to_owned(), json!(children));
        if let Some(colour) = self.form.integer(one, "accent_color", at, 0, 0xFF_FFFF) {
            shown.insert("accent_color".to_owned(), json!(colour));
        }
        let spoiler = self.form.boolean(one, "spoiler", at).unwrap_or(false);
        shown.insert("spoiler".to_owned(), json!(spoiler));
    }
}
