//! Random lives of two tickets, held against a second, smaller telling of `DOMAIN` 1.2: where they stand after each command,
//! and that what is refused changes nothing.

use super::*;
use crate::domain::people::Standing;
use crate::domain::tier::TierSet;

const MIA: UserId = UserId(1);
const LEAD: UserId = UserId(90);
/// Who does something: the requester, technicians of L1 (11), L2 (21, 22) and L3 (31), a lead, and a stranger.
const PEOPLE: [UserId; 7] = [
    MIA,
    UserId(11),
    UserId(21),
    UserId(22),
    UserId(31),
    LEAD,
    UserId(5),
];

#[derive(Clone, Copy, Debug)]
enum Command {
    Claim,
    Accept,
    Reject,
    Escalate,
    Release,
    Assign(usize),
    Note,
    Reply,
    AskUser,
    Resume,
    Deescalate,
    Cancel,
    Resolve,
    Confirm,
    Reopen,
    Rate,
    AskEscalation,
    Write,
    Add,
    OpenCase,
    /// The vendor goes on, or it is our turn.
    UpdateCase(bool),
    CloseCase,
    AskApproval,
    Approve(bool),
    /// P1, or what the matrix says.
    SetPriority(bool),
    Extend,
    /// Into the other ticket.
    Merge,
    Unmerge,
    Relate,
}

fn level(user: UserId) -> Option<u8> {
    match user.0 {
        11 => Some(1),
        21 | 22 => Some(2),
        31 => Some(3),
        _ => None,
    }
}

fn actor(user: UserId) -> Actor {
    let tiers = level(user)
        .and_then(Tier::from_level)
        .map_or(TierSet::NONE, |tier| TierSet::NONE.with(tier));
    Actor {
        user,
        name: format!("user {user}"),
        standing: Standing {
            tiers,
            lead: user == LEAD,
            ..Standing::default()
        },
    }
}

/// The small telling.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Model {
    /// The second ticket is about rights: changes need leave, and L1 calls no vendor.
    about_rights: bool,
    state: State,
    tier: u8,
    who: Option<UserId>,
    /// From which tier, and who sent it.
    handed: Option<(u8, UserId)>,
    bounces: [u8; 2],
    lead_decides: bool,
    waits: Option<State>,
    replied: bool,
    asked: bool,
    priority: u8,
    set: bool,
    extended: bool,
    /// How the vendor calls it, and whether they still work on it.
    cases: Vec<(String, bool)>,
    /// Asked for, and the answer.
    leave: Option<Option<bool>>,
    /// How it stood before it was merged.
    merged: Option<(State, Option<UserId>, Option<State>)>,
}

impl Model {
    fn born(about_rights: bool) -> Self {
        Self {
            about_rights,
            state: State::New,
            tier: 1,
            who: None,
            handed: None,
            bounces: [0; 2],
            lead_decides: false,
            waits: None,
            replied: false,
            asked: false,
            priority: 4,
            set: false,
            extended: false,
            cases: Vec::new(),
            leave: None,
            merged: None,
        }
    }

    /// Whoever has it, or else could.
    fn holder(&self) -> UserId {
        self.who.unwrap_or(UserId(u64::from(self.tier) * 10 + 1))
    }

    fn active(&self) -> bool {
        use State::{Assigned, InProgress, New, WaitingUser, WaitingVendor};
        matches!(
            self.state,
            New | Assigned | InProgress | WaitingUser | WaitingVendor
        )
    }

    fn end_cases(&mut self) {
        for (_, open) in &mut self.cases {
            *open = false;
        }
    }

    fn at_vendor(&self) -> bool {
        self.cases.iter().any(|(_, open)| *open)
    }

    /// Nobody has it, and who owes an answer goes on owing it.
    fn give_up(&mut self) {
        if matches!(self.state, State::WaitingUser | State::WaitingVendor) {
            self.waits = Some(self.state);
        }
        self.queue();
    }

    fn take(&mut self, by: UserId) {
        self.state = self.waits.take().unwrap_or(State::InProgress);
        self.who = Some(by);
        self.handed = None;
        self.lead_decides = false;
    }

    fn queue(&mut self) {
        self.who = None;
        self.state = State::New;
    }

    fn offer(&mut self, to: Option<UserId>) {
        if to.is_some() {
            self.who = to;
            self.state = State::Assigned;
        }
    }

    /// All are equally busy: the lowest id but the sender's, and never who gave it back.
    fn next(&self, but: Option<UserId>) -> Option<UserId> {
        if self.lead_decides || self.priority == 1 {
            return None;
        }
        let sender = self.handed.map(|(_, sender)| sender);
        // `crew` in the other tests gives Ivo (21) more to do than Lena (22).
        let order = [11, 22, 21, 31].map(UserId);
        let mut able = order
            .into_iter()
            .filter(|user| level(*user) == Some(self.tier) && Some(*user) != but);
        let all: Vec<UserId> = able.by_ref().collect();
        let others = all.iter().find(|user| Some(**user) != sender);
        others.or(all.first()).copied()
    }

    /// Where it and the other one stand after `by` did `command`; nothing when they may not.
    fn after(&self, other: &Self, command: Command, by: UserId) -> Option<(Self, Self)> {
        use State::{
            Assigned, Cancelled, Closed, InProgress, Merged, New, Resolved, WaitingUser,
            WaitingVendor,
        };
        let (mut next, mut beside) = (self.clone(), other.clone());
        let lead = by == LEAD;
        let tier = level(by);
        let here = tier == Some(self.tier);
        let has = self.who == Some(by) && tier.is_some();
        let active = self.active();
        let working = matches!(self.state, InProgress | WaitingUser | WaitingVendor);
        let at_work = working && (has || lead);
        let allowed = match command {
            Command::Claim => self.state == New && (tier >= Some(self.tier) || lead),
            Command::Accept => {
                matches!(self.state, New | Assigned)
                    && (here || lead)
                    && (self.who.is_none() || self.who == Some(by) || lead)
            }
            Command::Reject => {
                matches!(self.state, New | Assigned) && (here || lead) && self.handed.is_some()
            }
            Command::Escalate => {
                active && self.tier < 3 && (lead || has && tier.is_some_and(|tier| tier < 3))
            }
            Command::Release => active && self.who.is_some() && (has || lead),
            Command::Assign(to) => {
                let to = PEOPLE[to];
                let may = lead || tier >= Some(2) && (here || has);
                active && may && level(to) == Some(self.tier) && self.who != Some(to)
            }
            Command::Note => tier >= Some(self.tier) || has || lead,
            Command::Reply => active && (has || lead),
            Command::AskUser => {
                let accepts = self.state == Assigned && has && self.waits.is_none();
                accepts || self.state == InProgress && (has || lead)
            }
            Command::Resume => at_work && self.state != InProgress,
            Command::Deescalate => {
                active && self.tier > 1 && (lead || has && tier.is_some_and(|tier| tier > 1))
            }
            Command::Cancel => {
                by == MIA && matches!(self.state, New | Assigned) && !self.replied || active && lead
            }
            Command::Resolve => {
                let needs_leave = self.about_rights && self.tier == 2 && !lead && tier != Some(3);
                at_work && (!needs_leave || self.leave == Some(Some(true)))
            }
            Command::Confirm => self.state == Resolved && by == MIA,
            Command::Reopen => self.state == Resolved && (by == MIA || has || lead),
            Command::Rate => matches!(self.state, Resolved | Closed) && by == MIA,
            Command::AskEscalation => active && by == MIA && !self.asked,
            Command::Write => true,
            Command::Add => active && by == MIA,
            Command::OpenCase => at_work && (lead || tier > Some(1) || !self.about_rights),
            Command::UpdateCase(_) | Command::CloseCase => at_work && self.at_vendor(),
            Command::AskApproval => working && has && tier == Some(2) && self.about_rights,
            Command::Approve(_) => working && (tier == Some(3) || lead) && self.leave == Some(None),
            Command::SetPriority(_) => active && lead,
            Command::Extend => self.state == Resolved && lead && !self.extended,
            Command::Merge => {
                active && (has || lead) && (other.active() || other.state == Resolved)
            }
            Command::Unmerge => self.state == Merged && lead,
            Command::Relate => active && (has || lead),
        };
        if !allowed {
            return None;
        }
        match command {
            Command::Claim | Command::Accept => next.take(by),
            Command::Reject => {
                let (from, sender) = self.handed?;
                let bounced = &mut next.bounces[usize::from(self.tier) - 2];
                *bounced += 1;
                next.lead_decides |= *bounced >= 2;
                (next.tier, next.handed, next.waits) = (from, None, None);
                next.queue();
                let back = level(sender) == Some(from) && !next.lead_decides;
                next.offer(back.then_some(sender));
            }
            Command::Escalate => {
                next.handed = Some((self.tier, by));
                next.tier += 1;
                next.waits = None;
                next.queue();
                next.offer(next.next(None));
            }
            Command::Release => {
                next.give_up();
                if self.tier > 1 || self.handed.is_some() {
                    next.offer(next.next(self.who));
                }
            }
            Command::Assign(to) => {
                next.give_up();
                next.offer(Some(PEOPLE[to]));
                next.lead_decides = false;
            }
            Command::Reply | Command::AskUser => {
                if self.state == Assigned && self.who == Some(by) {
                    next.take(by);
                }
                next.replied = true;
                if matches!(command, Command::AskUser) {
                    next.state = WaitingUser;
                }
            }
            Command::Resume => next.state = InProgress,
            Command::Deescalate => {
                next.tier -= 1;
                (next.handed, next.waits) = (None, None);
                next.queue();
            }
            Command::Cancel => {
                (next.who, next.handed, next.waits) = (None, None, None);
                next.state = Cancelled;
                next.end_cases();
            }
            Command::Resolve => {
                (next.state, next.replied, next.waits) = (Resolved, true, None);
                next.end_cases();
            }
            Command::Confirm => next.state = Closed,
            Command::Reopen => {
                next.wake();
                if next.who.is_none() && self.tier > 1 {
                    next.offer(next.next(None));
                }
            }
            Command::AskEscalation => next.asked = true,
            Command::Write | Command::Add => {
                if by == MIA && self.waits == Some(WaitingUser) {
                    next.waits = None;
                } else if by == MIA && self.state == WaitingUser {
                    next.state = InProgress;
                } else if by != MIA && self.who == Some(by) && active {
                    if self.state == Assigned {
                        next.take(by);
                    }
                    next.replied = true;
                }
            }
            Command::OpenCase => {
                next.cases.push((reference(self), true));
                next.state = WaitingVendor;
            }
            Command::UpdateCase(goes_on) => match (goes_on, self.state) {
                (true, InProgress) => next.state = WaitingVendor,
                (false, WaitingVendor) => next.state = InProgress,
                _ => {}
            },
            Command::CloseCase => {
                if let Some(case) = next.cases.iter_mut().find(|(_, open)| *open) {
                    case.1 = false;
                }
                if self.state == WaitingVendor && !next.at_vendor() {
                    next.state = InProgress;
                }
            }
            Command::AskApproval => next.leave = Some(None),
            Command::Approve(yes) => next.leave = Some(Some(yes)),
            Command::SetPriority(first) => {
                // Where the matrix decided already, there is nothing to give back to it.
                if first || self.set {
                    next.priority = if first { 1 } else { 4 };
                }
                next.set = first;
            }
            Command::Extend => next.extended = true,
            Command::Merge => {
                next.merged = Some((self.state, self.who, self.waits));
                (next.who, next.handed, next.waits) = (None, None, None);
                next.state = Merged;
                let going_on = self.cases.iter().filter(|(_, open)| *open);
                beside.cases.extend(going_on.cloned());
                beside.priority = beside.priority.min(self.priority);
                if beside.state == Resolved {
                    beside.wake();
                }
            }
            Command::Unmerge => {
                (next.state, next.who, next.waits) = self.merged?;
                next.merged = None;
                if next.who.is_some() && next.who.and_then(level) < Some(self.tier) {
                    next.give_up();
                }
                beside.cases.retain(|(reference, _)| {
                    !self.cases.iter().any(|(other, _)| other == reference)
                });
                // The vendor that was waited for went with the other ticket.
                if !beside.at_vendor() {
                    beside.waits = beside.waits.filter(|waits| *waits != WaitingVendor);
                    if beside.state == WaitingVendor {
                        beside.state = InProgress;
                    }
                }
            }
            Command::Note | Command::Rate | Command::Relate => {}
        }
        Some((next, beside))
    }

    /// It was ended, and is not.
    fn wake(&mut self) {
        if self.who.and_then(level) >= Some(self.tier) {
            self.state = State::InProgress;
        } else {
            self.queue();
        }
    }
}

/// How the vendor calls the next case: never twice the same.
fn reference(model: &Model) -> String {
    let ticket = if model.about_rights { 2 } else { 1 };
    format!("{ticket}-{}", model.cases.len())
}

mod lives;
