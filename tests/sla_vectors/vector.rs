//! The form of a vector.

use serde::Deserialize;
use serde_json::Value;

/// One line.
#[derive(Debug, Deserialize)]
pub struct Vector {
    pub id: String,
    pub kind: String,
    pub input: Value,
    pub expected: Value,
    #[serde(default)]
    pub note: String,
}

impl Vector {
    /// How a wrong answer is told.
    pub fn fault(&self, came: &Value, how: &str) -> String {
        let Self {
            id,
            kind,
            expected,
            note,
            ..
        } = self;
        format!("{id} ({kind}, {note}), {how}:\n  expected {expected}\n  came     {came}")
    }
}

/// Reads a file, or says which line is broken.
pub fn read(text: &str) -> Result<Vec<Vector>, String> {
    let mut vectors: Vec<Vector> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let vector: Vector =
            serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
        if vectors.iter().any(|other| other.id == vector.id) {
            return Err(format!("line {number}: there is another {}", vector.id));
        }
        vectors.push(vector);
    }
    if vectors.is_empty() {
        return Err("no vectors".to_owned());
    }
    Ok(vectors)
}

/// Whether two values are equal, absent and `null` being the same.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys = a.keys().chain(b.keys());
            let at = |map: &serde_json::Map<String, Value>, key: &str| {
                map.get(key).cloned().unwrap_or(Value::Null)
            };
            keys.all(|key| same(&at(a, key), &at(b, key)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        _ => a == b,
    }
}
