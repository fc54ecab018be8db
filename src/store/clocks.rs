//! When a desk is open, and what it promises.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::batch::{Writes, statement};
use super::rows::{at, bad, column, id, json, maybe_at};
use super::timers::{Kind, Setting};
use super::{Connection, Result, ms};
use crate::domain::calendar::Hours;
use crate::domain::clocks::{Ahead, Book, ClockKind, Kept, StageKind};
use crate::domain::ids::{GuildId, TicketId, UserId};

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

/// A file of calendars and promises that somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// On which desk.
    pub guild: GuildId,
    /// Who.
    pub by: UserId,
    /// What held when they looked.
    pub base: String,
    /// What it says, as JSON.
    pub plan: String,
}

/// One that was not confirmed for so long is forgotten.
const FILE_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Keeps it until it is confirmed, for a day. Gives its row.
pub async fn keep_file(change: &mut Connection, file: &PolicyFile, now: Timestamp) -> Result<i64> {
    sqlx::query("delete from policy_file where at < ?")
        .bind(ms(now - FILE_KEPT))
        .execute(&mut *change)
        .await?;
    let kept = sqlx::query_scalar(
        "insert into policy_file (guild, by, at, base, plan) values (?, ?, ?, ?, ?) returning id",
    )
    .bind(column(file.guild.0))
    .bind(column(file.by.0))
    .bind(ms(now))
    .bind(&file.base)
    .bind(&file.plan)
    .fetch_one(change)
    .await?;
    Ok(kept)
}

/// Takes it out, for the one who looked at it there; once.
pub async fn take_file(
    change: &mut Connection,
    guild: GuildId,
    by: UserId,
    file: i64,
) -> Result<Option<PolicyFile>> {
    let row: Option<(String, String)> = sqlx::query_as(
        "delete from policy_file where id = ? and guild = ? and by = ? returning base, plan",
    )
    .bind(file)
    .bind(column(guild.0))
    .bind(column(by.0))
    .fetch_optional(change)
    .await?;
    Ok(row.map(|(base, plan)| PolicyFile {
        guild,
        by,
        base,
        plan,
    }))
}

/// A clock has run out only from the first instant after its due: so much later its timer fires.
const AFTER_DUE: SignedDuration = SignedDuration::from_millis(1);

/// Puts down what the clocks of `ticket` go by.
pub async fn set(change: &mut impl Writes, ticket: TicketId, kept: &Kept) -> Result<()> {
    let clocks = serde_json::to_string(kept).map_err(|error| bad("ticket", error.to_string()))?;
    statement("update ticket set clocks = ? where id = ?")
        .bind(clocks)
        .bind(ticket.0)
        .put(change)
        .await
}

/// The timers of these stages, by their subjects. A stage that was reached at the same instant before is not set again.
pub fn timers(ahead: &[Ahead]) -> impl Iterator<Item = (i64, Timestamp)> {
    ahead
        .iter()
        .map(|one| (subject(one.clock, one.stage), fires_at(one)))
}

/// Sets the timers of the clocks of `ticket` to these stages; those that were set to others do not fire any more.
pub async fn arm(change: &mut impl Writes, ticket: TicketId, ahead: &[Ahead]) -> Result<()> {
    let mut setting = Setting::default();
    setting.all(Kind::Clock, timers(ahead));
    setting.put(change, ticket).await
}

fn fires_at(ahead: &Ahead) -> Timestamp {
    match ahead.stage {
        StageKind::Breach => ahead.at + AFTER_DUE,
        _ => ahead.at,
    }
}

/// What a timer's row knows a stage by: the clock and the stage, counted from 1.
fn subject(clock: ClockKind, stage: StageKind) -> i64 {
    let place = |found: Option<usize>| found.and_then(|place| i64::try_from(place + 1).ok());
    let clock = place(ClockKind::ALL.iter().position(|one| *one == clock));
    let stage = place(StageKind::ALL.iter().position(|one| *one == stage));
    clock.unwrap_or(0) * 10 + stage.unwrap_or(0)
}

fn of_subject(subject: i64) -> Option<(ClockKind, StageKind)> {
    let all = ClockKind::ALL
        .into_iter()
        .flat_map(|clock| StageKind::ALL.into_iter().map(move |stage| (clock, stage)));
    let mut fits = all.filter(|(clock, stage)| self::subject(*clock, *stage) == subject);
    fits.next()
}

/// A stage whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// On which desk.
    pub guild: GuildId,
    /// Of which ticket.
    pub ticket: TicketId,
    /// Which.
    pub ahead: Ahead,
    /// Which setting of its timer.
    pub generation: i64,
}

/// The stages whose time has come and that were not taken yet, oldest first.
pub async fn reached(from: &mut Connection, now: Timestamp) -> Result<Vec<Reached>> {
    let rows: Vec<(i64, i64, i64, i64, i64)> = sqlx::query_as(
        "select k.guild, t.ticket, t.subject, t.generation, t.due_at from timer t
         join ticket k on k.id = t.ticket
         where t.fired_at is null and t.due_at <= ? and t.kind = 'clock' order by t.due_at, t.ticket, t.subject",
    )
    .bind(ms(now))
    .fetch_all(from)
    .await?;
    let reached = rows
        .into_iter()
        .map(|(guild, ticket, subject, generation, due)| {
            let Some((clock, stage)) = of_subject(subject) else {
                return Err(bad("timer", format!("no stage is known by {subject}")));
            };
            let due = at("timer", due)?;
            let at = if stage == StageKind::Breach {
                due - AFTER_DUE
            } else {
                due
            };
            Ok(Reached {
                guild: GuildId(id(guild)),
                ticket: TicketId(ticket),
                ahead: Ahead { clock, stage, at },
                generation,
            })
        });
    reached.collect()
}

/// They were taken: never again.
pub async fn taken(change: &mut impl Writes, reached: &[Reached], now: Timestamp) -> Result<()> {
    let row = |one: &Reached| {
        let subject = subject(one.ahead.clock, one.ahead.stage);
        serde_json::json!({"ticket": one.ticket.0, "subject": subject, "generation": one.generation})
    };
    let rows: Vec<serde_json::Value> = reached.iter().map(row).collect();
    statement(
        "update timer set fired_at = ? from json_each(?) as took
         where kind = 'clock' and ticket = took.value ->> 'ticket' and subject = took.value ->> 'subject'
             and generation = took.value ->> 'generation' and fired_at is null",
    )
    .bind(ms(now))
    .bind(serde_json::Value::from(rows).to_string())
    .put(change)
    .await
}

/// A clock that ran out and is told to the leads once a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily {
    /// On which desk.
    pub guild: GuildId,
    /// Whose.
    pub ticket: TicketId,
    /// Which.
    pub clock: ClockKind,
    /// When it ran out.
    pub at: Timestamp,
}

/// Keeps one for the post of the day.
pub async fn keep_for_the_day(
    change: &mut impl Writes,
    line: Daily,
    say_at: Timestamp,
) -> Result<()> {
    statement(
        "insert into digest_line (guild, ticket, clock, at, say_at) values (?, ?, ?, ?, ?) on conflict do nothing",
    )
    .bind(column(line.guild.0))
    .bind(line.ticket.0)
    .bind(line.clock.key())
    .bind(ms(line.at))
    .bind(ms(say_at))
    .put(change)
    .await
}

/// Takes out what is to be told by now, oldest first.
pub async fn take_for_the_day(change: &mut Connection, now: Timestamp) -> Result<Vec<Daily>> {
    let rows: Vec<(i64, i64, String, i64)> = sqlx::query_as(
        // Where there is a digest each day, it tells them.
        "delete from digest_line where say_at <= ? and guild not in (select guild from digest where daily = 1)
         returning guild, ticket, clock, at",
    )
    .bind(ms(now))
    .fetch_all(change)
    .await?;
    taken_out(rows)
}

/// Takes out what is to be told to the leads of `guild` with their digest of the day, oldest first.
pub async fn take_for_digest(change: &mut Connection, guild: GuildId) -> Result<Vec<Daily>> {
    let rows: Vec<(i64, i64, String, i64)> = sqlx::query_as(
        "delete from digest_line where guild = ? returning guild, ticket, clock, at",
    )
    .bind(column(guild.0))
    .fetch_all(change)
    .await?;
    taken_out(rows)
}

fn taken_out(rows: Vec<(i64, i64, String, i64)>) -> Result<Vec<Daily>> {
    let mut lines: Vec<Daily> = rows
        .into_iter()
        .map(|(guild, ticket, clock, ran_out)| {
            let mut clocks = ClockKind::ALL.into_iter();
            Ok(Daily {
                guild: GuildId(id(guild)),
                ticket: TicketId(ticket),
                clock: super::rows::known(
                    "digest_line",
                    &clock,
                    clocks.find(|one| one.key() == clock),
                )?,
                at: at("digest_line", ran_out)?,
            })
        })
        .collect::<Result<_>>()?;
    lines.sort_by_key(|line| (line.guild, line.at, line.ticket));
    Ok(lines)
}

/// When the next post of the day is due, if there is one.
pub async fn next_day(from: &mut Connection) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar(
        "select min(say_at) from digest_line where guild not in (select guild from digest where daily = 1)",
    )
    .fetch_one(from)
    .await?;
    maybe_at("digest_line", due)
}

/// The tickets of `guild`, or of all desks, whose clocks can still run.
pub async fn living(from: &mut Connection, guild: Option<GuildId>) -> Result<Vec<TicketId>> {
    let rows: Vec<(i64,)> = sqlx::query_as(
        "select id from ticket where (?1 is null or guild = ?1)
             and state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor', 'resolved')
         order by id",
    )
    .bind(guild.map(|guild| column(guild.0)))
    .fetch_all(from)
    .await?;
    Ok(rows.into_iter().map(|(ticket,)| TicketId(ticket)).collect())
}

/// With which time zone database the timers were last computed.
pub async fn zones(from: &mut Connection) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select zones from install")
        .fetch_one(from)
        .await?)
}

/// They were computed with this one.
pub async fn put_zones(change: &mut Connection, zones: &str) -> Result<()> {
    sqlx::query("update install set zones = ?")
        .bind(zones)
        .execute(change)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
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
    async fn a_file_is_taken_once_by_who_gave_it_and_forgotten_after_a_day(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let connection = &mut *connection;
        let file = PolicyFile {
            guild: GUILD,
            by: MIA,
            base: "1/2".to_owned(),
            plan: "{}".to_owned(),
        };
        let id = keep_file(connection, &file, now()).await.expect("kept");
        let take = async |connection: &mut Connection, guild, by, id| {
            let taken = take_file(connection, guild, by, id).await;
            taken.expect("taken")
        };
        assert_eq!(take(connection, GUILD, UserId(99), id).await, None);
        assert_eq!(take(connection, GuildId(9), MIA, id).await, None);
        assert_eq!(take(connection, GUILD, MIA, id).await, Some(file.clone()));
        assert_eq!(take(connection, GUILD, MIA, id).await, None);
        let old = keep_file(connection, &file, now()).await.expect("kept");
        let later = now() + SignedDuration::from_hours(25);
        keep_file(connection, &file, later).await.expect("kept");
        assert_eq!(take(connection, GUILD, MIA, old).await, None);
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

    #[sqlx::test]
    async fn a_stage_is_taken_once_and_one_that_moved_leaves_its_old_timer_behind(
        pool: SqlitePool,
    ) {
        let mut connection = pool.acquire().await.expect("a connection");
        let connection = &mut *connection;
        guild(connection).await;
        let id = crate::store::samples::ticket(connection, "VPN").await.id;
        let ahead = |stage, at| Ahead {
            clock: ClockKind::Resolution,
            stage,
            at,
        };
        let hour = SignedDuration::from_hours(1);
        let warned = ahead(StageKind::Warn75, now());
        let breached = ahead(StageKind::Breach, now() + hour);
        for _ in 0..2 {
            arm(connection, id, &[warned, breached])
                .await
                .expect("armed");
        }
        let first = reached(connection, now() + hour).await.expect("read");
        assert_eq!(
            first.len(),
            1,
            "at its due it has not run out yet: {first:?}"
        );
        assert_eq!((first[0].ahead, first[0].guild), (warned, GUILD));
        taken(connection, &first, now()).await.expect("taken");
        arm(connection, id, &[warned, breached])
            .await
            .expect("armed");
        assert_eq!(reached(connection, now()).await.expect("read"), []);
        let after = now() + hour + SignedDuration::from_millis(1);
        let late = reached(connection, after).await.expect("read");
        assert_eq!(late[0].ahead, breached);
        let moved = ahead(StageKind::Breach, now() + hour * 2);
        arm(connection, id, &[warned, moved]).await.expect("armed");
        assert_eq!(reached(connection, after).await.expect("read"), []);
        taken(connection, &late, after).await.expect("too late");
        let later = reached(connection, after + hour).await.expect("read");
        assert_eq!(later.len(), 1);
        assert_eq!((later[0].ahead, later[0].generation), (moved, 2));
        arm(connection, id, &[]).await.expect("stands still");
        assert_eq!(reached(connection, after + hour).await.expect("read"), []);
    }

    #[sqlx::test]
    async fn what_is_told_once_a_day_is_taken_once(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let connection = &mut *connection;
        guild(connection).await;
        let line = Daily {
            guild: GUILD,
            ticket: crate::store::samples::ticket(connection, "VPN").await.id,
            clock: ClockKind::FirstResponse,
            at: now(),
        };
        let later = now() + SignedDuration::from_hours(1);
        for _ in 0..2 {
            keep_for_the_day(connection, line, later)
                .await
                .expect("kept");
        }
        assert_eq!(next_day(connection).await.expect("read"), Some(later));
        assert_eq!(
            take_for_the_day(connection, now()).await.expect("taken"),
            []
        );
        assert_eq!(
            take_for_the_day(connection, later).await.expect("taken"),
            [line]
        );
        assert_eq!(next_day(connection).await.expect("read"), None);
    }
}
