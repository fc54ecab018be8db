//! Questions and what became of them.

use super::*;
use crate::kb::Reader;

#[tokio::test]
async fn questions_are_limited_by_person_and_kept_without_their_name() {
    let limits = Limits {
        asks_per_minute: NonZeroU32::new(2),
        ..no_limits()
    };
    let (_folder, desk) = desk(limits).await;
    let asked = desk
        .ask(
            Some(GUILD),
            (MIA, Reader::EVERYBODY),
            "my vpn does not connect",
            &cause(10),
            now(),
        )
        .await
        .expect("answered");
    assert_eq!(asked.answer.matches[0].article.id.as_str(), "vpn");
    desk.ask(
        Some(GUILD),
        (MIA, Reader::EVERYBODY),
        "my vpn does not connect",
        &cause(11),
        now(),
    )
    .await
    .expect("answered");
    let refusal = refused(
        desk.ask(
            Some(GUILD),
            (MIA, Reader::EVERYBODY),
            "my vpn does not connect",
            &cause(12),
            now(),
        )
        .await,
    );
    assert!(matches!(
        refusal,
        Refusal::TooMany {
            of: Limit::Asks,
            allowed: 2,
            ..
        }
    ));
    desk.ask(
        Some(GUILD),
        (RAVI, Reader::EVERYBODY),
        "my vpn does not connect",
        &cause(13),
        now(),
    )
    .await
    .expect("somebody else may");
    let later = now() + SignedDuration::from_secs(61);
    desk.ask(
        Some(GUILD),
        (MIA, Reader::EVERYBODY),
        "my vpn does not connect",
        &cause(14),
        later,
    )
    .await
    .expect("a minute later it works");
    let mut from = desk.store().reader().await.expect("a reader");
    let kept = store::asks::find(&mut from, asked.id, &desk.hashed(MIA))
        .await
        .expect("read")
        .expect("there");
    assert!(
        !kept.asker.contains('1') || kept.asker.len() == 64,
        "a hash, not an id"
    );
}

#[tokio::test]
async fn what_became_of_a_question_is_one_of_three_honest_classes() {
    let (_folder, desk) = desk(no_limits()).await;
    let outcome = async |asked: &Asked, user| {
        let mut from = desk.store().reader().await.expect("a reader");
        store::asks::find(&mut from, asked.id, &desk.hashed(user))
            .await
            .expect("read")
            .expect("there")
            .outcome
    };
    let asked = desk
        .ask(
            Some(GUILD),
            (MIA, Reader::EVERYBODY),
            "my vpn does not connect",
            &cause(10),
            now(),
        )
        .await
        .expect("answered");
    assert_eq!(
        outcome(&asked, MIA).await,
        Outcome::Possible,
        "an answer and silence"
    );
    desk.settle_ask(asked.id, MIA, Settled::Solved, &cause(11), now())
        .await
        .expect("settled");
    assert_eq!(outcome(&asked, MIA).await, Outcome::Confirmed);
    let stranger = refused(
        desk.settle_ask(asked.id, RAVI, Settled::NotThis, &cause(12), now())
            .await,
    );
    assert_eq!(stranger, Refusal::StaleButton, "somebody else's button");
    open(&desk, "VPN fails", 13).await.expect("opened");
    assert_eq!(
        outcome(&asked, MIA).await,
        Outcome::None,
        "a ticket of the same person takes it back"
    );
    let nothing = desk
        .ask(
            Some(GUILD),
            (MIA, Reader::EVERYBODY),
            "canteen menu on friday",
            &cause(14),
            now(),
        )
        .await
        .expect("answered");
    assert_eq!(
        outcome(&nothing, MIA).await,
        Outcome::None,
        "nothing was found"
    );
}
