//! What follows when tickets become one, part, or grow out of each other, and when a lead decides against the rule.

use super::{Errand, ThreadKind, call_everybody, everybody_on_duty, open_text, say};
use crate::domain::event::{Event, What};
use crate::domain::ids::UserId;
use crate::domain::notice::{Destination, Notice};
use crate::domain::priority::Priority;
use crate::domain::roster::Crew;
use crate::domain::ticket::Ticket;

/// What follows from an event of this subject; nothing from any other.
pub(super) fn follow(
    ticket: &Ticket,
    event: &Event,
    by: UserId,
    crew: &Crew,
    work: &mut Vec<Errand>,
) {
    match &event.what {
        What::Added { text } => {
            let (text, to) = (text.clone(), ticket.assignee.filter(|to| *to != by));
            work.push(say(Destination::Thread, Notice::Added { by, text, to }));
        }
        What::Merged { number, thread, .. } => {
            let (number, thread) = (*number, *thread);
            in_both(ticket, Notice::MergedInto { by, number, thread }, work);
        }
        What::Absorbed {
            number,
            requester,
            priority_was,
            priority,
            ..
        } => {
            if *requester != ticket.requester {
                work.push(Errand::Invite {
                    thread: ThreadKind::Requester,
                    user: *requester,
                });
            }
            let (number, requester) = (*number, *requester);
            let absorbed = Notice::Absorbed {
                by,
                number,
                requester,
            };
            in_both(ticket, absorbed, work);
            becomes_urgent(ticket, *priority_was, *priority, crew, work);
        }
        What::Unmerged { number, reason, .. } => {
            let (number, reason) = (*number, reason.clone());
            in_both(ticket, Notice::Unmerged { by, number, reason }, work);
        }
        What::Parted { number, .. } => {
            in_both(ticket, Notice::Parted { number: *number }, work);
        }
        What::SplitOff { number, .. } => {
            let number = *number;
            work.push(say(Destination::Thread, Notice::SplitOff { by, number }));
        }
        What::GrewFrom { number, origin, .. } => {
            let (number, origin) = (*number, *origin);
            work.push(say(
                Destination::Thread,
                Notice::GrewFrom { number, origin },
            ));
        }
        What::Extended { .. } => {
            if let Some(until) = ticket.window_ends_at() {
                work.push(say(Destination::Thread, Notice::Extended { by, until }));
            }
        }
        What::PrioritySet {
            was,
            priority,
            by_hand,
            reason,
        } => {
            let set = |reason| Notice::PrioritySet {
                by,
                priority: *priority,
                by_hand: *by_hand,
                reason,
            };
            if ticket.staffed {
                work.push(say(Destination::StaffThread, set(Some(reason.clone()))));
            } else {
                let reason = open_text(ticket, reason);
                work.push(say(Destination::Queue(ticket.tier), set(reason)));
            }
            becomes_urgent(ticket, *was, *priority, crew, work);
        }
        _ => {}
    }
}

/// Whoever knows the ticket reads it: the requester's side, and the staff's where there is one.
fn in_both(ticket: &Ticket, notice: Notice, work: &mut Vec<Errand>) {
    work.push(say(Destination::Thread, notice.clone()));
    if ticket.staffed {
        work.push(say(Destination::StaffThread, notice));
    }
}

fn becomes_urgent(
    ticket: &Ticket,
    was: Priority,
    priority: Priority,
    crew: &Crew,
    work: &mut Vec<Errand>,
) {
    // What nobody has calls by itself, a moment later ([`rungs`](crate::domain::rungs)).
    if priority == Priority::P1 && was != Priority::P1 && ticket.ladder.run.is_none() {
        let call = everybody_on_duty(crew, ticket.tier);
        call_everybody(ticket, priority, call, work);
    }
}
