use jiff::tz::TimeZoneDatabase;
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn hours(json: &str) -> Hours {
    serde_json::from_str(json).expect("hours")
}

fn calendar(json: &str) -> Calendar {
    let zones = TimeZoneDatabase::bundled();
    let made = hours(json).calendar(&zones, at("2026-11-02T00:00:00Z"));
    made.expect("a calendar")
}

fn fault(json: &str) -> CalendarFault {
    let made = hours(json).calendar(&TimeZoneDatabase::bundled(), at("2026-11-02T00:00:00Z"));
    made.expect_err("a fault")
}

fn secs(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

const LISBON: &str = r#"{"tz": "Europe/Lisbon",
    "weekly": {"mon": [["09:00", "12:30"], ["13:30", "18:00"]], "fri": [["22:00", "06:00"]]},
    "holidays": ["2026-11-09"], "overrides": {"2026-11-16": [["10:00", "11:00"]]}}"#;

#[test]
fn the_ends_of_time_are_where_the_library_says() {
    assert_eq!(FIRST, Timestamp::MIN.as_nanosecond());
    assert_eq!(LAST, Timestamp::MAX.as_nanosecond());
}

#[test]
fn what_is_written_can_be_kept_and_read_again() {
    let written = hours(LISBON);
    let kept = serde_json::to_string(&written).expect("JSON");
    assert_eq!(hours(&kept), written);
    let misspelt = r#"{"tz": "UTC", "weekly": {}, "holliday": []}"#;
    assert!(serde_json::from_str::<Hours>(misspelt).is_err());
    let pauses: Vec<Pause> =
        serde_json::from_str(r#"[["2026-01-01T00:00:00Z", null]]"#).expect("JSON");
    assert_eq!(pauses[0].to, None);
}

#[test]
fn a_broken_calendar_is_refused_with_the_place_and_what_to_do() {
    let of_monday = |list: &str| fault(&format!(r#"{{"tz": "UTC", "weekly": {{"mon": {list}}}}}"#));
    let cases = [
        (
            fault(r#"{"tz": "Mars/Olympus"}"#),
            "bad_time_zone",
            "write an IANA name",
        ),
        (
            fault(r#"{"tz": "europe/lisbon"}"#),
            "bad_time_zone",
            "write Europe/Lisbon",
        ),
        (fault(r#"{"tz": ""}"#), "bad_time_zone", "\"\""),
        (
            fault(r#"{"tz": "Etc/Unknown"}"#),
            "bad_time_zone",
            "Etc/Unknown",
        ),
        (fault(r#"{"tz": "+02:00"}"#), "bad_time_zone", "+02:00"),
        (
            fault(r#"{"tz": "UTC", "weekly": {"monday": []}}"#),
            "bad_weekday",
            "\"monday\"",
        ),
        (
            fault(r#"{"tz": "UTC"}"#),
            "no_business_hours",
            "never opens",
        ),
        (
            fault(r#"{"tz": "UTC", "weekly": {"mon": []}}"#),
            "no_business_hours",
            "weekday",
        ),
        (
            // The only interval ever falls into the hour that the clocks leave out.
            fault(r#"{"tz": "Europe/Lisbon", "overrides": {"2026-03-29": [["01:30", "02:30"]]}}"#),
            "no_business_hours",
            "never opens",
        ),
        (
            fault(r#"{"tz": "UTC", "holidays": ["2026-02-30"]}"#),
            "bad_date",
            "2026-02-30",
        ),
        (
            fault(r#"{"tz": "UTC", "holidays": ["20260203"]}"#),
            "bad_date",
            "20260203",
        ),
        (
            fault(r#"{"tz": "UTC", "overrides": {"2026-2-3": []}}"#),
            "bad_date",
            "overrides",
        ),
        (
            of_monday(r#"[["25:00", "26:00"]]"#),
            "bad_time",
            "weekly.mon: \"25:00\"",
        ),
        (of_monday(r#"[["24:01", "06:00"]]"#), "bad_time", "24:01"),
        (
            of_monday(r#"[["9:00", "17:00"]]"#),
            "bad_time",
            "two digits",
        ),
        (of_monday(r#"[["09:00", "17:60"]]"#), "bad_time", "17:60"),
        (of_monday(r#"[["09:00", "+7:00"]]"#), "bad_time", "+7:00"),
        (
            of_monday(r#"[["09:00", "17:00:00"]]"#),
            "bad_time",
            "17:00:00",
        ),
        (
            of_monday(r#"[["09:00", "09:00"]]"#),
            "empty_interval",
            "between 09:00 and 09:00",
        ),
        (
            of_monday(r#"[["24:00", "06:00"]]"#),
            "empty_interval",
            "24:00",
        ),
        (
            of_monday(r#"[["13:00", "15:00"], ["09:00", "13:01"]]"#),
            "overlapping_intervals",
            "weekly.mon: 09:00–13:01 and 13:00–15:00 overlap",
        ),
        (
            of_monday(r#"[["22:00", "06:00"], ["23:00", "24:00"]]"#),
            "overlapping_intervals",
            "overlap",
        ),
    ];
    for (fault, code, told) in cases {
        assert_eq!(fault.code(), code, "{fault}");
        assert!(fault.to_string().contains(told), "{fault}");
    }
}

#[test]
fn intervals_that_touch_or_meet_across_midnight_are_fine() {
    let calendar = calendar(
        r#"{"tz": "UTC", "weekly": {"mon": [["12:00", "18:00"], ["09:00", "12:00"], ["22:00", "06:00"]], "tue": [["04:00", "08:00"]]}}"#,
    );
    // Monday 9 to 18, 22 to 8 on Tuesday: the time that both have counts once.
    let week = calendar.elapsed(at("2026-11-02T00:00:00Z"), at("2026-11-09T00:00:00Z"), &[]);
    assert_eq!(week, secs(19 * 3600));
}

#[test]
fn an_override_wins_over_a_holiday_and_a_shift_belongs_to_the_date_on_which_it_begins() {
    let calendar = calendar(
        r#"{"tz": "Europe/Lisbon", "weekly": {"fri": [["22:00", "06:00"]], "sat": [["10:00", "12:00"]]},
            "holidays": ["2026-11-07", "2026-11-13", "2026-11-14"], "overrides": {"2026-11-14": [["10:00", "10:30"]]}}"#,
    );
    let hours = |from, to| calendar.elapsed(at(from), at(to), &[]).as_secs();
    assert_eq!(
        hours("2026-11-06T00:00:00Z", "2026-11-08T00:00:00Z"),
        8 * 3600
    );
    assert_eq!(hours("2026-11-13T00:00:00Z", "2026-11-15T00:00:00Z"), 1800);
}

#[test]
fn arithmetic_is_exact_below_the_second() {
    let calendar = calendar(LISBON);
    let start = at("2026-11-02T12:29:59.999999999Z");
    let due = calendar.add(start, SignedDuration::from_nanos(2), &[]);
    assert_eq!(due, Due::At(at("2026-11-02T13:30:00.000000001Z")));
    let due = calendar.add(start, SignedDuration::from_nanos(1), &[]);
    assert_eq!(due, Due::At(at("2026-11-02T12:30:00Z")));
    let pause = Pause {
        from: at("2026-11-02T10:00:00.25Z"),
        to: Some(at("2026-11-02T10:00:00.75Z")),
    };
    let elapsed = calendar.elapsed(
        at("2026-11-02T10:00:00Z"),
        at("2026-11-02T10:00:01Z"),
        &[pause],
    );
    assert_eq!(elapsed, SignedDuration::from_millis(500));
}

#[test]
fn the_window_and_the_way_around_it_agree() {
    let zones = TimeZoneDatabase::bundled();
    let near = calendar(LISBON);
    let far = hours(LISBON)
        .calendar(&zones, at("1980-01-01T00:00:00Z"))
        .expect("a calendar");
    // Over both ends of the near one's window.
    for (from, target) in [
        ("2024-05-01T00:00:00Z", 90_000_000),
        ("2026-11-02T09:00:00Z", 900_000_000),
    ] {
        let target = secs(target / 20);
        let due = near.add(at(from), target, &[]);
        assert_eq!(due, far.add(at(from), target, &[]));
        let due = due.at().expect("a due");
        assert_eq!(near.elapsed(at(from), due, &[]), target);
        assert_eq!(far.elapsed(at(from), due, &[]), target);
    }
    for year in 2023..2034 {
        let from = at(&format!("{year}-01-01T00:00:00Z"));
        assert_eq!(near.next_open(from), far.next_open(from));
    }
}

#[test]
fn days_that_are_only_written_as_dates_come_to_an_end() {
    let calendar = calendar(
        r#"{"tz": "UTC", "overrides": {"2026-12-05": [["10:00", "14:00"]], "2031-01-01": [["00:00", "01:00"]]}}"#,
    );
    let start = at("2026-11-02T00:00:00Z");
    let due = |hours: i64| calendar.add(start, secs(hours * 3600), &[]);
    assert_eq!(due(4), Due::At(at("2026-12-05T14:00:00Z")));
    assert_eq!(due(5), Due::At(at("2031-01-01T01:00:00Z")));
    assert_eq!(
        due(6),
        Due::Never {
            consumed: secs(5 * 3600)
        }
    );
    assert_eq!(calendar.next_open(at("2031-01-01T01:00:00Z")), None);
    assert!(!calendar.is_open(Timestamp::MAX));
    let all = calendar.elapsed(Timestamp::MIN, Timestamp::MAX, &[]);
    assert_eq!(all, secs(5 * 3600));
}

#[test]
fn the_ends_of_time_are_reached_and_nothing_hangs() {
    let calendar = calendar(r#"{"tz": "America/Havana", "weekly": {"sun": [["23:59", "24:00"]]}}"#);
    let Due::Never { consumed } = calendar.add(at("9990-01-01T00:00:00Z"), secs(i64::MAX), &[])
    else {
        panic!("no time is that long");
    };
    // So many Sundays are left, of which each has its minute.
    assert_eq!(consumed.as_secs() / 60, 522);
    assert!(calendar.next_open(Timestamp::MIN).is_some());
    assert_eq!(calendar.next_open(Timestamp::MAX), None);
    assert_eq!(
        calendar.add(Timestamp::MAX, secs(0), &[]),
        Due::At(Timestamp::MAX)
    );
    let backwards = calendar.elapsed(Timestamp::MAX, Timestamp::MIN, &[]);
    assert_eq!(backwards, secs(0));
}

#[test]
fn a_target_of_nothing_is_due_at_once_even_when_closed_or_paused() {
    let calendar = calendar(LISBON);
    let start = at("2026-11-01T03:04:05Z");
    let pause = Pause {
        from: start,
        to: None,
    };
    for target in [secs(0), secs(-5)] {
        assert_eq!(calendar.add(start, target, &[]), Due::At(start));
        assert_eq!(calendar.add(start, target, &[pause]), Due::At(start));
    }
    assert_eq!(
        calendar.add(start, secs(1), &[pause]),
        Due::Never { consumed: secs(0) }
    );
}

#[test]
fn warnings_are_whole_seconds_of_active_time() {
    let calendar = calendar(LISBON);
    let start = at("2026-11-02T12:00:00Z");
    let warned = calendar.warnings(start, secs(3601), &[0, 50, 100], &[]);
    let expected = [
        start,
        at("2026-11-02T12:30:00Z"),
        at("2026-11-02T14:00:01Z"),
    ]
    .map(Due::At);
    assert_eq!(warned, expected);
    assert_eq!(share(secs(901), 50), secs(450));
    assert_eq!(share(SignedDuration::MAX, u32::MAX), SignedDuration::MAX);
}

#[test]
fn an_edit_counts_from_its_instant_on_and_changes_nothing_before() {
    let zones = TimeZoneDatabase::bundled();
    let now = at("2026-11-02T00:00:00Z");
    let mut week = Hours::always();
    let always = week.calendar(&zones, now).expect("a calendar");
    week.holidays = vec!["2026-11-03".to_owned(), "2026-11-05".to_owned()];
    let edited = week.calendar(&zones, now).expect("a calendar");
    let both = always.changed_to(&edited, at("2026-11-03T12:00:00Z"), now);
    let elapsed = |from, to| both.elapsed(at(from), at(to), &[]).as_secs();
    assert_eq!(
        elapsed("2026-11-03T00:00:00Z", "2026-11-04T00:00:00Z"),
        12 * 3600
    );
    assert_eq!(elapsed("2026-11-05T00:00:00Z", "2026-11-06T00:00:00Z"), 0);
    assert_eq!(
        elapsed("1990-11-05T00:00:00Z", "1990-11-06T00:00:00Z"),
        24 * 3600
    );
    // Edits follow one another; one that comes to be at an earlier instant replaces those after it.
    let third = both.changed_to(&always, at("2026-11-05T06:00:00Z"), now);
    let from = at("2026-11-05T00:00:00Z");
    assert_eq!(third.next_open(from), Some(at("2026-11-05T06:00:00Z")));
    let again = third.changed_to(&edited, at("2026-11-03T00:00:00Z"), now);
    assert_eq!(
        again.next_open(at("2026-11-03T00:00:00Z")),
        Some(at("2026-11-04T00:00:00Z"))
    );
    assert_eq!(again.next_open(from), Some(at("2026-11-06T00:00:00Z")));
}

/// Pauses in the first days of November 2026, by their seconds.
fn pauses() -> impl Strategy<Value = Vec<Pause>> {
    let pause = (0i64..1_000_000, 0i64..200_000).prop_map(|(from, length)| {
        let begin = at("2026-11-01T00:00:00Z").as_second() + from;
        let instant = |second| Timestamp::from_second(second).expect("an instant");
        // Some are reversed, and so empty.
        Pause {
            from: instant(begin),
            to: Some(instant(begin + length - 1000)),
        }
    });
    prop::collection::vec(pause, 0..6)
}

proptest! {
    #[test]
    fn what_is_added_is_what_is_measured(start in 0i64..900_000, target in 0i64..2_000_000, pauses in pauses()) {
        let calendar = calendar(LISBON);
        let start = at("2026-11-01T00:00:00Z") + secs(start);
        let due = calendar.add(start, secs(target), &pauses).at().expect("a due");
        prop_assert_eq!(calendar.elapsed(start, due, &pauses), secs(target));
        if due > start {
            // And it is the earliest such instant.
            let before = due - SignedDuration::from_nanos(1);
            prop_assert!(calendar.elapsed(start, before, &pauses) < secs(target));
        }
    }

    #[test]
    fn one_more_pause_never_makes_a_due_earlier(start in 0i64..900_000, target in 0i64..200_000, mut pauses in pauses()) {
        let calendar = calendar(LISBON);
        let start = at("2026-11-01T00:00:00Z") + secs(start);
        let mut later = calendar.add(start, secs(target), &pauses).at().expect("a due");
        while pauses.pop().is_some() {
            let due = calendar.add(start, secs(target), &pauses).at().expect("a due");
            prop_assert!(due <= later);
            later = due;
        }
    }

    #[test]
    fn measured_times_add_up(from in 0i64..900_000, middle in 0i64..900_000, to in 0i64..900_000, pauses in pauses()) {
        let calendar = calendar(LISBON);
        let mut cuts = [from, middle, to].map(|second| at("2026-11-01T00:00:00Z") + secs(second));
        cuts.sort();
        let elapsed = |a: usize, b: usize| calendar.elapsed(cuts[a], cuts[b], &pauses);
        prop_assert_eq!(elapsed(0, 1) + elapsed(1, 2), elapsed(0, 2));
    }
}
