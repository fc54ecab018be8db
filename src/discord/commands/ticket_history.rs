//! `/ticket history`: everything that happened, as far as the asker may know it.

use futures::FutureExt;

use super::work::TICKET;
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::views::history;

/// `/ticket history [ticket]`
pub const COMMAND: Command = Command {
    path: "ticket history",
    kind: Kind::Slash,
    about: "Show what happened to a ticket, from the beginning",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[TICKET],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let events = call.desk.events(&ticket).await?;
    let page = call.arg(1).and_then(|page| page.parse().ok());
    let name = call.name_of(ticket.id, ticket.number);
    let post = history::history(call.words, &ticket, &events, &call.actor, &name, page);
    Ok(match (&call.input, page) {
        // Turning a page replaces the one that is shown.
        (Input::Press { .. }, Some(_)) => Reply::Update(post),
        _ => Reply::Say(post),
    })
}
