//! What the desk does for its articles in the background: writes those that were published and could not be written yet, looks
//! back at solved tickets, flags what somebody should look at, and learns how sure to be.

use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::watch;

use crate::clock::{Clock, pause};
use crate::desk::Desk;

/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_millis(300);

/// How often it is tried again to write what was decided on, and solved tickets are looked back at.
const OFTEN: SignedDuration = SignedDuration::from_secs(60);

/// How often articles are flagged, and outcomes are learned from.
const SELDOM: SignedDuration = SignedDuration::from_hours(1);

/// Works until `stop` says true. What fails is tried again the next time.
pub async fn run(desk: Desk, clock: Clock, mut stop: watch::Receiver<bool>) {
    let (mut often, mut seldom) = (None, None);
    while !*stop.borrow() {
        let now = clock.now();
        if often.is_none_or(|at| now >= at + OFTEN) {
            often = Some(now);
            if let Err(error) = desk.write_articles(now).await {
                tracing::error!(error = ?error, "the articles that were decided on could not be read from the database");
            }
            if let Err(error) = desk.look_back(now).await {
                tracing::error!(error = ?error, "solved tickets could not be looked back at");
            }
        }
        if seldom.is_none_or(|at| now >= at + SELDOM) {
            seldom = Some(now);
            if let Err(error) = desk.flag_articles(now).await {
                tracing::error!(error = ?error, "the articles could not be looked through for what is wrong with them");
            }
            if let Err(error) = desk.learn_confidence(now).await {
                tracing::error!(error = ?error, "what outcomes teach could not be read");
            }
        }
        tokio::select! {
            () = pause(LOOK) => {}
            _ = stop.changed() => {}
        }
    }
}
