//! Warnings and breaches as points in time, and which of them are posted after an outage.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::ClockKind;

/// How far a clock has come, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StageKind {
    /// Half of the target.
    #[serde(rename = "warn_50")]
    Warn50,
    /// Three quarters of it.
    #[serde(rename = "warn_75")]
    Warn75,
    /// Nine tenths of it.
    #[serde(rename = "warn_90")]
    Warn90,
    /// All of it.
    #[serde(rename = "breach")]
    Breach,
}

impl StageKind {
    /// All, lowest first.
    pub const ALL: [Self; 4] = [Self::Warn50, Self::Warn75, Self::Warn90, Self::Breach];

    /// How the store keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Warn50 => "warn_50",
            Self::Warn75 => "warn_75",
            Self::Warn90 => "warn_90",
            Self::Breach => "breach",
        }
    }

    /// How much of the target it is.
    pub fn percent(self) -> u32 {
        match self {
            Self::Warn50 => 50,
            Self::Warn75 => 75,
            Self::Warn90 => 90,
            Self::Breach => 100,
        }
    }
}

/// A stage of one ticket's clock. `T` is what the caller knows tickets by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage<T> {
    /// Whose.
    pub ticket: T,
    /// Which clock's.
    pub clock: ClockKind,
    /// Which.
    pub stage: StageKind,
    /// When it is reached.
    pub at: Timestamp,
    /// Whether it was posted, or left out for a higher one.
    pub fired: bool,
}

/// A stage that is posted late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late<T> {
    /// What is posted.
    pub stage: Stage<T>,
    /// How late.
    pub late: SignedDuration,
    /// Lower ones that are not posted any more, and count as fired. Lowest first.
    pub suppressed: Vec<StageKind>,
}

/// What to post after an outage: of the stages of a clock that were missed only the highest, once. Ordered by when they
/// were due, then by ticket and clock.
pub fn catch_up<T: Copy + Ord>(stages: &[Stage<T>], now: Timestamp) -> Vec<Late<T>> {
    let missed = stages
        .iter()
        .filter(|stage| !stage.fired && stage.at <= now);
    let mut missed: Vec<&Stage<T>> = missed.collect();
    missed.sort_by_key(|stage| (stage.ticket, stage.clock, stage.stage, stage.at));
    let mut late: Vec<Late<T>> = missed
        .chunk_by(|a, b| (a.ticket, a.clock) == (b.ticket, b.clock))
        .filter_map(|of_clock| {
            let (highest, lower) = of_clock.split_last()?;
            let mut suppressed: Vec<StageKind> = lower.iter().map(|stage| stage.stage).collect();
            suppressed.dedup();
            suppressed.retain(|stage| *stage < highest.stage);
            Some(Late {
                stage: **highest,
                late: now.duration_since(highest.at),
                suppressed,
            })
        })
        .collect();
    late.sort_by_key(|late| (late.stage.at, late.stage.ticket, late.stage.clock));
    late
}
