//! What a ticket is about and how much it matters, corrected by those who know better than the requester could. Nobody sets
//! a priority: it follows (`DOMAIN` 1.3).

use crate::domain::category::Category;
use crate::domain::event::What;
use crate::domain::people::Actor;
use crate::domain::priority::{Impact, Urgency};
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};

use super::Ticket;

impl Ticket {
    /// Corrects how many are affected, or whether they can work, or both. What stays as it is changes nothing.
    pub fn reassess(
        &mut self,
        by: &Actor,
        impact: Option<Impact>,
        urgency: Option<Urgency>,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Reassess, self, by)?;
        self.refuse_own(by)?;
        let (impact_was, urgency_was, priority_was) = (self.impact, self.urgency, self.priority);
        self.impact = impact.unwrap_or(impact_was);
        self.urgency = urgency.unwrap_or(urgency_was);
        if (self.impact, self.urgency) == (impact_was, urgency_was) {
            return Ok(Vec::new());
        }
        self.priority = self.prioritised();
        Ok(vec![What::Reassessed {
            impact_was,
            impact: self.impact,
            priority_was,
            priority: self.priority,
            urgency_was: Some(urgency_was),
            urgency: Some(self.urgency),
        }])
    }

    /// Corrects what it is about. A ticket whose thread leads can read does not become confidential by this: what has been
    /// written there has been read. One that is confidential stays so.
    pub fn recategorise(
        &mut self,
        by: &Actor,
        category: &'static Category,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Reassess, self, by)?;
        self.refuse_own(by)?;
        if category.confidential && !self.confidential {
            return Err(Refusal::CannotHide {
                number: self.number,
            });
        }
        if self.category == category.key {
            return Ok(Vec::new());
        }
        let category_was = std::mem::replace(&mut self.category, category.key.to_owned());
        let priority_was = self.priority;
        self.priority = self.prioritised();
        Ok(vec![What::Recategorised {
            category_was,
            category: self.category.clone(),
            priority_was,
            priority: self.priority,
        }])
    }
}
