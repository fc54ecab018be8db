//! `/report`: what the desk did in a period.

use futures::FutureExt;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

use super::admin_config::{tier_named, tiers};
use crate::desk::{Error, OpenedIn, Wanted};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::pictures::{sheet, sheet_of_one};
use crate::discord::reply::{Button, Post, Reply, Style, Upload};
use crate::discord::views::export::{Export, file, file_of_one};
use crate::discord::views::personal;
use crate::discord::views::report::shown;
use crate::discord::words::Words;
use crate::domain::category::Category;
use crate::domain::ids::{GuildId, UserId};
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::report::Period;

/// `/report [period] [category] [tier] [person] [hours] [file]`
pub const COMMAND: Command = Command {
    path: "report",
    kind: Kind::Slash,
    about: "See what the desk did in a period, or you: how fast, how well, and where it waited",
    who: Who::Staff,
    place: Place::Server,
    answers: Answers::Deferred,
    options: &[
        Opt {
            name: "period",
            about: "Of which days; the last 30 when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Days::ALL.into_iter();
                all.map(|days| (days.key(), days.named(words))).collect()
            }),
            required: false,
        },
        Opt {
            name: "category",
            about: "About what; everything when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Category::ALL.iter();
                all.map(|one| (one.key, words.category(one))).collect()
            }),
            required: false,
        },
        Opt {
            name: "tier",
            about: "What was done at one tier",
            kind: OptKind::Choice(tiers),
            required: false,
        },
        Opt {
            name: "person",
            about: "What one person did; figures that count fewer than 5 are not told",
            kind: OptKind::Person,
            required: false,
        },
        Opt {
            name: "hours",
            about: "When the tickets were opened; at any time when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                vec![
                    (
                        hours_key(OpenedIn::OfficeHours),
                        words.choice_office_hours(),
                    ),
                    (
                        hours_key(OpenedIn::ClosedHours),
                        words.choice_closed_hours(),
                    ),
                ]
            }),
            required: false,
        },
        Opt {
            name: "file",
            about: "Take the figures along",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                vec![("csv", words.choice_csv()), ("json", words.choice_json())]
            }),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Days {
    Today,
    Week,
    LastWeek,
    Month,
    LastMonth,
    Last30,
}

impl Days {
    const ALL: [Self; 6] = [
        Self::Today,
        Self::Week,
        Self::LastWeek,
        Self::Month,
        Self::LastMonth,
        Self::Last30,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::LastWeek => "last_week",
            Self::Month => "month",
            Self::LastMonth => "last_month",
            Self::Last30 => "last_30",
        }
    }

    fn named(self, words: Words) -> String {
        match self {
            Self::Today => words.choice_period_today(),
            Self::Week => words.choice_period_week(),
            Self::LastWeek => words.choice_period_last_week(),
            Self::Month => words.choice_period_month(),
            Self::LastMonth => words.choice_period_last_month(),
            Self::Last30 => words.choice_period_last_30(),
        }
    }

    /// Its first day, and the day after its last, where it is `today`.
    fn dates(self, today: Date) -> Result<(Date, Date), jiff::Error> {
        let tomorrow = today.tomorrow()?;
        let monday =
            today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())?;
        let first = today.first_of_month();
        Ok(match self {
            Self::Today => (today, tomorrow),
            Self::Week => (monday, tomorrow),
            Self::LastWeek => (monday.checked_sub(7.days())?, monday),
            Self::Month => (first, tomorrow),
            Self::LastMonth => (first.checked_sub(1.month())?, first),
            Self::Last30 => (today.checked_sub(29.days())?, tomorrow),
        })
    }

    /// From midnight to midnight, as clocks are set there.
    fn period(self, zone: &TimeZone, now: Timestamp) -> Result<Period, jiff::Error> {
        let (from, until) = self.dates(zone.to_datetime(now).date())?;
        let midnight = |date: Date| date.to_zoned(zone.clone()).map(|at| at.timestamp());
        Ok(Period {
            from: midnight(from)?,
            until: midnight(until)?,
        })
    }
}

fn unknown(field: &str) -> Error {
    let field = field.to_owned();
    let expected = Expected::OneOfTheChoices;
    Refusal::BadInput { field, expected }.into()
}

fn hours_key(opened: OpenedIn) -> &'static str {
    match opened {
        OpenedIn::OfficeHours => "office",
        OpenedIn::ClosedHours => "closed",
    }
}

/// What is asked for.
struct Asked {
    days: Days,
    wanted: Wanted,
    person: Option<UserId>,
    export: Option<Export>,
}

impl Asked {
    fn of(call: &Call) -> Result<Self, Error> {
        // By option, or as its buttons name it.
        let given = |name: &str, place: usize| {
            let given = call.option(name).or_else(|| call.arg(place));
            given.filter(|given| !given.is_empty())
        };
        let days = match given("period", 1) {
            Some(key) => {
                let known = Days::ALL.into_iter().find(|days| days.key() == key);
                known.ok_or_else(|| unknown("period"))?
            }
            None => Days::Last30,
        };
        let category = given("category", 2).map(|key| Category::from_key(key).ok_or("category"));
        let tier = given("tier", 3).map(|key| tier_named(key).ok_or("tier"));
        let person = given("person", 4).map(|id| id.parse().map(UserId).map_err(|_| "person"));
        let opened = given("hours", 5).map(|key| {
            let mut all = [OpenedIn::OfficeHours, OpenedIn::ClosedHours].into_iter();
            all.find(|one| hours_key(*one) == key).ok_or("hours")
        });
        let export = given("file", 0).map(|key| Export::from_key(key).ok_or("file"));
        let wanted = Wanted {
            category: category.transpose().map_err(unknown)?.map(|one| one.key),
            tier: tier.transpose().map_err(unknown)?,
            opened: opened.transpose().map_err(unknown)?,
        };
        Ok(Self {
            days,
            wanted,
            person: person.transpose().map_err(unknown)?,
            export: export.transpose().map_err(unknown)?,
        })
    }

    /// A button that gives the same as a file.
    fn line(&self, export: Export) -> Line {
        let tier = self.wanted.tier.map(|tier| tier.to_string());
        let person = self.person.map(|person| person.0.to_string());
        Line::new("report")
            .arg(export.key())
            .arg(self.days.key())
            .arg(self.wanted.category.unwrap_or_default())
            .arg(tier.unwrap_or_default())
            .arg(person.unwrap_or_default())
            .arg(self.wanted.opened.map(hours_key).unwrap_or_default())
    }
}

/// Leads and admins see everything; a technician sees what they did themselves (`SECURITY` 3.3).
fn may_see(call: &Call, person: Option<UserId>) -> Result<Option<UserId>, Error> {
    let (standing, own) = (call.actor.standing, call.actor.user);
    if Who::LeadsAndAdmins.includes(standing) {
        return Ok(person);
    }
    match person {
        Some(other) if other != own => Err(Refusal::RoleNeeded {
            roles: Who::LeadsAndAdmins.roles(),
        }
        .into()),
        _ => Ok(Some(own)),
    }
}

async fn run(call: &Call) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let mut asked = Asked::of(call)?;
    asked.person = may_see(call, asked.person)?;
    let zone = call.desk.zone(guild, call.now).await?;
    let zone = TimeZoneDatabase::bundled()
        .get(&zone)
        .unwrap_or(TimeZone::UTC);
    let period = asked
        .days
        .period(&zone, call.now)
        .map_err(|error| Error::Failed(error.into()))?;
    match asked.person {
        Some(person) => of_person(call, guild, &asked, person, period).await,
        None => of_desk(call, guild, &asked, period).await,
    }
}

async fn of_desk(
    call: &Call,
    guild: GuildId,
    asked: &Asked,
    period: Period,
) -> Result<Reply, Error> {
    let (words, wanted) = (call.words, &asked.wanted);
    let reported = call.desk.report(guild, period, wanted, call.now).await?;
    if let Some(export) = asked.export {
        return Ok(taken_along(words, file(&reported, wanted, export)));
    }
    let post = shown(words, &reported, wanted).with_buttons(buttons(words, asked));
    let name = format!("{}.png", asked.days.key());
    Ok(with_picture(post, move || sheet(words, &reported.report, &name)).await)
}

async fn of_person(
    call: &Call,
    guild: GuildId,
    asked: &Asked,
    person: UserId,
    period: Period,
) -> Result<Reply, Error> {
    let (words, wanted) = (call.words, &asked.wanted);
    let (desk, now) = (&call.desk, call.now);
    let one = desk.report_of(guild, person, period, wanted, now).await?;
    if let Some(export) = asked.export {
        return Ok(taken_along(words, file_of_one(&one, wanted, export)));
    }
    let post = personal::shown(words, &one, wanted).with_buttons(buttons(words, asked));
    let name = format!("{}.png", asked.days.key());
    Ok(with_picture(post, move || sheet_of_one(words, &one.personal, &name)).await)
}

fn taken_along(words: Words, file: Upload) -> Reply {
    let text = words.report_file(&file.name);
    Reply::Say(Post::text(text).with_file(file))
}

fn buttons(words: Words, asked: &Asked) -> Vec<Button> {
    let button = |label, export| Button::new(label, Style::Secondary, asked.line(export));
    vec![
        button(words.button_report_csv(), Export::Csv),
        button(words.button_report_json(), Export::Json),
    ]
}

/// The report with its picture. Drawing takes a processor for a while.
async fn with_picture(
    post: Post,
    draw: impl FnOnce() -> anyhow::Result<Upload> + Send + 'static,
) -> Reply {
    let drawn = tokio::task::spawn_blocking(draw).await;
    match drawn.map_err(anyhow::Error::from).flatten() {
        Ok(picture) => Reply::Say(post.with_file(picture)),
        // The figures are in the text as well.
        Err(error) => {
            tracing::error!(error = ?error, "a report could not be drawn");
            Reply::Say(post)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_goes_from_midnight_to_midnight_where_the_desk_is() {
        let zone = TimeZoneDatabase::bundled()
            .get("Europe/Berlin")
            .expect("a zone");
        // A Wednesday, an hour after midnight in Berlin; clocks had been moved on 29 March.
        let now: Timestamp = "2026-03-31T23:00:00Z".parse().expect("an instant");
        let of = |days: Days| {
            let period = days.period(&zone, now).expect("a period");
            [period.from, period.until].map(|at| zone.to_datetime(at).to_string())
        };
        let days =
            |from: &str, until: &str| [from, until].map(|day| format!("2026-{day}T00:00:00"));
        assert_eq!(of(Days::Today), days("04-01", "04-02"));
        assert_eq!(of(Days::Week), days("03-30", "04-02"));
        assert_eq!(of(Days::LastWeek), days("03-23", "03-30"));
        assert_eq!(of(Days::Month), days("04-01", "04-02"));
        assert_eq!(of(Days::LastMonth), days("03-01", "04-01"));
        assert_eq!(of(Days::Last30), days("03-03", "04-02"));
        let last_week = Days::LastWeek.period(&zone, now).expect("a period");
        let hours = last_week.until.duration_since(last_week.from).as_hours();
        assert_eq!(hours, 7 * 24 - 1, "an hour was lost");
    }
}
