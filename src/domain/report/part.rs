//! Which part of a desk's work a report counts: all of it, what one tier did, or what one person did.

use jiff::Timestamp;

use super::Life;
use crate::domain::ids::UserId;
use crate::domain::tier::Tier;

/// Something that was done about a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// By whom; nobody where the desk did it by itself.
    pub by: Option<UserId>,
    /// Where the ticket was.
    pub tier: Tier,
}

/// Whose work is counted: what was done at that tier, and by that person, where they are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// At which tier; at all of them where none is named.
    pub tier: Option<Tier>,
    /// By whom. Only [`Personal`](super::Personal) asks for it: it withholds what is too few.
    pub(super) person: Option<UserId>,
}

impl Part {
    /// Everything.
    pub const ALL: Self = Self {
        tier: None,
        person: None,
    };

    /// What was done at `tier`, or everything where none is named.
    pub fn at(tier: Option<Tier>) -> Self {
        Self { tier, person: None }
    }

    /// Whether everything is counted.
    pub(super) fn whole(self) -> bool {
        self == Self::ALL
    }

    /// Whether that is a deed of this part.
    pub(super) fn did(self, deed: &Deed) -> bool {
        self.tier.is_none_or(|tier| tier == deed.tier)
            && self.person.is_none_or(|person| Some(person) == deed.by)
    }

    /// Whether the ticket was theirs at `at`: at that tier, and in that person's hands.
    pub(super) fn had(self, life: &Life, at: Timestamp) -> bool {
        self.tier.is_none_or(|tier| life.tier_at(at) == Some(tier))
            && self
                .person
                .is_none_or(|person| life.holder_at(at) == Some(person))
    }

    /// When the ticket came to them first: when it was opened, when it first was at that tier, or when that person first took it.
    pub(super) fn came(self, life: &Life) -> Option<Timestamp> {
        if self.person.is_some() {
            let mut taken = life.taken.iter().map(|(_, deed)| deed);
            return taken.find(|deed| self.did(deed)).map(|deed| deed.at);
        }
        match self.tier {
            Some(tier) => {
                let first = life.stays.iter().find(|stay| stay.tier == tier);
                first.map(|stay| stay.from)
            }
            None => Some(life.opened_at),
        }
    }

    /// Whether what stopped a clock of `life` at `at` was theirs.
    pub(super) fn stopped(self, life: &Life, at: Timestamp) -> bool {
        if self.whole() {
            return true;
        }
        let mut deeds = life.answered.iter().chain(&life.resolved);
        deeds
            .find(|deed| deed.at == at)
            .is_some_and(|deed| self.did(deed))
    }
}
