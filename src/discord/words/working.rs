//! Working on tickets, and being on duty.

use crate::domain::ids::{Number, UserId};
use crate::domain::tier::Tier;

super::sentences! {
    claimed(number: Number, thread: &str);
    accepted(number: Number, thread: &str);
    go_to_thread(thread: crate::domain::ids::ChannelId);
    thread_comes();
    form_reject(number: Number);
    label_reason();
    placeholder_reject();
    rejected_to_queue(number: Number, tier: Tier);
    rejected_to_person(number: Number, tier: Tier, who: UserId);
    rejected_to_lead(number: Number, tier: Tier);
    form_escalate(number: Number);
    label_summary();
    placeholder_summary();
    label_what_tried();
    placeholder_what_tried();
    label_findings();
    placeholder_findings();
    label_asked();
    placeholder_asked();
    label_told();
    placeholder_told();
    tried_by_requester();
    tried_at_tier(tier: Tier, by: &str);
    escalated_offered(number: Number, tier: Tier, who: UserId);
    escalated_open(number: Number, tier: Tier);
    escalated_next();
    not_done_kept();
    resolve_title(number: Number);
    resolve_intro();
    resolve_missing(missing: &str);
    resolve_cancelled(number: Number);
    missing_code();
    missing_article();
    placeholder_code();
    placeholder_article();
    choice_no_article();
    choice_no_article_about();
    form_resolve(number: Number);
    label_done();
    placeholder_done();
    label_why_none();
    placeholder_why_none();
    label_lead_reason();
    placeholder_lead_reason();
    resolved(number: Number);
    duty_on();
    duty_on_already();
    duty_off();
    duty_off_already();
    duty_hand_over(count: usize);
}
