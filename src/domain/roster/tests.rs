//! Turns, over crews that nobody thought of.

use proptest::prelude::*;

use super::*;
use crate::domain::category::Category;
use crate::domain::ids::{GuildId, Number, TicketId};
use crate::domain::priority::{Impact, Urgency};
use crate::domain::ticket::Opening;

fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("a valid instant")
}

fn ticket(tier: Tier, priority: Priority) -> Ticket {
    let opening = Opening {
        guild: GuildId(1),
        requester: UserId(1),
        requester_name: "Mia".into(),
        title: "VPN fails".into(),
        body: "It says 809".into(),
        tried: String::new(),
        category: Category::from_key("network").expect("known"),
        impact: Impact::Low,
        urgency: Urgency::Low,
        ask: None,
    };
    let (mut ticket, _) = Ticket::open(opening, TicketId(1), Number(1), now());
    ticket.tier = tier;
    ticket.priority = priority;
    ticket
}

fn tier() -> impl Strategy<Value = Tier> {
    prop::sample::select(Tier::ALL.to_vec())
}

fn holder() -> impl Strategy<Value = Holder> {
    let tiers = prop::collection::vec(tier(), 1..3);
    let skills = prop::collection::btree_set(
        prop::sample::select(vec!["network".to_owned(), "email".to_owned()]),
        0..2,
    );
    let turn = prop::option::of(0i64..5);
    let flags = (
        any::<bool>(),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    (1u64..9, tiers, skills, turn, 0u32..14, flags).prop_map(
        |(user, tiers, skills, turn, load, (on, away, declined))| {
            let tiers: TierSet = tiers.into_iter().collect();
            let seconds = |ago| now() - SignedDuration::from_secs(ago);
            Holder {
                duty: if on { Duty::On } else { Duty::Off },
                away_until: away.then(|| now() + SignedDuration::from_hours(1)),
                skills,
                load,
                turns: turn
                    .map(|ago| ((Tier::L1, Group::Services), seconds(ago)))
                    .into_iter()
                    .collect(),
                declined,
                ..Holder::new(UserId(user), String::new(), tiers)
            }
        },
    )
}

fn crew() -> impl Strategy<Value = Crew> {
    let rule = (prop::sample::select(Turns::ALL.to_vec()), 1u32..14)
        .prop_map(|(turns, capacity)| TierRule { turns, capacity });
    let rules = [rule.clone(), rule.clone(), rule];
    (prop::collection::vec(holder(), 0..8), any::<bool>(), rules).prop_map(
        |(mut holders, duty_used, rules)| {
            holders.sort_by_key(|holder| holder.user);
            holders.dedup_by_key(|holder| holder.user);
            Crew {
                holders,
                duty_used,
                rules,
                leads: Vec::new(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn whoever_is_picked_can_take_it(crew in crew(), tier in tier()) {
        let ticket = ticket(tier, Priority::P3);
        if let Some(turn) = crew.turn(&ticket) {
            let picked = crew.holders.iter().find(|one| one.user == turn.user).expect("known");
            prop_assert!(picked.tiers.contains(tier));
            prop_assert!(!crew.duty_used || picked.duty == Duty::On);
            prop_assert!(picked.away_until.is_none());
            prop_assert!(picked.load < crew.rule(tier).capacity);
            prop_assert!(!picked.declined);
            prop_assert!(picked.user != ticket.requester);
            let able = |one: &Holder| one.skills.contains("network");
            let somebody = crew.on_duty(tier).any(able);
            prop_assert!(able(picked) || !somebody, "somebody who knows it is there");
            let wanted = crew.holders.iter().any(|one| one.tiers.contains(tier) && able(one));
            prop_assert_eq!(turn.unskilled, wanted && !somebody);
        }
    }

    #[test]
    fn nobody_is_passed_over_who_could_take_it(crew in crew(), tier in tier()) {
        let ticket = ticket(tier, Priority::P3);
        let able = |one: &Holder| one.skills.contains("network");
        let somebody = crew.on_duty(tier).any(able);
        let wanted = crew.holders.iter().any(|one| one.tiers.contains(tier) && able(one));
        let could = crew.on_duty(tier).any(|one| {
            one.load < crew.rule(tier).capacity
                && !one.declined
                && one.user != ticket.requester
                && (able(one) || !wanted || !somebody)
        });
        prop_assert_eq!(crew.turn(&ticket).is_some(), could);
    }

    #[test]
    fn the_same_state_gives_the_same_choice_in_whatever_order_it_is_read(crew in crew(), tier in tier()) {
        let ticket = ticket(tier, Priority::P3);
        let mut turned = crew.clone();
        turned.holders.reverse();
        prop_assert_eq!(crew.turn(&ticket), turned.turn(&ticket));
    }

    #[test]
    fn taking_turns_is_fair_within_one(people in 1u64..9, tickets in 1u32..40, tier in tier()) {
        let mut crew = Crew::default();
        crew.rules[usize::from(tier.level()) - 1] = TierRule { turns: Turns::RoundRobin, capacity: CAPACITY_AT_MOST };
        crew.holders = (10..10 + people)
            .map(|user| Holder::new(UserId(user), String::new(), TierSet::ALL))
            .collect();
        let ticket = ticket(tier, Priority::P4);
        let queue = (tier, ticket.category().group());
        let mut counts: BTreeMap<UserId, u32> = BTreeMap::new();
        for second in 0..tickets {
            let turn = crew.pick(&ticket).expect("somebody");
            *counts.entry(turn.user).or_default() += 1;
            let picked = crew.holders.iter_mut().find(|one| one.user == turn.user).expect("known");
            picked.load += units(ticket.priority, State::Assigned);
            picked.turns.insert(queue, now() + SignedDuration::from_secs(i64::from(second)));
        }
        let count = |user: &Holder| counts.get(&user.user).copied().unwrap_or(0);
        let most = crew.holders.iter().map(count).max();
        let least = crew.holders.iter().map(count).min();
        prop_assert!(most.zip(least).is_some_and(|(most, least)| most - least <= 1), "{:?}", counts);
    }

    #[test]
    fn the_least_busy_is_first(crew in crew(), tier in tier()) {
        let mut crew = crew;
        crew.rules[usize::from(tier.level()) - 1].turns = Turns::LeastLoaded;
        crew.holders.iter_mut().for_each(|one| one.skills.clear());
        let ticket = ticket(tier, Priority::P3);
        if let Some(turn) = crew.turn(&ticket) {
            let least = crew
                .on_duty(tier)
                .filter(|one| !one.declined && one.user != ticket.requester)
                .map(|one| one.load)
                .min();
            let picked = crew.holders.iter().find(|one| one.user == turn.user).expect("known");
            prop_assert_eq!(Some(picked.load), least);
        }
    }
}

#[test]
fn a_turn_in_one_queue_is_none_in_another() {
    let mut first = Holder::new(UserId(11), String::new(), TierSet::ALL);
    let second = Holder::new(UserId(12), String::new(), TierSet::ALL);
    first.turns.insert((Tier::L1, Group::Devices), now());
    let mut crew = Crew {
        holders: vec![first, second],
        ..Crew::default()
    };
    let ticket = ticket(Tier::L1, Priority::P4);
    let picked = crew.pick(&ticket).expect("somebody");
    assert_eq!(picked.user, UserId(11));
    crew.holders[0]
        .turns
        .insert((Tier::L1, Group::Services), now());
    let picked = crew.pick(&ticket).expect("somebody");
    assert_eq!(picked.user, UserId(12));
}

#[test]
fn the_desk_offers_nothing_by_itself_that_others_decide() {
    let crew = Crew {
        holders: vec![Holder::new(UserId(11), String::new(), TierSet::ALL)],
        ..Crew::default()
    };
    let plain = ticket(Tier::L1, Priority::P2);
    assert!(crew.pick(&plain).is_some());
    assert_eq!(crew.pick(&ticket(Tier::L1, Priority::P1)), None);
    let decided = Ticket {
        lead_decides: true,
        ..plain.clone()
    };
    assert_eq!(crew.pick(&decided), None);
    let passed = Ticket {
        tries: TRIES_AT_MOST,
        ..plain.clone()
    };
    assert_eq!(crew.pick(&passed), None);
    let mut manual = crew.clone();
    manual.rules[0].turns = Turns::Manual;
    assert_eq!(manual.pick(&plain), None);
    // Whoever asks for it gives it to the next in turn all the same.
    assert!(manual.turn(&plain).is_some() && crew.turn(&decided).is_some());
}

#[test]
fn what_would_come_back_to_somebody_away_goes_to_who_stands_in() {
    let tiers = TierSet::NONE.with(Tier::L2);
    let mut away = Holder::new(UserId(21), String::new(), tiers);
    let deputy = Holder::new(UserId(22), String::new(), tiers);
    away.deputy = Some(deputy.user);
    let mut crew = Crew {
        holders: vec![away, deputy],
        ..Crew::default()
    };
    let ticket = ticket(Tier::L2, Priority::P3);
    assert_eq!(crew.takes_up(UserId(21), &ticket), Some(UserId(21)));
    assert_eq!(crew.deputy(UserId(21), &ticket), None, "they are there");
    crew.holders[0].away_until = Some(now());
    assert_eq!(crew.takes_up(UserId(21), &ticket), Some(UserId(22)));
    assert_eq!(crew.takes_back(UserId(21), Tier::L2), Some(UserId(22)));
    assert_eq!(crew.deputy(UserId(21), &ticket), Some(UserId(22)));
    crew.holders[1].load = 8;
    assert_eq!(crew.takes_up(UserId(21), &ticket), None, "full");
    crew.holders[1].load = 0;
    crew.holders[1].away_until = Some(now());
    assert_eq!(crew.takes_up(UserId(21), &ticket), None, "away too");
}

#[test]
fn urgent_offers_stand_for_minutes_and_the_others_while_the_desk_is_open() {
    let minutes = [
        (Priority::P1, 5, false),
        (Priority::P2, 15, false),
        (Priority::P3, 60, true),
        (Priority::P4, 240, true),
    ];
    for (priority, span, open) in minutes {
        let expected = (SignedDuration::from_mins(span), open);
        assert_eq!(time_to_accept(priority), expected);
    }
}
