//! The talk with a requester by direct message, where the server has no room for a thread (`RELIABILITY` F29).

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::ids::{Cause, MessageId, UserId};
use crate::domain::notice::{Destination, Instead, Notice, ThreadNotice};
use crate::domain::record::{Room, Written};
use crate::domain::ticket::{State, Ticket};
use crate::store;

impl Desk {
    /// The ticket that a direct message of `user` is about, where one is talked about by direct message; `answers` is the
    /// message that it is an answer to.
    pub async fn talked_about(
        &self,
        user: UserId,
        answers: Option<MessageId>,
    ) -> Result<Option<Ticket>, Error> {
        let mut from = self.reader().await?;
        Ok(store::direct::ticket_of(&mut from, user, answers).await?)
    }

    /// The requester of `ticket` wrote about it by direct message: it is kept, and said to whoever works on it. Under a
    /// resolved ticket nobody waits for messages.
    pub async fn written_directly(
        &self,
        ticket: &Ticket,
        written: Written,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (id, author) = (written.id, written.author);
        let text = self.clean(written.text.as_deref().unwrap_or_default());
        let files = written.files.as_ref().map_or(0, Vec::len);
        let files = u32::try_from(files).unwrap_or(u32::MAX);
        self.keep_written(ticket.id, Room::Thread, written, now)
            .await?;
        let to = match ticket.assignee {
            Some(who) => Some(Destination::Direct(who)),
            // Of a confidential ticket nothing is said in a queue: whoever takes it reads the transcript.
            None => (!ticket.confidential).then_some(Destination::Queue(ticket.tier)),
        };
        if let Some(to) = to.filter(|_| ticket.state != State::Resolved) {
            let said = Errand::Say {
                to,
                notice: Notice::Threads(ThreadNotice::SaidDirectly {
                    by: author,
                    text: text.clone(),
                    files,
                }),
                name: None,
            };
            let mut change = self.0.store.change().await?;
            let cause = Cause::message(id, "passed_on");
            if store::inbox::take(&mut change, &cause, now).await? {
                let (guild, of) = (ticket.guild, Some(ticket.id));
                store::outbox::enqueue(&mut change, guild, of, None, &[said], now).await?;
                self.commit(change).await?;
            }
        }
        self.heard_about(ticket.clone(), author, id, &text, now)
            .await
    }

    /// Tells the leads that there was no room for a thread of `ticket`, and what becomes of the talk: once a day where it
    /// goes on directly, and once a day and ticket where somebody has to do something. A requester whom nothing reaches is
    /// called in the help channel, where nothing is said of what it is about; not that of a confidential ticket.
    pub async fn warn_of_full(
        &self,
        ticket: &Ticket,
        instead: Instead,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (guild, day) = (ticket.guild, now.as_second() / 86_400);
        let about = match instead {
            Instead::Direct => String::new(),
            Instead::Nothing => format!("{}:nothing:", ticket.id),
            Instead::Staff => format!("{}:staff:", ticket.id),
        };
        let cause = Cause::noticed(&format!("full:{guild}:{about}{day}"));
        let say = |to, notice| Errand::Say {
            to,
            notice: Notice::Threads(notice),
            name: None,
        };
        let mut work = vec![say(Destination::Leads, ThreadNotice::Full { instead })];
        if instead == Instead::Nothing && !ticket.confidential {
            let who = ticket.requester;
            work.push(say(Destination::Help, ThreadNotice::Unreachable { who }));
        }
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, &cause, now).await? {
            let of = Some(ticket.id);
            store::outbox::enqueue(&mut change, guild, of, None, &work, now).await?;
            self.commit(change).await?;
        }
        Ok(())
    }
}
