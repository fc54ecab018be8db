//! The open transaction, and the step of a ticket that most of them are.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;

use super::batch::{Batch, Statement, statement};
use super::{Result, Single, Store, inbox, members, tickets};
use crate::domain::ids::{Cause, TicketId};
use crate::domain::roster::Crew;
use crate::domain::ticket::Ticket;

/// An open transaction on the one write connection. It is rolled back unless it is committed.
#[derive(Debug)]
pub struct Change {
    /// Nothing once it has ended.
    open: Option<Single>,
    commits: Arc<AtomicU64>,
}

/// A change that is about one ticket, and all that is read for it.
#[derive(Debug)]
pub struct Step {
    /// The change.
    pub change: Change,
    /// The ticket, if it is there.
    pub ticket: Option<Ticket>,
    /// Whether the cause was taken for processing. If not, it was processed before, and nothing is to be done.
    pub taken: bool,
    /// Who can work on it, if that was asked for.
    pub crew: Option<Crew>,
}

/// What a step reads beside the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Nothing.
    Ticket,
    /// Who can work on it.
    Crew,
}

impl Store {
    /// Begins a change. It waits its turn.
    pub async fn change(&self) -> Result<Change> {
        let mut change = self.unopened().await?;
        beginning().put(&mut change).await?;
        Ok(change)
    }

    /// Begins a change of `ticket` that `cause` brings about, and reads what it needs, in one hand-over.
    pub async fn step(
        &self,
        ticket: TicketId,
        cause: &Cause,
        reads: Reads,
        now: Timestamp,
    ) -> Result<Step> {
        let mut change = self.unopened().await?;
        let mut batch = Batch::default();
        batch.add(beginning());
        batch.add(inbox::taking(cause, now));
        batch.add(tickets::finding(ticket));
        if reads == Reads::Crew {
            batch.add(members::reading_crew(None, ticket, now));
        }
        let mut answers = batch.send(&mut change).await?.into_iter().skip(1);
        let mut next = || answers.next().unwrap_or_default();
        Ok(Step {
            taken: inbox::taken(&next()),
            ticket: tickets::found(&next())?,
            crew: match reads {
                Reads::Crew => Some(members::crew_of(&next())?),
                Reads::Ticket => None,
            },
            change,
        })
    }

    async fn unopened(&self) -> Result<Change> {
        Ok(Change {
            open: Some(self.single().await?),
            commits: Arc::clone(&self.commits),
        })
    }
}

/// Takes the lock for writing at once: who waited for it until the first write would get an error instead of their turn.
fn beginning() -> Statement {
    statement("begin immediate")
}

impl Change {
    /// Does what was collected, in one hand-over.
    pub async fn send(&mut self, batch: Batch) -> Result<()> {
        batch.send(self).await?;
        Ok(())
    }

    /// Makes it last.
    pub async fn commit(self) -> Result<()> {
        self.commit_with(Batch::default()).await
    }

    /// Does what was collected, and makes all of it last, in one hand-over. If any of it fails, nothing was done.
    pub async fn commit_with(mut self, mut batch: Batch) -> Result<()> {
        batch.add(statement("commit"));
        batch.send(&mut self).await?;
        self.open = None;
        self.commits.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        // Nobody gets the connection before this is done.
        tokio::spawn(async move {
            if statement("rollback").put(&mut open).await.is_err() {
                // There was nothing to roll back, or worse. The next change begins on a new connection.
                open.close_on_drop();
            }
        });
    }
}

impl Deref for Change {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.open
            .as_ref()
            .expect("it has its connection until it ends")
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.open
            .as_mut()
            .expect("it has its connection until it ends")
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::super::samples::{GUILD, MIA, RAVI, guild, now, ticket};
    use super::super::{audit, events};
    use super::*;
    use crate::domain::event::{Event, What};

    async fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("desk.sqlite"))
            .await
            .expect("a database");
        (folder, store)
    }

    async fn with_a_ticket(store: &Store) -> TicketId {
        let mut change = store.change().await.expect("begun");
        guild(&mut change).await;
        let id = ticket(&mut change, "VPN").await.id;
        change.commit().await.expect("committed");
        id
    }

    fn line() -> audit::Line<'static> {
        audit::Line {
            guild: Some(GUILD),
            actor: MIA,
            action: "view",
            ticket: None,
            outcome: "done",
            reason: None,
        }
    }

    async fn lines(store: &Store) -> u32 {
        let mut from = store.reader().await.expect("a reader");
        let since = now() - jiff::SignedDuration::from_secs(1);
        audit::count(&mut from, MIA, "view", "done", since)
            .await
            .expect("counted")
    }

    #[tokio::test]
    async fn a_step_reads_all_at_once_and_a_cause_is_taken_with_what_it_brought_about() {
        let (_folder, store) = store().await;
        let id = with_a_ticket(&store).await;
        let cause = Cause::interaction(7);
        let step = store
            .step(id, &cause, Reads::Crew, now())
            .await
            .expect("begun");
        assert!(step.taken);
        assert_eq!(step.ticket.expect("it is there").title, "VPN");
        assert_eq!(step.crew.expect("it was asked for").holders[0].user, RAVI);
        drop(step.change);
        let step = store
            .step(id, &cause, Reads::Ticket, now())
            .await
            .expect("begun");
        assert!(step.crew.is_none(), "nobody asked for it");
        assert!(step.taken, "what was not committed was not taken");
        let mut writes = Batch::default();
        audit::put(&mut writes, &line(), now()).await.expect("kept");
        step.change.commit_with(writes).await.expect("committed");
        assert_eq!((lines(&store).await, store.commits()), (1, 2));
        let step = store
            .step(id, &cause, Reads::Ticket, now())
            .await
            .expect("begun");
        assert!(!step.taken);
        drop(step.change);
        let missing = store
            .step(TicketId(404), &Cause::interaction(8), Reads::Crew, now())
            .await
            .expect("begun");
        assert!(
            missing.ticket.is_none() && missing.crew.is_some_and(|crew| crew.holders.is_empty())
        );
    }

    #[tokio::test]
    async fn if_one_write_fails_none_is_there_and_the_next_change_begins_afresh() {
        let (_folder, store) = store().await;
        let id = with_a_ticket(&store).await;
        let event = Event {
            seq: 2,
            at: now(),
            by: None,
            what: What::Closed,
        };
        let cause = Cause::interaction(7);
        let mut change = store.change().await.expect("begun");
        audit::put(&mut change, &line(), now()).await.expect("put");
        let mut writes = Batch::default();
        audit::put(&mut writes, &line(), now()).await.expect("kept");
        for _ in 0..2 {
            events::append(&mut writes, id, std::slice::from_ref(&event), &cause)
                .await
                .expect("kept");
        }
        change
            .commit_with(writes)
            .await
            .expect_err("a number is given once");
        let mut change = store.change().await.expect("begun");
        assert_eq!(lines(&store).await, 0);
        audit::put(&mut change, &line(), now()).await.expect("put");
        change.commit().await.expect("committed");
        assert_eq!((lines(&store).await, store.commits()), (1, 2));
    }

    #[tokio::test]
    async fn who_gives_up_in_the_middle_leaves_nothing_behind() {
        let (_folder, store) = store().await;
        let id = with_a_ticket(&store).await;
        let mut context = Context::from_waker(Waker::noop());
        for number in 0..20 {
            let cause = Cause::interaction(number);
            // It was sent, or it waits for its turn; nobody waits for the answer.
            let mut step = Box::pin(store.step(id, &cause, Reads::Ticket, now()));
            assert!(matches!(step.as_mut().poll(&mut context), Poll::Pending));
            drop(step);
            let step = store
                .step(id, &cause, Reads::Ticket, now())
                .await
                .expect("begun");
            assert!(step.taken);
            let mut change = step.change;
            audit::put(&mut change, &line(), now()).await.expect("put");
            let mut commit = Box::pin(change.commit());
            assert!(matches!(commit.as_mut().poll(&mut context), Poll::Pending));
            drop(commit);
        }
        // A commit that nobody waited for may have been done: then as a whole.
        let mut done = 0;
        for number in 0..20 {
            let cause = Cause::interaction(number);
            let step = store
                .step(id, &cause, Reads::Ticket, now())
                .await
                .expect("begun");
            done += u32::from(!step.taken);
        }
        assert_eq!(lines(&store).await, done);
    }
}
