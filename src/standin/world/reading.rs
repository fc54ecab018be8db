//! What a person has read, may use, and puts away.

use serde_json::{Value, json};

use super::World;
use super::objects::{Command, Message};
use crate::standin::ids::Id;
use crate::standin::laws::permissions as may;

/// What somebody has not read yet.
#[derive(Clone, Copy, Default, Debug)]
pub struct Unread {
    /// Messages.
    pub messages: usize,
    /// Those of them that mention this person.
    pub mentions: usize,
}

impl World {
    /// Marks a channel as read up to a message.
    pub fn mark_read(&mut self, user: Id, channel: Id, last: Option<Id>) {
        if let Some(last) = last {
            self.read.insert((user, channel), last);
        }
    }

    /// Counts what somebody has not read in a channel.
    pub fn unread(&self, user: Id, channel: Id) -> Unread {
        let mark = self.read.get(&(user, channel)).copied().unwrap_or(Id(0));
        let mut unread = Unread::default();
        let new = self
            .messages_in(channel)
            .rev()
            .take_while(|message| message.id > mark);
        for message in new.filter(|message| {
            message.author != user && message.only_for.is_none_or(|only| only == user)
        }) {
            unread.messages += 1;
            unread.mentions += usize::from(self.mentions(message, user));
        }
        unread
    }

    /// Whether a message notifies somebody.
    pub fn mentions(&self, message: &Message, user: Id) -> bool {
        let direct = self
            .channels
            .get(&message.channel)
            .is_some_and(super::Channel::is_direct);
        let roles = self.members.get(&user).map(|member| &member.roles);
        let by_role = roles.is_some_and(|roles| {
            message
                .mention_roles
                .iter()
                .any(|role| roles.contains(role))
        });
        direct || message.mention_everyone || by_role || message.mentions.contains(&user)
    }

    /// The commands that somebody is offered in a channel.
    pub fn usable_commands(&self, user: Id, channel: Id) -> Vec<&Command> {
        let Some(place) = self.channels.get(&channel) else {
            return Vec::new();
        };
        let bits = self.permissions_in(user, place);
        let context = u8::from(place.is_direct());
        let bot_is_in = place.is_direct() && place.recipients.contains(&self.application.bot);
        if !(bot_is_in || bits & may::USE_APPLICATION_COMMANDS != 0) {
            return Vec::new();
        }
        let fits = |command: &&Command| {
            let contexts = command.definition["contexts"].as_array();
            let here = match command.guild {
                Some(_) => !place.is_direct(),
                None => contexts.is_none_or(|contexts| contexts.contains(&json!(context))),
            };
            here && (place.is_direct() || allowed_by_default(command, bits))
        };
        self.commands.values().filter(fits).collect()
    }

    /// Takes an ephemeral message away from the one who sees it.
    pub fn dismiss(&mut self, id: Id) {
        self.remove_message(id);
    }
}

/// `"0"` means administrators only, a set of bits means whoever has all of them, nothing means everybody.
fn allowed_by_default(command: &Command, bits: u64) -> bool {
    match &command.definition["default_member_permissions"] {
        Value::String(needed) => {
            let needed = needed.parse().unwrap_or(0);
            bits & may::ADMINISTRATOR != 0 || (needed != 0 && bits & needed == needed)
        }
        _ => true,
    }
}
