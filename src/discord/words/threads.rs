//! Where a ticket is talked about, and what is said where there is no room for a thread.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, framed, lines, pinging};
use super::parts::{address, colour};
use crate::discord::plain;
use crate::discord::reply::Post;
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::{Instead, Speech, Spoken, ThreadNotice};
use crate::domain::tier::Tier;

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
    secret_typed(kinds: &str);
    secret_said(kinds: &str);
    secret_written(number: Number, kinds: &str);
    secret_written_there(number: Number, kinds: &str, address: &str);
    thread_again_title(number: Number);
    thread_again_text();
    thread_again_stands(state: &str, tier: &str);
    thread_again_with(who: UserId);
    thread_again_nobody();
    thread_again_said();
    thread_again_more();
    thread_again_unread(count: u32);
    thread_again_cut();
    spoken_message(by: UserId, at: Timestamp);
    spoken_reply(by: UserId, at: Timestamp);
    spoken_question(by: UserId, at: Timestamp);
    spoken_note(by: UserId, at: Timestamp);
    spoken_hand_over(by: UserId, from: Tier, to: Tier, at: Timestamp);
    passed_on(number: Number);
    nobody_waits(number: Number);
    talk_is_direct(who: UserId);
    ticket_by_direct();
}

/// So much of what was said is said again, in characters: six such texts stay below Discord's limit for one message, even
/// where every character has to be made harmless.
const SPOKEN: usize = 220;

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
            ThreadNotice::Again { said, more, unread } => {
                self.thread_again(said, *more, *unread, about)
            }
            ThreadNotice::Unreachable { who } => pinging(self.notice_unreachable(*who), [*who]),
            ThreadNotice::Secret {
                kinds,
                message,
                staff,
            } => {
                let kinds = kinds.join(", ");
                let thread = about.ticket.and_then(|ticket| {
                    let thread = if *staff {
                        ticket.staff_thread
                    } else {
                        ticket.thread
                    };
                    thread.map(|thread| format!("{}/{message}", address(ticket.guild, thread)))
                });
                Post::text(match thread {
                    Some(address) => self.secret_written_there(number, &kinds, &address),
                    None => self.secret_written(number, &kinds),
                })
            }
        }
    }

    fn thread_again(&self, said: &[Spoken], more: bool, unread: u32, about: About<'_>) -> Post {
        let Some(ticket) = about.ticket else {
            return Post::default();
        };
        let with = match ticket.assignee {
            Some(who) => self.thread_again_with(who),
            None => self.thread_again_nobody(),
        };
        let state = self.state(ticket.state);
        let mut text = vec![
            self.thread_again_text(),
            format!(
                "{} {with}",
                self.thread_again_stands(&state, &self.tier(ticket.tier))
            ),
        ];
        if !said.is_empty() {
            text.push(format!("**{}**", self.thread_again_said()));
        }
        text.extend(said.iter().map(|one| self.spoken(one)));
        if more {
            text.push(self.thread_again_more());
        }
        if unread > 0 {
            text.push(self.thread_again_unread(unread));
        }
        let mut embed = frame(text.join("\n"), colour::OPEN);
        embed.title = Some(self.thread_again_title(ticket.number));
        Post::embed(embed)
    }

    fn spoken(&self, spoken: &Spoken) -> String {
        let Spoken { by, at, how, text } = spoken;
        let line = match how {
            Speech::Message => self.spoken_message(*by, *at),
            Speech::Reply => self.spoken_reply(*by, *at),
            Speech::Question => self.spoken_question(*by, *at),
            Speech::Note => self.spoken_note(*by, *at),
            Speech::HandOver { from, to } => self.spoken_hand_over(*by, *from, *to, *at),
        };
        let short = plain::cut(text, SPOKEN);
        let rest = (short != *text).then(|| self.thread_again_cut());
        lines([Some(line), Some(plain::quoted(&short)), rest])
    }
}
