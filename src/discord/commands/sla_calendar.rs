//! `/sla calendar`: when the desk is open, and for a desk admin, since when it is open otherwise.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::{Embed, Post, Reply};
use crate::discord::words::parts::colour;
use crate::domain::calendar::Hours;
use crate::domain::clocks::BUSINESS;
use crate::domain::refusal::Refusal;
use crate::domain::vendor::{read_hours, show_hours};

/// The option that names a calendar.
pub(super) const CALENDAR: Opt = Opt {
    name: "calendar",
    about: "Which calendar: business, always, or a new name; business when you leave it out",
    kind: OptKind::Text { min: 1, max: 40 },
    required: false,
};

/// `/sla calendar [calendar] [hours]`
pub const COMMAND: Command = Command {
    path: "sla calendar",
    kind: Kind::Slash,
    about: "See when the desk is open; admins set it",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        CALENDAR,
        Opt {
            name: "hours",
            about: "For admins: Mon-Fri 09:00-12:00 13:00-17:00, Sat 22:00-06:00 Europe/Berlin, or 24/7",
            kind: OptKind::Text { min: 3, max: 400 },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    let name = call.option("calendar").unwrap_or(BUSINESS).trim();
    let work = call.desk.clockwork(guild, call.now).await?;
    let Some(line) = call.option("hours") else {
        let all = work.hours.iter().map(|(name, hours)| {
            let mut line = words.calendar_line(&plain::shown_line(name), &shown(hours));
            let days = hours.holidays.len();
            if days > 0 {
                line.push('\n');
                line.push_str(&words.calendar_holidays(days));
            }
            line
        });
        let all: Vec<String> = all.collect();
        return Ok(Reply::Say(Post::embed(Embed {
            title: Some(words.calendar_title()),
            description: Some(all.join("\n")),
            colour: Some(colour::QUIET),
            ..Embed::default()
        })));
    };
    let read = read_hours(line).ok_or(Refusal::BadHours { why: None })?;
    // Holidays are a matter of their own: other hours do not take them back.
    let hours = match work.hours.get(name) {
        Some(before) => Hours {
            holidays: before.holidays.clone(),
            overrides: before.overrides.clone(),
            ..read
        },
        None => read,
    };
    let desk = &call.desk;
    let moved = desk
        .set_calendar(guild, &call.actor, name, &hours, call.now)
        .await?;
    let said = words.calendar_set(&plain::shown_line(name), &shown(&hours), moved);
    Ok(Reply::Say(Post::text(said)))
}

fn shown(hours: &Hours) -> String {
    plain::shown_line(&show_hours(hours))
}
