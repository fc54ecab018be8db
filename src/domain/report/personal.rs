//! What one person did: only what counts at least [`AT_LEAST`] things, so that nobody is judged by one bad day (`DOMAIN` 1.14).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::{Counted, Part, Period, Ratio, Report, Share, Spans};
use crate::domain::ids::UserId;
use crate::domain::tier::Tier;

/// A figure of a person counts so many things at least, or it is not told.
pub const AT_LEAST: usize = 5;

/// A figure of a person. There is no way to one that counts too few: it is not kept, so it can be told nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure<T> {
    /// It counts enough.
    Told(T),
    /// It would count fewer than [`AT_LEAST`], or nothing.
    TooFew,
}

impl<T> Figure<T> {
    /// `figure`, which counts `n` things.
    fn of(n: usize, figure: T) -> Self {
        if n < AT_LEAST {
            Self::TooFew
        } else {
            Self::Told(figure)
        }
    }

    /// The figure, where it is told.
    pub fn told(&self) -> Option<&T> {
        match self {
            Self::Told(figure) => Some(figure),
            Self::TooFew => None,
        }
    }
}

impl Figure<Share> {
    fn share(share: Share) -> Self {
        Self::of(share.of, share)
    }
}

impl Figure<Spans> {
    fn spans(spans: Spans) -> Self {
        Self::of(spans.n, spans)
    }
}

impl<T: Serialize> Serialize for Figure<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Told(figure) => figure.serialize(to),
            Self::TooFew => to.serialize_str("fewer than 5"),
        }
    }
}

/// What one person did in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Personal {
    /// Tickets that they took first in it.
    pub took: Figure<usize>,
    /// Tickets that they solved in it, for the last time.
    pub solved: Figure<usize>,
    /// What they had in their hands at the end: how old it was.
    pub backlog: Figure<Spans>,
    /// Until they answered first, in the time in which the desk is open.
    pub first_response: Figure<Spans>,
    /// Until they took what was offered, or waited.
    pub taken: Figure<Spans>,
    /// Until what they solved was solved, in the time that counts.
    pub resolution: Figure<Spans>,
    /// The same by the clock on the wall.
    pub resolution_wall: Figure<Spans>,
    /// Of what they solved that long ago: by first contact alone.
    pub first_contact: Figure<Share>,
    /// Of the same: with one message before the solution at most.
    pub one_touch: Figure<Share>,
    /// Of what they solved first, that long ago: opened again.
    pub reopened: Figure<Share>,
    /// Of their hand-overs: sent back.
    pub bounced: Figure<Share>,
    /// Clocks that they stopped in time, of those and of what ran out in their hands. By the clock's key.
    pub promises: BTreeMap<String, Figure<Share>>,
    /// How long what they solved waited for its requesters, of all its time.
    pub waited_requester: Figure<Ratio>,
    /// The same for vendors.
    pub waited_vendor: Figure<Ratio>,
    /// Of ratings of what they solved: four or five of five.
    pub satisfied: Figure<Share>,
    /// Of those who were asked: answered.
    pub answered: Figure<Share>,
}

impl Personal {
    /// What `person` did about these tickets in `period`, at that tier alone where one is named, as it looks at `now`.
    pub fn of(
        person: UserId,
        tier: Option<Tier>,
        all: &[Counted],
        period: Period,
        now: Timestamp,
    ) -> Self {
        let part = Part {
            tier,
            person: Some(person),
        };
        // Days and hours of one person are too few to be told, whichever zone they are of.
        let all = Report::of(all, period, part, &jiff::tz::TimeZone::UTC, now);
        let solved = all.solved;
        Self {
            took: Figure::of(all.opened, all.opened),
            solved: Figure::of(solved, solved),
            backlog: Figure::spans(all.backlog),
            first_response: Figure::spans(all.first_response),
            taken: Figure::spans(all.taken),
            resolution: Figure::spans(all.resolution),
            resolution_wall: Figure::spans(all.resolution_wall),
            first_contact: Figure::share(all.first_contact),
            one_touch: Figure::share(all.one_touch),
            reopened: Figure::share(all.reopened),
            bounced: Figure::share(all.bounced),
            promises: all
                .promises
                .into_iter()
                .map(|(clock, share)| (clock, Figure::share(share)))
                .collect(),
            waited_requester: Figure::of(solved, all.waited_requester),
            waited_vendor: Figure::of(solved, all.waited_vendor),
            satisfied: Figure::share(all.satisfied),
            answered: Figure::share(all.answered),
        }
    }
}
