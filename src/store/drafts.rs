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
