//! What the hours mean for each date, and which instants that makes.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::hours::place_in_week;
use super::window::Span;
use super::{FIRST, LAST, Nanos, in_range, instant, nanos};

/// An interval of wall time.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// On the date to which it belongs.
    pub from: Time,
    /// On the same date, or on the next.
    pub to: Time,
    /// Whether it ends on the next date, midnight included.
    pub next_day: bool,
}

/// Rules, and from when on they are in force.
#[derive(Clone, Debug)]
pub struct Version {
    /// The first instant for which they say what is open.
    pub from: Nanos,
    rules: Arc<Rules>,
}

impl Version {
    /// Rules that are in force from the first instant that there is.
    pub fn first(rules: Rules) -> Self {
        Self {
            from: FIRST,
            rules: Arc::new(rules),
        }
    }

    /// The same rules, in force from another instant on.
    pub fn from(mut self, from: Nanos) -> Self {
        self.from = from;
        self
    }

    /// Nothing is open before.
    pub fn opens(&self) -> Nanos {
        self.rules.ends.0.max(self.from)
    }

    /// Nothing is open from then on.
    pub fn closes(&self) -> Nanos {
        self.rules.ends.1
    }

    /// Adds what is open in `[from, to)`, in no order and overlapping as it may.
    pub fn spans(&self, from: Nanos, to: Nanos, spans: &mut Vec<Span>) {
        if from < to {
            self.rules.spans(from, to, spans);
        }
    }
}

/// The intervals of every date.
#[derive(Debug)]
pub struct Rules {
    zone: TimeZone,
    /// From Monday.
    weekly: [Vec<Slot>; 7],
    /// Holidays and overrides.
    dated: BTreeMap<Date, Vec<Slot>>,
    /// Nothing opens before the first of these instants, and nothing is open after the second.
    ends: (Nanos, Nanos),
}

/// An interval of a date may lie so many days after it: a night shift on a date that the zone left out, as some
/// islands did when they crossed the date line, counts on the second day after.
const DAYS_AFTER: i64 = 3;
/// … and so many before it, where the zone had a date twice.
const DAYS_BEFORE: i64 = 2;

impl Rules {
    /// `None` when nothing ever opens.
    pub fn new(
        zone: TimeZone,
        weekly: [Vec<Slot>; 7],
        dated: BTreeMap<Date, Vec<Slot>>,
    ) -> Option<Self> {
        let mut rules = Self {
            zone,
            weekly,
            dated,
            ends: (FIRST, LAST),
        };
        // Dates that are written down come to an end, and nobody should look for more in all of time.
        if rules.weekly.iter().all(Vec::is_empty) {
            let mut all = Vec::new();
            for (date, slots) in &rules.dated {
                rules.of_date(*date, slots, &mut all);
            }
            let first = all.iter().map(|span| span.from).min()?;
            let last = all.iter().map(|span| span.to).max()?;
            rules.ends = (first, last);
        }
        Some(rules)
    }

    fn spans(&self, from: Nanos, to: Nanos, spans: &mut Vec<Span>) {
        let done = spans.len();
        let first = self.date(from).saturating_sub(DAYS_AFTER.days());
        let last = self.date(to).saturating_add(DAYS_BEFORE.days());
        if self.weekly.iter().all(Vec::is_empty) {
            for (date, slots) in self.dated.range(first..=last) {
                self.of_date(*date, slots, spans);
            }
        } else {
            let mut dated = self.dated.range(first..=last).peekable();
            let mut next = Some(first);
            while let Some(date) = next.filter(|date| *date <= last) {
                let own = dated.next_if(|(dated, _)| **dated == date);
                let usual = &self.weekly[place_in_week(date.weekday())];
                self.of_date(date, own.map_or(usual, |(_, slots)| slots), spans);
                next = date.tomorrow().ok();
            }
        }
        let mut kept = done;
        for place in done..spans.len() {
            let span = Span {
                from: spans[place].from.max(from),
                to: spans[place].to.min(to),
            };
            if span.from < span.to {
                spans[kept] = span;
                kept += 1;
            }
        }
        spans.truncate(kept);
    }

    /// An interval whose instants are empty or reversed does not exist on that date.
    fn of_date(&self, date: Date, slots: &[Slot], spans: &mut Vec<Span>) {
        for slot in slots {
            let ends_on = if slot.next_day {
                date.tomorrow().ok()
            } else {
                Some(date)
            };
            let from = self.instant(date, slot.from);
            let to = ends_on.and_then(|date| self.instant(date, slot.to));
            if let (Some(from), Some(to)) = (from, to)
                && from < to
            {
                spans.push(Span { from, to });
            }
        }
    }

    /// The compatible rule: of two instants the earlier; a wall time that does not exist is read with the offset in
    /// force before the gap. `None` beyond the instants that can be said.
    fn instant(&self, date: Date, time: Time) -> Option<Nanos> {
        let wall = self.zone.to_ambiguous_timestamp(date.to_datetime(time));
        wall.compatible().ok().map(nanos)
    }

    /// The local date at an instant.
    fn date(&self, at: Nanos) -> Date {
        self.zone.to_datetime(instant(in_range(at))).date()
    }
}
