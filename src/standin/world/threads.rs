//! Threads: starting, joining, archiving, locking.

use std::collections::BTreeMap;

use serde_json::json;

use super::World;
use super::objects::{Channel, Thread, channel_type, flag, message_type};
use super::posting::intent;
use crate::standin::ids::{Id, Kind};
use crate::standin::laws::{Refused, permissions as may};
use crate::standin::wire;

/// As many active threads as a guild may have: widely given, not documented.
pub const MOST_ACTIVE: usize = 1000;

/// A thread to be started.
#[derive(Clone, Debug)]
pub struct NewThread {
    /// Its name.
    pub name: String,
    /// Public or private.
    pub kind: u8,
    /// Minutes of silence.
    pub auto_archive: i64,
    /// Whether members may add others.
    pub invitable: bool,
    /// Seconds between two messages of one person.
    pub slow_mode: i64,
    /// The message from which it starts.
    pub from: Option<Id>,
}

/// What changes about a thread.
#[derive(Clone, Default, Debug)]
pub struct ThreadChange {
    /// The name.
    pub name: Option<String>,
    /// In or out of the archive.
    pub archived: Option<bool>,
    /// Locked or not.
    pub locked: Option<bool>,
    /// Whether members may add others.
    pub invitable: Option<bool>,
    /// Minutes of silence.
    pub auto_archive: Option<i64>,
    /// Seconds between two messages of one person.
    pub slow_mode: Option<i64>,
}

impl World {
    /// Starts a thread in a channel.
    ///
    /// # Errors
    /// 10003, 10008, 50001, 50013, 50024, 160004, 160006.
    pub fn start_thread(&mut self, by: Id, parent: Id, new: NewThread) -> Result<Id, Refused> {
        let private = new.kind == channel_type::PRIVATE_THREAD;
        let place = self.seen_channel(by, parent)?;
        let allowed = match place.kind {
            channel_type::TEXT => true,
            channel_type::ANNOUNCEMENT => !private,
            _ => false,
        };
        if !allowed {
            return Err(Refused::wrong_channel_type());
        }
        self.require(
            by,
            parent,
            if private {
                may::CREATE_PRIVATE_THREADS
            } else {
                may::CREATE_PUBLIC_THREADS
            },
        )?;
        if let Some(message) = new.from {
            self.readable(by, parent, message)?;
            if self.channels.contains_key(&message) {
                return Err(Refused::thread_exists());
            }
        }
        self.require_room_for_thread()?;
        let id = match new.from {
            Some(message) => message,
            None => self.next_id(Kind::Channel),
        };
        let now = self.now();
        let mut thread = Channel::empty(id, new.kind, &new.name);
        thread.parent = Some(parent);
        thread.slow_mode = new.slow_mode;
        thread.thread = Some(Thread {
            owner: by,
            archived: false,
            locked: false,
            invitable: new.invitable,
            auto_archive: new.auto_archive,
            archive_changed_at: now,
            created_at: now,
            active_at: now,
            members: BTreeMap::from([(by, now)]),
            message_count: 0,
            total_sent: 0,
        });
        self.channels.insert(id, thread);
        self.tell_of_thread("THREAD_CREATE", id, true);
        self.changed("thread", Some(id));
        match new.from {
            Some(message) => self.mark_start(parent, message, by),
            None if !private => {
                let announced =
                    self.system_message(parent, by, message_type::THREAD_CREATED, &new.name, &[]);
                if let Some(message) = self.messages.get_mut(&(parent, announced)) {
                    message.reference = Some((id, None));
                }
            }
            None => {}
        }
        Ok(id)
    }

    /// Refuses one more active thread than the guild may have.
    fn require_room_for_thread(&self) -> Result<(), Refused> {
        let active = self
            .channels
            .values()
            .filter(|one| one.thread.as_ref().is_some_and(|thread| !thread.archived));
        if active.count() < self.guild.most_threads {
            Ok(())
        } else {
            Err(Refused::too_many_threads())
        }
    }

    fn mark_start(&mut self, parent: Id, message: Id, by: Id) {
        if let Some(first) = self.messages.get_mut(&(parent, message)) {
            first.flags |= flag::HAS_THREAD;
        }
        self.tell_of_edit(message);
        let mut starter = self.blank_message(message, by, message_type::THREAD_STARTER);
        starter.reference = Some((parent, Some(message)));
        self.publish(starter);
        // The first message of a thread does not count.
        if let Some(thread) = self
            .channels
            .get_mut(&message)
            .and_then(|place| place.thread.as_mut())
        {
            thread.message_count = 0;
            thread.total_sent = 0;
        }
    }

    /// Tells the gateway about a thread that the bot may see.
    pub(super) fn tell_of_thread(&mut self, name: &'static str, id: Id, new: bool) {
        let bot = self.application.bot;
        let Some(place) = self.channels.get(&id).filter(|place| self.sees(bot, place)) else {
            return;
        };
        let mut payload = wire::channel::channel(self, place, bot);
        if new {
            payload["newly_created"] = json!(true);
        }
        self.dispatch(name, intent::GUILDS, payload);
    }

    /// Changes a thread.
    ///
    /// # Errors
    /// 50001, 50013; 50083 when it is archived and stays so; 160006 when it leaves the archive and there is no room.
    pub fn change_thread(&mut self, by: Id, id: Id, change: ThreadChange) -> Result<(), Refused> {
        let place = self.seen_thread(by, id)?;
        let bits = self.permissions_in(by, place);
        let moderator = bits & may::MANAGE_THREADS != 0;
        let Some(thread) = &place.thread else {
            return Err(Refused::wrong_channel_type());
        };
        let owner = thread.owner == by;
        let only_wakes = change.archived == Some(false)
            && change.locked.is_none()
            && change.name.is_none()
            && change.invitable.is_none()
            && change.auto_archive.is_none()
            && change.slow_mode.is_none();
        let may_write = bits & may::SEND_MESSAGES_IN_THREADS != 0;
        let needs_moderator =
            change.locked.is_some() || change.slow_mode.is_some() || thread.locked;
        let allowed = moderator || (!needs_moderator && (owner || (only_wakes && may_write)));
        if !allowed {
            return Err(Refused::missing_permissions());
        }
        let stays_archived = thread.archived && change.archived != Some(false);
        let changes_more = change.name.is_some()
            || change.invitable.is_some()
            || change.auto_archive.is_some()
            || change.slow_mode.is_some();
        if stays_archived && changes_more {
            return Err(Refused::archived_thread());
        }
        if thread.archived && !stays_archived {
            self.require_room_for_thread()?;
        }
        self.apply_thread_change(by, id, change);
        Ok(())
    }

    fn apply_thread_change(&mut self, by: Id, id: Id, change: ThreadChange) {
        let now = self.now();
        let Some(place) = self.channels.get_mut(&id) else {
            return;
        };
        let renamed = change.name.filter(|name| *name != place.name);
        if let Some(name) = &renamed {
            place.name.clone_from(name);
        }
        place.slow_mode = change.slow_mode.unwrap_or(place.slow_mode);
        let Some(thread) = &mut place.thread else {
            return;
        };
        if let Some(archived) = change.archived
            && archived != thread.archived
        {
            thread.archived = archived;
            thread.archive_changed_at = now;
            thread.active_at = now;
        }
        thread.locked = change.locked.unwrap_or(thread.locked);
        thread.invitable = change.invitable.unwrap_or(thread.invitable);
        thread.auto_archive = change.auto_archive.unwrap_or(thread.auto_archive);
        self.tell_of_thread("THREAD_UPDATE", id, false);
        self.changed("thread", Some(id));
        if let Some(name) = renamed {
            self.system_message(id, by, message_type::NAME_CHANGE, &name, &[]);
        }
    }

    /// Takes a thread out of the archive because somebody writes in it.
    pub(super) fn wake_thread(&mut self, by: Id, id: Id) -> Result<(), Refused> {
        let archived = self
            .channel(id)?
            .thread
            .as_ref()
            .is_some_and(|thread| thread.archived);
        if archived {
            self.require_room_for_thread()?;
            self.apply_thread_change(
                by,
                id,
                ThreadChange {
                    archived: Some(false),
                    ..ThreadChange::default()
                },
            );
        }
        Ok(())
    }

    /// Refuses what cannot be done in an archived thread.
    ///
    /// # Errors
    /// 10003, 50083.
    pub fn require_awake(&self, channel: Id) -> Result<(), Refused> {
        let archived = self
            .channel(channel)?
            .thread
            .as_ref()
            .is_some_and(|thread| thread.archived);
        if archived {
            Err(Refused::archived_thread())
        } else {
            Ok(())
        }
    }

    /// Archives the threads in which nobody wrote for long enough.
    pub fn archive_quiet_threads(&mut self) {
        let now = self.now();
        // Once a second is enough: the shortest silence is an hour.
        if now.as_second() == self.swept_at.as_second() {
            return;
        }
        self.swept_at = now;
        let quiet: Vec<Id> = self
            .channels
            .values()
            .filter(|place| {
                place.thread.as_ref().is_some_and(|thread| {
                    !thread.archived
                        && self.is_older_than(thread.active_at, thread.auto_archive * 60)
                })
            })
            .map(|place| place.id)
            .collect();
        for id in quiet {
            let bot = self.application.bot;
            self.apply_thread_change(
                bot,
                id,
                ThreadChange {
                    archived: Some(true),
                    ..ThreadChange::default()
                },
            );
        }
    }
}
