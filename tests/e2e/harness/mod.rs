//! The whole desk against the stand-in: what ships is what is tested.
//!
//! A story is `story(async |desk| …)`, or [`Given`] with something changed before. The desk stands on a frozen clock, has
//! been set up by its owner, and everybody has the role of their job. People are named and do things in places:
//! `desk.person("mia").in_("#help").runs("/ask question:vpn").await`. Read `person` for what they can do; `given` for how a
//! desk comes to be; `oracle` for what must hold at the end of every story.

mod front;
mod given;
mod kb;
mod log;
mod oracle;
mod person;
mod steps;

#[path = "../../support/openapi.rs"]
mod openapi;
#[path = "../../support/people.rs"]
mod people;

use std::cell::{Cell, RefCell};
use std::time::Duration;

use deskhand::app::{App, Overrides};
use deskhand::clock::Clock;
use deskhand::config::Config;
use deskhand::standin::StandIn;
use deskhand::store;
use jiff::SignedDuration;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::RwLock;

pub use given::{Given, SetUp, story};
pub use person::{Answer, Person};
pub use steps::{DONE, HAND_OVER};

use front::Front;
use people::{People, escaped};

/// A desk, its people, and the Discord on which they meet.
pub struct Desk {
    stand_in: StandIn,
    front: Front,
    /// From where the bot takes files.
    files_from: String,
    people: People,
    clock: Clock,
    config: Config,
    app: RwLock<Option<App>>,
    /// What the story expects to go wrong, and the oracle does not hold against the desk.
    forgiven: RefCell<Vec<&'static str>>,
    leaves_work: Cell<bool>,
    folder: TempDir,
}

impl Desk {
    /// Somebody.
    pub fn person(&self, name: &str) -> Person<'_> {
        Person::new(self, name)
    }

    /// A channel, to be looked at by somebody: `desk.channel("#leads").as_("nia")`.
    pub fn channel(&self, name: &str) -> Channel<'_> {
        Channel {
            desk: self,
            name: name.to_owned(),
        }
    }

    /// Runs the bot with the settings and the database of this desk, and waits until it hears.
    pub async fn starts(&self) {
        self.launches().await;
        self.eventually("the bot is online", async || {
            self.person("ada").world().await["bot"]["online"] == true
        })
        .await;
    }

    /// Runs the bot, which may not be let in.
    pub async fn launches(&self) {
        let app = self.tries_to_start().await.expect("the desk starts");
        *self.app.write().await = Some(app);
    }

    /// Starts another process' worth of desk on the same database.
    pub async fn tries_to_start(&self) -> anyhow::Result<App> {
        let overrides = Overrides {
            client: Some(self.front.client()),
            files: Some(self.files_from.clone()),
        };
        App::start(&self.config, self.clock.clone(), overrides).await
    }

    /// Stops the bot as a signal does.
    pub async fn stops(&self) {
        let app = self.app.write().await.take();
        app.expect("the desk runs").stop().await;
    }

    /// Stops and starts.
    pub async fn restarts(&self) {
        self.stops().await;
        self.starts().await;
    }

    /// Why the bot ended by itself.
    pub async fn ends(&self) -> String {
        let app = self.app.write().await.take();
        let mut app = app.expect("the desk runs");
        let why = tokio::time::timeout(Duration::from_secs(20), app.ended()).await;
        app.stop().await;
        why.expect("the desk ends within twenty seconds")
    }

    /// Waits until everybody has heard what they are to hear now.
    pub async fn settles(&self) {
        let app = self.app.read().await;
        let app = app.as_ref().expect("the desk runs");
        let settled = tokio::time::timeout(Duration::from_secs(60), app.settled()).await;
        settled
            .expect("the desk settles within a minute")
            .expect("the database can be read");
    }

    /// Lets time pass as it does: everything that falls due on the way happens at its time.
    pub async fn passes(&self, span: SignedDuration) {
        let target = self.clock.now() + span;
        loop {
            self.settles().await;
            let Some(next) = self.next_due().await.filter(|next| *next <= target) else {
                break;
            };
            self.clock.advance(
                next.duration_since(self.clock.now())
                    .max(SignedDuration::ZERO),
            );
            self.eventually("what is due happens", async || {
                self.next_due().await.is_none_or(|due| due > next)
            })
            .await;
        }
        self.clock.advance(target.duration_since(self.clock.now()));
        self.settles().await;
    }

    /// Moves the clock at once, as an outage does.
    pub fn jumps(&self, span: SignedDuration) {
        self.clock.advance(span);
    }

    async fn next_due(&self) -> Option<jiff::Timestamp> {
        let app = self.app.read().await;
        let desk = app.as_ref().expect("the desk runs").desk();
        let timer = desk.next_timer().await.expect("timers can be read");
        let mut from = desk.store().reader().await.expect("a reader");
        let now = self.clock.now();
        let delivery = store::outbox::next_due(&mut from, now).await;
        let file = store::files::next_due(&mut from, now).await;
        let file = file.expect("the files can be read");
        [timer, delivery.expect("the outbox can be read"), file]
            .into_iter()
            .flatten()
            .min()
    }

    /// Waits until `what` is so: for what nobody is told when it is done. Ten seconds of real time at most.
    pub async fn eventually(&self, what: &str, so: impl AsyncFn() -> bool) {
        for _ in 0..500 {
            if so().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it never happened that {what}");
    }

    /// Makes Discord fail: a rule of `/faults`, or a list of them.
    pub async fn fails(&self, rules: Value) {
        self.people.fail(&rules).await.expect("a rule");
    }

    /// The story makes something go wrong on purpose: errors in the log, and requests that Discord refuses, are not held
    /// against the desk when they contain `text`.
    pub fn forgives(&self, text: &'static str) {
        self.forgiven.borrow_mut().push(text);
    }

    /// The story ends with work that cannot be done yet.
    pub fn leaves_work(&self) {
        self.leaves_work.set(true);
    }

    /// What was asked of Discord so far.
    pub async fn ledger(&self) -> Vec<Value> {
        let text = self.people.text("/ledger").await.expect("the ledger");
        let line = |line| serde_json::from_str(line).expect("a line of JSON");
        text.lines().map(line).collect()
    }

    /// How often a route was asked for.
    pub async fn requests(&self, method: &str, route: &str) -> usize {
        let ledger = self.ledger().await;
        let fits = |line: &&Value| line["method"] == method && line["route"] == route;
        ledger.iter().filter(fits).count()
    }

    /// What a question in SQL finds in the database, one line a row: what no channel shows.
    pub async fn database(&self, question: &'static str) -> String {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(&self.config.database)
            .read_only(true);
        let mut connection = sqlx::ConnectOptions::connect(&options)
            .await
            .expect("the database");
        let rows: Vec<(String,)> = sqlx::query_as(question)
            .fetch_all(&mut connection)
            .await
            .expect("a question that has one column of text");
        let lines: Vec<String> = rows.into_iter().map(|(row,)| row).collect();
        lines.join("\n")
    }

    /// The stand-in itself.
    pub fn stand_in(&self) -> &StandIn {
        &self.stand_in
    }

    /// The files that are kept, by their names.
    pub fn files(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.folder.path().join("files")) else {
            return Vec::new();
        };
        let name = |entry: std::io::Result<std::fs::DirEntry>| {
            let entry = entry.expect("an entry");
            entry.file_name().to_string_lossy().into_owned()
        };
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }

    /// The folder of this desk: its database and its articles.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Does something in Discord's own settings: `desk.admin("ada", "kick", json!({"user": "sami"}))`.
    pub async fn admin(&self, who: &str, what: &str, body: Value) -> Value {
        let path = format!("/people/{who}/admin/{what}");
        let done = self.people.post(&path, &body).await;
        done.unwrap_or_else(|no| panic!("{who} cannot {what}: {no}"))
    }

    /// Somebody closes their direct messages, as in Discord's privacy settings.
    pub async fn takes_no_direct_messages(&self, who: &str) {
        let path = format!("/people/{who}/privacy");
        let done = self
            .people
            .post(&path, &json!({"direct_messages": false}))
            .await;
        done.unwrap_or_else(|no| panic!("{who} cannot close their direct messages: {no}"));
    }

    /// Gives and takes roles.
    pub async fn roles(&self, user: &str, add: &[&str], remove: &[&str]) {
        let body = json!({"user": user, "add": add, "remove": remove});
        self.admin("ada", "roles", body).await;
    }
}

/// A channel.
pub struct Channel<'d> {
    desk: &'d Desk,
    name: String,
}

impl<'d> Channel<'d> {
    /// As somebody sees it.
    pub fn as_(&self, name: &str) -> Person<'d> {
        self.desk.person(name).in_(&self.name)
    }
}
