//! Everything that was asked of the stand-in's REST, in order.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde_json::{Value, json};

/// How many lines are kept; older ones are dropped, so that a long load test does not fill the memory.
const MOST_LINES: usize = 50_000;

/// The ledger.
#[derive(Default, Debug)]
pub struct Ledger {
    lines: VecDeque<Line>,
    seq: u64,
}

/// One request and its answer.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number, from 1.
    pub seq: u64,
    /// Desk time.
    pub at: Timestamp,
    /// The HTTP method.
    pub method: String,
    /// The path as it was asked for, with its query.
    pub path: String,
    /// The route's template, or `None` for a route that the stand-in does not have.
    pub route: Option<&'static str>,
    /// The JSON body.
    pub body: Value,
    /// The files that came with it, by name and size.
    pub files: Vec<(String, usize)>,
    /// The audit log reason.
    pub reason: Option<String>,
    /// The status of the answer; 0 when the connection was cut instead.
    pub status: u16,
    /// The body of the answer.
    pub answer: Value,
    /// Whether the answer was a scripted failure.
    pub faulty: bool,
}

impl Ledger {
    /// Adds a line and numbers it.
    pub fn add(&mut self, mut line: Line) {
        self.seq += 1;
        line.seq = self.seq;
        if self.lines.len() == MOST_LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    /// Forgets every line; numbers go on.
    pub fn clear(&mut self) {
        self.lines.clear();
    }

    /// The lines after a number, as JSON lines.
    pub fn since(&self, seq: u64) -> String {
        let mut text = String::new();
        for line in self.lines.iter().filter(|line| line.seq > seq) {
            text.push_str(&line.to_json().to_string());
            text.push('\n');
        }
        text
    }
}

impl Line {
    fn to_json(&self) -> Value {
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|(name, size)| json!({"filename": name, "size": size}))
            .collect();
        json!({
            "seq": self.seq,
            "at": self.at.to_string(),
            "method": self.method,
            "path": self.path,
            "route": self.route,
            "body": self.body,
            "files": files,
            "reason": self.reason,
            "status": self.status,
            "answer": self.answer,
            "faulty": self.faulty,
        })
    }
}
