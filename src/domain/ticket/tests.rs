use jiff::SignedDuration;

use super::*;
use crate::domain::handover::HandOverTexts;
use crate::domain::people::Standing;
use crate::domain::roster::{Holder, Turns};
use crate::domain::tier::TierSet;

const MIA: UserId = UserId(1);
const RAVI: UserId = UserId(11);
const IVO: UserId = UserId(21);
const LENA: UserId = UserId(22);
const NOOR: UserId = UserId(31);

pub(super) fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("a valid instant")
}

pub(super) fn opened(impact: Impact, urgency: Urgency) -> Ticket {
    let opening = Opening {
        guild: GuildId(7),
        requester: MIA,
        requester_name: "Mia".into(),
        title: "VPN fails".into(),
        body: "It says 809".into(),
        tried: "restart".into(),
        category: Category::from_key("network").expect("known"),
        impact,
        urgency,
        ask: None,
    };
    let (mut ticket, happened) = Ticket::open(opening, TicketId(1), Number(42), now());
    ticket.record(happened, Some(MIA), now());
    ticket
}

fn technician(user: UserId, tier: Tier) -> Actor {
    let standing = Standing {
        tiers: TierSet::NONE.with(tier),
        ..Standing::default()
    };
    Actor {
        user,
        name: format!("user {user}"),
        standing,
    }
}

fn lead() -> Actor {
    Actor {
        user: UserId(90),
        name: "Ada".into(),
        standing: Standing {
            lead: true,
            ..Standing::default()
        },
    }
}

fn holder(user: UserId, tier: Tier, load: u32) -> Holder {
    let tiers = TierSet::NONE.with(tier);
    Holder {
        load,
        ..Holder::new(user, String::new(), tiers)
    }
}

/// Everybody is on duty, and what waits for L1 waits until somebody takes it.
fn at_work(holders: Vec<Holder>) -> Crew {
    let mut crew = Crew {
        holders,
        ..Crew::default()
    };
    crew.rules[0].turns = Turns::Manual;
    crew
}

pub(super) fn crew() -> Crew {
    let holders = vec![
        holder(RAVI, Tier::L1, 0),
        holder(IVO, Tier::L2, 3),
        holder(LENA, Tier::L2, 1),
        holder(NOOR, Tier::L3, 0),
    ];
    at_work(holders)
}

/// An end without a lesson and without a reason.
fn ending(text: &str, article: ArticleNote) -> Ending {
    Ending {
        code: Code::Fixed,
        text: text.to_owned(),
        article,
        lesson: None,
        reason: None,
    }
}

pub(super) fn texts() -> HandOverTexts {
    HandOverTexts {
        summary: "VPN login fails for one person with error 809".into(),
        tried: "restart, other network".into(),
        findings: "IKE blocked".into(),
        asked: "check the gateway".into(),
        told: "somebody calls back".into(),
    }
}

fn escalated() -> Ticket {
    let mut ticket = opened(Impact::Low, Urgency::Medium);
    ticket
        .claim(&technician(RAVI, Tier::L1), now())
        .expect("claimed");
    let by = technician(RAVI, Tier::L1);
    let happened = ticket
        .escalate(&by, texts(), EscalateChoice::default(), &crew(), now())
        .expect("escalated");
    ticket.record(happened, Some(RAVI), now());
    ticket
}

#[test]
fn the_first_claim_wins_and_the_second_is_told_who_has_it() {
    let mut ticket = opened(Impact::Low, Urgency::Low);
    ticket
        .claim(&technician(RAVI, Tier::L1), now())
        .expect("claimed");
    let refusal = ticket.claim(&technician(IVO, Tier::L2), now());
    assert_eq!(
        refusal,
        Err(Refusal::WrongState {
            verb: Verb::Claim,
            number: Number(42),
            state: State::InProgress,
            assignee: Some(RAVI),
            tier: Tier::L1,
        })
    );
    assert_eq!(ticket.assignee, Some(RAVI));
}

#[test]
fn nobody_works_on_an_own_request() {
    let mut ticket = opened(Impact::Low, Urgency::Low);
    assert_eq!(
        ticket.claim(&technician(MIA, Tier::L1), now()),
        Err(Refusal::OwnTicket { number: Number(42) })
    );
    assert_eq!(ticket.state, State::New);
}

#[test]
fn an_escalation_is_offered_to_the_least_loaded_and_accepted_by_them_alone() {
    let mut ticket = escalated();
    assert_eq!(
        (ticket.tier, ticket.state, ticket.assignee),
        (Tier::L2, State::Assigned, Some(LENA))
    );
    let other = ticket.accept(&technician(IVO, Tier::L2), now());
    assert_eq!(
        other,
        Err(Refusal::OfferedToAnother {
            number: Number(42),
            to: LENA
        })
    );
    ticket
        .accept(&technician(LENA, Tier::L2), now())
        .expect("accepted");
    assert_eq!((ticket.state, ticket.pending), (State::InProgress, None));
}

#[test]
fn a_tier_that_nobody_holds_is_skipped() {
    let mut ticket = opened(Impact::Low, Urgency::Medium);
    let by = technician(RAVI, Tier::L1);
    ticket.claim(&by, now()).expect("claimed");
    let without_l2 = at_work(vec![holder(RAVI, Tier::L1, 0), holder(NOOR, Tier::L3, 0)]);
    ticket
        .escalate(&by, texts(), EscalateChoice::default(), &without_l2, now())
        .expect("escalated");
    assert_eq!(ticket.tier, Tier::L3);
    let mut alone = opened(Impact::Low, Urgency::Medium);
    alone.claim(&by, now()).expect("claimed");
    let only_l1 = at_work(vec![holder(RAVI, Tier::L1, 0)]);
    let refusal = alone.escalate(&by, texts(), EscalateChoice::default(), &only_l1, now());
    assert_eq!(
        refusal,
        Err(Refusal::NobodyAbove {
            number: Number(42),
            tier: Tier::L1
        })
    );
    assert_eq!(alone.state, State::InProgress, "a refusal changes nothing");
}

#[test]
fn passing_a_tier_over_needs_p1_or_a_lead_with_a_reason() {
    let to_l3 = || EscalateChoice {
        to: Some(Tier::L3),
        ..EscalateChoice::default()
    };
    let by = technician(RAVI, Tier::L1);
    let mut normal = opened(Impact::Low, Urgency::Medium);
    normal.claim(&by, now()).expect("claimed");
    assert_eq!(
        normal.escalate(&by, texts(), to_l3(), &crew(), now()),
        Err(Refusal::NoSkipping { next: Tier::L2 })
    );
    assert_eq!(
        normal.escalate(&lead(), texts(), to_l3(), &crew(), now()),
        Err(Refusal::ReasonNeeded)
    );
    let with_reason = EscalateChoice {
        reason: Some("only Noor knows it".into()),
        ..to_l3()
    };
    normal
        .escalate(&lead(), texts(), with_reason, &crew(), now())
        .expect("escalated");
    assert_eq!((normal.tier, normal.assignee), (Tier::L3, Some(NOOR)));
    let mut urgent = opened(Impact::High, Urgency::High);
    urgent.claim(&by, now()).expect("claimed");
    urgent
        .escalate(&by, texts(), to_l3(), &crew(), now())
        .expect("escalated");
    assert_eq!(
        (urgent.tier, urgent.assignee),
        (Tier::L3, None),
        "P1 is offered to nobody alone"
    );
}

#[test]
fn a_reject_goes_back_to_the_sender_and_the_second_one_to_the_lead() {
    let mut ticket = escalated();
    let by = technician(LENA, Tier::L2);
    assert_eq!(
        ticket.clone().reject(&by, "  ", &crew(), now()),
        Err(Refusal::ReasonNeeded)
    );
    let happened = ticket
        .reject(&by, "This is a password reset", &crew(), now())
        .expect("rejected");
    assert!(
        matches!(happened[0], What::Rejected { times: 1, .. }),
        "{happened:?}"
    );
    assert_eq!(
        (ticket.tier, ticket.state, ticket.assignee),
        (Tier::L1, State::Assigned, Some(RAVI))
    );
    ticket
        .accept(&technician(RAVI, Tier::L1), now())
        .expect("accepted");
    let again = technician(RAVI, Tier::L1);
    ticket
        .escalate(&again, texts(), EscalateChoice::default(), &crew(), now())
        .expect("escalated");
    ticket
        .reject(&by, "Still a password reset", &crew(), now())
        .expect("rejected");
    assert!(ticket.lead_decides);
    assert_eq!(
        (ticket.state, ticket.assignee),
        (State::New, None),
        "nothing is offered by itself any more"
    );
}

#[test]
fn who_sent_it_is_off_duty_and_the_ticket_goes_to_the_queue() {
    let mut ticket = escalated();
    let mut crew = crew();
    crew.duty_used = true;
    ticket
        .reject(&technician(LENA, Tier::L2), "Not ours", &crew, now())
        .expect("rejected");
    assert_eq!(
        (ticket.tier, ticket.state, ticket.assignee),
        (Tier::L1, State::New, None)
    );
}

#[test]
fn resolving_needs_a_text_and_an_article_or_why_none() {
    let mut ticket = opened(Impact::Low, Urgency::Low);
    let by = technician(RAVI, Tier::L1);
    ticket.claim(&by, now()).expect("claimed");
    let none = |reason: &str| ArticleNote::None {
        reason: reason.into(),
    };
    let text = "Replaced the certificate.";
    let too_short = ticket.resolve(&by, ending("done", none("one-off")), now());
    assert_eq!(
        too_short,
        Err(Refusal::TextTooShort {
            length: 4,
            at_least: 20
        })
    );
    assert_eq!(
        ticket.resolve(&by, ending(text, none(" ")), now()),
        Err(Refusal::ArticleOrWhyNone)
    );
    let without_reason = ticket.resolve(&lead(), ending(text, none("one-off")), now());
    assert_eq!(without_reason, Err(Refusal::ReasonNeeded));
    ticket
        .resolve(&by, ending(text, none("one-off")), now())
        .expect("resolved");
    assert_eq!(ticket.state, State::Resolved);
    assert!(
        ticket
            .clone()
            .close(now() + SignedDuration::from_hours(24 * 5 - 1))
            .is_empty()
    );
    assert_eq!(
        ticket.close(now() + SignedDuration::from_hours(24 * 5)),
        [What::Closed]
    );
    assert!(
        ticket
            .close(now() + SignedDuration::from_hours(24 * 9))
            .is_empty(),
        "closed once"
    );
}

#[test]
fn a_higher_impact_at_the_hand_over_raises_the_priority() {
    let mut ticket = opened(Impact::Low, Urgency::High);
    let by = technician(RAVI, Tier::L1);
    ticket.claim(&by, now()).expect("claimed");
    let choice = EscalateChoice {
        impact: Some(Impact::High),
        ..EscalateChoice::default()
    };
    let happened = ticket
        .escalate(&by, texts(), choice, &crew(), now())
        .expect("escalated");
    assert!(matches!(
        happened[0],
        What::Reassessed {
            priority_was: Priority::P3,
            priority: Priority::P1,
            ..
        }
    ));
    assert_eq!(ticket.assignee, None, "P1 is offered to nobody alone");
}

#[test]
fn who_loses_the_role_loses_the_ticket_and_the_next_person_is_offered_it() {
    let mut ticket = escalated();
    let mut crew = crew();
    crew.holders.retain(|holder| holder.user != LENA);
    let happened = ticket.release(LENA, ReleaseReason::LostRole, &crew, now());
    let (to, unskilled) = (IVO, false);
    assert_eq!(happened[1], What::Offered { to, unskilled });
    assert_eq!(
        (ticket.state, ticket.assignee),
        (State::Assigned, Some(IVO))
    );
    assert!(
        ticket
            .release(LENA, ReleaseReason::LostRole, &crew, now())
            .is_empty(),
        "they hold nothing any more"
    );
}

#[test]
fn events_are_numbered_without_gaps() {
    let mut ticket = opened(Impact::Low, Urgency::Low);
    assert_eq!((ticket.last_seq, ticket.version), (1, 1));
    let events = ticket.record(vec![What::Closed, What::Closed], None, now());
    assert_eq!(
        events.iter().map(|event| event.seq).collect::<Vec<_>>(),
        [2, 3]
    );
    assert!(ticket.record(Vec::new(), None, now()).is_empty());
    assert_eq!(
        (ticket.last_seq, ticket.version),
        (3, 2),
        "nothing happened, nothing is counted"
    );
}
