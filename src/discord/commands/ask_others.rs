//! "Not this, other matches" under an answer.

use futures::FutureExt;

use crate::desk::{Error, Settled};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{answer, article};
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "ask others",
    kind: Kind::ButtonOnly,
    about: "See what else fits the question",
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
    let (words, user) = (call.words, call.actor.user);
    let asked = call.desk.asked(ask, user, call.reader()).await?;
    call.desk
        .settle_ask(ask, user, Settled::NotThis, &call.cause, call.now)
        .await?;
    let others: Vec<_> = asked
        .answer
        .matches
        .iter()
        .filter(|found| call.arg(1) != Some(article::value(&found.article.id).as_str()))
        .collect();
    if others.is_empty() {
        return Ok(Reply::Update(
            Post::text(words.ask_no_others())
                .with_buttons(vec![answer::open_ticket(words, Some(ask))]),
        ));
    }
    Ok(Reply::Update(answer::offer(
        words,
        ask,
        words.ask_others(),
        others,
    )))
}
