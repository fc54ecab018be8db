//! What the desk does with a ticket that nobody takes (`DOMAIN` 1.7).

use jiff::Timestamp;

use crate::domain::event::{Event, ReleaseReason, What};
use crate::domain::handover::{HandOver, HandOverTexts};
use crate::domain::ids::UserId;
use crate::domain::roster::Crew;
use crate::domain::rungs::{Leads, Page, Run, rungs};
use crate::domain::tier::Tier;

use super::{State, Ticket};

impl Ticket {
    /// After `events`: whether nobody has it, since when, and by which ladder it goes.
    pub(super) fn keep_ladder(&mut self, events: &[Event], now: Timestamp) {
        let unclaimed = matches!(self.state, State::New | State::Assigned);
        let climbs =
            unclaimed && self.major.is_none() && !rungs(self.priority, self.tier).is_empty();
        if !climbs {
            if self.ladder.run.take().is_some() {
                self.ladder.generation += 1;
            }
            return;
        }
        let anew = events.iter().any(|event| begins_anew(&event.what));
        let other = self
            .ladder
            .run
            .as_ref()
            .is_none_or(|run| (run.priority, run.tier) != (self.priority, self.tier));
        if anew || other {
            let called = events.iter().any(|event| calls_by_itself(&event.what));
            self.ladder.generation += 1;
            self.ladder.run = Some(Run::new(self.priority, self.tier, called, now));
        }
    }

    /// Where those who were to be called first are not there, the next rung is reached at once.
    pub fn hurry(&mut self, crew: &Crew, now: Timestamp) {
        let first = rungs(self.priority, self.tier).first();
        let Some(run) = &mut self.ladder.run else {
            return;
        };
        let calls = first.map_or(&[][..], |rung| rung.calls);
        let heard = calls
            .iter()
            .any(|tier| crew.on_duty(*tier).next().is_some());
        if run.next == 1 && run.repeat == 0 && run.began == now && !calls.is_empty() && !heard {
            run.hurry(now);
        }
    }

    /// Nobody has taken it for so long: whom to call, or to which tier it goes. What was due of an older generation, or was
    /// done before, gives nothing. `texts` says what goes along to the next tier.
    pub fn climb(
        &mut self,
        crew: &Crew,
        texts: impl FnOnce(&Self, &Page) -> HandOverTexts,
        now: Timestamp,
    ) -> Vec<What> {
        let generation = self.ladder.generation;
        let there = |tier: Tier| crew.on_duty(tier).next().is_some();
        let Some(run) = &mut self.ladder.run else {
            return Vec::new();
        };
        let began = run.began;
        let Some(reached) = run.take(there, now) else {
            return Vec::new();
        };
        let Some(rung) = rungs(self.priority, self.tier).get(reached.rung) else {
            return Vec::new();
        };
        let above = Tier::ALL
            .into_iter()
            .find(|tier| *tier > self.tier && there(*tier));
        let to = above.filter(|_| rung.raises && !self.lead_decides);
        let stuck = rung.raises && to.is_none();
        let called = rung.calls.iter().copied().filter(|tier| there(*tier));
        let page = Page {
            generation,
            rung: reached.rung,
            repeat: reached.repeat,
            priority: self.priority,
            tier: self.tier,
            waited: now.duration_since(began),
            called: called.collect(),
            nobody: reached.nobody,
            leads: if stuck {
                Some(Leads::Called)
            } else {
                rung.leads
            },
            stuck,
            last: reached.last,
            late: reached.late,
        };
        let mut happened = Vec::new();
        let up = to.map(|to| (to, texts(self, &page)));
        happened.push(What::Climbed { page });
        if let Some((to, texts)) = up {
            let hand_over = HandOver {
                from: self.tier,
                to,
                by: UserId::DESK,
                by_name: UserId::DESK_NAME.to_owned(),
                texts,
            };
            self.hand_up(hand_over, None, crew, &mut happened, now);
        }
        happened
    }
}

/// What makes nobody's ticket wait anew, though nobody had it before either: somebody moved it.
fn begins_anew(what: &What) -> bool {
    matches!(
        what,
        What::Escalated { .. }
            | What::Rejected { .. }
            | What::Deescalated { .. }
            | What::Assigned { .. }
            | What::Reopened { .. }
    )
}

/// Whoever is to be called first is called by what happened itself ([`errand`](crate::domain::errand)).
fn calls_by_itself(what: &What) -> bool {
    match what {
        What::Released { reason, .. } => *reason != ReleaseReason::Unanswered,
        What::Opened { .. }
        | What::Escalated { .. }
        | What::Assigned { .. }
        | What::Reopened { .. } => true,
        _ => false,
    }
}
