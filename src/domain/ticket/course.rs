//! Where a ticket goes beside the way up: back to the queue, to a colleague, down a tier; and how it ends early, for good,
//! or not after all.

use jiff::{SignedDuration, Timestamp};

use crate::domain::event::{ReleaseReason, What};
use crate::domain::ids::UserId;
use crate::domain::major::MajorRefusal;
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::roster::{Crew, Turn};
use crate::domain::rules::{Verb, permit};
use crate::domain::tier::Tier;

use super::{State, Ticket};

/// The shortest account of what is left to do that helps a lower tier, in characters (`DOMAIN` 1.8).
pub const REMAINING_AT_LEAST: usize = 20;

/// How often a requester may ask for a higher tier.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// From the second reopening on a lead is told (`DOMAIN` 1.9).
pub const REOPENINGS_UNTIL_LEAD: u32 = 2;

/// Going down a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deescalation {
    /// A tier other than the next lower one that anybody holds.
    pub to: Option<Tier>,
    /// Why.
    pub reason: String,
    /// What is left to do.
    pub remaining: String,
    /// Who handed it over from that tier, if anybody did.
    pub sender: Option<(UserId, Tier)>,
}

impl Ticket {
    /// T5, T5b: whoever has it, or a lead, gives it back. It waits for the next person.
    pub fn give_back(
        &mut self,
        by: &Actor,
        reason: &str,
        crew: &Crew,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Release, self, by)?;
        let reason = needed(reason)?;
        let Some(from) = self.assignee else {
            return Err(self.wrong_state(Verb::Release));
        };
        self.leave();
        let mut happened = vec![What::Released {
            from,
            reason: ReleaseReason::GivenBack,
            text: Some(reason),
        }];
        happened.extend(self.offer_next(&crew.without(from), now));
        Ok(happened)
    }

    /// T2, T5b: gives it to `to`, or to whoever's turn it is. Taking it from somebody who works on it needs a reason.
    pub fn assign(
        &mut self,
        by: &Actor,
        to: Option<UserId>,
        reason: Option<&str>,
        crew: &Crew,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Assign, self, by)?;
        let from = self.assignee;
        let candidates = match from {
            Some(from) => crew.without(from),
            None => crew.clone(),
        };
        let turn = match to {
            Some(user) => Turn {
                user,
                unskilled: false,
            },
            None => candidates.turn(self).ok_or(Refusal::NobodyFree {
                number: self.number,
                tier: self.tier,
            })?,
        };
        let to = turn.user;
        if to == self.requester {
            return Err(Refusal::TheirOwn {
                number: self.number,
                who: to,
            });
        }
        if from == Some(to) {
            return Err(Refusal::HasItAlready {
                number: self.number,
                who: to,
            });
        }
        if !crew.holds(to, self.tier) {
            return Err(Refusal::HoldsNoRole {
                who: to,
                tier: self.tier,
            });
        }
        // A lead may call somebody in; a colleague may not send work to who is at home.
        if !by.standing.lead && !crew.on_duty(self.tier).any(|holder| holder.user == to) {
            return Err(Refusal::OffDuty { who: to });
        }
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        let taken_away = self.state.worked_on() && from != Some(by.user);
        if taken_away && reason.is_none() {
            return Err(Refusal::ReasonNeeded);
        }
        self.leave();
        self.offer(to);
        self.lead_decides = false;
        self.tries = 0;
        Ok(vec![
            What::Assigned {
                from,
                to,
                reason: reason.map(str::to_owned),
            },
            What::Offered {
                to,
                unskilled: turn.unskilled,
            },
        ])
    }

    /// T12: hands it down with what is left to do; to who handed it up, if they are on duty and have room, else to the
    /// tier's queue.
    pub fn deescalate(
        &mut self,
        by: &Actor,
        wish: Deescalation,
        crew: &Crew,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Deescalate, self, by)?;
        if self.major.is_some() {
            let ticket = self.number;
            return Err(MajorRefusal::StaysUp { ticket }.into());
        }
        let reason = needed(&wish.reason)?;
        let remaining = wish.remaining.trim().to_owned();
        let length = remaining.chars().count();
        if length < REMAINING_AT_LEAST {
            return Err(Refusal::TextTooShort {
                length,
                at_least: REMAINING_AT_LEAST,
            });
        }
        let held = crew.held();
        let lower = Tier::ALL
            .into_iter()
            .rev()
            .find(|tier| *tier < self.tier && held.contains(*tier));
        let to = match (wish.to, lower) {
            (Some(to), _) if to < self.tier && held.contains(to) => to,
            (None, Some(lower)) => lower,
            _ => {
                return Err(Refusal::NobodyBelow {
                    number: self.number,
                    tier: self.tier,
                });
            }
        };
        let from = self.tier;
        self.pass_on();
        self.pending = None;
        self.tier = to;
        let mut happened = vec![What::Deescalated {
            from,
            to,
            reason,
            remaining,
        }];
        let sender = wish
            .sender
            .filter(|(_, tier)| *tier == to)
            .and_then(|(sender, _)| crew.takes_up(sender, self));
        if let Some(to) = sender {
            self.offer(to);
            let unskilled = false;
            happened.push(What::Offered { to, unskilled });
        }
        Ok(happened)
    }

    /// T16, T17: the requester withdraws it before anybody has answered; a lead ends what is no request, with a reason.
    pub fn cancel(
        &mut self,
        by: &Actor,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Cancel, self, by)?;
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        let withdraws = self.requester == by.user;
        let unanswered =
            matches!(self.state, State::New | State::Assigned) && self.replied_at.is_none();
        if withdraws && !unanswered {
            return Err(self.wrong_state(Verb::Cancel));
        }
        if !withdraws && reason.is_none() {
            return Err(Refusal::ReasonNeeded);
        }
        self.state = State::Cancelled;
        self.close_cases(now);
        self.assignee = None;
        self.pending = None;
        self.waits = None;
        Ok(vec![What::Cancelled {
            reason: reason.map(str::to_owned),
        }])
    }

    /// T15: the requester agrees that it is solved.
    pub fn confirm(&mut self, by: &Actor, now: Timestamp) -> Result<Vec<What>, Refusal> {
        permit(Verb::Confirm, self, by)?;
        // Where nobody has asked yet how it went, the answer to this does.
        let asked = self.asks_for_rating_at().is_some_and(|at| now < at);
        self.state = State::Closed;
        let mut happened = vec![What::Closed];
        happened.extend(asked.then_some(What::RatingAsked));
        Ok(happened)
    }

    /// T14: it was not solved after all. Back to who had it, if they are on duty and have room, else to the queue.
    pub fn reopen(
        &mut self,
        by: &Actor,
        reason: &str,
        crew: &Crew,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Reopen, self, by)?;
        let reason = needed(reason)?;
        if self.window_ends_at().is_none_or(|end| end <= now) {
            return Err(self.wrong_state(Verb::Reopen));
        }
        let back = self.assignee.and_then(|who| crew.takes_up(who, self));
        self.assignee = back;
        self.state = if back.is_some() {
            State::InProgress
        } else {
            State::New
        };
        self.resolved_at = None;
        self.reopened += 1;
        let mut happened = vec![What::Reopened {
            reason,
            times: self.reopened,
            back,
        }];
        if back.is_none() {
            happened.extend(self.offer_next(crew, now));
        }
        Ok(happened)
    }

    /// The requester asks for a higher tier, at most once a day. It decides nothing: whoever works on it, and the leads, do.
    pub fn ask_escalation(
        &mut self,
        by: &Actor,
        reason: &str,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::AskEscalation, self, by)?;
        let reason = needed(reason)?;
        if let Some(last) = self.escalation_asked_at {
            let again_at = last + ASK_AGAIN_AFTER;
            if now < again_at {
                return Err(Refusal::AskedLately {
                    number: self.number,
                    again_at,
                });
            }
        }
        self.escalation_asked_at = Some(now);
        Ok(vec![What::EscalationAsked { reason }])
    }

    /// Nobody has it any more. That somebody else owes an answer is kept, and taken up by whoever accepts.
    pub(super) fn leave(&mut self) {
        if self.state.waiting() {
            self.waits = Some(self.state);
        }
        self.assignee = None;
        self.state = State::New;
    }

    /// It goes to another tier, which begins at once: nobody is waited for any more.
    pub(super) fn pass_on(&mut self) {
        self.waits = None;
        self.assignee = None;
        self.tries = 0;
        self.state = State::New;
    }
}

/// A reason that says anything.
pub(super) fn needed(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        Err(Refusal::ReasonNeeded)
    } else {
        Ok(reason.to_owned())
    }
}
