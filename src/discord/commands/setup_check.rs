//! `/setup check`, the doctor: what is missing or wrong, where, and what to do.

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::layout::{bot_needs, open_to_all};
use crate::discord::permissions::{Holder, Permissions, in_channel, of_server};
use crate::discord::plain;
use crate::discord::reply::{Embed, Post, Reply};
use crate::discord::server::Snapshot;
use crate::discord::words::parts::{colour, with_long_field};
use crate::domain::errand::Errand;
use crate::domain::ids::{ChannelId, RoleId};
use crate::domain::people::{DeskChannel, DeskRole};
use crate::domain::tier::Tier;
use crate::store::outbox::Stuck;

pub const COMMAND: Command = Command {
    path: "setup check",
    kind: Kind::Slash,
    about: "See what is missing or wrong with the desk on this server, and what to do about it",
    who: Who::Admins,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| Box::pin(run(call)),
};

/// Deliveries that are listed one by one.
const STUCK_SHOWN: usize = 8;

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let Some(server) = call.server.snapshot() else {
        return Ok(Reply::Say(Post::text(words.setup_not_known_yet())));
    };
    if !call.house.set_up {
        return Ok(Reply::Say(Post::text(words.check_not_set_up())));
    }
    let mut wrong = places(call, &server);
    wrong.extend(holders(call, &server).await?);
    let stuck = call.desk.stuck(server.guild, call.now).await?;
    wrong.extend(deliveries(call, &stuck));
    let overdue = call.desk.overdue_steps(server.guild, call.now).await?;
    wrong.extend(overdue.map(|(count, since)| words.check_overdue(count, since)));
    let kb = call.desk.kb();
    if kb.is_empty() {
        wrong.push(words.check_kb_empty());
    }
    let loaded = kb.loaded();
    if !loaded.left_out.is_empty() {
        wrong.push(words.check_kb_left_out(loaded.left_out.len()));
    }
    if !loaded.kept.is_empty() {
        wrong.push(words.check_kb_kept(loaded.kept.len()));
    }
    if loaded.kept_all {
        wrong.push(words.check_kb_gone());
    }
    if loaded.kept_aliases {
        wrong.push(words.check_aliases_kept());
    } else if loaded.broken_aliases {
        wrong.push(words.check_aliases_broken());
    }
    let granted = call.server.granted();
    let mut off = Vec::new();
    if !granted.members {
        off.push(words.check_members_off());
    }
    if !granted.message_content {
        off.push(words.check_content_off());
    }
    let well = wrong.is_empty();
    let embed = Embed {
        title: Some(words.check_title()),
        description: Some(if well {
            words.check_all_well()
        } else {
            words.check_faults(wrong.len())
        }),
        footer: Some(words.check_knowledge(kb.len())),
        colour: Some(if well { colour::DONE } else { colour::WAITS }),
        ..Embed::default()
    };
    let embed = with_long_field(embed, &words.check_field_wrong(), &bullets(&wrong));
    let embed = with_long_field(embed, &words.check_field_off(), &bullets(&off));
    Ok(Reply::Say(Post::embed(
        embed.with_field(words.check_here(), here(call, &server)),
    )))
}

fn bullets(lines: &[String]) -> String {
    lines
        .iter()
        .map(|line| format!("- {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Where everything is, so that an admin sees at a glance what the desk takes for what.
fn here(call: &Call, server: &Snapshot) -> String {
    let roles = call
        .house
        .roles
        .iter()
        .filter(|(_, id)| server.roles.contains_key(id));
    let channels = call
        .house
        .channels
        .iter()
        .filter(|(_, id)| server.channels.contains_key(id));
    let roles: Vec<String> = roles
        .map(|(role, id)| format!("{role}: <@&{id}>"))
        .collect();
    let channels: Vec<String> = channels.map(|(_, id)| format!("<#{id}>")).collect();
    format!("{}\n{}", roles.join(" · "), channels.join(" "))
}

/// Roles and channels that are gone, permissions that the bot misses, and channels that too many can read.
fn places(call: &Call, server: &Snapshot) -> Vec<String> {
    let words = call.words;
    let mut wrong = Vec::new();
    for role in DeskRole::ALL {
        if !call
            .house
            .roles
            .get(&role)
            .is_some_and(|id| server.roles.contains_key(id))
        {
            wrong.push(words.check_role_gone(&role.to_string()));
        }
    }
    for channel in DeskChannel::ALL {
        let Some(id) = call
            .house
            .channels
            .get(&channel)
            .filter(|id| server.channels.contains_key(id))
        else {
            wrong.push(words.check_channel_gone(channel.name()));
            continue;
        };
        let missing = bot_needs(channel).without(server.bot_in(*id));
        if !missing.is_empty() {
            wrong.push(
                words.setup_missing_channel(&format!("<#{id}>"), &missing.names().join(", ")),
            );
        }
        match (open_to_all(channel), everybody_sees(server, *id)) {
            (false, true) => wrong.push(words.check_channel_open(&format!("<#{id}>"))),
            (true, false) => wrong.push(words.check_channel_closed(&format!("<#{id}>"))),
            _ => {}
        }
    }
    wrong
}

/// Whether a member without any role sees that channel (`SECURITY` A35).
fn everybody_sees(server: &Snapshot, channel: ChannelId) -> bool {
    let Some(shown) = server.channels.get(&channel) else {
        return false;
    };
    let of_roles = server
        .roles
        .iter()
        .map(|(id, role)| (id.0, role.permissions))
        .collect();
    let nobody = Holder {
        user: 0,
        roles: &[],
        owner: false,
    };
    let base = of_server(nobody, server.guild.0, &of_roles);
    in_channel(base, nobody, server.guild.0, &shown.overwrites).contains(Permissions::VIEW_CHANNEL)
}

/// Tiers that nobody holds: seen on the server where all members are known, else among those the desk has met.
async fn holders(call: &Call, server: &Snapshot) -> Result<Vec<String>, Error> {
    let met = call.desk.staff(server.guild).await?;
    let held = |tier: Tier, role: RoleId| {
        server.holders(role) > 0
            || (!server.all_members
                && met
                    .iter()
                    .any(|(_, standing)| standing.tiers.contains(tier)))
    };
    let empty = Tier::ALL.into_iter().filter(|tier| {
        let role = call.house.roles.get(&DeskRole::of_tier(*tier));
        role.is_some_and(|role| server.roles.contains_key(role) && !held(*tier, *role))
    });
    Ok(empty
        .map(|tier| call.words.check_no_holders(&tier.to_string()))
        .collect())
}

fn deliveries(call: &Call, stuck: &[Stuck]) -> Vec<String> {
    let words = call.words;
    let mut lines: Vec<String> = stuck
        .iter()
        .take(STUCK_SHOWN)
        .map(|row| {
            let said = plain::shown_line(&row.last_error);
            let what = format!("{} (#{})", kind(&row.errand), row.id);
            if row.given_up {
                words.check_given_up(&what, &said)
            } else {
                words.check_stuck(&what, row.attempts, &said)
            }
        })
        .collect();
    let more = stuck.len().saturating_sub(STUCK_SHOWN);
    if more > 0 {
        lines.push(words.check_stuck_more(more));
    }
    lines
}

/// What an errand is, as the log and the outbox name it.
fn kind(errand: &Errand) -> &'static str {
    match errand {
        Errand::Say { .. } => "message",
        Errand::Amend { .. } | Errand::SayAgain { .. } => "change of a message",
        Errand::OpenThread { .. } => "thread",
        Errand::OpenRoom { .. } => "thread of an incident",
        Errand::Invite { .. } => "invitation to a thread",
        Errand::Uninvite { .. } => "removal from a thread",
        Errand::CloseThread { .. } => "closing of a thread",
        Errand::CreateRole { .. } => "role",
        Errand::CreateChannel { .. } => "channel",
        Errand::OpenChannel { .. } => "permissions of a channel",
    }
}
