//! The board: how the whole desk stands, for its leads, at a glance.
//!
//! What is about to be late comes before what is late: the first can still be helped.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::clocks::{ClockKind, Kept, Reading, StageKind, Status};
use super::ids::{ChannelId, Number, UserId};
use super::priority::Priority;
use super::roster::Crew;
use super::state::State;
use super::tier::Tier;

/// So many tickets of a list stand on the board; the rest are counted.
pub const LINES_AT_MOST: usize = 5;
/// So much of a ticket's title stands on the board, in characters.
pub const TITLE_AT_MOST: usize = 48;

/// How the desk stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The tiers, from the first.
    pub tiers: Vec<BoardTier>,
    /// What is about to be late, the most pressing first.
    pub soon: BoardList,
    /// What is late, the longest first.
    pub late: BoardList,
    /// What nobody has taken yet, the oldest first.
    pub unclaimed: BoardList,
}

/// How one tier stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardTier {
    /// Which.
    pub tier: Tier,
    /// Tickets that are not solved yet, all together.
    pub open: u32,
    /// Of these, nobody has taken so many,
    pub unclaimed: u32,
    /// so many wait for their requester,
    pub waiting_user: u32,
    /// and so many for a vendor.
    pub waiting_vendor: u32,
    /// A clock of so many has passed its first warning.
    pub at_risk: u32,
    /// A clock of so many has run out, and what it measures has not happened since.
    pub breached: u32,
    /// Who is at work, each with the units that they have.
    pub on_duty: Vec<(UserId, u32)>,
    /// How many units each of them can have.
    pub capacity: u32,
}

/// Some tickets, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardList {
    /// The first of them.
    pub lines: Vec<BoardLine>,
    /// All of them.
    pub total: u32,
}

/// One ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    /// Which.
    pub number: Number,
    /// What it is about; nothing where that is confidential.
    pub title: Option<String>,
    /// How urgent it is.
    pub priority: Priority,
    /// Where it is.
    pub tier: Tier,
    /// Who has it, or is offered it.
    pub assignee: Option<UserId>,
    /// Where the staff talks about it; nothing where that is confidential.
    pub staff_thread: Option<ChannelId>,
    /// The clock that it is about; nothing where it only waits for somebody.
    pub clock: Option<ClockKind>,
    /// When that clock runs out or ran out; else when the ticket was opened.
    pub at: Timestamp,
}

/// A ticket that is not solved yet, as the board needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardTicket {
    /// Which.
    pub number: Number,
    /// What it is about.
    pub title: String,
    /// Whether only few may know that.
    pub confidential: bool,
    /// What it is about, by its key.
    pub category: String,
    /// Where it is.
    pub tier: Tier,
    /// How it stands.
    pub state: State,
    /// How urgent it is.
    pub priority: Priority,
    /// Who has it, or is offered it.
    pub assignee: Option<UserId>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Where the staff talks about it.
    pub staff_thread: Option<ChannelId>,
    /// What its clocks go by.
    pub clocks: Kept,
}

/// What its clocks say of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// That clock has passed its first warning, and runs out then.
    Soon(ClockKind, Timestamp),
    /// That clock ran out then.
    Late(ClockKind, Timestamp),
}

impl Danger {
    /// The worst that `reading` says at `now`. A breach that a lead waived is none.
    pub fn of(kept: &Kept, reading: &Reading, now: Timestamp) -> Option<Self> {
        let late = ClockKind::ALL.into_iter().filter_map(|clock| {
            let one = reading.clocks.of(clock);
            let waived = kept.breach(clock).is_some_and(|breach| breach.waived);
            let due = one
                .due
                .filter(|_| one.status == Status::Breached && !waived)?;
            Some((due, clock))
        });
        if let Some((due, clock)) = late.min() {
            return Some(Self::Late(clock, due));
        }
        let warned = reading
            .ahead
            .iter()
            .filter(|ahead| ahead.stage != StageKind::Breach && ahead.at <= now);
        let soon =
            warned.filter_map(|ahead| Some((reading.clocks.of(ahead.clock).due?, ahead.clock)));
        soon.min().map(|(due, clock)| Self::Soon(clock, due))
    }
}

impl Board {
    /// How the desk stands with these `tickets`, each with what its clocks say.
    pub fn of(tickets: &[(BoardTicket, Option<Danger>)], crew: &Crew) -> Self {
        let tiers = Tier::ALL.into_iter().map(|tier| {
            let here = || {
                tickets
                    .iter()
                    .filter(move |(ticket, _)| ticket.tier == tier)
            };
            let in_state = |states: &[State]| {
                count(here().filter(|(ticket, _)| states.contains(&ticket.state)))
            };
            BoardTier {
                tier,
                open: count(here()),
                unclaimed: in_state(&[State::New, State::Assigned]),
                waiting_user: in_state(&[State::WaitingUser]),
                waiting_vendor: in_state(&[State::WaitingVendor]),
                at_risk: count(
                    here().filter(|(_, danger)| matches!(danger, Some(Danger::Soon(..)))),
                ),
                breached: count(
                    here().filter(|(_, danger)| matches!(danger, Some(Danger::Late(..)))),
                ),
                on_duty: crew
                    .on_duty(tier)
                    .map(|holder| (holder.user, holder.load))
                    .collect(),
                capacity: crew.rule(tier).capacity,
            }
        });
        let soon = tickets.iter().filter_map(|(ticket, danger)| match danger {
            Some(Danger::Soon(clock, at)) => Some(line(ticket, Some(*clock), *at)),
            _ => None,
        });
        let late = tickets.iter().filter_map(|(ticket, danger)| match danger {
            Some(Danger::Late(clock, at)) => Some(line(ticket, Some(*clock), *at)),
            _ => None,
        });
        let unclaimed = tickets
            .iter()
            .filter(|(ticket, _)| matches!(ticket.state, State::New | State::Assigned));
        Self {
            tiers: tiers.collect(),
            soon: BoardList::of(soon),
            late: BoardList::of(late),
            unclaimed: BoardList::of(
                unclaimed.map(|(ticket, _)| line(ticket, None, ticket.opened_at)),
            ),
        }
    }
}

impl BoardList {
    fn of(lines: impl Iterator<Item = BoardLine>) -> Self {
        let mut lines: Vec<BoardLine> = lines.collect();
        let total = count(lines.iter());
        lines.sort_by_key(|line| (line.at, line.number));
        lines.truncate(LINES_AT_MOST);
        Self { lines, total }
    }
}

fn line(ticket: &BoardTicket, clock: Option<ClockKind>, at: Timestamp) -> BoardLine {
    let open = !ticket.confidential;
    BoardLine {
        number: ticket.number,
        title: open.then(|| ticket.title.chars().take(TITLE_AT_MOST).collect()),
        priority: ticket.priority,
        tier: ticket.tier,
        assignee: ticket.assignee,
        staff_thread: ticket.staff_thread.filter(|_| open),
        clock,
        at,
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    fn ticket(number: i64, tier: Tier, state: State) -> BoardTicket {
        BoardTicket {
            number: Number(number),
            title: "The VPN drops every hour".into(),
            confidential: false,
            category: "network".into(),
            tier,
            state,
            priority: Priority::P3,
            assignee: None,
            opened_at: at(number),
            staff_thread: Some(ChannelId(9)),
            clocks: Kept::default(),
        }
    }

    #[test]
    fn what_can_still_be_helped_is_told_apart_and_the_most_pressing_comes_first() {
        use ClockKind::{FirstResponse, Resolution};
        let tickets = [
            (
                ticket(1, Tier::L1, State::New),
                Some(Danger::Soon(FirstResponse, at(90))),
            ),
            (
                ticket(2, Tier::L1, State::Assigned),
                Some(Danger::Soon(Resolution, at(80))),
            ),
            (ticket(3, Tier::L2, State::WaitingUser), None),
            (
                ticket(4, Tier::L2, State::WaitingVendor),
                Some(Danger::Late(Resolution, at(10))),
            ),
            (
                ticket(5, Tier::L2, State::InProgress),
                Some(Danger::Late(FirstResponse, at(5))),
            ),
        ];
        let board = Board::of(&tickets, &Crew::default());
        let numbers = |list: &BoardList| -> Vec<i64> {
            list.lines.iter().map(|line| line.number.0).collect()
        };
        assert_eq!(numbers(&board.soon), [2, 1]);
        assert_eq!(numbers(&board.late), [5, 4]);
        assert_eq!(numbers(&board.unclaimed), [1, 2]);
        let tier = |tier: usize| {
            let one = &board.tiers[tier];
            [
                one.open,
                one.unclaimed,
                one.waiting_user,
                one.waiting_vendor,
                one.at_risk,
                one.breached,
            ]
        };
        assert_eq!(
            [tier(0), tier(1), tier(2)],
            [[2, 2, 0, 0, 2, 0], [3, 0, 1, 1, 0, 2], [0; 6]]
        );
    }

    #[test]
    fn a_list_shows_the_first_and_counts_the_rest_and_says_nothing_of_what_is_confidential() {
        let mut tickets: Vec<_> = (1..=7)
            .map(|number| (ticket(number, Tier::L1, State::New), None))
            .collect();
        tickets[0].0.confidential = true;
        let list = Board::of(&tickets, &Crew::default()).unclaimed;
        assert_eq!((list.lines.len(), list.total), (LINES_AT_MOST, 7));
        assert_eq!(
            (&list.lines[0].title, list.lines[0].staff_thread),
            (&None, None)
        );
        assert!(list.lines[1].title.is_some() && list.lines[1].staff_thread.is_some());
    }
}
