//! "Show me" under a public title: the answer, to whoever presses it alone.

use futures::FutureExt;

use super::ask_pick::picked;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{answer, article};
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "ask me",
    kind: Kind::ButtonOnly,
    about: "See the answer to what somebody asked in public",
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
    let (words, user) = (call.words, call.actor.user);
    match call.desk.asked(ask, user, call.reader()).await {
        Ok(asked) => Ok(Reply::Say(answer::answer(words, &asked, call.desk.kb()))),
        // Somebody else asked. What they wrote is theirs, so whoever presses asks for the article by its title, and what
        // they say of the answer counts as their own.
        Err(Error::Refused(Refusal::StaleButton)) => {
            let Some(found) = article::find(call.desk.kb(), call.reader(), named) else {
                return Ok(Reply::Say(Post::text(words.ask_article_gone())));
            };
            let asked = call
                .desk
                .ask(
                    call.guild,
                    (user, call.reader()),
                    &found.title,
                    &call.cause,
                    call.now,
                )
                .await?;
            Ok(Reply::Say(picked(call, &asked, named)))
        }
        Err(error) => Err(error),
    }
}
