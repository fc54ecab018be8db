//! What a step of a ticket costs, next to a bare commit: `cargo bench --bench ticket`, and
//! `cargo bench --bench ticket -- 1000000` for a file with a million tickets as well.
//!
//! The files are made first, then blocks of both kinds take turns in one process, since the machine's own mood moves either by
//! a factor of ten: only their ratio says something. A bare commit is one small row on a connection that the store opened,
//! so with the same settings. How often a step is handed over to SQLite's thread is counted by what sqlx logs: a line for each
//! string of statements that it runs. It does not log that the pool asks the thread once more, after each change, whether the
//! connection still lives; only the next change waits for that. Nothing here is a test: a slow machine makes slow figures, not a
//! failure. It ends by itself.

mod count;
mod file;

use std::path::Path;
use std::time::{Duration, Instant};

use deskhand::config::Limits;
use deskhand::desk::Desk;
use deskhand::desk::redact::Redactor;
use deskhand::domain::ids::{Cause, TicketId, UserId};
use deskhand::domain::people::{Actor, Standing};
use deskhand::domain::tier::{Tier, TierSet};
use deskhand::kb::Kb;
use deskhand::store::Store;
use jiff::Timestamp;

/// Tickets in the files.
const SIZES: [u64; 2] = [1_000, 100_000];
/// Blocks of each kind; the best tenth of them is what is printed.
const BLOCKS: usize = 60;
/// Tickets that one block claims, notes something on, and gives back …
const CYCLES: u64 = 10;
/// … by these three steps.
const STEPS: [&str; 3] = ["claim", "note", "release"];
/// Bare commits in a block.
const COMMITS: u64 = 30;
/// So many times a bare commit a step may take …
const AIM: f64 = 2.5;
/// … and so many times what it takes in the smallest file.
const AIM_GROWTH: f64 = 1.5;
/// So often it may be handed over.
const AIM_HAND_OVERS: u64 = 3;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Whoever runs all targets as tests does not want to wait for this.
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("benches/ticket measures only when it is run by `cargo bench --bench ticket`");
        return;
    }
    count::install();
    let more = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok());
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for tickets in SIZES.into_iter().chain(more) {
        files.push(Measured::new(folder.path(), tickets).await);
    }
    let bare = Bare::new(folder.path()).await;
    // What a ticket's clocks go by is kept with it from the first step that they saw, so each has one before anything is measured.
    for file in &mut files {
        for _ in 0..file::IN_QUEUE {
            file.cycle(false).await;
        }
    }
    let mut bare_times = Vec::new();
    for block in 0..BLOCKS {
        bare_times.push(bare.block().await);
        for file in &mut files {
            file.block(block == 0).await;
        }
    }
    print(&bare_times, &files);
}

fn print(bare: &[Duration], files: &[Measured]) {
    let bare = micros(best(bare));
    println!(
        "\n{:<36} {:>8} {:>14} {:>8} {:>10} {:>8} {:>10} {:>8}",
        "", "µs", "× bare commit", "aim", "hand-overs", "aim", "growth", "aim"
    );
    println!("{:<36} {bare:>8.0}", "a bare commit");
    let smallest = files.first().map_or(0.0, |file| micros(file.whole()));
    for file in files {
        let whole = micros(file.whole());
        println!(
            "{:<36} {whole:>8.0} {:>14.2} {AIM:>8.1} {:>10} {AIM_HAND_OVERS:>8} {:>10.2} {AIM_GROWTH:>8.1}",
            format!("a step, {} tickets", file.tickets),
            whole / bare,
            file.hand_overs.iter().max().copied().unwrap_or(0),
            whole / smallest,
        );
        for (place, step) in STEPS.iter().enumerate() {
            let time = micros(best(&file.times[place]));
            println!(
                "{:<36} {time:>8.0} {:>14.2} {:>8} {:>10}",
                format!("  {step}"),
                time / bare,
                "",
                file.hand_overs[place]
            );
        }
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The slowest of the best tenth.
fn best(all: &[Duration]) -> Duration {
    let mut sorted = all.to_vec();
    sorted.sort();
    sorted[(sorted.len() / 10).max(1) - 1]
}

/// A desk on one of the files, and what its steps took.
struct Measured {
    desk: Desk,
    tickets: u64,
    /// What a step took on average in each block, by the step.
    times: [Vec<Duration>; 3],
    /// The same of all three.
    all: Vec<Duration>,
    /// How often the first of each was handed over.
    hand_overs: [u64; 3],
    /// Counts the steps: each has a cause of its own.
    done: u64,
}

impl Measured {
    async fn new(folder: &Path, tickets: u64) -> Self {
        let begun = Instant::now();
        let path = folder.join(format!("{tickets}.sqlite"));
        file::make(&path, tickets).await;
        let store = Store::open(&path).await.expect("a database");
        let articles = folder.join("kb");
        std::fs::create_dir_all(&articles).expect("a folder");
        let limits = Limits {
            file_megabytes: None,
            asks_per_minute: None,
            guild_asks_per_minute: None,
            openings_per_10_minutes: None,
            openings_per_day: None,
            open_tickets_max: None,
        };
        let size = std::fs::metadata(&path).map_or(0, |file| file.len());
        println!(
            "{tickets} tickets: {:.0} MB, made and opened in {:.0} s",
            size as f64 / 1e6,
            begun.elapsed().as_secs_f64()
        );
        Self {
            desk: Desk::new(store, Kb::open(&articles), limits, Redactor::new(&[])),
            tickets,
            times: Default::default(),
            all: Vec::new(),
            hand_overs: [0; 3],
            done: 0,
        }
    }

    /// Measures a block. The first one also counts the hand-overs.
    async fn block(&mut self, counts: bool) {
        let mut sums = [Duration::ZERO; 3];
        for _ in 0..CYCLES {
            for (sum, time) in sums.iter_mut().zip(self.cycle(counts).await) {
                *sum += time;
            }
        }
        let cycles = u32::try_from(CYCLES).unwrap_or(u32::MAX);
        for (times, sum) in self.times.iter_mut().zip(sums) {
            times.push(sum / cycles);
        }
        self.all.push(sums.iter().sum::<Duration>() / cycles / 3);
    }

    /// The three steps of one ticket: each time of another one, by another person. Tickets in the queue lie all over the file.
    async fn cycle(&mut self, counts: bool) -> [Duration; 3] {
        let cycle = self.done / 3;
        let ticket = in_queue(self.tickets, cycle);
        let by = technician(cycle % file::TECHNICIANS);
        let mut times = [Duration::ZERO; 3];
        for (place, time) in times.iter_mut().enumerate() {
            self.done += 1;
            let cause = Cause::interaction(self.done);
            let before = count::so_far(counts);
            let begun = Instant::now();
            self.step(place, ticket, &by, &cause).await;
            *time = begun.elapsed();
            if counts {
                self.hand_overs[place] = count::so_far(false) - before;
            }
        }
        times
    }

    async fn step(&self, place: usize, ticket: TicketId, by: &Actor, cause: &Cause) {
        let now = Timestamp::now();
        let note = "The gateway answers again; the client's profile is next.";
        let step = match place {
            0 => self.desk.claim(ticket, by, cause, now).await,
            1 => self.desk.note(ticket, by, note, cause, now).await,
            _ => {
                self.desk
                    .give_back(ticket, by, "My shift ends.", cause, now)
                    .await
            }
        };
        step.expect("the step is done");
    }

    fn whole(&self) -> Duration {
        best(&self.all)
    }
}

/// One of the tickets in the queue, spread over the whole file.
fn in_queue(tickets: u64, place: u64) -> TicketId {
    // Neighbours in time are not neighbours in the file.
    let place = place * 37 % file::IN_QUEUE;
    TicketId(1 + (place * (tickets / file::IN_QUEUE)).cast_signed())
}

fn technician(number: u64) -> Actor {
    Actor {
        user: UserId(file::FIRST_TECHNICIAN + number),
        name: "Ravi".into(),
        standing: Standing {
            tiers: TierSet::NONE.with(Tier::L1),
            ..Standing::default()
        },
    }
}

/// Commits of one small row.
struct Bare(Store);

impl Bare {
    async fn new(folder: &Path) -> Self {
        let store = Store::open(&folder.join("bare.sqlite"))
            .await
            .expect("a database");
        let mut connection = store.single().await.expect("the connection");
        sqlx::query("create table bare (id integer primary key, at integer not null) strict")
            .execute(&mut *connection)
            .await
            .expect("a table");
        drop(connection);
        Self(store)
    }

    /// What a commit takes on average.
    async fn block(&self) -> Duration {
        let begun = Instant::now();
        for at in 0..COMMITS {
            let mut connection = self.0.single().await.expect("the connection");
            sqlx::query("insert into bare (at) values (?)")
                .bind(at.cast_signed())
                .execute(&mut *connection)
                .await
                .expect("a row");
        }
        begun.elapsed() / u32::try_from(COMMITS).unwrap_or(u32::MAX)
    }
}
