//! `/lead priority`: a lead sets the priority against impact and urgency, or lets them decide again.

use futures::FutureExt;

use super::work::{REASON, TICKET, line, may, reworded, typed, unknown};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Choice, Field, Form, Post, Reply, Select, Size};
use crate::discord::words::Words;
use crate::domain::priority::Priority;
use crate::domain::rules::Verb;
use crate::domain::ticket::Ticket;

/// Stands in the ids of its own selects and forms too.
const PATH: &str = "lead priority";

/// Impact and urgency decide.
const MATRIX: &str = "matrix";

/// `/lead priority [ticket] [to] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Set a ticket's priority against impact and urgency",
    who: Who::Leads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "to",
            about: "Which priority; a list comes when you leave it out",
            kind: OptKind::Choice(|| choices(Words::of("en"))),
            required: false,
        },
        Opt {
            name: "reason",
            about: "Why; a form asks when you leave it out",
            kind: OptKind::Text {
                min: 1,
                max: REASON,
            },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

fn choices(words: Words) -> Vec<(&'static str, String)> {
    ["P1", "P2", "P3", "P4"]
        .into_iter()
        .zip(Priority::ALL)
        .map(|(key, priority)| (key, priority.to_string()))
        .chain([(MATRIX, words.choice_matrix())])
        .collect()
}

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let ticket = call.ticket().await?;
    let chosen = match &call.input {
        Input::Choose { values, .. } => values.first().map(String::as_str),
        Input::Submit { .. } => call.arg(1),
        _ => call.option("to"),
    };
    let Some(chosen) = chosen else {
        may(call, Verb::Override, &ticket)?;
        return Ok(Reply::Say(ask_which(call, &ticket)));
    };
    let to = match chosen {
        MATRIX => None,
        key => Some(
            Priority::ALL
                .into_iter()
                .find(|one| one.to_string() == key)
                .ok_or_else(|| unknown("to"))?,
        ),
    };
    let reason = match &call.input {
        Input::Submit { .. } => Some(typed(call, "reason")),
        _ => call.option("reason").map(str::to_owned),
    };
    let Some(reason) = reason else {
        may(call, Verb::Override, &ticket)?;
        return Ok(Reply::Form(Form {
            line: line(call, PATH, &ticket).arg(chosen),
            title: words.form_priority(ticket.number),
            fields: vec![Field {
                name: "reason",
                label: words.label_lead_reason(),
                size: Size::Paragraph,
                value: String::new(),
                placeholder: String::new(),
                required: true,
                min: 1,
                max: REASON,
            }],
        }));
    };
    let (by, cause) = (&call.actor, &call.cause);
    let set = call
        .desk
        .set_priority(ticket.id, by, to, &reason, cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    let text = if set.priority_set.is_some() {
        words.priority_set(set.number, set.priority)
    } else {
        words.priority_matrix(set.number, set.priority)
    };
    Ok(Reply::Say(Post::text(text)))
}

fn ask_which(call: &Call, ticket: &Ticket) -> Post {
    let words = call.words;
    let options = choices(words).into_iter().map(|(key, label)| Choice {
        label,
        value: key.to_owned(),
        about: None,
        chosen: false,
    });
    Post::text(words.priority_choose(ticket.number, ticket.priority)).with_select(Select {
        line: line(call, PATH, ticket),
        placeholder: words.placeholder_priority(),
        options: options.collect(),
        min: 1,
        max: 1,
    })
}
