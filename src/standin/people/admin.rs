//! What Discord's own settings offer to those who may: roles, permissions, deleting, renaming, members.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::options::{role, some_channel, somebody};
use super::{Answer, Body, Wrong, message, person};
use crate::standin::ids::Id;
use crate::standin::laws::form::Form;
use crate::standin::laws::permissions::{self as may, Overwrite};
use crate::standin::room::Room;
use crate::standin::world::World;
use crate::standin::world::channels::{ChannelChange, NewOverwrite};
use crate::standin::world::objects::OverwriteOf;
use crate::standin::world::roles::RoleChange;
use crate::standin::world::threads::ThreadChange;

/// Does something as a person and answers with what was done.
fn act(room: &Room, me: &str, act: impl FnOnce(&mut World, Id) -> Result<Value, Wrong>) -> Answer {
    room.act(|state| {
        let me = person(&state.world, me)?;
        act(&mut state.world, me).map(Json)
    })
}

#[derive(Deserialize)]
pub(super) struct Roles {
    user: String,
    #[serde(default)]
    add: Vec<String>,
    #[serde(default)]
    remove: Vec<String>,
}

pub(super) async fn roles(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(wanted): Body<Roles>,
) -> Answer {
    act(&room, &me, |world, me| {
        let user = somebody(world, &wanted.user).map_err(Wrong::missing)?;
        for name in &wanted.add {
            let role = role(world, name).map_err(Wrong::missing)?;
            world.give_role(me, user, role)?;
        }
        for name in &wanted.remove {
            let role = role(world, name).map_err(Wrong::missing)?;
            world.take_role(me, user, role)?;
        }
        Ok(json!({"user": user, "roles": world.members.get(&user).map(|member| &member.roles)}))
    })
}

#[derive(Deserialize)]
pub(super) struct Permissions {
    /// A channel, or none for the role's own permissions in the guild.
    channel: Option<String>,
    role: Option<String>,
    user: Option<String>,
    #[serde(default)]
    allow: Value,
    #[serde(default)]
    deny: Value,
}

pub(super) async fn permissions(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(wanted): Body<Permissions>,
) -> Answer {
    let mut form = Form::default();
    let body = json!({"allow": wanted.allow, "deny": wanted.deny});
    let (allow, deny) = (
        form.bits(&body, "allow", "").unwrap_or(0),
        form.bits(&body, "deny", "").unwrap_or(0),
    );
    form.finish()?;
    act(&room, &me, |world, me| {
        let (id, of) = match (&wanted.role, &wanted.user) {
            (Some(name), _) => (
                role(world, name).map_err(Wrong::missing)?,
                OverwriteOf::Role,
            ),
            (None, Some(name)) => (
                somebody(world, name).map_err(Wrong::missing)?,
                OverwriteOf::Member,
            ),
            (None, None) => return Err(Wrong::because("Name a `role` or a `user`.")),
        };
        let Some(place) = &wanted.channel else {
            let before = world.roles.get(&id).map(|role| role.permissions);
            let before =
                before.ok_or_else(|| Wrong::because("Without a `channel`, name a `role`."))?;
            let permissions = Some((before | allow) & !deny);
            world.change_role(
                me,
                id,
                RoleChange {
                    permissions,
                    ..RoleChange::default()
                },
            )?;
            return Ok(
                json!({"role": id, "permissions": permissions.map(|bits| bits.to_string())}),
            );
        };
        let place = some_channel(world, place).map_err(Wrong::missing)?;
        if allow | deny == 0 {
            world.remove_overwrite(me, place, id)?;
        } else {
            let overwrite = Overwrite {
                allow,
                deny: deny & !allow,
            };
            world.set_overwrite(me, place, NewOverwrite { id, of, overwrite })?;
        }
        Ok(json!({"channel": place, "id": id}))
    })
}

#[derive(Deserialize)]
pub(super) struct Deleting {
    channel: Option<String>,
    role: Option<String>,
    message: Option<String>,
}

pub(super) async fn delete(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(wanted): Body<Deleting>,
) -> Answer {
    act(&room, &me, |world, me| {
        if let Some(place) = &wanted.channel {
            let id = some_channel(world, place).map_err(Wrong::missing)?;
            world.delete_channel(me, id)?;
        }
        if let Some(name) = &wanted.role {
            let id = role(world, name).map_err(Wrong::missing)?;
            world.delete_role(me, id)?;
        }
        if let Some(id) = &wanted.message {
            let (place, id) = message(world, me, id).map(|found| (found.channel, found.id))?;
            world.delete(me, place, id)?;
        }
        Ok(json!({"deleted": true}))
    })
}

#[derive(Deserialize)]
pub(super) struct Renaming {
    channel: Option<String>,
    role: Option<String>,
    user: Option<String>,
    name: Option<String>,
    archived: Option<bool>,
    locked: Option<bool>,
}

/// Renames a channel, thread, role or member; for a thread also archives and locks.
pub(super) async fn rename(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(wanted): Body<Renaming>,
) -> Answer {
    act(&room, &me, |world, me| {
        if let Some(place) = &wanted.channel {
            let id = some_channel(world, place).map_err(Wrong::missing)?;
            if world.channel(id)?.thread.is_some() {
                let change = ThreadChange {
                    name: wanted.name.clone(),
                    archived: wanted.archived,
                    locked: wanted.locked,
                    ..ThreadChange::default()
                };
                world.change_thread(me, id, change)?;
            } else {
                world.change_channel(
                    me,
                    id,
                    ChannelChange {
                        name: wanted.name.clone(),
                        ..ChannelChange::default()
                    },
                )?;
            }
        }
        if let Some(name) = &wanted.role {
            let id = role(world, name).map_err(Wrong::missing)?;
            world.change_role(
                me,
                id,
                RoleChange {
                    name: wanted.name.clone(),
                    ..RoleChange::default()
                },
            )?;
        }
        if let Some(name) = &wanted.user {
            let id = somebody(world, name).map_err(Wrong::missing)?;
            world.rename_member(me, id, wanted.name.clone())?;
        }
        Ok(json!({"renamed": true}))
    })
}

#[derive(Deserialize)]
pub(super) struct Kicking {
    user: String,
}

pub(super) async fn kick(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(wanted): Body<Kicking>,
) -> Answer {
    act(&room, &me, |world, me| {
        let id = somebody(world, &wanted.user).map_err(Wrong::missing)?;
        if id == me && id != world.guild.owner {
            // Whoever wants to leave needs nobody's permission.
            world.leave(id);
        } else {
            world.kick(me, id)?;
        }
        Ok(json!({"removed": id}))
    })
}

#[derive(Deserialize)]
pub(super) struct Joining {
    name: String,
    display_name: Option<String>,
    #[serde(default)]
    job: String,
}

pub(super) async fn join(
    State(room): State<Room>,
    Path(me): Path<String>,
    Body(wanted): Body<Joining>,
) -> Answer {
    act(&room, &me, |world, me| {
        world.require_in_guild(me, may::MANAGE_GUILD)?;
        let known = world
            .users
            .values()
            .find(|user| user.name == wanted.name)
            .map(|user| user.id);
        let id = match known {
            Some(id) if world.members.contains_key(&id) => {
                return Err(Wrong::because(format!("{} is here already.", wanted.name)));
            }
            Some(id) => {
                world.enter(id);
                id
            }
            None => world.join(
                &wanted.name,
                wanted.display_name.as_deref().unwrap_or(&wanted.name),
                &wanted.job,
            ),
        };
        Ok(json!({"id": id}))
    })
}
