//! Two tickets about one thing: merged, parted again, split, related, followed up (`DOMAIN` 1.10).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::event::What;
use crate::domain::ids::{Number, TicketId, UserId};
use crate::domain::people::Actor;
use crate::domain::refusal::{MergeBar, Refusal};
use crate::domain::roster::Crew;
use crate::domain::rules::{Verb, permit};

use super::course::needed;
use super::{State, Ticket};

/// So long a merge can be undone, and so long what is still written in the old thread is copied.
pub const MERGE_SETTLES_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Where a merged ticket went, and how it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// Into which ticket.
    pub into: TicketId,
    /// That ticket's number.
    pub number: Number,
    /// When.
    pub at: Timestamp,
    /// Its state before.
    pub state: State,
    /// Who had it before.
    pub assignee: Option<UserId>,
    /// What was waited for, where it had been given back.
    pub waits: Option<State>,
}

/// How a new ticket comes from an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It was one matter too many in that ticket.
    Split,
    /// That ticket is closed, and the trouble is back.
    FollowUp,
}

impl Ticket {
    /// T18, seen from the ticket that is given up: it becomes part of `target`. Tickets of different requesters are merged
    /// by a lead alone, with a reason: whoever is in a private thread reads all of it.
    pub fn merge_into(
        &mut self,
        target: &Self,
        by: &Actor,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        let same_person = self.requester == target.requester;
        let verb = if same_person {
            Verb::Link
        } else {
            Verb::MergeOther
        };
        let permit = permit(verb, self, by)?;
        let bar = if self.id == target.id {
            Some(MergeBar::Itself)
        } else if self.confidential != target.confidential {
            Some(MergeBar::Confidential)
        } else if !target.takes_in(now) {
            Some(MergeBar::Ended)
        } else {
            None
        };
        if let Some(why) = bar {
            return Err(Refusal::CannotMerge {
                number: self.number,
                into: target.number,
                why,
            });
        }
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        if permit.reason_needed && reason.is_none() {
            return Err(Refusal::ReasonNeeded);
        }
        self.merged = Some(Merged {
            into: target.id,
            number: target.number,
            at: now,
            state: self.state,
            assignee: self.assignee,
            waits: self.waits,
        });
        self.state = State::Merged;
        self.assignee = None;
        self.pending = None;
        self.waits = None;
        Ok(vec![What::Merged {
            into: target.id,
            number: target.number,
            thread: target.thread,
            same_person,
            reason: reason.map(str::to_owned),
        }])
    }

    /// Whether another ticket can be merged into it: it is worked on, or could be reopened.
    fn takes_in(&self, now: Timestamp) -> bool {
        let in_window =
            self.state == State::Resolved && self.window_ends_at().is_some_and(|end| now < end);
        self.state.active() || in_window
    }

    /// T18, seen from the ticket that goes on: `source` became part of it. The higher priority wins, and a resolved ticket
    /// is open again, with whoever had it if they have room.
    pub fn absorb(&mut self, source: &Self, crew: &Crew) -> Vec<What> {
        // The vendors go on as well: their cases go along.
        let first = self.cases.iter().map(|case| case.number).max().unwrap_or(0) + 1;
        self.cases.extend(
            source
                .open_cases()
                .zip(first..)
                .map(|(case, number)| super::Case {
                    number,
                    ..case.clone()
                }),
        );
        let priority_was = self.priority;
        self.priority = self.priority.min(source.priority);
        // Whoever asked for the other one goes on reading here: a lead saw who will read what.
        if source.requester != self.requester && !self.participants.contains(&source.requester) {
            self.participants.push(source.requester);
        }
        let mut happened = vec![What::Absorbed {
            ticket: source.id,
            number: source.number,
            requester: source.requester,
            priority_was,
            priority: self.priority,
        }];
        if self.state == State::Resolved {
            let back = self.assignee.and_then(|who| crew.takes_up(who, self));
            self.assignee = back;
            self.state = if back.is_some() {
                State::InProgress
            } else {
                State::New
            };
            self.resolved_at = None;
            self.reopened += 1;
            happened.push(What::Reopened {
                reason: source.number.to_string(),
                times: self.reopened,
                back,
            });
        }
        happened
    }

    /// T19: a lead undoes a merge within a day. It stands as it stood before, with whoever had it if they still can.
    pub fn unmerge(
        &mut self,
        by: &Actor,
        reason: &str,
        crew: &Crew,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Unmerge, self, by)?;
        let reason = needed(reason)?;
        let Some(merged) = self
            .merged
            .take_if(|merged| now < merged.at + MERGE_SETTLES_AFTER)
        else {
            return Err(Refusal::MergeSettled {
                number: self.number,
            });
        };
        self.state = merged.state;
        self.assignee = merged.assignee;
        self.waits = merged.waits;
        if let Some(who) = self.assignee
            && !crew.holds_or_higher(who, self.tier)
        {
            self.leave();
        }
        Ok(vec![What::Unmerged {
            from: merged.into,
            number: merged.number,
            reason,
        }])
    }

    /// T19, seen from the other ticket: what had come along goes again.
    pub fn part(&mut self, source: &Self) -> Vec<What> {
        self.cases.retain(|case| {
            let same = |other: &super::Case| {
                (other.vendor, &other.reference) == (case.vendor, &case.reference)
            };
            !source.cases.iter().any(same)
        });
        // The vendor that was waited for may have gone with it.
        if self.open_cases().next().is_none() {
            self.waits = self.waits.filter(|waits| *waits != State::WaitingVendor);
            if self.state == State::WaitingVendor {
                self.state = State::InProgress;
            }
        }
        vec![What::Parted {
            ticket: source.id,
            number: source.number,
        }]
    }

    /// One matter too many: it becomes the ticket `number`.
    pub fn split_off(
        &mut self,
        by: &Actor,
        ticket: TicketId,
        number: Number,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Link, self, by)?;
        self.refuse_own(by)?;
        Ok(vec![What::SplitOff { ticket, number }])
    }

    /// Says that `other` is about something near, or no more.
    pub fn relate(&mut self, by: &Actor, other: &Self, on: bool) -> Result<Vec<What>, Refusal> {
        permit(Verb::Link, self, by)?;
        if self.id == other.id {
            return Err(Refusal::CannotMerge {
                number: self.number,
                into: other.number,
                why: MergeBar::Itself,
            });
        }
        Ok(vec![What::Related {
            ticket: other.id,
            number: other.number,
            on,
        }])
    }

    /// It is closed, and the trouble is back: the ticket `number` follows it.
    pub fn follow_up(
        &mut self,
        by: &Actor,
        ticket: TicketId,
        number: Number,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::FollowUp, self, by)?;
        Ok(vec![What::FollowedUp { ticket, number }])
    }

    /// Adds to it what its requester, or who takes part, would else have opened another ticket for. It answers a question.
    pub fn add(&mut self, by: &Actor, text: &str, now: Timestamp) -> Result<Vec<What>, Refusal> {
        permit(Verb::Add, self, by)?;
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        let mut happened = vec![What::Added {
            text: text.to_owned(),
        }];
        happened.extend(self.heard(by.user, now));
        Ok(happened)
    }
}
