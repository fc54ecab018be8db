//! Random calendars and tickets around changes of the clocks, in zones where they are strange, held to the walk.

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::answer::answer;
use crate::vector::{Vector, same};
use crate::walk;

/// Where the clocks change, and about when: gaps and repeated hours at night and at midnight, by half an hour, by a day,
/// with a flag for summer time that is the wrong way around.
const CHANGES: [(&str, &str); 18] = [
    ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
    ("Europe/Dublin", "2026-03-29T01:00:00Z"),
    ("Europe/Dublin", "2026-10-25T01:00:00Z"),
    ("Africa/Casablanca", "2025-02-23T02:00:00Z"),
    ("Africa/Casablanca", "2025-04-06T02:00:00Z"),
    ("America/Santiago", "2026-04-05T03:00:00Z"),
    ("America/Santiago", "2026-09-06T04:00:00Z"),
    ("Africa/Cairo", "2026-04-23T22:00:00Z"),
    ("Africa/Cairo", "2026-10-29T21:00:00Z"),
    ("America/Havana", "2026-03-08T05:00:00Z"),
    ("America/Havana", "2026-11-01T05:00:00Z"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("Pacific/Kwajalein", "1993-08-21T12:00:00Z"),
    ("America/New_York", "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01T06:00:00Z"),
    ("Asia/Kathmandu", "1985-12-31T18:30:00Z"),
    ("UTC", "2026-06-15T00:00:00Z"),
];
const DAY: i64 = 86_400;

/// Intervals of a day, in quarters of an hour, so that many ends meet a change. The last may go past midnight.
fn intervals() -> impl Strategy<Value = Value> {
    let cuts = prop::collection::btree_set(0i64..96, 0..5);
    (cuts, 0i64..96).prop_map(|(cuts, night)| {
        let cuts: Vec<i64> = cuts.into_iter().collect();
        let time = |quarter: i64| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
        let mut list: Vec<[String; 2]> = cuts
            .chunks_exact(2)
            .map(|pair| [time(pair[0]), time(pair[1])])
            .collect();
        if let [last] = cuts.chunks_exact(2).remainder() {
            // Half of them end at midnight, the others somewhere in the next morning.
            let end = if night < 48 || night >= *last {
                96
            } else {
                night
            };
            list.push([time(*last), time(end)]);
        }
        json!(list)
    })
}

/// A calendar around a change, and the instant of the change in seconds.
fn calendar() -> impl Strategy<Value = (Value, i64)> {
    let days = prop::array::uniform7(intervals());
    let dated = prop::collection::vec((-3i64..4, prop::option::of(intervals())), 0..3);
    (0..CHANGES.len(), days, dated, 0usize..3).prop_filter_map(
        "it opens on some weekday",
        |(place, days, dated, whole)| {
            let (tz, change) = CHANGES[place];
            let change = walk::seconds(&json!(change));
            let mut weekly = serde_json::Map::new();
            let keys = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            for (key, list) in keys.iter().zip(days) {
                weekly.insert((*key).to_owned(), list);
            }
            if whole == 0 {
                weekly.insert("sun".to_owned(), json!([["00:00", "24:00"]]));
            }
            let opens = weekly.values().any(|list| *list != json!([]));
            let (mut holidays, mut overrides) = (Vec::new(), serde_json::Map::new());
            for (day, list) in dated {
                let date = walk::timestamp(change + day * DAY).to_string();
                match list {
                    Some(list) => drop(overrides.insert(date[..10].to_owned(), list)),
                    None => holidays.push(date[..10].to_owned()),
                }
            }
            let hours =
                json!({"tz": tz, "weekly": weekly, "holidays": holidays, "overrides": overrides});
            opens.then_some((hours, change))
        },
    )
}

/// Pauses around a change; some without an end.
fn pauses() -> impl Strategy<Value = Vec<(i64, Option<i64>)>> {
    let ends = prop_oneof![5 => (-300i64..90_000).prop_map(Some), 1 => Just(None)];
    prop::collection::vec((-2 * DAY..3 * DAY, ends), 0..4)
}

fn told(pauses: &[(i64, Option<i64>)], change: i64) -> Value {
    let told = pauses.iter().map(|(from, length)| {
        let end = length.map(|length| walk::timestamp(change + from + length));
        json!([walk::timestamp(change + from), end])
    });
    json!(told.collect::<Vec<_>>())
}

/// Fails where product and walk do not answer the same.
fn held(kind: &str, input: Value) -> Result<(), TestCaseError> {
    let vector = Vector {
        id: "random".to_owned(),
        kind: kind.to_owned(),
        input,
        expected: Value::Null,
        note: String::new(),
    };
    let zones = TimeZoneDatabase::bundled();
    let Some(walked) = walk::answer(&vector) else {
        return Err(TestCaseError::reject("a long walk"));
    };
    for now in ["2026-06-01T00:00:00Z", "2150-01-01T00:00:00Z"] {
        let now: Timestamp = now.parse().expect("an instant");
        let came = answer(&vector, &zones, now).map_err(TestCaseError::fail)?;
        prop_assert!(
            same(&came, &walked),
            "{}\n  by the walk {walked}\n  came        {came}",
            vector.input
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(40), ..ProptestConfig::default() })]

    #[test]
    fn what_is_added_agrees((hours, change) in calendar(), start in -2 * DAY..DAY, target in 0i64..150_000, pauses in pauses()) {
        let pauses = told(&pauses, change);
        let start = walk::timestamp(change + start);
        held("add", json!({"calendar": hours, "start": start, "target_s": target, "pauses": pauses}))?;
    }

    #[test]
    fn what_is_measured_agrees((hours, change) in calendar(), from in -3 * DAY..DAY, length in -10i64..4 * DAY, pauses in pauses()) {
        let pauses = told(&pauses, change);
        let (from, to) = (walk::timestamp(change + from), walk::timestamp(change + from + length));
        held("elapsed", json!({"calendar": hours, "from": from, "to": to, "pauses": pauses}))?;
    }

    #[test]
    fn the_next_opening_agrees((hours, change) in calendar(), at in -2 * DAY..2 * DAY) {
        held("next_open", json!({"calendar": hours, "at": walk::timestamp(change + at)}))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(16), ..ProptestConfig::default() })]

    #[test]
    fn a_ticket_agrees((hours, change) in calendar(), priority in 1u8..5, steps in prop::collection::vec((0i64..20_000, 0usize..12), 0..14), last in 0i64..40_000) {
        let mut at = change - DAY;
        let mut events = vec![json!({"at": walk::timestamp(at), "type": "created", "priority": format!("P{priority}")})];
        for (wait, kind) in steps {
            // Some things happen in the same instant.
            at += if wait < 3000 { 0 } else { wait };
            let mut event = happens(kind);
            event["at"] = json!(walk::timestamp(at));
            events.push(event);
        }
        let row = |calendar: &str, mode: &str, hour: i64| json!({
            "calendar": calendar, "first_response": hour, "next_update": hour * 2,
            "next_update_mode": mode, "resolution": hour * 7 + 1,
        });
        held("ticket", json!({
            "calendars": {"business": hours, "always": {"tz": "UTC", "weekly": {
                "mon": [["00:00", "24:00"]], "tue": [["00:00", "24:00"]], "wed": [["00:00", "24:00"]], "thu": [["00:00", "24:00"]],
                "fri": [["00:00", "24:00"]], "sat": [["00:00", "24:00"]], "sun": [["00:00", "24:00"]]}}},
            "policy": {
                "P1": row("always", "periodic", 1800), "P2": row("business", "periodic", 3600),
                "P3": row("always", "reply", 9000), "P4": row("business", "reply", 7200),
            },
            "events": events,
            "as_of": walk::timestamp(at + last),
        }))?;
    }
}

fn happens(kind: usize) -> Value {
    match kind {
        0 | 1 => json!({"type": "agent_reply"}),
        2 | 3 => json!({"type": "user_reply"}),
        4 => json!({"type": "bot_reply"}),
        5 => json!({"type": "state", "to": "waiting_user"}),
        6 => json!({"type": "state", "to": "waiting_vendor"}),
        7 => json!({"type": "state", "to": "resolved"}),
        8 => json!({"type": "reopened"}),
        9 => json!({"type": "priority", "to": "P1"}),
        10 => json!({"type": "priority", "to": "P3"}),
        _ => json!({"type": "priority", "to": "P4"}),
    }
}

/// More with `PROPTEST_CASES`, as everywhere.
fn cases(usual: u32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}
