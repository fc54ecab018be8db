//! What people write in threads, read from Discord's messages, and what was written while nobody listened.

use jiff::{SignedDuration, Timestamp};
use serenity::all::{Message, MessageType, MessageUpdateEvent, User};
use serenity::http::Route;

use super::api::Trouble;
use super::connect::Connection;
use crate::domain::ids::{ChannelId, FileId, GuildId, MessageId, RoleId, UserId};
use crate::domain::record::{Attachment, Written};

/// Messages that Discord gives at once.
const PAGE: usize = 100;
/// So many pages at most are read of one thread: who writes more while the desk is down has other worries.
const PAGES: usize = 20;

/// A message that a person wrote: it may stand in a ticket's thread, or be about one that has none.
pub(super) struct Said {
    /// Where.
    pub channel: ChannelId,
    /// What and by whom.
    pub written: Written,
    /// On which server, and which roles the author has there as they write; none where the message does not say so: in a
    /// direct message, and where it is read again.
    pub author_roles: Option<(GuildId, Vec<RoleId>)>,
}

/// Reads who wrote what where; `None` for bots, and for what Discord itself says ("added Ravi to the thread"). Without the message content intent (`readable`) Discord leaves out what is said, and nobody must take that
/// for silence.
pub(super) fn said(message: &Message, readable: bool) -> Option<Said> {
    let by_a_person = !message.author.bot && message.webhook_id.is_none();
    let written = matches!(
        message.kind,
        MessageType::Regular | MessageType::InlineReply
    );
    let sent_at = instant(&message.timestamp)?;
    let readable = readable || !message.content.is_empty() || !message.attachments.is_empty();
    let member = message.member.as_deref();
    (by_a_person && written).then(|| Said {
        channel: ChannelId(message.channel_id.get()),
        author_roles: message.guild_id.zip(member).map(|(guild, member)| {
            let roles = member.roles.iter().map(|role| RoleId(role.get()));
            (GuildId(guild.get()), roles.collect())
        }),
        written: Written {
            id: MessageId(message.id.get()),
            author: UserId(message.author.id.get()),
            author_name: member
                .and_then(|member| member.nick.clone())
                .unwrap_or_else(|| shown_name(&message.author)),
            sent_at,
            at: sent_at,
            text: readable.then(|| message.content.clone()),
            files: readable.then(|| message.attachments.iter().map(attachment).collect()),
        },
    })
}

/// Reads what a message says since it was edited; `None` where it was not: Discord tells of a change when it has looked up
/// a link, too.
pub(super) fn edited(event: &MessageUpdateEvent, readable: bool) -> Option<Said> {
    let author = event.author.as_ref().filter(|author| !author.bot)?;
    let written = matches!(
        event.kind,
        None | Some(MessageType::Regular | MessageType::InlineReply)
    );
    if !written || event.webhook_id.flatten().is_some() {
        return None;
    }
    let sent_at = sent_at(event.id.get())?;
    // The first version has the instant at which it was sent, so that an edit is always later.
    let at = instant(&event.edited_timestamp?)?.max(sent_at + SignedDuration::from_millis(1));
    let text = event.content.clone().unwrap_or_default();
    let readable = readable || !text.is_empty();
    let member = event.member.as_ref().and_then(Option::as_deref);
    Some(Said {
        channel: ChannelId(event.channel_id.get()),
        author_roles: None,
        written: Written {
            id: MessageId(event.id.get()),
            author: UserId(author.id.get()),
            author_name: member
                .and_then(|member| member.nick.clone())
                .unwrap_or_else(|| shown_name(author)),
            sent_at,
            at,
            text: readable.then_some(text),
            files: event
                .attachments
                .as_ref()
                .filter(|_| readable)
                .map(|files| files.iter().map(attachment).collect()),
        },
    })
}

/// When the thing of that id came to be: every id of Discord's says so.
pub(super) fn sent_at(id: u64) -> Option<Timestamp> {
    /// The first millisecond of 2015.
    const EPOCH: i64 = 1_420_070_400_000;
    let since = i64::try_from(id >> 22).ok()?;
    Timestamp::from_millisecond(EPOCH + since).ok()
}

fn instant(at: &serenity::all::Timestamp) -> Option<Timestamp> {
    at.to_string().parse().ok()
}

/// A file as the desk names it.
pub(super) fn attachment(file: &serenity::all::Attachment) -> Attachment {
    Attachment {
        id: FileId(file.id.get()),
        name: file.filename.clone(),
        size: u64::from(file.size),
        media_type: file.content_type.clone(),
        url: file.url.clone(),
    }
}

/// The name that others see, where somebody has none of their own on the server.
pub(super) fn shown_name(user: &User) -> String {
    user.global_name
        .clone()
        .unwrap_or_else(|| user.name.clone())
}

/// Whether anything may have been written in `thread` after `last`, as far as the gateway told: threads that it does not
/// name are archived, and quiet.
pub fn moved_on(discord: &Connection, thread: ChannelId, last: Option<MessageId>) -> bool {
    let cache = discord.cache();
    cache.guilds().into_iter().any(|guild| {
        let Some(guild) = cache.guild(guild) else {
            return false;
        };
        let known = guild.threads.iter().find(|one| one.id.get() == thread.0);
        known
            .and_then(|known| known.last_message_id)
            .is_some_and(|newest| last.is_none_or(|last| newest.get() > last.0))
    })
}

/// What people wrote in `thread` after `last`, the oldest first; from the beginning without one.
///
/// # Errors
/// What Discord says against it.
pub async fn missed(
    discord: &Connection,
    thread: ChannelId,
    last: Option<MessageId>,
) -> Result<Vec<Written>, Trouble> {
    let readable = discord.granted().message_content;
    // A thread has the id of an instant before its first message.
    let mut after = last.map_or(thread.0, |last| last.0);
    let mut all = Vec::new();
    for _ in 0..PAGES {
        let route = Route::ChannelMessages {
            channel_id: thread.0.max(1).into(),
        };
        let query = vec![("after", after.to_string()), ("limit", PAGE.to_string())];
        let page = discord.api().get(route, query).await?;
        let page = page.as_array().map_or(&[][..], Vec::as_slice);
        // Discord gives the newest first.
        for message in page.iter().rev() {
            let Ok(message) = serde_json::from_value::<Message>(message.clone()) else {
                continue;
            };
            after = after.max(message.id.get());
            all.extend(said(&message, readable).map(|said| said.written));
        }
        if page.len() < PAGE {
            break;
        }
    }
    Ok(all)
}
