//! What the commands about problems have in common.

use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Opt, OptKind};
use crate::domain::ids::ProblemNumber;
use crate::domain::problem::{Problem, ProblemRefusal};
use crate::domain::refusal::Refusal;

/// The option by which a problem is named.
pub(super) const PROBLEM: Opt = Opt {
    name: "problem",
    about: "Which problem: type a word of its title, or its number",
    kind: OptKind::Suggested { max: 100 },
    required: true,
};

/// The problem that is meant: the option, else what was chosen, else the one on the button.
pub(super) async fn problem(call: &Call) -> Result<Problem, Error> {
    let named = match &call.input {
        Input::Choose { values, args, .. } if args.first().is_none_or(|arg| !is_number(arg)) => {
            values.first().map(String::as_str)
        }
        _ => call.option("problem").or_else(|| call.arg(0)),
    };
    let named = named.ok_or(Refusal::from(ProblemRefusal::Which))?;
    let number = named
        .parse()
        .map_err(|_| Refusal::from(ProblemRefusal::Unknown))?;
    call.desk.problem(call.guild()?, number).await
}

fn is_number(arg: &str) -> bool {
    arg.starts_with("PRB-") && arg.parse::<ProblemNumber>().is_ok()
}

/// What could go into the option `problem`.
pub(super) async fn suggest(call: &Call, typed: &str) -> Result<Vec<(String, String)>, Error> {
    let found = call.desk.suggest_problems(call.guild()?, typed).await?;
    Ok(found
        .into_iter()
        .map(|(number, title)| {
            let title = crate::discord::plain::one_line(&title);
            let label = call.words.problem_title(number, &title);
            (number.to_string(), crate::discord::plain::cut(&label, 100))
        })
        .collect())
}
