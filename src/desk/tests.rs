//! The desk over a real database file: races, repeats, limits, and what survives.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::category::Category;
use crate::domain::handover::HandOverTexts;
use crate::domain::ids::{ChannelId, Number, RoleId};
use crate::domain::notice::{Errand, ThreadKind};
use crate::domain::people::{DeskChannel, DeskRole, Standing};
use crate::domain::priority::{Impact, Urgency};
use crate::domain::refusal::Limit;
use crate::domain::roster::Duty;
use crate::domain::rules::Verb;
use crate::domain::ticket::{ArticleNote, Code, EscalateChoice, Opening};
use crate::domain::tier::{Tier, TierSet};
use crate::store::asks::Outcome;

const GUILD: GuildId = GuildId(100);
const MIA: UserId = UserId(1);
const RAVI: UserId = UserId(11);
const IVO: UserId = UserId(21);
const LENA: UserId = UserId(22);

fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("a valid instant")
}

fn cause(id: u64) -> Cause {
    Cause::interaction(id)
}

fn no_limits() -> Limits {
    Limits {
        asks_per_minute: None,
        guild_asks_per_minute: None,
        openings_per_10_minutes: None,
        openings_per_day: None,
        open_tickets_max: None,
    }
}

async fn desk_at(folder: &Path, limits: Limits) -> Desk {
    let articles = folder.join("kb");
    std::fs::create_dir_all(&articles).expect("a folder");
    std::fs::write(
        articles.join("vpn.md"),
        "---\ntitle: VPN does not connect\nasks: [my vpn does not connect]\n---\n## Steps\n\n1. Restart the VPN client.\n2. Try another network.\n",
    )
    .expect("an article");
    let store = Store::open(&folder.join("desk.sqlite"))
        .await
        .expect("a database");
    let desk = Desk::new(
        store,
        Kb::open(&articles),
        limits,
        Redactor::new(&["the-token-itself"]),
    );
    desk.guild_seen(GUILD, "Larkfield").await.expect("seen");
    let plan = SetUpPlan {
        roles: vec![(DeskRole::L1, Planned::Map(RoleId(201)))],
        channels: vec![(DeskChannel::QueueL1, Planned::Map(ChannelId(301)))],
    };
    let owner = Actor {
        user: UserId(90),
        name: "Ada".into(),
        standing: Standing {
            owner: true,
            ..Standing::default()
        },
    };
    desk.set_up(GUILD, &plan, &owner, &cause(1), now())
        .await
        .expect("set up");
    for (user, tier) in [(RAVI, Tier::L1), (IVO, Tier::L2), (LENA, Tier::L2)] {
        desk.met(GUILD, user, "X", holds(tier), now())
            .await
            .expect("met");
    }
    desk
}

async fn desk(limits: Limits) -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk_at(folder.path(), limits).await;
    (folder, desk)
}

fn holds(tier: Tier) -> Standing {
    Standing {
        tiers: TierSet::NONE.with(tier),
        ..Standing::default()
    }
}

fn technician(user: UserId, tier: Tier) -> Actor {
    Actor {
        user,
        name: "X".into(),
        standing: holds(tier),
    }
}

fn opening(title: &str) -> Opening {
    Opening {
        guild: GUILD,
        requester: MIA,
        requester_name: "Mia".into(),
        title: title.into(),
        body: "It says 809".into(),
        tried: String::new(),
        category: Category::from_key("network").expect("known"),
        impact: Impact::Low,
        urgency: Urgency::Medium,
        ask: None,
    }
}

async fn open(desk: &Desk, title: &str, id: u64) -> Result<Ticket, Error> {
    desk.open(
        opening(title),
        &Actor::member(MIA, "Mia"),
        &cause(id),
        now(),
    )
    .await
}

fn texts() -> HandOverTexts {
    HandOverTexts {
        summary: "VPN login fails for one person with error 809".into(),
        tried: "restart".into(),
        findings: "IKE blocked".into(),
        asked: "check the gateway".into(),
        told: "somebody calls back".into(),
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn waiting(desk: &Desk) -> u32 {
    let mut from = desk.store().reader().await.expect("a reader");
    store::outbox::waiting(&mut from).await.expect("a count")
}

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
async fn questions_are_limited_by_person_and_kept_without_their_name() {
    let limits = Limits {
        asks_per_minute: NonZeroU32::new(2),
        ..no_limits()
    };
    let (_folder, desk) = desk(limits).await;
    let asked = desk
        .ask(
            Some(GUILD),
            MIA,
            "my vpn does not connect",
            &cause(10),
            now(),
        )
        .await
        .expect("answered");
    assert_eq!(asked.answer.matches[0].article.id.as_str(), "vpn");
    desk.ask(
        Some(GUILD),
        MIA,
        "my vpn does not connect",
        &cause(11),
        now(),
    )
    .await
    .expect("answered");
    let refusal = refused(
        desk.ask(
            Some(GUILD),
            MIA,
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
        RAVI,
        "my vpn does not connect",
        &cause(13),
        now(),
    )
    .await
    .expect("somebody else may");
    let later = now() + SignedDuration::from_secs(61);
    desk.ask(
        Some(GUILD),
        MIA,
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
            MIA,
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
            MIA,
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
    let resolution = Resolution {
        code: Code::Fixed,
        text: "Opened the port on the gateway.".into(),
        article: ArticleNote::Linked { id: "vpn".into() },
        reason: None,
    };
    let unknown = Resolution {
        article: ArticleNote::Linked { id: "nope".into() },
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
    let due = desk
        .next_timer()
        .await
        .expect("read")
        .expect("the window ends some time");
    assert_eq!(due, now() + SignedDuration::from_hours(24 * 5));
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
