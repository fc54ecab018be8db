//! When leads are told by themselves what the desk did.

use jiff::Timestamp;
use sqlx::FromRow;

use super::rows::{at, column, id, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::digest::Rhythm;
use crate::domain::ids::GuildId;

const TABLE: &str = "digest";

/// How a desk has its digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// When they are wanted.
    pub rhythm: Rhythm,
    /// When the next of a day is due.
    pub daily_at: Timestamp,
    /// When the next of a week is due.
    pub weekly_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    minute: i16,
    daily: bool,
    weekly: bool,
    daily_at: i64,
    weekly_at: i64,
}

impl TryFrom<Row> for Kept {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            rhythm: Rhythm {
                minute: row.minute,
                daily: row.daily,
                weekly: row.weekly,
            },
            daily_at: at(TABLE, row.daily_at)?,
            weekly_at: at(TABLE, row.weekly_at)?,
        })
    }
}

/// How the desk of `guild` has its digests; nothing where nobody has looked yet.
pub async fn find(from: &mut Connection, guild: GuildId) -> Result<Option<Kept>> {
    let row: Option<Row> = sqlx::query_as(
        "select minute, daily, weekly, daily_at, weekly_at from digest where guild = ?",
    )
    .bind(column(guild.0))
    .fetch_optional(from)
    .await?;
    row.map(Kept::try_from).transpose()
}

/// The desks that are set up and are to be told something by now, or of which it is not known yet when.
pub async fn due(from: &mut Connection, now: Timestamp) -> Result<Vec<GuildId>> {
    let guilds: Vec<i64> = sqlx::query_scalar(
        "select g.id from guild g left join digest d on d.guild = g.id
         where g.set_up_at is not null
             and (d.guild is null or d.daily = 1 and d.daily_at <= ?1 or d.weekly = 1 and d.weekly_at <= ?1)
         order by g.id",
    )
    .bind(ms(now))
    .fetch_all(from)
    .await?;
    let guilds = guilds.into_iter().map(|guild| GuildId(id(guild)));
    Ok(guilds.collect())
}

/// When the next one is due, if there is one.
pub async fn next_due(from: &mut Connection) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar(
        "select min(due) from (
             select daily_at as due from digest where daily = 1
             union all select weekly_at from digest where weekly = 1
         )",
    )
    .fetch_one(from)
    .await?;
    maybe_at(TABLE, due)
}

/// From now on the desk of `guild` has them so.
pub async fn put(change: &mut Connection, guild: GuildId, kept: &Kept) -> Result<()> {
    sqlx::query(
        "insert into digest (guild, minute, daily, weekly, daily_at, weekly_at) values (?, ?, ?, ?, ?, ?)
         on conflict (guild) do update set minute = excluded.minute, daily = excluded.daily, weekly = excluded.weekly,
             daily_at = excluded.daily_at, weekly_at = excluded.weekly_at",
    )
    .bind(column(guild.0))
    .bind(kept.rhythm.minute)
    .bind(kept.rhythm.daily)
    .bind(kept.rhythm.weekly)
    .bind(ms(kept.daily_at))
    .bind(ms(kept.weekly_at))
    .execute(change)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, guild, now};

    #[sqlx::test]
    async fn a_desk_is_due_until_it_is_known_when_and_when_one_that_is_wanted_is(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let connection = &mut *connection;
        guild(connection).await;
        assert_eq!(due(connection, now()).await.expect("read"), []);
        sqlx::query("update guild set set_up_at = 1")
            .execute(&mut *connection)
            .await
            .expect("set up");
        assert_eq!(due(connection, now()).await.expect("read"), [GUILD]);
        assert_eq!(next_due(connection).await.expect("read"), None);
        let day = SignedDuration::from_hours(24);
        let mut kept = Kept {
            rhythm: Rhythm::default(),
            daily_at: now() + day,
            weekly_at: now() + day * 2,
        };
        put(connection, GUILD, &kept).await.expect("put");
        assert_eq!(find(connection, GUILD).await.expect("read"), Some(kept));
        assert_eq!(due(connection, now()).await.expect("read"), []);
        assert_eq!(next_due(connection).await.expect("read"), Some(now() + day));
        assert_eq!(due(connection, now() + day).await.expect("read"), [GUILD]);
        kept.rhythm.daily = false;
        put(connection, GUILD, &kept).await.expect("put");
        assert_eq!(due(connection, now() + day).await.expect("read"), []);
        let next = next_due(connection).await.expect("read");
        assert_eq!(next, Some(now() + day * 2));
    }
}
