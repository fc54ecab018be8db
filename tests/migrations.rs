//! Each migration is applied to a database that is not empty: after each one, its sample rows (`tests/samples/NNNN.sql`)
//! are inserted, and then the next one follows. At the end nothing is inconsistent.

use std::path::PathBuf;

use deskhand::store::MIGRATIONS;
use sqlx::migrate::Migrate;
use sqlx::{Connection, Executor, SqliteConnection};

/// A database as it was when the migration of that version had just been applied: the samples of those before it are in it.
async fn just_at(version: i64) -> SqliteConnection {
    let mut database = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("a database in memory");
    database
        .execute("pragma foreign_keys = on")
        .await
        .expect("foreign keys");
    database
        .ensure_migrations_table("_sqlx_migrations")
        .await
        .expect("the table of migrations");
    for migration in MIGRATIONS.iter() {
        database
            .apply("_sqlx_migrations", migration)
            .await
            .expect("the migration applies");
        if migration.version == version {
            break;
        }
        samples(&mut database, migration.version).await;
    }
    database
}

async fn samples(database: &mut SqliteConnection, version: i64) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/samples")
        .join(format!("{version:04}.sql"));
    let rows = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("migration {version} has no sample rows: {error}"));
    database
        .execute(sqlx::AssertSqlSafe(rows))
        .await
        .expect("the sample rows fit");
}

fn newest() -> i64 {
    let versions = MIGRATIONS.iter().map(|migration| migration.version);
    versions.max().expect("there are migrations")
}

#[tokio::test]
async fn every_migration_applies_to_a_database_that_is_not_empty() {
    let mut database = just_at(newest()).await;
    samples(&mut database, newest()).await;
    let broken: Vec<(String,)> = sqlx::query_as("select \"table\" from pragma_foreign_key_check")
        .fetch_all(&mut database)
        .await
        .expect("a check");
    assert_eq!(broken, [], "rows point to rows that are not there");
    let verdict: String = sqlx::query_scalar("pragma integrity_check")
        .fetch_one(&mut database)
        .await
        .expect("a check");
    assert_eq!(verdict, "ok");
}

#[tokio::test]
async fn every_table_has_sample_rows_and_is_strict() {
    let mut database = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("a database in memory");
    MIGRATIONS
        .run(&mut database)
        .await
        .expect("the migrations apply");
    for migration in MIGRATIONS.iter() {
        samples(&mut database, migration.version).await;
    }
    let tables: Vec<(String, bool)> = sqlx::query_as(
        "select name, strict from pragma_table_list where schema = 'main' and type = 'table' and name not glob 'sqlite_*'
             and name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut database)
    .await
    .expect("the tables");
    assert!(tables.len() > 10, "{tables:?}");
    for (table, strict) in tables {
        assert!(strict, "table {table} is not strict");
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select count(*) from \"{table}\""
        )))
        .fetch_one(&mut database)
        .await
        .expect("a count");
        assert!(rows > 0, "table {table} has no sample row");
    }
}

#[tokio::test]
async fn who_was_promised_a_staff_thread_before_0018_has_one() {
    let mut database = just_at(18).await;
    let staffed: Vec<(i64, bool)> = sqlx::query_as("select id, staffed from ticket order by id")
        .fetch_all(&mut database)
        .await
        .expect("the tickets");
    assert_eq!(
        staffed[..2],
        [(1, false), (2, true)],
        "the second waits for its thread"
    );
}

#[tokio::test]
async fn extensions_cannot_be_loaded() {
    let mut database = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("a database in memory");
    let loaded = database.execute("select load_extension('x')").await;
    let error = loaded.expect_err("loading is off").to_string();
    assert!(error.contains("not authorized"), "{error}");
}
