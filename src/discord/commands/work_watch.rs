//! `/work watch`: hears of a ticket's steps without owning it, or no more.

use futures::FutureExt;

use super::work::{TICKET, reworded};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};

/// `/work watch [ticket]`
pub const COMMAND: Command = Command {
    path: "work watch",
    kind: Kind::Slash,
    about: "Hear of a ticket's steps without owning it; once more ends it",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[TICKET],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let changed = call
        .desk
        .watch(ticket.id, &call.actor, &call.cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    let text = if changed.watchers.contains(&call.actor.user) {
        call.words.watching(changed.number)
    } else {
        call.words.watching_no_more(changed.number)
    };
    Ok(Reply::Say(Post::text(text)))
}
