//! "Tell me when it is over" under what is said of a major incident.

use futures::FutureExt;

use crate::desk::{Error, MajorAct};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::ids::MajorId;
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "major tell-me",
    kind: Kind::ButtonOnly,
    about: "Hear each update of a major incident, and its end",
    who: Who::Everybody,
    place: Place::Anywhere,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let id: Option<MajorId> = call.arg(0).and_then(|arg| arg.parse().ok());
    let id = id.ok_or(Refusal::StaleButton)?;
    let act = MajorAct::Subscribe { guild: call.guild };
    let (by, cause) = (&call.actor, &call.cause);
    call.desk.change_major(id, by, act, cause, call.now).await?;
    Ok(Reply::Say(Post::text(call.words.major_subscribed())))
}
