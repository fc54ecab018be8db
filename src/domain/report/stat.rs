//! Percentiles and shares, as reports show them (`DOMAIN` 1.16).

use std::ops::AddAssign;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Spans of time, by what is typical and what is bad. A mean is not shown: a few long ones move it where nobody is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans {
    /// How many there are.
    pub n: usize,
    /// Half of them are no longer, in seconds.
    pub median: Option<i64>,
    /// Nine of ten are no longer, in seconds.
    pub p90: Option<i64>,
    /// The longest, in seconds.
    pub longest: Option<i64>,
}

impl Spans {
    /// Of these.
    pub fn of(spans: impl IntoIterator<Item = SignedDuration>) -> Self {
        let mut seconds: Vec<i64> = spans.into_iter().map(|span| span.as_secs()).collect();
        seconds.sort_unstable();
        Self {
            n: seconds.len(),
            median: nearest_rank(&seconds, 50),
            p90: nearest_rank(&seconds, 90),
            longest: seconds.last().copied(),
        }
    }
}

/// The percentile by nearest rank: one of the values that there are, never one between two.
pub fn nearest_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

/// Some of a number of things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// So many,
    pub part: usize,
    /// of so many.
    pub of: usize,
}

impl Share {
    /// Of all these, those that are so.
    pub fn of<T>(all: impl IntoIterator<Item = T>, so: impl Fn(&T) -> bool) -> Self {
        let mut share = Self::default();
        for one in all {
            share.of += 1;
            share.part += usize::from(so(&one));
        }
        share
    }

    /// In whole per cent; nothing where there is nothing to share.
    pub fn percent(self) -> Option<usize> {
        (self.part * 200 + self.of).checked_div(self.of * 2)
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, more: Self) {
        self.part += more.part;
        self.of += more.of;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values_and_a_share_is_rounded_to_the_nearest() {
        let spans = |all: &[i64]| Spans::of(all.iter().copied().map(SignedDuration::from_secs));
        let ten: Vec<i64> = (1..=10).rev().collect();
        let of_ten = spans(&ten);
        assert_eq!(
            (of_ten.median, of_ten.p90, of_ten.longest),
            (Some(5), Some(9), Some(10))
        );
        assert_eq!((spans(&[7]).median, spans(&[7]).p90), (Some(7), Some(7)));
        assert_eq!(spans(&[]), Spans::default());
        assert_eq!(nearest_rank(&[1, 2, 3], 50), Some(2));
        assert_eq!(
            Share::of([1, 2, 3], |one| *one > 1),
            Share { part: 2, of: 3 }
        );
        let percent = |part, of| Share { part, of }.percent();
        assert_eq!(
            [percent(2, 3), percent(1, 8), percent(0, 5)],
            [Some(67), Some(13), Some(0)]
        );
        assert_eq!(percent(0, 0), None);
    }
}
