//! Who somebody is to the desk, and to one ticket.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::{ChannelId, RoleId, UserId};
use super::tier::{Tier, TierSet};

/// Somebody who does something, with the standing that Discord's payload of that very action gave them. Never from a
/// cache: a role that was taken away counts at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub user: UserId,
    /// The display name at that moment, as typed by them: hostile text.
    pub name: String,
    /// What they are to this desk.
    pub standing: Standing,
}

impl Actor {
    /// A member without a role of the desk.
    pub fn member(user: UserId, name: &str) -> Self {
        Self {
            user,
            name: name.to_owned(),
            standing: Standing::default(),
        }
    }
}

/// What a member is to the desk. Nobody's standing includes another's: a lead is no admin and holds no tier by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The tiers held.
    pub tiers: TierSet,
    /// Acts on any ticket; overrides need a reason.
    pub lead: bool,
    /// Configures the desk.
    pub admin: bool,
    /// Owns the server or has Discord's Administrator permission: may run the first set-up, nothing else.
    pub owner: bool,
}

impl Standing {
    /// A technician of any tier.
    pub fn technician(self) -> bool {
        !self.tiers.is_empty()
    }

    /// On the desk in any way that lets them read its inner channels.
    pub fn staff(self) -> bool {
        self.technician() || self.lead
    }
}

/// A role that the desk gives a meaning to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeskRole {
    /// First contact.
    L1,
    /// Diagnosis.
    L2,
    /// The experts.
    L3,
    /// Watches and steers.
    Lead,
    /// Configures.
    Admin,
}

impl DeskRole {
    /// All of them, in the order in which set-up makes them.
    pub const ALL: [Self; 5] = [Self::L1, Self::L2, Self::L3, Self::Lead, Self::Admin];

    /// How the store and a button's id name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::L1 => "l1",
            Self::L2 => "l2",
            Self::L3 => "l3",
            Self::Lead => "lead",
            Self::Admin => "admin",
        }
    }

    /// The role of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The role whose holders work at `tier`.
    pub fn of_tier(tier: Tier) -> Self {
        match tier {
            Tier::L1 => Self::L1,
            Tier::L2 => Self::L2,
            Tier::L3 => Self::L3,
        }
    }

    /// The tier that its holders work at.
    pub fn tier(self) -> Option<Tier> {
        Tier::ALL
            .into_iter()
            .find(|tier| Self::of_tier(*tier) == self)
    }
}

impl fmt::Display for DeskRole {
    /// The name that set-up gives the role.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::L1 => "L1",
            Self::L2 => "L2",
            Self::L3 => "L3",
            Self::Lead => "Lead",
            Self::Admin => "Desk admin",
        })
    }
}

impl FromIterator<DeskRole> for Standing {
    fn from_iter<I: IntoIterator<Item = DeskRole>>(roles: I) -> Self {
        let mut standing = Self::default();
        for role in roles {
            match role {
                DeskRole::Lead => standing.lead = true,
                DeskRole::Admin => standing.admin = true,
                DeskRole::L1 | DeskRole::L2 | DeskRole::L3 => {
                    standing.tiers = role
                        .tier()
                        .map_or(standing.tiers, |tier| standing.tiers.with(tier));
                }
            }
        }
        standing
    }
}

/// A channel that the desk gives a meaning to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskChannel {
    /// Where employees ask.
    Help,
    /// The parent of requesters' private threads. Leads see all of them by Manage Threads.
    Tickets,
    /// The parent of threads of confidential tickets, without the leads' overwrite.
    Confidential,
    /// Cards and staff threads of L1.
    QueueL1,
    /// Cards and staff threads of L2.
    QueueL2,
    /// Cards and staff threads of L3.
    QueueL3,
    /// One line per escalation and reject; leads watch it.
    Escalations,
    /// What leads must do.
    Leads,
}

impl DeskChannel {
    /// All of them, in the order in which set-up makes them.
    pub const ALL: [Self; 8] = [
        Self::Help,
        Self::Tickets,
        Self::Confidential,
        Self::QueueL1,
        Self::QueueL2,
        Self::QueueL3,
        Self::Escalations,
        Self::Leads,
    ];

    /// How the store and a button's id name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::Tickets => "tickets",
            Self::Confidential => "confidential",
            Self::QueueL1 => "queue_l1",
            Self::QueueL2 => "queue_l2",
            Self::QueueL3 => "queue_l3",
            Self::Escalations => "escalations",
            Self::Leads => "leads",
        }
    }

    /// The channel of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.key() == key)
    }

    /// The queue of `tier`.
    pub fn queue(tier: Tier) -> Self {
        match tier {
            Tier::L1 => Self::QueueL1,
            Tier::L2 => Self::QueueL2,
            Tier::L3 => Self::QueueL3,
        }
    }

    /// The name that set-up gives the channel, and by which it adopts one that exists.
    pub fn name(self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::Tickets => "tickets",
            Self::Confidential => "tickets-confidential",
            Self::QueueL1 => "l1-queue",
            Self::QueueL2 => "l2-queue",
            Self::QueueL3 => "l3-queue",
            Self::Escalations => "escalations",
            Self::Leads => "leads",
        }
    }
}

/// The roles and channels of one server that mean something to the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// Its roles.
    pub roles: BTreeMap<DeskRole, RoleId>,
    /// Its channels.
    pub channels: BTreeMap<DeskChannel, ChannelId>,
    /// Whether the set-up was run.
    pub set_up: bool,
}

impl House {
    /// What somebody with these roles is to the desk. Ownership is not in it: the payload of the action says that.
    pub fn standing(&self, roles: &[RoleId]) -> Standing {
        self.roles
            .iter()
            .filter(|(_, discord)| roles.contains(discord))
            .map(|(role, _)| *role)
            .collect()
    }
}
