//! One of the articles under "Did you mean".

use futures::FutureExt;

use crate::desk::{Asked, Error};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{answer, article};
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "ask pick",
    kind: Kind::ButtonOnly,
    about: "Choose one of the articles that fit",
    who: Who::Everybody,
    place: Place::Anywhere,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let (Some(ask), Some(named)) = (call.arg(0).and_then(|arg| arg.parse().ok()), call.arg(1))
    else {
        return Err(Refusal::StaleButton.into());
    };
    let asked = call.desk.asked(ask, call.actor.user, call.reader()).await?;
    Ok(Reply::Update(picked(call, &asked, named)))
}

/// The article that `named` means, as an answer to what was asked. One that no longer fits the question, because the
/// knowledge base changed, is shown whole.
pub(super) fn picked(call: &Call, asked: &Asked, named: &str) -> Post {
    let words = call.words;
    let mut matches = asked.answer.matches.iter();
    if let Some(found) = matches.find(|found| article::value(&found.article.id) == named) {
        return answer::found(words, asked.id, found);
    }
    match article::find(call.desk.kb(), call.reader(), named) {
        Some(found) => article::whole(words, &found),
        None => Post::text(words.ask_article_gone()),
    }
    .with_buttons(vec![answer::open_ticket(words, Some(asked.id))])
}
