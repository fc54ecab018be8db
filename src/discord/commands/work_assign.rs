//! `/work assign`: gives a ticket to somebody, named, chosen from a list, or in turn.

use futures::FutureExt;

use super::work::{REASON, TICKET, line, may, reworded, typed};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::{Choice, Field, Form, Post, Reply, Select, Size};
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::rules::Verb;
use crate::domain::ticket::Ticket;

/// Stands in the ids of its own selects and forms too.
const PATH: &str = "work assign";

/// Whoever's turn it is.
const NEXT: &str = "next";

/// So many people stand in a select, beside the next in turn.
const LISTED: usize = 24;

/// `/work assign [ticket] [to] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Give a ticket to somebody; leave the person out to choose",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "to",
            about: "Who takes it; a list with everybody's load comes when you leave it out",
            kind: OptKind::Person,
            required: false,
        },
        Opt {
            name: "reason",
            about: "Why it is taken from who works on it",
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
    let chosen = match &call.input {
        Input::Choose { values, .. } => values.first().map(String::as_str),
        Input::Submit { .. } => call.arg(1),
        _ => call.option("to"),
    };
    match chosen {
        Some(chosen) => assign(call, &ticket, chosen).await,
        None => {
            may(call, Verb::Assign, &ticket)?;
            choose(call, &ticket).await
        }
    }
}

async fn assign(call: &Call, ticket: &Ticket, chosen: &str) -> Result<Reply, Error> {
    let to = match chosen {
        NEXT => None,
        id => Some(UserId(id.parse().map_err(|_| Refusal::StaleButton)?)),
    };
    let reason = match &call.input {
        Input::Submit { .. } => Some(typed(call, "reason")),
        _ => call.option("reason").map(str::to_owned),
    };
    let given = call
        .desk
        .assign(
            ticket.id,
            &call.actor,
            to,
            reason.as_deref(),
            &call.cause,
            call.now,
        )
        .await;
    match given {
        Ok(ticket) => {
            let who = ticket.assignee.unwrap_or(call.actor.user);
            let text = call.words.assigned_to(ticket.number, who);
            Ok(Reply::Say(Post::text(text)))
        }
        // It can only be asked for once it is clear that it is needed.
        Err(Error::Refused(Refusal::ReasonNeeded))
            if !matches!(call.input, Input::Submit { .. }) =>
        {
            Ok(Reply::Form(form(call, ticket, chosen)))
        }
        Err(error) => Err(reworded(call, ticket, error)),
    }
}

async fn choose(call: &Call, ticket: &Ticket) -> Result<Reply, Error> {
    let words = call.words;
    let candidates = call.desk.candidates(ticket, call.now).await?;
    if candidates.is_empty() {
        return Ok(Reply::Say(Post::text(words.assign_nobody(ticket.tier))));
    }
    let next = Choice {
        label: words.assign_next(),
        value: NEXT.to_owned(),
        about: Some(words.assign_next_about()),
        chosen: false,
    };
    let people = candidates.into_iter().take(LISTED).map(|one| {
        let load = words.assign_load(one.load, one.capacity);
        let absent = if one.away {
            words.assign_away()
        } else {
            words.assign_off_duty()
        };
        Choice {
            label: plain::cut(&plain::one_line(&one.name), 100),
            value: one.user.to_string(),
            about: Some(if one.on_duty {
                load
            } else {
                format!("{load} · {absent}")
            }),
            chosen: false,
        }
    });
    let select = Select {
        line: line(call, PATH, ticket),
        placeholder: words.placeholder_assign(),
        options: std::iter::once(next).chain(people).collect(),
        min: 1,
        max: 1,
    };
    let post = Post::text(words.assign_choose(ticket.number)).with_select(select);
    Ok(Reply::Say(post))
}

fn form(call: &Call, ticket: &Ticket, chosen: &str) -> Form {
    let words = call.words;
    Form {
        line: line(call, PATH, ticket).arg(chosen),
        title: words.form_assign(ticket.number),
        fields: vec![Field {
            name: "reason",
            label: words.label_assign_reason(),
            size: Size::Paragraph,
            value: String::new(),
            placeholder: String::new(),
            required: true,
            min: 1,
            max: REASON,
        }],
    }
}
