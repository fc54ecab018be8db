//! What follows when nobody takes a ticket (`DOMAIN` 1.7).

use super::{Errand, everybody_on_duty, say};
use crate::domain::notice::{Destination, LadderNotice, Notice};
use crate::domain::roster::Crew;
use crate::domain::rungs::{Leads, Page};

/// What follows from a rung that was reached: a tier's people are called in its queue, the leads in their channel, and what
/// calls the leads is a line in the escalation channel.
pub(super) fn follow(page: &Page, crew: &Crew, work: &mut Vec<Errand>) {
    let priority = page.priority;
    for tier in &page.called {
        let call = everybody_on_duty(crew, *tier);
        work.push(say(
            Destination::Queue(*tier),
            Notice::Call { priority, call },
        ));
    }
    let Some(leads) = page.leads else {
        return;
    };
    let waits = |call| {
        let page = page.clone();
        Notice::Ladder(LadderNotice::Waits { page, call })
    };
    if leads == Leads::Told {
        work.push(say(Destination::Leads, waits(Vec::new())));
        return;
    }
    work.push(say(Destination::Escalations, waits(Vec::new())));
    work.push(say(Destination::Leads, waits(crew.leads.clone())));
}
