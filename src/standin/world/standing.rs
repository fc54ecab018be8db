//! Who may do what where: Discord's permission arithmetic over the world.

use super::World;
use super::objects::{Channel, OverwriteOf, Role, channel_type};
use crate::standin::ids::Id;
use crate::standin::laws::Refused;
use crate::standin::laws::permissions::{self as may, Overwrite};

impl World {
    /// What a member may in the guild, before any channel.
    pub fn guild_permissions(&self, user: Id) -> u64 {
        let Some(member) = self.members.get(&user) else {
            return 0;
        };
        if self.guild.owner == user {
            return may::ALL;
        }
        let own = member.roles.iter().filter_map(|role| self.roles.get(role));
        let everyone = self
            .roles
            .get(&self.guild.id)
            .map_or(0, |role| role.permissions);
        let bits = own.fold(everyone, |bits, role| bits | role.permissions);
        if bits & may::ADMINISTRATOR != 0 {
            may::ALL
        } else {
            bits
        }
    }

    /// What a member may in a channel or thread. For a private thread this does not ask whether they are in it
    /// ([`World::sees`] does).
    pub fn permissions_in(&self, user: Id, channel: &Channel) -> u64 {
        if channel.is_direct() {
            return if channel.recipients.contains(&user) {
                may::EVERYONE
            } else {
                0
            };
        }
        let Some(member) = self.members.get(&user) else {
            return 0;
        };
        let in_thread = channel.thread.is_some();
        let Some(of) = self.overwrites_of(channel) else {
            return 0;
        };
        let guild = self.guild_permissions(user);
        if guild & may::ADMINISTRATOR != 0 {
            return may::ALL;
        }
        let overwrite = |id: &Id, kind: OverwriteOf| {
            of.overwrites
                .get(id)
                .filter(|(of, _)| *of == kind)
                .map(|(_, overwrite)| *overwrite)
        };
        let everyone = overwrite(&self.guild.id, OverwriteOf::Role);
        let roles: Vec<Overwrite> = member
            .roles
            .iter()
            .filter_map(|role| overwrite(role, OverwriteOf::Role))
            .collect();
        let bits = may::in_channel(
            guild,
            everyone,
            &roles,
            overwrite(&user, OverwriteOf::Member),
        );
        let sending = if in_thread {
            may::SEND_MESSAGES_IN_THREADS
        } else {
            may::SEND_MESSAGES
        };
        if bits & sending == 0 {
            bits & !may::NEEDS_SENDING
        } else {
            bits
        }
    }

    /// The channel whose overwrites count: a thread has none of its own.
    fn overwrites_of<'a>(&'a self, channel: &'a Channel) -> Option<&'a Channel> {
        match channel.thread {
            Some(_) => self.channels.get(&channel.parent?),
            None => Some(channel),
        }
    }

    /// Whether somebody sees a channel: a private thread is seen by those in it and by those who manage threads.
    pub fn sees(&self, user: Id, channel: &Channel) -> bool {
        let bits = self.permissions_in(user, channel);
        if bits & may::VIEW_CHANNEL == 0 {
            return false;
        }
        match &channel.thread {
            Some(thread) if channel.kind == channel_type::PRIVATE_THREAD => {
                thread.members.contains_key(&user) || bits & may::MANAGE_THREADS != 0
            }
            _ => true,
        }
    }

    /// The channel, if this caller sees it.
    ///
    /// # Errors
    /// 10003 when it does not exist, 50001 when it is out of sight.
    pub fn seen_channel(&self, user: Id, id: Id) -> Result<&Channel, Refused> {
        let channel = self.channel(id)?;
        if self.sees(user, channel) {
            Ok(channel)
        } else {
            Err(Refused::missing_access())
        }
    }

    /// Asks for permissions in a channel that the caller must also see.
    ///
    /// # Errors
    /// 10003, 50001, 50013.
    pub fn require(&self, user: Id, channel: Id, bits: u64) -> Result<(), Refused> {
        let channel = self.seen_channel(user, channel)?;
        if self.permissions_in(user, channel) & bits == bits {
            Ok(())
        } else {
            Err(Refused::missing_permissions())
        }
    }

    /// Asks for permissions in the guild.
    ///
    /// # Errors
    /// 50013.
    pub fn require_in_guild(&self, user: Id, bits: u64) -> Result<(), Refused> {
        if self.guild_permissions(user) & bits == bits {
            Ok(())
        } else {
            Err(Refused::missing_permissions())
        }
    }

    /// The rank of somebody's highest role. The owner stands above all.
    pub fn rank(&self, user: Id) -> i64 {
        if self.guild.owner == user {
            return i64::MAX;
        }
        let roles = self
            .members
            .get(&user)
            .into_iter()
            .flat_map(|member| &member.roles);
        roles
            .filter_map(|role| self.roles.get(role))
            .map(|role| role.position)
            .max()
            .unwrap_or(0)
    }

    /// Whether somebody with `MANAGE_ROLES` may give, take or change this role: it must stand below their highest.
    pub fn stands_above(&self, user: Id, role: &Role) -> bool {
        self.rank(user) > role.position
    }

    /// Whether somebody may write here, all things considered.
    ///
    /// # Errors
    /// 50008 for a channel that holds no messages, 50001, 50013, 50083 and 160005 for threads.
    pub fn require_writing(&self, user: Id, channel: Id) -> Result<(), Refused> {
        let place = self.seen_channel(user, channel)?;
        if !place.holds_messages() {
            return Err(Refused::not_a_text_channel());
        }
        if place.is_direct() {
            return Ok(());
        }
        let bits = self.permissions_in(user, place);
        let Some(thread) = &place.thread else {
            return has(bits, may::SEND_MESSAGES);
        };
        has(bits, may::SEND_MESSAGES_IN_THREADS)?;
        if thread.locked && bits & may::MANAGE_THREADS == 0 {
            return Err(if thread.archived {
                Refused::archived_thread()
            } else {
                Refused::locked_thread()
            });
        }
        Ok(())
    }
}

fn has(bits: u64, needed: u64) -> Result<(), Refused> {
    if bits & needed == needed {
        Ok(())
    } else {
        Err(Refused::missing_permissions())
    }
}
