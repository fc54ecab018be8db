//! When a desk is open, and what it promises.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::rows::{at, bad, column, json};
use super::{Connection, Result, ms};
use crate::domain::calendar::Hours;
use crate::domain::clocks::Book;
use crate::domain::ids::{GuildId, UserId};

/// The versions of a desk's calendars by their names, each with the instant from which it is in force, oldest first.
pub type Calendars = BTreeMap<String, Vec<(Timestamp, Hours)>>;

/// Everything that was written down of the calendars of `guild`.
pub async fn calendars(from: &mut Connection, guild: GuildId) -> Result<Calendars> {
    const TABLE: &str = "calendar";
    let rows: Vec<(String, i64, String)> = sqlx::query_as(
        "select name, valid_from, hours from calendar where guild = ? order by name, valid_from",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?;
    let mut calendars = Calendars::new();
    for (name, valid_from, hours) in rows {
        let version = (at(TABLE, valid_from)?, json(TABLE, &hours)?);
        calendars.entry(name).or_default().push(version);
    }
    Ok(calendars)
}

/// From `now` on the calendar of that name is this one.
pub async fn put_calendar(
    change: &mut Connection,
    guild: GuildId,
    name: &str,
    hours: &Hours,
    by: UserId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into calendar (guild, name, valid_from, hours, by) values (?, ?, ?, ?, ?)
         on conflict (guild, name, valid_from) do update set hours = excluded.hours, by = excluded.by",
    )
    .bind(column(guild.0))
    .bind(name)
    .bind(ms(now))
    .bind(serde_json::to_string(hours).map_err(|error| bad("calendar", error.to_string()))?)
    .bind(column(by.0))
    .execute(change)
    .await?;
    Ok(())
}

/// The versions of what `guild` promises. Version 0, the program's own, is not among them.
pub async fn policies(from: &mut Connection, guild: GuildId) -> Result<BTreeMap<i64, Book>> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("select version, book from policy where guild = ? order by version")
            .bind(column(guild.0))
            .fetch_all(from)
            .await?;
    rows.into_iter()
        .map(|(version, book)| Ok((version, json("policy", &book)?)))
        .collect()
}

/// Tickets that are opened from now on are promised this. Gives its version.
pub async fn put_policy(
    change: &mut Connection,
    guild: GuildId,
    book: &Book,
    by: UserId,
    now: Timestamp,
) -> Result<i64> {
    let version: i64 = sqlx::query_scalar(
        "insert into policy (guild, version, at, by, book)
         select ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4 from policy where guild = ?1
         returning version",
    )
    .bind(column(guild.0))
    .bind(ms(now))
    .bind(column(by.0))
    .bind(serde_json::to_string(book).map_err(|error| bad("policy", error.to_string()))?)
    .fetch_one(change)
    .await?;
    Ok(version)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, MIA, guild, now};

    #[sqlx::test]
    async fn an_edit_of_a_calendar_leaves_what_was_in_force_before_it(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let later = now() + SignedDuration::from_hours(1);
        let mut berlin = Hours::always();
        "Europe/Berlin".clone_into(&mut berlin.tz);
        for (hours, at) in [(&Hours::always(), now()), (&berlin, later)] {
            put_calendar(&mut connection, GUILD, "business", hours, MIA, at)
                .await
                .expect("put");
        }
        let versions = vec![(now(), Hours::always()), (later, berlin)];
        assert_eq!(
            calendars(&mut connection, GUILD).await.expect("read"),
            Calendars::from([("business".to_owned(), versions)])
        );
    }

    #[sqlx::test]
    async fn versions_of_what_is_promised_count_up(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let first = Book::default();
        let second = Book {
            warn: vec![50],
            ..Book::default()
        };
        for (version, book) in [(1, &first), (2, &second)] {
            let put = put_policy(&mut connection, GUILD, book, MIA, now()).await;
            assert_eq!(put.expect("put"), version);
        }
        assert_eq!(
            policies(&mut connection, GUILD).await.expect("read"),
            BTreeMap::from([(1, first), (2, second)])
        );
    }
}
