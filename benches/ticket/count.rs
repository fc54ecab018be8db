//! Counts the strings of statements that sqlx hands over to its connections' threads: it logs each of them.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

static COUNTS: AtomicBool = AtomicBool::new(false);
static COUNT: AtomicU64 = AtomicU64::new(0);

/// Begins to listen. Nothing is counted, and next to nothing is spent, until [`so_far`] says so.
pub fn install() {
    tracing_subscriber::registry().with(HandOvers).init();
}

/// How many were counted; from now on, `on` says whether more are.
pub fn so_far(on: bool) -> u64 {
    COUNTS.store(on, Ordering::SeqCst);
    COUNT.load(Ordering::SeqCst)
}

struct HandOvers;

impl<S: Subscriber> Layer<S> for HandOvers {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        match metadata.target() {
            "sqlx::query" => Interest::sometimes(),
            _ => Interest::never(),
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" && COUNTS.load(Ordering::SeqCst)
    }

    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        COUNT.fetch_add(1, Ordering::SeqCst);
    }
}
