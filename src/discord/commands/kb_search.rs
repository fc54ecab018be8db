//! `/kb search`: the articles that have some words.

use futures::FutureExt;

use super::work_resolve::suggest;
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::views::{answer, article, knowledge};
use crate::domain::refusal::Refusal;

/// `/kb search words`
pub const COMMAND: Command = Command {
    path: "kb search",
    kind: Kind::Slash,
    about: "Look for articles by their words; only you see what is found",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "words",
        about: "A word or a few; start typing, and I suggest articles",
        kind: OptKind::Suggested { max: 100 },
        required: true,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    if let Input::Complete { typed, .. } = &call.input {
        return Ok(Reply::Choices(suggest(call, typed).await));
    }
    let (words, kb) = (call.words, call.desk.kb());
    let typed = call.option("words").ok_or(Refusal::StaleButton)?;
    // A suggestion that was chosen is an article already.
    if let Some(found) = article::find(kb, call.reader(), typed) {
        let post = article::whole(words, &found);
        let ticket = answer::open_ticket(words, None);
        return Ok(Reply::Say(post.with_buttons(vec![ticket])));
    }
    let found = kb.search(call.reader(), typed, knowledge::SHOWN);
    Ok(Reply::Say(knowledge::found(words, &found)))
}
