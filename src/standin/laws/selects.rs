//! Selects: their bounds and, for those with own options, the options.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::components::{Walk, emoji, kind};
use super::form::{join, length};

impl Walk<'_> {
    pub(super) fn select(
        &mut self,
        kind: i64,
        one: &Value,
        at: &str,
        shown: &mut Map<String, Value>,
    ) {
        let id = self.custom_id(one, at);
        let min = self.form.integer(one, "min_values", at, 0, 25).unwrap_or(1);
        let max = self.form.integer(one, "max_values", at, 1, 25).unwrap_or(1);
        if min > max {
            self.form.fault(
                at,
                "SELECT_COMPONENT_MIN_VALUES_EXCEEDS_MAX_VALUES",
                "Minimum values cannot exceed maximum values",
            );
        }
        shown.extend([
            ("custom_id".to_owned(), json!(id)),
            ("min_values".to_owned(), json!(min)),
            ("max_values".to_owned(), json!(max)),
        ]);
        if let Some(placeholder) = self.form.text(one, "placeholder", at, length(0, 150)) {
            shown.insert("placeholder".to_owned(), json!(placeholder));
        }
        if self.form.boolean(one, "disabled", at) == Some(true) {
            shown.insert("disabled".to_owned(), json!(true));
        }
        if let Some(required) = self.form.boolean(one, "required", at) {
            shown.insert("required".to_owned(), json!(required));
        }
        if kind == kind::STRING_SELECT {
            let options = self.options(one, at, min, max);
            shown.insert("options".to_owned(), json!(options));
        } else if let Some(defaults) = self
            .form
            .list(one, "default_values", at, 25)
            .filter(|list| !list.is_empty())
        {
            shown.insert("default_values".to_owned(), json!(defaults));
        }
        if kind == kind::CHANNEL_SELECT
            && let Some(types) = self
                .form
                .list(one, "channel_types", at, 25)
                .filter(|list| !list.is_empty())
        {
            shown.insert("channel_types".to_owned(), json!(types));
        }
    }

    fn options(&mut self, one: &Value, at: &str, min: i64, max: i64) -> Vec<Value> {
        let list = self
            .form
            .list(one, "options", at, usize::MAX)
            .unwrap_or(&[]);
        let at = join(at, "options");
        let least = usize::try_from(min.max(1)).unwrap_or(1);
        if list.len() < least || list.len() > 25 {
            self.form.fault(
                &at,
                "BASE_TYPE_BAD_LENGTH",
                &format!("Must be between {least} and 25 in length."),
            );
        }
        let mut values = HashSet::new();
        let mut defaults = 0;
        let mut shown = Vec::new();
        for (index, option) in list.iter().enumerate() {
            let at = join(&at, &index.to_string());
            let label = self
                .form
                .required_text(option, "label", &at, length(1, 100));
            let value = self
                .form
                .required_text(option, "value", &at, length(1, 100));
            if !values.insert(value.clone()) {
                self.form.fault(
                    &join(&at, "value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used",
                );
            }
            let mut entry = json!({"label": label, "value": value});
            if let Some(text) = self
                .form
                .text(option, "description", &at, length(0, 100))
                .filter(|text| !text.is_empty())
            {
                entry["description"] = json!(text);
            }
            if let Some(emoji) = emoji(self.form, option, &at) {
                entry["emoji"] = emoji;
            }
            if self.form.boolean(option, "default", &at) == Some(true) {
                defaults += 1;
                entry["default"] = json!(true);
            }
            shown.push(entry);
        }
        if defaults > max {
            self.form.fault(
                &at,
                "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
                "More options are selected by default than may be chosen",
            );
        }
        shown
    }
}
