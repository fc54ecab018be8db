//! The life of a major incident, walked fully, and when it reminds of what is owed.

use super::*;
use crate::domain::people::{DeskRole, Standing};

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn now() -> Timestamp {
    at("2026-06-15T09:00:00Z")
}

fn somebody(roles: &[DeskRole]) -> Actor {
    Actor {
        standing: roles.iter().copied().collect::<Standing>(),
        ..Actor::member(UserId(7), "Ivo")
    }
}

fn declaration(category: &str) -> Declaration {
    Declaration {
        guild: GuildId(1),
        title: "No VPN".into(),
        category: Category::from_key(category).expect("known"),
        status: "We look for the cause".into(),
        roles: [None, Some(UserId(8)), None],
    }
}

const IDS: (MajorId, MajorNumber) = (MajorId(1), MajorNumber(1));

fn major(state: MajorState) -> Major {
    let by = somebody(&[DeskRole::L2]);
    let declared = Major::declare(declaration("network"), None, IDS, &by, now());
    let mut major = declared.expect("declared").0;
    major.state = state;
    major.resolved_at = (state != MajorState::Running).then(now);
    major
}

fn review(text: &str) -> Review {
    Review {
        cause: text.into(),
        timeline: text.into(),
        actions: text.into(),
    }
}

const LONG: &str = "The certificate had expired";

#[test]
fn each_verb_works_in_the_one_state_that_was_agreed() {
    let by = somebody(&[DeskRole::Lead]);
    for state in MajorState::ALL {
        let fits = |done: Result<Vec<MajorWhat>, Refusal>, wanted: MajorState| {
            let number = MajorNumber(1);
            if state == wanted {
                assert!(done.is_ok(), "{state:?}: {done:?}");
            } else {
                assert_eq!(done, Err(MajorRefusal::NotNow { number, state }.into()));
            }
        };
        let running = MajorState::Running;
        fits(
            major(state).update(&by, Some("Found"), [None; 3], now()),
            running,
        );
        fits(major(state).resolve(&by, "It works", now()), running);
        fits(major(state).subscribe(false), running);
        fits(major(state).close(&by, review(LONG)), MajorState::Resolved);
    }
    let mut major = major(MajorState::Running);
    major.resolve(&by, "It works", now()).expect("resolved");
    assert_eq!(major.state, MajorState::Resolved);
    let short = major.close(&by, review("Nothing"));
    assert!(
        matches!(short, Err(Refusal::TextTooShort { .. })),
        "no review, no end"
    );
    major.close(&by, review(LONG)).expect("closed");
    assert_eq!(major.state, MajorState::Closed);
}

#[test]
fn who_may_and_one_at_a_time() {
    for (roles, may) in [
        (&[][..], false),
        (&[DeskRole::L1], false),
        (&[DeskRole::Admin], false),
        (&[DeskRole::L2], true),
        (&[DeskRole::Lead], true),
    ] {
        let by = somebody(roles);
        let declared = Major::declare(declaration("email"), None, IDS, &by, now());
        assert_eq!(declared.is_ok(), may, "{roles:?}");
        let mut major = major(MajorState::Running);
        assert_eq!(major.update(&by, Some("x"), [None; 3], now()).is_ok(), may);
        assert_eq!(major.resolve(&by, "x", now()).is_ok(), may);
        major.state = MajorState::Resolved;
        assert_eq!(major.close(&by, review(LONG)).is_ok(), may);
    }
    let by = somebody(&[DeskRole::L3]);
    let number = MajorNumber(9);
    let second = Major::declare(declaration("email"), Some(number), IDS, &by, now());
    assert_eq!(
        second.err(),
        Some(MajorRefusal::RunningAlready { number }.into())
    );
    let secret = Major::declare(declaration("security"), None, IDS, &by, now());
    assert_eq!(secret.err(), Some(MajorRefusal::Confidential.into()));
    let roles = major(MajorState::Running).roles;
    assert_eq!(
        (roles.commander, roles.communicator),
        (UserId(7), UserId(8))
    );
}

#[test]
fn an_update_says_something_and_a_role_passes_on() {
    let by = somebody(&[DeskRole::L2]);
    let mut major = major(MajorState::Running);
    let nothing = Err(Refusal::NothingSaid);
    assert_eq!(major.update(&by, None, [None; 3], now()), nothing);
    assert_eq!(major.update(&by, Some("  "), [None; 3], now()), nothing);
    let passed = major.update(&by, None, [None, None, Some(UserId(9))], now());
    assert!(matches!(passed.as_deref(), Ok([MajorWhat::Staffed { .. }])));
    assert_eq!(major.roles.scribe, UserId(9));
    assert_eq!(major.subscribe(true), Ok(Vec::new()));
}

#[test]
fn it_reminds_every_half_hour_and_after_five_business_days_daily() {
    let mut major = major(MajorState::Running);
    let minutes = SignedDuration::from_mins;
    assert_eq!(major.reminds_at(now()), Some(now() + minutes(30)));
    assert_eq!(
        major.reminds_at(now() + minutes(30)),
        Some(now() + minutes(60))
    );
    major.state = MajorState::Resolved;
    for (resolved, due) in [
        ("2026-06-15T09:00:00Z", "2026-06-22T09:00:00Z"),
        ("2026-06-19T16:00:00Z", "2026-06-26T16:00:00Z"),
        ("2026-06-20T16:00:00Z", "2026-06-26T16:00:00Z"),
        ("2026-06-21T23:59:59Z", "2026-06-26T23:59:59Z"),
    ] {
        major.resolved_at = Some(at(resolved));
        assert_eq!(major.reminds_at(at(resolved)), Some(at(due)), "{resolved}");
        let day = SignedDuration::from_hours(24);
        assert_eq!(major.reminds_at(at(due)), Some(at(due) + day), "{resolved}");
    }
    major.state = MajorState::Closed;
    assert_eq!(major.reminds_at(now()), None);
}
