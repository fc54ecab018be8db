//! `/work urgency`: whether they can work.

use futures::FutureExt;

use super::work::{TICKET, assessed, choices, reassess, unknown};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::words::Words;
use crate::domain::priority::Urgency;

/// `/work urgency [ticket] [urgency]`
pub const COMMAND: Command = Command {
    path: "work urgency",
    kind: Kind::Slash,
    about: "Correct whether they can work; the priority follows",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        TICKET,
        Opt {
            name: "urgency",
            about: "Whether they can work; a list comes when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Urgency::ALL.into_iter().rev();
                all.map(|urgency| (urgency.key(), words.urgency(urgency)))
                    .collect()
            }),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let Some(chosen) = assessed(call, "urgency") else {
        return choices(call, &ticket);
    };
    let chosen = Urgency::from_key(&chosen).ok_or_else(|| unknown("urgency"))?;
    reassess(call, &ticket, (None, Some(chosen))).await
}
