//! Outside companies that the desk works with (L4): who they are, and the hours that they keep.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::calendar::{Hours, Interval};
use super::ids::GuildId;

/// A vendor, by its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VendorId(pub i64);

/// What the desk knows of an outside company. It holds references and never what a requester wrote (`DOMAIN` 1.13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendor {
    /// Its row.
    pub id: VendorId,
    /// Whose vendor it is.
    pub guild: GuildId,
    /// Its name; unique on the desk.
    pub name: String,
    /// How to reach it: a person, a number, an address.
    pub contact: String,
    /// When it works.
    pub hours: Hours,
    /// The contract that is named when one calls.
    pub contract: String,
    /// How long it may take for an answer by default, in its own hours.
    pub response: SignedDuration,
    /// No new cases are opened with it any more.
    pub retired: bool,
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Opening hours as people write them in one line: `24/7`, or days, ranges and a time zone, such as
/// `Mon-Fri 09:00-17:00, Sat 10:00-12:00 Europe/Berlin`. Nothing when it cannot be read; whether zone and times exist, the
/// calendar says that is made of it.
pub fn read_hours(line: &str) -> Option<Hours> {
    let line = line.trim();
    if line == "24/7" {
        return Some(Hours::always());
    }
    let (parts, tz) = line.rsplit_once(char::is_whitespace)?;
    let mut hours = Hours {
        tz: tz.to_owned(),
        ..Hours::default()
    };
    for part in parts.split(',') {
        let mut words = part.split_whitespace();
        let days = days(words.next()?)?;
        let ranges: Vec<Interval> = words.map(range).collect::<Option<_>>()?;
        if ranges.is_empty() {
            return None;
        }
        for day in days {
            hours
                .weekly
                .entry((*day).to_owned())
                .or_default()
                .extend(ranges.iter().cloned());
        }
    }
    Some(hours)
}

/// `Mon`, or `Mon-Fri`.
fn days(text: &str) -> Option<&'static [&'static str]> {
    let place = |name: &str| {
        let name = name.to_lowercase();
        DAYS.iter().position(|day| *day == name)
    };
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (place(from)?, place(to)?),
        None => (place(text)?, place(text)?),
    };
    DAYS.get(from..=to)
}

/// `09:00-17:00`, also `9:00`.
fn range(text: &str) -> Option<Interval> {
    let (from, to) = text.split_once('-')?;
    let padded = |time: &str| {
        if time.len() == 4 {
            format!("0{time}")
        } else {
            time.to_owned()
        }
    };
    Some((padded(from), padded(to)))
}

/// Hours as one line that [`read_hours`] reads again: days with the same ranges stand together.
pub fn show_hours(hours: &Hours) -> String {
    if *hours == Hours::always() {
        return "24/7".to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    let mut place = 0;
    while let Some(day) = DAYS.get(place) {
        let Some(ranges) = hours.weekly.get(*day) else {
            place += 1;
            continue;
        };
        let last = (place..DAYS.len())
            .take_while(|next| hours.weekly.get(DAYS[*next]) == Some(ranges))
            .last()
            .unwrap_or(place);
        let name = |place: usize| {
            let day = DAYS[place];
            format!("{}{}", day[..1].to_uppercase(), &day[1..])
        };
        let ranges: Vec<String> = ranges
            .iter()
            .map(|(from, to)| format!("{from}-{to}"))
            .collect();
        let days = if last > place {
            format!("{}-{}", name(place), name(last))
        } else {
            name(place)
        };
        parts.push(format!("{days} {}", ranges.join(" ")));
        place = last + 1;
    }
    format!("{} {}", parts.join(", "), hours.tz)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them_and_shown_the_same() {
        for (line, shown) in [
            ("24/7", "24/7"),
            (
                "Mon-Fri 09:00-17:00 Europe/Berlin",
                "Mon-Fri 09:00-17:00 Europe/Berlin",
            ),
            (
                "mon-thu 8:30-12:00 13:00-17:00, FRI 8:30-12:00 UTC",
                "Mon-Thu 08:30-12:00 13:00-17:00, Fri 08:30-12:00 UTC",
            ),
            (
                "Sat 22:00-06:00 America/New_York",
                "Sat 22:00-06:00 America/New_York",
            ),
        ] {
            let hours = read_hours(line).expect(line);
            assert_eq!(show_hours(&hours), shown);
            assert_eq!(read_hours(shown), Some(hours), "{shown}");
        }
        for line in [
            "",
            "always",
            "Mon-Fri UTC",
            "Fri-Mon 09:00-17:00 UTC",
            "Mon 9-17",
        ] {
            assert_eq!(read_hours(line), None, "{line}");
        }
    }
}
