//! The tiers inside the house.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A support tier that a ticket can be at. L0 is the knowledge base and L4 a vendor: neither holds tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// First contact: documented fixes; collects and routes.
    L1,
    /// Diagnosis and root cause; feeds the knowledge base.
    L2,
    /// The experts, last inside the house.
    L3,
}

impl Tier {
    /// All tiers, lowest first.
    pub const ALL: [Self; 3] = [Self::L1, Self::L2, Self::L3];

    /// 1, 2, or 3: how the store keeps it.
    pub fn level(self) -> u8 {
        match self {
            Self::L1 => 1,
            Self::L2 => 2,
            Self::L3 => 3,
        }
    }

    /// The tier of that level, if there is one.
    pub fn from_level(level: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.level() == level)
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L{}", self.level())
    }
}

/// A set of tiers: what one person holds, or which tiers anybody holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TierSet(u8);

impl TierSet {
    /// No tier.
    pub const NONE: Self = Self(0);
    /// Every tier.
    pub const ALL: Self = Self(0b111);

    /// This set and `tier`.
    #[must_use]
    pub fn with(self, tier: Tier) -> Self {
        Self(self.0 | 1 << (tier.level() - 1))
    }

    /// Whether `tier` is in it.
    pub fn contains(self, tier: Tier) -> bool {
        self.0 & 1 << (tier.level() - 1) != 0
    }

    /// Whether it is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The highest tier in it.
    pub fn highest(self) -> Option<Tier> {
        self.iter().last()
    }

    /// The tiers in it, lowest first.
    pub fn iter(self) -> impl Iterator<Item = Tier> {
        Tier::ALL
            .into_iter()
            .filter(move |tier| self.contains(*tier))
    }
}

impl FromIterator<Tier> for TierSet {
    fn from_iter<I: IntoIterator<Item = Tier>>(tiers: I) -> Self {
        tiers.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: TierSet = [Tier::L3, Tier::L1].into_iter().collect();
        assert!(set.contains(Tier::L1) && !set.contains(Tier::L2) && set.contains(Tier::L3));
        assert_eq!(set.highest(), Some(Tier::L3));
        assert_eq!(TierSet::NONE.highest(), None);
        assert_eq!(Tier::ALL.into_iter().collect::<TierSet>(), TierSet::ALL);
    }
}
