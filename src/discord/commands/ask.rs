//! `/ask`: what the knowledge base knows. A direct message, and a mention of the bot, ask the same.

use futures::FutureExt;

use crate::desk::{Asked, Error};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{answer, walk};
use crate::domain::refusal::Refusal;
use crate::kb::Reader;

/// `/ask question`
pub const COMMAND: Command = Command {
    path: "ask",
    kind: Kind::Slash,
    about: "Ask about anything that does not work; only you see the answer",
    who: Who::Everybody,
    place: Place::Anywhere,
    answers: Answers::Now,
    options: &[Opt {
        name: "question",
        about: "What does not work, in your own words",
        kind: OptKind::Text { min: 1, max: 2000 },
        required: true,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let question = match call.target() {
        Some(message) => message.content.as_str(),
        None => call.option("question").ok_or(Refusal::EmptyQuestion)?,
    };
    let openly = matches!(call.input, Input::Said { mention: true, .. });
    // What everybody reads is for everybody.
    let reader = if openly {
        Reader::EVERYBODY
    } else {
        call.reader()
    };
    let asker = (call.actor.user, reader);
    let asked = call
        .desk
        .ask(call.guild, asker, question, &call.cause, call.now)
        .await?;
    if openly {
        return Ok(Reply::SayOpenly(answer::in_public(call.words, &asked)));
    }
    Ok(Reply::Say(answered(call, &asked).await?))
}

/// The answer to the asker, with the way back to the steps that they left unfinished.
pub(super) async fn answered(call: &Call, asked: &Asked) -> Result<Post, Error> {
    let (user, reader) = (call.actor.user, call.reader());
    let unfinished = call.desk.unfinished_walk(user, reader, call.now).await?;
    let mut post = answer::answer(call.words, asked, call.desk.kb());
    // Whoever works here reads what was solved before as well; nobody else does.
    if let Some(guild) = call.guild.filter(|_| call.actor.standing.staff()) {
        let before = call
            .desk
            .solved_before(guild, &asked.question, None, None, call.now)
            .await?;
        if !before.is_empty() {
            post = post.with_embed(call.words.solved_before(&before));
        }
    }
    Ok(walk::with_unfinished(call.words, unfinished.as_ref(), post))
}
