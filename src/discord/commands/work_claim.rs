//! `/work claim`: takes a ticket out of the queue. The first claim wins.

use futures::FutureExt;

use super::work::{TICKET, done, reworded, way_in, with_solved_before};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;

/// `/work claim [ticket]`
pub const COMMAND: Command = Command {
    path: "work claim",
    kind: Kind::Slash,
    about: "Take a ticket out of the queue",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[TICKET],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let taken = call
        .desk
        .claim(ticket.id, &call.actor, &call.cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    let text = call.words.claimed(taken.number, &way_in(call, &taken));
    Ok(Reply::Say(
        with_solved_before(call, &taken, done(call, &taken, text)).await?,
    ))
}
