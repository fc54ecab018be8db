//! What the ticket's clocks ask of it, and what a lead decides about them.

use jiff::Timestamp;

use crate::domain::clocks::{ONE_ANSWER, answered_at, unanswered};
use crate::domain::event::What;
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};

use super::Ticket;
use super::course::needed;

impl Ticket {
    /// The requester wrote in the thread. It is put down where it moves a clock: the first time since the desk answered.
    pub(super) fn wrote(&self) -> Vec<What> {
        let answered = answered_at(&self.clocks.moments).is_some();
        let counts = self.state.active() && answered && !unanswered(&self.clocks.moments);
        if counts {
            vec![What::Wrote]
        } else {
            Vec::new()
        }
    }

    /// Whether what its assignee writes to the requester now moves a clock: the first answer does, the one that ends a
    /// silence, and where updates are owed by the period, any that does not directly follow another.
    pub(super) fn answer_counts(&self, now: Timestamp) -> bool {
        let moments = &self.clocks.moments;
        let again =
            || answered_at(moments).is_none_or(|last| now.duration_since(last) >= ONE_ANSWER);
        self.replied_at.is_none() || unanswered(moments) || (self.clocks.periodic && again())
    }

    /// A lead does not count the clocks that ran out, and says why.
    pub fn waive(&mut self, by: &Actor, reason: &str) -> Result<Vec<What>, Refusal> {
        permit(Verb::Waive, self, by)?;
        let reason = needed(reason)?;
        let mut happened = Vec::new();
        for breach in &mut self.clocks.breaches {
            if !breach.waived {
                breach.waived = true;
                happened.push(What::BreachWaived {
                    clock: breach.clock,
                    at: breach.at,
                    reason: reason.clone(),
                });
            }
        }
        if happened.is_empty() {
            return Err(Refusal::NothingToWaive {
                number: self.number,
            });
        }
        Ok(happened)
    }
}
