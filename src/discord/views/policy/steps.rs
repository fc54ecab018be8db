//! What happens by itself when nobody moves, as a desk has set it.

use jiff::SignedDuration;

use crate::discord::words::Words;
use crate::domain::clocks::show_target;
use crate::domain::priority::Priority;
use crate::domain::rungs::{Ladders, Leads, Rung, While};
use crate::domain::tier::Tier;

/// The steps of each priority that has its own, one a line.
pub(super) fn steps(words: Words, ladders: &Ladders) -> Vec<String> {
    let all = ladders.0.iter();
    all.flat_map(|(priority, rungs)| of(words, *priority, rungs))
        .collect()
}

/// The steps of each priority for which they are others now, as they would be.
pub(super) fn changed(words: Words, before: &Ladders, after: &Ladders) -> Vec<String> {
    let mut lines = Vec::new();
    for priority in Priority::ALL {
        let (was, is) = (before.0.get(&priority), after.0.get(&priority));
        match is {
            _ if was == is => {}
            Some(rungs) => lines.extend(of(words, priority, rungs)),
            None => lines.push(words.steps_usual(priority)),
        }
    }
    lines
}

fn of(words: Words, priority: Priority, rungs: &[Rung]) -> Vec<String> {
    if rungs.is_empty() {
        return vec![words.steps_none(priority)];
    }
    let lines = rungs.iter().map(|rung| {
        let at = if rung.tiers.is_empty() {
            priority.to_string()
        } else {
            format!("{priority}, {}", tiers(words, &rung.tiers))
        };
        words.steps_line(&at, &when(words, rung), &does(words, rung))
    });
    lines.collect()
}

fn when(words: Words, rung: &Rung) -> String {
    let after = time(rung.after);
    match rung.holds {
        While::Unclaimed => words.step_unclaimed(&after),
        While::Unaccepted => words.step_unaccepted(&after),
        While::NoUpdate => words.step_no_update(&after),
        While::Clock(percent) => words.step_clock(percent),
        While::Breached => words.step_breached(),
        While::Urgent => words.step_urgent(),
    }
}

fn does(words: Words, rung: &Rung) -> String {
    let called = (!rung.calls.is_empty()).then(|| words.step_calls(&tiers(words, &rung.calls)));
    let owner = (rung.holds == While::NoUpdate).then(|| words.step_owner());
    let leads = rung.leads.map(|leads| match leads {
        Leads::Told => words.step_leads_told(),
        Leads::Called => words.step_leads_called(),
    });
    let up = rung.raises.then(|| words.step_raises());
    let next = rung.reassigns.then(|| words.step_reassigns());
    let again = (rung.repeats > 0).then(|| words.step_repeats(&time(rung.every), rung.repeats));
    let all = [owner, called, leads, up, next, again];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn tiers(words: Words, tiers: &[Tier]) -> String {
    let tiers: Vec<String> = tiers.iter().map(Tier::to_string).collect();
    words.all_of(&tiers)
}

fn time(time: SignedDuration) -> String {
    match u32::try_from(time.as_secs()) {
        Ok(0) | Err(_) => "0 min".to_owned(),
        Ok(seconds) => show_target(Some(seconds)),
    }
}
