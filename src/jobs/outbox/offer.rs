//! An offer is checked before it is said.

use jiff::Timestamp;

use super::work::Facts;
use crate::desk::{Desk, Error};
use crate::discord::{Connection, survey};
use crate::domain::errand::Errand;
use crate::domain::notice::Notice;
use crate::store;

/// Without the members intent the desk may not have heard that somebody lost their role: who is about to be offered a
/// ticket is looked up first (`DOMAIN` 1.6). If they cannot take it, the desk gives it to the next person and says so in a
/// notice of its own, and the hand-over is posted without calling anybody.
pub(super) async fn with_offer_checked(
    desk: &Desk,
    discord: &Connection,
    errand: &Errand,
    facts: Facts,
    now: Timestamp,
) -> Result<(Errand, Facts), Error> {
    let mut checked = errand.clone();
    let Errand::Say {
        notice: Notice::HandOver {
            offered: offered @ Some(_),
            ..
        },
        ..
    } = &mut checked
    else {
        return Ok((checked, facts));
    };
    let (Some(user), false) = (*offered, discord.hears_of_members()) else {
        return Ok((checked, facts));
    };
    match survey::member(discord, facts.guild, user).await {
        Ok(Some(met)) => {
            desk.met(
                facts.guild,
                user,
                &met.name,
                facts.house.standing(&met.roles),
                now,
            )
            .await?;
        }
        Ok(None) => desk.gone(facts.guild, user, now).await?,
        // Not knowing is no reason to hold the hand-over back: accepting checks the roles again.
        Err(trouble) => {
            tracing::info!(user.id = user.0, error = %trouble, "a member could not be looked up")
        }
    }
    let mut from = desk.store().reader().await?;
    let ticket = match &facts.ticket {
        Some(ticket) => store::tickets::find(&mut from, ticket.id).await?,
        None => None,
    };
    if ticket.as_ref().and_then(|ticket| ticket.assignee) != Some(user) {
        *offered = None;
    }
    Ok((checked, Facts { ticket, ..facts }))
}
