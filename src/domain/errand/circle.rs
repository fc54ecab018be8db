//! What follows for those who take part in a ticket without owning it: members who were added, and staff who watch.

use super::{Errand, ThreadKind, say};
use crate::domain::event::{Event, What};
use crate::domain::ids::UserId;
use crate::domain::notice::{Destination, Notice};
use crate::domain::ticket::Ticket;

/// What follows when somebody comes or goes.
pub(super) fn follow(event: &Event, by: UserId, work: &mut Vec<Errand>) {
    let thread = ThreadKind::Requester;
    match event.what {
        What::PersonAdded { who } => {
            work.push(Errand::Invite { thread, user: who });
            work.push(say(Destination::Thread, Notice::PersonAdded { by, who }));
        }
        What::PersonRemoved { who } => {
            work.push(say(Destination::Thread, Notice::PersonRemoved { by, who }));
            work.push(Errand::Uninvite { thread, user: who });
        }
        _ => {}
    }
}

/// Everybody who watches hears once of a change after which the ticket stands elsewhere; not who made it.
pub(super) fn tell_watchers(ticket: &Ticket, events: &[Event], work: &mut Vec<Errand>) {
    let Some(step) = events.iter().rev().find(|event| is_step(&event.what)) else {
        return;
    };
    for watcher in &ticket.watchers {
        if step.by != Some(*watcher) {
            work.push(say(
                Destination::Direct(*watcher),
                Notice::Watched {
                    by: step.by,
                    state: ticket.state,
                    assignee: ticket.assignee,
                    tier: ticket.tier,
                },
            ));
        }
    }
}

/// Whether the ticket stands elsewhere after it.
fn is_step(what: &What) -> bool {
    matches!(
        what,
        What::Claimed { .. }
            | What::Accepted { .. }
            | What::Escalated { .. }
            | What::Rejected { .. }
            | What::Deescalated { .. }
            | What::Released { .. }
            | What::Assigned { .. }
            | What::Asked { .. }
            | What::Resumed
            | What::Resolved { .. }
            | What::Reopened { .. }
            | What::Cancelled { .. }
            | What::Merged { .. }
            | What::Unmerged { .. }
    )
}
