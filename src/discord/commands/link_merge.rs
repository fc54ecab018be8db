//! `/link merge`: two tickets about one matter become one.

use futures::FutureExt;

use super::work::{REASON, TICKET, line, may, reworded, typed};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Button, Field, Form, Post, Reply, Size, Style};
use crate::domain::ids::Number;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::rules::Verb;
use crate::domain::ticket::Ticket;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "link merge";

/// `/link merge [ticket] [into] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Merge a ticket into another one about the same matter",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "into",
            about: "The ticket that goes on; a form asks when you leave it out",
            kind: OptKind::Ticket,
            required: false,
        },
        Opt {
            name: "reason",
            about: "Why, where they are two people's (leads)",
            kind: OptKind::Text {
                min: 1,
                max: REASON,
            },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let into = match &call.input {
        Input::Submit { .. } => call.field("into").or_else(|| call.arg(1)),
        Input::Press { .. } => call.arg(1),
        _ => call.option("into"),
    };
    let Some(into) = into else {
        may(call, Verb::Link, &ticket)?;
        return Ok(Reply::Form(ask_which(call, &ticket)));
    };
    let into = other(call, into).await?;
    let reason = match &call.input {
        Input::Submit { .. } => Some(typed(call, "reason")).filter(|reason| !reason.is_empty()),
        _ => call.option("reason").map(str::to_owned),
    };
    if ticket.requester != into.requester && ticket.id != into.id && reason.is_none() {
        may(call, Verb::MergeOther, &ticket)?;
        return Ok(if matches!(call.input, Input::Press { .. }) {
            Reply::Form(ask_why(call, &ticket, &into))
        } else {
            Reply::Say(sure(call, &ticket, &into))
        });
    }
    let (by, cause) = (&call.actor, &call.cause);
    let merged = call
        .desk
        .merge(ticket.id, into.id, by, reason.as_deref(), cause, call.now)
        .await;
    let (source, target) = merged.map_err(|error| reworded(call, &ticket, error))?;
    let words = call.words;
    let new: Vec<String> = target
        .participants
        .iter()
        .filter(|one| !into.participants.contains(one))
        .map(|one| format!("<@{one}>"))
        .collect();
    let reads = if new.is_empty() {
        words.merge_reads_nobody_new(target.number)
    } else {
        words.merge_reads(target.number, &new.join(", "))
    };
    let text = format!("{}\n{reads}", words.merged(source.number, target.number));
    Ok(Reply::Say(Post::text(text)))
}

/// The other ticket that was named, if the asker may see it.
pub(super) async fn other(call: &Call, typed: &str) -> Result<Ticket, Error> {
    let number: Number = typed.trim().parse().map_err(|_| Refusal::BadInput {
        field: "ticket".to_owned(),
        expected: Expected::TicketNumber,
    })?;
    let (guild, by) = (call.guild()?, &call.actor);
    call.desk.ticket(guild, number, by, call.now).await
}

/// The field that asks for another ticket's number.
pub(super) fn number_field(call: &Call, name: &'static str, label: String) -> Field {
    Field {
        name,
        label,
        size: Size::Short,
        value: String::new(),
        placeholder: call.words.placeholder_number(),
        required: true,
        min: 1,
        max: 12,
    }
}

fn ask_which(call: &Call, ticket: &Ticket) -> Form {
    Form {
        line: line(call, PATH, ticket),
        title: call.words.form_merge(ticket.number),
        fields: vec![number_field(call, "into", call.words.label_into())],
    }
}

/// Who will be able to read what, before a lead merges two people's tickets.
fn sure(call: &Call, ticket: &Ticket, into: &Ticket) -> Post {
    let words = call.words;
    let line = line(call, PATH, ticket).arg(into.number);
    let (one, other) = (ticket.requester, into.requester);
    Post::text(words.merge_sure(ticket.number, into.number, one, other)).with_buttons(vec![
        Button::new(words.button_merge_anyway(), Style::Danger, line),
    ])
}

fn ask_why(call: &Call, ticket: &Ticket, into: &Ticket) -> Form {
    let words = call.words;
    Form {
        line: line(call, PATH, ticket).arg(into.number),
        title: words.form_merge(ticket.number),
        fields: vec![Field {
            name: "reason",
            label: words.label_merge_reason(),
            size: Size::Paragraph,
            value: String::new(),
            placeholder: String::new(),
            required: true,
            min: 1,
            max: REASON,
        }],
    }
}
