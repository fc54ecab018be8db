//! `/link split`: a matter too many becomes a ticket of its own, for the same requester.

use futures::FutureExt;

use super::work::{TEXT, TICKET, done, line, may, refusal, typed};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Field, Form, Reply, Size};
use crate::discord::views::kept::kept;
use crate::domain::rules::Verb;
use crate::domain::ticket::{Opening, Ticket};

/// Stands in the ids of its own forms too.
const PATH: &str = "link split";

/// `/link split [ticket] [title] [text]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Make a matter too many a ticket of its own",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "title",
            about: "What the new one is about; a form asks when you leave it out",
            kind: OptKind::Text {
                min: Opening::TITLE_AT_LEAST as u16,
                max: Opening::TITLE_AT_MOST as u16,
            },
            required: false,
        },
        Opt {
            name: "text",
            about: "What happens there",
            kind: OptKind::Text { min: 1, max: TEXT },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let ticket = call.ticket().await?;
    let given = match &call.input {
        Input::Submit { .. } => Some((typed(call, "title"), typed(call, "text"))),
        _ => call
            .option("title")
            .zip(call.option("text"))
            .map(|(title, text)| (title.to_owned(), text.to_owned())),
    };
    let Some((title, text)) = given else {
        may(call, Verb::Link, &ticket)?;
        let (title, text) = (call.option("title"), call.option("text"));
        let form = form(
            call,
            &ticket,
            title.unwrap_or_default(),
            text.unwrap_or_default(),
        );
        return Ok(Reply::Form(form));
    };
    let (by, cause) = (&call.actor, &call.cause);
    let split = call
        .desk
        .split(ticket.id, by, &title, &text, cause, call.now)
        .await;
    match split {
        Ok(made) => {
            let text = words.split(made.number, ticket.number);
            Ok(Reply::Say(done(call, &made, text)))
        }
        Err(error) => {
            let refusal = call.changed(&ticket, refusal(error)?);
            let texts = [
                (words.label_title(), title.as_str()),
                (words.label_body(), &text),
            ];
            let post = kept(words, &refusal, words.not_done_kept(), &texts);
            Ok(Reply::Say(post))
        }
    }
}

/// The form for the new ticket's two texts.
pub(super) fn form(call: &Call, ticket: &Ticket, title: &str, text: &str) -> Form {
    let words = call.words;
    let long_enough = title.chars().count() >= Opening::TITLE_AT_LEAST;
    Form {
        line: line(call, PATH, ticket),
        title: words.form_split(ticket.number),
        fields: vec![
            Field {
                name: "title",
                label: words.label_title(),
                size: Size::Short,
                value: if long_enough { title } else { "" }.to_owned(),
                placeholder: words.placeholder_title(),
                required: true,
                min: Opening::TITLE_AT_LEAST as u16,
                max: Opening::TITLE_AT_MOST as u16,
            },
            Field {
                name: "text",
                label: words.label_body(),
                size: Size::Paragraph,
                value: text.to_owned(),
                placeholder: words.placeholder_body(),
                required: true,
                min: 1,
                max: TEXT,
            },
        ],
    }
}
