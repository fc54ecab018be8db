//! A simulated month of a desk. `cargo test --test month -- --nocapture` prints what was met, what was late and why, and that every
//! timer fired exactly once; `MONTH_SEED` and `MONTH_TICKETS` live another one.

#[path = "support/month/mod.rs"]
mod month;

use deskhand::desk::Wanted;
use deskhand::domain::clocks::ClockKind;
use deskhand::domain::priority::Priority;
use deskhand::domain::report::{Period, Share};

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
    agrees(&month, &report).await;
}

/// What leads read of the month is what its own book-keeping counted.
async fn agrees(month: &month::Month, kept: &month::report::Report) {
    let period = Period {
        from: month.begins,
        until: month.ends,
    };
    let everything = Wanted::default();
    let reported = month
        .desk
        .report(month::GUILD, period, &everything, month.ends);
    let reported = reported.await.expect("a report").report;
    println!("\nWhat leads read of it: {reported:#?}");
    let count = |kind: &str| kept.events.get(kind).copied().unwrap_or(0);
    // Nobody withdraws anything in a month, so that nothing is left out.
    assert_eq!((count("cancelled"), count("merged")), (0, 0));
    assert_eq!(
        (reported.opened, reported.solved),
        (month.tickets, kept.ended)
    );
    assert_eq!(reported.backlog.n, month.tickets - kept.ended);
    assert_eq!(
        reported.backlog_ages.iter().sum::<usize>(),
        reported.backlog.n
    );
    assert_eq!(reported.hours.iter().sum::<usize>(), month.tickets);
    // Four weeks from midnight in UTC lie on 29 days in Berlin.
    let by_day = reported.days.iter();
    let by_day = by_day.fold((0, 0), |sum, day| (sum.0 + day.opened, sum.1 + day.solved));
    assert_eq!(
        (by_day, reported.days.len()),
        ((month.tickets, kept.ended), 29)
    );
    assert_eq!(reported.taken.n, count("claimed") + count("accepted"));
    assert_eq!(reported.resolution.n, kept.ended);
    let bounced = Share {
        part: count("rejected"),
        of: count("escalated"),
    };
    assert_eq!(reported.bounced, bounced);
    assert_eq!(reported.returned, count("deescalated"));
    let came: usize = reported.tiers.iter().map(|tier| tier.came).sum();
    let moved = count("escalated") + count("rejected") + count("deescalated");
    assert_eq!(came, month.tickets + moved + count("reopened"));
    let solved: usize = reported.tiers.iter().map(|tier| tier.solved).sum();
    assert_eq!(solved, count("resolved"));
    assert_eq!(reported.answered.part, count("rated"));
    for clock in [ClockKind::FirstResponse, ClockKind::Resolution] {
        let all = kept.fared.iter().filter(|((_, one), _)| *one == clock);
        let fared = all.fold(Share::default(), |sum, (_, one)| Share {
            part: sum.part + one.met,
            of: sum.of + one.met + one.late,
        });
        assert_eq!(reported.promises[clock.key()], fared, "{clock:?}");
    }
    let missed = kept.fared.iter();
    let missed = missed.filter(|((_, one), _)| *one == ClockKind::NextUpdate);
    let missed: usize = missed.map(|(_, one)| one.late).sum();
    assert_eq!(reported.updates_missed, Some(missed));
}
