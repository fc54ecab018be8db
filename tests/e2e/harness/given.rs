//! How a desk comes to be, before a story begins.

use std::cell::{Cell, RefCell};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};

use deskhand::clock::Clock;
use deskhand::config::{Config, Limits, LogFormat, Secret};
use deskhand::standin::{
    BOT_PERMISSIONS, Company, GrantedIntents, Person, Settings, StandIn, person, place,
};
use futures::FutureExt;
use serde_json::json;
use tokio::sync::RwLock;

use super::front::Front;
use super::people::People;
use super::{Desk, kb, log, oracle};

/// A Monday, nine in the morning.
const BEGINNING: &str = "2026-06-15T09:00:00Z";

/// Everybody, with the role of their job: the first one owns the server.
const PEOPLE: &[(&str, &str, &[&str])] = &[
    ("ada", "Ada", &["Desk admin"]),
    ("nia", "Nia", &["Lead"]),
    ("ravi", "Ravi", &["L1"]),
    ("sami", "Sami", &["L1"]),
    ("ivo", "Ivo", &["L2"]),
    ("lena", "Lena", &["L2"]),
    ("noor", "Noor", &["L3"]),
    ("kai", "Kai", &["L3"]),
    ("mia", "Mia", &[]),
    ("tom", "Tom", &[]),
];

/// How far the desk is before the story begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum SetUp {
    /// The bot has not been started.
    Down,
    /// The bot runs, and nobody has set it up.
    Not,
    /// The owner has set it up, and everybody has the role of their job.
    Done,
}

/// What is different from the ordinary desk.
pub struct Given {
    intents: GrantedIntents,
    limits: Limits,
    set_up: SetUp,
    channels: Vec<(&'static str, &'static str)>,
    permissions: u64,
    files_from: Option<&'static str>,
    in_turn: bool,
    board: bool,
    digests: bool,
}

/// A story on the ordinary desk.
#[track_caller]
pub fn story(body: impl AsyncFnOnce(&Desk)) {
    Given::default().story(body);
}

impl Default for Given {
    fn default() -> Self {
        Self {
            intents: GrantedIntents {
                members: true,
                message_content: true,
            },
            limits: Limits::default(),
            set_up: SetUp::Done,
            channels: vec![("general", "Everything that has no other place")],
            permissions: BOT_PERMISSIONS,
            files_from: None,
            in_turn: false,
            board: false,
            digests: false,
        }
    }
}

impl Given {
    /// Without the privileged intents.
    pub fn without_intents(mut self) -> Self {
        self.intents = GrantedIntents {
            members: false,
            message_content: false,
        };
        self
    }

    /// A ticket that comes in is offered to the next in turn, as on every desk of which nobody said otherwise. On the ordinary
    /// desk of the stories it waits for whoever claims it.
    pub fn in_turn(mut self) -> Self {
        self.in_turn = true;
        self
    }

    /// With the digests of the leads, as every desk has them of which nobody said otherwise.
    pub fn with_digests(mut self) -> Self {
        self.digests = true;
        self
    }

    /// With the board of the leads, as every desk has it of which nobody said otherwise.
    pub fn with_board(mut self) -> Self {
        self.board = true;
        self
    }

    /// Files lie at this address, and so those of the stand-in lie elsewhere.
    pub fn files_from(mut self, base: &'static str) -> Self {
        self.files_from = Some(base);
        self
    }

    /// So far and no further.
    pub fn set_up(mut self, how_far: SetUp) -> Self {
        self.set_up = how_far;
        self
    }

    /// With other limits against floods.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With a channel that was there before.
    pub fn channel(mut self, name: &'static str) -> Self {
        self.channels.push((name, ""));
        self
    }

    /// With a bot that was invited without these permissions.
    pub fn bot_lacks(mut self, permissions: u64) -> Self {
        self.permissions &= !permissions;
        self
    }

    /// Tells the story: a runtime of its own, a desk, what happens, and then what must hold after every story.
    #[track_caller]
    pub fn story(self, body: impl AsyncFnOnce(&Desk)) {
        static STORIES: AtomicU64 = AtomicU64::new(1);
        let story = STORIES.fetch_add(1, Ordering::Relaxed);
        log::works_for(story);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .on_thread_start(move || log::works_for(story))
            .enable_all()
            .build()
            .expect("a runtime");
        let told = runtime.block_on(async {
            let desk = self.desk().await;
            let told = AssertUnwindSafe(async {
                desk.begins(&self).await;
                body(&desk).await;
                oracle::holds(&desk).await;
            });
            let told = told.catch_unwind().await;
            if told.is_err() {
                oracle::explain(&desk).await;
            }
            let app = desk.app.write().await.take();
            if let Some(app) = app {
                app.stop().await;
            }
            desk.stand_in.stop().await;
            told.map(|()| desk.forgiven.borrow().clone())
        });
        runtime.shutdown_background();
        let lines = log::take(story);
        match told {
            Ok(forgiven) => {
                let errors = oracle::nobody_must_act(&lines, &forgiven);
                assert!(
                    errors.is_empty(),
                    "errors were logged:\n{}",
                    errors.join("\n")
                );
            }
            Err(panic) => {
                let shown = lines.iter();
                shown.for_each(|line| eprintln!("{:5} {}", line.level, line.text));
                std::panic::resume_unwind(panic);
            }
        }
    }

    async fn desk(&self) -> Desk {
        let clock = Clock::frozen_at(BEGINNING.parse().expect("an instant"));
        let people = PEOPLE.iter().map(|(name, display, roles)| -> Person {
            person(name, display, roles.first().copied().unwrap_or("Employee"))
        });
        let company = Company {
            name: "Larkfield".to_owned(),
            bot: "Deskhand".to_owned(),
            bot_permissions: self.permissions,
            people: people.collect(),
            channels: self
                .channels
                .iter()
                .map(|(name, topic)| place(name, topic))
                .collect(),
        };
        let stand_in = StandIn::start(Settings {
            port: 0,
            clock: clock.clone(),
            company,
            intents: self.intents,
            on_advance: None,
        })
        .await
        .expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        let kb = folder.path().join("kb");
        kb::write(&kb);
        let config = Config {
            token: Some(Secret::new(stand_in.token())),
            database: folder.path().join("desk.sqlite"),
            kb,
            table: None,
            encoder: folder.path().join("encoder"),
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            limits: self.limits,
            api: None,
        };
        Desk {
            front: Front::before(stand_in.address()).await,
            files_from: self
                .files_from
                .map_or_else(|| stand_in.rest_base(), str::to_owned),
            people: People::at(&stand_in.rest_base()),
            stand_in,
            clock,
            config,
            app: RwLock::new(None),
            forgiven: RefCell::default(),
            leaves_work: Cell::new(false),
            folder,
        }
    }
}

impl Desk {
    async fn begins(&self, given: &Given) {
        if given.set_up == SetUp::Down {
            return;
        }
        self.starts().await;
        self.commands_are_there().await;
        if given.set_up == SetUp::Done {
            self.is_set_up().await;
            if !given.in_turn {
                // What comes in waits until somebody takes it.
                let rule = "insert into tier_rule (guild, tier, turns, capacity)
                            select id, 1, 'manual', 12 from guild where set_up_at is not null";
                self.goes_by(rule).await;
            }
            if !given.digests {
                let rule = "insert or replace into digest (guild, minute, daily, weekly, daily_at, weekly_at)
                            select id, 480, 0, 0, 0, 0 from guild where set_up_at is not null";
                self.goes_by(rule).await;
            }
            if !given.board {
                let rule = "insert into board (guild, off) select id, 1 from guild where set_up_at is not null";
                self.goes_by(rule).await;
            }
        }
    }

    /// Keeps that rule of the desk. A command would do it too, and would shift every id that stories show.
    async fn goes_by(&self, rule: &'static str) {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&self.config.database);
        let mut connection = sqlx::ConnectOptions::connect(&options)
            .await
            .expect("the database");
        sqlx::query(rule)
            .execute(&mut connection)
            .await
            .expect("a rule");
    }

    /// Waits until what the bot registers can be typed.
    pub async fn commands_are_there(&self) {
        let there = self.people.commands_are_there("ada").await;
        there.expect("the bot registers its commands");
    }

    /// The owner sets the desk up, and gives everybody the role of their job.
    pub async fn is_set_up(&self) {
        self.person("ada").in_("#general").runs("/setup run").await;
        for (name, _, roles) in PEOPLE {
            if !roles.is_empty() {
                self.admin("ada", "roles", json!({"user": name, "add": roles}))
                    .await;
            }
        }
        self.knows_everybody().await;
    }

    /// With the members intent the desk hears of roles by itself, a moment later.
    async fn knows_everybody(&self) {
        let holders = PEOPLE
            .iter()
            .filter(|(.., roles)| !roles.is_empty())
            .count();
        if !self.hears_of_members().await {
            return;
        }
        self.eventually("the desk knows who holds which role", async || {
            let known = self
                .database("select cast(count(*) as text) from member where tiers > 0 or lead = 1 or admin = 1")
                .await;
            known.parse::<usize>().is_ok_and(|known| known >= holders)
        })
        .await;
    }

    async fn hears_of_members(&self) -> bool {
        let app = self.app.read().await;
        let app = app.as_ref().expect("the desk runs");
        app.connection().hears_of_members()
    }
}
