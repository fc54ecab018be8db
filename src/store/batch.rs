//! Several statements in one hand-over to SQLite's thread.
//!
//! Waking that thread and waiting for it costs more than most statements do (`RELIABILITY`, limits measured). So what only
//! writes can be collected in a [`Batch`], and goes over at once with what else there is.

use futures::TryStreamExt;
use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Either, Executor};

use super::{Change, Result, Single};

/// An argument of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Whole(i64::from(yes))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(maybe: Option<T>) -> Self {
        maybe.map_or(Self::Null, Into::into)
    }
}

/// A statement and its arguments, to be run at once or in a [`Batch`]. Its arguments are `?`, each bound in its turn: numbered
/// ones would count from the beginning of the batch.
#[derive(Clone, Debug)]
#[must_use = "it is not run yet"]
pub struct Statement {
    sql: &'static str,
    values: Vec<Value>,
}

/// Begins a statement.
pub(super) fn statement(sql: &'static str) -> Statement {
    debug_assert!(
        !sql.as_bytes()
            .windows(2)
            .any(|pair| pair[0] == b'?' && pair[1].is_ascii_digit()),
        "a numbered argument: {sql}"
    );
    Statement {
        sql,
        values: Vec::new(),
    }
}

impl Statement {
    /// Gives the next argument.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Writes it to `to`: there at once, or when the batch is sent.
    pub(super) async fn put(self, to: &mut impl Writes) -> Result<()> {
        to.put(self).await
    }

    /// Runs it, and gives what it answers.
    pub(super) async fn ask(self, from: &mut SqliteConnection) -> Result<Answer> {
        let mut batch = Batch::default();
        batch.add(self);
        Ok(batch.send(from).await?.pop().unwrap_or_default())
    }
}

/// What takes writes: a connection, which does them at once, or a batch, which keeps them until it is sent.
pub trait Writes {
    /// Takes one.
    fn put(&mut self, write: Statement) -> impl Future<Output = Result<()>> + Send;
}

impl Writes for Batch {
    async fn put(&mut self, write: Statement) -> Result<()> {
        self.add(write);
        Ok(())
    }
}

impl Writes for SqliteConnection {
    async fn put(&mut self, write: Statement) -> Result<()> {
        write.ask(self).await?;
        Ok(())
    }
}

impl Writes for Single {
    async fn put(&mut self, write: Statement) -> Result<()> {
        write.ask(self).await?;
        Ok(())
    }
}

impl Writes for Change {
    async fn put(&mut self, write: Statement) -> Result<()> {
        write.ask(self).await?;
        Ok(())
    }
}

/// What a statement answered.
#[derive(Default)]
pub(super) struct Answer {
    /// How many rows it changed.
    pub(super) changed: u64,
    /// The rows that it read.
    pub(super) rows: Vec<SqliteRow>,
}

/// Statements that are sent together, in order. If one fails, those after it are not run.
#[derive(Debug, Default)]
pub struct Batch {
    sql: String,
    values: Vec<Value>,
}

impl Batch {
    /// Adds one to the end.
    pub(super) fn add(&mut self, statement: Statement) {
        if !self.sql.is_empty() {
            self.sql.push_str(";\n");
        }
        self.sql.push_str(statement.sql);
        self.values.extend(statement.values);
    }

    /// Sends it, in one hand-over. One answer for each statement; one that was added as several has as many.
    pub(super) async fn send(self, to: &mut SqliteConnection) -> Result<Vec<Answer>> {
        if self.sql.is_empty() {
            return Ok(Vec::new());
        }
        let mut arguments = SqliteArguments::default();
        for value in self.values {
            match value {
                Value::Null => arguments.add(None::<i64>),
                Value::Whole(number) => arguments.add(number),
                Value::Text(text) => arguments.add(text),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        // Whole statements, each of them static, one after the other: nothing that anybody wrote is in here.
        let query = sqlx::query_with(AssertSqlSafe(self.sql), arguments);
        let mut results = to.fetch_many(query);
        let mut answers = Vec::new();
        let mut answer = Answer::default();
        while let Some(result) = results.try_next().await? {
            match result {
                Either::Right(row) => answer.rows.push(row),
                Either::Left(done) => {
                    answer.changed = done.rows_affected();
                    answers.push(std::mem::take(&mut answer));
                }
            }
        }
        Ok(answers)
    }
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;

    async fn pairs(connection: &mut SqliteConnection) -> Vec<(i64, Option<String>)> {
        sqlx::query_as("select number, said from pair order by number")
            .fetch_all(connection)
            .await
            .expect("read")
    }

    #[sqlx::test(migrations = false)]
    async fn a_batch_runs_in_order_and_each_statement_takes_its_own_arguments(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        statement("create table pair (number integer primary key, said text) strict")
            .put(&mut connection)
            .await
            .expect("a table");
        let pair = |number: i64, said: Option<&str>| {
            statement("insert into pair (number, said) values (?, ?)")
                .bind(number)
                .bind(said)
        };
        let mut batch = Batch::default();
        pair(1, Some("one; two"))
            .put(&mut batch)
            .await
            .expect("kept");
        pair(2, None).put(&mut batch).await.expect("kept");
        batch.add(
            statement("update pair set said = ? where number >= ?")
                .bind(true)
                .bind(2),
        );
        batch.add(statement("select number from pair where number > ?").bind(0));
        assert_eq!(pairs(&mut connection).await, [], "not before it is sent");
        let answers = batch.send(&mut connection).await.expect("sent");
        let changed: Vec<u64> = answers[..3].iter().map(|answer| answer.changed).collect();
        assert_eq!(changed, [1, 1, 1]);
        assert_eq!(answers[3].rows.len(), 2);
        let all = [(1, Some("one; two".to_owned())), (2, Some("1".to_owned()))];
        assert_eq!(pairs(&mut connection).await, all);

        let mut batch = Batch::default();
        for number in [3, 1, 4] {
            batch.add(pair(number, None));
        }
        let error = batch.send(&mut connection).await.err().expect("1 is there");
        assert!(error.is_constraint("pair.number"), "{error:?}");
        assert_eq!(pairs(&mut connection).await.len(), 3, "4 was not tried");
        let none = Batch::default().send(&mut connection).await.expect("sent");
        assert!(none.is_empty());
    }
}
