//! Tickets that read alike: the leads are told once, and make a problem of them if they think so (`DOMAIN` 1.11).

use jiff::{SignedDuration, Timestamp};

use super::current::alike;
use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::ids::{GuildId, SuggestionId, TicketId};
use crate::domain::notice::{Destination, Notice, ProblemNotice};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::Ticket;
use crate::store::suggestions::{Incident, Suggestion};
use crate::store::{self, Change};

/// So many in a week are a problem.
const PROBLEM: usize = 3;
/// So many in a day may be a major incident.
const CROWD: usize = 5;
/// The week.
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The day.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// So many tickets are named.
const NAMED: usize = 10;

impl Desk {
    /// `ticket` was just opened: tells the leads when it is one too many of its kind.
    pub(super) async fn notice_crowd(
        &self,
        change: &mut Change,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Result<(), Error> {
        // What runs as an incident is known to everybody.
        if ticket.confidential || ticket.major.is_some() {
            return Ok(());
        }
        let (guild, category) = (ticket.guild, &ticket.category);
        let mut crowd = store::suggestions::incidents(change, guild, category, now - WEEK).await?;
        crowd.retain(|other| alike(&other.title, &ticket.title, true));
        // One person's tickets are no crowd, however many: nobody rings the leads alone.
        if crowd
            .iter()
            .all(|other| other.requester == ticket.requester)
        {
            return Ok(());
        }
        let today = crowd
            .iter()
            .filter(|other| other.opened_at >= (now - DAY).as_millisecond())
            .count();
        let much = today >= CROWD;
        let explained = crowd.iter().any(|other| other.explained);
        // What has a problem already needs no other one; a crowd is news all the same.
        if !much && (crowd.len() < PROBLEM || explained) {
            return Ok(());
        }
        let tickets: Vec<TicketId> = crowd.iter().map(|other| other.id).collect();
        if store::suggestions::told(change, guild, &tickets, much, now - WEEK).await? {
            return Ok(());
        }
        let category = category.clone();
        let suggestion = Suggestion {
            guild,
            category: category.clone(),
            tickets,
        };
        let id = store::suggestions::insert(change, &suggestion, much, now).await?;
        let named = |other: &Incident| (other.number, other.title.clone());
        let notice = ProblemNotice::Alike {
            suggestion: id,
            category,
            count: u32::try_from(crowd.len()).unwrap_or(u32::MAX),
            today: u32::try_from(today).unwrap_or(u32::MAX),
            crowd: much,
            explained,
            tickets: crowd.iter().take(NAMED).map(named).collect(),
        };
        let tell = Errand::Say {
            to: Destination::Leads,
            notice: Notice::Problem(notice),
            name: None,
        };
        store::outbox::enqueue(change, guild, None, None, &[tell], now).await?;
        Ok(())
    }

    /// The tickets that the leads were told of.
    pub async fn suggestion(
        &self,
        guild: GuildId,
        id: SuggestionId,
    ) -> Result<(Suggestion, Vec<Ticket>), Error> {
        let mut from = self.reader().await?;
        let found = store::suggestions::find(&mut from, id).await?;
        let found = found.filter(|suggestion| suggestion.guild == guild);
        let suggestion = found.ok_or(Refusal::StaleButton)?;
        let mut tickets = Vec::new();
        for ticket in &suggestion.tickets {
            tickets.extend(store::tickets::find(&mut from, *ticket).await?);
        }
        Ok((suggestion, tickets))
    }
}
