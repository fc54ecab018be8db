//! What is said on a ticket by those who work on it, and what the requester's answer does.

use jiff::Timestamp;

use crate::domain::event::What;
use crate::domain::ids::{ProblemNumber, UserId};
use crate::domain::major::{Major, MajorRefusal};
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};

use super::{State, Ticket};

impl Ticket {
    /// A note for the staff alone. Changes no state, and works on a ticket that has ended too.
    pub fn note(&mut self, by: &Actor, text: &str) -> Result<Vec<What>, Refusal> {
        permit(Verb::Note, self, by)?;
        self.refuse_own(by)?;
        let text = said(text)?;
        Ok(vec![What::Noted { text }])
    }

    /// It is an incident of a problem, or is not after all. The problem knows whether it was.
    pub fn link_problem(
        &mut self,
        by: &Actor,
        problem: ProblemNumber,
        linked: bool,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::LinkProblem, self, by)?;
        Ok(vec![if linked {
            What::ProblemLinked { problem }
        } else {
            What::ProblemUnlinked { problem }
        }])
    }

    /// It is part of a running major incident.
    pub fn join_major(&mut self, major: &Major) -> Result<Vec<What>, Refusal> {
        let ticket = self.number;
        if self.confidential {
            return Err(MajorRefusal::Confidential.into());
        }
        if self.major.is_some() {
            return Err(MajorRefusal::PartAlready { ticket }.into());
        }
        self.major = Some(major.id);
        let (id, major) = (major.id, major.number);
        Ok(vec![What::MajorJoined { major, id }])
    }

    /// It is no part of it any more.
    pub fn leave_major(&mut self, major: &Major, over: bool) -> Result<Vec<What>, Refusal> {
        let ticket = self.number;
        if self.major != Some(major.id) {
            return Err(MajorRefusal::NoPart { ticket }.into());
        }
        self.major = None;
        let major = major.number;
        Ok(vec![What::MajorLeft { major, over }])
    }

    /// Answers the requester. The first answer of the person whom it is offered to accepts it (T4).
    pub fn reply(&mut self, by: &Actor, text: &str, now: Timestamp) -> Result<Vec<What>, Refusal> {
        permit(Verb::Reply, self, by)?;
        self.refuse_own(by)?;
        let text = said(text)?;
        let mut happened = self.accepted_by_answering(by.user);
        self.replied_at.get_or_insert(now);
        happened.push(What::Replied { text: Some(text) });
        Ok(happened)
    }

    /// T6: asks the requester, who owes the answer from now on.
    pub fn ask_user(
        &mut self,
        by: &Actor,
        text: &str,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::AskUser, self, by)?;
        self.refuse_own(by)?;
        let text = said(text)?;
        let mut happened = self.accepted_by_answering(by.user);
        if self.state != State::InProgress {
            return Err(self.wrong_state(Verb::AskUser));
        }
        self.state = State::WaitingUser;
        self.asked_at = Some(now);
        self.replied_at.get_or_insert(now);
        happened.push(What::Asked { text });
        Ok(happened)
    }

    /// T8, T9: takes it up again.
    pub fn resume(&mut self, by: &Actor) -> Result<Vec<What>, Refusal> {
        permit(Verb::Resume, self, by)?;
        self.refuse_own(by)?;
        self.state = State::InProgress;
        Ok(vec![What::Resumed])
    }

    /// Somebody wrote in the thread that the requester reads. Who they are is what counts, not what they wrote: the
    /// requester's message answers a question (T8), the first one of the person whom it is offered to accepts it (T4).
    /// Whoever else takes part stops and starts nothing.
    pub fn heard(&mut self, by: UserId, now: Timestamp) -> Vec<What> {
        if by == self.requester {
            if self.waits == Some(State::WaitingUser) {
                self.waits = None;
                return vec![What::Resumed];
            }
            if self.state == State::WaitingUser {
                self.state = State::InProgress;
                return vec![What::Resumed];
            }
            return self.wrote();
        }
        if self.assignee != Some(by) || !self.state.active() {
            return Vec::new();
        }
        let mut happened = self.accepted_by_answering(by);
        if self.answer_counts(now) {
            self.replied_at.get_or_insert(now);
            happened.push(What::Replied { text: None });
        }
        happened
    }

    fn accepted_by_answering(&mut self, by: UserId) -> Vec<What> {
        if self.state == State::Assigned && self.assignee == Some(by) {
            let answers = self.take(by);
            vec![What::Accepted { answers }]
        } else {
            Vec::new()
        }
    }
}

fn said(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        Err(Refusal::NothingSaid)
    } else {
        Ok(text.to_owned())
    }
}
