//! `/ticket cancel`: withdraws a ticket that nobody has answered; a lead ends what is no request.

use futures::FutureExt;

use super::work::{self, Given, REASON, TICKET, Wanted};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::rules::Verb;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "ticket cancel";

/// `/ticket cancel [ticket] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Withdraw your ticket before somebody answers it",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "reason",
            about: "Why: a lead has to say it",
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
    let own = ticket.requester == call.actor.user;
    let wanted = Wanted {
        verb: Verb::Cancel,
        name: "reason",
        title: words.form_cancel(ticket.number),
        label: if own {
            words.label_cancel()
        } else {
            words.label_cancel_lead()
        },
        placeholder: String::new(),
        required: !own,
        max: REASON,
    };
    let text = match work::given(call, PATH, &ticket, &wanted)? {
        Given::Text(text) => text,
        Given::Form(form) => return Ok(form),
    };
    let done = call
        .desk
        .cancel(ticket.id, &call.actor, filled(&text), &call.cause, call.now)
        .await;
    match done {
        Ok(ticket) => {
            let number = ticket.number;
            let text = if own {
                words.cancelled(number)
            } else {
                words.ended(number)
            };
            Ok(Reply::Say(Post::text(text)))
        }
        Err(error) => work::not_done(call, &ticket, error, &wanted, &text),
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.trim().is_empty())
}
