//! Work to be done on Discord, and which of it follows from a change: the one place that decides who hears of what.

use serde::{Deserialize, Serialize};

use super::event::{Event, What};
use super::ids::UserId;
use super::notice::{Answer, Destination, Notice};
use super::people::{DeskChannel, DeskRole};
use super::priority::Priority;
use super::roster::Crew;
use super::ticket::{ArticleNote, PendingHandOver, Ticket};
use super::tier::Tier;

mod circle;
pub mod clock;
mod course;
mod learning;
mod links;
pub mod major;
pub mod problem;
mod turns;
mod unmoved;
mod waiting;

/// Which of a ticket's threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreadKind {
    /// The private one with its requester.
    Requester,
    /// The staff's.
    Staff,
}

/// One piece of work to do on Discord. A row of the outbox holds one; each can be tried again without doing it twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "errand", rename_all = "snake_case")]
pub enum Errand {
    /// Post a message.
    Say {
        /// Where.
        to: Destination,
        /// What.
        notice: Notice,
        /// A name by which a later errand can amend this message.
        name: Option<String>,
    },
    /// Change a message that was posted under `name`.
    Amend {
        /// Where it stands.
        to: Destination,
        /// Its name.
        name: String,
        /// What it says from now on.
        notice: Notice,
    },
    /// Post nothing new: the message that was posted under `name` says the same, with what its ticket has by now.
    SayAgain {
        /// Where it stands.
        to: Destination,
        /// Its name.
        name: String,
        /// What it says.
        notice: Notice,
    },
    /// Open one of the ticket's threads, or adopt it if it is there.
    OpenThread {
        /// Which.
        thread: ThreadKind,
    },
    /// Add somebody to one of the ticket's threads.
    Invite {
        /// Which.
        thread: ThreadKind,
        /// Whom.
        user: UserId,
    },
    /// Take somebody out of one of the ticket's threads.
    Uninvite {
        /// Which.
        thread: ThreadKind,
        /// Whom.
        user: UserId,
    },
    /// Archive and lock one of the ticket's threads.
    CloseThread {
        /// Which.
        thread: ThreadKind,
    },
    /// Open a thread below the message that was posted under `name` in the second tier's queue.
    OpenRoom {
        /// The message's name.
        name: String,
        /// What the thread is called: hostile text.
        title: String,
    },
    /// Make a role of the desk.
    CreateRole {
        /// Which.
        role: DeskRole,
    },
    /// Make a channel of the desk, with its permissions.
    CreateChannel {
        /// Which.
        channel: DeskChannel,
    },
    /// Set the permissions that a channel of the desk needs, for the desk's roles and for the bot.
    OpenChannel {
        /// Which.
        channel: DeskChannel,
    },
}

impl Errand {
    /// Whether it belongs to the talk with the requester.
    pub fn is_for_requester(&self) -> bool {
        match self {
            Self::Say { to, .. } | Self::Amend { to, .. } | Self::SayAgain { to, .. } => {
                *to == Destination::Thread
            }
            Self::OpenThread { thread }
            | Self::Invite { thread, .. }
            | Self::Uninvite { thread, .. }
            | Self::CloseThread { thread } => *thread == ThreadKind::Requester,
            Self::OpenRoom { .. }
            | Self::CreateRole { .. }
            | Self::CreateChannel { .. }
            | Self::OpenChannel { .. } => false,
        }
    }

    /// Where its order is kept: errands of one lane are done one after the other, lanes do not wait for each other.
    pub fn lane(&self) -> String {
        let of_thread = |thread: &ThreadKind| match thread {
            ThreadKind::Requester => "thread".to_owned(),
            ThreadKind::Staff => "staff".to_owned(),
        };
        match self {
            // The report follows what it reports on.
            Self::Say {
                notice: Notice::SetUpReport { .. },
                ..
            } => "setup".to_owned(),
            // It may wait for the morning, and what is said alone does not.
            Self::Say {
                notice: Notice::Lines { gathering },
                ..
            }
            | Self::Amend {
                notice: Notice::Lines { gathering },
                ..
            } => format!("lines:{gathering}"),
            Self::Say { to, .. } | Self::Amend { to, .. } | Self::SayAgain { to, .. } => match to {
                Destination::Thread => "thread".to_owned(),
                Destination::StaffThread => "staff".to_owned(),
                Destination::Queue(tier) => format!("queue:{tier}"),
                Destination::Escalations => "escalations".to_owned(),
                Destination::Leads => "leads".to_owned(),
                Destination::Help => "help".to_owned(),
                Destination::Direct(user) => format!("direct:{user}"),
            },
            Self::OpenThread { thread }
            | Self::Invite { thread, .. }
            | Self::Uninvite { thread, .. }
            | Self::CloseThread { thread } => of_thread(thread),
            Self::OpenRoom { .. } => format!("queue:{}", Tier::L2),
            Self::CreateRole { .. } | Self::CreateChannel { .. } | Self::OpenChannel { .. } => {
                "setup".to_owned()
            }
        }
    }
}

/// Everything that follows from `events`, which have just happened to `ticket`, in the order in which it is done.
pub fn errands(ticket: &Ticket, events: &[Event], crew: &Crew) -> Vec<Errand> {
    let offered = events.iter().rev().find_map(|event| match event.what {
        What::Offered { to, .. } => Some(to),
        _ => None,
    });
    let mut work = Vec::new();
    for event in events {
        follow(ticket, event, offered, crew, &mut work);
    }
    turns::tell(ticket, events, crew, &mut work);
    circle::tell_watchers(ticket, events, &mut work);
    work
}

/// Whether what follows from `happened` depends on the crew. Who changes [`errands`] need not think of this: the random lives
/// of the model test compare what follows with the crew and without.
pub fn asks_for_crew(happened: &[What]) -> bool {
    let alone = |what: &What| {
        matches!(
            what,
            What::Claimed { .. }
                | What::Accepted { .. }
                | What::Noted { .. }
                | What::Replied { .. }
                | What::Asked { .. }
                | What::Resumed
                | What::Watched { .. }
                | What::PersonAdded { .. }
                | What::PersonRemoved { .. }
                | What::CaseOpened { .. }
                | What::CaseUpdated { .. }
                | What::CaseClosed { .. }
                | What::Reminded { .. }
                | What::RatingAsked
                | What::Rated { .. }
                | What::Closed
                | What::Locked
        )
    };
    !happened.iter().all(alone)
}

fn follow(
    ticket: &Ticket,
    event: &Event,
    offered: Option<UserId>,
    crew: &Crew,
    work: &mut Vec<Errand>,
) {
    let by = event.by.unwrap_or(ticket.requester);
    let open_text = |text: &str| open_text(ticket, text);
    let everybody_on_duty = |tier| everybody_on_duty(crew, tier);
    match &event.what {
        What::Opened { priority, .. } => {
            work.push(Errand::OpenThread {
                thread: ThreadKind::Requester,
            });
            work.push(Errand::Invite {
                thread: ThreadKind::Requester,
                user: ticket.requester,
            });
            work.push(say(
                Destination::Thread,
                if by == ticket.requester {
                    Notice::Opened
                } else {
                    Notice::OpenedFor { by }
                },
            ));
            if *priority == Priority::P1 {
                call_everybody(ticket, *priority, everybody_on_duty(ticket.tier), work);
                also_call(ticket, crew, work);
            }
        }
        What::Claimed { answers } | What::Accepted { answers } => {
            work.push(Errand::Invite {
                thread: ThreadKind::Requester,
                user: by,
            });
            work.push(say(
                Destination::Thread,
                Notice::Claimed {
                    by,
                    tier: ticket.tier,
                },
            ));
            if let Some(hand_over) = answers {
                taken(ticket, event, by, hand_over, work);
            }
        }
        What::Offered { to, .. } => {
            // The offer itself is said with the hand-over, the reject, or the release that led to it. In a confidential
            // ticket's staff thread only named people read it.
            if ticket.confidential {
                work.push(Errand::Invite {
                    thread: ThreadKind::Staff,
                    user: *to,
                });
            }
        }
        What::Escalated { hand_over, reason } => {
            work.push(Errand::OpenThread {
                thread: ThreadKind::Staff,
            });
            if ticket.confidential && hand_over.by != UserId::DESK {
                work.push(Errand::Invite {
                    thread: ThreadKind::Staff,
                    user: hand_over.by,
                });
            }
            let call = if offered.is_none() && ticket.major.is_none() {
                everybody_on_duty(hand_over.to)
            } else {
                Vec::new()
            };
            let urgent = ticket.priority == Priority::P1;
            work.push(say(
                Destination::StaffThread,
                Notice::HandOver {
                    hand_over: hand_over.clone(),
                    reason: reason.clone(),
                    offered,
                    call: if urgent { call } else { Vec::new() },
                },
            ));
            work.push(say(
                Destination::Thread,
                Notice::HandedOver { to: hand_over.to },
            ));
            work.push(Errand::Say {
                to: Destination::Escalations,
                notice: Notice::EscalationLine {
                    from: hand_over.from,
                    to: hand_over.to,
                    by: hand_over.by,
                    offered,
                    summary: open_text(&hand_over.texts.summary),
                    at: event.at,
                    age: event.at.duration_since(ticket.opened_at),
                    answer: Answer::None,
                },
                name: Some(line_name(ticket, event.seq)),
            });
            if urgent {
                call_everybody(
                    ticket,
                    ticket.priority,
                    everybody_on_duty(ticket.tier),
                    work,
                );
            } else if offered.is_none() && crew.offers(ticket) {
                work.push(say(
                    Destination::Leads,
                    Notice::NobodyToOffer { tier: ticket.tier },
                ));
            }
        }
        What::Rejected {
            from,
            to,
            reason,
            times,
            hand_over,
        } => {
            work.push(say(
                Destination::StaffThread,
                Notice::Rejected {
                    by,
                    from: *from,
                    to: *to,
                    reason: reason.clone(),
                    offered,
                },
            ));
            work.push(say(Destination::Thread, Notice::SentBack { to: *to }));
            work.push(say(
                Destination::Escalations,
                Notice::RejectLine {
                    by,
                    from: *from,
                    to: *to,
                    reason: open_text(reason),
                    times: *times,
                },
            ));
            let after = event.at.duration_since(hand_over.at);
            work.push(amend_line(
                ticket,
                hand_over,
                Answer::Returned { by, after },
            ));
            if ticket.lead_decides {
                work.push(say(
                    Destination::Leads,
                    Notice::LeadDecides {
                        from: *from,
                        to: *to,
                        times: *times,
                    },
                ));
            }
        }
        What::Resolved {
            code,
            text,
            article,
            lesson,
            ..
        } => {
            if let Some(lesson) = lesson {
                learning::taught(ticket, by, text, lesson, crew, work);
            }
            let until = ticket.window_ends_at().unwrap_or(event.at);
            let resolved = Notice::Resolved {
                by,
                code: *code,
                text: text.clone(),
                article: article.clone(),
                until,
            };
            work.push(say(Destination::Thread, resolved.clone()));
            let drafted = *article == ArticleNote::Draft;
            if drafted {
                // Whoever goes on with it finds it there.
                work.push(Errand::OpenThread {
                    thread: ThreadKind::Staff,
                });
            }
            if drafted || ticket.staffed {
                work.push(say(Destination::StaffThread, resolved));
            }
            if drafted {
                work.push(say(Destination::StaffThread, Notice::ArticleBegun { by }));
            }
        }
        What::CaseOpened { .. }
        | What::CaseUpdated { .. }
        | What::CaseClosed { .. }
        | What::CaseOverdue { .. }
        | What::Reminded { .. }
        | What::NoAnswer => waiting::follow(ticket, event, by, work),
        What::ApprovalAsked { .. } | What::ApprovalAnswered { .. } => {
            learning::follow(ticket, event, by, crew, work);
        }
        What::Added { .. }
        | What::Merged { .. }
        | What::Absorbed { .. }
        | What::Unmerged { .. }
        | What::Parted { .. }
        | What::SplitOff { .. }
        | What::FollowedUp { .. }
        | What::GrewFrom { .. }
        | What::Related { .. }
        | What::PrioritySet { .. }
        | What::Extended { .. } => links::follow(ticket, event, by, crew, work),
        What::ClockWarned { .. } | What::ClockBreached { .. } | What::BreachWaived { .. } => {
            clock::follow(ticket, event, by, crew, work);
        }
        What::Climbed { page } => unmoved::follow(ticket, page, crew, work),
        What::Wrote | What::DueMoved { .. } => {}
        What::PersonAdded { .. } | What::PersonRemoved { .. } | What::Watched { .. } => {
            circle::follow(event, by, work);
        }
        What::Reassessed { .. }
        | What::Recategorised { .. }
        | What::Released { .. }
        | What::Assigned { .. }
        | What::Deescalated { .. }
        | What::Noted { .. }
        | What::Replied { .. }
        | What::Asked { .. }
        | What::Resumed
        | What::EscalationAsked { .. }
        | What::Cancelled { .. }
        | What::Reopened { .. }
        | What::Closed
        | What::RatingAsked
        | What::Rated { .. }
        | What::ProblemLinked { .. }
        | What::ProblemUnlinked { .. }
        | What::MajorJoined { .. }
        | What::MajorLeft { .. }
        | What::Locked => course::follow(ticket, event, offered, crew, work),
    }
}

/// Somebody took what was handed over: the staff thread hears, and the escalation channel's line is amended.
fn taken(
    ticket: &Ticket,
    event: &Event,
    by: UserId,
    hand_over: &PendingHandOver,
    work: &mut Vec<Errand>,
) {
    let after = event.at.duration_since(hand_over.at);
    if ticket.confidential {
        work.push(Errand::Invite {
            thread: ThreadKind::Staff,
            user: by,
        });
    }
    work.push(say(
        Destination::StaffThread,
        Notice::Accepted {
            by,
            tier: ticket.tier,
            after,
        },
    ));
    work.push(amend_line(ticket, hand_over, Answer::Taken { by, after }));
}

/// A text that people typed, where it may be said outside the ticket's own threads.
fn open_text(ticket: &Ticket, text: &str) -> Option<String> {
    (!ticket.confidential).then(|| text.to_owned())
}

fn everybody_on_duty(crew: &Crew, tier: Tier) -> Vec<UserId> {
    crew.on_duty(tier).map(|holder| holder.user).collect()
}

fn amend_line(ticket: &Ticket, hand_over: &PendingHandOver, answer: Answer) -> Errand {
    Errand::Amend {
        to: Destination::Escalations,
        name: line_name(ticket, hand_over.seq),
        notice: Notice::EscalationLine {
            from: hand_over.from,
            to: hand_over.to,
            by: hand_over.by,
            offered: hand_over.offered,
            summary: (!ticket.confidential).then(|| hand_over.summary.clone()),
            at: hand_over.at,
            age: hand_over.at.duration_since(ticket.opened_at),
            answer,
        },
    }
}

/// The escalation channel's line once more, when the staff thread it links to was opened after it: none when nothing is
/// handed over any more, and for a confidential ticket, whose line has no link.
pub fn line_with_thread(ticket: &Ticket) -> Option<Errand> {
    let pending = ticket.pending.as_ref().filter(|_| !ticket.confidential)?;
    Some(amend_line(ticket, pending, Answer::None))
}

fn line_name(ticket: &Ticket, seq: i64) -> String {
    format!("escalation:{}:{seq}", ticket.id)
}

/// Calls everybody on duty, and tells the leads. Not for a part of a major incident: those who can do something about it are
/// at it already, and a hundred tickets about one outage would call a hundred times (`DOMAIN` 1.12). What is said between
/// people (answers, questions, notes, hand-overs, what somebody gives to somebody) goes its way.
fn call_everybody(ticket: &Ticket, priority: Priority, call: Vec<UserId>, work: &mut Vec<Errand>) {
    if ticket.major.is_some() {
        return;
    }
    work.push(say(
        Destination::Queue(ticket.tier),
        Notice::Call { priority, call },
    ));
    work.push(say(
        Destination::Leads,
        Notice::Urgent {
            priority,
            tier: ticket.tier,
        },
    ));
}

/// A new P1 calls everybody of the tier above as well.
fn also_call(ticket: &Ticket, crew: &Crew, work: &mut Vec<Errand>) {
    let ladders = &ticket.ladder.own;
    let calls = ladders.called_at_once(ticket.priority, ticket.tier);
    for tier in calls.iter().filter(|tier| **tier != ticket.tier) {
        let call = everybody_on_duty(crew, *tier);
        if ticket.major.is_none() && !call.is_empty() {
            let priority = ticket.priority;
            work.push(say(
                Destination::Queue(*tier),
                Notice::Call { priority, call },
            ));
        }
    }
}

fn say(to: Destination, notice: Notice) -> Errand {
    Errand::Say {
        to,
        notice,
        name: None,
    }
}

#[cfg(test)]
mod tests;
