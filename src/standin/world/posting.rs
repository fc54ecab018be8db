//! How a message comes into the world, whoever sends it: mentions, counters, events.

use std::collections::BTreeSet;

use serde_json::json;

use super::objects::{Attachment, Message, channel_type, flag, message_type};
use super::{Change, World};
use crate::standin::ids::{Id, Kind};
use crate::standin::laws::message::{AllowedMentions, Draft, Upload};
use crate::standin::laws::permissions as may;
use crate::standin::wire;

/// Gateway intents by their bits, as far as the stand-in's events need them.
pub mod intent {
    /// The guild, its channels, roles and threads.
    pub const GUILDS: u64 = 1 << 0;
    /// Members (privileged).
    pub const MEMBERS: u64 = 1 << 1;
    /// Presences (privileged).
    pub const PRESENCES: u64 = 1 << 8;
    /// Messages in the guild.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Direct messages.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// What messages say (privileged).
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Every bit that has a meaning.
    pub const ALL: u64 = 0x1_FFFF | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
}

impl World {
    /// An empty message that is not in the world yet.
    pub(super) fn blank_message(&mut self, channel: Id, author: Id, kind: u8) -> Message {
        Message {
            id: self.next_id(Kind::Message),
            channel,
            author,
            kind,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            mention_everyone: false,
            flags: 0,
            sent_at: self.now(),
            edited_at: None,
            tts: false,
            pinned: false,
            nonce: None,
            reference: None,
            interaction: None,
            only_for: None,
            position: None,
        }
    }

    /// Fills a draft into a message, new or old.
    pub(super) fn fill(&mut self, message: &mut Message, draft: Draft, unsaid: AllowedMentions) {
        let says_something_new = draft.content.is_some();
        if let Some(content) = draft.content {
            message.content = content;
        }
        if let Some(embeds) = draft.embeds {
            message.embeds = embeds;
        }
        if let Some(components) = draft.components {
            message.components = components;
        }
        if let Some(keep) = draft.keep {
            message.attachments.retain(|file| keep.contains(&file.id));
        }
        let files: Vec<Attachment> = draft
            .files
            .into_iter()
            .map(|file| self.store(file))
            .collect();
        message.attachments.extend(files);
        if says_something_new || draft.mentions.is_some() {
            let replied = message
                .reference
                .filter(|_| message.kind == message_type::REPLY);
            self.find_mentions(message, draft.mentions.unwrap_or(unsaid), replied);
        }
    }

    /// Takes a file that goes to a command.
    pub fn upload(&mut self, file: Upload) -> Id {
        let stored = self.store(file);
        let id = stored.id;
        self.uploads.insert(id, stored);
        id
    }

    fn store(&mut self, file: Upload) -> Attachment {
        let filename: String = file
            .filename
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || "._-".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        Attachment {
            id: self.next_id(Kind::Attachment),
            filename,
            description: file.description,
            media_type: file.media_type,
            bytes: file.bytes,
        }
    }

    /// Reads out of the text whom the message notifies, within what is allowed.
    fn find_mentions(
        &self,
        message: &mut Message,
        allowed: AllowedMentions,
        replied: Option<(Id, Option<Id>)>,
    ) {
        let may_mention_all = self.channels.get(&message.channel).is_some_and(|place| {
            self.permissions_in(message.author, place) & may::MENTION_EVERYONE != 0
        });
        let mut users = BTreeSet::new();
        let mut roles = BTreeSet::new();
        for tag in tags(&message.content) {
            if let Some(id) = tag.strip_prefix("@&").and_then(Id::parse) {
                let mentionable = self
                    .roles
                    .get(&id)
                    .is_some_and(|role| role.mentionable || may_mention_all);
                if mentionable && allowed.roles.has(id) {
                    roles.insert(id);
                }
            } else if let Some(id) = tag
                .strip_prefix("@!")
                .or(tag.strip_prefix('@'))
                .and_then(Id::parse)
                && self.users.contains_key(&id)
                && allowed.users.has(id)
            {
                users.insert(id);
            }
        }
        if let Some((channel, Some(id))) = replied
            && allowed.replied_user
            && let Some(answered) = self.messages.get(&(channel, id))
        {
            users.insert(answered.author);
        }
        let everyone = ["@everyone", "@here"]
            .iter()
            .any(|word| message.content.contains(word));
        message.mention_everyone = everyone && allowed.everyone && may_mention_all;
        message.mentions = users.into_iter().collect();
        message.mention_roles = roles.into_iter().collect();
    }

    /// Puts a message into its channel and tells everybody who may know.
    pub(super) fn publish(&mut self, mut message: Message) -> Id {
        let (id, channel, author) = (message.id, message.channel, message.author);
        if message.only_for.is_some() {
            self.places.insert(id, channel);
            let only_for = message.only_for;
            self.messages.insert((channel, id), message);
            self.changes.push(Change {
                kind: "message",
                channel: Some(channel),
                message: Some(id),
                only_for,
            });
            return id;
        }
        let now = self.now();
        if let Some(place) = self.channels.get_mut(&channel) {
            place.last_message = Some(id);
            if let Some(thread) = &mut place.thread {
                message.position = Some(thread.total_sent);
                thread.total_sent += 1;
                thread.message_count += 1;
                thread.active_at = now;
            }
        }
        self.places.insert(id, channel);
        self.read.insert((author, channel), id);
        let mentioned = message.mentions.clone();
        let is_system = message.is_system();
        self.messages.insert((channel, id), message);
        self.tell_of_message("MESSAGE_CREATE", id);
        self.changes.push(Change {
            kind: "message",
            channel: Some(channel),
            message: Some(id),
            only_for: None,
        });
        if !is_system {
            self.bring_into_thread(channel, author, &mentioned);
        }
        id
    }

    /// Who writes in a thread joins it, and so does whom the writer mentions, if the writer may add people.
    fn bring_into_thread(&mut self, channel: Id, author: Id, mentioned: &[Id]) {
        let Some(place) = self.channels.get(&channel) else {
            return;
        };
        let Some(thread) = &place.thread else { return };
        let moderator = self.permissions_in(author, place) & may::MANAGE_THREADS != 0;
        let may_add = place.kind == channel_type::PUBLIC_THREAD || thread.invitable || moderator;
        let mut joining = Vec::new();
        let candidates = mentioned.iter().filter(|_| may_add).chain([&author]);
        for &user in candidates {
            let can_see = self.permissions_in(user, place) & may::VIEW_CHANNEL != 0;
            if can_see && !thread.members.contains_key(&user) && !joining.contains(&user) {
                joining.push(user);
            }
        }
        if !joining.is_empty() {
            self.join_thread(channel, &joining);
        }
    }

    /// Tells the gateway about a message, if the bot may know of it.
    pub(super) fn tell_of_message(&mut self, name: &'static str, id: Id) {
        let Some(message) = self.message_anywhere(id) else {
            return;
        };
        let Some(place) = self.channels.get(&message.channel) else {
            return;
        };
        let bot = self.application.bot;
        if message.only_for.is_some() || !self.sees(bot, place) {
            return;
        }
        let intents = if place.is_direct() {
            intent::DIRECT_MESSAGES
        } else {
            intent::GUILD_MESSAGES
        };
        let payload = wire::message::event(self, message);
        let content_is_private = !self.bot_may_always_read(message);
        self.dispatches.push(super::Dispatch {
            name,
            payload,
            intents,
            content_is_private,
        });
    }

    /// Whether the bot reads a message's content without the privileged intent: its own, direct ones, and those that
    /// mention it.
    pub fn bot_may_always_read(&self, message: &Message) -> bool {
        let bot = self.application.bot;
        let direct = self
            .channels
            .get(&message.channel)
            .is_some_and(super::Channel::is_direct);
        message.author == bot || direct || message.mentions.contains(&bot)
    }

    /// Says in a channel what happened in it.
    pub(super) fn system_message(
        &mut self,
        channel: Id,
        author: Id,
        kind: u8,
        content: &str,
        about: &[Id],
    ) -> Id {
        let mut message = self.blank_message(channel, author, kind);
        message.content = content.to_owned();
        message.mentions = about.to_vec();
        self.publish(message)
    }

    /// Tells of a changed message.
    pub(super) fn tell_of_edit(&mut self, id: Id) {
        self.tell_of_message("MESSAGE_UPDATE", id);
        let Some(message) = self.message_anywhere(id) else {
            return;
        };
        let (channel, only_for) = (message.channel, message.only_for);
        self.changes.push(Change {
            kind: "edit",
            channel: Some(channel),
            message: Some(id),
            only_for,
        });
    }

    /// Takes a message out of the world and tells of it.
    pub(super) fn remove_message(&mut self, id: Id) {
        let Some(channel) = self.places.remove(&id) else {
            return;
        };
        let Some(message) = self.messages.remove(&(channel, id)) else {
            return;
        };
        let only_for = message.only_for;
        self.changes.push(Change {
            kind: "delete",
            channel: Some(channel),
            message: Some(id),
            only_for,
        });
        if only_for.is_some() {
            return;
        }
        let Some(place) = self.channels.get_mut(&channel) else {
            return;
        };
        if let Some(thread) = &mut place.thread {
            thread.message_count -= 1;
        }
        let direct = place.is_direct();
        let place = &self.channels[&channel];
        if !self.sees(self.application.bot, place) {
            return;
        }
        let mut payload = json!({"id": id, "channel_id": channel});
        if !direct {
            payload["guild_id"] = json!(self.guild.id);
        }
        let intents = if direct {
            intent::DIRECT_MESSAGES
        } else {
            intent::GUILD_MESSAGES
        };
        self.dispatch("MESSAGE_DELETE", intents, payload);
    }
}

impl Message {
    /// Whether Discord says this, rather than its author.
    fn is_system(&self) -> bool {
        let kinds = [
            message_type::DEFAULT,
            message_type::REPLY,
            message_type::CHAT_INPUT_COMMAND,
            message_type::CONTEXT_MENU_COMMAND,
        ];
        !kinds.contains(&self.kind)
    }

    /// Whether nothing is left to show.
    pub(super) fn shows_nothing(&self) -> bool {
        self.content.is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty()
            && !self.is(flag::LOADING)
    }
}

/// What stands between angle brackets in a text: mentions, timestamps, emoji.
pub fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
}
