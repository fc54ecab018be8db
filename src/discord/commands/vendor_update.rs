//! `/vendor update`: puts down what a vendor said, and whose turn it is.

use futures::FutureExt;

use super::vendor::{CASE, Meant, SPAN, after, by_form, field, meant};
use super::work::{TEXT, TICKET, line, may, refusal, typed};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Form, Post, Reply, Size};
use crate::discord::views::kept::kept;
use crate::domain::rules::Verb;
use crate::domain::ticket::State;

/// Stands in the ids of its own buttons, selects and forms too.
const PATH: &str = "vendor update";

/// `/vendor update [ticket] [case] [text] [in]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Put down what a vendor said, and whose turn it is",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        CASE,
        Opt {
            name: "text",
            about: "What they said; a form asks when you leave it out",
            kind: OptKind::Text { min: 1, max: TEXT },
            required: false,
        },
        Opt {
            name: "in",
            about: "When they are to be heard of again: 4h, 2d; our turn when you leave it out",
            kind: OptKind::Text { min: 1, max: SPAN },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let ticket = call.ticket().await?;
    let case = match meant(call, PATH, &ticket)? {
        Meant::Case(number) => number,
        Meant::Ask(which) => {
            may(call, Verb::Vendor, &ticket)?;
            return Ok(which);
        }
    };
    let status = if by_form(call) {
        Some(typed(call, "text"))
    } else {
        call.option("text").map(str::to_owned)
    };
    let Some(status) = status else {
        may(call, Verb::Vendor, &ticket)?;
        return Ok(Reply::Form(Form {
            line: line(call, PATH, &ticket).arg(case),
            title: words.form_case_update(ticket.number),
            fields: vec![
                field(
                    "text",
                    words.label_case_said(),
                    String::new(),
                    Size::Paragraph,
                    true,
                    TEXT,
                ),
                field(
                    "in",
                    words.label_case_again(),
                    words.placeholder_case_again(),
                    Size::Short,
                    false,
                    SPAN,
                ),
            ],
        }));
    };
    let (desk, by, cause) = (&call.desk, &call.actor, &call.cause);
    let again = if by_form(call) {
        typed(call, "in")
    } else {
        call.option("in").unwrap_or_default().to_owned()
    };
    let changed = match after(call, &again) {
        Ok(at) => {
            desk.update_case(ticket.id, by, case, &status, at, cause, call.now)
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match changed {
        Ok(ticket) => {
            let text = if ticket.state == State::WaitingVendor {
                words.case_updated(ticket.number)
            } else {
                words.case_our_turn(ticket.number)
            };
            Ok(Reply::Say(Post::text(text)))
        }
        Err(error) => {
            let refusal = call.changed(&ticket, refusal(error)?);
            let texts = [(words.label_case_said(), status.as_str())];
            let post = kept(words, &refusal, words.not_done_kept(), &texts);
            Ok(Reply::Say(post))
        }
    }
}
