//! Articles that are being written.

use sqlx::FromRow;

use super::batch::{Writes, statement};
use super::rows::{at, bad, column, id, json, known};
use super::{Connection, Result, ms};
use crate::domain::article::{ArticleDraft, Stage};
use crate::domain::ids::{GuildId, Number, TicketId};

const TABLE: &str = "article_draft";

#[derive(FromRow)]
struct Row {
    ticket: i64,
    number: i64,
    category: String,
    owner: String,
    guild: i64,
    title: String,
    summary: String,
    body: String,
    writers: String,
    stage: String,
    version: i64,
    begun_at: i64,
    changed_at: i64,
}

impl TryFrom<Row> for ArticleDraft {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            ticket: TicketId(row.ticket),
            number: Number(row.number),
            category: row.category,
            owner: row.owner,
            guild: GuildId(id(row.guild)),
            title: row.title,
            summary: row.summary,
            body: row.body,
            writers: json(TABLE, &row.writers)?,
            stage: known(TABLE, &row.stage, Stage::from_key(&row.stage))?,
            version: row.version,
            begun_at: at(TABLE, row.begun_at)?,
            changed_at: at(TABLE, row.changed_at)?,
        })
    }
}

/// Begins one, or begins it anew where nobody has changed it since, or it was dropped: what somebody wrote is never overwritten.
pub async fn begin(change: &mut impl Writes, draft: &ArticleDraft) -> Result<()> {
    statement(
        "insert into article_draft (ticket, guild, title, summary, body, writers, stage, version, begun_at, changed_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (ticket) do update set
             title = excluded.title, summary = excluded.summary, body = excluded.body, writers = excluded.writers,
             stage = excluded.stage, changed_at = excluded.changed_at
         where article_draft.version = 0 or article_draft.stage = 'dropped'",
    )
    .bind(draft.ticket.0)
    .bind(column(draft.guild.0))
    .bind(&draft.title)
    .bind(&draft.summary)
    .bind(&draft.body)
    .bind(writers(draft)?)
    .bind(draft.stage.key())
    .bind(draft.version)
    .bind(ms(draft.begun_at))
    .bind(ms(draft.changed_at))
    .put(change)
    .await
}

/// Writes what somebody changed of one.
pub async fn save(change: &mut impl Writes, draft: &ArticleDraft) -> Result<()> {
    statement(
        "update article_draft
         set title = ?, summary = ?, body = ?, writers = ?, stage = ?, version = ?, changed_at = ? where ticket = ?",
    )
    .bind(&draft.title)
    .bind(&draft.summary)
    .bind(&draft.body)
    .bind(writers(draft)?)
    .bind(draft.stage.key())
    .bind(draft.version)
    .bind(ms(draft.changed_at))
    .bind(draft.ticket.0)
    .put(change)
    .await
}

fn writers(draft: &ArticleDraft) -> Result<String> {
    serde_json::to_string(&draft.writers).map_err(|error| bad(TABLE, error.to_string()))
}

/// The one of the ticket of that number. What became confidential is nobody's article any more.
pub async fn of_ticket(
    from: &mut Connection,
    guild: GuildId,
    number: Number,
) -> Result<Option<ArticleDraft>> {
    let row: Option<Row> = sqlx::query_as(
        "select d.*, t.number, t.category, coalesce((
                 select name from member where guild = d.guild and user = d.writers ->> '$[#-1]'
             ), '') as owner
         from article_draft d join ticket t on t.id = d.ticket
         where t.guild = ? and t.number = ? and t.confidential = 0",
    )
    .bind(column(guild.0))
    .bind(number.0)
    .fetch_optional(from)
    .await?;
    row.map(ArticleDraft::try_from).transpose()
}

/// A page of those of `guild` that are being written, what was changed last first, and how many there are.
pub async fn page(
    from: &mut Connection,
    guild: GuildId,
    limit: u32,
    offset: u32,
) -> Result<(Vec<ArticleDraft>, u32)> {
    let total: u32 = sqlx::query_scalar(
        "select count(*) from article_draft d join ticket t on t.id = d.ticket
             where d.guild = ? and d.stage = 'draft' and t.confidential = 0",
    )
    .bind(column(guild.0))
    .fetch_one(&mut *from)
    .await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select d.*, t.number, t.category, coalesce((
                 select name from member where guild = d.guild and user = d.writers ->> '$[#-1]'
             ), '') as owner
         from article_draft d join ticket t on t.id = d.ticket
         where d.guild = ? and d.stage = 'draft' and t.confidential = 0 order by d.changed_at desc, d.ticket desc limit ? offset ?",
    )
    .bind(column(guild.0))
    .bind(limit)
    .bind(offset)
    .fetch_all(from)
    .await?;
    let drafts = rows
        .into_iter()
        .map(ArticleDraft::try_from)
        .collect::<Result<_>>()?;
    Ok((drafts, total))
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::super::samples::{GUILD, RAVI, guild, now, ticket};
    use super::*;
    use crate::domain::ids::UserId;

    #[sqlx::test]
    async fn a_draft_follows_its_ticket_until_somebody_writes_at_it(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let ticket = ticket(&mut connection, "VPN").await;
        let of = |done: &str| ArticleDraft {
            owner: "Ravi".into(),
            ..ArticleDraft::of_resolution(&ticket, done, RAVI, now())
        };
        let first = of("Port 4500 is open.");
        begin(&mut connection, &first).await.expect("begun");
        let read = of_ticket(&mut connection, GUILD, ticket.number)
            .await
            .expect("read");
        assert_eq!(read, Some(first));
        let mut again = of("It was the profile.");
        begin(&mut connection, &again).await.expect("begun");
        let read = of_ticket(&mut connection, GUILD, ticket.number)
            .await
            .expect("read");
        assert_eq!(read.as_ref(), Some(&again));
        again.title = "VPN: the profile is too old".into();
        // She is not known to be of the staff any more.
        again.writers.push(UserId(22));
        again.owner = String::new();
        again.version = 1;
        save(&mut connection, &again).await.expect("saved");
        let third = of("Something else.");
        begin(&mut connection, &third)
            .await
            .expect("nothing is lost");
        let (page_1, total) = page(&mut connection, GUILD, 10, 0).await.expect("a page");
        assert_eq!((page_1, total), (vec![again.clone()], 1));
        again.stage = Stage::Dropped;
        again.version = 2;
        save(&mut connection, &again).await.expect("saved");
        let (none, total) = page(&mut connection, GUILD, 10, 0).await.expect("a page");
        assert_eq!((none.len(), total), (0, 0));
        begin(&mut connection, &of("It was the profile after all."))
            .await
            .expect("begun again");
        let (_, total) = page(&mut connection, GUILD, 10, 0).await.expect("a page");
        assert_eq!(total, 1);
    }
}
