//! `/work reject`: sends a hand-over back, with the reason.

use futures::FutureExt;

use super::work::{self, TICKET, line, may};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Field, Form, Post, Reply, Size};
use crate::discord::views::kept::kept;
use crate::domain::refusal::Refusal;
use crate::domain::rules::Verb;
use crate::domain::ticket::Ticket;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work reject";

/// `/work reject [ticket] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Send a hand-over back to where it came from, with the reason",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "reason",
            about: "What is missing, or why it belongs elsewhere; a form asks when you leave it out",
            kind: OptKind::Text {
                min: 1,
                max: REASON,
            },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

/// The longest reason, in characters.
const REASON: u16 = 500;

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    match (&call.input, call.option("reason")) {
        (Input::Submit { .. }, _) => reject(call, &ticket, &work::typed(call, "reason")).await,
        (_, Some(reason)) => reject(call, &ticket, reason).await,
        (_, None) => {
            may(call, Verb::Reject, &ticket)?;
            if ticket.pending.is_none() {
                let refusal = Refusal::WrongState {
                    verb: Verb::Reject,
                    number: ticket.number,
                    state: ticket.state,
                    assignee: ticket.assignee,
                    tier: ticket.tier,
                };
                return Err(call.changed(&ticket, refusal).into());
            }
            Ok(Reply::Form(form(call, &ticket)))
        }
    }
}

async fn reject(call: &Call, ticket: &Ticket, reason: &str) -> Result<Reply, Error> {
    let words = call.words;
    let rejected = call
        .desk
        .reject(ticket.id, &call.actor, reason, &call.cause, call.now)
        .await;
    let rejected = match rejected {
        Ok(rejected) => rejected,
        Err(error) => {
            let refusal = call.changed(ticket, work::refusal(error)?);
            return Ok(Reply::Say(kept(
                words,
                &refusal,
                words.not_done_kept(),
                &[(words.field_reason(), reason)],
            )));
        }
    };
    let text = match rejected.assignee {
        Some(who) => words.rejected_to_person(rejected.number, rejected.tier, who),
        None if rejected.lead_decides => words.rejected_to_lead(rejected.number, rejected.tier),
        None => words.rejected_to_queue(rejected.number, rejected.tier),
    };
    Ok(Reply::Say(Post::text(text)))
}

fn form(call: &Call, ticket: &Ticket) -> Form {
    let words = call.words;
    Form {
        line: line(call, PATH, ticket),
        title: words.form_reject(ticket.number),
        fields: vec![Field {
            name: "reason",
            label: words.label_reason(),
            size: Size::Paragraph,
            value: String::new(),
            placeholder: words.placeholder_reject(),
            required: true,
            min: 1,
            max: REASON,
        }],
    }
}
