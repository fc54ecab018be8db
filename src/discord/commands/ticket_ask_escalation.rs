//! `/ticket ask-escalation`: the requester asks for a higher tier, once a day.

use futures::FutureExt;

use super::work::{self, REASON, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "ticket ask-escalation";

/// `/ticket ask-escalation [ticket] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Ask for more help with your ticket, once a day",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "reason",
            about: "Why it is urgent, or what is stuck; a form asks when you leave it out",
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
        verb: Verb::AskEscalation,
        name: "reason",
        title: words.form_ask_escalation(ticket.number),
        label: words.label_more_help(),
        placeholder: String::new(),
        required: true,
        max: REASON,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.ask_escalation(id, by, &text, &call.cause, call.now)
            .await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        words.escalation_asked(ticket.number)
    })
    .await
}
