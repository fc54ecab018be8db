//! What those who write wait for: questions that found nothing, put together by what they mean: `cargo bench --bench gaps`.
//!
//! Nothing here is a test: a slow machine makes slow figures, not a failure. It ends by itself.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use deskhand::kb::Kb;

/// Questions of 90 days, at most: the desk looks at no more.
const QUESTIONS: usize = 10_000;
/// Times that each is measured; the best is printed.
const RUNS: usize = 5;

/// How people begin.
const BEGINNINGS: [&str; 12] = [
    "",
    "how do I",
    "I cannot",
    "please help me to",
    "where can I",
    "since Monday I cannot",
    "is it possible to",
    "what do I need to",
    "my colleague cannot",
    "nobody here can",
    "after the update I cannot",
    "quick question: can I",
];
/// What they want to do.
const DEEDS: [&str; 20] = [
    "open", "find", "print", "share", "rename", "delete", "restore", "send", "install", "update",
    "connect", "move", "copy", "scan", "book", "order", "change", "see", "export", "sign",
];
/// With what.
const THINGS: [&str; 40] = [
    "my payslip",
    "the travel form",
    "a parking permit",
    "the badge photo",
    "a spare monitor",
    "the fax line",
    "an old invoice",
    "the phone book",
    "a meeting recording",
    "the lunch menu",
    "a company car",
    "the time sheet",
    "a test account",
    "the licence key",
    "a shared calendar",
    "the archive folder",
    "a docking station",
    "the headset",
    "a web certificate",
    "the customer list",
    "my holiday balance",
    "the visitor wifi",
    "a training video",
    "the floor plan",
    "an expense report",
    "the safety poster",
    "a whiteboard photo",
    "the release notes",
    "a webcam",
    "the backup tape",
    "my desk phone",
    "the elevator card",
    "a translation",
    "the brand logo",
    "a conference room screen",
    "the label printer",
    "a database dump",
    "the stock photo",
    "a signed contract",
    "the coffee order",
];
/// Where.
const PLACES: [&str; 10] = [
    "",
    "at home",
    "on my phone",
    "on the second floor",
    "in Lyon",
    "from abroad",
    "in the browser",
    "on the new laptop",
    "for a contractor",
    "again",
];

/// The question of that place: the same every time.
fn question(place: usize) -> String {
    // A few things are asked by many, most by few.
    let mut state = (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut draw = |of: usize| {
        state ^= state >> 29;
        state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state ^= state >> 32;
        (state % of as u64) as usize
    };
    let thing = draw(THINGS.len()).min(draw(THINGS.len()));
    let words = [
        BEGINNINGS[draw(BEGINNINGS.len())],
        DEEDS[draw(DEEDS.len())],
        THINGS[thing],
        PLACES[draw(PLACES.len())],
    ];
    words.join(" ").trim().to_owned()
}

fn main() {
    // Whoever runs all targets as tests does not want to wait for this.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("benches/gaps measures only when it is run by `cargo bench --bench gaps`");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let kb = Kb::open(folder.path());
    println!(
        "\n{:>10} {:>10} {:>8} {:>8} {:>10} {:>6}",
        "questions", "different", "groups", "ms", "per 1,000", "aim"
    );
    for count in [QUESTIONS / 10, QUESTIONS / 2, QUESTIONS] {
        let questions: Vec<String> = (0..count).map(question).collect();
        let texts: Vec<&str> = questions.iter().map(String::as_str).collect();
        let different: BTreeSet<&str> = texts.iter().copied().collect();
        let mut best = Duration::MAX;
        let mut groups = 0;
        for _ in 0..RUNS {
            let begun = Instant::now();
            groups = kb.group(&texts).len();
            best = best.min(begun.elapsed());
        }
        let ms = best.as_secs_f64() * 1000.0;
        let aim = if count == QUESTIONS { "2,000" } else { "" };
        println!(
            "{count:>10} {:>10} {groups:>8} {ms:>8.0} {:>10.0} {aim:>6}",
            different.len(),
            ms * 1000.0 / count as f64,
        );
    }
}
