//! The button that asks that a second person reads a draft.

use futures::FutureExt;

use super::kb_draft::{named, seen};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};

/// The button.
pub const COMMAND: Command = Command {
    path: "kb review",
    kind: Kind::ButtonOnly,
    about: "Ask that a second person reads the draft of an article",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let (guild, name) = (call.guild()?, named(call)?);
    let (by, cause) = (&call.actor, &call.cause);
    let seen = seen(call).unwrap_or_default();
    call.desk
        .ask_review((guild, name), by, seen, cause, call.now)
        .await?;
    Ok(Reply::Update(Post::text(call.words.draft_review_asked())))
}
