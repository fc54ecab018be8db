//! Reads the articles again when somebody has saved one.

use std::time::Duration;

use tokio::sync::watch;

use crate::clock::{Stopwatch, pause};
use crate::desk::Desk;
use crate::kb::Kb;

/// How often the folder is looked at. It is read at the second look after it was saved, so within a second.
const LOOK: Duration = Duration::from_millis(300);

/// Looking takes at most one part in so many of the time, however many files there are.
const SHARE: u32 = 20;

/// Looks after the folder until `stop` says true. Looking works on every kind of disk, also where nothing tells of a change.
/// Questions are answered from what was read before until the new articles are ready.
pub async fn run(desk: Desk, mut stop: watch::Receiver<bool>) {
    // What a large folder means is found out while its words already answer.
    let kb = desk.kb().clone();
    if let Err(error) = tokio::task::spawn_blocking(move || kb.fill_in()).await {
        tracing::error!(error = ?error, "what the articles mean could not be found out: their words alone answer");
    }
    let mut rest = LOOK;
    while !*stop.borrow() {
        tokio::select! {
            () = pause(rest) => {}
            _ = stop.changed() => continue,
        }
        let kb = desk.kb().clone();
        let looked = tokio::task::spawn_blocking(move || {
            let watch = Stopwatch::start();
            let outdated = kb.is_outdated();
            let took = watch.elapsed();
            if outdated {
                kb.reload();
                report(&kb);
            }
            took
        });
        match looked.await {
            Ok(took) => rest = LOOK.max(took * SHARE),
            Err(error) => tracing::error!(error = ?error, "the articles could not be read again"),
        }
    }
}

/// Logs what came of reading the articles, and each file that is not taken as it stands.
pub fn report(kb: &Kb) {
    let loaded = kb.loaded();
    for finding in loaded.findings.iter().filter(|finding| finding.is_error()) {
        tracing::warn!("a file is left out, or taken as it was before: {finding}");
    }
    if kb.is_empty() {
        tracing::warn!(
            folder = %kb.folder().display(),
            "the knowledge base is empty: every question ends in a ticket. Set DESKHAND_KB to the folder of articles"
        );
    } else {
        tracing::info!(
            articles = kb.len(),
            kept = loaded.kept.len(),
            left_out = loaded.left_out.len(),
            aliases = kb.aliases(),
            "the knowledge base is read"
        );
    }
}
