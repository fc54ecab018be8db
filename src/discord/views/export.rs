//! The figures of a report, to be taken along.

use std::sync::Arc;

use serde_json::{Value, json};

use super::report::dates;
use crate::desk::{OneReported, OpenedIn, Reported, Wanted};
use crate::discord::reply::Upload;
use crate::domain::report::Period;

/// How the figures can be taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// A table of two columns: which figure, and what it is.
    Csv,
    /// For programs.
    Json,
}

impl Export {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    /// How an option and a button's id name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The one of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// The figures of the desk as a file.
pub fn file(reported: &Reported, wanted: &Wanted, export: Export) -> Upload {
    let figures = json!({
        "tickets": reported.report,
        "questions": reported.asked,
        "messages": reported.delivered,
    });
    packed(figures, reported.period, &reported.zone, wanted, export)
}

/// The figures of one person as a file.
pub fn file_of_one(one: &OneReported, wanted: &Wanted, export: Export) -> Upload {
    // As a text: a spreadsheet would round so large a number.
    let figures = json!({ "person": one.person.0.to_string(), "tickets": one.personal });
    packed(figures, one.period, &one.zone, wanted, export)
}

fn packed(figures: Value, period: Period, zone: &str, wanted: &Wanted, export: Export) -> Upload {
    let (from, until) = dates(period, zone);
    let mut all = json!({
        "from": from,
        "until": until,
        "zone": zone,
        "category": wanted.category,
        "tier": wanted.tier.map(|tier| tier.to_string()),
        "opened_in": wanted.opened.map(|opened| match opened {
            OpenedIn::OfficeHours => "office_hours",
            OpenedIn::ClosedHours => "closed_hours",
        }),
    });
    if let (Value::Object(all), Value::Object(figures)) = (&mut all, figures) {
        all.extend(figures);
    }
    let text = match export {
        Export::Json => format!("{all:#}\n"),
        Export::Csv => {
            let mut rows = vec!["figure,value".to_owned()];
            table(&mut rows, "", &all);
            // As spreadsheets want it (RFC 4180).
            rows.join("\r\n") + "\r\n"
        }
    };
    Upload {
        name: format!("deskhand-{from}-{until}.{}", export.key()),
        bytes: Arc::from(text.into_bytes()),
        about: None,
    }
}

/// Adds each value below `value` as a row, named by its path.
fn table(rows: &mut Vec<String>, path: &str, value: &Value) {
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                table(rows, &below(name), value);
            }
        }
        Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                table(rows, &below(&(place + 1).to_string()), value);
            }
        }
        Value::Null => rows.push(format!("{path},")),
        Value::String(text) => rows.push(format!("{path},{}", cell(text))),
        other => rows.push(format!("{path},{other}")),
    }
}

/// A text as a cell: never a formula, whatever it begins with (`SECURITY` A27), and in quotation marks where it needs them.
pub(super) fn cell(text: &str) -> String {
    let harmless = !text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if harmless {
        text.to_owned()
    } else {
        format!("'{text}")
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_stays_one_cell() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("+1"), "'+1");
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("network"), "network");
        let mut rows = Vec::new();
        table(&mut rows, "", &json!({"a": {"b": [1, null]}, "c": "@x"}));
        assert_eq!(rows, ["a.b.1,1", "a.b.2,", "c,'@x"]);
    }
}
