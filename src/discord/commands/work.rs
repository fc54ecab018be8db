//! What the commands that work on tickets have in common.

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Opt, OptKind};
use crate::discord::line::Line;
use crate::discord::reply::Post;
use crate::discord::views::ticket::{buttons, thread_buttons};
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Permit, Verb, permit};
use crate::domain::ticket::Ticket;

/// The option that every one of them has.
pub(super) const TICKET: Opt = Opt {
    name: "ticket",
    about: "Its number, for example T-0042; in its thread you can leave it out",
    kind: OptKind::Ticket,
    required: false,
};

/// A refusal of the desk's as whoever pressed an old button should read it. A failure stays what it is.
pub(super) fn reworded(call: &Call, ticket: &Ticket, error: Error) -> Error {
    match error {
        Error::Refused(refusal) => call.changed(ticket, refusal).into(),
        failed => failed,
    }
}

/// Whether the asker may do that now: asked before a form opens, so that nobody types for nothing. The desk asks again.
pub(super) fn may(call: &Call, verb: Verb, ticket: &Ticket) -> Result<Permit, Error> {
    permit(verb, ticket, &call.actor).map_err(|refusal| call.changed(ticket, refusal).into())
}

/// A command's line about that ticket, as it is drawn here and now.
pub(super) fn line(call: &Call, path: &str, ticket: &Ticket) -> Line {
    Line::new(path)
        .arg(call.name_of(ticket.id, ticket.number))
        .version(ticket.version)
}

/// What was done, and what can be done next.
pub(super) fn done(call: &Call, ticket: &Ticket, text: String) -> Post {
    let name = call.name_of(ticket.id, ticket.number);
    let mut next = buttons(call.words, ticket, &call.actor, &name);
    next.extend(thread_buttons(call.words, ticket, &call.actor));
    Post::text(text).with_buttons(next)
}

/// What whoever took the ticket reads about its thread.
pub(super) fn way_in(call: &Call, ticket: &Ticket) -> String {
    match ticket.thread {
        Some(thread) => call.words.go_to_thread(thread),
        None => call.words.thread_comes(),
    }
}

/// A text of a form that was sent; an empty one where there is none.
pub(super) fn typed(call: &Call, name: &str) -> String {
    call.field(name).unwrap_or_default().to_owned()
}

/// The refusal of `error`; a failure is passed on.
pub(super) fn refusal(error: Error) -> Result<Refusal, Error> {
    match error {
        Error::Refused(refusal) => Ok(refusal),
        failed => Err(failed),
    }
}
