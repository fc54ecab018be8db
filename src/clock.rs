//! The only place that reads or waits for time.
//!
//! The desk lives by *desk time*: instants that a [`Clock`] hands out. It is the system's time, a system time that
//! somebody moved forward (`deskhand try`), or a time that stands still until a test moves it. Waiting for the network
//! is another matter: it happens in *real time*, whatever the desk's clock says ([`pause`], [`deadline`]).

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

/// The longest wait without looking at the wall clock again: a suspended machine or a clock that was set back is
/// noticed after this long (`RELIABILITY` rule 7: timers wait on a monotonic clock and re-read the wall clock).
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Desk time. Cheap to clone; all clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where time stands still, or `None` for the system's clock.
    frozen_at: Option<Timestamp>,
    /// How far the clock was moved, in milliseconds.
    moved_ms: AtomicI64,
    /// Counts the moves, so that those who wait look again.
    moves: watch::Sender<u64>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::new(None)
    }

    /// A clock that stands still at `at` until it is moved: the clock of tests.
    pub fn frozen_at(at: Timestamp) -> Self {
        Self::new(Some(at))
    }

    fn new(frozen_at: Option<Timestamp>) -> Self {
        Self(Arc::new(Inner {
            frozen_at,
            moved_ms: AtomicI64::new(0),
            moves: watch::channel(0).0,
        }))
    }

    /// The present instant, to the millisecond: finer instants could not be stored and would not compare equal.
    pub fn now(&self) -> Timestamp {
        let base = self
            .0
            .frozen_at
            .unwrap_or_else(Timestamp::now)
            .as_millisecond();
        let ms = base.saturating_add(self.0.moved_ms.load(Ordering::SeqCst));
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock by `by` (backwards too, as a corrected system clock does) and wakes everybody who waits.
    pub fn advance(&self, by: SignedDuration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.0.moved_ms.fetch_add(ms, Ordering::SeqCst);
        self.0.moves.send_modify(|moves| *moves += 1);
    }

    /// Waits until desk time has reached `at`; returns at once if it has.
    pub async fn sleep_until(&self, at: Timestamp) {
        let mut moves = self.0.moves.subscribe();
        loop {
            let left = at.duration_since(self.now());
            if left <= SignedDuration::ZERO {
                return;
            }
            let left = Duration::try_from(left)
                .unwrap_or(LONGEST_WAIT)
                .min(LONGEST_WAIT);
            if self.0.frozen_at.is_some() {
                // The sender lives as long as `self`, so this waits for the next move.
                let _ = moves.changed().await;
            } else {
                tokio::select! {
                    () = tokio::time::sleep(left) => {}
                    _ = moves.changed() => {}
                }
            }
        }
    }

    /// Waits for `by` of desk time.
    pub async fn sleep(&self, by: SignedDuration) {
        self.sleep_until(self.now().checked_add(by).unwrap_or(Timestamp::MAX))
            .await;
    }
}

/// Waits in real time: for spacing requests, never for anything that the desk promises.
pub async fn pause(by: Duration) {
    tokio::time::sleep(by).await;
}

/// Gives `work` at most `limit` of real time; `None` when it did not finish, and is then dropped.
pub async fn deadline<F: Future>(limit: Duration, work: F) -> Option<F::Output> {
    tokio::time::timeout(limit, work).await.ok()
}

/// A started stopwatch, in real and monotonic time, for log fields and rate gates.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts one.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Real time since it was started.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_frozen_clock_wakes_sleepers_only_when_it_has_been_moved_far_enough() {
        let start: Timestamp = "2026-06-15T13:00:00Z".parse().expect("a valid instant");
        let clock = Clock::frozen_at(start);
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep(SignedDuration::from_secs(60)).await;
                clock.now()
            }
        });
        tokio::task::yield_now().await;
        clock.advance(SignedDuration::from_secs(59));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.advance(SignedDuration::from_secs(1));
        assert_eq!(
            sleeper.await.expect("the sleeper ends"),
            start + SignedDuration::from_secs(60)
        );
    }

    #[tokio::test]
    async fn a_deadline_gives_up_on_what_never_ends() {
        assert_eq!(
            deadline(Duration::from_millis(5), std::future::pending::<()>()).await,
            None
        );
        assert_eq!(deadline(Duration::from_secs(5), async { 7 }).await, Some(7));
    }
}
