//! `/sla holidays`: the days on which the desk is closed; admins add and take back.

use futures::FutureExt;
use jiff::tz::TimeZoneDatabase;

use super::sla_calendar::CALENDAR;
use super::sla_policy::refuse_unless_admin;
use crate::desk::{Error, Plan, PlannedHours};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::{Embed, Post, Reply};
use crate::discord::views::policy;
use crate::discord::words::parts::colour;
use crate::domain::calendar::{Hours, read_holidays};
use crate::domain::clocks::BUSINESS;
use crate::domain::refusal::Refusal;

/// So many dates stand in one answer.
const SHOWN: usize = 60;

/// Stands in the id of its own button too.
const PATH: &str = "sla holidays";

/// `/sla holidays [calendar] [add] [remove] [file]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "See on which days the desk is closed; admins add days and take them back",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        CALENDAR,
        Opt {
            name: "add",
            about: "For admins: days on which the desk is closed, such as 2026-12-24 2026-12-25",
            kind: OptKind::Text { min: 10, max: 1000 },
            required: false,
        },
        Opt {
            name: "remove",
            about: "For admins: days on which it is open after all",
            kind: OptKind::Text { min: 10, max: 1000 },
            required: false,
        },
        Opt {
            name: "file",
            about: "For admins: an iCalendar file (.ics) of holidays; you see what it closes first",
            kind: OptKind::File,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    if let (Input::Press { .. }, Some("file"), Some(file)) = (&call.input, call.arg(0), call.arg(1))
    {
        return confirmed(call, file).await;
    }
    let name = call.option("calendar").unwrap_or(BUSINESS).trim();
    let shown = plain::shown_line(name);
    let work = call.desk.clockwork(guild, call.now).await?;
    let Some(hours) = work.hours.get(name) else {
        let why = Some(words.calendar_unknown(&shown));
        return Err(Refusal::BadHours { why }.into());
    };
    let days = |option: &str| -> Vec<String> {
        let typed = call.option(option).unwrap_or_default();
        let parts = typed.split([' ', ',', ';']);
        let days = parts.filter(|day| !day.is_empty());
        days.map(str::to_owned).collect()
    };
    let (add, remove) = (days("add"), days("remove"));
    if call.file("file").is_some() {
        return given(call, name, hours, (&add, &remove)).await;
    }
    if add.is_empty() && remove.is_empty() {
        let listed: Vec<&str> = hours
            .holidays
            .iter()
            .take(SHOWN)
            .map(String::as_str)
            .collect();
        return Ok(Reply::Say(Post::embed(Embed {
            title: Some(words.holidays_title(&shown)),
            description: Some(if listed.is_empty() {
                words.holidays_none()
            } else {
                listed.join("\n")
            }),
            colour: Some(colour::QUIET),
            ..Embed::default()
        })));
    }
    let mut changed = hours.clone();
    changed.holidays.extend(add);
    changed.holidays.retain(|day| !remove.contains(day));
    changed.holidays.sort();
    changed.holidays.dedup();
    let desk = &call.desk;
    let moved = desk
        .set_calendar(guild, &call.actor, name, &changed, call.now)
        .await?;
    let said = words.holidays_set(&shown, changed.holidays.len(), moved);
    Ok(Reply::Say(Post::text(said)))
}

/// A file: what is wrong with it, or which days it would close, and which dues that would move.
async fn given(
    call: &Call,
    name: &str,
    hours: &Hours,
    (add, remove): (&[String], &[String]),
) -> Result<Reply, Error> {
    refuse_unless_admin(call)?;
    let words = call.words;
    let text = call.text_of("file").await?.unwrap_or_default();
    let today = hours.date(&TimeZoneDatabase::bundled(), call.now);
    let read = match read_holidays(&text, today) {
        Ok(read) => read,
        Err(fault) => return Ok(Reply::Say(policy::ical_fault(words, &fault))),
    };
    let of_file = read.days.keys().map(ToString::to_string);
    let mut holidays = hours.holidays.clone();
    holidays.extend(of_file.chain(add.iter().cloned()));
    holidays.retain(|day| !remove.contains(day));
    holidays.sort();
    holidays.dedup();
    let planned = PlannedHours {
        week: hours.clone(),
        holidays: Some(holidays),
        overrides: None,
    };
    let plan = Plan {
        calendars: [(name.to_owned(), planned)].into(),
        book: None,
        steps: None,
    };
    let (guild, by, now) = (call.guild()?, &call.actor, call.now);
    let preview = call.desk.plan_preview(guild, by, &plan, now).await?;
    Ok(Reply::Say(policy::closed_days(
        words, name, &read, &preview,
    )))
}

async fn confirmed(call: &Call, file: &str) -> Result<Reply, Error> {
    let file = file.parse().map_err(|_| Refusal::StaleButton)?;
    let (guild, by) = (call.guild()?, &call.actor);
    let done = call.desk.apply_plan(guild, by, file, call.now).await?;
    let said = call.words.holidays_file_done(done.moved);
    Ok(Reply::Update(Post::text(said)))
}
