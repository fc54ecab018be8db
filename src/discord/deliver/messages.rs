//! Messages, each once.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};

use super::outcome::{Failure, code};
use crate::discord::connect::Connection;
use crate::discord::permissions::Permissions;
use crate::discord::post;
use crate::discord::reply::Post;
use crate::domain::ids::{ChannelId, MessageId, UserId};

/// Within so long after the first try Discord itself returns the first message for the same nonce; later the channel's
/// history is read (`RELIABILITY` 2.2, rule 4).
const NONCE_HOLDS: SignedDuration = SignedDuration::from_secs(60);
/// How much of the history is read.
const LOOK_BACK: u32 = 50;

/// What has to be allowed for posting in a channel or in one of its threads.
pub(super) const TO_POST: Permissions = Permissions::VIEW_CHANNEL
    .and(Permissions::SEND_MESSAGES)
    .and(Permissions::SEND_MESSAGES_IN_THREADS)
    .and(Permissions::EMBED_LINKS)
    .and(Permissions::READ_MESSAGE_HISTORY);

/// How a message is kept from standing there twice.
pub(super) struct Sending<'a> {
    /// The same at every try.
    pub nonce: &'a str,
    /// It may be there already.
    pub tried_before: bool,
    /// Since when; unknown means that only the history can tell.
    pub first_tried_at: Option<Timestamp>,
}

/// Posts, or finds what was posted at an earlier try.
pub(super) async fn send(
    discord: &Connection,
    channel: ChannelId,
    post: &Post,
    sending: &Sending<'_>,
    now: Timestamp,
) -> Result<MessageId, Failure> {
    let fresh = sending
        .first_tried_at
        .is_some_and(|first| now.duration_since(first) < NONCE_HOLDS);
    if sending.tried_before
        && !fresh
        && let Some(reference) = &post.footer_ref
        && let Some(found) = find(discord, channel, reference).await?
    {
        return Ok(found);
    }
    let mut body = post::message(post);
    body.insert("nonce".into(), sending.nonce.into());
    body.insert("enforce_nonce".into(), true.into());
    let sent = discord
        .api()
        .send_with(
            LightMethod::Post,
            messages(channel),
            &Value::Object(body),
            post.file.as_ref(),
        )
        .await
        .map_err(Failure::within(parent(discord, channel), TO_POST))?;
    message_id(&sent)
}

/// Changes a message. False when it is not there any more.
pub(super) async fn amend(
    discord: &Connection,
    channel: ChannelId,
    message: MessageId,
    post: &Post,
) -> Result<bool, Failure> {
    let body = Value::Object(post::message(post));
    let route = Route::ChannelMessage {
        channel_id: channel.0.max(1).into(),
        message_id: message.0.max(1).into(),
    };
    let changed = discord
        .api()
        .send(LightMethod::Patch, route, Some(&body), None)
        .await
        .map_err(Failure::within(parent(discord, channel), TO_POST));
    match changed {
        Ok(_) => Ok(true),
        Err(failure) if failure.code() == Some(code::UNKNOWN_MESSAGE) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// Posts to somebody directly. Gives the channel too: Discord has one for each person.
pub(super) async fn direct(
    discord: &Connection,
    user: UserId,
    post: &Post,
    sending: &Sending<'_>,
    now: Timestamp,
) -> Result<(ChannelId, MessageId), Failure> {
    let body = json!({ "recipient_id": user.to_string() });
    let opened = discord
        .api()
        .send(
            LightMethod::Post,
            Route::UserMeDmChannels,
            Some(&body),
            None,
        )
        .await
        .map_err(Failure::on_server(Permissions::NONE))?;
    let channel = ChannelId(id(&opened["id"]).ok_or(Failure::NotYet(
        "Discord gave no channel for a direct message",
    ))?);
    let message = send(discord, channel, post, sending, now).await?;
    Ok((channel, message))
}

/// Looks for a message of the bot's with that reference among the channel's last ones.
async fn find(
    discord: &Connection,
    channel: ChannelId,
    reference: &str,
) -> Result<Option<MessageId>, Failure> {
    let query = vec![("limit", LOOK_BACK.to_string())];
    let history = match discord.api().get(messages(channel), query).await {
        Ok(history) => history,
        // Who cannot read the history has to choose: what the desk says is said again rather than not at all.
        Err(trouble)
            if matches!(
                trouble.code(),
                Some(code::MISSING_ACCESS | code::MISSING_PERMISSIONS)
            ) =>
        {
            return Ok(None);
        }
        Err(trouble) => return Err(Failure::within(parent(discord, channel), TO_POST)(trouble)),
    };
    let bot = discord.bot().to_string();
    let found = history
        .as_array()
        .into_iter()
        .flatten()
        .filter(|message| message["author"]["id"] == bot.as_str())
        .find(|message| post::bears(message, reference));
    Ok(found.and_then(|message| id(&message["id"])).map(MessageId))
}

pub(super) fn messages(channel: ChannelId) -> Route<'static> {
    Route::ChannelMessages {
        channel_id: channel.0.max(1).into(),
    }
}

pub(super) fn id(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok().filter(|id| *id != 0)
}

fn message_id(message: &Value) -> Result<MessageId, Failure> {
    id(&message["id"])
        .map(MessageId)
        .ok_or(Failure::NotYet("Discord did not say which message it made"))
}

/// A thread's permissions are those of the channel above it.
pub(super) fn parent(discord: &Connection, channel: ChannelId) -> ChannelId {
    discord.parent_of(channel).unwrap_or(channel)
}

/// How long a thread may be quiet before Discord archives it: the longest there is, a week.
pub(super) const ARCHIVE_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);
