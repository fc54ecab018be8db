//! Digests: what leads are told by themselves, once a day and once a week, and when.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::board::BoardList;
use super::ids::GuildId;
use super::notice::DigestLine;
use super::report::{Period, Report};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Each day, of the day before.
    Day,
    /// Each Monday, of the week before.
    Week,
}

/// When a desk's leads want their digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// At which minute of the day, as clocks are set where the desk is.
    pub minute: i16,
    /// Each day.
    pub daily: bool,
    /// Each Monday.
    pub weekly: bool,
}

impl Default for Rhythm {
    /// At eight in the morning, both: before the day begins, and after the night.
    fn default() -> Self {
        Self {
            minute: 8 * 60,
            daily: true,
            weekly: true,
        }
    }
}

impl Rhythm {
    /// Whether that one is wanted.
    pub fn wants(&self, every: Every) -> bool {
        match every {
            Every::Day => self.daily,
            Every::Week => self.weekly,
        }
    }

    /// When the last one was due at `now`, or is just now.
    pub fn last(&self, every: Every, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let (date, back) = this(every, zone, now)?;
        let this = self.at(date, zone)?;
        if this <= now {
            return Some(this);
        }
        self.at(date.checked_sub(back.days()).ok()?, zone)
    }

    /// When the next one is due after `now`.
    pub fn next(&self, every: Every, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let (date, on) = this(every, zone, now)?;
        let this = self.at(date, zone)?;
        if this > now {
            return Some(this);
        }
        self.at(date.checked_add(on.days()).ok()?, zone)
    }

    /// That minute of that day. One that clocks skip comes as much later.
    fn at(&self, date: Date, zone: &TimeZone) -> Option<Timestamp> {
        let (hour, minute) = (self.minute / 60, self.minute % 60);
        let time = date.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0);
        Some(time.to_zoned(zone.clone()).ok()?.timestamp())
    }
}

/// The day on which one is due that is not over, or the Monday, and how many days lie between two.
fn this(every: Every, zone: &TimeZone, now: Timestamp) -> Option<(Date, i64)> {
    let today = zone.to_datetime(now).date();
    match every {
        Every::Day => Some((today, 1)),
        Every::Week => Some((monday(today)?, 7)),
    }
}

fn monday(day: Date) -> Option<Date> {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(since.days()).ok()
}

/// What a digest that is due at `due` tells of: the day or the week before, and the one before that.
pub fn periods(every: Every, zone: &TimeZone, due: Timestamp) -> Option<[Period; 2]> {
    let (end, days) = this(every, zone, due)?;
    let midnight = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
    let begin = end.checked_sub(days.days()).ok()?;
    let before = begin.checked_sub(days.days()).ok()?;
    let period = |from, until| {
        Some(Period {
            from: midnight(from)?,
            until: midnight(until)?,
        })
    };
    Some([period(begin, end)?, period(before, begin)?])
}

/// What leads are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Of which desk.
    pub guild: GuildId,
    /// Of a day or a week.
    pub every: Every,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// What is about to be late now, the most pressing first.
    pub soon: BoardList,
    /// What is late now, the longest first.
    pub late: BoardList,
    /// What is least urgent and ran out since the last one: the first of it.
    pub least: Vec<DigestLine>,
    /// All of it.
    pub least_count: u32,
    /// What the desk did.
    pub report: Box<Report>,
    /// What it did in the period before.
    pub before: Box<Report>,
}

impl Digest {
    /// So much of what is least urgent stands in one; the rest is counted.
    pub const LEAST_AT_MOST: usize = 10;

    /// Whether there is nothing to say.
    pub fn calm(&self) -> bool {
        let now = self.soon.total + self.late.total + self.least_count;
        let report = &self.report;
        now == 0 && report.opened + report.solved + report.backlog.n == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZoneDatabase;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn one_comes_each_day_and_each_monday_by_the_clocks_where_the_desk_is() {
        let zone = TimeZoneDatabase::bundled();
        let zone = zone.get("Europe/Berlin").expect("a zone");
        let rhythm = Rhythm::default();
        // A Saturday; clocks are moved on in the night after it.
        let saturday = at("2026-03-28T09:00:00Z");
        let last = |every| rhythm.last(every, &zone, saturday).expect("an instant");
        let next = |every| rhythm.next(every, &zone, saturday).expect("an instant");
        assert_eq!(last(Every::Day), at("2026-03-28T07:00:00Z"));
        assert_eq!(next(Every::Day), at("2026-03-29T06:00:00Z"));
        assert_eq!(last(Every::Week), at("2026-03-23T07:00:00Z"));
        assert_eq!(next(Every::Week), at("2026-03-30T06:00:00Z"));
        let early = at("2026-03-28T06:59:59Z");
        let before = rhythm.last(Every::Day, &zone, early);
        assert_eq!(before, Some(at("2026-03-27T07:00:00Z")));
        let due = at("2026-03-28T07:00:00Z");
        assert_eq!(rhythm.last(Every::Day, &zone, due), Some(due));
        assert_eq!(rhythm.next(Every::Day, &zone, due), Some(next(Every::Day)));
        // At a minute that there is not in that night, an hour later.
        let skipped = Rhythm {
            minute: 150,
            ..rhythm
        };
        let night = skipped.next(Every::Day, &zone, saturday);
        assert_eq!(night, Some(at("2026-03-29T01:30:00Z")));
    }

    #[test]
    fn it_tells_of_the_day_or_the_week_before() {
        let zone = TimeZone::UTC;
        let monday = at("2026-06-15T08:00:00Z");
        let days = |every| {
            let [of, before] = periods(every, &zone, monday).expect("periods");
            [before.from, before.until, of.from, of.until]
                .map(|at| zone.to_datetime(at).date().to_string())
        };
        let day = ["2026-06-13", "2026-06-14", "2026-06-14", "2026-06-15"];
        let week = ["2026-06-01", "2026-06-08", "2026-06-08", "2026-06-15"];
        assert_eq!(
            (days(Every::Day), days(Every::Week)),
            (day.map(str::to_owned), week.map(str::to_owned))
        );
    }
}
