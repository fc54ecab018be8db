//! `/kb show`: one article, whole.

use futures::FutureExt;

use super::work_resolve::{find_typed, suggest};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{answer, article, learning, walk};
use crate::domain::refusal::Refusal;

/// `/kb show article`
pub const COMMAND: Command = Command {
    path: "kb show",
    kind: Kind::Slash,
    about: "Read an article; only you see it",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "article",
        about: "The article; start typing, and I suggest some",
        kind: OptKind::Suggested { max: 100 },
        required: true,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let found = match &call.input {
        Input::Complete { typed, .. } => return Ok(Reply::Choices(suggest(call, typed).await)),
        Input::Command { .. } => {
            let typed = call.option("article").ok_or(Refusal::StaleButton)?;
            Some(find_typed(call, typed)?)
        }
        _ => {
            let named = call.arg(0).ok_or(Refusal::StaleButton)?;
            article::find(call.desk.kb(), call.reader(), named)
        }
    };
    let mut buttons = vec![answer::open_ticket(words, None)];
    let post = match found {
        Some(found) => {
            buttons.splice(..0, walk::begin_by_name(words, &found));
            if call.guild.is_some() {
                buttons.extend(learning::votes(words, &found));
            }
            if call.guild.is_some() && Who::SeniorsAndLeads.includes(call.actor.standing) {
                buttons.push(article::change(words, &found));
            }
            let pictures = call.desk.pictures(&found).await;
            let post = article::with_pictures(words, article::whole(words, &found), pictures);
            match call.guild.filter(|_| call.actor.standing.staff()) {
                Some(guild) => {
                    let walked = call.desk.walked(guild, &found, call.now).await?;
                    article::for_staff(words, &found, walked.as_ref(), post)
                }
                None => post,
            }
        }
        None => Post::text(words.ask_article_gone()),
    };
    Ok(Reply::Say(post.with_buttons(buttons)))
}
