//! The ticket's row: the truth about it.

use jiff::Timestamp;
use serde::Serialize;
use sqlx::FromRow;

use super::batch::{Answer, Statement, Writes, statement};
use super::rows::{at, bad, column, id, json, known, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::ids::{AskId, Cause, ChannelId, GuildId, MajorId, Number, TicketId, UserId};
use crate::domain::priority::{Impact, Priority, Urgency};
use crate::domain::ticket::{Score, State, Ticket};
use crate::domain::tier::Tier;

const TABLE: &str = "ticket";

#[derive(FromRow)]
pub(super) struct Row {
    id: i64,
    guild: i64,
    number: i64,
    requester: i64,
    requester_name: String,
    participants: String,
    watchers: String,
    merged: Option<String>,
    priority_set: Option<i64>,
    extended: bool,
    approval: Option<String>,
    cases: String,
    asked_at: Option<i64>,
    title: String,
    body: String,
    tried: String,
    category: String,
    confidential: bool,
    impact: String,
    urgency: String,
    priority: i64,
    tier: i64,
    state: String,
    assignee: Option<i64>,
    accept_by: Option<i64>,
    tries: i64,
    pending: Option<String>,
    bounces_l2: i64,
    bounces_l3: i64,
    lead_decides: bool,
    waits: Option<String>,
    replied_at: Option<i64>,
    reopened: i64,
    rated: Option<i64>,
    rated_at: Option<i64>,
    escalation_asked_at: Option<i64>,
    ask: Option<i64>,
    version: i64,
    last_seq: i64,
    opened_at: i64,
    changed_at: i64,
    resolved_at: Option<i64>,
    thread: Option<i64>,
    staff_thread: Option<i64>,
    staffed: bool,
    major: Option<i64>,
    by_direct: bool,
    clocks: Option<String>,
    ladder: Option<String>,
}

fn small(number: i64) -> Result<u8> {
    u8::try_from(number).map_err(|_| bad(TABLE, format!("{number} is out of range")))
}

fn count(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| bad(TABLE, format!("{number} is out of range")))
}

impl TryFrom<Row> for Ticket {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        let participants: Vec<UserId> = json(TABLE, &row.participants)?;
        Ok(Self {
            id: TicketId(row.id),
            guild: GuildId(id(row.guild)),
            number: Number(row.number),
            requester: UserId(id(row.requester)),
            requester_name: row.requester_name,
            participants,
            watchers: json(TABLE, &row.watchers)?,
            merged: row.merged.map(|merged| json(TABLE, &merged)).transpose()?,
            priority_set: row
                .priority_set
                .map(|rank| known(TABLE, "priority_set", Priority::from_rank(small(rank)?)))
                .transpose()?,
            extended: row.extended,
            cases: json(TABLE, &row.cases)?,
            asked_at: maybe_at(TABLE, row.asked_at)?,
            approval: row
                .approval
                .map(|approval| json(TABLE, &approval))
                .transpose()?,
            title: row.title,
            body: row.body,
            tried: row.tried,
            category: row.category,
            confidential: row.confidential,
            impact: known(TABLE, &row.impact, Impact::from_key(&row.impact))?,
            urgency: known(TABLE, &row.urgency, Urgency::from_key(&row.urgency))?,
            priority: known(TABLE, "priority", Priority::from_rank(small(row.priority)?))?,
            tier: known(TABLE, "tier", Tier::from_level(small(row.tier)?))?,
            state: known(TABLE, &row.state, State::from_key(&row.state))?,
            assignee: row.assignee.map(|user| UserId(id(user))),
            accept_by: maybe_at(TABLE, row.accept_by)?,
            tries: count(row.tries)?,
            pending: row
                .pending
                .map(|pending| json(TABLE, &pending))
                .transpose()?,
            bounces: [count(row.bounces_l2)?, count(row.bounces_l3)?],
            lead_decides: row.lead_decides,
            waits: row
                .waits
                .map(|state| known(TABLE, &state, State::from_key(&state)))
                .transpose()?,
            replied_at: maybe_at(TABLE, row.replied_at)?,
            reopened: count(row.reopened)?,
            rated: row
                .rated
                .map(|score| known(TABLE, "rated", Score::of(small(score)?)))
                .transpose()?,
            rated_at: maybe_at(TABLE, row.rated_at)?,
            escalation_asked_at: maybe_at(TABLE, row.escalation_asked_at)?,
            ask: row.ask.map(AskId),
            version: row.version,
            last_seq: row.last_seq,
            opened_at: at(TABLE, row.opened_at)?,
            changed_at: at(TABLE, row.changed_at)?,
            resolved_at: maybe_at(TABLE, row.resolved_at)?,
            thread: row.thread.map(|thread| ChannelId(id(thread))),
            staff_thread: row.staff_thread.map(|thread| ChannelId(id(thread))),
            staffed: row.staffed,
            by_direct: row.by_direct,
            major: row.major.map(MajorId),
            clocks: row
                .clocks
                .map(|clocks| json(TABLE, &clocks))
                .transpose()?
                .unwrap_or_default(),
            ladder: row
                .ladder
                .map(|ladder| json(TABLE, &ladder))
                .transpose()?
                .unwrap_or_default(),
        })
    }
}

/// The number and the row id for the next ticket of `guild`. The guild's counter moves on.
pub async fn next(change: &mut Connection, guild: GuildId) -> Result<(TicketId, Number)> {
    let (number, last): (i64, i64) = sqlx::query_as(
        "update guild set next_number = next_number + 1 where id = ?
         returning next_number - 1, (select coalesce(max(id), 0) from ticket)",
    )
    .bind(column(guild.0))
    .fetch_one(change)
    .await?;
    Ok((TicketId(last + 1), Number(number)))
}

/// Writes `ticket`, new or changed. Its threads, and whether it is talked about by direct message, are not written here: delivery alone
/// knows them; nor is the major incident that it is part of ([`majors::set_part`](super::majors::set_part)).
/// Where it is known how it stands in the table (`was`), no more is written than changed: most steps move nothing that an
/// index is about, and writing the indexes costs more than all the rest.
pub async fn save(change: &mut impl Writes, ticket: &Ticket, was: Option<&Ticket>) -> Result<()> {
    match was.map(|was| moved(ticket, was)) {
        Some(Moved::OnlyOn) => {
            statement("update ticket set version = ?, last_seq = ?, changed_at = ? where id = ?")
                .bind(ticket.version)
                .bind(ticket.last_seq)
                .bind(ms(ticket.changed_at))
                .bind(ticket.id.0)
                .put(change)
                .await
        }
        Some(Moved::Hands) => {
            statement(
                "update ticket set version = ?, last_seq = ?, changed_at = ?, state = ?, assignee = ?, replied_at = ?,
                     accept_by = ?, clocks = ?, ladder = ?
                 where id = ?",
            )
            .bind(ticket.version)
            .bind(ticket.last_seq)
            .bind(ms(ticket.changed_at))
            .bind(ticket.state.key())
            .bind(ticket.assignee.map(|user| column(user.0)))
            .bind(ticket.replied_at.map(ms))
            .bind(ticket.accept_by.map(ms))
            .bind(unless_default(&ticket.clocks)?)
            .bind(unless_default(&ticket.ladder)?)
            .bind(ticket.id.0)
            .put(change)
            .await
        }
        Some(Moved::More) | None => save_whole(change, ticket).await,
    }
}

/// How much of a ticket changed.
enum Moved {
    /// It only went on: something was put down about it.
    OnlyOn,
    /// It changed hands, or its state, and its clocks with that.
    Hands,
    /// Anything else.
    More,
}

fn moved(ticket: &Ticket, was: &Ticket) -> Moved {
    let mut rest = was.clone();
    rest.version = ticket.version;
    rest.last_seq = ticket.last_seq;
    rest.changed_at = ticket.changed_at;
    if rest == *ticket {
        return Moved::OnlyOn;
    }
    rest.state = ticket.state;
    rest.assignee = ticket.assignee;
    rest.replied_at = ticket.replied_at;
    rest.accept_by = ticket.accept_by;
    rest.clocks.clone_from(&ticket.clocks);
    rest.ladder.clone_from(&ticket.ladder);
    if rest == *ticket {
        Moved::Hands
    } else {
        Moved::More
    }
}

/// As it is kept: nothing, where there is nothing to keep.
fn unless_default<T: Default + PartialEq + Serialize>(kept: &T) -> Result<Option<String>> {
    if *kept == T::default() {
        return Ok(None);
    }
    let kept = serde_json::to_string(kept).map_err(|error| bad(TABLE, error.to_string()))?;
    Ok(Some(kept))
}

async fn save_whole(change: &mut impl Writes, ticket: &Ticket) -> Result<()> {
    statement(
        "insert into ticket (
             id, guild, number, requester, requester_name, participants, title, body, tried, category, confidential,
             impact, urgency, priority, tier, state, assignee, pending, bounces_l2, bounces_l3, lead_decides, ask,
             version, last_seq, opened_at, changed_at, resolved_at, waits, replied_at, reopened, escalation_asked_at, rated, rated_at, watchers,
             merged, priority_set, extended, approval, cases, asked_at, accept_by, tries, clocks, ladder
         )
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set
             participants = excluded.participants, category = excluded.category,
             confidential = excluded.confidential, impact = excluded.impact, urgency = excluded.urgency,
             priority = excluded.priority, tier = excluded.tier, state = excluded.state,
             assignee = excluded.assignee, pending = excluded.pending, bounces_l2 = excluded.bounces_l2,
             bounces_l3 = excluded.bounces_l3, lead_decides = excluded.lead_decides, version = excluded.version,
             last_seq = excluded.last_seq, changed_at = excluded.changed_at, resolved_at = excluded.resolved_at,
             waits = excluded.waits, replied_at = excluded.replied_at, reopened = excluded.reopened,
             escalation_asked_at = excluded.escalation_asked_at, rated = excluded.rated,
             rated_at = excluded.rated_at, watchers = excluded.watchers, merged = excluded.merged,
             priority_set = excluded.priority_set, extended = excluded.extended,
             approval = excluded.approval, cases = excluded.cases, asked_at = excluded.asked_at,
             accept_by = excluded.accept_by, tries = excluded.tries,
             clocks = excluded.clocks, ladder = excluded.ladder",
    )
    .bind(ticket.id.0)
    .bind(column(ticket.guild.0))
    .bind(ticket.number.0)
    .bind(column(ticket.requester.0))
    .bind(&ticket.requester_name)
    .bind(serde_json::to_string(&ticket.participants).map_err(|error| bad(TABLE, error.to_string()))?)
    .bind(&ticket.title)
    .bind(&ticket.body)
    .bind(&ticket.tried)
    .bind(&ticket.category)
    .bind(ticket.confidential)
    .bind(ticket.impact.key())
    .bind(ticket.urgency.key())
    .bind(i64::from(ticket.priority.rank()))
    .bind(i64::from(ticket.tier.level()))
    .bind(ticket.state.key())
    .bind(ticket.assignee.map(|user| column(user.0)))
    .bind(
        ticket
            .pending
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(|error| bad(TABLE, error.to_string()))?,
    )
    .bind(i64::from(ticket.bounces[0]))
    .bind(i64::from(ticket.bounces[1]))
    .bind(ticket.lead_decides)
    .bind(ticket.ask.map(|ask| ask.0))
    .bind(ticket.version)
    .bind(ticket.last_seq)
    .bind(ms(ticket.opened_at))
    .bind(ms(ticket.changed_at))
    .bind(ticket.resolved_at.map(ms))
    .bind(ticket.waits.map(State::key))
    .bind(ticket.replied_at.map(ms))
    .bind(i64::from(ticket.reopened))
    .bind(ticket.escalation_asked_at.map(ms))
    .bind(ticket.rated.map(|score| i64::from(score.number())))
    .bind(ticket.rated_at.map(ms))
    .bind(serde_json::to_string(&ticket.watchers).map_err(|error| bad(TABLE, error.to_string()))?)
    .bind(
        ticket
            .merged
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(|error| bad(TABLE, error.to_string()))?,
    )
    .bind(ticket.priority_set.map(|priority| i64::from(priority.rank())))
    .bind(ticket.extended)
    .bind(
        ticket
            .approval
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(|error| bad(TABLE, error.to_string()))?,
    )
    .bind(serde_json::to_string(&ticket.cases).map_err(|error| bad(TABLE, error.to_string()))?)
    .bind(ticket.asked_at.map(ms))
    .bind(ticket.accept_by.map(ms))
    .bind(i64::from(ticket.tries))
    .bind(unless_default(&ticket.clocks)?)
    .bind(unless_default(&ticket.ladder)?)
    .put(change)
    .await
}

/// The ticket of that id.
pub async fn find(from: &mut Connection, ticket: TicketId) -> Result<Option<Ticket>> {
    found(&finding(ticket).ask(from).await?)
}

/// The statement that finds the ticket of that id, for a batch.
pub(super) fn finding(ticket: TicketId) -> Statement {
    statement("select * from ticket where id = ?").bind(ticket.0)
}

/// The ticket, by what that statement answered.
pub(super) fn found(answer: &Answer) -> Result<Option<Ticket>> {
    let row = answer.rows.first().map(Row::from_row).transpose()?;
    row.map(Ticket::try_from).transpose()
}

/// The ticket of that number on that desk.
pub async fn numbered(
    from: &mut Connection,
    guild: GuildId,
    number: Number,
) -> Result<Option<Ticket>> {
    let row: Option<Row> = sqlx::query_as("select * from ticket where guild = ? and number = ?")
        .bind(column(guild.0))
        .bind(number.0)
        .fetch_optional(from)
        .await?;
    row.map(Ticket::try_from).transpose()
}

/// The ticket that `cause` opened.
pub async fn of_cause(from: &mut Connection, cause: &Cause) -> Result<Option<Ticket>> {
    let row: Option<Row> = sqlx::query_as(
        "select t.* from ticket t join event e on e.ticket = t.id where e.cause = ? and e.kind = 'opened'",
    )
    .bind(cause.as_str())
    .fetch_optional(from)
    .await?;
    row.map(Ticket::try_from).transpose()
}

/// Whose thread or staff thread `thread` is.
pub async fn of_thread(
    from: &mut Connection,
    thread: ChannelId,
) -> Result<Option<(TicketId, Number)>> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("select id, number from ticket where thread = ?1 or staff_thread = ?1")
            .bind(column(thread.0))
            .fetch_optional(from)
            .await?;
    Ok(row.map(|(id, number)| (TicketId(id), Number(number))))
}

/// How many active tickets of a tier are in a state, and since when the oldest of them has been open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// At which tier.
    pub tier: Tier,
    /// In which state.
    pub state: State,
    /// How many.
    pub count: u32,
    /// How many of them are P1 or P2.
    pub urgent: u32,
    /// When the oldest was opened.
    pub oldest: Timestamp,
}

/// Where the active tickets of `guild` stand, by tier and state.
pub async fn standings(from: &mut Connection, guild: GuildId) -> Result<Vec<Standing>> {
    let rows: Vec<(i64, String, i64, i64, i64)> = sqlx::query_as(
        "select tier, state, count(*), count(*) filter (where priority <= 2), min(opened_at) from ticket
         where guild = ? and state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor')
         group by tier, state order by tier, state",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?;
    rows.into_iter()
        .map(|(tier, state, all, urgent, oldest)| {
            Ok(Standing {
                tier: known(TABLE, "tier", Tier::from_level(small(tier)?))?,
                state: known(TABLE, &state, State::from_key(&state))?,
                count: count(all)?,
                urgent: count(urgent)?,
                oldest: at(TABLE, oldest)?,
            })
        })
        .collect()
}

/// Delivery has opened one of the ticket's threads.
pub async fn set_thread(
    change: &mut Connection,
    ticket: TicketId,
    thread: ChannelId,
    staff: bool,
) -> Result<()> {
    sqlx::query(
        "update ticket set
             thread = case when ?3 then thread else ?2 end,
             staff_thread = case when ?3 then ?2 else staff_thread end
         where id = ?1",
    )
    .bind(ticket.0)
    .bind(column(thread.0))
    .bind(staff)
    .execute(change)
    .await?;
    Ok(())
}

/// What somebody opened lately, to hold against the limits, and whether the same text was opened a moment ago.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recent {
    /// Opened since `short`.
    pub lately: u32,
    /// Opened since `long`.
    pub today: u32,
    /// Still open.
    pub open: u32,
    /// The same title and body, opened since `short`.
    pub same: Option<Number>,
}

/// What `requester` opened since `short`, since `long`, and in all that is still open.
pub async fn recent(
    from: &mut Connection,
    guild: GuildId,
    requester: UserId,
    text: (&str, &str),
    short: Timestamp,
    long: Timestamp,
) -> Result<Recent> {
    let row: (i64, i64, i64, Option<i64>) = sqlx::query_as(
        "select
             count(*) filter (where opened_at > ?3),
             count(*) filter (where opened_at > ?4),
             count(*) filter (
                 where state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor')
             ),
             max(number) filter (where opened_at > ?3 and title = ?5 and body = ?6)
         from ticket where guild = ?1 and requester = ?2",
    )
    .bind(column(guild.0))
    .bind(column(requester.0))
    .bind(ms(short))
    .bind(ms(long))
    .bind(text.0)
    .bind(text.1)
    .fetch_one(from)
    .await?;
    Ok(Recent {
        lately: count(row.0)?,
        today: count(row.1)?,
        open: count(row.2)?,
        same: row.3.map(Number),
    })
}

/// One of the ticket's threads is gone from Discord.
pub async fn lose_thread(change: &mut Connection, ticket: TicketId, staff: bool) -> Result<()> {
    sqlx::query(
        "update ticket set
             thread = case when ?2 then thread end,
             staff_thread = case when ?2 then null else staff_thread end
         where id = ?1",
    )
    .bind(ticket.0)
    .bind(staff)
    .execute(change)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
