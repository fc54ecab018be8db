//! The way up: a hand-over to a higher tier, and back when it is rejected (`DOMAIN` 1.7).

use jiff::Timestamp;

use crate::domain::event::What;
use crate::domain::handover::{HandOver, HandOverTexts};
use crate::domain::people::Actor;
use crate::domain::priority::Impact;
use crate::domain::refusal::Refusal;
use crate::domain::roster::Crew;
use crate::domain::rules::{Verb, permit};
use crate::domain::tier::Tier;

use super::{PendingHandOver, Ticket};

/// After so many rejects between two tiers the lead decides.
const REJECTS_UNTIL_LEAD: u32 = 2;

/// What goes with an escalation beside its five texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EscalateChoice {
    /// A new impact; by button it stays as it is.
    pub impact: Option<Impact>,
    /// A tier other than the next one.
    pub to: Option<Tier>,
    /// Why a lead skips a tier.
    pub reason: Option<String>,
}

impl Ticket {
    /// T11b: sends a hand-over back to the tier it came from, to its sender if they are on duty.
    pub fn reject(
        &mut self,
        by: &Actor,
        reason: &str,
        crew: &Crew,
        _now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Reject, self, by)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        let Some(pending) = self.pending.take() else {
            return Err(self.wrong_state(Verb::Reject));
        };
        let from = self.tier;
        let bounces = &mut self.bounces[usize::from(from.level()).saturating_sub(2).min(1)];
        *bounces += 1;
        let times = *bounces;
        self.tier = pending.from;
        self.pass_on();
        self.lead_decides |= times >= REJECTS_UNTIL_LEAD;
        let decided = self.lead_decides;
        let back_to = crew
            .takes_back(pending.by, pending.from)
            .filter(|who| !decided && *who != self.requester);
        let to = pending.from;
        let mut happened = vec![What::Rejected {
            from,
            to,
            reason: reason.to_owned(),
            times,
            hand_over: pending,
        }];
        if let Some(sender) = back_to {
            self.offer(sender);
            happened.push(What::Offered {
                to: sender,
                unskilled: false,
            });
        }
        Ok(happened)
    }

    /// T11: hands it over to the next tier that anybody holds, or to `to` where passing a tier over is allowed. The
    /// next person is picked from `crew`; P1 is offered to nobody alone. A lead may give a `reason` and skip.
    pub fn escalate(
        &mut self,
        by: &Actor,
        texts: HandOverTexts,
        choice: EscalateChoice,
        crew: &Crew,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Escalate, self, by)?;
        let texts = texts.complete()?;
        let held = crew.held();
        let next = Tier::ALL
            .into_iter()
            .find(|tier| *tier > self.tier && held.contains(*tier));
        let Some(next) = next else {
            return Err(Refusal::NobodyAbove {
                number: self.number,
                tier: self.tier,
            });
        };
        let to = choice.to.unwrap_or(next);
        let mut reason = None;
        if to <= self.tier {
            return Err(Refusal::NotAbove {
                tier: self.tier,
                to,
            });
        }
        if to > next {
            // The roles that may skip are those of the table; everybody else is told which tier comes next.
            let skip =
                permit(Verb::EscalateSkip, self, by).map_err(|_| Refusal::NoSkipping { next })?;
            reason = choice
                .reason
                .map(|reason| reason.trim().to_owned())
                .filter(|reason| !reason.is_empty());
            if skip.reason_needed && reason.is_none() {
                return Err(Refusal::ReasonNeeded);
            }
        }
        if !held.contains(to) {
            return Err(Refusal::NobodyAbove {
                number: self.number,
                tier: self.tier,
            });
        }
        let mut happened = Vec::new();
        if let Some(impact) = choice.impact
            && impact != self.impact
        {
            let (impact_was, priority_was) = (self.impact, self.priority);
            self.impact = impact;
            self.priority = self.prioritised();
            happened.push(What::Reassessed {
                impact_was,
                impact,
                priority_was,
                priority: self.priority,
                urgency_was: None,
                urgency: None,
            });
        }
        let hand_over = HandOver {
            from: self.tier,
            to,
            by: by.user,
            by_name: by.name.clone(),
            texts,
        };
        self.hand_up(hand_over, reason, crew, &mut happened, now);
        Ok(happened)
    }

    /// It goes to the tier that `hand_over` names, to whoever's turn it is there.
    pub(super) fn hand_up(
        &mut self,
        hand_over: HandOver,
        reason: Option<String>,
        crew: &Crew,
        happened: &mut Vec<What>,
        now: Timestamp,
    ) {
        let HandOver { from, to, by, .. } = hand_over;
        let summary = hand_over.texts.summary.clone();
        happened.push(What::Escalated { hand_over, reason });
        self.tier = to;
        self.pass_on();
        self.pending = Some(PendingHandOver {
            from,
            to,
            by,
            at: now,
            seq: self.last_seq + i64::try_from(happened.len()).unwrap_or(i64::MAX),
            offered: None,
            summary,
        });
        let offered = crew.pick(self);
        if let (Some(turn), Some(pending)) = (offered, &mut self.pending) {
            pending.offered = Some(turn.user);
            self.offer(turn.user);
            happened.push(What::Offered {
                to: turn.user,
                unskilled: turn.unskilled,
            });
        }
    }
}
