//! What an answer costs as the knowledge base grows, next to SQLite's full-text search and tantivy over the same articles:
//! `cargo run --release --manifest-path benches/answers/Cargo.toml`, and the same with ` -- 500 2000` for other sizes. Where
//! `DESKHAND_ENCODER` names a folder that an encoder was added to, Deskhand is measured with it too, with as many articles as it
//! reads in some minutes, and with a hundred thousand of which it has made up what it read.
//!
//! The articles are made up, from a vocabulary in which a few words are frequent and most are rare, as in every language
//! (Zipf); always the same ones. Each engine runs in a process of its own, so that its memory is its own too, and all of
//! them one after the other in one run, since only their ratios say something. Deskhand reads the folder as it always does:
//! it checks each file, and keeps its text; the others are given the text of title and body, and keep only their index.
//! Nothing here is a test: a slow machine makes slow figures, not a failure. It ends by itself.

mod engines;
mod made_up;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use engines::{Engine, measure};
use made_up::Library;

/// Articles in the folders.
const SIZES: [usize; 4] = [500, 1_000, 10_000, 100_000];
/// Questions asked of each.
const QUESTIONS: usize = 300;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, engine, folder, articles] = &arguments[..]
        && first == "--measure"
    {
        return measured(engine, Path::new(folder), articles);
    }
    let asked: Vec<usize> = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if asked.is_empty() {
        SIZES.to_vec()
    } else {
        asked
    };
    for articles in sizes {
        let folder = tempfile::tempdir().expect("a folder");
        Library::new(articles).write(folder.path());
        println!(
            "\n{:<26} {:>10} {:>10} {:>10} {:>10} {:>10} {:>8}",
            format!("{articles} articles"),
            "start s",
            "whole s",
            "p50 ms",
            "p95 ms",
            "MB",
            "right"
        );
        let mut ours = None;
        for engine in Engine::ALL {
            if !engine.takes_part(articles) {
                continue;
            }
            let figures = in_own_process(engine, folder.path(), articles);
            print(engine, &figures, ours.as_ref());
            ours.get_or_insert(figures);
        }
    }
}

/// What was measured of one engine.
struct Figures {
    /// Until the first question can be answered, in seconds.
    start: f64,
    /// Until everything is known that it is answered from.
    whole: f64,
    /// Of one question, in milliseconds.
    p50: f64,
    p95: f64,
    /// Resident memory beyond an empty process's, in megabytes.
    memory: f64,
    /// The share of the questions whose article came first.
    /// NaN where it says nothing.
    right: f64,
}

fn print(engine: Engine, of: &Figures, ours: Option<&Figures>) {
    println!(
        "{:<26} {:>10.3} {:>10.3} {:>10.2} {:>10.2} {:>10.0} {:>8}",
        engine.name(),
        of.start,
        of.whole,
        of.p50,
        of.p95,
        of.memory,
        if of.right.is_nan() {
            "-".to_owned()
        } else {
            format!("{:.2}", of.right)
        }
    );
    if let Some(ours) = ours {
        println!(
            "{:<26} {:>9.2}x {:>9.2}x {:>9.2}x {:>9.2}x {:>9.2}x",
            "  next to Deskhand",
            of.start / ours.start,
            of.whole / ours.whole,
            of.p50 / ours.p50,
            of.p95 / ours.p95,
            of.memory / ours.memory
        );
    }
}

fn in_own_process(engine: Engine, folder: &Path, articles: usize) -> Figures {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program)
        .args(["--measure", engine.name()])
        .arg(folder)
        .arg(articles.to_string())
        .output()
        .expect("a process");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("text");
    let line = text.lines().last().unwrap_or_default();
    let numbers: Vec<f64> = line
        .split_whitespace()
        .map(|number| number.parse().expect("a number"))
        .collect();
    let [start, whole, p50, p95, memory, right] = numbers[..] else {
        panic!("six numbers, not {line:?}");
    };
    Figures {
        start,
        whole,
        p50,
        p95,
        memory,
        right,
    }
}

/// In the engine's own process: measures, and prints the six numbers.
fn measured(engine: &str, folder: &Path, articles: &str) {
    let engine = Engine::ALL
        .into_iter()
        .find(|one| one.name() == engine)
        .expect("an engine");
    let library = Library::new(articles.parse().expect("a number"));
    let questions: Vec<_> = library.questions(QUESTIONS);
    let mut found = measure(engine, folder, &library, &questions);
    found.times.sort_unstable();
    let at = |share: usize| ms(found.times[(found.times.len() - 1) * share / 100]);
    println!(
        "{} {} {} {} {} {}",
        found.start.as_secs_f64(),
        found.whole.as_secs_f64(),
        at(50),
        at(95),
        found.memory,
        found
            .right
            .map_or(f64::NAN, |right| right as f64 / questions.len() as f64)
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
