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
    insta::assert_snapshot!(faults(text).join("\n"), @"");
}

#[test]
fn a_file_that_is_no_toml_is_told_where_and_a_terminal_is_not_steered() {
    insta::assert_snapshot!(faults("warn = [75\n[promises]\nP1 = \n").join("\n"), @"");
    let steering = faults("\"\\u001b[2J\" = 1\n").join("\n");
    assert!(!steering.contains('\u{1b}'), "{steering}");
}
