//! `/work release`: gives a ticket back to the queue, with the reason.

use futures::FutureExt;

use super::work::{self, REASON, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work release";

/// `/work release [ticket] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Give a ticket back to the queue, with the reason",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "reason",
            about: "Why, and what the next person should know; a form asks when you leave it out",
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
        verb: Verb::Release,
        name: "reason",
        title: words.form_release(ticket.number),
        label: words.label_reason(),
        placeholder: words.placeholder_release(),
        required: true,
        max: REASON,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.give_back(id, by, &text, &call.cause, call.now).await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        match ticket.assignee {
            Some(who) => words.released_to_person(ticket.number, who),
            None => words.released_to_queue(ticket.number, ticket.tier),
        }
    })
    .await
}
