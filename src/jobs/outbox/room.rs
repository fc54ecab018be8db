//! Room for a thread where the server has as many active ones as Discord allows (`RELIABILITY` F29).

use jiff::Timestamp;

use super::work::Facts;
use crate::desk::{Desk, Error};
use crate::discord::deliver::{Delivered, Job, deliver, rest, talk_directly};
use crate::discord::{Connection, survey};
use crate::domain::ids::{ChannelId, GuildId, TicketId};
use crate::domain::ticket::Ticket;
use crate::store;

/// So many threads at most are archived for one: others may take the room that was made.
const TRIES: usize = 3;

/// There was no room for what `job` needs: the thread that has been quiet for longest, of a ticket on which nobody has to
/// act, is archived, and the job is done again. Where none may rest, the talk with the requester goes by direct message.
pub(super) async fn make(
    desk: &Desk,
    discord: &Connection,
    job: &Job<'_>,
    facts: &Facts,
    said: String,
    now: Timestamp,
) -> Result<Delivered, Error> {
    let own = facts.ticket.as_ref().map(|ticket| ticket.id);
    for _ in 0..TRIES {
        let Some((ticket, thread)) = quietest(desk, discord, facts.guild, own).await? else {
            break;
        };
        if let Err(trouble) = rest(discord, &ticket, thread).await {
            tracing::info!(thread.id = thread.0, error = %trouble, "a quiet thread could not be archived");
            break;
        }
        tracing::info!(ticket.number = %ticket.number, thread.id = thread.0, "a quiet thread was archived to make room");
        match deliver(discord, job, now).await {
            Delivered::Full { .. } => {}
            delivered => return Ok(delivered),
        }
    }
    if job.errand.is_for_requester() && facts.ticket.as_ref().is_some_and(|one| !one.by_direct) {
        return Ok(talk_directly(discord, job, said, now).await);
    }
    Ok(Delivered::Full { said })
}

/// The thread in which nobody has written for longest, among the active ones of tickets that may rest.
async fn quietest(
    desk: &Desk,
    discord: &Connection,
    guild: GuildId,
    but: Option<TicketId>,
) -> Result<Option<(Ticket, ChannelId)>, Error> {
    let threads = match survey::active_threads(discord, guild).await {
        Ok(threads) => threads,
        Err(trouble) => {
            tracing::info!(error = %trouble, "the active threads could not be listed");
            return Ok(None);
        }
    };
    let mut from = desk.store().reader().await?;
    let tickets = store::direct::of_threads(&mut from, guild, &threads).await?;
    drop(from);
    let resting: Vec<Ticket> = tickets
        .into_iter()
        .filter(|ticket| ticket.may_rest() && Some(ticket.id) != but)
        .collect();
    Ok(threads.into_iter().find_map(|thread| {
        let of =
            |ticket: &&Ticket| ticket.thread == Some(thread) || ticket.staff_thread == Some(thread);
        resting
            .iter()
            .find(of)
            .map(|ticket| (ticket.clone(), thread))
    }))
}
