//! Opening: the same text twice, limits, secrets, and the set-up before all.

use super::*;

#[tokio::test]
async fn the_same_text_within_ten_minutes_is_one_ticket() {
    let (_folder, desk) = desk(no_limits()).await;
    let first = open(&desk, "VPN fails", 10).await.expect("opened");
    let second = refused(open(&desk, "VPN fails", 11).await);
    assert_eq!(
        second,
        Refusal::AlreadyOpened {
            number: first.number
        }
    );
    open(&desk, "Something else", 12)
        .await
        .expect("another text is another ticket");
}

#[tokio::test]
async fn limits_are_polite_and_the_leads_hear_of_them_once() {
    let limits = Limits {
        openings_per_10_minutes: NonZeroU32::new(2),
        ..no_limits()
    };
    let (_folder, desk) = desk(limits).await;
    open(&desk, "One thing", 10).await.expect("opened");
    open(&desk, "Another thing", 11).await.expect("opened");
    let before = waiting(&desk).await;
    for id in 12..15 {
        let refusal = refused(open(&desk, "A third thing", id).await);
        let again_at = Some(now() + SignedDuration::from_mins(10));
        assert_eq!(
            refusal,
            Refusal::TooMany {
                of: Limit::Openings,
                allowed: 2,
                again_at
            }
        );
    }
    assert_eq!(
        waiting(&desk).await,
        before + 1,
        "one warning to the leads, and nothing else"
    );
}

#[tokio::test]
async fn secrets_are_not_kept() {
    let (_folder, desk) = desk(no_limits()).await;
    let mut secret = opening("My token is the-token-itself");
    secret.body = "the-token-itself".into();
    let ticket = desk
        .open(secret, &Actor::member(MIA, "Mia"), &cause(10), now())
        .await
        .expect("opened");
    assert!(
        !format!("{ticket:?}").contains("the-token-itself"),
        "{ticket:?}"
    );
}

#[tokio::test]
async fn the_first_set_up_is_for_the_owner_and_later_ones_for_admins_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("desk.sqlite"))
        .await
        .expect("a database");
    let desk = Desk::new(
        store,
        Kb::open(folder.path()),
        no_limits(),
        Redactor::new(&[]),
    );
    desk.guild_seen(GUILD, "Larkfield").await.expect("seen");
    let admin = Actor {
        user: UserId(91),
        name: "B".into(),
        standing: Standing {
            admin: true,
            ..Standing::default()
        },
    };
    let owner = Actor {
        user: UserId(90),
        name: "A".into(),
        standing: Standing {
            owner: true,
            ..Standing::default()
        },
    };
    let plan = SetUpPlan {
        roles: vec![(DeskRole::L1, Planned::Create)],
        channels: Vec::new(),
    };
    assert_eq!(
        refused(desk.set_up(GUILD, &plan, &admin, &cause(1), now()).await),
        Refusal::FirstSetUp
    );
    assert_eq!(
        refused(open(&desk, "VPN fails", 2).await),
        Refusal::NotSetUp
    );
    desk.set_up(GUILD, &plan, &owner, &cause(3), now())
        .await
        .expect("set up");
    desk.set_up(GUILD, &plan, &admin, &cause(4), now())
        .await
        .expect("set up again");
    let member = Actor::member(MIA, "Mia");
    assert!(matches!(
        refused(desk.set_up(GUILD, &plan, &member, &cause(5), now()).await),
        Refusal::RoleNeeded { .. }
    ));
}
