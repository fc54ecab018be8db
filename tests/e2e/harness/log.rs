//! What the desk logs, kept apart story by story although they run at the same time in one process.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{LazyLock, Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

thread_local! {
    /// The story that this thread works for. Each story has a runtime, and so threads, of its own.
    static STORY: Cell<u64> = const { Cell::new(0) };
}

/// One line of the log.
#[derive(Clone, Debug)]
pub struct Line {
    /// How bad it is.
    pub level: Level,
    /// What it says, with its fields.
    pub text: String,
}

static LINES: LazyLock<Mutex<HashMap<u64, Vec<Line>>>> = LazyLock::new(Mutex::default);

/// From now on this thread works for `story`.
pub fn works_for(story: u64) {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| {
        let subscriber = tracing_subscriber::registry().with(Keeper);
        tracing::subscriber::set_global_default(subscriber).expect("nobody else listens");
    });
    STORY.set(story);
}

/// What was logged for `story`; it is forgotten by that.
pub fn take(story: u64) -> Vec<Line> {
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.remove(&story).unwrap_or_default()
}

struct Keeper;

impl<S: Subscriber> Layer<S> for Keeper {
    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        let ours = metadata.target().starts_with("deskhand");
        *metadata.level() <= if ours { Level::INFO } else { Level::WARN }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        let mut text = Text(format!("{}:", metadata.target()));
        event.record(&mut text);
        let line = Line {
            level: *metadata.level(),
            text: text.0,
        };
        let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
        lines.entry(STORY.get()).or_default().push(line);
    }
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing into a string cannot fail.
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}
