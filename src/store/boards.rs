//! Boards: what stands in the leads' channels, and what is to stand there.

use jiff::Timestamp;
use sqlx::FromRow;

use super::rows::{at, bad, column, id, json, known, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::board::{Board, BoardTicket};
use crate::domain::ids::{ChannelId, GuildId, MessageId, Number, UserId};
use crate::domain::priority::Priority;
use crate::domain::ticket::State;
use crate::domain::tier::Tier;

const TABLE: &str = "board";

/// The board of one desk, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Whose.
    pub guild: GuildId,
    /// Where it stands, once it does.
    pub message: Option<(ChannelId, MessageId)>,
    /// What stands there.
    pub shown: Option<Board>,
    /// When that was drawn.
    pub drawn_at: Option<Timestamp>,
    /// How often the next drawing was tried.
    pub attempts: u32,
    /// When it was tried first.
    pub first_tried_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct Row {
    guild: i64,
    channel_id: Option<i64>,
    message_id: Option<i64>,
    shown: Option<String>,
    drawn_at: Option<i64>,
    attempts: i64,
    first_tried_at: Option<i64>,
}

impl TryFrom<Row> for Posted {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            guild: GuildId(id(row.guild)),
            message: row
                .channel_id
                .zip(row.message_id)
                .map(|(channel, message)| (ChannelId(id(channel)), MessageId(id(message)))),
            // What an older program drew is drawn anew.
            shown: row.shown.and_then(|shown| json(TABLE, &shown).ok()),
            drawn_at: maybe_at(TABLE, row.drawn_at)?,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            first_tried_at: maybe_at(TABLE, row.first_tried_at)?,
        })
    }
}

/// The boards to be looked at by now: of every desk that is set up and did not turn it off.
pub async fn wanted(from: &mut Connection, now: Timestamp) -> Result<Vec<Posted>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select g.id as guild, b.channel_id, b.message_id, b.shown, b.drawn_at,
                coalesce(b.attempts, 0) as attempts, b.first_tried_at
         from guild g left join board b on b.guild = g.id
         where g.set_up_at is not null and coalesce(b.off, 0) = 0 and coalesce(b.due_at, 0) <= ?
         order by g.id",
    )
    .bind(ms(now))
    .fetch_all(from)
    .await?;
    rows.into_iter().map(Posted::try_from).collect()
}

/// A drawing begins: from here on the outcome may be unknown.
pub async fn begin(change: &mut Connection, guild: GuildId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "insert into board (guild, attempts, first_tried_at) values (?1, 1, ?2)
         on conflict (guild) do update set
             attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, excluded.first_tried_at)",
    )
    .bind(column(guild.0))
    .bind(ms(now))
    .execute(change)
    .await?;
    Ok(())
}

/// `board` stands there; where that is anew, it is `message`.
pub async fn drawn(
    change: &mut Connection,
    guild: GuildId,
    board: &Board,
    message: Option<(ChannelId, MessageId)>,
    now: Timestamp,
) -> Result<()> {
    let shown = serde_json::to_string(board).map_err(|error| bad(TABLE, error.to_string()))?;
    sqlx::query(
        "update board set shown = ?, drawn_at = ?, attempts = 0, first_tried_at = null, last_error = null, due_at = 0,
             channel_id = coalesce(?, channel_id), message_id = coalesce(?, message_id)
         where guild = ?",
    )
    .bind(shown)
    .bind(ms(now))
    .bind(message.map(|(channel, _)| column(channel.0)))
    .bind(message.map(|(_, message)| column(message.0)))
    .bind(column(guild.0))
    .execute(change)
    .await?;
    Ok(())
}

/// It was not drawn, and is tried again at `due`.
pub async fn put_off(
    change: &mut Connection,
    guild: GuildId,
    why: &str,
    due: Timestamp,
) -> Result<()> {
    sqlx::query("update board set last_error = ?, due_at = ? where guild = ?")
        .bind(why)
        .bind(ms(due))
        .bind(column(guild.0))
        .execute(change)
        .await?;
    Ok(())
}

/// Whether the leads of `guild` want it. One that is wanted again is posted anew, below all that was said meanwhile.
pub async fn turn(change: &mut Connection, guild: GuildId, on: bool) -> Result<()> {
    sqlx::query(
        "insert into board (guild, off) values (?1, ?2)
         on conflict (guild) do update set off = excluded.off, shown = null, drawn_at = null, due_at = 0,
             channel_id = iif(?2, channel_id, null), message_id = iif(?2, message_id, null)",
    )
    .bind(column(guild.0))
    .bind(!on)
    .execute(change)
    .await?;
    Ok(())
}

/// Every ticket of `guild` that is not solved yet, as the board needs it, the oldest first.
pub async fn tickets(from: &mut Connection, guild: GuildId) -> Result<Vec<BoardTicket>> {
    #[derive(FromRow)]
    struct Open {
        number: i64,
        title: String,
        confidential: bool,
        category: String,
        tier: i64,
        state: String,
        priority: i64,
        assignee: Option<i64>,
        opened_at: i64,
        staff_thread: Option<i64>,
        clocks: Option<String>,
    }
    const TABLE: &str = "ticket";
    let rows: Vec<Open> = sqlx::query_as(
        "select number, title, confidential, category, tier, state, priority, assignee, opened_at, staff_thread, clocks
         from ticket where guild = ? and state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor')
         order by opened_at, number",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?;
    let ticket = |row: Open| {
        let tier = u8::try_from(row.tier).ok().and_then(Tier::from_level);
        let priority = u8::try_from(row.priority)
            .ok()
            .and_then(Priority::from_rank);
        Ok(BoardTicket {
            number: Number(row.number),
            title: row.title,
            confidential: row.confidential,
            category: row.category,
            tier: known(TABLE, "tier", tier)?,
            state: known(TABLE, &row.state, State::from_key(&row.state))?,
            priority: known(TABLE, "priority", priority)?,
            assignee: row.assignee.map(|user| UserId(id(user))),
            opened_at: at(TABLE, row.opened_at)?,
            staff_thread: row.staff_thread.map(|thread| ChannelId(id(thread))),
            clocks: match row.clocks {
                Some(clocks) => json(TABLE, &clocks)?,
                None => Default::default(),
            },
        })
    };
    rows.into_iter().map(ticket).collect()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, guild, now, ticket};

    #[sqlx::test]
    async fn a_board_is_remembered_once_it_stands_and_posted_anew_after_it_was_turned_off(
        pool: SqlitePool,
    ) {
        let mut connection = pool.acquire().await.expect("a connection");
        let connection = &mut *connection;
        guild(connection).await;
        sqlx::query("update guild set set_up_at = 1")
            .execute(&mut *connection)
            .await
            .expect("set up");
        let first = wanted(connection, now()).await.expect("read");
        assert_eq!((first.len(), first[0].message), (1, None));
        begin(connection, GUILD, now()).await.expect("begun");
        let message = (ChannelId(305), MessageId(920));
        let board = Board::default();
        drawn(connection, GUILD, &board, Some(message), now())
            .await
            .expect("drawn");
        let stands = wanted(connection, now()).await.expect("read").remove(0);
        assert_eq!(
            (stands.message, &stands.shown),
            (Some(message), &Some(board.clone()))
        );
        assert_eq!((stands.attempts, stands.drawn_at), (0, Some(now())));
        begin(connection, GUILD, now()).await.expect("begun");
        let later = now() + SignedDuration::from_mins(1);
        put_off(connection, GUILD, "no permission", later)
            .await
            .expect("put off");
        assert_eq!(wanted(connection, now()).await.expect("read"), []);
        assert_eq!(
            wanted(connection, later).await.expect("read")[0].attempts,
            1
        );
        turn(connection, GUILD, false).await.expect("off");
        assert_eq!(wanted(connection, later).await.expect("read"), []);
        turn(connection, GUILD, true).await.expect("on");
        let anew = wanted(connection, now()).await.expect("read").remove(0);
        assert_eq!((anew.message, anew.shown), (None, None));
    }

    #[sqlx::test]
    async fn only_what_is_not_solved_stands_on_it(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let open = ticket(&mut connection, "VPN").await;
        let solved = ticket(&mut connection, "Mail").await;
        sqlx::query("update ticket set state = 'resolved' where id = ?")
            .bind(solved.id.0)
            .execute(&mut *connection)
            .await
            .expect("solved");
        let all = tickets(&mut connection, GUILD).await.expect("read");
        let all: Vec<_> = all
            .iter()
            .map(|one| (one.number, one.title.as_str()))
            .collect();
        assert_eq!(all, [(open.number, "VPN")]);
    }
}
