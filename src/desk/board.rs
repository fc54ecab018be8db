//! The board of the leads: looked at again and again, and drawn where it is not as it was.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error};
use crate::domain::board::{Board, BoardTicket, Danger};
use crate::domain::ids::{GuildId, TicketId};
use crate::domain::people::Actor;
use crate::store;
use crate::store::boards::Posted;

/// A board is looked at, and drawn where it changed, every so often: Discord allows five edits in five seconds in a channel, and
/// nobody reads faster.
pub const BOARD_EVERY: SignedDuration = SignedDuration::from_secs(15);

impl Desk {
    /// How the desk of `guild` stands at `now`.
    pub async fn board(&self, guild: GuildId, now: Timestamp) -> Result<Board, Error> {
        let work = self.clockwork(guild, now).await?;
        let mut from = self.reader().await?;
        let tickets = store::boards::tickets(&mut from, guild).await?;
        // No ticket is meant: who declined what plays no part.
        let crew = store::members::crew(&mut from, guild, TicketId(0), now).await?;
        drop(from);
        let mut policies = HashMap::new();
        let mut danger = |ticket: &BoardTicket| {
            let version = ticket.clocks.policy;
            let key = (version, ticket.category.clone());
            let (policy, book) = policies
                .entry(key)
                .or_insert_with(|| (work.policy(version, &ticket.category), work.book(version)));
            let stages = |priority| book.stages(priority);
            let policy = policy.as_ref()?;
            let reading = ticket.clocks.read(policy, stages, ticket.priority, now)?;
            Danger::of(&ticket.clocks, &reading, now)
        };
        let tickets: Vec<(BoardTicket, Option<Danger>)> = tickets
            .into_iter()
            .map(|ticket| {
                let danger = danger(&ticket);
                (ticket, danger)
            })
            .collect();
        Ok(Board::of(&tickets, &crew))
    }

    /// The boards that are not as they should be at `now`, each with what should stand there.
    pub async fn boards(&self, now: Timestamp) -> Result<Vec<(Posted, Board)>, Error> {
        let mut from = self.reader().await?;
        let posted = store::boards::wanted(&mut from, now).await?;
        drop(from);
        let mut changed = Vec::new();
        for one in posted {
            let board = self.board(one.guild, now).await?;
            if one.shown.as_ref() != Some(&board) {
                changed.push((one, board));
            }
        }
        Ok(changed)
    }

    /// From now on the leads of `guild` have a board, or none. One that they have already is posted anew.
    pub async fn set_board(
        &self,
        guild: GuildId,
        by: &Actor,
        on: bool,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        store::boards::turn(&mut change, guild, on).await?;
        let line = store::audit::Line {
            guild: Some(guild),
            actor: by.user,
            action: "board",
            ticket: None,
            outcome: "done",
            reason: Some(if on { "on" } else { "off" }),
        };
        store::audit::put(&mut change, &line, now).await?;
        self.commit(change).await
    }
}
