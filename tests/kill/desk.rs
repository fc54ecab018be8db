//! A desk whose process comes and goes, and the steps of the story that is played on it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use deskhand::clock::Clock;
use deskhand::standin::{
    BOT_PERMISSIONS, Company, GrantedIntents, Settings, StandIn, person, place,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::people::People;
use crate::process::Process;

/// The story of each round: who does what, and what the ticket's history then holds.
pub const STEPS: [Step; 5] = [
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

/// Somebody with several tiers takes a ticket.
pub const CLAIMED_BY_IVO: Step = Step {
    who: "ivo",
    line: "/work claim ticket:NUMBER",
    form: &[],
    happened: "claimed",
};

/// It is resolved, and an article begins with it.
pub const RESOLVED_WITH_A_DRAFT: Step = Step {
    who: "ivo",
    line: "/work resolve ticket:NUMBER code:fixed article:+",
    form: &[("done", "The certificate was renewed; connect again.")],
    happened: "resolved",
};

const HAND_OVER: &[(&str, &str)] = &[
    ("summary", "The VPN stays on connecting since this morning"),
    ("tried", "Restarted the client"),
    ("findings", "Probably the certificate"),
    ("asked", "Renew the certificate"),
    ("told", "A specialist takes over"),
];

/// What somebody does.
pub struct Step {
    who: &'static str,
    line: &'static str,
    form: &'static [(&'static str, &'static str)],
    /// The event that it leaves behind.
    pub happened: &'static str,
}

/// A desk whose process comes and goes.
pub struct Desk {
    pub stand_in: StandIn,
    pub people: People,
    folder: TempDir,
    pub process: Option<Process>,
}

impl Desk {
    /// A desk that is set up, with a requester and a technician on each of two tiers.
    pub async fn new() -> Self {
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
        // What comes in waits for whoever claims it.
        let line = "/admin config tier:L1 turns:manual";
        let answer = desk.runs("ada", line).await;
        assert_eq!(answer["state"], "answered", "{answer}");
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
    pub fn launches(&mut self) {
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
    pub async fn starts(&mut self) {
        self.launches();
        self.eventually("the bot is online", async |desk: &Self| {
            let world = desk.people.get("/people/ada/world").await;
            world.is_ok_and(|world| world["bot"]["online"] == true)
        })
        .await;
    }

    pub async fn is_killed(&mut self) {
        let process = self.process.take().expect("it runs");
        process.kill().await;
    }

    async fn runs(&self, who: &str, line: &str) -> Value {
        let body = json!({"channel": "#general", "line": line});
        let done = self.people.act(who, "run", &body).await;
        done.unwrap_or_else(|no| panic!("{who} cannot run {line}: {no}"))
    }

    /// Takes a step; whether it was answered is another matter, the process may be killed while it waits.
    pub async fn takes(&self, step: &Step, number: &str, title: &str) {
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

    pub async fn happened(&self, title: &str, kind: &str) -> bool {
        let found = self.database(
            "select ticket.title || ' ' || event.kind from event join ticket on ticket.id = event.ticket",
        );
        found
            .await
            .lines()
            .any(|line| line == format!("{title} {kind}"))
    }

    /// Waits until nothing is left to do on Discord.
    pub async fn settles(&self) {
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
    pub async fn database(&self, question: &'static str) -> String {
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

    pub async fn transcript(&self, who: &str, place: &str) -> String {
        let text = self.people.transcript(who, place).await;
        text.unwrap_or_else(|no| panic!("{who} in {place}: {no}"))
    }
}
