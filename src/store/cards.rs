//! Cards: what should stand in a tier's queue channel, and what stands there.

use jiff::Timestamp;
use sqlx::FromRow;

use super::batch::{Writes, statement};
use super::rows::{bad, column, id, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::ids::{ChannelId, GuildId, MessageId, TicketId};
use crate::domain::ticket::Ticket;
use crate::domain::tier::Tier;

const TABLE: &str = "card";

/// A card that does not show the present state.
#[derive(Clone, Debug)]
pub struct Card {
    /// Whose desk.
    pub guild: GuildId,
    /// Of which ticket.
    pub ticket: TicketId,
    /// In whose queue.
    pub tier: Tier,
    /// Counts the drawings that were asked for.
    pub wanted: i64,
    /// Where it stands, once it does.
    pub message: Option<(ChannelId, MessageId)>,
    /// How often this drawing was tried.
    pub attempts: u32,
    /// When it was tried first.
    pub first_tried_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct Row {
    guild: i64,
    ticket: i64,
    tier: i64,
    wanted: i64,
    channel_id: Option<i64>,
    message_id: Option<i64>,
    attempts: i64,
    first_tried_at: Option<i64>,
}

impl TryFrom<Row> for Card {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        let tier = u8::try_from(row.tier).ok().and_then(Tier::from_level);
        Ok(Self {
            guild: GuildId(id(row.guild)),
            ticket: TicketId(row.ticket),
            tier: tier.ok_or_else(|| bad(TABLE, format!("tier {}", row.tier)))?,
            wanted: row.wanted,
            message: row
                .channel_id
                .zip(row.message_id)
                .map(|(channel, message)| (ChannelId(id(channel)), MessageId(id(message)))),
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            first_tried_at: maybe_at(TABLE, row.first_tried_at)?,
        })
    }
}

/// Every card of `ticket` is to be drawn again, and there is to be one at its present tier.
pub async fn want(change: &mut impl Writes, ticket: &Ticket, now: Timestamp) -> Result<()> {
    statement(
        "insert into card (ticket, tier, wanted, due_at)
         select ?, tier, 1, ? from (select ? as tier union select tier from card where ticket = ?) where true
         on conflict (ticket, tier) do update set wanted = wanted + 1, due_at = excluded.due_at",
    )
    .bind(ticket.id.0)
    .bind(ms(now))
    .bind(i64::from(ticket.tier.level()))
    .bind(ticket.id.0)
    .put(change)
    .await
}

/// Cards that wait to be drawn and whose time has come: of each server in turn, the oldest first.
pub async fn ready(from: &mut Connection, limit: u32, now: Timestamp) -> Result<Vec<Card>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select t.guild, c.ticket, c.tier, c.wanted, c.channel_id, c.message_id, c.attempts, c.first_tried_at
         from card c join ticket t on t.id = c.ticket
         where c.wanted > c.shown and c.due_at <= ?
         order by row_number() over (partition by t.guild order by c.due_at, c.ticket, c.tier),
             c.due_at, c.ticket, c.tier
         limit ?",
    )
    .bind(ms(now))
    .bind(limit)
    .fetch_all(from)
    .await?;
    rows.into_iter().map(Card::try_from).collect()
}

/// A drawing begins: from here on the outcome may be unknown.
pub async fn begin(change: &mut Connection, card: &Card, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update card set attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, ?)
         where ticket = ? and tier = ?",
    )
    .bind(ms(now))
    .bind(card.ticket.0)
    .bind(i64::from(card.tier.level()))
    .execute(change)
    .await?;
    Ok(())
}

/// `card` stands there as it was wanted.
pub async fn drawn(
    change: &mut Connection,
    card: &Card,
    message: Option<(ChannelId, MessageId)>,
) -> Result<()> {
    sqlx::query(
        "update card set shown = ?, attempts = 0, first_tried_at = null, last_error = null,
             channel_id = coalesce(?, channel_id), message_id = coalesce(?, message_id)
         where ticket = ? and tier = ?",
    )
    .bind(card.wanted)
    .bind(message.map(|(channel, _)| column(channel.0)))
    .bind(message.map(|(_, message)| column(message.0)))
    .bind(card.ticket.0)
    .bind(i64::from(card.tier.level()))
    .execute(change)
    .await?;
    Ok(())
}

/// `card` was not drawn, and is tried again at `due`.
pub async fn put_off(
    change: &mut Connection,
    card: &Card,
    why: &str,
    due: Timestamp,
) -> Result<()> {
    sqlx::query("update card set last_error = ?, due_at = ? where ticket = ? and tier = ?")
        .bind(why)
        .bind(ms(due))
        .bind(card.ticket.0)
        .bind(i64::from(card.tier.level()))
        .execute(change)
        .await?;
    Ok(())
}

/// The first card that `ticket` ever had: its message starts the staff thread.
pub async fn first(
    from: &mut Connection,
    ticket: TicketId,
) -> Result<Option<(ChannelId, MessageId)>> {
    let row: Option<(i64, i64)> = sqlx::query_as(
        "select channel_id, message_id from card where ticket = ? and message_id is not null order by message_id limit 1",
    )
    .bind(ticket.0)
    .fetch_optional(from)
    .await?;
    Ok(row.map(|(channel, message)| (ChannelId(id(channel)), MessageId(id(message)))))
}

/// Every card of `ticket` is to be drawn again although the ticket itself did not change: a link on it did.
pub async fn want_again(change: &mut Connection, ticket: TicketId, now: Timestamp) -> Result<()> {
    sqlx::query("update card set wanted = wanted + 1, due_at = ? where ticket = ?")
        .bind(ms(now))
        .bind(ticket.0)
        .execute(change)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{guild, now, ticket};

    #[sqlx::test]
    async fn drawings_coalesce_and_one_that_was_asked_for_meanwhile_is_not_lost(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let mut kept = ticket(&mut connection, "VPN").await;
        want(&mut connection, &kept, now()).await.expect("wanted");
        want(&mut connection, &kept, now()).await.expect("wanted");
        let cards = ready(&mut connection, 10, now()).await.expect("read");
        assert_eq!(cards.len(), 1, "one drawing for both");
        begin(&mut connection, &cards[0], now())
            .await
            .expect("begun");
        want_again(&mut connection, kept.id, now())
            .await
            .expect("wanted meanwhile");
        let message = (ChannelId(301), MessageId(900));
        drawn(&mut connection, &cards[0], Some(message))
            .await
            .expect("drawn");
        let again = ready(&mut connection, 10, now()).await.expect("read");
        assert_eq!(
            again[0].message,
            Some(message),
            "what came meanwhile is drawn on the same message"
        );
        drawn(&mut connection, &again[0], None)
            .await
            .expect("drawn");
        assert!(
            ready(&mut connection, 10, now())
                .await
                .expect("read")
                .is_empty()
        );
        kept.tier = Tier::L2;
        want(&mut connection, &kept, now()).await.expect("wanted");
        let both = ready(&mut connection, 10, now()).await.expect("read");
        assert_eq!(
            both.iter().map(|card| card.tier).collect::<Vec<_>>(),
            [Tier::L1, Tier::L2]
        );
        assert_eq!(
            first(&mut connection, kept.id).await.expect("read"),
            Some(message)
        );
        let later = now() + jiff::SignedDuration::from_secs(5);
        put_off(&mut connection, &both[0], "no permission", later)
            .await
            .expect("put off");
        assert_eq!(
            ready(&mut connection, 10, now()).await.expect("read").len(),
            1
        );
    }
}
