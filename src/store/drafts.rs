//! What somebody has chosen before a form can open.

use jiff::{SignedDuration, Timestamp};

use super::rows::column;
use super::{Connection, Result, ms};
use crate::domain::ids::{DraftId, UserId};

/// How long a draft can be gone on with.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Keeps a new draft of `owner`, and forgets those that are too old to be gone on with.
pub async fn insert(
    change: &mut Connection,
    owner: UserId,
    body: &str,
    now: Timestamp,
) -> Result<DraftId> {
    sqlx::query("delete from draft where changed_at < ?")
        .bind(ms(now - KEPT))
        .execute(&mut *change)
        .await?;
    let id: i64 = sqlx::query_scalar(
        "insert into draft (owner, body, changed_at) values (?, ?, ?) returning id",
    )
    .bind(column(owner.0))
    .bind(body)
    .bind(ms(now))
    .fetch_one(change)
    .await?;
    Ok(DraftId(id))
}

/// The draft of that id, if it is `owner`'s.
pub async fn find(from: &mut Connection, draft: DraftId, owner: UserId) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar("select body from draft where id = ? and owner = ?")
            .bind(draft.0)
            .bind(column(owner.0))
            .fetch_optional(from)
            .await?,
    )
}

/// Changes it. False when it is not there, or somebody else's.
pub async fn update(
    change: &mut Connection,
    draft: DraftId,
    owner: UserId,
    body: &str,
    now: Timestamp,
) -> Result<bool> {
    let changed =
        sqlx::query("update draft set body = ?, changed_at = ? where id = ? and owner = ?")
            .bind(body)
            .bind(ms(now))
            .bind(draft.0)
            .bind(column(owner.0))
            .execute(change)
            .await?;
    Ok(changed.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{MIA, RAVI, now};

    #[sqlx::test]
    async fn a_draft_is_its_owners_and_lasts_a_day(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let id = insert(&mut connection, MIA, "{}", now())
            .await
            .expect("kept");
        assert!(
            update(&mut connection, id, MIA, "{1}", now())
                .await
                .expect("changed")
        );
        assert!(
            !update(&mut connection, id, RAVI, "{2}", now())
                .await
                .expect("not changed")
        );
        assert_eq!(
            find(&mut connection, id, MIA)
                .await
                .expect("read")
                .as_deref(),
            Some("{1}")
        );
        assert_eq!(find(&mut connection, id, RAVI).await.expect("read"), None);
        let later = now() + KEPT + SignedDuration::from_secs(1);
        insert(&mut connection, MIA, "{}", later)
            .await
            .expect("kept");
        assert_eq!(
            find(&mut connection, id, MIA).await.expect("read"),
            None,
            "too old to be gone on with"
        );
    }
}
