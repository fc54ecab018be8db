//! Keeps what reports need of tickets that have ended, so that a report of a month does not read all that happened in it.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use crate::clock::{Stopwatch, pause};
use crate::desk::Desk;

/// How often it is looked what ended meanwhile.
const LOOK: Duration = Duration::from_secs(10);

/// How often all that ever ended is looked at: what could not be kept before, or was let go of since.
const ALL_AGAIN: Duration = Duration::from_secs(60 * 60);

/// After so long it goes on where there are many: others want to write as well.
const BREATH: Duration = Duration::from_millis(20);

/// Works until `stop` says true. What fails is tried again the next time.
pub async fn run(desk: Desk, mut stop: watch::Receiver<bool>) {
    // Each start looks at all that ever ended: what another program kept may not be what this one needs.
    let mut since = Timestamp::MIN;
    let mut all_at = Stopwatch::start();
    while !*stop.borrow() {
        if all_at.elapsed() >= ALL_AGAIN {
            (since, all_at) = (Timestamp::MIN, Stopwatch::start());
        }
        let more = match desk.keep_lives(since).await {
            Ok((kept, until)) => {
                since = until;
                kept > 0
            }
            Err(error) => {
                tracing::error!(error = ?error, "what reports need of tickets that ended could not be kept; reports take longer");
                false
            }
        };
        tokio::select! {
            () = pause(if more { BREATH } else { LOOK }) => {}
            _ = stop.changed() => {}
        }
    }
}
