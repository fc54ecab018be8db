//! What stands in a transcript. It is read outside of Discord, so people are named and not mentioned, and instants are
//! written out.

use super::Words;
use crate::domain::ids::Number;
use crate::domain::priority::Priority;
use crate::domain::record::FileState;
use crate::domain::tier::Tier;

super::sentences! {
    record_title(number: Number, title: &str);
    record_for_requester();
    record_for_staff();
    record_written(at: &str, by: &str);
    record_unread(count: usize);
    record_cut(count: usize);
    record_left_out(count: usize);
    record_people();
    record_person(name: &str, id: &str);
    record_request();
    record_course();
    record_opened(by: &str, priority: Priority);
    record_claimed(by: &str);
    record_offered(who: &str);
    record_accepted(by: &str);
    record_moved(from: &str, to: &str);
    record_moved_back(from: &str, to: &str);
    record_escalated(by: &str, from: Tier, to: Tier);
    record_rejected(by: &str, from: Tier, to: Tier);
    record_deescalated(by: &str, from: Tier, to: Tier);
    record_reassessed(by: &str, was: Priority, priority: Priority);
    record_recategorised(by: &str, category: &str);
    record_released(from: &str);
    record_unanswered(from: &str);
    record_off_duty(from: &str);
    record_given_back(from: &str);
    record_assigned(by: &str, who: &str);
    record_noted(by: &str);
    record_problem_linked(by: &str, problem: &str);
    record_problem_unlinked(by: &str, problem: &str);
    record_resolved_itself();
    record_person_added(by: &str, who: &str);
    record_person_removed(by: &str, who: &str);
    record_added(by: &str);
    record_merged(by: &str, number: Number);
    record_absorbed(by: &str, number: Number);
    record_unmerged(by: &str, number: Number);
    record_split_off(by: &str, number: Number);
    record_related(by: &str, number: Number);
    record_unrelated(by: &str, number: Number);
    record_priority_set(by: &str, was: Priority, priority: Priority);
    record_extended(by: &str);
    record_clock_breached(clock: &str, at: &str);
    record_breach_waived(by: &str, clock: &str);
    record_case_opened(by: &str, vendor: &str, reference: &str);
    record_case_updated(vendor: &str, reference: &str);
    record_case_closed(by: &str, vendor: &str, reference: &str);
    record_approval_asked(by: &str);
    record_approved(by: &str);
    record_declined(by: &str);
    record_replied(by: &str);
    record_asked(by: &str);
    record_resumed(by: &str);
    record_answered(by: &str);
    record_escalation_asked(by: &str);
    record_cancelled(by: &str);
    record_resolved(by: &str, code: &str);
    record_article();
    record_no_article();
    record_remaining();
    record_reopened(by: &str);
    record_rated(by: &str, score: u32);
    record_confirmed(by: &str);
    record_closed();
    record_deleted(by: &str);
    record_now();
    record_before(at: &str);
    record_not_readable();
    record_staff();
    record_gave(by: &str);
    record_picture(name: &str);
    record_fingerprint(sha256: &str);
    size_bytes(count: u32);
    size_kilobytes(count: &str);
    size_megabytes(count: &str);
    file_waiting();
    file_kept();
    file_too_large();
    file_failed();
    file_refused();
    file_off();
    file_removed();
    transcript_ready(number: Number);
    transcript_ready_staff();
    transcript_file(number: Number);
    transcript_file_staff(number: Number);
    button_transcript();
    button_as_markdown();
    button_as_html();
    form_markdown();
    form_html();
}

impl Words {
    /// What became of a file.
    pub fn file_state(&self, state: FileState) -> String {
        match state {
            FileState::Waiting => self.file_waiting(),
            FileState::Kept => self.file_kept(),
            FileState::TooLarge => self.file_too_large(),
            FileState::Failed => self.file_failed(),
            FileState::Refused => self.file_refused(),
            FileState::Off => self.file_off(),
            FileState::Removed => self.file_removed(),
        }
    }

    /// How large a file is, as people say it.
    pub fn size(&self, bytes: u64) -> String {
        const STEP: u64 = 1024;
        let tenths = |unit: u64| {
            let tenths = (u128::from(bytes) * 10 + u128::from(unit) / 2) / u128::from(unit);
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        match bytes {
            0..STEP => self.size_bytes(u32::try_from(bytes).unwrap_or(0)),
            STEP..1_048_576 => self.size_kilobytes(&tenths(STEP)),
            _ => self.size_megabytes(&tenths(STEP * STEP)),
        }
    }
}
