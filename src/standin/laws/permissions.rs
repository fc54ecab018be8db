//! Permission bits and their arithmetic, as Discord computes them.

/// Everything.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Remove members.
pub const KICK_MEMBERS: u64 = 1 << 1;
/// Create, change and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// Change the guild.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// See a channel and what is in it.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write in a channel (not in its threads).
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete what others wrote.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Embeds and link previews.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Mention everyone, and roles that are not mentionable.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Create, give and change roles below one's own.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// Use commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// See and change every thread.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// Start threads from messages, or public ones.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Start private threads.
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
/// Write in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// Pin messages; a right of its own since 2026.
pub const PIN_MESSAGES: u64 = 1 << 51;

/// What `@everyone` may in a new guild, as far as the stand-in knows it.
pub const EVERYONE: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS
    | 1 << 6   // add reactions
    | 1 << 18  // use external emoji
    | 1 << 26; // change one's own nickname

/// Every bit that Discord has documented (0 to 52).
pub const ALL: u64 = (1 << 53) - 1;

/// What a channel says about one role or member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Overwrite {
    /// Bits given.
    pub allow: u64,
    /// Bits taken.
    pub deny: u64,
}

/// The arithmetic of a channel: the guild's bits, then the overwrite for everyone, then those of the member's roles
/// together, then the member's own. Without `VIEW_CHANNEL` nothing is left; without `SEND_MESSAGES` nothing that
/// needs it.
pub fn in_channel(
    guild: u64,
    everyone: Option<Overwrite>,
    roles: &[Overwrite],
    member: Option<Overwrite>,
) -> u64 {
    if guild & ADMINISTRATOR != 0 {
        return ALL;
    }
    let apply = |bits: u64, overwrite: Overwrite| (bits & !overwrite.deny) | overwrite.allow;
    let mut bits = guild;
    if let Some(overwrite) = everyone {
        bits = apply(bits, overwrite);
    }
    let together = roles
        .iter()
        .fold(Overwrite { allow: 0, deny: 0 }, |sum, one| Overwrite {
            allow: sum.allow | one.allow,
            deny: sum.deny | one.deny,
        });
    bits = apply(bits, together);
    if let Some(overwrite) = member {
        bits = apply(bits, overwrite);
    }
    if bits & VIEW_CHANNEL == 0 {
        return 0;
    }
    bits
}

/// Bits that mean nothing without the right to write.
pub const NEEDS_SENDING: u64 = MENTION_EVERYONE | EMBED_LINKS | ATTACH_FILES | 1 << 12;

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: u64 = 0;

    fn overwrite(allow: u64, deny: u64) -> Overwrite {
        Overwrite { allow, deny }
    }

    #[test]
    fn overwrites_apply_in_discords_order() {
        let hidden = Some(overwrite(NOTHING, VIEW_CHANNEL));
        assert_eq!(
            in_channel(EVERYONE, hidden, &[], None),
            0,
            "denied for everyone"
        );
        let shown = [overwrite(VIEW_CHANNEL, NOTHING)];
        assert_eq!(
            in_channel(EVERYONE, hidden, &shown, None),
            EVERYONE,
            "a role's allow beats everyone's deny"
        );
        let both = [
            overwrite(VIEW_CHANNEL, NOTHING),
            overwrite(NOTHING, VIEW_CHANNEL),
        ];
        assert_eq!(
            in_channel(EVERYONE, hidden, &both, None),
            EVERYONE,
            "one role's allow beats another's deny"
        );
        let member = Some(overwrite(NOTHING, VIEW_CHANNEL));
        assert_eq!(
            in_channel(EVERYONE, None, &shown, member),
            0,
            "the member's own comes last"
        );
    }

    #[test]
    fn an_administrator_is_denied_nothing() {
        let all_denied = Some(overwrite(NOTHING, ALL));
        assert_eq!(in_channel(ADMINISTRATOR, all_denied, &[], all_denied), ALL);
    }
}
