//! Who is in the guild: joining and leaving.

use jiff::Timestamp;
use serde_json::json;

use super::objects::{Member, Role};
use super::posting::intent;
use super::{World, user};
use crate::standin::ids::{Id, Kind};
use crate::standin::laws::{Refused, permissions as may};
use crate::standin::wire;

impl World {
    /// Tells of a member to those who have the members intent; of the bot itself to everybody.
    pub(super) fn tell_of_member(&mut self, name: &'static str, id: Id) {
        let Some(mut payload) = wire::user::member(self, id) else {
            return;
        };
        payload["guild_id"] = json!(self.guild.id);
        let intents = if id == self.application.bot {
            0
        } else {
            intent::MEMBERS
        };
        self.dispatch(name, intents, payload);
        self.changed("member", None);
    }

    /// Members whose names begin with this (in lower case).
    pub fn members_called(&self, beginning: &str) -> Vec<Id> {
        let begins = |name: &str| name.to_lowercase().starts_with(beginning);
        let members = self.members.iter().filter(|(id, member)| {
            let user = self.users.get(id);
            user.is_some_and(|user| begins(&user.name) || begins(&user.display_name))
                || member.nick.as_deref().is_some_and(begins)
        });
        members.map(|(&id, _)| id).collect()
    }

    /// Somebody new joins the guild.
    pub fn join(&mut self, name: &str, display_name: &str, job: &str) -> Id {
        let id = self.next_id(Kind::User);
        self.users
            .insert(id, user(id, name, display_name, job, false));
        self.enter(id);
        id
    }

    /// Somebody known comes back; the bot comes back by its link.
    pub fn enter(&mut self, id: Id) {
        let joined_at = self.now();
        if id == self.application.bot {
            self.invite(joined_at);
            let payload = self.guild_create();
            self.dispatch("GUILD_CREATE", intent::GUILDS, payload);
            self.changed("bot", None);
            return;
        }
        self.members.insert(
            id,
            Member {
                roles: [].into(),
                joined_at,
                nick: None,
            },
        );
        self.tell_of_member("GUILD_MEMBER_ADD", id);
    }

    /// The bot comes into the guild, with a role of its own that stands lowest.
    pub(super) fn invite(&mut self, joined_at: Timestamp) {
        for role in self.roles.values_mut().filter(|role| role.position >= 1) {
            role.position += 1;
        }
        let role = Role {
            id: self.mint.next(Kind::Role, joined_at),
            name: self.application.name.clone(),
            permissions: self.application.invited_with,
            position: 1,
            colour: 0,
            hoist: false,
            mentionable: false,
            managed_by: Some(self.application.bot),
        };
        let member = Member {
            roles: [role.id].into(),
            joined_at,
            nick: None,
        };
        self.members.insert(self.application.bot, member);
        self.roles.insert(role.id, role);
    }

    /// Removes somebody from the guild.
    ///
    /// # Errors
    /// 10007, 50013.
    pub fn kick(&mut self, by: Id, id: Id) -> Result<(), Refused> {
        if !self.members.contains_key(&id) {
            return Err(Refused::unknown_member());
        }
        self.require_in_guild(by, may::KICK_MEMBERS)?;
        if self.rank(by) <= self.rank(id) || id == self.guild.owner {
            return Err(Refused::missing_permissions());
        }
        self.leave(id);
        Ok(())
    }

    /// Somebody is in the guild no more, and in none of its threads.
    pub fn leave(&mut self, id: Id) {
        self.members.remove(&id);
        if id == self.application.bot {
            // With the bot goes its role.
            let own = |role: &Role| role.managed_by == Some(id);
            self.roles.retain(|_, role| !own(role));
            let payload = json!({"id": self.guild.id});
            self.dispatch("GUILD_DELETE", intent::GUILDS, payload);
            self.changed("bot", None);
        } else {
            let payload = json!({"guild_id": self.guild.id, "user": wire::user::user(self, id)});
            self.dispatch("GUILD_MEMBER_REMOVE", intent::MEMBERS, payload);
        }
        let threads: Vec<Id> = self
            .channels
            .values()
            .filter(|place| {
                place
                    .thread
                    .as_ref()
                    .is_some_and(|thread| thread.members.contains_key(&id))
            })
            .map(|place| place.id)
            .collect();
        for thread in threads {
            self.leave_thread(thread, &[id]);
        }
        self.changed("member", None);
    }

    /// Changes somebody's name in the guild.
    ///
    /// # Errors
    /// 10007, 50013.
    pub fn rename_member(&mut self, by: Id, id: Id, nick: Option<String>) -> Result<(), Refused> {
        let needed = if by == id { 1 << 26 } else { 1 << 27 };
        self.require_in_guild(by, needed)?;
        let member = self
            .members
            .get_mut(&id)
            .ok_or_else(Refused::unknown_member)?;
        member.nick = nick.filter(|nick| !nick.is_empty());
        self.tell_of_member("GUILD_MEMBER_UPDATE", id);
        Ok(())
    }
}
