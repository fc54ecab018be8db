//! `/major update`: what is new, said once to everybody concerned; who does what; what belongs to it.

use futures::FutureExt;

use super::majors::{INCIDENT, ROLES, incident, role, roles, suggest};
use super::work::{self, TICKET, typed};
use crate::desk::{Error, MajorAct};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Post, Reply};
use crate::discord::views::kept::kept;
use crate::discord::views::major;
use crate::domain::major::{Major, MajorState};
use crate::domain::refusal::Refusal;

/// Stands in the ids of its own form too.
const PATH: &str = "major update";

/// `/major update [incident] [status] [ticket] [commander] [communicator] [scribe]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Say once to everybody concerned how a major incident stands",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        INCIDENT,
        Opt {
            name: "status",
            about: "What is new; everybody reads it. A form asks when you leave everything out",
            kind: OptKind::Text {
                min: 1,
                max: major::STATUS,
            },
            required: false,
        },
        Opt {
            about: "Make this ticket part of it",
            ..TICKET
        },
        role(ROLES[0], "Who coordinates from now on"),
        role(ROLES[1], "Who writes the status from now on"),
        role(ROLES[2], "Who keeps the timeline from now on"),
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    if let Input::Complete { .. } = &call.input {
        return Ok(Reply::Choices(suggest(call).await?));
    }
    let major = incident(call).await?;
    match &call.input {
        Input::Submit { .. } => {
            let status = typed(call, "status");
            update(call, &major, Some(status)).await
        }
        Input::Command { .. } => {
            let status = call.option("status").map(str::to_owned);
            let staffed = roles(call)?.iter().any(Option::is_some);
            if call.option("ticket").is_some() {
                return join(call, &major).await;
            }
            if status.is_none() && !staffed {
                return form(call, &major);
            }
            update(call, &major, status).await
        }
        Input::Press { .. } => form(call, &major),
        _ => Err(Refusal::StaleButton.into()),
    }
}

fn form(call: &Call, major: &Major) -> Result<Reply, Error> {
    major.must_be(MajorState::Running)?;
    let line = Line::new(PATH).arg(major.number);
    let title = call.words.form_major_update(major.number);
    Ok(Reply::Form(major::status(call.words, line, title)))
}

async fn join(call: &Call, major: &Major) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let act = MajorAct::Part {
        ticket: ticket.id,
        part: true,
    };
    let (by, cause) = (&call.actor, &call.cause);
    call.desk
        .change_major(major.id, by, act, cause, call.now)
        .await?;
    let text = call.words.major_joined(ticket.number, major.number);
    Ok(Reply::Say(Post::text(text)))
}

async fn update(call: &Call, major: &Major, status: Option<String>) -> Result<Reply, Error> {
    let words = call.words;
    let act = MajorAct::Update {
        status: status.clone(),
        roles: roles(call)?,
    };
    let (by, cause) = (&call.actor, &call.cause);
    let done = call
        .desk
        .change_major(major.id, by, act, cause, call.now)
        .await;
    Ok(Reply::Say(match (done, status) {
        (Ok(_), Some(_)) => Post::text(words.major_updated(major.number)),
        (Ok(_), None) => Post::text(words.major_staffed(major.number)),
        (Err(error), status) => {
            let status = status.unwrap_or_default();
            let texts = [(words.label_major_status(), status.as_str())];
            let refusal = work::refusal(error)?;
            kept(words, &refusal, words.not_done_kept(), &texts)
        }
    }))
}
