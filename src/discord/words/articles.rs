//! Articles that are being written.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame};
use super::parts::{colour, verb_button};
use crate::discord::reply::{Post, Style};
use crate::domain::ids::{Number, UserId};

super::sentences! {
    notice_article_begun(by: UserId);
    notice_article_drafted();
    choice_draft();
    choice_draft_about();
    button_read_draft();
    button_write_draft();
    button_drop_draft();
    button_drafts();
    article_draft_title(number: Number, title: &str);
    article_draft_about(category: &str, writers: &str, at: Timestamp);
    article_draft_file();
    article_drafts_title(total: u32);
    article_drafts_none();
    article_drafts_line(number: Number, title: &str, writers: &str, at: Timestamp);
    placeholder_draft();
    form_write_draft(number: Number);
    label_draft_title();
    label_draft_summary();
    label_draft_body();
    draft_written();
    draft_dropped(number: Number);
}

impl Words {
    /// That an article was begun.
    pub(super) fn article_begun(&self, by: UserId, about: About<'_>) -> Post {
        let post = Post::embed(frame(self.notice_article_begun(by), colour::OPEN));
        match about.ticket {
            Some(ticket) => post.with_buttons(vec![verb_button(
                self.button_read_draft(),
                Style::Secondary,
                "kb draft",
                &ticket.number.to_string(),
                ticket.version,
            )]),
            None => post,
        }
    }
}
