//! What follows from what happens to a problem.

use super::{Errand, ThreadKind, say};
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::{Destination, Notice, ProblemNotice};
use crate::domain::problem::Problem;
use crate::domain::ticket::Ticket;

/// The cause of `ticket` is gone: whoever works on it is asked whether it is solved. Nothing is resolved by itself
/// (`DOMAIN` 1.11).
pub fn ask_whether_gone(problem: &Problem, ticket: &Ticket) -> Vec<Errand> {
    let mut work = Vec::new();
    if !ticket.staffed {
        work.push(Errand::OpenThread {
            thread: ThreadKind::Staff,
        });
    }
    if let Some(user) = ticket.assignee.filter(|_| ticket.confidential) {
        work.push(Errand::Invite {
            thread: ThreadKind::Staff,
            user,
        });
    }
    let gone = ProblemNotice::Gone {
        problem: problem.id,
        number: problem.number,
        title: problem.title.clone(),
        to: ticket.assignee,
    };
    work.push(say(Destination::StaffThread, Notice::Problem(gone)));
    work
}

/// Everybody who said "me too" hears that it is solved.
pub fn tell_of_the_end(problem: &Problem, people: &[UserId]) -> Vec<Errand> {
    let solved = || ProblemNotice::Solved {
        title: problem.title.clone(),
    };
    people
        .iter()
        .map(|user| say(Destination::Direct(*user), Notice::Problem(solved())))
        .collect()
}

/// Whoever looks after the problem hears that `ticket` is not solved by what was done.
pub fn tell_the_owner(problem: &Problem, ticket: Number, by: UserId) -> Errand {
    let still = ProblemNotice::StillThere {
        number: problem.number,
        ticket,
        by,
    };
    say(Destination::Direct(problem.owner), Notice::Problem(still))
}
