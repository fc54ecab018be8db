//! Leave for a change: in some categories L2 needs the word of L3 or of a lead before it changes anything.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::event::What;
use crate::domain::ids::UserId;
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};
use crate::domain::tier::Tier;

use super::Ticket;

/// A change that somebody wants to make, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// What is to be changed.
    pub change: String,
    /// Who asks.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Who answered, and whether they said yes.
    pub answer: Option<(UserId, bool)>,
}

impl Ticket {
    /// Whether `by` may change something for this ticket now: in most categories, always; else L3 and leads, and whoever
    /// has their leave.
    pub(super) fn may_change(&self, by: &Actor) -> bool {
        !self.category().approval
            || self.tier != Tier::L2
            || by.standing.lead
            || by.standing.tiers.contains(Tier::L3)
            || matches!(&self.approval, Some(approval) if matches!(approval.answer, Some((_, true))))
    }

    /// Asks L3, or a lead, for leave to make a change.
    pub fn ask_approval(
        &mut self,
        by: &Actor,
        change: &str,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::AskApproval, self, by)?;
        let change = change.trim();
        if change.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        if !self.category().approval {
            return Err(Refusal::NoApprovalNeeded {
                number: self.number,
            });
        }
        self.approval = Some(Approval {
            change: change.to_owned(),
            by: by.user,
            at: now,
            answer: None,
        });
        Ok(vec![What::ApprovalAsked {
            change: change.to_owned(),
        }])
    }

    /// Gives leave, or says no and why. The first answer counts.
    pub fn answer_approval(
        &mut self,
        by: &Actor,
        yes: bool,
        reason: Option<&str>,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Approve, self, by)?;
        let number = self.number;
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        let Some(approval) = self
            .approval
            .as_mut()
            .filter(|approval| approval.answer.is_none())
        else {
            return Err(Refusal::NothingToApprove { number });
        };
        if !yes && reason.is_none() {
            return Err(Refusal::ReasonNeeded);
        }
        approval.answer = Some((by.user, yes));
        Ok(vec![What::ApprovalAnswered {
            asked_by: approval.by,
            yes,
            reason: reason.map(str::to_owned),
        }])
    }
}
