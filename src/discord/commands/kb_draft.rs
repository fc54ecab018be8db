//! `/kb draft`: the articles that are being written, and one of them as the file that it would be.

use futures::FutureExt;

use super::work::unknown;
use super::work_resolve::{find_typed, suggest};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::article_draft;
use crate::domain::article::DraftName;
use crate::domain::refusal::Refusal;
use crate::kb::Article;
use std::sync::Arc;

/// `/kb draft [ticket] [article]`
pub const COMMAND: Command = Command {
    path: "kb draft",
    kind: Kind::Slash,
    about: "Read the articles that are being written, and go on with one",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        Opt {
            name: "ticket",
            about: "The ticket that it is written out of; all drafts when you leave it out",
            kind: OptKind::Ticket,
            required: false,
        },
        Opt {
            name: "article",
            about: "An article that is there, to change it; start typing, and I suggest some",
            kind: OptKind::Suggested { max: 100 },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    if let Input::Complete { typed, .. } = &call.input {
        return Ok(Reply::Choices(suggest(call, typed).await));
    }
    let guild = call.guild()?;
    let name = match to_change(call)? {
        Some(article) => {
            let (by, now) = (&call.actor, call.now);
            let draft = call.desk.draft_change(guild, &article, by, now).await?;
            Some(draft.name())
        }
        None => meant(call)?,
    };
    if let Some(name) = name {
        let proof = call.desk.proof(guild, name, call.now).await?;
        return Ok(Reply::Say(article_draft::draft(words, &proof)));
    }
    let page = call.arg(1).and_then(|page| page.parse().ok()).unwrap_or(1);
    let page = call.desk.article_drafts(call.guild()?, page).await?;
    let post = if page.total == 0 {
        Post::text(words.article_drafts_none())
    } else {
        article_draft::list(words, &page)
    };
    Ok(match (&call.input, call.arg(1)) {
        // Turning a page replaces the one that is shown.
        (Input::Press { .. }, Some(_)) => Reply::Update(post),
        _ => Reply::Say(post),
    })
}

/// The article that is to be changed: the one that was typed, or that stands on the button.
fn to_change(call: &Call) -> Result<Option<Arc<Article>>, Error> {
    if let Some(typed) = call.option("article") {
        return Ok(Some(find_typed(call, typed)?));
    }
    match (call.arg(0), call.arg(1)) {
        (Some(CHANGE), Some(named)) => Ok(Some(find_typed(call, named)?)),
        _ => Ok(None),
    }
}

/// The first argument of a button that begins a change.
pub(super) const CHANGE: &str = "change";

/// The name that was typed, chosen, or that stands on the button; nothing for all of them.
pub(super) fn meant(call: &Call) -> Result<Option<DraftName>, Error> {
    let chosen = call.values().first().map(String::as_str);
    match chosen.or(call.option("ticket")).or(call.arg(0)) {
        None | Some("all") => Ok(None),
        Some(typed) => Ok(Some(typed.parse().map_err(|_| unknown("ticket"))?)),
    }
}

/// The name that stands on the button, or that was typed into `draft`.
pub(super) fn named(call: &Call) -> Result<DraftName, Error> {
    let named = call.option("draft").or(call.arg(0));
    let named = named.ok_or(Refusal::StaleButton)?;
    Ok(named.parse().map_err(|_| unknown("draft"))?)
}

/// The version of the draft that whoever pressed has seen.
pub(super) fn seen(call: &Call) -> Option<i64> {
    match call.input {
        Input::Press { version, .. } | Input::Submit { version, .. } => version,
        _ => None,
    }
}
