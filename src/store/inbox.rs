//! What was processed, so that nothing is processed twice.

use jiff::{SignedDuration, Timestamp};

use super::batch::{Answer, Statement, statement};
use super::{Connection, Result, ms};
use crate::domain::ids::Cause;

/// Keys older than this are forgotten: Discord repeats events within minutes, reconciliation looks back for hours.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Takes `cause` for processing in this change. False when it was processed before: then nothing is to be done.
pub async fn take(change: &mut Connection, cause: &Cause, now: Timestamp) -> Result<bool> {
    Ok(taken(&taking(cause, now).ask(change).await?))
}

/// The statement that takes `cause`, for a batch.
pub(super) fn taking(cause: &Cause, now: Timestamp) -> Statement {
    statement("insert into inbox (key, at) values (?, ?) on conflict do nothing")
        .bind(cause.as_str())
        .bind(ms(now))
}

/// Whether it was taken, by what that statement answered.
pub(super) fn taken(answer: &Answer) -> bool {
    answer.changed == 1
}

/// Forgets what is so old that nobody repeats it. Returns how many keys went.
pub async fn forget(change: &mut Connection, now: Timestamp) -> Result<u64> {
    let gone = sqlx::query("delete from inbox where at < ?")
        .bind(ms(now - KEPT))
        .execute(change)
        .await?;
    Ok(gone.rows_affected())
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::now;

    #[sqlx::test]
    async fn a_cause_is_taken_once_and_forgotten_after_a_month(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let cause = Cause::interaction(7);
        assert!(take(&mut connection, &cause, now()).await.expect("taken"));
        assert!(!take(&mut connection, &cause, now()).await.expect("seen"));
        assert_eq!(
            forget(&mut connection, now() + KEPT).await.expect("kept"),
            0
        );
        let later = now() + KEPT + SignedDuration::from_secs(1);
        assert_eq!(forget(&mut connection, later).await.expect("gone"), 1);
    }
}
