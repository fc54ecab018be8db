//! What leads wait for: the board and a report, in a file with 100,000 tickets: `cargo bench --bench reports`.
//!
//! Nothing here is a test: a slow machine makes slow figures, not a failure. It ends by itself.

#[path = "../ticket/file.rs"]
mod file;

use std::time::{Duration, Instant};

use deskhand::config::Limits;
use deskhand::desk::redact::Redactor;
use deskhand::desk::{Desk, Wanted};
use deskhand::domain::ids::GuildId;
use deskhand::domain::report::Period;
use deskhand::kb::Kb;
use deskhand::store::Store;
use jiff::{SignedDuration, Timestamp};

/// Tickets in the file: one a minute, of which 400 are open.
const TICKETS: u64 = 100_000;
/// Times that each is measured; the best tenth is what is printed.
const RUNS: usize = 40;
/// The desk of the file.
const GUILD: GuildId = GuildId(100);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    // Whoever runs all targets as tests does not want to wait for this.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("benches/reports measures only when it is run by `cargo bench --bench reports`");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.sqlite");
    file::make(&path, TICKETS).await;
    let articles = folder.path().join("kb");
    std::fs::create_dir_all(&articles).expect("a folder");
    let limits = Limits {
        file_megabytes: None,
        asks_per_minute: None,
        guild_asks_per_minute: None,
        openings_per_10_minutes: None,
        openings_per_day: None,
        open_tickets_max: None,
    };
    let store = Store::open(&path).await.expect("a database");
    let desk = Desk::new(store, Kb::open(&articles), limits, Redactor::new(&[]));
    let last = Timestamp::from_millisecond(1_700_000_000_000).expect("an instant")
        + SignedDuration::from_mins(TICKETS.cast_signed());
    let now = last + SignedDuration::from_hours(24);

    // As every start does: what is open has its clocks.
    desk.set_zones(now).await.expect("clocks");
    let month = SignedDuration::from_hours(24 * 30);
    let from_events = Instant::now();
    let period = Period {
        from: last - month,
        until: last,
    };
    let reported = desk.report(GUILD, period, &Wanted::default(), now).await;
    let of_events = reported.expect("a report").report;
    let from_events = from_events.elapsed();
    let keeping = Instant::now();
    let mut since = Timestamp::MIN;
    let mut kept = 0;
    loop {
        let (more, until) = desk.keep_lives(since).await.expect("kept");
        if more == 0 {
            break;
        }
        (kept, since) = (kept + more, until);
    }
    let keeping = keeping.elapsed();

    println!("\n{:<52} {:>10} {:>8}", "", "ms", "aim");
    let board = best(async || {
        desk.board(GUILD, now).await.expect("a board");
    })
    .await;
    print("the board, 400 tickets open", board, 5.0);
    let mut report_of_a_month = Duration::ZERO;
    for (what, days) in [("2 days", 2), ("30 days", 30)] {
        let period = Period {
            from: last - SignedDuration::from_hours(24 * days),
            until: last,
        };
        let mut opened = 0;
        let report = best(async || {
            let reported = desk.report(GUILD, period, &Wanted::default(), now).await;
            opened = reported.expect("a report").report.opened;
        })
        .await;
        report_of_a_month = report;
        print(
            &format!("a report of {what}: {opened} tickets opened"),
            report,
            200.0,
        );
    }
    let reported = desk.report(GUILD, period, &Wanted::default(), now).await;
    assert_eq!(
        reported.expect("a report").report,
        of_events,
        "kept lives say what events say"
    );
    println!(
        "\nBefore anything is kept, the report of 30 days takes {:.0} ms, {:.1} times as long. What ended is kept behind everything \
         else: {kept} tickets in {:.1} s.",
        from_events.as_secs_f64() * 1e3,
        from_events.as_secs_f64() / report_of_a_month.as_secs_f64(),
        keeping.as_secs_f64(),
    );
}

fn print(what: &str, took: Duration, aim: f64) {
    println!("{what:<52} {:>10.1} {aim:>8.0}", took.as_secs_f64() * 1e3);
}

/// The slowest of the best tenth.
async fn best(mut act: impl AsyncFnMut()) -> Duration {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        act().await;
        times.push(begun.elapsed());
    }
    times.sort();
    times[(times.len() / 10).max(1) - 1]
}
