//! Opening hours as somebody wrote them, and how a calendar is made of them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

use super::rules::{Rules, Slot, Version};
use super::{Calendar, CalendarFault};

/// From and to, as `09:00` and `17:00`. `24:00` may be an end; an end that is earlier than the beginning lies on the
/// next date.
pub type Interval = (String, String);

/// Opening hours, as they are kept and edited.
///
/// For a date, its override is what counts; else nothing if it is a holiday; else its weekday. An interval belongs to
/// the date on which it begins: a holiday removes the shift that begins on it, not the end of the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// An IANA name, such as `Europe/Berlin`.
    pub tz: String,
    /// By `mon` to `sun`; a day that is missing is closed.
    #[serde(default)]
    pub weekly: BTreeMap<String, Vec<Interval>>,
    /// Dates that are closed, such as `2026-12-25`.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Dates with hours of their own; none close the day.
    #[serde(default)]
    pub overrides: BTreeMap<String, Vec<Interval>>,
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// The end of a day.
const MIDNIGHT: u16 = 24 * 60;

impl Hours {
    /// Open day and night, without an end.
    pub fn always() -> Self {
        let whole = ("00:00".to_owned(), "24:00".to_owned());
        let days = WEEKDAYS.map(|(key, _)| (key.to_owned(), vec![whole.clone()]));
        Self {
            tz: "UTC".to_owned(),
            weekly: days.into(),
            ..Self::default()
        }
    }

    /// Which date it is there at `now`; in UTC where nobody knows the zone.
    pub fn date(&self, zones: &TimeZoneDatabase, now: Timestamp) -> Date {
        let zone = zones.get(&self.tz).unwrap_or(TimeZone::UTC);
        now.to_zoned(zone).date()
    }

    /// Makes a calendar that is fastest around `now`, whatever `now` is it computes the same.
    ///
    /// # Errors
    ///
    /// Says what is wrong first, in the order time zone, weekdays, holidays, overrides, and whether anything ever opens.
    pub fn calendar(
        &self,
        zones: &TimeZoneDatabase,
        now: Timestamp,
    ) -> Result<Calendar, CalendarFault> {
        let zone = zone(&self.tz, zones)?;
        let mut weekly: [Vec<Slot>; 7] = Default::default();
        for (key, intervals) in &self.weekly {
            let day = WEEKDAYS.iter().position(|(name, _)| name == key);
            let day = day.ok_or_else(|| CalendarFault::BadWeekday { key: key.clone() })?;
            weekly[day] = slots(&format!("weekly.{key}"), intervals)?;
        }
        let mut dated = BTreeMap::new();
        for text in &self.holidays {
            dated.insert(date("holidays", text)?, Vec::new());
        }
        for (text, intervals) in &self.overrides {
            let place = format!("overrides.{text}");
            dated.insert(date("overrides", text)?, slots(&place, intervals)?);
        }
        let rules = Rules::new(zone, weekly, dated).ok_or(CalendarFault::NoBusinessHours)?;
        Ok(Calendar::new(vec![Version::first(rules)], now))
    }
}

/// Where a weekday's hours stand in a week that begins on Monday.
pub fn place_in_week(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

fn zone(tz: &str, zones: &TimeZoneDatabase) -> Result<TimeZone, CalendarFault> {
    let bad = |meant: Option<&str>| CalendarFault::BadTimeZone {
        tz: tz.to_owned(),
        meant: meant.map(str::to_owned),
    };
    let zone = zones.get(tz).map_err(|_| bad(None))?;
    // The database finds `europe/berlin` too, and knows a zone that nobody lives in.
    match zone.iana_name() {
        Some(name) if name != tz && name.eq_ignore_ascii_case(tz) => Err(bad(Some(name))),
        _ if zone.is_unknown() => Err(bad(None)),
        _ => Ok(zone),
    }
}

fn date(place: &'static str, text: &str) -> Result<Date, CalendarFault> {
    let date: Option<Date> = text.parse().ok();
    // The parser reads other forms as well, and a date that is kept in two forms would count twice.
    date.filter(|date| date.to_string() == text)
        .ok_or_else(|| CalendarFault::BadDate {
            place,
            text: text.to_owned(),
        })
}

fn slots(place: &str, intervals: &[Interval]) -> Result<Vec<Slot>, CalendarFault> {
    let mut read = Vec::with_capacity(intervals.len());
    for (from, to) in intervals {
        let begin = minute(place, from)?;
        let mut end = minute(place, to)?;
        if begin == end || begin == MIDNIGHT {
            return Err(CalendarFault::EmptyInterval {
                place: place.to_owned(),
                from: from.clone(),
                to: to.clone(),
            });
        }
        if end < begin {
            end += MIDNIGHT;
        }
        read.push((begin, end, format!("{from}–{to}")));
    }
    read.sort();
    for pair in read.windows(2) {
        if pair[1].0 < pair[0].1 {
            return Err(CalendarFault::OverlappingIntervals {
                place: place.to_owned(),
                first: pair[0].2.clone(),
                second: pair[1].2.clone(),
            });
        }
    }
    let slots = read.iter().map(|(begin, end, _)| Slot {
        from: time(*begin),
        to: time(*end),
        next_day: *end >= MIDNIGHT,
    });
    Ok(slots.collect())
}

/// Minutes since the beginning of the day.
fn minute(place: &str, text: &str) -> Result<u16, CalendarFault> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let read = || {
        let [a, b, b':', c, d] = text.as_bytes() else {
            return None;
        };
        let (hours, minutes) = (digit(*a)? * 10 + digit(*b)?, digit(*c)? * 10 + digit(*d)?);
        let minute = hours * 60 + minutes;
        (minutes < 60 && minute <= MIDNIGHT).then_some(minute)
    };
    read().ok_or_else(|| CalendarFault::BadTime {
        place: place.to_owned(),
        text: text.to_owned(),
    })
}

fn time(minute: u16) -> Time {
    let minute = minute % MIDNIGHT;
    let part = |value: u16| i8::try_from(value).unwrap_or(0);
    Time::midnight()
        .with()
        .hour(part(minute / 60))
        .minute(part(minute % 60))
        .build()
        .unwrap_or(Time::MIN)
}
