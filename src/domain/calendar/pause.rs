//! Times that do not count, whatever the calendar says.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::window::{Span, union};
use super::{LAST, Nanos, nanos};

/// `[from, to)`: a clock stands still. Pauses may overlap, come in any order, begin before what is measured, or be
/// empty: their union counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    from = "(Timestamp, Option<Timestamp>)",
    into = "(Timestamp, Option<Timestamp>)"
)]
pub struct Pause {
    /// The first instant that does not count.
    pub from: Timestamp,
    /// The first that counts again; `None` while nobody knows.
    pub to: Option<Timestamp>,
}

impl From<(Timestamp, Option<Timestamp>)> for Pause {
    fn from((from, to): (Timestamp, Option<Timestamp>)) -> Self {
        Self { from, to }
    }
}

impl From<Pause> for (Timestamp, Option<Timestamp>) {
    fn from(pause: Pause) -> Self {
        (pause.from, pause.to)
    }
}

/// The union of pauses, in order.
pub struct Pauses(Vec<Span>);

impl Pauses {
    pub fn of(pauses: &[Pause]) -> Self {
        let spans = pauses.iter().map(|pause| Span {
            from: nanos(pause.from),
            to: pause.to.map_or(Nanos::MAX, nanos),
        });
        // One that ends before it begins is empty too.
        Self(union(spans.filter(|span| span.from < span.to).collect()))
    }

    /// The stretches of `[from, to)` that are in no pause. None of them is empty, but for the one before the first
    /// pause: where that pause begins at `from`, a target of nothing is still reached there.
    pub fn between(&self, from: Nanos, to: Nanos) -> impl Iterator<Item = (Nanos, Nanos)> + '_ {
        let ahead = self
            .0
            .iter()
            .filter(move |pause| pause.to > from && pause.from < to);
        let begins = std::iter::once(from).chain(ahead.clone().map(|pause| pause.to));
        let ends = ahead.map(|pause| pause.from).chain([to]);
        begins
            .zip(ends)
            .map(move |(begin, end)| (begin, end.max(from)))
            .take_while(|(begin, _)| *begin <= LAST)
    }
}
