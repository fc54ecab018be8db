//! "Me too" under a known error: one more whom it concerns, without a ticket.

use futures::FutureExt;

use crate::desk::{Error, ProblemAct};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::ids::ProblemId;
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "problem me-too",
    kind: Kind::ButtonOnly,
    about: "Say that you have a known error too, and hear when it is solved",
    who: Who::Everybody,
    place: Place::Anywhere,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let id: Option<ProblemId> = call.arg(0).and_then(|arg| arg.parse().ok());
    let id = id.ok_or(Refusal::StaleButton)?;
    let (by, cause) = (&call.actor, &call.cause);
    let act = ProblemAct::MeToo { guild: call.guild };
    let problem = call
        .desk
        .change_problem(id, by, act, cause, call.now)
        .await?;
    let people = call.desk.people_with(problem.id).await?;
    Ok(Reply::Say(Post::text(call.words.problem_me_too(people))))
}
