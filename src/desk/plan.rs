//! The file of calendars and promises: TOML that people write, read with the line of everything that is wrong with it.
//!
//! ```toml
//! warn = [75, 90]
//!
//! [calendars.business]
//! hours = "Mon-Fri 09:00-17:00 Europe/Berlin"
//! holidays = ["2026-12-25"]
//!
//! [promises.P1]
//! calendar = "always"
//! first = "15 min"
//! update = "every 30 min"
//! solution = "4 h"
//!
//! [[escalation.P2]]
//! while = "unclaimed"
//! after = "15 min"
//! leads = "told"
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZoneDatabase;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::calendar::{Hours, Interval};
use crate::domain::category::Category;
use crate::domain::clocks::{ALWAYS, BUSINESS, Book, Terms, WARNINGS, read_target, read_update};
use crate::domain::priority::Priority;
use crate::domain::rungs::Ladders;
use crate::domain::vendor::read_hours;

mod steps;
#[cfg(test)]
mod tests;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The calendars that it sets, by name. Others stay as they are.
    pub calendars: BTreeMap<String, PlannedHours>,
    /// What it promises; none where it says nothing of that.
    pub book: Option<Book>,
    /// What happens by itself when nobody moves; none where it says nothing of that.
    #[serde(default)]
    pub steps: Option<Ladders>,
}

impl Plan {
    /// What would be promised where that is `before`. What the file says nothing of stays.
    pub fn after(&self, before: &Book) -> Book {
        let mut after = self.book.clone().unwrap_or_else(|| before.clone());
        let steps = self.steps.as_ref().unwrap_or(&before.ladders);
        after.ladders = steps.clone();
        after
    }
}

/// A calendar in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedHours {
    /// The week, and in which zone.
    pub week: Hours,
    /// The days on which it is closed; those that were there stay where the file leaves them out.
    pub holidays: Option<Vec<String>>,
    /// Days with hours of their own, likewise.
    pub overrides: Option<BTreeMap<String, Vec<Interval>>>,
}

impl PlannedHours {
    /// What it comes to where it was `before`.
    pub fn after(&self, before: Option<&Hours>) -> Hours {
        let before = before.cloned().unwrap_or_default();
        Hours {
            holidays: self.holidays.clone().unwrap_or(before.holidays),
            overrides: self.overrides.clone().unwrap_or(before.overrides),
            ..self.week.clone()
        }
    }
}

/// Something wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanFault {
    /// In which line, from 1.
    pub line: usize,
    /// At which character of it, from 1.
    pub column: usize,
    /// What, and what to write instead. It repeats what stands there: hostile text.
    pub what: String,
}

impl fmt::Display for PlanFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: error: ", self.line, self.column)?;
        // A terminal must not be steered by what stands in a file.
        for c in self.what.chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads a file. Promises can name its calendars, the two that are always there, and those `there` already. `now` is for
/// how fast calendars are, not for what they say.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the lines.
pub fn read_plan(text: &str, there: &[&str], now: Timestamp) -> Result<Plan, Vec<PlanFault>> {
    let mut reader = Reader {
        text,
        now,
        faults: Vec::new(),
    };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        reader.fault(at, error.message().to_owned());
    }
    // What follows from a line that cannot be read helps nobody.
    if !reader.faults.is_empty() {
        return Err(reader.sorted());
    }
    let plan = reader.plan(root.get_ref(), there);
    if reader.faults.is_empty() {
        Ok(plan)
    } else {
        Err(reader.sorted())
    }
}

struct Reader<'a> {
    text: &'a str,
    now: Timestamp,
    faults: Vec<PlanFault>,
}

impl Reader<'_> {
    fn fault(&mut self, at: Range<usize>, what: String) {
        let before = self.text.get(..at.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let last = before.rsplit('\n').next().unwrap_or_default();
        let column = last.chars().count() + 1;
        self.faults.push(PlanFault { line, column, what });
    }

    fn sorted(mut self) -> Vec<PlanFault> {
        self.faults.sort();
        self.faults.dedup();
        self.faults
    }

    fn plan(&mut self, root: &DeTable<'_>, there: &[&str]) -> Plan {
        const KEYS: [&str; 5] = ["warn", "calendars", "promises", "categories", "escalation"];
        self.known_keys(root, &KEYS);
        let steps = self.steps(root);
        let mut calendars = BTreeMap::new();
        if let Some(all) = self.table_in(root, "calendars") {
            for (name, value) in all {
                if let Some(read) = self.calendar(name.get_ref(), name.span(), value) {
                    calendars.insert(name.get_ref().to_string(), read);
                }
            }
        }
        let promises = ["warn", "promises", "categories"];
        if !promises.iter().any(|key| root.contains_key(*key)) {
            return Plan {
                calendars,
                book: None,
                steps,
            };
        }
        let mut names: Vec<&str> = calendars.keys().map(String::as_str).collect();
        // A calendar that is there and wrong is told of once.
        if let Some(DeValue::Table(all)) = root.get("calendars").map(Spanned::get_ref) {
            names.extend(all.keys().map(|name| name.get_ref().as_ref()));
        }
        names.extend([ALWAYS, BUSINESS]);
        names.extend(there);
        let book = self.book(root, &names);
        Plan {
            calendars,
            book,
            steps,
        }
    }

    fn book(&mut self, root: &DeTable<'_>, calendars: &[&str]) -> Option<Book> {
        let warn = match root.get("warn") {
            Some(value) => self.warn(value),
            None => Book::default().warn,
        };
        let mut priorities = BTreeMap::new();
        match root.get("promises") {
            None => self.fault(
                0..0,
                "there are no promises: write [promises.P1] to [promises.P4]".to_owned(),
            ),
            Some(value) => {
                if let Some(all) = self.table(value, "promises") {
                    for (priority, value) in self.by_priority(all) {
                        let terms = self.terms(value, None, calendars);
                        priorities.extend(terms.map(|terms| (priority, terms)));
                    }
                    for missing in Priority::ALL {
                        if !has_priority(all, missing) {
                            let what = format!(
                                "{missing} is missing: every priority is promised something; add [promises.{missing}]"
                            );
                            self.fault(value.span(), what);
                        }
                    }
                }
            }
        }
        let mut categories = BTreeMap::new();
        if let Some(all) = self.table_in(root, "categories") {
            for (key, value) in all {
                let Some(category) = Category::from_key(key.get_ref()) else {
                    let keys: Vec<&str> = Category::ALL.iter().map(|one| one.key).collect();
                    let keys = keys.join(", ");
                    self.fault(
                        key.span(),
                        format!(
                            "there is no category \"{}\": write one of {keys}",
                            key.get_ref()
                        ),
                    );
                    continue;
                };
                let Some(table) = self.table(value, "a category") else {
                    continue;
                };
                let mut own = BTreeMap::new();
                for (priority, value) in self.by_priority(table) {
                    let terms = self.terms(value, priorities.get(&priority), calendars);
                    own.extend(terms.map(|terms| (priority, terms)));
                }
                if !own.is_empty() {
                    categories.insert(category.key.to_owned(), own);
                }
            }
        }
        Some(Book {
            warn,
            priorities,
            categories,
            ladders: Ladders::default(),
        })
    }

    fn warn(&mut self, value: &Value<'_>) -> Vec<u32> {
        let wrong = || {
            let all = WARNINGS.map(|percent| percent.to_string()).join(", ");
            format!("warnings come at some of {all} per cent: write warn = [75, 90]")
        };
        let Some(listed) = value.get_ref().as_array() else {
            self.fault(value.span(), wrong());
            return Vec::new();
        };
        let mut percents = Vec::new();
        for one in listed {
            let read = one.get_ref().as_integer();
            let read = read.and_then(|read| read.as_str().parse::<u32>().ok());
            match read.filter(|percent| WARNINGS.contains(percent)) {
                Some(percent) => percents.push(percent),
                None => self.fault(one.span(), wrong()),
            }
        }
        percents.sort_unstable();
        percents.dedup();
        percents
    }

    fn by_priority<'t, 'i>(&mut self, table: &'t DeTable<'i>) -> Vec<(Priority, &'t Value<'i>)> {
        let mut read = Vec::new();
        for (key, value) in table {
            let mut all = Priority::ALL.into_iter();
            match all.find(|priority| priority.to_string() == *key.get_ref()) {
                Some(priority) => read.push((priority, value)),
                None => self.fault(
                    key.span(),
                    format!(
                        "there is no priority \"{}\": write P1, P2, P3, or P4",
                        key.get_ref()
                    ),
                ),
            }
        }
        read
    }

    /// What is promised for one priority. What is left out is as in `usual`, where there is that.
    fn terms(
        &mut self,
        value: &Value<'_>,
        usual: Option<&Terms>,
        calendars: &[&str],
    ) -> Option<Terms> {
        const KEYS: [&str; 4] = ["calendar", "first", "update", "solution"];
        let table = self.table(value, "a promise")?;
        self.known_keys(table, &KEYS);
        let mut terms = usual.cloned().unwrap_or_else(|| Terms {
            calendar: BUSINESS.to_owned(),
            first_response: None,
            next_update: None,
            next_update_mode: Default::default(),
            resolution: None,
        });
        if usual.is_none() {
            for key in KEYS {
                if !table.contains_key(key) {
                    let none = if key == "calendar" { BUSINESS } else { "none" };
                    let what = format!("{key} is missing: write {key} = \"{none}\", or what it is");
                    self.fault(value.span(), what);
                }
            }
        }
        const TIME: &str =
            "write hours and minutes, such as \"4 h\" or \"1 h 30 min\", or \"none\"";
        if let Some((typed, at)) = self.text_in(table, "calendar") {
            if !calendars.contains(&typed.as_str()) {
                let what = format!(
                    "there is no calendar \"{typed}\": add [calendars.{typed}], or name one that is there"
                );
                self.fault(at, what);
            }
            terms.calendar = typed;
        }
        for key in ["first", "solution"] {
            let Some((typed, at)) = self.text_in(table, key) else {
                continue;
            };
            match read_target(&typed) {
                Some(target) if key == "first" => terms.first_response = target,
                Some(target) => terms.resolution = target,
                None => self.fault(at, format!("\"{typed}\" is no target: {TIME}")),
            }
        }
        if let Some((typed, at)) = self.text_in(table, "update") {
            match read_update(&typed) {
                Some((target, mode)) => {
                    terms.next_update = target;
                    terms.next_update_mode = mode;
                }
                None => self.fault(
                    at,
                    format!("\"{typed}\" is no target: {TIME}, or \"every 30 min\""),
                ),
            }
        }
        Some(terms)
    }

    fn calendar(
        &mut self,
        name: &str,
        at: Range<usize>,
        value: &Value<'_>,
    ) -> Option<PlannedHours> {
        let table = self.table(value, "a calendar")?;
        self.known_keys(table, &["hours", "holidays", "overrides"]);
        if name.trim() != name || name.is_empty() || name.chars().count() > 40 {
            self.fault(at, "a calendar's name has 1 to 40 characters".to_owned());
        }
        let Some((line, at)) = self.text_in(table, "hours") else {
            if !table.contains_key("hours") {
                let what = "hours is missing: write hours = \"Mon-Fri 09:00-17:00 Europe/Berlin\", or \"24/7\"";
                self.fault(value.span(), what.to_owned());
            }
            return None;
        };
        let Some(week) = read_hours(&line) else {
            let what = format!(
                "\"{line}\" are no hours: write days, times and a time zone, such as \"Mon-Fri 09:00-17:00 Europe/Berlin\", or \"24/7\""
            );
            self.fault(at, what);
            return None;
        };
        if let Err(fault) = week.calendar(&TimeZoneDatabase::bundled(), self.now) {
            self.fault(at, fault.to_string());
        }
        let holidays = table.get("holidays").map(|value| self.holidays(value));
        let overrides = table.get("overrides").map(|value| self.overrides(value));
        Some(PlannedHours {
            week,
            holidays,
            overrides,
        })
    }

    fn holidays(&mut self, value: &Value<'_>) -> Vec<String> {
        let Some(listed) = value.get_ref().as_array() else {
            let what = "holidays are a list of dates: write holidays = [\"2026-12-25\"]";
            self.fault(value.span(), what.to_owned());
            return Vec::new();
        };
        let mut days = Vec::new();
        for one in listed {
            let written = match one.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Datetime(date) => date.to_string(),
                other => other.type_str().to_owned(),
            };
            days.extend(self.date(&written, one.span()));
        }
        days.sort();
        days.dedup();
        days
    }

    fn overrides(&mut self, value: &Value<'_>) -> BTreeMap<String, Vec<Interval>> {
        let mut days = BTreeMap::new();
        let Some(table) = self.table(value, "overrides") else {
            return days;
        };
        for (day, value) in table {
            let Some(day) = self.date(day.get_ref(), day.span()) else {
                continue;
            };
            let line = value.get_ref().as_str().unwrap_or_default().trim();
            // The hours of one day are those of a week of which only one day is asked.
            let read = match line {
                "closed" => Some(Vec::new()),
                _ => read_hours(&format!("Mon {line} UTC"))
                    .filter(|hours| {
                        hours
                            .calendar(&TimeZoneDatabase::bundled(), self.now)
                            .is_ok()
                    })
                    .and_then(|mut hours| hours.weekly.remove("mon"))
                    .filter(|_| !line.contains(',')),
            };
            match read {
                Some(ranges) => {
                    days.insert(day, ranges);
                }
                None => {
                    let what = "that are no hours of a day: write \"09:00-12:00 13:00-15:00\", or \"closed\"";
                    self.fault(value.span(), what.to_owned());
                }
            }
        }
        days
    }

    fn date(&mut self, written: &str, at: Range<usize>) -> Option<String> {
        let date: Option<Date> = written.parse().ok();
        if date.is_some_and(|date| date.to_string() == written) {
            return Some(written.to_owned());
        }
        self.fault(
            at,
            format!("there is no date \"{written}\": write it as 2026-12-24"),
        );
        None
    }

    fn known_keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let known = known.join(", ");
                let what = format!(
                    "\"{}\" is not known here: write one of {known}",
                    key.get_ref()
                );
                self.fault(key.span(), what);
            }
        }
    }

    fn table<'t, 'i>(&mut self, value: &'t Value<'i>, what: &str) -> Option<&'t DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let found = value.get_ref().type_str();
            self.fault(
                value.span(),
                format!("{what} is a table, and this is of type {found}"),
            );
        }
        table
    }

    fn table_in<'t, 'i>(&mut self, table: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
        let value = table.get(key)?;
        self.table(value, key)
    }

    fn text_in(&mut self, table: &DeTable<'_>, key: &str) -> Option<(String, Range<usize>)> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            let what = format!("{key} is a text: write it between quotation marks");
            self.fault(value.span(), what);
        }
        text.map(|text| (text.trim().to_owned(), value.span()))
    }
}

fn has_priority(table: &DeTable<'_>, priority: Priority) -> bool {
    let name = priority.to_string();
    table.keys().any(|key| *key.get_ref() == name)
}
