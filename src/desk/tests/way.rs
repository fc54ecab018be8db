//! The way of a ticket: who sees it, who is offered it, what follows.

use super::*;

#[tokio::test]
async fn numbers_of_tickets_that_are_not_yours_look_like_numbers_that_do_not_exist() {
    let (_folder, desk) = desk(no_limits()).await;
    let ticket = open(&desk, "VPN fails", 10).await.expect("opened");
    let stranger = Actor::member(UserId(77), "Eve");
    let forbidden = refused(desk.ticket(GUILD, ticket.number, &stranger, now()).await);
    assert_eq!(
        forbidden,
        Refusal::NoSuchTicket {
            number: ticket.number
        }
    );
    let absent = refused(desk.ticket(GUILD, Number(99), &stranger, now()).await);
    assert_eq!(absent, Refusal::NoSuchTicket { number: Number(99) });
    let other_guild = refused(
        desk.ticket(
            GuildId(101),
            ticket.number,
            &Actor::member(MIA, "Mia"),
            now(),
        )
        .await,
    );
    assert_eq!(
        other_guild,
        Refusal::NoSuchTicket {
            number: ticket.number
        }
    );
    desk.ticket(GUILD, ticket.number, &Actor::member(MIA, "Mia"), now())
        .await
        .expect("her own");
    assert_eq!(
        desk.tickets(GUILD, &stranger, Which::Active, 1)
            .await
            .expect("a list")
            .total,
        0
    );
    assert!(
        desk.suggest(GUILD, &stranger, "T-")
            .await
            .expect("suggestions")
            .is_empty()
    );
}

#[tokio::test]
async fn guessing_numbers_ends_after_ten_misses_and_the_leads_hear_of_it() {
    let (_folder, desk) = desk(no_limits()).await;
    let mut shared = opening("VPN fails");
    shared.requester = UserId(77);
    let own = desk
        .open(shared, &Actor::member(UserId(77), "Eve"), &cause(10), now())
        .await
        .expect("opened");
    let eve = Actor::member(UserId(77), "Eve");
    let before = waiting(&desk).await;
    for number in 50..62 {
        refused(desk.ticket(GUILD, Number(number), &eve, now()).await);
    }
    assert_eq!(waiting(&desk).await, before + 1);
    desk.ticket(GUILD, own.number, &eve, now())
        .await
        .expect("the own one stays visible");
}

#[tokio::test]
async fn a_confidential_ticket_is_for_named_people() {
    let (_folder, desk) = desk(no_limits()).await;
    let mut personal = opening("About my contract");
    personal.category = Category::from_key("people").expect("known");
    let ticket = desk
        .open(personal, &Actor::member(MIA, "Mia"), &cause(10), now())
        .await
        .expect("opened");
    let lead = Actor {
        user: UserId(80),
        name: "Nia".into(),
        standing: Standing {
            lead: true,
            ..Standing::default()
        },
    };
    let by = technician(RAVI, Tier::L1);
    desk.claim(ticket.id, &by, &cause(11), now())
        .await
        .expect("claimed");
    refused(desk.ticket(GUILD, ticket.number, &lead, now()).await);
    refused(
        desk.ticket(GUILD, ticket.number, &technician(IVO, Tier::L2), now())
            .await,
    );
    desk.ticket(GUILD, ticket.number, &by, now())
        .await
        .expect("who has it sees it");
    assert_eq!(
        desk.tickets(GUILD, &lead, Which::Active, 1)
            .await
            .expect("a list")
            .total,
        0
    );
}

#[tokio::test]
async fn the_way_of_a_ticket_is_written_down_without_gaps_and_everything_follows() {
    let (_folder, desk) = desk(no_limits()).await;
    let ticket = open(&desk, "VPN fails", 10).await.expect("opened");
    let l1 = technician(RAVI, Tier::L1);
    desk.claim(ticket.id, &l1, &cause(11), now())
        .await
        .expect("claimed");
    let handed = desk
        .escalate(
            ticket.id,
            &l1,
            texts(),
            EscalateChoice::default(),
            &cause(12),
            now(),
        )
        .await
        .expect("escalated");
    assert_eq!(handed.assignee, Some(IVO), "equal load: the lower id");
    let l2 = technician(IVO, Tier::L2);
    desk.accept(ticket.id, &l2, &cause(13), now())
        .await
        .expect("accepted");
    let resolution = Ending {
        code: Code::Fixed,
        text: "Opened the port on the gateway.".into(),
        article: linked("vpn"),
        lesson: None,
        reason: None,
    };
    let unknown = Ending {
        article: linked("nope"),
        ..resolution.clone()
    };
    let refusal = refused(
        desk.resolve(ticket.id, &l2, unknown, &cause(14), now())
            .await,
    );
    assert_eq!(
        refusal,
        Refusal::NoSuchArticle {
            typed: "nope".into()
        }
    );
    let resolved = desk
        .resolve(ticket.id, &l2, resolution, &cause(15), now())
        .await
        .expect("resolved");
    let events = desk.events(&resolved).await.expect("events");
    let kinds: Vec<_> = events.iter().map(|event| event.what.kind()).collect();
    assert_eq!(
        kinds,
        [
            "opened",
            "claimed",
            "escalated",
            "offered",
            "accepted",
            "resolved"
        ]
    );
    assert!(events.iter().map(|event| event.seq).eq(1..=6));
    let next = async || desk.next_timer().await.expect("read").expect("a timer");
    let due = next().await;
    assert_eq!(due, now() + SignedDuration::from_hours(1), "the rating");
    assert_eq!(desk.fire_due(due).await.expect("fired"), 1);
    // The leads' digests fall due on the way, each at eight in the morning.
    let close = now() + SignedDuration::from_hours(24 * 5);
    let mut due = next().await;
    while due < close {
        assert_eq!(due.to_zoned(jiff::tz::TimeZone::UTC).hour(), 8, "{due}");
        assert_eq!(desk.fire_due(due).await.expect("fired"), 1, "{due}");
        due = next().await;
    }
    assert_eq!(due, close);
    assert_eq!(
        desk.fire_due(due - SignedDuration::from_secs(1))
            .await
            .expect("fired"),
        0,
        "never early"
    );
    assert_eq!(desk.fire_due(due).await.expect("fired"), 1);
    assert_eq!(desk.fire_due(due).await.expect("fired"), 0, "never twice");
    let closed = desk
        .ticket(GUILD, ticket.number, &l2, due)
        .await
        .expect("there");
    assert_eq!(closed.state, State::Closed);
}

#[tokio::test]
async fn the_next_hand_over_goes_to_the_other_one() {
    let (_folder, desk) = desk(no_limits()).await;
    let l1 = technician(RAVI, Tier::L1);
    let mut offered: BTreeMap<UserId, u32> = BTreeMap::new();
    for n in 0..4u64 {
        let ticket = open(&desk, &format!("Trouble {n}"), 100 + n)
            .await
            .expect("opened");
        desk.claim(ticket.id, &l1, &cause(200 + n), now())
            .await
            .expect("claimed");
        let choice = EscalateChoice::default();
        let handed = desk
            .escalate(ticket.id, &l1, texts(), choice, &cause(300 + n), now())
            .await
            .expect("escalated");
        *offered
            .entry(handed.assignee.expect("offered"))
            .or_default() += 1;
    }
    assert_eq!(offered, BTreeMap::from([(IVO, 2), (LENA, 2)]));
}

#[tokio::test]
async fn duty_counts_from_its_first_use() {
    let (_folder, desk) = desk(no_limits()).await;
    let change = desk
        .set_duty(
            GUILD,
            &technician(LENA, Tier::L2),
            Duty::On,
            &cause(10),
            now(),
        )
        .await
        .expect("on duty");
    assert!(!change.already);
    let ticket = open(&desk, "VPN fails", 11).await.expect("opened");
    let l1 = technician(RAVI, Tier::L1);
    desk.claim(ticket.id, &l1, &cause(12), now())
        .await
        .expect("claimed");
    let choice = EscalateChoice::default();
    let handed = desk
        .escalate(ticket.id, &l1, texts(), choice, &cause(13), now())
        .await
        .expect("escalated");
    assert_eq!(handed.assignee, Some(LENA), "the only one on duty");
    let refusal = refused(
        desk.set_duty(
            GUILD,
            &Actor::member(MIA, "Mia"),
            Duty::On,
            &cause(14),
            now(),
        )
        .await,
    );
    assert!(matches!(refusal, Refusal::RoleNeeded { .. }));
}

#[tokio::test]
async fn who_loses_the_role_loses_the_ticket_at_once() {
    let (_folder, desk) = desk(no_limits()).await;
    let ticket = open(&desk, "VPN fails", 10).await.expect("opened");
    let l1 = technician(RAVI, Tier::L1);
    desk.claim(ticket.id, &l1, &cause(11), now())
        .await
        .expect("claimed");
    let choice = EscalateChoice::default();
    desk.escalate(ticket.id, &l1, texts(), choice, &cause(12), now())
        .await
        .expect("escalated");
    desk.met(GUILD, IVO, "X", Standing::default(), now())
        .await
        .expect("met");
    let after = desk
        .ticket(GUILD, ticket.number, &technician(LENA, Tier::L2), now())
        .await
        .expect("there");
    assert_eq!((after.state, after.assignee), (State::Assigned, Some(LENA)));
    desk.gone(GUILD, LENA, now()).await.expect("gone");
    let after = desk
        .ticket_by_id(ticket.id, &technician(UserId(23), Tier::L2), now())
        .await
        .expect("there");
    assert_eq!((after.state, after.assignee), (State::New, None));
}

fn linked(id: &str) -> ArticleNote {
    ArticleNote::Linked {
        id: id.into(),
        title: String::new(),
        internal: false,
    }
}
