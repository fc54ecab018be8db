//! Shifts, as people see them.

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

use crate::discord::plain;
use crate::discord::reply::Choice;
use crate::discord::words::Words;
use crate::discord::words::duty::{day_and_time, time_of_day};
use crate::domain::rota::{Rota, Shift};
use crate::domain::vendor::show_hours;

/// The shifts of so many days, line by line, the next ones first.
pub fn ahead(
    words: Words,
    rotas: &[Rota],
    days: i64,
    at_most: usize,
    now: Timestamp,
) -> Vec<String> {
    let mut all: Vec<(Shift, &Rota)> = rotas
        .iter()
        .flat_map(|rota| {
            let shifts = rota.shifts(now, days).into_iter();
            shifts.map(move |shift| (shift, rota))
        })
        .collect();
    all.sort_by_key(|(shift, rota)| (shift.from, rota.id));
    all.iter()
        .take(at_most)
        .map(|(shift, rota)| {
            let (from, until) = (day_and_time(shift.from), time_of_day(shift.until));
            words.shift_line(&from, &until, &plain::shown_line(&rota.name), shift.user)
        })
        .collect()
}

/// A shift of every week: what it is called, when it is, and who takes it.
pub fn rota(words: Words, rota: &Rota) -> String {
    let name = plain::shown_line(&rota.name);
    let people: Vec<String> = rota.people.iter().map(|who| format!("<@{who}>")).collect();
    let people = match people.len() {
        0 => words.shift_nobody(),
        1 => words.shift_one(&people.join("")),
        _ => words.shift_people(&people.join(", ")),
    };
    let hours = plain::shown_line(&show_hours(&rota.hours));
    format!("{}\n{people}", words.shift_rota(&name, &hours))
}

/// A shift in a list, where Discord draws no times: in the rota's own zone.
pub fn choice(rota: &Rota, shift: &Shift) -> Choice {
    let zone = TimeZoneDatabase::bundled().get(&rota.hours.tz);
    let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
    let (from, until) = (zone.to_datetime(shift.from), zone.to_datetime(shift.until));
    let label = format!(
        "{} {}–{} · {}",
        from.date(),
        from.strftime("%H:%M"),
        until.strftime("%H:%M"),
        plain::one_line(&rota.name)
    );
    Choice {
        label: plain::cut(&label, 100),
        value: format!("{}-{}", rota.id, shift.from.as_millisecond()),
        about: Some(rota.hours.tz.clone()),
        chosen: false,
    }
}
