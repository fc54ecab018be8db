//! `/ticket rate`: the requester says how it went.

use futures::FutureExt;

use super::work::{self, TICKET, reworded};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Button, Field, Form, Post, Reply, Size, Style};
use crate::discord::words::Words;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::ticket::{Score, Ticket};

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "ticket rate";

/// The longest comment, in characters (`DOMAIN` 1.14).
const COMMENT: u16 = 1000;

/// In a button's line: it opens the form for the comment.
const WHY: &str = "why";

/// `/ticket rate score [ticket] [comment]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Say how it went with your ticket",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        Opt {
            name: "score",
            about: "From 1, bad, to 5, good",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let keys = ["1", "2", "3", "4", "5"];
                let labels = [
                    words.rate_1(),
                    words.rate_2(),
                    words.rate_3(),
                    words.rate_4(),
                    words.rate_5(),
                ];
                keys.into_iter().zip(labels).collect()
            }),
            required: true,
        },
        TICKET,
        Opt {
            name: "comment",
            about: "What went well, what did not",
            kind: OptKind::Text {
                min: 1,
                max: COMMENT,
            },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let typed = call.option("score").or_else(|| call.arg(1));
    let score = typed
        .and_then(|score| score.parse().ok())
        .and_then(Score::of)
        .ok_or_else(|| Refusal::BadInput {
            field: "score".to_owned(),
            expected: Expected::OneOfTheChoices,
        })?;
    if matches!(call.input, Input::Press { .. }) && call.arg(2) == Some(WHY) {
        return Ok(Reply::Form(form(call, &ticket, score)));
    }
    let comment = match &call.input {
        Input::Submit { .. } => Some(work::typed(call, "comment")),
        _ => call.option("comment").map(str::to_owned),
    };
    let rated = call
        .desk
        .rate(
            ticket.id,
            &call.actor,
            score,
            comment.as_deref(),
            &call.cause,
            call.now,
        )
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    if comment.is_some() {
        return Ok(Reply::Say(Post::text(call.words.rated())));
    }
    let text = if score.bad() {
        call.words.rated_why()
    } else {
        call.words.rated()
    };
    let why = Button::new(
        call.words.button_say_why(),
        Style::Secondary,
        line(call, &rated, score).arg(WHY),
    );
    Ok(Reply::Say(Post::text(text).with_buttons(vec![why])))
}

fn line(call: &Call, ticket: &Ticket, score: Score) -> Line {
    Line::new(PATH)
        .arg(call.name_of(ticket.id, ticket.number))
        .arg(score.number())
}

fn form(call: &Call, ticket: &Ticket, score: Score) -> Form {
    let words = call.words;
    Form {
        line: line(call, ticket, score),
        title: words.form_rate(ticket.number),
        fields: vec![Field {
            name: "comment",
            label: words.label_rate_comment(),
            size: Size::Paragraph,
            value: String::new(),
            placeholder: String::new(),
            required: false,
            min: 0,
            max: COMMENT,
        }],
    }
}
