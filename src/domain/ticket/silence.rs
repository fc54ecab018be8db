//! The requester owes an answer and is silent: two reminders, then the ticket ends by itself, or a lead decides
//! (`DOMAIN` 1.2, T10).

use jiff::Timestamp;

use crate::domain::event::What;
use crate::domain::priority::Priority;

use super::{ArticleNote, Code, State, Ticket};

/// After so many business days of silence something happens: a reminder, another one, the end.
pub const SILENT_DAYS: [u32; 3] = [2, 4, 5];

impl Ticket {
    /// Since when the requester owes an answer.
    pub fn silent_since(&self) -> Option<Timestamp> {
        self.asked_at
            .filter(|_| self.state == State::WaitingUser || self.waits == Some(State::WaitingUser))
    }

    /// The time for step `step` of [`SILENT_DAYS`], counted from 0, has come. `text` and `reason` are what a resolution says
    /// that nobody wrote.
    pub fn silent(&mut self, step: usize, text: &str, reason: &str, now: Timestamp) -> Vec<What> {
        if self.silent_since().is_none() || step >= SILENT_DAYS.len() {
            return Vec::new();
        }
        if step + 1 < SILENT_DAYS.len() {
            let times = u32::try_from(step + 1).unwrap_or(u32::MAX);
            return vec![What::Reminded { times }];
        }
        if self.priority <= Priority::P2 || self.state != State::WaitingUser {
            return vec![What::NoAnswer];
        }
        self.state = State::Resolved;
        self.resolved_at = Some(now);
        self.rated = None;
        self.close_cases(now);
        vec![What::Resolved {
            code: Code::NoResponse,
            text: text.to_owned(),
            article: ArticleNote::None {
                reason: reason.to_owned(),
            },
            lesson: None,
            reason: None,
        }]
    }
}
