//! Which rungs a ticket reaches in a given life.

use super::*;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn start() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("a valid instant")
}

fn new(priority: Priority, tier: Tier, called: bool) -> Run {
    Run::new((Phase::Waiting, priority, tier), None, called, start())
}

/// Looks at every minute, as the desk does when it is there, and gives what is reached: the minute, the rung, and the repeat.
fn watched(mut run: Run, on_duty: impl Fn(Tier) -> bool, minutes: i32) -> Vec<(i32, usize, u32)> {
    let mut reached = Vec::new();
    for minute in 0..=minutes {
        let now = start() + MINUTE * minute;
        while let Some(one) = run.take(&on_duty, now) {
            reached.push((minute, one.rung, one.repeat));
        }
    }
    reached
}

#[test]
fn the_ladders_are_those_of_the_table() {
    let told = |priority, tier| -> Vec<String> {
        let all = rungs(Phase::Waiting, priority, tier).iter();
        all.map(|rung| {
            let raises = if rung.raises { " up" } else { "" };
            let (after, repeats) = (rung.after.as_mins(), rung.repeats);
            format!(
                "{after} {:?} {:?}{raises} x{repeats}",
                rung.calls, rung.leads
            )
        })
        .collect()
    };
    assert_eq!(
        told(Priority::P1, L1),
        [
            "0 [L1, L2] Some(Told) x0",
            "5 [L2] Some(Called) x0",
            "10 [L3] Some(Called) x9"
        ]
    );
    assert_eq!(
        told(Priority::P2, L2),
        ["15 [] Some(Told) x0", "30 [] None up x0"]
    );
    assert_eq!(
        told(Priority::P2, L3),
        ["15 [] Some(Told) x0", "30 [] Some(Called) x0"],
        "nobody is above"
    );
    for tier in Tier::ALL {
        for priority in [Priority::P3, Priority::P4] {
            assert!(rungs(Phase::Waiting, priority, tier).is_empty());
        }
        assert_eq!(rungs(Phase::Waiting, Priority::P1, tier).len(), 3);
        assert_eq!(
            rungs(Phase::Worked, Priority::P1, tier)[0].calls[..],
            [tier]
        );
        assert!(rungs(Phase::Worked, Priority::P2, tier).is_empty());
    }
}

#[test]
fn a_p1_that_nobody_takes_calls_at_five_at_ten_and_nine_times_more() {
    let run = new(Priority::P1, L1, true);
    let mut expected = vec![(5, 1, 0), (10, 2, 0)];
    expected.extend(
        (1..=9_u32)
            .zip((25..).step_by(15))
            .map(|(n, at)| (at, 2, n)),
    );
    assert_eq!(watched(run, |_| true, 24 * 60), expected);
}

#[test]
fn where_nobody_is_on_duty_the_next_comes_at_once_and_the_others_as_far_apart_as_ever() {
    let run = new(Priority::P1, L1, true);
    let reached = watched(run.clone(), |tier| tier != L2, 60);
    assert_eq!(
        reached,
        [(5, 2, 0), (20, 2, 1), (35, 2, 2), (50, 2, 3)],
        "the second gives way to the third"
    );
    let mut one = run;
    let reached = one.take(|tier| tier != L2, start() + MINUTE * 5);
    assert_eq!(reached.map(|one| one.nobody), Some(vec![L2]));
    let nobody = watched(new(Priority::P1, L1, true), |_| false, 40);
    assert_eq!(
        nobody,
        [(5, 2, 0), (20, 2, 1), (35, 2, 2)],
        "what repeats does not run away"
    );
}

#[test]
fn a_changed_priority_calls_after_ten_seconds() {
    let mut run = new(Priority::P1, L2, false);
    let second = SignedDuration::from_secs(1);
    assert_eq!(run.take(|_| true, start() + second * 9), None);
    let first = run.take(|_| true, start() + second * 10);
    assert_eq!(first.map(|one| (one.rung, one.late)), Some((0, None)));
    assert_eq!(run.take(|_| true, start() + second * 10), None);
}

#[test]
fn after_an_outage_the_highest_is_reached_once_and_marked() {
    let mut run = new(Priority::P1, L1, true);
    let reached = run.take(|_| true, start() + MINUTE * 32).expect("reached");
    assert_eq!((reached.rung, reached.repeat), (2, 1), "that of minute 25");
    assert_eq!(reached.late, Some(MINUTE * 7));
    assert_eq!(run.take(|_| true, start() + MINUTE * 32), None);
    assert_eq!(run.due(), Some(start() + MINUTE * 40));
    let mut run = new(Priority::P1, L1, true);
    let reached = run.take(|_| true, start() + SignedDuration::from_hours(72));
    assert_eq!(
        reached.map(|one| (one.repeat, one.last)),
        Some((9, true)),
        "and then never again"
    );
    assert_eq!(run.due(), None);
}

#[test]
fn the_rungs_of_a_desk_are_those_of_its_tier_and_of_what_the_ticket_goes_through() {
    let rung = |minutes, holds, tiers: &[Tier]| Rung {
        holds,
        tiers: tiers.to_vec().into(),
        ..Rung::new(minutes, &[], Some(Told))
    };
    let own = vec![
        rung(45, While::Unaccepted, &[]),
        rung(20, While::Unclaimed, &[L1]),
        rung(120, While::NoUpdate, &[]),
        Rung {
            leads: Some(Called),
            ..rung(0, While::Clock(50), &[L2])
        },
    ];
    let ladders = Ladders([(Priority::P1, own)].into());
    let after = |phase, tier| -> Option<Vec<i64>> {
        let own = ladders.own(phase, Priority::P1, tier)?;
        Some(own.iter().map(|rung| rung.after.as_mins()).collect())
    };
    assert_eq!(after(Phase::Waiting, L1), Some(vec![20, 45]));
    assert_eq!(after(Phase::Waiting, L2), Some(vec![45]));
    assert_eq!(
        after(Phase::Worked, L2),
        Some(vec![0, 120]),
        "that it became urgent is always said"
    );
    assert_eq!(after(Phase::Asked, L2), Some(vec![0]));
    assert_eq!(ladders.own(Phase::Waiting, Priority::P2, L1), None);
    use crate::domain::clocks::StageKind::{Breach, Warn50, Warn75};
    let leads = |priority, tier, stage| ladders.leads_at(priority, tier, stage);
    assert_eq!(leads(Priority::P1, L2, Warn50), Some(Called));
    assert_eq!(leads(Priority::P1, L1, Warn50), None);
    assert_eq!(
        leads(Priority::P1, L2, Breach),
        None,
        "it said nothing of that"
    );
    assert_eq!(leads(Priority::P2, L2, Warn75), Some(Called));
    assert_eq!(leads(Priority::P4, L2, Breach), None);
    let kept = serde_json::to_string(&ladders).expect("written");
    assert_eq!(
        serde_json::from_str::<Ladders>(&kept).expect("read"),
        ladders
    );
    // What was kept before there were phases goes on as it was.
    let ladder = Ladder {
        generation: 2,
        run: Some(new(Priority::P1, L1, true)),
        own: Ladders::default(),
    };
    let mut kept = serde_json::to_value(&ladder).expect("written");
    let phase = kept["run"]
        .as_object_mut()
        .and_then(|run| run.remove("phase"));
    assert!(phase.is_some());
    assert_eq!(
        serde_json::from_value::<Ladder>(kept).expect("read"),
        ladder
    );
}

proptest::proptest! {
    #[test]
    fn however_often_it_is_looked_at_each_rung_is_reached_once_and_never_early(
        looks in proptest::collection::vec(0..20_000_i64, 1..60),
        duty in 0_u8..8,
        (rank, level) in (1_u8..=2, 1_u8..=3),
        called: bool,
    ) {
        let priority = Priority::from_rank(rank).expect("a priority");
        let tier = Tier::from_level(level).expect("a tier");
        let on_duty = |tier: Tier| duty & (1 << tier.level() >> 1) != 0;
        let mut run = new(priority, tier, called);
        let mut looks = looks;
        looks.sort_unstable();
        let mut seen: Vec<(usize, u32)> = Vec::new();
        for second in looks {
            let now = start() + SignedDuration::from_secs(second);
            let due = run.due();
            while let Some(one) = run.take(on_duty, now) {
                proptest::prop_assert!(due.is_some_and(|due| due <= now), "early");
                let place = (one.rung, one.repeat);
                proptest::prop_assert!(seen.last().is_none_or(|last| *last < place), "again");
                seen.push(place);
            }
            proptest::prop_assert!(run.due().is_none_or(|due| due > now || duty == 0));
        }
    }
}
