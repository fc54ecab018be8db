//! What a lead decides against the rule, always with a reason.

use crate::domain::event::What;
use crate::domain::people::Actor;
use crate::domain::priority::Priority;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};

use super::Ticket;
use super::course::needed;

impl Ticket {
    /// Sets the priority against the matrix, or lets the matrix decide again.
    pub fn set_priority(
        &mut self,
        by: &Actor,
        to: Option<Priority>,
        reason: &str,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Override, self, by)?;
        let reason = needed(reason)?;
        if self.priority_set == to {
            return Ok(Vec::new());
        }
        let was = self.priority;
        self.priority_set = to;
        self.priority = self.prioritised();
        Ok(vec![What::PrioritySet {
            was,
            priority: self.priority,
            by_hand: to.is_some(),
            reason,
        }])
    }

    /// What a lead set, else what the matrix makes of impact and urgency.
    pub(super) fn prioritised(&self) -> Priority {
        self.priority_set
            .unwrap_or_else(|| Priority::of(self.impact, self.urgency, self.category().floor))
    }

    /// Doubles the window for reopening, once.
    pub fn extend(&mut self, by: &Actor, reason: &str) -> Result<Vec<What>, Refusal> {
        permit(Verb::Extend, self, by)?;
        let reason = needed(reason)?;
        if self.extended {
            return Err(Refusal::ExtendedAlready {
                number: self.number,
            });
        }
        self.extended = true;
        Ok(vec![What::Extended { reason }])
    }
}
