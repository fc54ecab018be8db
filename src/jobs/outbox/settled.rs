//! Puts down how a piece of work went, and when it is tried again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::work::{Facts, Work};
use crate::desk::{Desk, Error};
use crate::discord::deliver::{Delivered, Made};
use crate::domain::errand::{self, Errand, ThreadKind};
use crate::domain::notice::{Destination, Instead, Notice};
use crate::domain::ticket::Ticket;
use crate::store;
use crate::store::outbox::Waiting;

/// The longest wait between two tries (`DESIGN` 3).
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// Something is missing on Discord that a person has to mend: three tries an hour (`RELIABILITY` F32).
const WHILE_BLOCKED: SignedDuration = SignedDuration::from_mins(20);

/// Writes down what became of `work`. Some when Discord refuses the token.
pub(super) async fn write_down(
    desk: &Desk,
    work: &Work,
    facts: &Facts,
    delivered: Delivered,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let mut change = desk.store().change().await?;
    let mut refused = None;
    let mut blocked = None;
    let mut full = None;
    match delivered {
        // It was found on the way to saying something: now it can be said.
        Delivered::Done(Made::Thread(thread)) if matches!(work, Work::Errand(row) if matches!(row.errand, Errand::Say { .. })) =>
        {
            if let Work::Errand(row) = work
                && let Some(ticket) = row.ticket
            {
                store::tickets::set_thread(&mut change, ticket, thread, false).await?;
                store::direct::set(&mut change, ticket, false).await?;
                store::cards::want_again(&mut change, ticket, now).await?;
            }
            put_off(&mut change, work, "there is a thread now", now).await?;
        }
        Delivered::Done(made) => match work {
            Work::Errand(row) => {
                let message = match made {
                    Made::Message { channel, id } => Some((channel, id)),
                    _ => None,
                };
                store::outbox::delivered(&mut change, row.id, message, now).await?;
                keep_made(desk, &mut change, row, facts, made, now).await?;
            }
            Work::Card(card) => {
                let message = match made {
                    Made::Message { channel, id } => Some((channel, id)),
                    _ => None,
                };
                store::cards::drawn(&mut change, card, message).await?;
            }
            Work::Board(work) => {
                let (posted, board) = work.as_ref();
                let message = match made {
                    Made::Message { channel, id } => Some((channel, id)),
                    _ => None,
                };
                store::boards::drawn(&mut change, posted.guild, board, message, now).await?;
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
        Delivered::Directly => {
            if let Work::Errand(row) = work {
                if let Some(ticket) = row.ticket {
                    store::direct::set(&mut change, ticket, true).await?;
                    store::cards::want_again(&mut change, ticket, now).await?;
                }
                if matches!(row.errand, Errand::Say { .. }) {
                    put_off(&mut change, work, "it is said directly", now).await?;
                } else {
                    store::outbox::delivered(&mut change, row.id, None, now).await?;
                }
            }
            full = Some(Instead::Direct);
        }
        Delivered::Full { said } => {
            tracing::warn!(lane = work.key(), said, "there is no room for a thread");
            put_off(&mut change, work, &said, now + WHILE_BLOCKED).await?;
            full = Some(match work {
                Work::Errand(row) if row.errand.is_for_requester() => Instead::Nothing,
                _ => Instead::Staff,
            });
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
                Work::Board(work) => {
                    let (posted, board) = work.as_ref();
                    store::boards::drawn(&mut change, posted.guild, board, None, now).await?;
                }
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
    if let (Some(instead), Some(ticket)) = (full, &facts.ticket) {
        desk.warn_of_full(ticket, instead, now).await?;
    }
    desk.wake();
    Ok(refused)
}

/// What delivery made on Discord is from now on the ticket's, or the desk's.
async fn keep_made(
    desk: &Desk,
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
                // The card links to the thread, and so does what leads were told.
                store::cards::want_again(change, ticket, now).await?;
                if *thread == ThreadKind::Staff
                    && let Some(ticket) = store::tickets::find(change, ticket).await?
                    && !ticket.confidential
                {
                    link_for_leads(change, row, &ticket, now).await?;
                    desk.tell_solved_before(change, &ticket, now).await?;
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

/// The staff thread of `ticket` is there: what leads were told of it before links to it too, whichever of the two came first
/// on Discord.
async fn link_for_leads(
    change: &mut store::Change,
    row: &Waiting,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<(), Error> {
    let mut again = store::outbox::said_to_leads(change, ticket.id).await?;
    again.extend(errand::line_with_thread(ticket).map(|line| (row.event, line)));
    for (event, errand) in again {
        let errands = std::slice::from_ref(&errand);
        store::outbox::enqueue(change, ticket.guild, Some(ticket.id), event, errands, now).await?;
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
        Work::Board(board) => store::boards::put_off(change, board.0.guild, why, due).await?,
    }
    Ok(())
}

fn attempts(work: &Work) -> u32 {
    match work {
        Work::Errand(row) => row.attempts,
        Work::Card(card) => card.attempts,
        Work::Board(board) => board.0.attempts,
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
        Work::Board(board) => board.0.guild.0.cast_signed(),
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
