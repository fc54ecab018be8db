//! A second algorithm for the same questions, as plain as it can be: paint the open minutes, then go from second to
//! second and count. It shares no code with the product, and asks the date library nothing but "which offset is in force
//! at this instant".

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde_json::{Value, json};

use crate::tickets;
use crate::vector::Vector;

const DAY: i64 = 86_400;

/// The open minutes of a stretch of time. Offsets of our days are whole minutes, so a minute is open or it is not.
pub struct Painted {
    from: i64,
    minutes: Vec<bool>,
}

impl Painted {
    /// Paints from some days before `from` until some after `to`, both in seconds since 1970.
    pub fn new(hours: &Value, from: i64, to: i64) -> Self {
        let tz = hours["tz"].as_str().expect("a time zone");
        let zone = TimeZoneDatabase::bundled().get(tz).expect("a time zone");
        let from = (from.div_euclid(DAY) - 4) * DAY;
        let days = (to - from) / DAY + 5;
        let mut painted = Self {
            from,
            minutes: vec![false; usize::try_from(days * 24 * 60).expect("a length")],
        };
        for day in -3..days + 3 {
            let midnight = from + day * DAY;
            for (begin, end) in intervals(hours, midnight) {
                let begin = instant(&zone, midnight + begin * 60);
                let end = instant(&zone, midnight + end * 60);
                painted.paint(begin, end);
            }
        }
        painted
    }

    fn paint(&mut self, from: i64, to: i64) {
        assert!(from % 60 == 0 && to % 60 == 0, "an offset of odd seconds");
        for minute in (from - self.from) / 60..(to - self.from) / 60 {
            let place = usize::try_from(minute).ok();
            if let Some(open) = place.and_then(|place| self.minutes.get_mut(place)) {
                *open = true;
            }
        }
    }

    /// Whether the second that begins then is open.
    pub fn open(&self, at: i64) -> bool {
        let place = usize::try_from((at - self.from) / 60).expect("after the beginning");
        self.minutes[place]
    }

    /// The first second that is not painted any more.
    pub fn end(&self) -> i64 {
        self.from + i64::try_from(self.minutes.len()).expect("a length") * 60
    }
}

/// The intervals of the date at whose beginning it is `midnight` in UTC, in minutes since then.
fn intervals(hours: &Value, midnight: i64) -> Vec<(i64, i64)> {
    let date = date(midnight);
    let written = date.to_string();
    let weekday = format!("{:?}", date.weekday()).to_lowercase();
    let own = &hours["overrides"][&written];
    let holidays = hours["holidays"].as_array();
    let list = if own.is_array() {
        own
    } else if holidays.is_some_and(|days| days.iter().any(|day| *day == written)) {
        &Value::Null
    } else {
        &hours["weekly"][&weekday[..3]]
    };
    let minute = |text: &Value| {
        let text = text.as_str().expect("a time");
        let (hour, minute) = text.split_once(':').expect("a time");
        hour.parse::<i64>().expect("an hour") * 60 + minute.parse::<i64>().expect("a minute")
    };
    let pairs = list.as_array().map_or(&[][..], |list| list);
    let read = pairs
        .iter()
        .map(|pair| (minute(&pair[0]), minute(&pair[1])));
    read.map(|(from, to)| (from, if to < from { to + 24 * 60 } else { to }))
        .collect()
}

fn date(midnight: i64) -> Date {
    TimeZone::UTC.to_datetime(timestamp(midnight)).date()
}

/// When a wall clock shows `wall` (seconds since 1970, if it were UTC): the earliest instant at which it does; else by
/// the offset that was in force before.
fn instant(zone: &TimeZone, wall: i64) -> i64 {
    let offset = |at: i64| i64::from(zone.to_offset(timestamp(at)).seconds());
    let around: Vec<i64> = (-8..=8)
        .map(|part| offset(wall + part * 6 * 3600))
        .collect();
    let shows = around.iter().map(|offset| wall - offset);
    shows
        .filter(|at| at + offset(*at) == wall)
        .min()
        .unwrap_or(wall - around[0])
}

/// The vector's answer; `None` for what cannot be walked through, or takes long.
pub fn answer(vector: &Vector) -> Option<Value> {
    if vector.expected["error"].is_string() {
        return None;
    }
    let input = &vector.input;
    let at = |key: &str| seconds(&input[key]);
    Some(match vector.kind.as_str() {
        "add" => {
            let target = input["target_s"].as_i64().expect("a target");
            match add(input, at("start"), target)? {
                Ok(due) => json!({"due": timestamp(due)}),
                Err(consumed) => json!({"due": null, "consumed_s": consumed}),
            }
        }
        "elapsed" => {
            let (from, to) = (at("from"), at("to"));
            let painted = Painted::new(&input["calendar"], from, to);
            let pauses = pauses(input);
            let active = (from..to).filter(|at| painted.open(*at) && !paused(&pauses, *at));
            json!({"elapsed_s": active.count()})
        }
        "next_open" => {
            let at = at("at");
            let painted = Painted::new(&input["calendar"], at, at + 20 * DAY);
            let open = (at..painted.end()).find(|at| painted.open(*at))?;
            json!({"open": painted.open(at), "next_open": timestamp(open)})
        }
        "warn" => {
            let target = input["target_s"].as_i64().expect("a target");
            let percents = input["percent"].as_array().expect("per cents").iter();
            let due = percents.map(|percent| {
                let part = target * percent.as_i64().expect("a per cent") / 100;
                Some(add(input, at("start"), part)?.ok().map(timestamp))
            });
            json!({"at": due.collect::<Option<Vec<_>>>()?})
        }
        "ticket" => tickets::answer(input)?,
        _ => return None,
    })
}

/// The due, or what is consumed when a pause without an end begins. `None` when the walk would be long.
fn add(input: &Value, start: i64, target: i64) -> Option<Result<i64, i64>> {
    let pauses = pauses(input);
    let last = pauses.iter().filter(|pause| pause.1.is_none());
    let last = last.map(|pause| pause.0).min();
    for days in [20, 120] {
        let painted = Painted::new(&input["calendar"], start, start + days * DAY);
        let (mut counted, mut at) = (0, start);
        while at < painted.end() {
            if counted == target {
                return Some(Ok(at));
            }
            if last.is_some_and(|last| last <= at) {
                return Some(Err(counted));
            }
            counted += i64::from(painted.open(at) && !paused(&pauses, at));
            at += 1;
        }
    }
    None
}

/// From and to, in seconds since 1970.
fn pauses(input: &Value) -> Vec<(i64, Option<i64>)> {
    let list = input["pauses"].as_array().map_or(&[][..], |list| list);
    let read = list.iter().map(|pause| {
        let end = Some(&pause[1]).filter(|end| !end.is_null());
        (seconds(&pause[0]), end.map(seconds))
    });
    read.collect()
}

fn paused(pauses: &[(i64, Option<i64>)], at: i64) -> bool {
    let inside = |(from, to): &(i64, Option<i64>)| *from <= at && to.is_none_or(|to| at < to);
    pauses.iter().any(inside)
}

/// An instant of JSON, in seconds since 1970.
pub fn seconds(value: &Value) -> i64 {
    let text = value.as_str().expect("an instant");
    text.parse::<Timestamp>().expect("an instant").as_second()
}

/// The same instant as text.
pub fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).expect("an instant of our days")
}

/// The calendars of a ticket, painted.
pub fn calendars(input: &Value, from: i64, to: i64) -> BTreeMap<String, Painted> {
    let named = input["calendars"].as_object().expect("calendars");
    named
        .iter()
        .map(|(name, hours)| (name.clone(), Painted::new(hours, from, to)))
        .collect()
}
