//! Questions at L0, and what became of them.

use std::num::NonZeroU32;

use jiff::Timestamp;

use super::rows::{bad, column, id, json};
use super::{Connection, Result, ms};
use crate::domain::ids::{AskId, Cause, GuildId};

const TABLE: &str = "ask";

/// A question as it is kept: who asked is a salted hash.
#[derive(Clone, Debug)]
pub struct Ask {
    /// On which desk; none in a direct message that could mean several.
    pub guild: Option<GuildId>,
    /// Who asked, hashed.
    pub asker: String,
    /// What, redacted.
    pub question: String,
    /// What the knowledge base made of it.
    pub verdict: String,
    /// How sure it was, before what outcomes taught moved it.
    pub confidence: f64,
    /// The articles shown, best first.
    pub articles: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// The three honest classes (`DOMAIN` 1.16): silence is not success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The asker said that it is solved.
    Confirmed,
    /// An answer was given, and nothing came after it.
    Possible,
    /// No answer, the wrong one, or a ticket within 24 hours.
    None,
}

impl Outcome {
    /// How the table keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Possible => "possible",
            Self::None => "none",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Confirmed, Self::Possible, Self::None]
            .into_iter()
            .find(|outcome| outcome.key() == key)
    }
}

/// Keeps a question that was just answered. What the same `cause` asked before is that question still. One statement, so
/// that it may stand for a change of its own.
pub async fn insert(
    change: &mut Connection,
    ask: &Ask,
    cause: &Cause,
    now: Timestamp,
) -> Result<AskId> {
    let articles =
        serde_json::to_string(&ask.articles).map_err(|error| bad(TABLE, error.to_string()))?;
    let id: i64 = sqlx::query_scalar(
        "insert into ask (guild, cause, asker, question, verdict, confidence, articles, outcome, asked_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (cause) do update set cause = excluded.cause returning id",
    )
    .bind(ask.guild.map(|guild| column(guild.0)))
    .bind(cause.as_str())
    .bind(&ask.asker)
    .bind(&ask.question)
    .bind(&ask.verdict)
    .bind(ask.confidence)
    .bind(articles)
    .bind(ask.outcome.key())
    .bind(ms(now))
    .fetch_one(change)
    .await?;
    Ok(AskId(id))
}

/// The question of that id, if it is `asker`'s.
pub async fn find(from: &mut Connection, ask: AskId, asker: &str) -> Result<Option<Ask>> {
    type Row = (Option<i64>, String, String, String, f64, String, String);
    let row: Option<Row> = sqlx::query_as(
        "select guild, asker, question, verdict, confidence, articles, outcome from ask where id = ? and asker = ?",
    )
    .bind(ask.0)
    .bind(asker)
    .fetch_optional(from)
    .await?;
    row.map(
        |(guild, asker, question, verdict, confidence, articles, outcome)| {
            Ok(Ask {
                guild: guild.map(|guild| GuildId(id(guild))),
                asker,
                question,
                verdict,
                confidence,
                articles: json(TABLE, &articles)?,
                outcome: Outcome::from_key(&outcome).ok_or_else(|| bad(TABLE, outcome))?,
            })
        },
    )
    .transpose()
}

/// What became of it, as who asked says.
pub async fn settle(
    change: &mut Connection,
    ask: AskId,
    outcome: Outcome,
    now: Timestamp,
) -> Result<()> {
    let denied = (outcome == Outcome::None).then(|| ms(now));
    sqlx::query("update ask set outcome = ?, settled_at = ?, denied_at = ? where id = ?")
        .bind(outcome.key())
        .bind(ms(now))
        .bind(denied)
        .bind(ask.0)
        .execute(change)
        .await?;
    Ok(())
}

/// `asker` opened a ticket: what they asked since `since` was not solved after all, whatever was said before.
pub async fn take_back(
    change: &mut Connection,
    asker: &str,
    since: Timestamp,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("update ask set outcome = 'none', settled_at = ? where asker = ? and asked_at > ? and outcome <> 'none'")
        .bind(ms(now))
        .bind(asker)
        .bind(ms(since))
        .execute(change)
        .await?;
    Ok(())
}

/// Whether `asker` asked `most.0` questions or more since `since`, and whether `most.1` or more were asked on `guild`. A
/// limit that is none is never reached. Counts no further than it must: on a busy desk there are many.
pub async fn reached(
    from: &mut Connection,
    asker: &str,
    guild: Option<GuildId>,
    most: (Option<NonZeroU32>, Option<NonZeroU32>),
    since: Timestamp,
) -> Result<(bool, bool)> {
    Ok(sqlx::query_as(
        "select (select count(*) from (select 1 from ask where asker = ?1 and asked_at > ?3 limit coalesce(?4, 0))) >= ?4,
                (select count(*) from (select 1 from ask where guild = ?2 and asked_at > ?3 limit coalesce(?5, 0))) >= ?5",
    )
    .bind(asker)
    .bind(guild.map(|guild| column(guild.0)))
    .bind(ms(since))
    .bind(most.0.map(NonZeroU32::get))
    .bind(most.1.map(NonZeroU32::get))
    .fetch_one(from)
    .await
    .map(|(own, all): (Option<bool>, Option<bool>)| (own == Some(true), all == Some(true)))?)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, now};

    #[sqlx::test]
    async fn a_question_is_its_askers_and_a_ticket_takes_its_outcome_back(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let ask = Ask {
            guild: Some(GUILD),
            asker: "hash".into(),
            question: "vpn?".into(),
            verdict: "sure".into(),
            confidence: 0.9,
            articles: vec!["network/vpn".into()],
            outcome: Outcome::Possible,
        };
        let cause = Cause::interaction(1);
        let id = insert(&mut connection, &ask, &cause, now())
            .await
            .expect("kept");
        let again = insert(&mut connection, &ask, &cause, now()).await;
        assert_eq!(again.expect("kept"), id, "asked twice by the same cause");
        let outcome = async |connection: &mut Connection| {
            find(connection, id, "hash")
                .await
                .expect("read")
                .map(|ask| ask.outcome)
        };
        assert!(
            find(&mut connection, id, "other")
                .await
                .expect("read")
                .is_none()
        );
        settle(&mut connection, id, Outcome::Confirmed, now())
            .await
            .expect("settled");
        assert_eq!(outcome(&mut connection).await, Some(Outcome::Confirmed));
        let hour = SignedDuration::from_hours(1);
        take_back(&mut connection, "hash", now() + hour, now())
            .await
            .expect("nothing that late");
        assert_eq!(outcome(&mut connection).await, Some(Outcome::Confirmed));
        take_back(&mut connection, "hash", now() - hour, now())
            .await
            .expect("taken back");
        assert_eq!(outcome(&mut connection).await, Some(Outcome::None));
        let one = NonZeroU32::new(1);
        let two = NonZeroU32::new(2);
        for (asker, guild, most, expected) in [
            ("hash", Some(GUILD), (one, one), (true, true)),
            ("hash", Some(GUILD), (two, two), (false, false)),
            ("hash", None, (one, one), (true, false)),
            ("other", Some(GUILD), (one, one), (false, true)),
            ("hash", Some(GUILD), (None, one), (false, true)),
            ("hash", Some(GUILD), (one, None), (true, false)),
        ] {
            let found = reached(&mut connection, asker, guild, most, now() - hour).await;
            assert_eq!(found.expect("read"), expected, "{asker} {guild:?} {most:?}");
        }
    }
}
