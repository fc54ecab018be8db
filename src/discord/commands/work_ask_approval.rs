//! The button that asks L3, or a lead, for leave to make a change.

use futures::FutureExt;

use super::work::{self, TEXT, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own forms too.
const PATH: &str = "work ask-approval";

/// The button.
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::ButtonOnly,
    about: "Ask L3 or a lead for leave to make a change",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let ticket = call.ticket().await?;
    let wanted = Wanted {
        verb: Verb::AskApproval,
        name: "change",
        title: words.form_ask_approval(ticket.number),
        label: words.label_change(),
        placeholder: words.placeholder_change(),
        required: true,
        max: TEXT,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.ask_approval(id, by, &text, &call.cause, call.now)
            .await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        words.approval_asked(ticket.number)
    })
    .await
}
