//! How long a ticket was at which tier.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::event::{Event, What};
use super::tier::Tier;

/// One stay of a ticket at one tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Where.
    pub tier: Tier,
    /// Since when.
    pub from: Timestamp,
    /// Until when; for the last one until the ticket ended, or until it was looked at.
    pub until: Timestamp,
    /// How it ended.
    pub left: Left,
}

/// How a stay ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// It went to a higher tier.
    Up,
    /// It was sent back, or went down.
    Down,
    /// It was solved there.
    Solved,
    /// It was withdrawn, or became part of another ticket.
    Ended,
    /// It is there still.
    Not,
}

impl Stay {
    /// How long it was.
    pub fn span(self) -> SignedDuration {
        self.until.duration_since(self.from)
    }
}

/// The stays of the ticket to which these events happened, in their order, as they look at `now`. What was solved and is
/// reopened goes on where it was, and the time between counts for nobody.
pub fn stays(events: &[Event], now: Timestamp) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    let mut here: Option<(Tier, Timestamp)> = None;
    let mut last = Tier::L1;
    for event in events {
        let (to, left) = match &event.what {
            What::Opened { .. } => {
                here = Some((last, event.at));
                continue;
            }
            What::Reopened { .. } | What::Unmerged { .. } => {
                here.get_or_insert((last, event.at));
                continue;
            }
            What::Escalated { hand_over, .. } => (Some(hand_over.to), Left::Up),
            What::Rejected { to, .. } | What::Deescalated { to, .. } => (Some(*to), Left::Down),
            What::Resolved { .. } => (None, Left::Solved),
            What::Cancelled { .. } | What::Merged { .. } => (None, Left::Ended),
            _ => continue,
        };
        if let Some((tier, from)) = here {
            stays.push(Stay {
                tier,
                from,
                until: event.at,
                left,
            });
            last = to.unwrap_or(tier);
        }
        here = to.map(|to| (to, event.at));
    }
    if let Some((tier, from)) = here {
        stays.push(Stay {
            tier,
            from,
            until: now.max(from),
            left: Left::Not,
        });
    }
    stays
}
