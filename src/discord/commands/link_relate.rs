//! `/link relate`: says that two tickets are about something near, or no more.

use futures::FutureExt;

use super::link_merge::{number_field, other};
use super::work::{TICKET, line, may, reworded};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Form, Post, Reply};
use crate::domain::rules::Verb;

/// Stands in the ids of its own forms too.
const PATH: &str = "link relate";

/// `/link relate [ticket] [other]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Say that two tickets are related; once more ends it",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "other",
            about: "The other ticket; a form asks when you leave it out",
            kind: OptKind::Ticket,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let ticket = call.ticket().await?;
    let named = match &call.input {
        Input::Submit { .. } => call.field("other"),
        _ => call.option("other"),
    };
    let Some(named) = named else {
        may(call, Verb::Link, &ticket)?;
        return Ok(Reply::Form(Form {
            line: line(call, PATH, &ticket),
            title: words.form_relate(ticket.number),
            fields: vec![number_field(call, "other", words.label_other())],
        }));
    };
    let other = other(call, named).await?;
    let on = call
        .desk
        .relate(ticket.id, other.id, &call.actor, &call.cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    Ok(Reply::Say(Post::text(if on {
        words.related(ticket.number, other.number)
    } else {
        words.unrelated(ticket.number, other.number)
    })))
}
