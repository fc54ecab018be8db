//! The clocks and calendars against vectors: input, and what has to come out.
//!
//! `vectors.jsonl` holds ours. `SLA_VECTORS=PATH cargo test --test sla_vectors` takes another file of the same form: one
//! JSON object a line with `id`, `kind`, `input`, and `expected`. What comes out must equal what is expected, where
//! absent and `null` are the same. Ours are also held to a second algorithm that knows nothing but seconds (`walk`),
//! and so are random calendars and tickets (`properties`).

mod answer;
mod properties;
mod tickets;
mod vector;
mod walk;

use std::collections::BTreeMap;
use std::fs;

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

use answer::answer;
use vector::{Vector, read, same};

const OURS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/sla_vectors/vectors.jsonl"
);

#[test]
fn every_vector_holds() {
    let path = std::env::var("SLA_VECTORS").unwrap_or_else(|_| OURS.to_owned());
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let vectors = read(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let zones = TimeZoneDatabase::bundled();
    let mut faults = Vec::new();
    for vector in &vectors {
        // What comes out may not depend on when it is asked: inside of a calendar's window, and far from it.
        for now in ["2026-11-02T00:00:00Z", "1996-02-29T12:00:00Z"] {
            let now: Timestamp = now.parse().expect("an instant");
            match answer(vector, &zones, now) {
                Ok(came) if same(&came, &vector.expected) => {}
                Ok(came) => faults.push(vector.fault(&came, &format!("asked at {now}"))),
                Err(error) => faults.push(format!("{}: {error}", vector.id)),
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{path}: {} answers to {} vectors are wrong:\n{}",
        faults.len(),
        vectors.len(),
        faults.join("\n")
    );
    println!("{path}: all {} vectors hold", vectors.len());
}

#[test]
fn our_vectors_hold_by_a_walk_from_second_to_second() {
    for vector in ours() {
        let Some(came) = walk::answer(&vector) else {
            // What a broken calendar is told, and what is posted after an outage, is nothing to walk through.
            assert!(vector.kind == "catch_up" || vector.expected["error"].is_string());
            continue;
        };
        assert!(
            same(&came, &vector.expected),
            "{}",
            vector.fault(&came, "by the walk")
        );
    }
}

#[test]
fn our_vectors_are_of_every_kind_and_code() {
    let vectors = ours();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for vector in &vectors {
        *kinds.entry(&vector.kind).or_default() += 1;
        if let Some(code) = vector.expected["error"].as_str() {
            *codes.entry(code).or_default() += 1;
        }
    }
    let told: Vec<&str> = kinds.keys().copied().collect();
    assert_eq!(
        told,
        ["add", "catch_up", "elapsed", "next_open", "ticket", "warn"]
    );
    let told: Vec<&str> = codes.keys().copied().collect();
    let expected = [
        "bad_date",
        "bad_time",
        "bad_time_zone",
        "bad_weekday",
        "empty_interval",
        "no_business_hours",
        "overlapping_intervals",
    ];
    assert_eq!(told, expected);
    assert!(vectors.len() >= 60, "{} vectors", vectors.len());
}

#[test]
fn a_broken_line_is_told_with_its_number() {
    let fine = r#"{"id":"a","kind":"add","input":{},"expected":{}}"#;
    for (text, told) in [
        ("{}", "line 1: missing field `id`"),
        ("\n{\"id\":", "line 2: EOF while parsing"),
        (&format!("{fine}\n{fine}"), "line 2: there is another a"),
        ("", "no vectors"),
        ("\n\n", "no vectors"),
    ] {
        let error = read(text).expect_err("a fault");
        assert!(error.starts_with(told), "{error}");
    }
    let zones = TimeZoneDatabase::bundled();
    for (line, told) in [
        (fine, "input: missing field `calendar`"),
        (
            r#"{"id":"b","kind":"sub","input":{},"expected":{}}"#,
            "there is no kind sub",
        ),
        (
            r#"{"id":"c","kind":"elapsed","input":{"calendar":{"tz":"UTC","weekly":{"mon":[["00:00","01:00"]]}},"from":"yesterday","to":"2026-01-01T00:00:00Z"},"expected":{}}"#,
            "input: ",
        ),
        (
            r#"{"id":"d","kind":"ticket","input":{"calendars":{},"policy":{},"events":[{"at":"2026-01-01T00:00:00Z","type":"slept"}],"as_of":"2026-01-01T00:00:00Z"},"expected":{}}"#,
            "input: unknown variant `slept`",
        ),
    ] {
        let vectors = read(line).expect("a line");
        let error = answer(&vectors[0], &zones, Timestamp::UNIX_EPOCH).expect_err("a fault");
        assert!(error.starts_with(told), "{error}");
    }
}

#[test]
fn a_wrong_answer_is_told_with_what_was_expected_and_what_came() {
    let line = r#"{"id":"mine-7","kind":"add","input":{},"expected":{"due":null,"consumed_s":5},"note":"why"}"#;
    let vector = read(line).expect("a line").remove(0);
    let came = serde_json::json!({"due": "2026-01-01T00:00:00Z"});
    assert!(!same(&came, &vector.expected));
    let fault = vector.fault(&came, "at noon");
    assert_eq!(
        fault,
        "mine-7 (add, why), at noon:\n  expected {\"consumed_s\":5,\"due\":null}\n  came     {\"due\":\"2026-01-01T00:00:00Z\"}"
    );
}

fn ours() -> Vec<Vector> {
    let text = fs::read_to_string(OURS).expect("our vectors");
    read(&text).expect("our vectors are well-formed")
}
