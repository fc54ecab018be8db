//! A ticket and what can be done to it.
//!
//! Each verb checks the rules, changes the ticket, and returns what happened; it decides nothing about who is told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::category::Category;
use super::clocks::{self, Kept};
use super::event::{Event, ReleaseReason, What};
use super::ids::{AskId, ChannelId, GuildId, MajorId, Number, TicketId, UserId};
use super::people::Actor;
use super::priority::{Impact, Priority, Urgency};
use super::refusal::Refusal;
use super::roster::Crew;
use super::rules::{Verb, permit};
use super::rungs::Ladder;
pub use super::state::{ArticleNote, Code, State};
use super::tier::Tier;

mod approval;
mod assessment;
mod cases;
mod circle;
mod clock;
mod course;
mod ending;
mod feedback;
mod ladder;
mod links;
mod overrides;
mod rooms;
mod silence;
mod talk;
mod unmoved;

pub use approval::Approval;
pub use cases::{Case, MISSED_UNTIL_LEAD};
pub use circle::PEOPLE_AT_MOST;
pub use course::{Deescalation, REMAINING_AT_LEAST, REOPENINGS_UNTIL_LEAD};
pub use ending::{Ending, LESSON_AT_LEAST, RESOLUTION_AT_LEAST, window};
pub use feedback::Score;
pub use ladder::EscalateChoice;
pub use links::{MERGE_SETTLES_AFTER, Merged, Origin};
pub use silence::SILENT_DAYS;

/// A hand-over that the receiving tier has neither accepted nor rejected yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingHandOver {
    /// The tier that sent it.
    pub from: Tier,
    /// The tier that is asked.
    pub to: Tier,
    /// Who sent it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// The event that holds it.
    pub seq: i64,
    /// To whom it was offered at first.
    pub offered: Option<UserId>,
    /// Its summary.
    pub summary: String,
}

/// A ticket as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its id across all desks.
    pub id: TicketId,
    /// Its desk.
    pub guild: GuildId,
    /// Its number there.
    pub number: Number,
    /// Whose trouble it is.
    pub requester: UserId,
    /// Their name when it was opened: hostile text.
    pub requester_name: String,
    /// Members who were added to it.
    pub participants: Vec<UserId>,
    /// Staff who are told of its steps without owning it.
    pub watchers: Vec<UserId>,
    /// One line: hostile text.
    pub title: String,
    /// What happens, in the requester's words: hostile text.
    pub body: String,
    /// What was tried before, the articles shown at L0 included: hostile text.
    pub tried: String,
    /// A [`Category`]'s key.
    pub category: String,
    /// Only named people see it.
    pub confidential: bool,
    /// What the requester answered, or a technician corrected.
    pub impact: Impact,
    /// What the requester answered, or a technician corrected.
    pub urgency: Urgency,
    /// What the matrix makes of them, or what a lead set.
    pub priority: Priority,
    /// What a lead set against the matrix.
    pub priority_set: Option<Priority>,
    /// Whose queue it is in.
    pub tier: Tier,
    /// Where it is in its life.
    pub state: State,
    /// Who has it, or to whom it is offered.
    pub assignee: Option<UserId>,
    /// Until when they have to accept it, while it is offered; the desk opens and closes, so it is not for the ticket to say.
    pub accept_by: Option<Timestamp>,
    /// How many people in a row let an offer pass.
    pub tries: u32,
    /// A hand-over that waits for an answer.
    pub pending: Option<PendingHandOver>,
    /// How often hand-overs from L1 to L2, and from L2 (or L1) to L3, were rejected: by the receiving tier.
    pub bounces: [u32; 2],
    /// A lead decides where it goes; nothing is offered by itself any more.
    pub lead_decides: bool,
    /// It was given back while somebody else owed an answer: the state of waiting, taken up by whoever accepts.
    pub waits: Option<State>,
    /// When staff first answered the requester.
    pub replied_at: Option<Timestamp>,
    /// How often it was reopened.
    pub reopened: u32,
    /// A lead doubled the window for reopening.
    pub extended: bool,
    /// What vendors were asked.
    pub cases: Vec<Case>,
    /// When the requester was asked last, while the answer is owed.
    pub asked_at: Option<Timestamp>,
    /// The change that L2 asked leave for, and the answer.
    pub approval: Option<Approval>,
    /// Where it went, if it was merged.
    pub merged: Option<Merged>,
    /// What the requester thinks of the present resolution.
    pub rated: Option<Score>,
    /// When they said it.
    pub rated_at: Option<Timestamp>,
    /// When the requester last asked for a higher tier.
    pub escalation_asked_at: Option<Timestamp>,
    /// The question at L0 that it grew out of.
    pub ask: Option<AskId>,
    /// Counts changes.
    pub version: i64,
    /// The last event's number.
    pub last_seq: i64,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// When it was last resolved.
    pub resolved_at: Option<Timestamp>,
    /// The private thread with its requester, once Discord has it.
    pub thread: Option<ChannelId>,
    /// The staff thread, once Discord has it.
    pub staff_thread: Option<ChannelId>,
    /// Its staff talk in a thread: Discord has it, or it is promised and still to be opened. What is said among the staff
    /// follows from this, so that nothing hangs on how far Discord has come.
    pub staffed: bool,
    /// There was no room for a thread: the talk with the requester goes by direct message.
    pub by_direct: bool,
    /// The running major incident that it is part of.
    pub major: Option<MajorId>,
    /// What its clocks go by.
    pub clocks: Kept,
    /// How far it has come while nobody takes it.
    pub ladder: Ladder,
}

/// What somebody fills in to open a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The desk.
    pub guild: GuildId,
    /// Whose trouble it is.
    pub requester: UserId,
    /// Their name.
    pub requester_name: String,
    /// One line.
    pub title: String,
    /// What happens.
    pub body: String,
    /// What was tried.
    pub tried: String,
    /// About what.
    pub category: &'static Category,
    /// How many are affected.
    pub impact: Impact,
    /// Whether they can work.
    pub urgency: Urgency,
    /// The question at L0 that it grew out of.
    pub ask: Option<AskId>,
}

impl Opening {
    /// The longest title, in characters.
    pub const TITLE_AT_MOST: usize = 100;
    /// The shortest title that says anything, in characters.
    pub const TITLE_AT_LEAST: usize = 5;
}

impl Ticket {
    /// T1: a ticket is born.
    pub fn open(
        opening: Opening,
        id: TicketId,
        number: Number,
        now: Timestamp,
    ) -> (Self, Vec<What>) {
        let priority = Priority::of(opening.impact, opening.urgency, opening.category.floor);
        let happened = vec![What::Opened {
            impact: opening.impact,
            urgency: opening.urgency,
            priority,
            category: opening.category.key.to_owned(),
            ask: opening.ask,
        }];
        let ticket = Self {
            id,
            guild: opening.guild,
            number,
            requester: opening.requester,
            requester_name: opening.requester_name,
            participants: Vec::new(),
            watchers: Vec::new(),
            title: opening.title,
            body: opening.body,
            tried: opening.tried,
            category: opening.category.key.to_owned(),
            confidential: opening.category.confidential,
            impact: opening.impact,
            urgency: opening.urgency,
            priority,
            priority_set: None,
            tier: Tier::L1,
            state: State::New,
            assignee: None,
            accept_by: None,
            tries: 0,
            pending: None,
            bounces: [0; 2],
            lead_decides: false,
            waits: None,
            replied_at: None,
            reopened: 0,
            extended: false,
            cases: Vec::new(),
            asked_at: None,
            approval: None,
            merged: None,
            rated: None,
            rated_at: None,
            escalation_asked_at: None,
            ask: opening.ask,
            version: 0,
            last_seq: 0,
            opened_at: now,
            changed_at: now,
            resolved_at: None,
            thread: None,
            staff_thread: None,
            staffed: false,
            by_direct: false,
            major: None,
            clocks: Kept::default(),
            ladder: Ladder::default(),
        };
        (ticket, happened)
    }

    /// T3: takes it out of the queue. The first claim wins.
    pub fn claim(&mut self, by: &Actor, _now: Timestamp) -> Result<Vec<What>, Refusal> {
        permit(Verb::Claim, self, by)?;
        self.refuse_own(by)?;
        let answers = self.take(by.user);
        Ok(vec![What::Claimed { answers }])
    }

    /// T4: takes what was offered, or what was handed over to the tier and offered to nobody.
    pub fn accept(&mut self, by: &Actor, _now: Timestamp) -> Result<Vec<What>, Refusal> {
        permit(Verb::Accept, self, by)?;
        self.refuse_own(by)?;
        if let Some(to) = self.assignee
            && to != by.user
            && !by.standing.lead
        {
            return Err(Refusal::OfferedToAnother {
                number: self.number,
                to,
            });
        }
        let answers = self.take(by.user);
        Ok(vec![What::Accepted { answers }])
    }

    /// T2: the desk offers a ticket in the queue to the next person.
    pub fn offer_next(&mut self, crew: &Crew, _now: Timestamp) -> Vec<What> {
        if self.state != State::New {
            return Vec::new();
        }
        let Some(turn) = crew.pick(self) else {
            return Vec::new();
        };
        self.offer(turn.user);
        vec![What::Offered {
            to: turn.user,
            unskilled: turn.unskilled,
        }]
    }

    /// T5, T5b: `from` cannot hold it any more; it goes back to its tier's queue, and on to who stands in for them or to the
    /// next person.
    pub fn release(
        &mut self,
        from: UserId,
        reason: ReleaseReason,
        crew: &Crew,
        now: Timestamp,
    ) -> Vec<What> {
        if self.assignee != Some(from) || !self.state.active() {
            return Vec::new();
        }
        self.leave();
        let mut happened = vec![What::Released {
            from,
            reason,
            text: None,
        }];
        let deputy = crew.deputy(from, self).filter(|_| crew.offers(self));
        if let Some(to) = deputy {
            self.offer(to);
            let unskilled = false;
            happened.push(What::Offered { to, unskilled });
        } else {
            happened.extend(self.offer_next(&crew.without(from), now));
        }
        happened
    }

    /// T5: nobody accepted it in time. It goes to the next person, until so many let it pass that a lead has to decide.
    pub fn let_pass(&mut self, crew: &Crew, now: Timestamp) -> Vec<What> {
        let Some(from) = self.assignee.filter(|_| self.state == State::Assigned) else {
            return Vec::new();
        };
        // In the same moment it may have gone to somebody else.
        if self.accept_by.is_some_and(|by| by > now) {
            return Vec::new();
        }
        self.tries += 1;
        self.release(from, ReleaseReason::Unanswered, crew, now)
    }

    /// The category, or *other* where its key is not known any more.
    pub fn category(&self) -> &'static Category {
        Category::from_key(&self.category).unwrap_or(Category::other())
    }

    /// Numbers what happened and puts it down as done by `by` at `now`. The store keeps ticket and events together.
    pub fn record(
        &mut self,
        happened: Vec<What>,
        by: Option<UserId>,
        now: Timestamp,
    ) -> Vec<Event> {
        if happened.is_empty() {
            return Vec::new();
        }
        self.version += 1;
        self.changed_at = now;
        let first = self.last_seq + 1;
        let events: Vec<Event> = happened
            .into_iter()
            .zip(first..)
            .map(|(what, seq)| Event {
                seq,
                at: now,
                by,
                what,
            })
            .collect();
        self.last_seq = events.last().map_or(self.last_seq, |event| event.seq);
        for event in &events {
            clocks::take(event, self.requester, &mut self.clocks.moments);
        }
        self.keep_ladder(&events, now);
        events
    }

    fn offer(&mut self, to: UserId) {
        self.state = State::Assigned;
        self.assignee = Some(to);
    }

    fn take(&mut self, by: UserId) -> Option<PendingHandOver> {
        self.state = self.waits.take().unwrap_or(State::InProgress);
        self.assignee = Some(by);
        self.lead_decides = false;
        self.tries = 0;
        self.pending.take()
    }

    fn refuse_own(&self, by: &Actor) -> Result<(), Refusal> {
        if self.requester == by.user {
            return Err(Refusal::OwnTicket {
                number: self.number,
            });
        }
        Ok(())
    }

    fn wrong_state(&self, verb: Verb) -> Refusal {
        Refusal::WrongState {
            verb,
            number: self.number,
            state: self.state,
            assignee: self.assignee,
            tier: self.tier,
        }
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
