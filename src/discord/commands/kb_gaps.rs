//! `/kb gaps`: what found nothing, what would have helped, and which articles somebody should look at.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::views::learning::{self, List};
use crate::discord::words::Words;

/// `/kb gaps [list]`
pub const COMMAND: Command = Command {
    path: "kb gaps",
    kind: Kind::Slash,
    about: "See what people asked that no article answers, and which articles need somebody",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Deferred,
    options: &[Opt {
        name: "list",
        about: "What found nothing, when you leave it out",
        kind: OptKind::Choice(|| {
            let words = Words::of("en");
            let all = List::ALL.into_iter();
            all.map(|list| (list.key(), list.named(words))).collect()
        }),
        required: false,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let (words, guild, now) = (call.words, call.guild()?, call.now);
    let named = call.option("list").or(call.arg(0));
    let list = named.and_then(List::from_key).unwrap_or(List::Nothing);
    let page = call.arg(1).and_then(|page| page.parse().ok()).unwrap_or(1);
    let writes = Who::SeniorsAndLeads.includes(call.actor.standing);
    let post = match list {
        List::Nothing => {
            let gaps = call.desk.gaps(guild, page, now).await?;
            learning::gaps(words, &gaps, writes)
        }
        List::Helped => learning::helped(words, &call.desk.helped(guild, now).await?),
        List::Articles => learning::articles(words, &call.desk.article_states(guild, now).await?),
    };
    Ok(match (&call.input, call.arg(1)) {
        // Turning a page, and another list, replace what is shown; from what everybody reads, the asker's own list opens.
        (Input::Press { .. }, Some(_)) => Reply::Update(post),
        _ => Reply::Say(post),
    })
}
