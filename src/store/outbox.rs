//! Work to be done on Discord, and how far it is.

use jiff::Timestamp;
use sqlx::FromRow;

use super::batch::{Writes, statement};
use super::rows::{bad, column, id, json, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::errand::{Errand, ThreadKind};
use crate::domain::ids::{ChannelId, GuildId, MessageId, Number, OutboxId, TicketId};

const TABLE: &str = "outbox";

/// So many rows back is lately.
const LATELY: i64 = 1_000;

/// A row that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its id: part of the nonce.
    pub id: OutboxId,
    /// Whose desk.
    pub guild: GuildId,
    /// About which ticket.
    pub ticket: Option<TicketId>,
    /// The event that caused it.
    pub event: Option<i64>,
    /// Its lane.
    pub lane: String,
    /// What to do.
    pub errand: Errand,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was tried first.
    pub first_tried_at: Option<Timestamp>,
    /// For an amendment: where the message stands that bears the name.
    pub amends: Option<(ChannelId, MessageId)>,
}

/// Enqueues `errands`, in order, due at once. `event` is the event that caused them. What needs a thread waits for the
/// row that opens it, and an amendment for the message it changes. From here on the staff of a ticket have a thread, if they
/// were promised one.
pub async fn enqueue(
    change: &mut impl Writes,
    guild: GuildId,
    ticket: Option<TicketId>,
    event: Option<i64>,
    errands: &[Errand],
    now: Timestamp,
) -> Result<()> {
    for errand in errands {
        let lane = match (ticket, errand.lane()) {
            (Some(ticket), lane) if lane == "thread" || lane == "staff" => {
                format!("{guild}:{ticket}:{lane}")
            }
            (_, lane) => format!("{guild}:{lane}"),
        };
        let (name, amends) = match errand {
            Errand::Say { name, .. } => (name.as_deref(), None),
            Errand::Amend { name, .. }
            | Errand::SayAgain { name, .. }
            | Errand::OpenRoom { name, .. } => (None, Some(name.as_str())),
            _ => (None, None),
        };
        let body = serde_json::to_string(errand).map_err(|error| bad(TABLE, error.to_string()))?;
        statement(
            "insert into outbox (guild, ticket, event, lane, needs, name, errand, due_at)
             values (?, ?, ?, ?, (select id from outbox where name = ?), ?, ?, ?)",
        )
        .bind(column(guild.0))
        .bind(ticket.map(|ticket| ticket.0))
        .bind(event)
        .bind(lane)
        .bind(amends)
        .bind(name)
        .bind(body)
        .bind(ms(now))
        .put(change)
        .await?;
        if let (Some(ticket), Errand::OpenThread { thread }) = (ticket, errand)
            && *thread == ThreadKind::Staff
        {
            statement("update ticket set staffed = 1 where id = ?")
                .bind(ticket.0)
                .put(change)
                .await?;
        }
    }
    Ok(())
}

#[derive(FromRow)]
struct Row {
    id: i64,
    guild: i64,
    ticket: Option<i64>,
    event: Option<i64>,
    lane: String,
    errand: String,
    attempts: i64,
    first_tried_at: Option<i64>,
    amends_channel: Option<i64>,
    amends_message: Option<i64>,
}

impl TryFrom<Row> for Waiting {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: OutboxId(row.id),
            guild: GuildId(id(row.guild)),
            ticket: row.ticket.map(TicketId),
            event: row.event,
            lane: row.lane,
            errand: json(TABLE, &row.errand)?,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            first_tried_at: maybe_at(TABLE, row.first_tried_at)?,
            amends: row
                .amends_channel
                .zip(row.amends_message)
                .map(|(channel, message)| (ChannelId(id(channel)), MessageId(id(message)))),
        })
    }
}

/// The oldest waiting row of each lane, where its time has come and what it needs is done: at most `limit`, of each server
/// in turn, the oldest first, so that a server with many leaves room for the others (`SECURITY` A44).
/// A row whose need was given up goes ahead: it finds out for itself that there is nothing to amend.
pub async fn ready(from: &mut Connection, limit: u32, now: Timestamp) -> Result<Vec<Waiting>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select o.id, o.guild, o.ticket, o.event, o.lane, o.errand, o.attempts, o.first_tried_at,
                n.channel_id as amends_channel, n.message_id as amends_message
         from outbox o left join outbox n on n.id = o.needs
         where o.id in (
                 select min(id) from outbox where delivered_at is null and given_up_at is null group by lane
             )
             and o.due_at <= ?
             and (n.id is null or n.delivered_at is not null or n.given_up_at is not null)
         order by row_number() over (partition by o.guild order by o.id), o.id limit ?",
    )
    .bind(ms(now))
    .bind(limit)
    .fetch_all(from)
    .await?;
    rows.into_iter().map(Waiting::try_from).collect()
}

/// When the next row that waits for its time is due, if there is one.
pub async fn next_due(from: &mut Connection, now: Timestamp) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar(
        "select min(due_at) from (
             select due_at from outbox where delivered_at is null and given_up_at is null and due_at > ?1
             union all select due_at from card where wanted > shown and due_at > ?1
         )",
    )
    .bind(ms(now))
    .fetch_one(from)
    .await?;
    maybe_at(TABLE, due)
}

/// How many rows wait, due or not.
pub async fn waiting(from: &mut Connection) -> Result<u32> {
    let count: i64 = sqlx::query_scalar(
        "select (select count(*) from outbox where delivered_at is null and given_up_at is null)
              + (select count(*) from card where wanted > shown)",
    )
    .fetch_one(from)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A try begins: from here on the outcome may be unknown.
pub async fn begin(change: &mut Connection, row: OutboxId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update outbox set attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, ?) where id = ?",
    )
    .bind(ms(now))
    .bind(row.0)
    .execute(change)
    .await?;
    Ok(())
}

/// It is done; where and as which message, if it made one.
pub async fn delivered(
    change: &mut Connection,
    row: OutboxId,
    message: Option<(ChannelId, MessageId)>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update outbox set delivered_at = ?, last_error = null, channel_id = ?, message_id = ? where id = ?",
    )
    .bind(ms(now))
    .bind(message.map(|(channel, _)| column(channel.0)))
    .bind(message.map(|(_, message)| column(message.0)))
    .bind(row.0)
    .execute(change)
    .await?;
    Ok(())
}

/// A message that was tried more than once before it was known to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriedAgain {
    /// Its row.
    pub row: OutboxId,
    /// About which ticket it is, and by which event it came about.
    pub about: Option<(Number, i64)>,
    /// Where it stands,
    pub channel: ChannelId,
    /// as which message.
    pub message: MessageId,
}

/// Messages on `guild` that were tried more than once and stand since `since`, and of which it is not known yet whether they stand
/// there twice.
pub async fn tried_again(
    from: &mut Connection,
    guild: GuildId,
    since: Timestamp,
    at_most: u32,
) -> Result<Vec<TriedAgain>> {
    type Row = (i64, Option<i64>, Option<i64>, i64, i64);
    let rows: Vec<Row> = sqlx::query_as(
        "select o.id, t.number, o.event, o.channel_id, o.message_id
         from outbox o left join ticket t on t.id = o.ticket
         where o.guild = ? and o.attempts > 1 and o.copies is null and o.delivered_at >= ? and o.message_id is not null
         order by o.id limit ?",
    )
    .bind(column(guild.0))
    .bind(ms(since))
    .bind(at_most)
    .fetch_all(from)
    .await?;
    let read = |(row, number, event, channel, message): Row| TriedAgain {
        row: OutboxId(row),
        about: number.map(Number).zip(event),
        channel: ChannelId(id(channel)),
        message: MessageId(id(message)),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// What is to be said under that name, and nobody has begun to, is due then.
pub async fn due_then(change: &mut Connection, name: &str, due: Timestamp) -> Result<()> {
    sqlx::query(
        "update outbox set due_at = ?
         where name = ? and attempts = 0 and delivered_at is null and given_up_at is null",
    )
    .bind(ms(due))
    .bind(name)
    .execute(change)
    .await?;
    Ok(())
}

/// So many more of the same stand beside that row's message.
pub async fn copies_found(change: &mut Connection, row: OutboxId, copies: u32) -> Result<()> {
    sqlx::query("update outbox set copies = ? where id = ?")
        .bind(copies)
        .bind(row.0)
        .execute(change)
        .await?;
    Ok(())
}

/// It was not done, and is tried again at `due`.
pub async fn put_off(
    change: &mut Connection,
    row: OutboxId,
    why: &str,
    due: Timestamp,
) -> Result<()> {
    sqlx::query("update outbox set last_error = ?, due_at = ? where id = ?")
        .bind(why)
        .bind(ms(due))
        .bind(row.0)
        .execute(change)
        .await?;
    Ok(())
}

/// It will never be done: kept, and shown by the doctor.
pub async fn given_up(
    change: &mut Connection,
    row: OutboxId,
    why: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("update outbox set last_error = ?, given_up_at = ? where id = ?")
        .bind(why)
        .bind(ms(now))
        .bind(row.0)
        .execute(change)
        .await?;
    Ok(())
}

/// What was mended on Discord can be tried at once: rows of `guild` that waited because something was missing.
pub async fn hurry(change: &mut Connection, guild: GuildId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update outbox set due_at = ?1 where guild = ?2 and delivered_at is null and given_up_at is null and due_at > ?1",
    )
    .bind(ms(now))
    .bind(column(guild.0))
    .execute(&mut *change)
    .await?;
    sqlx::query(
        "update card set due_at = ?1 where wanted > shown and due_at > ?1
         and ticket in (select id from ticket where guild = ?2)",
    )
    .bind(ms(now))
    .bind(column(guild.0))
    .execute(change)
    .await?;
    Ok(())
}

/// A row that does not get through, for the doctor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Which.
    pub id: OutboxId,
    /// What it is to do.
    pub errand: Errand,
    /// How often it was tried.
    pub attempts: u32,
    /// What Discord said last.
    pub last_error: String,
    /// It will not be tried again.
    pub given_up: bool,
}

/// What does not get through on `guild`: rows that failed and wait, or were given up in the last 30 days.
pub async fn stuck(from: &mut Connection, guild: GuildId, now: Timestamp) -> Result<Vec<Stuck>> {
    let rows: Vec<(i64, String, i64, String, bool)> = sqlx::query_as(
        "select id, errand, attempts, last_error, given_up_at is not null from outbox
         where guild = ? and delivered_at is null and last_error is not null
             and coalesce(given_up_at, due_at) > ?
         order by id limit 50",
    )
    .bind(column(guild.0))
    .bind(ms(now - jiff::SignedDuration::from_hours(24 * 30)))
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|(id, errand, attempts, last_error, given_up)| {
            Ok(Stuck {
                id: OutboxId(id),
                errand: json(TABLE, &errand)?,
                attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                last_error,
                given_up,
            })
        })
        .collect()
}

/// What was said of `ticket` to leads and in `#escalations`, sent or about to be, and what it takes to say each of it
/// again: the event it tells of, and the errand. What bears a name is left out: who gave it that name amends it. Only what
/// was enqueued lately is looked through: what leads were told long ago they have read.
pub async fn said_to_leads(
    change: &mut Connection,
    ticket: TicketId,
) -> Result<Vec<(Option<i64>, Errand)>> {
    let rows: Vec<(i64, Option<i64>, String)> = sqlx::query_as(
        "select id, event, errand from outbox
         where id > (select max(id) from outbox) - ?2 and ticket = ?1 and name is null and given_up_at is null
             and lane in ((select guild from ticket where id = ?1) || ':leads',
                          (select guild from ticket where id = ?1) || ':escalations')
         order by id",
    )
    .bind(ticket.0)
    .bind(LATELY)
    .fetch_all(&mut *change)
    .await?;
    let mut said = Vec::new();
    for (row, event, errand) in rows {
        let Errand::Say { to, notice, .. } = json(TABLE, &errand)? else {
            continue;
        };
        let name = format!("said:{row}");
        sqlx::query("update outbox set name = ? where id = ?")
            .bind(&name)
            .bind(row)
            .execute(&mut *change)
            .await?;
        said.push((event, Errand::SayAgain { to, name, notice }));
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::ids::UserId;
    use crate::domain::notice::{Destination, Notice};
    use crate::domain::tier::Tier;
    use crate::store::samples::{GUILD, guild, now, ticket};

    fn say(to: Destination, name: Option<&str>) -> Errand {
        let notice = Notice::HandedOver { to: Tier::L2 };
        Errand::Say {
            to,
            notice,
            name: name.map(str::to_owned),
        }
    }

    async fn lanes(connection: &mut Connection) -> Vec<(i64, String)> {
        let rows = ready(connection, 10, now()).await.expect("read");
        rows.into_iter().map(|row| (row.id.0, row.lane)).collect()
    }

    #[sqlx::test]
    async fn order_holds_within_a_lane_and_lanes_do_not_wait_for_each_other(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let id = ticket(&mut connection, "VPN").await.id;
        let thread = ThreadKind::Requester;
        let work = [
            Errand::OpenThread { thread },
            say(Destination::Thread, None),
            say(Destination::Leads, None),
        ];
        enqueue(&mut connection, GUILD, Some(id), Some(1), &work, now())
            .await
            .expect("enqueued");
        let first = [(1, "100:1:thread".to_owned()), (3, "100:leads".to_owned())];
        assert_eq!(lanes(&mut connection).await, first);
        begin(&mut connection, OutboxId(1), now())
            .await
            .expect("begun");
        put_off(
            &mut connection,
            OutboxId(1),
            "500",
            now() + SignedDuration::from_secs(2),
        )
        .await
        .expect("put off");
        assert_eq!(
            lanes(&mut connection).await,
            first[1..],
            "it blocks its lane and no other"
        );
        assert_eq!(
            next_due(&mut connection, now()).await.expect("read"),
            Some(now() + SignedDuration::from_secs(2))
        );
        assert_eq!(
            stuck(&mut connection, GUILD, now()).await.expect("read")[0].last_error,
            "500"
        );
        hurry(&mut connection, GUILD, now()).await.expect("hurried");
        let row = ready(&mut connection, 10, now())
            .await
            .expect("read")
            .remove(0);
        assert_eq!(
            (row.id.0, row.attempts, row.first_tried_at),
            (1, 1, Some(now()))
        );
        delivered(&mut connection, OutboxId(1), None, now())
            .await
            .expect("delivered");
        given_up(&mut connection, OutboxId(3), "400", now())
            .await
            .expect("given up");
        assert_eq!(
            lanes(&mut connection).await,
            [(2, "100:1:thread".to_owned())]
        );
        assert_eq!(waiting(&mut connection).await.expect("counted"), 1);
        assert!(stuck(&mut connection, GUILD, now()).await.expect("read")[0].given_up);
    }

    #[sqlx::test]
    async fn an_amendment_waits_for_the_message_that_it_changes(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let named = say(Destination::Escalations, Some("line"));
        enqueue(&mut connection, GUILD, None, None, &[named], now())
            .await
            .expect("enqueued");
        let amend = Errand::Amend {
            to: Destination::Direct(UserId(9)),
            name: "line".into(),
            notice: Notice::HandedOver { to: Tier::L3 },
        };
        enqueue(&mut connection, GUILD, None, None, &[amend], now())
            .await
            .expect("enqueued");
        assert_eq!(
            lanes(&mut connection).await.len(),
            1,
            "although it is in another lane"
        );
        let message = (ChannelId(307), MessageId(900));
        delivered(&mut connection, OutboxId(1), Some(message), now())
            .await
            .expect("delivered");
        let row = ready(&mut connection, 10, now())
            .await
            .expect("read")
            .remove(0);
        assert_eq!(row.amends, Some(message));
    }

    #[sqlx::test]
    async fn what_leads_were_told_of_a_ticket_can_be_said_again(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let id = ticket(&mut connection, "The VPN is down").await.id;
        let first = Some(id);
        let second = Some(ticket(&mut connection, "No printer prints").await.id);
        let told = |to| say(to, None);
        let of_first = [
            told(Destination::Leads),
            told(Destination::Thread),
            told(Destination::Escalations),
            say(Destination::Escalations, Some("line")),
        ];
        enqueue(&mut connection, GUILD, first, Some(3), &of_first, now())
            .await
            .expect("enqueued");
        let other = [told(Destination::Leads)];
        enqueue(&mut connection, GUILD, second, Some(1), &other, now())
            .await
            .expect("enqueued");
        let mut places = Vec::new();
        let said = said_to_leads(&mut connection, id).await.expect("read");
        for (event, errand) in said {
            assert_eq!(event, Some(3));
            let lane = errand.lane();
            enqueue(&mut connection, GUILD, first, event, &[errand], now())
                .await
                .expect("enqueued");
            places.push(lane);
        }
        assert_eq!(
            places,
            ["leads", "escalations"],
            "neither what bears a name nor what is said elsewhere"
        );
        let again = said_to_leads(&mut connection, id).await;
        assert!(again.expect("read").is_empty(), "once");
    }
}
