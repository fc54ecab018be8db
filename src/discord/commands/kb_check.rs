//! `/kb check`: what is wrong with the files of the knowledge base, and what outcomes taught about how sure to be.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::views::learning;

/// `/kb check`
pub const COMMAND: Command = Command {
    path: "kb check",
    kind: Kind::Slash,
    about: "Read all files of the knowledge base, and see what is wrong with them",
    who: Who::LeadsAndAdmins,
    place: Place::Server,
    answers: Answers::Deferred,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let (guild, now) = (call.guild()?, call.now);
    if call.arg(0) == Some(learning::FORGET) {
        let (by, cause) = (&call.actor, &call.cause);
        call.desk.forget_learned(guild, by, cause, now).await?;
    }
    let (served, findings) = call.desk.check_articles(guild, now).await?;
    let leaning = call.desk.learn_confidence(now).await?;
    let post = learning::findings(call.words, (served, &findings), &leaning);
    Ok(match call.input {
        Input::Press { .. } => Reply::Update(post),
        _ => Reply::Say(post),
    })
}
