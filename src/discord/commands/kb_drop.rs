//! The button that drops the draft of an article.

use futures::FutureExt;

use super::kb_draft::meant;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "kb drop",
    kind: Kind::ButtonOnly,
    about: "Drop the draft of an article",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let (guild, name) = (call.guild()?, meant(call)?.ok_or(Refusal::StaleButton)?);
    let (by, cause) = (&call.actor, &call.cause);
    call.desk
        .drop_article((guild, name), by, cause, call.now)
        .await?;
    Ok(Reply::Update(Post::text(
        call.words.draft_dropped(&name.to_string()),
    )))
}
