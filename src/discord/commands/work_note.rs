//! `/work note`: for the staff alone; the requester never reads it.

use futures::FutureExt;

use super::work::{self, TEXT, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work note";

/// `/work note [ticket] [text]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Write a note that only the staff read",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "text",
            about: "The note; a form asks when you leave it out",
            kind: OptKind::Text { min: 1, max: TEXT },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let ticket = call.ticket().await?;
    let wanted = Wanted {
        verb: Verb::Note,
        name: "text",
        title: words.form_note(ticket.number),
        label: words.label_note(),
        placeholder: String::new(),
        required: true,
        max: TEXT,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.note(id, by, &text, &call.cause, call.now).await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        words.noted(ticket.number)
    })
    .await
}
