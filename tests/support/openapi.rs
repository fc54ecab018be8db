//! Holds a ledger of the stand-in to Discord's OpenAPI document, in both directions: what was asked, and what was answered.
//!
//! The document is not part of this repository; `DISCORD_OPENAPI` names the file. It can be wrong itself: where Discord's
//! written documentation differs, that counts, and the difference stands in [`excuse_request`] or [`excuse_answer`] with its
//! reason.

use std::collections::HashMap;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

/// Under this name the document is known to the validators.
const NAME: &str = "https://openapi.invalid/discord.json";

/// Discord's document, from the file that `DISCORD_OPENAPI` names, or `None` after saying that the check does not run.
///
/// # Panics
/// When the variable is set and the file cannot be read: a check that was asked for must not be left out in silence.
pub fn document() -> Option<Value> {
    let Some(path) = std::env::var_os("DISCORD_OPENAPI") else {
        eprintln!(
            "did not run: set DISCORD_OPENAPI to the path of Discord's OpenAPI document to hold the stand-in to it"
        );
        return None;
    };
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(
        serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    )
}

/// What in a ledger breaks the document: one sentence each, with the line's number.
pub fn violations(document: &Value, ledger: &[Value]) -> Vec<String> {
    let registry = Registry::new()
        .draft(Draft::Draft202012)
        .add(NAME, document)
        .and_then(|builder| builder.prepare())
        .expect("the document is a JSON document with inner references only");
    let mut book = Book {
        document,
        registry: &registry,
        validators: HashMap::new(),
    };
    ledger.iter().flat_map(|line| book.check(line)).collect()
}

struct Book<'d> {
    document: &'d Value,
    registry: &'d Registry<'d>,
    validators: HashMap<String, Validator>,
}

impl Book<'_> {
    fn check(&mut self, line: &Value) -> Vec<String> {
        let method = line["method"].as_str().unwrap_or_default();
        let Some(route) = line["route"].as_str() else {
            return vec![format!(
                "{}: {method} {} is no route of the stand-in",
                line["seq"], line["path"]
            )];
        };
        if line["faulty"] == json!(true) {
            // A scripted failure is wrong on purpose.
            return Vec::new();
        }
        let path = format!("/paths/{}/{}", escape(route), method.to_lowercase());
        if self.document.pointer(&path).is_none() {
            return vec![format!(
                "{}: {method} {route} is not in the document",
                line["seq"]
            )];
        }
        let status = line["status"].as_u64().unwrap_or(0);
        let mut found = Vec::new();
        // Requests that were refused are often wrong on purpose; that they are refused is tested elsewhere.
        if status < 300 {
            let body = excuse_request(&line["body"]);
            let schema = format!("{path}/requestBody/content/application~1json/schema");
            found.extend(
                self.validate(&schema, &body, !body.is_null())
                    .into_iter()
                    .map(|fault| format!("request, {fault}")),
            );
        }
        let answer = excuse_answer(&line["answer"]);
        match self.answer_schema(&path, status) {
            Some(schema) => {
                found.extend(
                    self.validate(&schema, &answer, true)
                        .into_iter()
                        .map(|fault| format!("answer, {fault}")),
                );
            }
            None if answer.is_null() => {}
            None => found.push(format!(
                "answer: the document has no body for status {status}"
            )),
        }
        found
            .into_iter()
            .map(|fault| format!("{}: {method} {route} ({status}): {fault}", line["seq"]))
            .collect()
    }

    /// The place of the schema for an answer; `None` where the document has no body for it.
    fn answer_schema(&self, path: &str, status: u64) -> Option<String> {
        let responses = format!("{path}/responses");
        let exact = format!("{responses}/{status}");
        let mut place = match self.document.pointer(&exact) {
            Some(_) => exact,
            None => format!("{responses}/{}XX", status / 100),
        };
        let response = self.document.pointer(&place)?;
        if let Some(reference) = response["$ref"].as_str() {
            place = reference.trim_start_matches('#').to_owned();
        }
        let schema = format!("{place}/content/application~1json/schema");
        self.document.pointer(&schema).map(|_| schema)
    }

    fn validate(&mut self, schema: &str, value: &Value, wanted: bool) -> Vec<String> {
        if !wanted || self.document.pointer(schema).is_none() {
            return Vec::new();
        }
        let registry = self.registry;
        let validator = self.validators.entry(schema.to_owned()).or_insert_with(|| {
            // Braces cannot stand in a URI.
            let fragment = schema.replace('{', "%7B").replace('}', "%7D");
            let schema = json!({"$ref": format!("{NAME}#{fragment}")});
            let options = jsonschema::options()
                .with_draft(Draft::Draft202012)
                .with_registry(registry);
            options
                .build(&schema)
                .expect("the document's schemas can be compiled")
        });
        validator
            .iter_errors(value)
            .map(|error| {
                format!(
                    "at {:?}: {}",
                    error.instance_path().to_string(),
                    shorten(&error.to_string())
                )
            })
            .collect()
    }
}

fn escape(route: &str) -> String {
    route.replace('~', "~0").replace('/', "~1")
}

fn shorten(text: &str) -> String {
    if text.chars().count() > 600 {
        text.chars().take(600).collect::<String>() + "…"
    } else {
        text.to_owned()
    }
}

/// Takes known differences out of a request.
fn excuse_request(body: &Value) -> Value {
    let mut body = body.clone();
    bits_as_numbers(&mut body);
    // Libraries number new files with integers, as the documentation's own example does; the file wants a snowflake.
    for place in ["", "/data"] {
        let files = body.pointer_mut(&format!("{place}/attachments"));
        for file in files.and_then(Value::as_array_mut).into_iter().flatten() {
            if file["id"].is_number() {
                file["id"] = json!(file["id"].to_string());
            }
        }
    }
    body
}

/// The documentation has sets of permission bits as text, in requests too; the file wants numbers there.
fn bits_as_numbers(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(bits_as_numbers),
        Value::Object(fields) => {
            for (name, field) in fields {
                let bits = field.as_str().and_then(|bits| bits.parse::<u64>().ok());
                match (name.as_str(), bits) {
                    (
                        "allow" | "deny" | "permissions" | "default_member_permissions",
                        Some(bits),
                    ) => *field = json!(bits),
                    ("permission_overwrites", _) => bits_as_numbers(field),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Takes known differences out of an answer.
fn excuse_answer(answer: &Value) -> Value {
    let mut answer = answer.clone();
    if answer["code"] == json!(50035) {
        codes_as_numbers(&mut answer["errors"]);
    }
    answer
}

/// The faults of single fields have names as codes in the documentation (`BASE_TYPE_REQUIRED`); the file wants numbers.
fn codes_as_numbers(errors: &mut Value) {
    for (name, inner) in errors.as_object_mut().into_iter().flatten() {
        if name == "_errors" {
            for fault in inner.as_array_mut().into_iter().flatten() {
                fault["code"] = json!(0);
            }
        } else {
            codes_as_numbers(inner);
        }
    }
}
