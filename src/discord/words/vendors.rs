//! While somebody outside owes an answer: vendors and their cases, and requesters who are silent.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, framed, lines, pinging};
use super::parts::{colour, verb_button};
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Style};
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::{Destination, Notice};

super::sentences! {
    notice_with_vendor();
    notice_vendor_answered();
    notice_case_opened(by: UserId, vendor: &str, reference: &str);
    notice_case_next(at: Timestamp);
    notice_case_updated(by: UserId, vendor: &str, reference: &str);
    notice_case_closed(by: UserId, vendor: &str, reference: &str);
    notice_case_our_turn();
    notice_case_overdue(vendor: &str, reference: &str, missed: u32);
    notice_case_overdue_line(who: UserId, number: Number);
    notice_case_overdue_leads(number: Number, vendor: &str, reference: &str, missed: u32);
    notice_reminded(who: UserId);
    notice_reminded_last(who: UserId);
    notice_no_answer(number: Number);
    case_line(vendor: &str, reference: &str, at: Timestamp);
    case_line_late(vendor: &str, reference: &str, at: Timestamp, missed: u32);
    button_vendor();
    button_vendor_update();
    button_vendor_close();
    form_case(number: Number);
    form_case_update(number: Number);
    form_case_close(number: Number);
    label_reference();
    label_case_asked();
    placeholder_case_asked();
    label_case_said();
    label_case_again();
    placeholder_case_again();
    label_case_in();
    placeholder_case_in();
    label_case_end();
    case_opened(number: Number, vendor: &str, at: Timestamp);
    case_updated(number: Number);
    case_our_turn(number: Number);
    case_closed(number: Number);
    case_which_vendor(number: Number);
    placeholder_vendor();
    case_which(number: Number);
    placeholder_case();
    vendors_none();
    vendors_title();
    vendors_line(name: &str, contact: &str, hours: &str, response: &str);
    vendors_retired();
    vendor_kept(name: &str);
    vendor_retired(name: &str);
    vendor_retire();
    vendor_use_again();
    button_add_vendor();
    placeholder_change_vendor();
    form_vendor();
    label_vendor_name();
    label_vendor_contact();
    placeholder_vendor_contact();
    label_vendor_hours();
    placeholder_vendor_hours();
    label_vendor_contract();
    label_vendor_response();
    placeholder_vendor_response();
    cases_title();
    cases_none();
    cases_line(number: Number, vendor: &str, reference: &str, at: Timestamp);
    cases_more(count: usize);
}

impl Words {
    /// A notice of this subject; an empty message for any other.
    pub(super) fn vendors_notice(&self, notice: &Notice, about: About<'_>) -> Post {
        let number = about.number();
        let line = plain::shown_line;
        match notice {
            Notice::WithVendor => framed(self.notice_with_vendor(), colour::WAITS),
            Notice::VendorAnswered => framed(self.notice_vendor_answered(), colour::OPEN),
            Notice::CaseOpened { by, case } => {
                let opened =
                    self.notice_case_opened(*by, &line(&case.name), &line(&case.reference));
                let text = lines([
                    Some(opened),
                    Some(plain::quoted(&case.status)),
                    Some(self.notice_case_next(case.next_contact)),
                ]);
                framed(text, colour::WAITS).with_buttons(self.case_buttons(about, case.number))
            }
            Notice::CaseUpdated {
                by,
                name,
                reference,
                status,
                next_contact,
                closed,
            } => {
                let (name, reference) = (line(name), line(reference));
                let headline = if *closed {
                    self.notice_case_closed(*by, &name, &reference)
                } else {
                    self.notice_case_updated(*by, &name, &reference)
                };
                let next = match next_contact {
                    Some(at) => Some(self.notice_case_next(*at)),
                    None if *closed => None,
                    None => Some(self.notice_case_our_turn()),
                };
                let text = lines([Some(headline), Some(plain::quoted(status)), next]);
                framed(text, colour::OPEN)
            }
            Notice::CaseOverdue {
                to,
                name,
                reference,
                missed,
            } => {
                let (name, reference) = (line(name), line(reference));
                if about.to == Destination::Leads {
                    let text = self.notice_case_overdue_leads(number, &name, &reference, *missed);
                    return self.leads_notice(text, colour::WAITS, about);
                }
                let text = self.notice_case_overdue(&name, &reference, *missed);
                let called = to.map(|who| self.notice_case_overdue_line(who, number));
                pinging(called.unwrap_or_default(), *to).with_embed(frame(text, colour::WAITS))
            }
            Notice::Reminded { times } => {
                let Some(who) = about.ticket.map(|ticket| ticket.requester) else {
                    return Post::default();
                };
                let text = if *times > 1 {
                    self.notice_reminded_last(who)
                } else {
                    self.notice_reminded(who)
                };
                pinging(text, [who])
            }
            Notice::NoAnswer => {
                self.leads_notice(self.notice_no_answer(number), colour::WAITS, about)
            }
            _ => Post::default(),
        }
    }

    /// What can be done to a case, under the notice of it.
    fn case_buttons(&self, about: About<'_>, case: u32) -> Vec<Button> {
        let Some(ticket) = about.ticket else {
            return Vec::new();
        };
        let name = ticket.number.to_string();
        let button = |label, path| {
            let mut button = verb_button(label, Style::Secondary, path, &name, ticket.version);
            if let crate::discord::reply::Does::Run(line) = &mut button.does {
                *line = line.clone().arg(case);
            }
            button
        };
        vec![
            button(self.button_vendor_update(), "vendor update"),
            button(self.button_vendor_close(), "vendor close"),
        ]
    }
}
