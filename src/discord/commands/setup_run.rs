//! `/setup run`: makes, adopts or maps the desk's roles and channels. As often as one likes: what is there stays.

use std::collections::BTreeMap;

use crate::desk::{Error, Planned, SetUpPlan};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::layout::bot_needs;
use crate::discord::permissions::Permissions;
use crate::discord::reply::{Embed, Post, Reply};
use crate::discord::server::Snapshot;
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::ids::{ChannelId, RoleId};
use crate::domain::people::{DeskChannel, DeskRole, House};

pub const COMMAND: Command = Command {
    path: "setup run",
    kind: Kind::Slash,
    about: "Make the desk's roles and channels, or adopt those that you have; as often as you like",
    who: Who::Admins,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        role("l1", "The role of first contact, if you have one"),
        role("l2", "The role of diagnosis, if you have one"),
        role("l3", "The role of the experts, if you have one"),
        role(
            "lead",
            "The role of those who lead the desk, if you have one",
        ),
        role(
            "admin",
            "The role of those who configure the desk, if you have one",
        ),
        channel("help", "Where employees ask"),
        channel("tickets", "Under which requesters' private threads hang"),
        channel(
            "confidential",
            "Under which threads of confidential tickets hang",
        ),
        channel("queue_l1", "Where tickets of L1 are shown"),
        channel("queue_l2", "Where tickets of L2 are shown"),
        channel("queue_l3", "Where tickets of L3 are shown"),
        channel("escalations", "Where leads watch escalations"),
        channel("leads", "What leads must do"),
    ],
    run: |call| Box::pin(run(call)),
};

const fn role(name: &'static str, about: &'static str) -> Opt {
    Opt {
        name,
        about,
        kind: OptKind::Role,
        required: false,
    }
}

const fn channel(name: &'static str, about: &'static str) -> Opt {
    Opt {
        name,
        about,
        kind: OptKind::Channel,
        required: false,
    }
}

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let Some(server) = call.server.snapshot() else {
        return Ok(Reply::Say(Post::text(words.setup_not_known_yet())));
    };
    let chosen = match chosen(call, &server) {
        Ok(chosen) => chosen,
        Err(fault) => return Ok(not_yet(&words, vec![fault])),
    };
    let plan = plan(&call.house, &server, &chosen);
    if let Some(missing) = missing_to_create(&plan, &server) {
        return Ok(not_yet(
            &words,
            vec![words.setup_cannot_create(&missing.names().join(", "))],
        ));
    }
    call.desk
        .set_up(server.guild, &plan, &call.actor, &call.cause, call.now)
        .await?;
    Ok(Reply::Say(report(&words, &plan, &server)))
}

fn not_yet(words: &Words, faults: Vec<String>) -> Reply {
    let embed = Embed {
        title: Some(words.setup_title()),
        description: Some(format!(
            "{}\n\n{}",
            words.setup_nothing_yet(),
            faults.join("\n")
        )),
        colour: Some(colour::WAITS),
        ..Embed::default()
    };
    Reply::Say(Post::embed(embed))
}

/// What an admin named as options.
#[derive(Default)]
struct Chosen {
    roles: BTreeMap<DeskRole, RoleId>,
    channels: BTreeMap<DeskChannel, ChannelId>,
}

fn chosen(call: &Call, server: &Snapshot) -> Result<Chosen, String> {
    let mut chosen = Chosen::default();
    for role in DeskRole::ALL {
        let Some(typed) = call.option(role.key()) else {
            continue;
        };
        let id = typed.parse().ok().map(RoleId);
        let usable = |id: &RoleId| {
            id.0 != server.guild.0 && server.roles.get(id).is_some_and(|role| !role.managed)
        };
        match id.filter(usable) {
            Some(id) => chosen.roles.insert(role, id),
            None => return Err(call.words.setup_not_a_role(role.key())),
        };
    }
    for channel in DeskChannel::ALL {
        let Some(typed) = call.option(channel.key()) else {
            continue;
        };
        let id = typed.parse().ok().map(ChannelId);
        match id.filter(|id| server.channels.get(id).is_some_and(|channel| channel.text)) {
            Some(id) => chosen.channels.insert(channel, id),
            None => return Err(call.words.setup_not_a_channel(channel.key())),
        };
    }
    Ok(chosen)
}

/// What the set-up does with each role and channel: what an admin named, else what the desk has already, else what bears
/// the name, else a new one.
fn plan(house: &House, server: &Snapshot, chosen: &Chosen) -> SetUpPlan {
    let roles = DeskRole::ALL.into_iter().map(|role| {
        let named = || {
            let same = |name: &str| name.eq_ignore_ascii_case(&role.to_string());
            let fits = server
                .roles
                .iter()
                .filter(|(_, found)| !found.managed && same(&found.name));
            fits.map(|(id, _)| *id).min()
        };
        let kept = house
            .roles
            .get(&role)
            .copied()
            .filter(|id| server.roles.contains_key(id));
        (role, planned(chosen.roles.get(&role).copied(), kept, named))
    });
    let channels = DeskChannel::ALL.into_iter().map(|channel| {
        let named = || {
            let same = |name: &str| name.eq_ignore_ascii_case(channel.name());
            let fits = server
                .channels
                .iter()
                .filter(|(_, found)| found.text && same(&found.name));
            fits.map(|(id, _)| *id).min()
        };
        let kept = house
            .channels
            .get(&channel)
            .copied()
            .filter(|id| server.channels.contains_key(id));
        (
            channel,
            planned(chosen.channels.get(&channel).copied(), kept, named),
        )
    });
    SetUpPlan {
        roles: roles.collect(),
        channels: channels.collect(),
    }
}

fn planned<T: PartialEq>(
    chosen: Option<T>,
    kept: Option<T>,
    named: impl FnOnce() -> Option<T>,
) -> Planned<T> {
    match (chosen, kept) {
        (Some(chosen), kept) if kept.as_ref() != Some(&chosen) => Planned::Map(chosen),
        (_, Some(kept)) => Planned::Keep(kept),
        (_, None) => named().map_or(Planned::Create, Planned::Adopt),
    }
}

/// What the bot lacks on the server to make what the plan makes.
fn missing_to_create(plan: &SetUpPlan, server: &Snapshot) -> Option<Permissions> {
    let mut needed = Permissions::NONE;
    if plan
        .roles
        .iter()
        .any(|(_, planned)| *planned == Planned::Create)
    {
        needed = needed.and(Permissions::MANAGE_ROLES);
    }
    if plan
        .channels
        .iter()
        .any(|(_, planned)| *planned == Planned::Create)
    {
        // A new channel is made with its overwrites, which takes both.
        needed = needed
            .and(Permissions::MANAGE_CHANNELS)
            .and(Permissions::MANAGE_ROLES);
    }
    let missing = needed.without(server.bot_on_server());
    (!missing.is_empty()).then_some(missing)
}

fn report(words: &Words, plan: &SetUpPlan, server: &Snapshot) -> Post {
    let roles = plan.roles.iter().map(|(role, planned)| {
        line(
            words,
            *planned,
            |id: RoleId| format!("<@&{id}>"),
            &role.to_string(),
        )
    });
    let channels = plan.channels.iter().map(|(channel, planned)| {
        line(
            words,
            *planned,
            |id: ChannelId| format!("<#{id}>"),
            &format!("#{}", channel.name()),
        )
    });
    let missing = missing(words, plan, server);
    let embed = Embed {
        title: Some(words.setup_title()),
        description: Some(words.setup_intro()),
        footer: Some(words.setup_next()),
        colour: Some(if missing.is_empty() {
            colour::DONE
        } else {
            colour::WAITS
        }),
        ..Embed::default()
    }
    .with_field(words.setup_roles(), list(roles))
    .with_field(words.setup_channels(), list(channels))
    .with_field(words.setup_missing_title(), missing.join("\n"));
    Post::embed(embed)
}

fn list(lines: impl Iterator<Item = String>) -> String {
    lines
        .map(|line| format!("- {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn line<T: Copy>(
    words: &Words,
    planned: Planned<T>,
    shown: impl Fn(T) -> String,
    name: &str,
) -> String {
    match planned {
        Planned::Keep(id) => words.setup_keep(&shown(id)),
        Planned::Adopt(id) => words.setup_adopt(&shown(id)),
        Planned::Map(id) => words.setup_map(name, &shown(id)),
        Planned::Create => words.setup_create(name),
    }
}

/// Each permission that the bot misses in a channel which exists, by what it effectively may there. Who manages channels
/// and roles gives itself what it misses; only then is nothing reported.
fn missing(words: &Words, plan: &SetUpPlan, server: &Snapshot) -> Vec<String> {
    let helps_itself = Permissions::MANAGE_CHANNELS.and(Permissions::MANAGE_ROLES);
    let lacking = plan.channels.iter().filter_map(|(channel, planned)| {
        let id = planned.existing()?;
        let has = server.bot_in(id);
        if has.contains(helps_itself.and(Permissions::VIEW_CHANNEL)) {
            return None;
        }
        let missing = bot_needs(*channel).without(has);
        (!missing.is_empty())
            .then(|| words.setup_missing_channel(&format!("<#{id}>"), &missing.names().join(", ")))
    });
    lacking.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_admin_names_wins_then_what_is_there_then_the_name() {
        assert_eq!(planned(Some(1), Some(2), || Some(3)), Planned::Map(1));
        assert_eq!(planned(Some(2), Some(2), || Some(3)), Planned::Keep(2));
        assert_eq!(planned(None, Some(2), || Some(3)), Planned::Keep(2));
        assert_eq!(planned(None, None, || Some(3)), Planned::Adopt(3));
        assert_eq!(planned(None::<i32>, None, || None), Planned::Create);
    }

    #[test]
    fn options_bear_the_keys_of_what_they_map_and_fit_into_a_command() {
        let names: Vec<&str> = COMMAND.options.iter().map(|option| option.name).collect();
        let roles = DeskRole::ALL.into_iter().map(DeskRole::key);
        let channels = DeskChannel::ALL.into_iter().map(DeskChannel::key);
        assert_eq!(names, roles.chain(channels).collect::<Vec<_>>());
        assert!(names.len() <= 25);
    }
}
