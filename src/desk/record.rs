//! What is kept of the talk around a ticket: messages, the files that people gave, and the record that is made of both.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::redact::SecretKind;
use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::event::Event;
use crate::domain::ids::{Cause, ChannelId, DraftId, FileId, MessageId, TicketId, UserId};
use crate::domain::notice::{Destination, Notice, ThreadNotice};
use crate::domain::people::Actor;
use crate::domain::record::{Attachment, FileState, KeptFile, Room, Said, Written, for_requester};
use crate::domain::rules::{Verb, permit};
use crate::domain::ticket::Ticket;
use crate::store::files::With;
use crate::store::{self, Change};

/// How long to wait after the first failure to fetch a file. Each further one doubles it.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(2);
/// The longest wait between two tries.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(30);
/// So many tries are some fifteen hours: Discord's links do not live much longer.
const TRIES: u32 = 40;

/// Everything that is known of a ticket, as far as one person may read it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The ticket.
    pub ticket: Ticket,
    /// What happened to it, in order.
    pub events: Vec<Event>,
    /// What was written about it, in order.
    pub messages: Vec<Said>,
    /// The files that go with it, in the order in which they were given.
    pub files: Vec<KeptFile>,
    /// What people are called.
    pub names: BTreeMap<UserId, String>,
    /// Whether it holds what the staff say among each other.
    pub staff: bool,
}

/// What became of an attempt to fetch a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// Its bytes lie in the folder of files.
    Kept {
        /// Under this name.
        sha256: String,
        /// So many.
        size: u64,
    },
    /// Not this time.
    Later {
        /// What happened.
        why: String,
    },
    /// Never.
    Never {
        /// What it is from now on.
        state: FileState,
        /// What happened.
        why: String,
    },
}

/// Tells whoever wrote secrets what to do about them, directly and once for a message: it is not for everybody in the
/// thread to read that there is something to be found.
async fn tell_of_secrets(
    change: &mut Change,
    ticket: TicketId,
    room: Room,
    written: &Written,
    secrets: &[SecretKind],
    now: Timestamp,
) -> Result<(), Error> {
    let cause = Cause::message(written.id, "secret");
    if !store::inbox::take(change, &cause, now).await? {
        return Ok(());
    }
    let Some(about) = store::tickets::find(change, ticket).await? else {
        return Ok(());
    };
    let notice = Notice::Threads(ThreadNotice::Secret {
        kinds: secrets.iter().map(|kind| kind.in_words()).collect(),
        message: written.id,
        staff: room == Room::Staff,
    });
    let told = Errand::Say {
        to: Destination::Direct(written.author),
        notice,
        name: None,
    };
    store::outbox::enqueue(change, about.guild, Some(ticket), None, &[told], now).await?;
    Ok(())
}

impl Desk {
    /// Keeps what somebody wrote in a thread of a ticket's, or changed there; a message anywhere else is none of the
    /// desk's business.
    pub async fn written(
        &self,
        thread: ChannelId,
        written: Written,
        now: Timestamp,
    ) -> Result<(), Error> {
        match self.room_of(thread, written.id).await? {
            Some((ticket, room)) => self.keep_written(ticket, room, written, now).await,
            None => Ok(()),
        }
    }

    /// Keeps what somebody wrote about `ticket`, or changed.
    pub(super) async fn keep_written(
        &self,
        ticket: TicketId,
        room: Room,
        written: Written,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut secrets = Vec::new();
        let written = Written {
            text: written.text.map(|text| {
                let redacted = self.0.redactor.redact(&text);
                secrets = redacted.kinds;
                redacted.text
            }),
            ..written
        };
        let mut change = self.0.store.change().await?;
        store::messages::keep(&mut change, ticket, room, &written).await?;
        if !secrets.is_empty() {
            tell_of_secrets(&mut change, ticket, room, &written, &secrets, now).await?;
        }
        if let Some(files) = &written.files
            && !store::messages::is_deleted(&mut change, written.id).await?
        {
            let with = With::Message(ticket, written.id);
            self.put_down(&mut change, files, with, written.author, now)
                .await?;
            // Whoever takes a file off a message takes it back.
            if written.at > written.sent_at {
                let left: Vec<FileId> = files.iter().map(|file| file.id).collect();
                store::files::withdraw(&mut change, written.id, &left).await?;
            }
        }
        change.commit().await?;
        self.0.files.notify_one();
        if !secrets.is_empty() {
            self.wake();
        }
        Ok(())
    }

    /// Messages were deleted, each sent at that instant: what they said and gave goes, wherever it was kept.
    pub async fn unwritten(
        &self,
        thread: ChannelId,
        messages: &[(MessageId, Timestamp)],
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut of_tickets = Vec::new();
        for (message, sent_at) in messages {
            if let Some((ticket, room)) = self.room_of(thread, *message).await? {
                of_tickets.push((ticket, room, *message, *sent_at));
            }
        }
        if of_tickets.is_empty() {
            return Ok(());
        }
        let mut change = self.0.store.change().await?;
        for (ticket, room, message, sent_at) in of_tickets {
            store::messages::delete(&mut change, ticket, room, message, sent_at, now).await?;
        }
        change.commit().await?;
        self.0.files.notify_one();
        Ok(())
    }

    /// Whose thread that is; elsewhere, of which ticket the message is kept: it may have come directly.
    async fn room_of(
        &self,
        thread: ChannelId,
        message: MessageId,
    ) -> Result<Option<(TicketId, Room)>, Error> {
        let mut from = self.reader().await?;
        let Some((id, _)) = store::tickets::of_thread(&mut from, thread).await? else {
            return Ok(store::messages::place(&mut from, message).await?);
        };
        let ticket = store::tickets::find(&mut from, id).await?;
        Ok(ticket.map(|ticket| {
            let room = if ticket.thread == Some(thread) {
                Room::Thread
            } else {
                Room::Staff
            };
            (id, room)
        }))
    }

    /// Puts down files that are to be fetched; those that are too large, or all of them where none are kept, by name only.
    async fn put_down(
        &self,
        change: &mut Change,
        files: &[Attachment],
        with: With,
        owner: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        for file in files {
            let state = match self.largest_file() {
                None => FileState::Off,
                Some(most) if file.size > most => FileState::TooLarge,
                Some(_) => FileState::Waiting,
            };
            let file = Attachment {
                name: self.clean(&file.name),
                ..file.clone()
            };
            store::files::give(change, &file, with, owner, state, now).await?;
        }
        Ok(())
    }

    /// The largest file that is kept, in bytes; nothing where none are.
    pub fn largest_file(&self) -> Option<u64> {
        let megabytes = self.0.limits.file_megabytes?;
        Some(u64::from(megabytes.get()) * 1024 * 1024)
    }

    /// `owner` gave a file with a draft: it is fetched at once, whatever becomes of the draft.
    pub async fn give(
        &self,
        draft: DraftId,
        file: &Attachment,
        owner: UserId,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        let files = std::slice::from_ref(file);
        self.put_down(&mut change, files, With::Draft(draft), owner, now)
            .await?;
        change.commit().await?;
        self.0.files.notify_one();
        Ok(())
    }

    /// The files that were given with a draft.
    pub async fn given(&self, draft: DraftId) -> Result<Vec<KeptFile>, Error> {
        let mut from = self.reader().await?;
        Ok(store::files::of_draft(&mut from, draft).await?)
    }

    /// Waits for files that were given since the last time, or taken back.
    pub async fn files_moved(&self) {
        self.0.files.notified().await;
    }

    /// The draft's files go with the ticket; those whose fate is known already are shown in its thread, or missed there.
    pub(super) async fn take_files(
        &self,
        change: &mut Change,
        draft: DraftId,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Result<(), Error> {
        let files = store::files::of_draft(change, draft).await?;
        store::files::take_over(change, draft, ticket.id).await?;
        for file in &files {
            tell_of_file(change, ticket, file, now).await?;
        }
        Ok(())
    }

    /// A file was fetched, or not. One that came with the command that opened a ticket has no message that shows it, so
    /// it is posted in the thread; there too its owner reads when it could not be kept.
    pub async fn fetched(
        &self,
        file: FileId,
        attempts: u32,
        outcome: Fetched,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        let ended = match outcome {
            Fetched::Kept { sha256, size } => {
                store::files::kept(&mut change, file, &sha256, size).await?
            }
            Fetched::Later { why } if attempts < TRIES => {
                let wait = FIRST_WAIT * 2_i32.pow(attempts.min(10));
                let due = now + wait.min(LONGEST_WAIT);
                store::files::put_off(&mut change, file, &why, due).await?;
                false
            }
            Fetched::Later { why } => {
                store::files::give_up(&mut change, file, FileState::Failed, &why).await?
            }
            Fetched::Never { state, why } => {
                store::files::give_up(&mut change, file, state, &why).await?
            }
        };
        if ended
            && let Some((Some(ticket), file)) = store::files::find(&mut change, file).await?
            && let Some(ticket) = store::tickets::find(&mut change, ticket).await?
        {
            tell_of_file(&mut change, &ticket, &file, now).await?;
        }
        self.commit(change).await
    }

    /// Everything that is known of `ticket`, as far as `by` may read it: its requester, whoever works on it, and leads
    /// (`SECURITY` A36). That it was read is put down.
    pub async fn record(
        &self,
        ticket: &Ticket,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Record, Error> {
        const ACTION: &str = "transcript";
        if let Err(refusal) = permit(Verb::Transcript, ticket, by) {
            self.audit(
                ticket.guild,
                by.user,
                ACTION,
                Some(ticket.id),
                &refusal,
                now,
            )
            .await?;
            return Err(refusal.into());
        }
        // Nobody reads about their own request what the staff say among each other.
        let staff = ticket.requester != by.user;
        let mut change = self.0.store.change().await?;
        let line = store::audit::Line {
            guild: Some(ticket.guild),
            actor: by.user,
            action: ACTION,
            ticket: Some(ticket.id),
            outcome: "done",
            reason: None,
        };
        store::audit::put(&mut change, &line, now).await?;
        change.commit().await?;
        let mut from = self.reader().await?;
        let mut events = store::events::of_ticket(&mut from, ticket.id).await?;
        let mut messages = store::messages::of_ticket(&mut from, ticket.id).await?;
        let mut files = store::files::of_ticket(&mut from, ticket.id).await?;
        let mut names = store::members::names(&mut from, ticket.guild).await?;
        drop(from);
        if !staff {
            events = events.into_iter().filter_map(for_requester).collect();
            messages.retain(|said| said.room == Room::Thread);
            files.retain(|file| {
                file.message
                    .is_none_or(|with| messages.iter().any(|said| said.id == with))
            });
        }
        for said in &messages {
            if let Some(author) = said.author {
                names.entry(author).or_insert(said.author_name.clone());
            }
        }
        names
            .entry(ticket.requester)
            .or_insert(ticket.requester_name.clone());
        Ok(Record {
            ticket: ticket.clone(),
            events,
            messages,
            files,
            names,
            staff,
        })
    }

    /// What lies in the folder of files under that name, if it is at most so large.
    pub async fn file(&self, sha256: &str, at_most: u64) -> Option<Vec<u8>> {
        let path = self.0.store.files().join(sha256);
        let size = tokio::fs::metadata(&path).await.ok()?.len();
        if size > at_most {
            return None;
        }
        match tokio::fs::read(&path).await {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                tracing::warn!(%error, sha256, "a file that was kept cannot be read");
                None
            }
        }
    }
}

async fn tell_of_file(
    change: &mut Change,
    ticket: &Ticket,
    file: &KeptFile,
    now: Timestamp,
) -> Result<(), Error> {
    if file.message.is_some() {
        return Ok(());
    }
    let notice = match (file.state, &file.sha256) {
        (FileState::Kept, Some(sha256)) => Notice::File {
            by: file.owner,
            name: file.name.clone(),
            sha256: sha256.clone(),
            size: file.size,
        },
        (FileState::Waiting | FileState::Removed | FileState::Kept, _) => return Ok(()),
        (FileState::TooLarge | FileState::Failed | FileState::Refused | FileState::Off, _) => {
            Notice::FileMissing {
                by: file.owner,
                name: file.name.clone(),
            }
        }
    };
    let said = Errand::Say {
        to: Destination::Thread,
        notice,
        name: None,
    };
    store::outbox::enqueue(change, ticket.guild, Some(ticket.id), None, &[said], now).await?;
    Ok(())
}
