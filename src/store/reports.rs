//! What reports are made of.

use sqlx::FromRow;

use super::rows::{at, column, id, json};
use super::{Connection, Result, ms};
use crate::domain::event::Event;
use crate::domain::ids::{GuildId, Number, UserId};
use crate::domain::report::{Asked, Delivered, Period, nearest_rank};

/// What happened to one ticket.
#[derive(Clone, Debug)]
pub struct Past {
    /// Which.
    pub number: Number,
    /// Whose.
    pub requester: UserId,
    /// The version of what it was promised.
    pub policy: i64,
    /// What happened, without what reports do not look at.
    pub events: Vec<Event>,
}

/// Kinds of events of which no figure depends, and that are many or long.
const LEFT_OUT: &str =
    r#"["noted","clock_warned","due_moved","watched","person_added","person_removed","reminded"]"#;

/// What happened to every ticket of `guild` to which anything happened in `period`, or that was open then.
pub async fn pasts(from: &mut Connection, guild: GuildId, period: Period) -> Result<Vec<Past>> {
    #[derive(FromRow)]
    struct Row {
        number: i64,
        requester: i64,
        policy: i64,
        seq: i64,
        at: i64,
        by: Option<i64>,
        body: String,
    }
    // One half for what goes on, one for what ended: each has its own index.
    let rows: Vec<Row> = sqlx::query_as(
        "with one as (
             select id, number, requester, clocks from ticket
             where guild = ?1 and state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor')
                 and opened_at < ?3
             union all
             select id, number, requester, clocks from ticket
             where guild = ?1 and state in ('resolved', 'closed', 'cancelled', 'merged') and changed_at >= ?2
                 and opened_at < ?3
         )
         select one.number, one.requester, coalesce(one.clocks ->> 'policy', 0) as policy,
             e.seq, e.at, e.by, e.body
         from one join event e on e.ticket = one.id
         where e.kind not in (select value from json_each(?4))
         order by one.id, e.seq",
    )
    .bind(column(guild.0))
    .bind(ms(period.from))
    .bind(ms(period.until))
    .bind(LEFT_OUT)
    .fetch_all(from)
    .await?;
    let mut pasts: Vec<Past> = Vec::new();
    for row in rows {
        let event = Event {
            seq: row.seq,
            at: at("event", row.at)?,
            by: row.by.map(|user| UserId(id(user))),
            what: json("event", &row.body)?,
        };
        match pasts.last_mut() {
            Some(past) if past.number.0 == row.number => past.events.push(event),
            _ => pasts.push(Past {
                number: Number(row.number),
                requester: UserId(id(row.requester)),
                policy: row.policy,
                events: vec![event],
            }),
        }
    }
    Ok(pasts)
}

/// What became of the questions that were asked in `period`.
pub async fn asked(from: &mut Connection, guild: GuildId, period: Period) -> Result<Asked> {
    let row: (u32, u32, u32, u32, u32) = sqlx::query_as(
        "select count(*), count(*) filter (where outcome = 'confirmed'), count(*) filter (where outcome = 'possible'),
             count(*) filter (where outcome = 'none'), count(*) filter (where articles = '[]')
         from ask
         where guild = ? and asked_at >= ? and asked_at < ? and verdict not in ('small_talk', 'empty')",
    )
    .bind(column(guild.0))
    .bind(ms(period.from))
    .bind(ms(period.until))
    .fetch_one(from)
    .await?;
    Ok(Asked {
        questions: row.0,
        confirmed: row.1,
        possible: row.2,
        none: row.3,
        found_nothing: row.4,
    })
}

/// How long what was to be said in `period` took to be said. What is older than a month is forgotten.
pub async fn delivered(from: &mut Connection, guild: GuildId, period: Period) -> Result<Delivered> {
    let rows: Vec<(Option<i64>, Option<i64>)> = sqlx::query_as(
        "select o.delivered_at - e.at, o.given_up_at
         from outbox o join event e on e.ticket = o.ticket and e.seq = o.event
         where o.guild = ? and e.at >= ? and e.at < ? and (o.delivered_at is not null or o.given_up_at is not null)",
    )
    .bind(column(guild.0))
    .bind(ms(period.from))
    .bind(ms(period.until))
    .fetch_all(from)
    .await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut took: Vec<i64> = rows.iter().filter_map(|(took, _)| *took).collect();
    took.sort_unstable();
    Ok(Delivered {
        messages: count(took.len()),
        median_ms: nearest_rank(&took, 50),
        p99_ms: nearest_rank(&took, 99),
        given_up: count(
            rows.iter()
                .filter(|(_, given_up)| given_up.is_some())
                .count(),
        ),
    })
}
