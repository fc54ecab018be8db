//! `/lead move`: everything that somebody, or a whole crew, has goes to another person, or back into the queue.

use futures::FutureExt;

use super::admin_config::{tier_named, tiers};
use super::duty::person;
use super::work::REASON;
use crate::desk::{Error, Whose};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::domain::refusal::Refusal;

/// So many tickets that stayed are named, each with its reason.
const NAMED: usize = 10;

/// `/lead move reason [from] [tier] [to]`
pub const COMMAND: Command = Command {
    path: "lead move",
    kind: Kind::Slash,
    about: "Move all tickets of somebody, or of a whole crew, to another person or the queue",
    who: Who::Leads,
    place: Place::Server,
    answers: Answers::Deferred,
    options: &[
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
            name: "from",
            about: "Whose tickets",
            kind: OptKind::Person,
            required: false,
        },
        Opt {
            name: "tier",
            about: "Or everybody's tickets at which tier",
            kind: OptKind::Choice(tiers),
            required: false,
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
    let tier = call.option("tier").and_then(tier_named);
    let from = match (person(call, "from")?, tier) {
        (Some(from), None) => Whose::Of(from),
        (None, Some(tier)) => Whose::At(tier),
        _ => return Err(Refusal::WhoseTickets.into()),
    };
    let to = person(call, "to")?;
    let reason = call.option("reason").unwrap_or_default();
    let (by, cause, now) = (&call.actor, &call.cause, call.now);
    let moved = call
        .desk
        .move_tickets(guild, by, from, to, reason, cause, now)
        .await?;
    let mut lines = vec![match (moved.moved.len(), to, from) {
        (0, _, Whose::Of(from)) if moved.stayed.is_empty() => words.moved_nothing(from),
        (0, _, Whose::At(tier)) if moved.stayed.is_empty() => words.moved_nothing_at(tier),
        (count, Some(to), _) => words.moved(count, to),
        (count, None, Whose::Of(from)) => words.moved_queue(count, from),
        (count, None, Whose::At(tier)) => words.moved_queue_at(count, tier),
    }];
    let stayed = moved.stayed.iter().take(NAMED);
    lines.extend(stayed.map(|(number, why)| words.moved_not(*number, &words.refusal(why))));
    Ok(Reply::Say(Post::text(lines.join("\n"))))
}
