//! Files of the knowledge base that are to be written: put down with the decision, written after it.

use jiff::Timestamp;
use sqlx::FromRow;

use super::rows::{bad, column, id, known};
use super::{Connection, Result, ms};
use crate::domain::article::FileKind;
use crate::domain::ids::{ArticleDraftId, ArticleFileId, GuildId, UserId};

const TABLE: &str = "article_file";

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleFile {
    /// Its row; none yet before it is kept.
    pub id: ArticleFileId,
    /// Whose decision it was.
    pub guild: GuildId,
    /// Within the folder of articles.
    pub path: String,
    /// What the file held when this was decided; none where there was none.
    pub was: Option<String>,
    /// What it is to hold.
    pub text: String,
    /// Why it is written.
    pub kind: FileKind,
    /// The draft that it comes from.
    pub draft: Option<ArticleDraftId>,
    /// Who decided it.
    pub by: UserId,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    guild: i64,
    path: String,
    was: Option<String>,
    text: String,
    kind: String,
    draft: Option<i64>,
    by_user: i64,
}

impl TryFrom<Row> for ArticleFile {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: ArticleFileId(row.id),
            guild: GuildId(id(row.guild)),
            path: row.path,
            was: row.was,
            text: row.text,
            kind: known(TABLE, &row.kind, FileKind::from_key(&row.kind))?,
            draft: row.draft.map(ArticleDraftId),
            by: UserId(id(row.by_user)),
        })
    }
}

/// Puts down that it is to be written.
pub async fn insert(
    change: &mut Connection,
    file: &ArticleFile,
    now: Timestamp,
) -> Result<ArticleFileId> {
    let id = sqlx::query_scalar(
        "insert into article_file (guild, path, was, text, kind, draft, by_user, decided_at)
         values (?, ?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(column(file.guild.0))
    .bind(&file.path)
    .bind(&file.was)
    .bind(&file.text)
    .bind(file.kind.key())
    .bind(file.draft.map(|draft| draft.0))
    .bind(column(file.by.0))
    .bind(ms(now))
    .fetch_one(change)
    .await?;
    Ok(ArticleFileId(id))
}

/// All that wait to be written, in the order in which they were decided.
pub async fn waiting(from: &mut Connection) -> Result<Vec<ArticleFile>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select id, guild, path, was, text, kind, draft, by_user from article_file
         where written_at is null and given_up = 0 order by id",
    )
    .fetch_all(from)
    .await?;
    rows.into_iter().map(ArticleFile::try_from).collect()
}

/// What became of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is written.
    Written,
    /// It could not be written, and is tried again.
    Failed(String),
    /// It will not be written: the file was changed meanwhile.
    GivenUp,
}

/// Puts down what became of one. False if that was put down before.
pub async fn settle(
    change: &mut Connection,
    file: ArticleFileId,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<bool> {
    let (written, fault, given_up) = match outcome {
        Outcome::Written => (Some(ms(now)), None, false),
        Outcome::Failed(fault) => (None, Some(fault.as_str()), false),
        Outcome::GivenUp => (None, None, true),
    };
    let done = sqlx::query(
        "update article_file set written_at = ?, fault = ?, given_up = ?
         where id = ? and written_at is null and given_up = 0",
    )
    .bind(written)
    .bind(fault)
    .bind(given_up)
    .bind(file.0)
    .execute(change)
    .await?;
    match done.rows_affected() {
        0 => Ok(false),
        1 => Ok(true),
        more => Err(bad(TABLE, format!("{more} rows have one id"))),
    }
}

/// Files that could not be written when that was tried last, with why.
pub async fn failing(from: &mut Connection, guild: GuildId) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(
        "select path, fault from article_file
         where written_at is null and given_up = 0 and fault is not null and guild = ? order by id",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?)
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, RAVI, now};

    #[sqlx::test]
    async fn what_is_decided_waits_until_it_is_written_or_given_up(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        let of = |path: &str| ArticleFile {
            id: ArticleFileId(0),
            guild: GUILD,
            path: path.into(),
            was: None,
            text: "---\ntitle: VPN\n---\n".into(),
            kind: FileKind::Published,
            draft: None,
            by: RAVI,
        };
        let mut ids = Vec::new();
        for path in ["a.md", "b.md", "c.md"] {
            ids.push(insert(change, &of(path), now()).await.expect("kept"));
        }
        let paths = async |change: &mut Connection| -> Vec<String> {
            let all = waiting(change).await.expect("read");
            all.into_iter().map(|file| file.path).collect()
        };
        assert_eq!(paths(change).await, ["a.md", "b.md", "c.md"]);
        let failed = Outcome::Failed("read-only file system".into());
        for (id, outcome, first) in [
            (ids[0], Outcome::Written, true),
            (ids[0], Outcome::Written, false),
            (ids[1], failed, true),
            (ids[2], Outcome::GivenUp, true),
        ] {
            let put = settle(change, id, &outcome, now()).await.expect("put");
            assert_eq!(put, first, "{id} {outcome:?}");
        }
        assert_eq!(paths(change).await, ["b.md"]);
        let failing = failing(change, GUILD).await.expect("read");
        assert_eq!(failing, [("b.md".into(), "read-only file system".into())]);
    }
}
