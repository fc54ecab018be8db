//! `/report`: what the desk did in a period.

use futures::FutureExt;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::pictures::sheet;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::views::report::{Export, file, shown};
use crate::discord::words::Words;
use crate::domain::category::Category;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::report::Period;

/// `/report [period] [category] [file]`
pub const COMMAND: Command = Command {
    path: "report",
    kind: Kind::Slash,
    about: "See what the desk did in a period: how fast, how well, and where it waited",
    who: Who::LeadsAndAdmins,
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

fn unknown(field: &str) -> Refusal {
    Refusal::BadInput {
        field: field.to_owned(),
        expected: Expected::OneOfTheChoices,
    }
}

async fn run(call: &Call) -> Result<Reply, Error> {
    let (guild, words) = (call.guild()?, call.words);
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
    let category = match given("category", 2) {
        Some(key) => Some(Category::from_key(key).ok_or_else(|| unknown("category"))?),
        None => None,
    };
    let export = match given("file", 0) {
        Some(key) => Some(Export::from_key(key).ok_or_else(|| unknown("file"))?),
        None => None,
    };
    let zone = call.desk.zone(guild, call.now).await?;
    let zone = TimeZoneDatabase::bundled()
        .get(&zone)
        .unwrap_or(TimeZone::UTC);
    let period = days
        .period(&zone, call.now)
        .map_err(|error| Error::Failed(error.into()))?;
    let key = category.map(|category| category.key);
    let reported = call.desk.report(guild, period, key, call.now).await?;
    if let Some(export) = export {
        let file = file(&reported, category, export);
        let text = words.report_file(&file.name);
        return Ok(Reply::Say(Post::text(text).with_file(file)));
    }
    let line = |export: Export| {
        let line = Line::new("report").arg(export.key()).arg(days.key());
        line.arg(key.unwrap_or_default())
    };
    let buttons = vec![
        Button::new(
            words.button_report_csv(),
            Style::Secondary,
            line(Export::Csv),
        ),
        Button::new(
            words.button_report_json(),
            Style::Secondary,
            line(Export::Json),
        ),
    ];
    let post = shown(words, &reported, category).with_buttons(buttons);
    let name = format!("{}.png", days.key());
    let drawn = tokio::task::spawn_blocking(move || sheet(words, &reported.report, &name));
    match drawn.await.map_err(anyhow::Error::from).flatten() {
        Ok(picture) => Ok(Reply::Say(post.with_file(picture))),
        // The figures are in the text as well.
        Err(error) => {
            tracing::error!(error = ?error, "a report could not be drawn");
            Ok(Reply::Say(post))
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
