//! What is promised, as it is written down, kept, and edited.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{StageKind, Terms, UpdateMode};
use crate::domain::priority::Priority;
use crate::domain::rungs::Ladders;

/// The calendar that never closes.
pub const ALWAYS: &str = "always";
/// The calendar of the desk's working week.
pub const BUSINESS: &str = "business";

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;

/// A version of what the desk promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// At how many per cent of a target its owner is warned: of 50, 75, and 90.
    #[serde(default = "usual_warnings")]
    pub warn: Vec<u32>,
    /// What is promised for each priority.
    pub priorities: BTreeMap<Priority, Terms>,
    /// What is promised instead for tickets of a category, by the category's key; only where it differs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, BTreeMap<Priority, Terms>>,
    /// What happens by itself when nobody moves, for the priorities for which it is not as at all desks.
    #[serde(default, skip_serializing_if = "Ladders::is_empty")]
    pub ladders: Ladders,
}

fn usual_warnings() -> Vec<u32> {
    vec![75, 90]
}

impl Default for Book {
    /// What a desk promises that has not written anything down (`DOMAIN` 1.4).
    fn default() -> Self {
        use UpdateMode::{Periodic, Reply};
        let rows = [
            (Priority::P1, ALWAYS, 15 * MINUTE, 30 * MINUTE, Periodic, 4),
            (Priority::P2, ALWAYS, 30 * MINUTE, 4 * HOUR, Periodic, 8),
            (Priority::P3, BUSINESS, 4 * HOUR, 8 * HOUR, Reply, 24),
            (Priority::P4, BUSINESS, 8 * HOUR, 24 * HOUR, Reply, 80),
        ];
        let terms = |(priority, calendar, first, next, mode, hours): (_, &str, _, _, _, u32)| {
            let terms = Terms {
                calendar: calendar.to_owned(),
                first_response: Some(first),
                next_update: Some(next),
                next_update_mode: mode,
                resolution: Some(hours * HOUR),
            };
            (priority, terms)
        };
        Self {
            warn: usual_warnings(),
            priorities: rows.into_iter().map(terms).collect(),
            categories: BTreeMap::new(),
            ladders: Ladders::default(),
        }
    }
}

impl Book {
    /// What is promised for tickets of that category.
    pub fn terms(&self, category: &str) -> BTreeMap<Priority, Terms> {
        let mut terms = self.priorities.clone();
        if let Some(own) = self.categories.get(category) {
            terms.extend(own.iter().map(|(priority, own)| (*priority, own.clone())));
        }
        terms
    }

    /// The stages of a clock that are looked at for that priority. What is least urgent is not warned of: nobody would be
    /// told (`DOMAIN` 1.7), but for a desk that says otherwise.
    pub fn stages(&self, priority: Priority) -> Vec<StageKind> {
        let looked_at = |stage: &StageKind| {
            *stage == StageKind::Breach
                || self.ladders.looks_at(priority, *stage)
                || (priority != Priority::P4 && self.warn.contains(&stage.percent()))
        };
        StageKind::ALL.into_iter().filter(looked_at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_promises_otherwise_only_where_it_says_so() {
        let mut book = Book::default();
        let mut quick = book.priorities[&Priority::P3].clone();
        quick.first_response = Some(HOUR);
        let own = BTreeMap::from([(Priority::P3, quick.clone())]);
        book.categories.insert("mail".to_owned(), own);
        assert_eq!(book.terms("mail")[&Priority::P3], quick);
        assert_eq!(
            book.terms("mail")[&Priority::P2],
            book.priorities[&Priority::P2]
        );
        assert_eq!(book.terms("network"), book.priorities);
        let kept = serde_json::to_string(&book).expect("written");
        assert_eq!(serde_json::from_str::<Book>(&kept).expect("read"), book);
    }

    #[test]
    fn half_of_the_time_warns_nobody_and_what_is_least_urgent_only_ends() {
        let book = Book::default();
        let stages = |priority| book.stages(priority);
        use StageKind::{Breach, Warn75, Warn90};
        assert_eq!(stages(Priority::P1), [Warn75, Warn90, Breach]);
        assert_eq!(stages(Priority::P4), [Breach]);
    }
}
