//! Problems: their rows, what happened to them, and whom they concern.

use jiff::Timestamp;
use sqlx::FromRow;

use super::rows::{at, bad, column, id, json, known};
use super::{Connection, Result, ms};
use crate::domain::ids::{Cause, GuildId, ProblemId, ProblemNumber, TicketId, UserId};
use crate::domain::problem::{Problem, ProblemEvent, ProblemState, ProblemWhat};

const TABLE: &str = "problem";

#[derive(FromRow)]
struct Row {
    id: i64,
    guild: i64,
    number: i64,
    title: String,
    known: String,
    category: String,
    state: String,
    workaround: Option<String>,
    owner: i64,
    version: i64,
    last_seq: i64,
    opened_at: i64,
    changed_at: i64,
}

impl TryFrom<Row> for Problem {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: ProblemId(row.id),
            guild: GuildId(id(row.guild)),
            number: ProblemNumber(row.number),
            title: row.title,
            known: row.known,
            category: row.category,
            state: known(TABLE, &row.state, ProblemState::from_key(&row.state))?,
            workaround: row
                .workaround
                .map(|workaround| json(TABLE, &workaround))
                .transpose()?,
            owner: UserId(id(row.owner)),
            version: row.version,
            last_seq: row.last_seq,
            opened_at: at(TABLE, row.opened_at)?,
            changed_at: at(TABLE, row.changed_at)?,
        })
    }
}

/// A problem with how many it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The problem.
    pub problem: Problem,
    /// Tickets linked to it.
    pub tickets: u32,
    /// People who said "me too".
    pub people: u32,
}

/// A known error, with the titles by which it is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownError {
    /// The problem.
    pub problem: Problem,
    /// Its own title and those of its incidents that are not confidential.
    pub titles: Vec<String>,
}

/// The row id and the number for the next problem of `guild`. There is one writer, so nobody else gets the same.
pub async fn next(change: &mut Connection, guild: GuildId) -> Result<(ProblemId, ProblemNumber)> {
    let (last, number): (i64, i64) = sqlx::query_as(
        "select coalesce(max(id), 0), coalesce(max(number) filter (where guild = ?), 0) from problem",
    )
    .bind(column(guild.0))
    .fetch_one(change)
    .await?;
    Ok((ProblemId(last + 1), ProblemNumber(number + 1)))
}

/// Writes `problem`, new or changed, and what happened to it, brought about by `cause`.
pub async fn save(
    change: &mut Connection,
    problem: &Problem,
    events: &[ProblemEvent],
    cause: &Cause,
) -> Result<()> {
    let workaround = problem
        .workaround
        .as_ref()
        .map(serde_json::to_string)
        .transpose()
        .map_err(|error| bad(TABLE, error.to_string()))?;
    sqlx::query(
        "insert into problem (
             id, guild, number, title, known, category, state, workaround, owner, version, last_seq, opened_at, changed_at
         )
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set
             state = excluded.state, workaround = excluded.workaround, owner = excluded.owner,
             version = excluded.version, last_seq = excluded.last_seq, changed_at = excluded.changed_at",
    )
    .bind(problem.id.0)
    .bind(column(problem.guild.0))
    .bind(problem.number.0)
    .bind(&problem.title)
    .bind(&problem.known)
    .bind(&problem.category)
    .bind(problem.state.key())
    .bind(workaround)
    .bind(column(problem.owner.0))
    .bind(problem.version)
    .bind(problem.last_seq)
    .bind(ms(problem.opened_at))
    .bind(ms(problem.changed_at))
    .execute(&mut *change)
    .await?;
    for event in events {
        let body = serde_json::to_string(&event.what)
            .map_err(|error| bad("problem_event", error.to_string()))?;
        sqlx::query(
            "insert into problem_event (problem, seq, at, by, cause, kind, body) values (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(problem.id.0)
        .bind(event.seq)
        .bind(ms(event.at))
        .bind(event.by.map(|user| column(user.0)))
        .bind(cause.as_str())
        .bind(event.what.kind())
        .bind(body)
        .execute(&mut *change)
        .await?;
    }
    Ok(())
}

/// The problem of that id.
pub async fn find(from: &mut Connection, problem: ProblemId) -> Result<Option<Problem>> {
    let row: Option<Row> = sqlx::query_as("select * from problem where id = ?")
        .bind(problem.0)
        .fetch_optional(from)
        .await?;
    row.map(Problem::try_from).transpose()
}

/// The problem of that number on that desk.
pub async fn numbered(
    from: &mut Connection,
    guild: GuildId,
    number: ProblemNumber,
) -> Result<Option<Problem>> {
    let row: Option<Row> = sqlx::query_as("select * from problem where guild = ? and number = ?")
        .bind(column(guild.0))
        .bind(number.0)
        .fetch_optional(from)
        .await?;
    row.map(Problem::try_from).transpose()
}

/// The problem that `cause` opened.
pub async fn of_cause(from: &mut Connection, cause: &Cause) -> Result<Option<Problem>> {
    let row: Option<Row> = sqlx::query_as(
        "select p.* from problem p join problem_event e on e.problem = p.id
         where e.cause = ? and e.kind = 'opened'",
    )
    .bind(cause.as_str())
    .fetch_optional(from)
    .await?;
    row.map(Problem::try_from).transpose()
}

/// What happened to `problem`, in order.
pub async fn events(from: &mut Connection, problem: ProblemId) -> Result<Vec<ProblemEvent>> {
    let rows: Vec<(i64, i64, Option<i64>, String)> = sqlx::query_as(
        "select seq, at, by, body from problem_event where problem = ? order by seq",
    )
    .bind(problem.0)
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|(seq, happened_at, by, body)| {
            let what: ProblemWhat = json("problem_event", &body)?;
            Ok(ProblemEvent {
                seq,
                at: at("problem_event", happened_at)?,
                by: by.map(|user| UserId(id(user))),
                what,
            })
        })
        .collect()
}

/// Tickets and people that `problem` concerns.
pub async fn counts(from: &mut Connection, problem: ProblemId) -> Result<(u32, u32)> {
    let (tickets, people): (i64, i64) = sqlx::query_as(
        "select (select count(*) from problem_ticket where problem = ?1),
                (select count(*) from problem_person where problem = ?1)",
    )
    .bind(problem.0)
    .fetch_one(from)
    .await?;
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Ok((count(tickets), count(people)))
}

/// One page of the problems of `guild`, and how many there are in all: those that are not over, or all of them; the last
/// changed first.
pub async fn page(
    from: &mut Connection,
    guild: GuildId,
    over: bool,
    size: u32,
    offset: u32,
) -> Result<(Vec<Counted>, u32)> {
    let total: i64 = sqlx::query_scalar(
        "select count(*) from problem where guild = ? and (? or state not in ('resolved', 'closed'))",
    )
    .bind(column(guild.0))
    .bind(over)
    .fetch_one(&mut *from)
    .await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select * from problem where guild = ? and (? or state not in ('resolved', 'closed'))
         order by state in ('resolved', 'closed'), changed_at desc, number desc limit ? offset ?",
    )
    .bind(column(guild.0))
    .bind(over)
    .bind(size)
    .bind(offset)
    .fetch_all(&mut *from)
    .await?;
    let mut page = Vec::new();
    for row in rows {
        let problem = Problem::try_from(row)?;
        let (tickets, people) = counts(from, problem.id).await?;
        page.push(Counted {
            problem,
            tickets,
            people,
        });
    }
    Ok((page, u32::try_from(total).unwrap_or(u32::MAX)))
}

/// Puts down that `ticket` is an incident of `problem`, or is not. Returns whether it was before.
pub async fn link(
    change: &mut Connection,
    problem: ProblemId,
    ticket: TicketId,
    linked: bool,
    now: Timestamp,
) -> Result<()> {
    if linked {
        sqlx::query("insert into problem_ticket (problem, ticket, at) values (?, ?, ?) on conflict do nothing")
            .bind(problem.0)
            .bind(ticket.0)
            .bind(ms(now))
            .execute(change)
            .await?;
    } else {
        sqlx::query("delete from problem_ticket where problem = ? and ticket = ?")
            .bind(problem.0)
            .bind(ticket.0)
            .execute(change)
            .await?;
    }
    Ok(())
}

/// Whether `ticket` is an incident of `problem`.
pub async fn linked(from: &mut Connection, problem: ProblemId, ticket: TicketId) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from problem_ticket where problem = ? and ticket = ?)",
    )
    .bind(problem.0)
    .bind(ticket.0)
    .fetch_one(from)
    .await?)
}

/// The incidents of `problem`, the newest first, at most `limit`.
pub async fn tickets(
    from: &mut Connection,
    problem: ProblemId,
    limit: u32,
) -> Result<Vec<TicketId>> {
    let rows: Vec<i64> = sqlx::query_scalar(
        "select ticket from problem_ticket where problem = ? order by ticket desc limit ?",
    )
    .bind(problem.0)
    .bind(limit)
    .fetch_all(from)
    .await?;
    Ok(rows.into_iter().map(TicketId).collect())
}

/// The problems that `ticket` is an incident of, the newest first.
pub async fn of_ticket(from: &mut Connection, ticket: TicketId) -> Result<Vec<Problem>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select p.* from problem p join problem_ticket l on l.problem = p.id where l.ticket = ?
         order by p.number desc",
    )
    .bind(ticket.0)
    .fetch_all(from)
    .await?;
    rows.into_iter().map(Problem::try_from).collect()
}

/// Puts down that `user` has it too. False when that was known.
pub async fn me_too(
    change: &mut Connection,
    problem: ProblemId,
    user: UserId,
    now: Timestamp,
) -> Result<bool> {
    let put = sqlx::query(
        "insert into problem_person (problem, user, at) values (?, ?, ?) on conflict do nothing",
    )
    .bind(problem.0)
    .bind(column(user.0))
    .bind(ms(now))
    .execute(change)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// Who said "me too".
pub async fn people(from: &mut Connection, problem: ProblemId) -> Result<Vec<UserId>> {
    let rows: Vec<i64> =
        sqlx::query_scalar("select user from problem_person where problem = ? order by at, user")
            .bind(problem.0)
            .fetch_all(from)
            .await?;
    Ok(rows.into_iter().map(|user| UserId(id(user))).collect())
}

/// The known errors of `guild`, each with the titles by which a question about it is recognised.
pub async fn known_errors(from: &mut Connection, guild: GuildId) -> Result<Vec<KnownError>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select * from problem where guild = ? and state = 'known_error' order by number",
    )
    .bind(column(guild.0))
    .fetch_all(&mut *from)
    .await?;
    let mut all = Vec::new();
    for row in rows {
        let problem = Problem::try_from(row)?;
        // The newest are enough: what people write of one trouble repeats itself.
        let mut titles: Vec<String> = sqlx::query_scalar(
            "select t.title from ticket t join problem_ticket l on l.ticket = t.id
             where l.problem = ? and t.confidential = 0 order by t.id desc limit 30",
        )
        .bind(problem.id.0)
        .fetch_all(&mut *from)
        .await?;
        titles.insert(0, problem.title.clone());
        all.push(KnownError { problem, titles });
    }
    Ok(all)
}
