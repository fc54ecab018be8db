//! `/problem update`: where a problem stands, what helps meanwhile, what was found out, who looks after it.

use futures::FutureExt;

use super::problem_show::shown;
use super::problems::{PROBLEM, problem, suggest};
use super::work::{typed, unknown};
use super::{work, work_resolve};
use crate::desk::{Error, ProblemAct, ProblemChange};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::views::kept::kept;
use crate::discord::views::{article, problem as view};
use crate::discord::words::Words;
use crate::domain::ids::UserId;
use crate::domain::problem::{Problem, ProblemState, Workaround};
use crate::domain::refusal::Refusal;

/// `/problem update problem [state] [article] [workaround] [note] [owner]`
pub const COMMAND: Command = Command {
    path: "problem update",
    kind: Kind::Slash,
    about: "Move a problem on: its state, what helps meanwhile, what was found out",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        PROBLEM,
        Opt {
            name: "state",
            about: "Where it stands now",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = ProblemState::ALL.into_iter();
                all.map(|state| (state.key(), words.problem_state(state)))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: "article",
            about: "The article that helps meanwhile: type a word of its title",
            kind: OptKind::Suggested { max: 100 },
            required: false,
        },
        Opt {
            name: "workaround",
            about: "What helps meanwhile, where there is no article; everybody can read it",
            kind: OptKind::Text {
                min: 1,
                max: view::WORKAROUND,
            },
            required: false,
        },
        Opt {
            name: "note",
            about: "What was found out; for the staff",
            kind: OptKind::Text {
                min: 1,
                max: view::KNOWN,
            },
            required: false,
        },
        Opt {
            name: "owner",
            about: "Who looks after it from now on",
            kind: OptKind::Person,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    if let Input::Complete { option, typed, .. } = &call.input {
        return Ok(Reply::Choices(match option.as_str() {
            "problem" => suggest(call, typed).await?,
            "article" => work_resolve::suggest(call, typed).await,
            _ => Vec::new(),
        }));
    }
    let problem = problem(call).await?;
    let change = match &call.input {
        Input::Command { options, .. } if options.len() == 1 => {
            return Ok(Reply::Say(shown(call, problem.number).await?));
        }
        Input::Command { .. } => of_options(call)?,
        Input::Submit { .. } => {
            let text = Some(typed(call, "text"));
            match call.arg(1) {
                Some("note") => ProblemChange {
                    note: text,
                    ..ProblemChange::default()
                },
                Some("workaround") => ProblemChange {
                    workaround: text,
                    ..ProblemChange::default()
                },
                _ => return Err(Refusal::StaleButton.into()),
            }
        }
        Input::Choose { values, .. } => {
            let chosen = values.first().ok_or(Refusal::StaleButton)?;
            let found =
                article::find(call.desk.kb(), call.reader(), chosen).ok_or(Refusal::StaleButton)?;
            ProblemChange {
                article: Some(found.id.as_str().to_owned()),
                ..ProblemChange::default()
            }
        }
        Input::Press { .. } => match (call.arg(1), call.arg(2)) {
            (Some("state"), Some(key)) => ProblemChange {
                state: Some(ProblemState::from_key(key).ok_or(Refusal::StaleButton)?),
                ..ProblemChange::default()
            },
            (Some(what @ ("note" | "workaround")), None) => {
                let there = match &problem.workaround {
                    Some(Workaround::Text { text }) if what == "workaround" => text.as_str(),
                    _ => "",
                };
                let form = view::text_form(call.words, problem.number, what, there);
                return Ok(Reply::Form(form));
            }
            _ => return Err(Refusal::StaleButton.into()),
        },
        _ => return Err(Refusal::StaleButton.into()),
    };
    update(call, &problem, change).await
}

fn of_options(call: &Call) -> Result<ProblemChange, Error> {
    let state = match call.option("state") {
        Some(key) => Some(ProblemState::from_key(key).ok_or_else(|| unknown("state"))?),
        None => None,
    };
    let article = match call.option("article") {
        Some(typed) => Some(work_resolve::find_typed(call, typed)?),
        None => None,
    };
    let owner = match call.option("owner") {
        Some(id) => Some(UserId(id.parse().map_err(|_| unknown("owner"))?)),
        None => None,
    };
    Ok(ProblemChange {
        state,
        article: article.map(|article| article.id.as_str().to_owned()),
        workaround: call.option("workaround").map(str::to_owned),
        note: call.option("note").map(str::to_owned),
        owner,
    })
}

async fn update(call: &Call, problem: &Problem, change: ProblemChange) -> Result<Reply, Error> {
    let words = call.words;
    let texts = [
        (
            words.label_problem_workaround(),
            change.workaround.clone().unwrap_or_default(),
        ),
        (
            words.label_problem_note(),
            change.note.clone().unwrap_or_default(),
        ),
    ];
    let act = ProblemAct::Amend(change);
    let (by, cause) = (&call.actor, &call.cause);
    let done = call
        .desk
        .change_problem(problem.id, by, act, cause, call.now)
        .await;
    let changed = match done {
        Ok(changed) => changed,
        Err(error) => {
            let refusal = work::refusal(error)?;
            let texts = texts
                .each_ref()
                .map(|(name, text)| (name.clone(), text.as_str()));
            let post = kept(words, &refusal, words.not_done_kept(), &texts);
            return Ok(Reply::Say(post));
        }
    };
    let just_resolved =
        changed.state == ProblemState::Resolved && problem.state != ProblemState::Resolved;
    let text = if just_resolved {
        words.problem_updated_resolved(changed.number)
    } else {
        words.problem_updated(changed.number, &words.problem_state(changed.state))
    };
    let post = shown(call, changed.number).await?;
    let post = Post { text, ..post };
    Ok(match call.input {
        Input::Press { .. } | Input::Choose { .. } => Reply::Update(post),
        _ => Reply::Say(post),
    })
}
