//! Who takes part in a ticket without owning it: members who were added, staff who watch, and reminders.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, framed, lines, pinging};
use super::parts::{address, colour};
use crate::discord::plain;
use crate::discord::reply::{Button, Post};
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::Notice;

super::sentences! {
    notice_person_added(who: UserId);
    notice_person_added_by(by: UserId);
    notice_person_removed(who: UserId, by: UserId);
    notice_watched(number: Number, standing: &str);
    notice_watched_by(number: Number, standing: &str, by: UserId);
    notice_reminder(who: UserId, number: Number);
    people_title(number: Number);
    people_line(requester: UserId, others: &str);
    people_nobody_else();
    people_added(number: Number, who: UserId);
    people_removed(number: Number, who: UserId);
    placeholder_add_person();
    placeholder_remove_person();
    choice_person(name: &str);
    watching(number: Number);
    watching_no_more(number: Number);
    form_remind(number: Number);
    label_remind_in();
    placeholder_remind_in();
    label_remind_text();
    placeholder_remind_text();
    reminder_set(number: Number, at: Timestamp);
    button_people();
    button_watch();
    button_unwatch();
    button_remind();
    placeholder_more();
}

impl Words {
    /// A notice of this subject; an empty message for any other.
    pub(super) fn circle_notice(&self, notice: &Notice, about: About<'_>) -> Post {
        let number = about.number();
        match notice {
            Notice::PersonAdded { by, who } => {
                let text = self.notice_person_added_by(*by);
                pinging(self.notice_person_added(*who), [*who])
                    .with_embed(frame(text, colour::QUIET))
            }
            Notice::PersonRemoved { by, who } => {
                framed(self.notice_person_removed(*who, *by), colour::QUIET)
            }
            Notice::Watched {
                by,
                state,
                assignee,
                tier,
            } => {
                let standing = self.standing(*state, *assignee, *tier);
                let text = match by {
                    Some(by) => self.notice_watched_by(number, &standing, *by),
                    None => self.notice_watched(number, &standing),
                };
                framed(text, colour::QUIET).with_buttons(self.way_to_staff(about))
            }
            Notice::Reminder { to, text } => {
                let text = (!text.is_empty()).then(|| plain::quoted(text));
                let line = self.notice_reminder(*to, number);
                let post = match text {
                    Some(text) => {
                        pinging(line, [*to]).with_embed(frame(lines([Some(text)]), colour::WAITS))
                    }
                    None => pinging(line, [*to]),
                };
                post.with_buttons(self.way_to_staff(about))
            }
            _ => Post::default(),
        }
    }

    /// The staff thread as a link: Discord shows it to whoever may read it.
    fn way_to_staff(&self, about: About<'_>) -> Vec<Button> {
        let thread = about.ticket.and_then(|ticket| {
            let thread = ticket.staff_thread?;
            Some(address(ticket.guild, thread))
        });
        thread
            .map(|address| Button::link(self.button_to_staff_thread(), address))
            .into_iter()
            .collect()
    }
}
