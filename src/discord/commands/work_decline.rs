//! The button that says no to a change, with the reason.

use futures::FutureExt;

use super::work::{self, TEXT, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own forms too.
const PATH: &str = "work decline";

/// The button.
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::ButtonOnly,
    about: "Say no to a change that L2 asked leave for",
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
        verb: Verb::Approve,
        name: "reason",
        title: words.form_decline(ticket.number),
        label: words.label_decline(),
        placeholder: String::new(),
        required: true,
        max: TEXT,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.answer_approval(id, by, false, Some(&text), &call.cause, call.now)
            .await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        words.approval_declined(ticket.number)
    })
    .await
}
