//! What follows while somebody outside owes an answer: a vendor, or the requester.

use super::course::in_staff_thread;
use super::{Errand, say};
use crate::domain::event::{Event, What};
use crate::domain::ids::UserId;
use crate::domain::notice::{Destination, Notice};
use crate::domain::ticket::{MISSED_UNTIL_LEAD, Ticket};

/// What follows from an event of this subject; nothing from any other.
pub(super) fn follow(ticket: &Ticket, event: &Event, by: UserId, work: &mut Vec<Errand>) {
    match &event.what {
        What::CaseOpened { case } => {
            let case = case.clone();
            in_staff_thread(ticket, by, Notice::CaseOpened { by, case }, work);
            work.push(say(Destination::Thread, Notice::WithVendor));
        }
        What::CaseUpdated {
            name,
            reference,
            status,
            next_contact,
            ours,
            ..
        } => {
            let notice = Notice::CaseUpdated {
                by,
                name: name.clone(),
                reference: reference.clone(),
                status: status.clone(),
                next_contact: *next_contact,
                closed: false,
            };
            updated(ticket, by, notice, *ours, work);
        }
        What::CaseClosed {
            name,
            reference,
            status,
            ours,
            ..
        } => {
            let notice = Notice::CaseUpdated {
                by,
                name: name.clone(),
                reference: reference.clone(),
                status: status.clone(),
                next_contact: None,
                closed: true,
            };
            updated(ticket, by, notice, *ours, work);
        }
        What::CaseOverdue {
            name,
            reference,
            missed,
            ..
        } => {
            let overdue = Notice::CaseOverdue {
                to: ticket.assignee,
                name: name.clone(),
                reference: reference.clone(),
                missed: *missed,
            };
            let owner = ticket.assignee.unwrap_or(ticket.requester);
            in_staff_thread(ticket, owner, overdue.clone(), work);
            if *missed >= MISSED_UNTIL_LEAD || ticket.assignee.is_none() {
                work.push(say(Destination::Leads, overdue));
            }
        }
        What::Reminded { times } => {
            let times = *times;
            work.push(say(Destination::Thread, Notice::Reminded { times }));
        }
        What::NoAnswer => work.push(say(Destination::Leads, Notice::NoAnswer)),
        _ => {}
    }
}

/// The staff read what was said; the requester, once, that it goes on.
fn updated(ticket: &Ticket, by: UserId, notice: Notice, ours: bool, work: &mut Vec<Errand>) {
    in_staff_thread(ticket, by, notice, work);
    if ours {
        work.push(say(Destination::Thread, Notice::VendorAnswered));
    }
}
