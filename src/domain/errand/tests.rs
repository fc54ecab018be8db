use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::category::Category;
use crate::domain::handover::HandOverTexts;
use crate::domain::ids::{GuildId, Number, TicketId};
use crate::domain::people::{Actor, Standing};
use crate::domain::priority::{Impact, Urgency};
use crate::domain::roster::{Holder, Turns};
use crate::domain::ticket::{EscalateChoice, Opening};
use crate::domain::tier::Tier;
use crate::domain::tier::TierSet;

const MIA: UserId = UserId(1);
const RAVI: UserId = UserId(11);
const IVO: UserId = UserId(21);

fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("a valid instant")
}

fn crew() -> Crew {
    let holder = |user, tier| Holder::new(user, String::new(), TierSet::NONE.with(tier));
    let mut crew = Crew {
        holders: vec![holder(RAVI, Tier::L1), holder(IVO, Tier::L2)],
        ..Crew::default()
    };
    // What waits for L1 waits until somebody takes it.
    crew.rules[0].turns = Turns::Manual;
    crew
}

fn by(user: UserId, tier: Tier) -> Actor {
    let standing = Standing {
        tiers: TierSet::NONE.with(tier),
        ..Standing::default()
    };
    Actor {
        user,
        name: "X".into(),
        standing,
    }
}

fn opened(category: &str, impact: Impact, urgency: Urgency) -> (Ticket, Vec<Event>) {
    let opening = Opening {
        guild: GuildId(7),
        requester: MIA,
        requester_name: "Mia".into(),
        title: "VPN fails".into(),
        body: "It says 809".into(),
        tried: String::new(),
        category: Category::from_key(category).expect("known"),
        impact,
        urgency,
        ask: None,
    };
    let (mut ticket, happened) = Ticket::open(opening, TicketId(1), Number(42), now());
    let events = ticket.record(happened, Some(MIA), now());
    (ticket, events)
}

fn escalated(category: &str) -> (Ticket, Vec<Errand>) {
    let (mut ticket, _) = opened(category, Impact::Low, Urgency::Medium);
    let sender = by(RAVI, Tier::L1);
    let claimed = ticket.claim(&sender, now()).expect("claimed");
    ticket.record(claimed, Some(RAVI), now());
    let texts = HandOverTexts {
        summary: "A summary that is long enough to say something".into(),
        tried: "a".into(),
        findings: "b".into(),
        asked: "c".into(),
        told: "d".into(),
    };
    let happened = ticket
        .escalate(&sender, texts, EscalateChoice::default(), &crew(), now())
        .expect("escalated");
    let events = ticket.record(happened, Some(RAVI), now());
    let work = errands(&ticket, &events, &crew());
    (ticket, work)
}

fn said(work: &[Errand]) -> Vec<(Destination, &Notice)> {
    work.iter()
        .filter_map(|errand| match errand {
            Errand::Say { to, notice, .. } => Some((*to, notice)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_ticket_gets_its_thread_its_requester_and_a_first_sentence_in_this_order() {
    let (ticket, events) = opened("network", Impact::Low, Urgency::Low);
    let thread = ThreadKind::Requester;
    let first = Errand::Say {
        to: Destination::Thread,
        notice: Notice::Opened,
        name: None,
    };
    let expected = [
        Errand::OpenThread { thread },
        Errand::Invite { thread, user: MIA },
        first,
    ];
    assert_eq!(errands(&ticket, &events, &crew()), expected);
    assert!(
        expected.iter().all(|errand| errand.lane() == "thread"),
        "one lane keeps the order"
    );
}

#[test]
fn a_p1_calls_everybody_on_duty_and_the_leads() {
    let (ticket, events) = opened("network", Impact::High, Urgency::High);
    let work = errands(&ticket, &events, &crew());
    let call = Notice::Call {
        priority: Priority::P1,
        call: vec![RAVI],
    };
    assert!(said(&work).contains(&(Destination::Queue(Tier::L1), &call)));
    let urgent = Notice::Urgent {
        priority: Priority::P1,
        tier: Tier::L1,
    };
    assert!(said(&work).contains(&(Destination::Leads, &urgent)));
}

#[test]
fn an_escalation_is_whole_for_staff_one_sentence_for_the_requester_and_one_line_for_leads() {
    let (_, work) = escalated("network");
    let places: Vec<Destination> = said(&work).into_iter().map(|(to, _)| to).collect();
    assert_eq!(
        places,
        [
            Destination::StaffThread,
            Destination::Thread,
            Destination::Escalations
        ]
    );
    assert!(matches!(
        said(&work)[0].1,
        Notice::HandOver {
            offered: Some(IVO),
            ..
        }
    ));
    assert_eq!(said(&work)[1].1, &Notice::HandedOver { to: Tier::L2 });
    assert!(matches!(
        said(&work)[2].1,
        Notice::EscalationLine {
            summary: Some(_),
            answer: Answer::None,
            ..
        }
    ));
}

#[test]
fn what_is_confidential_stays_out_of_the_escalation_channel() {
    let (_, work) = escalated("people");
    for (to, notice) in said(&work) {
        if to == Destination::Escalations {
            assert!(
                matches!(notice, Notice::EscalationLine { summary: None, .. }),
                "{notice:?}"
            );
        }
    }
    let invited: Vec<UserId> = work
        .iter()
        .filter_map(|errand| match errand {
            Errand::Invite {
                thread: ThreadKind::Staff,
                user,
            } => Some(*user),
            _ => None,
        })
        .collect();
    assert_eq!(
        invited,
        [RAVI, IVO],
        "its staff thread is private: sender and receiver are let in"
    );
}

#[test]
fn the_line_for_leads_is_amended_under_the_name_it_was_posted_with() {
    let (mut ticket, work) = escalated("network");
    let name = work.iter().find_map(|errand| match errand {
        Errand::Say {
            name: Some(name), ..
        } => Some(name.clone()),
        _ => None,
    });
    let later = now() + SignedDuration::from_mins(4);
    let accepted = ticket.accept(&by(IVO, Tier::L2), later).expect("accepted");
    let events = ticket.record(accepted, Some(IVO), later);
    let amended = errands(&ticket, &events, &crew())
        .into_iter()
        .find_map(|errand| match errand {
            Errand::Amend {
                name,
                notice: Notice::EscalationLine { answer, .. },
                ..
            } => Some((name, answer)),
            _ => None,
        });
    let answer = Answer::Taken {
        by: IVO,
        after: SignedDuration::from_mins(4),
    };
    assert_eq!(amended, Some((name.expect("a name"), answer)));
}

#[test]
fn every_errand_and_notice_survives_the_database() {
    let (_, work) = escalated("network");
    for errand in work {
        let text = serde_json::to_string(&errand).expect("it can be written");
        assert_eq!(
            serde_json::from_str::<Errand>(&text).expect("it can be read"),
            errand
        );
    }
}
