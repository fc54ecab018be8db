//! Impact and urgency make the priority; nobody types one (`DOMAIN` 1.3).

use std::fmt;

use serde::{Deserialize, Serialize};

/// How many are affected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Impact {
    /// One person.
    Low,
    /// A team, several persons.
    Medium,
    /// The organisation, a site, or a critical service.
    High,
}

impl Impact {
    /// All, least first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// How the store, an option's value, and a button's id name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The impact of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|impact| impact.key() == key)
    }
}

/// Whether those affected can work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    /// It can wait.
    Low,
    /// There is a workaround.
    Medium,
    /// Work stops, and there is no workaround.
    High,
}

impl Urgency {
    /// All, least first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// How the store, an option's value, and a button's id name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The urgency of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.key() == key)
    }
}

/// P1 is the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    /// Everybody on duty is told at once.
    P1,
    /// High.
    P2,
    /// Normal.
    P3,
    /// Low.
    P4,
}

impl Priority {
    /// All, highest first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// 1 to 4: how the store keeps it.
    pub fn rank(self) -> u8 {
        match self {
            Self::P1 => 1,
            Self::P2 => 2,
            Self::P3 => 3,
            Self::P4 => 4,
        }
    }

    /// The priority of that rank.
    pub fn from_rank(rank: u8) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|priority| priority.rank() == rank)
    }

    /// The matrix, with the category's floor applied: `floor` is the lowest priority that the category may have.
    pub fn of(impact: Impact, urgency: Urgency, floor: Option<Self>) -> Self {
        let by_matrix = match impact as u8 + urgency as u8 {
            4 => Self::P1,
            3 => Self::P2,
            2 => Self::P3,
            _ => Self::P4,
        };
        floor.map_or(by_matrix, |floor| by_matrix.min(floor))
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{}", self.rank())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_is_the_one_that_was_agreed() {
        // Rows: impact high, medium, low. Columns: urgency high, medium, low.
        let expected = ["P1 P2 P3", "P2 P3 P4", "P3 P4 P4"];
        for (impact, row) in Impact::ALL.into_iter().rev().zip(expected) {
            let drawn: Vec<String> = Urgency::ALL
                .into_iter()
                .rev()
                .map(|urgency| Priority::of(impact, urgency, None).to_string())
                .collect();
            assert_eq!(drawn.join(" "), row, "impact {impact:?}");
        }
    }

    #[test]
    fn more_impact_or_urgency_never_lowers_and_a_floor_only_raises() {
        for floor in [None, Some(Priority::P2)] {
            for impact in Impact::ALL {
                for urgency in Urgency::ALL {
                    let priority = Priority::of(impact, urgency, floor);
                    for more in Impact::ALL.into_iter().filter(|more| *more >= impact) {
                        assert!(Priority::of(more, urgency, floor) <= priority);
                    }
                    for more in Urgency::ALL.into_iter().filter(|more| *more >= urgency) {
                        assert!(Priority::of(impact, more, floor) <= priority);
                    }
                    assert!(priority <= Priority::of(impact, urgency, None));
                    assert!(floor.is_none_or(|floor| priority <= floor));
                }
            }
        }
    }
}
