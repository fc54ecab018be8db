//! Problems and major incidents: what Discord repeats changes nothing, and neither server reaches into the other.

use super::*;
use crate::domain::ids::{MajorId, ProblemId};
use crate::domain::major::{Declaration, Major, MajorState};
use crate::domain::problem::{Beginning, Problem, ProblemState};

async fn problem(desk: &Desk, ticket: TicketId) -> Problem {
    let beginning = Beginning {
        guild: GUILD,
        title: "The gateway drops the token: the-token-itself".into(),
        known: "Nothing yet".into(),
        category: Category::from_key("network").expect("known"),
    };
    let by = technician(IVO, Tier::L2);
    desk.open_problem(beginning, &[ticket], &by, &cause(20), now())
        .await
        .expect("opened")
}

async fn acted(
    desk: &Desk,
    id: ProblemId,
    by: &Actor,
    act: ProblemAct,
    press: u64,
) -> Result<Problem, Error> {
    desk.change_problem(id, by, act, &cause(press), now()).await
}

async fn done(
    desk: &Desk,
    id: MajorId,
    by: &Actor,
    act: MajorAct,
    press: u64,
) -> Result<Major, Error> {
    desk.change_major(id, by, act, &cause(press), now()).await
}

#[tokio::test]
async fn what_is_repeated_changes_no_problem() {
    let (_folder, desk) = desk(no_limits()).await;
    let ticket = open(&desk, "VPN fails", 10).await.expect("opened").id;
    let first = problem(&desk, ticket).await;
    assert_eq!(
        problem(&desk, ticket).await,
        first,
        "the same submission again"
    );
    assert!(!first.title.contains("the-token-itself"), "{}", first.title);
    let by = technician(IVO, Tier::L2);
    let known = || {
        ProblemAct::Amend(ProblemChange {
            state: Some(ProblemState::KnownError),
            workaround: Some("Choose the other one".into()),
            ..ProblemChange::default()
        })
    };
    let once = acted(&desk, first.id, &by, known(), 21);
    let once = once.await.expect("changed");
    let again = acted(&desk, first.id, &by, known(), 21);
    assert_eq!(again.await.expect("seen"), once);
    let resolved = || {
        ProblemAct::Amend(ProblemChange {
            state: Some(ProblemState::Resolved),
            ..ProblemChange::default()
        })
    };
    let end = acted(&desk, first.id, &by, resolved(), 22);
    end.await.expect("resolved");
    let before = waiting(&desk).await;
    let again = acted(&desk, first.id, &by, resolved(), 22);
    again.await.expect("seen");
    assert_eq!(waiting(&desk).await, before, "nobody is asked twice");
}

#[tokio::test]
async fn me_too_counts_people_and_not_presses_and_only_on_its_own_server() {
    let (_folder, desk) = desk(no_limits()).await;
    let ticket = open(&desk, "VPN fails", 10).await.expect("opened").id;
    let of = problem(&desk, ticket).await;
    let by = technician(IVO, Tier::L2);
    let known = ProblemAct::Amend(ProblemChange {
        state: Some(ProblemState::KnownError),
        workaround: Some("Choose the other one".into()),
        ..ProblemChange::default()
    });
    let done = acted(&desk, of.id, &by, known, 21);
    done.await.expect("changed");
    let mia = Actor::member(MIA, "Mia");
    for (press, guild) in [(30, Some(GUILD)), (31, None), (31, None)] {
        let act = ProblemAct::MeToo { guild };
        let said = acted(&desk, of.id, &mia, act, press);
        said.await.expect("said");
    }
    assert_eq!(desk.people_with(of.id).await.expect("read"), 1);
    let elsewhere = ProblemAct::MeToo {
        guild: Some(GuildId(101)),
    };
    let said = acted(&desk, of.id, &mia, elsewhere, 32);
    assert_eq!(refused(said.await), Refusal::StaleButton);
}

#[tokio::test]
async fn what_is_repeated_changes_no_incident() {
    let (_folder, desk) = desk(no_limits()).await;
    let declare = async |id| {
        let declaration = Declaration {
            guild: GUILD,
            title: "Nobody reaches the VPN".into(),
            category: Category::from_key("network").expect("known"),
            status: "We look".into(),
            roles: [None; 3],
        };
        let by = technician(IVO, Tier::L2);
        desk.declare_major(declaration, &[], &by, &cause(id), now())
            .await
    };
    let first = declare(20).await.expect("declared");
    let before = waiting(&desk).await;
    assert_eq!(declare(20).await.expect("seen"), first);
    assert_eq!(waiting(&desk).await, before);
    assert!(matches!(refused(declare(21).await), Refusal::Major(_)));
    let ticket = open(&desk, "VPN fails", 10).await.expect("opened");
    assert_eq!(ticket.major, Some(first.id), "it is part of what runs");
    let by = technician(LENA, Tier::L2);
    let resolve = || MajorAct::Resolve {
        status: "It works".into(),
    };
    let over = done(&desk, first.id, &by, resolve(), 22);
    assert_eq!(over.await.expect("over").state, MajorState::Resolved);
    // Its own clocks would be heard as well
    let mia = Actor::member(ticket.requester, "Mia");
    desk.cancel(ticket.id, &mia, None, &cause(23), now())
        .await
        .expect("withdrawn");
    let after = waiting(&desk).await;
    let again = done(&desk, first.id, &by, resolve(), 22);
    again.await.expect("seen");
    assert_eq!(waiting(&desk).await, after, "nobody is told twice");
    let late = SignedDuration::from_hours(24 * 7);
    assert_eq!(desk.next_timer().await.expect("read"), Some(now() + late));
    for _ in 0..2 {
        desk.fire_due(now() + late).await.expect("fired");
    }
    assert_eq!(waiting(&desk).await, after + 1, "reminded once");
}
