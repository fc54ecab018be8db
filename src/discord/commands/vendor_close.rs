//! `/vendor close`: ends a vendor's case.

use futures::FutureExt;

use super::vendor::{CASE, Meant, by_form, field, meant};
use super::work::{TEXT, TICKET, line, may, refusal, typed};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Form, Post, Reply, Size};
use crate::discord::views::kept::kept;
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons, selects and forms too.
const PATH: &str = "vendor close";

/// `/vendor close [ticket] [case] [text]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "End a vendor's case: they are done, or not needed any more",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        CASE,
        Opt {
            name: "text",
            about: "How it ended; a form asks when you leave it out",
            kind: OptKind::Text { min: 1, max: TEXT },
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
            title: words.form_case_close(ticket.number),
            fields: vec![field(
                "text",
                words.label_case_end(),
                String::new(),
                Size::Paragraph,
                true,
                TEXT,
            )],
        }));
    };
    let (desk, by, cause) = (&call.desk, &call.actor, &call.cause);
    let changed = desk
        .close_case(ticket.id, by, case, &status, cause, call.now)
        .await;
    match changed {
        Ok(ticket) => {
            let text = words.case_closed(ticket.number);
            Ok(Reply::Say(Post::text(text)))
        }
        Err(error) => {
            let refusal = call.changed(&ticket, refusal(error)?);
            let texts = [(words.label_case_end(), status.as_str())];
            let post = kept(words, &refusal, words.not_done_kept(), &texts);
            Ok(Reply::Say(post))
        }
    }
}
