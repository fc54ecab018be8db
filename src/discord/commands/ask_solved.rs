//! "Solved it" under an answer.

use futures::FutureExt;

use crate::desk::{Error, Settled};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "ask solved",
    kind: Kind::ButtonOnly,
    about: "Say that the answer solved it",
    who: Who::Everybody,
    place: Place::Anywhere,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ask = call
        .arg(0)
        .and_then(|arg| arg.parse().ok())
        .ok_or(Refusal::StaleButton)?;
    let user = call.actor.user;
    call.desk
        .settle_ask(ask, user, Settled::Solved, &call.cause, call.now)
        .await?;
    Ok(Reply::Update(Post::text(call.words.ask_solved())))
}
