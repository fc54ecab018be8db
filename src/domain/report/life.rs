//! What a report needs of one ticket, made of its events alone.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::domain::clocks::{ClockKind, Clocks, Moment, Move, Policy, clocks, take};
use crate::domain::event::{Event, What};
use crate::domain::ids::{Number, UserId};
use crate::domain::priority::Priority;
use crate::domain::state::State;
use crate::domain::stays::{Left, Stay, stays};
use crate::domain::ticket::{Code, Origin, Score, window};
use crate::domain::tier::Tier;
use crate::domain::waited::Waited;

use super::Deed;

/// Kinds of events that a life is the same without, and that are many: they need not be read for a report.
pub const NO_MATTER: [&str; 6] = [
    "clock_warned",
    "due_moved",
    "watched",
    "person_added",
    "person_removed",
    "reminded",
];

/// The life of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Who has had it since when; nobody while it waits for somebody.
    pub held: Vec<(Timestamp, Option<UserId>)>,
    /// Public answers of the desk's people.
    pub answered: Vec<Deed>,
    /// When it was solved, and by whom: each time.
    pub resolved: Vec<Deed>,
    /// When it was opened again: each time.
    pub reopened: Vec<Timestamp>,
    /// When it was opened again after what is looked at, see [`Life::came_later`].
    pub reopened_later: Vec<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// It was withdrawn, or became part of another ticket: reports leave it out.
    pub out: bool,
    /// It follows a closed one.
    pub follows: bool,
    /// From when it waited for somebody until somebody took it, each time.
    pub taken: Vec<(Timestamp, Deed)>,
    /// When it was handed over to a higher tier, by whom and where: each time.
    pub handed_over: Vec<Deed>,
    /// When such a hand-over was sent back, and whose it was: each time.
    pub bounced: Vec<Deed>,
    /// When it was given to a lower tier, by whom and where: each time.
    pub returned: Vec<Deed>,
    /// When its requester was asked how it went, and what they said, of each resolution, which is named.
    pub ratings: Vec<(Timestamp, Option<Score>, Option<Deed>)>,
    /// How long it waited for somebody outside the desk, in the time that counts; see [`Life::reckon`].
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
            held: Vec::new(),
            answered: Vec::new(),
            resolved: Vec::new(),
            reopened: Vec::new(),
            reopened_later: Vec::new(),
            closed_at: None,
            out: false,
            follows: false,
            taken: Vec::new(),
            handed_over: Vec::new(),
            bounced: Vec::new(),
            returned: Vec::new(),
            ratings: Vec::new(),
            waited: Waited::default(),
            waived: Vec::new(),
            moments: Vec::new(),
            hands: 0,
            messages: 0,
            touched: false,
            window: SignedDuration::ZERO,
        };
        let mut hands = BTreeSet::new();
        let (mut waits, mut said, mut extended) = (Some(first.at), 0, false);
        let mut tier = Tier::L1;
        for event in events {
            take(event, requester, &mut life.moments);
            let deed = Deed {
                at: event.at,
                by: event.by.filter(|by| *by != UserId::DESK),
                tier,
            };
            if let Some(holder) = holder(event) {
                life.held.push((event.at, holder));
            }
            let staff = event
                .by
                .filter(|by| *by != requester && *by != UserId::DESK);
            match &event.what {
                What::Offered { .. } | What::Assigned { .. } => waits = Some(event.at),
                What::Claimed { .. } | What::Accepted { .. } => {
                    if let Some(since) = waits.take() {
                        life.taken.push((since, deed));
                    }
                    hands.extend(event.by);
                }
                What::Released { .. } => waits = Some(event.at),
                What::Escalated { hand_over, .. } => {
                    life.handed_over.push(Deed {
                        by: Some(hand_over.by).filter(|by| *by != UserId::DESK),
                        ..deed
                    });
                    waits = Some(event.at);
                    tier = hand_over.to;
                }
                What::Rejected { to, hand_over, .. } => {
                    life.bounced.push(Deed {
                        by: Some(hand_over.by).filter(|by| *by != UserId::DESK),
                        tier: hand_over.from,
                        ..deed
                    });
                    waits = Some(event.at);
                    tier = *to;
                }
                What::Deescalated { to, .. } => {
                    life.returned.push(deed);
                    waits = Some(event.at);
                    tier = *to;
                }
                What::Reassessed { priority, .. }
                | What::Recategorised { priority, .. }
                | What::PrioritySet { priority, .. }
                | What::Absorbed { priority, .. } => life.priority = *priority,
                What::Replied { .. } | What::Asked { .. } => {
                    said += 1;
                    life.answered.push(deed);
                }
                What::Resolved { code, .. } => {
                    life.resolved.push(deed);
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
                What::RatingAsked => {
                    let solved = life.resolved.last().copied();
                    // They may have said it before they were asked, with the confirmation.
                    if !life.rated(solved) {
                        life.ratings.push((event.at, None, solved));
                    }
                }
                What::Rated { score, .. } => {
                    let solved = life.resolved.last().copied();
                    let cycle = life.ratings.last_mut();
                    match cycle.filter(|(_, _, of)| *of == solved) {
                        Some((_, said, _)) => *said = Some(*score),
                        None => life.ratings.push((event.at, Some(*score), solved)),
                    }
                }
                What::BreachWaived { clock, at, .. } => life.waived.push((*clock, *at)),
                What::Extended { .. } => extended = true,
                _ => {}
            }
            if let What::Recategorised { category, .. } = &event.what {
                life.category.clone_from(category);
            }
            life.touched |= staff.is_some() && !NO_MATTER.contains(&event.what.kind());
        }
        life.hands = hands.len();
        life.window = window(life.priority, extended);
        Some(life)
    }

    /// When it was solved last, where it is.
    pub fn solved_at(&self) -> Option<Timestamp> {
        let last = self.resolved.last()?.at;
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

    /// Its clocks under `policy`, as they stand at `now`; and how much of the time that counts it waited for whom.
    pub fn reckon(&mut self, policy: &Policy, now: Timestamp) -> Option<Clocks> {
        let all = clocks(&self.moments, policy, now)?;
        if let Some(elapsed) = all.of(ClockKind::Resolution).elapsed {
            let stood = |state| {
                let without = self.elapsed_without(state, policy, now);
                without.map_or(SignedDuration::ZERO, |without| without - elapsed)
            };
            self.waited = Waited {
                requester: stood(State::WaitingUser),
                vendor: stood(State::WaitingVendor),
            };
        }
        Some(all)
    }

    /// How much time would have counted, had it never been in that state; nothing where it never was.
    fn elapsed_without(
        &self,
        state: State,
        policy: &Policy,
        now: Timestamp,
    ) -> Option<SignedDuration> {
        let waits = |moment: &&Moment| moment.what == Move::To(state);
        self.moments.iter().find(waits)?;
        let others = self.moments.iter().filter(|moment| !waits(moment));
        let others: Vec<Moment> = others.copied().collect();
        clocks(&others, policy, now)?
            .of(ClockKind::Resolution)
            .elapsed
    }

    /// Takes what happened after the period as far as a period's figures wait for it: whether what was solved in it came back
    /// within the window, and how long that was.
    pub fn came_later(&mut self, events: &[Event]) {
        for event in events {
            match event.what {
                What::Reopened { .. } => self.reopened_later.push(event.at),
                What::Extended { .. } => self.window = window(self.priority, true),
                _ => {}
            }
        }
    }

    /// Where it was at `at`; nowhere before it was opened.
    pub fn tier_at(&self, at: Timestamp) -> Option<Tier> {
        let before = self.stays.iter().rev().find(|stay| stay.from <= at);
        before.map(|stay| stay.tier)
    }

    /// Who had it at `at`.
    pub fn holder_at(&self, at: Timestamp) -> Option<UserId> {
        let before = self.held.iter().rev().find(|(since, _)| *since <= at);
        before.and_then(|(_, holder)| *holder)
    }

    /// Whether that resolution has its rating, or was asked for one.
    fn rated(&self, solved: Option<Deed>) -> bool {
        self.ratings.last().is_some_and(|(_, _, of)| *of == solved)
    }

    /// Whether it was opened again in time after it was solved first.
    pub fn came_back(&self) -> bool {
        self.resolved.first().is_some_and(|first| {
            self.reopened
                .iter()
                .chain(&self.reopened_later)
                .any(|reopened| reopened.duration_since(first.at) <= self.window)
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
            && self.reopened_later.is_empty()
            && self.stays.iter().all(|stay| stay.tier == Tier::L1)
    }
}

/// Who has the ticket after that event; nothing where it stays as it was.
fn holder(event: &Event) -> Option<Option<UserId>> {
    match &event.what {
        What::Claimed { .. } | What::Accepted { .. } => Some(event.by),
        What::Reopened { back, .. } => Some(*back),
        What::Offered { .. }
        | What::Assigned { .. }
        | What::Released { .. }
        | What::Escalated { .. }
        | What::Rejected { .. }
        | What::Deescalated { .. } => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clocks::StageKind;
    use crate::domain::priority::{Impact, Urgency};
    use crate::domain::ticket::ArticleNote;

    const MIA: UserId = UserId(1);
    const RAVI: UserId = UserId(11);

    fn life(between: &[What]) -> Life {
        let opened = What::Opened {
            impact: Impact::Low,
            urgency: Urgency::Medium,
            priority: Priority::P4,
            category: "network".into(),
            ask: None,
        };
        let ended = What::Resolved {
            code: Code::NoResponse,
            text: String::new(),
            article: ArticleNote::None {
                reason: "no answer".into(),
            },
            lesson: None,
            reason: None,
        };
        let all = std::iter::once((MIA, opened))
            .chain(between.iter().map(|what| (RAVI, what.clone())))
            .chain([(UserId::DESK, ended)]);
        let events: Vec<Event> = (1..)
            .zip(all)
            .map(|(seq, (by, what))| Event {
                seq,
                // All in one minute: what lies between moves nothing.
                at: Timestamp::UNIX_EPOCH,
                by: Some(by),
                what,
            })
            .collect();
        Life::of(Number(1), MIA, &events, Timestamp::UNIX_EPOCH).expect("it was opened")
    }

    #[test]
    fn what_does_not_matter_is_not_missed_and_a_note_is_a_persons_work() {
        let clock = ClockKind::Resolution;
        let idle = [
            What::ClockWarned {
                clock,
                stage: StageKind::Breach,
                due: None,
                late: None,
                digest: Vec::new(),
            },
            What::DueMoved {
                clock,
                was: None,
                due: None,
            },
            What::Watched { on: true },
            What::PersonAdded { who: MIA },
            What::PersonRemoved { who: MIA },
            What::Reminded { times: 1 },
        ];
        assert_eq!(idle.each_ref().map(What::kind), NO_MATTER);
        assert_eq!(life(&idle), life(&[]));
        let noted = What::Noted {
            text: "Called".into(),
        };
        assert!(life(&[noted]).touched && !life(&[]).touched);
    }
}
