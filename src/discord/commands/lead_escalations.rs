//! `/lead escalations`: what is posted in the escalation channel, and when not.

use futures::FutureExt;

use super::lead_digest::{minute, time};
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::words::Words;
use crate::domain::lines::LineRules;
use crate::domain::priority::Priority;
use crate::domain::refusal::{Expected, Refusal};

/// `/lead escalations [from] [quiet]`
pub const COMMAND: Command = Command {
    path: "lead escalations",
    kind: Kind::Slash,
    about: "See and say what is posted in the escalation channel, and when it is quiet there",
    who: Who::LeadsAndAdmins,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        Opt {
            name: "from",
            about: "The least urgent that is posted there",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                vec![
                    ("P1", words.choice_lines_from(Priority::P1)),
                    ("P2", words.choice_lines_from(Priority::P2)),
                    ("P3", words.choice_lines_from(Priority::P3)),
                    ("P4", words.choice_lines_from(Priority::P4)),
                ]
            }),
            required: false,
        },
        Opt {
            name: "quiet",
            about: "When only P1 is posted, as clocks are set where the desk is: 22:00-06:00, or off",
            kind: OptKind::Text { min: 3, max: 11 },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

/// `22:00-06:00`, or `off`; nothing where it is neither.
fn quiet(typed: &str) -> Option<Option<(i16, i16)>> {
    let typed = typed.trim();
    if typed.eq_ignore_ascii_case("off") {
        return Some(None);
    }
    let (from, until) = typed.split_once(['-', '–'])?;
    let hours = (minute(from)?, minute(until)?);
    // It would be always quiet, or never.
    (hours.0 != hours.1).then_some(Some(hours))
}

async fn run(call: &Call) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let bad = |field: &str, expected| Refusal::BadInput {
        field: field.to_owned(),
        expected,
    };
    let was = call.desk.line_rules(guild).await?;
    let mut rules = was;
    if let Some(key) = call.option("from") {
        let all = [Priority::P1, Priority::P2, Priority::P3, Priority::P4];
        let mut named = all.into_iter().filter(|one| one.to_string() == key);
        let lowest = named.next();
        rules.lowest = lowest.ok_or_else(|| bad("from", Expected::OneOfTheChoices))?;
    }
    if let Some(typed) = call.option("quiet") {
        rules.quiet = quiet(typed).ok_or_else(|| bad("quiet", Expected::QuietHours))?;
    }
    if rules != was {
        let set = call
            .desk
            .set_line_rules(guild, &call.actor, rules, call.now);
        set.await?;
    }
    let zone = call.desk.zone(guild, call.now).await?;
    Ok(Reply::Say(Post::text(said(call.words, &rules, &zone))))
}

/// What stands there.
pub(super) fn said(words: Words, rules: &LineRules, zone: &str) -> String {
    let lowest = match rules.lowest {
        Priority::P4 => words.lines_all(),
        lowest => words.lines_from(lowest),
    };
    let quiet = match rules.quiet {
        Some((from, until)) => words.lines_quiet(&time(from), &time(until), zone),
        None => words.lines_never_quiet(),
    };
    words.lines_now(&lowest, &quiet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_are_read_as_people_write_them() {
        let night = Some(Some((22 * 60, 6 * 60)));
        assert_eq!(
            (quiet("22:00-06:00"), quiet("22:00 – 6:00")),
            (night, night)
        );
        assert_eq!((quiet("off"), quiet(" OFF ")), (Some(None), Some(None)));
        for bad in ["22-6", "22:00", "22:00-22:00", "22:00-24:00", "on", ""] {
            assert_eq!(quiet(bad), None, "{bad}");
        }
    }
}
