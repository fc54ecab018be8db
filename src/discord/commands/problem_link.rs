//! `/problem link`: a ticket is an incident of a problem, or is not after all.

use futures::FutureExt;

use super::problems::{PROBLEM, problem, suggest};
use super::work::{TICKET, may};
use crate::desk::{Error, ProblemAct};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::views;
use crate::domain::problem::{Problem, ProblemState};
use crate::domain::refusal::Refusal;
use crate::domain::rules::Verb;
use crate::domain::ticket::Ticket;
use crate::kb::likeness;

/// `/problem link problem [ticket] [remove]`
pub const COMMAND: Command = Command {
    path: "problem link",
    kind: Kind::Slash,
    about: "Say that a ticket belongs to a problem, or does not",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        PROBLEM,
        TICKET,
        Opt {
            name: "remove",
            about: "Take the link away",
            kind: OptKind::Choice(|| vec![("yes", "Yes, it does not belong to it".to_owned())]),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    if let Input::Complete { option, typed, .. } = &call.input {
        return Ok(Reply::Choices(match option.as_str() {
            "problem" => suggest(call, typed).await?,
            _ => Vec::new(),
        }));
    }
    let ticket = call.ticket().await?;
    match &call.input {
        Input::Command { .. } => {
            let linked = call.option("remove").is_none();
            let problem = problem(call).await?;
            link(call, &problem, &ticket, linked).await
        }
        Input::Choose { .. } => {
            let linked = call.arg(1) == Some("to");
            let problem = problem(call).await?;
            link(call, &problem, &ticket, linked).await
        }
        Input::Press { .. } => choose(call, &ticket).await,
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// The problems to choose from: those that read most like the ticket first.
async fn choose(call: &Call, ticket: &Ticket) -> Result<Reply, Error> {
    may(call, Verb::LinkProblem, ticket)?;
    let linked = call.desk.problems_of(ticket.id).await?;
    let page = call.desk.problems(call.guild()?, false, 1).await?;
    let mut open: Vec<Problem> = page.problems.into_iter().map(|one| one.problem).collect();
    open.retain(|problem| linked.iter().all(|other| other.id != problem.id));
    open.sort_by(|one, other| {
        let like = |problem: &Problem| likeness(&problem.title, &ticket.title);
        like(other).total_cmp(&like(one))
    });
    let linked: Vec<Problem> = linked
        .into_iter()
        .filter(|problem| problem.state != ProblemState::Closed)
        .collect();
    let post = views::problem::link(call.words, ticket, &open, &linked, &call.actor);
    Ok(Reply::Say(post))
}

async fn link(
    call: &Call,
    problem: &Problem,
    ticket: &Ticket,
    linked: bool,
) -> Result<Reply, Error> {
    let words = call.words;
    let act = ProblemAct::Link {
        ticket: ticket.id,
        linked,
    };
    let (by, cause) = (&call.actor, &call.cause);
    call.desk
        .change_problem(problem.id, by, act, cause, call.now)
        .await?;
    let text = if linked {
        let title = plain::shown_line(&problem.title);
        words.problem_linked(ticket.number, problem.number, &title)
    } else {
        words.problem_unlinked(ticket.number, problem.number)
    };
    let show = Button::new(
        words.button_show(),
        Style::Secondary,
        Line::new("problem show").arg(problem.number),
    );
    let post = Post::text(text).with_buttons(vec![show]);
    Ok(match call.input {
        Input::Choose { .. } => Reply::Update(post),
        _ => Reply::Say(post),
    })
}
