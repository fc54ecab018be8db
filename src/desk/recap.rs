//! A thread that was deleted is made again, and says what it said (`RELIABILITY` F27).

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::errand::{Errand, ThreadKind};
use crate::domain::event::{Event, What};
use crate::domain::notice::{Destination, Notice, Speech, Spoken, ThreadNotice};
use crate::domain::record::{Room, Said};
use crate::domain::ticket::Ticket;
use crate::store;

/// So much of what was said is said again; the transcript has all of it.
const LAST: usize = 6;

impl Desk {
    /// Discord lost that thread of `ticket`: it is opened again, those who belong there are added, and it says what the
    /// ticket is about, where it stands, and what was said last. To the requester nothing that was said among the staff.
    pub async fn reopen_thread(
        &self,
        ticket: &Ticket,
        thread: ThreadKind,
        now: Timestamp,
    ) -> Result<(), Error> {
        let to = match thread {
            ThreadKind::Requester => Destination::Thread,
            ThreadKind::Staff => Destination::StaffThread,
        };
        let invited = match thread {
            ThreadKind::Requester => ticket.people().collect(),
            // Whoever may see the queue may see its threads; a confidential ticket's is for named people.
            ThreadKind::Staff if ticket.confidential => ticket.assignee.into_iter().collect(),
            ThreadKind::Staff => Vec::new(),
        };
        let say = |notice| Errand::Say {
            to,
            notice,
            name: None,
        };
        let mut work = vec![Errand::OpenThread { thread }];
        work.extend(
            invited
                .into_iter()
                .map(|user| Errand::Invite { thread, user }),
        );
        if thread == ThreadKind::Requester {
            work.push(say(Notice::Opened));
        }
        work.push(say(Notice::Threads(self.recap(ticket, thread).await?)));
        let mut change = self.0.store.change().await?;
        store::tickets::lose_thread(&mut change, ticket.id, thread == ThreadKind::Staff).await?;
        // Its card links to the thread, and may be gone with it.
        store::cards::want_again(&mut change, ticket.id, now).await?;
        let (id, event) = (Some(ticket.id), Some(ticket.last_seq));
        store::outbox::enqueue(&mut change, ticket.guild, id, event, &work, now).await?;
        self.commit(change).await
    }

    /// What was said last in that thread, and by command to those who read there.
    async fn recap(&self, ticket: &Ticket, thread: ThreadKind) -> Result<ThreadNotice, Error> {
        let mut from = self.reader().await?;
        let events = store::events::of_ticket(&mut from, ticket.id).await?;
        let messages = store::messages::of_ticket(&mut from, ticket.id).await?;
        drop(from);
        let room = match thread {
            ThreadKind::Requester => Room::Thread,
            ThreadKind::Staff => Room::Staff,
        };
        let heard = messages
            .iter()
            .filter(|said| said.room == room && said.deleted_at.is_none());
        let unread = heard.clone().filter(|said| newest(said).is_none()).count();
        let mut said: Vec<Spoken> = heard.filter_map(written).collect();
        said.extend(
            events
                .iter()
                .filter_map(|event| spoken(event, thread, ticket)),
        );
        said.retain(|one| !one.text.trim().is_empty());
        said.sort_by_key(|one| one.at);
        let more = said.len() > LAST;
        said.drain(..said.len().saturating_sub(LAST));
        Ok(ThreadNotice::Again {
            said,
            more,
            unread: u32::try_from(unread).unwrap_or(u32::MAX),
        })
    }
}

/// What a message says now; nothing where the desk may not read it.
fn newest(said: &Said) -> Option<&String> {
    said.versions.last().and_then(|last| last.text.as_ref())
}

fn written(said: &Said) -> Option<Spoken> {
    Some(Spoken {
        by: said.author?,
        at: said.sent_at,
        how: Speech::Message,
        text: newest(said)?.clone(),
    })
}

/// What was said by command to those who read in that thread.
fn spoken(event: &Event, thread: ThreadKind, ticket: &Ticket) -> Option<Spoken> {
    let (how, text) = match (thread, &event.what) {
        (ThreadKind::Requester, What::Replied { text }) => (Speech::Reply, text.as_ref()?),
        (ThreadKind::Requester, What::Asked { text }) => (Speech::Question, text),
        (ThreadKind::Requester, What::Added { text, .. }) => (Speech::Message, text),
        (ThreadKind::Staff, What::Noted { text }) => (Speech::Note, text),
        (ThreadKind::Staff, What::Escalated { hand_over, .. }) => (
            Speech::HandOver {
                from: hand_over.from,
                to: hand_over.to,
            },
            &hand_over.texts.summary,
        ),
        _ => return None,
    };
    Some(Spoken {
        by: event.by.unwrap_or(ticket.requester),
        at: event.at,
        how,
        text: text.clone(),
    })
}
