//! Tickets that nobody moves, and what did not happen in time.

use jiff::{SignedDuration, Timestamp};

use super::Words;
use super::notices::{About, frame, framed, lines, mentions, pinging};
use super::parts::colour;
use crate::discord::reply::Post;
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::{LadderLine, LadderNotice};
use crate::domain::priority::Priority;
use crate::domain::rungs::{Page, While};
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
    notice_ladder_silent(number: Number, priority: Priority, who: UserId, waited: &str);
    notice_ladder_silent_owner(number: Number, who: UserId, waited: &str);
    notice_ladder_many(count: u32, waited: &str);
    notice_ladder_many_call(who: &str);
    notice_ladder_line(number: Number, priority: Priority, tier: Tier, waited: &str);
    notice_ladder_line_silent(number: Number, priority: Priority, who: UserId, waited: &str);
    history_climbed(waited: &str);
    history_silent(waited: &str);
    history_urgent(tiers: &str);
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
                let line = match page.holds {
                    While::NoUpdate => self.notice_ladder_many_call(&mentions(call)),
                    _ => self.notice_ladder_call(&mentions(call), about.number()),
                };
                Post {
                    embeds: post.embeds,
                    ..pinging(line, call.iter().copied())
                }
            }
            LadderNotice::Silent { page, to } => {
                let waited = self.duration(page.waited);
                let line = self.notice_ladder_silent_owner(about.number(), *to, &waited);
                pinging(line, [*to])
            }
            LadderNotice::Many {
                lines,
                count,
                longest,
                call,
            } => self.many(lines, *count, *longest, call),
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

    /// One post of many.
    fn many(
        &self,
        listed: &[LadderLine],
        count: u32,
        longest: SignedDuration,
        call: &[UserId],
    ) -> Post {
        let mut all = vec![self.notice_ladder_many(count, &self.duration(longest))];
        all.extend(listed.iter().map(|line| self.ladder_line(line)));
        let more = usize::try_from(count)
            .unwrap_or(usize::MAX)
            .saturating_sub(listed.len());
        if more > 0 {
            all.push(self.recalc_more(more));
        }
        let frame = frame(all.join("\n"), colour::URGENT);
        if call.is_empty() {
            return Post::default().with_embed(frame);
        }
        let line = self.notice_ladder_many_call(&mentions(call));
        pinging(line, call.iter().copied()).with_embed(frame)
    }

    fn ladder_line(&self, LadderLine { number, page }: &LadderLine) -> String {
        let waited = self.duration(page.waited);
        match (page.holds, page.holder) {
            (While::NoUpdate, Some(who)) => {
                self.notice_ladder_line_silent(*number, page.priority, who, &waited)
            }
            _ => self.notice_ladder_line(*number, page.priority, page.tier, &waited),
        }
    }

    fn waits(&self, page: &Page, about: About<'_>) -> String {
        let waited = self.duration(page.waited);
        let number = about.number();
        let head = match (page.holds, page.holder) {
            (While::NoUpdate, Some(who)) => {
                self.notice_ladder_silent(number, page.priority, who, &waited)
            }
            _ => self.notice_ladder_waits(number, page.priority, page.tier, &waited),
        };
        let decides = about.ticket.is_some_and(|ticket| ticket.lead_decides);
        let stuck = page.stuck.then(|| match decides {
            true => self.notice_ladder_decide(),
            false => self.notice_ladder_stuck(),
        });
        let last = page.last && page.holds != While::NoUpdate;
        let called = !page.called.is_empty();
        let nobody = !page.nobody.is_empty();
        lines([
            Some(head),
            called.then(|| self.notice_ladder_called(&self.tiers(&page.called))),
            nobody.then(|| self.notice_ladder_nobody(&self.tiers(&page.nobody))),
            stuck,
            last.then(|| self.notice_ladder_last()),
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
        if page.holds == While::NoUpdate {
            self.history_silent(&waited)
        } else if page.holds == While::Urgent {
            self.history_urgent(&self.tiers(&page.called))
        } else if page.called.is_empty() {
            self.history_climbed(&waited)
        } else {
            self.history_climbed_called(&waited, &self.tiers(&page.called))
        }
    }
}
