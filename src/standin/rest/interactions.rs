//! Answers to interactions: the callback, and the webhook of its token.

use serde_json::{Value, json};

use super::{Call, Reply, Route, open, per};
use crate::standin::ids::Id;
use crate::standin::laws::message::Draft;
use crate::standin::laws::{Form, Refused, choices, modal};
use crate::standin::wire;
use crate::standin::world::World;
use crate::standin::world::interactions::Answer;
use crate::standin::world::objects::flag;

/// What a webhook allows, per token.
const WEBHOOK: Option<super::Allowance> = per(5, 2000);

pub(super) const ROUTES: &[Route] = &[
    open(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        None,
        callback,
    ),
    open(
        "POST",
        "/webhooks/{webhook_id}/{webhook_token}",
        WEBHOOK,
        follow_up,
    ),
    open(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        WEBHOOK,
        get,
    ),
    open(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        WEBHOOK,
        edit,
    ),
    open(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        WEBHOOK,
        delete,
    ),
    open(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        WEBHOOK,
        get,
    ),
    open(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        WEBHOOK,
        edit,
    ),
    open(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        WEBHOOK,
        delete,
    ),
];

fn callback(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    let id = call.id("interaction_id")?;
    let interaction = world.answerable(id, call.param("interaction_token"))?;
    let body = call.body();
    let mut form = Form::default();
    let kind = form.integer(body, "type", "", 1, 12);
    let Some(kind) = kind else {
        form.required("type");
        return Err(form.refusal());
    };
    let fitting = World::fitting_answers(interaction);
    if !fitting.contains(&kind) {
        let listed: Vec<String> = fitting.iter().map(ToString::to_string).collect();
        form.choices("type", &listed.join(", "));
        return Err(form.refusal());
    }
    let source = interaction.message;
    let data = body
        .get("data")
        .filter(|data| data.is_object())
        .cloned()
        .unwrap_or_else(|| json!({}));
    let answer = match kind {
        4 => Answer::Message(Draft::read(&data, call.files(), "data", false)?),
        5 => {
            let flags = form
                .integer(&data, "flags", "data", 0, i64::from(u32::MAX))
                .unwrap_or(0);
            form.finish()?;
            Answer::Deferred {
                ephemeral: u64::try_from(flags).unwrap_or(0) & flag::EPHEMERAL != 0,
            }
        }
        6 => Answer::DeferredUpdate,
        7 => {
            let layout =
                source.is_some_and(|(channel, message)| world.uses_layout(channel, message));
            Answer::Update(Draft::read(&data, call.files(), "data", layout)?)
        }
        8 => {
            let choices = choices::check(&mut form, &data, "data");
            form.finish()?;
            Answer::Choices(choices)
        }
        _ => {
            let shown = modal::check(&mut form, &data, "data");
            form.finish()?;
            Answer::Form(shown)
        }
    };
    world.answer(id, answer)?;
    if !call.flag("with_response") {
        return Ok(Reply::nothing());
    }
    Ok(Reply::ok(callback_answer(world, id, kind)))
}

fn callback_answer(world: &World, id: Id, kind: i64) -> Value {
    let Some(interaction) = world.interactions.get(&id) else {
        return Value::Null;
    };
    let mut shown =
        json!({"id": id, "type": interaction.began as u8, "channel_id": interaction.channel});
    if world
        .channels
        .get(&interaction.channel)
        .is_some_and(|place| !place.is_direct())
    {
        shown["guild_id"] = json!(world.guild.id);
    }
    let message = interaction
        .original
        .and_then(|place| world.messages.get(&place))
        .filter(|_| [4, 5, 7].contains(&kind));
    let mut value = json!({});
    if let Some(message) = message {
        shown["response_message_id"] = json!(message.id);
        shown["response_message_loading"] = json!(message.is(flag::LOADING));
        shown["response_message_ephemeral"] = json!(message.is(flag::EPHEMERAL));
        let message = wire::message::message(world, message, world.application.bot);
        // The message that says "is thinking…" is named above, but not shown.
        if kind != 5 {
            value["resource"] = json!({"type": kind, "message": message});
        }
    }
    value["interaction"] = shown;
    value
}

/// Checks that the webhook of the path is the application's.
fn require_own(world: &World, call: &Call) -> Result<(), Refused> {
    if call.id("webhook_id")? == world.application.id {
        Ok(())
    } else {
        Err(Refused::unknown_webhook())
    }
}

fn wanted(call: &Call) -> Result<Option<Id>, Refused> {
    match call.param("message_id") {
        "" | "@original" => Ok(None),
        _ => call.id("message_id").map(Some),
    }
}

fn shown(world: &World, place: (Id, Id)) -> Reply {
    let message = world.messages.get(&place);
    Reply::ok(message.map_or(Value::Null, |message| {
        wire::message::message(world, message, world.application.bot)
    }))
}

fn follow_up(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_own(world, call)?;
    let token = call.param("webhook_token");
    world.by_token(token)?;
    let draft = Draft::read(call.body(), call.files(), "", false)?;
    let place = world.follow_up(token, draft)?;
    // An interaction's webhook always answers with the message, whatever `wait` says.
    Ok(shown(world, place))
}

fn get(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_own(world, call)?;
    let place = world.webhook_message(call.param("webhook_token"), wanted(call)?)?;
    Ok(shown(world, place))
}

fn edit(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_own(world, call)?;
    let (token, id) = (call.param("webhook_token"), wanted(call)?);
    let (channel, message) = world.webhook_message(token, id)?;
    let draft = Draft::read(
        call.body(),
        call.files(),
        "",
        world.uses_layout(channel, message),
    )?;
    let place = world.edit_webhook_message(token, id, draft)?;
    Ok(shown(world, place))
}

fn delete(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    require_own(world, call)?;
    world.delete_webhook_message(call.param("webhook_token"), wanted(call)?)?;
    Ok(Reply::nothing())
}
