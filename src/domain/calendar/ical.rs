//! Holidays in an iCalendar file (RFC 5545): its all-day events, also those that come again every year.
//!
//! Read by hand, as only a small part of the format can mean a holiday, and everything else in a file of holidays is better
//! refused with its line than guessed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::Span;
use jiff::civil::{Date, Weekday};

#[cfg(test)]
mod tests;

/// What comes every year is written down for this year and so many after it.
pub const YEARS_AHEAD: i16 = 5;
/// A holiday that lasts longer is a slip of the finger, in days.
const LONGEST: usize = 60;
/// So many days at most come of one file.
const DAYS: usize = 2000;

/// Why a file gives no holidays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct IcalFault {
    /// In which line, from 1.
    pub line: usize,
    /// What is wrong there, and what to write instead. It repeats what stands there: hostile text.
    pub what: String,
}

/// What a file closes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IcalDays {
    /// The days, each with what it is called there: hostile text, or nothing.
    pub days: BTreeMap<Date, String>,
    /// How many events at a time of day were passed over: they are no holidays.
    pub passed_over: usize,
}

/// Where a calendar begins: by this a file is known as one.
const BEGINS: &str = "BEGIN:VCALENDAR";

/// Whether `text` wants to be an iCalendar file.
pub fn is_ical(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.get(..BEGINS.len())
        .is_some_and(|first| first.eq_ignore_ascii_case(BEGINS))
}

/// A line of content: its name, its value, and where it begins.
struct Line<'t> {
    number: usize,
    name: String,
    value: &'t str,
}

/// What is known of the event that is being read.
#[derive(Default)]
struct Event<'t> {
    begins: usize,
    lines: BTreeMap<String, Line<'t>>,
    /// Further days on which it is.
    also: Vec<Date>,
    /// Days on which it is not.
    without: BTreeSet<Date>,
    /// How many parts of it, such as an alarm, are open.
    inside: usize,
}

/// The days of all-day events, from the year of `today` on. Events at a time of day are no holidays and are passed over, and
/// so are those that were called off.
///
/// # Errors
///
/// The first line that cannot be read, or a file in which no day is closed.
pub fn read_holidays(text: &str, today: Date) -> Result<IcalDays, IcalFault> {
    if !is_ical(text) {
        let what = format!("an iCalendar file begins with {BEGINS}");
        return Err(fault(1, &what));
    }
    let unfolded = unfold(text);
    let mut read = IcalDays::default();
    let mut event: Option<Event<'_>> = None;
    for (number, raw) in &unfolded {
        let Some(line) = content(*number, raw) else {
            return Err(fault(*number, "this is no line of an iCalendar file"));
        };
        let of_event = line.value.eq_ignore_ascii_case("VEVENT");
        match (line.name.as_str(), &mut event) {
            ("BEGIN", open) if of_event => {
                if let Some(open) = open {
                    return Err(fault(open.begins, "this event does not end"));
                }
                event = Some(Event {
                    begins: *number,
                    ..Event::default()
                });
            }
            ("END", open) if of_event => {
                let Some(event) = open.take() else {
                    return Err(fault(*number, "an event ends that did not begin"));
                };
                event.close(today, &mut read)?;
            }
            (_, Some(event)) => event.take(line)?,
            _ => {}
        }
        if read.days.len() > DAYS {
            return Err(fault(1, &format!("more than {DAYS} days are closed by it")));
        }
    }
    if let Some(event) = event {
        return Err(fault(event.begins, "this event does not end"));
    }
    if read.days.is_empty() {
        let what = format!("no all-day event in it lies in {} or later", today.year());
        return Err(fault(1, &what));
    }
    Ok(read)
}

fn fault(line: usize, what: &str) -> IcalFault {
    IcalFault {
        line,
        what: what.to_owned(),
    }
}

/// Lines that begin with a blank go on with the one before. Each is given with the number at which it begins.
fn unfold(text: &str) -> Vec<(usize, String)> {
    let mut all: Vec<(usize, String)> = Vec::new();
    for (place, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), all.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => all.push((place + 1, line.to_owned())),
        }
    }
    all
}

fn content(number: usize, raw: &str) -> Option<Line<'_>> {
    // A colon between quotation marks belongs to a parameter.
    let mut quoted = false;
    let colon = raw.find(|c| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    let (head, value) = (&raw[..colon], raw[colon + 1..].trim());
    let name = head.split_once(';').map_or(head, |(name, _)| name);
    let known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if name.is_empty() || !name.chars().all(known) {
        return None;
    }
    Some(Line {
        number,
        name: name.to_ascii_uppercase(),
        value,
    })
}

/// `20261224`.
fn date(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return None;
    }
    let year = text[..4].parse().ok()?;
    let (month, day) = (text[4..6].parse().ok()?, text[6..].parse().ok()?);
    Date::new(year, month, day).ok()
}

/// Of `20261224` or `20261224T090000Z` the day: whole days are compared.
fn day_of(text: &str) -> Option<Date> {
    date(text.get(..8).unwrap_or(text))
}

/// A name as it was written before its commas and line ends were hidden.
fn unescaped(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => read.push(' '),
                Some(other) => read.push(other),
                None => {}
            },
            _ => read.push(c),
        }
    }
    read
}

impl<'t> Event<'t> {
    fn take(&mut self, line: Line<'t>) -> Result<(), IcalFault> {
        match line.name.as_str() {
            "BEGIN" => self.inside += 1,
            "END" => self.inside = self.inside.saturating_sub(1),
            _ if self.inside > 0 => {}
            "EXDATE" | "RDATE" => {
                let days = line.value.split(',').map(|one| {
                    let what = format!("\"{one}\" is no date: 20261224 is one");
                    day_of(one.trim()).ok_or_else(|| fault(line.number, &what))
                });
                let days = days.collect::<Result<Vec<Date>, _>>()?;
                if line.name == "RDATE" {
                    self.also.extend(days);
                } else {
                    self.without.extend(days);
                }
            }
            _ => {
                self.lines.entry(line.name.clone()).or_insert(line);
            }
        }
        Ok(())
    }

    fn close(&self, today: Date, read: &mut IcalDays) -> Result<(), IcalFault> {
        if let Some(status) = self.lines.get("STATUS")
            && status.value.eq_ignore_ascii_case("CANCELLED")
        {
            return Ok(());
        }
        let Some(start) = self.lines.get("DTSTART") else {
            return Err(fault(self.begins, "this event has no DTSTART"));
        };
        if start.value.contains('T') {
            read.passed_over += 1;
            return Ok(());
        }
        let first = whole_day(start)?;
        let length = self.length(first)?;
        if length > LONGEST {
            let what =
                format!("this event has {length} days, and no holiday has more than {LONGEST}");
            return Err(fault(start.number, &what));
        }
        let begins = match self.lines.get("RRULE") {
            Some(rule) => Rule::read(rule, first)?.begins(rule, first, today)?,
            None => vec![first],
        };
        let name = self
            .lines
            .get("SUMMARY")
            .map_or_else(String::new, |line| unescaped(line.value));
        // One that begins in December may reach into this year.
        let lately = |begin: &Date| begin.year() >= today.year().saturating_sub(1);
        let all = begins.into_iter().chain(self.also.iter().copied());
        for begin in all.filter(lately) {
            if self.without.contains(&begin) {
                continue;
            }
            let days = begin.series(Span::new().days(1)).take(length);
            for day in days.filter(|day| day.year() >= today.year()) {
                read.days.entry(day).or_insert_with(|| name.clone());
            }
        }
        Ok(())
    }

    /// How many days it lasts.
    fn length(&self, first: Date) -> Result<usize, IcalFault> {
        match (self.lines.get("DTEND"), self.lines.get("DURATION")) {
            (Some(line), _) => {
                let end = whole_day(line)?;
                let days = first.until(end).map_or(0, |span| span.get_days());
                // The end is the first day that is open again; some programs repeat the beginning.
                let days = usize::try_from(days)
                    .map_err(|_| fault(line.number, "this event ends before it begins"))?;
                Ok(days.max(1))
            }
            (None, Some(line)) => whole_days(line.value).ok_or_else(|| {
                let what = format!("\"{}\" is no number of days: P1D is one", line.value);
                fault(line.number, &what)
            }),
            (None, None) => Ok(1),
        }
    }
}

fn whole_day(line: &Line<'_>) -> Result<Date, IcalFault> {
    date(line.value).ok_or_else(|| {
        let what = format!("\"{}\" is no date: 20261224 is one", line.value);
        fault(line.number, &what)
    })
}

/// `P2D`, `P1W`.
fn whole_days(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('P')?;
    let days = if let Some(days) = rest.strip_suffix('D') {
        days.parse().ok()?
    } else {
        let weeks: usize = rest.strip_suffix('W')?.parse().ok()?;
        weeks.checked_mul(7)?
    };
    (days > 0).then_some(days)
}

/// A rule by which it comes every year, or every so many years.
struct Rule {
    interval: i16,
    count: Option<usize>,
    until: Option<Date>,
    month: i8,
    day: i8,
    nth: Option<(i8, Weekday)>,
}

impl Rule {
    fn bad(line: &Line<'_>, what: &str) -> IcalFault {
        let what = format!("the rule \"{}\" is not understood: {what}", line.value);
        fault(line.number, &what)
    }

    fn read(line: &Line<'_>, first: Date) -> Result<Self, IcalFault> {
        let bad = |what: &str| Self::bad(line, what);
        let mut rule = Self {
            interval: 1,
            count: None,
            until: None,
            month: first.month(),
            day: first.day(),
            nth: None,
        };
        let (mut yearly, mut of_month) = (false, false);
        for part in line.value.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| bad("write NAME=VALUE"))?;
            let within = |range: Range<i16>, what: &str| {
                let number = value.parse().ok().filter(|number| range.contains(number));
                number.ok_or_else(|| bad(what))
            };
            let small = |number: i16| i8::try_from(number).unwrap_or(1);
            match name.to_ascii_uppercase().as_str() {
                "FREQ" => yearly = value.eq_ignore_ascii_case("YEARLY"),
                "INTERVAL" => rule.interval = within(1..1000, "INTERVAL is a number of years")?,
                "COUNT" => {
                    let count = within(1..10_000, "COUNT is a number of times")?;
                    rule.count = Some(usize::from(count.unsigned_abs()));
                }
                "UNTIL" => rule.until = Some(day_of(value).ok_or_else(|| bad("UNTIL is a date"))?),
                "BYMONTH" => {
                    rule.month = small(within(1..13, "BYMONTH is one month")?);
                    of_month = true;
                }
                "BYMONTHDAY" => rule.day = small(within(1..32, "BYMONTHDAY is one day")?),
                "BYDAY" => {
                    let nth =
                        weekday(value).ok_or_else(|| bad("BYDAY is one day, such as -1MO"))?;
                    rule.nth = Some(nth);
                }
                "WKST" => {}
                other => return Err(bad(&format!("{other} is not known here"))),
            }
        }
        if !yearly {
            return Err(bad("only FREQ=YEARLY is"));
        }
        if rule.nth.is_some() && !of_month {
            return Err(bad("BYDAY goes with BYMONTH"));
        }
        Ok(rule)
    }

    /// When it begins, from `first` on, up to some years after `today`.
    fn begins(&self, line: &Line<'_>, first: Date, today: Date) -> Result<Vec<Date>, IcalFault> {
        let (mut begins, mut year) = (Vec::new(), first.year());
        while year <= today.year().saturating_add(YEARS_AHEAD)
            && self.count.is_none_or(|count| begins.len() < count)
        {
            let found = match self.nth {
                Some((nth, weekday)) => Date::new(year, self.month, 1)
                    .and_then(|first| first.nth_weekday_of_month(nth, weekday)),
                None => Date::new(year, self.month, self.day),
            };
            // What there is not in that year, such as the 29th of February, is left out.
            if let Ok(found) = found
                && found >= first
            {
                if self.until.is_some_and(|until| found > until) {
                    break;
                }
                begins.push(found);
            }
            year = year.saturating_add(self.interval);
        }
        if begins.is_empty() {
            return Err(Self::bad(line, "it never comes in these years"));
        }
        Ok(begins)
    }
}

/// `1MO`, `-1FR`.
fn weekday(text: &str) -> Option<(i8, Weekday)> {
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = match name {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    let nth: i8 = nth.parse().ok()?;
    (nth != 0 && (-5..=5).contains(&nth)).then_some((nth, weekday))
}
