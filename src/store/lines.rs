//! The lines of the escalation channel, and the messages in which several stand.

use jiff::Timestamp;
use sqlx::FromRow;

use super::rows::{bad, column, json, known};
use super::{Connection, Result, ms};
use crate::domain::ids::{GuildId, OutboxId, TicketId};
use crate::domain::lines::{IN_ONE, LineRules, WINDOW};
use crate::domain::notice::Notice;
use crate::domain::priority::Priority;

const TABLE: &str = "line";

/// Lines that are older are not amended any more.
const FORGOTTEN_AFTER_DAYS: i64 = 30;

/// A line, as it comes.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its row of the outbox.
    pub row: OutboxId,
    /// Whose desk.
    pub guild: GuildId,
    /// About which ticket.
    pub ticket: Option<TicketId>,
    /// By which it is amended.
    pub name: Option<&'a str>,
}

/// What the desk of `guild` wants to read there.
pub async fn rules(from: &mut Connection, guild: GuildId) -> Result<LineRules> {
    #[derive(FromRow)]
    struct Row {
        lowest: u8,
        quiet_from: Option<i16>,
        quiet_until: Option<i16>,
    }
    let row: Option<Row> =
        sqlx::query_as("select lowest, quiet_from, quiet_until from line_rule where guild = ?")
            .bind(column(guild.0))
            .fetch_optional(from)
            .await?;
    let Some(row) = row else {
        return Ok(LineRules::default());
    };
    Ok(LineRules {
        lowest: known("line_rule", "lowest", Priority::from_rank(row.lowest))?,
        quiet: row.quiet_from.zip(row.quiet_until),
    })
}

/// From now on it wants to read that.
pub async fn put_rules(change: &mut Connection, guild: GuildId, rules: &LineRules) -> Result<()> {
    sqlx::query(
        "insert into line_rule (guild, lowest, quiet_from, quiet_until) values (?, ?, ?, ?)
         on conflict (guild) do update set
             lowest = excluded.lowest, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until",
    )
    .bind(column(guild.0))
    .bind(rules.lowest.rank())
    .bind(rules.quiet.map(|(from, _)| from))
    .bind(rules.quiet.map(|(_, until)| until))
    .execute(change)
    .await?;
    Ok(())
}

/// How many lines of `guild` came within [`WINDOW`] and were not held back.
pub async fn lately(from: &mut Connection, guild: GuildId, now: Timestamp) -> Result<usize> {
    let count: i64 = sqlx::query_scalar(
        "select count(*) from line l left join gathering g on g.id = l.gathering
         where l.guild = ? and l.at > ? and g.held_until is null",
    )
    .bind(column(guild.0))
    .bind(ms(now - WINDOW))
    .fetch_one(from)
    .await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// A line is posted alone. The same row is put down once.
pub async fn alone(change: &mut Connection, line: &Line<'_>, now: Timestamp) -> Result<()> {
    let forgotten = jiff::SignedDuration::from_hours(24 * FORGOTTEN_AFTER_DAYS);
    sqlx::query("delete from line where guild = ? and at < ?")
        .bind(column(line.guild.0))
        .bind(ms(now - forgotten))
        .execute(&mut *change)
        .await?;
    sqlx::query(
        "insert or ignore into line (outbox, guild, ticket, name, at) values (?, ?, ?, ?, ?)",
    )
    .bind(line.row.0)
    .bind(column(line.guild.0))
    .bind(line.ticket.map(|ticket| ticket.0))
    .bind(line.name)
    .bind(ms(now))
    .execute(change)
    .await?;
    Ok(())
}

/// A line goes into a message with others: into the one that is open, or into a new one. Gives which, and whether it is new.
/// Those that are held back until one instant stand together.
pub async fn gather(
    change: &mut Connection,
    line: &Line<'_>,
    notice: &Notice,
    held_until: Option<Timestamp>,
    now: Timestamp,
) -> Result<(i64, bool)> {
    let open: Option<i64> = sqlx::query_scalar(
        "select g.id from gathering g join line l on l.gathering = g.id
         where g.guild = ?1 and g.held_until is ?2 group by g.id
         having count(*) < ?3 and (?2 is not null or max(l.at) > ?4)
         order by g.id desc limit 1",
    )
    .bind(column(line.guild.0))
    .bind(held_until.map(ms))
    .bind(i64::try_from(IN_ONE).unwrap_or(i64::MAX))
    .bind(ms(now - WINDOW))
    .fetch_optional(&mut *change)
    .await?;
    let (gathering, new) = match open {
        Some(open) => (open, false),
        None => {
            let made: i64 = sqlx::query_scalar(
                "insert into gathering (guild, begun_at, held_until) values (?, ?, ?) returning id",
            )
            .bind(column(line.guild.0))
            .bind(ms(now))
            .bind(held_until.map(ms))
            .fetch_one(&mut *change)
            .await?;
            (made, true)
        }
    };
    let notice = serde_json::to_string(notice).map_err(|error| bad(TABLE, error.to_string()))?;
    sqlx::query(
        "insert into line (outbox, guild, ticket, name, at, notice, gathering) values (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(line.row.0)
    .bind(column(line.guild.0))
    .bind(line.ticket.map(|ticket| ticket.0))
    .bind(line.name)
    .bind(ms(now))
    .bind(notice)
    .bind(gathering)
    .execute(change)
    .await?;
    Ok((gathering, new))
}

/// What is held back on `guild` still is held back until then. Gives the messages.
pub async fn hold_until(
    change: &mut Connection,
    guild: GuildId,
    until: Timestamp,
    now: Timestamp,
) -> Result<Vec<i64>> {
    let held = sqlx::query_scalar(
        "update gathering set held_until = ? where guild = ? and held_until > ? returning id",
    )
    .bind(ms(until))
    .bind(column(guild.0))
    .bind(ms(now))
    .fetch_all(change)
    .await?;
    Ok(held)
}

/// The line of that name says that from now on, where it stands with others: in which message. Nothing where it stands alone.
pub async fn amend(change: &mut Connection, name: &str, notice: &Notice) -> Result<Option<i64>> {
    let notice = serde_json::to_string(notice).map_err(|error| bad(TABLE, error.to_string()))?;
    let gathering = sqlx::query_scalar(
        "update line set notice = ? where name = ? and gathering is not null returning gathering",
    )
    .bind(notice)
    .bind(name)
    .fetch_optional(change)
    .await?;
    Ok(gathering)
}

/// The lines of a message, as they came.
pub async fn gathered(
    from: &mut Connection,
    gathering: i64,
) -> Result<Vec<(Option<TicketId>, Notice)>> {
    let rows: Vec<(Option<i64>, String)> =
        sqlx::query_as("select ticket, notice from line where gathering = ? order by at, outbox")
            .bind(gathering)
            .fetch_all(from)
            .await?;
    rows.into_iter()
        .map(|(ticket, notice)| Ok((ticket.map(TicketId), json(TABLE, &notice)?)))
        .collect()
}

/// Whether a message of that name is to be said or changed and nobody has begun to: then it says what there is by then.
pub async fn on_its_way(from: &mut Connection, name: &str) -> Result<bool> {
    let waits: bool = sqlx::query_scalar(
        "select exists (
             select 1 from outbox o left join outbox n on n.id = o.needs
             where (o.name = ?1 or n.name = ?1) and o.attempts = 0
                 and o.delivered_at is null and o.given_up_at is null
         )",
    )
    .bind(name)
    .fetch_one(from)
    .await?;
    Ok(waits)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, guild, now, ticket};

    #[sqlx::test]
    async fn lines_stand_together_until_the_message_is_full_or_nothing_came_for_a_while(
        pool: SqlitePool,
    ) {
        let mut connection = pool.acquire().await.expect("a connection");
        let connection = &mut *connection;
        guild(connection).await;
        let ticket = Some(ticket(connection, "VPN").await.id);
        let line = |row| Line {
            row: OutboxId(row),
            guild: GUILD,
            ticket,
            name: (row == 1).then_some("escalation:1:3"),
        };
        let notice = Notice::Opened;
        for _ in 0..2 {
            alone(connection, &line(100), now()).await.expect("put");
        }
        assert_eq!(lately(connection, GUILD, now()).await.expect("read"), 1);
        let mut messages = Vec::new();
        for row in 1..=16 {
            let one = gather(connection, &line(row), &notice, None, now()).await;
            messages.push(one.expect("gathered"));
        }
        assert_eq!(
            (messages[0], messages[14], messages[15]),
            ((1, true), (1, false), (2, true))
        );
        let later = now() + WINDOW;
        let next = gather(connection, &line(17), &notice, None, later).await;
        assert_eq!(next.expect("gathered"), (3, true));
        assert_eq!(lately(connection, GUILD, later).await.expect("read"), 1);
        // What is held back is counted for nothing, and stands apart.
        let morning = Some(later + SignedDuration::from_hours(8));
        let held = gather(connection, &line(18), &notice, morning, later).await;
        assert_eq!(held.expect("gathered"), (4, true));
        let held = gather(connection, &line(19), &notice, morning, later + WINDOW * 3).await;
        assert_eq!(held.expect("gathered"), (4, false));
        let count = lately(connection, GUILD, later + WINDOW * 3).await;
        assert_eq!(count.expect("read"), 0);
        let taken = Notice::OpenedFor {
            by: crate::domain::ids::UserId(7),
        };
        let amended = amend(connection, "escalation:1:3", &taken).await;
        assert_eq!(amended.expect("amended"), Some(1));
        assert_eq!(
            amend(connection, "other", &taken).await.expect("read"),
            None
        );
        let all = gathered(connection, 1).await.expect("read");
        assert_eq!((all.len(), &all[0].1), (15, &taken));
    }

    #[sqlx::test]
    async fn what_a_desk_wants_to_read_is_kept(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let first = rules(&mut connection, GUILD).await.expect("read");
        assert_eq!(first, LineRules::default());
        let other = LineRules {
            lowest: Priority::P2,
            quiet: Some((1320, 360)),
        };
        for wanted in [
            other,
            LineRules {
                quiet: None,
                ..other
            },
        ] {
            put_rules(&mut connection, GUILD, &wanted)
                .await
                .expect("put");
            assert_eq!(rules(&mut connection, GUILD).await.expect("read"), wanted);
        }
    }
}
