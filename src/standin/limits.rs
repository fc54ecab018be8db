//! Rate limits, in real time: buckets per route and channel, the global fifty a second, and the ban for too many bad requests.
//!
//! Real time, because clients wait in real time whatever the desk's clock says.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use serde_json::{Value, json};

use crate::clock::{Clock, Stopwatch};

/// Requests a second over everything but interactions.
const GLOBAL: u32 = 50;
/// Requests answered with 401, 403 or 429 within ten minutes before an address is banned.
const MOST_INVALID: usize = 10_000;
const INVALID_WINDOW: Duration = Duration::from_secs(600);

/// How often a route may be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Allowance {
    /// So many requests …
    pub limit: u32,
    /// … in so many milliseconds.
    pub per_ms: u64,
}

/// The state of all limits.
#[derive(Debug)]
pub struct Limits {
    /// Whether they are enforced.
    pub on: bool,
    buckets: HashMap<String, Window>,
    global: Window,
    invalid: VecDeque<Stopwatch>,
}

#[derive(Debug)]
struct Window {
    since: Stopwatch,
    used: u32,
}

/// What a limit says about one request.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Headers for the answer.
    pub headers: Vec<(&'static str, String)>,
    /// The 429's body, if the request is refused.
    pub refused: Option<Value>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            on: true,
            buckets: HashMap::new(),
            global: Window::open(),
            invalid: VecDeque::new(),
        }
    }
}

impl Window {
    fn open() -> Self {
        Self {
            since: Stopwatch::start(),
            used: 0,
        }
    }

    /// Time left in the window, after opening a new one if the old one is over.
    fn left(&mut self, per: Duration) -> Duration {
        let elapsed = self.since.elapsed();
        if elapsed >= per {
            *self = Self::open();
            return per;
        }
        per - elapsed
    }
}

impl Limits {
    /// Counts a request of a bucket; `bucket` names route and channel (or guild, or webhook).
    pub fn count(
        &mut self,
        bucket: &str,
        allowance: Option<Allowance>,
        counts_globally: bool,
    ) -> Verdict {
        if !self.on {
            return Verdict::default();
        }
        if counts_globally {
            let left = self.global.left(Duration::from_secs(1));
            self.global.used += 1;
            if self.global.used > GLOBAL {
                return refuse(left, true, "global");
            }
        }
        let Some(allowance) = allowance else {
            return Verdict::default();
        };
        let window = self
            .buckets
            .entry(bucket.to_owned())
            .or_insert_with(Window::open);
        let left = window.left(Duration::from_millis(allowance.per_ms));
        let refused = window.used >= allowance.limit;
        if !refused {
            window.used += 1;
        }
        let mut verdict = if refused {
            refuse(left, false, "user")
        } else {
            Verdict::default()
        };
        let reset = Clock::system().now().as_millisecond() as f64 / 1000.0 + left.as_secs_f64();
        verdict.headers.extend([
            ("x-ratelimit-limit", allowance.limit.to_string()),
            (
                "x-ratelimit-remaining",
                allowance.limit.saturating_sub(window.used).to_string(),
            ),
            ("x-ratelimit-reset", format!("{reset:.3}")),
            (
                "x-ratelimit-reset-after",
                format!("{:.3}", left.as_secs_f64()),
            ),
            ("x-ratelimit-bucket", name_of(bucket)),
        ]);
        verdict
    }

    /// Counts an answer that Discord calls invalid.
    pub fn count_invalid(&mut self) {
        self.invalid.push_back(Stopwatch::start());
    }

    /// How many invalid requests there were in the last ten minutes.
    pub fn invalid(&mut self) -> usize {
        while self
            .invalid
            .front()
            .is_some_and(|first| first.elapsed() > INVALID_WINDOW)
        {
            self.invalid.pop_front();
        }
        self.invalid.len()
    }

    /// Whether this address sent so many invalid requests that it is shut out.
    pub fn is_banned(&mut self) -> bool {
        self.on && self.invalid() >= MOST_INVALID
    }
}

/// A 429 in Discord's shape. Its body has no code, which clients must bear.
pub fn refuse(retry_after: Duration, global: bool, scope: &str) -> Verdict {
    let seconds = (retry_after.as_secs_f64() * 1000.0).ceil() / 1000.0;
    let mut headers = vec![
        ("retry-after", format!("{}", seconds.ceil())),
        ("x-ratelimit-scope", scope.to_owned()),
    ];
    if global {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    } else {
        headers.push(("x-ratelimit-reset-after", format!("{seconds:.3}")));
    }
    let body =
        json!({"message": "You are being rate limited.", "retry_after": seconds, "global": global});
    Verdict {
        headers,
        refused: Some(body),
    }
}

/// A bucket's opaque name.
fn name_of(bucket: &str) -> String {
    // FNV-1a is enough for a name that only has to differ.
    let hash = bucket
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_request_of_a_bucket_of_five_is_refused_and_another_bucket_is_not() {
        let mut limits = Limits::default();
        let allowance = Some(Allowance {
            limit: 5,
            per_ms: 60_000,
        });
        for _ in 0..5 {
            assert!(limits.count("a", allowance, true).refused.is_none());
        }
        let refused = limits
            .count("a", allowance, true)
            .refused
            .expect("the sixth is refused");
        assert_eq!(refused["global"], false);
        assert!(
            refused["retry_after"]
                .as_f64()
                .is_some_and(|after| after > 50.0)
        );
        assert!(limits.count("b", allowance, true).refused.is_none());
        limits.on = false;
        assert!(limits.count("a", allowance, true).refused.is_none());
    }

    #[test]
    fn ten_thousand_invalid_requests_shut_an_address_out() {
        let mut limits = Limits::default();
        (0..MOST_INVALID - 1).for_each(|_| limits.count_invalid());
        assert!(!limits.is_banned());
        limits.count_invalid();
        assert!(limits.is_banned());
    }
}
