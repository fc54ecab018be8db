//! `/lead move`: everything that somebody has goes to another person, or back into the queue.

use futures::FutureExt;

use super::work::REASON;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::ids::UserId;
use crate::domain::refusal::{Expected, Refusal};

/// So many tickets that stayed are named, each with its reason.
const NAMED: usize = 10;

/// `/lead move from reason [to]`
pub const COMMAND: Command = Command {
    path: "lead move",
    kind: Kind::Slash,
    about: "Move all of somebody's tickets to another person or the queue",
    who: Who::Leads,
    place: Place::Server,
    answers: Answers::Deferred,
    options: &[
        Opt {
            name: "from",
            about: "Whose tickets",
            kind: OptKind::Person,
            required: true,
        },
        Opt {
            name: "reason",
            about: "Why; the reason stands with each ticket",
            kind: OptKind::Text {
                min: 1,
                max: REASON,
            },
            required: true,
        },
        Opt {
            name: "to",
            about: "Who takes them; back into the queue when you leave it out",
            kind: OptKind::Person,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    let from = person(call, "from")?.ok_or(Refusal::StaleButton)?;
    let to = person(call, "to")?;
    let reason = call.option("reason").unwrap_or_default();
    let (by, cause, now) = (&call.actor, &call.cause, call.now);
    let moved = call
        .desk
        .move_tickets(guild, by, from, to, reason, cause, now)
        .await?;
    let mut lines = vec![match (moved.moved.len(), to) {
        (0, _) if moved.stayed.is_empty() => words.moved_nothing(from),
        (count, Some(to)) => words.moved(count, to),
        (count, None) => words.moved_queue(count, from),
    }];
    let stayed = moved.stayed.iter().take(NAMED);
    lines.extend(stayed.map(|(number, why)| words.moved_not(*number, &words.refusal(why))));
    Ok(Reply::Say(Post::text(lines.join("\n"))))
}

fn person(call: &Call, option: &str) -> Result<Option<UserId>, Refusal> {
    let Some(id) = call.option(option) else {
        return Ok(None);
    };
    let id = id.parse().map_err(|_| Refusal::BadInput {
        field: option.to_owned(),
        expected: Expected::OneOfTheChoices,
    })?;
    Ok(Some(UserId(id)))
}
