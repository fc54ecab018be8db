//! A piece of work, and what is known about it when it begins.

use crate::desk::{Desk, Error};
use crate::domain::board::Board;
use crate::domain::errand::{Errand, ThreadKind};
use crate::domain::ids::{ChannelId, GuildId, MessageId};
use crate::domain::notice::Destination;
use crate::domain::people::{DeskChannel, House};
use crate::domain::ticket::Ticket;
use crate::store;
use crate::store::boards::Posted;
use crate::store::cards::Card;
use crate::store::outbox::Waiting;

/// Something to do: a row of the outbox, or a card or a board to draw.
#[derive(Clone, Debug)]
pub(super) enum Work {
    Errand(Box<Waiting>),
    Card(Card),
    Board(Box<(Posted, Board)>),
}

impl Work {
    /// What must not be done twice at the same time.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Errand(row) => row.lane.clone(),
            Self::Card(card) => format!("card:{}:{}", card.ticket, card.tier),
            Self::Board(board) => format!("board:{}", board.0.guild),
        }
    }

    pub(super) fn guild(&self) -> GuildId {
        match self {
            Self::Errand(row) => row.guild,
            Self::Card(card) => card.guild,
            Self::Board(board) => board.0.guild,
        }
    }
}

/// What is known about a piece of work when it begins.
#[derive(Clone)]
pub(super) struct Facts {
    pub(super) guild: GuildId,
    pub(super) house: House,
    pub(super) ticket: Option<Ticket>,
    pub(super) starter: Option<(ChannelId, MessageId)>,
    /// The channel it sends into, where that is known: one at a time.
    pub(super) gate: Option<ChannelId>,
}

/// What is known about `work` now.
pub(super) async fn facts(desk: &Desk, work: &Work) -> Result<Facts, Error> {
    let mut from = desk.store().reader().await?;
    let id = match work {
        Work::Errand(row) => row.ticket,
        Work::Card(card) => Some(card.ticket),
        Work::Board(_) => None,
    };
    let ticket = match id {
        Some(id) => store::tickets::find(&mut from, id).await?,
        None => None,
    };
    let starter = match id {
        Some(id) => store::cards::first(&mut from, id).await?,
        None => None,
    };
    drop(from);
    let guild = work.guild();
    let house = desk.house(guild).await?;
    let gate = gate(work, &house, ticket.as_ref());
    Ok(Facts {
        guild,
        house,
        ticket,
        starter,
        gate,
    })
}

/// The channel into which `work` sends.
fn gate(work: &Work, house: &House, ticket: Option<&Ticket>) -> Option<ChannelId> {
    let channel = |channel: DeskChannel| house.channels.get(&channel).copied();
    match work {
        Work::Card(card) => channel(DeskChannel::queue(card.tier)),
        Work::Board(_) => channel(DeskChannel::Leads),
        Work::Errand(row) => match &row.errand {
            Errand::Say { to, .. } | Errand::Amend { to, .. } | Errand::SayAgain { to, .. } => {
                match to {
                    Destination::Thread => ticket
                        .filter(|ticket| !ticket.by_direct)
                        .and_then(|ticket| ticket.thread),
                    Destination::StaffThread => ticket.and_then(|ticket| ticket.staff_thread),
                    Destination::Queue(tier) => channel(DeskChannel::queue(*tier)),
                    Destination::Escalations => channel(DeskChannel::Escalations),
                    Destination::Leads => channel(DeskChannel::Leads),
                    Destination::Help => channel(DeskChannel::Help),
                    Destination::Direct(_) => None,
                }
            }
            Errand::OpenThread {
                thread: ThreadKind::Requester,
            } => {
                let confidential = ticket.is_some_and(|ticket| ticket.confidential);
                channel(if confidential {
                    DeskChannel::Confidential
                } else {
                    DeskChannel::Tickets
                })
            }
            _ => None,
        },
    }
}
