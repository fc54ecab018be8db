//! Users, members and roles.

use serde_json::{Value, json};

use super::instant;
use crate::standin::ids::Id;
use crate::standin::world::World;
use crate::standin::world::objects::{Member, Role};

/// Somebody as everybody sees them.
pub fn user(world: &World, id: Id) -> Value {
    let Some(user) = world.users.get(&id) else {
        return json!({
            "id": id, "username": "deleted_user", "discriminator": "0", "global_name": null, "avatar": null,
            "public_flags": 0, "flags": 0, "primary_guild": null,
        });
    };
    let mut value = json!({
        "id": user.id,
        "username": user.name,
        "discriminator": if user.bot { "7301" } else { "0" },
        "global_name": if user.bot { Value::Null } else { json!(user.display_name) },
        "avatar": null,
        "avatar_decoration_data": null,
        "banner": null,
        "accent_color": null,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": null,
    });
    if user.bot {
        // A bot's name is its user name; persons have a display name beside theirs.
        value["username"] = json!(user.display_name);
        value["bot"] = json!(true);
    }
    value
}

/// The bot as it sees itself.
pub fn current_user(world: &World) -> Value {
    let mut value = user(world, world.application.bot);
    value["mfa_enabled"] = json!(true);
    value["locale"] = json!("en-US");
    value["verified"] = json!(true);
    value["email"] = Value::Null;
    value["premium_type"] = json!(0);
    value
}

/// A member without the user in it, as messages carry one.
pub fn bare_member(member: &Member) -> Value {
    json!({
        "avatar": null,
        "banner": null,
        "communication_disabled_until": null,
        "flags": 0,
        "joined_at": instant(member.joined_at),
        "nick": member.nick,
        "pending": false,
        "premium_since": null,
        "roles": member.roles,
        "mute": false,
        "deaf": false,
    })
}

/// A member of the guild.
pub fn member(world: &World, id: Id) -> Option<Value> {
    let mut value = bare_member(world.members.get(&id)?);
    value["user"] = user(world, id);
    Some(value)
}

/// A role.
pub fn role(role: &Role) -> Value {
    let mut value = json!({
        "id": role.id,
        "name": role.name,
        "description": null,
        "permissions": role.permissions.to_string(),
        "position": role.position,
        "color": role.colour,
        "colors": {"primary_color": role.colour, "secondary_color": null, "tertiary_color": null},
        "hoist": role.hoist,
        "managed": role.managed_by.is_some(),
        "mentionable": role.mentionable,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    });
    if let Some(bot) = role.managed_by {
        value["tags"] = json!({"bot_id": bot});
    }
    value
}
