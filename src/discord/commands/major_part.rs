//! Makes a ticket part of a major incident, or takes it out.

use futures::FutureExt;

use crate::desk::{Error, MajorAct};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::ids::MajorNumber;
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "major part",
    kind: Kind::ButtonOnly,
    about: "Say that a ticket is part of a major incident, or is not",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let ticket = call.ticket().await?;
    let number: Option<MajorNumber> = call.arg(1).and_then(|arg| arg.parse().ok());
    let number = number.ok_or(Refusal::StaleButton)?;
    let part = call.arg(2) == Some("in");
    let major = call.desk.major(call.guild()?, Some(number)).await?;
    let act = MajorAct::Part {
        ticket: ticket.id,
        part,
    };
    let (by, cause) = (&call.actor, &call.cause);
    call.desk
        .change_major(major.id, by, act, cause, call.now)
        .await?;
    Ok(Reply::Say(Post::text(if part {
        words.major_joined(ticket.number, number)
    } else {
        words.major_left(ticket.number, number)
    })))
}
