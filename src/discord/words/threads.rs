//! Where a ticket is talked about, and what is said where there is no room for a thread.

use super::Words;
use super::notices::{About, frame, framed, lines, pinging};
use super::parts::colour;
use crate::discord::plain;
use crate::discord::reply::Post;
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::{Instead, ThreadNotice};

super::sentences! {
    notice_directly(number: Number, title: &str);
    notice_directly_how(number: Number);
    notice_said_directly(who: UserId, number: Number);
    notice_said_directly_files(count: u32);
    notice_said_directly_answer();
    notice_full_direct(number: Number);
    notice_full_nothing(number: Number);
    notice_full_staff(number: Number);
    notice_full_mend();
    notice_unreachable(who: UserId);
    passed_on(number: Number);
    nobody_waits(number: Number);
    talk_is_direct(who: UserId);
    ticket_by_direct();
}

impl Words {
    /// A notice about a ticket's threads.
    pub(super) fn thread_notice(&self, notice: &ThreadNotice, about: About<'_>) -> Post {
        let number = about.number();
        match notice {
            ThreadNotice::Directly => {
                let title = about
                    .ticket
                    .map(|ticket| plain::shown_line(&ticket.title))
                    .unwrap_or_default();
                let text = self.notice_directly_how(number);
                Post::text(self.notice_directly(number, &title))
                    .with_embed(frame(text, colour::OPEN))
            }
            ThreadNotice::SaidDirectly { by, text, files } => {
                let text = lines([
                    (!text.is_empty()).then(|| plain::quoted(text)),
                    (*files > 0).then(|| self.notice_said_directly_files(*files)),
                    Some(self.notice_said_directly_answer()),
                ]);
                Post::text(self.notice_said_directly(*by, number))
                    .with_embed(frame(text, colour::WAITS))
            }
            ThreadNotice::Full { instead } => {
                let what = match instead {
                    Instead::Direct => self.notice_full_direct(number),
                    Instead::Nothing => self.notice_full_nothing(number),
                    Instead::Staff => self.notice_full_staff(number),
                };
                framed(
                    lines([Some(what), Some(self.notice_full_mend())]),
                    colour::WAITS,
                )
            }
            ThreadNotice::Unreachable { who } => pinging(self.notice_unreachable(*who), [*who]),
        }
    }
}
