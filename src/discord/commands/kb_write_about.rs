//! The button that begins an article about what found nothing.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::views::article_draft;
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "kb write-about",
    kind: Kind::ButtonOnly,
    about: "Begin an article about what people asked and nothing answered",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let key = call.arg(0).and_then(|key| key.parse().ok());
    let key = key.ok_or(Refusal::StaleButton)?;
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let draft = call
        .desk
        .write_about(guild, key, by, cause, call.now)
        .await?;
    let proof = call.desk.proof(guild, draft.name(), call.now).await?;
    Ok(Reply::Say(article_draft::draft(call.words, &proof)))
}
