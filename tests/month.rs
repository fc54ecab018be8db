//! A simulated month of a desk. `cargo test --test month -- --nocapture` prints what was met, what was late and why, and that every
//! timer fired exactly once; `MONTH_SEED` and `MONTH_TICKETS` live another one.

#[path = "support/month/mod.rs"]
mod month;

use deskhand::domain::clocks::ClockKind;
use deskhand::domain::priority::Priority;

fn number(name: &str, usual: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(usual, |given| given.parse().expect("a number"))
}

#[tokio::test]
async fn over_a_month_every_timer_fires_exactly_once_and_what_is_late_is_known() {
    let tickets = usize::try_from(number("MONTH_TICKETS", 220)).expect("a number");
    let month = month::live(number("MONTH_SEED", 5), tickets).await;
    let report = month.report().await;
    println!("{}", report.text);
    assert_eq!(report.faults, Vec::<String>::new(), "{}", report.text);
    // A month in which nothing happened would show nothing.
    for kind in [
        "offered",
        "released",
        "claimed",
        "accepted",
        "escalated",
        "asked",
        "resolved",
        "closed",
        "climbed",
        "clock_breached",
        "clock_warned",
        "due_moved",
    ] {
        let found = report.events.get(kind).copied().unwrap_or(0);
        assert!(found > 0, "no {kind}\n{}", report.text);
    }
    for kind in ["accept", "clock", "close", "ladder", "rating", "silence"] {
        let [set, on_time, after, ..] = report.timers[kind];
        assert!(set > 0 && on_time + after > 0, "{kind}\n{}", report.text);
    }
    let [_, _, after, ..] = report.timers["clock"];
    assert!(
        after > 0,
        "nothing ran out during the outage\n{}",
        report.text
    );
    let all = report.fared.iter();
    let first = all.filter(|((_, clock), _)| *clock == ClockKind::FirstResponse);
    let (met, late) = first.fold((0, 0), |sum, (_, one)| (sum.0 + one.met, sum.1 + one.late));
    assert!(met > late && late > 0, "{}", report.text);
    assert!(
        report
            .fared
            .contains_key(&(Priority::P1, ClockKind::Resolution)),
        "{}",
        report.text
    );
    assert!(report.ended * 10 > tickets * 8, "most end\n{}", report.text);
}
