//! Cases with vendors (L4): opened, updated, closed; whose turn it is, and who reminds whom (`DOMAIN` 1.13).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::event::What;
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};
use crate::domain::tier::Tier;
use crate::domain::vendor::{Vendor, VendorId};

use super::{State, Ticket};

/// After so many dates without a word a lead is told too.
pub const MISSED_UNTIL_LEAD: u32 = 2;

/// What the desk asked one vendor about a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Counts up per ticket from 1.
    pub number: u32,
    /// With which vendor.
    pub vendor: VendorId,
    /// Its name when the case was opened.
    pub name: String,
    /// How the vendor calls it; unique for the vendor.
    pub reference: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the vendor is to be heard of next.
    pub next_contact: Timestamp,
    /// When whoever works on the ticket is reminded next.
    pub remind_at: Timestamp,
    /// How many such dates passed without a word since the last one.
    pub missed: u32,
    /// What is known last.
    pub status: String,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

impl Case {
    /// Whether the vendor still works on it.
    pub fn open(&self) -> bool {
        self.closed_at.is_none()
    }
}

impl Ticket {
    /// The cases on which vendors still work.
    pub fn open_cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| case.open())
    }

    /// T7: asks a vendor, who owes an answer until `next_contact`. First contact does so by itself where the category says so.
    pub fn open_case(
        &mut self,
        by: &Actor,
        vendor: &Vendor,
        reference: &str,
        status: &str,
        next_contact: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Vendor, self, by)?;
        self.refuse_own(by)?;
        let only_l1 = by.standing.tiers.highest() == Some(Tier::L1) && !by.standing.lead;
        if only_l1 && !self.category().vendor_by_l1 {
            return Err(Refusal::VendorByHigherTier {
                number: self.number,
            });
        }
        let (reference, status) = (reference.trim(), status.trim());
        if reference.is_empty() || status.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        let number = self.cases.iter().map(|case| case.number).max().unwrap_or(0) + 1;
        let case = Case {
            number,
            vendor: vendor.id,
            name: vendor.name.clone(),
            reference: reference.to_owned(),
            opened_at: now,
            next_contact,
            remind_at: next_contact,
            missed: 0,
            status: status.to_owned(),
            closed_at: None,
        };
        self.cases.push(case.clone());
        self.state = State::WaitingVendor;
        Ok(vec![What::CaseOpened { case }])
    }

    /// T9: the vendor said something. With a `next_contact` they go on, and we wait; without one it is our turn.
    pub fn update_case(
        &mut self,
        by: &Actor,
        number: u32,
        status: &str,
        next_contact: Option<Timestamp>,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Vendor, self, by)?;
        self.refuse_own(by)?;
        let status = status.trim();
        if status.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        let case = self.case(number)?;
        status.clone_into(&mut case.status);
        case.missed = 0;
        if let Some(at) = next_contact {
            (case.next_contact, case.remind_at) = (at, at);
        }
        let (name, reference) = (case.name.clone(), case.reference.clone());
        let ours = self.turn_after_vendor(next_contact.is_some());
        Ok(vec![What::CaseUpdated {
            number,
            name,
            reference,
            status: status.to_owned(),
            next_contact,
            ours,
        }])
    }

    /// T9: the vendor is done, or not needed any more.
    pub fn close_case(
        &mut self,
        by: &Actor,
        number: u32,
        status: &str,
        now: Timestamp,
    ) -> Result<Vec<What>, Refusal> {
        permit(Verb::Vendor, self, by)?;
        self.refuse_own(by)?;
        let status = status.trim();
        if status.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        let case = self.case(number)?;
        status.clone_into(&mut case.status);
        case.closed_at = Some(now);
        let (name, reference) = (case.name.clone(), case.reference.clone());
        let waits = self.state == State::WaitingVendor && self.open_cases().next().is_some();
        let ours = self.turn_after_vendor(waits);
        Ok(vec![What::CaseClosed {
            number,
            name,
            reference,
            status: status.to_owned(),
            ours,
        }])
    }

    /// The day has come on which a vendor was to be heard of. Whoever works on it is reminded again at `again_at`.
    pub fn case_due(&mut self, number: u32, again_at: Timestamp, now: Timestamp) -> Vec<What> {
        let active = self.state.active();
        let due = self
            .cases
            .iter_mut()
            .find(|case| case.number == number && case.open() && case.remind_at <= now);
        let Some(case) = due.filter(|_| active) else {
            return Vec::new();
        };
        case.missed += 1;
        case.remind_at = again_at;
        vec![What::CaseOverdue {
            number,
            name: case.name.clone(),
            reference: case.reference.clone(),
            missed: case.missed,
        }]
    }

    /// The ticket ended: no vendor works on it any more.
    pub(super) fn close_cases(&mut self, now: Timestamp) {
        for case in &mut self.cases {
            case.closed_at.get_or_insert(now);
        }
    }

    fn case(&mut self, number: u32) -> Result<&mut Case, Refusal> {
        let ticket = self.number;
        self.cases
            .iter_mut()
            .find(|case| case.number == number && case.open())
            .ok_or(Refusal::NoOpenCase { number: ticket })
    }

    /// Whose turn it is after a vendor said something. Gives whether the ticket had waited and goes on.
    fn turn_after_vendor(&mut self, vendor_goes_on: bool) -> bool {
        match (vendor_goes_on, self.state) {
            (true, State::InProgress) => {
                self.state = State::WaitingVendor;
                false
            }
            (false, State::WaitingVendor) => {
                self.state = State::InProgress;
                true
            }
            _ => false,
        }
    }
}
