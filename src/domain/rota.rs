//! Shifts of every week, and whose each is.
//!
//! A [`Rota`] has days and times in a zone, and people who take it in turn, week by week. One person alone is a rota too. That
//! one of its shifts is somebody else's for once is a swap. Wall time becomes instants by the compatible rule, as in the
//! calendars; a shift over midnight belongs to the day, and the week, on which it begins.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

use super::calendar::{CalendarFault, Hours};
use super::ids::{GuildId, RotaId, UserId};

/// So many people take turns at most: a list shows no more.
pub const PEOPLE_AT_MOST: usize = 25;

/// So many rotas has a desk at most: a list shows no more.
pub const ROTAS_AT_MOST: usize = 25;

/// Within so many days a weekly shift comes round, also where a clock that is set forward leaves one out.
const COMES_ROUND: i64 = 16;

/// A shift over midnight, in a zone that left a date out, may have begun so many days ago.
const DAYS_BEFORE: i64 = 3;

/// A shift of every week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rota {
    /// Its row.
    pub id: RotaId,
    /// Whose it is.
    pub guild: GuildId,
    /// What it is called: hostile text.
    pub name: String,
    /// Its days and times.
    pub hours: Hours,
    /// Who takes it, in the order of their weeks.
    pub people: Vec<UserId>,
    /// A Monday: the first one's week.
    pub since: Date,
    /// Shifts that somebody else takes, by their beginning.
    pub swaps: BTreeMap<Timestamp, UserId>,
    /// Whose shift runs, and when it began, as it was turned last.
    pub on: Option<(UserId, Timestamp)>,
    /// When to turn it next.
    pub next_at: Option<Timestamp>,
}

/// One shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// When it begins.
    pub from: Timestamp,
    /// When it ends: from then on it is over.
    pub until: Timestamp,
    /// Whose it is.
    pub user: UserId,
}

/// The Monday of the week in which `now` lies there, from which the weeks are counted.
///
/// # Errors
///
/// Says what is wrong with the hours.
pub fn first_week(hours: &Hours, now: Timestamp) -> Result<Date, CalendarFault> {
    let zones = TimeZoneDatabase::bundled();
    hours.calendar(&zones, now)?;
    let today = zone(hours).to_datetime(now).date();
    Ok(monday(today))
}

impl Rota {
    /// The shifts that are not over at `now` and begin within so many days, in order.
    pub fn shifts(&self, now: Timestamp, days: i64) -> Vec<Shift> {
        let zone = zone(&self.hours);
        let today = zone.to_datetime(now).date();
        let first = today.saturating_sub(DAYS_BEFORE.days());
        let last = today.saturating_add(days.days());
        let mut shifts: Vec<Shift> = first
            .series(1.day())
            .take_while(|date| *date <= last)
            .flat_map(|date| self.of_date(date, &zone))
            .filter(|shift| shift.until > now)
            .collect();
        shifts.sort_by_key(|shift| shift.from);
        shifts
    }

    /// The shift that runs at `now`.
    pub fn running(&self, now: Timestamp) -> Option<Shift> {
        let mut near = self.shifts(now, 1).into_iter();
        near.find(|shift| shift.from <= now)
    }

    /// When the next shift begins or ends after `now`.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let near = self.shifts(now, COMES_ROUND);
        let ends = near.iter().flat_map(|shift| [shift.from, shift.until]);
        ends.filter(|at| *at > now).min()
    }

    fn of_date(&self, date: Date, zone: &TimeZone) -> Vec<Shift> {
        let key = match date.weekday() {
            Weekday::Monday => "mon",
            Weekday::Tuesday => "tue",
            Weekday::Wednesday => "wed",
            Weekday::Thursday => "thu",
            Weekday::Friday => "fri",
            Weekday::Saturday => "sat",
            Weekday::Sunday => "sun",
        };
        let intervals = self.hours.weekly.get(key).into_iter().flatten();
        intervals
            .filter_map(|(from, to)| {
                let next = || date.tomorrow().ok();
                let begins = instant(date, time(from)?, zone)?;
                let ends = match time(to) {
                    Some(end) if time(from)? < end => instant(date, end, zone)?,
                    Some(end) => instant(next()?, end, zone)?,
                    // `24:00`
                    None => instant(next()?, Time::midnight(), zone)?,
                };
                let user = self.whose(begins, date)?;
                (begins < ends).then_some(Shift {
                    from: begins,
                    until: ends,
                    user,
                })
            })
            .collect()
    }

    /// Who takes the shift that begins then, on that date.
    fn whose(&self, begins: Timestamp, date: Date) -> Option<UserId> {
        if let Some(user) = self.swaps.get(&begins) {
            return Some(*user);
        }
        let days = self.since.until(monday(date)).ok()?.get_days();
        let people = i32::try_from(self.people.len()).ok()?;
        let turn = days.div_euclid(7).checked_rem_euclid(people)?;
        self.people.get(usize::try_from(turn).ok()?).copied()
    }
}

/// The zone of hours that were checked when they were set; UTC where this program does not know it any more.
fn zone(hours: &Hours) -> TimeZone {
    let known = TimeZoneDatabase::bundled().get(&hours.tz);
    known.unwrap_or(TimeZone::UTC)
}

fn monday(date: Date) -> Date {
    let since = date.weekday().to_monday_zero_offset();
    date.saturating_sub(i64::from(since).days())
}

fn time(text: &str) -> Option<Time> {
    text.parse().ok()
}

fn instant(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    let wall = zone.to_ambiguous_timestamp(date.to_datetime(time));
    wall.compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vendor::read_hours;

    const RAVI: UserId = UserId(11);
    const SAMI: UserId = UserId(12);
    const NOOR: UserId = UserId(31);

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn rota(hours: &str, people: &[UserId]) -> Rota {
        let hours = read_hours(hours).expect("hours");
        let since = first_week(&hours, at("2026-06-17T09:00:00Z")).expect("a week");
        Rota {
            id: RotaId(1),
            guild: GuildId(1),
            name: "Early".into(),
            hours,
            people: people.to_vec(),
            since,
            swaps: BTreeMap::new(),
            on: None,
            next_at: None,
        }
    }

    #[test]
    fn a_shift_begins_and_ends_at_its_instants_and_not_one_earlier() {
        let rota = rota("Mon-Fri 09:00-17:00 Europe/Berlin", &[RAVI]);
        let (from, until) = (at("2026-06-15T07:00:00Z"), at("2026-06-15T15:00:00Z"));
        let shift = Shift {
            from,
            until,
            user: RAVI,
        };
        let before = from - jiff::SignedDuration::from_nanos(1);
        assert_eq!(rota.running(before), None);
        assert_eq!(rota.next_change(before), Some(from));
        assert_eq!(rota.running(from), Some(shift));
        assert_eq!(rota.next_change(from), Some(until));
        assert_eq!(rota.running(until), None);
        // From Friday evening to Monday morning
        let friday = at("2026-06-19T15:00:00Z");
        assert_eq!(rota.next_change(friday), Some(at("2026-06-22T07:00:00Z")));
    }

    #[test]
    fn several_people_rotate_by_week_and_a_night_belongs_to_the_week_in_which_it_begins() {
        let rota = rota("Sun 22:00-06:00 UTC", &[RAVI, SAMI, NOOR]);
        let shifts = rota.shifts(at("2026-06-15T00:00:00Z"), 28);
        let users: Vec<UserId> = shifts.iter().map(|shift| shift.user).collect();
        // The Sunday before the first week is the last one's.
        assert_eq!(users, [NOOR, RAVI, SAMI, NOOR, RAVI]);
        assert_eq!(shifts[1].until, at("2026-06-22T06:00:00Z"));
    }

    #[test]
    fn a_swap_is_for_one_shift() {
        let mut rota = rota("Mon-Tue 09:00-17:00 UTC", &[RAVI]);
        rota.swaps.insert(at("2026-06-16T09:00:00Z"), SAMI);
        let shifts = rota.shifts(at("2026-06-15T00:00:00Z"), 7);
        let users: Vec<UserId> = shifts.iter().map(|shift| shift.user).collect();
        assert_eq!(users, [RAVI, SAMI, RAVI]);
    }

    #[test]
    fn clocks_that_change_move_no_shift_and_lose_none() {
        // In the night to 2026-03-29 Berlin's clocks jump from two to three.
        let rota = rota("Sat-Sun 22:00-06:00 Europe/Berlin", &[RAVI]);
        let night = rota.running(at("2026-03-28T23:00:00Z")).expect("a shift");
        assert_eq!(night.from, at("2026-03-28T21:00:00Z"));
        assert_eq!(night.until, at("2026-03-29T04:00:00Z"));
        let next = rota.running(at("2026-03-29T23:00:00Z")).expect("a shift");
        assert_eq!(next.from, at("2026-03-29T20:00:00Z"));
    }

    #[test]
    fn day_and_night_means_one_shift_after_the_other() {
        let rota = rota("Mon-Sun 00:00-24:00 UTC", &[RAVI, SAMI]);
        let at_midnight = rota.running(at("2026-06-22T00:00:00Z")).expect("a shift");
        assert_eq!(at_midnight.user, SAMI, "the next week");
        let before = rota.running(at("2026-06-21T23:59:59Z")).expect("a shift");
        assert_eq!((before.user, before.until), (RAVI, at_midnight.from));
        assert_eq!(
            self::rota("24/7", &[]).next_change(at("2026-06-22T00:00:00Z")),
            None
        );
    }
}
