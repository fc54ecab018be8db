use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZoneDatabase;

use super::*;
use crate::domain::calendar::{Calendar, Hours};

/// An instant of November 2026, which begins on a Sunday: `2T09:30`.
fn at(short: &str) -> Timestamp {
    let (day, time) = short.split_once('T').expect("day and time");
    let text = format!("2026-11-{day:0>2}T{time}:00Z");
    text.parse().expect("an instant")
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

fn calendars() -> BTreeMap<String, Arc<Calendar>> {
    let zones = TimeZoneDatabase::bundled();
    let day = vec![("08:00".to_owned(), "18:00".to_owned())];
    let week = ["mon", "tue", "wed", "thu", "fri"].map(|key| (key.to_owned(), day.clone()));
    let business = Hours {
        tz: "UTC".to_owned(),
        weekly: week.into(),
        ..Hours::default()
    };
    let made = |hours: Hours| Arc::new(hours.calendar(&zones, at("2T00:00")).expect("a calendar"));
    BTreeMap::from([
        ("always".to_owned(), made(Hours::always())),
        ("business".to_owned(), made(business)),
    ])
}

/// P1 and P2 day and night with periodic updates, P3 and P4 in business hours with updates on reply.
fn terms() -> BTreeMap<Priority, Terms> {
    let of = |calendar: &str, first: u32, next: u32, mode, resolution: u32| Terms {
        calendar: calendar.to_owned(),
        first_response: Some(first * 60),
        next_update: Some(next * 60),
        next_update_mode: mode,
        resolution: Some(resolution * 60),
    };
    BTreeMap::from([
        (
            Priority::P1,
            of("always", 20, 40, UpdateMode::Periodic, 300),
        ),
        (
            Priority::P2,
            of("always", 40, 200, UpdateMode::Periodic, 600),
        ),
        (
            Priority::P3,
            of("business", 240, 300, UpdateMode::Reply, 1200),
        ),
        (
            Priority::P4,
            of("business", 480, 900, UpdateMode::Reply, 3000),
        ),
    ])
}

fn policy() -> Policy {
    Policy::new(&terms(), &calendars()).expect("a policy")
}

/// Replays `moments`, each with its instant.
fn replayed(moments: &[(&str, Move)], now: &str) -> Clocks {
    let moments: Vec<Moment> = moments
        .iter()
        .map(|(when, what)| Moment {
            at: at(when),
            what: *what,
        })
        .collect();
    clocks(&moments, &policy(), at(now)).expect("a ticket")
}

use Move::{AgentReply, Created, Reopened, To, UserReply};

#[test]
fn a_policy_names_calendars_that_are_there_for_every_priority() {
    let mut terms = terms();
    terms.get_mut(&Priority::P2).expect("terms").calendar = "night".to_owned();
    let fault = Policy::new(&terms, &calendars()).expect_err("a fault");
    assert_eq!(
        fault.to_string(),
        "P2: there is no calendar \"night\": add it, or name one that is there"
    );
    terms.remove(&Priority::P2);
    let fault = Policy::new(&terms, &calendars()).expect_err("a fault");
    assert_eq!(
        fault,
        PolicyFault::NoTerms {
            priority: Priority::P2
        }
    );
}

#[test]
fn nothing_is_told_of_a_ticket_before_it_is_created() {
    let created = Moment {
        at: at("2T09:00"),
        what: Created(Priority::P3),
    };
    assert_eq!(clocks(&[created], &policy(), at("2T08:59")), None);
    assert_eq!(clocks(&[], &policy(), at("2T08:59")), None);
    assert!(clocks(&[created], &policy(), at("2T09:00")).is_some());
}

#[test]
fn a_due_that_is_met_to_the_instant_is_met_and_one_later_is_not() {
    let created = ("2T09:00", Created(Priority::P3));
    let met = replayed(&[created, ("2T13:00", AgentReply)], "2T13:00").first_response;
    assert_eq!(met.status, Status::Met);
    assert_eq!(met.elapsed, Some(hours(4)));
    assert_eq!(met.remaining, Some(hours(0)));
    let late = replayed(&[created, ("2T13:01", AgentReply)], "2T13:01").first_response;
    assert_eq!(late.status, Status::Breached);
    assert_eq!(late.breached_at, Some(at("2T13:00")));
    assert_eq!(late.stopped_at, Some(at("2T13:01")));
    assert_eq!(late.due, None);
    // It still runs at its due, and is breached from the first instant after it.
    assert_eq!(
        replayed(&[created], "2T13:00").first_response.status,
        Status::Running
    );
    let open = replayed(&[created], "2T13:01").first_response;
    assert_eq!(
        (open.status, open.due),
        (Status::Breached, Some(at("2T13:00")))
    );
}

#[test]
fn a_stop_in_the_night_after_a_due_at_closing_time_is_late() {
    let moments = [("2T14:00", Created(Priority::P3)), ("2T20:00", AgentReply)];
    let clock = replayed(&moments, "2T21:00").first_response;
    assert_eq!(clock.status, Status::Breached);
    assert_eq!(clock.breached_at, Some(at("2T18:00")));
    assert_eq!(clock.elapsed, Some(hours(4)));
}

#[test]
fn a_pause_holds_the_resolution_and_what_follows_from_a_pause_does_not_count_it() {
    let moments = [
        ("2T08:00", Created(Priority::P3)),
        ("2T09:00", To(State::WaitingVendor)),
        ("3T09:00", To(State::WaitingUser)),
        ("4T09:00", To(State::Resolved)),
    ];
    let paused = replayed(&moments[..3], "3T12:00").resolution;
    assert_eq!((paused.status, paused.due), (Status::Paused, None));
    assert_eq!(paused.remaining, Some(hours(19)));
    let resolved = replayed(&moments, "5T12:00").resolution;
    assert_eq!(
        (resolved.status, resolved.elapsed),
        (Status::Met, Some(hours(1)))
    );
    assert_eq!(resolved.stopped_at, Some(at("4T09:00")));
}

#[test]
fn a_target_used_up_at_the_instant_at_which_a_pause_begins_is_due_there() {
    let moments = [
        ("2T00:00", Created(Priority::P1)),
        ("2T05:00", To(State::WaitingUser)),
        ("2T06:00", To(State::Resolved)),
    ];
    assert_eq!(
        replayed(&moments, "2T05:00").resolution.status,
        Status::Paused
    );
    let late = replayed(&moments, "2T05:30").resolution;
    assert_eq!(
        (late.status, late.due),
        (Status::Breached, Some(at("2T05:00")))
    );
    assert_eq!(
        replayed(&moments, "2T07:00").resolution.status,
        Status::Breached
    );
}

#[test]
fn time_runs_by_the_calendar_of_the_priority_in_force_and_a_breach_stays() {
    let raised = [
        ("6T17:00", Created(Priority::P4)),
        ("8T12:00", Move::Priority(Priority::P2)),
    ];
    let clocks = replayed(&raised, "8T12:30");
    // One hour on Friday, none at the week-end, half an hour since.
    assert_eq!(clocks.resolution.elapsed, Some(minutes(90)));
    assert_eq!(clocks.resolution.due, Some(at("8T21:00")));
    // The response was due forty minutes after creation: too late at the instant of the change, not before.
    assert_eq!(clocks.first_response.breached_at, Some(at("8T12:00")));
    assert_eq!(clocks.first_response.due, Some(at("6T17:40")));
    let lowered = [
        raised[0],
        raised[1],
        ("8T13:00", Move::Priority(Priority::P4)),
    ];
    let first = replayed(&lowered, "8T14:00").first_response;
    assert_eq!(
        (first.status, first.breached_at),
        (Status::Breached, Some(at("8T12:00")))
    );
    assert_eq!(first.due, Some(at("9T14:00")), "by the target in force now");
}

#[test]
fn updates_are_owed_by_reply_or_by_period_and_are_missed_once_a_round() {
    let by_reply = [
        ("2T08:00", Created(Priority::P3)),
        ("2T08:10", UserReply),
        ("2T09:00", AgentReply),
        ("2T10:00", UserReply),
        ("2T11:00", UserReply),
    ];
    assert_eq!(
        replayed(&by_reply[..2], "2T08:30").next_update.status,
        Status::Idle
    );
    assert_eq!(
        replayed(&by_reply[..3], "2T09:30").next_update.status,
        Status::Idle
    );
    let owed = replayed(&by_reply, "2T12:00").next_update;
    assert_eq!(
        (owed.status, owed.due),
        (Status::Running, Some(at("2T15:00")))
    );
    let missed = replayed(&by_reply, "4T12:00");
    assert_eq!(
        (missed.next_update.status, missed.updates_missed),
        (Status::Breached, 1)
    );
    // The same silence by another priority: since the desk wrote last. That is another round.
    let raised = [&by_reply[..], &[("2T16:00", Move::Priority(Priority::P1))]].concat();
    let clocks = replayed(&raised, "2T16:01");
    assert_eq!(clocks.next_update.due, Some(at("2T09:40")));
    assert_eq!(clocks.updates_missed, 2);
    // And back: the first one is not missed again.
    let lowered = [&raised[..], &[("2T16:30", Move::Priority(Priority::P3))]].concat();
    assert_eq!(replayed(&lowered, "2T17:00").updates_missed, 2);
}

#[test]
fn a_vendor_does_not_excuse_silence_but_the_requester_does() {
    let moments = [
        ("2T08:00", Created(Priority::P2)),
        ("2T08:10", AgentReply),
        ("2T09:10", To(State::WaitingVendor)),
        ("2T10:10", To(State::WaitingUser)),
        ("2T20:00", UserReply),
    ];
    let vendor = replayed(&moments[..3], "2T10:00");
    assert_eq!(vendor.next_update.due, Some(at("2T11:30")));
    assert_eq!(vendor.resolution.status, Status::Paused);
    let user = replayed(&moments[..4], "2T19:00").next_update;
    assert_eq!((user.status, user.due), (Status::Paused, None));
    let answered = replayed(&moments, "2T20:00");
    assert_eq!(answered.next_update.due, Some(at("2T21:20")));
    assert_eq!(answered.resolution.status, Status::Running);
}

#[test]
fn what_is_written_to_an_ended_ticket_moves_nothing_and_reopening_goes_on() {
    let moments = [
        ("2T08:00", Created(Priority::P2)),
        ("2T10:00", To(State::Resolved)),
        ("2T11:00", UserReply),
        ("3T10:00", Reopened),
    ];
    let ended = replayed(&moments[..3], "2T12:00");
    assert_eq!(ended.next_update.status, Status::Done);
    assert_eq!(
        (ended.first_response.status, ended.resolution.status),
        (Status::Breached, Status::Met)
    );
    let again = replayed(&moments, "3T11:00");
    assert_eq!(again.resolution.elapsed, Some(hours(3)));
    assert_eq!(
        (again.resolution.stopped_at, again.resolution.due),
        (None, Some(at("3T18:00")))
    );
    assert_eq!(
        again.next_update.due,
        Some(at("3T13:20")),
        "since it was reopened"
    );
    let closed = [&moments[..2], &[("2T12:00", To(State::Closed))]].concat();
    assert_eq!(
        replayed(&closed, "2T13:00").resolution.stopped_at,
        Some(at("2T10:00"))
    );
}

#[test]
fn a_message_that_was_never_answered_is_still_owed_an_answer_after_reopening() {
    let moments = [
        ("2T08:00", Created(Priority::P3)),
        ("2T09:00", AgentReply),
        ("2T10:00", UserReply),
        ("2T11:00", To(State::Resolved)),
        ("2T12:00", Reopened),
    ];
    assert_eq!(
        replayed(&moments[..4], "2T11:30").next_update.status,
        Status::Done
    );
    let owed = replayed(&moments, "2T12:00").next_update;
    assert_eq!(
        (owed.status, owed.due),
        (Status::Running, Some(at("2T15:00")))
    );
}

#[test]
fn a_cancelled_ticket_has_no_due_and_keeps_what_was_met_and_breached() {
    for end in [State::Cancelled, State::Merged] {
        let moments = [("2T08:00", Created(Priority::P1)), ("2T08:30", To(end))];
        let clocks = replayed(&moments, "2T12:00");
        for clock in [clocks.first_response, clocks.resolution] {
            assert_eq!(clock.status, Status::Cancelled);
            assert_eq!(
                (clock.due, clock.elapsed, clock.remaining),
                (None, None, None)
            );
        }
        assert_eq!(clocks.first_response.breached_at, Some(at("2T08:20")));
        assert_eq!(clocks.next_update.status, Status::Done);
    }
    let answered = [
        ("2T08:00", Created(Priority::P1)),
        ("2T08:10", AgentReply),
        ("2T09:00", To(State::Merged)),
    ];
    assert_eq!(
        replayed(&answered, "2T12:00").first_response.status,
        Status::Met
    );
    // A merge that is undone.
    let undone = [&answered[..], &[("2T10:00", Reopened)]].concat();
    let resolution = replayed(&undone, "2T12:00").resolution;
    assert_eq!(
        (resolution.status, resolution.elapsed),
        (Status::Running, Some(hours(3)))
    );
}

#[test]
fn what_is_not_promised_has_no_due_and_is_not_missed() {
    let mut terms = terms();
    terms.insert(
        Priority::P4,
        Terms {
            first_response: None,
            next_update: None,
            resolution: None,
            ..terms[&Priority::P4].clone()
        },
    );
    let policy = Policy::new(&terms, &calendars()).expect("a policy");
    let moments = [("2T08:00", Created(Priority::P4)), ("9T08:00", UserReply)]
        .map(|(when, what)| Moment { at: at(when), what });
    let clocks = clocks(&moments, &policy, at("27T08:00")).expect("a ticket");
    for kind in ClockKind::ALL {
        assert_eq!(clocks.of(kind).status, Status::None);
        assert_eq!(
            (clocks.of(kind).due, clocks.of(kind).remaining),
            (None, None)
        );
    }
    assert_eq!(clocks.updates_missed, 0);
}

#[test]
fn an_event_that_seems_earlier_than_the_one_before_happened_with_it() {
    let moments = [
        ("2T08:00", Created(Priority::P3)),
        ("2T10:00", To(State::WaitingVendor)),
        ("2T09:00", To(State::InProgress)),
    ];
    assert_eq!(
        replayed(&moments, "2T11:00").resolution.elapsed,
        Some(hours(3))
    );
}

#[test]
fn warnings_come_in_active_time_and_only_while_a_clock_runs() {
    let policy = policy();
    let replay = |moments: &[(&str, Move)], now: &str, kind: ClockKind| {
        let moments: Vec<Moment> = moments
            .iter()
            .map(|(when, what)| Moment {
                at: at(when),
                what: *what,
            })
            .collect();
        let replay = Replay::of(&moments, &policy, at(now)).expect("a ticket");
        StageKind::ALL.map(|stage| replay.warning(kind, stage.percent()))
    };
    let created = ("2T16:00", Created(Priority::P3));
    let warned = replay(&[created], "2T16:00", ClockKind::FirstResponse);
    let expected = ["2T18:00", "3T09:00", "3T09:36", "3T10:00"].map(|when| Some(at(when)));
    assert_eq!(warned, expected);
    let paused = [created, ("2T17:00", To(State::WaitingVendor))];
    assert_eq!(replay(&paused, "2T17:30", ClockKind::Resolution), [None; 4]);
    assert_eq!(replay(&paused, "2T17:30", ClockKind::NextUpdate), [None; 4]);
    let answered = [created, ("2T17:00", AgentReply), ("2T17:00", UserReply)];
    let warned = replay(&answered, "2T17:30", ClockKind::NextUpdate);
    assert_eq!(
        (warned[0], warned[3]),
        (Some(at("3T09:30")), Some(at("3T12:00")))
    );
    assert_eq!(
        replay(&answered, "2T17:30", ClockKind::FirstResponse),
        [None; 4]
    );
}

#[test]
fn after_an_outage_only_the_highest_stage_of_a_clock_is_posted() {
    let stage = |ticket: i64, clock, stage, when: &str, fired| Stage {
        ticket,
        clock,
        stage,
        at: at(when),
        fired,
    };
    use ClockKind::{NextUpdate, Resolution};
    use StageKind::{Breach, Warn50, Warn75, Warn90};
    let stages = [
        stage(2, Resolution, Breach, "2T12:00", false),
        stage(2, Resolution, Warn50, "2T09:00", true),
        stage(2, Resolution, Warn90, "2T11:00", false),
        stage(2, Resolution, Warn75, "2T10:00", false),
        stage(1, Resolution, Warn75, "2T12:00", false),
        stage(1, NextUpdate, Warn50, "2T12:00", false),
        stage(1, NextUpdate, Warn75, "2T13:01", false),
        stage(3, NextUpdate, Breach, "2T13:00", false),
        stage(4, NextUpdate, Breach, "2T08:00", true),
    ];
    let posted = catch_up(&stages, at("2T13:00"));
    let told: Vec<_> = posted
        .iter()
        .map(|late| {
            (
                late.stage.ticket,
                late.stage.stage,
                late.late.as_mins(),
                late.suppressed.clone(),
            )
        })
        .collect();
    let expected = [
        (1, Warn50, 60, vec![]),
        (1, Warn75, 60, vec![]),
        (2, Breach, 60, vec![Warn75, Warn90]),
        (3, Breach, 0, vec![]),
    ];
    assert_eq!(told, expected);
    assert_eq!(posted[0].stage.clock, NextUpdate);
}

#[test]
fn what_ran_out_stays_so_where_more_is_promised_afterwards() {
    let moment = |when, what| Moment { at: at(when), what };
    let mut kept = Kept {
        moments: vec![moment("2T09:00", Created(Priority::P2))],
        ..Kept::default()
    };
    let mut generous = terms();
    generous
        .get_mut(&Priority::P2)
        .expect("terms")
        .first_response = Some(9000);
    let generous = Policy::new(&generous, &calendars()).expect("a policy");
    let read = |kept: &Kept, policy: &Policy| {
        let reading = kept.read(
            policy,
            |_| StageKind::ALL.into(),
            Priority::P2,
            at("2T10:00"),
        );
        reading.expect("a reading")
    };
    let first = ClockKind::FirstResponse;
    let before = read(&kept, &policy());
    assert_eq!(before.fresh.len(), 1);
    kept.breaches = before.fresh;
    let after = read(&kept, &generous);
    let one = after.clocks.of(first);
    assert_eq!(
        (one.status, one.breached_at),
        (Status::Breached, Some(at("2T09:40")))
    );
    assert_eq!(after.fresh, []);
    assert!(
        after.ahead.iter().all(|ahead| ahead.clock != first),
        "nobody is warned of it again"
    );
    kept.moments.push(moment("2T09:50", AgentReply));
    assert_eq!(
        read(&kept, &generous).clocks.of(first).status,
        Status::Breached
    );
    assert_eq!(
        read(&kept, &generous)
            .clocks
            .of(ClockKind::NextUpdate)
            .status,
        Status::Running
    );
}

#[test]
fn keys_are_what_is_written_as_json() {
    let keys = ClockKind::ALL.map(|kind| format!("{:?}", kind.key()));
    assert_eq!(
        keys,
        ClockKind::ALL.map(|kind| serde_json::to_string(&kind).expect("JSON"))
    );
    let keys = StageKind::ALL.map(|kind| format!("{:?}", kind.key()));
    assert_eq!(
        keys,
        StageKind::ALL.map(|kind| serde_json::to_string(&kind).expect("JSON"))
    );
    let all = [
        Status::None,
        Status::Idle,
        Status::Running,
        Status::Paused,
        Status::Met,
        Status::Breached,
        Status::Done,
        Status::Cancelled,
    ];
    let keys = all.map(|status| format!("{:?}", status.key()));
    assert_eq!(
        keys,
        all.map(|status| serde_json::to_string(&status).expect("JSON"))
    );
}
