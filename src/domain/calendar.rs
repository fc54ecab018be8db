//! When the desk is open: calendars, and exact arithmetic with the time in them.
//!
//! [`Hours`] is what somebody wrote down: a time zone, the hours of each weekday, holidays, and days that are different.
//! [`Calendar`] is made of it and computes: [`Calendar::elapsed`], [`Calendar::add`], [`Calendar::next_open`]. Wall time
//! becomes instants by the compatible rule: of a repeated hour the earlier, and what a clock that is set forward leaves
//! out moves forward by as much. All intervals become spans of instants whose union is what counts, so nothing in the
//! arithmetic knows of dates, of clock changes, or of minutes: it is exact to the nanosecond.
//!
//! To be read in this order: what is written (`hours`), how it can be wrong (`fault`), what it means for each date
//! (`rules`), the spans around the present that make it fast (`window`), the pauses of those who compute (`pause`), and the
//! holidays that others have written down (`ical`).

use jiff::{SignedDuration, Timestamp};

mod fault;
mod hours;
mod ical;
mod pause;
mod rules;
#[cfg(test)]
mod tests;
mod window;

pub use fault::CalendarFault;
pub use hours::{Hours, Interval};
pub use ical::{IcalDays, IcalFault, YEARS_AHEAD, is_ical, read_holidays};
pub use pause::Pause;

use pause::Pauses;
use rules::Version;
use window::{Span, Window};

/// Nanoseconds: since 1970-01-01T00:00Z where it is an instant. An `i128`, as the years up to 9999 need more than 64 bits.
type Nanos = i128;

/// One second.
const SECOND: Nanos = 1_000_000_000;
/// One day of 24 hours.
const DAY: Nanos = 86_400 * SECOND;
/// How far back the window of a new calendar reaches. Most of what is computed is younger than a year.
const BACK: Nanos = 500 * DAY;
/// How far ahead it reaches: the longest target of a policy is some weeks of open time.
const AHEAD: Nanos = 1500 * DAY;
/// Outside of the window, spans are made for this long a time at first …
const FIRST_STEP: Nanos = 40 * DAY;
/// … and for at most this long a time at once, so that memory stays small however far the way is.
const LONGEST_STEP: Nanos = 640 * DAY;

/// Opening hours that can compute. It does not change; whoever edits the hours makes another ([`Calendar::changed_to`]).
///
/// Around the instant for which it was made it knows all open spans, with sums, and every question costs a binary
/// search. Elsewhere it makes the spans as it goes: slower, and the same.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// By the instant from which each is in force; the first from the first instant that there is.
    versions: Vec<Version>,
    /// Nothing is open before the first of these instants, and nothing from the second on.
    ends: (Nanos, Nanos),
    window: Window,
}

/// When a target is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The earliest instant by which so much active time has passed.
    At(Timestamp),
    /// Never: a pause without an end comes first, or the calendar opens no more.
    Never {
        /// The active time that passes until then.
        consumed: SignedDuration,
    },
}

impl Due {
    /// The instant, if there is one.
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Never { .. } => None,
        }
    }
}

impl Calendar {
    fn new(versions: Vec<Version>, now: Timestamp) -> Self {
        let now = nanos(now);
        let (from, to) = (in_range(now - BACK), in_range(now + AHEAD));
        let window = Window::new(from, to, spans(&versions, from, to));
        let begins = versions.iter().map(Version::opens).min();
        let ends = versions.iter().map(Version::closes).max();
        Self {
            versions,
            ends: (begins.unwrap_or(FIRST), ends.unwrap_or(LAST)),
            window,
        }
    }

    /// The same calendar until `from`, and `newer` from then on: an edit describes the world from that instant on, and
    /// changes nothing that was counted before it (`DOMAIN` 1.5). It is fastest around `now`.
    #[must_use]
    pub fn changed_to(&self, newer: &Self, from: Timestamp, now: Timestamp) -> Self {
        let from = nanos(from);
        let earlier = self.versions.iter().filter(|version| version.from < from);
        let mut versions: Vec<Version> = earlier.cloned().collect();
        // What the newer one was made of before `from` is not asked any more, but for the part in force at `from`.
        let later = newer.versions.iter().enumerate();
        versions.extend(later.filter_map(|(place, version)| {
            let until = newer.versions.get(place + 1).map(|next| next.from);
            let in_force = until.is_none_or(|until| until > from);
            in_force.then(|| version.clone().from(version.from.max(from)))
        }));
        Self::new(versions, now)
    }

    /// Whether it is open at that instant: closing time is closed.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let at = nanos(at);
        self.first_span(at).is_some_and(|span| span.from <= at)
    }

    /// The first open instant that is not before `at`: `at` itself where it is open. `None` if it opens no more.
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        let from = nanos(at);
        self.first_span(from)
            .map(|span| instant(span.from.max(from)))
    }

    /// The active time in `[from, to)`: open and in no pause. Zero where `to` is not after `from`.
    pub fn elapsed(&self, from: Timestamp, to: Timestamp, pauses: &[Pause]) -> SignedDuration {
        let (from, to) = (nanos(from), nanos(to));
        let paused = Pauses::of(pauses);
        let active = paused.between(from, to).map(|(a, b)| self.open(a, b));
        SignedDuration::from_nanos_i128(active.sum())
    }

    /// When `target` of active time has passed since `start`: the earliest such instant, so closing time where the
    /// target just fills the day, and `start` itself for a target of nothing (or less).
    pub fn add(&self, start: Timestamp, target: SignedDuration, pauses: &[Pause]) -> Due {
        let target = target.as_nanos().max(0);
        let mut left = target;
        for (from, to) in Pauses::of(pauses).between(nanos(start), LAST) {
            // The last stretch needs no measuring: it is as long as time.
            let active = if to == LAST {
                Nanos::MAX
            } else {
                self.open(from, to)
            };
            if active >= left {
                return match self.reach(from, left) {
                    Ok(at) => Due::At(instant(at)),
                    Err(open) => never(target - left + open),
                };
            }
            left -= active;
        }
        never(target - left)
    }

    /// The instants at which those per cents of the target are reached, each rounded down to a whole second of active
    /// time. Measured in active time, a warning cannot fall into the night.
    pub fn warnings(
        &self,
        start: Timestamp,
        target: SignedDuration,
        percents: &[u32],
        pauses: &[Pause],
    ) -> Vec<Due> {
        let parts = percents.iter().map(|percent| share(target, *percent));
        parts.map(|part| self.add(start, part, pauses)).collect()
    }

    /// Open time in `[from, to)`.
    fn open(&self, from: Nanos, to: Nanos) -> Nanos {
        if to <= from {
            return 0;
        }
        let (begin, end) = self.window.ends();
        let mut open = 0;
        if from < begin {
            open += self
                .walked(from, to.min(begin))
                .map(Span::length)
                .sum::<Nanos>();
        }
        open += self.window.open(from.max(begin), to.min(end));
        if to > end {
            open += self
                .walked(from.max(end), to)
                .map(Span::length)
                .sum::<Nanos>();
        }
        open
    }

    /// When `target` of open time has passed since `from`, or how much passes until the end of time.
    fn reach(&self, from: Nanos, target: Nanos) -> Result<Nanos, Nanos> {
        if target <= 0 {
            return Ok(from);
        }
        let (begin, end) = self.window.ends();
        let mut left = target;
        if from < begin {
            left = match reached(self.walked(from, begin), left) {
                Ok(at) => return Ok(at),
                Err(still) => still,
            };
        }
        if from < end {
            left = match self.window.reach(from.max(begin), left) {
                Ok(at) => return Ok(at),
                Err(still) => still,
            };
        }
        reached(self.walked(from.max(end), LAST), left).map_err(|left| target - left)
    }

    /// The first span that ends after `at`. It may begin before it.
    fn first_span(&self, at: Nanos) -> Option<Span> {
        let (begin, end) = self.window.ends();
        let early = (at < begin)
            .then(|| self.walked(at, begin).next())
            .flatten();
        early
            .or_else(|| self.window.first_span(at.max(begin)))
            .or_else(|| self.walked(at.max(end), LAST).next())
    }

    /// Open spans in `[from, to)`, without the window.
    fn walked(&self, from: Nanos, to: Nanos) -> impl Iterator<Item = Span> + '_ {
        let (mut at, to) = (from.max(self.ends.0), to.min(self.ends.1));
        let mut step = FIRST_STEP;
        std::iter::from_fn(move || {
            let next = (at + step).min(to);
            let part = (at < to).then(|| spans(&self.versions, at, next));
            at = next;
            step = (step * 2).min(LONGEST_STEP);
            part
        })
        .flatten()
    }
}

/// `percent` of a target, rounded down to a whole second.
pub fn share(target: SignedDuration, percent: u32) -> SignedDuration {
    let part = target.as_nanos() * Nanos::from(percent) / 100;
    let whole = part - part.rem_euclid(SECOND);
    let (least, most) = (SignedDuration::MIN, SignedDuration::MAX);
    SignedDuration::from_nanos_i128(whole.clamp(least.as_nanos(), most.as_nanos()))
}

fn never(consumed: Nanos) -> Due {
    Due::Never {
        consumed: SignedDuration::from_nanos_i128(consumed),
    }
}

/// When `left` is used up, or what is left of it.
fn reached(spans: impl Iterator<Item = Span>, mut left: Nanos) -> Result<Nanos, Nanos> {
    for span in spans {
        if span.length() >= left {
            return Ok(span.from + left);
        }
        left -= span.length();
    }
    Err(left)
}

/// The open spans in `[from, to)`, in order: none overlap or touch.
fn spans(versions: &[Version], from: Nanos, to: Nanos) -> Vec<Span> {
    let mut spans = Vec::new();
    for (place, version) in versions.iter().enumerate() {
        let until = versions.get(place + 1).map_or(to, |next| next.from.min(to));
        version.spans(version.from.max(from), until, &mut spans);
    }
    window::union(spans)
}

/// The first instant that there is, in the year -9999 …
const FIRST: Nanos = -377_705_023_201 * SECOND;
/// … and the last, in the year 9999. The library tells them only while the program runs; a test holds these to it.
const LAST: Nanos = 253_402_207_201 * SECOND - 1;

fn in_range(at: Nanos) -> Nanos {
    at.clamp(FIRST, LAST)
}

fn nanos(at: Timestamp) -> Nanos {
    at.as_nanosecond()
}

fn instant(at: Nanos) -> Timestamp {
    let nearest = if at < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_nanosecond(at).unwrap_or(nearest)
}
