//! While somebody outside owes an answer: when whoever works on it, or the requester, is reminded.

use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error};
use crate::domain::calendar::{Calendar, Hours};
use crate::domain::clocks::BUSINESS;
use crate::domain::event::{Event, What};
use crate::domain::ids::TicketId;
use crate::domain::ticket::{SILENT_DAYS, Ticket};
use crate::domain::vendor::Vendor;
use crate::store::timers::{Kind, Setting};
use crate::store::{self, Batch};

/// What a ticket says that ended because its requester did not answer. It goes to the requester as it stands.
pub(super) const NOBODY_ANSWERED: &str = "We asked you something and heard nothing, so this ends here. If you still need it, open it again.";
/// Why no article answers it.
pub(super) const NO_ARTICLE: &str = "the requester did not answer";

/// A day of work, for a desk that counts days of work.
const WORKDAY: SignedDuration = SignedDuration::from_hours(8);

/// A vendor that is late is asked about once a day.
const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

fn calendar(hours: &Hours, now: Timestamp) -> Option<Calendar> {
    match hours.calendar(&TimeZoneDatabase::bundled(), now) {
        Ok(calendar) => Some(calendar),
        // Hours are checked when they are set: this is a zone that a newer program knows and this one does not.
        Err(fault) => {
            tracing::error!(%fault, "opening hours cannot be used; every hour counts instead");
            None
        }
    }
}

impl Desk {
    /// When a vendor is to be heard of, if nobody says when: after its response time, in its own hours.
    pub fn vendor_answers_by(&self, vendor: &Vendor, now: Timestamp) -> Timestamp {
        calendar(&vendor.hours, now)
            .and_then(|calendar| calendar.add(now, vendor.response, &[]).at())
            .unwrap_or(now + vendor.response)
    }

    /// When to remind again of a vendor that is late: tomorrow, or when it opens after that.
    pub(super) async fn remind_of_vendor_again(
        &self,
        ticket: TicketId,
        case: i64,
        now: Timestamp,
    ) -> Result<Timestamp, Error> {
        let mut from = self.reader().await?;
        let Some(ticket) = store::tickets::find(&mut from, ticket).await? else {
            return Ok(now + ASK_AGAIN_AFTER);
        };
        let vendors = store::vendors::all(&mut from, ticket.guild).await?;
        let of_case = ticket
            .cases
            .iter()
            .find(|one| i64::from(one.number) == case)
            .and_then(|case| vendors.iter().find(|vendor| vendor.id == case.vendor));
        let tomorrow = now + ASK_AGAIN_AFTER;
        Ok(of_case
            .and_then(|vendor| calendar(&vendor.hours, now)?.next_open(tomorrow))
            .unwrap_or(tomorrow))
    }

    /// Sets the timers of what is waited for, where `events` changed that.
    pub(super) async fn set_waits(
        &self,
        change: &mut Batch,
        timers: &mut Setting,
        ticket: &Ticket,
        events: &[Event],
        now: Timestamp,
    ) -> Result<(), Error> {
        if !ticket.cases.is_empty() {
            store::vendors::put_cases(change, ticket).await?;
            let open = ticket.cases.iter();
            let open = open.filter(|case| case.open() && ticket.state.active());
            let due = open.map(|case| (i64::from(case.number), case.remind_at));
            timers.all(Kind::Vendor, due);
        }
        // Whoever is asked, answers, or need not answer any more: every other event leaves the waiting as it is.
        let moves = |what: &What| {
            matches!(
                what,
                What::Asked { .. }
                    | What::Resumed
                    | What::Resolved { .. }
                    | What::Cancelled { .. }
                    | What::Merged { .. }
                    | What::Unmerged { .. }
                    | What::Escalated { .. }
                    | What::Rejected { .. }
                    | What::Deescalated { .. }
                    | What::CaseOpened { .. }
            )
        };
        if !events.iter().any(|event| moves(&event.what)) {
            return Ok(());
        }
        let office = match ticket.silent_since() {
            Some(since) => self
                .calendar(ticket.guild, BUSINESS, now)
                .await?
                .map(|office| (since, office)),
            None => None,
        };
        let steps = (1i64..).zip(SILENT_DAYS).filter_map(|(step, days)| {
            let (since, office) = office.as_ref()?;
            let target = WORKDAY.checked_mul(i32::try_from(days).ok()?)?;
            Some((step, office.add(*since, target, &[]).at()?))
        });
        timers.all(Kind::Silence, steps);
        Ok(())
    }
}
