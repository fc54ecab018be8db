//! Random lives of a ticket, held against a second, smaller telling of `DOMAIN` 1.2: where it stands after each command, and
//! that what is refused changes nothing.

use proptest::prelude::*;

use super::tests::{crew, now, opened, texts};
use super::*;
use crate::domain::people::Standing;
use crate::domain::priority::{Impact, Urgency};
use crate::domain::tier::TierSet;

/// Sequences that are tried; a failing one is made as short as it goes.
const SEQUENCES: u32 = 100_000;
/// The longest of them.
const LONGEST: usize = 12;

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
}

impl Model {
    fn born() -> Self {
        Self {
            state: State::New,
            tier: 1,
            who: None,
            handed: None,
            bounces: [0; 2],
            lead_decides: false,
            waits: None,
            replied: false,
            asked: false,
        }
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
        if self.lead_decides {
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

    /// Where it stands after `by` did `command`; nothing when they may not.
    fn after(&self, command: Command, by: UserId) -> Option<Self> {
        use State::{Assigned, Cancelled, Closed, InProgress, New, Resolved, WaitingUser};
        let mut next = self.clone();
        let lead = by == LEAD;
        let tier = level(by);
        let here = tier == Some(self.tier);
        let has = self.who == Some(by) && tier.is_some();
        let active = matches!(
            self.state,
            New | Assigned | InProgress | WaitingUser | State::WaitingVendor
        );
        let working = matches!(self.state, InProgress | WaitingUser);
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
            Command::Note => here || has || lead,
            Command::Reply => active && (has || lead),
            Command::AskUser => {
                let accepts = self.state == Assigned && has && self.waits.is_none();
                accepts || self.state == InProgress && (has || lead)
            }
            Command::Resume => self.state == WaitingUser && (has || lead),
            Command::Deescalate => {
                active && self.tier > 1 && (lead || has && tier.is_some_and(|tier| tier > 1))
            }
            Command::Cancel => {
                by == MIA && matches!(self.state, New | Assigned) && !self.replied || active && lead
            }
            Command::Resolve => working && (has || lead),
            Command::Confirm => self.state == Resolved && by == MIA,
            Command::Reopen => self.state == Resolved && (by == MIA || has || lead),
            Command::Rate => matches!(self.state, Resolved | Closed) && by == MIA,
            Command::AskEscalation => active && by == MIA && !self.asked,
            Command::Write => true,
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
                next.waits = Some(self.state).filter(|state| *state == WaitingUser);
                next.waits = next.waits.or(self.waits);
                next.queue();
                if self.tier > 1 || self.handed.is_some() {
                    next.offer(next.next(self.who));
                }
            }
            Command::Assign(to) => {
                next.waits = Some(self.state).filter(|state| *state == WaitingUser);
                next.waits = next.waits.or(self.waits);
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
            }
            Command::Resolve => {
                (next.state, next.replied, next.waits) = (Resolved, true, None);
            }
            Command::Confirm => next.state = Closed,
            Command::Reopen => {
                let able = self.who.and_then(level) >= Some(self.tier);
                if able {
                    next.state = InProgress;
                } else {
                    next.queue();
                    if self.tier > 1 {
                        next.offer(next.next(None));
                    }
                }
            }
            Command::AskEscalation => next.asked = true,
            Command::Write => {
                if by == MIA && self.waits.is_some() {
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
            Command::Note | Command::Rate => {}
        }
        Some(next)
    }
}

fn shown(ticket: &Ticket) -> Model {
    Model {
        state: ticket.state,
        tier: ticket.tier.level(),
        who: ticket.assignee,
        handed: ticket
            .pending
            .as_ref()
            .map(|pending| (pending.from.level(), pending.by)),
        bounces: ticket
            .bounces
            .map(|count| u8::try_from(count).unwrap_or(u8::MAX)),
        lead_decides: ticket.lead_decides,
        waits: ticket.waits,
        replied: ticket.replied_at.is_some(),
        asked: ticket.escalation_asked_at.is_some(),
    }
}

fn perform(ticket: &mut Ticket, command: Command, user: UserId) -> Result<Vec<What>, Refusal> {
    let (by, crew, now) = (&actor(user), &crew(), now());
    let why = "Because it has to be so";
    match command {
        Command::Claim => ticket.claim(by, now),
        Command::Accept => ticket.accept(by, now),
        Command::Reject => ticket.reject(by, why, crew, now),
        Command::Escalate => ticket.escalate(by, texts(), EscalateChoice::default(), crew, now),
        Command::Release => ticket.give_back(by, why, crew, now),
        Command::Assign(to) => ticket.assign(by, Some(PEOPLE[to]), Some(why), crew),
        Command::Note => ticket.note(by, why),
        Command::Reply => ticket.reply(by, why, now),
        Command::AskUser => ticket.ask_user(by, why, now),
        Command::Resume => ticket.resume(by),
        Command::Deescalate => {
            let wish = Deescalation {
                to: None,
                reason: why.to_owned(),
                remaining: why.to_owned(),
                sender: None,
            };
            ticket.deescalate(by, wish, crew)
        }
        Command::Cancel => ticket.cancel(by, Some(why), now),
        Command::Resolve => {
            let article = ArticleNote::None {
                reason: why.to_owned(),
            };
            let ending = Ending {
                code: Code::Fixed,
                text: why.to_owned(),
                article,
                lesson: Some(why.to_owned()),
                reason: Some(why.to_owned()),
            };
            ticket.resolve(by, ending, now)
        }
        Command::Confirm => ticket.confirm(by),
        Command::Reopen => ticket.reopen(by, why, crew, now),
        Command::Rate => ticket.rate(by, Score::ALL[4], None, now),
        Command::AskEscalation => ticket.ask_escalation(by, why, now),
        Command::Write => Ok(ticket.heard(user, now)),
    }
}

fn commands() -> impl Strategy<Value = Vec<(Command, UserId)>> {
    use Command::*;
    let command = prop_oneof![
        6 => Just(Claim), 6 => Just(Accept), 3 => Just(Reject), 5 => Just(Escalate), 3 => Just(Release),
        3 => (0..PEOPLE.len()).prop_map(Assign), 1 => Just(Note), 2 => Just(Reply), 4 => Just(AskUser),
        2 => Just(Resume), 2 => Just(Deescalate), 1 => Just(Cancel), 4 => Just(Resolve), 1 => Just(Confirm),
        3 => Just(Reopen), 1 => Just(Rate), 1 => Just(AskEscalation), 3 => Just(Write),
    ];
    let by = (0..PEOPLE.len()).prop_map(|place| PEOPLE[place]);
    prop::collection::vec((command, by), 1..=LONGEST)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: SEQUENCES,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_ticket_lives_as_the_table_says(life in commands()) {
        let mut ticket = opened(Impact::Low, Urgency::Low);
        let mut model = Model::born();
        for (command, by) in life {
            let mut tried = ticket.clone();
            let outcome = perform(&mut tried, command, by);
            match (model.after(command, by), outcome) {
                (Some(next), Ok(happened)) => {
                    prop_assert_eq!(&shown(&tried), &next, "{:?} by {}", command, by);
                    let seq = tried.last_seq;
                    let events = tried.record(happened, Some(by), now());
                    prop_assert!(events.iter().map(|event| event.seq).eq(seq + 1..=tried.last_seq));
                    let held = tried.assignee.is_some();
                    match tried.state {
                        State::New => prop_assert!(!held, "somebody has what is in the queue"),
                        State::Cancelled | State::Closed | State::Resolved | State::Merged => {}
                        _ => prop_assert!(held, "nobody has what is worked on"),
                    }
                    (ticket, model) = (tried, next);
                }
                // The desk drops what a refused verb left behind.
                (None, Err(_)) => {}
                (expected, outcome) => prop_assert!(
                    false,
                    "{:?} by {}: expected {:?}, found {:?} from {:?}",
                    command, by, expected, outcome, model
                ),
            }
        }
    }
}
