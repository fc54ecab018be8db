//! `/kb retire`: nobody is answered with an article any more.

use futures::FutureExt;

use super::work_resolve::{find_typed, suggest};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::Reply;
use crate::discord::views::{article, article_draft};
use crate::domain::refusal::Refusal;

/// `/kb retire article reason`
pub const COMMAND: Command = Command {
    path: "kb retire",
    kind: Kind::Slash,
    about: "Take an article that is wrong out of the answers; its file stays, with the reason",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        Opt {
            name: "article",
            about: "The article; start typing, and I suggest some",
            kind: OptKind::Suggested { max: 100 },
            required: true,
        },
        Opt {
            name: "reason",
            about: "What is wrong with it",
            kind: OptKind::Text { min: 3, max: 300 },
            required: true,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    if let Input::Complete { typed, .. } = &call.input {
        return Ok(Reply::Choices(suggest(call, typed).await));
    }
    let typed = call.option("article").ok_or(Refusal::StaleButton)?;
    let reason = call.option("reason").ok_or(Refusal::ReasonNeeded)?;
    let found = find_typed(call, typed)?;
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let decided = call
        .desk
        .retire_article(guild, &found.id, by, Some(reason), cause, call.now)
        .await?;
    let done = words.article_retired(&plain::shown_line(&decided.title), &decided.path);
    let post = article_draft::decided(words, &decided, done);
    Ok(Reply::Say(
        post.with_buttons(vec![article::restore(words, &found.id)]),
    ))
}
