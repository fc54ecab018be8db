//! Does on Discord what the desk has promised. Called by the outbox alone.
//!
//! Each errand can be tried again without being done twice: a message bears a nonce, and later a reference in its footer
//! by which it is found in the channel's history; a thread, a role or a channel that is there already is adopted. To be
//! read in this order: this file, `outcome` (what a refusal of Discord's means), `messages`, `threads`, `rooms` (roles and
//! channels).

mod messages;
mod outcome;
mod rooms;
mod threads;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use self::messages::{Sending, amend, direct, send};
use self::outcome::Failure;
use super::api::Trouble;
use super::cards;
use super::connect::Connection;
use super::permissions::Permissions;
use super::pictures::sheet;
use super::post;
use super::reply::Upload;
use super::transcript::LARGEST;
use super::words::Words;
use super::words::notices::About;
use crate::domain::board::Board;
use crate::domain::digest::Digest;
use crate::domain::errand::{Errand, ThreadKind};
use crate::domain::ids::{ChannelId, GuildId, MessageId, OutboxId, RoleId, UserId};
use crate::domain::notice::{Destination, Notice, ThreadNotice};
use crate::domain::people::{DeskChannel, House};
use crate::domain::ticket::Ticket;
use crate::domain::tier::Tier;

/// One errand, with what is known when it begins.
pub struct Job<'a> {
    /// Its row.
    pub row: OutboxId,
    /// The same at every try of this row, and of no other: at most 25 characters.
    pub nonce: &'a str,
    /// What to do.
    pub errand: &'a Errand,
    /// The lines that stand in it, where it gathers some.
    pub lines: &'a [(Ticket, Notice)],
    /// Whose desk.
    pub guild: GuildId,
    /// The desk's roles and channels.
    pub house: &'a House,
    /// About which ticket.
    pub ticket: Option<&'a Ticket>,
    /// The event that caused it, for the reference (`T-0042·e45`).
    pub event: Option<i64>,
    /// For an amendment: the message to be changed.
    pub message: Option<MessageId>,
    /// For a staff thread: the ticket's first card, from which it starts.
    pub starter: Option<(ChannelId, MessageId)>,
    /// It was begun before, and the outcome is not known.
    pub tried_before: bool,
    /// When it was begun first.
    pub first_tried_at: Option<Timestamp>,
    /// The folder of the files that people gave.
    pub files: &'a Path,
}

/// One card to be drawn.
pub struct CardJob<'a> {
    /// The ticket as it is.
    pub ticket: &'a Ticket,
    /// The desk's roles and channels.
    pub house: &'a House,
    /// In whose queue it stands.
    pub tier: Tier,
    /// The card, where it stands already.
    pub message: Option<MessageId>,
    /// The same at every try of this version: at most 25 characters.
    pub nonce: &'a str,
    /// It was begun before, and the outcome is not known.
    pub tried_before: bool,
    /// When it was begun first.
    pub first_tried_at: Option<Timestamp>,
}

/// A board to be drawn.
pub struct BoardJob<'a> {
    /// What is to stand there.
    pub board: &'a Board,
    /// Whose desk.
    pub guild: GuildId,
    /// The desk's roles and channels.
    pub house: &'a House,
    /// The message, where it stands already.
    pub message: Option<MessageId>,
    /// The same at every try of this drawing: at most 25 characters.
    pub nonce: &'a str,
    /// It was begun before, and the outcome is not known.
    pub tried_before: bool,
    /// When it was begun first.
    pub first_tried_at: Option<Timestamp>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// Done.
    Done(Made),
    /// Not now: Discord is slow, down, or asks to wait.
    Later {
        /// What happened.
        why: String,
        /// Not before so long, where Discord said so.
        after: Option<Duration>,
    },
    /// Not until a person mends something on Discord.
    Blocked {
        /// Where.
        channel: Option<ChannelId>,
        /// The permissions missing there, as Discord's settings name them.
        missing: Vec<String>,
        /// What Discord said.
        said: String,
    },
    /// Not while the server has as many active threads as Discord allows: nobody can be talked to there.
    Full {
        /// What Discord said.
        said: String,
    },
    /// The talk with the requester goes by direct message from now on.
    Directly,
    /// Never: Discord does not take it in this form.
    Never {
        /// What Discord said.
        why: String,
    },
    /// Nothing at all any more: the token is not accepted.
    Stop {
        /// What Discord said.
        why: String,
    },
}

/// What is there now that was not there before, or was found to be there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Nothing that has to be remembered.
    Nothing,
    /// A message.
    Message {
        /// Where.
        channel: ChannelId,
        /// Which.
        id: MessageId,
    },
    /// A thread.
    Thread(ChannelId),
    /// A role.
    Role(RoleId),
    /// A channel.
    Channel(ChannelId),
}

/// Does one errand.
pub async fn deliver(discord: &Connection, job: &Job<'_>, now: Timestamp) -> Delivered {
    let done = match job.errand {
        Errand::Say { to, notice, .. } => say(discord, job, *to, notice, now).await,
        Errand::Amend { to, notice, .. } => change(discord, job, *to, notice, None).await,
        // It tells of what it told of before, and is found by it.
        Errand::SayAgain { to, notice, .. } => change(discord, job, *to, notice, job.event).await,
        Errand::OpenThread { thread } => threads::open(discord, job, *thread, job.tried_before)
            .await
            .map(Made::Thread),
        Errand::OpenRoom { title, .. } => threads::open_room(discord, job, title).await,
        Errand::Invite { thread, user } => threads::invite(discord, job, *thread, *user).await,
        Errand::Uninvite { thread, user } => threads::uninvite(discord, job, *thread, *user).await,
        Errand::CloseThread { thread } => threads::close(discord, job, *thread).await,
        Errand::CreateRole { role } => rooms::create_role(discord, job, *role).await,
        Errand::CreateChannel { channel } => rooms::create_channel(discord, job, *channel).await,
        Errand::OpenChannel { channel } => rooms::open_channel(discord, job, *channel).await,
    };
    done.map_or_else(|failure| failure.told(discord, job.guild), Delivered::Done)
}

/// Begins to talk with the requester by direct message: there is no room for a thread, as `said` says. Full it stays where
/// they take no direct messages.
pub async fn talk_directly(
    discord: &Connection,
    job: &Job<'_>,
    said: String,
    now: Timestamp,
) -> Delivered {
    let Some(ticket) = job.ticket else {
        return Delivered::Full { said };
    };
    let to = Destination::Direct(ticket.requester);
    let mut post = worded(discord, job, to, &Notice::Threads(ThreadNotice::Directly));
    let reference = format!("{}·d{}", ticket.number, job.row);
    post.footer_ref = Some(reference);
    let sending = Sending {
        // Of its own: what the row itself says follows in the same channel.
        nonce: &format!("{}d", job.nonce),
        tried_before: job.tried_before,
        first_tried_at: job.first_tried_at,
    };
    match direct(discord, ticket.requester, &post, &sending, now).await {
        Ok(_) => Delivered::Directly,
        Err(failure) if failure.closed_to_us() => Delivered::Full { said },
        Err(failure) => failure.told(discord, job.guild),
    }
}

/// Archives one of `ticket`'s threads, that others have room.
///
/// # Errors
/// What Discord says against it.
pub async fn rest(discord: &Connection, ticket: &Ticket, thread: ChannelId) -> Result<(), Trouble> {
    threads::rest(discord, ticket, thread).await
}

/// Draws one card: posts it, or changes the one that stands there. A card that was deleted is posted anew. Once the ticket
/// has left the tier, or has ended, the card is one line without buttons.
pub async fn draw_card(discord: &Connection, job: &CardJob<'_>, now: Timestamp) -> Delivered {
    let guild = job.ticket.guild;
    card(discord, job, now)
        .await
        .map_or_else(|failure| failure.told(discord, guild), Delivered::Done)
}

async fn card(discord: &Connection, job: &CardJob<'_>, now: Timestamp) -> Result<Made, Failure> {
    let channel = desk_channel(job.house, DeskChannel::queue(job.tier))?;
    let words = Words::of(&locale(discord, job.ticket.guild));
    let mut post = cards::draw(&words, job.ticket, job.house, job.tier);
    post.footer_ref = Some(format!("{}·{}", job.ticket.number, job.tier));
    if let Some(message) = job.message
        && amend(discord, channel, message, &post).await?
    {
        return Ok(Made::Message {
            channel,
            id: message,
        });
    }
    let never_posted = job.message.is_none() && !job.tried_before;
    if never_posted && !cards::belongs(job.ticket, job.tier) && !needs_a_card(job.ticket) {
        // There is nothing to be done in this queue any more.
        return Ok(Made::Nothing);
    }
    let sending = Sending {
        nonce: job.nonce,
        tried_before: job.tried_before,
        // A newer version has another nonce, so only the history tells whether an earlier try arrived.
        first_tried_at: None,
    };
    let id = send(discord, channel, &post, &sending, now).await?;
    Ok(Made::Message { channel, id })
}

/// Whether the ticket has ended and its staff thread is still to be opened: that begins at a card, and no other one will come.
fn needs_a_card(ticket: &Ticket) -> bool {
    let waits = ticket.staffed && ticket.staff_thread.is_none() && !ticket.confidential;
    waits && !ticket.state.active()
}

/// Draws the board of a desk: changes the message that stands there, or posts it, also where somebody deleted it.
pub async fn draw_board(discord: &Connection, job: &BoardJob<'_>, now: Timestamp) -> Delivered {
    board(discord, job, now)
        .await
        .map_or_else(|failure| failure.told(discord, job.guild), Delivered::Done)
}

async fn board(discord: &Connection, job: &BoardJob<'_>, now: Timestamp) -> Result<Made, Failure> {
    let channel = desk_channel(job.house, DeskChannel::Leads)?;
    let words = Words::of(&locale(discord, job.guild));
    let mut post = super::board::draw(words, job.guild, job.board, now);
    if let Some(message) = job.message
        && amend(discord, channel, message, &post).await?
    {
        return Ok(Made::Message {
            channel,
            id: message,
        });
    }
    // By this a board is found that was posted by a process that then died; its nonce says which posting it was.
    post.footer_ref = Some(format!("board·{}", job.nonce));
    let sending = Sending {
        nonce: job.nonce,
        tried_before: job.tried_before,
        first_tried_at: job.first_tried_at,
    };
    let id = send(discord, channel, &post, &sending, now).await?;
    Ok(Made::Message { channel, id })
}

async fn say(
    discord: &Connection,
    job: &Job<'_>,
    to: Destination,
    notice: &Notice,
    now: Timestamp,
) -> Result<Made, Failure> {
    let mut post = worded(discord, job, to, notice);
    attach(discord, job, notice, &mut post).await;
    let about = job.ticket.map(|ticket| ticket.number).zip(job.event);
    post.footer_ref = Some(match about {
        None => gathering(notice).unwrap_or_else(|| post::reference(None, job.row)),
        about => post::reference(about, job.row),
    });
    let sending = Sending {
        nonce: job.nonce,
        tried_before: job.tried_before,
        first_tried_at: job.first_tried_at,
    };
    let channel = match to {
        Destination::Direct(user) => {
            return say_directly(discord, job, user, &post, &sending, now).await;
        }
        Destination::Thread if let Some(ticket) = threads::by_direct(job) => {
            return match direct(discord, ticket.requester, &post, &sending, now).await {
                Ok((channel, id)) => Ok(Made::Message { channel, id }),
                // There may be room for a thread by now.
                Err(failure) if failure.closed_to_us() => {
                    threads::gather(discord, job).await.map(Made::Thread)
                }
                Err(failure) => Err(failure),
            };
        }
        Destination::Thread => threads::find(discord, job, ThreadKind::Requester).await?,
        Destination::StaffThread => threads::find(discord, job, ThreadKind::Staff).await?,
        Destination::Queue(tier) => desk_channel(job.house, DeskChannel::queue(tier))?,
        Destination::Escalations => desk_channel(job.house, DeskChannel::Escalations)?,
        Destination::Leads => desk_channel(job.house, DeskChannel::Leads)?,
        Destination::Help => desk_channel(job.house, DeskChannel::Help)?,
    };
    let id = match (send(discord, channel, &post, &sending, now).await, to) {
        (Err(failure), Destination::Thread | Destination::StaffThread) => {
            let kind = if to == Destination::Thread {
                ThreadKind::Requester
            } else {
                ThreadKind::Staff
            };
            let channel = threads::mend(discord, job, kind, channel, failure).await?;
            let id = send(discord, channel, &post, &sending, now).await?;
            return Ok(Made::Message { channel, id });
        }
        (sent, _) => sent?,
    };
    Ok(Made::Message { channel, id })
}

/// By what a message with several lines is found again.
fn gathering(notice: &Notice) -> Option<String> {
    match notice {
        Notice::Lines { gathering } => Some(format!("lines·{gathering}")),
        _ => None,
    }
}

/// Hangs the file on the message that tells of it. Where the bot may not attach files, or the file is too large for it,
/// the message says so instead: what is kept needs no second try.
async fn attach(
    discord: &Connection,
    job: &Job<'_>,
    notice: &Notice,
    post: &mut super::reply::Post,
) {
    if let Notice::Digest(digest) = notice {
        return draw_digest(discord, job, digest, post).await;
    }
    let Notice::File {
        name, sha256, size, ..
    } = notice
    else {
        return;
    };
    let fits = usize::try_from(*size).is_ok_and(|size| size <= LARGEST);
    let allowed = job
        .ticket
        .and_then(|ticket| ticket.thread)
        .is_none_or(|thread| {
            let parent = messages::parent(discord, thread);
            outcome::may(discord, job.guild, parent, Permissions::ATTACH_FILES)
        });
    let bytes = if fits && allowed {
        tokio::fs::read(job.files.join(sha256)).await.ok()
    } else {
        None
    };
    match bytes {
        Some(bytes) => {
            post.file = Some(Upload {
                name: super::plain::one_line(name),
                bytes: bytes.into(),
                // What somebody sent: only they know what it shows.
                about: None,
            });
        }
        None => {
            let words = Words::of(&locale(discord, job.guild));
            post.text = words.notice_file_unshown();
        }
    }
}

/// Hangs the picture of its figures on a digest. Where it cannot, the figures stand in the text as well.
async fn draw_digest(
    discord: &Connection,
    job: &Job<'_>,
    digest: &Digest,
    post: &mut super::reply::Post,
) {
    let channel = desk_channel(job.house, DeskChannel::Leads).ok();
    let allowed = channel.is_some_and(|channel| {
        outcome::may(discord, job.guild, channel, Permissions::ATTACH_FILES)
    });
    if digest.calm() || !allowed {
        return;
    }
    let words = Words::of(&locale(discord, job.guild));
    let report = digest.report.clone();
    let name = format!("{}.png", digest.from);
    // Drawing takes a processor for a while.
    let drawn = tokio::task::spawn_blocking(move || sheet(words, &report, &name)).await;
    match drawn.map_err(anyhow::Error::from).flatten() {
        Ok(picture) => post.file = Some(picture),
        Err(error) => tracing::error!(error = ?error, "a digest could not be drawn"),
    }
}

/// A closed direct message is normal: then it is said in the ticket's thread, to staff in the staff's.
async fn say_directly(
    discord: &Connection,
    job: &Job<'_>,
    user: UserId,
    post: &super::reply::Post,
    sending: &Sending<'_>,
    now: Timestamp,
) -> Result<Made, Failure> {
    match direct(discord, user, post, sending, now).await {
        Ok((channel, id)) => Ok(Made::Message { channel, id }),
        Err(failure) if failure.closed_to_us() && job.ticket.is_some() => {
            let requester = job.ticket.is_some_and(|ticket| ticket.requester == user);
            let kind = if requester {
                ThreadKind::Requester
            } else {
                ThreadKind::Staff
            };
            let channel = threads::find(discord, job, kind).await?;
            let id = send(discord, channel, post, sending, now).await?;
            Ok(Made::Message { channel, id })
        }
        // There is no other place where only they would read it.
        Err(failure) if failure.closed_to_us() => {
            tracing::info!(user.id = user.0, "somebody takes no direct messages");
            Ok(Made::Nothing)
        }
        Err(failure) => Err(failure),
    }
}

async fn change(
    discord: &Connection,
    job: &Job<'_>,
    to: Destination,
    notice: &Notice,
    event: Option<i64>,
) -> Result<Made, Failure> {
    let channel = match to {
        Destination::Thread if threads::by_direct(job).is_some() => return Ok(Made::Nothing),
        Destination::Thread => threads::find(discord, job, ThreadKind::Requester).await?,
        Destination::StaffThread => threads::find(discord, job, ThreadKind::Staff).await?,
        Destination::Queue(tier) => desk_channel(job.house, DeskChannel::queue(tier))?,
        Destination::Escalations => desk_channel(job.house, DeskChannel::Escalations)?,
        Destination::Leads => desk_channel(job.house, DeskChannel::Leads)?,
        Destination::Help => desk_channel(job.house, DeskChannel::Help)?,
        Destination::Direct(_) => return Ok(Made::Nothing),
    };
    let Some(message) = job.message else {
        return Ok(Made::Nothing);
    };
    let mut post = worded(discord, job, to, notice);
    // Without the event that amends it: nobody looks for that, and it must not be taken for a message of that event.
    let of_ticket = job.ticket.map(|ticket| match event {
        Some(event) => format!("{}·e{event}", ticket.number),
        None => ticket.number.to_string(),
    });
    post.footer_ref = of_ticket.or_else(|| gathering(notice));
    // A message that a person deleted needs no amendment.
    amend(discord, channel, message, &post).await?;
    Ok(Made::Nothing)
}

fn worded(
    discord: &Connection,
    job: &Job<'_>,
    to: Destination,
    notice: &Notice,
) -> super::reply::Post {
    let words = Words::of(&locale(discord, job.guild));
    if let Notice::Lines { .. } = notice {
        return words.gathered(job.lines, job.house);
    }
    let about = About {
        ticket: job.ticket,
        house: job.house,
        to,
    };
    words.notice(notice, about)
}

/// The server's language: everybody reads a notice.
fn locale(discord: &Connection, guild: GuildId) -> String {
    discord.server(Some(guild)).locale()
}

fn desk_channel(house: &House, channel: DeskChannel) -> Result<ChannelId, Failure> {
    house
        .channels
        .get(&channel)
        .copied()
        .ok_or(Failure::NoRoom(channel))
}
