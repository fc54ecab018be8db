//! `/work deescalate`: hands a ticket down, with what is left to do.

use futures::FutureExt;

use super::work::{self, REASON, TEXT, TICKET, line, may};
use crate::desk::{Descent, Error};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Field, Form, Post, Reply, Size};
use crate::discord::views::kept::kept;
use crate::domain::people::DeskRole;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::rules::Verb;
use crate::domain::ticket::{REMAINING_AT_LEAST, Ticket};
use crate::domain::tier::Tier;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work deescalate";

/// `/work deescalate [ticket] [to]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Hand a ticket down to a lower tier; a form asks what is left to do",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "to",
            about: "A tier other than the next lower one",
            kind: OptKind::Choice(|| {
                let below = [Tier::L1, Tier::L2].into_iter();
                below
                    .map(|tier| (DeskRole::of_tier(tier).key(), tier.to_string()))
                    .collect()
            }),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    match &call.input {
        Input::Submit { .. } => hand_down(call, &ticket).await,
        Input::Command { .. } | Input::Press { .. } => {
            may(call, Verb::Deescalate, &ticket)?;
            let to = call.option("to").map(tier).transpose()?;
            Ok(Reply::Form(form(call, &ticket, to)))
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

fn tier(key: &str) -> Result<Tier, Refusal> {
    let tier = DeskRole::from_key(key).and_then(DeskRole::tier);
    tier.ok_or_else(|| Refusal::BadInput {
        field: "to".to_owned(),
        expected: Expected::OneOfTheChoices,
    })
}

async fn hand_down(call: &Call, ticket: &Ticket) -> Result<Reply, Error> {
    let words = call.words;
    let descent = Descent {
        to: call.arg(1).map(tier).transpose()?,
        reason: work::typed(call, "reason"),
        remaining: work::typed(call, "remaining"),
    };
    let texts = [
        (words.label_deescalate_reason(), descent.reason.clone()),
        (words.label_remaining(), descent.remaining.clone()),
    ];
    let done = call
        .desk
        .deescalate(ticket.id, &call.actor, descent, &call.cause, call.now)
        .await;
    match done {
        Ok(ticket) => Ok(Reply::Say(Post::text(match ticket.assignee {
            Some(who) => words.deescalated_to_person(ticket.number, ticket.tier, who),
            None => words.deescalated_to_queue(ticket.number, ticket.tier),
        }))),
        Err(error) => {
            let refusal = call.changed(ticket, work::refusal(error)?);
            let texts = texts.map(|(label, text)| (label, text));
            let texts = [
                (texts[0].0.clone(), texts[0].1.as_str()),
                (texts[1].0.clone(), texts[1].1.as_str()),
            ];
            Ok(Reply::Say(kept(
                words,
                &refusal,
                words.not_done_kept(),
                &texts,
            )))
        }
    }
}

fn form(call: &Call, ticket: &Ticket, to: Option<Tier>) -> Form {
    let words = call.words;
    let mut line = line(call, PATH, ticket);
    if let Some(to) = to {
        line = line.arg(DeskRole::of_tier(to).key());
    }
    Form {
        line,
        title: words.form_deescalate(ticket.number),
        fields: vec![
            Field {
                name: "reason",
                label: words.label_deescalate_reason(),
                size: Size::Short,
                value: String::new(),
                placeholder: String::new(),
                required: true,
                min: 1,
                max: REASON,
            },
            Field {
                name: "remaining",
                label: words.label_remaining(),
                size: Size::Paragraph,
                value: String::new(),
                placeholder: words.placeholder_remaining(),
                required: true,
                min: u16::try_from(REMAINING_AT_LEAST).unwrap_or(1),
                max: TEXT,
            },
        ],
    }
}
