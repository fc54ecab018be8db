//! What reports are made of.

use sqlx::FromRow;

use super::lives::{self, Lines, Slice};
use super::rows::{at, column, id, json};
use super::{Connection, Result, ms};
use crate::domain::event::Event;
use crate::domain::ids::{GuildId, Number, UserId};
use crate::domain::report::{Asked, Delivered, NO_MATTER, Period, nearest_rank};

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

/// Every ticket of `guild` in that slice to which anything happened in `period`, or that was open then: the lives that are kept, and of the
/// others what happened to them.
pub async fn tickets(
    from: &mut Connection,
    guild: GuildId,
    period: Period,
    slice: Slice,
) -> Result<(Lines, Vec<Past>)> {
    let (lines, others) = lives::of_period(from, guild, period, slice).await?;
    let pasts = pasts(from, &others).await?;
    Ok((lines, pasts))
}

/// What happened to these tickets, by their ids as JSON.
async fn pasts(from: &mut Connection, tickets: &str) -> Result<Vec<Past>> {
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
    let rows: Vec<Row> = sqlx::query_as(
        "select t.number, t.requester, coalesce(t.clocks ->> 'policy', 0) as policy, e.seq, e.at, e.by, e.body
         from json_each(?1) one join ticket t on t.id = one.value join event e on e.ticket = t.id
         where e.kind not in (select value from json_each(?2))
         order by t.id, e.seq",
    )
    .bind(tickets)
    .bind(serde_json::json!(NO_MATTER).to_string())
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
         where guild = ? and asked_at >= ? and asked_at < ? and verdict not in ('small_talk', 'empty', 'by_name')",
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
    // In one value: a row of its own for each message costs more than what is in it.
    let (took, given_up, copies): (String, u32, u32) = sqlx::query_as(
        "select json_group_array(o.delivered_at - e.at) filter (where o.delivered_at is not null),
             count(*) filter (where o.given_up_at is not null), coalesce(sum(o.copies), 0)
         from outbox o join event e on e.ticket = o.ticket and e.seq = o.event
         where o.guild = ? and e.at >= ? and e.at < ? and (o.delivered_at is not null or o.given_up_at is not null)",
    )
    .bind(column(guild.0))
    .bind(ms(period.from))
    .bind(ms(period.until))
    .fetch_one(from)
    .await?;
    let mut took: Vec<i64> = json("outbox", &took)?;
    took.sort_unstable();
    Ok(Delivered {
        messages: u32::try_from(took.len()).unwrap_or(u32::MAX),
        median_ms: nearest_rank(&took, 50),
        p99_ms: nearest_rank(&took, 99),
        given_up,
        copies,
    })
}
