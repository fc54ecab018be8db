//! What is said when tickets become one, part, or grow out of each other, and when a lead decides against the rule.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, framed, lines, pinging};
use super::parts::{address, colour};
use crate::discord::plain;
use crate::discord::reply::{Button, Post};
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::Notice;
use crate::domain::priority::Priority;
use crate::domain::ticket::Origin;
use crate::domain::tier::Tier;

super::sentences! {
    notice_opened_for(requester: UserId, by: UserId);
    notice_added_by(by: UserId);
    notice_added_line(who: UserId);
    notice_merged_into(by: UserId, number: Number);
    notice_absorbed(by: UserId, number: Number, requester: UserId);
    notice_unmerged(by: UserId, number: Number);
    notice_parted(number: Number);
    notice_split_off(by: UserId, number: Number);
    notice_split_from(number: Number);
    notice_follows(number: Number);
    notice_copied(by: UserId, number: Number);
    notice_copied_unread(by: UserId, number: Number);
    notice_extended(by: UserId, until: Timestamp);
    notice_priority_set(by: UserId, number: Number, priority: Priority);
    notice_priority_matrix(by: UserId, number: Number, priority: Priority);
    tie_related(numbers: &str);
    tie_split_from(numbers: &str);
    tie_split_into(numbers: &str);
    tie_follows(numbers: &str);
    tie_followed_by(numbers: &str);
    tie_merged_into(numbers: &str);
    tie_absorbed(numbers: &str);
    merged(number: Number, into: Number);
    merge_reads(into: Number, who: &str);
    merge_reads_nobody_new(into: Number);
    form_merge(number: Number);
    label_merge_reason();
    merge_sure(number: Number, into: Number, requester: UserId, other: UserId);
    button_merge_anyway();
    unmerged(number: Number);
    form_unmerge(number: Number);
    label_unmerge_reason();
    split(number: Number, from: Number);
    form_split(number: Number);
    related(number: Number, other: Number);
    unrelated(number: Number, other: Number);
    followed_up(number: Number, old: Number);
    form_follow_up(number: Number);
    similar_found(titles: &str);
    similar_line(number: Number, title: &str);
    button_add_to(number: Number);
    button_open_anyway();
    added_to(number: Number);
    priority_set(number: Number, priority: Priority);
    priority_matrix(number: Number, priority: Priority);
    extended(number: Number, until: Timestamp);
    moved(count: usize, who: UserId);
    moved_queue(count: usize, who: UserId);
    moved_not(number: Number, why: &str);
    moved_queue_at(count: usize, tier: Tier);
    moved_nothing(who: UserId);
    moved_nothing_at(tier: Tier);
    for_whom(author: &str);
    button_for_author(author: &str);
    button_for_me();
    button_split_off(number: Number);
    draft_for(who: UserId);
    opened_for(number: Number, who: UserId);
    button_merge();
    button_split();
    button_relate();
    button_priority();
    button_extend();
    label_into();
    label_other();
    placeholder_number();
    form_relate(number: Number);
    form_priority(number: Number);
    form_extend(number: Number);
    choice_matrix();
    priority_choose(number: Number, priority: Priority);
    placeholder_priority();
    age_within(days: u32);
    age_older(days: u32);
    button_follow_up();
    button_unmerge();
    search_title();
    search_text(text: &str);
    search_nothing();
}

impl Words {
    /// A notice of this subject; an empty message for any other.
    pub(super) fn links_notice(&self, notice: &Notice, about: About<'_>) -> Post {
        let number = about.number();
        match notice {
            Notice::OpenedFor { by } => {
                let opened = self.notice(&Notice::Opened, about);
                let who = about.ticket.map(|ticket| ticket.requester);
                match who {
                    Some(who) => Post {
                        text: self.notice_opened_for(who, *by),
                        ..opened
                    },
                    None => opened,
                }
            }
            Notice::Added { by, text, to } => {
                let text = lines([Some(self.notice_added_by(*by)), Some(plain::quoted(text))]);
                let line = to.map(|who| self.notice_added_line(who));
                pinging(line.unwrap_or_default(), *to).with_embed(frame(text, colour::OPEN))
            }
            Notice::MergedInto { by, number, thread } => {
                let text = self.notice_merged_into(*by, *number);
                let way = thread.zip(about.ticket).map(|(thread, ticket)| {
                    Button::link(self.button_to_thread(), address(ticket.guild, thread))
                });
                framed(text, colour::QUIET).with_buttons(way.into_iter().collect())
            }
            Notice::Absorbed {
                by,
                number,
                requester,
            } => framed(self.notice_absorbed(*by, *number, *requester), colour::OPEN),
            Notice::Unmerged { by, number, reason } => {
                let text = self.notice_unmerged(*by, *number);
                framed(
                    lines([Some(text), Some(plain::quoted(reason))]),
                    colour::OPEN,
                )
            }
            Notice::Parted { number } => framed(self.notice_parted(*number), colour::QUIET),
            Notice::SplitOff { by, number } => {
                framed(self.notice_split_off(*by, *number), colour::QUIET)
            }
            Notice::GrewFrom { number, origin } => {
                let text = match origin {
                    Origin::Split => self.notice_split_from(*number),
                    Origin::FollowUp => self.notice_follows(*number),
                };
                framed(text, colour::QUIET)
            }
            Notice::Copied { by, number, text } => {
                let text = if text.trim().is_empty() {
                    self.notice_copied_unread(*by, *number)
                } else {
                    lines([
                        Some(self.notice_copied(*by, *number)),
                        Some(plain::quoted(text)),
                    ])
                };
                framed(text, colour::OPEN)
            }
            Notice::Extended { by, until } => {
                framed(self.notice_extended(*by, *until), colour::DONE)
            }
            Notice::PrioritySet {
                by,
                priority,
                by_hand,
                reason,
            } => {
                let text = if *by_hand {
                    self.notice_priority_set(*by, number, *priority)
                } else {
                    self.notice_priority_matrix(*by, number, *priority)
                };
                let text = lines([Some(text), reason.as_deref().map(plain::quoted)]);
                framed(text, colour::WAITS)
            }
            _ => Post::default(),
        }
    }
}
