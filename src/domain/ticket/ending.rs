//! How a ticket is solved, and how it closes for good.

use jiff::{SignedDuration, Timestamp};

use crate::domain::event::What;
use crate::domain::people::Actor;
use crate::domain::priority::Priority;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};
use crate::domain::tier::Tier;

use super::{ArticleNote, Code, State, Ticket};

/// The shortest resolution that tells the requester anything, in characters (`DOMAIN` 1.2, T13).
pub const RESOLUTION_AT_LEAST: usize = 20;
/// The shortest lesson that teaches anything, in characters.
pub const LESSON_AT_LEAST: usize = 20;

/// What is said when a ticket ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// In which way.
    pub code: Code,
    /// What was done, in words that the requester understands.
    pub text: String,
    /// Which article answers it.
    pub article: ArticleNote,
    /// What the lower tiers learn from it, where the experts end what was handed up to them.
    pub lesson: Option<String>,
    /// Why somebody other than the assignee ends it.
    pub reason: Option<String>,
}

impl Ticket {
    /// Whether whoever resolves it leaves a lesson: the experts ended what a lower tier handed up to them.
    pub fn owes_lesson(&self) -> bool {
        self.tier == Tier::L3
    }

    /// Whether `by` may begin an article out of it: those who write the knowledge base, and never about what only named
    /// people see.
    pub fn may_draft(&self, by: &Actor) -> bool {
        let writes = by.standing.lead || by.standing.tiers.highest() >= Some(Tier::L2);
        writes && !self.confidential
    }

    /// T13: ends it.
    pub fn resolve(
        &mut self,
        by: &Actor,
        ending: Ending,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        let permit = permit(Verb::Resolve, self, by)?;
        self.refuse_own(by)?;
        let text = long_enough(&ending.text, RESOLUTION_AT_LEAST)?;
        if matches!(&ending.article, ArticleNote::None { reason } if reason.trim().is_empty()) {
            return Err(Refusal::ArticleOrWhyNone);
        }
        if ending.article == ArticleNote::Draft && !self.may_draft(by) {
            return Err(Refusal::NoDraftHere {
                number: self.number,
                confidential: self.confidential,
            });
        }
        let said = |text: Option<String>| {
            text.map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let lesson = said(ending.lesson);
        if self.owes_lesson() {
            let lesson = lesson.as_deref().ok_or(Refusal::LessonNeeded {
                number: self.number,
            })?;
            long_enough(lesson, LESSON_AT_LEAST)?;
        }
        let reason = said(ending.reason);
        if permit.reason_needed && reason.is_none() {
            return Err(Refusal::ReasonNeeded);
        }
        if ending.code.changes_something() && !self.may_change(by) {
            return Err(Refusal::ApprovalNeeded {
                number: self.number,
            });
        }
        self.state = State::Resolved;
        self.resolved_at = Some(now);
        self.waits = None;
        self.close_cases(now);
        self.rated = None;
        // The resolution is an answer too.
        self.replied_at.get_or_insert(now);
        Ok(vec![What::Resolved {
            code: ending.code,
            text,
            article: ending.article,
            lesson,
            reason,
        }])
    }

    /// T15: the window for reopening has passed.
    pub fn close(&mut self, now: Timestamp) -> Vec<What> {
        let due = self.window_ends_at().is_some_and(|end| end <= now);
        if self.state != State::Resolved || !due {
            return Vec::new();
        }
        self.state = State::Closed;
        vec![What::Closed]
    }

    /// Until when a resolved ticket can be reopened: 7 days for P1 and P2, 5 for the others, twice that where a lead extended
    /// it (`DOMAIN` 1.9).
    pub fn window_ends_at(&self) -> Option<Timestamp> {
        let window = window(self.priority, self.extended);
        self.resolved_at.map(|at| at + window)
    }
}

/// How long a ticket can be opened again after it was solved.
pub fn window(priority: Priority, extended: bool) -> SignedDuration {
    let days = if priority <= Priority::P2 { 7 } else { 5 };
    let days = if extended { 2 * days } else { days };
    SignedDuration::from_hours(24 * days)
}

fn long_enough(text: &str, at_least: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let length = text.chars().count();
    if length < at_least {
        return Err(Refusal::TextTooShort { length, at_least });
    }
    Ok(text.to_owned())
}
