//! What a refusal of Discord's means for an errand.

use std::time::Duration;

use super::Delivered;
use crate::discord::api::Trouble;
use crate::discord::connect::Connection;
use crate::discord::permissions::Permissions;
use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::people::DeskChannel;

/// Discord's codes, as far as the desk makes a difference between them (`topics/opcodes-and-status-codes`).
pub(super) mod code {
    pub const UNKNOWN_CHANNEL: i64 = 10003;
    pub const UNKNOWN_MEMBER: i64 = 10007;
    pub const UNKNOWN_MESSAGE: i64 = 10008;
    pub const UNKNOWN_ROLE: i64 = 10011;
    pub const UNKNOWN_USER: i64 = 10013;
    pub const DIRECT_TOO_FAST: i64 = 40003;
    pub const MISSING_ACCESS: i64 = 50001;
    pub const CANNOT_MESSAGE_USER: i64 = 50007;
    pub const MISSING_PERMISSIONS: i64 = 50013;
    pub const INVALID_FORM: i64 = 50035;
    pub const ARCHIVED: i64 = 50083;
    pub const NO_COMMON_SERVER: i64 = 50278;
    pub const MOST_ROLES: i64 = 30005;
    pub const MOST_CHANNELS: i64 = 30013;
    pub const MOST_THREAD_MEMBERS: i64 = 30033;
    pub const THREAD_EXISTS: i64 = 160004;
    pub const LOCKED: i64 = 160005;
    pub const MOST_THREADS: i64 = 160006;
}

/// Why an errand was not done.
#[derive(Clone, Debug)]
pub(super) enum Failure {
    /// Discord said no, or did not answer.
    Discord {
        /// What it said.
        trouble: Trouble,
        /// Where: a channel of the server, or the one above the thread. Nowhere for the server itself.
        place: Option<ChannelId>,
        /// What the bot has to be allowed there.
        needs: Permissions,
    },
    /// The desk has no such channel.
    NoRoom(DeskChannel),
    /// Something else has to be there first.
    NotYet(&'static str),
}

impl Failure {
    /// A failure on the server itself.
    pub(super) fn on_server(needs: Permissions) -> impl Fn(Trouble) -> Self {
        move |trouble| Self::Discord {
            trouble,
            place: None,
            needs,
        }
    }

    /// A failure in that channel.
    pub(super) fn within(place: ChannelId, needs: Permissions) -> impl Fn(Trouble) -> Self {
        move |trouble| Self::Discord {
            trouble,
            place: Some(place),
            needs,
        }
    }

    /// Discord's own code.
    pub(super) fn code(&self) -> Option<i64> {
        match self {
            Self::Discord { trouble, .. } => trouble.code(),
            Self::NoRoom(_) | Self::NotYet(_) => None,
        }
    }

    /// The person does not take direct messages from the bot.
    pub(super) fn closed_to_us(&self) -> bool {
        matches!(
            self.code(),
            Some(code::CANNOT_MESSAGE_USER | code::NO_COMMON_SERVER | code::UNKNOWN_USER)
        )
    }

    /// As the outbox has to know it. Names the permissions that are missing, by what the bot may effectively do there.
    pub(super) fn told(self, discord: &Connection, guild: GuildId) -> Delivered {
        let (trouble, place, needs) = match self {
            Self::Discord {
                trouble,
                place,
                needs,
            } => (trouble, place, needs),
            Self::NoRoom(channel) => {
                return Delivered::Blocked {
                    channel: None,
                    missing: Vec::new(),
                    said: format!(
                        "the desk has no channel #{}; /setup run makes it",
                        channel.name()
                    ),
                };
            }
            Self::NotYet(why) => {
                return Delivered::Later {
                    why: why.to_owned(),
                    after: Some(Duration::from_secs(1)),
                };
            }
        };
        let said = trouble.to_string();
        match trouble {
            Trouble::Limited { after } => Delivered::Later {
                why: said,
                after: Some(after),
            },
            Trouble::Unknown { .. } => Delivered::Later {
                why: said,
                after: None,
            },
            Trouble::Unauthorized => Delivered::Stop { why: said },
            Trouble::Refused { status, code, said } => match code {
                code::DIRECT_TOO_FAST => Delivered::Later {
                    why: said,
                    after: Some(Duration::from_secs(60)),
                },
                code::MOST_THREADS => Delivered::Full { said },
                code::INVALID_FORM => Delivered::Never { why: said },
                code::CANNOT_MESSAGE_USER | code::NO_COMMON_SERVER | code::UNKNOWN_USER => {
                    Delivered::Never { why: said }
                }
                code::MISSING_ACCESS
                | code::MISSING_PERMISSIONS
                | code::UNKNOWN_CHANNEL
                | code::UNKNOWN_ROLE
                | code::ARCHIVED
                | code::LOCKED
                | code::MOST_ROLES
                | code::MOST_CHANNELS
                | code::MOST_THREAD_MEMBERS => blocked(discord, guild, place, needs, said),
                _ if status == 403 || status == 404 => blocked(discord, guild, place, needs, said),
                _ => Delivered::Never { why: said },
            },
        }
    }
}

fn blocked(
    discord: &Connection,
    guild: GuildId,
    place: Option<ChannelId>,
    needs: Permissions,
    said: String,
) -> Delivered {
    let has = discord
        .server(Some(guild))
        .snapshot()
        .map(|server| match place {
            Some(channel) => server.bot_in(channel),
            None => server.bot_on_server(),
        });
    let missing = has
        .map_or(Permissions::NONE, |has| needs.without(has))
        .names();
    Delivered::Blocked {
        channel: place,
        missing,
        said,
    }
}

/// Whether the bot may do that in a channel, as far as is known; unknown counts as yes, since Discord decides anyway.
pub(super) fn may(
    discord: &Connection,
    guild: GuildId,
    channel: ChannelId,
    wanted: Permissions,
) -> bool {
    let server = discord.server(Some(guild)).snapshot();
    server.is_none_or(|server| wanted.without(server.bot_in(channel)).names().is_empty())
}
