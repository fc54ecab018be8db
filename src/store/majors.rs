//! Major incidents: their rows, what happened to them, who wants to be told, and what they remind of.

use jiff::Timestamp;
use sqlx::FromRow;

use super::batch::{Writes, statement};
use super::rows::{at, bad, column, id, json, known, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::ids::{Cause, GuildId, MajorId, MajorNumber, TicketId, UserId};
use crate::domain::major::{Major, MajorEvent, MajorState, Roles};

const TABLE: &str = "major";

#[derive(FromRow)]
struct Row {
    id: i64,
    guild: i64,
    number: i64,
    title: String,
    category: String,
    status: String,
    state: String,
    commander: i64,
    communicator: i64,
    scribe: i64,
    review: Option<String>,
    version: i64,
    last_seq: i64,
    declared_at: i64,
    updated_at: i64,
    resolved_at: Option<i64>,
}

impl TryFrom<Row> for Major {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: MajorId(row.id),
            guild: GuildId(id(row.guild)),
            number: MajorNumber(row.number),
            title: row.title,
            category: row.category,
            status: row.status,
            state: known(TABLE, &row.state, MajorState::from_key(&row.state))?,
            roles: Roles {
                commander: UserId(id(row.commander)),
                communicator: UserId(id(row.communicator)),
                scribe: UserId(id(row.scribe)),
            },
            review: row.review.map(|text| json(TABLE, &text)).transpose()?,
            version: row.version,
            last_seq: row.last_seq,
            declared_at: at(TABLE, row.declared_at)?,
            updated_at: at(TABLE, row.updated_at)?,
            resolved_at: maybe_at(TABLE, row.resolved_at)?,
        })
    }
}

/// A running incident, with the titles by which what belongs to it is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// The incident.
    pub major: Major,
    /// Its own title and those of its tickets.
    pub titles: Vec<String>,
}

/// The row id and the number for the next incident of `guild`. There is one writer, so nobody else gets the same.
pub async fn next(change: &mut Connection, guild: GuildId) -> Result<(MajorId, MajorNumber)> {
    let (last, number): (i64, i64) = sqlx::query_as(
        "select coalesce(max(id), 0), coalesce(max(number) filter (where guild = ?), 0) from major",
    )
    .bind(column(guild.0))
    .fetch_one(change)
    .await?;
    Ok((MajorId(last + 1), MajorNumber(number + 1)))
}

/// Writes `major`, new or changed, and what happened to it, brought about by `cause`.
pub async fn save(
    change: &mut Connection,
    major: &Major,
    events: &[MajorEvent],
    cause: &Cause,
) -> Result<()> {
    let review = major
        .review
        .as_ref()
        .map(serde_json::to_string)
        .transpose()
        .map_err(|error| bad(TABLE, error.to_string()))?;
    sqlx::query(
        "insert into major (
             id, guild, number, title, category, status, state, commander, communicator, scribe, review, version, last_seq,
             declared_at, updated_at, resolved_at
         )
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set
             status = excluded.status, state = excluded.state, commander = excluded.commander,
             communicator = excluded.communicator, scribe = excluded.scribe, review = excluded.review,
             version = excluded.version, last_seq = excluded.last_seq, updated_at = excluded.updated_at,
             resolved_at = excluded.resolved_at",
    )
    .bind(major.id.0)
    .bind(column(major.guild.0))
    .bind(major.number.0)
    .bind(&major.title)
    .bind(&major.category)
    .bind(&major.status)
    .bind(major.state.key())
    .bind(column(major.roles.commander.0))
    .bind(column(major.roles.communicator.0))
    .bind(column(major.roles.scribe.0))
    .bind(review)
    .bind(major.version)
    .bind(major.last_seq)
    .bind(ms(major.declared_at))
    .bind(ms(major.updated_at))
    .bind(major.resolved_at.map(ms))
    .execute(&mut *change)
    .await?;
    for event in events {
        let body = serde_json::to_string(&event.what)
            .map_err(|error| bad("major_event", error.to_string()))?;
        sqlx::query("insert into major_event (major, seq, at, by, cause, kind, body) values (?, ?, ?, ?, ?, ?, ?)")
            .bind(major.id.0)
            .bind(event.seq)
            .bind(ms(event.at))
            .bind(event.by.map(|user| column(user.0)))
            .bind(cause.as_str())
            .bind(event.what.kind())
            .bind(body)
            .execute(&mut *change)
            .await?;
    }
    Ok(())
}

/// The incident of that id.
pub async fn find(from: &mut Connection, major: MajorId) -> Result<Option<Major>> {
    let row: Option<Row> = sqlx::query_as("select * from major where id = ?")
        .bind(major.0)
        .fetch_optional(from)
        .await?;
    row.map(Major::try_from).transpose()
}

/// The incident of that number on that desk.
pub async fn numbered(
    from: &mut Connection,
    guild: GuildId,
    number: MajorNumber,
) -> Result<Option<Major>> {
    let row: Option<Row> = sqlx::query_as("select * from major where guild = ? and number = ?")
        .bind(column(guild.0))
        .bind(number.0)
        .fetch_optional(from)
        .await?;
    row.map(Major::try_from).transpose()
}

/// The incident that `cause` declared.
pub async fn of_cause(from: &mut Connection, cause: &Cause) -> Result<Option<Major>> {
    let row: Option<Row> = sqlx::query_as(
        "select m.* from major m join major_event e on e.major = m.id where e.cause = ? and e.kind = 'declared'",
    )
    .bind(cause.as_str())
    .fetch_optional(from)
    .await?;
    row.map(Major::try_from).transpose()
}

/// What runs on `guild` now, each with the titles by which what belongs to it is recognised.
pub async fn running(from: &mut Connection, guild: GuildId) -> Result<Vec<Running>> {
    let rows: Vec<Row> =
        sqlx::query_as("select * from major where guild = ? and state = 'running' order by number")
            .bind(column(guild.0))
            .fetch_all(&mut *from)
            .await?;
    let mut all = Vec::new();
    for row in rows {
        let major = Major::try_from(row)?;
        // The newest are enough: what people write of one trouble repeats itself.
        let mut titles: Vec<String> = sqlx::query_scalar(
            "select title from ticket where major = ? order by id desc limit 30",
        )
        .bind(major.id.0)
        .fetch_all(&mut *from)
        .await?;
        titles.insert(0, major.title.clone());
        all.push(Running { major, titles });
    }
    Ok(all)
}

/// The tickets that are part of `major` while it runs.
pub async fn parts(from: &mut Connection, major: MajorId) -> Result<Vec<TicketId>> {
    let rows: Vec<i64> = sqlx::query_scalar("select id from ticket where major = ? order by id")
        .bind(major.0)
        .fetch_all(from)
        .await?;
    Ok(rows.into_iter().map(TicketId).collect())
}

/// Puts down which running incident `ticket` is part of.
pub async fn set_part(
    change: &mut impl Writes,
    ticket: TicketId,
    major: Option<MajorId>,
) -> Result<()> {
    statement("update ticket set major = ? where id = ?")
        .bind(major.map(|major| major.0))
        .bind(ticket.0)
        .put(change)
        .await
}

/// Puts down that `user` wants to be told. False when that was known.
pub async fn subscribe(
    change: &mut Connection,
    major: MajorId,
    user: UserId,
    now: Timestamp,
) -> Result<bool> {
    let put = sqlx::query(
        "insert into major_person (major, user, at) values (?, ?, ?) on conflict do nothing",
    )
    .bind(major.0)
    .bind(column(user.0))
    .bind(ms(now))
    .execute(change)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// Who wants to be told.
pub async fn subscribers(from: &mut Connection, major: MajorId) -> Result<Vec<UserId>> {
    let rows: Vec<i64> =
        sqlx::query_scalar("select user from major_person where major = ? order by at, user")
            .bind(major.0)
            .fetch_all(from)
            .await?;
    Ok(rows.into_iter().map(|user| UserId(id(user))).collect())
}

/// Takes back what was to be said of `major` and has not been tried yet: what comes now says more.
pub async fn withdraw_news(change: &mut Connection, major: MajorId) -> Result<u64> {
    let gone = sqlx::query(
        "delete from outbox where name glob ? and delivered_at is null and given_up_at is null and attempts = 0",
    )
    .bind(format!("major:{major}:news:*"))
    .execute(change)
    .await?;
    Ok(gone.rows_affected())
}

/// Sets what `major` reminds of next, or nothing any more.
pub async fn remind(change: &mut Connection, major: MajorId, due: Option<Timestamp>) -> Result<()> {
    match due {
        Some(due) => {
            sqlx::query(
                "insert into major_reminder (major, generation, due_at) values (?, 1, ?)
                 on conflict (major) do update set generation = generation + 1, due_at = excluded.due_at",
            )
            .bind(major.0)
            .bind(ms(due))
            .execute(change)
            .await?;
        }
        None => {
            sqlx::query("delete from major_reminder where major = ?")
                .bind(major.0)
                .execute(change)
                .await?;
        }
    }
    Ok(())
}

/// Reminders whose time has come: the incident, and which setting of the reminder.
pub async fn due(from: &mut Connection, now: Timestamp) -> Result<Vec<(MajorId, i64)>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "select major, generation from major_reminder where due_at <= ? order by due_at, major",
    )
    .bind(ms(now))
    .fetch_all(from)
    .await?;
    let named = |(major, generation)| (MajorId(major), generation);
    Ok(rows.into_iter().map(named).collect())
}

/// Which setting of the reminder stands for `major`.
pub async fn generation(from: &mut Connection, major: MajorId) -> Result<Option<i64>> {
    Ok(
        sqlx::query_scalar("select generation from major_reminder where major = ?")
            .bind(major.0)
            .fetch_optional(from)
            .await?,
    )
}

/// When the next reminder is due, if there is one.
pub async fn next_due(from: &mut Connection) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar("select min(due_at) from major_reminder")
        .fetch_one(from)
        .await?;
    maybe_at("major_reminder", due)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::category::Category;
    use crate::domain::errand::Errand;
    use crate::domain::major::Declaration;
    use crate::domain::notice::{Destination, Notice};
    use crate::domain::people::Actor;
    use crate::store::outbox;
    use crate::store::samples::{GUILD, MIA, RAVI, guild, now, ticket};

    async fn declared(change: &mut Connection) -> Major {
        let mut by = Actor::member(RAVI, "Ravi");
        by.standing.lead = true;
        let declaration = Declaration {
            guild: GUILD,
            title: "No VPN".into(),
            category: Category::from_key("network").expect("known"),
            status: "We look".into(),
            roles: [None; 3],
        };
        let ids = next(change, GUILD).await.expect("a number");
        let declared = Major::declare(declaration, None, ids, &by, now());
        let (mut major, happened) = declared.expect("declared");
        let events = major.record(happened, Some(RAVI), now());
        let cause = Cause::interaction(7);
        save(change, &major, &events, &cause).await.expect("saved");
        assert_eq!(
            of_cause(change, &cause).await.expect("read"),
            Some(major.clone())
        );
        major
    }

    #[sqlx::test]
    async fn an_incident_comes_back_with_its_tickets_and_people(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        guild(change).await;
        let part = ticket(change, "VPN drops").await.id;
        let major = declared(change).await;
        set_part(change, part, Some(major.id)).await.expect("set");
        assert_eq!(parts(change, major.id).await.expect("read"), [part]);
        let runs = running(change, GUILD).await.expect("read");
        assert_eq!(runs[0].titles, ["No VPN", "VPN drops"]);
        assert!(subscribe(change, major.id, MIA, now()).await.expect("put"));
        assert!(
            !subscribe(change, major.id, MIA, now())
                .await
                .expect("known")
        );
        assert_eq!(subscribers(change, major.id).await.expect("read"), [MIA]);
        let mut second = major.clone();
        (second.id, second.number) = next(change, GUILD).await.expect("a number");
        let cause = Cause::interaction(8);
        let no = save(change, &second, &[], &cause).await;
        no.expect_err("one at a time for a category");
        let mut over = major.clone();
        over.state = MajorState::Closed;
        let no = save(change, &over, &[], &cause).await;
        no.expect_err("nothing closes without a review");
    }

    #[sqlx::test]
    async fn a_reminder_that_is_set_again_is_another_one(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        guild(change).await;
        let major = declared(change).await;
        let hour = SignedDuration::from_hours(1);
        remind(change, major.id, Some(now())).await.expect("set");
        assert_eq!(due(change, now()).await.expect("read"), [(major.id, 1)]);
        remind(change, major.id, Some(now() + hour))
            .await
            .expect("set");
        assert_eq!(due(change, now()).await.expect("read"), []);
        assert_eq!(next_due(change).await.expect("read"), Some(now() + hour));
        assert_eq!(generation(change, major.id).await.expect("read"), Some(2));
        remind(change, major.id, None).await.expect("cleared");
        assert_eq!(next_due(change).await.expect("read"), None);
    }

    #[sqlx::test]
    async fn news_that_nobody_has_tried_to_say_are_taken_back(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        guild(change).await;
        let major = declared(change).await;
        let say = |name: &str, user| Errand::Say {
            to: Destination::Direct(UserId(user)),
            notice: Notice::Closed,
            name: Some(format!("major:{}:{name}", major.id)),
        };
        let all = [say("news:1:a", 1), say("news:1:b", 2), say("card", 3)];
        outbox::enqueue(change, GUILD, None, None, &all, now())
            .await
            .expect("enqueued");
        let first = outbox::ready(change, 10, now()).await.expect("read")[0].id;
        outbox::begin(change, first, now()).await.expect("begun");
        assert_eq!(withdraw_news(change, major.id).await.expect("gone"), 1);
        assert_eq!(outbox::waiting(change).await.expect("read"), 2);
    }
}
