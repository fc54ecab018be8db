//! Shifts of every week, and those that somebody else takes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::FromRow;

use super::rows::{at, bad, column, id, json, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::calendar::Hours;
use crate::domain::ids::{GuildId, RotaId, SwapId, UserId};
use crate::domain::rota::Rota;

const TABLE: &str = "rota";

#[derive(FromRow)]
struct Row {
    id: i64,
    guild: i64,
    name: String,
    hours: String,
    people: String,
    since: String,
    on_user: Option<i64>,
    on_since: Option<i64>,
    next_at: Option<i64>,
}

impl Row {
    fn rota(self, swaps: BTreeMap<Timestamp, UserId>) -> Result<Rota> {
        let since = self
            .since
            .parse()
            .map_err(|_| bad(TABLE, format!("{:?} is no date", self.since)))?;
        let on_since = maybe_at(TABLE, self.on_since)?;
        Ok(Rota {
            id: RotaId(self.id),
            guild: GuildId(id(self.guild)),
            name: self.name,
            hours: json(TABLE, &self.hours)?,
            people: json(TABLE, &self.people)?,
            since,
            swaps,
            on: self.on_user.map(|user| UserId(id(user))).zip(on_since),
            next_at: maybe_at(TABLE, self.next_at)?,
        })
    }
}

/// A question whether somebody takes another's shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    /// Its row.
    pub id: SwapId,
    /// Of which rota.
    pub rota: RotaId,
    /// When the shift begins.
    pub starts_at: Timestamp,
    /// Whose it is.
    pub asker: UserId,
    /// Who is asked.
    pub other: UserId,
    /// What they said, once they did.
    pub agreed: Option<bool>,
}

/// A new rota. Nothing when there is one of that name.
pub async fn insert(
    change: &mut Connection,
    guild: GuildId,
    name: &str,
    hours: &Hours,
    since: jiff::civil::Date,
) -> Result<Option<RotaId>> {
    let hours = serde_json::to_string(hours).map_err(|error| bad(TABLE, error.to_string()))?;
    let row: Option<i64> = sqlx::query_scalar(
        "insert into rota (guild, name, hours, since) values (?, ?, ?, ?)
         on conflict (guild, name) do nothing returning id",
    )
    .bind(column(guild.0))
    .bind(name)
    .bind(hours)
    .bind(since.to_string())
    .fetch_optional(change)
    .await?;
    Ok(row.map(RotaId))
}

/// Writes the hours and the people of a rota, and when it is turned next.
pub async fn save(change: &mut Connection, rota: &Rota, next_at: Timestamp) -> Result<()> {
    let text = |error: serde_json::Error| bad(TABLE, error.to_string());
    sqlx::query("update rota set hours = ?, people = ?, since = ?, next_at = ? where id = ?")
        .bind(serde_json::to_string(&rota.hours).map_err(text)?)
        .bind(serde_json::to_string(&rota.people).map_err(text)?)
        .bind(rota.since.to_string())
        .bind(ms(next_at))
        .bind(rota.id.0)
        .execute(change)
        .await?;
    Ok(())
}

/// It was turned: whose shift runs, and when to turn it next.
pub async fn turned(
    change: &mut Connection,
    rota: RotaId,
    on: Option<(UserId, Timestamp)>,
    next_at: Option<Timestamp>,
) -> Result<()> {
    sqlx::query("update rota set on_user = ?, on_since = ?, next_at = ? where id = ?")
        .bind(on.map(|(user, _)| column(user.0)))
        .bind(on.map(|(_, since)| ms(since)))
        .bind(next_at.map(ms))
        .bind(rota.0)
        .execute(change)
        .await?;
    Ok(())
}

/// It is not kept any more.
pub async fn delete(change: &mut Connection, rota: RotaId) -> Result<()> {
    sqlx::query("delete from rota where id = ?")
        .bind(rota.0)
        .execute(change)
        .await?;
    Ok(())
}

/// The rotas of a desk, by name.
pub async fn all(from: &mut Connection, guild: GuildId) -> Result<Vec<Rota>> {
    let rows: Vec<Row> =
        sqlx::query_as("select * from rota where guild = ? order by name collate nocase, id")
            .bind(column(guild.0))
            .fetch_all(&mut *from)
            .await?;
    let mut rotas = Vec::with_capacity(rows.len());
    for row in rows {
        let swaps = agreed(from, RotaId(row.id)).await?;
        rotas.push(row.rota(swaps)?);
    }
    Ok(rotas)
}

/// The rota of that id.
pub async fn find(from: &mut Connection, rota: RotaId) -> Result<Option<Rota>> {
    let row: Option<Row> = sqlx::query_as("select * from rota where id = ?")
        .bind(rota.0)
        .fetch_optional(&mut *from)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let swaps = agreed(from, rota).await?;
    row.rota(swaps).map(Some)
}

async fn agreed(from: &mut Connection, rota: RotaId) -> Result<BTreeMap<Timestamp, UserId>> {
    let rows: Vec<(i64, i64)> =
        sqlx::query_as("select starts_at, other from swap where rota = ? and agreed = 1")
            .bind(rota.0)
            .fetch_all(from)
            .await?;
    rows.into_iter()
        .map(|(starts_at, other)| Ok((at("swap", starts_at)?, UserId(id(other)))))
        .collect()
}

/// Those that are to be turned.
pub async fn due(from: &mut Connection, now: Timestamp) -> Result<Vec<RotaId>> {
    let rows: Vec<i64> =
        sqlx::query_scalar("select id from rota where next_at <= ? order by next_at, id")
            .bind(ms(now))
            .fetch_all(from)
            .await?;
    Ok(rows.into_iter().map(RotaId).collect())
}

/// When the next one is to be turned.
pub async fn next_due(from: &mut Connection) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar("select min(next_at) from rota")
        .fetch_one(from)
        .await?;
    maybe_at(TABLE, due)
}

/// Asks `other` to take the shift of `asker`.
pub async fn ask(
    change: &mut Connection,
    rota: RotaId,
    starts_at: Timestamp,
    asker: UserId,
    other: UserId,
    now: Timestamp,
) -> Result<SwapId> {
    let row: i64 = sqlx::query_scalar(
        "insert into swap (rota, starts_at, asker, other, asked_at) values (?, ?, ?, ?, ?) returning id",
    )
    .bind(rota.0)
    .bind(ms(starts_at))
    .bind(column(asker.0))
    .bind(column(other.0))
    .bind(ms(now))
    .fetch_one(change)
    .await?;
    Ok(SwapId(row))
}

/// The question of that id.
pub async fn swap(from: &mut Connection, swap: SwapId) -> Result<Option<Swap>> {
    let row: Option<(i64, i64, i64, i64, Option<bool>)> =
        sqlx::query_as("select rota, starts_at, asker, other, agreed from swap where id = ?")
            .bind(swap.0)
            .fetch_optional(from)
            .await?;
    row.map(|(rota, starts_at, asker, other, agreed)| {
        Ok(Swap {
            id: swap,
            rota: RotaId(rota),
            starts_at: at("swap", starts_at)?,
            asker: UserId(id(asker)),
            other: UserId(id(other)),
            agreed,
        })
    })
    .transpose()
}

/// They answered. Who had agreed to take that shift before does not take it any more.
pub async fn answer(
    change: &mut Connection,
    swap: Swap,
    agreed: bool,
    now: Timestamp,
) -> Result<()> {
    if agreed {
        sqlx::query("update swap set agreed = 0 where rota = ? and starts_at = ? and agreed = 1")
            .bind(swap.rota.0)
            .bind(ms(swap.starts_at))
            .execute(&mut *change)
            .await?;
    }
    sqlx::query("update swap set agreed = ?, answered_at = ? where id = ?")
        .bind(agreed)
        .bind(ms(now))
        .bind(swap.id.0)
        .execute(change)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::rota::first_week;
    use crate::domain::vendor::read_hours;
    use crate::store::samples::{GUILD, MIA, RAVI, guild, now};

    #[sqlx::test]
    async fn a_rota_is_kept_turned_swapped_and_given_up(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let hours = read_hours("Mon-Fri 09:00-17:00 UTC").expect("hours");
        let since = first_week(&hours, now()).expect("a week");
        let new = insert(&mut connection, GUILD, "Early", &hours, since).await;
        let id = new.expect("inserted").expect("a new name");
        let again = insert(&mut connection, GUILD, "Early", &hours, since).await;
        assert_eq!(again.expect("asked"), None, "one of a name");
        let mut rota = find(&mut connection, id).await.expect("read").expect("one");
        rota.people = vec![RAVI];
        save(&mut connection, &rota, now()).await.expect("saved");
        assert_eq!(due(&mut connection, now()).await.expect("read"), [id]);
        let next = now() + SignedDuration::from_hours(8);
        turned(&mut connection, id, Some((RAVI, now())), Some(next))
            .await
            .expect("turned");
        assert!(due(&mut connection, now()).await.expect("read").is_empty());
        assert_eq!(next_due(&mut connection).await.expect("read"), Some(next));
        for (other, agreed) in [(MIA, true), (UserId(3), false), (UserId(4), true)] {
            let asked = ask(&mut connection, id, next, RAVI, other, now()).await;
            let asked = swap(&mut connection, asked.expect("asked")).await;
            let asked = asked.expect("read").expect("one");
            answer(&mut connection, asked, agreed, now())
                .await
                .expect("answered");
        }
        let known = all(&mut connection, GUILD).await.expect("read");
        assert_eq!(known[0].on, Some((RAVI, now())));
        assert_eq!(known[0].swaps, BTreeMap::from([(next, UserId(4))]));
        delete(&mut connection, id).await.expect("deleted");
        assert!(all(&mut connection, GUILD).await.expect("read").is_empty());
    }
}
