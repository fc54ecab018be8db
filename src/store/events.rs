//! What happened, append-only.

use jiff::Timestamp;
use sqlx::FromRow;

use super::batch::{Writes, statement};
use super::rows::{at, bad, column, id, json, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::event::{Event, What};
use crate::domain::ids::{Cause, TicketId, UserId};

const TABLE: &str = "event";

#[derive(FromRow)]
struct Row {
    seq: i64,
    at: i64,
    by: Option<i64>,
    body: String,
}

impl TryFrom<Row> for Event {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        let what: What = json(TABLE, &row.body)?;
        Ok(Self {
            seq: row.seq,
            at: at(TABLE, row.at)?,
            by: row.by.map(|user| UserId(id(user))),
            what,
        })
    }
}

/// Puts down what happened to `ticket`, brought about by `cause`.
pub async fn append(
    change: &mut impl Writes,
    ticket: TicketId,
    events: &[Event],
    cause: &Cause,
) -> Result<()> {
    for event in events {
        let body =
            serde_json::to_string(&event.what).map_err(|error| bad(TABLE, error.to_string()))?;
        statement(
            "insert into event (ticket, seq, at, by, cause, kind, body) values (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(ticket.0)
        .bind(event.seq)
        .bind(ms(event.at))
        .bind(event.by.map(|user| column(user.0)))
        .bind(cause.as_str())
        .bind(event.what.kind())
        .bind(body)
        .put(change)
        .await?;
    }
    Ok(())
}

/// Everything that happened to `ticket`, in order.
pub async fn of_ticket(from: &mut Connection, ticket: TicketId) -> Result<Vec<Event>> {
    let rows: Vec<Row> =
        sqlx::query_as("select seq, at, by, body from event where ticket = ? order by seq")
            .bind(ticket.0)
            .fetch_all(from)
            .await?;
    rows.into_iter().map(Event::try_from).collect()
}

/// When anything last happened.
pub async fn last_at(from: &mut Connection) -> Result<Option<Timestamp>> {
    let at: Option<i64> = sqlx::query_scalar("select max(at) from event")
        .fetch_one(from)
        .await?;
    maybe_at(TABLE, at)
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{MIA, guild, now, ticket};
    use crate::store::tickets;

    #[sqlx::test]
    async fn events_come_back_in_order_and_are_never_changed(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let kept = ticket(&mut connection, "VPN").await;
        let event = |seq, by, what| Event {
            seq,
            at: now(),
            by,
            what,
        };
        let happened = [
            event(1, Some(MIA), What::Claimed { answers: None }),
            event(2, None, What::Closed),
        ];
        let cause = Cause::interaction(7);
        append(&mut connection, kept.id, &happened, &cause)
            .await
            .expect("appended");
        assert_eq!(
            of_ticket(&mut connection, kept.id).await.expect("read"),
            happened
        );
        assert_eq!(last_at(&mut connection).await.expect("read"), Some(now()));
        assert_eq!(
            tickets::of_cause(&mut connection, &cause)
                .await
                .expect("read"),
            None,
            "it opened nothing"
        );
        let changed = sqlx::query("update event set at = 0")
            .execute(&mut *connection)
            .await;
        assert!(
            changed
                .expect_err("never")
                .to_string()
                .contains("events are never changed")
        );
        append(&mut connection, kept.id, &happened[..1], &cause)
            .await
            .expect_err("a number is given once");
    }
}
