//! `/work impact`: how many are affected. By its button all three questions are shown.

use futures::FutureExt;

use super::work::{TICKET, assessed, choices, reassess, unknown};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::words::Words;
use crate::domain::priority::Impact;

/// `/work impact [ticket] [impact]`
pub const COMMAND: Command = Command {
    path: "work impact",
    kind: Kind::Slash,
    about: "Correct how many are affected; the priority follows",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        TICKET,
        Opt {
            name: "impact",
            about: "How many are affected; a list comes when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Impact::ALL.into_iter();
                all.map(|impact| (impact.key(), words.impact(impact)))
                    .collect()
            }),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let Some(chosen) = assessed(call, "impact") else {
        return choices(call, &ticket);
    };
    let chosen = Impact::from_key(&chosen).ok_or_else(|| unknown("impact"))?;
    reassess(call, &ticket, (Some(chosen), None)).await
}
