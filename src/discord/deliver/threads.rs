//! Threads: opened once, adopted where they are there already, taken out of the archive when something has to be said.

use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};

use super::messages::{ARCHIVE_AFTER, id};
use super::outcome::{Failure, code};
use super::{Job, Made, desk_channel};
use crate::discord::api::Trouble;
use crate::discord::connect::Connection;
use crate::discord::permissions::Permissions;
use crate::discord::plain::{cut, one_line};
use crate::discord::survey;
use crate::domain::errand::ThreadKind;
use crate::domain::ids::{ChannelId, MessageId, UserId};
use crate::domain::people::DeskChannel;
use crate::domain::ticket::Ticket;

/// Discord's limit for a thread's name.
const NAME: usize = 100;
/// A thread that whoever sees its channel can read.
const PUBLIC: u64 = 11;
/// A private thread.
const PRIVATE: u64 = 12;

const TO_OPEN_PRIVATE: Permissions = Permissions::VIEW_CHANNEL
    .and(Permissions::CREATE_PRIVATE_THREADS)
    .and(Permissions::SEND_MESSAGES_IN_THREADS)
    .and(Permissions::MANAGE_THREADS);
const TO_OPEN_PUBLIC: Permissions = Permissions::VIEW_CHANNEL
    .and(Permissions::READ_MESSAGE_HISTORY)
    .and(Permissions::CREATE_PUBLIC_THREADS)
    .and(Permissions::SEND_MESSAGES_IN_THREADS);
const TO_MANAGE: Permissions = Permissions::VIEW_CHANNEL
    .and(Permissions::SEND_MESSAGES_IN_THREADS)
    .and(Permissions::MANAGE_THREADS);

/// By what a ticket's thread of that kind is known: the beginning of its name (`DOMAIN` 1.2).
fn prefix(ticket: &Ticket, kind: ThreadKind) -> String {
    match kind {
        ThreadKind::Requester => format!("{} · ", ticket.number),
        ThreadKind::Staff => format!("{} staff · ", ticket.number),
    }
}

/// A thread's name. Discord obeys no Markdown in it, so the title stands there as one clean line.
fn name(ticket: &Ticket, kind: ThreadKind) -> String {
    cut(
        &format!("{}{}", prefix(ticket, kind), one_line(&ticket.title)),
        NAME,
    )
}

fn ticket<'a>(job: &Job<'a>) -> Result<&'a Ticket, Failure> {
    job.ticket.ok_or(Failure::NotYet(
        "the errand is about a thread and names no ticket",
    ))
}

fn known(ticket: &Ticket, kind: ThreadKind) -> Option<ChannelId> {
    match kind {
        ThreadKind::Requester => ticket.thread,
        ThreadKind::Staff => ticket.staff_thread,
    }
}

/// The ticket, where the talk with its requester goes by direct message.
pub(super) fn by_direct<'a>(job: &Job<'a>) -> Option<&'a Ticket> {
    job.ticket.filter(|ticket| ticket.by_direct)
}

/// The thread with the requester, after a talk by direct message: opened or adopted, and everybody who belongs there is in
/// it.
pub(super) async fn gather(discord: &Connection, job: &Job<'_>) -> Result<ChannelId, Failure> {
    let in_thread = Ticket {
        by_direct: false,
        ..ticket(job)?.clone()
    };
    let job = Job {
        ticket: Some(&in_thread),
        ..*job
    };
    let kind = ThreadKind::Requester;
    let thread = find(discord, &job, kind).await?;
    for user in in_thread.people() {
        invite(discord, &job, kind, user).await?;
    }
    Ok(thread)
}

/// Archives a thread in which nobody has to act, without locking it: whoever writes there wakes it.
pub(super) async fn rest(
    discord: &Connection,
    ticket: &Ticket,
    thread: ChannelId,
) -> Result<(), Trouble> {
    let reason = format!(
        "{}: quiet, and another thread needs the room",
        ticket.number
    );
    let body = json!({ "archived": true });
    let route = Route::Channel {
        channel_id: thread.0.max(1).into(),
    };
    discord
        .api()
        .send(LightMethod::Patch, route, Some(&body), Some(&reason))
        .await
        .map(|_| ())
}

/// A requester's thread is private, and so is the staff thread of a confidential ticket.
fn private_parent(
    job: &Job<'_>,
    ticket: &Ticket,
    kind: ThreadKind,
) -> Result<Option<ChannelId>, Failure> {
    match (kind, ticket.confidential) {
        (_, true) => desk_channel(job.house, DeskChannel::Confidential).map(Some),
        (ThreadKind::Requester, false) => desk_channel(job.house, DeskChannel::Tickets).map(Some),
        (ThreadKind::Staff, false) => Ok(None),
    }
}

/// Opens one of the ticket's threads. `look_first`: it may be there already, because an earlier try may have got through.
pub(super) async fn open(
    discord: &Connection,
    job: &Job<'_>,
    kind: ThreadKind,
    look_first: bool,
) -> Result<ChannelId, Failure> {
    let ticket = ticket(job)?;
    if let Some(thread) = known(ticket, kind) {
        return Ok(thread);
    }
    let reason = format!(
        "{}: {} thread",
        ticket.number,
        match kind {
            ThreadKind::Requester => "the requester's",
            ThreadKind::Staff => "the staff",
        }
    );
    let Some(parent) = private_parent(job, ticket, kind)? else {
        return start_from_card(discord, job, ticket, &reason).await;
    };
    if look_first && let Some(thread) = look_for(discord, job, ticket, kind, parent).await? {
        return Ok(thread);
    }
    let body = json!({
        "name": name(ticket, kind), "type": PRIVATE, "invitable": false,
        "auto_archive_duration": ARCHIVE_AFTER.as_secs() / 60,
    });
    let made = discord
        .api()
        .send(
            LightMethod::Post,
            Route::ChannelThreads {
                channel_id: parent.0.max(1).into(),
            },
            Some(&body),
            Some(&reason),
        )
        .await
        .map_err(Failure::within(parent, TO_OPEN_PRIVATE))?;
    id(&made["id"])
        .map(ChannelId)
        .ok_or(Failure::NotYet("Discord did not say which thread it made"))
}

/// The staff thread starts from the ticket's first card, whose id becomes its own: to start it twice is refused, and then
/// it is there.
async fn start_from_card(
    discord: &Connection,
    job: &Job<'_>,
    ticket: &Ticket,
    reason: &str,
) -> Result<ChannelId, Failure> {
    let (channel, MessageId(card)) = job.starter.ok_or(Failure::NotYet(
        "the staff thread waits for the ticket's card",
    ))?;
    let body = json!({
        "name": name(ticket, ThreadKind::Staff), "auto_archive_duration": ARCHIVE_AFTER.as_secs() / 60,
    });
    let route = Route::ChannelMessageThreads {
        channel_id: channel.0.max(1).into(),
        message_id: card.max(1).into(),
    };
    let made = discord
        .api()
        .send(LightMethod::Post, route, Some(&body), Some(reason))
        .await
        .map_err(Failure::within(channel, TO_OPEN_PUBLIC));
    match made {
        Ok(made) => Ok(ChannelId(id(&made["id"]).unwrap_or(card))),
        Err(failure) if failure.code() == Some(code::THREAD_EXISTS) => {
            match survey::channel_exists(discord, ChannelId(card)).await {
                // A message has one thread in its life, and that one was deleted.
                Ok(false) => start_beside_card(discord, ticket, channel, reason).await,
                _ => Ok(ChannelId(card)),
            }
        }
        Err(failure) if failure.code() == Some(code::UNKNOWN_MESSAGE) => Err(Failure::NotYet(
            "the ticket's card is gone and is posted anew first",
        )),
        Err(failure) => Err(failure),
    }
}

/// A staff thread in the card's channel, which starts from no message.
async fn start_beside_card(
    discord: &Connection,
    ticket: &Ticket,
    channel: ChannelId,
    reason: &str,
) -> Result<ChannelId, Failure> {
    let body = json!({
        "name": name(ticket, ThreadKind::Staff), "type": PUBLIC,
        "auto_archive_duration": ARCHIVE_AFTER.as_secs() / 60,
    });
    let route = Route::ChannelThreads {
        channel_id: channel.0.max(1).into(),
    };
    let made = discord
        .api()
        .send(LightMethod::Post, route, Some(&body), Some(reason))
        .await
        .map_err(Failure::within(channel, TO_OPEN_PUBLIC))?;
    id(&made["id"])
        .map(ChannelId)
        .ok_or(Failure::NotYet("Discord did not say which thread it made"))
}

/// A thread below a message of the second tier's queue. To start it twice is refused, and then it is there; where a person
/// deleted the message, there is nothing to hang it on, and those who work on it talk in the channel.
pub(super) async fn open_room(
    discord: &Connection,
    job: &Job<'_>,
    title: &str,
) -> Result<Made, Failure> {
    let Some(MessageId(message)) = job.message else {
        return Ok(Made::Nothing);
    };
    let channel = desk_channel(job.house, DeskChannel::QueueL2)?;
    let title = cut(&one_line(title), NAME);
    let body = json!({ "name": title, "auto_archive_duration": ARCHIVE_AFTER.as_secs() / 60 });
    let route = Route::ChannelMessageThreads {
        channel_id: channel.0.max(1).into(),
        message_id: message.max(1).into(),
    };
    let made = discord
        .api()
        .send(LightMethod::Post, route, Some(&body), Some(&title))
        .await
        .map_err(Failure::within(channel, TO_OPEN_PUBLIC));
    match made {
        Err(failure)
            if !matches!(
                failure.code(),
                Some(code::THREAD_EXISTS | code::UNKNOWN_MESSAGE)
            ) =>
        {
            Err(failure)
        }
        _ => Ok(Made::Nothing),
    }
}

/// Looks among the active and the archived private threads for one of the bot's with the ticket's number and kind.
async fn look_for(
    discord: &Connection,
    job: &Job<'_>,
    ticket: &Ticket,
    kind: ThreadKind,
    parent: ChannelId,
) -> Result<Option<ChannelId>, Failure> {
    let active = Route::GuildThreadsActive {
        guild_id: job.guild.0.max(1).into(),
    };
    let archived = Route::ChannelArchivedPrivateThreads {
        channel_id: parent.0.max(1).into(),
    };
    let lists = [
        (active, Vec::new()),
        (archived, vec![("limit", "100".to_owned())]),
    ];
    let prefix = prefix(ticket, kind);
    let (bot, place) = (discord.bot().to_string(), parent.to_string());
    for (route, query) in lists {
        let list = discord
            .api()
            .get(route, query)
            .await
            .map_err(Failure::within(
                parent,
                TO_OPEN_PRIVATE.and(Permissions::READ_MESSAGE_HISTORY),
            ))?;
        let found = list["threads"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|thread| {
                thread["parent_id"] == place.as_str()
                    && thread["owner_id"] == bot.as_str()
                    && thread["name"]
                        .as_str()
                        .is_some_and(|name| name.starts_with(prefix.trim_end()))
            });
        if let Some(thread) = found.and_then(|thread| id(&thread["id"])) {
            return Ok(Some(ChannelId(thread)));
        }
    }
    Ok(None)
}

/// The thread, opened or adopted where the ticket does not know of one: then it was lost, and what is to be said in it
/// stands before the errand that opens it again.
pub(super) async fn find(
    discord: &Connection,
    job: &Job<'_>,
    kind: ThreadKind,
) -> Result<ChannelId, Failure> {
    open(discord, job, kind, true).await
}

/// Makes a thread fit to be written in after `failure`: takes it out of the archive, or opens another when it is gone.
pub(super) async fn mend(
    discord: &Connection,
    job: &Job<'_>,
    kind: ThreadKind,
    thread: ChannelId,
    failure: Failure,
) -> Result<ChannelId, Failure> {
    match failure.code() {
        Some(code::ARCHIVED | code::LOCKED) => {
            set(
                discord,
                job,
                thread,
                &json!({ "archived": false }),
                "something has to be said",
            )
            .await?;
            Ok(thread)
        }
        // Reconciliation has the thread opened again; until then the ticket names one that is not there.
        Some(code::UNKNOWN_CHANNEL) if kind == ThreadKind::Requester => {
            let ticket = ticket(job)?;
            let without = Ticket {
                thread: None,
                ..ticket.clone()
            };
            let job = Job {
                ticket: Some(&without),
                ..*job
            };
            open(discord, &job, kind, true).await
        }
        _ => Err(failure),
    }
}

/// Adds somebody. Who left the server cannot be added, and need not be.
pub(super) async fn invite(
    discord: &Connection,
    job: &Job<'_>,
    kind: ThreadKind,
    user: UserId,
) -> Result<Made, Failure> {
    if kind == ThreadKind::Requester && by_direct(job).is_some() {
        return Ok(Made::Nothing);
    }
    let mut thread = find(discord, job, kind).await?;
    for mended in [false, true] {
        let route = Route::ChannelThreadMember {
            channel_id: thread.0.max(1).into(),
            user_id: user.0.max(1).into(),
        };
        let place = parent_of(job, kind, thread);
        let added = discord
            .api()
            .send(LightMethod::Put, route, None, None)
            .await
            .map_err(Failure::within(place, TO_MANAGE));
        match added {
            Ok(_) => return Ok(Made::Nothing),
            Err(failure)
                if matches!(
                    failure.code(),
                    Some(code::UNKNOWN_MEMBER | code::UNKNOWN_USER)
                ) =>
            {
                return Ok(Made::Nothing);
            }
            Err(failure) if mended => return Err(failure),
            Err(failure) => thread = mend(discord, job, kind, thread, failure).await?,
        }
    }
    Ok(Made::Nothing)
}

/// Takes somebody out. Who is not in it any more, or left the server, need not be; where the thread is gone, nobody is in it.
pub(super) async fn uninvite(
    discord: &Connection,
    job: &Job<'_>,
    kind: ThreadKind,
    user: UserId,
) -> Result<Made, Failure> {
    let Some(mut thread) = known(ticket(job)?, kind) else {
        return Ok(Made::Nothing);
    };
    for mended in [false, true] {
        let route = Route::ChannelThreadMember {
            channel_id: thread.0.max(1).into(),
            user_id: user.0.max(1).into(),
        };
        let place = parent_of(job, kind, thread);
        let removed = discord
            .api()
            .send(LightMethod::Delete, route, None, None)
            .await
            .map_err(Failure::within(place, TO_MANAGE));
        match removed {
            Ok(_) => return Ok(Made::Nothing),
            Err(failure)
                if matches!(
                    failure.code(),
                    Some(code::UNKNOWN_MEMBER | code::UNKNOWN_USER | code::UNKNOWN_CHANNEL)
                ) =>
            {
                return Ok(Made::Nothing);
            }
            Err(failure) if mended => return Err(failure),
            Err(failure) => thread = mend(discord, job, kind, thread, failure).await?,
        }
    }
    Ok(Made::Nothing)
}

/// Archives and locks, both at once: locked first, an archived thread could not be locked any more.
pub(super) async fn close(
    discord: &Connection,
    job: &Job<'_>,
    kind: ThreadKind,
) -> Result<Made, Failure> {
    let Some(thread) = known(ticket(job)?, kind) else {
        return Ok(Made::Nothing);
    };
    match set(
        discord,
        job,
        thread,
        &json!({ "archived": true, "locked": true }),
        "the ticket is closed",
    )
    .await
    {
        Err(failure) if failure.code() != Some(code::UNKNOWN_CHANNEL) => Err(failure),
        _ => Ok(Made::Nothing),
    }
}

async fn set(
    discord: &Connection,
    job: &Job<'_>,
    thread: ChannelId,
    body: &Value,
    why: &str,
) -> Result<(), Failure> {
    let reason = format!("{}: {why}", ticket(job)?.number);
    let place = super::messages::parent(discord, thread);
    discord
        .api()
        .send(
            LightMethod::Patch,
            Route::Channel {
                channel_id: thread.0.max(1).into(),
            },
            Some(body),
            Some(&reason),
        )
        .await
        .map_err(Failure::within(place, TO_MANAGE))?;
    Ok(())
}

fn parent_of(job: &Job<'_>, kind: ThreadKind, thread: ChannelId) -> ChannelId {
    job.ticket
        .and_then(|ticket| private_parent(job, ticket, kind).ok().flatten())
        .or(job.starter.map(|(channel, _)| channel))
        .unwrap_or(thread)
}
