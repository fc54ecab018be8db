//! Articles that are being written.

use sqlx::{FromRow, Sqlite, query_builder::QueryBuilder};

use super::batch::{Writes, statement};
use super::rows::{at, bad, column, id, json, known};
use super::{Connection, Result, ms};
use crate::domain::article::{ArticleDraft, DraftName, Stage};
use crate::domain::ids::{ArticleDraftId, GuildId, Number, TicketId, UserId};

const TABLE: &str = "article_draft";

#[derive(FromRow)]
struct Row {
    id: i64,
    ticket: Option<i64>,
    number: Option<i64>,
    article: Option<String>,
    base: Option<String>,
    reviewed: Option<String>,
    asks: String,
    category: String,
    owner: String,
    guild: i64,
    title: String,
    summary: String,
    body: String,
    writers: String,
    asked_by: Option<i64>,
    approved_by: Option<i64>,
    stage: String,
    version: i64,
    begun_at: i64,
    changed_at: i64,
}

impl TryFrom<Row> for ArticleDraft {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: ArticleDraftId(row.id),
            ticket: row.ticket.map(TicketId).zip(row.number.map(Number)),
            article: row.article,
            base: row.base,
            reviewed: row.reviewed,
            asks: json(TABLE, &row.asks)?,
            category: row.category,
            owner: row.owner,
            guild: GuildId(id(row.guild)),
            title: row.title,
            summary: row.summary,
            body: row.body,
            writers: json(TABLE, &row.writers)?,
            asked_by: row.asked_by.map(|user| UserId(id(user))),
            approved_by: row.approved_by.map(|user| UserId(id(user))),
            stage: known(TABLE, &row.stage, Stage::from_key(&row.stage))?,
            version: row.version,
            begun_at: at(TABLE, row.begun_at)?,
            changed_at: at(TABLE, row.changed_at)?,
        })
    }
}

/// What is read of one. What became confidential is nobody's article any more; what a ticket is about is asked of the ticket.
const READ: &str = "select d.id, d.ticket, t.number, d.article, d.base, d.reviewed, d.asks, coalesce(t.category, d.category) as category,
        coalesce((select name from member where guild = d.guild and user = d.writers ->> '$[#-1]'), '') as owner,
        d.guild, d.title, d.summary, d.body, d.writers, d.asked_by, d.approved_by, d.stage, d.version, d.begun_at, d.changed_at
    from article_draft d left join ticket t on t.id = d.ticket where coalesce(t.confidential, 0) = 0 ";

/// Begins one out of a ticket, or begins it anew where nobody has changed it since, or it was dropped: what somebody wrote is
/// never overwritten.
pub async fn begin(change: &mut impl Writes, draft: &ArticleDraft) -> Result<()> {
    statement(
        "insert into article_draft
             (ticket, guild, category, title, summary, body, writers, stage, version, begun_at, changed_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (ticket) where stage <> 'published' do update set
             title = excluded.title, summary = excluded.summary, body = excluded.body, writers = excluded.writers,
             stage = excluded.stage, changed_at = excluded.changed_at
         where article_draft.version = 0 or article_draft.stage = 'dropped'",
    )
    .bind(draft.ticket.map(|(ticket, _)| ticket.0))
    .bind(column(draft.guild.0))
    .bind(&draft.category)
    .bind(&draft.title)
    .bind(&draft.summary)
    .bind(&draft.body)
    .bind(list(&draft.writers)?)
    .bind(draft.stage.key())
    .bind(draft.version)
    .bind(ms(draft.begun_at))
    .bind(ms(draft.changed_at))
    .put(change)
    .await
}

/// Begins one that comes from no ticket.
pub async fn insert(change: &mut Connection, draft: &ArticleDraft) -> Result<ArticleDraftId> {
    let id = sqlx::query_scalar(
        "insert into article_draft
             (guild, article, base, asks, category, title, summary, body, writers, stage, version, begun_at, changed_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(column(draft.guild.0))
    .bind(&draft.article)
    .bind(&draft.base)
    .bind(list(&draft.asks)?)
    .bind(&draft.category)
    .bind(&draft.title)
    .bind(&draft.summary)
    .bind(&draft.body)
    .bind(list(&draft.writers)?)
    .bind(draft.stage.key())
    .bind(draft.version)
    .bind(ms(draft.begun_at))
    .bind(ms(draft.changed_at))
    .fetch_one(change)
    .await?;
    Ok(ArticleDraftId(id))
}

/// Writes what somebody changed of one.
pub async fn save(change: &mut impl Writes, draft: &ArticleDraft) -> Result<()> {
    statement(
        "update article_draft set
             title = ?, summary = ?, body = ?, writers = ?, article = ?, base = ?, reviewed = ?, asked_by = ?, approved_by = ?,
             stage = ?, version = ?, changed_at = ?
         where id = ?",
    )
    .bind(&draft.title)
    .bind(&draft.summary)
    .bind(&draft.body)
    .bind(list(&draft.writers)?)
    .bind(draft.article.as_deref())
    .bind(draft.base.as_deref())
    .bind(draft.reviewed.as_deref())
    .bind(draft.asked_by.map(|user| column(user.0)))
    .bind(draft.approved_by.map(|user| column(user.0)))
    .bind(draft.stage.key())
    .bind(draft.version)
    .bind(ms(draft.changed_at))
    .bind(draft.id.0)
    .put(change)
    .await
}

fn list<T: serde::Serialize>(of: &[T]) -> Result<String> {
    serde_json::to_string(of).map_err(|error| bad(TABLE, error.to_string()))
}

/// The one of that name. Of a ticket that has been written out before, the one that is not published yet.
pub async fn find(
    from: &mut Connection,
    guild: GuildId,
    name: DraftName,
) -> Result<Option<ArticleDraft>> {
    let mut query = QueryBuilder::<Sqlite>::new(READ);
    query.push("and d.guild = ").push_bind(column(guild.0));
    match name {
        DraftName::Of(number) => query.push(" and t.number = ").push_bind(number.0),
        DraftName::Own(id) => query.push(" and d.id = ").push_bind(id.0),
    };
    query.push(" order by d.stage = 'published', d.id desc limit 1");
    let row: Option<Row> = query.build_query_as().fetch_optional(from).await?;
    row.map(ArticleDraft::try_from).transpose()
}

/// The one that changes that article, if one does.
pub async fn of_article(
    from: &mut Connection,
    guild: GuildId,
    article: &str,
) -> Result<Option<ArticleDraft>> {
    let mut query = QueryBuilder::<Sqlite>::new(READ);
    query.push("and d.guild = ").push_bind(column(guild.0));
    query.push(" and d.article = ").push_bind(article);
    query.push(" and d.stage in ('draft', 'review', 'approved') limit 1");
    let row: Option<Row> = query.build_query_as().fetch_optional(from).await?;
    row.map(ArticleDraft::try_from).transpose()
}

/// Whether somebody wrote at what became that article on this desk.
pub async fn wrote(
    from: &mut Connection,
    guild: GuildId,
    article: &str,
    user: UserId,
) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (
             select 1 from article_draft d, json_each(d.writers) w
             where d.guild = ? and d.article = ? and d.stage = 'published' and w.value = ?
         )",
    )
    .bind(column(guild.0))
    .bind(article)
    .bind(column(user.0))
    .fetch_one(from)
    .await?)
}

/// A page of those of `guild` that are being written or wait for a second person, those first, what was changed last first; and
/// how many there are.
pub async fn page(
    from: &mut Connection,
    guild: GuildId,
    limit: u32,
    offset: u32,
) -> Result<(Vec<ArticleDraft>, u32)> {
    let total: u32 = sqlx::query_scalar(
        "select count(*) from article_draft d left join ticket t on t.id = d.ticket
             where d.guild = ? and d.stage in ('draft', 'review') and coalesce(t.confidential, 0) = 0",
    )
    .bind(column(guild.0))
    .fetch_one(&mut *from)
    .await?;
    let mut query = QueryBuilder::<Sqlite>::new(READ);
    query.push("and d.guild = ").push_bind(column(guild.0));
    query.push(" and d.stage in ('draft', 'review') order by d.stage desc, d.changed_at desc, d.id desc limit ");
    query.push_bind(limit).push(" offset ").push_bind(offset);
    let rows: Vec<Row> = query.build_query_as().fetch_all(from).await?;
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
        let mut first = of("Port 4500 is open.");
        begin(&mut connection, &first).await.expect("begun");
        first.id = ArticleDraftId(1);
        let read = find(&mut connection, GUILD, DraftName::Of(ticket.number))
            .await
            .expect("read");
        assert_eq!(read, Some(first));
        let mut again = of("It was the profile.");
        begin(&mut connection, &again).await.expect("begun");
        let read = find(&mut connection, GUILD, DraftName::Of(ticket.number))
            .await
            .expect("read");
        again.id = ArticleDraftId(1);
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

    #[sqlx::test]
    async fn what_is_published_leaves_room_for_another_draft_of_its_ticket(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let ticket = ticket(&mut connection, "VPN").await;
        let of = |done: &str| ArticleDraft::of_resolution(&ticket, done, RAVI, now());
        begin(&mut connection, &of("It was the profile."))
            .await
            .expect("begun");
        let name = DraftName::Of(ticket.number);
        let read = find(&mut connection, GUILD, name).await.expect("read");
        let mut first = read.expect("there is one");
        first.stage = Stage::Published;
        first.article = Some("network/vpn".into());
        first.version = 3;
        save(&mut connection, &first).await.expect("saved");
        for (article, user, expected) in [
            ("network/vpn", RAVI, true),
            ("network/vpn", UserId(22), false),
            ("network/wifi", RAVI, false),
        ] {
            let found = wrote(&mut connection, GUILD, article, user).await;
            assert_eq!(found.expect("read"), expected, "{article} {user}");
        }
        begin(&mut connection, &of("It was the certificate."))
            .await
            .expect("begun again");
        let second = find(&mut connection, GUILD, name).await.expect("read");
        let second = second.expect("there is another");
        assert_eq!((second.id, second.stage), (ArticleDraftId(2), Stage::Draft));
    }

    #[sqlx::test]
    async fn an_article_is_changed_by_one_draft_at_a_time(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let change = || ArticleDraft {
            article: Some("network/vpn".into()),
            base: Some("---\ntitle: VPN\n---\n".into()),
            title: "VPN".into(),
            ..ArticleDraft::empty(GUILD, "network", RAVI, now())
        };
        let id = insert(&mut connection, &change()).await.expect("begun");
        let found = of_article(&mut connection, GUILD, "network/vpn").await;
        let mut found = found.expect("read").expect("there is one");
        assert_eq!(found.name(), DraftName::Own(id));
        let twice = insert(&mut connection, &change()).await;
        twice.expect_err("one at a time");
        found.stage = Stage::Dropped;
        save(&mut connection, &found).await.expect("saved");
        let found = of_article(&mut connection, GUILD, "network/vpn").await;
        assert_eq!(found.expect("read"), None);
        insert(&mut connection, &change())
            .await
            .expect("begun anew");
    }
}
