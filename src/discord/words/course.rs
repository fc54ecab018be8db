//! What is said when a ticket takes another way than up, when staff and requester talk, and when it ends or begins again.

use super::Words;
use super::notices::{About, frame, framed, lines, pinging};
use super::parts::{colour, verb_button};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Style};
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::{Destination, Notice};
use crate::domain::ticket::Score;
use crate::domain::tier::Tier;

super::sentences! {
    notice_still_broken(who: UserId);
    notice_reply_by(by: UserId);
    notice_reply_line(who: UserId);
    notice_question_by(by: UserId);
    notice_question_line(who: UserId);
    notice_answered(who: UserId);
    notice_cancelled(by: UserId);
    notice_cancelled_because(by: UserId);
    notice_reopened(by: UserId);
    notice_reopened_back(who: UserId);
    notice_reopened_queue();
    notice_escalation_asked();
    notice_escalation_asked_line(who: UserId);
    notice_escalation_asked_leads(number: Number, who: UserId, tier: Tier);
    notice_escalation_asked_nobody(number: Number, tier: Tier);
    notice_assigned_line(who: UserId, number: Number);
    notice_assigned(by: UserId, number: Number, who: UserId);
    notice_assigned_from(by: UserId, number: Number, from: UserId, who: UserId);
    notice_note_by(by: UserId);
    notice_deescalated(by: UserId, from: Tier, to: Tier);
    notice_deescalated_offered(who: UserId);
    notice_deescalated_open(to: Tier);
    notice_reopened_again(number: Number, times: u32);
    button_confirm();
    button_reopen();
    field_remaining();
    notice_how_was_it(number: Number, title: &str);
    notice_rating(number: Number, score: u32);
    rating_asked();
    rate_1();
    rate_2();
    rate_3();
    rate_4();
    rate_5();
}

impl Words {
    /// A notice of this subject; an empty message for any other.
    pub(super) fn course_notice(&self, notice: &Notice, about: About<'_>) -> Post {
        let number = about.number();
        match notice {
            Notice::Note { by, text } => {
                let text = lines([Some(self.notice_note_by(*by)), Some(plain::quoted(text))]);
                framed(text, colour::QUIET)
            }
            Notice::Reply { by, text } => {
                let text = lines([Some(self.notice_reply_by(*by)), Some(plain::quoted(text))]);
                to_requester(about, |who| self.notice_reply_line(who), text, colour::OPEN)
            }
            Notice::Question { by, text } => {
                let text = lines([
                    Some(self.notice_question_by(*by)),
                    Some(plain::quoted(text)),
                ]);
                to_requester(
                    about,
                    |who| self.notice_question_line(who),
                    text,
                    colour::WAITS,
                )
            }
            Notice::Answered { to } => pinging(self.notice_answered(*to), [*to]),
            Notice::StillBroken => {
                let Some(ticket) = about.ticket else {
                    return Post::default();
                };
                let who = ticket.requester;
                pinging(self.notice_still_broken(who), [who]).with_buttons(self.verdict(about))
            }
            Notice::HowWasIt => {
                let Some(ticket) = about.ticket else {
                    return Post::default();
                };
                // It may be read in a direct message, where only the internal id says which desk's ticket it is.
                let name = format!("#{}", ticket.id);
                let title = plain::shown_line(&ticket.title);
                Post::text(self.notice_how_was_it(number, &title)).with_buttons(self.scores(&name))
            }
            Notice::Rating { score, comment } => {
                let text = self.notice_rating(number, u32::from(score.number()));
                let text = lines([Some(text), comment.as_deref().map(plain::quoted)]);
                self.leads_notice(text, colour::WAITS, about)
            }
            Notice::Cancelled { by, reason } => {
                let text = match reason {
                    Some(reason) => lines([
                        Some(self.notice_cancelled_because(*by)),
                        Some(plain::quoted(reason)),
                    ]),
                    None => self.notice_cancelled(*by),
                };
                framed(text, colour::QUIET)
            }
            Notice::Reopened { by, reason, back } => {
                let line = match back {
                    Some(who) => self.notice_reopened_back(*who),
                    None => self.notice_reopened_queue(),
                };
                // In the staff thread the same is for reading: one call is enough.
                let called = back.filter(|_| about.to == Destination::Thread);
                let text = lines([Some(self.notice_reopened(*by)), Some(plain::quoted(reason))]);
                pinging(line, called).with_embed(frame(text, colour::WAITS))
            }
            Notice::ReopenedAgain { times } => self.leads_notice(
                self.notice_reopened_again(number, *times),
                colour::WAITS,
                about,
            ),
            Notice::EscalationAsked { to, reason } => self.more_help(*to, reason.as_deref(), about),
            Notice::Assigned {
                by,
                from,
                to,
                reason,
            } => {
                let text = match from {
                    Some(from) => self.notice_assigned_from(*by, number, *from, *to),
                    None => self.notice_assigned(*by, number, *to),
                };
                let text = lines([Some(text), reason.as_deref().map(plain::quoted)]);
                pinging(self.notice_assigned_line(*to, number), [*to])
                    .with_embed(frame(text, colour::WAITS))
            }
            Notice::Deescalated {
                by,
                from,
                to,
                reason,
                remaining,
                offered,
            } => {
                let line = match offered {
                    Some(who) => self.notice_deescalated_offered(*who),
                    None => self.notice_deescalated_open(*to),
                };
                let text = lines([
                    Some(self.notice_deescalated(*by, *from, *to)),
                    Some(plain::quoted(reason)),
                ]);
                let embed = frame(text, colour::WAITS);
                let embed = super::parts::with_long_field(
                    embed,
                    &self.field_remaining(),
                    &plain::shown(remaining),
                );
                pinging(line, *offered).with_embed(embed)
            }
            _ => Post::default(),
        }
    }

    fn more_help(&self, to: Option<UserId>, reason: Option<&str>, about: About<'_>) -> Post {
        let quote = reason.map(plain::quoted);
        if about.to == Destination::Thread {
            let text = lines([Some(self.notice_escalation_asked()), quote]);
            let line = to.map(|who| self.notice_escalation_asked_line(who));
            return pinging(line.unwrap_or_default(), to).with_embed(frame(text, colour::WAITS));
        }
        let tier = about.ticket.map_or(Tier::L1, |ticket| ticket.tier);
        let text = match to {
            Some(who) => self.notice_escalation_asked_leads(about.number(), who, tier),
            None => self.notice_escalation_asked_nobody(about.number(), tier),
        };
        self.leads_notice(lines([Some(text), quote]), colour::WAITS, about)
    }

    /// The five answers to "how was it?". `name` is how a button names the ticket there.
    pub fn scores(&self, name: &str) -> Vec<Button> {
        let labels = [
            self.rate_1(),
            self.rate_2(),
            self.rate_3(),
            self.rate_4(),
            self.rate_5(),
        ];
        let scored = Score::ALL.into_iter().zip(labels);
        scored
            .map(|(score, label)| {
                let line = Line::new("ticket rate").arg(name).arg(score.number());
                Button::new(label, Style::Secondary, line)
            })
            .collect()
    }

    /// The requester's two answers to "is it solved?".
    pub(super) fn verdict(&self, about: About<'_>) -> Vec<Button> {
        let Some(ticket) = about.ticket else {
            return Vec::new();
        };
        let name = about.name_of(ticket);
        let button = |label, style, path| verb_button(label, style, path, &name, ticket.version);
        vec![
            button(self.button_confirm(), Style::Success, "ticket confirm"),
            button(self.button_reopen(), Style::Secondary, "ticket reopen"),
        ]
    }
}

/// Calls the requester, and says something in an embed.
fn to_requester(
    about: About<'_>,
    line: impl FnOnce(UserId) -> String,
    text: String,
    colour: u32,
) -> Post {
    match about.ticket.map(|ticket| ticket.requester) {
        Some(who) => pinging(line(who), [who]).with_embed(frame(text, colour)),
        None => framed(text, colour),
    }
}
