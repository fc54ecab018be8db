//! `/work category`: what it is about.

use futures::FutureExt;

use super::work::{TICKET, assessed, choices, reworded, unknown};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Post;
use crate::discord::reply::Reply;
use crate::discord::words::Words;
use crate::domain::category::Category;

/// `/work category [ticket] [category]`
pub const COMMAND: Command = Command {
    path: "work category",
    kind: Kind::Slash,
    about: "Correct what a ticket is about",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        TICKET,
        Opt {
            name: "category",
            about: "What it is about; a list comes when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Category::ALL.iter();
                all.map(|category| (category.key, words.category(category)))
                    .collect()
            }),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let Some(chosen) = assessed(call, "category") else {
        return choices(call, &ticket);
    };
    let chosen = Category::from_key(&chosen).ok_or_else(|| unknown("category"))?;
    let changed = call
        .desk
        .recategorise(ticket.id, &call.actor, chosen, &call.cause, call.now)
        .await
        .map_err(|error| reworded(call, &ticket, error))?;
    let category = call.words.category(changed.category());
    let text = call
        .words
        .recategorised(changed.number, &category, changed.priority);
    Ok(Reply::Say(Post::text(text)))
}
