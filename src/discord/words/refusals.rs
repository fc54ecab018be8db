//! An expected no in words: what happened, then what to do next.

use jiff::Timestamp;

use super::Words;
use crate::discord::plain;
use crate::domain::ids::{Number, UserId};
use crate::domain::refusal::{Expected, Limit, MergeBar, Refusal};
use crate::domain::rules::Verb;
use crate::domain::ticket::State;
use crate::domain::tier::Tier;

super::sentences! {
    refusal_no_such_ticket(number: Number);
    refusal_which_ticket();
    refusal_not_allowed(verb: &str, number: Number);
    refusal_for_requester(verb: &str, number: Number);
    refusal_for_requester_or_lead(verb: &str, number: Number);
    refusal_for_lead(verb: &str, number: Number);
    refusal_role_needed(roles: &str);
    refusal_wrong_state(number: Number, standing: &str, verb: &str, next: &str);
    refusal_changed_meanwhile(number: Number, standing: &str);
    refusal_offered_to_another(number: Number, who: UserId);
    refusal_own_ticket(number: Number);
    refusal_summary_too_short(length: usize, at_least: usize);
    refusal_hand_over_incomplete();
    refusal_nobody_above(number: Number, tier: Tier);
    refusal_not_above(tier: Tier, to: Tier);
    refusal_no_skipping(next: Tier);
    refusal_reason_needed();
    refusal_cannot_hide(number: Number);
    refusal_rating_over(number: Number);
    refusal_takes_part_already(number: Number, who: UserId);
    refusal_takes_no_part(number: Number, who: UserId);
    refusal_too_many_people(number: Number, at_most: usize);
    refusal_merge_itself(number: Number);
    refusal_merge_confidential(number: Number, into: Number);
    refusal_merge_ended(into: Number);
    refusal_merge_settled(number: Number);
    refusal_extended_already(number: Number);
    refusal_nothing_to_waive(number: Number);
    refusal_only_for_yourself();
    refusal_is_bot(who: UserId);
    refusal_lesson_needed(number: Number);
    refusal_approval_needed(number: Number);
    refusal_no_approval_needed(number: Number);
    refusal_nothing_to_approve(number: Number);
    refusal_vendor_by_higher_tier(number: Number);
    refusal_no_open_case(number: Number);
    refusal_which_case(number: Number);
    refusal_no_such_vendor(typed: &str);
    refusal_reference_taken(reference: &str);
    refusal_bad_hours();
    refusal_bad_hours_because(why: &str);
    refusal_bad_target(typed: &str, clock: &str);
    refusal_no_such_calendar(typed: &str);
    refusal_file_too_large(kilobytes: u32);
    refusal_file_not_read();
    refusal_file_no_text();
    refusal_promises_changed();
    refusal_nothing_said();
    refusal_nobody_free(number: Number, tier: Tier);
    refusal_their_own(number: Number, who: UserId);
    refusal_has_it_already(number: Number, who: UserId);
    refusal_holds_no_role(who: UserId, tier: Tier);
    refusal_off_duty(who: UserId);
    refusal_away_until();
    refusal_no_deputy(who: UserId);
    refusal_bad_capacity(at_most: u32);
    refusal_no_such_shift();
    refusal_shift_name_taken(name: &str);
    refusal_too_many_shifts(at_most: usize);
    refusal_asked_another(who: UserId);
    refusal_whose_tickets();
    refusal_not_on_the_desk(who: UserId);
    refusal_nobody_below(number: Number, tier: Tier);
    refusal_asked_lately(number: Number, again: &str);
    refusal_text_too_short(length: usize, at_least: usize);
    refusal_article_or_why_none();
    refusal_no_draft_here();
    refusal_no_draft_confidential(number: Number);
    refusal_draft_changed(by: UserId);
    refusal_no_such_draft(name: &str);
    refusal_draft_elsewhere(name: &str, stage: &str);
    refusal_own_draft();
    refusal_article_moved(title: &str);
    refusal_article_faulty(why: &str);
    refusal_article_too_long(path: &str);
    refusal_article_file(path: &str, why: &str);
    refusal_no_such_article(typed: &str);
    refusal_too_many_asks(allowed: u32, again: &str);
    refusal_too_many_guild_asks(again: &str);
    refusal_too_many_openings(allowed: u32, again: &str);
    refusal_too_many_openings_per_day(allowed: u32, again: &str);
    refusal_too_many_open_tickets(allowed: u32);
    refusal_too_many_guesses(again: &str);
    refusal_too_many_reminders(allowed: u32);
    again_at(when: Timestamp);
    again_later();
    refusal_already_opened(number: Number);
    refusal_not_set_up();
    refusal_first_set_up();
    refusal_stale_button();
    refusal_empty_question();
    refusal_which_desk();
    refusal_server_only();
    refusal_bad_input(field: &str, expected: &str);
    refusal_busy();
    expected_ticket_number();
    expected_one_of_the_choices();
    expected_quiet_hours();
    expected_time_of_day();
    expected_text();
    expected_role();
    expected_text_channel();
    expected_span();
    next_claim_first();
    next_accept_first();
    next_offered();
    next_no_hand_over();
    next_somebody_has_it();
    next_ended();
    next_reopen();
    next_confirm();
    next_say_so();
    failed(reference: &str);
}

/// So much of what somebody typed is repeated in a sentence, in characters.
const REPEATED: usize = 60;

impl Words {
    /// Why something was not done, and what to do next.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::NoSuchTicket { number } => self.refusal_no_such_ticket(*number),
            Refusal::WhichTicket => self.refusal_which_ticket(),
            Refusal::NotAllowed { verb, number } => {
                let named = self.verb(*verb);
                match verb {
                    Verb::Confirm | Verb::Rate | Verb::AskEscalation => {
                        self.refusal_for_requester(&named, *number)
                    }
                    Verb::MergeOther
                    | Verb::Unmerge
                    | Verb::Override
                    | Verb::Extend
                    | Verb::Waive => self.refusal_for_lead(&named, *number),
                    Verb::Cancel => self.refusal_for_requester_or_lead(&named, *number),
                    _ => self.refusal_not_allowed(&named, *number),
                }
            }
            Refusal::RoleNeeded { roles } => self.refusal_role_needed(&self.any_of(roles)),
            Refusal::WrongState {
                verb,
                number,
                state,
                assignee,
                tier,
            } => self.refusal_wrong_state(
                *number,
                &self.standing(*state, *assignee, *tier),
                &self.verb(*verb),
                &self.next_step(*verb, *state),
            ),
            Refusal::ChangedMeanwhile {
                number,
                state,
                assignee,
                tier,
            } => self.refusal_changed_meanwhile(*number, &self.standing(*state, *assignee, *tier)),
            Refusal::OfferedToAnother { number, to } => {
                self.refusal_offered_to_another(*number, *to)
            }
            Refusal::OwnTicket { number } => self.refusal_own_ticket(*number),
            Refusal::SummaryTooShort { length, at_least } => {
                self.refusal_summary_too_short(*length, *at_least)
            }
            Refusal::HandOverIncomplete => self.refusal_hand_over_incomplete(),
            Refusal::NobodyAbove { number, tier } => self.refusal_nobody_above(*number, *tier),
            Refusal::NotAbove { tier, to } => self.refusal_not_above(*tier, *to),
            Refusal::NoSkipping { next } => self.refusal_no_skipping(*next),
            Refusal::ReasonNeeded => self.refusal_reason_needed(),
            Refusal::TextTooShort { length, at_least } => {
                self.refusal_text_too_short(*length, *at_least)
            }
            Refusal::ArticleOrWhyNone => self.refusal_article_or_why_none(),
            Refusal::NoDraftHere {
                number,
                confidential: true,
            } => self.refusal_no_draft_confidential(*number),
            Refusal::NoDraftHere { .. } => self.refusal_no_draft_here(),
            Refusal::DraftChanged { by } => self.refusal_draft_changed(*by),
            Refusal::NoSuchDraft { name } => self.refusal_no_such_draft(&name.to_string()),
            Refusal::DraftElsewhere { name, stage } => {
                self.refusal_draft_elsewhere(&name.to_string(), &self.stage(*stage))
            }
            Refusal::OwnDraft => self.refusal_own_draft(),
            Refusal::ArticleMoved { title } => {
                self.refusal_article_moved(&plain::shown_line(title))
            }
            Refusal::ArticleFaulty { why } => self.refusal_article_faulty(&plain::shown(why)),
            Refusal::ArticleTooLong { path } => self.refusal_article_too_long(path),
            Refusal::ArticleFile { path, why } => {
                self.refusal_article_file(path, &plain::shown_line(why))
            }
            Refusal::NoSuchArticle { typed } => self.refusal_no_such_article(&repeated(typed)),
            Refusal::TooMany {
                of,
                allowed,
                again_at,
            } => self.too_many(*of, *allowed, *again_at),
            Refusal::AlreadyOpened { number } => self.refusal_already_opened(*number),
            Refusal::NotSetUp => self.refusal_not_set_up(),
            Refusal::FirstSetUp => self.refusal_first_set_up(),
            Refusal::StaleButton => self.refusal_stale_button(),
            Refusal::EmptyQuestion => self.refusal_empty_question(),
            Refusal::CannotHide { number } => self.refusal_cannot_hide(*number),
            Refusal::RatingOver { number } => self.refusal_rating_over(*number),
            Refusal::TakesPartAlready { number, who } => {
                self.refusal_takes_part_already(*number, *who)
            }
            Refusal::TakesNoPart { number, who } => self.refusal_takes_no_part(*number, *who),
            Refusal::TooManyPeople { number, at_most } => {
                self.refusal_too_many_people(*number, *at_most)
            }
            Refusal::CannotMerge { number, into, why } => match why {
                MergeBar::Itself => self.refusal_merge_itself(*number),
                MergeBar::Confidential => self.refusal_merge_confidential(*number, *into),
                MergeBar::Ended => self.refusal_merge_ended(*into),
            },
            Refusal::MergeSettled { number } => self.refusal_merge_settled(*number),
            Refusal::NothingToWaive { number } => self.refusal_nothing_to_waive(*number),
            Refusal::ExtendedAlready { number } => self.refusal_extended_already(*number),
            Refusal::OnlyForYourself => self.refusal_only_for_yourself(),
            Refusal::IsBot { who } => self.refusal_is_bot(*who),
            Refusal::LessonNeeded { number } => self.refusal_lesson_needed(*number),
            Refusal::ApprovalNeeded { number } => self.refusal_approval_needed(*number),
            Refusal::NoApprovalNeeded { number } => self.refusal_no_approval_needed(*number),
            Refusal::NothingToApprove { number } => self.refusal_nothing_to_approve(*number),
            Refusal::VendorByHigherTier { number } => self.refusal_vendor_by_higher_tier(*number),
            Refusal::NoOpenCase { number } => self.refusal_no_open_case(*number),
            Refusal::WhichCase { number } => self.refusal_which_case(*number),
            Refusal::NoSuchVendor { typed } => self.refusal_no_such_vendor(&repeated(typed)),
            Refusal::ReferenceTaken { reference } => {
                self.refusal_reference_taken(&repeated(reference))
            }
            Refusal::BadHours { why } => match why {
                Some(why) => self.refusal_bad_hours_because(&plain::shown_line(why)),
                None => self.refusal_bad_hours(),
            },
            Refusal::BadTarget { clock, typed } => {
                self.refusal_bad_target(&repeated(typed), &self.clock(*clock))
            }
            Refusal::NoSuchCalendar { typed } => self.refusal_no_such_calendar(&repeated(typed)),
            Refusal::FileTooLarge { kilobytes } => self.refusal_file_too_large(*kilobytes),
            Refusal::FileNotRead => self.refusal_file_not_read(),
            Refusal::FileNoText => self.refusal_file_no_text(),
            Refusal::PromisesChanged => self.refusal_promises_changed(),
            Refusal::NothingSaid => self.refusal_nothing_said(),
            Refusal::NobodyFree { number, tier } => self.refusal_nobody_free(*number, *tier),
            Refusal::TheirOwn { number, who } => self.refusal_their_own(*number, *who),
            Refusal::HasItAlready { number, who } => self.refusal_has_it_already(*number, *who),
            Refusal::HoldsNoRole { who, tier } => self.refusal_holds_no_role(*who, *tier),
            Refusal::OffDuty { who } => self.refusal_off_duty(*who),
            Refusal::AwayUntil => self.refusal_away_until(),
            Refusal::NoDeputy { who } => self.refusal_no_deputy(*who),
            Refusal::BadCapacity { at_most } => self.refusal_bad_capacity(*at_most),
            Refusal::NoSuchShift => self.refusal_no_such_shift(),
            Refusal::ShiftNameTaken { name } => {
                self.refusal_shift_name_taken(&plain::shown_line(name))
            }
            Refusal::TooManyShifts { at_most } => self.refusal_too_many_shifts(*at_most),
            Refusal::AskedAnother { who } => self.refusal_asked_another(*who),
            Refusal::WhoseTickets => self.refusal_whose_tickets(),
            Refusal::NotOnTheDesk { who } => self.refusal_not_on_the_desk(*who),
            Refusal::NobodyBelow { number, tier } => self.refusal_nobody_below(*number, *tier),
            Refusal::AskedLately { number, again_at } => {
                self.refusal_asked_lately(*number, &self.again_at(*again_at))
            }
            Refusal::WhichDesk => self.refusal_which_desk(),
            Refusal::ServerOnly => self.refusal_server_only(),
            Refusal::BadInput { field, expected } => {
                self.refusal_bad_input(&repeated(field), &self.expected(*expected))
            }
            Refusal::Busy => self.refusal_busy(),
            Refusal::Major(refusal) => self.major_refusal(refusal),
            Refusal::Problem(refusal) => self.problem_refusal(refusal),
        }
    }

    fn too_many(&self, of: Limit, allowed: u32, again_at: Option<Timestamp>) -> String {
        let again = again_at.map_or_else(|| self.again_later(), |when| self.again_at(when));
        match of {
            Limit::Asks => self.refusal_too_many_asks(allowed, &again),
            Limit::GuildAsks => self.refusal_too_many_guild_asks(&again),
            Limit::Openings => self.refusal_too_many_openings(allowed, &again),
            Limit::OpeningsPerDay => self.refusal_too_many_openings_per_day(allowed, &again),
            Limit::OpenTickets => self.refusal_too_many_open_tickets(allowed),
            Limit::Guesses => self.refusal_too_many_guesses(&again),
            Limit::Reminders => self.refusal_too_many_reminders(allowed),
        }
    }

    fn expected(&self, expected: Expected) -> String {
        match expected {
            Expected::TicketNumber => self.expected_ticket_number(),
            Expected::QuietHours => self.expected_quiet_hours(),
            Expected::TimeOfDay => self.expected_time_of_day(),
            Expected::OneOfTheChoices => self.expected_one_of_the_choices(),
            Expected::Text => self.expected_text(),
            Expected::Role => self.expected_role(),
            Expected::TextChannel => self.expected_text_channel(),
            Expected::Span => self.expected_span(),
        }
    }

    /// What helps somebody who wanted to do `verb` to a ticket in `state`.
    fn next_step(&self, verb: Verb, state: State) -> String {
        match state {
            State::Resolved if verb == Verb::Cancel => self.next_confirm(),
            State::Resolved => self.next_reopen(),
            _ if verb == Verb::Cancel && state.active() => self.next_say_so(),
            State::Closed | State::Cancelled | State::Merged => self.next_ended(),
            State::New | State::Assigned if verb == Verb::Reject => self.next_no_hand_over(),
            State::New => self.next_claim_first(),
            State::Assigned if verb == Verb::Claim => self.next_offered(),
            State::Assigned => self.next_accept_first(),
            State::InProgress | State::WaitingUser | State::WaitingVendor => {
                self.next_somebody_has_it()
            }
        }
    }
}

/// What somebody typed, safe to stand between quotation marks or backticks.
fn repeated(typed: &str) -> String {
    plain::shown_line(&plain::cut(&plain::one_line(typed), REPEATED))
}
