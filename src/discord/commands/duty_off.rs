//! `/duty off`: nothing new is offered to the asker; what is urgent and theirs must be handed over.

use futures::FutureExt;

use super::duty::with_what_is_left;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::roster::Duty;

/// `/duty off`
pub const COMMAND: Command = Command {
    path: "duty off",
    kind: Kind::Slash,
    about: "Go off duty; urgent tickets of yours are listed, to be handed over",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    let change = call
        .desk
        .set_duty(guild, &call.actor, Duty::Off, &call.cause, call.now)
        .await?;
    let post = Post::text(if change.already {
        words.duty_off_already()
    } else {
        words.duty_off()
    });
    Ok(Reply::Say(with_what_is_left(words, post, &change)))
}
