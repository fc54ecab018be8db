//! `/work accept`: takes what was offered or handed over.

use futures::FutureExt;

use super::work::{TICKET, done, reworded, way_in};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;

/// `/work accept [ticket]`
pub const COMMAND: Command = Command {
    path: "work accept",
    kind: Kind::Slash,
    about: "Accept a ticket that is offered or handed over",
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
        .accept(ticket.id, &call.actor, &call.cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    let text = call.words.accepted(taken.number, &way_in(call, &taken));
    Ok(Reply::Say(done(call, &taken, text)))
}
