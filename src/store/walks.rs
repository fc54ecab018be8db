//! Walks through the steps of articles.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::rows::{at, column, id, known};
use super::{Connection, Result, ms};
use crate::domain::ids::{AskId, GuildId, WalkId};
use crate::domain::walk::{RESUMED_WITHIN, Stage, Walk, Walked};

const TABLE: &str = "walk";

/// Which of somebody's walks is meant: of several the one that was changed last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// The one with this id.
    pub id: Option<WalkId>,
    /// One that grew out of this question.
    pub ask: Option<AskId>,
    /// One through the article of that name.
    pub article: Option<String>,
    /// One that is open, not at its end, and was changed after this.
    pub open_since: Option<Timestamp>,
}

/// Keeps a walk that begins, and gives it its id.
pub async fn insert(
    change: &mut Connection,
    asker: &str,
    walk: &Walk,
    now: Timestamp,
) -> Result<WalkId> {
    let id: i64 = sqlx::query_scalar(
        "insert into walk (guild, asker, ask, article, section, digest, steps, at_step, stage, began_at, changed_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(walk.guild.map(|guild| column(guild.0)))
    .bind(asker)
    .bind(walk.ask.0)
    .bind(&walk.article)
    .bind(walk.section)
    .bind(&walk.digest)
    .bind(walk.steps)
    .bind(walk.at)
    .bind(walk.stage.key())
    .bind(ms(now))
    .bind(ms(walk.changed_at))
    .fetch_one(change)
    .await?;
    Ok(WalkId(id))
}

/// The walk of `asker`'s that is meant.
pub async fn find(from: &mut Connection, asker: &str, which: &Which) -> Result<Option<Walk>> {
    type Row = (
        i64,
        Option<i64>,
        i64,
        String,
        u32,
        String,
        u32,
        u32,
        String,
        i64,
    );
    let row: Option<Row> = sqlx::query_as(
        "select id, guild, ask, article, section, digest, steps, at_step, stage, changed_at from walk
         where asker = ?1 and (?2 is null or id = ?2) and (?3 is null or ask = ?3) and (?4 is null or article = ?4)
             and (?5 is null or (stage = 'open' and at_step <= steps and changed_at > ?5))
         order by changed_at desc, id desc limit 1",
    )
    .bind(asker)
    .bind(which.id.map(|walk| walk.0))
    .bind(which.ask.map(|ask| ask.0))
    .bind(&which.article)
    .bind(which.open_since.map(ms))
    .fetch_optional(from)
    .await?;
    row.map(
        |(walk, guild, ask, article, section, digest, steps, at_step, stage, changed_at)| {
            Ok(Walk {
                id: WalkId(walk),
                guild: guild.map(|guild| GuildId(id(guild))),
                ask: AskId(ask),
                article,
                section,
                digest,
                steps,
                at: at_step,
                stage: known(TABLE, &stage, Stage::from_key(&stage))?,
                changed_at: at(TABLE, changed_at)?,
            })
        },
    )
    .transpose()
}

/// Keeps where a walk is, and how it stands.
pub async fn save(change: &mut Connection, walk: &Walk) -> Result<()> {
    sqlx::query("update walk set ask = ?, at_step = ?, stage = ?, changed_at = ? where id = ?")
        .bind(walk.ask.0)
        .bind(walk.at)
        .bind(walk.stage.key())
        .bind(ms(walk.changed_at))
        .bind(walk.id.0)
        .execute(change)
        .await?;
    Ok(())
}

/// The articles on `guild` that somebody has begun to walk through.
pub async fn articles(from: &mut Connection, guild: GuildId) -> Result<BTreeSet<String>> {
    let names: Vec<String> =
        sqlx::query_scalar("select distinct article from walk where guild = ?")
            .bind(column(guild.0))
            .fetch_all(from)
            .await?;
    Ok(names.into_iter().collect())
}

/// What became of the walks on `guild` through an article whose steps say what that digest stands for.
pub async fn walked(
    from: &mut Connection,
    guild: GuildId,
    article: &str,
    digest: &str,
    now: Timestamp,
) -> Result<Walked> {
    let rows: Vec<(u32, String, bool, u32)> = sqlx::query_as(
        "select at_step, stage, changed_at > ?4, count(*) from walk
         where guild = ?1 and article = ?2 and digest = ?3 group by 1, 2, 3 order by 1",
    )
    .bind(column(guild.0))
    .bind(article)
    .bind(digest)
    .bind(ms(now - RESUMED_WITHIN))
    .fetch_all(from)
    .await?;
    let counted = rows
        .into_iter()
        .map(|(step, stage, is_fresh, count)| {
            let stage = known(TABLE, &stage, Stage::from_key(&stage))?;
            Ok((step, stage, is_fresh, count))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Walked::of(counted))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::ids::Cause;
    use crate::store::asks::{self, Ask, Outcome};
    use crate::store::samples::{GUILD, now};

    async fn asked(connection: &mut Connection) -> AskId {
        let ask = Ask {
            guild: Some(GUILD),
            asker: "mia".into(),
            question: "vpn?".into(),
            verdict: "sure".into(),
            confidence: 0.9,
            articles: vec!["vpn".into()],
            outcome: Outcome::Possible,
        };
        let kept = asks::insert(connection, &ask, &Cause::interaction(1), now()).await;
        kept.expect("kept")
    }

    #[sqlx::test]
    async fn a_walk_is_its_askers_and_is_found_where_it_was_left(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let ask = asked(&mut connection).await;
        let mut walk = Walk {
            id: WalkId(0),
            guild: Some(GUILD),
            ask,
            article: "vpn".into(),
            section: 1,
            digest: "d".into(),
            steps: 3,
            at: 1,
            stage: Stage::Open,
            changed_at: now(),
        };
        walk.id = insert(&mut connection, "mia", &walk, now())
            .await
            .expect("kept");
        walk.step_done(1, now());
        save(&mut connection, &walk).await.expect("kept");
        let hour = SignedDuration::from_hours(1);
        let which = |id, of_ask, article: Option<&str>, since: Option<Timestamp>| Which {
            id,
            ask: of_ask,
            article: article.map(str::to_owned),
            open_since: since,
        };
        for (asker, which, found) in [
            ("mia", which(Some(walk.id), None, None, None), true),
            (
                "mia",
                which(None, Some(ask), Some("vpn"), Some(now() - hour)),
                true,
            ),
            ("mia", which(None, None, Some("mail"), None), false),
            ("mia", which(None, None, None, Some(now() + hour)), false),
            ("ravi", which(Some(walk.id), None, None, None), false),
        ] {
            let read = find(&mut connection, asker, &which).await.expect("read");
            assert_eq!(read, found.then(|| walk.clone()), "{asker} {which:?}");
        }
        walk.set(Stage::Stuck, now());
        save(&mut connection, &walk).await.expect("kept");
        let open = which(None, None, None, Some(now() - hour));
        assert_eq!(
            find(&mut connection, "mia", &open).await.expect("read"),
            None
        );
        let walked = |digest: &'static str| (GUILD, "vpn", digest, now());
        let (guild, article, digest, then) = walked("d");
        let counted = super::walked(&mut connection, guild, article, digest, then).await;
        let expected = Walked {
            began: 1,
            fixed: 0,
            lost: Some((2, 1)),
        };
        assert_eq!(counted.expect("counted"), expected);
        let other = super::walked(&mut connection, GUILD, "vpn", "other", now()).await;
        assert_eq!(other.expect("counted"), Walked::default());
    }
}
