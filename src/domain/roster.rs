//! Whose turn it is (`DOMAIN` 1.6).

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::category::Group;
use super::ids::UserId;
use super::priority::Priority;
use super::ticket::{State, Ticket};
use super::tier::{Tier, TierSet};

#[cfg(test)]
mod tests;

/// So many people in a row are offered a ticket; when none of them accepts in time, a lead decides.
pub const TRIES_AT_MOST: u32 = 3;

/// The most work that a person of a tier can be filled up to: nobody has a hundred urgent tickets.
pub const CAPACITY_AT_MOST: u32 = 99;

/// Whether somebody is at work for the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duty {
    /// Said that they are, or their shift began.
    On,
    /// Said that they are not, their shift ended, or never said anything.
    Off,
}

/// How the next person is picked at a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turns {
    /// Everybody in turn: who waited longest is next.
    RoundRobin,
    /// Who has the least to do, for what they can take.
    LeastLoaded,
    /// Nobody: tickets stay in the queue until somebody takes one.
    Manual,
}

impl Turns {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::RoundRobin, Self::LeastLoaded, Self::Manual];

    /// How the store and an option's value name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::RoundRobin => "round_robin",
            Self::LeastLoaded => "least_loaded",
            Self::Manual => "manual",
        }
    }

    /// The one of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|turns| turns.key() == key)
    }
}

/// How a tier is worked: how the next person is picked, and the load that each is filled up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierRule {
    /// How the next person is picked.
    pub turns: Turns,
    /// Who has so many units to do, or more, is offered nothing. At least 1.
    pub capacity: u32,
}

impl TierRule {
    /// What a tier has until somebody sets it.
    pub fn of(tier: Tier) -> Self {
        let (turns, capacity) = match tier {
            Tier::L1 => (Turns::RoundRobin, 12),
            Tier::L2 => (Turns::LeastLoaded, 8),
            Tier::L3 => (Turns::LeastLoaded, 5),
        };
        Self { turns, capacity }
    }
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
    /// Until when they are away, if they are.
    pub away_until: Option<Timestamp>,
    /// Who stands in for them while they are away.
    pub deputy: Option<UserId>,
    /// The keys of the categories that they are put down for.
    pub skills: BTreeSet<String>,
    /// What they have to do, in the units of [`units`].
    pub load: u32,
    /// When a ticket was last offered to them, in each queue.
    pub turns: BTreeMap<(Tier, Group), Timestamp>,
    /// They declined this very ticket within the last hour.
    pub declined: bool,
}

impl Holder {
    /// Somebody who holds `tiers` and of whom nothing else is known.
    pub fn new(user: UserId, name: String, tiers: TierSet) -> Self {
        Self {
            user,
            name,
            tiers,
            duty: Duty::Off,
            away_until: None,
            deputy: None,
            skills: BTreeSet::new(),
            load: 0,
            turns: BTreeMap::new(),
            declined: false,
        }
    }
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whose.
    pub user: UserId,
    /// Somebody is put down for the ticket's category, but nobody of them is on duty: it goes to who is there.
    pub unskilled: bool,
}

/// Everybody who holds a tier on one desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crew {
    /// The holders.
    pub holders: Vec<Holder>,
    /// Somebody has used `/duty`: from then on, duty counts. Before, every holder counts as on duty.
    pub duty_used: bool,
    /// How L1, L2, and L3 are worked.
    pub rules: [TierRule; 3],
    /// The leads.
    pub leads: Vec<UserId>,
}

impl Default for Crew {
    fn default() -> Self {
        Self {
            holders: Vec::new(),
            duty_used: false,
            rules: Tier::ALL.map(TierRule::of),
            leads: Vec::new(),
        }
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

/// How long whoever is offered a ticket has to accept it: urgent ones by day and night, the others while the desk is open
/// (second value: whether that is so).
pub fn time_to_accept(priority: Priority) -> (SignedDuration, bool) {
    match priority {
        Priority::P1 => (SignedDuration::from_mins(5), false),
        Priority::P2 => (SignedDuration::from_mins(15), false),
        Priority::P3 => (SignedDuration::from_mins(60), true),
        Priority::P4 => (SignedDuration::from_mins(240), true),
    }
}

impl Crew {
    /// How `tier` is worked.
    pub fn rule(&self, tier: Tier) -> TierRule {
        self.rules[usize::from(tier.level()) - 1]
    }

    /// The tiers that anybody holds. A tier that nobody holds is skipped.
    pub fn held(&self) -> TierSet {
        self.holders
            .iter()
            .flat_map(|holder| holder.tiers.iter())
            .collect()
    }

    /// Those at work who hold `tier`: on duty, and not away.
    pub fn on_duty(&self, tier: Tier) -> impl Iterator<Item = &Holder> {
        self.holders
            .iter()
            .filter(move |holder| holder.tiers.contains(tier) && self.at_work(holder))
    }

    /// Whether somebody is on duty, and not away.
    pub fn at_work(&self, holder: &Holder) -> bool {
        (!self.duty_used || holder.duty == Duty::On) && holder.away_until.is_none()
    }

    /// Whether the desk offers `ticket` to somebody by itself, if there is anybody: not P1, for which all on duty are told;
    /// not where a lead decides, or three people let it pass; not while a major incident runs that it is part of; and not
    /// at a tier whose tickets wait for whoever takes them.
    pub fn offers(&self, ticket: &Ticket) -> bool {
        ticket.priority != Priority::P1
            && !ticket.lead_decides
            && ticket.tries < TRIES_AT_MOST
            && ticket.major.is_none()
            && self.rule(ticket.tier).turns != Turns::Manual
    }

    /// Who is offered `ticket` at its present tier, if the desk offers it by itself.
    pub fn pick(&self, ticket: &Ticket) -> Option<Turn> {
        self.offers(ticket).then(|| self.turn(ticket)).flatten()
    }

    /// Whose turn it is, whatever the priority and whoever decides: of those who are at work, hold the tier, have room, have
    /// the category's skill, did not decline it a moment ago, and are not its requester, the first by the tier's rule; the
    /// sender of a hand-over only when there is nobody else. The same state gives the same choice.
    pub fn turn(&self, ticket: &Ticket) -> Option<Turn> {
        let rule = self.rule(ticket.tier);
        let skilled = |holder: &Holder| holder.skills.contains(&ticket.category);
        let wanted = self
            .holders
            .iter()
            .any(|holder| holder.tiers.contains(ticket.tier) && skilled(holder));
        let unskilled = wanted && !self.on_duty(ticket.tier).any(skilled);
        let sender = ticket.pending.as_ref().map(|pending| pending.by);
        let queue = (ticket.tier, ticket.category().group());
        self.on_duty(ticket.tier)
            .filter(|holder| {
                holder.load < rule.capacity
                    && !holder.declined
                    && holder.user != ticket.requester
                    && (unskilled || !wanted || skilled(holder))
            })
            .min_by_key(|holder| {
                let share = match rule.turns {
                    Turns::RoundRobin => 0,
                    Turns::LeastLoaded | Turns::Manual => holder.load * 1000 / rule.capacity.max(1),
                };
                (
                    sender == Some(holder.user),
                    share,
                    holder.turns.get(&queue),
                    holder.user,
                )
            })
            .map(|holder| Turn {
                user: holder.user,
                unskilled,
            })
    }

    /// To whom a rejected hand-over goes back: to `user`, or to who stands in for them, if they are at work at `tier`.
    pub fn takes_back(&self, user: UserId, tier: Tier) -> Option<UserId> {
        self.or_deputy(user, |who| {
            self.on_duty(tier).any(|holder| holder.user == who)
        })
    }

    /// Who takes `ticket` up again that was `user`'s: they, or who stands in for them, if they hold its tier or a higher one,
    /// are at work, and are not full. Nobody takes an own request.
    pub fn takes_up(&self, user: UserId, ticket: &Ticket) -> Option<UserId> {
        let has_room = |who| {
            let tiers = Tier::ALL.into_iter().filter(|tier| *tier >= ticket.tier);
            who != ticket.requester
                && tiers.into_iter().any(|tier| {
                    let mut there = self.on_duty(tier);
                    there.any(|holder| holder.user == who && holder.load < self.rule(tier).capacity)
                })
        };
        self.or_deputy(user, has_room)
    }

    /// Who stands in for `user` with `ticket`, where they are away and named somebody of its tier who can take it.
    pub fn deputy(&self, user: UserId, ticket: &Ticket) -> Option<UserId> {
        let away = self
            .holder(user)
            .filter(|holder| holder.away_until.is_some())?;
        let room = self.rule(ticket.tier).capacity;
        let mut there = self.on_duty(ticket.tier);
        there
            .find(|holder| {
                away.deputy == Some(holder.user)
                    && holder.user != ticket.requester
                    && holder.load < room
                    && !holder.declined
            })
            .map(|holder| holder.user)
    }

    fn or_deputy(&self, user: UserId, can: impl Fn(UserId) -> bool) -> Option<UserId> {
        if can(user) {
            return Some(user);
        }
        let holder = self
            .holder(user)
            .filter(|holder| holder.away_until.is_some())?;
        holder.deputy.filter(|deputy| can(*deputy))
    }

    fn holder(&self, user: UserId) -> Option<&Holder> {
        self.holders.iter().find(|holder| holder.user == user)
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
}
