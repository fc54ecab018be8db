//! Who tried what and was refused, or overrode something. Ids, action, and reason; never texts.

use jiff::Timestamp;

use super::batch::{Writes, statement};
use super::rows::column;
use super::{Connection, Result, ms};
use crate::domain::ids::{GuildId, TicketId, UserId};

/// One line of the audit.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// On which desk.
    pub guild: Option<GuildId>,
    /// Who.
    pub actor: UserId,
    /// What they tried.
    pub action: &'a str,
    /// To which ticket.
    pub ticket: Option<TicketId>,
    /// `done`, or the refusal's kind: the real one, also where the person was told less.
    pub outcome: &'a str,
    /// The reason given, where one was needed.
    pub reason: Option<&'a str>,
}

/// Puts it down.
pub async fn put(change: &mut impl Writes, line: &Line<'_>, now: Timestamp) -> Result<()> {
    statement("insert into audit (guild, at, actor, action, ticket, outcome, reason) values (?, ?, ?, ?, ?, ?, ?)")
        .bind(line.guild.map(|guild| column(guild.0)))
        .bind(ms(now))
        .bind(column(line.actor.0))
        .bind(line.action)
        .bind(line.ticket.map(|ticket| ticket.0))
        .bind(line.outcome)
        .bind(line.reason)
        .put(change)
        .await
}

/// How often `actor` got that outcome for that action since `since`.
pub async fn count(
    from: &mut Connection,
    actor: UserId,
    action: &str,
    outcome: &str,
    since: Timestamp,
) -> Result<u32> {
    let count: i64 = sqlx::query_scalar(
        "select count(*) from audit where actor = ? and action = ? and outcome = ? and at > ?",
    )
    .bind(column(actor.0))
    .bind(action)
    .bind(outcome)
    .bind(ms(since))
    .fetch_one(from)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, MIA, RAVI, now};

    #[sqlx::test]
    async fn lines_are_counted_by_person_action_and_outcome(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let line = Line {
            guild: Some(GUILD),
            actor: MIA,
            action: "view",
            ticket: Some(TicketId(1)),
            outcome: "no_such_ticket",
            reason: None,
        };
        put(&mut connection, &line, now()).await.expect("put down");
        let before = now() - SignedDuration::from_secs(1);
        let seen = async |connection: &mut Connection, actor, action, since| {
            count(connection, actor, action, "no_such_ticket", since)
                .await
                .expect("counted")
        };
        assert_eq!(seen(&mut connection, MIA, "view", before).await, 1);
        assert_eq!(seen(&mut connection, RAVI, "view", before).await, 0);
        assert_eq!(seen(&mut connection, MIA, "claim", before).await, 0);
        assert_eq!(seen(&mut connection, MIA, "view", now()).await, 0);
    }
}
