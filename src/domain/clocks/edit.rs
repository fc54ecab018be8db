//! What is promised, as people write it: targets in a word or two, and one change of a version at a time.

use std::collections::BTreeMap;

use jiff::Span;

use super::{Book, Terms, UpdateMode};
use crate::domain::priority::Priority;

/// The longest target, in seconds: what lies beyond a year is a slip of the finger.
const LONGEST: i64 = 366 * 24 * 3600;

/// What stands for a target that promises nothing.
const NOTHING: &str = "none";

/// The seconds that `typed` means: hours and minutes (`4 h`, `90 min`, `1 h 30 min`), from a minute to a year; nothing
/// promised for `none` or an empty text. The outer `None` where it cannot be read: a day is none, as nobody knows whether
/// it has 24 hours or those of the calendar.
pub fn read_target(typed: &str) -> Option<Option<u32>> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() || typed == NOTHING {
        return Some(None);
    }
    let span: Span = typed.parse().ok()?;
    if span.get_days() != 0 || span.get_weeks() != 0 {
        return None;
    }
    // Months and years have no length of their own and are refused here.
    let seconds = span.total(jiff::Unit::Second).ok()?;
    let whole = jiff::SignedDuration::try_from_secs_f64(seconds)
        .ok()?
        .as_secs();
    if !(60..=LONGEST).contains(&whole) {
        return None;
    }
    Some(Some(u32::try_from(whole).ok()?))
}

/// A target as [`read_target`] reads it again. Hours never become days.
pub fn show_target(seconds: Option<u32>) -> String {
    let Some(seconds) = seconds else {
        return NOTHING.to_owned();
    };
    let parts = [
        (seconds / 3600, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    parts.join(" ")
}

const EVERY: &str = "every";
const AFTER: &str = "after their message";

/// The same for updates, with what they are counted from: `every 30 min` since the desk wrote last, `8 h` or `8 h after
/// their message` since the requester did.
pub fn read_update(typed: &str) -> Option<(Option<u32>, UpdateMode)> {
    let typed = typed.trim().to_lowercase();
    if let Some(rest) = typed.strip_prefix(EVERY) {
        return Some((Some(read_target(rest)??), UpdateMode::Periodic));
    }
    let target = typed.strip_suffix(AFTER).unwrap_or(&typed);
    Some((read_target(target)?, UpdateMode::Reply))
}

/// An update's target as [`read_update`] reads it again.
pub fn show_update(terms: &Terms) -> String {
    let target = show_target(terms.next_update);
    match (terms.next_update, terms.next_update_mode) {
        (None, _) => target,
        (Some(_), UpdateMode::Periodic) => format!("{EVERY} {target}"),
        (Some(_), UpdateMode::Reply) => format!("{target} {AFTER}"),
    }
}

/// One change of what is promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyEdit {
    /// This is promised for a priority.
    Terms {
        /// For tickets of that category alone, by its key.
        category: Option<String>,
        /// For which priority.
        priority: Priority,
        /// What.
        terms: Terms,
    },
    /// Tickets of that category are promised what all others are.
    Usual {
        /// Its key.
        category: String,
    },
    /// Warnings come at these per cents.
    Warn {
        /// Of [`WARNINGS`].
        percents: Vec<u32>,
    },
}

/// At how many per cent of a target can be warned.
pub const WARNINGS: [u32; 3] = [50, 75, 90];

impl Book {
    /// The same after a change. Of a category is kept only where it differs from all others.
    #[must_use]
    pub fn edited(&self, edit: &PolicyEdit) -> Self {
        let mut book = self.clone();
        match edit {
            PolicyEdit::Terms {
                category: None,
                priority,
                terms,
            } => {
                book.priorities.insert(*priority, terms.clone());
            }
            PolicyEdit::Terms {
                category: Some(category),
                priority,
                terms,
            } => {
                let own: &mut BTreeMap<_, _> = book.categories.entry(category.clone()).or_default();
                if book.priorities.get(priority) == Some(terms) {
                    own.remove(priority);
                } else {
                    own.insert(*priority, terms.clone());
                }
                if own.is_empty() {
                    book.categories.remove(category);
                }
            }
            PolicyEdit::Usual { category } => {
                book.categories.remove(category);
            }
            PolicyEdit::Warn { percents } => {
                let known = WARNINGS.into_iter();
                book.warn = known.filter(|one| percents.contains(one)).collect();
            }
        }
        book
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_as_people_write_them_and_shown_the_same() {
        for (typed, seconds, shown) in [
            ("4h", Some(4 * 3600), "4 h"),
            (" 90 min ", Some(90 * 60), "1 h 30 min"),
            ("80 Hours", Some(80 * 3600), "80 h"),
            ("1h 30m", Some(90 * 60), "1 h 30 min"),
            ("90 s", Some(90), "1 min 30 s"),
            ("none", None, "none"),
            ("", None, "none"),
        ] {
            assert_eq!(read_target(typed), Some(seconds), "{typed}");
            assert_eq!(show_target(seconds), shown);
            assert_eq!(read_target(shown), Some(seconds), "{shown}");
        }
        for typed in [
            "2 days", "1d 4h", "1 week", "2 months", "1 year", "soon", "4", "-4h", "30 s",
            "9000 h", "0 min",
        ] {
            assert_eq!(read_target(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_update_says_from_when_it_counts() {
        let terms = |next_update, next_update_mode| Terms {
            next_update,
            next_update_mode,
            ..Book::default().priorities[&Priority::P1].clone()
        };
        let half = Some(30 * 60);
        for (typed, target, mode) in [
            ("every 30 min", half, UpdateMode::Periodic),
            ("Every 30m", half, UpdateMode::Periodic),
            ("30 min", half, UpdateMode::Reply),
            ("30 min after their message", half, UpdateMode::Reply),
            ("none", None, UpdateMode::Reply),
        ] {
            assert_eq!(read_update(typed), Some((target, mode)), "{typed}");
            let shown = show_update(&terms(target, mode));
            assert_eq!(read_update(&shown), Some((target, mode)), "{shown}");
        }
        for typed in [
            "every",
            "every none",
            "every day",
            "after their message soon",
        ] {
            assert_eq!(read_update(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_category_keeps_only_what_is_its_own() {
        let book = Book::default();
        let mut quick = book.priorities[&Priority::P3].clone();
        quick.first_response = Some(3600);
        let edit = |terms: &Terms| PolicyEdit::Terms {
            category: Some("email".to_owned()),
            priority: Priority::P3,
            terms: terms.clone(),
        };
        let own = book.edited(&edit(&quick));
        assert_eq!(own.terms("email")[&Priority::P3], quick);
        assert_eq!(own.priorities, book.priorities);
        let back = own.edited(&edit(&book.priorities[&Priority::P3]));
        assert_eq!(back, book, "what is the same for all is nobody's own");
        let usual = PolicyEdit::Usual {
            category: "email".to_owned(),
        };
        assert_eq!(own.edited(&usual), book);
        let percents = vec![90, 50, 33];
        assert_eq!(book.edited(&PolicyEdit::Warn { percents }).warn, [50, 90]);
    }
}
