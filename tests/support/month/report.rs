//! What came of a month: what was met, what was late and why, and whether every timer fired exactly once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use deskhand::domain::clocks::{ClockKind, Status};
use deskhand::domain::event::{Event, What};
use deskhand::domain::ids::{Number, TicketId, UserId};
use deskhand::domain::priority::Priority;
use deskhand::domain::ticket::{State, Ticket};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};

use super::crew::LEAD;
use super::{CREW, Month};

/// How one clock fared over all tickets of a priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fared {
    /// It ended in time.
    pub met: usize,
    /// It ran out.
    pub late: usize,
    /// It runs still, or was called off.
    pub open: usize,
}

/// A clock that ran out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// Of which ticket.
    pub number: Number,
    /// How urgent it was.
    pub priority: Priority,
    /// Which.
    pub clock: ClockKind,
    /// When.
    pub at: Timestamp,
    /// Why, as far as the history says.
    pub why: String,
}

/// What came of a month.
#[derive(Debug)]
pub struct Report {
    /// By priority and clock.
    pub fared: BTreeMap<(Priority, ClockKind), Fared>,
    /// What ran out, oldest first.
    pub late: Vec<Late>,
    /// How many tickets ended.
    pub ended: usize,
    /// How often each kind of thing happened.
    pub events: BTreeMap<&'static str, usize>,
    /// By kind: set, fired on time, fired late after the outage, overtaken before they fired, and still to come.
    pub timers: BTreeMap<String, [usize; 5]>,
    /// Everything that should not be.
    pub faults: Vec<String>,
    /// The whole of it, for a person.
    pub text: String,
}

impl Month {
    /// Looks at everything that was left behind.
    pub async fn report(&self) -> Report {
        let mut report = Report {
            fared: BTreeMap::new(),
            late: Vec::new(),
            ended: 0,
            events: BTreeMap::new(),
            timers: BTreeMap::new(),
            faults: Vec::new(),
            text: String::new(),
        };
        let mut breaches = BTreeSet::new();
        for id in 1..=i64::try_from(self.tickets).expect("small") {
            let id = TicketId(id);
            let ticket = self.desk.ticket_by_id(id, &LEAD.actor(), self.ends).await;
            let ticket = ticket.expect("there");
            let events = self.desk.events(&ticket).await.expect("read");
            self.looks_at(&ticket, &events, &mut breaches, &mut report)
                .await;
        }
        report.late.sort_by_key(|late| (late.at, late.number));
        let mut from = open(&self.file).await;
        self.timers(&mut from, &breaches, &mut report).await;
        nothing_twice(&mut from, &mut report).await;
        report.text = self.told(&report);
        report
    }

    async fn looks_at(
        &self,
        ticket: &Ticket,
        events: &[Event],
        breaches: &mut BTreeSet<(i64, &'static str, i64)>,
        report: &mut Report,
    ) {
        let gone = [
            State::Closed,
            State::Cancelled,
            State::Merged,
            State::Resolved,
        ];
        report.ended += usize::from(gone.contains(&ticket.state));
        for event in events {
            *report.events.entry(event.what.kind()).or_default() += 1;
            if let What::ClockBreached { clock, at, .. } = &event.what {
                if !breaches.insert((ticket.id.0, clock.key(), at.as_millisecond())) {
                    let twice = format!("{} ran out twice at {at}: {clock:?}", ticket.number);
                    report.faults.push(twice);
                }
                let early = event.at < *at;
                if early {
                    report
                        .faults
                        .push(format!("{}: {clock:?} ran out before {at}", ticket.number));
                }
                report.late.push(Late {
                    number: ticket.number,
                    priority: ticket.priority,
                    clock: *clock,
                    at: *at,
                    why: self.why(events, *at),
                });
            }
        }
        let read = self.desk.clocks(ticket, self.ends).await.expect("read");
        let Some((reading, _)) = read else {
            report
                .faults
                .push(format!("{} has no clocks", ticket.number));
            return;
        };
        for breach in &reading.fresh {
            let missed = format!(
                "{}: nobody noticed that {:?} ran out",
                ticket.number, breach.clock
            );
            report.faults.push(missed);
        }
        for clock in [ClockKind::FirstResponse, ClockKind::Resolution] {
            let fared = report.fared.entry((ticket.priority, clock)).or_default();
            match reading.clocks.of(clock).status {
                Status::Met => fared.met += 1,
                Status::Breached => fared.late += 1,
                _ => fared.open += 1,
            }
        }
        let updates = report.fared.entry((ticket.priority, ClockKind::NextUpdate));
        let missed = usize::try_from(reading.clocks.updates_missed).unwrap_or(0);
        updates.or_default().late += missed;
    }

    /// What stood in the way of a promise, as far as the history says.
    fn why(&self, events: &[Event], at: Timestamp) -> String {
        let name = |user: UserId| {
            let known = CREW.iter().find(|person| person.id == user);
            known.map_or("somebody", |person| person.name)
        };
        let (mut with, mut offered, mut passed, mut tier) = (None, None, 0, "L1".to_owned());
        for event in events.iter().filter(|event| event.at <= at) {
            match &event.what {
                What::Offered { to, .. } => offered = Some(*to),
                What::Claimed { .. } | What::Accepted { .. } => {
                    (with, offered) = (event.by, None);
                }
                What::Released { .. } => {
                    passed += usize::from(with.is_none());
                    (with, offered) = (None, None);
                }
                What::Escalated { hand_over, .. } => {
                    tier = hand_over.to.to_string();
                    (with, offered) = (None, None);
                }
                _ => {}
            }
        }
        let mut why = match (with, offered) {
            (Some(who), _) => format!("{} had it at {tier}", name(who)),
            (None, Some(who)) => format!(
                "it was offered to {} at {tier}, and not accepted",
                name(who)
            ),
            (None, None) => format!("nobody at {tier} had it"),
        };
        if passed > 0 {
            let _ = write!(why, "; {passed} had let it pass");
        }
        if self.down.0 <= at && at < self.down.1 {
            why.push_str("; the desk itself was down");
        } else if let Some(when) = off_hours(at) {
            let _ = write!(why, "; {when}");
        }
        why
    }

    /// Each timer that is due by the end has fired once or was overtaken, at its instant or as the desk was there again.
    async fn timers(
        &self,
        from: &mut SqliteConnection,
        breaches: &BTreeSet<(i64, &'static str, i64)>,
        report: &mut Report,
    ) {
        type Row = (i64, String, i64, i64, Option<i64>);
        let rows: Vec<Row> =
            sqlx::query_as("select ticket, kind, subject, due_at, fired_at from timer")
                .fetch_all(from)
                .await
                .expect("read");
        let (down, up) = (self.down.0.as_millisecond(), self.down.1.as_millisecond());
        let ends = self.ends.as_millisecond();
        for (ticket, kind, subject, due, fired) in rows {
            let counts = report.timers.entry(kind.clone()).or_default();
            counts[0] += 1;
            let fault = match fired {
                Some(0) => {
                    counts[3] += 1;
                    None
                }
                Some(fired) if fired == due => {
                    counts[1] += 1;
                    None
                }
                Some(fired) if fired == up && (down..up).contains(&due) => {
                    counts[2] += 1;
                    None
                }
                Some(fired) => Some(format!("fired {} ms after its time", fired - due)),
                None if due > ends => {
                    counts[4] += 1;
                    None
                }
                None => Some("never fired".to_owned()),
            };
            if let Some(fault) = fault {
                report
                    .faults
                    .push(format!("ticket {ticket}: {kind} {subject} {fault}"));
            }
            // The end of a clock that fired is put down, with the instant for which it was set.
            let ran_out = kind == "clock" && subject % 10 == 4 && fired.is_some_and(|at| at > 0);
            if ran_out {
                let place = usize::try_from(subject / 10 - 1).expect("a clock");
                let clock = ClockKind::ALL[place].key();
                if !breaches.contains(&(ticket, clock, due - 1)) {
                    let nothing = format!("ticket {ticket}: {clock} fired and did nothing");
                    report.faults.push(nothing);
                }
            }
        }
    }

    fn told(&self, report: &Report) -> String {
        let mut text = String::new();
        let mut line = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        let count = |kind: &str| report.events.get(kind).copied().unwrap_or(0);
        line(format!(
            "A month of a desk: {} tickets from {} to {}, {} of them ended.",
            self.tickets,
            day(self.begins),
            day(self.ends),
            report.ended
        ));
        line(format!(
            "The desk itself was down from {} to {}.",
            self.down.0, self.down.1
        ));
        line(format!(
            "{} offers, {} let pass or given back, {} claimed, {} accepted, {} handed up, {} questions to requesters, {} solved, {} reopened, {} closed; {} times somebody else was faster.",
            count("offered"),
            count("released"),
            count("claimed"),
            count("accepted"),
            count("escalated"),
            count("asked"),
            count("resolved"),
            count("reopened"),
            count("closed"),
            self.refused
        ));
        line("\n           first answer            solution               updates".to_owned());
        line("           met  late  open         met  late  open        missed".to_owned());
        for priority in Priority::ALL {
            let fared = |clock| {
                let found = report.fared.get(&(priority, clock));
                found.copied().unwrap_or_default()
            };
            let first = fared(ClockKind::FirstResponse);
            let solution = fared(ClockKind::Resolution);
            let updates = fared(ClockKind::NextUpdate);
            line(format!(
                "{priority}       {:>5} {:>5} {:>5}       {:>5} {:>5} {:>5}         {:>5}",
                first.met,
                first.late,
                first.open,
                solution.met,
                solution.late,
                solution.open,
                updates.late
            ));
        }
        line("\nWhat was late, and why:".to_owned());
        for late in report.late.iter().take(SHOWN) {
            let clock = match late.clock {
                ClockKind::FirstResponse => "first answer",
                ClockKind::NextUpdate => "next update",
                ClockKind::Resolution => "solution",
            };
            line(format!(
                "{} {} {} {clock:<12} {}",
                late.at.strftime("%a %d %H:%M"),
                late.number,
                late.priority,
                late.why
            ));
        }
        if report.late.len() > SHOWN {
            line(format!("… and {} more", report.late.len() - SHOWN));
        }
        line("\nTimers:     set   on time   after the outage   overtaken   to come".to_owned());
        for (kind, [set, on_time, after, overtaken, ahead]) in &report.timers {
            line(format!(
                "{kind:<10}{set:>5}{on_time:>10}{after:>19}{overtaken:>12}{ahead:>10}"
            ));
        }
        line(match report.faults.len() {
            0 => "Each fired exactly once, at its instant, or as soon as the desk was there again."
                .to_owned(),
            some => format!("{some} faults:\n{}", report.faults.join("\n")),
        });
        text
    }
}

/// When hardly anybody is at work.
fn off_hours(at: Timestamp) -> Option<&'static str> {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let there = at.to_zoned(zone);
    if there.weekday().to_monday_zero_offset() >= 5 {
        return Some("on the week-end");
    }
    (!(7..19).contains(&there.hour())).then_some("at night")
}

/// So many lines of what was late are printed.
const SHOWN: usize = 60;

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// The database, to be looked at.
pub async fn open(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    options.connect().await.expect("a database")
}

/// What is done by itself is done once, and told once.
async fn nothing_twice(from: &mut SqliteConnection, report: &mut Report) {
    for (what, question) in [
        (
            "a rung that was reached twice",
            "select count(*) from (select 1 from event where kind = 'climbed'
             group by ticket, body ->> '$.page.generation', body ->> '$.page.rung', body ->> '$.page.repeat' having count(*) > 1)",
        ),
        (
            "a first answer or a solution that ran out twice",
            "select count(*) from (select 1 from event where kind = 'clock_breached' and body ->> '$.clock' <> 'next_update'
             group by ticket, body ->> '$.clock' having count(*) > 1)",
        ),
        (
            "a warning that was said twice",
            "select count(*) from (select 1 from event where kind = 'clock_warned'
             group by ticket, body ->> '$.clock', body ->> '$.stage', body ->> '$.due' having count(*) > 1)",
        ),
        (
            "a timer that did something at two instants",
            "select count(*) from (select 1 from event where cause like 'timer:%' group by cause having count(distinct at) > 1)",
        ),
        (
            "a ticket that closed twice",
            "select count(*) from (select 1 from event where kind = 'closed' group by ticket having count(*) > 1)",
        ),
        (
            "something that was told twice",
            "select count(*) from (select 1 from outbox where errand ->> '$.errand' = 'say' and ticket is not null
             group by ticket, event, errand having count(*) > 1)",
        ),
    ] {
        let found: i64 = sqlx::query_scalar(question)
            .fetch_one(&mut *from)
            .await
            .expect("read");
        if found > 0 {
            report.faults.push(format!("{found} times: {what}"));
        }
    }
}
