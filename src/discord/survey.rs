//! Asks Discord what is there, for the jobs that hold the desk against it.

use serde_json::Value;
use serenity::http::Route;

use super::api::Trouble;
use super::connect::Connection;
use super::post;
use super::server::Snapshot;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};

/// Discord's code for a channel that is not there.
const UNKNOWN_CHANNEL: i64 = 10003;
/// Discord's codes for a member, and a user, who is not there.
const UNKNOWN_MEMBER: [i64; 2] = [10007, 10013];

/// A member as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// Their display name: hostile text.
    pub name: String,
    /// Their roles.
    pub roles: Vec<RoleId>,
}

/// How much is read around a message.
const AROUND: u32 = 50;

/// How many other messages of the bot's around `message` bear that reference; none where it cannot be read itself.
pub async fn copies(
    discord: &Connection,
    channel: ChannelId,
    message: MessageId,
    reference: &str,
) -> Result<Option<u32>, Trouble> {
    let route = Route::ChannelMessages {
        channel_id: channel.0.max(1).into(),
    };
    let query = vec![
        ("around", message.to_string()),
        ("limit", AROUND.to_string()),
    ];
    let around = discord.api().get(route, query).await?;
    let around = around.as_array().map_or(&[][..], Vec::as_slice);
    let (itself, bot) = (message.to_string(), discord.bot().to_string());
    if !around.iter().any(|one| one["id"] == itself.as_str()) {
        return Ok(None);
    }
    let copies = around.iter().filter(|one| {
        one["id"] != itself.as_str()
            && one["author"]["id"] == bot.as_str()
            && post::bears(one, reference)
    });
    Ok(Some(u32::try_from(copies.count()).unwrap_or(u32::MAX)))
}

/// A member of `guild`; `None` when they are not there any more.
pub async fn member(
    discord: &Connection,
    guild: GuildId,
    user: UserId,
) -> Result<Option<Met>, Trouble> {
    let route = Route::GuildMember {
        guild_id: guild.0.max(1).into(),
        user_id: user.0.max(1).into(),
    };
    match discord.api().get(route, Vec::new()).await {
        Ok(member) => Ok(Some(read(&member))),
        Err(trouble)
            if trouble
                .code()
                .is_some_and(|code| UNKNOWN_MEMBER.contains(&code)) =>
        {
            Ok(None)
        }
        Err(trouble) => Err(trouble),
    }
}

fn read(member: &Value) -> Met {
    let names = [
        &member["nick"],
        &member["user"]["global_name"],
        &member["user"]["username"],
    ];
    let name = names
        .into_iter()
        .find_map(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let roles = member["roles"].as_array().into_iter().flatten();
    let roles = roles
        .filter_map(|role| role.as_str()?.parse().ok().map(RoleId))
        .collect();
    Met { name, roles }
}

/// Whether a channel or thread is there and the bot may see it.
pub async fn channel_exists(discord: &Connection, channel: ChannelId) -> Result<bool, Trouble> {
    let route = Route::Channel {
        channel_id: channel.0.max(1).into(),
    };
    match discord.api().get(route, Vec::new()).await {
        Ok(_) => Ok(true),
        Err(trouble) if trouble.code() == Some(UNKNOWN_CHANNEL) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}

/// The active threads of `guild` that the bot sees, the one that has been quiet for longest first.
pub async fn active_threads(
    discord: &Connection,
    guild: GuildId,
) -> Result<Vec<ChannelId>, Trouble> {
    let route = Route::GuildThreadsActive {
        guild_id: guild.0.max(1).into(),
    };
    let list = discord.api().get(route, Vec::new()).await?;
    let id = |value: &Value| value.as_str().and_then(|id| id.parse::<u64>().ok());
    let threads = list["threads"].as_array().into_iter().flatten();
    let mut threads: Vec<(u64, u64)> = threads
        .filter_map(|thread| {
            let own = id(&thread["id"])?;
            // An id is an instant; in an empty thread nothing was written since it was made.
            Some((id(&thread["last_message_id"]).unwrap_or(own), own))
        })
        .collect();
    threads.sort_unstable();
    Ok(threads
        .into_iter()
        .map(|(_, thread)| ChannelId(thread))
        .collect())
}

/// The server as the gateway told of it; `None` while it has not.
pub fn server(discord: &Connection, guild: GuildId) -> Option<Snapshot> {
    discord.server(Some(guild)).snapshot()
}
