//! What an encoder made of texts, so that a restart need not read them again: vectors by the hash of what was read.
//!
//! It is a cache in a file of its own, not a part of the desk's memory: nothing is lost with it, a backup need not carry it,
//! no change waits for it, and programs that only measure the knowledge base use it beside a running desk.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::{Result, ms};

/// What the file is called, in the folder of the encoder.
pub const FILE: &str = "vectors.sqlite";

/// How long vectors are kept that nobody asks for: of articles that are gone, and of encoders that were replaced.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// That they were used is put down once in so long.
const NOTED: SignedDuration = SignedDuration::from_hours(24);

/// The form of the file. A file of another form is begun anew: what was in it can be made again.
const FORM: i64 = 1;

/// The cache. Cheap to clone; several processes may have it open.
#[derive(Clone, Debug)]
pub struct Vectors {
    pool: SqlitePool,
}

impl Vectors {
    /// Opens the file at `path`, makes it if it is not there, and forgets what was not asked for in thirty days.
    pub async fn open(path: &Path, now: Timestamp) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .busy_timeout(Duration::from_secs(5))
            .journal_mode(SqliteJournalMode::Wal)
            // What a power cut takes is made again.
            .synchronous(SqliteSynchronous::Normal)
            .pragma("trusted_schema", "off");
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        let mut change = pool.begin_with("begin immediate").await?;
        let form: i64 = sqlx::query_scalar("pragma user_version")
            .fetch_one(&mut *change)
            .await?;
        if form != FORM {
            sqlx::query("drop table if exists vectors")
                .execute(&mut *change)
                .await?;
            sqlx::query("pragma user_version = 1")
                .execute(&mut *change)
                .await?;
        }
        sqlx::query(
            "create table if not exists vectors (
                 key text primary key, vectors blob not null, used_at integer not null
             ) strict, without rowid",
        )
        .execute(&mut *change)
        .await?;
        sqlx::query("delete from vectors where used_at < ?")
            .bind(ms(now - KEPT))
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(Self { pool })
    }

    /// The vectors that are kept under these keys; what is not kept is missing.
    pub async fn find(&self, keys: &[String], now: Timestamp) -> Result<HashMap<String, Vec<u8>>> {
        let keys = serde_json::Value::from(keys.to_vec()).to_string();
        let found: Vec<(String, Vec<u8>)> = sqlx::query_as(
            "select key, vectors from vectors where key in (select value from json_each(?))",
        )
        .bind(&keys)
        .fetch_all(&self.pool)
        .await?;
        if !found.is_empty() {
            sqlx::query(
                "update vectors set used_at = ?1
                 where key in (select value from json_each(?2)) and used_at < ?3",
            )
            .bind(ms(now))
            .bind(&keys)
            .bind(ms(now - NOTED))
            .execute(&self.pool)
            .await?;
        }
        Ok(found.into_iter().collect())
    }

    /// Keeps vectors under their key.
    pub async fn keep(&self, key: &str, vectors: &[u8], now: Timestamp) -> Result<()> {
        sqlx::query(
            "insert into vectors (key, vectors, used_at) values (?, ?, ?)
             on conflict (key) do update set vectors = excluded.vectors, used_at = excluded.used_at",
        )
        .bind(key)
        .bind(vectors)
        .bind(ms(now))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-06-15T09:00:00Z".parse().expect("a valid instant")
    }

    fn days(count: i64) -> SignedDuration {
        SignedDuration::from_hours(24 * count)
    }

    #[tokio::test]
    async fn what_was_made_is_found_after_a_restart_until_nobody_asks_for_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vectors.sqlite");
        let keys = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        let vectors = Vectors::open(&path, now()).await.expect("opened");
        vectors.keep("a", &[1, 2], now()).await.expect("kept");
        vectors.keep("b", &[3], now()).await.expect("kept");
        vectors.keep("b", &[4], now()).await.expect("kept");
        // A second process reads beside it.
        let other = Vectors::open(&path, now()).await.expect("opened");
        let found = other.find(&keys, now()).await.expect("read");
        assert_eq!(found.len(), 2);
        assert_eq!(found["a"], [1, 2]);
        assert_eq!(found["b"], [4]);
        other.close().await;
        // Only what is asked for meanwhile outlives the thirty days.
        let asked = vectors.find(&keys[..1], now() + days(20)).await;
        assert_eq!(asked.expect("read").len(), 1);
        vectors.close().await;
        let later = now() + days(31);
        let vectors = Vectors::open(&path, later).await.expect("opened");
        let found = vectors.find(&keys, later).await.expect("read");
        assert_eq!(found.keys().collect::<Vec<_>>(), ["a"]);
        vectors.close().await;
    }

    #[tokio::test]
    async fn a_file_of_another_form_is_begun_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vectors.sqlite");
        let vectors = Vectors::open(&path, now()).await.expect("opened");
        vectors.keep("a", &[1], now()).await.expect("kept");
        sqlx::query("pragma user_version = 7")
            .execute(&vectors.pool)
            .await
            .expect("set");
        vectors.close().await;
        let vectors = Vectors::open(&path, now()).await.expect("opened");
        let found = vectors.find(&["a".to_owned()], now()).await.expect("read");
        assert!(found.is_empty());
        vectors.keep("a", &[2], now()).await.expect("kept");
        vectors.close().await;
    }
}
