//! How far something has come, on the standard error: a bar that grows where somebody watches, else a line now and then.

use std::io::{IsTerminal, Write as _};

/// The bar has so many places.
const PLACES: usize = 30;

/// A bar.
pub struct Bar {
    watched: bool,
    shown: Option<(&'static str, usize)>,
}

impl Bar {
    /// One that shows nothing yet.
    pub fn new() -> Bar {
        Bar {
            watched: std::io::stderr().is_terminal(),
            shown: None,
        }
    }

    /// Shows how much of the whole is done of `what`.
    pub fn show(&mut self, what: &'static str, done: usize, total: usize) {
        let places = if self.watched { PLACES } else { 10 };
        let filled = (done * places / total.max(1)).min(places);
        if self.shown == Some((what, filled)) {
            return;
        }
        self.shown = Some((what, filled));
        let bar = format!("{}{}", "#".repeat(filled), ".".repeat(places - filled));
        let percent = (done * 100 / total.max(1)).min(100);
        // Nobody is harmed when progress cannot be shown.
        let _ = if self.watched {
            write!(std::io::stderr(), "\r{what:<9}[{bar}] {percent:>3} %")
        } else {
            writeln!(std::io::stderr(), "{what:<9}[{bar}] {percent:>3} %")
        };
    }

    /// Ends the line, if there is one.
    pub fn finish(&self) {
        if self.watched && self.shown.is_some() {
            let _ = writeln!(std::io::stderr());
        }
    }
}
