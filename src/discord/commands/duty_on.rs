//! `/duty on`: tickets can be offered to the asker.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::roster::Duty;

/// `/duty on`
pub const COMMAND: Command = Command {
    path: "duty on",
    kind: Kind::Slash,
    about: "Go on duty: tickets can be offered to you",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let change = call
        .desk
        .set_duty(guild, &call.actor, Duty::On, &call.cause, call.now)
        .await?;
    Ok(Reply::Say(Post::text(if change.already {
        call.words.duty_on_already()
    } else {
        call.words.duty_on()
    })))
}
