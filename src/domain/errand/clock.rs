//! What follows when a clock comes near its end, or to it (`DOMAIN` 1.7).

use super::{Errand, say};
use crate::domain::clocks::StageKind;
use crate::domain::event::{Event, What};
use crate::domain::ids::UserId;
use crate::domain::notice::{ClockNotice, Destination, Notice};
use crate::domain::priority::Priority;
use crate::domain::roster::Crew;
use crate::domain::ticket::Ticket;

/// Where it is said that one of the ticket's clocks has come so far. A part of a major incident is silent: those who can do
/// something about it are at it.
pub fn places(ticket: &Ticket, stage: StageKind) -> Vec<Destination> {
    if ticket.major.is_some() {
        return Vec::new();
    }
    let urgent = ticket.priority <= Priority::P2;
    if stage == StageKind::Breach {
        // The leads hear of what is least urgent once a day.
        let leads = ticket.priority <= Priority::P3;
        let leads = leads.then_some(Destination::Leads);
        return [Some(Destination::Escalations), leads]
            .into_iter()
            .flatten()
            .collect();
    }
    let owner = match ticket.staff_thread {
        Some(_) => Destination::StaffThread,
        None => Destination::Queue(ticket.tier),
    };
    let leads = (urgent && stage == StageKind::Warn75).then_some(Destination::Leads);
    [Some(owner), leads].into_iter().flatten().collect()
}

/// What follows from an event of this subject; nothing from any other. The leads are pinged for a P2: a P1 called them long
/// before, while nobody had it, and what is less urgent can wait until they look.
pub(super) fn follow(
    ticket: &Ticket,
    event: &Event,
    by: UserId,
    crew: &Crew,
    work: &mut Vec<Errand>,
) {
    let mut say_in = |stage: StageKind, digest: &[Destination], mut notice: ClockNotice| {
        for place in places(ticket, stage) {
            if !digest.contains(&place) {
                if let ClockNotice::Warned { call, .. } | ClockNotice::Breached { call, .. } =
                    &mut notice
                {
                    let called = place == Destination::Leads && ticket.priority == Priority::P2;
                    *call = if called {
                        crew.leads.clone()
                    } else {
                        Vec::new()
                    };
                }
                work.push(say(place, Notice::Clock(notice.clone())));
            }
        }
    };
    match &event.what {
        What::ClockWarned {
            clock,
            stage,
            due,
            late,
            digest,
        } => {
            let notice = ClockNotice::Warned {
                clock: *clock,
                stage: *stage,
                due: *due,
                to: ticket.assignee,
                late: *late,
                call: Vec::new(),
            };
            say_in(*stage, digest, notice);
        }
        What::ClockBreached {
            clock,
            at,
            late,
            digest,
        } => {
            let notice = ClockNotice::Breached {
                clock: *clock,
                at: *at,
                priority: ticket.priority,
                assignee: ticket.assignee,
                age: event.at.duration_since(ticket.opened_at),
                late: *late,
                call: Vec::new(),
            };
            say_in(StageKind::Breach, digest, notice);
        }
        What::BreachWaived { clock, reason, .. } => {
            let notice = ClockNotice::Waived {
                by,
                clock: *clock,
                reason: (!ticket.confidential).then(|| reason.clone()),
            };
            work.push(say(Destination::Escalations, Notice::Clock(notice)));
        }
        _ => {}
    }
}
