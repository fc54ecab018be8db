//! `/ticket confirm`: the requester agrees that it is solved.

use futures::FutureExt;

use super::work::{TICKET, reworded};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};

/// `/ticket confirm [ticket]`
pub const COMMAND: Command = Command {
    path: "ticket confirm",
    kind: Kind::Slash,
    about: "Say that your ticket is solved; it closes",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[TICKET],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let closed = call
        .desk
        .confirm(ticket.id, &call.actor, &call.cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    let words = call.words;
    let mut text = words.confirmed(closed.number);
    let mut scores = Vec::new();
    if closed.waits_for_rating(call.now) {
        text = format!("{text}\n{}", words.rating_asked());
        scores = words.scores(&call.name_of(closed.id, closed.number));
    }
    Ok(Reply::Say(Post::text(text).with_buttons(scores)))
}
