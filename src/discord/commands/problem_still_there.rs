//! "Still there" under the question whether a resolved problem has solved an incident.

use futures::FutureExt;

use crate::desk::{Error, ProblemAct};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::ids::ProblemId;
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "problem still-there",
    kind: Kind::ButtonOnly,
    about: "Say that a ticket is not solved, although its problem is",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let id: Option<ProblemId> = call.arg(1).and_then(|arg| arg.parse().ok());
    let id = id.ok_or(Refusal::StaleButton)?;
    let act = ProblemAct::StillThere { ticket: ticket.id };
    let (by, cause) = (&call.actor, &call.cause);
    let problem = call
        .desk
        .change_problem(id, by, act, cause, call.now)
        .await?;
    let text = call
        .words
        .problem_still_there(problem.number, ticket.number);
    Ok(Reply::Say(Post::text(text)))
}
