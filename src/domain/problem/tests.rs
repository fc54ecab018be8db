//! The life of a problem, walked fully, and what is refused on the way.

use super::*;
use crate::domain::ids::TicketId;
use crate::domain::people::Standing;
use crate::domain::priority::{Impact, Urgency};
use crate::domain::ticket::Opening;

fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("an instant")
}

fn somebody(roles: &[DeskRole]) -> Actor {
    Actor {
        standing: roles.iter().copied().collect::<Standing>(),
        ..Actor::member(UserId(7), "Ivo")
    }
}

fn beginning(category: &str) -> Beginning {
    Beginning {
        guild: GuildId(1),
        title: "The VPN gateway drops".into(),
        known: "Since the update".into(),
        category: Category::from_key(category).expect("known"),
    }
}

fn problem() -> Problem {
    let by = somebody(&[DeskRole::L2]);
    let opened = Problem::open(
        beginning("network"),
        ProblemId(1),
        ProblemNumber(1),
        &by,
        now(),
    );
    opened.expect("opened").0
}

fn ticket() -> Ticket {
    let opening = Opening {
        guild: GuildId(1),
        requester: UserId(2),
        requester_name: "Mia".into(),
        title: "VPN drops".into(),
        body: "Again".into(),
        tried: String::new(),
        category: Category::other(),
        impact: Impact::Low,
        urgency: Urgency::Low,
        ask: None,
    };
    Ticket::open(opening, TicketId(1), Number(42), now()).0
}

fn text(text: &str) -> Workaround {
    Workaround::Text { text: text.into() }
}

/// From each state the ones it can go to, written once more as people say it.
const WAYS: &str = "
    open          -> investigating known_error resolved
    investigating -> known_error resolved
    known_error   -> investigating resolved
    resolved      -> investigating closed
    closed        ->
";

#[test]
fn every_way_from_every_state_is_the_one_that_was_agreed() {
    let by = somebody(&[DeskRole::L3]);
    let mut walked = 0;
    for line in WAYS.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (from, ways) = line.split_once("->").expect("an arrow");
        let from = ProblemState::from_key(from.trim()).expect("a state");
        for to in ProblemState::ALL {
            walked += 1;
            let mut problem = problem();
            problem.state = from;
            problem.workaround = Some(text("Wait"));
            let wish = Amendment {
                state: Some(to),
                ..Amendment::default()
            };
            let done = problem.amend(&by, wish);
            let number = problem.number;
            let expected = if from == ProblemState::Closed {
                Err(ProblemRefusal::Closed { number }.into())
            } else if to == from {
                Err(ProblemRefusal::Nothing.into())
            } else if ways.split_whitespace().any(|way| way == to.key()) {
                Ok(vec![ProblemWhat::Moved { from, to }])
            } else {
                Err(ProblemRefusal::NoWay { number, from, to }.into())
            };
            assert_eq!(done, expected, "{from:?} to {to:?}");
            let after = if done.is_ok() { to } else { from };
            assert_eq!(problem.state, after, "{from:?} to {to:?}");
        }
    }
    assert_eq!(walked, 25);
}

#[test]
fn a_known_error_has_a_workaround() {
    let by = somebody(&[DeskRole::Lead]);
    let mut problem = problem();
    let known = Amendment {
        state: Some(ProblemState::KnownError),
        ..Amendment::default()
    };
    let number = problem.number;
    let refused = ProblemRefusal::NoWorkaround { number };
    assert_eq!(problem.amend(&by, known.clone()), Err(refused.into()));
    let with = Amendment {
        workaround: Some(text("Choose the second gateway")),
        ..known
    };
    let happened = problem.amend(&by, with.clone()).expect("both at once");
    assert_eq!(happened.len(), 2);
    assert_eq!(
        problem.amend(&by, with),
        Err(ProblemRefusal::Nothing.into())
    );
}

#[test]
fn who_may_and_what_about() {
    for (roles, may) in [
        (&[][..], false),
        (&[DeskRole::L1], false),
        (&[DeskRole::Admin], false),
        (&[DeskRole::L1, DeskRole::L2], true),
        (&[DeskRole::L3], true),
        (&[DeskRole::Lead], true),
    ] {
        let by = somebody(roles);
        let opened = Problem::open(
            beginning("email"),
            ProblemId(1),
            ProblemNumber(1),
            &by,
            now(),
        );
        assert_eq!(opened.is_ok(), may, "{roles:?} opens");
        let note = Amendment {
            note: Some("Seen".into()),
            ..Amendment::default()
        };
        assert_eq!(problem().amend(&by, note).is_ok(), may, "{roles:?} writes");
    }
    let by = somebody(&[DeskRole::L2]);
    let secret = Problem::open(
        beginning("security"),
        ProblemId(1),
        ProblemNumber(1),
        &by,
        now(),
    );
    assert_eq!(secret.err(), Some(ProblemRefusal::Confidential.into()));
    let wish = |owner| Amendment {
        owner: Some(owner),
        ..Amendment::default()
    };
    let who = UserId(9);
    let mut problem = problem();
    let refused = Err(ProblemRefusal::NoOwner { who }.into());
    assert_eq!(problem.amend(&by, wish((who, false))), refused);
    assert!(problem.amend(&by, wish((who, true))).is_ok());
    assert_eq!(problem.owner, who);
}

#[test]
fn a_ticket_is_linked_once_and_me_too_counts_once() {
    let (mut problem, ticket) = (problem(), ticket());
    let (number, of) = (problem.number, ticket.number);
    let linked = ProblemWhat::Linked { ticket: of };
    assert_eq!(problem.link(&ticket, false), Ok(vec![linked]));
    let already = ProblemRefusal::LinkedAlready { number, ticket: of };
    assert_eq!(problem.link(&ticket, true), Err(already.into()));
    let not = ProblemRefusal::NotLinked { number, ticket: of };
    assert_eq!(problem.unlink(&ticket, false), Err(not.into()));
    assert_eq!(problem.still_there(&ticket, false), Err(not.into()));
    assert!(problem.unlink(&ticket, true).is_ok());
    assert!(problem.still_there(&ticket, true).is_ok());
    for state in ProblemState::ALL {
        problem.state = state;
        let current = state == ProblemState::KnownError;
        assert_eq!(problem.me_too(false).is_ok(), current, "{state:?}");
        assert_eq!(
            problem.link(&ticket, false).is_ok(),
            state != ProblemState::Closed
        );
    }
    problem.state = ProblemState::KnownError;
    assert_eq!(problem.me_too(true), Ok(Vec::new()));
}

#[test]
fn events_are_numbered_without_gaps() {
    let mut problem = problem();
    let first = problem.record(vec![ProblemWhat::Opened], None, now());
    let more = vec![ProblemWhat::MeToo, ProblemWhat::MeToo];
    let next = problem.record(more, Some(UserId(2)), now());
    let seqs: Vec<i64> = first.iter().chain(&next).map(|event| event.seq).collect();
    assert_eq!(seqs, [1, 2, 3]);
    assert_eq!((problem.version, problem.last_seq), (2, 3));
    assert!(problem.record(Vec::new(), None, now()).is_empty());
}
