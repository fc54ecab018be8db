//! Walks every combination of verb, state, role, relation, tier, priority, and confidentiality, and holds the table
//! against a second reading of `SECURITY` 3.3 and `DOMAIN` 1.2, written as text.

use super::*;
use crate::domain::category::Category;
use crate::domain::ids::{GuildId, Number, TicketId, UserId};
use crate::domain::people::Standing;
use crate::domain::priority::{Impact, Priority, Urgency};
use crate::domain::ticket::Opening;
use crate::domain::tier::TierSet;

/// Columns: verb, states, requester, participant, L1, L2, L3, lead. `L`: at the tier or a lower one; `1`, `2`: assignee at
/// P1, at P1 or P2; `R`: with a reason; `AR`: assignee with a reason.
const EXPECTED: &str = "
    view           | *                                             | Y | Y | T,A | L,A | L,A | Y
    claim          | new                                           | - | - | T   | L   | L   | Y
    accept         | new assigned                                  | - | - | T   | T   | T   | Y
    reject         | new assigned                                  | - | - | T   | T   | T   | Y
    escalate       | new assigned in_progress waiting_user waiting_vendor | - | - | A | A | - | Y
    escalate_skip  | new assigned in_progress waiting_user waiting_vendor | - | - | 1 | 2 | - | R
    resolve        | in_progress waiting_user waiting_vendor       | - | - | A   | A   | A   | R
    release        | new assigned in_progress waiting_user waiting_vendor | - | - | AR | AR | AR | R
    assign         | new assigned in_progress waiting_user waiting_vendor | - | - | - | T,A | T,A | Y
    note           | *                                             | - | - | T,A | L,A | L,A | Y
    reply          | new assigned in_progress waiting_user waiting_vendor | - | - | A | A | A | Y
    ask_user       | assigned in_progress                          | - | - | A   | A   | A   | Y
    resume         | waiting_user waiting_vendor                   | - | - | A   | A   | A   | Y
    deescalate     | new assigned in_progress waiting_user waiting_vendor | - | - | - | AR | AR | R
    cancel         | new assigned in_progress waiting_user waiting_vendor | Y | - | - | - | - | R
    confirm        | resolved                                      | Y | - | -   | -   | -   | -
    reassess       | new assigned in_progress waiting_user waiting_vendor | - | - | A | A | A | Y
    rate           | resolved closed                               | Y | - | -   | -   | -   | -
    reopen         | resolved                                      | Y | - | AR  | AR  | AR  | R
    vendor         | in_progress waiting_user waiting_vendor       | - | - | A   | A   | A   | Y
    ask_approval   | in_progress waiting_user waiting_vendor       | - | - | -   | A   | -   | -
    approve        | in_progress waiting_user waiting_vendor       | - | - | -   | -   | L   | Y
    link           | new assigned in_progress waiting_user waiting_vendor | - | - | A | A | A | Y
    merge_other    | new assigned in_progress waiting_user waiting_vendor | - | - | - | - | - | R
    unmerge        | merged                                        | - | - | -   | -   | -   | R
    follow_up      | closed                                        | Y | - | A   | A   | A   | Y
    add            | new assigned in_progress waiting_user waiting_vendor | Y | Y | - | - | - | -
    override       | new assigned in_progress waiting_user waiting_vendor | - | - | - | - | - | R
    extend         | resolved                                      | - | - | -   | -   | -   | R
    waive          | *                                             | - | - | -   | -   | -   | R
    people         | new assigned in_progress waiting_user waiting_vendor | Y | - | A | A | A | Y
    link_problem   | *                                             | - | - | T,A | L,A | L,A | Y
    ask_escalation | new assigned in_progress waiting_user waiting_vendor | Y | - | - | - | - | -
    transcript     | *                                             | Y | - | A   | A   | A   | Y
";

const REQUESTER: UserId = UserId(1);
const PARTICIPANT: UserId = UserId(2);
const ASSIGNEE: UserId = UserId(3);
const STRANGER: UserId = UserId(4);

fn ticket(state: State, tier: Tier, priority: Priority, confidential: bool) -> Ticket {
    let opening = Opening {
        guild: GuildId(1),
        requester: REQUESTER,
        requester_name: "Mia".into(),
        title: "A title".into(),
        body: "A body".into(),
        tried: String::new(),
        category: Category::other(),
        impact: Impact::Low,
        urgency: Urgency::Low,
        ask: None,
    };
    let (mut ticket, _) = Ticket::open(
        opening,
        TicketId(1),
        Number(1),
        "2026-06-15T09:00:00Z".parse().expect("valid"),
    );
    ticket.participants = vec![PARTICIPANT];
    ticket.state = state;
    ticket.tier = tier;
    ticket.priority = priority;
    ticket.confidential = confidential;
    ticket.assignee = (state != State::New).then_some(ASSIGNEE);
    ticket
}

/// The second reading: `Some(true)` when a reason is needed.
fn expected(cells: &[&str], ticket: &Ticket, by: &Actor, verb: &str) -> Option<bool> {
    let assignee = ticket.assignee == Some(by.user);
    let participant = by.user == PARTICIPANT;
    let takes = ["claim", "accept", "reject"].contains(&verb);
    let named_only = ticket.confidential && !takes;
    let mut best: Option<bool> = None;
    let mut allow = |reason: bool| {
        best = Some(reason && best != Some(false));
    };
    if by.user == REQUESTER && cells[0] == "Y" {
        allow(false);
    }
    if participant && cells[1] == "Y" {
        allow(false);
    }
    for (tier, cell) in Tier::ALL.into_iter().zip(&cells[2..5]) {
        if !by.standing.tiers.contains(tier) {
            continue;
        }
        for part in cell.split(',') {
            match part {
                "-" => {}
                "T" if !named_only && tier == ticket.tier => allow(false),
                "L" if !named_only && ticket.tier <= tier => allow(false),
                "A" if assignee => allow(false),
                "AR" if assignee => allow(true),
                "1" if assignee && ticket.priority == Priority::P1 => allow(false),
                "2" if assignee && ticket.priority <= Priority::P2 => allow(false),
                "T" | "L" | "A" | "AR" | "1" | "2" => {}
                other => panic!("unknown cell {other}"),
            }
        }
    }
    if by.standing.lead && (!named_only || assignee || participant) {
        match cells[5] {
            "Y" => allow(false),
            "R" => allow(true),
            "-" => {}
            other => panic!("unknown cell {other}"),
        }
    }
    best
}

#[test]
fn every_combination_has_the_one_answer_that_was_agreed() {
    let mut walked = 0u32;
    for line in EXPECTED
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let verb: Verb = serde_json::from_value(cells[0].into()).expect("a known verb");
        for state in State::ALL {
            let fits = cells[1] == "*" || cells[1].split(' ').any(|name| name == state.key());
            for tier in Tier::ALL {
                for priority in Priority::ALL {
                    for confidential in [false, true] {
                        let ticket = ticket(state, tier, priority, confidential);
                        for user in [REQUESTER, PARTICIPANT, ASSIGNEE, STRANGER] {
                            for roles in 0u8..32 {
                                let tiers: TierSet = Tier::ALL
                                    .into_iter()
                                    .filter(|tier| roles & (1 << tier.level()) != 0)
                                    .collect();
                                // Admin and owner alone grant nothing here.
                                let standing = Standing {
                                    tiers,
                                    lead: roles & 1 != 0,
                                    admin: roles & 16 != 0,
                                    owner: roles & 16 != 0,
                                };
                                let by = Actor {
                                    user,
                                    name: "X".into(),
                                    standing,
                                };
                                let answer = permit(verb, &ticket, &by);
                                match expected(&cells[2..], &ticket, &by, cells[0]) {
                                    Some(reason_needed) if fits => {
                                        assert_eq!(
                                            answer,
                                            Ok(Permit { reason_needed }),
                                            "{line}\n{ticket:?}\n{by:?}"
                                        );
                                    }
                                    Some(_) => assert!(
                                        matches!(answer, Err(Refusal::WrongState { .. })),
                                        "{answer:?} {line}\n{ticket:?}\n{by:?}"
                                    ),
                                    None => assert!(
                                        matches!(
                                            answer,
                                            Err(Refusal::NotAllowed { .. }
                                                | Refusal::NoSuchTicket { .. })
                                        ),
                                        "{answer:?} {line}\n{ticket:?}\n{by:?}"
                                    ),
                                }
                                walked += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    let built = u32::try_from(RULES.iter().filter(|rule| rule.built == Built::Now).count())
        .expect("a small number");
    assert_eq!(
        walked,
        built * 9 * 3 * 4 * 2 * 4 * 32,
        "a built verb is missing from the second reading"
    );
}

#[test]
fn who_may_not_see_a_ticket_is_told_that_there_is_none() {
    let ticket = ticket(State::InProgress, Tier::L2, Priority::P3, false);
    let l1 = Standing {
        tiers: TierSet::NONE.with(Tier::L1),
        ..Standing::default()
    };
    let by = |user, standing| Actor {
        user,
        name: "X".into(),
        standing,
    };
    let no_such = Err(Refusal::NoSuchTicket { number: Number(1) });
    assert_eq!(
        permit(Verb::Resolve, &ticket, &by(STRANGER, Standing::default())),
        no_such
    );
    assert_eq!(permit(Verb::Resolve, &ticket, &by(STRANGER, l1)), no_such);
    let not_allowed = Err(Refusal::NotAllowed {
        verb: Verb::Resolve,
        number: Number(1),
    });
    assert_eq!(
        permit(Verb::Resolve, &ticket, &by(REQUESTER, Standing::default())),
        not_allowed
    );
}

#[test]
fn each_verb_has_one_row_and_a_refusal_names_the_roles_of_its_row() {
    for rule in RULES {
        assert_eq!(
            RULES.iter().filter(|other| other.verb == rule.verb).count(),
            1,
            "{:?}",
            rule.verb
        );
    }
    assert_eq!(
        roles_for(Verb::Escalate),
        [DeskRole::L1, DeskRole::L2, DeskRole::Lead],
        "L3 is the last tier inside the house"
    );
}
