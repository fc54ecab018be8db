//! After days in which the desk was away: thousands of timers are late, and each does once what it is for (`RELIABILITY` F24).

#[path = "support/month/mod.rs"]
#[expect(
    dead_code,
    reason = "of the month only the desk and its crew are needed here"
)]
mod month;

use std::time::Instant;

use deskhand::domain::category::Category;
use deskhand::domain::event::What;
use deskhand::domain::ids::{Cause, TicketId, UserId};
use deskhand::domain::people::Actor;
use deskhand::domain::priority::{Impact, Urgency};
use deskhand::domain::ticket::Opening;
use jiff::{SignedDuration, Timestamp};
use month::{GUILD, LEAD, at, desk_in};

const TICKETS: i64 = 900;
const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn opens(desk: &deskhand::desk::Desk, place: i64, now: Timestamp) -> TicketId {
    let (impact, urgency) = match place % 30 {
        15 => (Impact::High, Urgency::High),
        rest if rest % 3 == 0 => (Impact::High, Urgency::Medium),
        _ => (Impact::Low, Urgency::High),
    };
    let opening = Opening {
        guild: GUILD,
        requester: UserId(1000 + place.cast_unsigned()),
        requester_name: format!("Person {place}"),
        title: format!("Trouble number {place}"),
        body: "It worked yesterday".into(),
        tried: String::new(),
        category: Category::other(),
        impact,
        urgency,
        ask: None,
    };
    let by = Actor::member(opening.requester, &opening.requester_name);
    let cause = Cause::interaction(100 + place.cast_unsigned());
    let opened = desk.open(opening, &by, &cause, now).await;
    opened.expect("opened").id
}

async fn count(file: &std::path::Path, question: &'static str) -> i64 {
    let mut from = month::report::open(file).await;
    let counted = sqlx::query_scalar(question).fetch_one(&mut from).await;
    counted.expect("read")
}

#[tokio::test]
async fn five_thousand_late_timers_are_put_down_once_with_their_true_times_and_told_in_a_few_posts()
{
    let folder = tempfile::tempdir().expect("a folder");
    let monday = at("2026-10-05T08:00:00Z");
    let (desk, file) = desk_in(folder.path(), monday).await;
    for place in 1..=TICKETS {
        opens(&desk, place, monday).await;
    }
    let posts = "select count(*) from outbox";
    let before = count(&file, posts).await;
    // Every clock of every one of them runs out meanwhile.
    let back = monday + HOUR * 24 * 7;
    let late = "select count(*) from timer where fired_at is null and due_at < 1791792000000";
    let late = count(&file, late).await;
    assert!(late >= 5000, "{late} timers are late");
    let began = Instant::now();
    while desk.fire_due(back).await.expect("fired") > 0 {}
    let took = began.elapsed();
    let told = count(&file, posts).await - before;
    println!("{late} late timers of {TICKETS} tickets: put down in {took:.1?}, {told} posts");
    assert!(took.as_secs() < 60, "{took:?}");
    // One post for the clocks in each channel that hears of them (the leads, and the escalations), and one for the P1 that nobody
    // took (those and L3). What was a P2 went up a tier, with a hand-over.
    let of_clocks = "select count(*) from outbox where errand ->> '$.notice.notice' = 'clock' and ticket is not null";
    assert_eq!(count(&file, of_clocks).await, 0);
    let digests =
        "select count(*) from outbox where errand ->> '$.notice.about' = 'many' and ticket is null";
    let digests = count(&file, digests).await;
    assert_eq!(digests, 5);
    for (question, why) in [
        (
            "select count(*) from timer where fired_at is null and due_at < 1791792000000",
            "none is left",
        ),
        (
            "select count(*) from (select 1 from event where kind = 'clock_breached' group by ticket, body ->> '$.clock' having count(*) > 1)",
            "each clock ran out once",
        ),
        (
            "select count(*) from (select 1 from event where kind = 'climbed' group by ticket, body ->> '$.page.generation', body ->> '$.page.rung' having count(*) > 1)",
            "each rung once",
        ),
        (
            "select count(*) from event where kind = 'clock_warned'",
            "of a clock only the highest",
        ),
    ] {
        assert_eq!(count(&file, question).await, 0, "{why}");
    }
    let breached = "select count(*) from event where kind = 'clock_breached'";
    assert_eq!(count(&file, breached).await, TICKETS * 2);
    // Their true times: that of the first P2 half an hour after it came.
    let id = TicketId(3);
    let ticket = desk
        .ticket_by_id(id, &LEAD.actor(), back)
        .await
        .expect("there");
    let events = desk.events(&ticket).await.expect("read");
    let first = events.iter().find_map(|event| match &event.what {
        What::ClockBreached { at, late, .. } => Some((*at, *late)),
        _ => None,
    });
    let due = monday + HOUR / 2;
    assert_eq!(first, Some((due, Some(back.duration_since(due)))));
    assert!(
        events
            .iter()
            .any(|event| matches!(&event.what, What::Climbed { page } if page.digest))
    );
}

#[tokio::test]
async fn another_time_zone_database_computes_everything_anew_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let monday = at("2026-10-05T08:00:00Z");
    let (desk, file) = desk_in(folder.path(), monday).await;
    let id = opens(&desk, 1, monday).await;
    let timers = "select count(*) from timer where fired_at is null";
    let armed = count(&file, timers).await;
    let right = "select max(due_at) from timer where fired_at is null";
    let due = count(&file, right).await;
    // As an older database had it, in which that country's clocks went an hour ahead of where they go.
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut change = sqlx::ConnectOptions::connect(&options)
        .await
        .expect("a database");
    for statement in [
        "update install set zones = '2019a'",
        "update timer set due_at = due_at + 3600000 where fired_at is null",
        "update ticket set clocks = json_set(clocks, '$.standings[2].due', '2026-10-20T23:59:59Z')",
    ] {
        let done = sqlx::query(statement).execute(&mut change).await;
        assert!(done.expect("done").rows_affected() > 0, "{statement}");
    }
    desk.set_zones(monday + HOUR).await.expect("computed");
    assert_eq!(count(&file, timers).await, armed);
    assert_eq!(
        count(&file, right).await,
        due,
        "the timers stand where they should"
    );
    let ticket = desk
        .ticket_by_id(id, &LEAD.actor(), monday)
        .await
        .expect("there");
    let events = desk.events(&ticket).await.expect("read");
    let moved =
        |event: &&deskhand::domain::event::Event| matches!(event.what, What::DueMoved { .. });
    assert_eq!(events.iter().filter(moved).count(), 1, "{events:?}");
    // The same database again has nothing to do.
    desk.set_zones(monday + HOUR * 2).await.expect("nothing");
    let after = desk.events(&ticket).await.expect("read");
    assert_eq!(after.len(), events.len());
}
