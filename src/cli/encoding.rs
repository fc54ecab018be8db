//! The encoder at the command line: there where it was added, it reads what it does not know before anybody is answered.

use std::path::Path;
use std::sync::Arc;

use deskhand::clock::Clock;
use deskhand::jobs::vectors;
use deskhand::kb::vectors::Encoder;
use deskhand::kb::{Article, Kb};
use deskhand::store::vectors::{FILE, Vectors};

use super::progress::Bar;

/// The encoder in this folder, if one was added. One that cannot be used is said in the log, and the rest goes on.
pub fn added(folder: &Path) -> Option<Arc<Encoder>> {
    match Encoder::added(folder) {
        Ok(encoder) => encoder.map(Arc::new),
        Err(fault) => {
            tracing::warn!(
                "the encoder is not used: {fault}. `deskhand kb encoder add` adds it anew"
            );
            None
        }
    }
}

/// Has the encoder read these articles, with a bar, and keeps what it made of them in its folder.
///
/// # Errors
/// When the encoder fails.
pub async fn let_read(kb: &Kb, articles: Vec<Arc<Article>>, folder: &Path) -> anyhow::Result<()> {
    if articles.is_empty() {
        return Ok(());
    }
    let clock = Clock::system();
    let kept = Vectors::open(&folder.join(FILE), clock.now()).await;
    let kept = kept
        .inspect_err(|error| {
            tracing::warn!(error = ?error, "what the encoder reads cannot be kept");
        })
        .ok();
    let mut bar = Bar::new();
    let read = vectors::read(
        kb,
        kept.as_ref(),
        articles,
        false,
        &clock,
        None,
        |done, total| {
            bar.show("reading", done, total);
        },
    );
    let read = read.await.map_err(anyhow::Error::from_boxed);
    bar.finish();
    if let Some(kept) = kept {
        kept.close().await;
    }
    read.map(|_| ())
}
