//! The gateway's address and the application itself.

use serde_json::json;

use super::{Call, Reply, Route, bot, open};
use crate::standin::laws::Refused;
use crate::standin::wire::guild;
use crate::standin::world::World;

pub(super) const ROUTES: &[Route] = &[
    open("GET", "/gateway", None, gateway),
    bot("GET", "/gateway/bot", gateway_bot),
    bot("GET", "/applications/@me", own_application),
    bot("GET", "/applications/{application_id}", application),
    bot("GET", "/oauth2/applications/@me", own_application),
];

fn gateway_url(world: &World) -> String {
    format!("{}/gateway", world.base.replacen("http", "ws", 1))
}

fn gateway(world: &mut World, _: &Call) -> Result<Reply, Refused> {
    Ok(Reply::ok(json!({"url": gateway_url(world)})))
}

fn gateway_bot(world: &mut World, _: &Call) -> Result<Reply, Refused> {
    Ok(Reply::ok(json!({
        "url": gateway_url(world),
        "shards": 1,
        "session_start_limit": {
            "total": 1000,
            "remaining": 1000_usize.saturating_sub(world.identifies),
            "reset_after": 14_400_000,
            "max_concurrency": 1,
        },
    })))
}

fn own_application(world: &mut World, _: &Call) -> Result<Reply, Refused> {
    Ok(Reply::ok(guild::application(world)))
}

fn application(world: &mut World, call: &Call) -> Result<Reply, Refused> {
    if call.id("application_id")? != world.application.id {
        return Err(Refused::unknown_application());
    }
    own_application(world, call)
}
