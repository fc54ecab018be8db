//! Roles.

use serde_json::json;

use super::World;
use super::objects::Role;
use super::posting::intent;
use crate::standin::ids::{Id, Kind};
use crate::standin::laws::{Refused, permissions as may};
use crate::standin::wire;

/// As many roles as a guild may have.
const MOST_ROLES: usize = 250;

/// What changes about a role, or what a new one is to be.
#[derive(Clone, Default, Debug)]
pub struct RoleChange {
    /// The name.
    pub name: Option<String>,
    /// The permission bits.
    pub permissions: Option<u64>,
    /// The colour.
    pub colour: Option<i64>,
    /// Whether its members are listed apart.
    pub hoist: Option<bool>,
    /// Whether everybody may mention it.
    pub mentionable: Option<bool>,
}

impl World {
    /// Creates a role. It stands lowest, above `@everyone` only.
    ///
    /// # Errors
    /// 30005, 50013.
    pub fn create_role(&mut self, by: Id, new: RoleChange) -> Result<Id, Refused> {
        self.require_in_guild(by, may::MANAGE_ROLES)?;
        self.require_own_bits(by, new.permissions.unwrap_or(0))?;
        if self.roles.len() >= MOST_ROLES {
            return Err(Refused::too_many_roles());
        }
        let everyone = self
            .roles
            .get(&self.guild.id)
            .map_or(0, |role| role.permissions);
        let raised: Vec<Id> = self
            .roles
            .values()
            .filter(|role| role.position >= 1)
            .map(|role| role.id)
            .collect();
        for id in raised {
            if let Some(role) = self.roles.get_mut(&id) {
                role.position += 1;
            }
            self.tell_of_role("GUILD_ROLE_UPDATE", id);
        }
        let id = self.next_id(Kind::Role);
        let role = Role {
            id,
            name: new.name.unwrap_or_else(|| "new role".to_owned()),
            permissions: new.permissions.unwrap_or(everyone),
            position: 1,
            colour: new.colour.unwrap_or(0),
            hoist: new.hoist.unwrap_or(false),
            mentionable: new.mentionable.unwrap_or(false),
            managed_by: None,
        };
        self.roles.insert(id, role);
        self.tell_of_role("GUILD_ROLE_CREATE", id);
        Ok(id)
    }

    fn tell_of_role(&mut self, name: &'static str, id: Id) {
        let Some(role) = self.roles.get(&id) else {
            return;
        };
        let payload = json!({"guild_id": self.guild.id, "role": wire::user::role(role)});
        self.dispatch(name, intent::GUILDS, payload);
        self.changed("role", None);
    }

    /// Nobody gives a role what they do not have.
    fn require_own_bits(&self, by: Id, bits: u64) -> Result<(), Refused> {
        let own = self.guild_permissions(by);
        if own & may::ADMINISTRATOR == 0 && bits & may::ALL & !own != 0 {
            return Err(Refused::missing_permissions());
        }
        Ok(())
    }

    fn changeable(&self, by: Id, id: Id) -> Result<&Role, Refused> {
        let role = self.roles.get(&id).ok_or_else(Refused::unknown_role)?;
        self.require_in_guild(by, may::MANAGE_ROLES)?;
        if self.stands_above(by, role) {
            Ok(role)
        } else {
            Err(Refused::missing_permissions())
        }
    }

    /// Changes a role.
    ///
    /// # Errors
    /// 10011, 50013.
    pub fn change_role(&mut self, by: Id, id: Id, change: RoleChange) -> Result<(), Refused> {
        let before = self.changeable(by, id)?.permissions;
        self.require_own_bits(by, change.permissions.map_or(0, |bits| bits & !before))?;
        if let Some(role) = self.roles.get_mut(&id) {
            role.name = change.name.unwrap_or_else(|| role.name.clone());
            role.permissions = change.permissions.unwrap_or(role.permissions);
            role.colour = change.colour.unwrap_or(role.colour);
            role.hoist = change.hoist.unwrap_or(role.hoist);
            role.mentionable = change.mentionable.unwrap_or(role.mentionable);
        }
        self.tell_of_role("GUILD_ROLE_UPDATE", id);
        Ok(())
    }

    /// Moves roles to new positions.
    ///
    /// # Errors
    /// 10011, 50013.
    pub fn move_roles(&mut self, by: Id, moves: &[(Id, i64)]) -> Result<(), Refused> {
        for &(id, position) in moves {
            self.changeable(by, id)?;
            if position >= self.rank(by) {
                return Err(Refused::missing_permissions());
            }
        }
        for &(id, position) in moves {
            if let Some(role) = self.roles.get_mut(&id) {
                role.position = position;
            }
            self.tell_of_role("GUILD_ROLE_UPDATE", id);
        }
        Ok(())
    }

    /// Deletes a role and takes it from everybody.
    ///
    /// # Errors
    /// 10011, 50013, 50028 for `@everyone` and roles of applications.
    pub fn delete_role(&mut self, by: Id, id: Id) -> Result<(), Refused> {
        let role = self.changeable(by, id)?;
        if id == self.guild.id || role.managed_by.is_some() {
            return Err(Refused::invalid_role());
        }
        self.roles.remove(&id);
        self.dispatch(
            "GUILD_ROLE_DELETE",
            intent::GUILDS,
            json!({"guild_id": self.guild.id, "role_id": id}),
        );
        self.changed("role", None);
        let holders: Vec<Id> = self
            .members
            .iter()
            .filter(|(_, member)| member.roles.contains(&id))
            .map(|(&user, _)| user)
            .collect();
        for user in holders {
            if let Some(member) = self.members.get_mut(&user) {
                member.roles.remove(&id);
            }
            self.tell_of_member("GUILD_MEMBER_UPDATE", user);
        }
        for channel in self.channels.values_mut() {
            channel.overwrites.remove(&id);
        }
        Ok(())
    }

    /// Gives a role.
    ///
    /// # Errors
    /// 10007, 10011, 50013, 50028.
    pub fn give_role(&mut self, by: Id, user: Id, role: Id) -> Result<(), Refused> {
        self.require_giveable(by, user, role)?;
        if let Some(member) = self.members.get_mut(&user)
            && member.roles.insert(role)
        {
            self.tell_of_member("GUILD_MEMBER_UPDATE", user);
        }
        Ok(())
    }

    /// Takes a role.
    ///
    /// # Errors
    /// 10007, 10011, 50013, 50028.
    pub fn take_role(&mut self, by: Id, user: Id, role: Id) -> Result<(), Refused> {
        self.require_giveable(by, user, role)?;
        if let Some(member) = self.members.get_mut(&user)
            && member.roles.remove(&role)
        {
            self.tell_of_member("GUILD_MEMBER_UPDATE", user);
        }
        Ok(())
    }

    fn require_giveable(&self, by: Id, user: Id, id: Id) -> Result<(), Refused> {
        if !self.members.contains_key(&user) {
            return Err(Refused::unknown_member());
        }
        let role = self.changeable(by, id)?;
        if id == self.guild.id || role.managed_by.is_some() {
            Err(Refused::invalid_role())
        } else {
            Ok(())
        }
    }
}
