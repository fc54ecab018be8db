//! The ticket's row goes in and comes back; lists and counts find what they should.

use jiff::SignedDuration;
use sqlx::SqlitePool;

use super::*;
use crate::domain::ticket::PendingHandOver;
use crate::domain::tier::TierSet;
use crate::store::lists::{Filter, held_by, page};
use crate::store::samples::{GUILD, MIA, RAVI, guild, now, ticket};

#[sqlx::test]
async fn a_ticket_comes_back_as_it_went_in(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    let mut kept = ticket(&mut connection, "VPN").await;
    kept.participants = vec![UserId(5), UserId(6)];
    kept.state = State::Assigned;
    kept.assignee = Some(RAVI);
    kept.tier = Tier::L2;
    kept.bounces = [1, 2];
    kept.lead_decides = true;
    kept.waits = Some(State::WaitingUser);
    kept.replied_at = Some(now());
    kept.reopened = 2;
    kept.rated = Some(Score::ALL[3]);
    kept.rated_at = Some(now());
    kept.escalation_asked_at = Some(now());
    kept.resolved_at = Some(now());
    kept.pending = Some(PendingHandOver {
        from: Tier::L1,
        to: Tier::L2,
        by: RAVI,
        at: now(),
        seq: 3,
        offered: None,
        summary: "é \"quoted\"".into(),
    });
    save(&mut connection, &kept, None).await.expect("saved");
    assert_eq!(
        find(&mut connection, kept.id).await.expect("read"),
        Some(kept.clone())
    );
    assert_eq!(
        numbered(&mut connection, GUILD, kept.number)
            .await
            .expect("read"),
        Some(kept)
    );
    assert_eq!(
        numbered(&mut connection, GuildId(101), Number(1))
            .await
            .expect("read"),
        None
    );
}

#[sqlx::test]
async fn whatever_changed_of_a_ticket_is_written(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    let mut kept = ticket(&mut connection, "VPN").await;
    let changes: [fn(&mut Ticket); 22] = [
        |ticket| ticket.last_seq += 1,
        |ticket| {
            ticket.state = State::InProgress;
            ticket.assignee = Some(RAVI);
        },
        |ticket| ticket.replied_at = Some(now()),
        |ticket| ticket.participants.push(UserId(5)),
        |ticket| ticket.watchers.push(UserId(6)),
        |ticket| ticket.category = "access".into(),
        |ticket| ticket.confidential = true,
        |ticket| ticket.impact = Impact::High,
        |ticket| ticket.urgency = Urgency::High,
        |ticket| ticket.priority = Priority::P1,
        |ticket| ticket.priority_set = Some(Priority::P2),
        |ticket| ticket.tier = Tier::L3,
        |ticket| ticket.bounces = [3, 4],
        |ticket| ticket.lead_decides = true,
        |ticket| ticket.waits = Some(State::WaitingUser),
        |ticket| ticket.reopened = 2,
        |ticket| ticket.extended = true,
        |ticket| ticket.asked_at = Some(now()),
        |ticket| ticket.rated = Some(Score::ALL[3]),
        |ticket| ticket.rated_at = Some(now()),
        |ticket| ticket.escalation_asked_at = Some(now()),
        |ticket| ticket.resolved_at = Some(now()),
    ];
    for change in changes {
        let was = kept.clone();
        change(&mut kept);
        assert_ne!(kept, was);
        kept.version += 1;
        kept.changed_at += SignedDuration::from_secs(1);
        save(&mut connection, &kept, Some(&was))
            .await
            .expect("saved");
        let read = find(&mut connection, kept.id).await.expect("read");
        assert_eq!(read.as_ref(), Some(&kept));
    }
}

#[sqlx::test]
async fn words_are_found_whatever_their_case_in_any_language(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    for title in [
        "Ärger mit dem Drucker",
        "ÜBERALL kein Ton",
        "Принтер молчит",
        "VPN fails",
    ] {
        ticket(&mut connection, title).await;
    }
    for (typed, found) in [
        ("ärger", "Ärger mit dem Drucker"),
        ("ÄRGER", "Ärger mit dem Drucker"),
        ("überall", "ÜBERALL kein Ton"),
        ("принтер", "Принтер молчит"),
        ("vpn", "VPN fails"),
    ] {
        let filter = Filter {
            words: vec![typed.to_owned()],
            ..Filter::default()
        };
        let (tickets, _) = page(&mut connection, GUILD, &filter, 10, 0)
            .await
            .expect("a page");
        let titles: Vec<_> = tickets.iter().map(|ticket| ticket.title.as_str()).collect();
        assert_eq!(titles, [found], "{typed}");
    }
}

#[sqlx::test]
async fn numbers_count_up_per_guild(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    assert_eq!(ticket(&mut connection, "One").await.number, Number(1));
    assert_eq!(ticket(&mut connection, "Two").await.number, Number(2));
}

#[sqlx::test]
async fn nobody_has_a_new_ticket_and_somebody_has_one_that_is_worked_on(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    let mut broken = ticket(&mut connection, "VPN").await;
    broken.state = State::InProgress;
    let error = save(&mut connection, &broken, None)
        .await
        .expect_err("nobody has it");
    assert!(error.is_constraint("ticket_has_one_assignee"), "{error:?}");
}

#[sqlx::test]
async fn a_list_is_filtered_and_ordered_by_urgency(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    let low = ticket(&mut connection, "Low").await;
    let mut urgent = ticket(&mut connection, "Urgent").await;
    urgent.priority = Priority::P1;
    urgent.tier = Tier::L2;
    save(&mut connection, &urgent, None).await.expect("saved");
    let mut ended = ticket(&mut connection, "Ended").await;
    ended.state = State::Closed;
    save(&mut connection, &ended, None).await.expect("saved");
    let mut secret = ticket(&mut connection, "Secret").await;
    secret.confidential = true;
    save(&mut connection, &secret, None).await.expect("saved");
    let listed = async |connection: &mut Connection, filter: Filter| {
        let (tickets, total) = page(connection, GUILD, &filter, 10, 0)
            .await
            .expect("a page");
        assert_eq!(tickets.len(), total as usize);
        tickets
            .into_iter()
            .map(|ticket| ticket.title)
            .collect::<Vec<_>>()
    };
    let all = Filter::default();
    assert_eq!(
        listed(&mut connection, all.clone()).await,
        ["Urgent", "Low", "Secret", "Ended"]
    );
    let active = Filter {
        active: true,
        open_to: Some(UserId(8)),
        ..all.clone()
    };
    assert_eq!(listed(&mut connection, active).await, ["Urgent", "Low"]);
    let l2 = Filter {
        tiers: Some(TierSet::NONE.with(Tier::L2)),
        ..all.clone()
    };
    assert_eq!(listed(&mut connection, l2).await, ["Urgent"]);
    let hers = Filter {
        open_to: Some(MIA),
        active: true,
        ..all.clone()
    };
    let listed = listed(&mut connection, hers).await;
    assert_eq!(
        listed,
        ["Urgent", "Low", "Secret"],
        "her own confidential one"
    );
    let (second, total) = page(&mut connection, GUILD, &all, 1, 1)
        .await
        .expect("a page");
    assert_eq!((second[0].id, total), (low.id, 4));
    assert!(
        held_by(&mut connection, GUILD, RAVI)
            .await
            .expect("a list")
            .is_empty()
    );
}

#[sqlx::test]
async fn threads_are_found_again_and_can_be_lost(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    let kept = ticket(&mut connection, "VPN").await;
    set_thread(&mut connection, kept.id, ChannelId(901), false)
        .await
        .expect("kept");
    set_thread(&mut connection, kept.id, ChannelId(902), true)
        .await
        .expect("kept");
    for thread in [901, 902] {
        let found = of_thread(&mut connection, ChannelId(thread))
            .await
            .expect("read");
        assert_eq!(found, Some((kept.id, kept.number)));
    }
    lose_thread(&mut connection, kept.id, false)
        .await
        .expect("lost");
    assert_eq!(
        of_thread(&mut connection, ChannelId(901))
            .await
            .expect("read"),
        None
    );
    assert!(
        of_thread(&mut connection, ChannelId(902))
            .await
            .expect("read")
            .is_some()
    );
}

#[sqlx::test]
async fn what_was_opened_lately_is_counted(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    let kept = ticket(&mut connection, "VPN").await;
    let text = ("VPN", "It says 809");
    let (short, long) = (
        now() - SignedDuration::from_mins(1),
        now() - SignedDuration::from_hours(1),
    );
    let found = recent(&mut connection, GUILD, MIA, text, short, long)
        .await
        .expect("counted");
    assert_eq!(
        (found.lately, found.today, found.open, found.same),
        (1, 1, 1, Some(kept.number))
    );
    let found = recent(&mut connection, GUILD, MIA, ("VPN", "else"), now(), long)
        .await
        .expect("counted");
    assert_eq!(
        (found.lately, found.today, found.open, found.same),
        (0, 1, 1, None)
    );
}

#[sqlx::test]
async fn active_tickets_are_counted_by_tier_and_state(pool: SqlitePool) {
    let mut connection = pool.acquire().await.expect("a connection");
    guild(&mut connection).await;
    let first = ticket(&mut connection, "The first").await;
    let mut second = ticket(&mut connection, "The second").await;
    second.priority = Priority::P1;
    save(&mut connection, &second, None).await.expect("saved");
    let mut gone = ticket(&mut connection, "Gone").await;
    gone.state = State::Closed;
    save(&mut connection, &gone, None).await.expect("saved");
    let standings = standings(&mut connection, GUILD).await.expect("counted");
    let expected = Standing {
        tier: Tier::L1,
        state: State::New,
        count: 2,
        urgent: 1,
        oldest: first.opened_at,
    };
    assert_eq!(standings, [expected]);
}
