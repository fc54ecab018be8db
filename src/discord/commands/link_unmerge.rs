//! `/link unmerge`: a lead parts again what was merged within a day.

use futures::FutureExt;

use super::work::{self, REASON, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "link unmerge";

/// `/link unmerge [ticket] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Part again what was merged within a day",
    who: Who::Leads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "reason",
            about: "Why they are two matters; a form asks when you leave it out",
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
        verb: Verb::Unmerge,
        name: "reason",
        title: words.form_unmerge(ticket.number),
        label: words.label_unmerge_reason(),
        placeholder: String::new(),
        required: true,
        max: REASON,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.unmerge(id, by, &text, &call.cause, call.now).await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        words.unmerged(ticket.number)
    })
    .await
}
