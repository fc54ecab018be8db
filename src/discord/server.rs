//! What is known of a server, read only: from what the gateway told, never asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use serenity::all::{Cache, ChannelType, PermissionOverwrite, PermissionOverwriteType};

use super::connect::Granted;
use super::permissions::{Holder, Overwrite, Permissions, Whom, in_channel, of_server};
use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};

/// A handle to what is known of one server. Cheap to clone.
#[derive(Clone)]
pub struct Server {
    cache: Option<Arc<Cache>>,
    guild: Option<GuildId>,
    bot: UserId,
    granted: Granted,
}

/// A server as it was at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its id, which is also the id of the role that everybody has.
    pub guild: GuildId,
    /// Its name: hostile text.
    pub name: String,
    /// Whose it is.
    pub owner: UserId,
    /// Its roles, everybody's included.
    pub roles: BTreeMap<RoleId, ServerRole>,
    /// Its channels, without threads.
    pub channels: BTreeMap<ChannelId, ServerChannel>,
    /// The bot there.
    pub bot: UserId,
    /// The bot's roles.
    pub bot_roles: Vec<RoleId>,
    /// Members and their roles, as far as they are known: all of them with the members intent.
    pub members: BTreeMap<UserId, Vec<RoleId>>,
    /// Whether all members are known.
    pub all_members: bool,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerRole {
    /// Its name: hostile text.
    pub name: String,
    /// Higher ones stand above lower ones; who has one manages only those below it.
    pub position: u16,
    /// What it grants.
    pub permissions: Permissions,
    /// It belongs to a bot or an integration, and nobody can be given it.
    pub managed: bool,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerChannel {
    /// Its name: hostile text.
    pub name: String,
    /// Whether it is a text channel, the only kind in which private threads can be.
    pub text: bool,
    /// What it allows and denies.
    pub overwrites: Vec<Overwrite>,
}

impl Server {
    pub(super) fn new(
        cache: Option<Arc<Cache>>,
        guild: Option<GuildId>,
        bot: UserId,
        granted: Granted,
    ) -> Self {
        Self {
            cache,
            guild,
            bot,
            granted,
        }
    }

    /// The privileged intents that were granted.
    pub fn granted(&self) -> Granted {
        self.granted
    }

    /// Whose the server is, where it is known.
    pub fn owner(&self) -> Option<UserId> {
        let guild = self.cache.as_ref()?.guild(self.guild?.0)?;
        Some(UserId(guild.owner_id.get()))
    }

    /// How a member is called there, where it is known: hostile text.
    pub fn name_of(&self, user: UserId) -> Option<String> {
        let guild = self.cache.as_ref()?.guild(self.guild?.0)?;
        let member = guild.members.get(&user.0.into())?;
        Some(member.display_name().to_owned())
    }

    /// The server's language, by Discord's tag.
    pub fn locale(&self) -> String {
        let known = self.guild.and_then(|guild| {
            let guild = self.cache.as_ref()?.guild(guild.0)?;
            Some(guild.preferred_locale.clone())
        });
        known.unwrap_or_else(|| "en".to_owned())
    }

    /// The server as it is now; `None` in a direct message, and until the gateway has told of it.
    pub fn snapshot(&self) -> Option<Snapshot> {
        let id = self.guild?;
        let guild = self.cache.as_ref()?.guild(id.0)?;
        let roles = guild
            .roles
            .values()
            .map(|role| {
                let shown = ServerRole {
                    name: role.name.clone(),
                    position: role.position,
                    permissions: Permissions(role.permissions.bits()),
                    managed: role.managed,
                };
                (RoleId(role.id.get()), shown)
            })
            .collect();
        let channels = guild
            .channels
            .values()
            .map(|channel| {
                let shown = ServerChannel {
                    name: channel.name.clone(),
                    text: channel.kind == ChannelType::Text,
                    overwrites: channel
                        .permission_overwrites
                        .iter()
                        .filter_map(overwrite)
                        .collect(),
                };
                (ChannelId(channel.id.get()), shown)
            })
            .collect();
        let members: BTreeMap<UserId, Vec<RoleId>> = guild
            .members
            .values()
            .map(|member| {
                let roles = member.roles.iter().map(|role| RoleId(role.get())).collect();
                (UserId(member.user.id.get()), roles)
            })
            .collect();
        Some(Snapshot {
            guild: id,
            name: guild.name.clone(),
            owner: UserId(guild.owner_id.get()),
            roles,
            channels,
            bot: self.bot,
            bot_roles: members.get(&self.bot).cloned().unwrap_or_default(),
            all_members: self.granted.members,
            members,
        })
    }
}

fn overwrite(from: &PermissionOverwrite) -> Option<Overwrite> {
    let whom = match from.kind {
        PermissionOverwriteType::Role(role) => Whom::Role(role.get()),
        PermissionOverwriteType::Member(member) => Whom::Member(member.get()),
        _ => return None,
    };
    Some(Overwrite {
        whom,
        allow: Permissions(from.allow.bits()),
        deny: Permissions(from.deny.bits()),
    })
}

impl Snapshot {
    /// Whether it has that channel.
    pub fn has_channel(&self, channel: ChannelId) -> bool {
        self.channels.contains_key(&channel)
    }

    /// Whether it has that role.
    pub fn has_role(&self, role: RoleId) -> bool {
        self.roles.contains_key(&role)
    }

    /// What the bot may do on the whole server.
    pub fn bot_on_server(&self) -> Permissions {
        self.with_bot(|holder, roles| of_server(holder, self.guild.0, roles))
    }

    /// What the bot may do in that channel; nothing where it does not see it.
    pub fn bot_in(&self, channel: ChannelId) -> Permissions {
        let Some(shown) = self.channels.get(&channel) else {
            return Permissions::NONE;
        };
        self.with_bot(|holder, roles| {
            let base = of_server(holder, self.guild.0, roles);
            in_channel(base, holder, self.guild.0, &shown.overwrites)
        })
    }

    /// The position of the bot's highest role: it manages only roles below that.
    pub fn bot_position(&self) -> u16 {
        let held = self
            .bot_roles
            .iter()
            .filter_map(|role| self.roles.get(role));
        held.map(|role| role.position).max().unwrap_or(0)
    }

    /// How many members are known to have that role.
    pub fn holders(&self, role: RoleId) -> usize {
        self.members
            .values()
            .filter(|roles| roles.contains(&role))
            .count()
    }

    fn with_bot<T>(&self, work: impl FnOnce(Holder<'_>, &BTreeMap<u64, Permissions>) -> T) -> T {
        let roles: Vec<u64> = self.bot_roles.iter().map(|role| role.0).collect();
        let of_roles = self
            .roles
            .iter()
            .map(|(id, role)| (id.0, role.permissions))
            .collect();
        let holder = Holder {
            user: self.bot.0,
            roles: &roles,
            owner: self.owner == self.bot,
        };
        work(holder, &of_roles)
    }
}
