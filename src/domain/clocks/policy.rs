//! What is promised, by priority.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::ClockKind;
use crate::domain::calendar::Calendar;
use crate::domain::priority::Priority;

/// What counts as the silence that an update ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UpdateMode {
    /// Since the desk wrote last.
    Periodic,
    /// Since the requester wrote without an answer.
    #[default]
    Reply,
}

/// What is promised for one priority, as it is kept and edited. Targets are whole seconds of active time; a target that
/// is missing promises nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The calendar's name.
    pub calendar: String,
    /// Until a person of the desk answers.
    #[serde(default)]
    pub first_response: Option<u32>,
    /// Until a person of the desk says how it goes.
    #[serde(default)]
    pub next_update: Option<u32>,
    /// From when that counts.
    #[serde(default)]
    pub next_update_mode: UpdateMode,
    /// Until it is solved.
    #[serde(default)]
    pub resolution: Option<u32>,
}

/// The same, ready to compute.
#[derive(Clone, Debug)]
pub struct Promise {
    /// In whose open time it counts.
    pub calendar: Arc<Calendar>,
    /// Until a person of the desk answers.
    pub first_response: Option<SignedDuration>,
    /// Until a person of the desk says how it goes.
    pub next_update: Option<SignedDuration>,
    /// From when that counts.
    pub next_update_mode: UpdateMode,
    /// Until it is solved.
    pub resolution: Option<SignedDuration>,
}

impl Promise {
    /// The target of a clock.
    pub fn target(&self, kind: ClockKind) -> Option<SignedDuration> {
        match kind {
            ClockKind::FirstResponse => self.first_response,
            ClockKind::NextUpdate => self.next_update,
            ClockKind::Resolution => self.resolution,
        }
    }
}

/// What is promised for every priority.
#[derive(Clone, Debug)]
pub struct Policy {
    promises: [Promise; 4],
}

/// Why no policy can be made of what is written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// A priority is left out.
    #[error("{priority} has no terms: give it a calendar and its targets")]
    NoTerms {
        /// Which.
        priority: Priority,
    },
    /// Terms name a calendar that is not there.
    #[error("{priority}: there is no calendar \"{calendar}\": add it, or name one that is there")]
    NoSuchCalendar {
        /// Whose terms.
        priority: Priority,
        /// What they name.
        calendar: String,
    },
}

impl Policy {
    /// Joins terms with the calendars that they name.
    ///
    /// # Errors
    ///
    /// When a priority has no terms, or names no calendar of these.
    pub fn new(
        terms: &BTreeMap<Priority, Terms>,
        calendars: &BTreeMap<String, Arc<Calendar>>,
    ) -> Result<Self, PolicyFault> {
        let promise = |priority: Priority| {
            let terms = terms
                .get(&priority)
                .ok_or(PolicyFault::NoTerms { priority })?;
            let calendar =
                calendars
                    .get(&terms.calendar)
                    .ok_or_else(|| PolicyFault::NoSuchCalendar {
                        priority,
                        calendar: terms.calendar.clone(),
                    })?;
            let target = |seconds: u32| SignedDuration::from_secs(seconds.into());
            Ok(Promise {
                calendar: calendar.clone(),
                first_response: terms.first_response.map(target),
                next_update: terms.next_update.map(target),
                next_update_mode: terms.next_update_mode,
                resolution: terms.resolution.map(target),
            })
        };
        Ok(Self {
            promises: [
                promise(Priority::P1)?,
                promise(Priority::P2)?,
                promise(Priority::P3)?,
                promise(Priority::P4)?,
            ],
        })
    }

    /// What is promised for one priority.
    pub fn promise(&self, priority: Priority) -> &Promise {
        &self.promises[usize::from(priority.rank()) - 1]
    }
}
