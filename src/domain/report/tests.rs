//! A small desk whose figures can be counted by hand.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::calendar::Hours;
use crate::domain::clocks::{ALWAYS, BUSINESS, Book, Policy};
use crate::domain::event::{Event, What};
use crate::domain::handover::{HandOver, HandOverTexts};
use crate::domain::ids::{Number, TicketId, UserId};
use crate::domain::priority::{Impact, Priority, Urgency};
use crate::domain::ticket::{ArticleNote, Code, Origin, PendingHandOver, Score};

const MIA: UserId = UserId(50);
const RAVI: UserId = UserId(1);
const IVO: UserId = UserId(2);

/// A Monday, midnight.
fn beginning() -> Timestamp {
    "2026-06-01T00:00:00Z".parse().expect("an instant")
}

fn at(day: i64, hour: i64, minute: i64) -> Timestamp {
    beginning() + SignedDuration::from_mins((day * 24 + hour) * 60 + minute)
}

fn june() -> Period {
    Period {
        from: beginning(),
        until: at(30, 0, 0),
    }
}

fn opened() -> What {
    What::Opened {
        impact: Impact::Low,
        urgency: Urgency::High,
        priority: Priority::P3,
        category: "network".into(),
        ask: None,
    }
}

fn claimed() -> What {
    What::Claimed { answers: None }
}

fn replied() -> What {
    What::Replied { text: None }
}

fn resolved() -> What {
    What::Resolved {
        code: Code::Fixed,
        text: "Done".into(),
        article: ArticleNote::Draft,
        lesson: None,
        reason: None,
    }
}

fn reopened(times: u32) -> What {
    What::Reopened {
        reason: "x".into(),
        times,
        back: Some(RAVI),
    }
}

fn rated(score: u8) -> What {
    What::Rated {
        score: Score::of(score).expect("a score"),
        comment: None,
        cycle: 0,
        before: None,
    }
}

fn escalated() -> What {
    What::Escalated {
        hand_over: HandOver {
            from: Tier::L1,
            to: Tier::L2,
            by: RAVI,
            by_name: "Ravi".into(),
            texts: HandOverTexts {
                summary: "x".into(),
                tried: "x".into(),
                findings: "x".into(),
                asked: "x".into(),
                told: "x".into(),
            },
        },
        reason: None,
    }
}

fn rejected() -> What {
    What::Rejected {
        from: Tier::L2,
        to: Tier::L1,
        reason: "x".into(),
        times: 1,
        hand_over: PendingHandOver {
            from: Tier::L1,
            to: Tier::L2,
            by: RAVI,
            at: at(0, 0, 0),
            seq: 1,
            offered: None,
            summary: String::new(),
        },
    }
}

fn asked() -> What {
    What::Asked { text: "?".into() }
}

/// What happened, who did it, and when.
type Story = Vec<(Timestamp, Option<UserId>, What)>;

/// Eight tickets. The desk answers around the clock; P3 is promised an answer in 4 h and a solution in 24 h.
fn stories() -> Vec<Story> {
    let (mia, ravi, ivo) = (Some(MIA), Some(RAVI), Some(IVO));
    vec![
        // 1: solved at first contact, with one message before: taken after 10 min, answered after 30 min, solved after 2 h.
        vec![
            (at(0, 8, 0), mia, opened()),
            (at(0, 8, 10), ravi, claimed()),
            (at(0, 8, 30), ravi, replied()),
            (at(0, 10, 0), ravi, resolved()),
            (at(0, 11, 0), None, What::RatingAsked),
            (at(0, 12, 0), mia, rated(5)),
            (at(1, 0, 0), mia, What::Closed),
        ],
        // 2: taken after 20 min, handed over after 1 h, taken there after 1 h more, solved by L2 after 6 h of which 1 h waited for the
        // requester.
        vec![
            (at(1, 8, 0), mia, opened()),
            (at(1, 8, 20), ravi, claimed()),
            (at(1, 9, 0), ravi, escalated()),
            (at(1, 10, 0), ivo, What::Accepted { answers: None }),
            (at(1, 11, 0), ivo, asked()),
            (at(1, 12, 0), mia, What::Resumed),
            (at(1, 14, 0), ivo, resolved()),
            (at(1, 15, 0), None, What::RatingAsked),
            (at(1, 16, 0), mia, rated(2)),
        ],
        // 3: handed over and sent back; then solved by L1, 30 h after it was opened: too late for both clocks.
        vec![
            (at(2, 8, 0), mia, opened()),
            (at(2, 8, 30), ravi, claimed()),
            (at(2, 9, 0), ravi, escalated()),
            (at(2, 9, 30), ivo, rejected()),
            (at(2, 10, 0), ravi, claimed()),
            (at(3, 14, 0), ravi, resolved()),
            (at(3, 15, 0), None, What::RatingAsked),
        ],
        // 4: solved, opened again within the window, solved again.
        vec![
            (at(3, 8, 0), mia, opened()),
            (at(3, 8, 40), ravi, claimed()),
            (at(3, 9, 0), ravi, resolved()),
            (at(4, 9, 0), mia, reopened(1)),
            (at(4, 10, 0), ravi, resolved()),
        ],
        // 5: withdrawn. It is in no figure.
        vec![
            (at(4, 8, 0), mia, opened()),
            (at(4, 9, 0), mia, What::Cancelled { reason: None }),
        ],
        // 6: open since before the period, and taken by nobody.
        vec![(at(-10, 8, 0), mia, opened())],
        // 7: a follow-up of the first, taken and answered, and open still.
        vec![
            (at(29, 8, 0), mia, opened()),
            (
                at(29, 8, 0),
                None,
                What::GrewFrom {
                    ticket: TicketId(1),
                    number: Number(1),
                    origin: Origin::FollowUp,
                },
            ),
            (at(29, 8, 50), ravi, claimed()),
            (at(29, 9, 0), ravi, replied()),
        ],
        // 8: solved on the last day: too young to tell whether it comes back.
        vec![
            (at(29, 8, 0), mia, opened()),
            (at(29, 9, 0), ravi, claimed()),
            (at(29, 10, 0), ravi, resolved()),
        ],
    ]
}

fn policy() -> Policy {
    let zones = TimeZoneDatabase::bundled();
    let always = Hours::always()
        .calendar(&zones, beginning())
        .expect("a calendar");
    let always = std::sync::Arc::new(always);
    let calendars = [ALWAYS, BUSINESS].map(|name| (name.to_owned(), always.clone()));
    Policy::new(&Book::default().terms("network"), &calendars.into()).expect("a policy")
}

fn lives(end: Timestamp) -> Vec<Counted> {
    let policy = policy();
    let numbered = (1..).zip(stories());
    numbered
        .map(|(number, story)| {
            let events: Vec<Event> = (1..)
                .zip(story)
                .map(|(seq, (at, by, what))| Event { seq, at, by, what })
                .collect();
            let mut life = Life::of(Number(number), MIA, &events, end).expect("a life");
            let clocks = life.reckon(&policy, end);
            (life, clocks)
        })
        .collect()
}

fn report() -> Report {
    let end = at(30, 0, 0);
    Report::of(&lives(end), june(), Part::ALL, &TimeZone::UTC, end)
}

fn minutes(spans: &Spans) -> (usize, i64, i64, i64) {
    let minutes = |seconds: Option<i64>| seconds.expect("a figure") / 60;
    (
        spans.n,
        minutes(spans.median),
        minutes(spans.p90),
        minutes(spans.longest),
    )
}

fn share(share: Share) -> (usize, usize) {
    (share.part, share.of)
}

#[test]
fn how_much_came_and_went_and_what_is_left() {
    let report = report();
    assert_eq!((report.opened, report.solved), (6, 5));
    // Ticket 7 for 16 h, ticket 6 for 39 days and 16 h
    assert_eq!(
        minutes(&report.backlog),
        (2, 16 * 60, (39 * 24 + 16) * 60, (39 * 24 + 16) * 60)
    );
    assert_eq!(report.backlog_ages, [1, 0, 0, 0, 0, 1]);
    assert_eq!(share(report.repeated), (1, 1));
    assert_eq!(report.days.len(), 30);
    let day = |day: usize| (report.days[day].opened, report.days[day].solved);
    assert_eq!(
        [day(0), day(3), day(4), day(29)],
        [(1, 1), (1, 1), (0, 1), (2, 1)]
    );
    // Monday to Thursday at eight, and the last day, a Tuesday
    let busy: Vec<(usize, usize)> = report
        .hours
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, n)| *n > 0)
        .collect();
    assert_eq!(busy, [(8, 1), (24 + 8, 3), (48 + 8, 1), (72 + 8, 1)]);
}

#[test]
fn how_long_people_waited() {
    let report = report();
    // 30 min; 3 h; 30 h, by the solution; 1 h, by the solution; 1 h; 2 h, by the solution
    assert_eq!(minutes(&report.first_response), (6, 60, 30 * 60, 30 * 60));
    // 10; 20, 60; 30, 30; 40; 50; 60
    assert_eq!(minutes(&report.taken), (8, 30, 60, 60));
    // 2 h; 6 h less 1 h; 30 h; 1 h and 1 h; 2 h
    assert_eq!(minutes(&report.resolution), (5, 2 * 60, 30 * 60, 30 * 60));
    // 2 h; 6 h; 30 h; 26 h; 2 h
    assert_eq!(
        minutes(&report.resolution_wall),
        (5, 6 * 60, 30 * 60, 30 * 60)
    );
    // 2 h; 6 h; 30 h; twice 1 h, as what was solved waits for nobody; 2 h
    assert_eq!(
        report.waited_requester,
        Ratio {
            part: 3600,
            of: 42 * 3600
        }
    );
    assert_eq!(
        report.waited_vendor,
        Ratio {
            part: 0,
            of: 42 * 3600
        }
    );
}

#[test]
fn how_well_it_was_done() {
    let report = report();
    // Of 1, 2, 3 and 4 the first alone: 2 and 3 were handed over, 4 came back.
    assert_eq!(share(report.first_contact), (1, 4));
    assert_eq!(share(report.one_touch), (1, 4));
    assert_eq!(share(report.reopened), (1, 4));
    assert_eq!(share(report.bounced), (1, 2));
    assert_eq!(share(report.satisfied), (1, 2));
    assert_eq!(share(report.answered), (2, 3));
    // First answers: 1, 2, 4, 7, 8 in time, 3 not; ticket 6's ran out before the period.
    assert_eq!(share(report.promises["first_response"]), (5, 6));
    // Solutions: 1, 2, 4, 8 in time, 3 not; ticket 6's ran out before the period.
    assert_eq!(share(report.promises["resolution"]), (4, 5));
}

#[test]
fn what_each_tier_did() {
    let report = report();
    let [l1, l2, l3] = report.tiers.as_slice() else {
        panic!("three tiers");
    };
    // Six came, 3 came back from L2, and 4 was opened again.
    assert_eq!((l1.came, l1.solved, share(l1.escalated)), (8, 5, (2, 6)));
    assert_eq!((l2.came, l2.solved, share(l2.escalated)), (2, 1, (0, 2)));
    assert_eq!((l3.came, l3.solved, l3.stay.n), (0, 0, 0));
    // L2: 5 h, and half an hour until it was sent back
    assert_eq!(minutes(&l2.stay), (2, 30, 5 * 60, 5 * 60));
}

#[test]
fn what_is_reported_of_a_period_stays_what_it_was() {
    let end = at(30, 0, 0);
    let then = Report::of(&lives(end), june(), Part::ALL, &TimeZone::UTC, end);
    // A year later, when nothing is too young any more.
    let later = Report::of(
        &lives(end),
        june(),
        Part::ALL,
        &TimeZone::UTC,
        at(400, 0, 0),
    );
    assert_eq!(
        (share(later.first_contact), share(later.reopened)),
        ((2, 5), (1, 5))
    );
    let still = |report: Report| Report {
        first_contact: Share::default(),
        one_touch: Share::default(),
        reopened: Share::default(),
        ..report
    };
    assert_eq!(still(then), still(later));
}

/// `n` tickets alike, each taken, answered, handed over, sent back, solved and rated, all by Ravi.
fn alike(n: i64) -> Vec<Counted> {
    let policy = policy();
    let of = |number: i64| {
        let day = number * 2;
        let (mia, ravi) = (Some(MIA), Some(RAVI));
        let story = vec![
            (at(day, 8, 0), mia, opened()),
            (at(day, 8, 10), ravi, claimed()),
            (at(day, 8, 20), ravi, replied()),
            (at(day, 8, 30), ravi, escalated()),
            (at(day, 8, 40), Some(IVO), rejected()),
            (at(day, 8, 50), ravi, claimed()),
            (at(day, 9, 0), ravi, resolved()),
            (at(day, 10, 0), None, What::RatingAsked),
            (at(day, 11, 0), mia, rated(5)),
        ];
        let events: Vec<Event> = (1..)
            .zip(story)
            .map(|(seq, (at, by, what))| Event { seq, at, by, what })
            .collect();
        let mut life = Life::of(Number(number), MIA, &events, at(30, 0, 0)).expect("a life");
        let clocks = life.reckon(&policy, at(30, 0, 0));
        (life, clocks)
    };
    (1..=n).map(of).collect()
}

#[test]
fn of_a_person_nothing_is_told_that_counts_fewer_than_five() {
    let of = |all: &[Counted]| Personal::of(RAVI, None, all, june(), at(30, 0, 0));
    let nobody = of(&[]);
    let all_too_few = serde_json::to_string(&nobody).expect("JSON");
    assert!(
        !all_too_few
            .replace("fewer than 5", "")
            .contains(|c: char| c.is_ascii_digit())
    );
    // Whoever reads that somebody did two things reads the same of somebody who did nothing. Each was taken twice.
    for few in [1, 2] {
        assert_eq!(of(&alike(few)), nobody, "{few}");
    }
    for few in [3, 4] {
        let told = of(&alike(few));
        assert!(
            told.taken
                .told()
                .is_some_and(|taken| taken.n == 2 * few as usize)
        );
        let taken = Figure::TooFew;
        assert_eq!(Personal { taken, ..told }, nobody, "{few}");
    }
    let five = of(&alike(5));
    assert_eq!((five.took, five.solved), (Figure::Told(5), Figure::Told(5)));
    assert_eq!(five.bounced, Figure::Told(Share { part: 5, of: 5 }));
    assert_eq!(five.satisfied, Figure::Told(Share { part: 5, of: 5 }));
    let kept = Figure::Told(Share { part: 5, of: 5 });
    assert_eq!(
        (five.promises["first_response"], five.promises["resolution"]),
        (kept, kept)
    );
    assert_eq!(
        five.resolution.told().and_then(|spans| spans.median),
        Some(3600)
    );
    // Who only sent them back did nothing of it.
    assert_eq!(
        Personal::of(IVO, None, &alike(5), june(), at(30, 0, 0)),
        nobody
    );
}

#[test]
fn what_a_tier_did_counts_where_it_was_done() {
    let end = at(30, 0, 0);
    let of = |tier| {
        let part = Part::at(Some(tier));
        Report::of(&lives(end), june(), part, &TimeZone::UTC, end)
    };
    let (l1, l2) = (of(Tier::L1), of(Tier::L2));
    // L2 solved ticket 2; ticket 3 was there and came back.
    assert_eq!((l1.opened, l1.solved), (6, 4));
    assert_eq!((l2.opened, l2.solved), (2, 1));
    assert_eq!((l1.backlog.n, l2.backlog.n), (2, 0));
    // Ticket 2 was answered by L2 first, after 3 h.
    assert_eq!(
        (l1.first_response.n, minutes(&l2.first_response)),
        (5, (1, 180, 180, 180))
    );
    assert_eq!(minutes(&l2.taken), (1, 60, 60, 60));
    assert_eq!((share(l1.bounced), share(l2.bounced)), ((1, 2), (0, 0)));
    assert_eq!((share(l1.satisfied), share(l2.satisfied)), ((1, 1), (0, 1)));
    assert_eq!(
        (
            share(l1.promises["resolution"]),
            share(l2.promises["resolution"])
        ),
        ((3, 4), (1, 1))
    );
    assert_eq!(l1.tiers.len(), 1);
    assert_eq!((l1.updates_missed, share(l1.repeated)), (None, (0, 0)));
}

#[test]
fn what_came_back_after_the_period_came_back() {
    let end = at(30, 0, 0);
    let mut all = lives(end);
    // Ticket 8 was solved on the last day, and opened again on the next.
    let later = Event {
        seq: 9,
        at: at(31, 0, 0),
        by: Some(MIA),
        what: reopened(1),
    };
    all[7].0.came_later(&[later]);
    let report = |now| Report::of(&all, june(), Part::ALL, &TimeZone::UTC, now);
    assert_eq!(share(report(end).reopened), (1, 4), "too young to be told");
    assert_eq!(share(report(at(60, 0, 0)).reopened), (2, 5));
    assert_eq!(share(report(at(60, 0, 0)).first_contact), (1, 5));
    assert_eq!(
        report(at(60, 0, 0)).solved,
        5,
        "it was solved in the period"
    );
}

#[test]
fn what_was_given_to_a_lower_tier_is_counted_apart_from_what_was_sent_back() {
    let (mia, ravi, ivo) = (Some(MIA), Some(RAVI), Some(IVO));
    let given_back = What::Deescalated {
        from: Tier::L2,
        to: Tier::L1,
        reason: "x".into(),
        remaining: "Send the new profile to the laptop".into(),
    };
    let story: Story = vec![
        (at(0, 8, 0), mia, opened()),
        (at(0, 8, 10), ravi, claimed()),
        (at(0, 9, 0), ravi, escalated()),
        (at(0, 10, 0), ivo, What::Accepted { answers: None }),
        (at(0, 11, 0), ivo, given_back),
        (at(0, 11, 30), ravi, claimed()),
        (at(0, 12, 0), ravi, resolved()),
    ];
    let events: Vec<Event> = (1..)
        .zip(story)
        .map(|(seq, (at, by, what))| Event { seq, at, by, what })
        .collect();
    let end = at(30, 0, 0);
    let mut life = Life::of(Number(1), MIA, &events, end).expect("a life");
    let clocks = life.reckon(&policy(), end);
    let all = [(life, clocks)];
    let of = |tier| Report::of(&all, june(), Part::at(tier), &TimeZone::UTC, end);
    assert_eq!((of(None).returned, share(of(None).bounced)), (1, (0, 1)));
    assert_eq!(
        (of(Some(Tier::L1)).returned, of(Some(Tier::L2)).returned),
        (0, 1)
    );
    assert_eq!(
        (of(Some(Tier::L1)).solved, of(Some(Tier::L2)).solved),
        (1, 0)
    );
}
