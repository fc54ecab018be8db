//! `/work reply`: answers the requester, from wherever one is.

use futures::FutureExt;

use super::work::{self, TEXT, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work reply";

/// `/work reply [ticket] [text]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Answer the requester; it stands in their thread",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "text",
            about: "The answer; a form asks when you leave it out",
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
        verb: Verb::Reply,
        name: "text",
        title: words.form_reply(ticket.number),
        label: words.label_reply(),
        placeholder: String::new(),
        required: true,
        max: TEXT,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.reply(id, by, &text, &call.cause, call.now).await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        words.replied(ticket.number)
    })
    .await
}
