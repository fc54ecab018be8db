//! The files that people gave: what is known of each, and what is still to be fetched. Their bytes lie in the folder
//! `files`, each under its hash.

use jiff::Timestamp;
use sqlx::FromRow;

use super::rows::{at, column, id, known, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::ids::{DraftId, FileId, MessageId, TicketId, UserId};
use crate::domain::record::{Attachment, FileState, KeptFile};

const TABLE: &str = "file";

/// With what a file was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// A message about that ticket.
    Message(TicketId, MessageId),
    /// A draft, which may become a ticket.
    Draft(DraftId),
}

/// A file to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub id: FileId,
    /// From where.
    pub url: String,
    /// How often it was tried.
    pub attempts: u32,
}

/// Puts down that `owner` gave a file. One that is known changes nothing.
pub async fn give(
    change: &mut Connection,
    file: &Attachment,
    with: With,
    owner: UserId,
    state: FileState,
    now: Timestamp,
) -> Result<()> {
    let (ticket, draft, message) = match with {
        With::Message(ticket, message) => (Some(ticket.0), None, Some(column(message.0))),
        With::Draft(draft) => (None, Some(draft.0), None),
    };
    sqlx::query(
        "insert into file (id, ticket, draft, message, owner, name, size, media_type, url, state, given_at, due_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?11, ?11) on conflict (id) do nothing",
    )
    .bind(column(file.id.0))
    .bind(ticket)
    .bind(draft)
    .bind(message)
    .bind(column(owner.0))
    .bind(&file.name)
    .bind(i64::try_from(file.size).unwrap_or(i64::MAX))
    .bind(&file.media_type)
    .bind((state == FileState::Waiting).then_some(&file.url))
    .bind(state.key())
    .bind(ms(now))
    .execute(change)
    .await?;
    Ok(())
}

/// The draft became a ticket, and its files are the ticket's.
pub async fn take_over(change: &mut Connection, draft: DraftId, ticket: TicketId) -> Result<()> {
    sqlx::query("update file set ticket = ?, draft = null where draft = ? and state <> 'removed'")
        .bind(ticket.0)
        .bind(draft.0)
        .execute(change)
        .await?;
    Ok(())
}

/// Whoever wrote the message took its files back, but for those in `but`.
pub async fn withdraw(change: &mut Connection, message: MessageId, but: &[FileId]) -> Result<()> {
    let but: Vec<i64> = but.iter().map(|file| column(file.0)).collect();
    sqlx::query(
        "update file set state = 'removed', name = '', media_type = null, url = null, last_error = null
         where message = ? and id not in (select value from json_each(?))",
    )
    .bind(column(message.0))
    .bind(serde_json::json!(but).to_string())
    .execute(change)
    .await?;
    Ok(())
}

/// Files of drafts that are not gone on with any more are taken back. How many there were.
pub async fn forget(change: &mut Connection) -> Result<u64> {
    let gone = sqlx::query(
        "update file set state = 'removed', name = '', media_type = null, url = null, draft = null
         where draft is not null and draft not in (select id from draft)",
    )
    .execute(change)
    .await?;
    Ok(gone.rows_affected())
}

/// Whether [`forget`] has anything to do.
pub async fn any_to_forget(from: &mut Connection) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from file where draft is not null and draft not in (select id from draft))",
    )
    .fetch_one(from)
    .await?)
}

/// What can be fetched now, the oldest first.
pub async fn ready(from: &mut Connection, at_most: u32, now: Timestamp) -> Result<Vec<Waiting>> {
    let rows: Vec<(i64, String, u32)> = sqlx::query_as(
        "select id, url, attempts from file where state = 'waiting' and url is not null and due_at <= ?
         order by due_at, id limit ?",
    )
    .bind(ms(now))
    .bind(at_most)
    .fetch_all(from)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(file, url, attempts)| Waiting {
            id: FileId(id(file)),
            url,
            attempts,
        })
        .collect())
}

/// When the next one can be fetched that cannot be now.
pub async fn next_due(from: &mut Connection, now: Timestamp) -> Result<Option<Timestamp>> {
    let due: Option<i64> =
        sqlx::query_scalar("select min(due_at) from file where state = 'waiting' and due_at > ?")
            .bind(ms(now))
            .fetch_one(from)
            .await?;
    maybe_at(TABLE, due)
}

/// It could not be fetched, and is tried again at `due`.
pub async fn put_off(
    change: &mut Connection,
    file: FileId,
    why: &str,
    due: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update file set attempts = attempts + 1, last_error = ?, due_at = ? where id = ? and state = 'waiting'",
    )
    .bind(why)
    .bind(ms(due))
    .bind(column(file.0))
    .execute(change)
    .await?;
    Ok(())
}

/// Its bytes are kept. False when it is not waited for any more: then they are to be removed again.
pub async fn kept(change: &mut Connection, file: FileId, sha256: &str, size: u64) -> Result<bool> {
    let done = sqlx::query(
        "update file set state = 'kept', sha256 = ?, size = ?, url = null, last_error = null
         where id = ? and state = 'waiting'",
    )
    .bind(sha256)
    .bind(i64::try_from(size).unwrap_or(i64::MAX))
    .bind(column(file.0))
    .execute(&mut *change)
    .await?;
    if done.rows_affected() == 0 {
        sqlx::query("update file set sha256 = ? where id = ? and state = 'removed'")
            .bind(sha256)
            .bind(column(file.0))
            .execute(change)
            .await?;
        return Ok(false);
    }
    Ok(true)
}

/// It is not fetched any more, and why. False when it was not waited for.
pub async fn give_up(
    change: &mut Connection,
    file: FileId,
    state: FileState,
    why: &str,
) -> Result<bool> {
    let done = sqlx::query(
        "update file set state = ?, last_error = ?, url = null, attempts = attempts + 1
         where id = ? and state = 'waiting'",
    )
    .bind(state.key())
    .bind(why)
    .bind(column(file.0))
    .execute(change)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Files that were taken back and whose bytes may still be there: each with its hash, and whether the same bytes are kept
/// for another.
pub async fn removed(from: &mut Connection) -> Result<Vec<(FileId, String, bool)>> {
    let rows: Vec<(i64, String, bool)> = sqlx::query_as(
        "select f.id, f.sha256,
                exists (select 1 from file o where o.sha256 = f.sha256 and o.state = 'kept')
         from file f where f.state = 'removed' and f.sha256 is not null limit 100",
    )
    .fetch_all(from)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(file, sha256, needed)| (FileId(id(file)), sha256, needed))
        .collect())
}

/// The bytes of a file that was taken back are gone.
pub async fn swept(change: &mut Connection, file: FileId) -> Result<()> {
    sqlx::query("update file set sha256 = null where id = ? and state = 'removed'")
        .bind(column(file.0))
        .execute(change)
        .await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    id: i64,
    ticket: Option<i64>,
    message: Option<i64>,
    owner: i64,
    name: String,
    size: i64,
    media_type: Option<String>,
    given_at: i64,
    state: String,
    sha256: Option<String>,
}

impl Row {
    fn read(self) -> Result<(Option<TicketId>, KeptFile)> {
        let file = KeptFile {
            id: FileId(id(self.id)),
            message: self.message.map(|message| MessageId(id(message))),
            owner: UserId(id(self.owner)),
            name: self.name,
            size: u64::try_from(self.size).unwrap_or(0),
            media_type: self.media_type,
            given_at: at(TABLE, self.given_at)?,
            state: known(TABLE, &self.state, FileState::from_key(&self.state))?,
            sha256: self.sha256,
        };
        Ok((self.ticket.map(TicketId), file))
    }
}

/// One file, and whose it is.
pub async fn find(
    from: &mut Connection,
    file: FileId,
) -> Result<Option<(Option<TicketId>, KeptFile)>> {
    let row: Option<Row> = sqlx::query_as(
        "select id, ticket, message, owner, name, size, media_type, given_at, state, sha256 from file where id = ?",
    )
    .bind(column(file.0))
    .fetch_optional(from)
    .await?;
    row.map(Row::read).transpose()
}

/// The files of `ticket`, in the order in which they were given.
pub async fn of_ticket(from: &mut Connection, ticket: TicketId) -> Result<Vec<KeptFile>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select id, ticket, message, owner, name, size, media_type, given_at, state, sha256 from file
         where ticket = ? order by given_at, id",
    )
    .bind(ticket.0)
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|row| row.read().map(|(_, file)| file))
        .collect()
}

/// The files of a draft.
pub async fn of_draft(from: &mut Connection, draft: DraftId) -> Result<Vec<KeptFile>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select id, ticket, message, owner, name, size, media_type, given_at, state, sha256 from file
         where draft = ? and state <> 'removed' order by id",
    )
    .bind(draft.0)
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|row| row.read().map(|(_, file)| file))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::record::{Room, Written};
    use crate::store::samples::{MIA, guild, now, ticket};
    use crate::store::{drafts, messages};

    fn png(id: u64) -> Attachment {
        Attachment {
            id: FileId(id),
            name: "screen.png".into(),
            size: 3,
            media_type: Some("image/png".into()),
            url: format!("https://cdn.discordapp.com/attachments/1/{id}/screen.png"),
        }
    }

    async fn a_message(connection: &mut Connection) -> (TicketId, MessageId) {
        guild(connection).await;
        let ticket = ticket(connection, "VPN").await.id;
        let written = Written {
            id: MessageId(7),
            author: MIA,
            author_name: "Mia".into(),
            sent_at: now(),
            at: now(),
            text: Some(String::new()),
            files: None,
        };
        messages::keep(connection, ticket, Room::Thread, &written)
            .await
            .expect("kept");
        (ticket, written.id)
    }

    #[sqlx::test]
    async fn a_file_waits_until_it_is_kept_or_given_up(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let (ticket, message) = a_message(&mut connection).await;
        for _ in 0..2 {
            for id in [8, 9] {
                give(
                    &mut connection,
                    &png(id),
                    With::Message(ticket, message),
                    MIA,
                    FileState::Waiting,
                    now(),
                )
                .await
                .expect("given");
            }
        }
        let found = ready(&mut connection, 9, now()).await.expect("read");
        assert_eq!(found.len(), 2, "each once");
        assert_eq!(found[0].url, png(8).url);
        let later = now() + SignedDuration::from_secs(2);
        put_off(&mut connection, FileId(8), "status 500", later)
            .await
            .expect("put off");
        assert_eq!(
            next_due(&mut connection, now()).await.expect("read"),
            Some(later)
        );
        assert!(
            give_up(&mut connection, FileId(9), FileState::Failed, "gone")
                .await
                .expect("given up")
        );
        assert_eq!(ready(&mut connection, 9, now()).await.expect("read"), []);
        let tried = ready(&mut connection, 9, later).await.expect("read");
        assert_eq!((tried[0].id, tried[0].attempts), (FileId(8), 1));
        assert!(
            kept(&mut connection, FileId(8), "ab12", 5)
                .await
                .expect("kept")
        );
        let files = of_ticket(&mut connection, ticket).await.expect("read");
        let states: Vec<_> = files.iter().map(|file| (file.state, file.size)).collect();
        assert_eq!(states, [(FileState::Kept, 5), (FileState::Failed, 3)]);
    }

    #[sqlx::test]
    async fn what_is_taken_back_is_swept_unless_another_needs_it(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let (ticket, message) = a_message(&mut connection).await;
        for id in [8, 9] {
            give(
                &mut connection,
                &png(id),
                With::Message(ticket, message),
                MIA,
                FileState::Waiting,
                now(),
            )
            .await
            .expect("given");
            kept(&mut connection, FileId(id), "ab12", 3)
                .await
                .expect("kept");
        }
        withdraw(&mut connection, message, &[FileId(9)])
            .await
            .expect("taken back");
        let sweep = removed(&mut connection).await.expect("read");
        assert_eq!(sweep, [(FileId(8), "ab12".to_owned(), true)]);
        withdraw(&mut connection, message, &[])
            .await
            .expect("taken back");
        swept(&mut connection, FileId(8)).await.expect("swept");
        let sweep = removed(&mut connection).await.expect("read");
        assert_eq!(sweep, [(FileId(9), "ab12".to_owned(), false)]);
        let file = find(&mut connection, FileId(9)).await.expect("read");
        assert_eq!(file.map(|(_, file)| file.name), Some(String::new()));
    }

    #[sqlx::test]
    async fn a_drafts_files_become_the_tickets_or_are_forgotten(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let ticket = ticket(&mut connection, "VPN").await.id;
        let mut of = Vec::new();
        for id in [8, 9] {
            let draft = drafts::insert(&mut connection, MIA, "{}", now())
                .await
                .expect("a draft");
            give(
                &mut connection,
                &png(id),
                With::Draft(draft),
                MIA,
                FileState::Waiting,
                now(),
            )
            .await
            .expect("given");
            of.push(draft);
        }
        assert_eq!(
            of_draft(&mut connection, of[0]).await.expect("read").len(),
            1
        );
        take_over(&mut connection, of[0], ticket)
            .await
            .expect("taken over");
        let later = now() + drafts::KEPT + SignedDuration::from_secs(1);
        drafts::insert(&mut connection, MIA, "{}", later)
            .await
            .expect("a draft");
        assert!(any_to_forget(&mut connection).await.expect("read"));
        assert_eq!(forget(&mut connection).await.expect("forgotten"), 1);
        assert!(!any_to_forget(&mut connection).await.expect("read"));
        let left = ready(&mut connection, 9, now()).await.expect("read");
        assert_eq!(left.len(), 1, "the ticket's");
        assert!(
            !kept(&mut connection, FileId(9), "ab12", 3)
                .await
                .expect("too late"),
            "it came after it was taken back"
        );
        assert_eq!(removed(&mut connection).await.expect("read").len(), 1);
    }
}
