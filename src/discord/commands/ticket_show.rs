//! `/ticket show`: a ticket, as far as the asker may see it, with what they can do to it.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::views::{major, problem, ticket};
use crate::domain::refusal::Refusal;

/// `/ticket show [ticket]`
pub const COMMAND: Command = Command {
    path: "ticket show",
    kind: Kind::Slash,
    about: "Show a ticket: where it stands and who has it",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "ticket",
        about: "Its number, for example T-0042; in its thread you can leave it out",
        kind: OptKind::Ticket,
        required: false,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let shown = match call.values().first() {
        // Chosen from a list of tickets.
        Some(chosen) => {
            let number = chosen.parse().map_err(|_| Refusal::StaleButton)?;
            call.desk
                .ticket(call.guild()?, number, &call.actor, call.now)
                .await?
        }
        None => call.ticket().await?,
    };
    let name = call.name_of(shown.id, shown.number);
    let ties = call.desk.ties(&shown, &call.actor).await?;
    let post = ticket::ticket(call.words, &shown, &call.actor, &name, &ties);
    let problems = call.desk.problems_of(shown.id).await?;
    let (post, link) = problem::of_ticket(call.words, post, &shown, &problems, &call.actor);
    let mut ways = ticket::thread_buttons(call.words, &shown, &call.actor);
    ways.extend(link);
    if let Some(guild) = call.guild {
        let running = call.desk.majors(guild).await?;
        ways.extend(major::part_button(
            call.words,
            &shown,
            &running,
            &call.actor,
        ));
    }
    Ok(Reply::Say(post.with_buttons(ways)))
}
