//! Where Discord has no room for a thread: the talk by direct message, and the threads that may make room.

use super::rows::column;
use super::tickets::Row;
use super::{Connection, Result};
use crate::domain::ids::{ChannelId, GuildId, MessageId, TicketId, UserId};
use crate::domain::ticket::Ticket;

/// From now on the talk with the requester of `ticket` goes by direct message, or does not any more.
pub async fn set(change: &mut Connection, ticket: TicketId, by_direct: bool) -> Result<()> {
    sqlx::query("update ticket set by_direct = ? where id = ?")
        .bind(by_direct)
        .bind(ticket.0)
        .execute(change)
        .await?;
    Ok(())
}

/// The ticket that a direct message of `user` is about: the one whose message it answers, else the one in which the desk
/// spoke to them last. None where nothing of theirs is talked about by direct message.
pub async fn ticket_of(
    from: &mut Connection,
    user: UserId,
    answers: Option<MessageId>,
) -> Result<Option<Ticket>> {
    let row: Option<Row> = sqlx::query_as(
        "select t.* from ticket t
         where t.requester = ?1 and t.by_direct = 1
             and t.state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor', 'resolved')
         order by exists (select 1 from outbox o where o.ticket = t.id and o.message_id = ?2) desc,
             (select max(o.id) from outbox o where o.ticket = t.id and o.lane glob '*:thread' and o.message_id > 0) desc,
             t.id desc
         limit 1",
    )
    .bind(column(user.0))
    .bind(answers.map(|message| column(message.0)))
    .fetch_optional(from)
    .await?;
    row.map(Ticket::try_from).transpose()
}

/// The tickets of `guild` to which those threads belong.
pub async fn of_threads(
    from: &mut Connection,
    guild: GuildId,
    threads: &[ChannelId],
) -> Result<Vec<Ticket>> {
    let threads: Vec<i64> = threads.iter().map(|thread| column(thread.0)).collect();
    let threads = serde_json::Value::from(threads).to_string();
    let rows: Vec<Row> = sqlx::query_as(
        "select * from ticket where guild = ?1 and id in (
             select id from ticket where thread in (select value from json_each(?2))
             union select id from ticket where staff_thread in (select value from json_each(?2))
         ) order by id",
    )
    .bind(column(guild.0))
    .bind(threads)
    .fetch_all(from)
    .await?;
    rows.into_iter().map(Ticket::try_from).collect()
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::errand::{Errand, ThreadKind};
    use crate::domain::notice::{Destination, Notice};
    use crate::store::samples::{GUILD, MIA, guild, now, ticket};
    use crate::store::{outbox, tickets};

    async fn spoken(connection: &mut Connection, ticket: TicketId, message: u64) {
        let row = Errand::Say {
            to: Destination::Thread,
            notice: Notice::Closed,
            name: None,
        };
        outbox::enqueue(connection, GUILD, Some(ticket), None, &[row], now())
            .await
            .expect("enqueued");
        let row: i64 = sqlx::query_scalar("select max(id) from outbox")
            .fetch_one(&mut *connection)
            .await
            .expect("a row");
        let at = Some((ChannelId(9), MessageId(message)));
        let row = crate::domain::ids::OutboxId(row);
        outbox::delivered(connection, row, at, now())
            .await
            .expect("delivered");
    }

    #[sqlx::test]
    async fn a_direct_message_is_about_what_was_spoken_of_last_or_what_it_answers(
        pool: SqlitePool,
    ) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let one = ticket(&mut connection, "VPN").await.id;
        let two = ticket(&mut connection, "Printer").await.id;
        assert_eq!(
            ticket_of(&mut connection, MIA, None).await.expect("read"),
            None,
            "what has a thread is talked about there"
        );
        for id in [one, two] {
            set(&mut connection, id, true).await.expect("set");
        }
        spoken(&mut connection, two, 501).await;
        spoken(&mut connection, one, 502).await;
        let mut about = async |answers: Option<u64>| {
            let answers = answers.map(MessageId);
            let found = ticket_of(&mut connection, MIA, answers).await;
            found.expect("read").map(|ticket| ticket.id)
        };
        assert_eq!(about(None).await, Some(one));
        assert_eq!(about(Some(501)).await, Some(two));
        assert_eq!(about(Some(7)).await, Some(one), "no message of the desk's");
    }

    #[sqlx::test]
    async fn a_ticket_is_found_by_either_of_its_threads(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let one = ticket(&mut connection, "VPN").await.id;
        let two = ticket(&mut connection, "Printer").await.id;
        ticket(&mut connection, "Phone").await;
        for (id, thread, kind) in [
            (one, 71, ThreadKind::Requester),
            (two, 72, ThreadKind::Staff),
        ] {
            let staff = kind == ThreadKind::Staff;
            tickets::set_thread(&mut connection, id, ChannelId(thread), staff)
                .await
                .expect("set");
        }
        let threads = [ChannelId(72), ChannelId(71), ChannelId(70)];
        let found = of_threads(&mut connection, GUILD, &threads).await;
        let found: Vec<TicketId> = found.expect("read").iter().map(|found| found.id).collect();
        assert_eq!(found, [one, two]);
    }
}
