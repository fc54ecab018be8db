//! The steps of a file: what happens by itself when nobody moves.

use jiff::SignedDuration;
use toml::Spanned;
use toml::de::DeTable;

use super::{Reader, Value};
use crate::domain::clocks::{WARNINGS, read_target};
use crate::domain::rungs::{Ladders, Leads, REPEAT_EVERY, Rung, While};
use crate::domain::tier::Tier;

#[cfg(test)]
mod tests;

/// So many steps at most has a priority.
const AT_MOST: usize = 20;
/// So often at most is a step done again.
const REPEATS: u32 = 50;

const WHILE: &str = "write \"unclaimed\", \"unaccepted\", \"no update\", \"clock 75 %\" (or 50, or 90), or \"breached\"";

impl Reader<'_> {
    /// `[[escalation.P2]]`: what it says for each priority that it names; none where there is no such thing.
    pub(super) fn steps(&mut self, root: &DeTable<'_>) -> Option<Ladders> {
        let all = self.table_in(root, "escalation")?;
        let mut ladders = Ladders::default();
        for (priority, value) in self.by_priority(all) {
            let Some(listed) = value.get_ref().as_array() else {
                let what = format!("steps are a list: write [[escalation.{priority}]] before each");
                self.fault(value.span(), what);
                continue;
            };
            if listed.len() > AT_MOST {
                let what = format!("{priority} has more than {AT_MOST} steps");
                self.fault(value.span(), what);
            }
            let steps = listed.iter().take(AT_MOST);
            let mut rungs: Vec<Rung> = steps.filter_map(|step| self.step(step)).collect();
            rungs.sort_by_key(|rung| rung.after);
            ladders.0.insert(priority, rungs);
        }
        Some(ladders)
    }

    fn step(&mut self, value: &Value<'_>) -> Option<Rung> {
        const KEYS: [&str; 9] = [
            "while", "after", "tiers", "call", "leads", "raise", "reassign", "every", "times",
        ];
        let before = self.faults.len();
        let table = self.table(value, "a step")?;
        self.known_keys(table, &KEYS);
        let holds = self.holds(table, value)?;
        let clock = matches!(holds, While::Clock(_) | While::Breached);
        if clock {
            let others = ["after", "call", "raise", "reassign", "every", "times"];
            for (key, value) in table
                .iter()
                .filter(|(key, _)| others.contains(&key.get_ref().as_ref()))
            {
                let what = format!(
                    "{} does not go with a clock: there the leads are told or called",
                    key.get_ref()
                );
                self.fault(value.span(), what);
            }
        }
        let after = match self.time(table, "after") {
            Some(after) => after,
            None if clock => SignedDuration::ZERO,
            None => {
                if !table.contains_key("after") {
                    let what = "after is missing: write after = \"15 min\"";
                    self.fault(value.span(), what.to_owned());
                }
                SignedDuration::ZERO
            }
        };
        let rung = Rung {
            holds,
            after,
            calls: self.tiers(table, "call").into(),
            leads: self.leads(table),
            raises: self.yes(table, "raise"),
            reassigns: self.yes(table, "reassign"),
            every: self.time(table, "every").unwrap_or(REPEAT_EVERY),
            repeats: self.times(table),
            tiers: self.tiers(table, "tiers").into(),
        };
        if holds == While::NoUpdate && (rung.raises || rung.reassigns) {
            let what = "raise and reassign go with \"unclaimed\" and \"unaccepted\": what somebody works on is not taken from them by itself";
            self.fault(value.span(), what.to_owned());
        }
        if rung.raises && rung.reassigns {
            let what = "a step goes up a tier or to the next person, not both";
            self.fault(value.span(), what.to_owned());
        }
        let moves = rung.raises || rung.reassigns;
        if moves && rung.repeats > 0 {
            let what = "what moves a ticket is not done again: leave times out";
            self.fault(value.span(), what.to_owned());
        }
        if rung.every < SignedDuration::from_mins(1) {
            let what = "again after a minute at the earliest: write every = \"15 min\"";
            self.fault(value.span(), what.to_owned());
        }
        let nothing = rung.calls.is_empty() && rung.leads.is_none() && !moves;
        if nothing && holds != While::NoUpdate && self.faults.len() == before {
            let what = "this step does nothing: write call, leads, raise, or reassign";
            self.fault(value.span(), what.to_owned());
        }
        (self.faults.len() == before).then_some(rung)
    }

    fn holds(&mut self, table: &DeTable<'_>, step: &Value<'_>) -> Option<While> {
        let Some((typed, at)) = self.text_in(table, "while") else {
            if !table.contains_key("while") {
                self.fault(step.span(), format!("while is missing: {WHILE}"));
            }
            return None;
        };
        let percent = |typed: &str| -> Option<u32> {
            let rest = typed.strip_prefix("clock")?.trim();
            let percent = rest.strip_suffix('%').unwrap_or(rest).trim();
            percent.parse().ok().filter(|one| WARNINGS.contains(one))
        };
        match typed.as_str() {
            "unclaimed" => Some(While::Unclaimed),
            "unaccepted" => Some(While::Unaccepted),
            "no update" => Some(While::NoUpdate),
            "breached" => Some(While::Breached),
            typed => {
                let clock = percent(typed).map(While::Clock);
                if clock.is_none() {
                    self.fault(
                        at,
                        format!("\"{typed}\" is nothing that a step waits for: {WHILE}"),
                    );
                }
                clock
            }
        }
    }

    /// How long, day and night; nothing for `0 min`.
    fn time(&mut self, table: &DeTable<'_>, key: &str) -> Option<SignedDuration> {
        let (typed, at) = self.text_in(table, key)?;
        if key == "after" && ["0", "0 min"].contains(&typed.as_str()) {
            return Some(SignedDuration::ZERO);
        }
        let read = read_target(&typed).flatten();
        if read.is_none() {
            let what = format!(
                "\"{typed}\" is no time: write hours and minutes, such as \"15 min\" or \"1 h 30 min\""
            );
            self.fault(at, what);
        }
        read.map(|seconds| SignedDuration::from_secs(seconds.into()))
    }

    fn tiers(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Tier> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let wrong = format!("{key} is a list of tiers: write {key} = [\"L1\", \"L2\"]");
        let Some(listed) = value
            .get_ref()
            .as_array()
            .filter(|listed| !listed.is_empty())
        else {
            self.fault(value.span(), wrong);
            return Vec::new();
        };
        let mut tiers = Vec::new();
        for one in listed {
            let named = |tier: &Tier| one.get_ref().as_str() == Some(tier.to_string().as_str());
            match Tier::ALL.into_iter().find(named) {
                Some(tier) => tiers.push(tier),
                None => self.fault(one.span(), wrong.clone()),
            }
        }
        tiers.sort_unstable();
        tiers.dedup();
        tiers
    }

    fn leads(&mut self, table: &DeTable<'_>) -> Option<Leads> {
        let (typed, at) = self.text_in(table, "leads")?;
        match typed.as_str() {
            "told" => Some(Leads::Told),
            "called" => Some(Leads::Called),
            _ => {
                let what = format!(
                    "\"{typed}\" is nothing that the leads hear: write \"told\", or \"called\" for a mention"
                );
                self.fault(at, what);
                None
            }
        }
    }

    fn yes(&mut self, table: &DeTable<'_>, key: &str) -> bool {
        let Some(value) = table.get(key) else {
            return false;
        };
        let read = value.get_ref().as_bool();
        if read.is_none() {
            self.fault(value.span(), format!("{key} is true or false"));
        }
        read.unwrap_or(false)
    }

    fn times(&mut self, table: &DeTable<'_>) -> u32 {
        let Some(value) = table.get("times") else {
            if let Some(every) = table.get("every").map(Spanned::span) {
                let what = "say how often: write times = 9 beside every";
                self.fault(every, what.to_owned());
            }
            return 0;
        };
        let read = value.get_ref().as_integer();
        let read = read.and_then(|read| read.as_str().parse::<u32>().ok());
        let read = read.filter(|times| (1..=REPEATS).contains(times));
        if read.is_none() {
            let what = format!("times is a number from 1 to {REPEATS}: how often it is done again");
            self.fault(value.span(), what);
        }
        read.unwrap_or(0)
    }
}
