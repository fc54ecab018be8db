//! Vendors and their cases.

use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error};
use crate::domain::ids::{Cause, GuildId, TicketId};
use crate::domain::people::{Actor, DeskRole};
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, granted};
use crate::domain::ticket::{Case, Ticket};
use crate::domain::vendor::{Vendor, VendorId, read_hours};
use crate::store;

/// What a lead says about a vendor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VendorRecord {
    /// Its name.
    pub name: String,
    /// How to reach it.
    pub contact: String,
    /// Its hours, in one line.
    pub hours: String,
    /// The contract.
    pub contract: String,
    /// How long it may take for an answer.
    pub response: SignedDuration,
    /// No new cases are opened with it.
    pub retired: bool,
}

/// What somebody asks a vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    /// Which vendor, by its name.
    pub vendor: String,
    /// How the vendor calls it.
    pub reference: String,
    /// What is asked.
    pub status: String,
    /// When it is to be heard of; after its response time when nobody says.
    pub next_contact: Option<Timestamp>,
}

impl Desk {
    /// All vendors of the desk, those in use first.
    pub async fn vendors(&self, guild: GuildId) -> Result<Vec<Vendor>, Error> {
        let mut from = self.reader().await?;
        Ok(store::vendors::all(&mut from, guild).await?)
    }

    /// Keeps a vendor: a new one, or the one of that name changed. Leads do.
    pub async fn keep_vendor(
        &self,
        guild: GuildId,
        by: &Actor,
        record: &VendorRecord,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Vendor, Error> {
        if !by.standing.lead {
            let roles = vec![DeskRole::Lead];
            return Err(Refusal::RoleNeeded { roles }.into());
        }
        let name = super::opening::one_line(&self.clean(&record.name));
        if name.is_empty() || record.contact.trim().is_empty() {
            return Err(Refusal::NothingSaid.into());
        }
        let hours = read_hours(&record.hours).ok_or(Refusal::BadHours { why: None })?;
        if let Err(fault) = hours.calendar(&TimeZoneDatabase::bundled(), now) {
            let why = Some(fault.to_string());
            return Err(Refusal::BadHours { why }.into());
        }
        let vendor = Vendor {
            id: VendorId(0),
            guild,
            name,
            contact: self.clean(record.contact.trim()),
            hours,
            contract: self.clean(record.contract.trim()),
            response: record.response,
            retired: record.retired,
        };
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, cause, now).await? {
            store::vendors::save(&mut change, &vendor, now).await?;
            let line = store::audit::Line {
                guild: Some(guild),
                actor: by.user,
                action: "vendor",
                ticket: None,
                outcome: "done",
                reason: None,
            };
            store::audit::put(&mut change, &line, now).await?;
        }
        change.commit().await?;
        Ok(vendor)
    }

    /// T7: asks a vendor.
    pub async fn open_case(
        &self,
        id: TicketId,
        guild: GuildId,
        by: &Actor,
        new: NewCase,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let wanted = new.vendor.trim().to_lowercase();
        let vendor = self
            .vendors(guild)
            .await?
            .into_iter()
            .find(|vendor| !vendor.retired && vendor.name.to_lowercase() == wanted);
        let Some(vendor) = vendor else {
            return Err(Refusal::NoSuchVendor { typed: new.vendor }.into());
        };
        let (reference, status) = (self.clean(new.reference.trim()), self.clean(&new.status));
        let mut from = self.reader().await?;
        if store::vendors::has_case(&mut from, vendor.id, &reference).await? {
            return Err(Refusal::ReferenceTaken { reference }.into());
        }
        drop(from);
        let next_contact = new
            .next_contact
            .unwrap_or_else(|| self.vendor_answers_by(&vendor, now));
        let verb = |ticket: &mut Ticket| {
            ticket.open_case(by, &vendor, &reference, &status, next_contact, now)
        };
        self.change_alone(id, Some(by), cause, "vendor", verb, now)
            .await
    }

    /// T9: a vendor said something.
    #[expect(
        clippy::too_many_arguments,
        reason = "what is said of a case in one go"
    )]
    pub async fn update_case(
        &self,
        id: TicketId,
        by: &Actor,
        case: u32,
        status: &str,
        next_contact: Option<Timestamp>,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let status = self.clean(status);
        let verb = |ticket: &mut Ticket| ticket.update_case(by, case, &status, next_contact);
        self.change_alone(id, Some(by), cause, "vendor", verb, now)
            .await
    }

    /// T9: a vendor is done, or not needed any more.
    pub async fn close_case(
        &self,
        id: TicketId,
        by: &Actor,
        case: u32,
        status: &str,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Ticket, Error> {
        let status = self.clean(status);
        let verb = |ticket: &mut Ticket| ticket.close_case(by, case, &status, now);
        self.change_alone(id, Some(by), cause, "vendor", verb, now)
            .await
    }

    /// All cases on which vendors still work, as far as `by` may see their tickets; what is due first comes first.
    pub async fn open_cases(
        &self,
        guild: GuildId,
        by: &Actor,
    ) -> Result<Vec<(Ticket, Case)>, Error> {
        let mut from = self.reader().await?;
        let mut open = Vec::new();
        for id in store::vendors::with_open_cases(&mut from, guild).await? {
            let ticket = store::tickets::find(&mut from, id).await?;
            let seen = ticket.filter(|ticket| granted(Verb::View, ticket, by).is_some());
            if let Some(ticket) = seen {
                let cases: Vec<Case> = ticket.open_cases().cloned().collect();
                open.extend(cases.into_iter().map(|case| (ticket.clone(), case)));
            }
        }
        open.sort_by_key(|(_, case)| case.next_contact);
        Ok(open)
    }
}
