//! What people wrote in tickets' threads.

use jiff::Timestamp;
use sqlx::FromRow;

use super::rows::{at, column, id, known, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::ids::{MessageId, TicketId, UserId};
use crate::domain::record::{Room, Said, Version, Written};

const TABLE: &str = "message";

/// Keeps what `written` says, as a version among the others. What is known already changes nothing, in whatever order it
/// comes; of a deleted message no words are kept.
pub async fn keep(
    change: &mut Connection,
    ticket: TicketId,
    room: Room,
    written: &Written,
) -> Result<()> {
    sqlx::query(
        "insert into message (id, ticket, room, author, author_name, sent_at) values (?, ?, ?, ?, ?, ?)
         on conflict (id) do update set
             author = excluded.author, author_name = excluded.author_name, sent_at = excluded.sent_at
         where author is null",
    )
    .bind(column(written.id.0))
    .bind(ticket.0)
    .bind(room.key())
    .bind(column(written.author.0))
    .bind(&written.author_name)
    .bind(ms(written.sent_at))
    .execute(&mut *change)
    .await?;
    sqlx::query(
        "insert into message_version (message, at, text)
         select id, ?2, ?3 from message where id = ?1 and deleted_at is null
         on conflict (message, at) do update set text = excluded.text where text is null",
    )
    .bind(column(written.id.0))
    .bind(ms(written.at))
    .bind(&written.text)
    .execute(change)
    .await?;
    Ok(())
}

/// Takes back what a message said and gave. Its files' bytes are removed later (`files::removed`).
pub async fn delete(
    change: &mut Connection,
    ticket: TicketId,
    room: Room,
    message: MessageId,
    sent_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into message (id, ticket, room, sent_at, deleted_at) values (?, ?, ?, ?, ?)
         on conflict (id) do update set deleted_at = excluded.deleted_at where deleted_at is null",
    )
    .bind(column(message.0))
    .bind(ticket.0)
    .bind(room.key())
    .bind(ms(sent_at))
    .bind(ms(now))
    .execute(&mut *change)
    .await?;
    sqlx::query("delete from message_version where message = ?")
        .bind(column(message.0))
        .execute(&mut *change)
        .await?;
    super::files::withdraw(change, message, &[]).await
}

/// Of which ticket, and of which of its rooms, a message is kept.
pub async fn place(from: &mut Connection, message: MessageId) -> Result<Option<(TicketId, Room)>> {
    let row: Option<(i64, String)> =
        sqlx::query_as("select ticket, room from message where id = ?")
            .bind(column(message.0))
            .fetch_optional(from)
            .await?;
    row.map(|(ticket, room)| {
        Ok((
            TicketId(ticket),
            known(TABLE, &room, Room::from_key(&room))?,
        ))
    })
    .transpose()
}

/// Whether its deletion was heard of.
pub async fn is_deleted(from: &mut Connection, message: MessageId) -> Result<bool> {
    let found: Option<bool> =
        sqlx::query_scalar("select deleted_at is not null from message where id = ?")
            .bind(column(message.0))
            .fetch_optional(from)
            .await?;
    Ok(found.unwrap_or(false))
}

/// The newest message of each kept thread of `ticket`: what was written after it may have been missed.
pub async fn newest(
    from: &mut Connection,
    ticket: TicketId,
    room: Room,
) -> Result<Option<MessageId>> {
    let newest: Option<i64> =
        sqlx::query_scalar("select max(id) from message where ticket = ? and room = ?")
            .bind(ticket.0)
            .bind(room.key())
            .fetch_one(from)
            .await?;
    Ok(newest.map(|newest| MessageId(id(newest))))
}

#[derive(FromRow)]
struct Row {
    id: i64,
    room: String,
    author: Option<i64>,
    author_name: String,
    sent_at: i64,
    deleted_at: Option<i64>,
}

/// Everything that was written about `ticket`, in order.
pub async fn of_ticket(from: &mut Connection, ticket: TicketId) -> Result<Vec<Said>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select id, room, author, author_name, sent_at, deleted_at from message where ticket = ? order by sent_at, id",
    )
    .bind(ticket.0)
    .fetch_all(&mut *from)
    .await?;
    let versions: Vec<(i64, i64, Option<String>)> = sqlx::query_as(
        "select v.message, v.at, v.text from message_version v join message m on m.id = v.message
         where m.ticket = ? order by v.at",
    )
    .bind(ticket.0)
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|row| {
            let of_this = versions.iter().filter(|(message, ..)| *message == row.id);
            Ok(Said {
                id: MessageId(id(row.id)),
                room: known(TABLE, &row.room, Room::from_key(&row.room))?,
                author: row.author.map(|author| UserId(id(author))),
                author_name: row.author_name,
                sent_at: at(TABLE, row.sent_at)?,
                deleted_at: maybe_at(TABLE, row.deleted_at)?,
                versions: of_this
                    .map(|(_, since, text)| {
                        Ok(Version {
                            at: at("message_version", *since)?,
                            text: text.clone(),
                        })
                    })
                    .collect::<Result<_>>()?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{MIA, guild, now, ticket};

    fn written(at: i64, text: &str) -> Written {
        Written {
            id: MessageId(7),
            author: MIA,
            author_name: "Mia".into(),
            sent_at: now(),
            at: now() + SignedDuration::from_secs(at),
            text: Some(text.into()),
            files: None,
        }
    }

    fn texts(said: &[Said]) -> Vec<&str> {
        let versions = said.iter().flat_map(|one| &one.versions);
        versions
            .map(|version| version.text.as_deref().unwrap_or("?"))
            .collect()
    }

    #[sqlx::test]
    async fn versions_stand_in_order_however_they_come(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let ticket = ticket(&mut connection, "VPN").await.id;
        let first = Written {
            text: None,
            ..written(0, "")
        };
        for heard in [
            &written(9, "third"),
            &first,
            &written(5, "second"),
            &written(9, "again"),
        ] {
            keep(&mut connection, ticket, Room::Thread, heard)
                .await
                .expect("kept");
        }
        let said = of_ticket(&mut connection, ticket).await.expect("read");
        assert_eq!(texts(&said), ["?", "second", "third"]);
        keep(&mut connection, ticket, Room::Thread, &written(0, "first"))
            .await
            .expect("kept");
        let said = of_ticket(&mut connection, ticket).await.expect("read");
        assert_eq!(
            texts(&said),
            ["first", "second", "third"],
            "what can be read now is"
        );
        assert_eq!(said[0].author, Some(MIA));
        let newest = newest(&mut connection, ticket, Room::Thread).await;
        assert_eq!(newest.expect("read"), Some(MessageId(7)));
    }

    #[sqlx::test]
    async fn a_deleted_message_loses_its_words_in_either_order(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let ticket = ticket(&mut connection, "VPN").await.id;
        let gone_at = now() + SignedDuration::from_secs(30);
        for _ in 0..2 {
            delete(
                &mut connection,
                ticket,
                Room::Staff,
                MessageId(7),
                now(),
                gone_at,
            )
            .await
            .expect("deleted");
            keep(&mut connection, ticket, Room::Staff, &written(0, "hunter2"))
                .await
                .expect("kept");
        }
        let said = of_ticket(&mut connection, ticket).await.expect("read");
        assert_eq!(texts(&said), Vec::<&str>::new());
        assert_eq!(said[0].deleted_at, Some(gone_at));
        assert_eq!(said[0].author, Some(MIA), "who wrote there is known");
        assert!(
            is_deleted(&mut connection, MessageId(7))
                .await
                .expect("read")
        );
    }
}
