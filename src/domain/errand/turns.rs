//! What follows when it is somebody's turn, or nobody's.

use super::{Errand, say};
use crate::domain::event::{Event, ReleaseReason, What};
use crate::domain::notice::{Destination, Notice};
use crate::domain::priority::Priority;
use crate::domain::roster::{Crew, TRIES_AT_MOST};
use crate::domain::ticket::{State, Ticket};

/// Says to whom `ticket` is offered, where nothing else that `events` bring about says it, and what is missing.
pub(super) fn tell(ticket: &Ticket, events: &[Event], crew: &Crew, work: &mut Vec<Errand>) {
    let opened = events
        .iter()
        .any(|event| matches!(event.what, What::Opened { .. }));
    if opened && ticket.state == State::New && crew.offers(ticket) {
        tell_leads(ticket, crew, work);
    }
    let offer = events.iter().rev().find_map(|event| match event.what {
        What::Offered { to, unskilled } => Some((to, unskilled)),
        _ => None,
    });
    let Some((to, unskilled)) = offer else {
        return;
    };
    let said = events.iter().any(|event| match event.what {
        What::Escalated { .. }
        | What::Rejected { .. }
        | What::Deescalated { .. }
        | What::Assigned { .. } => true,
        What::Released { .. } => said_in_staff_thread(ticket) || said_in_queue(&event.what),
        _ => false,
    });
    if !said {
        let until = ticket.accept_by;
        let offer = Notice::Offer {
            to,
            until,
            unskilled,
        };
        work.push(say(Destination::Queue(ticket.tier), offer));
    } else if unskilled {
        let missing = Notice::SkillMissing {
            category: ticket.category.clone(),
        };
        work.push(say(Destination::Queue(ticket.tier), missing));
    }
}

/// What becomes of it is said in the staff thread, where there is one.
pub(super) fn said_in_staff_thread(ticket: &Ticket) -> bool {
    ticket.staffed
}

/// Where there is no staff thread, the queue hears that it is back: what somebody said about it, and what the desk did.
pub(super) fn said_in_queue(what: &What) -> bool {
    let What::Released { reason, text, .. } = what else {
        return false;
    };
    let by_desk = matches!(
        reason,
        ReleaseReason::Unanswered | ReleaseReason::OffDuty | ReleaseReason::Away
    );
    by_desk || text.is_some()
}

/// The leads hear of what nobody has and nobody can be offered. Nobody is told of what waits for whoever takes it, or is part
/// of a major incident, unless it is urgent.
pub(super) fn tell_leads(ticket: &Ticket, crew: &Crew, work: &mut Vec<Errand>) {
    if ticket.major.is_some() || ticket.state != State::New {
        return;
    }
    let tier = ticket.tier;
    if ticket.tries >= TRIES_AT_MOST {
        let times = ticket.tries;
        work.push(say(Destination::Leads, Notice::LetPass { tier, times }));
    } else if crew.offers(ticket) || ticket.priority <= Priority::P2 {
        work.push(say(Destination::Leads, Notice::NobodyToOffer { tier }));
    }
}
