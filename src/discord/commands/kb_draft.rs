//! `/kb draft`: the articles that are being written, and one of them as the file that it would be.

use futures::FutureExt;

use super::work::unknown;
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::article_draft;
use crate::domain::ids::Number;

/// `/kb draft [ticket]`
pub const COMMAND: Command = Command {
    path: "kb draft",
    kind: Kind::Slash,
    about: "Read the articles that are being written, and go on with one",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "ticket",
        about: "The ticket that it is written out of; all drafts when you leave it out",
        kind: OptKind::Ticket,
        required: false,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    if let Some(number) = meant(call)? {
        let draft = call.desk.article_draft(call.guild()?, number).await?;
        let post = article_draft::draft(words, &draft, call.now);
        return Ok(Reply::Say(post));
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

/// The number that was typed, chosen, or that stands on the button; nothing for all of them.
pub(super) fn meant(call: &Call) -> Result<Option<Number>, Error> {
    let chosen = call.values().first().map(String::as_str);
    match chosen.or(call.option("ticket")).or(call.arg(0)) {
        None | Some("all") => Ok(None),
        Some(typed) => Ok(Some(typed.parse().map_err(|_| unknown("ticket"))?)),
    }
}
