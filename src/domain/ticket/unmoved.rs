//! What the desk does with a ticket that nobody moves (`DOMAIN` 1.7).

use jiff::Timestamp;

use crate::domain::event::{Event, ReleaseReason, What};
use crate::domain::handover::{HandOver, HandOverTexts};
use crate::domain::ids::UserId;
use crate::domain::priority::Priority;
use crate::domain::roster::Crew;
use crate::domain::rungs::{Leads, Page, Phase, Run, While, rungs};
use crate::domain::tier::Tier;

use super::{State, Ticket};

impl Ticket {
    /// After `events`: what it goes through, since when, and by which ladder.
    pub(super) fn keep_ladder(&mut self, events: &[Event], now: Timestamp) {
        // That a clock ran out before is put down first, and moves nothing.
        let ran_out = |event: &Event| matches!(event.what, What::ClockBreached { .. });
        if events.iter().all(ran_out) {
            return;
        }
        let place = self.phase().map(|phase| (phase, self.priority, self.tier));
        if let (Some((phase, priority, tier)), Some(run)) = (place, &mut self.ladder.run)
            && (run.priority, run.tier) == (priority, tier)
            && run.own.is_none()
            && phase != Phase::Waiting
            && run.phase != Phase::Waiting
        {
            // Asked or not, who has it hears in a moment that it became urgent.
            run.phase = phase;
        }
        let run = self.ladder.run.as_ref();
        let was = run.map(|run| (run.phase, run.priority, run.tier));
        let anew = |what: &What| match place {
            Some((Phase::Waiting, ..)) => begins_anew(what),
            // A word to the requester begins the silence anew, where anybody counts it.
            Some(_) => run.is_some_and(|run| run.own.is_some()) && is_a_word(what),
            None => false,
        };
        if place == was && !events.iter().any(|event| anew(&event.what)) {
            return;
        }
        let began = place.and_then(|place| self.begin(place, events, now));
        if began.is_some() || run.is_some() {
            self.ladder.generation += 1;
            self.ladder.run = began;
        }
    }

    /// What it goes through; nothing where nobody waits for anybody, and for a part of a major incident.
    fn phase(&self) -> Option<Phase> {
        if self.major.is_some() {
            return None;
        }
        match self.state {
            State::New | State::Assigned => Some(Phase::Waiting),
            State::InProgress | State::WaitingVendor => Some(Phase::Worked),
            State::WaitingUser => Some(Phase::Asked),
            _ => None,
        }
    }

    fn begin(
        &self,
        place: (Phase, Priority, Tier),
        events: &[Event],
        now: Timestamp,
    ) -> Option<Run> {
        let (phase, priority, tier) = place;
        let own = self.ladder.own.own(phase, priority, tier);
        let some = match &own {
            Some(own) => !own.is_empty(),
            None => !rungs(phase, priority, tier).is_empty(),
        };
        let mut happened = events.iter().map(|event| &event.what);
        let called = match phase {
            Phase::Waiting => happened.any(calls_by_itself),
            // Whoever takes a P1 has heard of it; whoever has what becomes one has not.
            Phase::Worked | Phase::Asked => {
                let run = self.ladder.run.as_ref();
                let before = run.map(|run| run.priority);
                !happened.any(|what| becomes(what, priority)) || before == Some(priority)
            }
        };
        some.then(|| Run::new(place, own, called, now))
    }

    /// Where those who were to be called first are not there, the next rung is reached at once.
    pub fn hurry(&mut self, crew: &Crew, now: Timestamp) {
        let Some(run) = &mut self.ladder.run else {
            return;
        };
        let heard = run.rungs().first().is_none_or(|first| {
            let mut calls = first.calls.iter();
            first.calls.is_empty() || calls.any(|tier| crew.on_duty(*tier).next().is_some())
        });
        let first = run.phase == Phase::Waiting && run.next == 1 && run.repeat == 0;
        if first && run.began == now && !heard {
            run.hurry(now);
        }
    }

    /// It has been so for so long: whom to call, to whom or to which tier it goes. What was due of an older generation, or was
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
        let Some(rung) = run.rungs().get(reached.rung).cloned() else {
            return Vec::new();
        };
        let offered = self.state == State::Assigned;
        // Nobody was to be asked: it waits as it did.
        let holds = rung.holds != While::Unaccepted || offered;
        let above = Tier::ALL
            .into_iter()
            .find(|tier| *tier > self.tier && there(*tier));
        let raises = rung.raises && holds;
        let to = above.filter(|_| raises && !self.lead_decides);
        let stuck = raises && to.is_none();
        let called = rung.calls.iter().copied();
        let called = called.filter(|tier| holds && there(*tier));
        let page = Page {
            generation,
            rung: reached.rung,
            repeat: reached.repeat,
            priority: self.priority,
            tier: self.tier,
            holds: rung.holds,
            holder: self.assignee,
            waited: now.duration_since(began),
            called: called.collect(),
            nobody: if holds { reached.nobody } else { Vec::new() },
            leads: match stuck {
                true => Some(Leads::Called),
                false => rung.leads.filter(|_| holds),
            },
            stuck,
            last: reached.last,
            late: reached.late,
            digest: false,
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
        } else if rung.reassigns && holds {
            happened.extend(self.pass_by_itself(crew, now));
        }
        happened
    }

    /// It goes to the next person, whoever it was offered to.
    fn pass_by_itself(&mut self, crew: &Crew, now: Timestamp) -> Vec<What> {
        match self.assignee {
            Some(from) if self.state == State::Assigned => {
                self.tries += 1;
                self.release(from, ReleaseReason::Unanswered, crew, now)
            }
            _ => self.offer_next(crew, now),
        }
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

/// A word from the desk to the requester.
fn is_a_word(what: &What) -> bool {
    matches!(what, What::Replied { .. } | What::Asked { .. })
}

/// It is that urgent from now on, and was not before.
fn becomes(what: &What, urgent: Priority) -> bool {
    match what {
        What::Reassessed {
            priority_was,
            priority,
            ..
        }
        | What::Recategorised {
            priority_was,
            priority,
            ..
        } => *priority == urgent && *priority_was != urgent,
        What::PrioritySet { was, priority, .. } => *priority == urgent && *was != urgent,
        _ => false,
    }
}
