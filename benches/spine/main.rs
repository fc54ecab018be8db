//! How long people wait: `deskhand run` as its own process against `deskhand standin` as another, in a release build.
//!
//! `cargo bench --bench spine`. What is measured is what a person would see: from the act to the answer in the client,
//! which is given after the commit. Next to it stands the floor: a command that reads nothing and writes nothing, by the
//! same path. Nothing here is a test: a slow machine makes slow figures, not a failure. It ends by itself.

mod figures;
#[path = "../../tests/support/people.rs"]
mod people;
#[path = "../../tests/support/process.rs"]
mod process;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};

use figures::{Load, times};
use people::People;
use process::Process;

/// So many people …
const PEOPLE: usize = 200;
/// … each acting this often …
const EVERY: Duration = Duration::from_secs(2);
/// … for this long.
const FOR: Duration = Duration::from_secs(20);
/// So many of them are technicians.
const TECHNICIANS: usize = 40;
/// Tickets that wait in the queue before the measurement, so that every claim can succeed.
const WAITING: usize = 500;
/// The longest that anything here may take.
const PATIENCE: Duration = Duration::from_secs(60);

const PROGRAM: &str = env!("CARGO_BIN_EXE_deskhand");

/// Questions as people ask them.
const QUESTIONS: [&str; 8] = [
    "vpn wont connect",
    "i forgot my password",
    "printer prints blank pages",
    "how do i get into the wifi",
    "my laptop is very slow since this morning",
    "cannot open the shared drive",
    "phone does not sync mail",
    "where do i order a second monitor",
];

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    // Whoever runs all targets as tests does not want to wait for this.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("benches/spine measures only when it is run by `cargo bench --bench spine`");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut bench = Bench::new(folder.path()).await;
    let mut rows = Vec::new();

    let idle_memory = bench.idle_memory().await;
    let floor = bench.one_by_one(200, "/help").await;
    let ask = bench
        .one_by_one(200, "/ask question:vpn wont connect")
        .await;
    let load = bench.load().await;
    let burst = bench.burst().await;
    let busy_memory = bench.memory();
    let first = bench.first_answer().await;

    rows.push(times("floor: /help, one by one", &floor, None, None));
    rows.push(times("/ask, one by one", &ask, None, Some(&floor)));
    let aim = Some(Duration::from_millis(50));
    rows.push(times("load: all acts", &load.all(), aim, Some(&floor)));
    rows.push(times("load: /ask", &load.ask, aim, Some(&floor)));
    rows.push(times("load: claim", &load.claim, aim, Some(&floor)));
    rows.push(times("load: open", &load.open, aim, Some(&floor)));
    let aim = Some(Duration::from_millis(250));
    rows.push(times(
        "burst: 200 /ask at once",
        &burst.0,
        aim,
        Some(&burst.1),
    ));
    rows.push(times("floor: 200 /help at once", &burst.1, None, None));
    println!(
        "\n{:<28} {:>6} {:>9} {:>9} {:>9} {:>8} {:>10} {:>9}",
        "", "n", "p50 ms", "p99 ms", "max ms", "aim ms", "p99/aim", "p99/floor"
    );
    rows.iter().for_each(|row| println!("{row}"));
    let aim = 300.0;
    let first_ms = first.as_secs_f64() * 1000.0;
    println!(
        "\nstart → first /ask, handshake subtracted: {first_ms:.0} ms (aim {aim:.0} ms, {:.2} of it)",
        first_ms / aim
    );
    println!(
        "resident memory with {} articles: idle {idle_memory:.1} MB (aim 40 MB, {:.2} of it), after the load {busy_memory:.1} MB",
        articles(),
        idle_memory / 40.0
    );
    bench.ends().await;
}

fn articles() -> usize {
    fn count(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path())
            .map(|path| match path.extension().and_then(|end| end.to_str()) {
                Some("md") => 1,
                _ if path.is_dir() => count(&path),
                _ => 0,
            })
            .sum()
    }
    count(&kb())
}

fn kb() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("kb")
}

struct Bench {
    stand_in: Process,
    bot: Option<Process>,
    people: People,
    settings: Vec<(&'static str, String)>,
    log: std::path::PathBuf,
    /// The number of the next ticket to claim.
    next: Arc<AtomicUsize>,
}

impl Bench {
    async fn new(folder: &Path) -> Self {
        let announced = folder.join("stand-in.log");
        let stand_in = Process::start(
            PROGRAM,
            &["standin", "--port", "0", "--json"],
            &[],
            &announced,
        );
        let described = described(&announced).await;
        let text = |key: &str| described[key].as_str().expect("a text").to_owned();
        let lifted = [
            "DESKHAND_ASKS_PER_MINUTE",
            "DESKHAND_GUILD_ASKS_PER_MINUTE",
            "DESKHAND_OPENINGS_PER_10_MINUTES",
            "DESKHAND_OPENINGS_PER_DAY",
            "DESKHAND_OPEN_TICKETS_MAX",
        ];
        let mut settings = vec![
            ("DISCORD_TOKEN", text("token")),
            ("DISCORD_API", text("rest")),
            (
                "DESKHAND_DATABASE",
                folder.join("desk.sqlite").display().to_string(),
            ),
            ("DESKHAND_KB", kb().display().to_string()),
            ("DESKHAND_LOG", "warn".to_owned()),
        ];
        settings.extend(lifted.map(|name| (name, "0".to_owned())));
        let mut bench = Self {
            people: People::at(&text("rest")),
            stand_in,
            bot: None,
            settings,
            log: folder.join("bot.log"),
            next: Arc::new(AtomicUsize::new(1)),
        };
        // Discord's own limits would hold the deliveries back: without them the desk has more to do at the same time.
        bench
            .people
            .fail(&json!({"limits": "off"}))
            .await
            .expect("a setting");
        bench.starts().await;
        bench
            .people
            .commands_are_there("ada")
            .await
            .expect("commands");
        bench.moves_in().await;
        bench
    }

    async fn starts(&mut self) {
        self.bot = Some(Process::start(PROGRAM, &["run"], &self.settings, &self.log));
        let begun = Instant::now();
        while !self.is_online().await {
            assert!(begun.elapsed() < PATIENCE, "the bot does not come online");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    async fn stops(&mut self) {
        let bot = self.bot.take().expect("it runs");
        let status = bot.stops_within(Duration::from_secs(15)).await;
        assert!(
            status.is_some_and(|status| status.success()),
            "the bot stops in peace"
        );
    }

    async fn ends(mut self) {
        self.stops().await;
        self.stand_in.kill().await;
    }

    async fn is_online(&self) -> bool {
        let world = self.people.get("/people/ada/world").await;
        world.is_ok_and(|world| world["bot"]["online"] == true)
    }

    /// The set-up, two hundred people, and a full queue.
    async fn moves_in(&self) {
        run(&self.people, "ada", "/setup run").await;
        // What comes in waits for whoever claims it: that is what is measured.
        run(&self.people, "ada", "/admin config tier:L1 turns:manual").await;
        let begun = Instant::now();
        while !self.queue().await {
            assert!(begun.elapsed() < PATIENCE, "the set-up does not end");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        for number in 0..PEOPLE {
            let name = name(number);
            let body = json!({"name": name, "display_name": name, "job": ""});
            self.people
                .post("/people/ada/admin/join", &body)
                .await
                .expect("somebody joins");
            if number < TECHNICIANS {
                let body = json!({"user": name, "add": ["L1"]});
                self.people
                    .post("/people/ada/admin/roles", &body)
                    .await
                    .expect("a role");
            }
        }
        for number in 0..WAITING {
            open(&self.people, &name(number % PEOPLE), number).await;
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
    }

    async fn queue(&self) -> bool {
        self.people
            .transcript("ada", "#leads")
            .await
            .is_ok_and(|text| !text.is_empty())
    }

    /// Resident memory of the bot's process, in megabytes, where the system tells.
    fn memory(&self) -> f64 {
        let id = self.bot.as_ref().expect("it runs").id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| {
            line.trim()
                .trim_end_matches("kB")
                .trim()
                .parse::<f64>()
                .ok()
        });
        kilobytes.unwrap_or(f64::NAN) / 1024.0
    }

    /// After a fresh start, when everything has been read and nothing happens.
    async fn idle_memory(&mut self) -> f64 {
        self.stops().await;
        self.starts().await;
        tokio::time::sleep(Duration::from_secs(3)).await;
        self.memory()
    }

    async fn one_by_one(&self, count: usize, line: &str) -> Vec<Duration> {
        let mut times = Vec::with_capacity(count);
        for number in 0..count {
            times.push(run(&self.people, &name(number % PEOPLE), line).await);
        }
        times
    }

    async fn load(&self) -> Load {
        let begun = Instant::now();
        let everybody: Vec<_> = (0..PEOPLE)
            .map(|number| {
                let (people, next) = (self.people.clone(), self.next.clone());
                tokio::spawn(async move {
                    let mut load = Load::default();
                    // Everybody begins at a moment of their own.
                    tokio::time::sleep(EVERY * u32::try_from(number).unwrap_or(0) / PEOPLE as u32)
                        .await;
                    let mut beat = tokio::time::interval(EVERY);
                    while begun.elapsed() < FOR {
                        beat.tick().await;
                        act(&people, number, &next, &mut load).await;
                    }
                    load
                })
            })
            .collect();
        let mut load = Load::default();
        for one in everybody {
            let own = one.await.expect("nobody gives up");
            load.ask.extend(own.ask);
            load.claim.extend(own.claim);
            load.open.extend(own.open);
        }
        load
    }

    /// Two hundred questions in one instant, and as many empty commands.
    async fn burst(&self) -> (Vec<Duration>, Vec<Duration>) {
        let mut both = Vec::new();
        // The first is not counted: it opens the connections of 200 clients, which a company's Discord has open all day.
        for line in ["/help", "/ask question:vpn wont connect", "/help"] {
            // What the load left to deliver is done by now.
            tokio::time::sleep(Duration::from_secs(5)).await;
            let all = (0..PEOPLE).map(|number| {
                let people = self.people.clone();
                tokio::spawn(async move { run(&people, &name(number), line).await })
            });
            let mut times = Vec::new();
            for one in all.collect::<Vec<_>>() {
                times.push(one.await.expect("nobody gives up"));
            }
            both.push(times);
        }
        let floor = both.pop().unwrap_or_default();
        (both.pop().unwrap_or_default(), floor)
    }

    /// From the start of the process to the first answer, without the time between the first request to Discord and the
    /// gateway's greeting.
    async fn first_answer(&mut self) -> Duration {
        self.stops().await;
        let started = Timestamp::now();
        self.starts().await;
        let online = Instant::now();
        run(&self.people, "ada", "/ask question:vpn wont connect").await;
        let after = online.elapsed();
        let ledger = self.people.text("/ledger").await.expect("the ledger");
        let first_request = ledger.lines().filter_map(|line| {
            let line: Value = serde_json::from_str(line).ok()?;
            line["at"].as_str()?.parse::<Timestamp>().ok()
        });
        let first_request = first_request
            .into_iter()
            .find(|at| at.as_millisecond() >= started.as_millisecond());
        let before = first_request.map_or(0, |at| at.as_millisecond() - started.as_millisecond());
        Duration::from_millis(u64::try_from(before).unwrap_or(0)) + after
    }
}

async fn described(announced: &Path) -> Value {
    let begun = Instant::now();
    loop {
        let text = std::fs::read_to_string(announced).unwrap_or_default();
        if let Some(described) = text
            .lines()
            .find_map(|line| serde_json::from_str(line).ok())
        {
            return described;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "the stand-in does not say where it is: {text}"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn name(number: usize) -> String {
    format!("person{number:03}")
}

/// Seven of ten ask, two claim, one opens a ticket.
async fn act(people: &People, number: usize, next: &AtomicUsize, load: &mut Load) {
    static DICE: AtomicU64 = AtomicU64::new(0x9e37_79b9_7f4a_7c15);
    let thrown = DICE.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
    let thrown = (thrown ^ (thrown >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33;
    match thrown % 10 {
        0..7 => {
            let question = QUESTIONS[number % QUESTIONS.len()];
            load.ask
                .push(run(people, &name(number), &format!("/ask question:{question}")).await);
        }
        7..9 => {
            let ticket = next.fetch_add(1, Ordering::Relaxed);
            let line = format!("/work claim ticket:T-{ticket:04}");
            load.claim
                .push(run(people, &name(number % TECHNICIANS), &line).await);
        }
        _ => load
            .open
            .push(open(people, &name(number), WAITING + number).await),
    }
}

/// Runs a command and gives the time until its answer stands there.
async fn run(people: &People, who: &str, line: &str) -> Duration {
    let begun = Instant::now();
    let body = json!({"channel": "#general", "line": line});
    let answer = people.act(who, "run", &body).await.expect("a command");
    assert_eq!(answer["state"], "answered", "{who} {line}: {answer}");
    begun.elapsed()
}

/// Opens a ticket; the time from sending the form to the answer.
async fn open(people: &People, who: &str, number: usize) -> Duration {
    let line = "/ticket open category:network affected:low can_work:low";
    let body = json!({"channel": "#general", "line": line});
    let form = people.act(who, "run", &body).await.expect("a form");
    let stamp = Timestamp::now().as_microsecond();
    let fields =
        json!({"title": format!("Trouble {number} of {stamp}"), "body": "It does not work."});
    let body = json!({"form": form["form"]["interaction"], "fields": fields});
    let begun = Instant::now();
    let answer = people.act(who, "submit", &body).await.expect("a ticket");
    assert_eq!(answer["state"], "answered", "{who}: {answer}");
    begun.elapsed()
}
