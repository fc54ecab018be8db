//! What the desk learns from: questions that found nothing, what would have helped, what people think of articles.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::rows::{at, bad, column, id, json};
use super::{Connection, Result, ms};
use crate::domain::ids::{ArticleDraftId, AskId, GuildId, Number, TicketId, UserId};
use crate::domain::learning::{Flag, Outcomes, Unanswered, Votes};
use crate::domain::notice::Before;

/// So many questions without an answer are looked at: the newest.
const QUESTIONS: u32 = 10_000;

/// Questions on `guild` since `since` that found nothing, whose answer was not it, or that a ticket grew out of all the same; the
/// newest first. Those that
/// somebody writes about, or that nothing is to be written about, are left out.
pub async fn unanswered(
    from: &mut Connection,
    guild: GuildId,
    since: Timestamp,
) -> Result<Vec<Unanswered>> {
    type Row = (
        i64,
        String,
        String,
        String,
        String,
        i64,
        Option<i64>,
        Option<String>,
        bool,
    );
    let rows: Vec<Row> = sqlx::query_as(
        "select a.id, a.asker, a.question, a.verdict, a.articles, a.asked_at, t.number, t.category, coalesce(t.confidential, 0)
         from ask a left join ticket t on t.ask = a.id and t.guild = a.guild
         where a.guild = ? and a.asked_at >= ? and a.draft is null and a.left_at is null
             and (a.verdict = 'unknown' or (a.verdict = 'maybe' and a.outcome = 'none')
                 or (a.verdict = 'sure' and (t.id is not null or a.denied_at is not null)))
         order by a.id desc limit ?",
    )
    .bind(column(guild.0))
    .bind(ms(since))
    .bind(QUESTIONS)
    .fetch_all(from)
    .await?;
    rows.into_iter()
        // What became a confidential ticket is read by those who were named.
        .filter(|row| !row.8)
        .map(
            |(ask, asker, question, verdict, shown, asked_at, number, category, _)| {
                Ok(Unanswered {
                    id: AskId(ask),
                    asker,
                    question,
                    found_nothing: verdict == "unknown",
                    shown: json("ask", &shown)?,
                    at: at("ask", asked_at)?,
                    ticket: number.map(Number),
                    category,
                })
            },
        )
        .collect()
}

/// Somebody writes about these questions.
pub async fn written_about(
    change: &mut Connection,
    asks: &[AskId],
    draft: ArticleDraftId,
) -> Result<()> {
    sqlx::query("update ask set draft = ? where id in (select value from json_each(?))")
        .bind(draft.0)
        .bind(list(asks)?)
        .execute(change)
        .await?;
    Ok(())
}

/// Nothing is to be written about these questions.
pub async fn left(change: &mut Connection, asks: &[AskId], now: Timestamp) -> Result<()> {
    sqlx::query("update ask set left_at = ? where id in (select value from json_each(?))")
        .bind(ms(now))
        .bind(list(asks)?)
        .execute(change)
        .await?;
    Ok(())
}

fn list(asks: &[AskId]) -> Result<String> {
    serde_json::to_string(asks).map_err(|error| bad("ask", error.to_string()))
}

/// What these tickets were solved with, as their requesters read it.
pub async fn solutions(
    from: &mut Connection,
    guild: GuildId,
    tickets: &[Number],
) -> Result<Vec<String>> {
    let tickets =
        serde_json::to_string(tickets).map_err(|error| bad("ticket", error.to_string()))?;
    Ok(sqlx::query_scalar(
        "select e.body ->> '$.text' from ticket t join event e on e.ticket = t.id and e.kind = 'resolved'
         where t.guild = ? and t.number in (select value from json_each(?)) and t.confidential = 0
             and t.state in ('resolved', 'closed')
             and e.seq = (select max(seq) from event where ticket = t.id and kind = 'resolved')
         order by t.id",
    )
    .bind(column(guild.0))
    .bind(tickets)
    .fetch_all(from)
    .await?)
}

/// So many outcomes teach how sure to be: the newest.
const OUTCOMES: u32 = 2_000;

/// From when on outcomes teach how sure to be, if that was ever set anew.
pub async fn learned_since(from: &mut Connection) -> Result<Option<Timestamp>> {
    let since: Option<i64> = sqlx::query_scalar("select since from confidence where id = 1")
        .fetch_optional(from)
        .await?;
    super::rows::maybe_at("confidence", since)
}

/// What was learned until now about how sure to be is forgotten.
pub async fn forget_learned(change: &mut Connection, by: UserId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "insert into confidence (id, since, by_user) values (1, ?, ?)
         on conflict (id) do update set since = excluded.since, by_user = excluded.by_user",
    )
    .bind(ms(now))
    .bind(column(by.0))
    .execute(change)
    .await?;
    Ok(())
}

/// Of answers on all desks since `since` whose outcome is known: how sure each was, and whether it helped.
pub async fn known_outcomes(from: &mut Connection, since: Timestamp) -> Result<Vec<(f64, bool)>> {
    Ok(sqlx::query_as(
        "select confidence, outcome = 'confirmed' from ask
         where verdict = 'sure' and outcome <> 'possible' and asked_at >= ? order by asked_at desc, id desc limit ?",
    )
    .bind(ms(since))
    .bind(OUTCOMES)
    .fetch_all(from)
    .await?)
}

/// So many solved tickets are held against a new one: the newest.
const SOLVED: u32 = 1_000;

/// Tickets of `guild` that a person solved since `since`, the newest first, each with its category's key; no confidential ones.
pub async fn solved(
    from: &mut Connection,
    guild: GuildId,
    except: Option<TicketId>,
    since: Timestamp,
) -> Result<Vec<(String, Before)>> {
    type Row = (String, i64, String, i64, i64, String, Option<String>);
    let rows: Vec<Row> = sqlx::query_as(
        "select t.category, t.number, t.title, e.by, e.at, e.body ->> '$.text', e.body ->> '$.lesson'
         from ticket t join event e on e.ticket = t.id and e.kind = 'resolved'
         where t.guild = ? and t.id <> ? and t.state in ('resolved', 'closed') and t.confidential = 0 and t.resolved_at >= ?
             and e.by is not null and e.body ->> '$.code' in ('fixed', 'workaround', 'answered', 'provided')
             and e.seq = (select max(seq) from event where ticket = t.id and kind = 'resolved')
         order by t.id desc limit ?",
    )
    .bind(column(guild.0))
    .bind(except.map_or(0, |ticket| ticket.0))
    .bind(ms(since))
    .bind(SOLVED)
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|(category, number, title, by, then, done, lesson)| {
            let before = Before {
                number: Number(number),
                title,
                by: UserId(id(by)),
                at: at("event", then)?,
                done,
                lesson: lesson.filter(|lesson| !lesson.is_empty()),
            };
            Ok((category, before))
        })
        .collect()
}

/// A solved ticket that nobody has looked back at: its id, what its requester wrote, and the articles that they were shown before.
pub type Solved = (TicketId, String, Vec<String>);

/// So many solved tickets that nobody has looked back at yet; no confidential ones.
pub async fn to_look_back_at(from: &mut Connection, limit: u32) -> Result<Vec<Solved>> {
    let rows: Vec<(i64, String, String, Option<String>)> = sqlx::query_as(
        "select t.id, t.title, t.body, a.articles
         from ticket t left join hindsight h on h.ticket = t.id left join ask a on a.id = t.ask
         where t.state in ('resolved', 'closed') and t.confidential = 0 and h.ticket is null
             and exists (select 1 from event e where e.ticket = t.id and e.kind in ('claimed', 'accepted'))
         order by t.id desc limit ?",
    )
    .bind(limit)
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|(ticket, title, body, shown)| {
            let shown = match shown {
                Some(shown) => json("ask", &shown)?,
                None => Vec::new(),
            };
            Ok((TicketId(ticket), format!("{title}\n{body}"), shown))
        })
        .collect()
}

/// Puts down what would have helped with a ticket.
pub async fn looked_back(
    change: &mut Connection,
    ticket: TicketId,
    article: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("insert into hindsight (ticket, article, looked_at) values (?, ?, ?) on conflict do nothing")
        .bind(ticket.0)
        .bind(article)
        .bind(ms(now))
        .execute(change)
        .await?;
    Ok(())
}

/// Of tickets solved on `guild` since `since`: how many were looked back at, and those that an article would have answered, with
/// it. Not those that the article was written out of.
pub async fn hindsight(
    from: &mut Connection,
    guild: GuildId,
    since: Timestamp,
) -> Result<(u32, Vec<(String, Number)>)> {
    let all: u32 = sqlx::query_scalar(
        "select count(*) from hindsight h join ticket t on t.id = h.ticket
         where t.guild = ? and t.resolved_at >= ? and t.state in ('resolved', 'closed')",
    )
    .bind(column(guild.0))
    .bind(ms(since))
    .fetch_one(&mut *from)
    .await?;
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select h.article, t.number from hindsight h join ticket t on t.id = h.ticket
         where t.guild = ? and t.resolved_at >= ? and h.article is not null and t.confidential = 0
             and t.state in ('resolved', 'closed')
             and not exists (select 1 from article_draft d where d.ticket = t.id and d.article = h.article)
         order by t.id",
    )
    .bind(column(guild.0))
    .bind(ms(since))
    .fetch_all(from)
    .await?;
    let rows = rows.into_iter();
    Ok((
        all,
        rows.map(|(article, number)| (article, Number(number)))
            .collect(),
    ))
}

/// Puts down what somebody thinks of an article. Their last word counts.
pub async fn vote(
    change: &mut Connection,
    (guild, article, voter): (GuildId, &str, &str),
    helpful: bool,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into article_vote (guild, article, voter, helpful, at) values (?, ?, ?, ?, ?)
         on conflict (guild, article, voter) do update set helpful = excluded.helpful, at = excluded.at",
    )
    .bind(column(guild.0))
    .bind(article)
    .bind(voter)
    .bind(helpful)
    .bind(ms(now))
    .execute(change)
    .await?;
    Ok(())
}

/// The votes on each article of `guild`.
pub async fn votes(from: &mut Connection, guild: GuildId) -> Result<BTreeMap<String, Votes>> {
    let rows: Vec<(String, u32, u32)> = sqlx::query_as(
        "select article, sum(helpful), sum(1 - helpful) from article_vote where guild = ? group by article",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(article, helpful, not)| (article, Votes { helpful, not }))
        .collect())
}

/// What became of the questions that each article was the first answer to, on `guild` since `since`.
pub async fn outcomes(
    from: &mut Connection,
    guild: GuildId,
    since: Timestamp,
) -> Result<BTreeMap<String, Outcomes>> {
    let rows: Vec<(String, u32, u32, u32)> = sqlx::query_as(
        "select articles ->> '$[0]', sum(outcome = 'confirmed'), sum(outcome = 'possible'), sum(outcome = 'none')
         from ask where guild = ? and asked_at >= ? and verdict = 'sure' and json_array_length(articles) > 0 group by 1",
    )
    .bind(column(guild.0))
    .bind(ms(since))
    .fetch_all(from)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(article, confirmed, possible, none)| {
            let outcomes = Outcomes {
                confirmed,
                possible,
                none,
            };
            (article, outcomes)
        })
        .collect())
}

/// How many people each article did not help on `guild` since `since`: they were shown it first and opened a ticket, said that it
/// was not it, or voted it down.
pub async fn let_down(
    from: &mut Connection,
    guild: GuildId,
    since: Timestamp,
) -> Result<BTreeMap<String, u32>> {
    let rows: Vec<(String, u32)> = sqlx::query_as(
        "select article, count(distinct who) from (
             select articles ->> '$[0]' as article, asker as who from ask
                 where guild = ?1 and asked_at >= ?2 and verdict = 'sure' and outcome = 'none' and json_array_length(articles) > 0
             union select article, voter from article_vote where guild = ?1 and at >= ?2 and helpful = 0
         ) group by article",
    )
    .bind(column(guild.0))
    .bind(ms(since))
    .fetch_all(from)
    .await?;
    Ok(rows.into_iter().collect())
}

/// How many tickets that were solved with each article were opened again on `guild` since `since`, and how many were solved with it.
pub async fn reopened(
    from: &mut Connection,
    guild: GuildId,
    since: Timestamp,
) -> Result<BTreeMap<String, (u32, u32)>> {
    let rows: Vec<(String, u32, u32)> = sqlx::query_as(
        "select e.body ->> '$.article.id', count(distinct t.id) filter (where exists (
                 select 1 from event r where r.ticket = t.id and r.kind = 'reopened' and r.seq > e.seq
             )), count(distinct t.id)
         from ticket t join event e on e.ticket = t.id and e.kind = 'resolved'
         where t.guild = ? and e.at >= ? and e.body ->> '$.article.id' is not null group by 1",
    )
    .bind(column(guild.0))
    .bind(ms(since))
    .fetch_all(from)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(article, again, all)| (article, (again, all)))
        .collect())
}

/// Puts down which articles of `guild` are flagged and why. Gives those that were not before.
pub async fn set_flags(
    change: &mut Connection,
    guild: GuildId,
    flags: &[(String, Flag)],
    now: Timestamp,
) -> Result<Vec<(String, Flag)>> {
    let known: Vec<(String, String)> =
        sqlx::query_as("select article, why from article_flag where guild = ?")
            .bind(column(guild.0))
            .fetch_all(&mut *change)
            .await?;
    let is = |article: &str, why: &str| {
        flags
            .iter()
            .any(|(flagged, flag)| flagged == article && flag.key() == why)
    };
    for (article, why) in known.iter().filter(|(article, why)| !is(article, why)) {
        sqlx::query("delete from article_flag where guild = ? and article = ? and why = ?")
            .bind(column(guild.0))
            .bind(article)
            .bind(why)
            .execute(&mut *change)
            .await?;
    }
    let mut new = Vec::new();
    for (article, flag) in flags {
        let told = known
            .iter()
            .any(|(known, why)| known == article && why == flag.key());
        if told {
            continue;
        }
        sqlx::query("insert into article_flag (guild, article, why, since) values (?, ?, ?, ?)")
            .bind(column(guild.0))
            .bind(article)
            .bind(flag.key())
            .bind(ms(now))
            .execute(&mut *change)
            .await?;
        new.push((article.clone(), *flag));
    }
    Ok(new)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::ids::Cause;
    use crate::store::asks::{self, Ask, Outcome};
    use crate::store::samples::{GUILD, guild, now, ticket};

    async fn asked(change: &mut Connection, who: &str, verdict: &str, outcome: Outcome) -> AskId {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        let cause = Cause::interaction(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        let ask = Ask {
            guild: Some(GUILD),
            asker: who.into(),
            question: "where is my payslip".into(),
            verdict: verdict.into(),
            confidence: 0.5,
            articles: match verdict {
                "unknown" => Vec::new(),
                _ => vec!["pay/slip".into()],
            },
            outcome,
        };
        asks::insert(change, &ask, &cause, now())
            .await
            .expect("kept")
    }

    #[sqlx::test]
    async fn what_found_nothing_waits_until_it_is_written_about_or_left(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        guild(change).await;
        let mut asks = Vec::new();
        for who in ["mia", "tom", "mia"] {
            asks.push(asked(change, who, "unknown", Outcome::None).await);
        }
        let wrong = asked(change, "tom", "sure", Outcome::Possible).await;
        let day = SignedDuration::from_hours(24);
        let waiting = async |change: &mut Connection| -> Vec<AskId> {
            let all = unanswered(change, GUILD, now() - day).await.expect("read");
            all.into_iter().map(|one| one.id).collect()
        };
        assert_eq!(waiting(change).await, [asks[2], asks[1], asks[0]]);
        let later = unanswered(change, GUILD, now() + day).await;
        assert_eq!(later.expect("read"), []);
        asks::take_back(change, "tom", now() - day, now())
            .await
            .expect("taken back");
        assert_eq!(
            waiting(change).await.len(),
            3,
            "a ticket about something else"
        );
        asks::settle(change, wrong, Outcome::None, now())
            .await
            .expect("settled");
        assert_eq!(waiting(change).await, [wrong, asks[2], asks[1], asks[0]]);
        left(change, &[wrong, asks[0]], now()).await.expect("left");
        assert_eq!(waiting(change).await, [asks[2], asks[1]]);
        sqlx::query("insert into article_draft (guild, category, title, summary, body, writers, stage, begun_at, changed_at)
             values (100, 'other', 'Pay', '', '', '[]', 'draft', 0, 0)")
            .execute(&mut *change)
            .await
            .expect("a draft");
        written_about(change, &asks[1..], ArticleDraftId(1))
            .await
            .expect("written about");
        assert_eq!(waiting(change).await, []);
    }

    #[sqlx::test]
    async fn the_last_vote_of_a_person_counts_and_people_are_counted_once(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        guild(change).await;
        for (who, helpful) in [("mia", true), ("mia", false), ("tom", true)] {
            vote(change, (GUILD, "pay/slip", who), helpful, now())
                .await
                .expect("put");
        }
        let all = votes(change, GUILD).await.expect("read");
        assert_eq!(all["pay/slip"], Votes { helpful: 1, not: 1 });
        asked(change, "mia", "sure", Outcome::None).await;
        asked(change, "ada", "sure", Outcome::None).await;
        asked(change, "ada", "sure", Outcome::Confirmed).await;
        let down = let_down(change, GUILD, now()).await.expect("read");
        assert_eq!(down["pay/slip"], 2, "she voted and asked, and is one");
        let became = outcomes(change, GUILD, now()).await.expect("read");
        let expected = Outcomes {
            confirmed: 1,
            possible: 0,
            none: 2,
        };
        assert_eq!(became["pay/slip"], expected);
    }

    #[sqlx::test]
    async fn a_flag_is_new_once_and_again_after_it_was_down(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        let flags = [
            ("a".to_owned(), Flag::Votes),
            ("b".to_owned(), Flag::Review),
        ];
        let set = async |change: &mut Connection, flags: &[(String, Flag)]| {
            set_flags(change, GUILD, flags, now()).await.expect("set")
        };
        assert_eq!(set(change, &flags).await, flags);
        assert_eq!(set(change, &flags).await, []);
        assert_eq!(set(change, &flags[..1]).await, []);
        assert_eq!(set(change, &flags).await, flags[1..]);
    }

    #[sqlx::test]
    async fn each_solved_ticket_is_looked_back_at_once(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        guild(change).await;
        let solved = ticket(change, "Where is my payslip").await;
        assert_eq!(to_look_back_at(change, 9).await.expect("read"), []);
        sqlx::query("update ticket set state = 'resolved', resolved_at = ? where id = ?")
            .bind(ms(now()))
            .bind(solved.id.0)
            .execute(&mut *change)
            .await
            .expect("solved");
        let nobody = to_look_back_at(change, 9).await.expect("read");
        assert_eq!(nobody, [], "nobody worked on it");
        sqlx::query("insert into event (ticket, seq, at, by, cause, kind, body) values (?, 90, 0, 7, 'c', 'claimed', '{}')")
            .bind(solved.id.0)
            .execute(&mut *change)
            .await
            .expect("claimed");
        let found = to_look_back_at(change, 9).await.expect("read");
        assert_eq!(found.len(), 1);
        assert!(found[0].1.starts_with("Where is my payslip\n"), "{found:?}");
        looked_back(change, solved.id, Some("pay/slip"), now())
            .await
            .expect("put");
        assert_eq!(to_look_back_at(change, 9).await.expect("read"), []);
        let seen = hindsight(change, GUILD, now()).await.expect("read");
        assert_eq!(seen, (1, vec![("pay/slip".into(), solved.number)]));
        let later = now() + SignedDuration::from_hours(1);
        let seen = hindsight(change, GUILD, later).await.expect("read");
        assert_eq!(seen, (0, Vec::new()));
    }
}
