//! Reads the fields of a request and collects what is wrong with them, in the shape of Discord's code 50035.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::refusal::Refused;
use crate::standin::ids::Id;

/// The faults found in one request body.
#[derive(Default, Debug)]
pub struct Form {
    errors: Map<String, Value>,
}

/// How many characters a text may have.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    /// At least as many.
    pub min: usize,
    /// At most as many.
    pub max: usize,
}

/// Between `min` and `max` characters, counted in code points as Discord counts them.
pub const fn length(min: usize, max: usize) -> Length {
    Length { min, max }
}

impl Form {
    /// Notes a fault at a dotted path.
    pub fn fault(&mut self, path: &str, code: &str, message: &str) {
        let mut place = &mut self.errors;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let entry = place.entry(step).or_insert_with(|| json!({}));
            if !entry.is_object() {
                return;
            }
            match entry {
                Value::Object(fields) => place = fields,
                _ => return,
            }
        }
        let list = place.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!({"code": code, "message": message}));
        }
    }

    /// Whether nothing was wrong so far.
    pub fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// `Ok` when nothing was wrong.
    ///
    /// # Errors
    /// Code 50035 with every fault.
    pub fn finish(self) -> Result<(), Refused> {
        if self.is_clean() {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    /// The refusal for the faults found.
    pub fn refusal(self) -> Refused {
        Refused {
            status: StatusCode::BAD_REQUEST,
            code: 50035,
            message: "Invalid Form Body".to_owned(),
            errors: Some(Value::Object(self.errors)),
        }
    }

    /// Notes that a required field is missing.
    pub fn required(&mut self, path: &str) {
        self.fault(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Notes that a value is none of the allowed ones.
    pub fn choices(&mut self, path: &str, allowed: &str) {
        self.fault(
            path,
            "BASE_TYPE_CHOICES",
            &format!("Value must be one of {{{allowed}}}."),
        );
    }

    /// An optional text; absent and null are `None`.
    pub fn text(&mut self, body: &Value, key: &str, at: &str, length: Length) -> Option<String> {
        let path = join(at, key);
        match body.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => {
                self.check_length(&path, text, length);
                Some(text.clone())
            }
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(other) => {
                let message = format!("Could not interpret \"{other}\" as string.");
                self.fault(&path, "STRING_TYPE_CONVERT", &message);
                None
            }
        }
    }

    /// A text that must be there.
    pub fn required_text(&mut self, body: &Value, key: &str, at: &str, length: Length) -> String {
        match self.text(body, key, at, length) {
            Some(text) => text,
            None => {
                if matches!(body.get(key), None | Some(Value::Null)) {
                    self.required(&join(at, key));
                }
                String::new()
            }
        }
    }

    /// Notes a text that is too short or too long.
    pub fn check_length(&mut self, path: &str, text: &str, length: Length) {
        let count = text.chars().count();
        if length.min == 1 && count == 0 {
            self.required(path);
        } else if count < length.min || count > length.max {
            if length.min == 0 {
                let message = format!("Must be {} or fewer in length.", length.max);
                self.fault(path, "BASE_TYPE_MAX_LENGTH", &message);
            } else {
                let message = format!(
                    "Must be between {} and {} in length.",
                    length.min, length.max
                );
                self.fault(path, "BASE_TYPE_BAD_LENGTH", &message);
            }
        }
    }

    /// An optional whole number within bounds.
    pub fn integer(
        &mut self,
        body: &Value,
        key: &str,
        at: &str,
        min: i64,
        max: i64,
    ) -> Option<i64> {
        let path = join(at, key);
        let value = match body.get(key) {
            None | Some(Value::Null) => return None,
            Some(Value::Number(number)) => number.as_i64(),
            Some(Value::String(text)) => text.parse().ok(),
            Some(_) => None,
        };
        let Some(value) = value else {
            self.fault(
                &path,
                "NUMBER_TYPE_COERCE",
                &format!("Value {} is not int.", body[key]),
            );
            return None;
        };
        if value > max {
            let message = format!("int value should be less than or equal to {max}.");
            self.fault(&path, "NUMBER_TYPE_MAX", &message);
        } else if value < min {
            let message = format!("int value should be greater than or equal to {min}.");
            self.fault(&path, "NUMBER_TYPE_MIN", &message);
        }
        Some(value)
    }

    /// An optional yes or no.
    pub fn boolean(&mut self, body: &Value, key: &str, at: &str) -> Option<bool> {
        match body.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::Bool(yes)) => Some(*yes),
            Some(_) => {
                self.fault(
                    &join(at, key),
                    "BOOLEAN_TYPE_CONVERT",
                    "Must be either true or false.",
                );
                None
            }
        }
    }

    /// An optional id.
    pub fn id(&mut self, body: &Value, key: &str, at: &str) -> Option<Id> {
        match body.get(key) {
            None | Some(Value::Null) => None,
            Some(value) => {
                let id = Id::from_json(value);
                if id.is_none() {
                    let message = format!("Value {value} is not snowflake.");
                    self.fault(&join(at, key), "NUMBER_TYPE_COERCE", &message);
                }
                id
            }
        }
    }

    /// An optional set of permission bits, as text or number.
    pub fn bits(&mut self, body: &Value, key: &str, at: &str) -> Option<u64> {
        let bits = match body.get(key) {
            None | Some(Value::Null) => return None,
            Some(Value::String(text)) => text.parse().ok(),
            Some(Value::Number(number)) => number.as_u64(),
            Some(_) => None,
        };
        if bits.is_none() {
            let message = format!("Value {} is not int.", body[key]);
            self.fault(&join(at, key), "NUMBER_TYPE_COERCE", &message);
        }
        bits
    }

    /// An optional list with at most `max` entries.
    pub fn list<'a>(
        &mut self,
        body: &'a Value,
        key: &str,
        at: &str,
        max: usize,
    ) -> Option<&'a [Value]> {
        match body.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::Array(list)) => {
                if list.len() > max {
                    let message = format!("Must be {max} or fewer in length.");
                    self.fault(&join(at, key), "BASE_TYPE_MAX_LENGTH", &message);
                }
                Some(list)
            }
            Some(_) => {
                self.fault(
                    &join(at, key),
                    "LIST_TYPE_CONVERT",
                    "Only iterables may be used in a ListType",
                );
                None
            }
        }
    }
}

/// A path and one step more.
pub fn join(at: &str, key: &str) -> String {
    if at.is_empty() {
        key.to_owned()
    } else {
        format!("{at}.{key}")
    }
}
