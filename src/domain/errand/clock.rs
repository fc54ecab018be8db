//! What follows when a clock comes near its end, or to it (`DOMAIN` 1.7).

use super::{Errand, say, unmoved};
use crate::domain::clocks::StageKind;
use crate::domain::event::{Event, What};
use crate::domain::ids::UserId;
use crate::domain::notice::{ClockNotice, Destination, Notice};
use crate::domain::roster::Crew;
use crate::domain::rungs::Leads;
use crate::domain::ticket::Ticket;

/// Where it is said that one of the ticket's clocks has come so far. A part of a major incident is silent: those who can do
/// something about it are at it.
pub fn places(ticket: &Ticket, stage: StageKind) -> Vec<Destination> {
    if ticket.major.is_some() {
        return Vec::new();
    }
    let leads = leads_at(ticket, stage).map(|_| Destination::Leads);
    let here = if stage == StageKind::Breach {
        Destination::Escalations
    } else {
        unmoved::owner(ticket)
    };
    [Some(here), leads].into_iter().flatten().collect()
}

/// What the leads hear of it. Of what is least urgent they hear once a day, where the desk has not said otherwise.
pub fn leads_at(ticket: &Ticket, stage: StageKind) -> Option<Leads> {
    let ladders = &ticket.ladder.own;
    ladders.leads_at(ticket.priority, ticket.tier, stage)
}

/// What follows from an event of this subject; nothing from any other. Where a desk has not said otherwise, the leads are
/// pinged for a P2: a P1 called them long before, while nobody had it, and what is less urgent can wait until they look.
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
                    let called = place == Destination::Leads
                        && leads_at(ticket, stage) == Some(Leads::Called);
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
