//! Whose turn it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::UserId;
use super::priority::Priority;
use super::ticket::{State, Ticket};
use super::tier::{Tier, TierSet};

/// Whether somebody is at work for the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duty {
    /// Said that they are.
    On,
    /// Said that they are not, or never said anything.
    Off,
}

/// Somebody who holds a tier's role, as far as the desk knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub user: UserId,
    /// Their display name.
    pub name: String,
    /// The tiers held.
    pub tiers: TierSet,
    /// Whether they are at work.
    pub duty: Duty,
    /// What they have to do, in the units of [`units`].
    pub load: u32,
    /// When a ticket was last offered to them; null first.
    pub last_offered_at: Option<Timestamp>,
    /// They declined this very ticket within the last hour.
    pub declined: bool,
}

/// Everybody who holds a tier on one desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crew {
    /// The holders.
    pub holders: Vec<Holder>,
    /// Somebody has used `/duty`: from then on, duty counts. Before, every holder counts as on duty.
    pub duty_used: bool,
}

/// The load that a person of a tier is filled up to (`DOMAIN` 1.6).
pub fn capacity(tier: Tier) -> u32 {
    match tier {
        Tier::L1 => 12,
        Tier::L2 => 8,
        Tier::L3 => 5,
    }
}

/// How much an own ticket weighs: P1 8, P2 4, P3 2, P4 1; a quarter, rounded up, while it waits for somebody else.
pub fn units(priority: Priority, state: State) -> u32 {
    let weight: u32 = match priority {
        Priority::P1 => 8,
        Priority::P2 => 4,
        Priority::P3 => 2,
        Priority::P4 => 1,
    };
    match state {
        State::New | State::Assigned | State::InProgress => weight,
        State::WaitingUser | State::WaitingVendor => weight.div_ceil(4),
        State::Resolved | State::Closed | State::Cancelled | State::Merged => 0,
    }
}

impl Crew {
    /// The tiers that anybody holds. A tier that nobody holds is skipped.
    pub fn held(&self) -> TierSet {
        self.holders
            .iter()
            .flat_map(|holder| holder.tiers.iter())
            .collect()
    }

    /// Those on duty who hold `tier`.
    pub fn on_duty(&self, tier: Tier) -> impl Iterator<Item = &Holder> {
        self.holders
            .iter()
            .filter(move |holder| holder.tiers.contains(tier) && self.counts_as_on_duty(holder))
    }

    /// Who is offered `ticket` at its present tier: the least loaded of those who are on duty, hold the tier, have
    /// room, did not decline it a moment ago, and are not its requester; the sender of a hand-over only when there is
    /// nobody else. The same state gives the same choice. Nobody when a lead decides, or while a major incident runs
    /// that it is part of, and nobody alone for P1: then all on duty are told.
    pub fn pick(&self, ticket: &Ticket) -> Option<UserId> {
        if ticket.priority == Priority::P1 || ticket.lead_decides || ticket.major.is_some() {
            return None;
        }
        self.turn(ticket)
    }

    /// The same where a person asked for it, whatever the priority and whoever decides.
    pub fn turn(&self, ticket: &Ticket) -> Option<UserId> {
        let capacity = capacity(ticket.tier);
        let sender = ticket.pending.as_ref().map(|pending| pending.by);
        self.on_duty(ticket.tier)
            .filter(|holder| {
                holder.load < capacity && !holder.declined && holder.user != ticket.requester
            })
            .min_by_key(|holder| {
                (
                    sender == Some(holder.user),
                    holder.load * 1000 / capacity,
                    holder.last_offered_at,
                    holder.user,
                )
            })
            .map(|holder| holder.user)
    }

    /// Whether a rejected hand-over can go back to `user`: still holds `tier` and is on duty.
    pub fn can_take_back(&self, user: UserId, tier: Tier) -> bool {
        self.on_duty(tier).any(|holder| holder.user == user)
    }

    /// The same without `user`, who has just given it back.
    pub fn without(&self, user: UserId) -> Self {
        let mut crew = self.clone();
        crew.holders.retain(|holder| holder.user != user);
        crew
    }

    /// Whether `user` is known to hold `tier`.
    pub fn holds(&self, user: UserId, tier: Tier) -> bool {
        let mut holders = self.holders.iter();
        holders.any(|holder| holder.user == user && holder.tiers.contains(tier))
    }

    /// Whether `user` is known to hold `tier` or a higher one.
    pub fn holds_or_higher(&self, user: UserId, tier: Tier) -> bool {
        Tier::ALL
            .into_iter()
            .any(|held| held >= tier && self.holds(user, held))
    }

    /// Whether `user` can take `ticket` at its tier: holds it or a higher one, is on duty, and is not full.
    pub fn has_room(&self, user: UserId, ticket: &Ticket) -> bool {
        Tier::ALL
            .into_iter()
            .filter(|tier| *tier >= ticket.tier)
            .any(|tier| {
                let mut there = self.on_duty(tier);
                there.any(|holder| holder.user == user && holder.load < capacity(tier))
            })
    }

    fn counts_as_on_duty(&self, holder: &Holder) -> bool {
        !self.duty_used || holder.duty == Duty::On
    }
}
