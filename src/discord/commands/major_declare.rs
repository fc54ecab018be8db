//! `/major declare`: many are affected at once.

use futures::FutureExt;

use super::majors::{ROLES, role, roles};
use super::work::{self, typed, unknown};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Post, Reply};
use crate::discord::views::kept::kept;
use crate::discord::views::major;
use crate::discord::words::Words;
use crate::domain::category::Category;
use crate::domain::ids::TicketId;
use crate::domain::major::Declaration;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::Opening;

/// Stands in the ids of its own form too.
const PATH: &str = "major declare";

/// `/major declare category title status [commander] [communicator] [scribe]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Declare a major incident: many are affected at once",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        Opt {
            name: "category",
            about: "What it is about",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let open = Category::ALL.iter().filter(|one| !one.confidential);
                open.map(|category| (category.key, words.category(category)))
                    .collect()
            }),
            required: true,
        },
        Opt {
            name: "title",
            about: "What is wrong, in one line; everybody reads it",
            kind: OptKind::Text {
                min: Opening::TITLE_AT_LEAST as u16,
                max: Opening::TITLE_AT_MOST as u16,
            },
            required: true,
        },
        Opt {
            name: "status",
            about: "Where it stands; everybody reads it",
            kind: OptKind::Text {
                min: 1,
                max: major::STATUS,
            },
            required: true,
        },
        role(
            ROLES[0],
            "Who coordinates and does not debug; you, when you leave it out",
        ),
        role(
            ROLES[1],
            "Who writes the status; you, when you leave it out",
        ),
        role(
            ROLES[2],
            "Who keeps the timeline; you, when you leave it out",
        ),
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    match call.arg(0) {
        Some(arg) if arg.starts_with('s') => return of_crowd(call, arg).await,
        Some(arg) => return of_ticket(call, arg).await,
        None => {}
    }
    let Input::Command { .. } = &call.input else {
        return Err(Refusal::StaleButton.into());
    };
    let category = call.option("category").and_then(Category::from_key);
    let category = category.ok_or_else(|| unknown("category"))?;
    let text = |name| call.option(name).unwrap_or_default().to_owned();
    declare(call, category, &text("title"), &text("status"), &[]).await
}

/// The ticket from which it is declared is part of it, and says what is wrong as far as it knows.
async fn of_ticket(call: &Call, arg: &str) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let category = Category::from_key(&ticket.category).unwrap_or(Category::other());
    match &call.input {
        Input::Press { .. } => {
            let line = Line::new(PATH).arg(arg);
            let title = plain::one_line(&ticket.title);
            Ok(Reply::Form(major::declaration(call.words, line, &title)))
        }
        Input::Submit { .. } => {
            let (title, status) = (typed(call, "title"), typed(call, "status"));
            declare(call, category, &title, &status, &[ticket.id]).await
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// Tickets that the leads were told of are part of it.
async fn of_crowd(call: &Call, arg: &str) -> Result<Reply, Error> {
    let id = arg.strip_prefix('s').and_then(|id| id.parse().ok());
    let id = id.ok_or(Refusal::StaleButton)?;
    let (suggestion, tickets) = call.desk.suggestion(call.guild()?, id).await?;
    match &call.input {
        Input::Press { .. } => {
            let title = tickets.first().map_or("", |ticket| &ticket.title);
            let line = Line::new(PATH).arg(arg);
            let form = major::declaration(call.words, line, &plain::one_line(title));
            Ok(Reply::Form(form))
        }
        Input::Submit { .. } => {
            let category = Category::from_key(&suggestion.category).unwrap_or(Category::other());
            let (title, status) = (typed(call, "title"), typed(call, "status"));
            declare(call, category, &title, &status, &suggestion.tickets).await
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

async fn declare(
    call: &Call,
    category: &'static Category,
    title: &str,
    status: &str,
    tickets: &[TicketId],
) -> Result<Reply, Error> {
    let words = call.words;
    let declaration = Declaration {
        guild: call.guild()?,
        title: title.to_owned(),
        category,
        status: status.to_owned(),
        roles: roles(call)?,
    };
    let (by, cause) = (&call.actor, &call.cause);
    let declared = call
        .desk
        .declare_major(declaration, tickets, by, cause, call.now)
        .await;
    Ok(Reply::Say(match declared {
        Ok(major) => Post::text(words.major_declared(major.number)),
        Err(error) => {
            let texts = [
                (words.label_major_title(), title),
                (words.label_major_status(), status),
            ];
            let refusal = work::refusal(error)?;
            kept(words, &refusal, words.not_done_kept(), &texts)
        }
    }))
}
