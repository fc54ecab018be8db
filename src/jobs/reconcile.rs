//! Holds what the desk believes against what Discord shows: at the start, after every session that could not be resumed,
//! and every hour. Events may have been lost; what is found here is what they would have said, under the same keys, so it
//! can run at any time.

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::desk::{Desk, Error};
use crate::discord::{Connection, heard, post, survey};
use crate::domain::errand::ThreadKind;
use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::notice::Notice;
use crate::domain::record::Room;
use crate::store;
use crate::store::lists::Filter;
use crate::store::outbox::TriedAgain;

/// How often it runs by itself.
const EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Runs now, each time `sessions` counts up, and every hour, until `stop` says true.
pub async fn run(
    desk: Desk,
    discord: Connection,
    clock: Clock,
    mut sessions: watch::Receiver<u64>,
    mut stop: watch::Receiver<bool>,
) {
    while !*stop.borrow() {
        sessions.mark_unchanged();
        if let Err(error) = once(&desk, &discord, clock.now()).await {
            tracing::error!(error = ?error, "the desk could not be held against what Discord shows");
        }
        tokio::select! {
            () = clock.sleep(EVERY) => {}
            changed = sessions.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            _ = stop.changed() => {}
        }
    }
}

/// One pass over all desks.
pub async fn once(desk: &Desk, discord: &Connection, now: Timestamp) -> Result<(), Error> {
    for (guild, _) in desk.desks().await? {
        places(desk, discord, guild, now).await?;
        staff(desk, discord, guild, now).await?;
        threads(desk, discord, guild, now).await?;
        talk(desk, discord, guild, now).await?;
        copies(desk, discord, guild, now).await?;
    }
    let mut change = desk.store().change().await?;
    let forgotten = store::inbox::forget(&mut change, now).await?;
    change.commit().await?;
    if forgotten > 0 {
        tracing::debug!(forgotten, "old inbox keys were forgotten");
    }
    Ok(())
}

/// Roles and channels of the desk that are gone: the leads are told once a day; the set-up check shows it always.
async fn places(
    desk: &Desk,
    discord: &Connection,
    guild: GuildId,
    now: Timestamp,
) -> Result<(), Error> {
    let house = desk.house(guild).await?;
    let Some(server) = survey::server(discord, guild) else {
        return Ok(());
    };
    for (channel, id) in &house.channels {
        if !server.has_channel(*id) {
            tracing::warn!(
                guild.id = guild.0,
                channel = channel.key(),
                "a channel of the desk is gone"
            );
            let said = format!("#{} is gone", channel.name());
            let notice = Notice::CannotDeliver {
                channel: None,
                missing: Vec::new(),
                said,
            };
            desk.warn_of_block(guild, notice, channel.key(), now)
                .await?;
        }
    }
    for (role, id) in &house.roles {
        if !server.has_role(*id) {
            tracing::warn!(
                guild.id = guild.0,
                role = role.key(),
                "a role of the desk is gone"
            );
            let said = format!("the role {role} is gone");
            let notice = Notice::CannotDeliver {
                channel: None,
                missing: Vec::new(),
                said,
            };
            desk.warn_of_block(guild, notice, role.key(), now).await?;
        }
    }
    Ok(())
}

/// So many messages are looked at in one pass.
const LOOKED_AT: u32 = 50;

/// What was tried more than once may stand there twice, where the bot may not read what it said. It is counted, for the report
/// on how deliveries go.
async fn copies(
    desk: &Desk,
    discord: &Connection,
    guild: GuildId,
    now: Timestamp,
) -> Result<(), Error> {
    let mut from = desk.store().reader().await?;
    let lately = now - SignedDuration::from_hours(24);
    let tried_again = store::outbox::tried_again(&mut from, guild, lately, LOOKED_AT).await?;
    drop(from);
    for TriedAgain {
        row,
        about,
        channel,
        message,
    } in tried_again
    {
        let copies = match survey::copies(discord, channel, message, &post::reference(about, row))
            .await
        {
            Ok(Some(copies)) => copies,
            // It may be read later.
            Ok(None) => continue,
            Err(trouble) => {
                tracing::info!(channel.id = channel.0, error = %trouble, "it could not be looked whether a message stands there twice");
                continue;
            }
        };
        if copies > 0 {
            tracing::warn!(
                channel.id = channel.0,
                message.id = message.0,
                copies,
                "a message stands there more than once"
            );
        }
        let mut change = desk.store().change().await?;
        store::outbox::copies_found(&mut change, row, copies).await?;
        change.commit().await?;
    }
    Ok(())
}

/// Without the members intent nobody says when a technician leaves or loses a role: those the desk remembers are looked
/// up (`RELIABILITY` F33).
async fn staff(
    desk: &Desk,
    discord: &Connection,
    guild: GuildId,
    now: Timestamp,
) -> Result<(), Error> {
    if discord.hears_of_members() {
        return Ok(());
    }
    let house = desk.house(guild).await?;
    for (user, _) in desk.staff(guild).await? {
        match survey::member(discord, guild, user).await {
            Ok(Some(met)) => {
                desk.met(guild, user, &met.name, house.standing(&met.roles), now)
                    .await?
            }
            Ok(None) => desk.gone(guild, user, now).await?,
            Err(trouble) => {
                tracing::info!(user.id = user.0, error = %trouble, "a member could not be looked up");
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Threads of active tickets that are gone are opened again (`RELIABILITY` F27).
async fn threads(
    desk: &Desk,
    discord: &Connection,
    guild: GuildId,
    now: Timestamp,
) -> Result<(), Error> {
    let mut from = desk.store().reader().await?;
    let filter = Filter {
        active: true,
        ..Filter::default()
    };
    let (tickets, _) = store::lists::page(&mut from, guild, &filter, u32::MAX, 0).await?;
    drop(from);
    for ticket in tickets {
        let threads = [
            (ThreadKind::Requester, ticket.thread),
            (ThreadKind::Staff, ticket.staff_thread),
        ];
        for (kind, thread) in threads {
            if let Some(thread) = thread
                && gone(discord, thread).await
            {
                tracing::warn!(ticket.number = %ticket.number, ?kind, "a ticket's thread is gone and is opened again");
                desk.reopen_thread(&ticket, kind, now).await?;
            }
        }
    }
    Ok(())
}

async fn gone(discord: &Connection, thread: ChannelId) -> bool {
    match survey::channel_exists(discord, thread).await {
        Ok(exists) => !exists,
        Err(trouble) => {
            tracing::info!(thread.id = thread.0, error = %trouble, "a thread could not be looked up");
            false
        }
    }
}

/// What was written in the threads of active tickets while nobody listened is heard now.
async fn talk(
    desk: &Desk,
    discord: &Connection,
    guild: GuildId,
    now: Timestamp,
) -> Result<(), Error> {
    let active = Filter {
        active: true,
        ..Filter::default()
    };
    let mut from = desk.store().reader().await?;
    let (tickets, _) = store::lists::page(&mut from, guild, &active, u32::MAX, 0).await?;
    drop(from);
    for ticket in tickets {
        for (room, thread) in [
            (Room::Thread, ticket.thread),
            (Room::Staff, ticket.staff_thread),
        ] {
            let Some(thread) = thread else { continue };
            let mut from = desk.store().reader().await?;
            let last = store::messages::newest(&mut from, ticket.id, room).await?;
            drop(from);
            if !heard::moved_on(discord, thread, last) {
                continue;
            }
            let missed = match heard::missed(discord, thread, last).await {
                Ok(missed) => missed,
                Err(trouble) => {
                    tracing::info!(
                        ticket.id = ticket.id.0,
                        "a thread could not be read again: {trouble}"
                    );
                    continue;
                }
            };
            for written in missed {
                let (author, id, sent_at) = (written.author, written.id, written.sent_at);
                let text = written.text.clone().unwrap_or_default();
                desk.written(thread, written, now).await?;
                // What was said before the ticket last changed is no answer to what was asked since.
                if sent_at > ticket.changed_at {
                    desk.heard(thread, author, id, &text, now).await?;
                }
            }
        }
    }
    Ok(())
}
