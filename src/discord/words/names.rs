//! What things are called: states, answers, tiers, verbs, durations.

use jiff::SignedDuration;

use super::Words;
use crate::domain::category::Category;
use crate::domain::clocks::{ClockKind, Status};
use crate::domain::ids::UserId;
use crate::domain::people::DeskRole;
use crate::domain::priority::{Impact, Priority, Urgency};
use crate::domain::problem::ProblemState;
use crate::domain::rules::{RULES, Verb};
use crate::domain::ticket::{Code, State, Ticket};
use crate::domain::tier::Tier;

super::sentences! {
    priority_line(priority: Priority, affected: &str, can_work: &str);
    list_and(first: &str, last: &str);
    list_or(first: &str, last: &str);
    list_comma(first: &str, last: &str);
    something_unknown();
    duration_moment();
    duration_minutes(minutes: i64);
    duration_hours(hours: i64, minutes: i64);
    duration_days(days: i64, hours: i64);
    standing_plain(state: &str);
    standing_queue(state: &str, tier: Tier);
    standing_offered(state: &str, who: UserId);
    standing_by(state: &str, who: UserId);
}

/// The names that are not said by a function of their own but by their thing's key: `state_new`, `tier_l2`.
pub(super) fn by_key() -> impl Iterator<Item = String> {
    let keyed = |kind: &str, keys: Vec<&str>| -> Vec<String> {
        keys.into_iter().map(|key| named(kind, key)).collect()
    };
    let impacts = || Impact::ALL.iter().map(|impact| impact.key()).collect();
    let urgencies = || Urgency::ALL.iter().map(|urgency| urgency.key()).collect();
    [
        keyed(
            "state",
            State::ALL.iter().map(|state| state.key()).collect(),
        ),
        keyed(
            "code",
            Code::ALL
                .iter()
                .chain([&Code::NoResponse])
                .map(|code| code.key())
                .collect(),
        ),
        keyed(
            "category",
            Category::ALL.iter().map(|category| category.key).collect(),
        ),
        keyed(
            "clock",
            ClockKind::ALL.iter().map(|clock| clock.key()).collect(),
        ),
        keyed(
            "clock_status",
            Status::ALL.iter().map(|status| status.key()).collect(),
        ),
        keyed("impact", impacts()),
        keyed("urgency", urgencies()),
        keyed("affected", impacts()),
        keyed("can_work", urgencies()),
        keyed(
            "tier",
            Tier::ALL.iter().map(|tier| tier_key(*tier)).collect(),
        ),
        keyed(
            "problem",
            ProblemState::ALL.iter().map(|state| state.key()).collect(),
        ),
        keyed(
            "verb",
            RULES.iter().map(|rule| verb_key(rule.verb)).collect(),
        ),
    ]
    .into_iter()
    .flatten()
}

pub(super) fn named(kind: &str, key: &str) -> String {
    format!("{kind}_{}", key.replace('-', "_"))
}

impl Words {
    /// A state, in a word or two.
    pub fn state(&self, state: State) -> String {
        self.say(&named("state", state.key()), &[])
    }

    /// A problem's state, in a word or two.
    pub fn problem_state(&self, state: ProblemState) -> String {
        self.say(&named("problem", state.key()), &[])
    }

    /// How a ticket ended.
    pub fn code(&self, code: Code) -> String {
        self.say(&named("code", code.key()), &[])
    }

    /// A category.
    pub fn category(&self, category: &Category) -> String {
        self.say(&named("category", category.key), &[])
    }

    /// An answer to "How many are affected?", as the requester chooses it.
    pub fn impact(&self, impact: Impact) -> String {
        self.say(&named("impact", impact.key()), &[])
    }

    /// An answer to "Can you work?", as the requester chooses it.
    pub fn urgency(&self, urgency: Urgency) -> String {
        self.say(&named("urgency", urgency.key()), &[])
    }

    /// A tier in a requester's words.
    pub fn tier(&self, tier: Tier) -> String {
        self.say(&named("tier", tier_key(tier)), &[])
    }

    /// What can be done to a ticket, as it stands after "you cannot".
    pub fn verb(&self, verb: Verb) -> String {
        self.say(&named("verb", verb_key(verb)), &[])
    }

    /// A ticket's priority, with the two answers that make it.
    pub fn priority(&self, ticket: &Ticket) -> String {
        self.priority_line(
            ticket.priority,
            &self.say(&named("affected", ticket.impact.key()), &[]),
            &self.say(&named("can_work", ticket.urgency.key()), &[]),
        )
    }

    /// Where a ticket stands, within a sentence: its state, and who has it or whose queue it is in.
    pub fn standing(&self, state: State, assignee: Option<UserId>, tier: Tier) -> String {
        let name = self.state(state);
        match (state, assignee) {
            (State::New, _) => self.standing_queue(&name, tier),
            (State::Assigned, Some(who)) => self.standing_offered(&name, who),
            (State::Closed | State::Cancelled | State::Merged, _) | (_, None) => {
                self.standing_plain(&name)
            }
            (_, Some(who)) => self.standing_by(&name, who),
        }
    }

    /// How long something took.
    pub fn duration(&self, duration: SignedDuration) -> String {
        let minutes = duration.as_mins().max(0);
        let (hours, days) = (minutes / 60, minutes / (60 * 24));
        if days > 0 {
            self.duration_days(days, hours % 24)
        } else if hours > 0 {
            self.duration_hours(hours, minutes % 60)
        } else if minutes > 0 {
            self.duration_minutes(minutes)
        } else {
            self.duration_moment()
        }
    }

    /// The desk's roles of which one is enough, as their roles are named at set-up.
    pub fn any_of(&self, roles: &[DeskRole]) -> String {
        let names: Vec<String> = roles.iter().map(ToString::to_string).collect();
        self.listed(&names, Self::list_or)
    }

    /// All of these things.
    pub fn all_of(&self, things: &[String]) -> String {
        self.listed(things, Self::list_and)
    }

    fn listed(&self, things: &[String], joined: fn(&Self, &str, &str) -> String) -> String {
        match things {
            [] => self.something_unknown(),
            [only] => only.clone(),
            [first @ .., last] => {
                let first = first
                    .iter()
                    .cloned()
                    .reduce(|first, next| self.list_comma(&first, &next))
                    .unwrap_or_default();
                joined(self, &first, last)
            }
        }
    }
}

fn tier_key(tier: Tier) -> &'static str {
    DeskRole::of_tier(tier).key()
}

fn verb_key(verb: Verb) -> &'static str {
    match verb {
        Verb::View => "view",
        Verb::Claim => "claim",
        Verb::Accept => "accept",
        Verb::Reject => "reject",
        Verb::Escalate => "escalate",
        Verb::EscalateSkip => "escalate_skip",
        Verb::Resolve => "resolve",
        Verb::Release => "release",
        Verb::Assign => "assign",
        Verb::Note => "note",
        Verb::Reply => "reply",
        Verb::AskUser => "ask_user",
        Verb::Resume => "resume",
        Verb::Reassess => "reassess",
        Verb::Deescalate => "deescalate",
        Verb::Vendor => "vendor",
        Verb::Cancel => "cancel",
        Verb::Confirm => "confirm",
        Verb::Reopen => "reopen",
        Verb::Rate => "rate",
        Verb::AskEscalation => "ask_escalation",
        Verb::Transcript => "transcript",
        Verb::People => "people",
        Verb::AskApproval => "ask_approval",
        Verb::Approve => "approve",
        Verb::Link => "link",
        Verb::MergeOther => "merge_other",
        Verb::Unmerge => "unmerge",
        Verb::FollowUp => "follow_up",
        Verb::Add => "add",
        Verb::Override => "override",
        Verb::Extend => "extend",
        Verb::Waive => "waive",
        Verb::LinkProblem => "link_problem",
    }
}
