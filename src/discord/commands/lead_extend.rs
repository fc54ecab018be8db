//! `/lead extend`: the window for reopening becomes twice as long, once.

use futures::FutureExt;

use super::work::{self, REASON, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "lead extend";

/// `/lead extend [ticket] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Give a requester twice the time for reopening, once",
    who: Who::Leads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "reason",
            about: "Why; a form asks when you leave it out",
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
    let wanted = Wanted {
        verb: Verb::Extend,
        name: "reason",
        title: words.form_extend(ticket.number),
        label: words.label_lead_reason(),
        placeholder: String::new(),
        required: true,
        max: REASON,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.extend(id, by, &text, &call.cause, call.now).await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        words.extended(ticket.number, ticket.window_ends_at().unwrap_or(call.now))
    })
    .await
}
