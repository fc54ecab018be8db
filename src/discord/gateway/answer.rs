//! Gives an answer to the person who asked: inside Discord's 3 s, or after a deferral, or, where neither works any more,
//! in a direct message.

use std::time::Duration;

use serde_json::{Map, Value, json};
use serenity::http::{LightMethod, Route};

use super::read::{Asker, From, Way};
use crate::clock::{Stopwatch, pause};
use crate::discord::api::{PATIENCE_FOR_ANSWERS, Trouble};
use crate::discord::connect::Connection;
use crate::discord::post;
use crate::discord::reply::{Post, Reply, Upload};
use crate::domain::ids::{ChannelId, UserId};

/// Only the asker sees it.
const EPHEMERAL: u64 = 64;

/// Discord's codes for an interaction that is gone: unknown, its token expired, its answer deleted.
const GONE: [i64; 4] = [10062, 10015, 10008, 50027];
/// It was answered already: by an earlier try of which the outcome was not known.
const ANSWERED: i64 = 40060;

/// Whether Discord has been told that the answer takes longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// Nothing yet.
    Nothing,
    /// A deferral.
    Deferral,
}

/// Gives `reply`. What cannot be given is logged, never retried for long: a reply may be lost (`DESIGN` 3).
pub(super) async fn give(discord: &Connection, asker: &Asker, sent: Sent, reply: &Reply) {
    let outcome = match &asker.way {
        Way::Interaction { id, token, from } => match sent {
            Sent::Nothing => first(discord, asker, *id, token, *from, reply).await,
            Sent::Deferral => later(discord, asker, token, *from, reply).await,
        },
        Way::Message { id } => say_back(discord, asker, id.0, reply).await,
    };
    let Err(trouble) = outcome else { return };
    if trouble.code().is_some_and(|code| GONE.contains(&code)) {
        if let Some(post) = words_of(reply)
            && let Err(trouble) = direct(discord, asker.user, post).await
        {
            tracing::info!(
                user.id = asker.user.0,
                "an answer that came too late could not be sent directly: {trouble}"
            );
        }
        return;
    }
    tracing::warn!(
        user.id = asker.user.0,
        cause = asker.cause.as_str(),
        "an answer could not be given: {trouble}"
    );
}

/// Says something to the asker alone, after `reply`: below it, or directly where only a message could be answered, which
/// everybody would read. After a form there is no place for it: what was typed before comes back with the form.
pub(super) async fn tell(discord: &Connection, asker: &Asker, reply: &Reply, post: &Post) {
    let told = match &asker.way {
        Way::Interaction { .. } if matches!(reply, Reply::Form(_) | Reply::Choices(_)) => return,
        Way::Interaction { token, .. } => {
            let route = Route::WebhookFollowupMessages {
                application_id: discord.application().max(1).into(),
                token,
            };
            let body = with_flags(post, flags(asker));
            patiently(discord, LightMethod::Post, route, &body, None).await
        }
        Way::Message { .. } => direct(discord, asker.user, post).await,
    };
    if let Err(trouble) = told {
        tracing::info!(
            user.id = asker.user.0,
            "something could not be added to an answer: {trouble}"
        );
    }
}

/// Tells Discord that the answer takes longer. True when it has heard.
pub(super) async fn defer(discord: &Connection, asker: &Asker) -> bool {
    let Way::Interaction { id, token, from } = &asker.way else {
        return false;
    };
    let body = match from {
        // The message with the button stays as it is until the answer comes.
        From::Message => json!({ "type": 6 }),
        From::Command | From::Form | From::Typing => {
            json!({ "type": 5, "data": { "flags": flags(asker) } })
        }
    };
    match callback(discord, *id, token, &body).await {
        Ok(()) => true,
        Err(trouble) => {
            tracing::warn!(
                cause = asker.cause.as_str(),
                "an answer could not be put off: {trouble}"
            );
            // The token may be alive all the same: when the outcome is not known, the answer is tried as if it were.
            matches!(trouble, Trouble::Unknown { .. })
        }
    }
}

fn flags(asker: &Asker) -> u64 {
    if asker.guild.is_some() { EPHEMERAL } else { 0 }
}

fn words_of(reply: &Reply) -> Option<&Post> {
    match reply {
        Reply::Say(post) | Reply::SayOpenly(post) | Reply::Update(post) => Some(post),
        Reply::Form(_) | Reply::Choices(_) | Reply::Nothing => None,
    }
}

fn with_flags(post: &Post, flags: u64) -> Map<String, Value> {
    let mut body = post::message(post);
    if flags != 0 {
        body.insert("flags".into(), flags.into());
    }
    body
}

async fn first(
    discord: &Connection,
    asker: &Asker,
    id: u64,
    token: &str,
    from: From,
    reply: &Reply,
) -> Result<(), Trouble> {
    if words_of(reply).is_some_and(|post| post.file.is_some()) {
        // A file may take longer than Discord waits for the first answer.
        if !defer(discord, asker).await {
            return Err(Trouble::Unknown {
                why: "the answer could not be put off".to_owned(),
            });
        }
        return later(discord, asker, token, from, reply).await;
    }
    let body = match reply {
        Reply::Update(post) if from == From::Message => {
            let mut data = post::message(post);
            // A file that hung on the message before does not belong to what it says now.
            data.insert("attachments".into(), json!([]));
            json!({ "type": 7, "data": data })
        }
        Reply::Say(post) | Reply::Update(post) => {
            json!({ "type": 4, "data": with_flags(post, flags(asker)) })
        }
        Reply::SayOpenly(post) => json!({ "type": 4, "data": with_flags(post, 0) }),
        Reply::Form(form) => json!({ "type": 9, "data": post::form(form) }),
        Reply::Choices(choices) => json!({ "type": 8, "data": post::choices(choices) }),
        Reply::Nothing if from == From::Message => json!({ "type": 6 }),
        Reply::Nothing => json!({ "type": 5, "data": { "flags": flags(asker) } }),
    };
    callback(discord, id, token, &body).await?;
    if matches!(reply, Reply::Nothing) && from != From::Message {
        let original = original(discord, token);
        discord
            .api()
            .send(LightMethod::Delete, original, None, None)
            .await?;
    }
    Ok(())
}

/// The first answer. When its outcome is not known it is tried once more, if there is time: Discord takes only one, so the
/// second says whether the first arrived.
async fn callback(discord: &Connection, id: u64, token: &str, body: &Value) -> Result<(), Trouble> {
    let watch = Stopwatch::start();
    let route = || Route::InteractionResponse {
        interaction_id: id.max(1).into(),
        token,
    };
    loop {
        let left = PATIENCE_FOR_ANSWERS.saturating_sub(watch.elapsed());
        let sent = discord
            .api()
            .send_within(left, LightMethod::Post, route(), Some(body))
            .await;
        return match sent {
            Ok(_) => Ok(()),
            Err(trouble) if trouble.code() == Some(ANSWERED) => Ok(()),
            Err(Trouble::Unknown { .. }) if watch.elapsed() < PATIENCE_FOR_ANSWERS / 2 => {
                pause(Duration::from_millis(100)).await;
                continue;
            }
            Err(trouble) => Err(trouble),
        };
    }
}

fn original<'a>(discord: &Connection, token: &'a str) -> Route<'a> {
    Route::WebhookOriginalInteractionResponse {
        application_id: discord.application().max(1).into(),
        token,
    }
}

async fn later(
    discord: &Connection,
    asker: &Asker,
    token: &str,
    from: From,
    reply: &Reply,
) -> Result<(), Trouble> {
    let followups = Route::WebhookFollowupMessages {
        application_id: discord.application().max(1).into(),
        token,
    };
    match (reply, from) {
        // The message with the button is the original: an edit would replace it.
        (Reply::Say(post), From::Message) => {
            patiently(
                discord,
                LightMethod::Post,
                followups,
                &with_flags(post, flags(asker)),
                post.file.as_ref(),
            )
            .await
        }
        (Reply::Say(post) | Reply::Update(post), _) => {
            patiently(
                discord,
                LightMethod::Patch,
                original(discord, token),
                &post::message(post),
                post.file.as_ref(),
            )
            .await
        }
        (Reply::SayOpenly(post), From::Message) => {
            patiently(
                discord,
                LightMethod::Post,
                followups,
                &with_flags(post, 0),
                post.file.as_ref(),
            )
            .await
        }
        (Reply::SayOpenly(post), _) => {
            // The deferral was for the asker alone, and that cannot be changed any more.
            discord
                .api()
                .send(LightMethod::Delete, original(discord, token), None, None)
                .await?;
            patiently(
                discord,
                LightMethod::Post,
                followups,
                &with_flags(post, 0),
                post.file.as_ref(),
            )
            .await
        }
        (Reply::Nothing, From::Message) => Ok(()),
        (Reply::Nothing, _) => {
            discord
                .api()
                .send(LightMethod::Delete, original(discord, token), None, None)
                .await?;
            Ok(())
        }
        (Reply::Form(_) | Reply::Choices(_), _) => Err(Trouble::Refused {
            status: 0,
            code: 0,
            said: "a form cannot follow a deferral".to_owned(),
        }),
    }
}

/// Sends with a few tries: after a deferral there is a quarter of an hour.
async fn patiently(
    discord: &Connection,
    method: LightMethod,
    route: Route<'_>,
    body: &Map<String, Value>,
    file: Option<&Upload>,
) -> Result<(), Trouble> {
    const TRIES: u32 = 4;
    let body = Value::Object(body.clone());
    let mut tries = 0;
    loop {
        tries += 1;
        let trouble = match discord.api().send_with(method, route, &body, file).await {
            Ok(_) => return Ok(()),
            Err(trouble) => trouble,
        };
        let wait = match &trouble {
            Trouble::Limited { after } => (*after).min(Duration::from_secs(60)),
            Trouble::Unknown { .. } => Duration::from_secs(1) * 2_u32.pow(tries - 1),
            Trouble::Refused { .. } | Trouble::Unauthorized => return Err(trouble),
        };
        if tries >= TRIES {
            return Err(trouble);
        }
        pause(wait).await;
    }
}

/// Answers a message where it stands. Discord takes a message with the same nonce once, so an event that it sends twice is
/// answered once.
async fn say_back(
    discord: &Connection,
    asker: &Asker,
    message: u64,
    reply: &Reply,
) -> Result<(), Trouble> {
    let Some(post) = words_of(reply) else {
        return Ok(());
    };
    let mut body = post::message(post);
    body.insert("nonce".into(), format!("a{message}").into());
    body.insert("enforce_nonce".into(), true.into());
    if asker.guild.is_some() {
        let reference = json!({ "message_id": message.to_string(), "fail_if_not_exists": false });
        body.insert("message_reference".into(), reference);
    }
    let file = post.file.as_ref();
    let route = messages(asker.channel);
    patiently(discord, LightMethod::Post, route, &body, file).await
}

/// Sends `post` to somebody directly. Its buttons are left out: they were made for where the question was asked.
async fn direct(discord: &Connection, user: UserId, post: &Post) -> Result<(), Trouble> {
    let body = json!({ "recipient_id": user.to_string() });
    let channel = discord
        .api()
        .send(
            LightMethod::Post,
            Route::UserMeDmChannels,
            Some(&body),
            None,
        )
        .await?;
    let id = channel["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .unwrap_or(0);
    let post = Post {
        rows: Vec::new(),
        file: None,
        ..post.clone()
    };
    let body = Value::Object(post::message(&post));
    discord
        .api()
        .send(
            LightMethod::Post,
            messages(ChannelId(id)),
            Some(&body),
            None,
        )
        .await?;
    Ok(())
}

fn messages(channel: ChannelId) -> Route<'static> {
    Route::ChannelMessages {
        channel_id: channel.0.max(1).into(),
    }
}
