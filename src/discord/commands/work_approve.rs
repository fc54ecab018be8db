//! The button that gives leave for a change.

use futures::FutureExt;

use super::work::reworded;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};

/// The button.
pub const COMMAND: Command = Command {
    path: "work approve",
    kind: Kind::ButtonOnly,
    about: "Give leave for a change that L2 asked for",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let (by, cause) = (&call.actor, &call.cause);
    let answered = call
        .desk
        .answer_approval(ticket.id, by, true, None, cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    let text = call.words.approval_given(answered.number);
    Ok(Reply::Say(Post::text(text)))
}
