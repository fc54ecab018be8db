//! The lives that are tried: what is done to the tickets themselves, and how both tellings are held against each other.

use std::sync::LazyLock;

use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;

use super::super::tests::{crew, now, opened, texts};
use super::*;
use crate::domain::calendar::Hours;
use crate::domain::errand::{asks_for_crew, errands};
use crate::domain::priority::{Impact, Urgency};
use crate::domain::vendor::{Vendor, VendorId};

/// Sequences that are tried; a failing one is made as short as it goes.
const SEQUENCES: u32 = 100_000;
/// The longest of them, after its beginning.
const LONGEST: usize = 14;

/// Made once: a life asks for them at every step.
static CREW: LazyLock<Crew> = LazyLock::new(crew);
static NOBODY: LazyLock<Crew> = LazyLock::new(Crew::default);

fn shown(ticket: &Ticket) -> Model {
    Model {
        about_rights: ticket.id == TicketId(2),
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
        priority: ticket.priority.rank(),
        set: ticket.priority_set.is_some(),
        extended: ticket.extended,
        cases: ticket
            .cases
            .iter()
            .map(|case| (case.reference.clone(), case.open()))
            .collect(),
        leave: ticket
            .approval
            .as_ref()
            .map(|approval| approval.answer.map(|(_, yes)| yes)),
        merged: ticket
            .merged
            .as_ref()
            .map(|merged| (merged.state, merged.assignee, merged.waits)),
    }
}

/// Does it, and gives what happened to this ticket, and to the other one.
fn perform(
    ticket: &mut Ticket,
    other: &mut Ticket,
    command: Command,
    user: UserId,
) -> Result<(Vec<What>, Vec<What>), Refusal> {
    let (by, crew, now) = (&actor(user), &*CREW, now());
    match command {
        Command::Merge => {
            let happened = ticket.merge_into(other, by, None, now)?;
            Ok((happened, other.absorb(ticket, crew)))
        }
        Command::Unmerge => {
            let happened = ticket.unmerge(by, "Two matters after all", crew, now)?;
            Ok((happened, other.part(ticket)))
        }
        Command::Relate => Ok((ticket.relate(by, other, true)?, Vec::new())),
        _ => Ok((perform_alone(ticket, command, user)?, Vec::new())),
    }
}

fn vendor() -> Vendor {
    Vendor {
        id: VendorId(1),
        guild: GuildId(7),
        name: "Northline".into(),
        contact: String::new(),
        hours: Hours::always(),
        contract: String::new(),
        response: SignedDuration::from_hours(4),
        retired: false,
    }
}

fn perform_alone(
    ticket: &mut Ticket,
    command: Command,
    user: UserId,
) -> Result<Vec<What>, Refusal> {
    let (by, crew, now) = (&actor(user), &*CREW, now());
    let open_case = |ticket: &Ticket| ticket.open_cases().next().map_or(0, |case| case.number);
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
        Command::Confirm => ticket.confirm(by, now),
        Command::Reopen => ticket.reopen(by, why, crew, now),
        Command::Rate => ticket.rate(by, Score::ALL[4], None, now),
        Command::AskEscalation => ticket.ask_escalation(by, why, now),
        Command::Write => Ok(ticket.heard(user, now)),
        Command::Add => ticket.add(by, why, now),
        Command::OpenCase => {
            let reference = reference(&shown(ticket));
            ticket.open_case(by, &vendor(), &reference, why, now, now)
        }
        Command::UpdateCase(goes_on) => {
            ticket.update_case(by, open_case(ticket), why, goes_on.then_some(now))
        }
        Command::CloseCase => ticket.close_case(by, open_case(ticket), why, now),
        Command::AskApproval => ticket.ask_approval(by, why, now),
        Command::Approve(yes) => ticket.answer_approval(by, yes, Some(why)),
        Command::SetPriority(first) => ticket.set_priority(by, first.then_some(Priority::P1), why),
        Command::Extend => ticket.extend(by, why),
        Command::Merge | Command::Unmerge | Command::Relate => {
            unreachable!("these are about two tickets")
        }
    }
}

/// A command, about which of the two tickets, and by whom: nobody stands for whoever has it.
type Step = (Command, usize, Option<UserId>);

/// How lives begin: some of what can happen lies too deep to be come upon.
fn beginnings() -> impl Strategy<Value = Vec<Step>> {
    use Command::*;
    let by = |user| Some(UserId(user));
    let both = vec![(Claim, 0, by(11)), (Claim, 1, by(21))];
    let going_up = vec![(Claim, 0, by(11)), (Escalate, 0, None), (Accept, 0, None)];
    let mut at_vendor = both.clone();
    at_vendor.push((OpenCase, 0, None));
    let mut merged = at_vendor.clone();
    merged.push((Merge, 0, None));
    let mut ended = both.clone();
    ended.extend([(Resolve, 0, by(LEAD.0)), (OpenCase, 1, None)]);
    prop_oneof![
        4 => Just(Vec::new()), 2 => Just(both), 2 => Just(going_up), 1 => Just(at_vendor), 2 => Just(merged), 1 => Just(ended)
    ]
}

fn lives() -> impl Strategy<Value = Vec<Step>> {
    (beginnings(), commands()).prop_map(|(mut life, rest)| {
        life.extend(rest);
        life
    })
}

fn commands() -> impl Strategy<Value = Vec<Step>> {
    use Command::*;
    let command = prop_oneof![
        6 => Just(Claim), 6 => Just(Accept), 3 => Just(Reject), 5 => Just(Escalate), 3 => Just(Release),
        3 => (0..PEOPLE.len()).prop_map(Assign), 1 => Just(Note), 2 => Just(Reply), 4 => Just(AskUser),
        2 => Just(Resume), 2 => Just(Deescalate), 1 => Just(Cancel), 4 => Just(Resolve), 1 => Just(Confirm),
        3 => Just(Reopen), 1 => Just(Rate), 1 => Just(AskEscalation), 3 => Just(Write), 1 => Just(Add),
        4 => Just(OpenCase), 2 => any::<bool>().prop_map(UpdateCase), 2 => Just(CloseCase),
        2 => Just(AskApproval), 2 => any::<bool>().prop_map(Approve), 1 => any::<bool>().prop_map(SetPriority),
        1 => Just(Extend), 3 => Just(Merge), 3 => Just(Unmerge), 1 => Just(Relate),
    ];
    // Most of a life is one ticket's, so that it gets far.
    let which = prop_oneof![3 => Just(0_usize), 2 => Just(1)];
    // Somebody at random is refused most of the time; whoever has it gets on.
    let by = (0..2 * PEOPLE.len()).prop_map(|place| PEOPLE.get(place).copied());
    prop::collection::vec((command, which, by), 1..=LONGEST)
}

fn pair() -> [Ticket; 2] {
    let mut about_rights = opened(Impact::Low, Urgency::Low);
    about_rights.id = TicketId(2);
    about_rights.number = Number(43);
    about_rights.category = "access".into();
    [opened(Impact::Low, Urgency::Low), about_rights]
}

/// What holds for every ticket, whatever was done to it.
fn sound(ticket: &Ticket) -> Result<(), TestCaseError> {
    let held = ticket.assignee.is_some();
    match ticket.state {
        State::New => prop_assert!(!held, "somebody has what is in the queue"),
        State::Cancelled | State::Closed | State::Resolved | State::Merged => {}
        _ => prop_assert!(held, "nobody has what is worked on"),
    }
    let waits_for_vendor = ticket.state == State::WaitingVendor
        || ticket.state.active() && ticket.waits == Some(State::WaitingVendor);
    prop_assert!(
        !waits_for_vendor || ticket.open_cases().next().is_some(),
        "it waits for a vendor who was asked nothing"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: SEQUENCES,
        failure_persistence: None,
        // The default one costs more than all that is tested with it.
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::default()
    })]

    #[test]
    fn tickets_live_as_the_table_says(life in lives()) {
        let mut tickets = pair();
        let mut models = [Model::born(false), Model::born(true)];
        for (command, which, by) in life {
            let by = by.unwrap_or_else(|| models[which].holder());
            let [mut ticket, mut other] = [tickets[which].clone(), tickets[1 - which].clone()];
            let outcome = perform(&mut ticket, &mut other, command, by);
            match (models[which].after(&models[1 - which], command, by), outcome) {
                (Some((next, beside)), Ok((happened, elsewhere))) => {
                    prop_assert_eq!(&shown(&ticket), &next, "{:?} by {}", command, by);
                    prop_assert_eq!(&shown(&other), &beside, "{:?} by {}, the other", command, by);
                    for (ticket, happened) in [(&mut ticket, happened), (&mut other, elsewhere)] {
                        let seq = ticket.last_seq;
                        let alone = !asks_for_crew(&happened);
                        let events = ticket.record(happened, Some(by), now());
                        prop_assert!(events.iter().map(|event| event.seq).eq(seq + 1..=ticket.last_seq));
                        sound(ticket)?;
                        // Where it is said that nothing depends on the crew, nothing does.
                        if alone {
                            let known = errands(ticket, &events, &CREW);
                            prop_assert_eq!(known, errands(ticket, &events, &NOBODY));
                        }
                    }
                    tickets = if which == 0 { [ticket, other] } else { [other, ticket] };
                    models = if which == 0 { [next, beside] } else { [beside, next] };
                }
                // The desk drops what a refused verb left behind.
                (None, Err(_)) => {}
                (expected, outcome) => prop_assert!(
                    false,
                    "{:?} by {}: expected {:?}, found {:?} from {:?}",
                    command, by, expected, outcome, models
                ),
            }
        }
    }
}
