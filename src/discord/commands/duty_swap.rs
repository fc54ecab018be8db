//! `/duty swap`: somebody else takes one of the asker's shifts, once they agree.

use futures::FutureExt;
use jiff::Timestamp;

use super::duty::person;
use crate::desk::{AHEAD_DAYS, Error};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Choice, Post, Reply, Select};
use crate::discord::views::shifts;
use crate::discord::words::duty::day_and_time;
use crate::domain::ids::{RotaId, UserId};
use crate::domain::refusal::Refusal;

/// Stands in the ids of its own buttons and selects too.
const PATH: &str = "duty swap";

/// A select shows no more.
const LISTED: usize = 25;

/// `/duty swap [with]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Ask somebody to take one of your shifts",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "with",
        about: "Who should take it; a list comes when you leave it out",
        kind: OptKind::Person,
        required: false,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    match (&call.input, call.arg(0), call.arg(1)) {
        (Input::Press { .. }, Some(swap), Some(said)) => answer(call, swap, said == "yes").await,
        // Who takes it was said first, then which shift.
        (Input::Choose { values, .. }, Some(who), Some("with")) => {
            let shift = values.first().map(String::as_str).unwrap_or_default();
            ask(call, shift, user(who)?).await
        }
        (Input::Choose { values, .. }, Some(shift), Some("who")) => {
            let who = values.first().map(String::as_str).unwrap_or_default();
            ask(call, shift, user(who)?).await
        }
        (Input::Choose { values, .. }, ..) => {
            let shift = values.first().map(String::as_str).unwrap_or_default();
            whom(call, shift).await
        }
        _ => which(call, person(call, "with")?).await,
    }
}

/// Which shift?
async fn which(call: &Call, with: Option<UserId>) -> Result<Reply, Error> {
    let words = call.words;
    let rotas = call.desk.rotas(call.guild()?).await?;
    let mut own: Vec<(Timestamp, Choice)> = rotas
        .iter()
        .flat_map(|rota| {
            let shifts = rota.shifts(call.now, AHEAD_DAYS).into_iter();
            shifts.map(move |shift| (rota, shift))
        })
        .filter(|(_, shift)| shift.user == call.actor.user && shift.from > call.now)
        .map(|(rota, shift)| (shift.from, shifts::choice(rota, &shift)))
        .collect();
    own.sort_by_key(|(from, _)| *from);
    if own.is_empty() {
        return Ok(Reply::Say(Post::text(words.swap_none())));
    }
    let line = Line::new(PATH);
    let select = Select {
        line: match with {
            Some(with) => line.arg(with).arg("with"),
            None => line,
        },
        placeholder: words.placeholder_swap_shift(),
        options: own.into_iter().take(LISTED).map(|(_, one)| one).collect(),
        min: 1,
        max: 1,
    };
    Ok(Reply::Say(
        Post::text(words.swap_choose()).with_select(select),
    ))
}

/// Who should take it?
async fn whom(call: &Call, shift: &str) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    let (id, from) = read(shift)?;
    let rota = call.desk.rota(guild, id).await?;
    let others = call.desk.technicians(guild).await?;
    let others = others
        .into_iter()
        .filter(|(user, _)| *user != call.actor.user)
        .take(LISTED)
        .map(|(user, name)| Choice {
            label: plain::cut(&plain::one_line(&name), 100),
            value: user.to_string(),
            about: None,
            chosen: false,
        });
    let select = Select {
        line: Line::new(PATH).arg(shift).arg("who"),
        placeholder: words.placeholder_swap_who(),
        options: others.collect(),
        min: 1,
        max: 1,
    };
    if select.options.is_empty() {
        return Err(Refusal::NoSuchShift.into());
    }
    let text = words.swap_who(&plain::shown_line(&rota.name), &day_and_time(from));
    Ok(Reply::Update(Post::text(text).with_select(select)))
}

async fn ask(call: &Call, shift: &str, who: UserId) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let (id, from) = read(shift)?;
    let rota = call.desk.rota(guild, id).await?;
    let (by, cause, now) = (&call.actor, &call.cause, call.now);
    let asked = call.desk.ask_swap(guild, by, id, from, who, cause, now);
    asked.await?;
    let name = plain::shown_line(&rota.name);
    let text = call.words.swap_asked(who, &name, &day_and_time(from));
    Ok(Reply::Update(Post::text(text)))
}

async fn answer(call: &Call, swap: &str, agreed: bool) -> Result<Reply, Error> {
    let id = swap.strip_prefix('s').and_then(|id| id.parse().ok());
    let id = id.ok_or(Refusal::StaleButton)?;
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let desk = &call.desk;
    let swapped = desk
        .answer_swap(guild, by, id, agreed, cause, call.now)
        .await?;
    let (name, from) = (plain::shown_line(&swapped.name), day_and_time(swapped.from));
    let text = if agreed {
        call.words.swap_agreed(&name, &from, swapped.asker)
    } else {
        call.words.swap_declined(&name, &from, swapped.asker)
    };
    Ok(Reply::Say(Post::text(text)))
}

/// `7-1781513000000`: which rota, and when the shift begins.
fn read(shift: &str) -> Result<(RotaId, Timestamp), Error> {
    let read = || {
        let (id, from) = shift.split_once('-')?;
        let from = Timestamp::from_millisecond(from.parse().ok()?).ok()?;
        Some((id.parse().ok()?, from))
    };
    Ok(read().ok_or(Refusal::StaleButton)?)
}

fn user(id: &str) -> Result<UserId, Error> {
    Ok(UserId(id.parse().map_err(|_| Refusal::StaleButton)?))
}
