//! "Write the review" of a major incident: with it, and with nothing else, it closes.

use futures::FutureExt;

use super::majors::incident;
use super::work::{self, typed};
use crate::desk::{Error, MajorAct};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::kept::kept;
use crate::discord::views::major;
use crate::domain::major::{MajorState, Review};
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "major review",
    kind: Kind::ButtonOnly,
    about: "Write what was learned from a major incident",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let of = incident(call).await?;
    match &call.input {
        Input::Press { .. } => {
            of.must_be(MajorState::Resolved)?;
            Ok(Reply::Form(major::review(words, of.number)))
        }
        Input::Submit { .. } => {
            let review = Review {
                cause: typed(call, "cause"),
                timeline: typed(call, "timeline"),
                actions: typed(call, "actions"),
            };
            let act = MajorAct::Review(review.clone());
            let (by, cause) = (&call.actor, &call.cause);
            let done = call
                .desk
                .change_major(of.id, by, act, cause, call.now)
                .await;
            Ok(Reply::Say(match done {
                Ok(of) => Post::text(words.major_reviewed(of.number)),
                Err(error) => {
                    let texts = [
                        (words.label_major_cause(), review.cause.as_str()),
                        (words.label_major_timeline(), &review.timeline),
                        (words.label_major_actions(), &review.actions),
                    ];
                    let refusal = work::refusal(error)?;
                    kept(words, &refusal, words.not_done_kept(), &texts)
                }
            }))
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}
