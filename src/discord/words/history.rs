//! What happened to a ticket, line by line, and its way through the tiers.

use jiff::Timestamp;

use super::Words;
use crate::discord::plain;
use crate::domain::category::Category;
use crate::domain::event::{Event, ReleaseReason, What};
use crate::domain::ids::{Number, UserId};
use crate::domain::priority::Priority;
use crate::domain::ticket::Origin;
use crate::domain::tier::Tier;

super::sentences! {
    history_title(number: Number);
    history_page(page: usize, pages: usize);
    history_line(at: &str, what: &str);
    history_opened(priority: Priority, by: UserId);
    history_claimed(by: UserId);
    history_offered(who: UserId);
    history_accepted(by: UserId);
    history_escalated(by: UserId, from: Tier, to: Tier, text: &str);
    history_rejected(by: UserId, from: Tier, to: Tier, text: &str);
    history_deescalated(by: UserId, from: Tier, to: Tier, text: &str);
    history_reassessed(by: UserId, was: Priority, priority: Priority);
    history_recategorised(by: UserId, category: &str);
    history_released(from: UserId);
    history_unanswered(from: UserId);
    history_off_duty(from: UserId);
    history_given_back(from: UserId, text: &str);
    history_assigned(by: UserId, who: UserId);
    history_case_opened(by: UserId, vendor: &str, reference: &str);
    history_case_updated(by: UserId, vendor: &str, text: &str);
    history_case_closed(by: UserId, vendor: &str, text: &str);
    history_case_overdue(vendor: &str);
    history_waits_outside();
    history_answered_outside();
    history_reminded();
    history_no_answer();
    history_approval_asked(by: UserId, text: &str);
    history_approved(by: UserId);
    history_declined(by: UserId, text: &str);
    history_added(by: UserId, text: &str);
    history_merged(by: UserId, number: Number);
    history_absorbed(by: UserId, number: Number);
    history_unmerged(by: UserId, number: Number);
    history_parted(number: Number);
    history_split_off(by: UserId, number: Number);
    history_followed_up(number: Number);
    history_split_from(number: Number);
    history_follows(number: Number);
    history_related(by: UserId, number: Number);
    history_unrelated(by: UserId, number: Number);
    history_priority_set(by: UserId, was: Priority, priority: Priority);
    history_priority_set_because(by: UserId, was: Priority, priority: Priority, text: &str);
    history_extended(by: UserId);
    history_wrote();
    history_clock_warned(clock: &str, percent: u32);
    history_clock_breached(clock: &str, at: &str);
    history_breach_waived(by: UserId, clock: &str, text: &str);
    history_due_moved(clock: &str, due: &str);
    history_due_gone(clock: &str);
    history_person_added(by: UserId, who: UserId);
    history_person_removed(by: UserId, who: UserId);
    history_noted(by: UserId, text: &str);
    history_replied(by: UserId);
    history_asked(by: UserId, text: &str);
    history_resumed(by: UserId);
    history_answered();
    history_escalation_asked(by: UserId, text: &str);
    history_cancelled(by: UserId);
    history_resolved_itself(text: &str);
    history_resolved(by: UserId, text: &str);
    history_reopened(by: UserId, text: &str);
    history_closed();
    history_rated(by: UserId, score: u32);
    history_confirmed(by: UserId);
    history_problem_linked(by: UserId, problem: &str);
    history_problem_unlinked(by: UserId, problem: &str);
    history_major_joined(major: &str);
    history_major_left(major: &str);
    history_major_over(major: &str);
    history_moved(from: &str, to: &str);
    history_moved_back(from: &str, to: &str);
    history_empty();
    chain_title(number: Number);
    chain_none(number: Number, tier: Tier, at: Timestamp);
    chain_stay(tier: Tier, duration: &str);
    chain_waited_requester(duration: &str);
    chain_waited_vendor(duration: &str);
    chain_hop(at: &str, by: UserId);
    chain_now(tier: Tier, at: Timestamp, with: &str);
    chain_answer_accepted(by: UserId, after: &str);
    chain_answer_rejected(by: UserId, after: &str, text: &str);
    chain_answer_waits();
}

/// So much of a text stands in a line, in characters; the threads have all of it.
const TEXT: usize = 140;

/// An instant in the reader's own zone: of what is long past, the date says more than how long ago it was.
pub fn moment(at: Timestamp) -> String {
    format!("<t:{}:f>", at.as_second())
}

impl Words {
    /// One event as a line. To somebody from outside the desk it says where the ticket goes and no word of the staff's; what
    /// concerns the staff alone gives nothing.
    pub fn happened(&self, event: &Event, requester: UserId, insider: bool) -> Option<String> {
        let by = event.by.unwrap_or(requester);
        let short = |text: &str| plain::shown_line(&plain::cut(&plain::one_line(text), TEXT));
        let text = match &event.what {
            What::Opened { priority, .. } => self.history_opened(*priority, by),
            What::Claimed { .. } => self.history_claimed(by),
            What::Accepted { .. } => self.history_accepted(by),
            What::Offered { to, .. } if insider => self.history_offered(*to),
            What::Offered { .. } => return None,
            What::Escalated { hand_over, .. } if insider => {
                let summary = short(&hand_over.texts.summary);
                self.history_escalated(hand_over.by, hand_over.from, hand_over.to, &summary)
            }
            What::Escalated { hand_over, .. } => {
                self.history_moved(&self.tier(hand_over.from), &self.tier(hand_over.to))
            }
            What::Rejected {
                from, to, reason, ..
            } if insider => self.history_rejected(by, *from, *to, &short(reason)),
            What::Deescalated {
                from, to, reason, ..
            } if insider => self.history_deescalated(by, *from, *to, &short(reason)),
            What::Rejected { from, to, .. } | What::Deescalated { from, to, .. } => {
                self.history_moved_back(&self.tier(*from), &self.tier(*to))
            }
            What::Reassessed {
                priority_was,
                priority,
                ..
            } => self.history_reassessed(by, *priority_was, *priority),
            What::Recategorised { category, .. } => {
                let category = Category::from_key(category).unwrap_or(Category::other());
                self.history_recategorised(by, &self.category(category))
            }
            What::Released { from, reason, text } if insider => match (reason, text) {
                (ReleaseReason::GivenBack, Some(text)) => {
                    self.history_given_back(*from, &short(text))
                }
                (ReleaseReason::Unanswered, _) => self.history_unanswered(*from),
                (ReleaseReason::OffDuty | ReleaseReason::Away, _) => self.history_off_duty(*from),
                _ => self.history_released(*from),
            },
            What::Assigned { to, .. } if insider => self.history_assigned(by, *to),
            What::Noted { text } if insider => self.history_noted(by, &short(text)),
            What::Released { .. } | What::Assigned { .. } | What::Noted { .. } => return None,
            What::Replied { .. } => self.history_replied(by),
            What::Asked { text } => self.history_asked(by, &short(text)),
            What::Resumed if by == requester => self.history_answered(),
            What::Resumed => self.history_resumed(by),
            What::EscalationAsked { reason } => self.history_escalation_asked(by, &short(reason)),
            What::Cancelled { .. } => self.history_cancelled(by),
            What::Resolved { text, .. } if event.by.is_none() => {
                self.history_resolved_itself(&short(text))
            }
            What::Resolved { text, .. } => self.history_resolved(by, &short(text)),
            What::Reopened { reason, .. } => self.history_reopened(by, &short(reason)),
            // What the requester thinks of it is for them and for the leads.
            What::Rated { .. } if insider => return None,
            What::Rated { score, .. } => self.history_rated(by, u32::from(score.number())),
            What::CaseOpened { case } if insider => {
                self.history_case_opened(by, &short(&case.name), &short(&case.reference))
            }
            What::CaseUpdated { name, status, .. } if insider => {
                self.history_case_updated(by, &short(name), &short(status))
            }
            What::CaseClosed { name, status, .. } if insider => {
                self.history_case_closed(by, &short(name), &short(status))
            }
            What::CaseOverdue { name, .. } if insider => self.history_case_overdue(&short(name)),
            // The requester reads that an outside company was asked, and nothing of it.
            What::CaseOpened { .. } => self.history_waits_outside(),
            What::CaseUpdated { ours: true, .. } | What::CaseClosed { ours: true, .. } => {
                self.history_answered_outside()
            }
            What::CaseUpdated { .. } | What::CaseClosed { .. } | What::CaseOverdue { .. } => {
                return None;
            }
            What::Reminded { .. } => self.history_reminded(),
            What::NoAnswer if insider => self.history_no_answer(),
            What::NoAnswer => return None,
            What::ApprovalAsked { change } if insider => {
                self.history_approval_asked(by, &short(change))
            }
            What::ApprovalAnswered { yes, reason, .. } if insider => match reason {
                Some(reason) if !yes => self.history_declined(by, &short(reason)),
                _ => self.history_approved(by),
            },
            What::ApprovalAsked { .. } | What::ApprovalAnswered { .. } => return None,
            What::Added { text } => self.history_added(by, &short(text)),
            What::Merged { number, .. } => self.history_merged(by, *number),
            What::Absorbed { number, .. } => self.history_absorbed(by, *number),
            What::Unmerged { number, .. } => self.history_unmerged(by, *number),
            What::Parted { number, .. } => self.history_parted(*number),
            What::SplitOff { number, .. } => self.history_split_off(by, *number),
            What::FollowedUp { number, .. } => self.history_followed_up(*number),
            What::GrewFrom { number, origin, .. } => match origin {
                Origin::Split => self.history_split_from(*number),
                Origin::FollowUp => self.history_follows(*number),
            },
            What::Related { number, on, .. } if insider => {
                if *on {
                    self.history_related(by, *number)
                } else {
                    self.history_unrelated(by, *number)
                }
            }
            What::Related { .. } => return None,
            What::PrioritySet {
                was,
                priority,
                reason,
                ..
            } if insider => self.history_priority_set_because(by, *was, *priority, &short(reason)),
            What::PrioritySet { was, priority, .. } => {
                self.history_priority_set(by, *was, *priority)
            }
            What::Extended { .. } => self.history_extended(by),
            What::Wrote => self.history_wrote(),
            What::ClockWarned { clock, stage, .. } if insider => {
                self.history_clock_warned(&self.clock(*clock), stage.percent())
            }
            What::ClockBreached { clock, at, .. } if insider => {
                self.history_clock_breached(&self.clock(*clock), &moment(*at))
            }
            What::BreachWaived { clock, reason, .. } if insider => {
                self.history_breach_waived(by, &self.clock(*clock), &short(reason))
            }
            What::Climbed { page } if insider => self.climbed(page),
            What::DueMoved { clock, due, .. } if insider => match due {
                Some(due) => self.history_due_moved(&self.clock(*clock), &moment(*due)),
                None => self.history_due_gone(&self.clock(*clock)),
            },
            What::ClockWarned { .. }
            | What::ClockBreached { .. }
            | What::BreachWaived { .. }
            | What::Climbed { .. }
            | What::DueMoved { .. } => return None,
            What::PersonAdded { who } => self.history_person_added(by, *who),
            What::PersonRemoved { who } => self.history_person_removed(by, *who),
            What::ProblemLinked { problem } if insider => {
                self.history_problem_linked(by, &problem.to_string())
            }
            What::ProblemUnlinked { problem } if insider => {
                self.history_problem_unlinked(by, &problem.to_string())
            }
            What::MajorJoined { major, .. } if insider => {
                self.history_major_joined(&major.to_string())
            }
            What::MajorLeft { major, over: true } if insider => {
                self.history_major_over(&major.to_string())
            }
            What::MajorLeft { major, .. } if insider => self.history_major_left(&major.to_string()),
            What::MajorJoined { .. } | What::MajorLeft { .. } => return None,
            What::ProblemLinked { .. } | What::ProblemUnlinked { .. } => return None,
            What::RatingAsked | What::Locked | What::Watched { .. } => return None,
            What::Closed if event.by.is_some() => self.history_confirmed(by),
            What::Closed => self.history_closed(),
        };
        Some(self.history_line(&moment(event.at), &text))
    }
}
