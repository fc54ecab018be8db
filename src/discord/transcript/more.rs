//! What happened beside the way through the tiers: who came and went, what belongs together, who was asked outside.

use super::{Record, name_of};
use crate::discord::words::Words;
use crate::domain::event::{Event, What};
use crate::domain::ticket::Origin;

/// One event as an entry.
pub(super) struct More<'a> {
    /// What happened, and by whom.
    pub head: String,
    /// It is for the staff alone.
    pub staff: bool,
    /// What was said with it, each with what it is called.
    pub texts: Vec<(Option<String>, &'a str)>,
}

/// An event of this subject; nothing for any other, and for what needs no entry.
pub(super) fn of_event<'a>(
    words: Words,
    record: &Record,
    event: &'a Event,
    by: &str,
) -> Option<More<'a>> {
    let name = |user| name_of(record, user);
    let mut texts: Vec<(Option<String>, &'a str)> = Vec::new();
    let mut staff = false;
    let head = match &event.what {
        What::PersonAdded { who } => words.record_person_added(by, &name(*who)),
        What::PersonRemoved { who } => words.record_person_removed(by, &name(*who)),
        What::Added { text } => {
            texts.push((None, text));
            words.record_added(by)
        }
        What::Merged { number, reason, .. } => {
            texts.push((
                Some(words.field_reason()),
                reason.as_deref().unwrap_or_default(),
            ));
            words.record_merged(by, *number)
        }
        What::Absorbed { number, .. } => words.record_absorbed(by, *number),
        What::Unmerged { number, reason, .. } => {
            texts.push((Some(words.field_reason()), reason));
            words.record_unmerged(by, *number)
        }
        What::Parted { number, .. } => words.history_parted(*number),
        What::SplitOff { number, .. } => words.record_split_off(by, *number),
        What::FollowedUp { number, .. } => words.history_followed_up(*number),
        What::GrewFrom { number, origin, .. } => match origin {
            Origin::Split => words.history_split_from(*number),
            Origin::FollowUp => words.history_follows(*number),
        },
        What::Related { number, on, .. } => {
            staff = true;
            if *on {
                words.record_related(by, *number)
            } else {
                words.record_unrelated(by, *number)
            }
        }
        What::PrioritySet {
            was,
            priority,
            reason,
            ..
        } => {
            texts.push((Some(words.field_reason()), reason));
            words.record_priority_set(by, *was, *priority)
        }
        What::Extended { reason } => {
            texts.push((Some(words.field_reason()), reason));
            words.record_extended(by)
        }
        What::ClockWarned { clock, stage, .. } => {
            staff = true;
            words.history_clock_warned(&words.clock(*clock), stage.percent())
        }
        What::ClockBreached { clock, at, .. } => {
            staff = true;
            words.record_clock_breached(&words.clock(*clock), &at.to_string())
        }
        What::BreachWaived { clock, reason, .. } => {
            staff = true;
            texts.push((Some(words.field_reason()), reason));
            words.record_breach_waived(by, &words.clock(*clock))
        }
        What::Climbed { page } => {
            staff = true;
            words.climbed(page)
        }
        What::DueMoved { clock, due, .. } => {
            staff = true;
            match due {
                Some(due) => words.history_due_moved(&words.clock(*clock), &due.to_string()),
                None => words.history_due_gone(&words.clock(*clock)),
            }
        }
        What::CaseOpened { .. } if !record.staff => words.history_waits_outside(),
        What::CaseUpdated { .. } | What::CaseClosed { .. } if !record.staff => {
            words.history_answered_outside()
        }
        What::CaseOpened { case } => {
            staff = true;
            texts.push((None, &case.status));
            words.record_case_opened(by, &case.name, &case.reference)
        }
        What::CaseUpdated {
            name,
            reference,
            status,
            ..
        } => {
            staff = true;
            texts.push((None, status));
            words.record_case_updated(name, reference)
        }
        What::CaseClosed {
            name,
            reference,
            status,
            ..
        } => {
            staff = true;
            texts.push((None, status));
            words.record_case_closed(by, name, reference)
        }
        What::CaseOverdue { name, .. } => {
            staff = true;
            words.history_case_overdue(name)
        }
        What::Reminded { .. } => words.history_reminded(),
        What::NoAnswer => {
            staff = true;
            words.history_no_answer()
        }
        What::ApprovalAsked { change } => {
            staff = true;
            texts.push((None, change));
            words.record_approval_asked(by)
        }
        What::ApprovalAnswered { yes, reason, .. } => {
            staff = true;
            texts.push((None, reason.as_deref().unwrap_or_default()));
            if *yes {
                words.record_approved(by)
            } else {
                words.record_declined(by)
            }
        }
        What::ProblemLinked { problem } => {
            staff = true;
            words.record_problem_linked(by, &problem.to_string())
        }
        What::ProblemUnlinked { problem } => {
            staff = true;
            words.record_problem_unlinked(by, &problem.to_string())
        }
        What::MajorJoined { major, .. } => {
            staff = true;
            words.history_major_joined(&major.to_string())
        }
        What::MajorLeft { major, over } => {
            staff = true;
            if *over {
                words.history_major_over(&major.to_string())
            } else {
                words.history_major_left(&major.to_string())
            }
        }
        _ => return None,
    };
    Some(More { head, staff, texts })
}
