//! The real process is killed at many points of a ticket's life, and started again: each notice is there exactly once
//! afterwards, each thread once, each ticket once.
//!
//! A point is a request to Discord: the n-th is written (or is not), its answer never arrives, and the process gets
//! SIGKILL while it waits. So every gap between a commit and its delivery, and between a delivery and its receipt, is
//! met. The story goes on in the next process, and its people do again only what had not happened.

#[path = "support/people.rs"]
mod people;
#[path = "support/process.rs"]
mod process;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use deskhand::clock::Clock;
use deskhand::standin::{
    BOT_PERMISSIONS, Company, GrantedIntents, Settings, StandIn, person, place,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use people::People;
use process::Process;

/// The story of each round: who does what, and what the ticket's history then holds.
const STEPS: [Step; 5] = [
    Step {
        who: "mia",
        line: "/ticket open category:network affected:low can_work:medium",
        form: &[("title", "TITLE"), ("body", "It stays on connecting.")],
        happened: "opened",
    },
    Step {
        who: "ravi",
        line: "/work claim ticket:NUMBER",
        form: &[],
        happened: "claimed",
    },
    Step {
        who: "ravi",
        line: "/work escalate ticket:NUMBER",
        form: HAND_OVER,
        happened: "escalated",
    },
    Step {
        who: "ivo",
        line: "/work accept ticket:NUMBER",
        form: &[],
        happened: "accepted",
    },
    Step {
        who: "ivo",
        line: "/work resolve ticket:NUMBER code:fixed",
        form: &[
            ("done", "The certificate was renewed; connect again."),
            ("why_none", "None is about certificates"),
        ],
        happened: "resolved",
    },
];

const HAND_OVER: &[(&str, &str)] = &[
    ("summary", "The VPN stays on connecting since this morning"),
    ("tried", "Restarted the client"),
    ("findings", "Probably the certificate"),
    ("asked", "Renew the certificate"),
    ("told", "A specialist takes over"),
];

struct Step {
    who: &'static str,
    line: &'static str,
    form: &'static [(&'static str, &'static str)],
    happened: &'static str,
}

/// A desk whose process comes and goes.
struct Desk {
    stand_in: StandIn,
    people: People,
    folder: TempDir,
    process: Option<Process>,
}

impl Desk {
    /// A desk that is set up, with a requester and a technician on each of two tiers.
    async fn new() -> Self {
        let company = Company {
            name: "Larkfield".to_owned(),
            bot: "Deskhand".to_owned(),
            bot_permissions: BOT_PERMISSIONS,
            people: vec![
                person("ada", "Ada", "Desk admin"),
                person("ravi", "Ravi", "L1"),
                person("ivo", "Ivo", "L2"),
                person("mia", "Mia", "Employee"),
            ],
            channels: vec![place("general", "")],
        };
        let stand_in = StandIn::start(Settings {
            port: 0,
            clock: Clock::system(),
            company,
            intents: GrantedIntents {
                members: true,
                message_content: true,
            },
            on_advance: None,
        });
        let stand_in = stand_in.await.expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("kb")).expect("a folder");
        let people = People::at(&stand_in.rest_base());
        // Limits have tests of their own; here they would only make each round wait.
        people
            .fail(&json!({"limits": "off"}))
            .await
            .expect("a setting");
        let mut desk = Self {
            stand_in,
            people,
            folder,
            process: None,
        };
        desk.starts().await;
        desk.people
            .commands_are_there("ada")
            .await
            .expect("commands");
        let answer = desk.runs("ada", "/setup run").await;
        assert_eq!(answer["state"], "answered", "{answer}");
        desk.settles().await;
        for (user, role) in [("ravi", "L1"), ("ivo", "L2")] {
            let body = json!({"user": user, "add": [role]});
            desk.people
                .post("/people/ada/admin/roles", &body)
                .await
                .expect("a role");
        }
        desk.eventually("the technicians are known", async |desk: &Self| {
            desk.database("select count(*) || '' from member where tiers > 0")
                .await
                == "2"
        })
        .await;
        desk
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("desk.sqlite")
    }

    /// Starts the process, without waiting for anything.
    fn launches(&mut self) {
        let text = |path: PathBuf| path.display().to_string();
        let settings = [
            ("DISCORD_TOKEN", self.stand_in.token()),
            ("DISCORD_API", self.stand_in.rest_base()),
            ("DESKHAND_DATABASE", text(self.file())),
            ("DESKHAND_KB", text(self.folder.path().join("kb"))),
            ("DESKHAND_OPENINGS_PER_10_MINUTES", "0".to_owned()),
            ("DESKHAND_OPENINGS_PER_DAY", "0".to_owned()),
            ("DESKHAND_OPEN_TICKETS_MAX", "0".to_owned()),
        ];
        let program = env!("CARGO_BIN_EXE_deskhand");
        self.process = Some(Process::start(program, &["run"], &settings, &self.log()));
    }

    /// Starts the process and waits until it hears.
    async fn starts(&mut self) {
        self.launches();
        self.eventually("the bot is online", async |desk: &Self| {
            let world = desk.people.get("/people/ada/world").await;
            world.is_ok_and(|world| world["bot"]["online"] == true)
        })
        .await;
    }

    async fn is_killed(&mut self) {
        let process = self.process.take().expect("it runs");
        process.is_killed().await;
    }

    async fn runs(&self, who: &str, line: &str) -> Value {
        let body = json!({"channel": "#general", "line": line});
        let done = self.people.act(who, "run", &body).await;
        done.unwrap_or_else(|no| panic!("{who} cannot run {line}: {no}"))
    }

    /// Takes a step; whether it was answered is another matter, the process may be killed while it waits.
    async fn takes(&self, step: &Step, number: &str, title: &str) {
        let opened = self
            .runs(step.who, &step.line.replace("NUMBER", number))
            .await;
        if step.form.is_empty() || opened["form"].is_null() {
            return;
        }
        let fields: serde_json::Map<String, Value> = step
            .form
            .iter()
            .map(|(name, text)| ((*name).to_owned(), json!(text.replace("TITLE", title))))
            .collect();
        let body = json!({"form": opened["form"]["interaction"], "fields": fields});
        let sent = self.people.act(step.who, "submit", &body).await;
        sent.unwrap_or_else(|no| panic!("{} cannot send the form: {no}", step.who));
    }

    async fn happened(&self, title: &str, kind: &str) -> bool {
        let found = self.database(
            "select ticket.title || ' ' || event.kind from event join ticket on ticket.id = event.ticket",
        );
        found
            .await
            .lines()
            .any(|line| line == format!("{title} {kind}"))
    }

    /// Waits until nothing is left to do on Discord.
    async fn settles(&self) {
        self.eventually("everything is delivered", async |desk: &Self| {
            let left = "select '' || (
                    (select count(*) from outbox where delivered_at is null and given_up_at is null)
                    + (select count(*) from card where wanted > shown)
                )";
            desk.database(left).await == "0"
        })
        .await;
    }

    async fn eventually(&self, what: &str, so: impl AsyncFn(&Self) -> bool) {
        let begun = Instant::now();
        while !so(self).await {
            if begun.elapsed() > Duration::from_secs(20) {
                let log = std::fs::read_to_string(self.log()).unwrap_or_default();
                let from = log.len().saturating_sub(6000);
                panic!(
                    "it never happened that {what}. The log ends with\n{}",
                    log.get(from..).unwrap_or(&log)
                );
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What a question in SQL finds, one line a row. It opens the file for itself: the process may be gone.
    async fn database(&self, question: &'static str) -> String {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(self.file())
            .read_only(true)
            .busy_timeout(Duration::from_secs(5));
        let connection = sqlx::ConnectOptions::connect(&options).await;
        let Ok(mut connection) = connection else {
            return String::new();
        };
        let rows: Vec<(String,)> = sqlx::query_as(question)
            .fetch_all(&mut connection)
            .await
            .unwrap_or_else(|error| panic!("{question}: {error}"));
        let lines: Vec<String> = rows.into_iter().map(|(row,)| row).collect();
        lines.join("\n")
    }

    async fn transcript(&self, who: &str, place: &str) -> String {
        let text = self.people.transcript(who, place).await;
        text.unwrap_or_else(|no| panic!("{who} in {place}: {no}"))
    }

    /// Plays one ticket's life; the process is killed at the point that `rule` makes, if the story comes that far.
    /// Returns whether it was.
    async fn round(&mut self, number: &str, title: &str, rule: Value) -> bool {
        self.people.fail(&rule).await.expect("a rule");
        let mut killed = false;
        for step in &STEPS {
            while !self.happened(title, step.happened).await {
                let struck = {
                    let desk = &*self;
                    tokio::select! {
                        () = desk.takes(step, number, title) => false,
                        () = desk.is_struck(), if !killed => true,
                    }
                };
                if struck {
                    self.is_killed().await;
                    killed = true;
                    self.starts().await;
                }
            }
        }
        // What is left is delivered, or the point is among that.
        while !killed {
            let struck = {
                let desk = &*self;
                tokio::select! {
                    () = desk.settles() => false,
                    () = desk.is_struck() => true,
                }
            };
            if !struck {
                break;
            }
            self.is_killed().await;
            killed = true;
            self.starts().await;
        }
        let faults = self.people.get("/faults").await.expect("the faults");
        if faults["rules"]
            .as_array()
            .is_some_and(|rules| !rules.is_empty())
        {
            // The story was over before its point came.
            let faults = format!("{}/faults", self.stand_in.rest_base());
            let cleared = reqwest::Client::new().delete(faults).send().await;
            cleared.expect("the faults are cleared");
            self.people
                .fail(&json!({"limits": "off"}))
                .await
                .expect("a setting");
        }
        self.settles().await;
        killed
    }

    /// Waits until the failure on demand has struck: from then on the process waits for an answer that never comes.
    async fn is_struck(&self) {
        loop {
            let faults = self.people.get("/faults").await.expect("the faults");
            if faults["rules"].as_array().is_some_and(Vec::is_empty) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
    }

    /// Everything that the story promises stands there once.
    async fn everything_stands_once(&self, number: &str, title: &str, point: &str) {
        let once = |text: &str, part: &str| {
            assert_eq!(
                text.matches(part).count(),
                1,
                "{point}: “{part}” in\n{text}"
            );
        };
        let thread = self.transcript("mia", &format!("{number} · {title}")).await;
        once(&thread, "the desk has your request");
        once(&thread, "takes care of this now, for first contact (L1)");
        once(&thread, "Everything that you wrote goes along");
        once(&thread, "takes care of this now, for the specialists (L2)");
        once(&thread, "is resolved");
        let staff = self
            .transcript("ivo", &format!("{number} staff · {title}"))
            .await;
        once(&staff, "Hand-over L1 → L2");
        once(&staff, "accepts this for L2");
        once(&staff, "is resolved");
        for (who, place) in [
            ("ravi", "#l1-queue"),
            ("ivo", "#l2-queue"),
            ("ada", "#escalations"),
        ] {
            let all = self.transcript(who, place).await;
            let about = all
                .split("\n**")
                .filter(|message| message.contains(number))
                .count();
            assert_eq!(about, 1, "{point}: {number} in {place}\n{all}");
        }
        let world = self.people.get("/people/ada/world").await.expect("a world");
        let threads = world["threads"].as_array().cloned().unwrap_or_default();
        let named = |name: String| {
            threads
                .iter()
                .filter(|thread| thread["name"] == name)
                .count()
        };
        assert_eq!(
            named(format!("{number} · {title}")),
            1,
            "{point}: one thread"
        );
        assert_eq!(
            named(format!("{number} staff · {title}")),
            1,
            "{point}: one staff thread"
        );
        let history = self.database(
            "select ticket.title || ' ' || group_concat(kind, ' ') from event join ticket on ticket.id = event.ticket group by ticket.id",
        );
        let expected = format!("{title} opened claimed escalated offered accepted resolved");
        let history = history.await;
        let of_this: Vec<&str> = history
            .lines()
            .filter(|line| line.starts_with(&format!("{title} ")))
            .collect();
        assert_eq!(of_this, [expected], "{point}");
    }
}

/// How many points are tried, in debug and on a small machine within two minutes.
const POINTS: u64 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_nothing_is_lost_and_nothing_comes_twice() {
    let mut desk = Desk::new().await;
    let mut killed = 0;
    for round in 1..=POINTS {
        let number = format!("T-{round:04}");
        let title = format!("Trouble of round {round}.");
        // Every other time the write happens before the process dies.
        let applied = round % 2 == 0;
        let what = if applied {
            json!({"delay_ms": 30_000, "apply": true})
        } else {
            json!({"status": 500, "delay_ms": 30_000, "apply": false})
        };
        let rule = json!({"route": "*", "after": round - 1, "times": 1, "what": what});
        let point = format!("killed at request {round} of the story, written: {applied}");
        killed += u64::from(desk.round(&number, &title, rule).await);
        desk.everything_stands_once(&number, &title, &point).await;
    }
    assert!(
        killed >= POINTS / 2,
        "only {killed} of {POINTS} points were met"
    );
    let integrity = desk
        .database("select integrity_check from pragma_integrity_check")
        .await;
    assert_eq!(integrity, "ok");
    let numbers = desk
        .database("select count(*) || ' of ' || max(number) from ticket")
        .await;
    assert_eq!(
        numbers,
        format!("{POINTS} of {POINTS}"),
        "no number is skipped or given twice"
    );
    desk.is_killed().await;
    desk.stand_in.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_starts_it_starts_the_next_time() {
    let mut desk = Desk::new().await;
    desk.is_killed().await;
    for delay in [0, 20, 60, 150, 300, 600] {
        desk.launches();
        tokio::time::sleep(Duration::from_millis(delay)).await;
        desk.is_killed().await;
    }
    desk.starts().await;
    let title = "Trouble after many starts";
    for step in &STEPS {
        desk.takes(step, "T-0001", title).await;
    }
    desk.settles().await;
    desk.everything_stands_once("T-0001", title, "after six short starts")
        .await;
    desk.is_killed().await;
    desk.stand_in.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_stops_and_keeps_what_it_promised() {
    let mut desk = Desk::new().await;
    let slow = json!({"route": "POST /channels/{channel_id}/messages", "times": 2, "what": {"delay_ms": 1500, "apply": true}});
    desk.people.fail(&slow).await.expect("a rule");
    let title = "Trouble at closing time";
    desk.takes(&STEPS[0], "T-0001", title).await;
    let process = desk.process.take().expect("it runs");
    let status = process.stops_within(Duration::from_secs(10)).await;
    assert_eq!(
        status.and_then(|status| status.code()),
        Some(0),
        "it stops by itself, and says that all is well"
    );
    desk.starts().await;
    for step in &STEPS[1..] {
        desk.takes(step, "T-0001", title).await;
    }
    desk.settles().await;
    desk.everything_stands_once("T-0001", title, "after a stop")
        .await;
    desk.is_killed().await;
    desk.stand_in.stop().await;
}
