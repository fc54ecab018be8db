//! Which rungs a ticket reaches in a given life.

use super::*;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn start() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("a valid instant")
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
        let all = rungs(priority, tier).iter();
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
        assert!(rungs(Priority::P3, tier).is_empty() && rungs(Priority::P4, tier).is_empty());
        assert_eq!(rungs(Priority::P1, tier).len(), 3);
    }
}

#[test]
fn a_p1_that_nobody_takes_calls_at_five_at_ten_and_nine_times_more() {
    let run = Run::new(Priority::P1, L1, true, start());
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
    let run = Run::new(Priority::P1, L1, true, start());
    let reached = watched(run.clone(), |tier| tier != L2, 60);
    assert_eq!(
        reached,
        [(5, 2, 0), (20, 2, 1), (35, 2, 2), (50, 2, 3)],
        "the second gives way to the third"
    );
    let mut one = run;
    let reached = one.take(|tier| tier != L2, start() + MINUTE * 5);
    assert_eq!(reached.map(|one| one.nobody), Some(vec![L2]));
    let nobody = watched(Run::new(Priority::P1, L1, true, start()), |_| false, 40);
    assert_eq!(
        nobody,
        [(5, 2, 0), (20, 2, 1), (35, 2, 2)],
        "what repeats does not run away"
    );
}

#[test]
fn a_changed_priority_calls_after_ten_seconds() {
    let mut run = Run::new(Priority::P1, L2, false, start());
    let second = SignedDuration::from_secs(1);
    assert_eq!(run.take(|_| true, start() + second * 9), None);
    let first = run.take(|_| true, start() + second * 10);
    assert_eq!(first.map(|one| (one.rung, one.late)), Some((0, None)));
    assert_eq!(run.take(|_| true, start() + second * 10), None);
}

#[test]
fn after_an_outage_the_highest_is_reached_once_and_marked() {
    let mut run = Run::new(Priority::P1, L1, true, start());
    let reached = run.take(|_| true, start() + MINUTE * 32).expect("reached");
    assert_eq!((reached.rung, reached.repeat), (2, 1), "that of minute 25");
    assert_eq!(reached.late, Some(MINUTE * 7));
    assert_eq!(run.take(|_| true, start() + MINUTE * 32), None);
    assert_eq!(run.due(), Some(start() + MINUTE * 40));
    let mut run = Run::new(Priority::P1, L1, true, start());
    let reached = run.take(|_| true, start() + SignedDuration::from_hours(72));
    assert_eq!(
        reached.map(|one| (one.repeat, one.last)),
        Some((9, true)),
        "and then never again"
    );
    assert_eq!(run.due(), None);
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
        let mut run = Run::new(priority, tier, called, start());
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
