//! `/lead digest`: when the leads' channel reads by itself what the desk did.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::words::Words;
use crate::domain::digest::Rhythm;
use crate::domain::refusal::{Expected, Refusal};

/// `/lead digest [daily] [weekly] [at]`
pub const COMMAND: Command = Command {
    path: "lead digest",
    kind: Kind::Slash,
    about: "See and say when the leads' channel reads by itself what the desk did",
    who: Who::LeadsAndAdmins,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        Opt {
            name: "daily",
            about: "Each day, of the day before",
            kind: OptKind::Choice(on_or_off),
            required: false,
        },
        Opt {
            name: "weekly",
            about: "Each Monday, of the week before",
            kind: OptKind::Choice(on_or_off),
            required: false,
        },
        Opt {
            name: "at",
            about: "At what time, as clocks are set where the desk is: 08:00",
            kind: OptKind::Text { min: 4, max: 5 },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

fn on_or_off() -> Vec<(&'static str, String)> {
    let words = Words::of("en");
    vec![
        ("on", words.choice_digest_on()),
        ("off", words.choice_digest_off()),
    ]
}

fn chosen(call: &Call, field: &str) -> Result<Option<bool>, Refusal> {
    match call.option(field) {
        None => Ok(None),
        Some("on") => Ok(Some(true)),
        Some("off") => Ok(Some(false)),
        Some(_) => Err(Refusal::BadInput {
            field: field.to_owned(),
            expected: Expected::OneOfTheChoices,
        }),
    }
}

/// The minute of the day: `8:00`, `08:00`, `17:30`.
pub(super) fn minute(typed: &str) -> Option<i16> {
    let (hour, minute) = typed.trim().split_once(':')?;
    let number = |text: &str, below: i16| {
        let digits = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: i16 = text.parse().ok().filter(|_| digits)?;
        (number < below).then_some(number)
    };
    let minute = number(minute, 60).filter(|_| minute.len() == 2)?;
    Some(number(hour, 24)? * 60 + minute)
}

/// As people write it.
pub(super) fn time(minute: i16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

async fn run(call: &Call) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let was = call.desk.digests(guild).await?;
    let at = match call.option("at") {
        Some(typed) => Some(minute(typed).ok_or_else(|| Refusal::BadInput {
            field: "at".to_owned(),
            expected: Expected::TimeOfDay,
        })?),
        None => None,
    };
    let rhythm = Rhythm {
        minute: at.unwrap_or(was.minute),
        daily: chosen(call, "daily")?.unwrap_or(was.daily),
        weekly: chosen(call, "weekly")?.unwrap_or(was.weekly),
    };
    if rhythm != was {
        let set = call.desk.set_digests(guild, &call.actor, rhythm, call.now);
        set.await?;
    }
    let zone = call.desk.zone(guild, call.now).await?;
    Ok(Reply::Say(Post::text(said(call.words, &rhythm, &zone))))
}

/// When they come.
pub(super) fn said(words: Words, rhythm: &Rhythm, zone: &str) -> String {
    let time = time(rhythm.minute);
    let daily = if rhythm.daily {
        words.digests_at(&time)
    } else {
        words.digests_off()
    };
    let weekly = if rhythm.weekly {
        words.digests_monday(&time)
    } else {
        words.digests_off()
    };
    words.digests_now(&daily, &weekly, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        let all = ["08:00", "8:00", "0:00", "23:59"].map(minute);
        assert_eq!(all, [Some(480), Some(480), Some(0), Some(1439)]);
        for bad in [
            "8", "24:00", "8:60", "8:5", "-8:00", "+8:00", "008:00", "8 am", "",
        ] {
            assert_eq!(minute(bad), None, "{bad}");
        }
        assert_eq!(
            (time(480), time(1439)),
            ("08:00".to_owned(), "23:59".to_owned())
        );
    }
}
