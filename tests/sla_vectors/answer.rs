//! What the product answers to a vector.

use std::collections::BTreeMap;
use std::sync::Arc;

use deskhand::domain::calendar::{Calendar, CalendarFault, Due, Hours, Pause};
use deskhand::domain::clocks::{Clock, Late, Moment, Move, Policy, Stage, Terms, catch_up, clocks};
use deskhand::domain::priority::Priority;
use deskhand::domain::state::State;
use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::vector::Vector;

#[derive(Deserialize)]
struct Add {
    calendar: Hours,
    start: Timestamp,
    target_s: i64,
    #[serde(default)]
    pauses: Vec<Pause>,
}

#[derive(Deserialize)]
struct Elapsed {
    calendar: Hours,
    from: Timestamp,
    to: Timestamp,
    #[serde(default)]
    pauses: Vec<Pause>,
}

#[derive(Deserialize)]
struct NextOpen {
    calendar: Hours,
    at: Timestamp,
}

#[derive(Deserialize)]
struct Warn {
    calendar: Hours,
    start: Timestamp,
    target_s: i64,
    percent: Vec<u32>,
    #[serde(default)]
    pauses: Vec<Pause>,
}

#[derive(Deserialize)]
struct Life {
    calendars: BTreeMap<String, Hours>,
    policy: BTreeMap<Priority, Terms>,
    events: Vec<Happened>,
    as_of: Timestamp,
}

#[derive(Deserialize)]
struct Happened {
    at: Timestamp,
    #[serde(flatten)]
    what: What,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum What {
    Created { priority: Priority },
    AgentReply,
    UserReply,
    BotReply,
    InternalNote,
    Claimed,
    State { to: State },
    Reopened,
    Priority { to: Priority },
}

#[derive(Deserialize)]
struct Outage {
    stages: Vec<Stage<i64>>,
    now: Timestamp,
}

/// Why there is no answer: a calendar that is refused is one.
enum Stop {
    Refused(CalendarFault),
    Broken(String),
}

/// The answer, computed by calendars that were made at `now`; or what is wrong with the question.
pub fn answer(vector: &Vector, zones: &TimeZoneDatabase, now: Timestamp) -> Result<Value, String> {
    let asked = Asked { vector, zones, now };
    let answered = match vector.kind.as_str() {
        "add" => asked.add(),
        "elapsed" => asked.elapsed(),
        "next_open" => asked.next_open(),
        "warn" => asked.warn(),
        "ticket" => asked.ticket(),
        "catch_up" => asked.catch_up(),
        kind => Err(Stop::Broken(format!("there is no kind {kind}"))),
    };
    match answered {
        Ok(value) => Ok(value),
        Err(Stop::Refused(fault)) => Ok(json!({"error": fault.code()})),
        Err(Stop::Broken(error)) => Err(error),
    }
}

struct Asked<'a> {
    vector: &'a Vector,
    zones: &'a TimeZoneDatabase,
    now: Timestamp,
}

impl Asked<'_> {
    fn input<T: DeserializeOwned>(&self) -> Result<T, Stop> {
        serde_json::from_value(self.vector.input.clone())
            .map_err(|error| Stop::Broken(format!("input: {error}")))
    }

    fn calendar(&self, hours: &Hours) -> Result<Calendar, Stop> {
        hours.calendar(self.zones, self.now).map_err(Stop::Refused)
    }

    fn add(&self) -> Result<Value, Stop> {
        let input: Add = self.input()?;
        let calendar = self.calendar(&input.calendar)?;
        let target = SignedDuration::from_secs(input.target_s);
        Ok(match calendar.add(input.start, target, &input.pauses) {
            Due::At(due) => json!({"due": due}),
            Due::Never { consumed } => json!({"due": null, "consumed_s": consumed.as_secs()}),
        })
    }

    fn elapsed(&self) -> Result<Value, Stop> {
        let input: Elapsed = self.input()?;
        let calendar = self.calendar(&input.calendar)?;
        let elapsed = calendar.elapsed(input.from, input.to, &input.pauses);
        Ok(json!({"elapsed_s": elapsed.as_secs()}))
    }

    fn next_open(&self) -> Result<Value, Stop> {
        let input: NextOpen = self.input()?;
        let calendar = self.calendar(&input.calendar)?;
        let next_open = calendar.next_open(input.at);
        Ok(json!({"open": calendar.is_open(input.at), "next_open": next_open}))
    }

    fn warn(&self) -> Result<Value, Stop> {
        let input: Warn = self.input()?;
        let calendar = self.calendar(&input.calendar)?;
        let target = SignedDuration::from_secs(input.target_s);
        let warnings = calendar.warnings(input.start, target, &input.percent, &input.pauses);
        let at: Vec<Option<Timestamp>> = warnings.into_iter().map(Due::at).collect();
        Ok(json!({"at": at}))
    }

    fn ticket(&self) -> Result<Value, Stop> {
        let mut input: Life = self.input()?;
        let mut calendars = BTreeMap::new();
        for (name, hours) in &input.calendars {
            calendars.insert(name.clone(), Arc::new(self.calendar(hours)?));
        }
        // A vector may leave out a priority that its ticket never has.
        if let Some(terms) = input.policy.values().next().cloned() {
            for priority in Priority::ALL {
                input.policy.entry(priority).or_insert(terms.clone());
            }
        }
        let policy = Policy::new(&input.policy, &calendars)
            .map_err(|fault| Stop::Broken(fault.to_string()))?;
        let moments: Vec<Moment> = input.events.iter().filter_map(moment).collect();
        let clocks = clocks(&moments, &policy, input.as_of)
            .ok_or_else(|| Stop::Broken("the ticket is not created by then".to_owned()))?;
        let mut resolution = clock(&clocks.resolution);
        resolution["remaining_s"] = json!(seconds(clocks.resolution.remaining));
        let next_update = clocks.next_update;
        Ok(json!({
            "first_response": clock(&clocks.first_response),
            "resolution": resolution,
            "next_update": {
                "status": next_update.status,
                "due": next_update.due,
                "breaches": clocks.updates_missed,
            },
        }))
    }

    fn catch_up(&self) -> Result<Value, Stop> {
        let input: Outage = self.input()?;
        let actions = catch_up(&input.stages, input.now);
        let actions: Vec<Value> = actions.iter().map(action).collect();
        Ok(json!({"actions": actions}))
    }
}

fn moment(event: &Happened) -> Option<Moment> {
    let what = match event.what {
        What::Created { priority } => Move::Created(priority),
        What::AgentReply => Move::AgentReply,
        What::UserReply => Move::UserReply,
        What::BotReply | What::InternalNote | What::Claimed => return None,
        What::State { to } => Move::To(to),
        What::Reopened => Move::Reopened,
        What::Priority { to } => Move::Priority(to),
    };
    Some(Moment { at: event.at, what })
}

fn clock(clock: &Clock) -> Value {
    json!({
        "status": clock.status,
        "due": clock.due,
        "stopped_at": clock.stopped_at,
        "breached_at": clock.breached_at,
        "elapsed_s": seconds(clock.elapsed),
    })
}

fn action(late: &Late<i64>) -> Value {
    let stage = &late.stage;
    json!({
        "ticket": stage.ticket,
        "clock": stage.clock,
        "stage": stage.stage,
        "at": stage.at,
        "late_s": late.late.as_secs(),
        "suppressed": late.suppressed,
    })
}

fn seconds(duration: Option<SignedDuration>) -> Option<i64> {
    duration.map(|duration| duration.as_secs())
}
