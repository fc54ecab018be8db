//! Channels of the guild and direct messages.

use serde_json::json;

use super::World;
use super::objects::{Channel, OverwriteOf, channel_type};
use super::posting::intent;
use crate::standin::ids::{Id, Kind};
use crate::standin::laws::permissions::{self as may, Overwrite};
use crate::standin::laws::{Refused, form::Form};
use crate::standin::wire;

/// As many channels as a guild may have, and as many as a category.
const MOST_CHANNELS: usize = 500;
const MOST_IN_CATEGORY: usize = 50;

/// One overwrite as a request gives it.
#[derive(Clone, Copy, Debug)]
pub struct NewOverwrite {
    /// The role or member.
    pub id: Id,
    /// Which of the two.
    pub of: OverwriteOf,
    /// The bits.
    pub overwrite: Overwrite,
}

/// What changes about a channel, or what a new one is to be.
#[derive(Clone, Default, Debug)]
pub struct ChannelChange {
    /// The name.
    pub name: Option<String>,
    /// The topic; the inner `None` takes it away.
    pub topic: Option<Option<String>>,
    /// The category; the inner `None` takes it out.
    pub parent: Option<Option<Id>>,
    /// Its place in the list.
    pub position: Option<i64>,
    /// Age-restricted.
    pub nsfw: Option<bool>,
    /// Seconds between two messages of one person.
    pub slow_mode: Option<i64>,
    /// All overwrites anew.
    pub overwrites: Option<Vec<NewOverwrite>>,
}

impl World {
    /// Creates a channel.
    ///
    /// # Errors
    /// 30013, 50013, 50035.
    pub fn create_channel(
        &mut self,
        by: Id,
        kind: u8,
        name: &str,
        change: ChannelChange,
    ) -> Result<Id, Refused> {
        self.require_in_guild(by, may::MANAGE_CHANNELS)?;
        if self
            .channels
            .values()
            .filter(|one| !one.is_direct() && one.thread.is_none())
            .count()
            >= MOST_CHANNELS
        {
            return Err(Refused::too_many_channels());
        }
        self.check_parent(kind, &change)?;
        self.check_overwrites(by, self.guild_permissions(by), change.overwrites.as_deref())?;
        let id = self.next_id(Kind::Channel);
        let mut channel = Channel::empty(id, kind, "");
        channel.position = self.next_position(kind);
        // A channel made in a category takes the category's overwrites unless the request brings its own.
        if let (None, Some(Some(parent))) = (&change.overwrites, change.parent)
            && let Some(parent) = self.channels.get(&parent)
        {
            channel.overwrites = parent.overwrites.clone();
        }
        self.channels.insert(id, channel);
        self.apply_channel_change(
            id,
            ChannelChange {
                name: Some(name.to_owned()),
                ..change
            },
        );
        self.tell_of_channel("CHANNEL_CREATE", id);
        Ok(id)
    }

    fn next_position(&self, kind: u8) -> i64 {
        let category = kind == channel_type::CATEGORY;
        let alike = self.channels.values().filter(|one| {
            !one.is_direct()
                && one.thread.is_none()
                && (one.kind == channel_type::CATEGORY) == category
        });
        alike.map(|one| one.position + 1).max().unwrap_or(0)
    }

    fn check_parent(&self, kind: u8, change: &ChannelChange) -> Result<(), Refused> {
        let Some(Some(parent)) = change.parent else {
            return Ok(());
        };
        let place = self.channels.get(&parent);
        if kind == channel_type::CATEGORY
            || place.is_none_or(|place| place.kind != channel_type::CATEGORY)
        {
            return Err(Refused::field(
                "parent_id",
                "CHANNEL_PARENT_INVALID_TYPE",
                "Not a category",
            ));
        }
        if self
            .channels
            .values()
            .filter(|one| one.parent == Some(parent))
            .count()
            >= MOST_IN_CATEGORY
        {
            let message = "Maximum number of channels in category reached (50)";
            return Err(Refused::field(
                "parent_id",
                "CHANNEL_PARENT_MAX_CHANNELS",
                message,
            ));
        }
        Ok(())
    }

    /// What somebody may give or take in a channel: what they may in its category or, without one, in the guild. Who was
    /// given the managing of this channel's permissions by an overwrite is not held to that.
    fn lendable(&self, by: Id, place: &Channel) -> u64 {
        let own_roles = self
            .members
            .get(&by)
            .into_iter()
            .flat_map(|member| &member.roles);
        let trusted = own_roles
            .chain([&by])
            .filter_map(|id| place.overwrites.get(id))
            .any(|(_, overwrite)| overwrite.allow & may::MANAGE_ROLES != 0);
        if trusted {
            return may::ALL;
        }
        match place.parent.and_then(|parent| self.channels.get(&parent)) {
            Some(category) => self.permissions_in(by, category),
            None => self.guild_permissions(by),
        }
    }

    /// Nobody gives or takes by overwrite what they do not have themselves.
    fn check_overwrites(
        &self,
        by: Id,
        own: u64,
        overwrites: Option<&[NewOverwrite]>,
    ) -> Result<(), Refused> {
        let guild = self.guild_permissions(by);
        let mut form = Form::default();
        for (index, new) in overwrites.unwrap_or(&[]).iter().enumerate() {
            let known = match new.of {
                OverwriteOf::Role => self.roles.contains_key(&new.id),
                OverwriteOf::Member => self.members.contains_key(&new.id),
            };
            if !known {
                let at = format!("permission_overwrites.{index}.id");
                form.fault(&at, "OVERWRITE_TARGET_UNKNOWN", "Unknown role or member");
            }
            let touched = new.overwrite.allow | new.overwrite.deny;
            if guild & may::ADMINISTRATOR == 0 && (touched & may::ALL & !own) != 0 {
                return Err(Refused::missing_permissions());
            }
            if guild & may::ADMINISTRATOR == 0 && touched & may::MANAGE_ROLES != 0 {
                // Managing permissions is itself given only by administrators.
                return Err(Refused::missing_permissions());
            }
        }
        form.finish()
    }

    fn apply_channel_change(&mut self, id: Id, change: ChannelChange) {
        let Some(place) = self.channels.get_mut(&id) else {
            return;
        };
        if let Some(name) = change.name {
            place.name = shape_name(&name, place.kind);
        }
        if let Some(topic) = change.topic {
            place.topic = topic.filter(|topic| !topic.is_empty());
        }
        if let Some(parent) = change.parent {
            place.parent = parent;
        }
        place.position = change.position.unwrap_or(place.position);
        place.nsfw = change.nsfw.unwrap_or(place.nsfw);
        place.slow_mode = change.slow_mode.unwrap_or(place.slow_mode);
        if let Some(overwrites) = change.overwrites {
            place.overwrites = overwrites
                .into_iter()
                .map(|new| (new.id, (new.of, new.overwrite)))
                .collect();
        }
    }

    /// Tells of a channel. Applications hear of every channel of the guild, seen or not.
    pub(super) fn tell_of_channel(&mut self, name: &'static str, id: Id) {
        let Some(place) = self.channels.get(&id) else {
            return;
        };
        let payload = wire::channel::channel(self, place, self.application.bot);
        self.dispatch(name, intent::GUILDS, payload);
        self.changed("channel", Some(id));
    }

    /// Changes a channel of the guild.
    ///
    /// # Errors
    /// 10003, 50001, 50013, 50024, 50035.
    pub fn change_channel(&mut self, by: Id, id: Id, change: ChannelChange) -> Result<(), Refused> {
        self.require(by, id, may::MANAGE_CHANNELS)?;
        let place = self.channel(id)?;
        if change.overwrites.is_some() {
            self.require(by, id, may::MANAGE_ROLES)?;
        }
        self.check_parent(place.kind, &change)?;
        self.check_overwrites(by, self.lendable(by, place), change.overwrites.as_deref())?;
        let seen_before = self.threads_seen_in(id);
        self.apply_channel_change(id, change);
        self.tell_of_channel("CHANNEL_UPDATE", id);
        self.sync_threads(id, &seen_before);
        Ok(())
    }

    /// Sets the overwrite of one role or member.
    ///
    /// # Errors
    /// 10003, 10009, 50001, 50013.
    pub fn set_overwrite(&mut self, by: Id, channel: Id, new: NewOverwrite) -> Result<(), Refused> {
        self.require(by, channel, may::MANAGE_ROLES)?;
        let place = self.channel(channel)?;
        if place.is_direct() || place.thread.is_some() {
            return Err(Refused::wrong_channel_type());
        }
        self.check_overwrites(by, self.lendable(by, place), Some(&[new]))
            .map_err(|refused| {
                if refused.code == 50035 {
                    Refused::unknown_overwrite()
                } else {
                    refused
                }
            })?;
        let seen_before = self.threads_seen_in(channel);
        let place = self.channel_mut(channel)?;
        place.overwrites.insert(new.id, (new.of, new.overwrite));
        self.tell_of_channel("CHANNEL_UPDATE", channel);
        self.sync_threads(channel, &seen_before);
        Ok(())
    }

    /// Takes the overwrite of one role or member away.
    ///
    /// # Errors
    /// 10003, 10009, 50001, 50013.
    pub fn remove_overwrite(&mut self, by: Id, channel: Id, id: Id) -> Result<(), Refused> {
        self.require(by, channel, may::MANAGE_ROLES)?;
        let seen_before = self.threads_seen_in(channel);
        let place = self.channel_mut(channel)?;
        if place.overwrites.remove(&id).is_none() {
            return Err(Refused::unknown_overwrite());
        }
        self.tell_of_channel("CHANNEL_UPDATE", channel);
        self.sync_threads(channel, &seen_before);
        Ok(())
    }

    /// The threads of a channel that the bot sees now.
    fn threads_seen_in(&self, channel: Id) -> Vec<Id> {
        let bot = self.application.bot;
        let own = self
            .channels
            .values()
            .filter(|one| one.parent == Some(channel) && one.thread.is_some());
        own.filter(|one| self.sees(bot, one))
            .map(|one| one.id)
            .collect()
    }

    /// Tells the bot of the threads that came into its sight with a channel. Of those that went out of it Discord says
    /// nothing.
    fn sync_threads(&mut self, channel: Id, seen_before: &[Id]) {
        if !seen_before.is_empty() {
            return;
        }
        let bot = self.application.bot;
        let active = |one: &&Channel| one.thread.as_ref().is_some_and(|thread| !thread.archived);
        let seen: Vec<&Channel> = self
            .threads_seen_in(channel)
            .iter()
            .filter_map(|id| self.channels.get(id))
            .filter(active)
            .collect();
        if seen.is_empty() {
            return;
        }
        let members: Vec<_> = seen
            .iter()
            .filter_map(|one| wire::channel::thread_member(one, bot))
            .collect();
        let threads: Vec<_> = seen
            .iter()
            .map(|one| wire::channel::channel(self, one, bot))
            .collect();
        let payload = json!({"guild_id": self.guild.id, "channel_ids": [channel], "threads": threads, "members": members});
        self.dispatch("THREAD_LIST_SYNC", intent::GUILDS, payload);
    }

    /// Deletes a channel with its threads, a thread, or closes a direct message.
    ///
    /// # Errors
    /// 10003, 50001, 50013.
    pub fn delete_channel(&mut self, by: Id, id: Id) -> Result<(), Refused> {
        let place = self.seen_channel(by, id)?;
        if place.is_direct() {
            return Ok(());
        }
        let needed = if place.thread.is_some() {
            may::MANAGE_THREADS
        } else {
            may::MANAGE_CHANNELS
        };
        self.require(by, id, needed)?;
        let threads: Vec<Id> = self
            .channels
            .values()
            .filter(|one| one.parent == Some(id) && one.thread.is_some())
            .map(|one| one.id)
            .collect();
        // A category's channels stay, without a category.
        let orphans: Vec<Id> = self
            .channels
            .values()
            .filter(|one| one.parent == Some(id) && one.thread.is_none())
            .map(|one| one.id)
            .collect();
        self.forget_channel(id);
        for thread in threads {
            // With its channel a thread goes without a word.
            self.channels.remove(&thread);
            self.forget_messages(thread);
        }
        for orphan in orphans {
            if let Some(place) = self.channels.get_mut(&orphan) {
                place.parent = None;
            }
            self.tell_of_channel("CHANNEL_UPDATE", orphan);
        }
        Ok(())
    }

    fn forget_channel(&mut self, id: Id) {
        let bot = self.application.bot;
        let Some(place) = self.channels.get(&id) else {
            return;
        };
        if place.thread.is_some() {
            let payload = json!({"id": id, "guild_id": self.guild.id, "parent_id": place.parent, "type": place.kind});
            if self.sees(bot, place) {
                self.dispatch("THREAD_DELETE", intent::GUILDS, payload);
            }
        } else {
            let payload = wire::channel::channel(self, place, bot);
            self.dispatch("CHANNEL_DELETE", intent::GUILDS, payload);
        }
        self.channels.remove(&id);
        self.forget_messages(id);
        self.changed("channel", Some(id));
    }

    fn forget_messages(&mut self, channel: Id) {
        let gone: Vec<Id> = self
            .messages_in(channel)
            .map(|message| message.id)
            .collect();
        for id in gone {
            self.messages.remove(&(channel, id));
            self.places.remove(&id);
        }
    }

    /// The direct message between two, opened if there is none.
    ///
    /// # Errors
    /// 50033 for oneself or nobody.
    pub fn open_direct(&mut self, by: Id, with: Id) -> Result<Id, Refused> {
        if by == with || !self.users.contains_key(&with) {
            return Err(Refused::invalid_recipient());
        }
        let found = self.channels.values().find(|one| {
            one.is_direct() && one.recipients.contains(&by) && one.recipients.contains(&with)
        });
        if let Some(found) = found {
            return Ok(found.id);
        }
        let id = self.next_id(Kind::Channel);
        let mut channel = Channel::empty(id, channel_type::DIRECT, "");
        channel.recipients = vec![by, with];
        self.channels.insert(id, channel);
        self.changed("channel", Some(id));
        Ok(id)
    }
}

/// Text channels have no spaces and no capitals; categories and voice channels keep their names.
fn shape_name(name: &str, kind: u8) -> String {
    if kind == channel_type::TEXT || kind == channel_type::ANNOUNCEMENT {
        name.trim()
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join("-")
    } else {
        name.trim().to_owned()
    }
}
