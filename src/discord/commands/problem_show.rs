//! One of the problems, with its tickets and what can be done to it.

use std::sync::Arc;

use futures::FutureExt;

use super::problems::problem;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views;
use crate::domain::ids::ProblemNumber;
use crate::kb::Article;

/// The button.
pub const COMMAND: Command = Command {
    path: "problem show",
    kind: Kind::ButtonOnly,
    about: "See a problem and its tickets",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

/// So many articles are offered as a workaround.
const OFFERED: usize = 20;

async fn run(call: &Call) -> Result<Reply, Error> {
    let problem = problem(call).await?;
    Ok(Reply::Say(shown(call, problem.number).await?))
}

/// A problem as the asker may see it.
pub(super) async fn shown(call: &Call, number: ProblemNumber) -> Result<Post, Error> {
    let shown = call.desk.problem_shown(call.guild()?, number).await?;
    let fitting = call
        .desk
        .kb()
        .search(call.reader(), &shown.counted.problem.title, OFFERED);
    let articles: Vec<Arc<Article>> = fitting.into_iter().map(|found| found.article).collect();
    Ok(views::problem::problem(
        call.words,
        &shown,
        &call.actor,
        &articles,
    ))
}
