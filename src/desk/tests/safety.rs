//! Races, repeats, and what survives.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn of_forty_claims_at_once_exactly_one_wins_and_the_others_read_a_sentence() {
    let (_folder, desk) = desk(no_limits()).await;
    let ticket = open(&desk, "VPN fails", 10).await.expect("opened");
    let claims = (0..40u64).map(|n| {
        let desk = desk.clone();
        tokio::spawn(async move {
            desk.claim(
                ticket.id,
                &technician(UserId(500 + n), Tier::L1),
                &cause(1000 + n),
                now(),
            )
            .await
        })
    });
    let mut won = 0;
    for claim in futures::future::join_all(claims).await {
        match claim.expect("no panic") {
            Ok(_) => won += 1,
            Err(Error::Refused(Refusal::WrongState {
                verb: Verb::Claim,
                assignee: Some(_),
                ..
            })) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn an_event_that_is_delivered_again_changes_nothing() {
    let (_folder, desk) = desk(no_limits()).await;
    let first = open(&desk, "VPN fails", 10).await.expect("opened");
    let again = open(&desk, "VPN fails", 10).await.expect("the same ticket");
    assert_eq!(first.number, again.number);
    let by = technician(RAVI, Tier::L1);
    let claimed = desk
        .claim(first.id, &by, &cause(11), now())
        .await
        .expect("claimed");
    let before = waiting(&desk).await;
    let again = desk
        .claim(first.id, &by, &cause(11), now())
        .await
        .expect("nothing new");
    assert_eq!(
        (again.version, waiting(&desk).await),
        (claimed.version, before)
    );
    assert_eq!(desk.events(&again).await.expect("events").len(), 2);
}

#[tokio::test]
async fn a_second_process_is_refused_and_a_restart_finds_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk_at(folder.path(), no_limits()).await;
    open(&desk, "VPN fails", 10).await.expect("opened");
    let path = folder.path().join("desk.sqlite");
    let second = Store::open(&path).await.expect_err("the file is taken");
    assert!(
        second.to_string().contains("in use by another Deskhand"),
        "{second}"
    );
    let before = waiting(&desk).await;
    desk.store().close().await;
    drop(desk);
    let store = Store::open(&path).await.expect("free again");
    let mut from = store.reader().await.expect("a reader");
    assert_eq!(
        store::outbox::waiting(&mut from).await.expect("a count"),
        before
    );
    let rows = store::outbox::ready(&mut from, 10, now())
        .await
        .expect("rows");
    let thread = rows
        .iter()
        .find(|row| row.lane.ends_with(":thread"))
        .expect("the ticket's lane");
    assert_eq!(
        thread.errand,
        Errand::OpenThread {
            thread: ThreadKind::Requester
        },
        "first things first"
    );
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.sqlite");
    let desk = desk_at(folder.path(), no_limits()).await;
    for n in 0..40 {
        open(&desk, &format!("Trouble {n}"), 100 + n)
            .await
            .expect("opened");
    }
    desk.store().close().await;
    drop(desk);
    let mut bytes = std::fs::read(&path).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xAA);
    std::fs::write(&path, &bytes).expect("damaged");
    let error = Store::open(&path).await.expect_err("it is damaged");
    assert!(
        matches!(
            error,
            store::Error::Damaged { .. } | store::Error::Database(_)
        ),
        "{error:?}"
    );
    assert_eq!(std::fs::read(&path).expect("the file"), bytes);
}
