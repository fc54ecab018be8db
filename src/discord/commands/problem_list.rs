//! `/problem list`: what stands behind the tickets, page by page.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::problem;
use crate::discord::words::Words;
use crate::domain::refusal::Refusal;

/// `/problem list [which]`
pub const COMMAND: Command = Command {
    path: "problem list",
    kind: Kind::Slash,
    about: "List the problems, with how many they concern",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "which",
        about: "Which problems; those that are not over when you leave it out",
        kind: OptKind::Choice(|| {
            let words = Words::of("en");
            vec![
                ("running", words.problem_choice_running()),
                ("all", words.problem_choice_all()),
            ]
        }),
        required: false,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let key = call
        .arg(0)
        .or_else(|| call.option("which"))
        .unwrap_or("running");
    let (heading, over) = match key {
        "running" => (words.problem_list_running(), false),
        "all" => (words.problem_list_all(), true),
        _ => return Err(Refusal::StaleButton.into()),
    };
    let page = call.arg(1).and_then(|page| page.parse().ok()).unwrap_or(1);
    let page = call.desk.problems(call.guild()?, over, page).await?;
    let post = if page.total == 0 {
        Post::text(words.problem_list_empty())
    } else {
        problem::list(words, heading, key, &page)
    };
    Ok(match (&call.input, call.arg(1)) {
        // Turning a page replaces the one that is shown.
        (Input::Press { .. }, Some(_)) => Reply::Update(post),
        _ => Reply::Say(post),
    })
}
