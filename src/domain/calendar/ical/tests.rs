use super::*;

fn today() -> Date {
    Date::constant(2026, 6, 15)
}

fn read(events: &str) -> Result<IcalDays, IcalFault> {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
    read_holidays(&text.replace('\n', "\r\n"), today())
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\n{lines}END:VEVENT\n")
}

fn days(lines: &str) -> Vec<String> {
    let read = read(&event(lines)).expect("holidays");
    read.days.keys().map(ToString::to_string).collect()
}

fn no(lines: &str) -> String {
    read(&event(lines)).expect_err("a fault").to_string()
}

#[test]
fn days_and_ranges_are_closed_up_to_the_day_before_the_end() {
    assert_eq!(days("DTSTART;VALUE=DATE:20261224\n"), ["2026-12-24"]);
    let range = "DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102\n";
    assert_eq!(days(range), ["2026-12-30", "2026-12-31", "2027-01-01"]);
    let same = "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224\n";
    assert_eq!(days(same), ["2026-12-24"]);
    let over_months = "DTSTART;VALUE=DATE:20261031\nDTEND;VALUE=DATE:20261202\n";
    assert_eq!(days(over_months).len(), 32);
    assert_eq!(days("DTSTART;VALUE=DATE:20261224\nDURATION:P2D\n").len(), 2);
    let from_last_year = "DTSTART;VALUE=DATE:20251230\nDTEND;VALUE=DATE:20260102\n";
    assert_eq!(days(from_last_year), ["2026-01-01"]);
}

#[test]
fn folded_lines_quoted_colons_and_other_events_are_passed_over() {
    let folded =
        "SUMMARY;X-A=\"a:b\":Christmas\\, a\n nd after\nDTSTART;VAL\n UE=DATE:2026\n\t1224\n";
    let folded = read(&event(folded)).expect("holidays");
    let christmas = Date::constant(2026, 12, 24);
    assert_eq!(folded.days[&christmas], "Christmas, and after");
    let alarm =
        "DTSTART;VALUE=DATE:20261224\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT15M\nEND:VALARM\n";
    assert_eq!(
        days(alarm),
        ["2026-12-24"],
        "what is an alarm's is not the event's"
    );
    let others = [
        event("DTSTART:20260701T090000Z\nSUMMARY:A talk\n"),
        event("DTSTART;VALUE=DATE:20260702\nSTATUS:CANCELLED\n"),
        event("DTSTART;VALUE=DATE:20200703\n"),
        event("DTSTART;VALUE=DATE:20260704\n"),
    ];
    let read = read(&others.concat()).expect("holidays");
    let listed: Vec<String> = read.days.keys().map(ToString::to_string).collect();
    assert_eq!(
        (listed, read.passed_over),
        (vec!["2026-07-04".to_owned()], 1)
    );
}

#[test]
fn what_comes_every_year_is_written_down_for_the_next_years() {
    let christmas = "DTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY\n";
    let years: Vec<String> = (2026..=2031).map(|year| format!("{year}-12-25")).collect();
    assert_eq!(days(christmas), years);
    let until = "DTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY;UNTIL=20271231T000000Z\n";
    assert_eq!(days(until), ["2026-12-25", "2027-12-25"]);
    let count = "DTSTART;VALUE=DATE:20251225\nRRULE:FREQ=YEARLY;COUNT=2\n";
    assert_eq!(days(count), ["2026-12-25"], "the first of them is over");
    let without =
        "DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;COUNT=2\nEXDATE;VALUE=DATE:20261225\n";
    assert_eq!(days(without), ["2027-12-25"]);
    let also = "DTSTART;VALUE=DATE:20261225\nRDATE;VALUE=DATE:20261231,20270107\n";
    assert_eq!(days(also), ["2026-12-25", "2026-12-31", "2027-01-07"]);
    let spring = "DTSTART;VALUE=DATE:20260525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=3\n";
    assert_eq!(days(spring), ["2026-05-25", "2027-05-31", "2028-05-29"]);
    let leap = "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY\n";
    assert_eq!(days(leap), ["2028-02-29"]);
    let every_other = "DTSTART;VALUE=DATE:20250601\nRRULE:FREQ=YEARLY;INTERVAL=2\n";
    assert_eq!(
        days(every_other),
        ["2027-06-01", "2029-06-01", "2031-06-01"]
    );
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let rule = |rule: &str| format!("DTSTART;VALUE=DATE:20261224\nRRULE:{rule}\n");
    // The event begins in line 3.
    for (lines, said) in [
        (
            "SUMMARY:x\n".to_owned(),
            "line 3: this event has no DTSTART",
        ),
        (
            "DTSTART;VALUE=DATE:20261324\n".to_owned(),
            "line 4: \"20261324\" is no date: 20261224 is one",
        ),
        (
            "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261220\n".to_owned(),
            "line 5: this event ends before it begins",
        ),
        (
            "DTSTART;VALUE=DATE:20261224\nEXDATE:soon\n".to_owned(),
            "line 5: \"soon\" is no date: 20261224 is one",
        ),
        (
            "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20270101\n".to_owned(),
            "line 4: this event has 365 days, and no holiday has more than 60",
        ),
        (
            rule("FREQ=WEEKLY"),
            "line 5: the rule \"FREQ=WEEKLY\" is not understood: only FREQ=YEARLY is",
        ),
        (
            rule("FREQ=YEARLY;BYSETPOS=1"),
            "line 5: the rule \"FREQ=YEARLY;BYSETPOS=1\" is not understood: BYSETPOS is not known here",
        ),
        (
            rule("FREQ=YEARLY;COUNT=-3"),
            "line 5: the rule \"FREQ=YEARLY;COUNT=-3\" is not understood: COUNT is a number of times",
        ),
        (
            rule("FREQ=YEARLY;BYDAY=1MO"),
            "line 5: the rule \"FREQ=YEARLY;BYDAY=1MO\" is not understood: BYDAY goes with BYMONTH",
        ),
        (
            "DTSTART;VALUE=DATE:20250101\n".to_owned(),
            "line 1: no all-day event in it lies in 2026 or later",
        ),
        (
            "nonsense\n".to_owned(),
            "line 4: this is no line of an iCalendar file",
        ),
        (
            "BEGIN:VEVENT\n".to_owned(),
            "line 3: this event does not end",
        ),
    ] {
        assert_eq!(no(&lines), said);
    }
    for (text, said) in [
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
            "line 2: this event does not end",
        ),
        (
            "BEGIN:VCALENDAR\nEND:VEVENT\n",
            "line 2: an event ends that did not begin",
        ),
        (
            "<!doctype html>\n",
            "line 1: an iCalendar file begins with BEGIN:VCALENDAR",
        ),
        ("", "line 1: an iCalendar file begins with BEGIN:VCALENDAR"),
    ] {
        let no = read_holidays(text, today()).expect_err("a fault");
        assert_eq!(no.to_string(), said);
    }
}

#[test]
fn a_file_that_would_close_the_desk_for_years_is_refused_and_costs_no_time() {
    let long = "DTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:00010301\nRRULE:FREQ=YEARLY\n";
    let many: String = (0..2000).map(|_| event(long)).collect();
    let read = read(&many).expect("holidays");
    assert_eq!(
        read.days.len(),
        6 * 59,
        "the same days as often as it likes"
    );
    let all: String = (0..40)
        .map(|at| {
            let first = Date::constant(2026, 1, 1)
                .checked_add(Span::new().days(at * 59))
                .expect("a date");
            let end = first.checked_add(Span::new().days(59)).expect("a date");
            let short = |day: Date| day.to_string().replace('-', "");
            event(&format!("DTSTART:{}\nDTEND:{}\n", short(first), short(end)))
        })
        .collect();
    let no = super::tests::read(&all).expect_err("a fault");
    assert_eq!(
        no.to_string(),
        "line 1: more than 2000 days are closed by it"
    );
}

proptest::proptest! {
    #[test]
    fn whatever_stands_in_a_file_reading_it_ends(text in "(BEGIN:VCALENDAR\n)?((BEGIN|END):VEVENT\n|DTSTART[:;][0-9T;=é-]{0,12}\n|RRULE:[A-Z=;0-9-]{0,20}\n|[ \t\"]?\\PC{0,12}\r?\n){0,12}") {
        if let Ok(read) = read_holidays(&text, today()) {
            proptest::prop_assert!(!read.days.is_empty());
        }
    }
}
