//! What others are told of a change.
//!
//! Mentions stand above the embed, because only there they ping; text that people typed stands inside, where nothing
//! does. Of a confidential ticket no title and no text is said outside its own threads.

use jiff::Timestamp;

use super::Words;
use super::parts::{colour, verb_button, with_long_field};
use crate::discord::plain;
use crate::discord::reply::{Embed, Post, Style};
use crate::domain::event::ReleaseReason;
use crate::domain::handover::HandOver;
use crate::domain::ids::{ChannelId, Number, UserId};
use crate::domain::notice::{Answer, Destination, Notice};
use crate::domain::people::House;
use crate::domain::priority::Priority;
use crate::domain::refusal::Limit;
use crate::domain::ticket::{ArticleNote, Code, Ticket};
use crate::domain::tier::Tier;

super::sentences! {
    notice_opened_line(requester: UserId);
    notice_opened_text(tier: &str);
    notice_claimed(by: UserId, tier: &str);
    notice_handed_over(tier: &str);
    notice_sent_back(tier: &str);
    notice_resolved_title(number: Number);
    notice_resolved_by(by: UserId, code: &str);
    notice_resolved_article(article: &str);
    notice_resolved_until(until: Timestamp);
    notice_closed(number: Number);
    notice_hand_over_title(from: Tier, to: Tier, number: Number);
    notice_hand_over_by(by: UserId);
    notice_hand_over_offered(who: UserId);
    notice_hand_over_called(who: &str);
    notice_hand_over_open(tier: Tier);
    notice_hand_over_skipped();
    notice_escalation_line(number: Number, route: &str, priority: Priority, by: UserId, at: Timestamp, age: &str);
    notice_route(from: Tier, to: Tier);
    notice_escalation_offered(who: UserId);
    notice_escalation_open();
    notice_escalation_taken(by: UserId, after: &str);
    notice_escalation_returned(by: UserId, after: &str);
    notice_reject_line(number: Number, from: Tier, to: Tier, by: UserId, times: u32);
    notice_accepted(by: UserId, tier: Tier, after: &str);
    notice_rejected(by: UserId, from: Tier, to: Tier);
    notice_rejected_offered(who: UserId);
    notice_rejected_open(to: Tier);
    notice_released_lost_role(from: UserId);
    notice_released_left(from: UserId);
    notice_released_given_back(from: UserId, number: Number);
    notice_released_offered(who: UserId);
    notice_released_open();
    notice_why_none();
    notice_lead_decides(number: Number, times: u32, from: Tier, to: Tier);
    notice_urgent(number: Number, priority: Priority, tier: Tier);
    notice_call(who: &str, number: Number, priority: Priority);
    notice_call_nobody(number: Number, priority: Priority);
    notice_nobody_to_offer(number: Number, tier: Tier);
    notice_cannot_deliver(place: &str, missing: &str);
    notice_cannot_deliver_said(place: &str, said: &str);
    notice_somewhere();
    notice_where(thread: ChannelId);
    notice_file_by(by: UserId, name: &str, size: &str);
    notice_file_unshown();
    notice_file_missing(who: UserId);
    notice_file_missing_text(name: &str);
    notice_flood(who: UserId, limit: &str);
    notice_set_up_report(by: UserId);
    limit_asks();
    limit_guild_asks();
    limit_openings();
    limit_openings_per_day();
    limit_open_tickets();
    limit_guesses();
    limit_reminders();
}

/// What a notice is about and where it goes.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The ticket, where it is about one.
    pub ticket: Option<&'a Ticket>,
    /// What the desk has on that server.
    pub house: &'a House,
    /// Where it is said.
    pub to: Destination,
}

impl About<'_> {
    /// Every notice that names a ticket has one: what is said about the desk itself names none.
    pub(super) fn number(&self) -> Number {
        self.ticket.map_or(Number(0), |ticket| ticket.number)
    }

    /// By what a button names `ticket`: by its number, and in a direct message, where only that says which desk's ticket
    /// it is, by its internal id.
    pub(super) fn name_of(&self, ticket: &Ticket) -> String {
        let directly = match self.to {
            Destination::Direct(_) => true,
            Destination::Thread => ticket.by_direct,
            _ => false,
        };
        if directly {
            format!("#{}", ticket.id)
        } else {
            ticket.number.to_string()
        }
    }

    /// The ticket's title where it may be said here.
    pub(super) fn title(&self) -> Option<String> {
        let own = matches!(self.to, Destination::Thread | Destination::StaffThread);
        self.ticket
            .filter(|ticket| own || !ticket.confidential)
            .map(|ticket| plain::shown_line(&ticket.title))
    }
}

impl Words {
    /// A notice as a message: who is pinged, what is said, and what can be pressed.
    pub fn notice(&self, notice: &Notice, about: About<'_>) -> Post {
        let number = about.number();
        match notice {
            Notice::Opened => self.opened_notice(about),
            Notice::File { by, name, size, .. } => {
                let name = plain::shown_line(name);
                framed(
                    self.notice_file_by(*by, &name, &self.size(*size)),
                    colour::QUIET,
                )
            }
            Notice::FileMissing { by, name } => {
                let text = self.notice_file_missing_text(&plain::shown_line(name));
                pinging(self.notice_file_missing(*by), Some(*by))
                    .with_embed(frame(text, colour::WAITS))
            }
            Notice::Claimed { by, tier } => {
                framed(self.notice_claimed(*by, &self.tier(*tier)), colour::OPEN)
            }
            Notice::HandedOver { to } => {
                framed(self.notice_handed_over(&self.tier(*to)), colour::OPEN)
            }
            Notice::HandOver {
                hand_over,
                reason,
                offered,
                call,
            } => self.hand_over_notice(hand_over, reason.as_deref(), *offered, call, about),
            Notice::EscalationLine { .. } => self.escalation_line(notice, about),
            Notice::RejectLine {
                by,
                from,
                to,
                reason,
                times,
            } => {
                let line = self.notice_reject_line(number, *from, *to, *by, *times);
                let quote = reason.as_deref().map(plain::quoted);
                framed(lines([Some(line), about.title(), quote]), colour::WAITS)
            }
            Notice::Accepted { by, tier, after } => framed(
                self.notice_accepted(*by, *tier, &self.duration(*after)),
                colour::OPEN,
            ),
            Notice::Rejected {
                by,
                from,
                to,
                reason,
                offered,
            } => {
                let line = match offered {
                    Some(who) => self.notice_rejected_offered(*who),
                    None => self.notice_rejected_open(*to),
                };
                let text = lines([
                    Some(self.notice_rejected(*by, *from, *to)),
                    Some(plain::quoted(reason)),
                ]);
                pinging(line, *offered).with_embed(frame(text, colour::WAITS))
            }
            Notice::SentBack { to } => framed(self.notice_sent_back(&self.tier(*to)), colour::OPEN),
            Notice::Released {
                from,
                reason,
                text,
                offered,
            } => {
                let line = match offered {
                    Some(who) => self.notice_released_offered(*who),
                    None => self.notice_released_open(),
                };
                let why = match reason {
                    ReleaseReason::LostRole => self.notice_released_lost_role(*from),
                    ReleaseReason::Left => self.notice_released_left(*from),
                    ReleaseReason::Unanswered => self.notice_released_unanswered(*from, number),
                    ReleaseReason::OffDuty => self.notice_released_off_duty(*from, number),
                    ReleaseReason::Away => self.notice_released_away(*from, number),
                    ReleaseReason::GivenBack => self.notice_released_given_back(*from, number),
                };
                let text = lines([Some(why), text.as_deref().map(plain::quoted)]);
                pinging(line, *offered).with_embed(frame(text, colour::WAITS))
            }
            Notice::Resolved { .. } => self.resolved_notice(notice, about),
            Notice::Closed => framed(self.notice_closed(number), colour::QUIET),
            Notice::LeadDecides { from, to, times } => self.leads_notice(
                self.notice_lead_decides(number, *times, *from, *to),
                colour::WAITS,
                about,
            ),
            Notice::Urgent { priority, tier } => self.leads_notice(
                self.notice_urgent(number, *priority, *tier),
                colour::URGENT,
                about,
            ),
            Notice::Call { priority, call } => {
                let line = if call.is_empty() {
                    self.notice_call_nobody(number, *priority)
                } else {
                    self.notice_call(&mentions(call), number, *priority)
                };
                Post {
                    embeds: about
                        .title()
                        .map(|title| frame(title, colour::URGENT))
                        .into_iter()
                        .collect(),
                    ..pinging(line, call.iter().copied())
                }
            }
            Notice::NobodyToOffer { tier } => self.leads_notice(
                self.notice_nobody_to_offer(number, *tier),
                colour::WAITS,
                about,
            ),
            Notice::CannotDeliver {
                channel,
                missing,
                said,
            } => {
                let place = channel.map_or_else(
                    || self.notice_somewhere(),
                    |channel| format!("<#{channel}>"),
                );
                let text = if missing.is_empty() {
                    self.notice_cannot_deliver_said(&place, &plain::shown_line(said))
                } else {
                    self.notice_cannot_deliver(&place, &self.all_of(missing))
                };
                framed(text, colour::URGENT)
            }
            Notice::Flood { user, limit } => {
                framed(self.notice_flood(*user, &self.limit(*limit)), colour::WAITS)
            }
            Notice::Threads(notice) => self.thread_notice(notice, about),
            Notice::Lines { .. } => self.gathered(&[], about.house),
            Notice::Digest(digest) => crate::discord::digest::draw(*self, digest),
            Notice::Clock(notice) => self.clock_notice(notice, about),
            Notice::Ladder(notice) => self.ladder_notice(notice, about),
            Notice::Offer { .. } | Notice::SkillMissing { .. } | Notice::LetPass { .. } => {
                self.turns_notice(notice, about)
            }
            Notice::Duty(notice) => self.duty_notice(notice),
            Notice::Major(notice) => self.major_notice(notice, about),
            Notice::Problem(notice) => self.problem_notice(notice, about),
            Notice::Article(notice) => self.article_notice(notice),
            Notice::SetUpReport { by } => pinging(self.notice_set_up_report(*by), [*by]),
            Notice::Note { .. }
            | Notice::Reply { .. }
            | Notice::Question { .. }
            | Notice::Answered { .. }
            | Notice::StillBroken
            | Notice::HowWasIt
            | Notice::Rating { .. }
            | Notice::Cancelled { .. }
            | Notice::Reopened { .. }
            | Notice::ReopenedAgain { .. }
            | Notice::EscalationAsked { .. }
            | Notice::Assigned { .. }
            | Notice::Deescalated { .. } => self.course_notice(notice, about),
            Notice::WithVendor
            | Notice::VendorAnswered
            | Notice::CaseOpened { .. }
            | Notice::CaseUpdated { .. }
            | Notice::CaseOverdue { .. }
            | Notice::Reminded { .. }
            | Notice::NoAnswer => self.vendors_notice(notice, about),
            Notice::ArticleBegun { by } => self.article_begun(*by, about),
            Notice::Lesson { .. }
            | Notice::SolvedBefore { .. }
            | Notice::ApprovalAsked { .. }
            | Notice::ApprovalAnswered { .. } => self.learning_notice(notice, about),
            Notice::OpenedFor { .. }
            | Notice::Added { .. }
            | Notice::MergedInto { .. }
            | Notice::Absorbed { .. }
            | Notice::Unmerged { .. }
            | Notice::Parted { .. }
            | Notice::SplitOff { .. }
            | Notice::GrewFrom { .. }
            | Notice::Copied { .. }
            | Notice::Extended { .. }
            | Notice::PrioritySet { .. } => self.links_notice(notice, about),
            Notice::PersonAdded { .. }
            | Notice::PersonRemoved { .. }
            | Notice::Watched { .. }
            | Notice::Reminder { .. } => self.circle_notice(notice, about),
        }
    }

    fn opened_notice(&self, about: About<'_>) -> Post {
        let Some(ticket) = about.ticket else {
            return Post::default();
        };
        let text = lines([
            Some(self.notice_opened_text(&self.tier(ticket.tier))),
            self.promise(&ticket.clocks),
        ]);
        let mut embed = frame(text, colour::OPEN);
        embed.title = Some(plain::cut(
            &format!("{} · {}", ticket.number, plain::shown_line(&ticket.title)),
            250,
        ));
        embed = with_long_field(embed, &self.field_body(), &plain::shown(&ticket.body));
        embed = with_long_field(embed, &self.field_tried(), &plain::shown(&ticket.tried));
        pinging(
            self.notice_opened_line(ticket.requester),
            [ticket.requester],
        )
        .with_embed(embed)
    }

    fn hand_over_notice(
        &self,
        hand_over: &HandOver,
        reason: Option<&str>,
        offered: Option<UserId>,
        call: &[UserId],
        about: About<'_>,
    ) -> Post {
        let held = about.ticket.is_some_and(|ticket| ticket.assignee.is_some());
        let line = match offered {
            Some(who) => self.notice_hand_over_offered(who),
            // Who was asked cannot take it, and what was done about that follows below.
            None if call.is_empty() && held => String::new(),
            None if call.is_empty() => self.notice_hand_over_open(hand_over.to),
            None => self.notice_hand_over_called(&mentions(call)),
        };
        let texts = &hand_over.texts;
        let sections = [
            (self.field_summary(), Some(texts.summary.as_str())),
            (self.field_tried(), Some(&texts.tried)),
            (self.field_findings(), Some(&texts.findings)),
            (self.field_asked(), Some(&texts.asked)),
            (self.field_told(), Some(&texts.told)),
            (self.notice_hand_over_skipped(), reason),
        ];
        let mut embed = frame(self.notice_hand_over_by(hand_over.by), colour::WAITS);
        embed.title =
            Some(self.notice_hand_over_title(hand_over.from, hand_over.to, about.number()));
        for (name, text) in sections {
            if let Some(text) = text {
                embed = with_long_field(embed, &name, &plain::shown(text));
            }
        }
        let buttons = about.ticket.map(|ticket| {
            let button = |label, style, path| {
                verb_button(
                    label,
                    style,
                    path,
                    &ticket.number.to_string(),
                    ticket.version,
                )
            };
            vec![
                button(self.button_accept(), Style::Primary, "work accept"),
                button(self.button_reject(), Style::Secondary, "work reject"),
            ]
        });
        pinging(line, offered.into_iter().chain(call.iter().copied()))
            .with_embed(embed)
            .with_buttons(buttons.unwrap_or_default())
    }

    fn escalation_line(&self, notice: &Notice, about: About<'_>) -> Post {
        let Notice::EscalationLine {
            from,
            to,
            by,
            offered,
            summary,
            at,
            age,
            answer,
        } = notice
        else {
            return Post::default();
        };
        let priority = about.ticket.map_or(Priority::P4, |ticket| ticket.priority);
        let line = self.notice_escalation_line(
            about.number(),
            &self.notice_route(*from, *to),
            priority,
            *by,
            *at,
            &self.duration(*age),
        );
        let (answer, colour) = match answer {
            Answer::None => {
                let waits = match offered {
                    Some(who) => self.notice_escalation_offered(*who),
                    None => self.notice_escalation_open(),
                };
                (waits, colour::WAITS)
            }
            Answer::Taken { by, after } => (
                self.notice_escalation_taken(*by, &self.duration(*after)),
                colour::DONE,
            ),
            Answer::Returned { by, after } => (
                self.notice_escalation_returned(*by, &self.duration(*after)),
                colour::QUIET,
            ),
        };
        let quote = summary.as_deref().map(plain::quoted);
        framed(
            lines([Some(line), quote, Some(answer), self.staff_place(about)]),
            colour,
        )
    }

    fn resolved_notice(&self, notice: &Notice, about: About<'_>) -> Post {
        let Notice::Resolved {
            by,
            code,
            text,
            article,
            until,
        } = notice
        else {
            return Post::default();
        };
        let to_requester = about.to == Destination::Thread;
        let (article, why_none) = match article {
            ArticleNote::Linked { internal: true, .. } if to_requester => (None, None),
            ArticleNote::Linked { id, title, .. } => {
                let named = if title.is_empty() { id } else { title };
                let named = plain::shown_line(named);
                (Some(self.notice_resolved_article(&named)), None)
            }
            ArticleNote::Draft => ((!to_requester).then(|| self.notice_article_drafted()), None),
            ArticleNote::None { reason } => (None, (!to_requester).then_some(reason)),
        };
        let until = to_requester.then(|| self.notice_resolved_until(*until));
        let mut embed = frame(
            lines([Some(plain::quoted(text)), article, until]),
            colour::DONE,
        );
        embed.title = Some(self.notice_resolved_title(about.number()));
        embed = embed.with_field(
            self.field_done(),
            match code {
                // Nobody ended it: it ended by itself.
                Code::NoResponse => self.code(*code),
                _ => self.notice_resolved_by(*by, &self.code(*code)),
            },
        );
        if let Some(reason) = why_none {
            embed = with_long_field(embed, &self.notice_why_none(), &plain::shown(reason));
        }
        match about.ticket.filter(|_| to_requester) {
            Some(ticket) => pinging(format!("<@{}>", ticket.requester), [ticket.requester])
                .with_embed(embed)
                .with_buttons(self.verdict(about)),
            None => Post::default().with_embed(embed),
        }
    }

    /// What a lead has to do, with the ticket's title and its staff thread.
    pub(super) fn leads_notice(&self, text: String, colour: u32, about: About<'_>) -> Post {
        framed(
            lines([Some(text), about.title(), self.staff_place(about)]),
            colour,
        )
    }

    /// Where the ticket is worked on. Not for a confidential one: who reads a lead's channel cannot open its thread.
    fn staff_place(&self, about: About<'_>) -> Option<String> {
        let ticket = about.ticket.filter(|ticket| !ticket.confidential)?;
        ticket.staff_thread.map(|thread| self.notice_where(thread))
    }

    fn limit(&self, limit: Limit) -> String {
        match limit {
            Limit::Asks => self.limit_asks(),
            Limit::GuildAsks => self.limit_guild_asks(),
            Limit::Openings => self.limit_openings(),
            Limit::OpeningsPerDay => self.limit_openings_per_day(),
            Limit::OpenTickets => self.limit_open_tickets(),
            Limit::Guesses => self.limit_guesses(),
            Limit::Reminders => self.limit_reminders(),
        }
    }
}

pub(super) fn frame(text: String, colour: u32) -> Embed {
    Embed {
        description: Some(text),
        colour: Some(colour),
        ..Embed::default()
    }
}

pub(super) fn framed(text: String, colour: u32) -> Post {
    Post::embed(frame(text, colour))
}

pub(super) fn pinging(line: String, users: impl IntoIterator<Item = UserId>) -> Post {
    Post::text(line).pinging(users)
}

pub(super) fn lines<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("\n")
}

pub(super) fn mentions(users: &[UserId]) -> String {
    let users: Vec<String> = users.iter().map(|user| format!("<@{user}>")).collect();
    users.join(" ")
}
