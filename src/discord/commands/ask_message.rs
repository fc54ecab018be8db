//! "Ask Deskhand" in a message's menu: what the knowledge base knows about that message.

use futures::FutureExt;

use super::ask::answered;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::refusal::Refusal;

/// The menu.
pub const COMMAND: Command = Command {
    path: "Ask Deskhand",
    kind: Kind::OnMessage,
    about: "Look for the steps that help with what this message says; only you see them",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let message = call.target().ok_or(Refusal::StaleButton)?;
    if message.content.trim().is_empty() {
        return Ok(Reply::Say(Post::text(call.words.ask_empty_message())));
    }
    let (asker, question) = ((call.actor.user, call.reader()), &message.content);
    let asked = call
        .desk
        .ask(call.guild, asker, question, &call.cause, call.now)
        .await?;
    Ok(Reply::Say(answered(call, &asked).await?))
}
