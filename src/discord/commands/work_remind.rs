//! `/work remind`: a direct message about a ticket, later.

use futures::FutureExt;

use super::work::{REASON, TICKET, line, may, typed};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Field, Form, Post, Reply, Size};
use crate::discord::views::kept::kept;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::rules::Verb;
use crate::domain::span;
use crate::domain::ticket::Ticket;

/// Stands in the ids of its own forms too.
const PATH: &str = "work remind";

/// The longest span that somebody types, in characters.
const SPAN: u16 = 40;

/// `/work remind [ticket] [in] [text]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Be reminded of a ticket by direct message",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "in",
            about: "After how long: 30m, 2h, 3d, 1w; a form asks when you leave it out",
            kind: OptKind::Text { min: 1, max: SPAN },
            required: false,
        },
        Opt {
            name: "text",
            about: "Of what",
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
    let words = call.words;
    let ticket = call.ticket().await?;
    let (after, text) = match (&call.input, call.option("in")) {
        (Input::Submit { .. }, _) => (typed(call, "in"), typed(call, "text")),
        (_, Some(after)) => (
            after.to_owned(),
            call.option("text").unwrap_or_default().to_owned(),
        ),
        (_, None) => {
            may(call, Verb::Note, &ticket)?;
            return Ok(Reply::Form(form(call, &ticket)));
        }
    };
    let Some(span) = span::read(&after) else {
        let refusal = Refusal::BadInput {
            field: "in".to_owned(),
            expected: Expected::Span,
        };
        let typed = [(words.label_remind_text(), text.as_str())];
        let post = kept(words, &refusal, words.not_done_kept(), &typed);
        return Ok(Reply::Say(post));
    };
    let due = call.now + span;
    let (desk, by, cause) = (&call.desk, &call.actor, &call.cause);
    desk.remind(&ticket, by, &text, due, cause, call.now)
        .await?;
    let post = Post::text(words.reminder_set(ticket.number, due));
    Ok(Reply::Say(post))
}

fn form(call: &Call, ticket: &Ticket) -> Form {
    let words = call.words;
    let field = |name, label, placeholder, size, required, max| Field {
        name,
        label,
        size,
        value: String::new(),
        placeholder,
        required,
        min: u16::from(required),
        max,
    };
    Form {
        line: line(call, PATH, ticket),
        title: words.form_remind(ticket.number),
        fields: vec![
            field(
                "in",
                words.label_remind_in(),
                words.placeholder_remind_in(),
                Size::Short,
                true,
                SPAN,
            ),
            field(
                "text",
                words.label_remind_text(),
                words.placeholder_remind_text(),
                Size::Paragraph,
                false,
                REASON,
            ),
        ],
    }
}
