//! `/kb vote`: whether an article helps; and the buttons below it.

use futures::FutureExt;

use super::work_resolve::{find_typed, suggest};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::answer;
use crate::discord::words::Words;
use crate::domain::refusal::Refusal;

/// `/kb vote article helpful`
pub const COMMAND: Command = Command {
    path: "kb vote",
    kind: Kind::Slash,
    about: "Say whether an article helps; your last word counts, and nobody sees whose it is",
    who: Who::Everybody,
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
            name: "helpful",
            about: "Does it help?",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                vec![
                    (YES, words.button_helpful()),
                    (NO, words.button_not_helpful()),
                ]
            }),
            required: true,
        },
    ],
    run: |call| run(call).boxed(),
};

/// It helps.
const YES: &str = "yes";
/// It does not.
const NO: &str = "no";

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    if let Input::Complete { typed, .. } = &call.input {
        return Ok(Reply::Choices(suggest(call, typed).await));
    }
    let typed = call.option("article").or(call.arg(0));
    let found = find_typed(call, typed.ok_or(Refusal::StaleButton)?)?;
    let helpful = match call.option("helpful").or(call.arg(1)) {
        Some(YES) => true,
        Some(NO) => false,
        _ => return Err(Refusal::StaleButton.into()),
    };
    let (guild, user) = (call.guild()?, call.actor.user);
    call.desk
        .vote(guild, &found.id, user, helpful, call.now)
        .await?;
    Ok(Reply::Say(match helpful {
        true => Post::text(words.voted_helpful()),
        false => Post::text(words.voted_not_helpful())
            .with_buttons(vec![answer::open_ticket(words, None)]),
    }))
}
