use jiff::Timestamp;

use super::*;
use crate::desk::read_plan;
use crate::domain::clocks::Book;
use crate::domain::priority::Priority;

fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("an instant")
}

#[test]
fn steps_are_read_in_the_order_of_their_times_and_keep_the_promises_that_there_are() {
    let text = r#"
[[escalation.P2]]
while = "unclaimed"
after = "45 min"
tiers = ["L2", "L1"]
raise = true

[[escalation.P2]]
while = "unaccepted"
after = "0 min"
reassign = true

[[escalation.P2]]
while = "no update"
after = "3 h"
call = ["L2"]
leads = "called"
every = "30 min"
times = 4

[[escalation.P2]]
while = "clock 90 %"
leads = "told"
"#;
    let plan = read_plan(text, &[], now()).expect("a plan");
    assert_eq!(plan.book, None, "it says nothing of promises");
    let steps = plan.steps.clone().expect("steps");
    let minutes = |minutes| SignedDuration::from_mins(minutes);
    let usual = Rung {
        holds: While::Unclaimed,
        after: SignedDuration::ZERO,
        calls: Vec::new().into(),
        leads: None,
        raises: false,
        reassigns: false,
        every: REPEAT_EVERY,
        repeats: 0,
        tiers: Vec::new().into(),
    };
    let expected = vec![
        Rung {
            holds: While::Unaccepted,
            reassigns: true,
            ..usual.clone()
        },
        Rung {
            holds: While::Clock(90),
            leads: Some(Leads::Told),
            ..usual.clone()
        },
        Rung {
            after: minutes(45),
            raises: true,
            tiers: vec![Tier::L1, Tier::L2].into(),
            ..usual.clone()
        },
        Rung {
            holds: While::NoUpdate,
            after: minutes(180),
            calls: vec![Tier::L2].into(),
            leads: Some(Leads::Called),
            every: minutes(30),
            repeats: 4,
            ..usual
        },
    ];
    assert_eq!(
        steps.0.into_iter().collect::<Vec<_>>(),
        [(Priority::P2, expected)]
    );
    let before = Book::default();
    let after = plan.after(&before);
    assert_eq!(after.priorities, before.priorities);
    assert_eq!(Some(after.ladders.clone()), plan.steps);
    let nothing = read_plan("", &[], now()).expect("a plan");
    assert_eq!(
        nothing.after(&after),
        after,
        "what a file says nothing of stays"
    );
}

#[test]
fn what_is_wrong_with_a_step_is_named_with_its_line() {
    let faults = |step: &str| -> Vec<String> {
        let text = format!("[[escalation.P1]]\n{step}");
        let faults = read_plan(&text, &[], now()).expect_err("faults");
        faults.iter().map(ToString::to_string).collect()
    };
    let base = "while = \"unclaimed\"\nafter = \"5 min\"\n";
    for (step, said) in [
        (
            String::new(),
            "1:1: error: while is missing: write \"unclaimed\"",
        ),
        (
            "while = \"clock 60 %\"\nleads = \"told\"\n".to_owned(),
            "2:9: error: \"clock 60 %\" is nothing that a step waits for",
        ),
        (
            "while = \"unclaimed\"\nleads = \"told\"\n".to_owned(),
            "1:1: error: after is missing",
        ),
        (base.to_owned(), "1:1: error: this step does nothing"),
        (
            format!("{base}leads = \"asked\"\n"),
            "4:9: error: \"asked\" is nothing that the leads hear",
        ),
        (
            format!("{base}call = [\"L4\"]\n"),
            "4:9: error: call is a list of tiers",
        ),
        (
            format!("{base}raise = \"yes\"\n"),
            "4:9: error: raise is true or false",
        ),
        (
            format!("{base}leads = \"told\"\nevery = \"5 min\"\n"),
            "5:9: error: say how often",
        ),
        (
            format!("{base}leads = \"told\"\ntimes = 900\n"),
            "5:9: error: times is a number from 1 to 50",
        ),
        (
            format!("{base}raise = true\nreassign = true\n"),
            "1:1: error: a step goes up a tier or to the next person",
        ),
        (
            format!("{base}raise = true\ntimes = 2\n"),
            "1:1: error: what moves a ticket is not done again",
        ),
        (
            "while = \"no update\"\nafter = \"1 h\"\nraise = true\n".to_owned(),
            "1:1: error: raise and reassign go with",
        ),
        (
            "while = \"breached\"\nleads = \"told\"\nafter = \"1 h\"\n".to_owned(),
            "4:9: error: after does not go with a clock",
        ),
        (
            format!("{base}leads = \"told\"\nwho = \"Nia\"\n"),
            "5:1: error: \"who\" is not known here",
        ),
        (
            "while = \"unclaimed\"\nafter = \"2 days\"\nleads = \"told\"\n".to_owned(),
            "3:9: error: \"2 days\" is no time",
        ),
    ] {
        let all = faults(&step);
        assert!(
            all.iter().any(|one| one.starts_with(said)),
            "{step}\n{all:?}"
        );
        assert_eq!(all.len(), 1, "{step}\n{all:?}");
    }
    let many = "[[escalation.P1]]\nwhile = \"unclaimed\"\nafter = \"5 min\"\nleads = \"told\"\n";
    let no = read_plan(&many.repeat(21), &[], now()).expect_err("faults");
    assert!(no[0].what.contains("more than 20 steps"), "{no:?}");
    let no = read_plan("[escalation]\nP1 = \"none\"\n", &[], now()).expect_err("faults");
    assert_eq!(no[0].line, 2);
}
