//! Roles and channels of the desk, and who may do what in them.

use serde_json::{Map, Value, json};
use serenity::http::{LightMethod, Route};

use super::messages::id;
use super::outcome::{Failure, code};
use super::{Job, Made, desk_channel};
use crate::discord::connect::Connection;
use crate::discord::layout::{bot_needs, overwrites};
use crate::discord::permissions::{Overwrite, Permissions, Whom};
use crate::domain::ids::{ChannelId, RoleId};
use crate::domain::people::{DeskChannel, DeskRole};

/// A text channel.
const TEXT: u64 = 0;

type P = Permissions;

/// Makes a role of the desk. It has no permissions of its own: what it may do, it may in the desk's channels.
pub(super) async fn create_role(
    discord: &Connection,
    job: &Job<'_>,
    role: DeskRole,
) -> Result<Made, Failure> {
    if let Some(known) = job.house.roles.get(&role) {
        return Ok(Made::Role(*known));
    }
    let route = || Route::GuildRoles {
        guild_id: job.guild.0.max(1).into(),
    };
    let failed = || Failure::on_server(P::MANAGE_ROLES);
    let name = role.to_string();
    if job.tried_before {
        let roles = discord
            .api()
            .get(route(), Vec::new())
            .await
            .map_err(failed())?;
        let found = roles
            .as_array()
            .into_iter()
            .flatten()
            .find(|role| role["name"] == name.as_str() && role["managed"] != true);
        if let Some(found) = found.and_then(|role| id(&role["id"])) {
            return Ok(Made::Role(RoleId(found)));
        }
    }
    let body = json!({ "name": name, "permissions": "0", "hoist": false, "mentionable": false });
    let reason = format!("Deskhand's set-up: the role {name}");
    let made = discord
        .api()
        .send(LightMethod::Post, route(), Some(&body), Some(&reason))
        .await
        .map_err(failed())?;
    let made = id(&made["id"]).ok_or(Failure::NotYet("Discord did not say which role it made"))?;
    Ok(Made::Role(RoleId(made)))
}

/// Makes a channel of the desk, with its permissions from the first moment on.
pub(super) async fn create_channel(
    discord: &Connection,
    job: &Job<'_>,
    channel: DeskChannel,
) -> Result<Made, Failure> {
    if let Some(known) = job.house.channels.get(&channel) {
        return Ok(Made::Channel(*known));
    }
    let route = || Route::GuildChannels {
        guild_id: job.guild.0.max(1).into(),
    };
    let failed = || {
        Failure::on_server(
            P::MANAGE_CHANNELS
                .and(P::MANAGE_ROLES)
                .and(bot_needs(channel)),
        )
    };
    if job.tried_before {
        let channels = discord
            .api()
            .get(route(), Vec::new())
            .await
            .map_err(failed())?;
        let found = channels
            .as_array()
            .into_iter()
            .flatten()
            .find(|found| found["name"] == channel.name() && found["type"] == TEXT);
        if let Some(found) = found.and_then(|found| id(&found["id"])) {
            return Ok(Made::Channel(ChannelId(found)));
        }
    }
    let overwrites: Vec<Value> = wanted(discord, job, channel)
        .into_iter()
        .map(|one| {
            let mut body = overwrite(one);
            body.insert("id".into(), target(one.whom).to_string().into());
            Value::Object(body)
        })
        .collect();
    let body = json!({
        "name": channel.name(), "type": TEXT, "topic": topic(channel), "permission_overwrites": overwrites,
    });
    let reason = format!("Deskhand's set-up: the channel {}", channel.name());
    let made = discord
        .api()
        .send(LightMethod::Post, route(), Some(&body), Some(&reason))
        .await
        .map_err(failed())?;
    let made =
        id(&made["id"]).ok_or(Failure::NotYet("Discord did not say which channel it made"))?;
    Ok(Made::Channel(ChannelId(made)))
}

/// Gives the desk's roles and the bot what they need in a channel that exists, and closes it to those whom it is not for,
/// one overwrite at a time; what others were given there stays as it is. Nothing is opened to everybody that was not: what
/// was written in a closed channel stays closed, and the set-up check says so. A bot that was not given the right to do
/// any of this leaves it to people.
pub(super) async fn open_channel(
    discord: &Connection,
    job: &Job<'_>,
    channel: DeskChannel,
) -> Result<Made, Failure> {
    let place = desk_channel(job.house, channel)?;
    let needs = P::VIEW_CHANNEL.and(P::MANAGE_ROLES);
    let snapshot = discord.server(Some(job.guild)).snapshot();
    if snapshot.is_some_and(|server| !server.bot_in(place).contains(needs)) {
        return Ok(Made::Nothing);
    }
    let channel_id = place.0.max(1).into();
    let now = discord
        .api()
        .get(Route::Channel { channel_id }, Vec::new())
        .await
        .map_err(Failure::within(place, needs))?;
    let reason = format!("Deskhand's set-up: permissions in {}", channel.name());
    for mut one in wanted(discord, job, channel) {
        if one.whom == Whom::Role(job.guild.0) {
            one.allow = P::NONE;
        }
        let (allowed, denied) = present(&now, target(one.whom));
        let (allow, deny) = (one.allow, one.deny);
        one.allow = allowed.without(deny).and(allow);
        one.deny = denied.without(allow).and(deny);
        if (one.allow, one.deny) == (allowed, denied) {
            continue;
        }
        let route = Route::ChannelPermission {
            channel_id,
            target_id: target(one.whom).max(1).into(),
        };
        let body = Value::Object(overwrite(one));
        let set = discord
            .api()
            .send(LightMethod::Put, route, Some(&body), Some(&reason))
            .await
            .map_err(Failure::within(place, needs.and(bot_needs(channel))));
        match set {
            // A role that is gone is the doctor's to tell of, and keeps nothing else from being set.
            Err(failure) if failure.code() == Some(code::UNKNOWN_ROLE) => {}
            set => {
                set?;
            }
        }
    }
    Ok(Made::Nothing)
}

/// What a channel allows and denies to one target now, with every bit that Discord has.
fn present(channel: &Value, target: u64) -> (P, P) {
    let bits = |value: &Value| {
        Permissions(
            value
                .as_str()
                .and_then(|bits| bits.parse().ok())
                .unwrap_or(0),
        )
    };
    channel["permission_overwrites"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|overwrite| id(&overwrite["id"]) == Some(target))
        .map_or((P::NONE, P::NONE), |overwrite| {
            (bits(&overwrite["allow"]), bits(&overwrite["deny"]))
        })
}

fn target(whom: Whom) -> u64 {
    match whom {
        Whom::Role(id) | Whom::Member(id) => id,
    }
}

/// The overwrites with which the channel works. Discord lets a bot grant only what it has itself, so the rest is left out:
/// a command is allowed to everybody anyhow where nobody took it away.
fn wanted(discord: &Connection, job: &Job<'_>, channel: DeskChannel) -> Vec<Overwrite> {
    let has = discord
        .server(Some(job.guild))
        .snapshot()
        .map_or(P::working(), |server| server.bot_on_server());
    let within = |wanted: P| wanted.without(wanted.without(has));
    let mut all = overwrites(channel, job.guild, job.house, discord.bot());
    for one in &mut all {
        (one.allow, one.deny) = (within(one.allow), within(one.deny));
    }
    all
}

fn overwrite(one: Overwrite) -> Map<String, Value> {
    let kind = match one.whom {
        Whom::Role(_) => 0,
        Whom::Member(_) => 1,
    };
    let mut body = Map::new();
    body.insert("type".into(), kind.into());
    body.insert("allow".into(), one.allow.0.to_string().into());
    body.insert("deny".into(), one.deny.0.to_string().into());
    body
}

/// What stands on top of the channel.
fn topic(channel: DeskChannel) -> &'static str {
    match channel {
        DeskChannel::Help => {
            "Something does not work? Ask with /ask, or open a ticket with /ticket open."
        }
        DeskChannel::Tickets => "Tickets are private threads below this channel. You see your own.",
        DeskChannel::Confidential => {
            "Confidential tickets are private threads below this channel. You see your own."
        }
        DeskChannel::QueueL1 => "Tickets of first contact (L1): claim one by its button.",
        DeskChannel::QueueL2 => "Tickets handed over to L2: accept or reject by the buttons.",
        DeskChannel::QueueL3 => "Tickets handed over to L3: accept or reject by the buttons.",
        DeskChannel::Escalations => {
            "One line for each escalation and each hand-over that was sent back."
        }
        DeskChannel::Leads => "What the leads of the desk have to do or to know.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overwrite_is_read_with_bits_that_serenity_does_not_know() {
        let channel = json!({ "permission_overwrites": [
            { "id": "7", "type": 0, "allow": (1_u64 << 52 | 1 << 10).to_string(), "deny": "2048" }
        ]});
        let (allow, deny) = present(&channel, 7);
        assert!(allow.contains(P::BYPASS_SLOWMODE.and(P::VIEW_CHANNEL)));
        assert_eq!(deny, P::SEND_MESSAGES);
        assert_eq!(present(&channel, 8), (P::NONE, P::NONE));
    }
}
