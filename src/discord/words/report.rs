//! Reports.

use jiff::SignedDuration;

use super::Words;
use crate::domain::ids::UserId;
use crate::domain::report::{Figure, Ratio, Share, Spans};
use crate::domain::tier::Tier;

super::sentences! {
    report_title(from: &str, until: &str);
    report_about(zone: &str);
    report_about_category(category: &str);
    report_about_tier(tier: Tier);
    report_about_office();
    report_about_closed();
    report_came(opened: usize, solved: usize);
    report_personal_title(from: &str, until: &str);
    report_personal_about(who: UserId, zone: &str);
    report_personal_few();
    report_personal_took(took: &str, solved: &str);
    report_personal_count(count: usize);
    report_personal_backlog(count: usize, median: &str, longest: &str);
    report_personal_backlog_few(few: &str);
    report_tickets();
    report_tickets_counts(opened: usize, solved: usize);
    report_backlog(count: usize, median: &str, longest: &str);
    report_backlog_none();
    report_answer();
    report_taken();
    report_solution();
    report_solution_wall(spans: &str);
    report_spans(median: &str, p90: &str, count: usize);
    report_spans_none();
    report_share(part: usize, of: usize, percent: usize);
    report_share_none();
    report_promises();
    report_promise(clock: &str, share: &str);
    report_updates(count: usize);
    report_waived(count: usize);
    report_returned(count: usize);
    report_quality();
    report_first_contact(share: &str);
    report_one_touch(share: &str);
    report_reopened(share: &str);
    report_repeated(share: &str);
    report_bounced(share: &str);
    report_tier(came: usize, solved: usize);
    report_tier_escalated(share: &str);
    report_tier_stay(spans: &str);
    report_waits();
    report_waits_requester(percent: i64);
    report_waits_vendor(percent: i64);
    report_satisfied();
    report_satisfied_share(share: &str, answered: &str);
    report_questions();
    report_questions_counts(questions: u32, confirmed: u32, possible: u32, none: u32, nothing: u32);
    report_messages();
    report_messages_took(median: &str, p99: &str, count: u32);
    report_messages_given_up(count: u32);
    report_messages_copies(count: u32);
    report_seconds(seconds: &str);
    report_file(name: &str);
    button_report_csv();
    button_report_json();
    picture_days();
    picture_opened(count: usize);
    picture_solved(count: usize);
    picture_ages(count: usize);
    picture_age(days: &str);
    picture_share(percent: usize, part: usize, of: usize);
    picture_none();
    picture_tiers();
    picture_tier(tier: Tier, count: usize);
    picture_half(span: &str);
    picture_nine(span: &str);
    picture_hours();
    picture_weekdays();
    picture_says_days(days: usize, opened: usize, solved: usize);
    picture_says_most(date: &str, count: usize);
    picture_says_ages(count: usize, ages: &str);
    picture_says_age(days: &str, count: usize);
    picture_says_kept(clock: &str, share: &str);
    picture_says_tier(tier: Tier, spans: &str);
    picture_says_hours(day: &str, hour: usize, count: usize);
    picture_says_spans(what: &str, spans: &str);
    picture_personal_times();
    picture_took();
    picture_answer();
    picture_solution();
    choice_office_hours();
    choice_closed_hours();
    choice_period_today();
    choice_period_week();
    choice_period_last_week();
    choice_period_month();
    choice_period_last_month();
    choice_period_last_30();
    choice_csv();
    choice_json();
}

impl Words {
    /// What is typical and what is bad, with how many there are.
    pub fn spans(&self, spans: &Spans) -> String {
        let said = |seconds: i64| self.duration(SignedDuration::from_secs(seconds));
        match (spans.median, spans.p90) {
            (Some(median), Some(p90)) => self.report_spans(&said(median), &said(p90), spans.n),
            _ => self.report_spans_none(),
        }
    }

    /// Some of all, in per cent too.
    pub fn share(&self, share: Share) -> String {
        match share.percent() {
            Some(percent) => self.report_share(share.part, share.of, percent),
            None => self.report_share_none(),
        }
    }

    /// A figure of a person, or why it is not told.
    pub fn figure<T>(&self, figure: &Figure<T>, said: impl FnOnce(&T) -> String) -> String {
        figure
            .told()
            .map_or_else(|| self.report_personal_few(), said)
    }
}

/// A part of a time, in whole per cent.
pub fn percent(ratio: Ratio) -> i64 {
    (ratio.part * 200 + ratio.of)
        .checked_div(ratio.of * 2)
        .unwrap_or(0)
}
