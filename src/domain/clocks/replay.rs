//! A ticket's life, told to its clocks.

use jiff::Timestamp;

use super::count::Count;
use super::policy::{Policy, Promise, UpdateMode};
use super::{Clock, ClockKind, Clocks, Moment, Move, Status};
use crate::domain::calendar::share;
use crate::domain::priority::Priority;
use crate::domain::state::State;

/// All clocks of a ticket as of `now`. What happened later is left out. `None` before the ticket was created.
pub fn clocks(moments: &[Moment], policy: &Policy, now: Timestamp) -> Option<Clocks> {
    Replay::of(moments, policy, now).map(|replay| replay.clocks())
}

/// What happened up to an instant, as the clocks took it.
#[derive(Clone, Debug)]
pub struct Replay<'a> {
    policy: &'a Policy,
    /// The latest instant that is known of.
    at: Timestamp,
    priority: Priority,
    /// When the priority changed last.
    prioritised_at: Timestamp,
    state: State,
    first_response: Run<'a>,
    resolution: Run<'a>,
    /// The round of updates that began when the desk wrote last, or the ticket was reopened.
    periodic: Option<Round<'a>>,
    /// The round that began when the requester wrote and nobody answered yet. It goes on after a resolution that is
    /// taken back: only an answer ends the silence.
    unanswered: Option<Round<'a>>,
    updates_missed: u32,
    /// A major incident speaks for it.
    part: bool,
}

/// A clock that is started once.
#[derive(Clone, Debug)]
struct Run<'a> {
    count: Count<'a>,
    stopped_at: Option<Timestamp>,
    breached_at: Option<Timestamp>,
    /// The ticket was withdrawn or merged before it stopped, and not reopened.
    cancelled: bool,
}

/// One wait for an update. It is missed at most once.
#[derive(Clone, Debug)]
struct Round<'a> {
    count: Count<'a>,
    missed_at: Option<Timestamp>,
}

impl<'a> Run<'a> {
    fn new(at: Timestamp) -> Self {
        Self {
            count: Count::new(at),
            stopped_at: None,
            breached_at: None,
            cancelled: false,
        }
    }

    fn open(&self) -> bool {
        self.stopped_at.is_none() && !self.cancelled
    }
}

impl<'a> Round<'a> {
    fn new(at: Timestamp) -> Self {
        Self {
            count: Count::new(at),
            missed_at: None,
        }
    }
}

/// No clock runs in it.
fn ended(state: State) -> bool {
    matches!(
        state,
        State::Resolved | State::Closed | State::Cancelled | State::Merged
    )
}

impl<'a> Replay<'a> {
    /// Replays what happened until `now`. `None` before the ticket was created.
    pub fn of(moments: &[Moment], policy: &'a Policy, now: Timestamp) -> Option<Self> {
        let mut known = moments.iter().filter(|moment| moment.at <= now);
        let mut replay = known.find_map(|moment| match moment.what {
            Move::Created(priority) => Some(Self::created(policy, priority, moment.at)),
            _ => None,
        })?;
        for moment in known {
            let at = moment.at.max(replay.at);
            replay.passes_until(at);
            replay.moves(moment.what);
        }
        replay.passes_until(now);
        Some(replay)
    }

    fn created(policy: &'a Policy, priority: Priority, at: Timestamp) -> Self {
        let mut replay = Self {
            policy,
            at,
            priority,
            prioritised_at: at,
            state: State::New,
            first_response: Run::new(at),
            resolution: Run::new(at),
            periodic: None,
            unanswered: None,
            updates_missed: 0,
            part: false,
        };
        replay.count();
        replay
    }

    fn promise(&self) -> &'a Promise {
        self.policy.promise(self.priority)
    }

    /// Nothing happens until `at`; but a due that is earlier is a breach. It is looked for between any two events, since
    /// the next one may move the due.
    fn passes_until(&mut self, at: Timestamp) {
        self.at = at;
        let (promise, changed) = (self.promise(), self.prioritised_at);
        // A due that lies before the last change of priority was put there by it: there is no other way to be late unseen.
        let late = |count: &Count, kind: ClockKind| {
            let due = count.due(promise.target(kind)?)?;
            (due < at).then(|| due.max(changed))
        };
        for (run, kind) in [
            (&mut self.first_response, ClockKind::FirstResponse),
            (&mut self.resolution, ClockKind::Resolution),
        ] {
            if run.open() && run.breached_at.is_none() {
                run.breached_at = late(&run.count, kind);
            }
        }
        if self.updates_are_owed()
            && let Some(round) = self.round_mut()
            && round.missed_at.is_none()
        {
            round.missed_at = late(&round.count, ClockKind::NextUpdate);
            if round.missed_at.is_some() {
                self.updates_missed += 1;
            }
        }
    }

    fn moves(&mut self, what: Move) {
        match what {
            Move::Created(_) => {}
            Move::AgentReply => {
                self.responded();
                self.unanswered = None;
                self.periodic = Some(Round::new(self.at));
            }
            // What is written to a ticket that has ended has no effect: somebody has to reopen it.
            Move::UserReply if ended(self.state) => {}
            Move::UserReply => {
                if self.state == State::WaitingUser {
                    self.goes_to(State::InProgress);
                }
                // Later ones do not move the beginning.
                let at = self.at;
                self.unanswered.get_or_insert_with(|| Round::new(at));
            }
            Move::To(state) => self.goes_to(state),
            Move::Reopened => {
                self.goes_to(State::InProgress);
                self.periodic = Some(Round::new(self.at));
                // A merge that is undone gives a ticket back to its requester, clocks and all.
                self.first_response.cancelled = false;
                self.resolution.cancelled = false;
            }
            Move::Priority(priority) => {
                if priority != self.priority {
                    self.priority = priority;
                    self.prioritised_at = self.at;
                }
            }
            Move::Part(part) => self.part = part,
        }
        self.count();
    }

    fn goes_to(&mut self, state: State) {
        self.state = state;
        match state {
            State::Resolved => {
                self.responded();
                self.resolution.stopped_at = Some(self.at);
            }
            // Closing follows resolving; where it does not, it is the end all the same.
            State::Closed => {
                self.responded();
                self.resolution.stopped_at.get_or_insert(self.at);
            }
            State::Cancelled | State::Merged => {
                self.resolution.cancelled = true;
                self.first_response.cancelled = self.first_response.stopped_at.is_none();
            }
            State::New
            | State::Assigned
            | State::InProgress
            | State::WaitingUser
            | State::WaitingVendor => self.resolution.stopped_at = None,
        }
    }

    /// The first response stops once.
    fn responded(&mut self) {
        if self.first_response.open() {
            self.first_response.stopped_at = Some(self.at);
        }
    }

    /// Lets each count go on or stand still, as the state wants it, by the calendar of the present priority.
    fn count(&mut self) {
        let (at, calendar) = (self.at, &*self.promise().calendar);
        let when = |counts: bool| counts.then_some(calendar);
        let open = self.first_response.open();
        self.first_response.count.go_on(when(open), at);
        let works = self.resolution.open() && !self.state.waiting() && !ended(self.state);
        self.resolution.count.go_on(when(works), at);
        // A vendor's work does not excuse silence; before the first response there is another clock for it.
        let responded = self.first_response.stopped_at.is_some();
        let speaks = responded && !self.updates_rest();
        for round in [&mut self.periodic, &mut self.unanswered]
            .into_iter()
            .flatten()
        {
            round.count.go_on(when(speaks), at);
        }
    }
}

/// What can be asked.
impl<'a> Replay<'a> {
    /// All clocks.
    pub fn clocks(&self) -> Clocks {
        Clocks {
            first_response: self.run(ClockKind::FirstResponse, &self.first_response, false),
            next_update: self.next_update(),
            updates_missed: self.updates_missed,
            resolution: self.run(
                ClockKind::Resolution,
                &self.resolution,
                self.state.waiting(),
            ),
        }
    }

    /// When `percent` of a clock's target is or was reached, if everything stays as it is. `None` while the clock does
    /// not run, or where nothing is promised.
    pub fn warning(&self, kind: ClockKind, percent: u32) -> Option<Timestamp> {
        let target = share(self.promise().target(kind)?, percent);
        let count = match kind {
            ClockKind::FirstResponse => Some(&self.first_response)
                .filter(|run| run.open())
                .map(|run| &run.count),
            ClockKind::Resolution => Some(&self.resolution)
                .filter(|run| run.open() && !self.state.waiting())
                .map(|run| &run.count),
            ClockKind::NextUpdate => self
                .round()
                .filter(|_| self.updates_are_owed() && !self.updates_rest())
                .map(|round| &round.count),
        };
        count?.due(target)
    }

    /// Since when an update is owed, where one is.
    pub fn owed_since(&self) -> Option<Timestamp> {
        let round = self.round().filter(|_| self.updates_are_owed());
        round.map(|round| round.count.start())
    }

    fn run(&self, kind: ClockKind, run: &Run, paused: bool) -> Clock {
        let target = self.promise().target(kind);
        let status = match target {
            _ if run.cancelled => Status::Cancelled,
            None => Status::None,
            Some(_) if run.breached_at.is_some() => Status::Breached,
            Some(_) if run.stopped_at.is_some() => Status::Met,
            Some(_) if paused => Status::Paused,
            Some(_) => Status::Running,
        };
        let shown = matches!(status, Status::Running | Status::Breached) && run.open();
        let elapsed = (!run.cancelled).then(|| run.count.elapsed(self.at));
        Clock {
            status,
            due: target
                .filter(|_| shown)
                .and_then(|target| run.count.due(target)),
            stopped_at: run.stopped_at.filter(|_| !run.cancelled),
            breached_at: run.breached_at,
            elapsed,
            remaining: target
                .zip(elapsed)
                .map(|(target, elapsed)| target.saturating_sub(elapsed)),
        }
    }

    fn next_update(&self) -> Clock {
        let target = self.promise().next_update;
        let round = self.round().filter(|_| self.updates_are_owed());
        let status = match (target, round) {
            (None, _) => Status::None,
            _ if ended(self.state) => Status::Done,
            (_, None) => Status::Idle,
            (_, Some(round)) if round.missed_at.is_some() => Status::Breached,
            _ if self.updates_rest() => Status::Paused,
            _ => Status::Running,
        };
        let shown = matches!(status, Status::Running | Status::Breached);
        let elapsed = round.map(|round| round.count.elapsed(self.at));
        Clock {
            status,
            due: target
                .zip(round)
                .filter(|_| shown)
                .and_then(|(target, round)| round.count.due(target)),
            stopped_at: None,
            breached_at: round.and_then(|round| round.missed_at),
            elapsed,
            remaining: target
                .zip(elapsed)
                .map(|(target, elapsed)| target.saturating_sub(elapsed)),
        }
    }

    /// Whether the next update counts at all: after the first response, and before the end.
    fn updates_are_owed(&self) -> bool {
        self.first_response.stopped_at.is_some() && !ended(self.state)
    }

    /// Whether the next update stands still: it is the requester's turn, or a major incident speaks for it.
    fn updates_rest(&self) -> bool {
        self.state == State::WaitingUser || self.part
    }

    /// The round that the present priority asks for.
    fn round(&self) -> Option<&Round<'a>> {
        match self.promise().next_update_mode {
            UpdateMode::Periodic => self.periodic.as_ref(),
            UpdateMode::Reply => self.unanswered.as_ref(),
        }
    }

    fn round_mut(&mut self) -> Option<&mut Round<'a>> {
        match self.promise().next_update_mode {
            UpdateMode::Periodic => self.periodic.as_mut(),
            UpdateMode::Reply => self.unanswered.as_mut(),
        }
    }
}
