//! Timers are rows. Each fires at most once, and a deadline that moved leaves its old timer behind.

use jiff::Timestamp;

use super::batch::{Writes, statement};
use super::rows::{at, id, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::ids::{GuildId, TicketId};

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The window for reopening ends.
    Close,
    /// The requester is asked how it went.
    Rating,
    /// Nobody rates it any more: the threads are locked.
    Lock,
    /// Somebody wanted to be reminded; the subject is the reminder.
    Remind,
    /// A vendor is to be heard of; the subject is the case.
    Vendor,
    /// The requester is silent; the subject is the step, counted from 1.
    Silence,
    /// A clock comes to a stage; the subject is both.
    Clock,
    /// Whoever is offered it has not accepted it.
    Accept,
    /// Nobody has taken it for so long that the next rung of its ladder is reached.
    Ladder,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Close,
        Self::Rating,
        Self::Lock,
        Self::Remind,
        Self::Vendor,
        Self::Silence,
        Self::Clock,
        Self::Accept,
        Self::Ladder,
    ];

    /// How the table keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Rating => "rating",
            Self::Lock => "lock",
            Self::Remind => "remind",
            Self::Vendor => "vendor",
            Self::Silence => "silence",
            Self::Clock => "clock",
            Self::Accept => "accept",
            Self::Ladder => "ladder",
        }
    }
}

/// A timer that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Of which ticket.
    pub ticket: TicketId,
    /// What for.
    pub kind: Kind,
    /// Which one of several of that kind; 0 for the ticket itself.
    pub subject: i64,
    /// Which setting of the deadline.
    pub generation: i64,
}

/// The timers of a ticket that are set anew, and to what. Those of the same kinds that were set before do not fire any more.
#[derive(Debug, Default)]
pub struct Setting {
    kinds: Vec<Kind>,
    rows: Vec<(Kind, i64, i64)>,
}

impl Setting {
    /// The one of `kind` is due then, or never.
    pub fn one(&mut self, kind: Kind, due: Option<Timestamp>) {
        self.all(kind, due.into_iter().map(|due| (0, due)));
    }

    /// Those of `kind` are these, by their subjects.
    pub fn all(&mut self, kind: Kind, due: impl IntoIterator<Item = (i64, Timestamp)>) {
        self.kinds.push(kind);
        let rows = due.into_iter();
        self.rows
            .extend(rows.map(|(subject, due)| (kind, subject, ms(due))));
    }

    /// Puts it down for `ticket`. One that was reached at the same instant before is not set again; one that does not fire
    /// any more is kept as fired at the beginning of time: a generation is never given twice, also not while its timer is firing.
    pub async fn put(self, change: &mut impl Writes, ticket: TicketId) -> Result<()> {
        if self.kinds.is_empty() && self.rows.is_empty() {
            return Ok(());
        }
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.key()).collect();
        let rows: Vec<(&str, i64, i64)> = self
            .rows
            .iter()
            .map(|(kind, subject, due)| (kind.key(), *subject, *due))
            .collect();
        let rows = serde_json::json!(rows).to_string();
        statement(
            "update timer set fired_at = 0
                 where ticket = ? and fired_at is null and kind in (select value from json_each(?)) and not exists (
                     select 1 from json_each(?)
                     where value ->> 0 = timer.kind and value ->> 1 = timer.subject and value ->> 2 = timer.due_at
                 )",
        )
        .bind(ticket.0)
        .bind(serde_json::json!(kinds).to_string())
        .bind(&rows)
        .put(change)
        .await?;
        if self.rows.is_empty() {
            return Ok(());
        }
        statement(
            "insert into timer (ticket, kind, subject, generation, due_at)
             select ?, value ->> 0, value ->> 1,
                 (
                     select coalesce(max(generation), 0) + 1 from timer
                     where ticket = ? and kind = value ->> 0 and subject = value ->> 1
                 ),
                 value ->> 2
             from json_each(?)
             where not exists (
                 select 1 from timer
                 where ticket = ? and kind = value ->> 0 and subject = value ->> 1 and due_at = value ->> 2
                     and fired_at is not 0
             )",
        )
        .bind(ticket.0)
        .bind(ticket.0)
        .bind(rows)
        .bind(ticket.0)
        .put(change)
        .await
    }
}

/// Sets the one timer of `kind` for `ticket` to `due`, or clears it. Timers set before do not fire any more.
pub async fn set(
    change: &mut impl Writes,
    ticket: TicketId,
    kind: Kind,
    due: Option<Timestamp>,
) -> Result<()> {
    let mut setting = Setting::default();
    setting.one(kind, due);
    setting.put(change, ticket).await
}

/// Sets one more timer of `kind` for `ticket`, beside those that there are: the one of that `subject`.
pub async fn add(
    change: &mut impl Writes,
    ticket: TicketId,
    kind: Kind,
    subject: i64,
    due: Timestamp,
) -> Result<()> {
    let mut setting = Setting::default();
    setting.rows.push((kind, subject, ms(due)));
    setting.put(change, ticket).await
}

/// Timers whose time has come, oldest first. Who is moved up a tier is not offered to the next person below it first.
pub async fn due(from: &mut Connection, limit: u32, now: Timestamp) -> Result<Vec<Due>> {
    let rows: Vec<(i64, String, i64, i64)> = sqlx::query_as(
        "select ticket, kind, subject, generation from timer where fired_at is null and due_at <= ? and kind <> 'clock'
         order by due_at, ticket, kind = 'ladder' desc limit ?",
    )
    .bind(ms(now))
    .bind(limit)
    .fetch_all(from)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(ticket, kind, subject, generation)| {
            let kind = Kind::ALL.into_iter().find(|known| known.key() == kind)?;
            Some(Due {
                ticket: TicketId(ticket),
                kind,
                subject,
                generation,
            })
        })
        .collect())
}

/// The rungs of ladders that were to be reached before `until` and were not, with their desks, oldest first.
pub async fn late_rungs(from: &mut Connection, until: Timestamp) -> Result<Vec<(GuildId, Due)>> {
    let rows: Vec<(i64, i64, i64, i64)> = sqlx::query_as(
        "select k.guild, t.ticket, t.subject, t.generation from timer t join ticket k on k.id = t.ticket
         where t.fired_at is null and t.due_at < ? and t.kind = 'ladder' order by k.guild, t.due_at, t.ticket",
    )
    .bind(ms(until))
    .fetch_all(from)
    .await?;
    let late = |(guild, ticket, subject, generation)| {
        let due = Due {
            ticket: TicketId(ticket),
            kind: Kind::Ladder,
            subject,
            generation,
        };
        (GuildId(id(guild)), due)
    };
    Ok(rows.into_iter().map(late).collect())
}

/// It has fired: never again.
pub async fn fired(change: &mut Connection, timer: Due, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update timer set fired_at = ? where ticket = ? and kind = ? and subject = ? and generation = ?",
    )
        .bind(ms(now))
        .bind(timer.ticket.0)
        .bind(timer.kind.key())
        .bind(timer.subject)
        .bind(timer.generation)
        .execute(change)
        .await?;
    Ok(())
}

/// A timer that should have fired and did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// On which desk.
    pub guild: GuildId,
    /// Which: ticket, kind, subject, and generation.
    key: (i64, String, i64, i64),
    /// When it was due.
    pub due_at: Timestamp,
    /// When that was noticed.
    pub missed_at: Option<Timestamp>,
    /// When the leads were told.
    pub told_at: Option<Timestamp>,
}

/// Timers that were due before `until` and have not fired, oldest first.
pub async fn missed(from: &mut Connection, until: Timestamp) -> Result<Vec<Missed>> {
    type Columns = (i64, i64, String, i64, i64, i64, Option<i64>, Option<i64>);
    let rows: Vec<Columns> = sqlx::query_as(
        "select k.guild, t.ticket, t.kind, t.subject, t.generation, t.due_at, t.missed_at, t.told_at from timer t join ticket k on k.id = t.ticket
         where t.fired_at is null and t.due_at < ? order by k.guild, t.due_at, t.ticket",
    )
    .bind(ms(until))
    .fetch_all(from)
    .await?;
    let missed = |columns: Columns| {
        let (guild, ticket, kind, subject, generation, due_at, missed_at, told_at) = columns;
        Ok(Missed {
            guild: GuildId(id(guild)),
            key: (ticket, kind, subject, generation),
            due_at: at("timer", due_at)?,
            missed_at: maybe_at("timer", missed_at)?,
            told_at: maybe_at("timer", told_at)?,
        })
    };
    rows.into_iter().map(missed).collect()
}

/// It was noticed at `now` that it did not fire, or, where that was known, the leads are told.
pub async fn put_missed(change: &mut Connection, timer: &Missed, now: Timestamp) -> Result<()> {
    let (ticket, kind, subject, generation) = &timer.key;
    sqlx::query(
        "update timer set told_at = iif(missed_at is null, null, ?1), missed_at = coalesce(missed_at, ?1)
         where ticket = ?2 and kind = ?3 and subject = ?4 and generation = ?5",
    )
    .bind(ms(now))
    .bind(ticket)
    .bind(kind)
    .bind(subject)
    .bind(generation)
    .execute(change)
    .await?;
    Ok(())
}

/// When the next timer is due, if there is one.
pub async fn next_due(from: &mut Connection) -> Result<Option<Timestamp>> {
    let due: Option<i64> =
        sqlx::query_scalar("select min(due_at) from timer where fired_at is null")
            .fetch_one(from)
            .await?;
    maybe_at("timer", due)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{guild, now, ticket};

    #[sqlx::test]
    async fn a_deadline_that_moves_leaves_one_timer_of_a_new_generation(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let id = ticket(&mut connection, "VPN").await.id;
        let hour = SignedDuration::from_hours(1);
        set(&mut connection, id, Kind::Close, Some(now()))
            .await
            .expect("set");
        set(&mut connection, id, Kind::Close, Some(now()))
            .await
            .expect("set to the same");
        let first = due(&mut connection, 10, now()).await.expect("read");
        assert_eq!(
            first,
            [Due {
                ticket: id,
                kind: Kind::Close,
                subject: 0,
                generation: 1
            }]
        );
        fired(&mut connection, first[0], now())
            .await
            .expect("fired");
        set(&mut connection, id, Kind::Close, Some(now()))
            .await
            .expect("it has fired for this instant");
        assert!(
            due(&mut connection, 10, now() + hour)
                .await
                .expect("read")
                .is_empty()
        );
        set(&mut connection, id, Kind::Close, Some(now() + hour))
            .await
            .expect("moved");
        assert_eq!(
            next_due(&mut connection).await.expect("read"),
            Some(now() + hour)
        );
        assert_eq!(
            due(&mut connection, 10, now() + hour).await.expect("read")[0].generation,
            2
        );
        set(&mut connection, id, Kind::Close, None)
            .await
            .expect("cleared");
        assert_eq!(next_due(&mut connection).await.expect("read"), None);
    }
}
