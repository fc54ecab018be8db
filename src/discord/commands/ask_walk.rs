//! "One step at a time" under an answer, and what is pressed on the way.

use futures::FutureExt;

use super::ticket_open;
use crate::desk::{Error, Path, Walking};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{answer, article, walk};
use crate::domain::ids::{AskId, WalkId};
use crate::domain::refusal::Refusal;
use crate::domain::walk::Stage;

/// The buttons.
pub const COMMAND: Command = Command {
    path: walk::PATH,
    kind: Kind::ButtonOnly,
    about: "Follow the steps of an article one at a time",
    who: Who::Everybody,
    place: Place::Anywhere,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let (user, reader) = (call.actor.user, call.reader());
    let id = || call.arg(1).and_then(|arg| arg.parse::<WalkId>().ok());
    let seen = || call.arg(2).and_then(|arg| arg.parse::<u32>().ok());
    let ended = async |stage: Stage| {
        let id = id().ok_or(Refusal::StaleButton)?;
        let how = (id, stage);
        call.desk
            .end_walk(how, user, reader, &call.cause, call.now)
            .await
    };
    match call.arg(0) {
        Some("begin") => {
            let ask = call.arg(1).and_then(|arg| arg.parse::<AskId>().ok());
            let steps = call.arg(2).zip(call.arg(3));
            begin(call, ask.ok_or(Refusal::StaleButton)?, steps).await
        }
        Some("begin-by-name") => begin_by_name(call).await,
        Some("on") => {
            let id = id().ok_or(Refusal::StaleButton)?;
            let walking = call.desk.walk(id, user, reader).await?;
            Ok(Reply::Say(shown(call, &walking, None).await))
        }
        Some("done") => {
            let which = id().zip(seen()).ok_or(Refusal::StaleButton)?;
            let (walking, moved) = call
                .desk
                .walk_on(which, user, reader, &call.cause, call.now)
                .await?;
            let note = (!moved).then(|| call.words.walk_step_already(which.1));
            Ok(Reply::Update(shown(call, &walking, note).await))
        }
        Some("fixed") => {
            ended(Stage::Fixed).await?;
            Ok(Reply::Update(Post::text(call.words.ask_solved())))
        }
        Some("no-help") => ticket(call, ended(Stage::NoHelp).await?).await,
        Some("stuck") => ticket(call, ended(Stage::Stuck).await?).await,
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// Under an article that was opened by its name.
async fn begin_by_name(call: &Call) -> Result<Reply, Error> {
    let named = call.arg(1).ok_or(Refusal::StaleButton)?;
    let Some(found) = article::find(call.desk.kb(), call.reader(), named) else {
        return Ok(gone(call, None));
    };
    let ask = call
        .desk
        .ask_by_name(call.guild, call.actor.user, &found, &call.cause, call.now)
        .await?;
    begin(call, ask, call.arg(1).zip(call.arg(2))).await
}

fn gone(call: &Call, ask: Option<AskId>) -> Reply {
    let ticket = answer::open_ticket(call.words, ask);
    Reply::Say(Post::text(call.words.ask_article_gone()).with_buttons(vec![ticket]))
}

/// Begins the walk that grew out of `ask`, through the steps of an article's section, as the button names both.
async fn begin(call: &Call, ask: AskId, steps: Option<(&str, &str)>) -> Result<Reply, Error> {
    let (named, section) = steps.ok_or(Refusal::StaleButton)?;
    let section = section.parse().map_err(|_| Refusal::StaleButton)?;
    let words = call.words;
    let Some(found) = article::find(call.desk.kb(), call.reader(), named) else {
        return Ok(gone(call, Some(ask)));
    };
    // Where the article was changed since, its steps may stand elsewhere now.
    let section = match found.steps_of(section) {
        Some(_) => Some(section),
        None => found.first_steps(),
    };
    let Some(section) = section else {
        let ticket = answer::open_ticket(words, Some(ask));
        return Ok(Reply::Say(
            article::whole(words, &found).with_buttons(vec![ticket]),
        ));
    };
    let walking = call
        .desk
        .begin_walk(
            ask,
            call.actor.user,
            (found, section),
            &call.cause,
            call.now,
        )
        .await?;
    match walking {
        Some(walking) => Ok(Reply::Say(shown(call, &walking, None).await)),
        None => Ok(gone(call, Some(ask))),
    }
}

/// The way to a person, with what was tried so far.
async fn ticket(call: &Call, walking: Walking) -> Result<Reply, Error> {
    let draft = ticket_open::from_answer(call, walking.walk.ask).await?;
    ticket_open::begin(call, draft).await
}

async fn shown(call: &Call, walking: &Walking, note: Option<String>) -> Post {
    let step = match &walking.path {
        Path::Same(found, steps) => {
            let at = usize::try_from(walking.walk.at).unwrap_or(usize::MAX);
            steps
                .steps
                .get(at.wrapping_sub(1))
                .map(|step| (found, step))
        }
        Path::Changed(_) | Path::Gone => None,
    };
    let picture = match step {
        Some((found, step)) => call.desk.picture(&found.id, &step.pictures).await,
        None => None,
    };
    walk::shown(call.words, walking, picture, note)
}
