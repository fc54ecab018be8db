//! What a ticket is about.

use super::priority::Priority;

/// Categories that share one queue at each tier: in each, turns are counted apart (`DOMAIN` 1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Who may what.
    Access,
    /// What stands on a desk or hangs on a wall.
    Devices,
    /// What runs somewhere else.
    Services,
    /// What is looked at by few, or must not wait.
    Sensitive,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Access, Self::Devices, Self::Services, Self::Sensitive];

    /// How the store names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Devices => "devices",
            Self::Services => "services",
            Self::Sensitive => "sensitive",
        }
    }

    /// The group of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.key() == key)
    }
}

/// A subject that tickets are opened under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// How the store, an option's value, and an article's front matter name it.
    pub key: &'static str,
    /// How people read it.
    pub name: &'static str,
    /// Only named people see such a ticket: its thread hangs under another channel, which leads cannot read.
    pub confidential: bool,
    /// L2 needs the word of L3 or of a lead before it changes anything: rights are changed by two people.
    pub approval: bool,
    /// L1 may call a vendor about it by itself.
    pub vendor_by_l1: bool,
    /// The lowest priority that such a ticket may have (`DOMAIN` 1.3: security incident and data loss at least P2).
    pub floor: Option<Priority>,
}

impl Category {
    /// All categories, in the order in which a form offers them. At most 25, the limit of a select.
    pub const ALL: &'static [Self] = &[
        Self::plain("account", "Account and password"),
        Self {
            approval: true,
            ..Self::plain("access", "Access and permissions")
        },
        Self::called_in("hardware", "Computer and hardware"),
        Self::plain("software", "Software and licences"),
        Self::called_in("network", "Network, Wi-Fi and VPN"),
        Self::plain("email", "Mail and calendar"),
        Self::called_in("printing", "Printing and scanning"),
        Self::called_in("phone", "Phones"),
        Self::plain("meetings", "Meetings and rooms"),
        Self::plain("files", "Files and shared drives"),
        Self {
            floor: Some(Priority::P2),
            ..Self::plain("data-loss", "Lost data")
        },
        Self {
            confidential: true,
            floor: Some(Priority::P2),
            ..Self::plain("security", "Security (confidential)")
        },
        Self {
            confidential: true,
            ..Self::plain("people", "Joiners, leavers, personal (confidential)")
        },
        Self::plain("other", "Something else"),
    ];

    const fn plain(key: &'static str, name: &'static str) -> Self {
        Self {
            key,
            name,
            confidential: false,
            approval: false,
            vendor_by_l1: false,
            floor: None,
        }
    }

    /// One about which first contact calls the vendor by itself.
    const fn called_in(key: &'static str, name: &'static str) -> Self {
        Self {
            vendor_by_l1: true,
            ..Self::plain(key, name)
        }
    }

    /// The category of that key.
    pub fn from_key(key: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|category| category.key == key)
    }

    /// With which other categories it shares a queue.
    pub fn group(&self) -> Group {
        match self.key {
            "account" | "access" => Group::Access,
            "hardware" | "printing" | "phone" | "meetings" => Group::Devices,
            "data-loss" | "security" | "people" => Group::Sensitive,
            _ => Group::Services,
        }
    }

    /// Where a ticket goes whose category is not known (any more).
    pub fn other() -> &'static Self {
        &Self::ALL[Self::ALL.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_fit_into_a_select() {
        let mut keys: Vec<_> = Category::ALL.iter().map(|category| category.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Category::ALL.len());
        assert!(keys.len() <= 25);
        assert_eq!(Category::other().key, "other");
        for group in Group::ALL {
            assert!(
                Category::ALL
                    .iter()
                    .any(|category| category.group() == group)
            );
            assert_eq!(Group::from_key(group.key()), Some(group));
        }
    }
}
