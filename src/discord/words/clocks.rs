//! Clocks: what is promised, to whom which part of it is said, and what runs out.

use jiff::{SignedDuration, Timestamp};

use super::Words;
use super::history::moment;
use super::names::named;
use super::notices::{About, frame, framed, lines, mentions, pinging};
use super::parts::colour;
use crate::discord::plain;
use crate::discord::reply::Post;
use crate::domain::clocks::{ClockKind, Kept, StageKind, Status};
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::{ClockNotice, Destination, DigestLine};
use crate::domain::priority::Priority;

super::sentences! {
    field_clocks();
    field_promise();
    card_clock(clock: &str, due: &str, ago: Timestamp);
    card_clock_late(clock: &str, ago: Timestamp);
    card_clock_still(clock: &str, status: &str);
    promise_answer(due: &str);
    promise_closed(opens: &str, due: &str);
    promise_update(due: &str);
    promise_late(due: &str);
    notice_clock_warned_line(who: UserId, number: Number);
    notice_clock_leads(who: &str, number: Number);
    notice_clock_warned(number: Number, clock: &str, percent: u32, due: Timestamp);
    notice_clock_warned_still(number: Number, clock: &str, percent: u32);
    notice_clock_breached(number: Number, priority: Priority, clock: &str, at: Timestamp);
    notice_clock_with(who: UserId, age: &str);
    notice_clock_nobody(age: &str);
    notice_clock_late(late: &str);
    notice_clock_waived(by: UserId, number: Number, clock: &str);
    notice_clock_many(count: u32, late: &str);
    notice_clock_many_now(count: u32);
    notice_clock_daily(count: u32);
    notice_clock_line(number: Number, priority: Priority, clock: &str, at: Timestamp);
    notice_clock_line_warned(number: Number, priority: Priority, clock: &str, percent: u32, at: Timestamp);
    notice_clock_more(count: u32);
    sla_title(number: Number);
    sla_running(due: &str, ago: Timestamp, left: &str);
    sla_late(at: &str, over: &str);
    sla_late_before(at: &str);
    sla_late_ended(at: &str);
    sla_waived(at: &str);
    sla_paused(left: &str);
    sla_met();
    sla_policy(version: i64, priority: Priority, calendar: &str);
    sla_missed(count: u32);
    calendar_title();
    calendar_line(name: &str, hours: &str);
    calendar_holidays(count: usize);
    calendar_set(name: &str, hours: &str, count: usize);
    calendar_unknown(name: &str);
    holidays_title(name: &str);
    holidays_none();
    holidays_set(name: &str, count: usize, moved: usize);
    holidays_file_title(name: &str);
    holidays_file_head(count: usize, known: usize);
    holidays_file_open(day: &str);
    holidays_file_passed(count: usize);
    holidays_file_years(years: u32);
    holidays_file_known();
    holidays_file_bad();
    holidays_file_done(moved: usize);
    button_holidays_file();
    policy_title();
    policy_title_of(category: &str);
    policy_line(priority: Priority, first: &str, update: &str, solution: &str, calendar: &str);
    policy_own(categories: &str);
    policy_as_all(priorities: &str);
    policy_note();
    policy_warns(version: i64, percents: &str);
    policy_warns_not(version: i64);
    policy_set(version: i64);
    policy_same();
    placeholder_policy_category();
    choice_policy_all();
    placeholder_policy_change();
    placeholder_policy_warn();
    choice_policy_warn(percent: u32);
    button_policy_usual();
    form_policy(priority: Priority);
    form_policy_of(priority: Priority, category: &str);
    label_policy_first();
    label_policy_update();
    label_policy_solution();
    label_policy_calendar();
    placeholder_policy_target();
    placeholder_policy_update();
    recalc_title();
    recalc_head(version: i64, tickets: usize, moves: usize);
    recalc_late(count: usize);
    recalc_line(number: Number, clock: &str, was: &str, due: &str);
    recalc_more(count: usize);
    recalc_no_due();
    recalc_none(version: i64);
    recalc_changed();
    recalc_done(version: i64, tickets: usize, moves: usize);
    button_recalc();
    plan_title();
    plan_bad(count: usize);
    plan_fault(line: usize, what: &str);
    plan_nothing();
    plan_calendar_new(name: &str, hours: &str);
    plan_calendar(name: &str, was: &str, hours: &str);
    plan_days(name: &str, was: usize, count: usize);
    plan_warn(was: &str, percents: &str);
    plan_first();
    plan_update();
    plan_solution();
    plan_calendar_of();
    plan_terms(scope: &str, changes: &str);
    plan_moves(count: usize);
    steps_line(scope: &str, when: &str, does: &str);
    steps_usual(priority: Priority);
    steps_none(priority: Priority);
    step_unclaimed(after: &str);
    step_unaccepted(after: &str);
    step_no_update(after: &str);
    step_clock(percent: u32);
    step_breached();
    step_urgent();
    step_owner();
    step_calls(tiers: &str);
    step_leads_told();
    step_leads_called();
    step_raises();
    step_reassigns();
    step_repeats(every: &str, times: u32);
    plan_calendars_note();
    plan_done(version: i64, calendars: usize, moved: usize);
    button_plan();
    form_waive(number: Number);
    label_waive();
    waived(number: Number);
    button_waive();
}

impl Words {
    /// A clock, as it stands within a sentence.
    pub fn clock(&self, clock: ClockKind) -> String {
        self.say(&named("clock", clock.key()), &[])
    }

    /// How a clock stands, in a word or two.
    pub fn clock_status(&self, status: Status) -> String {
        self.say(&named("clock_status", status.key()), &[])
    }

    /// What staff read on a card: each clock that counts, stands still, or ran out. None where nothing does.
    pub fn clock_lines(&self, kept: &Kept) -> Option<String> {
        let line = |clock: ClockKind| {
            let standing = kept.standing(clock)?;
            let breach = kept.breach(clock).filter(|breach| !breach.waived);
            let named = self.clock(clock);
            match (standing.status, standing.due) {
                (Status::Breached, due) => {
                    let at = due.or(breach.map(|breach| breach.at))?;
                    Some(self.card_clock_late(&named, at))
                }
                (Status::Running, Some(due)) => Some(self.card_clock(&named, &moment(due), due)),
                (Status::Paused, _) => {
                    Some(self.card_clock_still(&named, &self.clock_status(Status::Paused)))
                }
                _ => None,
            }
        };
        let all: Vec<String> = ClockKind::ALL.into_iter().filter_map(line).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }

    /// What the requester is promised: when they hear from us next, and nothing of the desk's own clocks. None where they
    /// are promised nothing now.
    pub fn promise(&self, kept: &Kept) -> Option<String> {
        let stands = |clock, status| {
            let standing = kept.standing(clock)?;
            standing.due.filter(|_| standing.status == status)
        };
        let late = |clock| stands(clock, Status::Breached);
        if let Some(due) = stands(ClockKind::FirstResponse, Status::Running) {
            return Some(match kept.opens_at {
                Some(opens) => self.promise_closed(&moment(opens), &moment(due)),
                None => self.promise_answer(&moment(due)),
            });
        }
        if let Some(due) = late(ClockKind::FirstResponse).or(late(ClockKind::NextUpdate)) {
            return Some(self.promise_late(&moment(due)));
        }
        let due = stands(ClockKind::NextUpdate, Status::Running)?;
        Some(self.promise_update(&moment(due)))
    }

    /// A notice of this subject.
    pub(super) fn clock_notice(&self, notice: &ClockNotice, about: About<'_>) -> Post {
        let number = about.number();
        let late = |late: &Option<SignedDuration>| {
            late.map(|late| self.notice_clock_late(&self.duration(late)))
        };
        match notice {
            ClockNotice::Warned {
                clock,
                stage,
                due,
                to,
                late: noticed,
                call,
            } => {
                let (clock, percent) = (self.clock(*clock), stage.percent());
                let text = match due {
                    Some(due) => self.notice_clock_warned(number, &clock, percent, *due),
                    None => self.notice_clock_warned_still(number, &clock, percent),
                };
                let text = lines([Some(text), about.title(), late(noticed)]);
                // In the leads' channel it is the leads who are told.
                let owner = to.filter(|_| about.to != Destination::Leads);
                match owner {
                    None if !call.is_empty() => {
                        let line = self.notice_clock_leads(&mentions(call), number);
                        pinging(line, call.iter().copied()).with_embed(frame(text, colour::WAITS))
                    }
                    Some(who) => pinging(self.notice_clock_warned_line(who, number), [who])
                        .with_embed(frame(text, colour::WAITS)),
                    None => framed(text, colour::WAITS),
                }
            }
            ClockNotice::Breached {
                clock,
                at,
                priority,
                assignee,
                age,
                late: noticed,
                call,
            } => {
                let text = self.notice_clock_breached(number, *priority, &self.clock(*clock), *at);
                let age = self.duration(*age);
                let with = match assignee {
                    Some(who) => self.notice_clock_with(*who, &age),
                    None => self.notice_clock_nobody(&age),
                };
                let text = lines([Some(text), Some(with), late(noticed)]);
                let post = self.leads_notice(text, colour::URGENT, about);
                if call.is_empty() {
                    return post;
                }
                let line = self.notice_clock_leads(&mentions(call), number);
                Post {
                    embeds: post.embeds,
                    ..pinging(line, call.iter().copied())
                }
            }
            ClockNotice::Waived { by, clock, reason } => {
                let text = self.notice_clock_waived(*by, number, &self.clock(*clock));
                let text = lines([Some(text), reason.as_deref().map(plain::quoted)]);
                framed(text, colour::QUIET)
            }
            ClockNotice::Many {
                lines: listed,
                count,
                late,
            } => {
                let head = match late {
                    Some(late) => self.notice_clock_many(*count, &self.duration(*late)),
                    None => self.notice_clock_many_now(*count),
                };
                framed(self.digest(head, listed, *count), colour::URGENT)
            }
            ClockNotice::Daily {
                lines: listed,
                count,
            } => {
                let head = self.notice_clock_daily(*count);
                framed(self.digest(head, listed, *count), colour::WAITS)
            }
        }
    }

    /// Clocks in a post of many, and how many more there are.
    pub(in crate::discord) fn digest(
        &self,
        head: String,
        listed: &[DigestLine],
        count: u32,
    ) -> String {
        let mut all = vec![head];
        all.extend(listed.iter().map(|line| {
            let clock = self.clock(line.clock);
            match line.stage {
                StageKind::Breach => {
                    self.notice_clock_line(line.number, line.priority, &clock, line.at)
                }
                stage => self.notice_clock_line_warned(
                    line.number,
                    line.priority,
                    &clock,
                    stage.percent(),
                    line.at,
                ),
            }
        }));
        let more = count.saturating_sub(u32::try_from(listed.len()).unwrap_or(u32::MAX));
        if more > 0 {
            all.push(self.notice_clock_more(more));
        }
        all.join("\n")
    }
}
