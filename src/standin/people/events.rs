//! Server-sent events: what a person should look at again.

use std::convert::Infallible;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt, stream};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use super::{Wrong, person};
use crate::standin::ids::Id;
use crate::standin::room::Room;
use crate::standin::world::{Change, World};

pub(super) async fn stream(
    State(room): State<Room>,
    Path(me): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Wrong> {
    let me = room.look(|state| person(&state.world, &me))?;
    let changes = stream::unfold(room.listen(), |mut receiver| async move {
        let heard = match receiver.recv().await {
            Ok((number, change)) => Some((number, change)),
            // Too slow to hear everything: say that much has changed.
            Err(RecvError::Lagged(_)) => Some((
                0,
                Change {
                    kind: "channel",
                    channel: None,
                    message: None,
                    only_for: None,
                },
            )),
            Err(RecvError::Closed) => None,
        };
        heard.map(|heard| (heard, receiver))
    });
    let watched = room.clone();
    let events = changes.filter_map(move |(number, change)| {
        let concerns = watched.look(|state| concerns(&state.world, me, &change));
        let data =
            json!({"kind": change.kind, "channel": change.channel, "message": change.message});
        let event = Event::default()
            .event("changed")
            .id(number.to_string())
            .data(data.to_string());
        std::future::ready(concerns.then_some(Ok(event)))
    });
    let stopped = async move { room.stopped().await };
    let greeting = stream::iter([Ok(Event::default().event("hello").data("{}"))]);
    Ok(
        Sse::new(greeting.chain(events).take_until(Box::pin(stopped)))
            .keep_alive(KeepAlive::default()),
    )
}

/// Whether somebody may know of a change: it is theirs, or in a channel that they see, or in one that is gone.
fn concerns(world: &World, me: Id, change: &Change) -> bool {
    if let Some(only) = change.only_for {
        return only == me;
    }
    let place = change.channel.and_then(|id| world.channels.get(&id));
    place.is_none_or(|place| world.sees(me, place))
}
