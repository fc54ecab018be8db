//! Delivers what the desk has promised: the only caller of `discord::deliver`.
//!
//! Rows of one lane are done one after the other; lanes do not wait for each other, but two errands never send into the
//! same channel at the same time. What fails waits longer each time and blocks only its lane. Each try is written down
//! before it begins, so that after a crash the next process knows that the outcome is unknown. To be read in this order:
//! this file, `work` (what is known of it), `offer` (checked before it is said), `room` (for another thread),
//! `settled` (what came of it).

mod offer;
mod room;
mod settled;
mod work;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinSet;

use self::offer::with_offer_checked;
use self::settled::write_down;
use self::work::{Facts, Work, facts};
use crate::clock::{Clock, Stopwatch, deadline, pause};
use crate::desk::BOARD_EVERY;
use crate::desk::{Desk, Error};
use crate::discord::Connection;
use crate::discord::deliver::{
    BoardJob, CardJob, Delivered, Job, Made, deliver, draw_board, draw_card,
};
use crate::domain::errand::Errand;
use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::notice::Notice;
use crate::store;

/// Errands under way at the same time.
const AT_ONCE: usize = 16;
/// So many of them at most are of one server while others wait: one that is flooded must not silence the rest
/// (`SECURITY` A44).
const AT_ONCE_OF_ONE: usize = AT_ONCE / 4;
/// Rows looked at in one pass.
const BATCH: u32 = 64;
/// How long what is under way may take when the desk stops (`RELIABILITY` F41).
const DRAIN: Duration = Duration::from_secs(8);
/// How long to wait after the database did not answer.
const AFTER_TROUBLE: Duration = Duration::from_secs(5);

struct Finished {
    key: String,
    gate: Option<ChannelId>,
    outcome: Result<Option<String>, Error>,
}

/// Why the outbox ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was told to.
    Told,
    /// Discord does not accept the token any more: nothing can be delivered, and trying on would get the address banned.
    Refused {
        /// What Discord said.
        why: String,
    },
}

/// Delivers until `stop` says true, or until Discord refuses the token. `busy` shows how many errands are under way.
pub async fn run(
    desk: Desk,
    discord: Connection,
    clock: Clock,
    busy: watch::Sender<usize>,
    mut stop: watch::Receiver<bool>,
) -> Ended {
    let mut under_way: JoinSet<Finished> = JoinSet::new();
    let mut keys: HashMap<String, GuildId> = HashMap::new();
    let mut gates: HashSet<ChannelId> = HashSet::new();
    let mut boards = Boards::default();
    loop {
        if *stop.borrow() {
            drain(under_way).await;
            return Ended::Told;
        }
        let now = clock.now();
        let next_due = match begin_ready(
            &desk,
            &discord,
            &clock,
            &mut under_way,
            &mut keys,
            &mut gates,
            &mut boards,
        )
        .await
        {
            // What a board shows changes with time alone, too.
            Ok(next_due) => Some(boards.next(now)).into_iter().chain(next_due).min(),
            Err(error) => {
                tracing::error!(error = ?error, "the outbox could not be read; trying again");
                pause(AFTER_TROUBLE).await;
                continue;
            }
        };
        busy.send_replace(keys.len());
        let wake_at = next_due.filter(|due| *due > now);
        tokio::select! {
            () = desk.work() => {}
            () = async {
                match wake_at {
                    Some(at) => clock.sleep_until(at).await,
                    None => std::future::pending().await,
                }
            } => {}
            Some(done) = under_way.join_next() => {
                if let Some(why) = settle(done, &mut keys, &mut gates) {
                    return Ended::Refused { why };
                }
                while let Some(done) = under_way.try_join_next() {
                    if let Some(why) = settle(done, &mut keys, &mut gates) {
                        return Ended::Refused { why };
                    }
                }
                busy.send_replace(keys.len());
            }
            _ = stop.changed() => {}
        }
    }
}

async fn drain(mut under_way: JoinSet<Finished>) {
    let finished = deadline(DRAIN, async {
        while under_way.join_next().await.is_some() {}
    })
    .await;
    if finished.is_none() {
        tracing::warn!(
            under_way = under_way.len(),
            "deliveries did not finish in time; the next start goes on with them"
        );
    }
}

/// When the boards were looked at last.
#[derive(Default)]
struct Boards {
    looked_at: Option<Timestamp>,
}

impl Boards {
    /// The boards to be drawn at `now`, if it is time to look at them. One that cannot be made keeps nobody's message back.
    async fn look(&mut self, desk: &Desk, now: Timestamp) -> Vec<Work> {
        if self.next(now) > now {
            return Vec::new();
        }
        self.looked_at = Some(now);
        match desk.boards(now).await {
            Ok(changed) => {
                let work = changed.into_iter();
                work.map(|board| Work::Board(Box::new(board))).collect()
            }
            Err(error) => {
                tracing::error!(error = ?error, "the boards could not be made; looking again later");
                Vec::new()
            }
        }
    }

    /// When it is time again. A clock that was moved back does not put it off.
    fn next(&self, now: Timestamp) -> Timestamp {
        match self.looked_at {
            Some(looked) if looked <= now => looked + BOARD_EVERY,
            _ => now,
        }
    }
}

/// Takes note of a finished piece of work. Some when Discord refuses the token.
fn settle(
    done: Result<Finished, tokio::task::JoinError>,
    keys: &mut HashMap<String, GuildId>,
    gates: &mut HashSet<ChannelId>,
) -> Option<String> {
    match done {
        Ok(finished) => {
            keys.remove(&finished.key);
            if let Some(gate) = finished.gate {
                gates.remove(&gate);
            }
            match finished.outcome {
                Ok(refused) => refused,
                Err(error) => {
                    tracing::error!(error = ?error, lane = finished.key, "a delivery could not be written down");
                    None
                }
            }
        }
        Err(error) => {
            // A panic: the row is still there and is tried again; which one it was, the panic's own line says. All keys
            // are freed when nothing else is under way, which is soon.
            tracing::error!(error = ?error, "a delivery ended unexpectedly");
            keys.clear();
            gates.clear();
            None
        }
    }
}

async fn begin_ready(
    desk: &Desk,
    discord: &Connection,
    clock: &Clock,
    under_way: &mut JoinSet<Finished>,
    keys: &mut HashMap<String, GuildId>,
    gates: &mut HashSet<ChannelId>,
    boards: &mut Boards,
) -> Result<Option<Timestamp>, Error> {
    let now = clock.now();
    let mut from = desk.store().reader().await?;
    let errands = store::outbox::ready(&mut from, BATCH, now).await?;
    let cards = store::cards::ready(&mut from, BATCH, now).await?;
    let next_due = store::outbox::next_due(&mut from, now).await?;
    drop(from);
    let errands = errands.into_iter().map(|row| Work::Errand(Box::new(row)));
    let boards = boards.look(desk, now).await;
    let work: Vec<Work> = errands
        .chain(cards.into_iter().map(Work::Card))
        .chain(boards)
        .collect();
    let servers: BTreeSet<GuildId> = work.iter().map(Work::guild).collect();
    for work in work {
        if under_way.len() >= AT_ONCE {
            break;
        }
        let (key, guild) = (work.key(), work.guild());
        let of_this = keys.values().filter(|of| **of == guild).count();
        if keys.contains_key(&key) || servers.len() > 1 && of_this >= AT_ONCE_OF_ONE {
            continue;
        }
        let facts = facts(desk, &work).await?;
        if facts.gate.is_some_and(|gate| gates.contains(&gate)) {
            continue;
        }
        keys.insert(key.clone(), guild);
        gates.extend(facts.gate);
        let (desk, discord, clock) = (desk.clone(), discord.clone(), clock.clone());
        under_way.spawn(async move {
            let gate = facts.gate;
            let outcome = perform(&desk, &discord, &clock, work, facts).await;
            Finished { key, gate, outcome }
        });
    }
    Ok(next_due)
}

/// Does one piece of work and writes down how it went. Some when Discord refuses the token.
async fn perform(
    desk: &Desk,
    discord: &Connection,
    clock: &Clock,
    work: Work,
    facts: Facts,
) -> Result<Option<String>, Error> {
    let watch = Stopwatch::start();
    if let Work::Errand(row) = &work
        && desk
            .gathers(row, facts.ticket.as_ref(), clock.now())
            .await?
    {
        return Ok(None);
    }
    let install = &desk.store().install().id;
    let mut change = desk.store().change().await?;
    match &work {
        Work::Errand(row) => store::outbox::begin(&mut change, row.id, clock.now()).await?,
        Work::Card(card) => store::cards::begin(&mut change, card, clock.now()).await?,
        Work::Board(board) => store::boards::begin(&mut change, board.0.guild, clock.now()).await?,
    }
    change.commit().await?;
    let delivered = match &work {
        Work::Errand(row) => {
            let (errand, facts) =
                &with_offer_checked(desk, discord, &row.errand, facts.clone(), clock.now()).await?;
            let lines = match errand {
                Errand::Say {
                    notice: Notice::Lines { gathering },
                    ..
                }
                | Errand::Amend {
                    notice: Notice::Lines { gathering },
                    ..
                } => desk.gathered(*gathering).await?,
                _ => Vec::new(),
            };
            let job = Job {
                lines: &lines,
                row: row.id,
                nonce: &format!("{install}-{:x}", row.id.0),
                errand,
                guild: facts.guild,
                house: &facts.house,
                ticket: facts.ticket.as_ref(),
                event: row.event,
                message: row.amends.map(|(_, message)| message),
                starter: facts.starter,
                tried_before: row.attempts > 0,
                first_tried_at: row.first_tried_at,
                files: desk.store().files(),
            };
            match deliver(discord, &job, clock.now()).await {
                Delivered::Full { said } => {
                    room::make(desk, discord, &job, facts, said, clock.now()).await?
                }
                delivered => delivered,
            }
        }
        Work::Card(card) => match &facts.ticket {
            Some(ticket) => {
                let job = CardJob {
                    ticket,
                    house: &facts.house,
                    tier: card.tier,
                    message: card.message.map(|(_, message)| message),
                    nonce: &format!(
                        "{install}-{:x}-{}-{:x}",
                        card.ticket.0,
                        card.tier.level(),
                        card.wanted
                    ),
                    tried_before: card.attempts > 0,
                    first_tried_at: card.first_tried_at,
                };
                draw_card(discord, &job, clock.now()).await
            }
            None => Delivered::Done(Made::Nothing),
        },
        Work::Board(work) => {
            let (posted, board) = work.as_ref();
            let first = posted.first_tried_at.unwrap_or(clock.now());
            let job = BoardJob {
                board,
                guild: posted.guild,
                house: &facts.house,
                message: posted.message.map(|(_, message)| message),
                nonce: &format!("{install}-b{:x}", first.as_second()),
                tried_before: posted.attempts > 0,
                first_tried_at: posted.first_tried_at,
            };
            draw_board(discord, &job, clock.now()).await
        }
    };
    tracing::debug!(lane = work.key(), duration_ms = watch.elapsed().as_millis(), outcome = ?delivered, "delivered");
    write_down(desk, &work, &facts, delivered, clock.now()).await
}
