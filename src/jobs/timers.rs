//! Fires timers. They are rows, so nothing is forgotten over a restart; late ones fire at once.

use std::time::Duration;

use tokio::sync::watch;

use crate::clock::{Clock, pause};
use crate::desk::{Desk, OVERDUE_AFTER};

/// How long to wait after the database did not answer.
const AFTER_TROUBLE: Duration = Duration::from_secs(5);

/// Fires what is due until `stop` says true.
pub async fn run(desk: Desk, clock: Clock, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let next = match fire_all(&desk, &clock).await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(error = ?error, "timers could not be fired; trying again");
                tokio::select! {
                    () = pause(AFTER_TROUBLE) => {}
                    _ = stop.changed() => {}
                }
                continue;
            }
        };
        tokio::select! {
            () = desk.timers_moved() => {}
            () = async {
                match next {
                    Some(at) => clock.sleep_until(at).await,
                    None => std::future::pending().await,
                }
            } => {}
            _ = stop.changed() => {}
        }
    }
}

/// Looks every minute for what should have fired, until `stop` says true.
pub async fn audit(desk: Desk, clock: Clock, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            () = clock.sleep_until(clock.now() + OVERDUE_AFTER) => {}
            _ = stop.changed() => continue,
        }
        if let Err(error) = desk.audit_timers(clock.now()).await {
            tracing::error!(error = ?error, "timers could not be looked through");
        }
    }
}

async fn fire_all(
    desk: &Desk,
    clock: &Clock,
) -> Result<Option<jiff::Timestamp>, crate::desk::Error> {
    while desk.fire_due(clock.now()).await? > 0 {}
    desk.next_timer().await
}
