//! What reports need of tickets that have ended, made of their events once.
//!
//! A report of a month looks at tens of thousands of tickets: to read a line of each takes a tenth of the time that reading all
//! that happened to them does. A line is used as long as nothing happened to its ticket since; nothing else depends on it.

use data_encoding::BASE64_NOPAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::rows::{at, bad, column, id, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::clocks::{ClockKind, Moment, Move};
use crate::domain::ids::{GuildId, Number, TicketId, UserId};
use crate::domain::priority::Priority;
use crate::domain::report::{Deed, Life, Period};
use crate::domain::stays::{Left, Stay};
use crate::domain::ticket::Score;
use crate::domain::tier::Tier;

const TABLE: &str = "life";

/// The form that this program writes and reads. Whoever changes [`Kept`], or what a [`Life`] takes from the events, counts it up.
const FORM: i64 = 1;

/// Where somebody did something: when, who, at which tier.
type Done = (i64, Option<UserId>, Tier);

/// A life as it is kept. Instants are milliseconds after `from`, which is in milliseconds itself: small to keep and quick to read.
#[derive(Serialize, Deserialize)]
struct Kept {
    number: i64,
    /// The version of what was promised.
    policy: i64,
    from: i64,
    category: String,
    priority: Priority,
    stays: Vec<(Tier, i64, i64, Left)>,
    moments: Vec<(i64, Move)>,
    window: i64,
    held: Vec<(i64, Option<UserId>)>,
    answered: Vec<Done>,
    resolved: Vec<Done>,
    reopened: Vec<i64>,
    closed: Option<i64>,
    out: bool,
    follows: bool,
    taken: Vec<(i64, Done)>,
    handed_over: Vec<Done>,
    bounced: Vec<Done>,
    returned: Vec<Done>,
    ratings: Vec<(i64, Option<Score>, Option<Done>)>,
    waived: Vec<(ClockKind, i64)>,
    hands: usize,
    messages: usize,
    touched: bool,
}

impl Kept {
    fn of(life: &Life, policy: i64) -> Self {
        let from = ms(life.opened_at);
        let after = |at: Timestamp| ms(at) - from;
        let done = |deed: &Deed| (after(deed.at), deed.by, deed.tier);
        let all = |deeds: &[Deed]| deeds.iter().map(done).collect();
        Self {
            number: life.number.0,
            policy,
            from,
            category: life.category.clone(),
            priority: life.priority,
            stays: life
                .stays
                .iter()
                .map(|stay| (stay.tier, after(stay.from), after(stay.until), stay.left))
                .collect(),
            moments: life
                .moments
                .iter()
                .map(|moment| (after(moment.at), moment.what))
                .collect(),
            window: life.window.as_secs(),
            held: life.held.iter().map(|(at, by)| (after(*at), *by)).collect(),
            answered: all(&life.answered),
            resolved: all(&life.resolved),
            reopened: life.reopened.iter().map(|at| after(*at)).collect(),
            closed: life.closed_at.map(after),
            out: life.out,
            follows: life.follows,
            taken: life
                .taken
                .iter()
                .map(|(since, deed)| (after(*since), done(deed)))
                .collect(),
            handed_over: all(&life.handed_over),
            bounced: all(&life.bounced),
            returned: all(&life.returned),
            ratings: life
                .ratings
                .iter()
                .map(|(at, score, of)| (after(*at), *score, of.as_ref().map(done)))
                .collect(),
            waived: life
                .waived
                .iter()
                .map(|(clock, at)| (*clock, after(*at)))
                .collect(),
            hands: life.hands,
            messages: life.messages,
            touched: life.touched,
        }
    }

    fn life(self) -> Result<Life> {
        let from = self.from;
        let then = |after: i64| at(TABLE, from + after);
        let deed = |(after, by, tier): Done| {
            Ok(Deed {
                at: then(after)?,
                by,
                tier,
            })
        };
        let all = |done: Vec<Done>| done.into_iter().map(deed).collect::<Result<_>>();
        Ok(Life {
            number: Number(self.number),
            opened_at: then(0)?,
            category: self.category,
            priority: self.priority,
            stays: each(self.stays, |(tier, from, until, left)| {
                Ok(Stay {
                    tier,
                    from: then(from)?,
                    until: then(until)?,
                    left,
                })
            })?,
            held: each(self.held, |(at, by)| Ok((then(at)?, by)))?,
            answered: all(self.answered)?,
            resolved: all(self.resolved)?,
            reopened: each(self.reopened, then)?,
            reopened_later: Vec::new(),
            closed_at: self.closed.map(then).transpose()?,
            out: self.out,
            follows: self.follows,
            taken: each(self.taken, |(since, done)| Ok((then(since)?, deed(done)?)))?,
            handed_over: all(self.handed_over)?,
            bounced: all(self.bounced)?,
            returned: all(self.returned)?,
            ratings: each(self.ratings, |(at, score, of)| {
                Ok((then(at)?, score, of.map(deed).transpose()?))
            })?,
            waited: Default::default(),
            waived: each(self.waived, |(clock, at)| Ok((clock, then(at)?)))?,
            moments: each(self.moments, |(at, what)| {
                Ok(Moment {
                    at: then(at)?,
                    what,
                })
            })?,
            hands: self.hands,
            messages: self.messages,
            touched: self.touched,
            window: SignedDuration::from_secs(self.window),
        })
    }
}

fn each<A, B>(all: Vec<A>, make: impl FnMut(A) -> Result<B>) -> Result<Vec<B>> {
    all.into_iter().map(make).collect()
}

/// The lives that are kept, a line each, not read yet.
#[derive(Clone, Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Each of them.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

/// What one line says: the life of a ticket, and the version of what was promised.
pub fn read(line: &str) -> Result<(Life, i64)> {
    let body = BASE64_NOPAD.decode(line.as_bytes()).map_err(unreadable)?;
    let kept: Kept = postcard::from_bytes(&body).map_err(unreadable)?;
    let policy = kept.policy;
    Ok((kept.life()?, policy))
}

fn unreadable(why: impl std::fmt::Display) -> super::Error {
    bad(TABLE, why.to_string())
}

/// One of so many shares of all tickets, counted from 0: what is read side by side.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    /// Which.
    pub place: u32,
    /// Of how many, at least one.
    pub of: u32,
}

/// Of the tickets of `guild` in that slice that go on, or ended and changed last in or after `period`: the lives that are kept, if
/// nothing happened to the ticket after the period; and the ids of the others, as JSON. Both are of one instant: no ticket is in
/// both, and none is in neither.
pub(super) async fn of_period(
    from: &mut Connection,
    guild: GuildId,
    period: Period,
    slice: Slice,
) -> Result<(Lines, String)> {
    // In one value each: a row of its own for every ticket costs more than what is in it.
    let (lines, others): (Option<String>, String) = sqlx::query_as(
        "select group_concat(l.body, char(10)), json_group_array(t.id) filter (where l.ticket is null)
         from (
             -- One half for what goes on, one for what ended: each has its own index.
             select id, last_seq from ticket
             where guild = ?1 and state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor')
                 and opened_at < ?3 and id % ?5 = ?6
             union all
             select id, last_seq from ticket
             where guild = ?1 and state in ('resolved', 'closed', 'cancelled', 'merged') and changed_at >= ?2
                 and opened_at < ?3 and id % ?5 = ?6
         ) t
         left join life l on l.ticket = t.id and l.seq = t.last_seq and l.form = ?4 and l.last_at < ?3",
    )
    .bind(column(guild.0))
    .bind(ms(period.from))
    .bind(ms(period.until))
    .bind(FORM)
    .bind(slice.of)
    .bind(slice.place)
    .fetch_one(from)
    .await?;
    Ok((Lines(lines.unwrap_or_default()), others))
}

/// Lets go of every life that is kept of the tickets of `guild`. They are made of the events again.
pub async fn forget(change: &mut Connection, guild: GuildId) -> Result<()> {
    sqlx::query("delete from life where ticket in (select id from ticket where guild = ?)")
        .bind(column(guild.0))
        .execute(change)
        .await?;
    Ok(())
}

/// A ticket that has ended, and whose life is not kept as it stands.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Which.
    pub ticket: TicketId,
    /// Its number.
    pub number: Number,
    /// Whose.
    pub requester: UserId,
    /// The version of what it was promised.
    pub policy: i64,
    /// Its last event.
    pub seq: i64,
    /// When it changed last.
    pub changed_at: Timestamp,
}

/// So many of those that changed in or after `since`, in the order in which they did.
pub async fn missing(from: &mut Connection, since: Timestamp, at_most: u32) -> Result<Vec<Ended>> {
    #[derive(FromRow)]
    struct Row {
        id: i64,
        number: i64,
        requester: i64,
        policy: i64,
        last_seq: i64,
        changed_at: i64,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "select t.id, t.number, t.requester, coalesce(t.clocks ->> 'policy', 0) as policy, t.last_seq, t.changed_at
         from guild g
         join ticket t on t.guild = g.id and t.state in ('resolved', 'closed', 'cancelled', 'merged') and t.changed_at >= ?
         where not exists (select 1 from life l where l.ticket = t.id and l.seq = t.last_seq and l.form = ?)
         order by t.changed_at, t.id limit ?",
    )
    .bind(ms(since))
    .bind(FORM)
    .bind(at_most)
    .fetch_all(from)
    .await?;
    let ended = |row: Row| {
        Ok(Ended {
            ticket: TicketId(row.id),
            number: Number(row.number),
            requester: UserId(id(row.requester)),
            policy: row.policy,
            seq: row.last_seq,
            changed_at: at(TABLE, row.changed_at)?,
        })
    };
    rows.into_iter().map(ended).collect()
}

/// When a ticket that has ended changed last.
pub async fn last_change(from: &mut Connection) -> Result<Option<Timestamp>> {
    let last: Option<i64> = sqlx::query_scalar(
        "select max((
             select max(t.changed_at) from ticket t
             where t.guild = g.id and t.state in ('resolved', 'closed', 'cancelled', 'merged')
         )) from guild g",
    )
    .fetch_one(from)
    .await?;
    maybe_at(TABLE, last)
}

/// Keeps the life of `ticket`, which was promised that version, as it stands after that many events, the last of them at `last_at`.
pub async fn keep(
    change: &mut Connection,
    ticket: TicketId,
    (life, policy): (&Life, i64),
    (seq, last_at): (i64, Timestamp),
) -> Result<()> {
    let body = postcard::to_stdvec(&Kept::of(life, policy)).map_err(unreadable)?;
    sqlx::query(
        "insert or replace into life (ticket, seq, last_at, form, body) values (?, ?, ?, ?, ?)",
    )
    .bind(ticket.0)
    .bind(seq)
    .bind(ms(last_at))
    .bind(FORM)
    .bind(BASE64_NOPAD.encode(&body))
    .execute(change)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::state::State;
    use crate::store::samples::{GUILD, MIA, RAVI, guild, now, ticket};

    /// A life in which everything happened.
    fn full() -> Life {
        let minute = |n: i64| now() + SignedDuration::from_mins(n) + SignedDuration::from_millis(7);
        let deed = |n: i64, by| Deed {
            at: minute(n),
            by,
            tier: Tier::L2,
        };
        Life {
            number: Number(31),
            opened_at: minute(0),
            category: "network".into(),
            priority: Priority::P2,
            stays: vec![Stay {
                tier: Tier::L3,
                from: minute(1),
                until: minute(2),
                left: Left::Up,
            }],
            held: vec![(minute(3), Some(RAVI)), (minute(4), None)],
            answered: vec![deed(5, Some(RAVI))],
            resolved: vec![deed(6, None)],
            reopened: vec![minute(7)],
            reopened_later: Vec::new(),
            closed_at: Some(minute(8)),
            out: true,
            follows: true,
            taken: vec![(minute(9), deed(10, Some(RAVI)))],
            handed_over: vec![deed(11, Some(RAVI))],
            bounced: vec![deed(12, Some(RAVI))],
            returned: vec![deed(13, None)],
            ratings: vec![
                (minute(14), Score::of(4), Some(deed(6, None))),
                (minute(15), None, None),
            ],
            waited: Default::default(),
            waived: vec![(ClockKind::Resolution, minute(16))],
            moments: vec![
                Moment {
                    at: minute(0),
                    what: Move::Created(Priority::P3),
                },
                Moment {
                    at: minute(17),
                    what: Move::To(State::WaitingVendor),
                },
                Moment {
                    at: minute(18),
                    what: Move::Part(true),
                },
            ],
            hands: 2,
            messages: 3,
            touched: true,
            window: SignedDuration::from_hours(120),
        }
    }

    async fn of_june(from: &mut Connection) -> Vec<Life> {
        let period = Period {
            from: now() - SignedDuration::from_hours(24),
            until: now() + SignedDuration::from_hours(24),
        };
        let mut lives = Vec::new();
        for place in 0..2 {
            let slice = Slice { place, of: 2 };
            let found = of_period(from, GUILD, period, slice).await;
            let (lines, _) = found.expect("read");
            lives.extend(lines.each().map(|line| read(line).expect("a life").0));
        }
        lives
    }

    #[sqlx::test]
    async fn what_is_kept_comes_back_until_something_happens_to_the_ticket(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let connection = &mut *connection;
        guild(connection).await;
        let ended = ticket(connection, "VPN").await;
        assert!(
            missing(connection, Timestamp::MIN, 9)
                .await
                .expect("read")
                .is_empty()
        );
        sqlx::query("update ticket set state = 'cancelled'")
            .execute(&mut *connection)
            .await
            .expect("ended");
        let found = missing(connection, Timestamp::MIN, 9).await.expect("read");
        assert_eq!(
            found
                .iter()
                .map(|one| (one.ticket, one.requester))
                .collect::<Vec<_>>(),
            [(ended.id, MIA)]
        );
        let last = (ended.last_seq, now());
        keep(connection, ended.id, (&full(), 7), last)
            .await
            .expect("kept");
        assert!(
            missing(connection, Timestamp::MIN, 9)
                .await
                .expect("read")
                .is_empty()
        );
        assert_eq!(of_june(connection).await, [full()]);

        sqlx::query("update ticket set last_seq = last_seq + 1")
            .execute(&mut *connection)
            .await
            .expect("something happened");
        assert_eq!(of_june(connection).await, []);
        assert_eq!(
            missing(connection, Timestamp::MIN, 9)
                .await
                .expect("read")
                .len(),
            1
        );
    }

    /// Where this fails, what is kept has another form, or a life holds something else: count [`FORM`] up, and then accept it.
    #[test]
    fn what_is_kept_has_this_form() {
        let body = postcard::to_stdvec(&Kept::of(&full(), 7)).expect("bytes");
        insta::assert_snapshot!(format!("{FORM}: {}", BASE64_NOPAD.encode(&body)), @"1: Pg6O2pKo2WcHbmV0d29yawEBAsCpB4DTDgADAAACwMF8AwSA64MBBgGA3jQCwPwVAQuAph0AAcDPJAELAQGA+SsAAQHAojMBgMw6AQEBwPVBgJ9JAQsBAcDIUAELAQGA8lcBCwEBwJtfAAECgMVmAQQBgPkrAAHA7m0AAAECgJh1AgMB");
    }
}
