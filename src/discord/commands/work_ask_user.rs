//! `/work ask-user`: asks the requester, who owes the answer from then on; the clock waits.

use futures::FutureExt;

use super::work::{self, TEXT, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work ask-user";

/// `/work ask-user [ticket] [question]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Ask the requester; the clock waits for the answer",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "question",
            about: "The question; a form asks when you leave it out",
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
        verb: Verb::AskUser,
        name: "question",
        title: words.form_ask_user(ticket.number),
        label: words.label_question(),
        placeholder: String::new(),
        required: true,
        max: TEXT,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.ask_user(id, by, &text, &call.cause, call.now).await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        words.asked_user(ticket.number)
    })
    .await
}
