//! What a ticket is about.

use super::priority::Priority;

/// A subject that tickets are opened under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// How the store, an option's value, and an article's front matter name it.
    pub key: &'static str,
    /// How people read it.
    pub name: &'static str,
    /// Only named people see such a ticket: its thread hangs under another channel, which leads cannot read.
    pub confidential: bool,
    /// The lowest priority that such a ticket may have (`DOMAIN` 1.3: security incident and data loss at least P2).
    pub floor: Option<Priority>,
}

impl Category {
    /// All categories, in the order in which a form offers them. At most 25, the limit of a select.
    pub const ALL: &'static [Self] = &[
        Self::plain("account", "Account and password"),
        Self::plain("access", "Access and permissions"),
        Self::plain("hardware", "Computer and hardware"),
        Self::plain("software", "Software and licences"),
        Self::plain("network", "Network, Wi-Fi and VPN"),
        Self::plain("email", "Mail and calendar"),
        Self::plain("printing", "Printing and scanning"),
        Self::plain("phone", "Phones"),
        Self::plain("meetings", "Meetings and rooms"),
        Self::plain("files", "Files and shared drives"),
        Self {
            key: "data-loss",
            name: "Lost data",
            confidential: false,
            floor: Some(Priority::P2),
        },
        Self {
            key: "security",
            name: "Security (confidential)",
            confidential: true,
            floor: Some(Priority::P2),
        },
        Self {
            key: "people",
            name: "Joiners, leavers, personal (confidential)",
            confidential: true,
            floor: None,
        },
        Self::plain("other", "Something else"),
    ];

    const fn plain(key: &'static str, name: &'static str) -> Self {
        Self {
            key,
            name,
            confidential: false,
            floor: None,
        }
    }

    /// The category of that key.
    pub fn from_key(key: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|category| category.key == key)
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
    }
}
