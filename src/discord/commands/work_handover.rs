//! `/work handover`: the whole chain of a ticket's hand-overs: who, when, how long at each tier, and what was said.

use futures::FutureExt;

use super::work::{TICKET, may};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::views::history;
use crate::domain::refusal::Refusal;
use crate::domain::rules::Verb;

/// `/work handover [ticket]`
pub const COMMAND: Command = Command {
    path: "work handover",
    kind: Kind::Slash,
    about: "Show a ticket's hand-overs: who, when, how long, and what was said",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[TICKET],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    // Who may read and write what the staff say among themselves.
    may(call, Verb::Note, &ticket)?;
    if ticket.requester == call.actor.user {
        let number = ticket.number;
        return Err(Refusal::OwnTicket { number }.into());
    }
    let events = call.desk.events(&ticket).await?;
    let page = call.arg(1).and_then(|page| page.parse().ok());
    let name = call.name_of(ticket.id, ticket.number);
    let post = history::chain(call.words, &ticket, &events, call.now, &name, page);
    Ok(match (&call.input, page) {
        (Input::Press { .. }, Some(_)) => Reply::Update(post),
        _ => Reply::Say(post),
    })
}
