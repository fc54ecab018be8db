//! `/sla show`: the clocks of a ticket: what is promised, what is left of it, and what ran out.

use futures::FutureExt;

use super::work::TICKET;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{clocks, ticket};
use crate::domain::clocks::Status;
use crate::domain::refusal::Refusal;
use crate::domain::rules::Verb;

/// `/sla show [ticket]`
pub const COMMAND: Command = Command {
    path: "sla show",
    kind: Kind::Slash,
    about: "See what is promised for a ticket, and what is left of it",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[TICKET],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let shown = call.ticket().await?;
    if !ticket::works_here(&shown, &call.actor) {
        let number = shown.number;
        let verb = Verb::Note;
        return Err(Refusal::NotAllowed { verb, number }.into());
    }
    let Some((reading, work)) = call.desk.clocks(&shown, call.now).await? else {
        return Ok(Reply::Say(Post::text(words.clock_status(Status::None))));
    };
    let book = work.book(shown.clocks.policy);
    Ok(Reply::Say(clocks::clocks(words, &shown, &reading, &book)))
}
