//! What follows when a ticket takes another way than up, when staff and requester talk, and when it ends or begins again.

use super::{Errand, ThreadKind, call_everybody, everybody_on_duty, open_text, say, turns};
use crate::domain::event::{Event, What};
use crate::domain::ids::UserId;
use crate::domain::notice::{Destination, Notice};
use crate::domain::priority::Priority;
use crate::domain::roster::Crew;
use crate::domain::state::State;
use crate::domain::ticket::{REOPENINGS_UNTIL_LEAD, Score, Ticket};

/// What follows from an event of this subject; nothing from any other.
pub(super) fn follow(
    ticket: &Ticket,
    event: &Event,
    offered: Option<UserId>,
    crew: &Crew,
    work: &mut Vec<Errand>,
) {
    let by = event.by.unwrap_or(ticket.requester);
    let open_text = |text: &str| open_text(ticket, text);
    let everybody_on_duty = |tier| everybody_on_duty(crew, tier);
    match &event.what {
        What::Reassessed {
            priority_was,
            priority,
            ..
        }
        | What::Recategorised {
            priority_was,
            priority,
            ..
        } => {
            // The hand-over that it may come with calls everybody itself.
            // What nobody has calls by itself, a moment later ([`rungs`](crate::domain::rungs)).
            let urgent = *priority == Priority::P1 && *priority_was != Priority::P1;
            if urgent && ticket.pending.is_none() && ticket.ladder.run.is_none() {
                call_everybody(ticket, *priority, everybody_on_duty(ticket.tier), work);
            }
        }
        What::Released { from, reason, text } => {
            let released = |text| Notice::Released {
                from: *from,
                reason: *reason,
                text,
                offered,
            };
            if turns::said_in_staff_thread(ticket) {
                work.push(say(Destination::StaffThread, released(text.clone())));
            } else if turns::said_in_queue(&event.what) {
                let text = text.as_deref().and_then(open_text);
                work.push(say(Destination::Queue(ticket.tier), released(text)));
            }
            if offered.is_none() && ticket.priority == Priority::P1 {
                let tier = ticket.tier;
                call_everybody(ticket, ticket.priority, everybody_on_duty(tier), work);
            } else if offered.is_none() {
                turns::tell_leads(ticket, crew, work);
            }
        }
        What::Assigned { from, to, reason } => {
            let assigned = |reason| Notice::Assigned {
                by,
                from: *from,
                to: *to,
                reason,
            };
            if ticket.staffed {
                work.push(say(Destination::StaffThread, assigned(reason.clone())));
            } else {
                let reason = reason.as_deref().and_then(open_text);
                work.push(say(Destination::Queue(ticket.tier), assigned(reason)));
            }
        }
        What::Deescalated {
            from,
            to,
            reason,
            remaining,
        } => {
            in_staff_thread(
                ticket,
                by,
                Notice::Deescalated {
                    by,
                    from: *from,
                    to: *to,
                    reason: reason.clone(),
                    remaining: remaining.clone(),
                    offered,
                },
                work,
            );
            work.push(say(Destination::Thread, Notice::SentBack { to: *to }));
        }
        What::Noted { text } => {
            let text = text.clone();
            in_staff_thread(ticket, by, Notice::Note { by, text }, work);
        }
        What::Replied { text } => {
            if let Some(text) = text.clone() {
                work.push(say(Destination::Thread, Notice::Reply { by, text }));
            }
        }
        What::Asked { text } => {
            let text = text.clone();
            work.push(say(Destination::Thread, Notice::Question { by, text }));
        }
        What::Resumed => {
            // Who takes it up again knows; whoever waits for the requester's answer is told that it is there.
            if let Some(to) = ticket.assignee.filter(|_| by == ticket.requester) {
                work.push(say(Destination::Thread, Notice::Answered { to }));
            }
        }
        What::EscalationAsked { reason } => {
            let asked = |reason| Notice::EscalationAsked {
                to: ticket.assignee,
                reason,
            };
            work.push(say(Destination::Thread, asked(Some(reason.clone()))));
            work.push(say(Destination::Leads, asked(open_text(reason))));
        }
        What::Cancelled { reason } => {
            let reason = reason.clone();
            work.push(say(Destination::Thread, Notice::Cancelled { by, reason }));
            close_threads(ticket, work);
        }
        What::Reopened {
            reason,
            times,
            back,
        } => {
            let reopened = Notice::Reopened {
                by,
                reason: reason.clone(),
                back: *back,
            };
            work.push(say(Destination::Thread, reopened.clone()));
            if ticket.staffed {
                work.push(say(Destination::StaffThread, reopened));
            }
            if *times >= REOPENINGS_UNTIL_LEAD {
                let again = Notice::ReopenedAgain { times: *times };
                work.push(say(Destination::Leads, again));
            }
            if back.is_none() && ticket.priority == Priority::P1 {
                call_everybody(
                    ticket,
                    ticket.priority,
                    everybody_on_duty(ticket.tier),
                    work,
                );
            }
        }
        What::Closed => {
            work.push(say(Destination::Thread, Notice::Closed));
        }
        // Whoever confirms is asked in the answer to it.
        What::RatingAsked if ticket.state != State::Closed => {
            let to = Destination::Direct(ticket.requester);
            work.push(say(to, Notice::HowWasIt));
        }
        // The leads hear of who was not content, of the reason that comes a moment later, and of a change of mind.
        What::Rated {
            score,
            comment,
            before,
            ..
        } if score.bad() || before.is_some_and(Score::bad) => {
            let (score, comment) = (*score, comment.as_deref().and_then(open_text));
            work.push(say(Destination::Leads, Notice::Rating { score, comment }));
        }
        What::Locked => close_threads(ticket, work),
        _ => {}
    }
}

fn close_threads(ticket: &Ticket, work: &mut Vec<Errand>) {
    work.push(Errand::CloseThread {
        thread: ThreadKind::Requester,
    });
    if ticket.staffed {
        work.push(Errand::CloseThread {
            thread: ThreadKind::Staff,
        });
    }
}

/// Says `notice` in the staff thread, which is opened for it where there is none.
pub(super) fn in_staff_thread(ticket: &Ticket, by: UserId, notice: Notice, work: &mut Vec<Errand>) {
    if !ticket.staffed {
        work.push(Errand::OpenThread {
            thread: ThreadKind::Staff,
        });
    }
    if ticket.confidential {
        work.push(Errand::Invite {
            thread: ThreadKind::Staff,
            user: by,
        });
    }
    work.push(say(Destination::StaffThread, notice));
}
