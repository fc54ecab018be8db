//! Everything urgent of the asker's goes to the next person: the button below what `/duty off` and the end of a shift list.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};

/// The button.
pub const COMMAND: Command = Command {
    path: "duty hand-over",
    kind: Kind::ButtonOnly,
    about: "Hand over everything urgent that is with you to the next person",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let gone = call
        .desk
        .hand_over_urgent(guild, by, cause, call.now)
        .await?;
    if gone.is_empty() {
        return Ok(Reply::Say(Post::text(words.duty_nothing_to_hand_over())));
    }
    let lines: Vec<String> = gone
        .iter()
        .map(|ticket| match ticket.assignee {
            Some(who) => words.released_to_person(ticket.number, who),
            None => words.released_to_queue(ticket.number, ticket.tier),
        })
        .collect();
    Ok(Reply::Say(Post::text(lines.join("\n"))))
}
