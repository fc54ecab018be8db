//! The button that takes what found nothing off the list: nothing is to be written about it.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::{Post, Reply};
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "kb leave",
    kind: Kind::ButtonOnly,
    about: "Say that nothing is to be written about what people asked",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let key = call.arg(0).and_then(|key| key.parse().ok());
    let key = key.ok_or(Refusal::StaleButton)?;
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let gap = call.desk.leave_gap(guild, key, by, cause, call.now).await?;
    let name = plain::cut(&plain::shown_line(gap.name()), 100);
    Ok(Reply::Say(Post::text(call.words.gap_left(&name))))
}
