//! `/work note`: for the staff alone; the requester never reads it.

use futures::FutureExt;

use super::work::{self, Given, TEXT, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work note";

/// `/work note [ticket] [text]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Write a note that only the staff read",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "text",
            about: "The note; a form asks when you leave it out",
            kind: OptKind::Text { min: 1, max: TEXT },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let ticket = call.ticket().await?;
    let wanted = Wanted {
        verb: Verb::Note,
        name: "text",
        title: words.form_note(ticket.number),
        label: words.label_note(),
        placeholder: String::new(),
        required: true,
        max: TEXT,
    };
    let text = match work::given(call, PATH, &ticket, &wanted)? {
        Given::Text(text) => text,
        Given::Form(form) => return Ok(form),
    };
    let done = call
        .desk
        .note(ticket.id, &call.actor, &text, &call.cause, call.now)
        .await;
    match done {
        Ok(ticket) => Ok(Reply::Say(Post::text(words.noted(ticket.number)))),
        Err(error) => work::not_done(call, &ticket, error, &wanted, &text),
    }
}
