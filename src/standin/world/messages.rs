//! Sending, changing, deleting and reading messages in channels.

use super::World;
use super::objects::{Message, flag, message_type};
use crate::standin::ids::Id;
use crate::standin::laws::message::{AllowedMentions, Draft};
use crate::standin::laws::{Refused, permissions as may};

/// How long a nonce is remembered, in seconds: Discord says "the past few minutes".
const NONCE_WINDOW: i64 = 180;

/// Flags that a sender may set.
const SETTABLE: u64 = flag::SUPPRESS_EMBEDS | flag::SUPPRESS_NOTIFICATIONS | flag::COMPONENTS_V2;

/// Which part of a channel's messages is wanted.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// The newest.
    Newest,
    /// Before an id.
    Before(Id),
    /// After an id.
    After(Id),
    /// Before and after an id.
    Around(Id),
}

impl World {
    /// Sends a message. With `enforce_nonce` a second one of the same author and nonce is the first one.
    ///
    /// # Errors
    /// Everything that [`World::require_writing`] says; 50006, 50013, 50035.
    pub fn send(&mut self, author: Id, channel: Id, draft: Draft) -> Result<Message, Refused> {
        self.require_writing(author, channel)?;
        let place = self.channel(channel)?;
        let bits = self.permissions_in(author, place);
        if place.is_direct() {
            let other = place.recipients.iter().find(|&&id| id != author);
            let shares_guild = other.is_some_and(|id| self.members.contains_key(id));
            if !shares_guild || !self.members.contains_key(&author) {
                return Err(Refused::no_mutual_guild());
            }
            if other
                .and_then(|id| self.users.get(id))
                .is_some_and(|user| !user.takes_direct_messages)
            {
                return Err(Refused::closed_to_direct_messages());
            }
        }
        if draft.is_empty() {
            return Err(Refused::empty_message());
        }
        if !draft.files.is_empty() && bits & may::ATTACH_FILES == 0 {
            return Err(Refused::missing_permissions());
        }
        let nonce = draft
            .nonce
            .clone()
            .filter(|_| draft.enforce_nonce)
            .map(|nonce| (channel, author, nonce.to_string()));
        if let Some(first) = nonce.as_ref().and_then(|key| self.sent_before(key)) {
            return Ok(first);
        }
        self.wake_thread(author, channel)?;
        let mut message = self.blank_message(channel, author, message_type::DEFAULT);
        message.flags = draft.flags.unwrap_or(0) & SETTABLE;
        message.tts = draft.tts;
        message.nonce = draft.nonce.clone();
        if let Some((id, must_exist)) = draft.reply_to {
            self.refer(&mut message, bits, id, must_exist)?;
        }
        let mut draft = draft;
        if bits & may::EMBED_LINKS == 0 {
            // Without the permission the message arrives, its embeds do not.
            draft.embeds = None;
        }
        self.fill(&mut message, draft, AllowedMentions::of_messages());
        if message.shows_nothing() {
            return Err(Refused::empty_message());
        }
        let id = self.publish(message);
        let sent = self
            .messages
            .get(&(channel, id))
            .cloned()
            .ok_or_else(Refused::unknown_message)?;
        if let Some(key) = nonce {
            self.nonces.insert(key, sent.clone());
        }
        Ok(sent)
    }

    /// The message that was sent with this nonce a short while ago, also if it was deleted meanwhile: it is not made again.
    fn sent_before(&self, key: &(Id, Id, String)) -> Option<Message> {
        let first = self
            .nonces
            .get(key)
            .filter(|first| !self.is_older_than(first.sent_at, NONCE_WINDOW))?;
        Some(self.message_anywhere(first.id).unwrap_or(first).clone())
    }

    fn refer(
        &self,
        message: &mut Message,
        bits: u64,
        id: Id,
        must_exist: bool,
    ) -> Result<(), Refused> {
        let direct = self.channel(message.channel)?.is_direct();
        let answered = self
            .messages
            .get(&(message.channel, id))
            .filter(|one| one.only_for.is_none());
        if answered.is_none() && must_exist {
            return Err(Refused::field(
                "message_reference",
                "REPLIES_UNKNOWN_MESSAGE",
                "Unknown message",
            ));
        }
        if !direct && bits & may::READ_MESSAGE_HISTORY == 0 {
            let message = "Cannot reply without permission to read message history";
            return Err(Refused::field(
                "message_reference",
                "REPLIES_CANNOT_REPLY_WITHOUT_READ_HISTORY",
                message,
            ));
        }
        if answered.is_some() {
            message.kind = message_type::REPLY;
            message.reference = Some((message.channel, Some(id)));
        }
        Ok(())
    }

    /// Changes a message that `author` wrote.
    ///
    /// # Errors
    /// 10008, 50001, 50005, 50006, 50083.
    pub fn edit(&mut self, author: Id, channel: Id, id: Id, draft: Draft) -> Result<(), Refused> {
        let message = self.readable(author, channel, id)?;
        if message.author != author {
            let only_flags =
                draft.flags.is_some() && draft.content.is_none() && draft.embeds.is_none();
            return Err(if only_flags {
                Refused::missing_permissions()
            } else {
                Refused::not_the_author()
            });
        }
        self.require_awake(channel)?;
        self.change_message(channel, id, draft, AllowedMentions::of_messages())
    }

    /// Changes a message without asking who may.
    pub(super) fn change_message(
        &mut self,
        channel: Id,
        id: Id,
        draft: Draft,
        unsaid: AllowedMentions,
    ) -> Result<(), Refused> {
        let mut message = self
            .messages
            .get(&(channel, id))
            .cloned()
            .ok_or_else(Refused::unknown_message)?;
        let settable = SETTABLE & !flag::SUPPRESS_NOTIFICATIONS;
        if let Some(flags) = draft.flags {
            if message.is(flag::COMPONENTS_V2)
                && flags & flag::COMPONENTS_V2 == 0
                && draft.components.is_some()
            {
                // The flag cannot be taken back; Discord keeps it.
                message.flags |= flag::COMPONENTS_V2;
            }
            let kept = message.flags & (!settable | flag::COMPONENTS_V2);
            message.flags = kept | (flags & settable);
        }
        let first_words = message.is(flag::LOADING);
        message.flags &= !flag::LOADING;
        self.fill(&mut message, draft, unsaid);
        if message.shows_nothing() {
            return Err(Refused::empty_message());
        }
        if !first_words {
            message.edited_at = Some(self.now());
        }
        self.messages.insert((channel, id), message);
        self.tell_of_edit(id);
        Ok(())
    }

    /// Whether layout components are allowed when a message is changed.
    pub fn uses_layout(&self, channel: Id, id: Id) -> bool {
        self.messages
            .get(&(channel, id))
            .is_some_and(|message| message.is(flag::COMPONENTS_V2))
    }

    /// Deletes a message, one's own or another's.
    ///
    /// # Errors
    /// 10008, 50001, 50013, 50021, 50083.
    pub fn delete(&mut self, by: Id, channel: Id, id: Id) -> Result<(), Refused> {
        let place = self.seen_channel(by, channel)?;
        let bits = self.permissions_in(by, place);
        let message = self.readable(by, channel, id)?;
        if message.author != by && (place.is_direct() || bits & may::MANAGE_MESSAGES == 0) {
            return Err(Refused::missing_permissions());
        }
        let undeletable = [
            message_type::RECIPIENT_ADD,
            message_type::RECIPIENT_REMOVE,
            message_type::NAME_CHANGE,
            message_type::THREAD_STARTER,
        ];
        if undeletable.contains(&message.kind) {
            return Err(Refused::system_message());
        }
        self.require_awake(channel)?;
        self.remove_message(id);
        Ok(())
    }

    /// Pins a message, or takes the pin out.
    ///
    /// # Errors
    /// 10008, 50001, 50013, 50083.
    pub fn set_pinned(&mut self, by: Id, channel: Id, id: Id, pinned: bool) -> Result<(), Refused> {
        if !self.channel(channel)?.is_direct() {
            self.require(by, channel, may::PIN_MESSAGES)?;
        }
        self.readable(by, channel, id)?;
        self.require_awake(channel)?;
        if let Some(message) = self.messages.get_mut(&(channel, id)) {
            message.pinned = pinned;
        }
        self.tell_of_edit(id);
        Ok(())
    }

    /// A message that this caller can fetch from its channel.
    ///
    /// # Errors
    /// 10003, 10008, 50001, 50013.
    pub fn readable(&self, by: Id, channel: Id, id: Id) -> Result<&Message, Refused> {
        let place = self.seen_channel(by, channel)?;
        let message = self
            .messages
            .get(&(channel, id))
            .filter(|message| message.only_for.is_none());
        let message = message.ok_or_else(Refused::unknown_message)?;
        let history =
            place.is_direct() || self.permissions_in(by, place) & may::READ_MESSAGE_HISTORY != 0;
        if history || message.author == by {
            Ok(message)
        } else {
            Err(Refused::missing_permissions())
        }
    }

    /// A part of a channel's messages, newest first. Without the right to read history it is empty.
    ///
    /// # Errors
    /// 10003, 50001.
    pub fn history(
        &self,
        by: Id,
        channel: Id,
        part: Part,
        limit: usize,
    ) -> Result<Vec<&Message>, Refused> {
        let place = self.seen_channel(by, channel)?;
        if !place.is_direct() && self.permissions_in(by, place) & may::READ_MESSAGE_HISTORY == 0 {
            return Ok(Vec::new());
        }
        let all = || {
            self.messages_in(channel)
                .filter(|message| message.only_for.is_none())
        };
        let newest_before = |id: Id, limit| all().rev().filter(move |one| one.id < id).take(limit);
        let found = match part {
            Part::Newest => all().rev().take(limit).collect(),
            Part::Before(id) => newest_before(id, limit).collect(),
            Part::After(id) => {
                let mut after: Vec<_> = all().filter(|one| one.id > id).take(limit).collect();
                after.reverse();
                after
            }
            Part::Around(id) => {
                let half = limit / 2;
                let mut found: Vec<_> = all()
                    .filter(|one| one.id >= id)
                    .take(limit - half)
                    .collect();
                found.reverse();
                found.extend(newest_before(id, half));
                found
            }
        };
        Ok(found)
    }
}
