use super::*;
use crate::domain::clocks::UpdateMode;

const WHOLE: &str = r#"
warn = [90, 50]

[calendars.business]
hours = "Mon-Fri 09:00-12:00 13:00-17:00 Europe/Berlin"
holidays = [2026-12-25, "2026-12-24"]

[calendars.business.overrides]
2026-12-31 = "09:00-12:00"
2026-12-30 = "closed"

[promises]
P1 = { calendar = "always", first = "15 min", update = "every 30 min", solution = "4 h" }
P2 = { calendar = "always", first = "30 min", update = "every 4 h", solution = "8 h" }
P4 = { calendar = "business", first = "8 h", update = "none", solution = "none" }

[promises.P3]
calendar = "business"
first = "4 h"
update = "8 h after their message"
solution = "24 h"

[categories.email.P3]
first = "1 h"
"#;

fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("an instant")
}

fn faults(text: &str) -> Vec<String> {
    match read_plan(text, &["nights"], now()) {
        Ok(plan) => panic!("nothing is wrong with it: {plan:?}"),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_whole_file_is_read() {
    let plan = read_plan(WHOLE, &[], now()).expect("a plan");
    let business = &plan.calendars[BUSINESS];
    assert_eq!(business.week.tz, "Europe/Berlin");
    assert_eq!(business.week.weekly["tue"].len(), 2);
    let days = ["2026-12-24", "2026-12-25"].map(str::to_owned).to_vec();
    assert_eq!(business.holidays, Some(days));
    let overrides = business.overrides.clone().expect("days of their own");
    assert_eq!(overrides["2026-12-30"], []);
    assert_eq!(overrides["2026-12-31"].len(), 1);
    let book = plan.book.expect("promises");
    assert_eq!(book.warn, [50, 90]);
    let p4 = &book.priorities[&Priority::P4];
    assert_eq!((p4.next_update, p4.resolution), (None, None));
    let p1 = &book.priorities[&Priority::P1];
    assert_eq!(p1.next_update_mode, UpdateMode::Periodic);
    let own = &book.categories["email"][&Priority::P3];
    assert_eq!(own.first_response, Some(3600));
    assert_eq!(own.resolution, Some(24 * 3600), "as for all others");
}

#[test]
fn what_the_program_promises_by_itself_can_be_written_as_a_file() {
    let terms = |terms: &Terms| {
        use crate::domain::clocks::{show_target, show_update};
        format!(
            "calendar = \"{}\"\nfirst = \"{}\"\nupdate = \"{}\"\nsolution = \"{}\"\n",
            terms.calendar,
            show_target(terms.first_response),
            show_update(terms),
            show_target(terms.resolution),
        )
    };
    let usual = Book::default();
    let parts = usual.priorities.iter();
    let text: String = parts
        .map(|(priority, one)| format!("[promises.{priority}]\n{}", terms(one)))
        .collect();
    let plan = read_plan(&text, &[], now()).expect("a plan");
    assert_eq!(plan.book, Some(usual));
}

#[test]
fn calendars_alone_promise_nothing_new_and_leave_holidays_as_they_are() {
    let text = "[calendars.nights]\nhours = \"Mon-Sun 22:00-06:00 UTC\"\n";
    let plan = read_plan(text, &[], now()).expect("a plan");
    assert_eq!(plan.book, None);
    let before = Hours {
        holidays: vec!["2026-12-24".to_owned()],
        ..Hours::always()
    };
    let after = plan.calendars["nights"].after(Some(&before));
    assert_eq!(after.holidays, before.holidays);
    assert_eq!(
        after.weekly["mon"],
        [("22:00".to_owned(), "06:00".to_owned())]
    );
}

#[test]
fn everything_that_is_wrong_is_said_with_its_line() {
    let text = r#"warn = [75, 80]
colour = "red"

[calendars.business]
hours = "Mon-Fri 09:00-17:00 Europe/Berlln"
holidays = ["25.12.2026"]

[calendars.odd]
hours = "whenever"

[promises.P1]
calendar = "weekends"
first = "2 days"
update = "every 30 min"
solution = 4

[promises.P2]
calendar = "nights"
first = "1 h"
update = "soon"

[promises.P5]

[categories.cars.P1]
first = "1 h"
"#;
    insta::assert_snapshot!(faults(text).join("\n"), @r#"
    1:13: error: warnings come at some of 50, 75, 90 per cent: write warn = [75, 90]
    2:1: error: "colour" is not known here: write one of warn, calendars, promises, categories, escalation
    5:9: error: tz: there is no time zone "Europe/Berlln": write an IANA name, such as Europe/Berlin or UTC
    6:13: error: there is no date "25.12.2026": write it as 2026-12-24
    9:9: error: "whenever" are no hours: write days, times and a time zone, such as "Mon-Fri 09:00-17:00 Europe/Berlin", or "24/7"
    11:2: error: P3 is missing: every priority is promised something; add [promises.P3]
    11:2: error: P4 is missing: every priority is promised something; add [promises.P4]
    12:12: error: there is no calendar "weekends": add [calendars.weekends], or name one that is there
    13:9: error: "2 days" is no target: write hours and minutes, such as "4 h" or "1 h 30 min", or "none"
    15:12: error: solution is a text: write it between quotation marks
    17:1: error: solution is missing: write solution = "none", or what it is
    20:10: error: "soon" is no target: write hours and minutes, such as "4 h" or "1 h 30 min", or "none", or "every 30 min"
    22:11: error: there is no priority "P5": write P1, P2, P3, or P4
    24:13: error: there is no category "cars": write one of account, access, hardware, software, network, email, printing, phone, meetings, files, data-loss, security, people, other
    "#);
}

#[test]
fn a_file_that_is_no_toml_is_told_where_and_a_terminal_is_not_steered() {
    insta::assert_snapshot!(faults("warn = [75\n[promises]\nP1 = \n").join("\n"), @"
    2:1: error: missing comma between array elements, expected `,`
    2:2: error: string values must be quoted, expected literal string
    3:1: error: missing comma between array elements, expected `,`
    3:1: error: string values must be quoted, expected literal string
    3:4: error: unexpected `=` in array, expected value, `]`
    3:5: error: unclosed array, expected `]`
    ");
    let steering = faults("\"\\u001b[2J\" = 1\n").join("\n");
    assert!(!steering.contains('\u{1b}'), "{steering}");
}
