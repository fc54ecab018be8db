//! Who works at the desk of the month, and when.

use deskhand::domain::ids::UserId;
use deskhand::domain::people::{Actor, Standing};
use deskhand::domain::tier::{Tier, TierSet};

/// One of the crew.
#[derive(Debug)]
pub struct Person {
    /// By what Discord knows them.
    pub id: UserId,
    /// Their name.
    pub name: &'static str,
    tier: Option<Tier>,
    lead: bool,
    admin: bool,
}

const fn of(id: u64, name: &'static str, tier: Tier) -> Person {
    Person {
        id: UserId(id),
        name,
        tier: Some(tier),
        lead: false,
        admin: false,
    }
}

/// Those who work on tickets.
pub static CREW: [Person; 9] = [
    of(11, "Ravi", Tier::L1),
    of(12, "Sami", Tier::L1),
    of(13, "Ana", Tier::L1),
    of(14, "Ben", Tier::L1),
    of(21, "Ivo", Tier::L2),
    of(22, "Lena", Tier::L2),
    of(23, "Omar", Tier::L2),
    of(31, "Noor", Tier::L3),
    of(32, "Kai", Tier::L3),
];

/// Who sees that it goes well.
pub static LEAD: Person = Person {
    id: UserId(41),
    name: "Nia",
    tier: None,
    lead: true,
    admin: false,
};

/// Who sets it up.
pub static ADMIN: Person = Person {
    id: UserId(42),
    name: "Ada",
    tier: None,
    lead: false,
    admin: true,
};

/// What it is called, when it is, and who takes it in turn, by their place in the crew. On Sunday evenings nobody is there.
pub const SHIFTS: [(&str, &str, &[usize]); 8] = [
    ("early", "Mon-Fri 07:00-15:30 Europe/Berlin", &[0, 1]),
    ("late", "Mon-Fri 10:00-18:30 Europe/Berlin", &[1, 0]),
    ("early two", "Mon-Fri 07:00-15:30 Europe/Berlin", &[2, 3]),
    ("late two", "Mon-Fri 10:00-18:30 Europe/Berlin", &[3, 2]),
    (
        "second line",
        "Mon-Fri 08:00-17:00 Europe/Berlin",
        &[4, 5, 6],
    ),
    (
        "second line two",
        "Mon-Fri 08:00-17:00 Europe/Berlin",
        &[5, 6, 4],
    ),
    (
        "nights",
        "Mon-Fri 17:00-08:00, Sat 08:00-20:00 Europe/Berlin",
        &[6, 4, 5],
    ),
    ("third line", "Mon-Fri 09:00-17:00 Europe/Berlin", &[7, 8]),
];

impl Person {
    /// What they are to the desk.
    pub fn standing(&self) -> Standing {
        Standing {
            tiers: self
                .tier
                .map_or(TierSet::NONE, |tier| TierSet::NONE.with(tier)),
            lead: self.lead,
            admin: self.admin,
            owner: false,
        }
    }

    /// They, as they do something.
    pub fn actor(&self) -> Actor {
        Actor {
            user: self.id,
            name: self.name.to_owned(),
            standing: self.standing(),
        }
    }
}

/// One of the crew by their id.
pub fn known(id: UserId) -> &'static Person {
    let found = CREW.iter().find(|person| person.id == id);
    found.expect("one of the crew")
}
