//! The guild and the application.

use serde_json::{Value, json};

use super::{channel, instant, user};
use crate::standin::world::World;

/// The members intent, in the form for bots in fewer than a hundred guilds.
const MEMBERS_LIMITED: u64 = 1 << 15;
/// The message content intent, likewise.
const CONTENT_LIMITED: u64 = 1 << 19;

/// The guild as `GET /guilds/{id}` answers.
pub fn guild(world: &World, with_counts: bool) -> Value {
    let mut value = json!({
        "id": world.guild.id,
        "name": world.guild.name,
        "icon": null,
        "description": null,
        "home_header": null,
        "splash": null,
        "discovery_splash": null,
        "features": [],
        "banner": null,
        "owner_id": world.guild.owner,
        "application_id": null,
        "region": "deprecated",
        "afk_channel_id": null,
        "afk_timeout": 300,
        "system_channel_id": null,
        "system_channel_flags": 0,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": 1,
        "roles": world.roles.values().map(user::role).collect::<Vec<_>>(),
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": null,
        "max_members": 25_000_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "rules_channel_id": null,
        "safety_alerts_channel_id": null,
        "public_updates_channel_id": null,
        "premium_progress_bar_enabled": false,
        "premium_progress_bar_enabled_user_updated_at": null,
        "nsfw": false,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": null,
    });
    if with_counts {
        value["approximate_member_count"] = json!(world.members.len());
        value["approximate_presence_count"] = json!(world.members.len());
    }
    value
}

/// The guild as the gateway describes it at the start of a session. Without the presence intent, which the stand-in
/// never grants, the only member in it is the bot itself.
pub fn guild_create(world: &World) -> Value {
    let bot = world.application.bot;
    let mut value = guild(world, false);
    let (threads, channels): (Vec<_>, Vec<_>) = world
        .channels
        .values()
        .filter(|one| !one.is_direct())
        .partition(|one| one.thread.is_some());
    let active = threads.into_iter().filter(|one| {
        world.sees(bot, one) && one.thread.as_ref().is_some_and(|thread| !thread.archived)
    });
    let joined = world
        .members
        .get(&bot)
        .map(|member| instant(member.joined_at));
    value["joined_at"] = json!(joined);
    value["large"] = json!(world.members.len() > 250);
    value["unavailable"] = json!(false);
    value["member_count"] = json!(world.members.len());
    value["voice_states"] = json!([]);
    value["members"] = json!(user::member(world, bot).into_iter().collect::<Vec<_>>());
    value["channels"] = json!(
        channels
            .into_iter()
            .map(|one| channel::channel(world, one, bot))
            .collect::<Vec<_>>()
    );
    value["threads"] = json!(
        active
            .map(|one| channel::channel(world, one, bot))
            .collect::<Vec<_>>()
    );
    value["presences"] = json!([]);
    value["stage_instances"] = json!([]);
    value["guild_scheduled_events"] = json!([]);
    value["soundboard_sounds"] = json!([]);
    value
}

/// The application's flags: the privileged intents that it was granted, in the form for small bots.
pub fn application_flags(world: &World) -> u64 {
    let of = |granted: bool, flag: u64| if granted { flag } else { 0 };
    of(world.application.members_intent, MEMBERS_LIMITED)
        | of(world.application.content_intent, CONTENT_LIMITED)
}

/// The application as its owner sees it.
pub fn application(world: &World) -> Value {
    let flags = application_flags(world);
    json!({
        "id": world.application.id,
        "name": world.application.name,
        "icon": null,
        "description": "",
        "type": null,
        "bot": user::user(world, world.application.bot),
        "summary": "",
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "00".repeat(32),
        "flags": flags,
        "flags_new": flags.to_string(),
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "owner": user::user(world, world.guild.owner),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": null,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {"oauth2_install_params": {"scopes": ["applications.commands", "bot"], "permissions": "0"}}},
    })
}
