//! `/kb explain`: why a question is answered as it is.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::Reply;
use crate::discord::views::knowledge;
use crate::domain::refusal::Refusal;

/// `/kb explain question`
pub const COMMAND: Command = Command {
    path: "kb explain",
    kind: Kind::Slash,
    about: "See why a question is answered as it is: what speaks for which article",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "question",
        about: "The question, as somebody would ask it",
        kind: OptKind::Text { min: 1, max: 2000 },
        required: true,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let question = call.option("question").ok_or(Refusal::StaleButton)?;
    let answer = call.desk.answer_to(call.reader(), question).await?;
    Ok(Reply::Say(knowledge::explained(call.words, &answer)))
}
