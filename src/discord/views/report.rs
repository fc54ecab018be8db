//! How a report looks.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::desk::Reported;
use crate::discord::reply::{Embed, Post, Upload};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::discord::words::report::percent;
use crate::domain::category::Category;
use crate::domain::clocks::ClockKind;
use crate::domain::report::{Report, Share, TierReport};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

/// The report as text.
pub fn shown(words: Words, reported: &Reported, category: Option<&Category>) -> Post {
    let report = &reported.report;
    let (from, until) = dates(reported);
    let mut about = words.report_about(&reported.zone);
    if let Some(category) = category {
        about = format!(
            "{} {about}",
            words.report_about_category(&words.category(category))
        );
    }
    let mut embed = Embed {
        title: Some(words.report_title(&from, &until)),
        description: Some(about),
        colour: Some(colour::QUIET),
        ..Embed::default()
    };
    let solution = format!(
        "{}\n{}",
        words.spans(&report.resolution),
        words.report_solution_wall(&words.spans(&report.resolution_wall))
    );
    embed = embed
        .with_field(words.report_tickets(), tickets(words, report))
        .with_field(words.report_promises(), promises(words, report))
        .with_field(words.report_answer(), words.spans(&report.first_response))
        .with_field(words.report_taken(), words.spans(&report.taken))
        .with_field(words.report_solution(), solution)
        .with_field(words.report_quality(), quality(words, report));
    for tier in &report.tiers {
        embed = embed.with_field(tier.tier.to_string(), of_tier(words, tier));
    }
    let waits = format!(
        "{}, {}",
        words.report_waits_requester(percent(report.waited_requester)),
        words.report_waits_vendor(percent(report.waited_vendor))
    );
    let satisfied = words.report_satisfied_share(
        &words.share(report.satisfied),
        &words.share(report.answered),
    );
    embed = embed
        .with_field(words.report_waits(), waits)
        .with_field(words.report_satisfied(), satisfied);
    // Questions and messages belong to no category.
    if category.is_none() {
        let asked = reported.asked;
        let counts = words.report_questions_counts(
            asked.questions,
            asked.confirmed,
            asked.possible,
            asked.none,
            asked.found_nothing,
        );
        embed = embed
            .with_field(words.report_questions(), counts)
            .with_field(words.report_messages(), messages(words, reported));
    }
    Post::embed(embed)
}

/// The first and the last day of its period.
fn dates(reported: &Reported) -> (String, String) {
    let zone = TimeZoneDatabase::bundled().get(&reported.zone);
    let zone = zone.unwrap_or(TimeZone::UTC);
    let date = |at: Timestamp| zone.to_datetime(at).date().to_string();
    let last = reported.period.until - SignedDuration::from_nanos(1);
    (date(reported.period.from), date(last))
}

fn tickets(words: Words, report: &Report) -> String {
    let counts = words.report_tickets_counts(report.opened, report.solved);
    let backlog = &report.backlog;
    let said = |seconds: i64| words.duration(SignedDuration::from_secs(seconds));
    let backlog = match (backlog.median, backlog.longest) {
        (Some(median), Some(longest)) => {
            words.report_backlog(backlog.n, &said(median), &said(longest))
        }
        _ => words.report_backlog_none(),
    };
    format!("{counts}\n{backlog}")
}

fn promises(words: Words, report: &Report) -> String {
    let clocks = [ClockKind::FirstResponse, ClockKind::Resolution];
    let kept = clocks.into_iter().filter_map(|clock| {
        let share = report.promises.get(clock.key())?;
        Some(words.report_promise(&words.clock(clock), &words.share(*share)))
    });
    let lines: Vec<String> = kept
        .chain([words.report_updates(report.updates_missed)])
        .collect();
    lines.join("\n")
}

fn quality(words: Words, report: &Report) -> String {
    type Said = fn(&Words, &str) -> String;
    let shares: [(Share, Said); 5] = [
        (report.first_contact, Words::report_first_contact),
        (report.one_touch, Words::report_one_touch),
        (report.reopened, Words::report_reopened),
        (report.repeated, Words::report_repeated),
        (report.bounced, Words::report_bounced),
    ];
    let lines: Vec<String> = shares
        .into_iter()
        .filter(|(share, _)| share.of > 0)
        .map(|(share, said)| said(&words, &words.share(share)))
        .collect();
    if lines.is_empty() {
        return words.report_share_none();
    }
    lines.join("\n")
}

fn of_tier(words: Words, tier: &TierReport) -> String {
    let mut lines = vec![words.report_tier(tier.came, tier.solved)];
    if tier.escalated.of > 0 {
        lines.push(words.report_tier_escalated(&words.share(tier.escalated)));
    }
    if tier.stay.n > 0 {
        lines.push(words.report_tier_stay(&words.spans(&tier.stay)));
    }
    lines.join("\n")
}

fn messages(words: Words, reported: &Reported) -> String {
    let delivered = reported.delivered;
    let seconds = |ms: i64| words.report_seconds(&format!("{}.{}", ms / 1000, ms % 1000 / 100));
    let took = match (delivered.median_ms, delivered.p99_ms) {
        (Some(median), Some(p99)) => {
            words.report_messages_took(&seconds(median), &seconds(p99), delivered.messages)
        }
        _ => words.report_spans_none(),
    };
    if delivered.given_up == 0 {
        return took;
    }
    format!(
        "{took}\n{}",
        words.report_messages_given_up(delivered.given_up)
    )
}

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

/// The figures as a file.
pub fn file(reported: &Reported, category: Option<&Category>, export: Export) -> Upload {
    let (from, until) = dates(reported);
    let all = json!({
        "from": from,
        "until": until,
        "zone": reported.zone,
        "category": category.map(|category| category.key),
        "tickets": reported.report,
        "questions": reported.asked,
        "messages": reported.delivered,
    });
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
