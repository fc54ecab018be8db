//! How tickets belong together.

use jiff::Timestamp;

use super::batch::{Writes, statement};
use super::rows::{at, column, known};
use super::{Connection, Result, ms};
use crate::domain::event::{Event, What};
use crate::domain::ids::{Number, TicketId};
use crate::domain::ticket::Origin;

const TABLE: &str = "link";

/// How one ticket belongs to another, seen from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// They are about something near.
    Related,
    /// It was split off from that one.
    SplitFrom,
    /// That one was split off from it.
    SplitInto,
    /// It follows that one, which is closed.
    Follows,
    /// That one follows it.
    FollowedBy,
    /// It became part of that one.
    MergedInto,
    /// That one became part of it.
    Absorbed,
}

/// Puts down what `event` says about how `ticket` belongs to others; most events say nothing.
pub async fn put(change: &mut impl Writes, ticket: TicketId, event: &Event) -> Result<()> {
    let (first, second, kind, on) = match event.what {
        What::Related {
            ticket: other, on, ..
        } => (ticket.min(other), ticket.max(other), "related", on),
        What::GrewFrom {
            ticket: other,
            origin,
            ..
        } => match origin {
            Origin::Split => (ticket, other, "split", true),
            Origin::FollowUp => (ticket, other, "follow_up", true),
        },
        What::Merged { into, .. } => (ticket, into, "merged", true),
        What::Unmerged { from, .. } => (ticket, from, "merged", false),
        _ => return Ok(()),
    };
    let write = if on {
        statement(
            "insert into link (at, by, ticket, other, kind) values (?, ?, ?, ?, ?) on conflict do nothing",
        )
        .bind(ms(event.at))
        .bind(event.by.map(|user| column(user.0)))
    } else {
        statement("delete from link where ticket = ? and other = ? and kind = ?")
    };
    write
        .bind(first.0)
        .bind(second.0)
        .bind(kind)
        .put(change)
        .await
}

/// Whether two tickets are related.
pub async fn related(from: &mut Connection, one: TicketId, other: TicketId) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from link where ticket = ? and other = ? and kind = 'related')",
    )
    .bind(one.min(other).0)
    .bind(one.max(other).0)
    .fetch_one(from)
    .await?)
}

/// All tickets that `ticket` belongs to in some way, the oldest tie first.
pub async fn of(from: &mut Connection, ticket: TicketId) -> Result<Vec<(Tie, TicketId, Number)>> {
    let rows: Vec<(String, bool, i64, i64)> = sqlx::query_as(
        "select l.kind, l.ticket = ?1, t.id, t.number
         from link l join ticket t on t.id = case when l.ticket = ?1 then l.other else l.ticket end
         where l.ticket = ?1 or l.other = ?1 order by l.at, t.id",
    )
    .bind(ticket.0)
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|(kind, first, other, number)| {
            let tie = match (kind.as_str(), first) {
                ("related", _) => Some(Tie::Related),
                ("split", true) => Some(Tie::SplitFrom),
                ("split", false) => Some(Tie::SplitInto),
                ("follow_up", true) => Some(Tie::Follows),
                ("follow_up", false) => Some(Tie::FollowedBy),
                ("merged", true) => Some(Tie::MergedInto),
                ("merged", false) => Some(Tie::Absorbed),
                _ => None,
            };
            Ok((known(TABLE, &kind, tie)?, TicketId(other), Number(number)))
        })
        .collect()
}

/// Tickets of the same requester that were opened since `since` and are still active: id, number, title, body, and when
/// each was opened; the newest first.
pub async fn active_of(
    from: &mut Connection,
    guild: crate::domain::ids::GuildId,
    requester: crate::domain::ids::UserId,
    category: &str,
    since: Timestamp,
) -> Result<Vec<(TicketId, Number, String, String, Timestamp)>> {
    let rows: Vec<(i64, i64, String, String, i64)> = sqlx::query_as(
        "select id, number, title, body, opened_at from ticket
         where guild = ? and requester = ? and category = ? and opened_at >= ?
             and state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor')
         order by opened_at desc limit 50",
    )
    .bind(column(guild.0))
    .bind(column(requester.0))
    .bind(category)
    .bind(ms(since))
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|(id, number, title, body, opened)| {
            let opened = at(TABLE, opened)?;
            Ok((TicketId(id), Number(number), title, body, opened))
        })
        .collect()
}
