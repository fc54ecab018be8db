//! `/kb approve`: a second person publishes an article, and the button that does so.

use futures::FutureExt;

use super::kb_draft::{named, seen};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::Reply;
use crate::discord::views::article_draft;
use crate::domain::article::Stage;

/// `/kb approve draft`
pub const COMMAND: Command = Command {
    path: "kb approve",
    kind: Kind::Slash,
    about: "Publish an article that somebody else has written: read it first",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "draft",
        about: "Which; start typing, and I suggest those that wait to be read",
        kind: OptKind::Suggested { max: 100 },
        required: true,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    if let Input::Complete { typed, .. } = &call.input {
        let typed = typed.trim().to_lowercase();
        let page = call.desk.article_drafts(guild, 1).await?;
        let waiting = page
            .drafts
            .iter()
            .filter(|draft| draft.stage == Stage::Review);
        let choices = waiting
            .map(|draft| {
                let title = plain::one_line(&draft.title);
                (
                    draft.name().to_string(),
                    format!("{} · {title}", draft.name()),
                )
            })
            .filter(|(_, label)| label.to_lowercase().contains(&typed));
        return Ok(Reply::Choices(choices.collect()));
    }
    let name = named(call)?;
    // Typed, it is a way to what there is to read: nothing is published that nobody has looked at.
    if matches!(call.input, Input::Command { .. }) {
        let proof = call.desk.proof(guild, name, call.now).await?;
        return Ok(Reply::Say(article_draft::draft(words, &proof)));
    }
    let (by, cause) = (&call.actor, &call.cause);
    let decided = call
        .desk
        .approve_article((guild, name), by, seen(call), cause, call.now)
        .await?;
    let done = words.article_published(&plain::shown_line(&decided.title), &decided.path);
    Ok(Reply::Update(article_draft::decided(words, &decided, done)))
}
