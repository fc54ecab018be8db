//! Permissions, as Discord computes them, with numbers of our own.
//!
//! serenity's type knows no bit above 50 and drops the others (`discord/NOTES.md` 1.6), so single overwrites are written
//! and whole sets never copied; the arithmetic here is over plain numbers. The rules are Discord's (`topics/permissions`).

use std::collections::BTreeMap;

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(pub u64);

macro_rules! permissions {
    ($($(#[$about:meta])* $name:ident = $bit:literal, $shown:literal;)*) => {
        impl Permissions {
            $($(#[$about])* pub const $name: Self = Self(1 << $bit);)*

            /// Every one that the desk has a use for, with the name that Discord's settings show, in the order in which
            /// the desk speaks of them.
            pub const NAMED: &'static [(Self, &'static str)] = &[$((Self::$name, $shown)),*];
        }
    };
}

permissions! {
    /// Everything, everywhere. The desk never asks for it.
    ADMINISTRATOR = 3, "Administrator";
    /// See a channel; without it nothing else counts there.
    VIEW_CHANNEL = 10, "View Channels";
    /// Write in a channel; in threads another one counts.
    SEND_MESSAGES = 11, "Send Messages";
    /// Write in threads.
    SEND_MESSAGES_IN_THREADS = 38, "Send Messages in Threads";
    /// Show embeds.
    EMBED_LINKS = 14, "Embed Links";
    /// Send files.
    ATTACH_FILES = 15, "Attach Files";
    /// Read what was written before.
    READ_MESSAGE_HISTORY = 16, "Read Message History";
    /// Start threads that everybody sees.
    CREATE_PUBLIC_THREADS = 35, "Create Public Threads";
    /// Start threads that only their members see.
    CREATE_PRIVATE_THREADS = 36, "Create Private Threads";
    /// See all private threads, lock and reopen threads.
    MANAGE_THREADS = 34, "Manage Threads";
    /// Ping roles that cannot be pinged by everybody, @everyone, and @here.
    MENTION_EVERYONE = 17, "Mention @everyone, @here, and All Roles";
    /// Use commands.
    USE_APPLICATION_COMMANDS = 31, "Use Application Commands";
    /// Make and change channels.
    MANAGE_CHANNELS = 4, "Manage Channels";
    /// Make roles, and give the own permissions to others.
    MANAGE_ROLES = 28, "Manage Roles";
    /// Delete what others wrote.
    MANAGE_MESSAGES = 13, "Manage Messages";
    /// Pin messages; unknown to serenity 0.12.
    PIN_MESSAGES = 51, "Pin Messages";
    /// Write without waiting where others must; unknown to serenity 0.12.
    BYPASS_SLOWMODE = 52, "Bypass Slowmode";
}

impl Permissions {
    /// None.
    pub const NONE: Self = Self(0);
    /// All that there are and will be.
    pub const ALL: Self = Self(u64::MAX);

    /// What the bot needs to work in the desk's channels.
    pub fn working() -> Self {
        Self(crate::invite::bits(crate::invite::WORKING))
    }

    /// What the bot needs on top, to make roles and channels.
    pub fn setting_up() -> Self {
        Self(crate::invite::bits(crate::invite::SETTING_UP))
    }

    /// All of `other` are in it.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Those in either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of this set that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Their names, as Discord's settings show them. A bit that has no name here is told by its number.
    pub fn names(self) -> Vec<String> {
        let mut names: Vec<String> = Self::NAMED
            .iter()
            .filter(|(one, _)| self.contains(*one))
            .map(|(_, name)| (*name).to_owned())
            .collect();
        let known = Self::NAMED
            .iter()
            .fold(Self::NONE, |sum, (one, _)| sum.and(*one));
        let unnamed = self.without(known).0;
        names.extend(
            (0..64)
                .filter(|bit| unnamed & (1 << bit) != 0)
                .map(|bit| format!("bit {bit}")),
        );
        names
    }
}

/// To whom an overwrite of a channel applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    /// Holders of the role of that id; the server's own id stands for everybody.
    Role(u64),
    /// The member of that id.
    Member(u64),
}

/// What a channel allows and denies beyond the server's roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// To whom it applies.
    pub whom: Whom,
    /// What it adds.
    pub allow: Permissions,
    /// What it takes away.
    pub deny: Permissions,
}

/// Whose permissions are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// Their id.
    pub user: u64,
    /// Their roles, without the one of everybody.
    pub roles: &'a [u64],
    /// Whether the server is theirs.
    pub owner: bool,
}

/// What `holder` may do on the whole server. `of_roles` holds each role's permissions, and `guild` is the id of the role
/// that everybody has.
pub fn of_server(
    holder: Holder<'_>,
    guild: u64,
    of_roles: &BTreeMap<u64, Permissions>,
) -> Permissions {
    if holder.owner {
        return Permissions::ALL;
    }
    let everybody = of_roles.get(&guild).copied().unwrap_or_default();
    let sum = holder
        .roles
        .iter()
        .filter_map(|role| of_roles.get(role))
        .fold(everybody, |sum, one| sum.and(*one));
    if sum.contains(Permissions::ADMINISTRATOR) {
        Permissions::ALL
    } else {
        sum
    }
}

/// What `holder`, who may `base` on the whole server, may do in a channel with these overwrites: everybody's first, then
/// those of all roles together, then their own.
pub fn in_channel(
    base: Permissions,
    holder: Holder<'_>,
    guild: u64,
    overwrites: &[Overwrite],
) -> Permissions {
    if base.contains(Permissions::ADMINISTRATOR) {
        return Permissions::ALL;
    }
    let of = |whom: Whom| overwrites.iter().filter(move |one| one.whom == whom);
    let mut now = base;
    for one in of(Whom::Role(guild)) {
        now = now.without(one.deny).and(one.allow);
    }
    let (mut allow, mut deny) = (Permissions::NONE, Permissions::NONE);
    for role in holder.roles.iter().filter(|role| **role != guild) {
        for one in of(Whom::Role(*role)) {
            allow = allow.and(one.allow);
            deny = deny.and(one.deny);
        }
    }
    now = now.without(deny).and(allow);
    for one in of(Whom::Member(holder.user)) {
        now = now.without(one.deny).and(one.allow);
    }
    if now.contains(Permissions::VIEW_CHANNEL) {
        now
    } else {
        Permissions::NONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type P = Permissions;

    const GUILD: u64 = 1;
    const STAFF: u64 = 2;
    const LEAD: u64 = 3;
    const BOSS: u64 = 4;
    const MIA: u64 = 10;

    fn roles() -> BTreeMap<u64, P> {
        BTreeMap::from([
            (GUILD, P::VIEW_CHANNEL.and(P::SEND_MESSAGES)),
            (STAFF, P::EMBED_LINKS),
            (LEAD, P::MANAGE_THREADS.and(P::PIN_MESSAGES)),
            (BOSS, P::ADMINISTRATOR),
        ])
    }

    fn over(whom: Whom, allow: P, deny: P) -> Overwrite {
        Overwrite { whom, allow, deny }
    }

    fn may(roles_held: &[u64], owner: bool, overwrites: &[Overwrite]) -> P {
        let mia = Holder {
            user: MIA,
            roles: roles_held,
            owner,
        };
        in_channel(of_server(mia, GUILD, &roles()), mia, GUILD, overwrites)
    }

    #[test]
    fn roles_add_up_and_owners_and_administrators_may_everything() {
        assert_eq!(may(&[], false, &[]), P::VIEW_CHANNEL.and(P::SEND_MESSAGES));
        assert_eq!(
            may(&[STAFF, LEAD], false, &[]).names(),
            [
                "View Channels",
                "Send Messages",
                "Embed Links",
                "Manage Threads",
                "Pin Messages"
            ]
        );
        let closed = [over(Whom::Role(GUILD), P::NONE, P::ALL)];
        assert_eq!(may(&[], true, &closed), P::ALL);
        assert_eq!(may(&[BOSS], false, &closed), P::ALL);
    }

    #[test]
    fn overwrites_apply_in_discords_order() {
        let hidden = over(Whom::Role(GUILD), P::NONE, P::VIEW_CHANNEL);
        // Who cannot see a channel can do nothing in it.
        assert_eq!(may(&[STAFF], false, &[hidden]), P::NONE);
        // A role's allowance beats everybody's denial, wherever it stands in the list.
        let for_staff = over(Whom::Role(STAFF), P::VIEW_CHANNEL, P::NONE);
        assert!(may(&[STAFF], false, &[for_staff, hidden]).contains(P::VIEW_CHANNEL));
        // Among roles, an allowance beats a denial.
        let not_staff = over(Whom::Role(STAFF), P::NONE, P::SEND_MESSAGES);
        let lead = over(Whom::Role(LEAD), P::SEND_MESSAGES, P::NONE);
        assert!(may(&[STAFF, LEAD], false, &[lead, not_staff]).contains(P::SEND_MESSAGES));
        assert!(!may(&[STAFF], false, &[lead, not_staff]).contains(P::SEND_MESSAGES));
        // The member's own comes last.
        let not_mia = over(Whom::Member(MIA), P::NONE, P::SEND_MESSAGES);
        assert!(!may(&[STAFF, LEAD], false, &[not_mia, lead]).contains(P::SEND_MESSAGES));
        let mia = over(Whom::Member(MIA), P::BYPASS_SLOWMODE, P::NONE);
        assert!(may(&[], false, &[mia]).contains(P::BYPASS_SLOWMODE));
    }

    #[test]
    fn what_is_asked_for_has_a_name_and_is_not_administrator() {
        let asked = P::working().and(P::setting_up());
        assert!(!asked.contains(P::ADMINISTRATOR));
        assert!(
            asked.names().iter().all(|name| !name.starts_with("bit")),
            "{:?}",
            asked.names()
        );
        assert_eq!(Permissions(1 << 63).names(), ["bit 63"]);
        for permission in crate::invite::WORKING
            .iter()
            .chain(crate::invite::SETTING_UP)
        {
            assert_eq!(Permissions(permission.bits).names(), [permission.name]);
        }
    }
}
