//! The button that brings a retired article back.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::Reply;
use crate::discord::views::article_draft;
use crate::domain::refusal::Refusal;
use crate::kb::ArticleId;

/// The button.
pub const COMMAND: Command = Command {
    path: "kb restore",
    kind: Kind::ButtonOnly,
    about: "Bring a retired article back into the answers",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let id = ArticleId::new(call.arg(0).ok_or(Refusal::StaleButton)?);
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let decided = call
        .desk
        .retire_article(guild, &id, by, None, cause, call.now)
        .await?;
    let done = words.article_restored(&plain::shown_line(&decided.title));
    Ok(Reply::Say(article_draft::decided(words, &decided, done)))
}
