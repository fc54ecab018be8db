//! Open spans in order, with sums: what makes a calendar fast around the present.

use super::Nanos;

/// `[from, to)`, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first open instant.
    pub from: Nanos,
    /// The first closed one.
    pub to: Nanos,
}

impl Span {
    /// How long it is.
    pub fn length(self) -> Nanos {
        self.to - self.from
    }
}

/// The union of spans: in order, and those that overlap or touch made one.
pub fn union(mut spans: Vec<Span>) -> Vec<Span> {
    // Mostly they are in order already, which the sort notices.
    spans.sort();
    let mut last: Option<usize> = None;
    for place in 0..spans.len() {
        let span = spans[place];
        match last {
            Some(last) if span.from <= spans[last].to => {
                spans[last].to = spans[last].to.max(span.to);
            }
            _ => {
                let next = last.map_or(0, |last| last + 1);
                spans[next] = span;
                last = Some(next);
            }
        }
    }
    spans.truncate(last.map_or(0, |last| last + 1));
    spans
}

/// All open spans between two instants.
#[derive(Clone, Debug)]
pub struct Window {
    from: Nanos,
    to: Nanos,
    /// Each with the open time in the window before it.
    spans: Vec<(Span, Nanos)>,
    /// The open time in all of it.
    open: Nanos,
}

impl Window {
    /// Of spans that are in order and inside.
    pub fn new(from: Nanos, to: Nanos, spans: Vec<Span>) -> Self {
        let mut open = 0;
        let summed = spans.into_iter().map(|span| {
            let before = open;
            open += span.length();
            (span, before)
        });
        Self {
            from,
            to,
            spans: summed.collect(),
            open,
        }
    }

    /// From where to where it knows everything.
    pub fn ends(&self) -> (Nanos, Nanos) {
        (self.from, self.to)
    }

    /// Open time in `[from, to)`, where both lie inside; zero where `to` is not after `from`.
    pub fn open(&self, from: Nanos, to: Nanos) -> Nanos {
        if to <= from {
            return 0;
        }
        self.before(to) - self.before(from)
    }

    /// When `target`, which is more than nothing, has passed since `from`; else what is left of it at the end.
    pub fn reach(&self, from: Nanos, target: Nanos) -> Result<Nanos, Nanos> {
        let sum = self.before(from) + target;
        if sum > self.open {
            return Err(sum - self.open);
        }
        // The first span by whose end the sum is reached: closing time, not the next opening.
        let place = self
            .spans
            .partition_point(|(span, before)| before + span.length() < sum);
        self.spans
            .get(place)
            .map_or(Err(target), |(span, before)| Ok(span.from + (sum - before)))
    }

    /// The first span that ends after `at`.
    pub fn first_span(&self, at: Nanos) -> Option<Span> {
        let place = self.spans.partition_point(|(span, _)| span.to <= at);
        self.spans.get(place).map(|(span, _)| *span)
    }

    /// Open time in the window before `at`.
    fn before(&self, at: Nanos) -> Nanos {
        let place = self.spans.partition_point(|(span, _)| span.to <= at);
        self.spans
            .get(place)
            .map_or(self.open, |(span, before)| before + (at - span.from).max(0))
    }
}
