//! Delivers what the desk has promised: the only caller of `discord::deliver`.
//!
//! Rows of one lane are done one after the other; lanes do not wait for each other, but two errands never send into the
//! same channel at the same time. What fails waits longer each time and blocks only its lane. Each try is written down
//! before it begins, so that after a crash the next process knows that the outcome is unknown.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::{Clock, Stopwatch, deadline, pause};
use crate::desk::{Desk, Error};
use crate::discord::Connection;
use crate::discord::deliver::{CardJob, Delivered, Job, Made, deliver, draw_card};
use crate::discord::survey;
use crate::domain::errand::{self, Errand, ThreadKind};
use crate::domain::ids::{ChannelId, GuildId, MessageId};
use crate::domain::notice::{Destination, Notice};
use crate::domain::people::{DeskChannel, House};
use crate::domain::ticket::Ticket;
use crate::store;
use crate::store::cards::Card;
use crate::store::outbox::Waiting;

/// Errands under way at the same time.
const AT_ONCE: usize = 16;
/// So many of them at most are of one server while others wait: one that is flooded must not silence the rest
/// (`SECURITY` A44).
const AT_ONCE_OF_ONE: usize = AT_ONCE / 4;
/// Rows looked at in one pass.
const BATCH: u32 = 64;
/// The longest wait between two tries (`DESIGN` 3).
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// Something is missing on Discord that a person has to mend: three tries an hour (`RELIABILITY` F32).
const WHILE_BLOCKED: SignedDuration = SignedDuration::from_mins(20);
/// How long what is under way may take when the desk stops (`RELIABILITY` F41).
const DRAIN: Duration = Duration::from_secs(8);
/// How long to wait after the database did not answer.
const AFTER_TROUBLE: Duration = Duration::from_secs(5);

/// Something to do: a row of the outbox, or a card to draw.
#[derive(Clone, Debug)]
enum Work {
    Errand(Box<Waiting>),
    Card(Card),
}

impl Work {
    /// What must not be done twice at the same time.
    fn key(&self) -> String {
        match self {
            Self::Errand(row) => row.lane.clone(),
            Self::Card(card) => format!("card:{}:{}", card.ticket, card.tier),
        }
    }

    fn guild(&self) -> GuildId {
        match self {
            Self::Errand(row) => row.guild,
            Self::Card(card) => card.guild,
        }
    }
}

/// What is known about a piece of work when it begins.
#[derive(Clone)]
struct Facts {
    guild: GuildId,
    house: House,
    ticket: Option<Ticket>,
    starter: Option<(ChannelId, MessageId)>,
    /// The channel it sends into, where that is known: one at a time.
    gate: Option<ChannelId>,
}

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
        )
        .await
        {
            Ok(next_due) => next_due,
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
) -> Result<Option<Timestamp>, Error> {
    let now = clock.now();
    let mut from = desk.store().reader().await?;
    let errands = store::outbox::ready(&mut from, BATCH, now).await?;
    let cards = store::cards::ready(&mut from, BATCH, now).await?;
    let next_due = store::outbox::next_due(&mut from, now).await?;
    drop(from);
    let errands = errands.into_iter().map(|row| Work::Errand(Box::new(row)));
    let work: Vec<Work> = errands.chain(cards.into_iter().map(Work::Card)).collect();
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

async fn facts(desk: &Desk, work: &Work) -> Result<Facts, Error> {
    let mut from = desk.store().reader().await?;
    let id = match work {
        Work::Errand(row) => row.ticket,
        Work::Card(card) => Some(card.ticket),
    };
    let ticket = match id {
        Some(id) => store::tickets::find(&mut from, id).await?,
        None => None,
    };
    let starter = match id {
        Some(id) => store::cards::first(&mut from, id).await?,
        None => None,
    };
    drop(from);
    let guild = work.guild();
    let house = desk.house(guild).await?;
    let gate = gate(work, &house, ticket.as_ref());
    Ok(Facts {
        guild,
        house,
        ticket,
        starter,
        gate,
    })
}

/// The channel into which `work` sends.
fn gate(work: &Work, house: &House, ticket: Option<&Ticket>) -> Option<ChannelId> {
    let channel = |channel: DeskChannel| house.channels.get(&channel).copied();
    match work {
        Work::Card(card) => channel(DeskChannel::queue(card.tier)),
        Work::Errand(row) => match &row.errand {
            Errand::Say { to, .. } | Errand::Amend { to, .. } => match to {
                Destination::Thread => ticket.and_then(|ticket| ticket.thread),
                Destination::StaffThread => ticket.and_then(|ticket| ticket.staff_thread),
                Destination::Queue(tier) => channel(DeskChannel::queue(*tier)),
                Destination::Escalations => channel(DeskChannel::Escalations),
                Destination::Leads => channel(DeskChannel::Leads),
                Destination::Help => channel(DeskChannel::Help),
                Destination::Direct(_) => None,
            },
            Errand::OpenThread {
                thread: ThreadKind::Requester,
            } => {
                let confidential = ticket.is_some_and(|ticket| ticket.confidential);
                channel(if confidential {
                    DeskChannel::Confidential
                } else {
                    DeskChannel::Tickets
                })
            }
            _ => None,
        },
    }
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
    let install = &desk.store().install().id;
    let mut change = desk.store().change().await?;
    match &work {
        Work::Errand(row) => store::outbox::begin(&mut change, row.id, clock.now()).await?,
        Work::Card(card) => store::cards::begin(&mut change, card, clock.now()).await?,
    }
    change.commit().await?;
    let delivered = match &work {
        Work::Errand(row) => {
            let (errand, facts) =
                &with_offer_checked(desk, discord, &row.errand, facts.clone(), clock.now()).await?;
            let job = Job {
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
            deliver(discord, &job, clock.now()).await
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
    };
    tracing::debug!(lane = work.key(), duration_ms = watch.elapsed().as_millis(), outcome = ?delivered, "delivered");
    write_down(desk, &work, &facts, delivered, clock.now()).await
}

/// Without the members intent the desk may not have heard that somebody lost their role: who is about to be offered a
/// ticket is looked up first (`DOMAIN` 1.6). If they cannot take it, the desk gives it to the next person and says so in a
/// notice of its own, and the hand-over is posted without calling anybody.
async fn with_offer_checked(
    desk: &Desk,
    discord: &Connection,
    errand: &Errand,
    facts: Facts,
    now: Timestamp,
) -> Result<(Errand, Facts), Error> {
    let mut checked = errand.clone();
    let Errand::Say {
        notice: Notice::HandOver {
            offered: offered @ Some(_),
            ..
        },
        ..
    } = &mut checked
    else {
        return Ok((checked, facts));
    };
    let (Some(user), false) = (*offered, discord.hears_of_members()) else {
        return Ok((checked, facts));
    };
    match survey::member(discord, facts.guild, user).await {
        Ok(Some(met)) => {
            desk.met(
                facts.guild,
                user,
                &met.name,
                facts.house.standing(&met.roles),
                now,
            )
            .await?;
        }
        Ok(None) => desk.gone(facts.guild, user, now).await?,
        // Not knowing is no reason to hold the hand-over back: accepting checks the roles again.
        Err(trouble) => {
            tracing::info!(user.id = user.0, error = %trouble, "a member could not be looked up")
        }
    }
    let mut from = desk.store().reader().await?;
    let ticket = match &facts.ticket {
        Some(ticket) => store::tickets::find(&mut from, ticket.id).await?,
        None => None,
    };
    if ticket.as_ref().and_then(|ticket| ticket.assignee) != Some(user) {
        *offered = None;
    }
    Ok((checked, Facts { ticket, ..facts }))
}

async fn write_down(
    desk: &Desk,
    work: &Work,
    facts: &Facts,
    delivered: Delivered,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let mut change = desk.store().change().await?;
    let mut refused = None;
    let mut blocked = None;
    match delivered {
        Delivered::Done(made) => match work {
            Work::Errand(row) => {
                let message = match made {
                    Made::Message { channel, id } => Some((channel, id)),
                    _ => None,
                };
                store::outbox::delivered(&mut change, row.id, message, now).await?;
                keep_made(&mut change, row, facts, made, now).await?;
            }
            Work::Card(card) => {
                let message = match made {
                    Made::Message { channel, id } => Some((channel, id)),
                    _ => None,
                };
                store::cards::drawn(&mut change, card, message).await?;
            }
        },
        Delivered::Later { why, after } => {
            let attempts = attempts(work);
            let wait = after.map_or_else(|| backoff(attempts, work), at_least_a_moment);
            tracing::info!(
                lane = work.key(),
                attempts,
                why,
                "a delivery is tried again later"
            );
            put_off(&mut change, work, &why, now + wait).await?;
        }
        Delivered::Blocked {
            channel,
            missing,
            said,
        } => {
            tracing::warn!(
                lane = work.key(),
                ?channel,
                ?missing,
                said,
                "a delivery is blocked on Discord"
            );
            put_off(&mut change, work, &said, now + WHILE_BLOCKED).await?;
            let to_leads = matches!(
                work,
                Work::Errand(row) if matches!(row.errand, Errand::Say { to: Destination::Leads, .. })
            );
            if !to_leads {
                blocked = Some((
                    channel,
                    Notice::CannotDeliver {
                        channel,
                        missing,
                        said,
                    },
                ));
            }
        }
        Delivered::Never { why } => {
            tracing::error!(
                lane = work.key(),
                why,
                "a delivery will never succeed; the set-up check shows it"
            );
            match work {
                Work::Errand(row) => {
                    store::outbox::given_up(&mut change, row.id, &why, now).await?
                }
                Work::Card(card) => store::cards::drawn(&mut change, card, None).await?,
            }
        }
        Delivered::Stop { why } => {
            put_off(&mut change, work, &why, now).await?;
            refused = Some(why);
        }
    }
    change.commit().await?;
    if let Some((channel, notice)) = blocked {
        let place = channel.map_or_else(|| work.key(), |channel| channel.to_string());
        desk.warn_of_block(facts.guild, notice, &place, now).await?;
    }
    desk.wake();
    Ok(refused)
}

/// What delivery made on Discord is from now on the ticket's, or the desk's.
async fn keep_made(
    change: &mut store::Change,
    row: &Waiting,
    facts: &Facts,
    made: Made,
    now: Timestamp,
) -> Result<(), Error> {
    match (&row.errand, made) {
        (Errand::OpenThread { thread }, Made::Thread(channel)) => {
            if let Some(ticket) = row.ticket {
                store::tickets::set_thread(change, ticket, channel, *thread == ThreadKind::Staff)
                    .await?;
                // The card links to the thread, and so does the line that told of the hand-over.
                store::cards::want_again(change, ticket, now).await?;
                if *thread == ThreadKind::Staff
                    && let Some(ticket) = store::tickets::find(change, ticket).await?
                    && let Some(line) = errand::line_with_thread(&ticket)
                {
                    let event = row.event;
                    store::outbox::enqueue(
                        change,
                        ticket.guild,
                        Some(ticket.id),
                        event,
                        &[line],
                        now,
                    )
                    .await?;
                }
            }
        }
        (Errand::CreateRole { role }, Made::Role(id)) => {
            store::desk::keep_role(change, facts.guild, *role, id).await?;
        }
        (Errand::CreateChannel { channel }, Made::Channel(id)) => {
            store::desk::keep_channel(change, facts.guild, *channel, id).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn put_off(
    change: &mut store::Change,
    work: &Work,
    why: &str,
    due: Timestamp,
) -> Result<(), Error> {
    match work {
        Work::Errand(row) => store::outbox::put_off(change, row.id, why, due).await?,
        Work::Card(card) => store::cards::put_off(change, card, why, due).await?,
    }
    Ok(())
}

fn attempts(work: &Work) -> u32 {
    match work {
        Work::Errand(row) => row.attempts,
        Work::Card(card) => card.attempts,
    }
}

/// 2ⁿ s, five minutes at most, and up to a quarter more: what failed together does not come back together. The extra is
/// drawn from the row, so that a run can be repeated.
fn backoff(attempts: u32, work: &Work) -> SignedDuration {
    let seconds = 1_i64 << attempts.min(9);
    let wait = SignedDuration::from_secs(seconds).min(LONGEST_WAIT);
    let salt = match work {
        Work::Errand(row) => row.id.0,
        Work::Card(card) => card.ticket.0,
    };
    let quarters = (salt.wrapping_mul(2_654_435_761) >> 8).rem_euclid(256);
    let extra = i64::try_from(wait.as_millis()).unwrap_or(0) * quarters / 1024;
    wait + SignedDuration::from_millis(extra)
}

fn at_least_a_moment(after: Duration) -> SignedDuration {
    SignedDuration::try_from(after)
        .unwrap_or(LONGEST_WAIT)
        .max(SignedDuration::from_millis(50))
}
