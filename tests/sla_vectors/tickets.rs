//! A ticket's clocks, simulated from second to second: written from the rules, not from the product.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::walk::{Painted, calendars, seconds, timestamp};

/// A clock that ticks.
#[derive(Default)]
struct Ticker {
    /// At which instants it has counted one second, two, and so on.
    reached: Vec<i64>,
    started: i64,
    stopped: Option<i64>,
    breached: Option<i64>,
    cancelled: bool,
}

impl Ticker {
    fn started(at: i64) -> Self {
        Self {
            started: at,
            ..Self::default()
        }
    }

    fn reached(&self, target: i64) -> Option<i64> {
        match usize::try_from(target - 1) {
            Ok(place) => self.reached.get(place).copied(),
            Err(_) => Some(self.started),
        }
    }

    fn open(&self) -> bool {
        self.stopped.is_none() && !self.cancelled
    }

    /// Whether it has become late as of `now`.
    fn look(&mut self, target: Option<i64>, now: i64, changed: i64) -> bool {
        let late = target
            .and_then(|target| self.reached(target))
            .filter(|due| *due < now && self.open() && self.breached.is_none());
        self.breached = self.breached.or(late.map(|due| due.max(changed)));
        late.is_some()
    }
}

struct Ticket<'a> {
    policy: &'a Value,
    painted: &'a BTreeMap<String, Painted>,
    /// The calendar in force.
    open: &'a Painted,
    priority: String,
    changed: i64,
    state: String,
    first: Ticker,
    resolution: Ticker,
    /// Since the desk wrote, or it was reopened.
    periodic: Option<Ticker>,
    /// Since the requester wrote.
    reply: Option<Ticker>,
    breaches: u32,
}

/// The three clocks, as a vector expects them. `None` when a due is too far away to walk there.
pub fn answer(input: &Value) -> Option<Value> {
    let events = input["events"].as_array().expect("events");
    let (created, as_of) = (seconds(&events[0]["at"]), seconds(&input["as_of"]));
    let painted = calendars(input, created, as_of + 60 * 86_400);
    let mut ticket = Ticket {
        policy: &input["policy"],
        painted: &painted,
        open: painted.values().next()?,
        priority: String::new(),
        changed: created,
        state: "new".to_owned(),
        first: Ticker::started(created),
        resolution: Ticker::started(created),
        periodic: None,
        reply: None,
        breaches: 0,
    };
    ticket.has_priority(events[0]["priority"].as_str().expect("a priority"), created);
    let mut later = events[1..].iter().peekable();
    for now in created..=as_of {
        while let Some(event) = later.next_if(|event| seconds(&event["at"]) == now) {
            ticket.look(now);
            ticket.happens(event, now);
        }
        ticket.look(now);
        if now < as_of {
            ticket.tick(now);
        }
    }
    ticket.told(as_of)
}

impl Ticket<'_> {
    fn target(&self, clock: &str) -> Option<i64> {
        self.policy[&self.priority][clock].as_i64()
    }

    fn has_priority(&mut self, priority: &str, now: i64) {
        self.priority = priority.to_owned();
        self.changed = now;
        let calendar = &self.policy[priority]["calendar"];
        self.open = &self.painted[calendar.as_str().expect("a name")];
    }

    fn ended(&self) -> bool {
        ["resolved", "closed", "cancelled", "merged"].contains(&self.state.as_str())
    }

    fn waits(&self) -> bool {
        ["waiting_user", "waiting_vendor"].contains(&self.state.as_str())
    }

    fn works(&self) -> bool {
        self.resolution.open() && !self.waits() && !self.ended()
    }

    fn updates(&self) -> bool {
        self.first.stopped.is_some() && self.state != "waiting_user"
    }

    fn is_periodic(&self) -> bool {
        self.policy[&self.priority]["next_update_mode"] == "periodic"
    }

    fn look(&mut self, now: i64) {
        let changed = self.changed;
        let target = self.target("first_response");
        self.first.look(target, now, changed);
        let target = self.target("resolution");
        self.resolution.look(target, now, changed);
        if self.first.stopped.is_none() || self.ended() {
            return;
        }
        let target = self.target("next_update");
        let round = if self.is_periodic() {
            &mut self.periodic
        } else {
            &mut self.reply
        };
        if round
            .as_mut()
            .is_some_and(|round| round.look(target, now, changed))
        {
            self.breaches += 1;
        }
    }

    fn happens(&mut self, event: &Value, now: i64) {
        let to = event["to"].as_str().unwrap_or_default();
        match event["type"].as_str().expect("a type") {
            "agent_reply" => {
                if self.first.open() {
                    self.first.stopped = Some(now);
                }
                self.periodic = Some(Ticker::started(now));
                self.reply = None;
            }
            "user_reply" if !self.ended() => {
                if self.state == "waiting_user" {
                    self.state = "in_progress".to_owned();
                }
                self.reply.get_or_insert(Ticker::started(now));
            }
            "state" => self.goes_to(to, now),
            "reopened" => {
                self.state = "in_progress".to_owned();
                self.resolution.stopped = None;
                self.periodic = Some(Ticker::started(now));
            }
            "priority" if self.priority != to => self.has_priority(to, now),
            _ => {}
        }
    }

    fn goes_to(&mut self, state: &str, now: i64) {
        self.state = state.to_owned();
        match state {
            "resolved" => {
                if self.first.open() {
                    self.first.stopped = Some(now);
                }
                self.resolution.stopped = Some(now);
            }
            "cancelled" | "merged" => {
                self.first.cancelled = self.first.stopped.is_none();
                self.resolution.cancelled = true;
                self.resolution.stopped = None;
            }
            "closed" => {}
            _ => self.resolution.stopped = None,
        }
    }

    /// The second that begins now passes.
    fn tick(&mut self, now: i64) {
        if !self.open.open(now) {
            return;
        }
        if self.first.open() {
            self.first.reached.push(now + 1);
        }
        if self.works() {
            self.resolution.reached.push(now + 1);
        }
        if self.updates() {
            for round in [&mut self.periodic, &mut self.reply].into_iter().flatten() {
                round.reached.push(now + 1);
            }
        }
    }

    /// When a clock reaches its target if nothing more happens: `Some(None)` is never, `None` is too far away.
    fn due(&self, ticker: &Ticker, target: i64, counts: bool, as_of: i64) -> Option<Option<i64>> {
        let reached = ticker.reached(target);
        if reached.is_some() || !counts {
            return Some(reached);
        }
        let mut left = target - i64::try_from(ticker.reached.len()).ok()?;
        for now in as_of..self.open.end() {
            left -= i64::from(self.open.open(now));
            if left == 0 {
                return Some(Some(now + 1));
            }
        }
        None
    }

    fn told(&self, as_of: i64) -> Option<Value> {
        let first = self.first.open();
        let mut resolution = self.clock(
            "resolution",
            as_of,
            self.waits(),
            &self.resolution,
            self.works(),
        )?;
        let left = self
            .target("resolution")
            .zip(resolution["elapsed_s"].as_i64());
        resolution["remaining_s"] = json!(left.map(|(target, elapsed)| target - elapsed));
        Some(json!({
            "first_response": self.clock("first_response", as_of, false, &self.first, first)?,
            "resolution": resolution,
            "next_update": self.next_update(as_of)?,
        }))
    }

    fn next_update(&self, as_of: i64) -> Option<Value> {
        let round = if self.is_periodic() {
            self.periodic.as_ref()
        } else {
            self.reply.as_ref()
        };
        let round = round.filter(|_| self.first.stopped.is_some());
        let target = self.target("next_update");
        let status = match round {
            _ if target.is_none() => "none",
            _ if self.ended() => "done",
            None => "idle",
            Some(round) if round.breached.is_some() => "breached",
            _ if self.state == "waiting_user" => "paused",
            _ => "running",
        };
        let shown = ["running", "breached"].contains(&status);
        let due = match target.zip(round).filter(|_| shown) {
            Some((target, round)) => self.due(round, target, self.updates(), as_of)?,
            None => None,
        };
        Some(json!({"status": status, "due": due.map(timestamp), "breaches": self.breaches}))
    }

    fn clock(
        &self,
        name: &str,
        as_of: i64,
        paused: bool,
        ticker: &Ticker,
        counts: bool,
    ) -> Option<Value> {
        let target = self.target(name);
        let status = match () {
            () if ticker.cancelled => "cancelled",
            () if target.is_none() => "none",
            () if ticker.breached.is_some() => "breached",
            () if ticker.stopped.is_some() => "met",
            () if paused => "paused",
            () => "running",
        };
        let shown = ["running", "breached"].contains(&status) && ticker.open();
        let due = match target.filter(|_| shown) {
            Some(target) => self.due(ticker, target, counts, as_of)?,
            None => None,
        };
        Some(json!({
            "status": status,
            "due": due.map(timestamp),
            "stopped_at": ticker.stopped.map(timestamp),
            "breached_at": ticker.breached.map(timestamp),
            "elapsed_s": (!ticker.cancelled).then_some(ticker.reached.len()),
        }))
    }
}
