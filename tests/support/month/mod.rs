//! A month of a desk that nobody watches: people who come, take, answer, forget, and go home, over the real desk and a real
//! database file, without a network and without waiting.
//!
//! Everything follows from the seed. The crew works in shifts, two of it are away for days, a holiday is added while tickets run,
//! the clocks are set back, and over one week-end the desk itself is down. [`live`] lives it; `report` says what came of it.

mod crew;
pub mod report;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::path::PathBuf;

use deskhand::config::Limits;
use deskhand::desk::redact::Redactor;
use deskhand::desk::{Desk, Error, Planned, SetUpPlan};
use deskhand::domain::category::Category;
use deskhand::domain::handover::HandOverTexts;
use deskhand::domain::ids::{Cause, ChannelId, GuildId, RoleId, TicketId, UserId};
use deskhand::domain::people::{Actor, DeskChannel, DeskRole, Standing};
use deskhand::domain::priority::{Impact, Priority, Urgency};
use deskhand::domain::ticket::{ArticleNote, Code, Ending, EscalateChoice, Opening, State, Ticket};
use deskhand::domain::tier::Tier;
use deskhand::domain::vendor::read_hours;
use deskhand::kb::Kb;
use deskhand::store::Store;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub use crew::{ADMIN, CREW, LEAD, Person};

/// The desk of the month.
pub const GUILD: GuildId = GuildId(100);

/// The first instant: a Monday.
const BEGINS: &str = "2026-10-05T00:00:00Z";
/// Four weeks.
const DAYS: i64 = 28;
/// The desk is down from Saturday evening to Sunday morning.
const DOWN: (&str, &str) = ("2026-10-17T18:30:00Z", "2026-10-18T05:00:00Z");
/// When a holiday is added, and which.
const HOLIDAY: (&str, &str) = ("2026-10-14T11:00:00Z", "2026-10-22");

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// An instant.
pub fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Numbers that follow from a seed, and look like chance.
pub struct Chance(u64);

impl Chance {
    /// Chance that begins with that seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..below`.
    pub fn below(&mut self, below: u64) -> u64 {
        self.next() % below.max(1)
    }

    /// So often in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn minutes(&mut self, from: u64, to: u64) -> SignedDuration {
        let minutes = from + self.below(to - from);
        let seconds = self.below(60);
        MINUTE * i32::try_from(minutes).expect("small")
            + SignedDuration::from_secs(seconds.cast_signed())
    }
}

/// What happens at an instant because somebody does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// Somebody has a trouble.
    Comes(usize),
    /// Whoever has to do with a ticket looks at it.
    Looks(TicketId),
    /// An admin adds the holiday.
    Holiday,
    /// One of the crew is away for so many days, and another stands in.
    Away(usize, i64, usize),
}

/// A month that was lived.
pub struct Month {
    /// The desk as it was left.
    pub desk: Desk,
    /// Its database.
    pub file: PathBuf,
    /// The first instant.
    pub begins: Timestamp,
    /// The last.
    pub ends: Timestamp,
    /// While the desk was down.
    pub down: (Timestamp, Timestamp),
    /// How many tickets were opened.
    pub tickets: usize,
    /// How often what somebody wanted was refused: somebody else was faster.
    pub refused: usize,
    _folder: tempfile::TempDir,
    chance: Chance,
    ahead: BinaryHeap<Reverse<(Timestamp, u64, Step)>>,
    steps: BTreeMap<TicketId, u32>,
    count: u64,
}

/// No limits: the crowd of the month is as large as it is.
pub const NO_LIMITS: Limits = Limits {
    asks_per_minute: None,
    guild_asks_per_minute: None,
    openings_per_10_minutes: None,
    openings_per_day: None,
    open_tickets_max: None,
    file_megabytes: None,
};

/// A desk at `now` in a new file in `folder`, with its crew.
pub async fn desk_in(folder: &std::path::Path, now: Timestamp) -> (Desk, PathBuf) {
    let articles = folder.join("kb");
    std::fs::create_dir_all(&articles).expect("a folder");
    let file = folder.join("month.sqlite");
    let store = Store::open(&file).await.expect("a database");
    let kb = Kb::open(&articles);
    let desk = Desk::new(store, kb, NO_LIMITS, Redactor::new(&[]));
    desk.set_zones(now).await.expect("zones");
    desk.guild_seen(GUILD, "Larkfield").await.expect("seen");
    let plan = SetUpPlan {
        roles: vec![(DeskRole::L1, Planned::Map(RoleId(201)))],
        channels: vec![(DeskChannel::QueueL1, Planned::Map(ChannelId(301)))],
    };
    let owner = Actor {
        standing: Standing {
            owner: true,
            ..Standing::default()
        },
        ..ADMIN.actor()
    };
    let cause = Cause::interaction(1);
    desk.set_up(GUILD, &plan, &owner, &cause, now)
        .await
        .expect("set up");
    for person in CREW.iter().chain([&LEAD, &ADMIN]) {
        let met = desk.met(GUILD, person.id, person.name, person.standing(), now);
        met.await.expect("met");
    }
    (desk, file)
}

/// Lives a month with so many tickets.
pub async fn live(seed: u64, tickets: usize) -> Month {
    let folder = tempfile::tempdir().expect("a folder");
    let begins = at(BEGINS);
    let (desk, file) = desk_in(folder.path(), begins).await;
    let mut month = Month {
        desk,
        file,
        begins,
        ends: begins + SignedDuration::from_hours(24 * DAYS),
        down: (at(DOWN.0), at(DOWN.1)),
        tickets,
        refused: 0,
        _folder: folder,
        chance: Chance::new(seed),
        ahead: BinaryHeap::new(),
        steps: BTreeMap::new(),
        count: 100,
    };
    month.opens_its_doors().await;
    for place in 0..tickets {
        // The first of them comes just before the desk goes down, when nobody is at work.
        let when = match place {
            0 => month.down.0 - MINUTE * 10,
            _ => month.a_moment(),
        };
        month.plan(when, Step::Comes(place));
    }
    month.plan(at(HOLIDAY.0), Step::Holiday);
    month.plan(
        begins + SignedDuration::from_hours(24 * 7 + 7),
        Step::Away(1, 3, 3),
    );
    month.plan(
        begins + SignedDuration::from_hours(24 * 14 + 7),
        Step::Away(5, 5, 4),
    );
    month.passes().await;
    month
}

impl Month {
    fn cause(&mut self) -> Cause {
        self.count += 1;
        Cause::interaction(self.count)
    }

    fn plan(&mut self, when: Timestamp, step: Step) {
        self.count += 1;
        self.ahead.push(Reverse((when, self.count, step)));
    }

    /// The desk's hours, and who works when.
    async fn opens_its_doors(&mut self) {
        let now = self.begins;
        let hours = read_hours("Mon-Fri 08:00-18:00 Europe/Berlin").expect("hours");
        let (admin, lead) = (ADMIN.actor(), LEAD.actor());
        let set = self
            .desk
            .set_calendar(GUILD, &admin, "business", &hours, now);
        set.await.expect("set");
        for (name, hours, people) in crew::SHIFTS {
            let cause = self.cause();
            let made = self
                .desk
                .make_rota(GUILD, &lead, (name, hours), &cause, now);
            let rota = made.await.expect("made").id;
            let people = people.iter().map(|place| CREW[*place].id).collect();
            let cause = self.cause();
            self.desk
                .change_rota(GUILD, &lead, rota, None, Some(people), &cause, now)
                .await
                .expect("planned");
        }
    }

    /// When somebody has a trouble: on working days mostly, in the morning most, at night seldom.
    fn a_moment(&mut self) -> Timestamp {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        // Nobody comes in the last three days: what came before has some time to end.
        let seconds = u64::try_from((DAYS - 3) * 24 * 3600).expect("small");
        loop {
            let after = SignedDuration::from_secs(self.chance.below(seconds).cast_signed());
            let when = self.begins + after;
            let there = when.to_zoned(zone.clone());
            let likely = match (there.weekday().to_monday_zero_offset(), there.hour()) {
                (5 | 6, 8..=20) => 8,
                (5 | 6, _) => 2,
                (_, 8..=11) => 100,
                (_, 12..=16) => 70,
                (_, 7 | 17 | 18) => 25,
                _ => 3,
            };
            if self.chance.percent(likely) {
                return when;
            }
        }
    }

    /// Everything happens at its time: what people do, and what the desk does by itself.
    async fn passes(&mut self) {
        loop {
            let timer = self.desk.next_timer().await.expect("read");
            let person = self.ahead.peek().map(|Reverse((when, ..))| *when);
            let Some(now) = timer.into_iter().chain(person).min() else {
                return;
            };
            let down = self.down.0 <= now && now < self.down.1;
            let now = if down { self.down.1 } else { now };
            if now > self.ends {
                return;
            }
            if timer.is_some_and(|timer| timer <= now) {
                let mut rounds = 0;
                while self.desk.fire_due(now).await.expect("fired") > 0 {
                    rounds += 1;
                    assert!(rounds < 1000, "what fires at {now} fires without an end");
                }
                continue;
            }
            let Some(Reverse((_, _, step))) = self.ahead.pop() else {
                return;
            };
            self.does(step, now).await;
        }
    }

    async fn does(&mut self, step: Step, now: Timestamp) {
        match step {
            Step::Comes(place) => {
                let opening = self.trouble(place);
                let by = Actor::member(opening.requester, &opening.requester_name);
                let cause = self.cause();
                let ticket = self.desk.open(opening, &by, &cause, now).await;
                let ticket = ticket.expect("opened");
                let soon = match ticket.priority <= Priority::P2 {
                    true => self.chance.minutes(1, 6),
                    false => self.chance.minutes(1, 25),
                };
                self.plan(now + soon, Step::Looks(ticket.id));
            }
            Step::Looks(id) => {
                if let Some(after) = self.looks(id, now).await {
                    self.plan(now + after, Step::Looks(id));
                }
            }
            Step::Holiday => {
                let work = self.desk.clockwork(GUILD, now).await.expect("read");
                let mut hours = work.hours["business"].clone();
                hours.holidays.push(HOLIDAY.1.to_owned());
                let by = ADMIN.actor();
                let set = self.desk.set_calendar(GUILD, &by, "business", &hours, now);
                set.await.expect("set");
            }
            Step::Away(who, days, deputy) => {
                let until = now + SignedDuration::from_hours(24 * days);
                let away = Some((until, Some(CREW[deputy].id)));
                let cause = self.cause();
                let by = CREW[who].actor();
                let set = self.desk.set_away(GUILD, &by, away, &cause, now);
                set.await.expect("away");
            }
        }
    }

    fn trouble(&mut self, place: usize) -> Opening {
        const CATEGORIES: [&str; 5] = ["network", "email", "hardware", "software", "printing"];
        let (impact, urgency) = match self.chance.below(100) {
            _ if place == 0 => (Impact::High, Urgency::Medium),
            0..2 => (Impact::High, Urgency::High),
            2..12 => (Impact::High, Urgency::Medium),
            12..58 => (Impact::Low, Urgency::High),
            _ => (Impact::Low, Urgency::Medium),
        };
        let who = 1000 + self.chance.below(60);
        let known = |key: &&str| Category::from_key(key);
        let chosen = usize::try_from(self.chance.below(5)).unwrap_or(0);
        Opening {
            guild: GUILD,
            requester: UserId(who),
            requester_name: format!("Person {who}"),
            title: format!("Trouble number {place}"),
            body: "It worked yesterday".into(),
            tried: String::new(),
            category: CATEGORIES
                .get(chosen)
                .and_then(known)
                .unwrap_or(Category::other()),
            impact,
            urgency,
            ask: None,
        }
    }

    async fn at_work(&self, tier: Tier, now: Timestamp) -> Vec<UserId> {
        let all = self.desk.at_work(GUILD, now).await.expect("read");
        let here = all.into_iter().filter(|one| one.tier == tier);
        here.flat_map(|one| one.people)
            .filter(|(_, there)| *there)
            .map(|(holder, _)| holder.user)
            .collect()
    }

    async fn is_at_work(&self, who: UserId, now: Timestamp) -> bool {
        for tier in Tier::ALL {
            if self.at_work(tier, now).await.contains(&who) {
                return true;
            }
        }
        false
    }

    /// Somebody looks at a ticket and does what is next, if it is theirs to do. Gives when somebody looks again.
    async fn looks(&mut self, id: TicketId, now: Timestamp) -> Option<SignedDuration> {
        let ticket = self.desk.ticket_by_id(id, &LEAD.actor(), now).await;
        let ticket = ticket.expect("there");
        let urgent = ticket.priority <= Priority::P2;
        match (ticket.state, ticket.assignee) {
            (State::New, _) => {
                let here = self.at_work(ticket.tier, now).await;
                let takes = if urgent { 55 } else { 20 };
                if let Some(who) = here.first().filter(|_| self.chance.percent(takes)) {
                    let (by, cause) = (crew::known(*who).actor(), self.cause());
                    let done = self.desk.claim(id, &by, &cause, now).await;
                    self.done(done);
                }
                let (from, to) = if urgent { (1, 8) } else { (10, 50) };
                Some(self.chance.minutes(from, to))
            }
            (State::Assigned, Some(who)) => {
                // Some are busy, and let it pass.
                if self.is_at_work(who, now).await && self.chance.percent(80) {
                    let (by, cause) = (crew::known(who).actor(), self.cause());
                    let done = self.desk.accept(id, &by, &cause, now).await;
                    self.done(done);
                }
                let (from, to) = if urgent { (2, 9) } else { (5, 70) };
                Some(self.chance.minutes(from, to))
            }
            (State::InProgress, Some(who)) => {
                if self.is_at_work(who, now).await {
                    self.works(&ticket, crew::known(who), now).await;
                }
                let (from, to) = if urgent { (5, 45) } else { (15, 360) };
                Some(self.chance.minutes(from, to))
            }
            (State::WaitingUser, Some(who)) => {
                // Every tenth never answers; the others call back after a while.
                if id.0 % 10 != 0 && self.chance.percent(40) {
                    let (by, cause) = (crew::known(who).actor(), self.cause());
                    let done = self.desk.resume(id, &by, &cause, now).await;
                    self.done(done);
                }
                Some(self.chance.minutes(60, 600))
            }
            (State::Resolved, _) => {
                let by = Actor::member(ticket.requester, &ticket.requester_name);
                let cause = self.cause();
                if self.chance.percent(40) {
                    let done = self.desk.confirm(id, &by, &cause, now).await;
                    self.done(done);
                } else if self.chance.percent(10) {
                    let again = "It does it again";
                    let done = self.desk.reopen(id, &by, again, &cause, now).await;
                    self.done(done);
                    return Some(self.chance.minutes(10, 200));
                }
                // What nobody confirms closes by itself.
                None
            }
            _ => None,
        }
    }

    /// Whoever has it answers, asks, hands it up, or ends it.
    async fn works(&mut self, ticket: &Ticket, person: &Person, now: Timestamp) {
        let (id, by, cause) = (ticket.id, person.actor(), self.cause());
        let steps = self.steps.entry(id).or_default();
        *steps += 1;
        let roll = self.chance.below(100) + u64::from(*steps) * 8;
        let desk = &self.desk;
        let done = if ticket.replied_at.is_none() || roll < 35 {
            desk.reply(id, &by, "We are looking at it", &cause, now)
                .await
        } else if roll < 50 {
            desk.ask_user(id, &by, "Since when?", &cause, now).await
        } else if roll < 65 && ticket.tier < Tier::L3 {
            let texts = HandOverTexts {
                summary: "It comes again after a restart, on two machines".into(),
                tried: "Restarted it".into(),
                findings: "The log says 809".into(),
                asked: "Look at the gateway".into(),
                told: "A specialist looks".into(),
            };
            let choice = EscalateChoice::default();
            desk.escalate(id, &by, texts, choice, &cause, now).await
        } else {
            let ending = Ending {
                code: Code::Fixed,
                text: "The setting was old; a new one is there now.".into(),
                article: ArticleNote::None {
                    reason: "once only".into(),
                },
                lesson: ticket
                    .owes_lesson()
                    .then(|| "Look at the setting first.".into()),
                reason: None,
            };
            desk.resolve(id, &by, ending, &cause, now).await
        };
        self.done(done);
    }

    /// A no is a no; a failure is none.
    fn done(&mut self, done: Result<Ticket, Error>) {
        match done {
            Ok(_) => {}
            Err(Error::Refused(_)) => self.refused += 1,
            Err(Error::Failed(why)) => panic!("{why:?}"),
        }
    }
}
