//! `/sla holidays`: the days on which the desk is closed; admins add and take back.

use futures::FutureExt;

use super::sla_calendar::CALENDAR;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::{Embed, Post, Reply};
use crate::discord::words::parts::colour;
use crate::domain::clocks::BUSINESS;
use crate::domain::refusal::Refusal;

/// So many dates stand in one answer.
const SHOWN: usize = 60;

/// `/sla holidays [calendar] [add] [remove]`
pub const COMMAND: Command = Command {
    path: "sla holidays",
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
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
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
