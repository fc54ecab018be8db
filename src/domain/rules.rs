//! Who may do what to a ticket, and in which state: one table of data.
//!
//! It is `DOMAIN` 1.2 (states) and `SECURITY` 3.3 (the matrix) in one. A command's own gate answers "may you press this
//! at all?"; this answers "may you do this to this ticket, now?". Rows whose command is not built yet are marked
//! [`Built::Later`]: they hold what is agreed, and nothing asks for them.

use serde::{Deserialize, Serialize};

use super::people::{Actor, DeskRole};
use super::refusal::Refusal;
use super::ticket::{State, Ticket};
use super::tier::Tier;

/// What can be done to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// See it and its history.
    View,
    /// Take it out of the queue.
    Claim,
    /// Take what was offered or handed over.
    Accept,
    /// Send a hand-over back.
    Reject,
    /// Hand over to the next tier.
    Escalate,
    /// Hand over past a tier.
    EscalateSkip,
    /// End it.
    Resolve,
    /// Give it back to the queue.
    Release,
    /// Give it to somebody.
    Assign,
    /// Write a staff-only note, read the chain of hand-overs, watch it.
    Note,
    /// Answer the requester.
    Reply,
    /// Ask the requester, who owes the answer from then on.
    AskUser,
    /// Take up again what waits for somebody.
    Resume,
    /// Change impact, urgency, or category.
    Reassess,
    /// Hand over to a lower tier.
    Deescalate,
    /// Open, update, or close a vendor's case.
    Vendor,
    /// Withdraw before anybody answered.
    Cancel,
    /// Agree that it is solved.
    Confirm,
    /// Take it up again within the window.
    Reopen,
    /// Rate how it went.
    Rate,
    /// Ask for a higher tier, as requester.
    AskEscalation,
    /// Read all of its conversation.
    Transcript,
    /// Add or remove a participant.
    People,
    /// Ask for leave to make a change.
    AskApproval,
    /// Give it, or not.
    Approve,
    /// Merge into another ticket of the same requester, split, relate.
    Link,
    /// Merge into a ticket of another requester.
    MergeOther,
    /// Undo a merge.
    Unmerge,
    /// Open a ticket that follows a closed one.
    FollowUp,
    /// Add to it, as requester or participant.
    Add,
    /// Set the priority against the matrix.
    Override,
    /// Make the window for reopening longer.
    Extend,
    /// Not count a clock that ran out.
    Waive,
    /// Say that it is an incident of a problem, or is not.
    LinkProblem,
}

/// Whether a row's command exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Built {
    /// It does.
    Now,
    /// The row is what was agreed; the command comes later.
    Later,
}

/// What one column of the matrix grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Nothing.
    No,
    /// It is allowed.
    Yes,
    /// Allowed with a reason.
    WithReason,
    /// Allowed to the assignee.
    Assignee,
    /// Allowed to the assignee with a reason.
    AssigneeWithReason,
    /// Allowed on tickets at that tier.
    AtTier,
    /// Allowed on tickets at that tier or a lower one.
    AtTierOrLower,
    /// Allowed on tickets at that tier, and to the assignee wherever the ticket is.
    AtTierOrAssignee,
    /// Allowed on tickets at that tier or lower, and to the assignee.
    AtTierOrLowerOrAssignee,
    /// Allowed to the assignee while the ticket's priority is P1.
    AssigneeAtP1,
    /// Allowed to the assignee while the ticket's priority is P1 or P2.
    AssigneeAtP1OrP2,
}

use Grant::{
    Assignee as A, AssigneeAtP1 as A1, AssigneeAtP1OrP2 as A12, AssigneeWithReason as AR,
    AtTier as T, AtTierOrAssignee as TA, AtTierOrLower as TL, AtTierOrLowerOrAssignee as TLA,
    No as N, WithReason as R, Yes as Y,
};

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// For what.
    pub verb: Verb,
    /// Whether anything asks for it.
    pub built: Built,
    /// The states in which it can be done.
    pub from: &'static [State],
    /// What a requester may do to an own ticket.
    pub requester: Grant,
    /// What a participant may do.
    pub participant: Grant,
    /// What holders of L1, L2, and L3 may do.
    pub tiers: [Grant; 3],
    /// What a lead may do.
    pub lead: Grant,
}

const EVERY: &[State] = &State::ALL;
const ACTIVE: &[State] = &[
    State::New,
    State::Assigned,
    State::InProgress,
    State::WaitingUser,
    State::WaitingVendor,
];
const WORKED_ON: &[State] = &[State::InProgress, State::WaitingUser, State::WaitingVendor];
const WAITING: &[State] = &[State::WaitingUser, State::WaitingVendor];
const OFFERED: &[State] = &[State::New, State::Assigned];

/// The table. Columns: requester, participant, L1, L2, L3, lead. Members without a relation to the ticket and admins as
/// such have no column, because nothing here is granted to them.
pub const RULES: &[Rule] = &[
    row(Verb::View, Built::Now, EVERY, Y, Y, [TA, TLA, TLA], Y),
    row(Verb::Claim, Built::Now, &[State::New], N, N, [T, TL, TL], Y),
    row(Verb::Accept, Built::Now, OFFERED, N, N, [T, T, T], Y),
    row(Verb::Reject, Built::Now, OFFERED, N, N, [T, T, T], Y),
    row(Verb::Escalate, Built::Now, ACTIVE, N, N, [A, A, N], Y),
    row(
        Verb::EscalateSkip,
        Built::Now,
        ACTIVE,
        N,
        N,
        [A1, A12, N],
        R,
    ),
    row(Verb::Resolve, Built::Now, WORKED_ON, N, N, [A, A, A], R),
    row(Verb::Release, Built::Now, ACTIVE, N, N, [AR, AR, AR], R),
    row(Verb::Assign, Built::Now, ACTIVE, N, N, [N, TA, TA], Y),
    // A higher tier advises and watches without taking the ticket.
    row(Verb::Note, Built::Now, EVERY, N, N, [TA, TLA, TLA], Y),
    row(Verb::Reply, Built::Now, ACTIVE, N, N, [A, A, A], Y),
    row(
        Verb::AskUser,
        Built::Now,
        &[State::Assigned, State::InProgress],
        N,
        N,
        [A, A, A],
        Y,
    ),
    row(Verb::Resume, Built::Now, WAITING, N, N, [A, A, A], Y),
    row(Verb::Reassess, Built::Now, ACTIVE, N, N, [A, A, A], Y),
    row(Verb::Deescalate, Built::Now, ACTIVE, N, N, [N, AR, AR], R),
    row(Verb::Vendor, Built::Now, WORKED_ON, N, N, [A, A, A], Y),
    row(Verb::Cancel, Built::Now, ACTIVE, Y, N, [N, N, N], R),
    row(
        Verb::Confirm,
        Built::Now,
        &[State::Resolved],
        Y,
        N,
        [N, N, N],
        N,
    ),
    row(
        Verb::Reopen,
        Built::Now,
        &[State::Resolved],
        Y,
        N,
        [AR, AR, AR],
        R,
    ),
    row(
        Verb::Rate,
        Built::Now,
        &[State::Resolved, State::Closed],
        Y,
        N,
        [N, N, N],
        N,
    ),
    row(Verb::AskEscalation, Built::Now, ACTIVE, Y, N, [N, N, N], N),
    row(Verb::Transcript, Built::Now, EVERY, Y, N, [A, A, A], Y),
    row(Verb::People, Built::Now, ACTIVE, Y, N, [A, A, A], Y),
    row(Verb::AskApproval, Built::Now, WORKED_ON, N, N, [N, A, N], N),
    row(Verb::Approve, Built::Now, WORKED_ON, N, N, [N, N, TL], Y),
    row(Verb::Link, Built::Now, ACTIVE, N, N, [A, A, A], Y),
    row(Verb::MergeOther, Built::Now, ACTIVE, N, N, [N, N, N], R),
    row(
        Verb::Unmerge,
        Built::Now,
        &[State::Merged],
        N,
        N,
        [N, N, N],
        R,
    ),
    row(
        Verb::FollowUp,
        Built::Now,
        &[State::Closed],
        Y,
        N,
        [A, A, A],
        Y,
    ),
    row(Verb::Add, Built::Now, ACTIVE, Y, Y, [N, N, N], N),
    row(Verb::Override, Built::Now, ACTIVE, N, N, [N, N, N], R),
    row(
        Verb::Extend,
        Built::Now,
        &[State::Resolved],
        N,
        N,
        [N, N, N],
        R,
    ),
    row(Verb::Waive, Built::Now, EVERY, N, N, [N, N, N], R),
    row(
        Verb::LinkProblem,
        Built::Now,
        EVERY,
        N,
        N,
        [TA, TLA, TLA],
        Y,
    ),
];

const fn row(
    verb: Verb,
    built: Built,
    from: &'static [State],
    requester: Grant,
    participant: Grant,
    tiers: [Grant; 3],
    lead: Grant,
) -> Rule {
    Rule {
        verb,
        built,
        from,
        requester,
        participant,
        tiers,
        lead,
    }
}

/// A yes, and whether it needs a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    /// The actor may only do it with a reason.
    pub reason_needed: bool,
}

/// Whether `by` may do `verb` to `ticket`, by role and relation alone, whatever state it is in.
pub fn granted(verb: Verb, ticket: &Ticket, by: &Actor) -> Option<Permit> {
    let rule = RULES.iter().find(|rule| rule.verb == verb)?;
    let assignee = ticket.assignee == Some(by.user);
    // A confidential ticket is for named people: a tier or a lead's role alone opens nothing but the claim.
    let by_role_alone =
        !ticket.confidential || matches!(verb, Verb::Claim | Verb::Accept | Verb::Reject);
    let allowed = |grant: Grant, tier: Option<Tier>| {
        let at_tier = by_role_alone && tier == Some(ticket.tier);
        let at_or_below = by_role_alone && tier.is_some_and(|tier| tier >= ticket.tier);
        match grant {
            Grant::No => false,
            Grant::Yes | Grant::WithReason => true,
            Grant::Assignee | Grant::AssigneeWithReason => assignee,
            Grant::AtTier => at_tier,
            Grant::AtTierOrLower => at_or_below,
            Grant::AtTierOrAssignee => at_tier || assignee,
            Grant::AtTierOrLowerOrAssignee => at_or_below || assignee,
            Grant::AssigneeAtP1 => assignee && ticket.priority.rank() == 1,
            Grant::AssigneeAtP1OrP2 => assignee && ticket.priority.rank() <= 2,
        }
    };
    let mut grants: Vec<(Grant, Option<Tier>)> = Vec::new();
    if ticket.requester == by.user {
        grants.push((rule.requester, None));
    }
    if ticket.participants.contains(&by.user) {
        grants.push((rule.participant, None));
    }
    for tier in by.standing.tiers.iter() {
        grants.push((rule.tiers[usize::from(tier.level()) - 1], Some(tier)));
    }
    if by.standing.lead && (by_role_alone || assignee || ticket.participants.contains(&by.user)) {
        grants.push((rule.lead, None));
    }
    let mut granted = grants
        .into_iter()
        .filter(|(grant, tier)| allowed(*grant, *tier))
        .map(|(grant, _)| grant);
    let first = granted.next()?;
    let without_reason =
        |grant: Grant| !matches!(grant, Grant::WithReason | Grant::AssigneeWithReason);
    Some(Permit {
        reason_needed: !without_reason(first) && !granted.any(without_reason),
    })
}

/// Whether `by` may do `verb` to `ticket` now. The refusal names the present state when that is what stands against
/// it; who may not even see the ticket is told that there is none.
pub fn permit(verb: Verb, ticket: &Ticket, by: &Actor) -> Result<Permit, Refusal> {
    let Some(permit) = granted(verb, ticket, by) else {
        return Err(if granted(Verb::View, ticket, by).is_some() {
            Refusal::NotAllowed {
                verb,
                number: ticket.number,
            }
        } else {
            Refusal::NoSuchTicket {
                number: ticket.number,
            }
        });
    };
    let fits = RULES
        .iter()
        .any(|rule| rule.verb == verb && rule.from.contains(&ticket.state));
    if !fits {
        return Err(Refusal::WrongState {
            verb,
            number: ticket.number,
            state: ticket.state,
            assignee: ticket.assignee,
            tier: ticket.tier,
        });
    }
    Ok(permit)
}

/// The roles of the desk that may do `verb` in some case: what a refusal names when none of them is held.
pub fn roles_for(verb: Verb) -> Vec<DeskRole> {
    let Some(rule) = RULES.iter().find(|rule| rule.verb == verb) else {
        return Vec::new();
    };
    let tiers = Tier::ALL
        .into_iter()
        .zip(rule.tiers)
        .filter(|(_, grant)| *grant != N);
    let lead = (rule.lead != N).then_some(DeskRole::Lead);
    tiers
        .map(|(tier, _)| DeskRole::of_tier(tier))
        .chain(lead)
        .collect()
}

#[cfg(test)]
mod tests;
