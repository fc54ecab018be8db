//! What calendars and clocks cost: `cargo bench --bench clocks`.
//!
//! Everything is measured in one run, in turn, next to two measures of the machine: the same question answered by a walk
//! from minute to minute, as it is often done, and what the date library alone takes to make instants of as many wall
//! times as there are openings and closings on the way. Nothing here is a test: a slow machine makes slow figures, not a
//! failure. It ends by itself.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use deskhand::domain::calendar::{Calendar, Hours};
use deskhand::domain::clocks::{Moment, Move, Policy, Terms, UpdateMode, clocks};
use deskhand::domain::priority::Priority;
use deskhand::domain::state::State;
use jiff::civil::{Date, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// How often everything is measured; the median is what is printed.
const ROUNDS: usize = 9;
/// So many tickets are open …
const TICKETS: usize = 10_000;
/// … and so much has happened to each.
const MOMENTS: [usize; 2] = [6, 40];
/// Openings and closings of a working day, in hours: four wall times.
const DAY: [i8; 4] = [8, 12, 13, 18];

fn main() {
    // Whoever runs all targets as tests does not want to wait for this.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("benches/clocks measures only when it is run by `cargo bench --bench clocks`");
        return;
    }
    let now = instant("2026-11-02T09:00:00Z");
    let zones = TimeZoneDatabase::bundled();
    let zone = zones.get("Europe/Berlin").expect("a time zone");
    let hours = hours();
    let made = || hours.calendar(&zones, now).expect("a calendar");
    let near = made();
    // Made for a time so far away that every answer has to be made on the way.
    let far = instant("2200-01-01T00:00:00Z");
    let far = hours.calendar(&zones, far).expect("a calendar");
    let start = instant("2026-01-05T07:00:00Z");
    // A year of working days, less the last minute.
    let target = SignedDuration::from_hours(9 * 261) - SignedDuration::from_mins(1);
    let due = |calendar: &Calendar| calendar.add(start, target, &[]).at().expect("a due");
    let year = due(&near);
    assert_eq!(year, due(&far), "both know the same due");
    assert_eq!(year, walked(&zone, start, target), "and the walk as well");

    let fast = measured(1000, || due(black_box(&near)));
    let rows = [
        ("a due over a year of calendar", fast, Some(5.0)),
        (
            "the time between two instants",
            measured(1000, || black_box(&near).elapsed(start, year, &[])),
            None,
        ),
        (
            "the next opening",
            measured(1000, || black_box(&near).next_open(year)),
            None,
        ),
        (
            "the same due, outside of the window",
            measured(10, || due(black_box(&far))),
            None,
        ),
        ("a calendar, made", measured(3, made), None),
        (
            "measure: 4 × 365 wall times",
            measured(10, || wall_times(&zone, start)),
            None,
        ),
        (
            "measure: from minute to minute",
            measured(1, || walked(&zone, start, target)),
            None,
        ),
    ];
    println!(
        "\n{:<38} {:>12} {:>10} {:>10} {:>14}",
        "", "µs", "aim µs", "of aim", "of first line"
    );
    for (name, time, aim) in rows {
        let us = micros(time);
        let aim_text = aim.map_or(String::new(), |aim| format!("{aim:.0}"));
        let of_aim = aim.map_or(String::new(), |aim| format!("{:.3}", us / aim));
        println!(
            "{name:<38} {us:>12.3} {aim_text:>10} {of_aim:>10} {:>14.1}",
            us / micros(fast)
        );
    }
    tickets(&near, now);
}

/// All clocks of all open tickets.
fn tickets(calendar: &Calendar, now: Timestamp) {
    let policy = policy(calendar);
    println!(
        "\n{:<38} {:>12} {:>10} {:>10} {:>14}",
        "", "ms", "aim ms", "of aim", "µs a ticket"
    );
    for moments in MOMENTS {
        let lives: Vec<Vec<Moment>> = (0..TICKETS).map(|ticket| life(ticket, moments)).collect();
        let time = measured(1, || {
            let all = lives.iter().map(|life| clocks(life, &policy, now));
            all.map(|clocks| clocks.map_or(0, |clocks| clocks.updates_missed))
                .sum::<u32>()
        });
        let ms = micros(time) / 1000.0;
        println!(
            "{:<38} {ms:>12.1} {:>10} {:>10.3} {:>14.2}",
            format!("{TICKETS} open tickets, {moments} moments each"),
            100,
            ms / 100.0,
            micros(time) / TICKETS as f64
        );
    }
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The median time that one of `times` calls takes.
fn measured<T>(times: u32, mut call: impl FnMut() -> T) -> Duration {
    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            for _ in 0..times {
                black_box(call());
            }
            begun.elapsed() / times
        })
        .collect();
    rounds.sort();
    rounds[ROUNDS / 2]
}

fn hours() -> Hours {
    let time = |hour: i8| format!("{hour:02}:00");
    let day = DAY.chunks(2).map(|pair| (time(pair[0]), time(pair[1])));
    let day: Vec<(String, String)> = day.collect();
    Hours {
        tz: "Europe/Berlin".to_owned(),
        weekly: ["mon", "tue", "wed", "thu", "fri"]
            .map(|key| (key.to_owned(), day.clone()))
            .into(),
        ..Hours::default()
    }
}

/// As it is often done: every minute is asked what the clock on the wall shows.
fn walked(zone: &TimeZone, start: Timestamp, target: SignedDuration) -> Timestamp {
    let minute = SignedDuration::from_mins(1);
    let (mut at, mut left) = (start, target);
    while left > SignedDuration::ZERO {
        let wall = zone.to_datetime(at);
        let weekend = matches!(wall.weekday(), Weekday::Saturday | Weekday::Sunday);
        let open = DAY
            .chunks(2)
            .any(|pair| (pair[0]..pair[1]).contains(&wall.hour()));
        if open && !weekend {
            left -= minute;
        }
        at += minute;
    }
    at
}

/// Instants of as many wall times as a year of days has openings and closings.
fn wall_times(zone: &TimeZone, start: Timestamp) -> i64 {
    let mut date: Date = zone.to_datetime(start).date();
    let mut sum = 0;
    for _ in 0..365 {
        for hour in DAY {
            let wall = zone.to_ambiguous_timestamp(date.at(hour, 0, 0, 0));
            sum += wall.compatible().map_or(0, Timestamp::as_second) % 2;
        }
        date += 1.day();
    }
    sum
}

fn policy(business: &Calendar) -> Policy {
    let now = instant("2026-11-02T09:00:00Z");
    let always = Hours::always().calendar(&TimeZoneDatabase::bundled(), now);
    let calendars = BTreeMap::from([
        ("always".to_owned(), Arc::new(always.expect("a calendar"))),
        ("business".to_owned(), Arc::new(business.clone())),
    ]);
    let of = |calendar: &str, mode, minutes: [u32; 3]| Terms {
        calendar: calendar.to_owned(),
        first_response: Some(minutes[0] * 60),
        next_update: Some(minutes[1] * 60),
        next_update_mode: mode,
        resolution: Some(minutes[2] * 60),
    };
    let (periodic, reply) = (UpdateMode::Periodic, UpdateMode::Reply);
    let terms = BTreeMap::from([
        (Priority::P1, of("always", periodic, [15, 30, 240])),
        (Priority::P2, of("always", periodic, [30, 240, 480])),
        (Priority::P3, of("business", reply, [240, 480, 1440])),
        (Priority::P4, of("business", reply, [480, 1440, 4800])),
    ]);
    Policy::new(&terms, &calendars).expect("a policy")
}

/// A ticket of the last weeks to which everything happens in turn.
fn life(ticket: usize, moments: usize) -> Vec<Moment> {
    const TURN: [Move; 9] = [
        Move::UserReply,
        Move::AgentReply,
        Move::To(State::WaitingUser),
        Move::UserReply,
        Move::AgentReply,
        Move::To(State::WaitingVendor),
        Move::To(State::InProgress),
        Move::UserReply,
        Move::Priority(Priority::P2),
    ];
    let priority = Priority::ALL[ticket % 4];
    let begin = instant("2026-10-05T06:00:00Z").as_second() + (ticket * 131 % 1_200_000) as i64;
    let at =
        |place: usize| Timestamp::from_second(begin + place as i64 * 17_003 * 6 / moments as i64);
    let what = |place: usize| match place {
        0 => Move::Created(priority),
        _ => TURN[(place - 1) % TURN.len()],
    };
    (0..moments)
        .map(|place| Moment {
            at: at(place).expect("an instant"),
            what: what(place),
        })
        .collect()
}
