//! What a report needs of one ticket, made of its events alone.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::domain::clocks::{ClockKind, Moment, take};
use crate::domain::event::{Event, What};
use crate::domain::ids::{Number, UserId};
use crate::domain::priority::Priority;
use crate::domain::stays::{Left, Stay, stays};
use crate::domain::ticket::{Code, Origin, Score, window};
use crate::domain::tier::Tier;
use crate::domain::waited::{Waited, waited};

/// The life of one ticket.
#[derive(Clone, Debug)]
pub struct Life {
    /// Which.
    pub number: Number,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What it is about, by its key.
    pub category: String,
    /// How urgent it is.
    pub priority: Priority,
    /// Its stays at the tiers.
    pub stays: Vec<Stay>,
    /// When it was solved: each time.
    pub resolved: Vec<Timestamp>,
    /// When it was opened again: each time.
    pub reopened: Vec<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// It was withdrawn, or became part of another ticket: reports leave it out.
    pub out: bool,
    /// It follows a closed one.
    pub follows: bool,
    /// From when it waited for somebody until somebody took it, each time.
    pub taken: Vec<(Timestamp, Timestamp)>,
    /// When it was handed over to a higher tier: each time.
    pub handed_over: Vec<Timestamp>,
    /// When such a hand-over was sent back: each time.
    pub bounced: Vec<Timestamp>,
    /// When its requester was asked how it went, and what they said, of each resolution.
    pub ratings: Vec<(Timestamp, Option<Score>)>,
    /// How long it waited for somebody outside the desk.
    pub waited: Waited,
    /// Which clocks ran out and are not counted.
    pub waived: Vec<(ClockKind, Timestamp)>,
    /// What moved its clocks.
    pub moments: Vec<Moment>,
    /// How many people had it.
    pub hands: usize,
    /// How often the desk wrote to the requester before the last resolution.
    pub messages: usize,
    /// A person of the desk did something about it.
    pub touched: bool,
    /// How long it can be opened again after it was solved.
    pub window: SignedDuration,
}

impl Life {
    /// The life of the ticket of that number, to which `events` happened, as it looks at `now`. None where there are none.
    pub fn of(number: Number, requester: UserId, events: &[Event], now: Timestamp) -> Option<Self> {
        let first = events.first()?;
        let What::Opened {
            priority, category, ..
        } = &first.what
        else {
            return None;
        };
        let mut life = Self {
            number,
            opened_at: first.at,
            category: category.clone(),
            priority: *priority,
            stays: stays(events, now),
            resolved: Vec::new(),
            reopened: Vec::new(),
            closed_at: None,
            out: false,
            follows: false,
            taken: Vec::new(),
            handed_over: Vec::new(),
            bounced: Vec::new(),
            ratings: Vec::new(),
            waited: waited(events, now),
            waived: Vec::new(),
            moments: Vec::new(),
            hands: 0,
            messages: 0,
            touched: false,
            window: SignedDuration::ZERO,
        };
        let mut hands = BTreeSet::new();
        let (mut waits, mut said, mut extended) = (Some(first.at), 0, false);
        for event in events {
            take(event, requester, &mut life.moments);
            let staff = event
                .by
                .filter(|by| *by != requester && *by != UserId::DESK);
            match &event.what {
                What::Offered { .. } | What::Assigned { .. } => waits = Some(event.at),
                What::Claimed { .. } | What::Accepted { .. } => {
                    if let Some(since) = waits.take() {
                        life.taken.push((since, event.at));
                    }
                    hands.extend(event.by);
                }
                What::Released { .. } => waits = Some(event.at),
                What::Escalated { .. } => {
                    life.handed_over.push(event.at);
                    waits = Some(event.at);
                }
                What::Rejected { .. } => {
                    life.bounced.push(event.at);
                    waits = Some(event.at);
                }
                What::Deescalated { .. } => waits = Some(event.at),
                What::Reassessed { priority, .. }
                | What::Recategorised { priority, .. }
                | What::PrioritySet { priority, .. }
                | What::Absorbed { priority, .. } => life.priority = *priority,
                What::Replied { .. } | What::Asked { .. } => said += 1,
                What::Resolved { code, .. } => {
                    life.resolved.push(event.at);
                    life.messages = said;
                    life.touched |= *code != Code::NoResponse;
                }
                What::Reopened { back, .. } => {
                    life.reopened.push(event.at);
                    waits = back.is_none().then_some(event.at);
                }
                What::Closed => life.closed_at = Some(event.at),
                What::Cancelled { .. } | What::Merged { .. } => life.out = true,
                What::Unmerged { .. } => life.out = false,
                What::GrewFrom { origin, .. } => life.follows |= *origin == Origin::FollowUp,
                What::RatingAsked => life.ratings.push((event.at, None)),
                What::Rated { score, .. } => match life.ratings.last_mut() {
                    Some((_, said)) => *said = Some(*score),
                    // They said it before they were asked.
                    None => life.ratings.push((event.at, Some(*score))),
                },
                What::BreachWaived { clock, at, .. } => life.waived.push((*clock, *at)),
                What::Extended { .. } => extended = true,
                _ => {}
            }
            if let What::Recategorised { category, .. } = &event.what {
                life.category.clone_from(category);
            }
            life.touched |= staff.is_some();
        }
        life.hands = hands.len();
        life.window = window(life.priority, extended);
        Some(life)
    }

    /// When it was solved last, where it is.
    pub fn solved_at(&self) -> Option<Timestamp> {
        let last = *self.resolved.last()?;
        let again = self
            .reopened
            .last()
            .is_some_and(|reopened| *reopened >= last);
        (!again && !self.out).then_some(last)
    }

    /// Whether somebody still has to work on it, as it stood at `at`.
    pub fn open_at(&self, at: Timestamp) -> bool {
        self.stays
            .iter()
            .any(|stay| stay.from <= at && (stay.until > at || stay.left == Left::Not))
    }

    /// Whether it was opened again in time after it was solved first.
    pub fn came_back(&self) -> bool {
        self.resolved.first().is_some_and(|first| {
            self.reopened
                .iter()
                .any(|reopened| reopened.duration_since(*first) <= self.window)
        })
    }

    /// Whether so long ago that it cannot be opened any more, as it stands at `now`.
    pub fn matured(&self, solved: Timestamp, now: Timestamp) -> bool {
        now.duration_since(solved) > self.window
    }

    /// Whether first contact solved it alone (`DOMAIN` 1.16, FCR).
    pub fn first_contact(&self) -> bool {
        self.hands <= 1
            && self.handed_over.is_empty()
            && self.reopened.is_empty()
            && self.stays.iter().all(|stay| stay.tier == Tier::L1)
    }
}
