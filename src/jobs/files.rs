//! Fetches the files that people gave, before Discord's links to them expire, and removes those that were taken back.
//!
//! What is to be fetched is a row, so nothing is forgotten over a restart; what fails waits longer each time.

use std::time::Duration;

use futures::StreamExt;
use tokio::sync::watch;

use crate::clock::{Clock, pause};
use crate::desk::{Desk, Error, Fetched};
use crate::discord::files::{Fetcher, NoFile};
use crate::domain::record::FileState;
use crate::store;
use crate::store::files::Waiting;

/// Files fetched at the same time.
const AT_ONCE: usize = 4;
/// Rows looked at in one pass.
const BATCH: u32 = 32;
/// How long to wait after the database did not answer.
const AFTER_TROUBLE: Duration = Duration::from_secs(5);

/// Fetches and removes until `stop` says true. What is under way then is broken off, and begun anew at the next start.
pub async fn run(desk: Desk, fetcher: Fetcher, clock: Clock, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let next = tokio::select! {
            next = once(&desk, &fetcher, &clock) => next,
            _ = stop.changed() => return,
        };
        let next = match next {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(error = ?error, "files could not be looked after; trying again");
                tokio::select! {
                    () = pause(AFTER_TROUBLE) => {}
                    _ = stop.changed() => {}
                }
                continue;
            }
        };
        tokio::select! {
            () = desk.files_moved() => {}
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

async fn once(
    desk: &Desk,
    fetcher: &Fetcher,
    clock: &Clock,
) -> Result<Option<jiff::Timestamp>, Error> {
    loop {
        let mut from = desk.store().reader().await?;
        let now = clock.now();
        let ready = store::files::ready(&mut from, BATCH, now).await?;
        let next = store::files::next_due(&mut from, now).await?;
        drop(from);
        if ready.is_empty() {
            sweep(desk).await?;
            return Ok(next);
        }
        let all = futures::stream::iter(
            ready
                .into_iter()
                .map(|row| fetch(desk, fetcher, clock, row)),
        );
        let mut all = std::pin::pin!(all.buffer_unordered(AT_ONCE));
        while let Some(done) = all.next().await {
            done?;
        }
    }
}

async fn fetch(desk: &Desk, fetcher: &Fetcher, clock: &Clock, row: Waiting) -> Result<(), Error> {
    let outcome = match desk.largest_file() {
        None => Fetched::Never {
            state: FileState::Off,
            why: "no files are kept".to_owned(),
        },
        Some(most) => match fetcher.fetch(row.id, &row.url, most).await {
            Ok((sha256, size)) => Fetched::Kept { sha256, size },
            Err(no) => not_fetched(&no),
        },
    };
    match &outcome {
        Fetched::Kept { size, .. } => tracing::debug!(file.id = row.id.0, size, "a file is kept"),
        Fetched::Later { why } | Fetched::Never { why, .. } => {
            tracing::warn!(
                file.id = row.id.0,
                attempts = row.attempts,
                "a file was not fetched: {why}"
            );
        }
    }
    desk.fetched(row.id, row.attempts, outcome, clock.now())
        .await
}

fn not_fetched(no: &NoFile) -> Fetched {
    let why = no.to_string();
    let state = match no {
        NoFile::Later { .. } => return Fetched::Later { why },
        NoFile::Elsewhere => FileState::Refused,
        NoFile::TooLarge { .. } => FileState::TooLarge,
        NoFile::Gone { .. } => FileState::Failed,
    };
    Fetched::Never { state, why }
}

/// Removes the bytes of what was taken back, unless the same bytes are kept for another file. Only here are files fetched
/// or removed, one pass after the other, so that none comes while its bytes go.
async fn sweep(desk: &Desk) -> Result<(), Error> {
    let mut from = desk.store().reader().await?;
    let forgets = store::files::any_to_forget(&mut from).await?;
    drop(from);
    if forgets {
        let mut change = desk.store().change().await?;
        store::files::forget(&mut change).await?;
        change.commit().await?;
    }
    loop {
        let mut from = desk.store().reader().await?;
        let removed = store::files::removed(&mut from).await?;
        drop(from);
        if removed.is_empty() {
            return Ok(());
        }
        for (file, sha256, needed) in removed {
            if !needed {
                let gone = tokio::fs::remove_file(desk.store().files().join(&sha256)).await;
                if let Err(error) = gone
                    && error.kind() != std::io::ErrorKind::NotFound
                {
                    tracing::error!(%error, sha256, "a file that was taken back cannot be removed");
                    return Ok(());
                }
            }
            let mut change = desk.store().change().await?;
            store::files::swept(&mut change, file).await?;
            change.commit().await?;
        }
    }
}
