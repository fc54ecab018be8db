//! A ticket's events, as its clocks take them.

use jiff::{SignedDuration, Timestamp};

use super::{Moment, Move};
use crate::domain::event::{Event, What};
use crate::domain::ids::UserId;
use crate::domain::state::State;

/// What moves the clocks of a ticket of `requester` in its events, the first to the last of them.
pub fn moments(events: &[Event], requester: UserId) -> Vec<Moment> {
    let mut moments = Vec::new();
    for event in events {
        take(event, requester, &mut moments);
    }
    moments
}

/// Adds what one more event moves. A person of the desk who answers moves a clock; the bot, a note, and a claim do not. Who
/// may answer was decided when the event came about: whoever had lost the ticket or the role by then left no event.
pub fn take(event: &Event, requester: UserId, moments: &mut Vec<Moment>) {
    let stands = state(moments);
    let mut add = |what| moments.push(Moment { at: event.at, what });
    let by_requester = event.by == Some(requester);
    match &event.what {
        What::Opened { priority, .. } => add(Move::Created(*priority)),
        What::Replied { .. } => add(Move::AgentReply),
        What::Asked { .. } => {
            add(Move::AgentReply);
            add(Move::To(State::WaitingUser));
        }
        What::Wrote | What::EscalationAsked { .. } => add(Move::UserReply),
        What::Added { .. } if by_requester => add(Move::UserReply),
        What::Resumed if by_requester => {
            add(Move::UserReply);
            add(Move::To(State::InProgress));
        }
        What::Resumed
        | What::CaseUpdated { ours: true, .. }
        | What::CaseClosed { ours: true, .. } => add(Move::To(State::InProgress)),
        What::CaseOpened { .. } => add(Move::To(State::WaitingVendor)),
        What::CaseUpdated {
            next_contact: Some(_),
            ..
        } if stands != State::WaitingUser => add(Move::To(State::WaitingVendor)),
        // A hand-over ends the waiting: somebody else begins. Giving it back and assigning it keep it.
        What::Escalated { .. } | What::Rejected { .. } | What::Deescalated { .. }
            if stands.waiting() =>
        {
            add(Move::To(State::InProgress));
        }
        What::Resolved { .. } => add(Move::To(State::Resolved)),
        What::Closed => add(Move::To(State::Closed)),
        What::Cancelled { .. } => add(Move::To(State::Cancelled)),
        What::Merged { .. } => add(Move::To(State::Merged)),
        What::Reopened { .. } => add(Move::Reopened),
        What::Unmerged { .. } => {
            // It is again what it was: what it waited for then, it waits for now.
            let waited = before_merge(moments).filter(|state| state.waiting());
            let at = event.at;
            let back = [Some(Move::Reopened), waited.map(Move::To)];
            moments.extend(back.into_iter().flatten().map(|what| Moment { at, what }));
        }
        What::Reassessed {
            priority_was,
            priority,
            ..
        }
        | What::Recategorised {
            priority_was,
            priority,
            ..
        }
        | What::Absorbed {
            priority_was,
            priority,
            ..
        }
        | What::PrioritySet {
            was: priority_was,
            priority,
            ..
        } if priority_was != priority => add(Move::Priority(*priority)),
        What::MajorJoined { .. } => add(Move::Part(true)),
        What::MajorLeft { .. } => add(Move::Part(false)),
        _ => {}
    }
}

/// Where the ticket is, as far as its clocks care: anything that is worked on or waits in a queue is in progress.
pub fn state(moments: &[Moment]) -> State {
    moments
        .iter()
        .fold(State::InProgress, |state, moment| match moment.what {
            Move::To(state) => state,
            Move::Reopened => State::InProgress,
            Move::UserReply if state == State::WaitingUser => State::InProgress,
            _ => state,
        })
}

fn before_merge(moments: &[Moment]) -> Option<State> {
    let merged = moments
        .iter()
        .rposition(|moment| moment.what == Move::To(State::Merged))?;
    Some(state(&moments[..merged]))
}

/// Whether the requester wrote and nobody of the desk answered yet.
pub fn unanswered(moments: &[Moment]) -> bool {
    let last = moments
        .iter()
        .rev()
        .find(|moment| matches!(moment.what, Move::UserReply | Move::AgentReply));
    last.is_some_and(|moment| moment.what == Move::UserReply)
}

/// When a person of the desk last wrote to the requester.
pub fn answered_at(moments: &[Moment]) -> Option<Timestamp> {
    let mut replies = moments.iter().rev();
    replies
        .find(|moment| moment.what == Move::AgentReply)
        .map(|moment| moment.at)
}

/// Answers that follow each other so closely are one: where updates are owed by the period, each of them would be an event.
pub const ONE_ANSWER: SignedDuration = SignedDuration::from_mins(1);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{MajorNumber, Number, TicketId};
    use crate::domain::priority::{Impact, Priority, Urgency};

    const MIA: UserId = UserId(1);
    const RAVI: UserId = UserId(11);

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    fn life(events: &[(Option<UserId>, What)]) -> Vec<Event> {
        let opened = What::Opened {
            impact: Impact::Low,
            urgency: Urgency::Medium,
            priority: Priority::P4,
            category: "network".into(),
            ask: None,
        };
        let all = std::iter::once((Some(MIA), opened)).chain(events.iter().cloned());
        all.zip(0..)
            .map(|((by, what), minute)| Event {
                seq: minute + 1,
                at: at(minute),
                by,
                what,
            })
            .collect()
    }

    fn moves(events: &[(Option<UserId>, What)]) -> Vec<Move> {
        let moments = moments(&life(events), MIA);
        moments.iter().map(|moment| moment.what).collect()
    }

    fn asked() -> What {
        What::Asked { text: "?".into() }
    }

    #[test]
    fn a_person_who_answers_moves_a_clock_and_nothing_that_the_desk_does_among_itself() {
        let quiet = [
            (Some(RAVI), What::Claimed { answers: None }),
            (Some(RAVI), What::Noted { text: "x".into() }),
            (None, What::Reminded { times: 1 }),
            (None, What::RatingAsked),
        ];
        assert_eq!(moves(&quiet), [Move::Created(Priority::P4)]);
        let replied = (Some(RAVI), What::Replied { text: None });
        assert_eq!(moves(&[replied])[1..], [Move::AgentReply]);
        let added = |by| (Some(by), What::Added { text: "x".into() });
        assert_eq!(moves(&[added(MIA)])[1..], [Move::UserReply]);
        assert_eq!(moves(&[added(UserId(2))]).len(), 1, "who takes part");
    }

    #[test]
    fn waiting_begins_and_ends_with_what_ends_it() {
        let escalated = || What::Rejected {
            from: crate::domain::tier::Tier::L2,
            to: crate::domain::tier::Tier::L1,
            reason: "x".into(),
            times: 1,
            hand_over: crate::domain::ticket::PendingHandOver {
                from: crate::domain::tier::Tier::L1,
                to: crate::domain::tier::Tier::L2,
                by: RAVI,
                at: at(0),
                seq: 1,
                offered: None,
                summary: String::new(),
            },
        };
        let ends = |what: What, by| {
            let events = life(&[(Some(RAVI), asked()), (by, what)]);
            state(&moments(&events, MIA))
        };
        assert_eq!(ends(What::Resumed, Some(MIA)), State::InProgress);
        assert_eq!(ends(What::Resumed, Some(RAVI)), State::InProgress);
        assert_eq!(ends(escalated(), Some(RAVI)), State::InProgress);
        let released = What::Released {
            from: RAVI,
            reason: crate::domain::event::ReleaseReason::GivenBack,
            text: None,
        };
        assert_eq!(ends(released, Some(RAVI)), State::WaitingUser);
    }

    #[test]
    fn a_merge_that_is_undone_gives_back_the_pause() {
        let merged = What::Merged {
            into: TicketId(2),
            number: Number(2),
            thread: None,
            same_person: true,
            reason: None,
        };
        let unmerged = What::Unmerged {
            from: TicketId(2),
            number: Number(2),
            reason: "x".into(),
        };
        let events = life(&[
            (Some(RAVI), asked()),
            (Some(RAVI), merged),
            (None, unmerged),
        ]);
        let moments = moments(&events, MIA);
        assert_eq!(state(&moments[..4]), State::Merged);
        assert_eq!(state(&moments), State::WaitingUser);
    }

    #[test]
    fn a_change_that_changes_no_priority_moves_nothing() {
        let reassessed = |priority| What::Reassessed {
            impact_was: Impact::Low,
            impact: Impact::Low,
            priority_was: Priority::P4,
            priority,
            urgency_was: None,
            urgency: None,
        };
        assert_eq!(moves(&[(Some(RAVI), reassessed(Priority::P4))]).len(), 1);
        let raised = moves(&[(Some(RAVI), reassessed(Priority::P2))]);
        assert_eq!(raised[1..], [Move::Priority(Priority::P2)]);
        let left = What::MajorLeft {
            major: MajorNumber(1),
            over: true,
        };
        assert_eq!(moves(&[(None, left)])[1..], [Move::Part(false)]);
    }

    #[test]
    fn as_long_as_a_major_incident_speaks_for_it_no_update_is_owed() {
        use crate::domain::calendar::Hours;
        use crate::domain::clocks::{ALWAYS, BUSINESS, Book, Policy, Status, clocks};
        let zones = jiff::tz::TimeZoneDatabase::bundled();
        let always = Hours::always().calendar(&zones, at(0)).expect("a calendar");
        let always = std::sync::Arc::new(always);
        let calendars = [ALWAYS, BUSINESS].map(|name| (name.to_owned(), always.clone()));
        let book = Book::default().terms("network");
        let policy = Policy::new(&book, &calendars.into()).expect("a policy");
        let moment = |minute, what| Moment {
            at: at(minute),
            what,
        };
        // P1: an update every half hour
        let life = [
            moment(0, Move::Created(Priority::P1)),
            moment(5, Move::AgentReply),
            moment(15, Move::Part(true)),
            moment(100, Move::Part(false)),
        ];
        let stands = |minute| {
            let known = clocks(&life, &policy, at(minute)).expect("it was created");
            (known.next_update.status, known.next_update.due)
        };
        assert_eq!(stands(10), (Status::Running, Some(at(35))));
        assert_eq!(stands(60), (Status::Paused, None));
        assert_eq!(stands(110), (Status::Running, Some(at(120))));
        assert_eq!(stands(121), (Status::Breached, Some(at(120))));
    }
}
