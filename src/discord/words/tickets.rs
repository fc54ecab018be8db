//! Opening, showing and listing tickets.

use jiff::Timestamp;

use crate::domain::ids::{ChannelId, Number, UserId};
use crate::domain::priority::Priority;
use crate::domain::tier::Tier;

super::sentences! {
    draft_title();
    draft_intro();
    draft_about(title: &str);
    draft_missing(missing: &str);
    draft_cancelled();
    draft_kept();
    missing_category();
    missing_impact();
    missing_urgency();
    placeholder_category();
    placeholder_impact();
    placeholder_urgency();
    form_open();
    label_title();
    placeholder_title();
    label_body();
    placeholder_body();
    label_tried();
    placeholder_tried();
    opened(number: Number);
    opened_thread(thread: ChannelId);
    opened_thread_soon();
    opened_next(tier: &str);
    opened_confidential();
    opened_file(name: &str);
    draft_file(name: &str);
    seen_articles(articles: &str);
    quoted_own(link: &str);
    quoted_other(author: &str, link: &str);
    ticket_title(number: Number, title: &str);
    ticket_hidden(number: Number);
    ticket_threads(thread: ChannelId);
    ticket_staff_thread(thread: ChannelId);
    queue_title();
    queue_waiting(waiting: u32, oldest: Timestamp);
    queue_nothing_waits();
    queue_worked_on(working: u32, others: u32);
    queue_urgent(urgent: u32);
    queue_on_duty(people: &str);
    card_accept_by(who: UserId, until: &str);
    queue_person(who: UserId, load: u32, capacity: u32);
    queue_nobody();
    button_list(tier: Tier);
    button_refresh();
    hand_over_waits(from: Tier, to: Tier, by: UserId, at: Timestamp);
    list_own();
    list_mine();
    list_tier(tier: Tier);
    list_active();
    list_empty_own();
    list_empty_mine();
    list_empty_tier(tier: Tier);
    list_empty_active();
    list_page(page: u32, pages: u32, total: u32);
    list_line(state: &str, priority: Priority, opened: Timestamp);
    placeholder_show_one();
}
