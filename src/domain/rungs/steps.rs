//! The ladders that a desk has written down for itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Leads, Rung, While, rungs};
use crate::domain::clocks::StageKind;
use crate::domain::priority::Priority;
use crate::domain::tier::Tier;

/// What a ticket goes through, as far as its ladder is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nobody has taken it.
    #[default]
    Waiting,
    /// Somebody has it, or an outside company does: its requester waits for a word.
    Worked,
    /// Its requester was asked: the desk waits.
    Asked,
}

impl Phase {
    fn includes(self, holds: While) -> bool {
        match holds {
            While::Unclaimed | While::Unaccepted => self == Self::Waiting,
            While::NoUpdate => self == Self::Worked,
            While::Urgent => self != Self::Waiting,
            While::Clock(_) | While::Breached => false,
        }
    }
}

/// The rungs of each priority for which a desk has its own, lowest first. The others go by those that all desks have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ladders(pub BTreeMap<Priority, Vec<Rung>>);

impl Ladders {
    /// Whether it has none of its own.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The desk's own rungs for what goes through `phase`; none where it goes by those that all desks have.
    pub fn own(&self, phase: Phase, priority: Priority, tier: Tier) -> Option<Vec<Rung>> {
        let all = self.0.get(&priority)?.iter();
        let here = all.filter(|rung| {
            phase.includes(rung.holds) && (rung.tiers.is_empty() || rung.tiers.contains(&tier))
        });
        // That it became a P1 is said at any desk.
        let usual = rungs(phase, priority, tier).iter();
        let urgent = usual.filter(|rung| rung.holds == While::Urgent);
        let mut own: Vec<Rung> = urgent.chain(here).cloned().collect();
        own.sort_by_key(|rung| rung.after);
        Some(own)
    }

    /// Who is called as soon as one of that priority comes.
    pub fn called_at_once(&self, priority: Priority, tier: Tier) -> Vec<Tier> {
        let own = self.own(Phase::Waiting, priority, tier);
        let usual = || rungs(Phase::Waiting, priority, tier).to_vec();
        let rungs = own.unwrap_or_else(usual);
        let first = rungs.first().filter(|rung| rung.after.is_zero());
        first.map_or_else(Vec::new, |rung| rung.calls.to_vec())
    }

    /// What the leads hear when a clock comes to that stage.
    pub fn leads_at(&self, priority: Priority, tier: Tier, stage: StageKind) -> Option<Leads> {
        if let Some(own) = self.0.get(&priority) {
            let here = own.iter().filter(|rung| {
                speaks_of(rung, stage) && (rung.tiers.is_empty() || rung.tiers.contains(&tier))
            });
            return here.filter_map(|rung| rung.leads).max();
        }
        match (priority, stage) {
            (Priority::P1, StageKind::Warn75 | StageKind::Breach)
            | (Priority::P3, StageKind::Breach) => Some(Leads::Told),
            (Priority::P2, StageKind::Warn75 | StageKind::Breach) => Some(Leads::Called),
            _ => None,
        }
    }

    /// Whether a rung of its own waits for that stage.
    pub fn looks_at(&self, priority: Priority, stage: StageKind) -> bool {
        let own = self.0.get(&priority);
        own.is_some_and(|own| own.iter().any(|rung| speaks_of(rung, stage)))
    }
}

fn speaks_of(rung: &Rung, stage: StageKind) -> bool {
    match rung.holds {
        While::Clock(percent) => stage != StageKind::Breach && stage.percent() == percent,
        While::Breached => stage == StageKind::Breach,
        _ => false,
    }
}
