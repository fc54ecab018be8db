//! What the tiers have of each other: leave for a change, and lessons.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, lines, pinging};
use super::parts::{colour, verb_button, with_long_field};
use crate::discord::plain;
use crate::discord::reply::{Embed, Post, Style};
use crate::domain::ids::{Number, ProblemNumber, UserId};
use crate::domain::notice::{Before, Notice};

/// So much of a ticket's title stands in a list, in characters.
const TITLE: usize = 80;
/// So much of what was done, and of a lesson.
const DONE: usize = 400;

super::sentences! {
    known_error_line(problem: ProblemNumber, title: &str);
    solved_before_title();
    solved_before_line(number: Number, title: &str, by: UserId, at: Timestamp);
    solved_before_lesson(text: &str);
    notice_lesson_title(number: Number, title: &str);
    notice_lesson_by(by: UserId);
    field_lesson();
    notice_approval_asked(by: UserId, number: Number);
    notice_approval_line(who: &str, number: Number);
    notice_approval_yes(by: UserId);
    notice_approval_no(by: UserId);
    notice_approval_told(who: UserId);
    button_ask_approval();
    button_approve();
    button_decline();
    form_ask_approval(number: Number);
    label_change();
    placeholder_change();
    approval_asked(number: Number);
    approval_given(number: Number);
    approval_declined(number: Number);
    form_decline(number: Number);
    label_decline();
    label_lesson();
    placeholder_lesson();
}

impl Words {
    /// Tickets that were solved before, for those who work on one like them.
    pub fn solved_before(&self, before: &[Before]) -> Embed {
        let texts: Vec<String> = before
            .iter()
            .map(|one| {
                let title = plain::cut(&plain::shown_line(&one.title), TITLE);
                lines([
                    Some(self.solved_before_line(one.number, &title, one.by, one.at)),
                    Some(plain::quoted(&plain::cut(&one.done, DONE))),
                    one.lesson.as_deref().map(|lesson| {
                        self.solved_before_lesson(&plain::shown(&plain::cut(lesson, DONE)))
                    }),
                ])
            })
            .collect();
        Embed {
            title: Some(self.solved_before_title()),
            description: Some(texts.join("\n")),
            colour: Some(colour::QUIET),
            ..Embed::default()
        }
    }

    /// A notice of this subject; an empty message for any other.
    pub(super) fn learning_notice(&self, notice: &Notice, about: About<'_>) -> Post {
        let number = about.number();
        match notice {
            Notice::Lesson { by, done, text } => {
                let title = about
                    .ticket
                    .map(|ticket| plain::shown_line(&ticket.title))
                    .unwrap_or_default();
                let embed = Embed {
                    title: Some(self.notice_lesson_title(number, &title)),
                    description: Some(self.notice_lesson_by(*by)),
                    colour: Some(colour::DONE),
                    ..Embed::default()
                };
                let embed = with_long_field(embed, &self.field_done(), &plain::shown(done));
                let embed = with_long_field(embed, &self.field_lesson(), &plain::shown(text));
                Post::embed(embed)
            }
            Notice::SolvedBefore { before, known } => {
                let mut post = Post::default();
                if let Some((problem, title, helps)) = known {
                    let text = lines([
                        Some(self.known_error_line(*problem, &plain::shown_line(title))),
                        Some(self.workaround(helps)),
                    ]);
                    post = post.with_embed(frame(text, colour::WAITS));
                }
                match before.is_empty() {
                    true => post,
                    false => post.with_embed(self.solved_before(before)),
                }
            }
            Notice::ApprovalAsked { by, change, call } => {
                let called: Vec<String> = call.iter().map(|who| format!("<@{who}>")).collect();
                let line = if called.is_empty() {
                    String::new()
                } else {
                    self.notice_approval_line(&called.join(", "), number)
                };
                let text = lines([
                    Some(self.notice_approval_asked(*by, number)),
                    Some(plain::quoted(change)),
                ]);
                let buttons = about.ticket.map(|ticket| {
                    let name = ticket.number.to_string();
                    let button =
                        |label, style, path| verb_button(label, style, path, &name, ticket.version);
                    vec![
                        button(self.button_approve(), Style::Success, "work approve"),
                        button(self.button_decline(), Style::Secondary, "work decline"),
                    ]
                });
                pinging(line, call.iter().copied())
                    .with_embed(frame(text, colour::WAITS))
                    .with_buttons(buttons.unwrap_or_default())
            }
            Notice::ApprovalAnswered {
                by,
                to,
                yes,
                reason,
            } => {
                let (text, colour) = if *yes {
                    (self.notice_approval_yes(*by), colour::DONE)
                } else {
                    (self.notice_approval_no(*by), colour::WAITS)
                };
                let text = lines([Some(text), reason.as_deref().map(plain::quoted)]);
                pinging(self.notice_approval_told(*to), [*to]).with_embed(frame(text, colour))
            }
            _ => Post::default(),
        }
    }
}
