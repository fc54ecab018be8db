//! Interactions, as the gateway announces them and as messages remember them.

use serde_json::{Value, json};

use super::{channel, message, user};
use crate::standin::ids::Id;
use crate::standin::world::World;
use crate::standin::world::objects::{Began, Interaction};

/// The event that tells the application about an interaction.
pub fn create(world: &World, one: &Interaction, data: &Value) -> Value {
    let application = &world.application;
    let place = world.channels.get(&one.channel);
    let direct = place.is_some_and(|place| place.is_direct());
    let bits = |id: Id| place.map_or(0, |place| world.permissions_in(id, place));
    let mut value = json!({
        "id": one.id,
        "application_id": application.id,
        "type": one.began as u8,
        "token": one.token,
        "version": 1,
        "channel_id": one.channel,
        "app_permissions": bits(application.bot).to_string(),
        "locale": "en-US",
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": 10_485_760,
        "data": data,
        "authorizing_integration_owners": owners(world, direct),
        "context": u8::from(direct),
    });
    if let Some(place) = place {
        let mut shown = channel::channel(world, place, application.bot);
        shown["permissions"] = json!(bits(one.by).to_string());
        value["channel"] = shown;
    }
    if direct {
        value["user"] = user::user(world, one.by);
    } else {
        value["guild_id"] = json!(world.guild.id);
        value["guild_locale"] = json!("en-US");
        value["guild"] = json!({"id": world.guild.id, "locale": "en-US", "features": []});
        let mut member = user::member(world, one.by).unwrap_or(Value::Null);
        member["permissions"] = json!(bits(one.by).to_string());
        member["unusual_dm_activity_until"] = Value::Null;
        value["member"] = member;
    }
    if let Some(source) = one.message.and_then(|place| world.messages.get(&place)) {
        value["message"] = message::message(world, source, application.bot);
    }
    value
}

fn owners(world: &World, direct: bool) -> Value {
    // "0" is the installation in a guild; a direct message with the bot names the guild 0.
    json!({"0": if direct { json!("0") } else { json!(world.guild.id) }})
}

/// What a message says about the interaction that it answers.
pub fn metadata(world: &World, one: &Interaction) -> Value {
    let direct = world
        .channels
        .get(&one.channel)
        .is_some_and(|place| place.is_direct());
    let mut value = json!({
        "id": one.id,
        "type": one.began as u8,
        "user": user::user(world, one.by),
        "authorizing_integration_owners": owners(world, direct),
    });
    match one.began {
        Began::Command => {
            value["name"] = json!(one.command);
            value["command_type"] = json!(one.command_kind);
            if one.command_kind == 3
                && let Some(target) = one.target
            {
                value["target_message_id"] = json!(target);
            }
            if one.command_kind == 2
                && let Some(target) = one.target
            {
                value["target_user"] = user::user(world, target);
            }
        }
        Began::Component => {
            if let Some((_, message)) = one.message {
                value["interacted_message_id"] = json!(message);
            }
        }
        Began::Form => {
            if let Some(opener) = one.opened_by.and_then(|id| world.interactions.get(&id)) {
                value["triggering_interaction_metadata"] = metadata(world, opener);
            }
        }
        Began::Autocomplete => {}
    }
    value
}

/// The older, shorter note that answers to commands still carry.
pub fn summary(world: &World, one: &Interaction) -> Option<Value> {
    (one.began == Began::Command).then(
        || json!({"id": one.id, "type": 2, "name": one.command, "user": user::user(world, one.by)}),
    )
}
