//! `/work resume`: takes up again what waits for somebody.

use futures::FutureExt;

use super::work::{TICKET, done, reworded};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;

/// `/work resume [ticket]`
pub const COMMAND: Command = Command {
    path: "work resume",
    kind: Kind::Slash,
    about: "Take a ticket up again that waits for an answer",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[TICKET],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let resumed = call
        .desk
        .resume(ticket.id, &call.actor, &call.cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    let text = call.words.resumed(resumed.number);
    Ok(Reply::Say(done(call, &resumed, text)))
}
