//! Tickets that nobody takes, and what did not happen in time.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, framed, lines, mentions, pinging};
use super::parts::colour;
use crate::discord::reply::Post;
use crate::domain::ids::Number;
use crate::domain::notice::LadderNotice;
use crate::domain::priority::Priority;
use crate::domain::rungs::Page;
use crate::domain::tier::Tier;

super::sentences! {
    notice_ladder_call(who: &str, number: Number);
    notice_ladder_waits(number: Number, priority: Priority, tier: Tier, waited: &str);
    notice_ladder_called(tiers: &str);
    notice_ladder_nobody(tiers: &str);
    notice_ladder_stuck();
    notice_ladder_decide();
    notice_ladder_last();
    notice_overdue(count: u32, since: Timestamp);
    notice_overdue_call(who: &str);
    history_climbed(waited: &str);
    history_climbed_called(waited: &str, tiers: &str);
}

impl Words {
    /// A notice of this subject.
    pub(super) fn ladder_notice(&self, notice: &LadderNotice, about: About<'_>) -> Post {
        match notice {
            LadderNotice::Waits { page, call } => {
                let post = self.leads_notice(self.waits(page, about), colour::URGENT, about);
                if call.is_empty() {
                    return post;
                }
                let line = self.notice_ladder_call(&mentions(call), about.number());
                Post {
                    embeds: post.embeds,
                    ..pinging(line, call.iter().copied())
                }
            }
            LadderNotice::Overdue { count, since, call } => {
                let text = self.notice_overdue(*count, *since);
                if call.is_empty() {
                    return framed(text, colour::URGENT);
                }
                let line = self.notice_overdue_call(&mentions(call));
                pinging(line, call.iter().copied()).with_embed(frame(text, colour::URGENT))
            }
        }
    }

    fn waits(&self, page: &Page, about: About<'_>) -> String {
        let waited = self.duration(page.waited);
        let decides = about.ticket.is_some_and(|ticket| ticket.lead_decides);
        let stuck = page.stuck.then(|| match decides {
            true => self.notice_ladder_decide(),
            false => self.notice_ladder_stuck(),
        });
        let called = !page.called.is_empty();
        let nobody = !page.nobody.is_empty();
        lines([
            Some(self.notice_ladder_waits(about.number(), page.priority, page.tier, &waited)),
            called.then(|| self.notice_ladder_called(&self.tiers(&page.called))),
            nobody.then(|| self.notice_ladder_nobody(&self.tiers(&page.nobody))),
            stuck,
            page.last.then(|| self.notice_ladder_last()),
            page.late
                .map(|late| self.notice_clock_late(&self.duration(late))),
        ])
    }

    fn tiers(&self, tiers: &[Tier]) -> String {
        let tiers: Vec<String> = tiers.iter().map(Tier::to_string).collect();
        self.all_of(&tiers)
    }

    /// In a ticket's history: nobody had taken it.
    pub(in crate::discord) fn climbed(&self, page: &Page) -> String {
        let waited = self.duration(page.waited);
        if page.called.is_empty() {
            self.history_climbed(&waited)
        } else {
            self.history_climbed_called(&waited, &self.tiers(&page.called))
        }
    }
}
