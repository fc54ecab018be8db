//! Roles and channels of the desk, and who may do what in them.

use serde_json::{Map, Value, json};
use serenity::http::{LightMethod, Route};

use super::messages::id;
use super::outcome::{Failure, code};
use super::{Job, Made, desk_channel};
use crate::desk::House;
use crate::discord::connect::Connection;
use crate::discord::permissions::{Permissions, Whom};
use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};
use crate::domain::people::{DeskChannel, DeskRole};

/// A text channel.
const TEXT: u64 = 0;

type P = Permissions;

/// Sees a channel and what was written in it.
const READ: P = P::VIEW_CHANNEL.and(P::READ_MESSAGE_HISTORY);
/// Writes in a channel and in its threads.
const WRITE: P = P::SEND_MESSAGES.and(P::SEND_MESSAGES_IN_THREADS);
const START_THREADS: P = P::CREATE_PUBLIC_THREADS.and(P::CREATE_PRIVATE_THREADS);

/// What somebody is granted in one of the desk's channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Who.
    pub to: Holder,
    /// What is allowed.
    pub allow: Permissions,
    /// What is denied.
    pub deny: Permissions,
}

/// Who is granted something in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Everybody on the server.
    Everybody,
    /// Holders of a role of the desk.
    Role(DeskRole),
    /// The bot.
    Bot,
}

/// Who may do what in that channel (`DOMAIN` 1.7).
pub fn grants(channel: DeskChannel) -> Vec<Grant> {
    use DeskRole::{Admin, L1, L2, L3, Lead};
    let everybody = |allow: P, deny: P| Grant { to: Holder::Everybody, allow, deny };
    let roles = |roles: &[DeskRole], allow: P, deny: P| -> Vec<Grant> {
        let grant = |role: &DeskRole| Grant { to: Holder::Role(*role), allow, deny };
        roles.iter().map(grant).collect()
    };
    let hidden = || everybody(P::NONE, P::VIEW_CHANNEL);
    // Whoever is in a private thread has to see the channel above it, in which nobody can write.
    let above_threads = || {
        let deny = P::SEND_MESSAGES.and(START_THREADS);
        everybody(READ.and(P::SEND_MESSAGES_IN_THREADS), deny)
    };
    let mut grants = match channel {
        DeskChannel::Help => vec![everybody(READ.and(P::SEND_MESSAGES), P::NONE)],
        DeskChannel::Tickets => {
            let mut grants = vec![above_threads()];
            // Leads see every requester's thread by this.
            grants.extend(roles(&[Lead], READ.and(P::MANAGE_THREADS), P::NONE));
            grants
        }
        DeskChannel::Confidential => {
            let mut grants = vec![above_threads()];
            // Not even by a permission that the role has elsewhere: only who was added sees a confidential thread.
            grants.extend(roles(&[L1, L2, L3, Lead, Admin], P::NONE, P::MANAGE_THREADS));
            grants
        }
        DeskChannel::QueueL1 => queue(&[L1, L2, L3, Lead]),
        DeskChannel::QueueL2 => queue(&[L2, L3, Lead]),
        DeskChannel::QueueL3 => queue(&[L3, Lead]),
        DeskChannel::Escalations => {
            let mut grants = vec![hidden()];
            // Only the desk itself writes here.
            grants.extend(roles(&[L1, L2, L3, Lead], READ, WRITE.and(START_THREADS)));
            grants
        }
        DeskChannel::Leads => {
            let mut grants = vec![hidden()];
            grants.extend(roles(&[Lead], READ.and(WRITE), P::NONE));
            grants
        }
    };
    grants.push(Grant { to: Holder::Bot, allow: of_the_bot(), deny: P::NONE });
    grants
}

fn queue(readers: &[DeskRole]) -> Vec<Grant> {
    let hidden = Grant { to: Holder::Everybody, allow: P::NONE, deny: P::VIEW_CHANNEL };
    let reads = |role: &DeskRole| Grant {
        to: Holder::Role(*role),
        allow: READ.and(WRITE),
        deny: START_THREADS,
    };
    std::iter::once(hidden).chain(readers.iter().map(reads)).collect()
}

/// What the bot gives itself in each channel, so that nobody else's denial reaches it.
fn of_the_bot() -> P {
    READ.and(WRITE).and(START_THREADS).and(P::EMBED_LINKS).and(P::MANAGE_THREADS)
}

fn whom(holder: Holder, house: &House, guild: GuildId, bot: UserId) -> Option<Whom> {
    match holder {
        Holder::Everybody => Some(Whom::Role(guild.0)),
        Holder::Role(role) => house.roles.get(&role).map(|RoleId(id)| Whom::Role(*id)),
        Holder::Bot => Some(Whom::Member(bot.0)),
    }
}

/// Makes a role of the desk. It has no permissions of its own: what it may do, it may in the desk's channels.
pub(super) async fn create_role(
    discord: &Connection,
    job: &Job<'_>,
    role: DeskRole,
) -> Result<Made, Failure> {
    if let Some(known) = job.house.roles.get(&role) {
        return Ok(Made::Role(*known));
    }
    let route = || Route::GuildRoles { guild_id: job.guild.0.max(1).into() };
    let failed = || Failure::on_server(P::MANAGE_ROLES);
    let name = role.to_string();
    if job.tried_before {
        let roles = discord.api().get(route(), Vec::new()).await.map_err(failed())?;
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
    let route = || Route::GuildChannels { guild_id: job.guild.0.max(1).into() };
    let failed = || Failure::on_server(P::MANAGE_CHANNELS.and(P::MANAGE_ROLES).and(of_the_bot()));
    if job.tried_before {
        let channels = discord.api().get(route(), Vec::new()).await.map_err(failed())?;
        let found = channels
            .as_array()
            .into_iter()
            .flatten()
            .find(|found| found["name"] == channel.name() && found["type"] == TEXT);
        if let Some(found) = found.and_then(|found| id(&found["id"])) {
            return Ok(Made::Channel(ChannelId(found)));
        }
    }
    let overwrites: Vec<Value> = grants(channel)
        .iter()
        .filter_map(|grant| {
            let whom = whom(grant.to, job.house, job.guild, discord.bot())?;
            let mut body = overwrite(whom, grant.allow, grant.deny);
            body.insert("id".into(), target(whom).to_string().into());
            Some(Value::Object(body))
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
    let made = id(&made["id"]).ok_or(Failure::NotYet("Discord did not say which channel it made"))?;
    Ok(Made::Channel(ChannelId(made)))
}

/// Gives the desk's roles and the bot what they need in a channel that exists, one overwrite at a time; what others were
/// given there, everybody included, stays as it is. A bot that was not given the right to do so leaves it to people:
/// the set-up check says what is missing.
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
    for grant in grants(channel).iter().filter(|grant| grant.to != Holder::Everybody) {
        let Some(whom) = whom(grant.to, job.house, job.guild, discord.bot()) else {
            continue;
        };
        let (allowed, denied) = present(&now, target(whom));
        let allow = allowed.without(grant.deny).and(grant.allow);
        let deny = denied.without(grant.allow).and(grant.deny);
        if (allow, deny) == (allowed, denied) {
            continue;
        }
        let route = Route::ChannelPermission { channel_id, target_id: target(whom).max(1).into() };
        let body = Value::Object(overwrite(whom, allow, deny));
        let set = discord
            .api()
            .send(LightMethod::Put, route, Some(&body), Some(&reason))
            .await
            .map_err(Failure::within(place, needs.and(of_the_bot())));
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
    let bits = |value: &Value| Permissions(value.as_str().and_then(|bits| bits.parse().ok()).unwrap_or(0));
    channel["permission_overwrites"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|overwrite| id(&overwrite["id"]) == Some(target))
        .map_or((P::NONE, P::NONE), |overwrite| (bits(&overwrite["allow"]), bits(&overwrite["deny"])))
}

fn target(whom: Whom) -> u64 {
    match whom {
        Whom::Role(id) | Whom::Member(id) => id,
    }
}

fn overwrite(whom: Whom, allow: P, deny: P) -> Map<String, Value> {
    let kind = match whom {
        Whom::Role(_) => 0,
        Whom::Member(_) => 1,
    };
    let mut body = Map::new();
    body.insert("type".into(), kind.into());
    body.insert("allow".into(), allow.0.to_string().into());
    body.insert("deny".into(), deny.0.to_string().into());
    body
}

/// What stands on top of the channel.
fn topic(channel: DeskChannel) -> &'static str {
    match channel {
        DeskChannel::Help => "Something does not work? Ask with /ask, or open a ticket with /ticket open.",
        DeskChannel::Tickets => "Tickets are private threads below this channel. You see your own.",
        DeskChannel::Confidential => "Confidential tickets are private threads below this channel. You see your own.",
        DeskChannel::QueueL1 => "Tickets of first contact (L1): claim one by its button.",
        DeskChannel::QueueL2 => "Tickets handed over to L2: accept or reject by the buttons.",
        DeskChannel::QueueL3 => "Tickets handed over to L3: accept or reject by the buttons.",
        DeskChannel::Escalations => "One line for each escalation and each hand-over that was sent back.",
        DeskChannel::Leads => "What the leads of the desk have to do or to know.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::permissions::{Holder as Member, Overwrite, in_channel};

    /// What holders of `role` may do in that channel, where everybody may read and write by default.
    fn may(channel: DeskChannel, role: Option<DeskRole>) -> P {
        const GUILD: u64 = 1;
        let id = |role: DeskRole| 10 + DeskRole::ALL.iter().position(|one| *one == role).unwrap_or(0) as u64;
        let overwrites: Vec<Overwrite> = grants(channel)
            .iter()
            .map(|grant| {
                let whom = match grant.to {
                    Holder::Everybody => Whom::Role(GUILD),
                    Holder::Role(role) => Whom::Role(id(role)),
                    Holder::Bot => Whom::Member(99),
                };
                Overwrite { whom, allow: grant.allow, deny: grant.deny }
            })
            .collect();
        let roles: Vec<u64> = role.into_iter().map(id).collect();
        let member = Member { user: 5, roles: &roles, owner: false };
        in_channel(READ.and(WRITE).and(START_THREADS), member, GUILD, &overwrites)
    }

    #[test]
    fn each_channel_is_read_by_those_whom_it_is_for() {
        use DeskRole::{Admin, L1, L2, L3, Lead};
        let everybody = [None, Some(L1), Some(L2), Some(L3), Some(Lead), Some(Admin)];
        // Who reads, in the order: an employee, L1, L2, L3, a lead, a desk admin.
        let rows = [
            (DeskChannel::Help, [true; 6]),
            (DeskChannel::Tickets, [true; 6]),
            (DeskChannel::Confidential, [true; 6]),
            (DeskChannel::QueueL1, [false, true, true, true, true, false]),
            (DeskChannel::QueueL2, [false, false, true, true, true, false]),
            (DeskChannel::QueueL3, [false, false, false, true, true, false]),
            (DeskChannel::Escalations, [false, true, true, true, true, false]),
            (DeskChannel::Leads, [false, false, false, false, true, false]),
        ];
        for (channel, readers) in rows {
            let read = everybody.map(|role| may(channel, role).contains(READ));
            assert_eq!(read, readers, "{channel:?}");
        }
    }

    #[test]
    fn only_leads_see_all_threads_and_nobody_sees_confidential_ones() {
        for role in [None, Some(DeskRole::L3), Some(DeskRole::Lead), Some(DeskRole::Admin)] {
            let sees_all = may(DeskChannel::Tickets, role).contains(P::MANAGE_THREADS);
            assert_eq!(sees_all, role == Some(DeskRole::Lead));
            assert!(!may(DeskChannel::Confidential, role).contains(P::MANAGE_THREADS));
            for parent in [DeskChannel::Tickets, DeskChannel::Confidential] {
                let may = may(parent, role);
                assert!(may.contains(P::SEND_MESSAGES_IN_THREADS) && !may.contains(P::SEND_MESSAGES));
            }
            assert!(!may(DeskChannel::Escalations, role).contains(P::SEND_MESSAGES));
        }
    }

    #[test]
    fn the_bot_asks_for_nothing_that_its_link_did_not_ask_for() {
        for channel in DeskChannel::ALL {
            for grant in grants(channel) {
                let used = grant.allow.and(grant.deny);
                assert!(P::working().contains(used), "{channel:?}: {:?}", used.without(P::working()).names());
            }
        }
    }

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
