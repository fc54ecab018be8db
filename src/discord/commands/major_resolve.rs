//! `/major resolve`: it is over, and the review is owed.

use futures::FutureExt;

use super::majors::{INCIDENT, incident, suggest};
use super::work::{self, typed};
use crate::desk::{Error, MajorAct};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Post, Reply};
use crate::discord::views::kept::kept;
use crate::discord::views::major;
use crate::domain::major::MajorState;
use crate::domain::refusal::Refusal;

/// Stands in the ids of its own form too.
const PATH: &str = "major resolve";

/// `/major resolve [incident] [status]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Say that a major incident is over",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        INCIDENT,
        Opt {
            name: "status",
            about: "What everybody reads about its end; a form asks when you leave it out",
            kind: OptKind::Text {
                min: 1,
                max: major::STATUS,
            },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    if let Input::Complete { .. } = &call.input {
        return Ok(Reply::Choices(suggest(call).await?));
    }
    let words = call.words;
    let major = incident(call).await?;
    let status = match (&call.input, call.option("status")) {
        (Input::Submit { .. }, _) => typed(call, "status"),
        (Input::Command { .. }, Some(status)) => status.to_owned(),
        (Input::Command { .. } | Input::Press { .. }, _) => {
            major.must_be(MajorState::Running)?;
            let line = Line::new(PATH).arg(major.number);
            let title = words.form_major_resolve(major.number);
            return Ok(Reply::Form(major::status(words, line, title)));
        }
        _ => return Err(Refusal::StaleButton.into()),
    };
    let act = MajorAct::Resolve {
        status: status.clone(),
    };
    let (by, cause) = (&call.actor, &call.cause);
    let done = call
        .desk
        .change_major(major.id, by, act, cause, call.now)
        .await;
    Ok(Reply::Say(match done {
        Ok(major) => Post::text(words.major_over(major.number))
            .with_buttons(vec![words.review_button(major.number)]),
        Err(error) => {
            let texts = [(words.label_major_status(), status.as_str())];
            let refusal = work::refusal(error)?;
            kept(words, &refusal, words.not_done_kept(), &texts)
        }
    }))
}
