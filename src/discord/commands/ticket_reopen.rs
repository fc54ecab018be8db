//! `/ticket reopen`: it was not solved after all.

use futures::FutureExt;

use super::work::{self, REASON, TEXT, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::domain::rules::Verb;
use crate::domain::ticket::{State, Ticket};

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "ticket reopen";

/// `/ticket reopen [ticket] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Open a resolved ticket again, or follow up on a closed one",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "reason",
            about: "What is still broken; a form asks when you leave it out",
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
    if ticket.state == State::Closed {
        return follow_up(call, &ticket).await;
    }
    let wanted = Wanted {
        verb: Verb::Reopen,
        name: "reason",
        title: words.form_reopen(ticket.number),
        label: words.label_still_broken(),
        placeholder: words.placeholder_still_broken(),
        required: true,
        max: REASON,
    };
    let (id, by) = (ticket.id, &call.actor);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.reopen(id, by, &text, &call.cause, call.now).await
    };
    work::with_text(call, PATH, &ticket, &wanted, act, |ticket| {
        match ticket.assignee {
            Some(who) => words.reopened_back(ticket.number, who),
            None => words.reopened_queue(ticket.number),
        }
    })
    .await
}

/// A closed ticket never goes back: another one follows it, and nothing has to be told twice.
async fn follow_up(call: &Call, ticket: &Ticket) -> Result<Reply, Error> {
    let words = call.words;
    let wanted = Wanted {
        verb: Verb::FollowUp,
        name: "reason",
        title: words.form_follow_up(ticket.number),
        label: words.label_still_broken(),
        placeholder: words.placeholder_still_broken(),
        required: true,
        max: TEXT,
    };
    let (id, by, old) = (ticket.id, &call.actor, ticket.number);
    let act = |text: String| async move {
        let desk = &call.desk;
        desk.follow_up(id, by, &text, &call.cause, call.now).await
    };
    work::with_text(call, PATH, ticket, &wanted, act, |made| {
        words.followed_up(made.number, old)
    })
    .await
}
