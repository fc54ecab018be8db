//! The present promises, for tickets that were opened with others.

use jiff::Timestamp;

use super::policies::refuse_unless_admin;
use super::timing::{due_moved, latch, read};
use super::{Clockwork, Desk, Error};
use crate::domain::clocks::{ClockKind, Reading, Standing, Status};
use crate::domain::event::What;
use crate::domain::ids::{Cause, GuildId, Number};
use crate::domain::people::Actor;
use crate::domain::roster::Crew;
use crate::domain::ticket::Ticket;
use crate::store;

/// What applying the present promises to open tickets does, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recalc {
    /// The version of the present promises.
    pub version: i64,
    /// How many open tickets were opened with another.
    pub tickets: usize,
    /// Which dues move.
    pub moves: Vec<DueMove>,
    /// How many clocks ran out by it: their new due lies in the past.
    pub late: usize,
}

/// A due that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueMove {
    /// Of which ticket.
    pub number: Number,
    /// Of which clock.
    pub clock: ClockKind,
    /// When it was.
    pub was: Option<Timestamp>,
    /// When it is.
    pub due: Option<Timestamp>,
}

impl Recalc {
    fn take(&mut self, ticket: &Ticket, dues: &[What], late: usize) {
        self.tickets += 1;
        self.late += late;
        self.moves.extend(DueMove::of(ticket, dues));
    }
}

impl DueMove {
    /// Those of `ticket` among what happened.
    pub(super) fn of(ticket: &Ticket, dues: &[What]) -> Vec<Self> {
        let moves = dues.iter().filter_map(|what| match what {
            What::DueMoved { clock, was, due } => Some(Self {
                number: ticket.number,
                clock: *clock,
                was: *was,
                due: *due,
            }),
            _ => None,
        });
        moves.collect()
    }
}

/// How `ticket` would read with the present promises. None where it has them, or where it has no clocks yet.
fn anew(work: &Clockwork, ticket: &Ticket, now: Timestamp) -> Option<Reading> {
    let version = work.current().0;
    if ticket.clocks.policy == version || ticket.clocks.moments.is_empty() {
        return None;
    }
    let mut kept = ticket.clocks.clone();
    kept.policy = version;
    read(work, ticket, &kept, now)
}

/// The dues that move by it. One that nobody waits for any more, such as that of a first answer that was given, moves
/// nobody.
fn moved(before: &[Standing], after: &Reading) -> Vec<What> {
    let runs = |all: &[Standing], clock| {
        let mut all = all.iter();
        all.any(|one| one.clock == clock && one.status == Status::Running)
    };
    let mut dues = due_moved(before, &after.standings);
    dues.retain(|what| {
        matches!(what, What::DueMoved { clock, .. }
            if runs(before, *clock) || runs(&after.standings, *clock))
    });
    dues
}

impl Desk {
    /// What would move on `guild` if open tickets were promised what new ones are. Changes nothing.
    pub async fn recalc_preview(
        &self,
        guild: GuildId,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Recalc, Error> {
        refuse_unless_admin(by)?;
        let work = self.clockwork(guild, now).await?;
        let mut preview = Recalc {
            version: work.current().0,
            ..Recalc::default()
        };
        let mut from = self.reader().await?;
        for id in store::clocks::living(&mut from, Some(guild)).await? {
            let Some(ticket) = store::tickets::find(&mut from, id).await? else {
                continue;
            };
            if let Some(reading) = anew(&work, &ticket, now) {
                let dues = moved(&ticket.clocks.standings, &reading);
                preview.take(&ticket, &dues, reading.fresh.len());
            }
        }
        Ok(preview)
    }

    /// Promises open tickets on `guild` what new ones are promised. Each due that moves stands in its ticket's history; what
    /// ran out stays so. Each ticket is a change of its own, and whoever does it again finds nothing to do.
    pub async fn recalc(
        &self,
        guild: GuildId,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Recalc, Error> {
        refuse_unless_admin(by)?;
        let work = self.clockwork(guild, now).await?;
        let version = work.current().0;
        let mut done = Recalc {
            version,
            ..Recalc::default()
        };
        let mut from = self.reader().await?;
        let living = store::clocks::living(&mut from, Some(guild)).await?;
        drop(from);
        for id in living {
            let mut change = self.0.store.change().await?;
            let Some(mut ticket) = store::tickets::find(&mut change, id).await? else {
                continue;
            };
            if anew(&work, &ticket, now).is_none() {
                continue;
            }
            // What ran out by the old promises ran out, whatever the new ones are.
            let mut happened = self.ran_out(&mut ticket, now).await?;
            ticket.clocks.policy = version;
            ticket.ladder.own = work.current().1.ladders;
            let Some(reading) = read(&work, &ticket, &ticket.clocks, now) else {
                continue;
            };
            let dues = moved(&ticket.clocks.standings, &reading);
            done.take(&ticket, &dues, reading.fresh.len());
            happened.extend(dues);
            happened.extend(latch(&reading, &mut ticket.clocks, now));
            let cause = format!("clocks:recalc:{version}:{id}:{}", now.as_millisecond());
            let (cause, crew) = (Cause::noticed(&cause), Crew::default());
            self.keep(&mut change, &mut ticket, happened, None, &cause, &crew, now)
                .await?;
            // Where no due moves, the version is another one all the same, and so may be the warnings.
            ticket.clocks.standings.clone_from(&reading.standings);
            ticket.clocks.periodic = reading.periodic;
            store::clocks::set(&mut *change, id, &ticket.clocks).await?;
            store::clocks::arm(&mut *change, id, &reading.ahead).await?;
            self.commit(change).await?;
        }
        if done.tickets > 0 {
            let reason = format!("version {version}, {} tickets", done.tickets);
            let line = store::audit::Line {
                guild: Some(guild),
                actor: by.user,
                action: "recalc",
                ticket: None,
                outcome: "done",
                reason: Some(&reason),
            };
            let mut change = self.0.store.change().await?;
            store::audit::put(&mut change, &line, now).await?;
            self.commit(change).await?;
        }
        Ok(done)
    }
}
