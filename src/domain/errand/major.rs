//! What follows from what happens to a major incident: one announcement and one card, kept current by editing, and one
//! broadcast to all whom it concerns.

use super::{Errand, ThreadKind, say};
use crate::domain::ids::UserId;
use crate::domain::major::{Major, MajorState};
use crate::domain::notice::{Destination, MajorNotice, Notice};
use crate::domain::ticket::Ticket;
use crate::domain::tier::Tier;

/// Where those who work on it talk: the second tier's queue, which L2, L3 and leads read and write in.
const ROOM: Destination = Destination::Queue(Tier::L2);

fn announcement(major: &Major) -> Notice {
    Notice::Major(MajorNotice::Announcement {
        major: major.id,
        title: major.title.clone(),
        status: major.status.clone(),
        since: major.declared_at,
        updated: major.updated_at,
        over: major.state != MajorState::Running,
    })
}

fn card(major: &Major) -> Notice {
    Notice::Major(MajorNotice::Card {
        number: major.number,
        title: major.title.clone(),
        category: major.category.clone(),
        status: major.status.clone(),
        roles: major.roles,
        state: major.state,
        since: major.declared_at,
        updated: major.updated_at,
    })
}

fn name(major: &Major, what: &str) -> String {
    format!("major:{}:{what}", major.id)
}

/// It was declared: an announcement to everybody, a card for those who work on it, a line for the leads.
pub fn declared(major: &Major) -> Vec<Errand> {
    let line = MajorNotice::Line {
        number: major.number,
        title: major.title.clone(),
        by: major.roles.commander,
    };
    vec![
        Errand::Say {
            to: Destination::Help,
            notice: announcement(major),
            name: Some(name(major, "announcement")),
        },
        Errand::Say {
            to: ROOM,
            notice: card(major),
            name: Some(name(major, "card")),
        },
        say(Destination::Escalations, Notice::Major(line)),
    ]
}

/// The thread below the card. To be enqueued after it: it needs the card's row.
pub fn room(major: &Major) -> Errand {
    Errand::OpenRoom {
        name: name(major, "card"),
        title: format!("{} · {}", major.number, major.title),
    }
}

/// Something changed: announcement and card say what holds now.
pub fn redrawn(major: &Major) -> Vec<Errand> {
    vec![
        Errand::Amend {
            to: Destination::Help,
            name: name(major, "announcement"),
            notice: announcement(major),
        },
        Errand::Amend {
            to: ROOM,
            name: name(major, "card"),
            notice: card(major),
        },
    ]
}

fn news(major: &Major) -> Notice {
    Notice::Major(MajorNotice::News {
        title: major.title.clone(),
        status: major.status.clone(),
        over: major.state != MajorState::Running,
    })
}

/// The requester of a ticket reads that it is part of something larger, and where that stands.
pub fn joined(major: &Major) -> Errand {
    let joined = MajorNotice::Joined {
        title: major.title.clone(),
        status: major.status.clone(),
    };
    say(Destination::Thread, Notice::Major(joined))
}

/// The status, to the requester of `ticket`.
pub fn news_for_ticket(major: &Major, ticket: &Ticket) -> Errand {
    Errand::Say {
        to: Destination::Thread,
        notice: news(major),
        name: Some(name(
            major,
            &format!("news:{}:t{}", major.version, ticket.id),
        )),
    }
}

/// The status, to somebody who wants to be told.
pub fn news_for_person(major: &Major, user: UserId) -> Errand {
    Errand::Say {
        to: Destination::Direct(user),
        notice: news(major),
        name: Some(name(major, &format!("news:{}:u{user}", major.version))),
    }
}

/// It is over: whoever works on `ticket` is asked whether that is solved too.
pub fn ask_whether_over(major: &Major, ticket: &Ticket) -> Vec<Errand> {
    let mut work = Vec::new();
    if !ticket.staffed {
        work.push(Errand::OpenThread {
            thread: ThreadKind::Staff,
        });
    }
    let over = MajorNotice::Over {
        number: major.number,
        title: major.title.clone(),
        to: ticket.assignee,
    };
    work.push(say(Destination::StaffThread, Notice::Major(over)));
    work
}

/// The review is owed from now on: whoever coordinated is asked for it, where they can read it.
pub fn ask_for_review(major: &Major) -> Errand {
    let wanted = MajorNotice::ReviewWanted {
        number: major.number,
        title: major.title.clone(),
        commander: major.roles.commander,
    };
    say(ROOM, Notice::Major(wanted))
}

/// Its time has come: who owes an update, or the review, is reminded.
pub fn reminded(major: &Major) -> Option<Errand> {
    let (to, notice) = match major.state {
        MajorState::Running => (
            ROOM,
            MajorNotice::UpdateOwed {
                number: major.number,
                title: major.title.clone(),
                communicator: major.roles.communicator,
                updated: major.updated_at,
            },
        ),
        MajorState::Resolved => (
            Destination::Leads,
            MajorNotice::ReviewOwed {
                number: major.number,
                title: major.title.clone(),
                commander: major.roles.commander,
                since: major.resolved_at.unwrap_or(major.updated_at),
            },
        ),
        MajorState::Closed => return None,
    };
    Some(say(to, Notice::Major(notice)))
}

/// It was reviewed: the leads read what was learned.
pub fn reviewed(major: &Major) -> Option<Errand> {
    let review = major.review.clone()?;
    let notice = MajorNotice::Reviewed {
        number: major.number,
        title: major.title.clone(),
        review,
    };
    Some(say(Destination::Leads, Notice::Major(notice)))
}
