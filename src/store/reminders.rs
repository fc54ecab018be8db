//! What people want to be reminded of.

use jiff::Timestamp;

use super::rows::{column, id};
use super::{Connection, Result, ms};
use crate::domain::ids::{TicketId, UserId};

/// Keeps a reminder and gives its number.
pub async fn insert(
    change: &mut Connection,
    ticket: TicketId,
    user: UserId,
    text: &str,
    due: Timestamp,
    now: Timestamp,
) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "insert into reminder (ticket, user, text, due_at, asked_at) values (?, ?, ?, ?, ?) returning id",
    )
    .bind(ticket.0)
    .bind(column(user.0))
    .bind(text)
    .bind(ms(due))
    .bind(ms(now))
    .fetch_one(change)
    .await?)
}

/// How many reminders of `user` still wait.
pub async fn waiting(from: &mut Connection, user: UserId) -> Result<u32> {
    let count: i64 = sqlx::query_scalar(
        "select count(*) from timer t join reminder r on r.id = t.subject
         where t.kind = 'remind' and t.fired_at is null and r.user = ?",
    )
    .bind(column(user.0))
    .fetch_one(from)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Who wanted to be reminded of what.
pub async fn find(from: &mut Connection, reminder: i64) -> Result<Option<(UserId, String)>> {
    let row: Option<(i64, String)> = sqlx::query_as("select user, text from reminder where id = ?")
        .bind(reminder)
        .fetch_optional(from)
        .await?;
    Ok(row.map(|(user, text)| (UserId(id(user)), text)))
}
