//! What one clock has counted: stretches of time, each by the calendar that was in force.

use jiff::{SignedDuration, Timestamp};

use crate::domain::calendar::Calendar;

/// `[from, to)` of wall time, of which the open part of a calendar counted.
#[derive(Clone, Copy, Debug)]
struct Stretch<'a> {
    from: Timestamp,
    to: Timestamp,
    calendar: &'a Calendar,
    counted: SignedDuration,
}

/// A count of active time that can be asked when it reaches what.
#[derive(Clone, Debug)]
pub struct Count<'a> {
    start: Timestamp,
    past: Vec<Stretch<'a>>,
    /// The sum of the past.
    counted: SignedDuration,
    /// Since when it counts by which calendar; `None` while it stands still.
    running: Option<(Timestamp, &'a Calendar)>,
}

impl<'a> Count<'a> {
    /// Stands still, at nothing.
    pub fn new(start: Timestamp) -> Self {
        Self {
            start,
            past: Vec::new(),
            counted: SignedDuration::ZERO,
            running: None,
        }
    }

    /// When it began.
    pub fn start(&self) -> Timestamp {
        self.start
    }

    /// From `at` on it counts by that calendar, or not at all.
    pub fn go_on(&mut self, calendar: Option<&'a Calendar>, at: Timestamp) {
        if let Some((from, old)) = self.running {
            // Most of what happens changes nothing here: one stretch is cheaper than many.
            if calendar.is_some_and(|new| std::ptr::eq(new, old)) {
                return;
            }
            if from < at {
                let counted = old.elapsed(from, at, &[]);
                self.counted += counted;
                self.past.push(Stretch {
                    from,
                    to: at,
                    calendar: old,
                    counted,
                });
            }
        }
        self.running = calendar.map(|calendar| (at, calendar));
    }

    /// The active time until `at`, which is not before the last change.
    pub fn elapsed(&self, at: Timestamp) -> SignedDuration {
        let running = self
            .running
            .map_or(SignedDuration::ZERO, |(from, calendar)| {
                calendar.elapsed(from, at, &[])
            });
        self.counted + running
    }

    /// The earliest instant by which `target` has passed, if everything stays as it is.
    pub fn due(&self, target: SignedDuration) -> Option<Timestamp> {
        if target <= SignedDuration::ZERO {
            return Some(self.start);
        }
        if self.counted < target {
            let (from, calendar) = self.running?;
            return calendar.add(from, target - self.counted, &[]).at();
        }
        let mut left = target;
        for stretch in &self.past {
            if stretch.counted >= left {
                let due = stretch.calendar.add(stretch.from, left, &[]).at();
                return due.map(|due| due.min(stretch.to));
            }
            left -= stretch.counted;
        }
        None
    }
}
