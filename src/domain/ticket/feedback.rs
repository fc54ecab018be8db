//! What the requester thinks of it, and when the thread is locked for good (`DOMAIN` 1.14).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::event::What;
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};

use super::{State, Ticket};

/// Who has not said anything is asked so long after the resolution.
const ASK_AFTER: SignedDuration = SignedDuration::from_hours(1);
/// After the answer there is so long to say why.
const SAY_WHY_WITHIN: SignedDuration = SignedDuration::from_mins(15);
/// An answer counts for so long.
const VALID_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How it went, from 1 (bad) to 5 (good).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(u8);

impl Score {
    /// From bad to good.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The score of that number.
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|score| score.0 == number)
    }

    /// As a number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// A lead looks at why.
    pub fn bad(self) -> bool {
        self.0 <= 2
    }
}

impl Ticket {
    /// The requester says how it went. The last answer of a resolution counts.
    pub fn rate(
        &mut self,
        by: &Actor,
        score: Score,
        comment: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Rate, self, by)?;
        if self.rating_ends_at().is_none_or(|end| end <= now) {
            return Err(Refusal::RatingOver {
                number: self.number,
            });
        }
        let before = self.rated.replace(score);
        self.rated_at = Some(now);
        let comment = comment.map(str::trim).filter(|text| !text.is_empty());
        Ok(vec![What::Rated {
            score,
            comment: comment.map(str::to_owned),
            cycle: self.reopened,
            before,
        }])
    }

    /// When the requester is to be asked, unless they have said it by then, or confirmed that it is solved: the answer to
    /// that asks them.
    pub fn asks_for_rating_at(&self) -> Option<Timestamp> {
        let wanted = self.state == State::Resolved && self.rated.is_none();
        self.resolved_at
            .filter(|_| wanted)
            .map(|resolved| resolved + ASK_AFTER)
    }

    /// The requester is asked.
    pub fn ask_for_rating(&mut self, now: Timestamp) -> Vec<What> {
        let due = self.asks_for_rating_at().is_some_and(|at| at <= now);
        let useful = self.rating_ends_at().is_some_and(|end| now < end);
        if due && useful {
            vec![What::RatingAsked]
        } else {
            Vec::new()
        }
    }

    /// When the threads of a closed ticket are locked: nobody can press a button in a locked thread, so it waits for the
    /// rating as long as one counts, and a little for its reason.
    /// A merged ticket's threads are locked when nobody can undo the merge any more.
    pub fn locks_at(&self) -> Option<Timestamp> {
        if let Some(merged) = &self.merged {
            return Some(merged.at + super::MERGE_SETTLES_AFTER);
        }
        if self.state != State::Closed {
            return None;
        }
        match self.rated_at.filter(|_| self.rated.is_some()) {
            Some(rated) => Some(rated + SAY_WHY_WITHIN),
            None => self.rating_ends_at(),
        }
    }

    /// The time for a rating has passed.
    pub fn lock(&mut self, now: Timestamp) -> Vec<What> {
        if self.locks_at().is_some_and(|at| at <= now) {
            vec![What::Locked]
        } else {
            Vec::new()
        }
    }

    /// Whether an answer to "how was it?" is still missing and can come.
    pub fn waits_for_rating(&self, now: Timestamp) -> bool {
        self.rated.is_none() && self.rating_ends_at().is_some_and(|end| now < end)
    }

    fn rating_ends_at(&self) -> Option<Timestamp> {
        self.resolved_at
            .filter(|_| self.ended_well())
            .map(|resolved| resolved + VALID_FOR)
    }

    fn ended_well(&self) -> bool {
        matches!(self.state, State::Resolved | State::Closed)
    }
}
