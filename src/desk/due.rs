//! What happens because time has passed. Timers go through the same door as people.

use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::ids::{Cause, GuildId, TicketId};
use crate::domain::notice::{Destination, LadderNotice, Notice};
use crate::domain::ticket::Ticket;
use crate::store;
use crate::store::timers::{Due, Kind, Missed};

use super::waiting::{NO_ARTICLE, NOBODY_ANSWERED};

/// A timer that has not fired so long after its time is looked at again.
pub const OVERDUE_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// Timers that one pass looks at.
const BATCH: u32 = 100;

impl Desk {
    /// Fires what is due, each timer once. Returns how many fired; there may be more.
    pub async fn fire_due(&self, now: Timestamp) -> Result<usize, Error> {
        // What ran out is told first, and many in one post: whatever fires afterwards finds it put down.
        let stages = self.take_stages(now).await?;
        let late = self.take_late_rungs(now).await?;
        let mut from = self.reader().await?;
        let due = store::timers::due(&mut from, BATCH, now).await?;
        drop(from);
        let mut trouble = None;
        for timer in &due {
            // One that fails does not keep the others from firing.
            if let Err(error) = self.fire(*timer, now).await {
                trouble.get_or_insert(error);
            }
        }
        let told = self.tell_of_the_day(now).await? + self.tell_digests(now).await?;
        let reminded = self.remind_of_majors(now).await?;
        let turned = self.turn_shifts(now).await? + self.welcome_back(now).await?;
        if let Some(error) = trouble {
            return Err(error);
        }
        Ok(late + due.len() + stages + told + reminded + turned)
    }

    async fn fire(&self, timer: Due, now: Timestamp) -> Result<(), Error> {
        let key = timer.kind.key();
        let cause = Cause::timer(timer.ticket, key, timer.subject, timer.generation);
        if timer.kind == Kind::Remind {
            return self.remind_now(timer, &cause, now).await;
        }
        let again_at = match timer.kind {
            Kind::Vendor => {
                self.remind_of_vendor_again(timer.ticket, timer.subject, now)
                    .await?
            }
            _ => now,
        };
        let verb = |ticket: &mut Ticket, crew: &_| {
            Ok(match timer.kind {
                Kind::Vendor => case_number(timer)
                    .map(|number| ticket.case_due(number, again_at, now))
                    .unwrap_or_default(),
                Kind::Silence => step(timer)
                    .map(|step| ticket.silent(step, NOBODY_ANSWERED, NO_ARTICLE, now))
                    .unwrap_or_default(),
                Kind::Close => ticket.close(now),
                Kind::Rating => ticket.ask_for_rating(now),
                Kind::Lock => ticket.lock(now),
                Kind::Accept => ticket.let_pass(crew, now),
                Kind::Ladder => ticket.climb(crew, super::unmoved::hand_over, now),
                Kind::Remind | Kind::Clock => Vec::new(),
            })
        };
        self.change(timer.ticket, None, &cause, key, verb, now)
            .await?;
        let mut change = self.0.store.change().await?;
        store::timers::fired(&mut change, timer, now).await?;
        change.commit().await?;
        Ok(())
    }

    /// Looks for timers that should have fired and did not. What is found is tried again once; if it still has not fired when
    /// this looks the next time, the leads are told. Gives how many there are.
    pub async fn audit_timers(&self, now: Timestamp) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let missed = store::timers::missed(&mut from, now - OVERDUE_AFTER).await?;
        drop(from);
        let looked_again = |timer: &&Missed| {
            let before = timer.missed_at;
            timer.told_at.is_none() && before.is_none_or(|at| now >= at + OVERDUE_AFTER)
        };
        let mut change = self.0.store.change().await?;
        for of_guild in missed.chunk_by(|one, next| one.guild == next.guild) {
            let mut told: Vec<&Missed> = Vec::new();
            for timer in of_guild.iter().filter(looked_again) {
                store::timers::put_missed(&mut change, timer, now).await?;
                told.extend(timer.missed_at.map(|_| timer));
            }
            let Some(first) = told.first() else {
                continue;
            };
            let guild = first.guild;
            let crew = store::members::crew(&mut change, guild, TicketId(0), now).await?;
            let notice = LadderNotice::Overdue {
                count: u32::try_from(told.len()).unwrap_or(u32::MAX),
                since: first.due_at,
                call: crew.leads,
            };
            let post = Errand::Say {
                to: Destination::Leads,
                notice: Notice::Ladder(notice),
                name: None,
            };
            store::outbox::enqueue(&mut *change, guild, None, None, &[post], now).await?;
        }
        if !missed.is_empty() {
            let overdue_steps = missed.len();
            tracing::warn!(overdue_steps, "timers that should have fired did not");
            self.commit(change).await?;
        }
        Ok(missed.len())
    }

    /// How many timers on `guild` should have fired for more than a minute, and since when the oldest; nothing where none did.
    pub async fn overdue_steps(
        &self,
        guild: GuildId,
        now: Timestamp,
    ) -> Result<Option<(usize, Timestamp)>, Error> {
        let mut from = self.reader().await?;
        let missed = store::timers::missed(&mut from, now - OVERDUE_AFTER).await?;
        let here = missed.iter().filter(|timer| timer.guild == guild);
        let oldest = here.clone().map(|timer| timer.due_at).min();
        Ok(oldest.map(|oldest| (here.count(), oldest)))
    }

    /// When the next timer is due, if there is one.
    pub async fn next_timer(&self) -> Result<Option<Timestamp>, Error> {
        let mut from = self.reader().await?;
        let timer = store::timers::next_due(&mut from).await?;
        let reminder = store::majors::next_due(&mut from).await?;
        let day = store::clocks::next_day(&mut from).await?;
        let shift = store::rotas::next_due(&mut from).await?;
        let back = store::members::next_back(&mut from).await?;
        let digest = store::digests::next_due(&mut from).await?;
        let all = [timer, reminder, day, digest, shift, back]
            .into_iter()
            .flatten();
        Ok(all.min())
    }
}

/// Which of the ticket's cases the timer is for.
fn case_number(timer: Due) -> Option<u32> {
    u32::try_from(timer.subject).ok()
}

/// Which step of the requester's silence the timer is for.
fn step(timer: Due) -> Option<usize> {
    usize::try_from(timer.subject).ok()?.checked_sub(1)
}
