//! `/duty away`: nothing is offered to the asker for a while, and somebody stands in.

use futures::FutureExt;
use jiff::Timestamp;

use super::duty::{chosen, person, with_what_is_left};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Button, Choice, PeopleSelect, Post, Reply, Select, Style};
use crate::discord::words::duty::day_and_time;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;

/// Stands in the ids of its own selects and buttons too.
const PATH: &str = "duty away";

/// They are not away any more.
const BACK: &str = "back";

/// `/duty away [until] [deputy]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Be away for a while: nothing is offered to you, and somebody can stand in",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        Opt {
            name: "until",
            about: "How long, or until when: 2h, 3 days, 2026-08-01; a list comes when you leave it out",
            kind: OptKind::Text { min: 1, max: 40 },
            required: false,
        },
        Opt {
            name: "deputy",
            about: "Who stands in: what would come back to you goes to them",
            kind: OptKind::Person,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    match &call.input {
        Input::Press { args, .. } if args.first().is_some_and(|arg| arg == BACK) => {
            return back(call).await;
        }
        // Until when was said before; now it is said who stands in.
        Input::Choose { args, .. } if !args.is_empty() => {
            let until = args.first().and_then(|ms| ms.parse().ok());
            let until = until.and_then(|ms| Timestamp::from_millisecond(ms).ok());
            let until = until.ok_or(Refusal::StaleButton)?;
            let reply = away(call, until, chosen(call)?).await?;
            return Ok(Reply::Update(reply));
        }
        _ => {}
    }
    let chosen = call.values().first().map(String::as_str);
    let Some(typed) = chosen.or_else(|| call.option("until")) else {
        return Ok(Reply::Say(choose(call)));
    };
    let until = call.desk.until(call.guild()?, typed, call.now).await?;
    let post = away(call, until, person(call, "deputy")?).await?;
    Ok(match call.input {
        Input::Choose { .. } => Reply::Update(post),
        _ => Reply::Say(post),
    })
}

async fn away(call: &Call, until: Timestamp, deputy: Option<UserId>) -> Result<Post, Error> {
    let words = call.words;
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let away = Some((until, deputy));
    let change = call.desk.set_away(guild, by, away, cause, call.now).await?;
    let mut lines = vec![words.duty_away(&day_and_time(until))];
    lines.extend(deputy.map(|deputy| words.duty_away_deputy(deputy)));
    let mut post = with_what_is_left(words, Post::text(lines.join("\n")), &change);
    if deputy.is_none() {
        post = post.with_people(PeopleSelect {
            line: Line::new(PATH).arg(until.as_millisecond()),
            placeholder: words.placeholder_deputy(),
        });
    }
    let line = Line::new(PATH).arg(BACK);
    let back = Button::new(words.button_back(), Style::Secondary, line);
    Ok(post.with_buttons(vec![back]))
}

async fn back(call: &Call) -> Result<Reply, Error> {
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    call.desk.set_away(guild, by, None, cause, call.now).await?;
    Ok(Reply::Update(Post::text(call.words.duty_back())))
}

fn choose(call: &Call) -> Post {
    let words = call.words;
    let spans = [
        ("1h", words.away_hour()),
        ("4h", words.away_half_day()),
        ("1d", words.away_day()),
        ("3d", words.away_days()),
        ("1w", words.away_week()),
        ("2w", words.away_weeks()),
        ("4w", words.away_month()),
    ];
    let options = spans.map(|(value, label)| Choice {
        label,
        value: value.to_owned(),
        about: None,
        chosen: false,
    });
    Post::text(words.duty_away_choose()).with_select(Select {
        line: Line::new(PATH),
        placeholder: words.placeholder_away(),
        options: options.into(),
        min: 1,
        max: 1,
    })
}
