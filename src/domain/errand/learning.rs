//! What the tiers have of each other: leave for a change, and lessons.

use super::course::in_staff_thread;
use super::{Errand, everybody_on_duty, say};
use crate::domain::event::{Event, What};
use crate::domain::ids::UserId;
use crate::domain::notice::{Destination, Notice};
use crate::domain::roster::Crew;
use crate::domain::ticket::Ticket;
use crate::domain::tier::Tier;

/// What follows when leave is asked for and given; nothing from any other event.
pub(super) fn follow(
    ticket: &Ticket,
    event: &Event,
    by: UserId,
    crew: &Crew,
    work: &mut Vec<Errand>,
) {
    match &event.what {
        What::ApprovalAsked { change } => {
            let call = everybody_on_duty(crew, Tier::L3);
            let nobody = call.is_empty();
            let asked = Notice::ApprovalAsked {
                by,
                change: change.clone(),
                call,
            };
            in_staff_thread(ticket, by, asked.clone(), work);
            // Where no expert is at work, a lead decides.
            if nobody && !ticket.confidential {
                work.push(say(Destination::Leads, asked));
            }
        }
        What::ApprovalAnswered {
            asked_by,
            yes,
            reason,
        } => {
            let answered = Notice::ApprovalAnswered {
                by,
                to: *asked_by,
                yes: *yes,
                reason: reason.clone(),
            };
            in_staff_thread(ticket, by, answered, work);
        }
        _ => {}
    }
}

/// The experts ended what was handed up to them: the tiers below read what they can do next time. Of a confidential ticket
/// only those who were named read it.
pub(super) fn taught(
    ticket: &Ticket,
    by: UserId,
    done: &str,
    lesson: &str,
    crew: &Crew,
    work: &mut Vec<Errand>,
) {
    let taught = Notice::Lesson {
        by,
        done: done.to_owned(),
        text: lesson.to_owned(),
    };
    if ticket.staffed {
        work.push(say(Destination::StaffThread, taught.clone()));
    }
    if ticket.confidential {
        return;
    }
    for tier in crew.held().iter().filter(|tier| *tier < ticket.tier) {
        work.push(say(Destination::Queue(tier), taught.clone()));
    }
}
