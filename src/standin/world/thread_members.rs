//! Who is in a thread.

use serde_json::json;

use super::World;
use super::objects::{Channel, channel_type, message_type};
use super::posting::intent;
use crate::standin::ids::Id;
use crate::standin::laws::{Refused, permissions as may};
use crate::standin::wire;

/// As many members as a thread may have.
const MOST_MEMBERS: usize = 1000;

impl World {
    /// Adds somebody to a thread.
    ///
    /// # Errors
    /// 10003, 10007, 30033, 50001, 50013, 50024, 50083.
    pub fn add_to_thread(&mut self, by: Id, id: Id, user: Id) -> Result<(), Refused> {
        let place = self.seen_thread(by, id)?;
        let bits = self.permissions_in(by, place);
        let Some(thread) = &place.thread else {
            return Err(Refused::wrong_channel_type());
        };
        if thread.archived {
            return Err(Refused::archived_thread());
        }
        if !self.members.contains_key(&user) {
            return Err(Refused::unknown_member());
        }
        let moderator = bits & may::MANAGE_THREADS != 0;
        if user != by {
            if bits & may::SEND_MESSAGES_IN_THREADS == 0 {
                return Err(Refused::missing_permissions());
            }
            if place.kind == channel_type::PRIVATE_THREAD
                && !thread.invitable
                && !moderator
                && thread.owner != by
            {
                return Err(Refused::missing_permissions());
            }
            if self.permissions_in(user, place) & may::VIEW_CHANNEL == 0 {
                return Err(Refused::missing_access());
            }
        }
        if thread.members.contains_key(&user) {
            return Ok(());
        }
        if thread.members.len() >= MOST_MEMBERS {
            return Err(Refused::too_many_thread_members());
        }
        self.join_thread(id, &[user]);
        if user != by {
            self.system_message(id, by, message_type::RECIPIENT_ADD, "", &[user]);
        }
        Ok(())
    }

    /// Takes somebody out of a thread.
    ///
    /// # Errors
    /// 10003, 10007, 50001, 50013, 50024, 50083.
    pub fn remove_from_thread(&mut self, by: Id, id: Id, user: Id) -> Result<(), Refused> {
        let place = self.seen_thread(by, id)?;
        let moderator = self.permissions_in(by, place) & may::MANAGE_THREADS != 0;
        let private = place.kind == channel_type::PRIVATE_THREAD;
        let Some(thread) = &place.thread else {
            return Err(Refused::wrong_channel_type());
        };
        if thread.archived {
            return Err(Refused::archived_thread());
        }
        if user != by && !moderator && !(private && thread.owner == by) {
            return Err(Refused::missing_permissions());
        }
        if !thread.members.contains_key(&user) {
            return Err(Refused::unknown_member());
        }
        self.leave_thread(id, &[user]);
        if user != by {
            self.system_message(id, by, message_type::RECIPIENT_REMOVE, "", &[user]);
        }
        Ok(())
    }

    pub(super) fn seen_thread(&self, by: Id, id: Id) -> Result<&Channel, Refused> {
        let place = self.seen_channel(by, id)?;
        if place.thread.is_some() {
            Ok(place)
        } else {
            Err(Refused::wrong_channel_type())
        }
    }

    pub(super) fn join_thread(&mut self, id: Id, users: &[Id]) {
        let now = self.now();
        let bot = self.application.bot;
        let seen_before = self
            .channels
            .get(&id)
            .is_some_and(|place| self.sees(bot, place));
        let Some(thread) = self
            .channels
            .get_mut(&id)
            .and_then(|place| place.thread.as_mut())
        else {
            return;
        };
        for &user in users {
            thread.members.insert(user, now);
        }
        if users.contains(&bot) && !seen_before {
            // A private thread that the bot is added to is new to it.
            self.tell_of_thread("THREAD_CREATE", id, false);
        }
        self.tell_of_thread_members(id, users, &[]);
        self.changed("thread", Some(id));
    }

    pub(super) fn leave_thread(&mut self, id: Id, users: &[Id]) {
        let bot = self.application.bot;
        let seen_before = self
            .channels
            .get(&id)
            .is_some_and(|place| self.sees(bot, place));
        let Some(thread) = self
            .channels
            .get_mut(&id)
            .and_then(|place| place.thread.as_mut())
        else {
            return;
        };
        for user in users {
            thread.members.remove(user);
        }
        if seen_before && users.contains(&bot) {
            self.send_thread_members(id, &[], users);
        } else {
            self.tell_of_thread_members(id, &[], users);
        }
        self.changed("thread", Some(id));
    }

    fn tell_of_thread_members(&mut self, id: Id, added: &[Id], removed: &[Id]) {
        let bot = self.application.bot;
        if self
            .channels
            .get(&id)
            .is_some_and(|place| self.sees(bot, place))
        {
            self.send_thread_members(id, added, removed);
        }
    }

    fn send_thread_members(&mut self, id: Id, added: &[Id], removed: &[Id]) {
        let Some(place) = self.channels.get(&id) else {
            return;
        };
        let count = place
            .thread
            .as_ref()
            .map_or(0, |thread| thread.members.len());
        let members: Vec<_> = added
            .iter()
            .filter_map(|&user| {
                let mut shown = wire::channel::thread_member(place, user)?;
                shown["member"] = wire::user::member(self, user)?;
                shown["presence"] = serde_json::Value::Null;
                Some(shown)
            })
            .collect();
        let payload = json!({
            "id": id,
            "guild_id": self.guild.id,
            "member_count": count.min(50),
            "added_members": members,
            "removed_member_ids": removed,
        });
        // Without the members intent an application hears only about itself.
        let bot = self.application.bot;
        let about_bot = added.contains(&bot) || removed.contains(&bot);
        self.dispatch(
            "THREAD_MEMBERS_UPDATE",
            if about_bot {
                intent::GUILDS
            } else {
                intent::MEMBERS
            },
            payload,
        );
    }
}
