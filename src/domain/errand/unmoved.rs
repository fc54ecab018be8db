//! What follows when nobody moves (`DOMAIN` 1.7).

use super::{Errand, everybody_on_duty, say};
use crate::domain::notice::{Destination, LadderNotice, Notice};
use crate::domain::roster::Crew;
use crate::domain::rungs::{Leads, Page, While};
use crate::domain::ticket::Ticket;

/// What follows from a rung that was reached: a tier's people are called in its queue, the leads in their channel, and what
/// calls the leads is a line in the escalation channel. Whoever has it and is silent hears of it where they work on it. What is
/// told in one post with others is told there alone.
pub(super) fn follow(ticket: &Ticket, page: &Page, crew: &Crew, work: &mut Vec<Errand>) {
    if page.digest {
        return;
    }
    let priority = page.priority;
    if let Some(to) = page.holder.filter(|_| page.holds == While::NoUpdate) {
        let page = page.clone();
        let silent = LadderNotice::Silent { page, to };
        work.push(say(owner(ticket), Notice::Ladder(silent)));
    }
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
    if page.holds == While::Urgent {
        let tier = page.tier;
        work.push(say(Destination::Leads, Notice::Urgent { priority, tier }));
        return;
    }
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

/// Where those who work on it talk.
pub(super) fn owner(ticket: &Ticket) -> Destination {
    if ticket.staffed {
        Destination::StaffThread
    } else {
        Destination::Queue(ticket.tier)
    }
}
