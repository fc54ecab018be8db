//! Looks at what is on Discord, for those who hold the desk against it.

use serenity::http::Route;

use super::api::Trouble;
use super::connect::Connection;
use super::server::Snapshot;
use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};

/// A member as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// Their display name.
    pub name: String,
    /// Their roles.
    pub roles: Vec<RoleId>,
}

/// Discord's codes for what is not there.
const UNKNOWN_CHANNEL: i64 = 10003;
const UNKNOWN_MEMBER: i64 = 10007;
const UNKNOWN_USER: i64 = 10013;

/// What the gateway told of that server; `None` while it is not known.
pub fn server(discord: &Connection, guild: GuildId) -> Option<Snapshot> {
    discord.server(Some(guild)).snapshot()
}

/// Asks for a member; `None` for somebody who is not one.
pub async fn member(
    discord: &Connection,
    guild: GuildId,
    user: UserId,
) -> Result<Option<Met>, Trouble> {
    let route = Route::GuildMember { guild_id: guild.0.max(1).into(), user_id: user.0.max(1).into() };
    let member = match discord.api().get(route, Vec::new()).await {
        Ok(member) => member,
        Err(trouble) if matches!(trouble.code(), Some(UNKNOWN_MEMBER | UNKNOWN_USER)) => return Ok(None),
        Err(trouble) => return Err(trouble),
    };
    let name = [&member["nick"], &member["user"]["global_name"], &member["user"]["username"]]
        .into_iter()
        .find_map(|name| name.as_str());
    let roles = member["roles"].as_array().into_iter().flatten();
    Ok(Some(Met {
        name: name.unwrap_or_default().to_owned(),
        roles: roles.filter_map(|role| role.as_str()?.parse().ok()).map(RoleId).collect(),
    }))
}

/// Asks whether a channel or thread is there. One that the bot may not see is there.
pub async fn channel_exists(discord: &Connection, channel: ChannelId) -> Result<bool, Trouble> {
    let route = Route::Channel { channel_id: channel.0.max(1).into() };
    match discord.api().get(route, Vec::new()).await {
        Ok(_) => Ok(true),
        Err(trouble) if trouble.code() == Some(UNKNOWN_CHANNEL) => Ok(false),
        Err(Trouble::Refused { status: 403, .. }) => Ok(true),
        Err(trouble) => Err(trouble),
    }
}
