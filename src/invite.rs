//! The permissions that the bot needs, each with its reason, and the links that ask for exactly these. A leaf: it uses
//! no other room.

/// One permission that the bot asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The name that Discord's settings show.
    pub name: &'static str,
    /// Its bit in Discord's permission number.
    pub bits: u64,
    /// What the desk does with it.
    pub reason: &'static str,
}

/// What the desk needs in the channels that it works in, however they came to be. Administrator is never asked for.
pub const WORKING: &[Permission] = &[
    Permission {
        name: "View Channels",
        bits: 1 << 10,
        reason: "see the desk's channels at all",
    },
    Permission {
        name: "Send Messages",
        bits: 1 << 11,
        reason: "post cards and the lines of #escalations",
    },
    Permission {
        name: "Embed Links",
        bits: 1 << 14,
        reason: "draw cards and answers",
    },
    Permission {
        name: "Attach Files",
        bits: 1 << 15,
        reason: "show the files that come with a request in its thread, and hand out transcripts",
    },
    Permission {
        name: "Read Message History",
        bits: 1 << 16,
        reason: "find out, after an interruption, what was already posted",
    },
    Permission {
        name: "Mention @everyone, @here, and All Roles",
        bits: 1 << 17,
        reason: "notify a tier by its role; the desk never mentions @everyone or @here",
    },
    Permission {
        name: "Manage Threads",
        bits: 1 << 34,
        reason: "close, lock and reopen the threads of tickets",
    },
    Permission {
        name: "Create Public Threads",
        bits: 1 << 35,
        reason: "start a ticket's staff thread from its card",
    },
    Permission {
        name: "Create Private Threads",
        bits: 1 << 36,
        reason: "open a ticket's thread with its requester",
    },
    Permission {
        name: "Send Messages in Threads",
        bits: 1 << 38,
        reason: "speak in the threads of tickets",
    },
];

/// What the full set-up needs on top, to make the roles and channels itself.
pub const SETTING_UP: &[Permission] = &[
    Permission {
        name: "Manage Channels",
        bits: 1 << 4,
        reason: "create the desk's channels",
    },
    Permission {
        name: "Manage Roles",
        bits: 1 << 28,
        reason: "create the roles of the tiers, and say who sees which channel",
    },
];

/// The two links by which an administrator adds the bot to a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// For a server where the desk makes its roles and channels.
    pub full: String,
    /// For a server where the desk adopts roles and channels that exist.
    pub adopting: String,
}

/// Makes the links for the application with this id.
pub fn links(application_id: u64) -> Links {
    let working = bits(WORKING);
    Links {
        full: link(application_id, working | bits(SETTING_UP)),
        adopting: link(application_id, working),
    }
}

/// The permission number that stands for all of `permissions`.
pub fn bits(permissions: &[Permission]) -> u64 {
    permissions
        .iter()
        .fold(0, |sum, permission| sum | permission.bits)
}

fn link(application_id: u64, permissions: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application_id}&scope=bot%20applications.commands&permissions={permissions}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_ask_for_the_listed_permissions_and_never_for_administrator() {
        let links = links(123_456_789_012_345_678);
        assert_eq!(
            links.adopting,
            "https://discord.com/oauth2/authorize?client_id=123456789012345678&scope=bot%20applications.commands&permissions=395137240064"
        );
        assert_eq!(
            links.full,
            "https://discord.com/oauth2/authorize?client_id=123456789012345678&scope=bot%20applications.commands&permissions=395405675536"
        );
        const ADMINISTRATOR: u64 = 1 << 3;
        assert_eq!((bits(WORKING) | bits(SETTING_UP)) & ADMINISTRATOR, 0);
        let all: Vec<_> = WORKING.iter().chain(SETTING_UP).collect();
        assert!(
            all.iter().all(
                |permission| permission.bits.is_power_of_two() && !permission.reason.is_empty()
            )
        );
    }
}
