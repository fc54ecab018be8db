//! The rules of the house, each with code that breaks it and code that only seems to.

use crate::source::{NamedPath, Source, is_word};

/// A rule of the house.
pub struct Rule {
    /// What holds.
    pub says: &'static str,
    /// Where a file breaks it: the line, and what stands there.
    pub breaches: fn(&Source) -> Vec<(usize, String)>,
    /// Files that break it, as path and text.
    pub broken_by: &'static [(&'static str, &'static str)],
    /// Files that look as if they broke it, and do not.
    pub kept_by: &'static [(&'static str, &'static str)],
}

/// The line of rooms: each uses those before it, never those after it.
const LINE: [&str; 8] = [
    "domain", "kb", "store", "desk", "discord", "jobs", "app", "main",
];
/// Rooms that use none, and that all but `domain` may use.
const LEAVES: [&str; 3] = ["clock", "config", "invite"];
/// Foreign crates with rooms of their own.
const FOREIGN: [(&str, &[&str]); 12] = [
    ("sqlx", &["store"]),
    ("serenity", &["discord"]),
    ("fluent_bundle", &["discord"]),
    ("unic_langid", &["discord"]),
    ("axum", &["standin"]),
    ("flate2", &["standin", "main"]),
    ("clap", &["main", "app"]),
    ("dotenvy", &["config"]),
    ("pulldown_cmark", &["kb"]),
    ("rust_stemmers", &["kb"]),
    ("rten", &["kb"]),
    ("rten_tensor", &["kb"]),
];
/// All that `domain` may name beside the standard library.
const DOMAIN_NAMES: [&str; 3] = ["jiff", "serde", "thiserror"];
/// How long a file may be at most. No file is exempt: one that grows longer is split.
const LONGEST: usize = 600;

pub const RULES: &[Rule] = &[
    Rule {
        says: "a room uses the rooms to its left, never to its right",
        breaches: rooms_to_the_right,
        broken_by: &[
            ("src/kb/index.rs", "use crate::store::Rows;"),
            ("src/kb/index.rs", "use crate::{clock::Clock, desk::Desk};"),
            ("src/domain/ticket.rs", "fn f() { crate::clock::pause(); }"),
            ("src/store/mod.rs", "use super::discord;"),
            (
                "src/store/rows/ticket.rs",
                "use super::super::super::jobs::Outbox;",
            ),
            ("src/clock.rs", "use crate::config::Config;"),
            ("src/config/mod.rs", "use crate::kb::Index;"),
            ("src/standin/world.rs", "use crate::domain::Tier;"),
            ("src/jobs/outbox.rs", "use crate::standin::StandIn;"),
            ("src/main.rs", "use deskhand::standin::StandIn;"),
            ("src/sheds/mod.rs", "use crate::domain::Tier;"),
        ],
        kept_by: &[
            (
                "src/kb/index.rs",
                "use crate::{clock::Clock, kb::Article};\nuse super::Answer; // crate::store::X",
            ),
            (
                "src/store/tickets.rs",
                "use crate::domain::{Ticket, ticket::Verb};\nuse super::rows::Row;",
            ),
            (
                "src/app.rs",
                "use crate::standin::StandIn; use super::discord::connect;",
            ),
            (
                "src/kb/index.rs",
                "#[cfg(test)] mod tests { use crate::store::Rows; } const A: &str = \"crate::desk::X\";",
            ),
            ("src/logging.rs", "use deskhand::config::Config;"),
            (
                "src/cli/measuring.rs",
                "use super::arguments::Eval; use super::terminal;",
            ),
        ],
    },
    Rule {
        says: "a foreign crate with a room of its own is named in that room only",
        breaches: foreign_crates,
        broken_by: &[
            ("src/desk/mod.rs", "#[derive(sqlx::FromRow)] struct Row;"),
            ("src/jobs/outbox.rs", "use serenity::all::Http;"),
            ("src/discord/gateway.rs", "use ::axum::Router;"),
            ("src/config/mod.rs", "use clap::Parser;"),
            ("src/standin/mod.rs", "use serenity as wire;"),
        ],
        kept_by: &[
            ("src/store/rows.rs", "use sqlx::{Row, query_as};"),
            (
                "src/desk/mod.rs",
                "/* sqlx::query */ let sqlx = 1; crate::kb::axum::x();",
            ),
            ("src/cli/arguments.rs", "use clap::Parser;"),
        ],
    },
    Rule {
        says: "the domain is pure: no async, no I/O, no foreign crate but a date library, serde and thiserror",
        breaches: impure_domain,
        broken_by: &[
            ("src/domain/ticket.rs", "async fn claim() {}"),
            ("src/domain/ticket.rs", "fn f() { g().await }"),
            ("src/domain/ids.rs", "use tokio::sync::Mutex;"),
            (
                "src/domain/ids.rs",
                "fn f() { std::fs::remove_file(\"x\").ok(); }",
            ),
            ("src/domain/ids.rs", "use std::{env, fmt};"),
            ("src/domain/ids.rs", "fn f() { println!(\"x\"); }"),
            ("src/domain/notice.rs", "use serde_json::Value;"),
        ],
        kept_by: &[
            (
                "src/domain/ids.rs",
                "use std::fmt; use jiff::Timestamp; use serde::Serialize; // async tokio::spawn",
            ),
            (
                "src/jobs/outbox.rs",
                "async fn f() { std::fs::read(\"x\").ok(); }",
            ),
        ],
    },
    Rule {
        says: "only the clock reads or waits for time",
        breaches: time_outside_the_clock,
        broken_by: &[
            ("src/jobs/timers.rs", "use tokio::{sync::watch, time};"),
            ("src/jobs/timers.rs", "fn f() { tokio::time::sleep(d); }"),
            ("src/desk/mod.rs", "let now = jiff::Timestamp::now();"),
            ("src/desk/mod.rs", "let now = Zoned::now();"),
            (
                "src/standin/world.rs",
                "use std::time::{Duration, Instant};",
            ),
            ("src/standin/world.rs", "use std::time::SystemTime;"),
            ("src/kb/index.rs", "std::thread::sleep(d);"),
        ],
        kept_by: &[
            (
                "src/clock.rs",
                "use std::time::Instant; fn f() { tokio::time::sleep(d); Timestamp::now() }",
            ),
            (
                "src/jobs/timers.rs",
                "use std::time::Duration; let now = clock.now();",
            ),
        ],
    },
    Rule {
        says: "only the outbox delivers, and a command holds no handle to Discord",
        breaches: delivery_outside_the_outbox,
        broken_by: &[
            ("src/jobs/timers.rs", "crate::discord::deliver::send(x);"),
            ("src/discord/gateway.rs", "use super::deliver::send;"),
            ("src/app.rs", "use crate::discord::{connect, deliver};"),
            (
                "src/discord/commands/ask.rs",
                "async fn run(call: Call, http: &Http) {}",
            ),
        ],
        kept_by: &[
            ("src/jobs/outbox.rs", "use crate::discord::deliver;"),
            ("src/jobs/outbox/lanes.rs", "use crate::discord::deliver;"),
            (
                "src/discord/deliver/threads.rs",
                "use super::super::deliver::Failure; fn f(http: &Http) {}",
            ),
        ],
    },
    Rule {
        says: "a transaction that writes begins with BEGIN IMMEDIATE, and no statement is put together at run time; only \
               store/batch.rs joins them, whole and static",
        breaches: careless_sql,
        broken_by: &[
            ("src/store/mod.rs", "let tx = pool.begin().await?;"),
            ("src/store/mod.rs", "sqlx::query(AssertSqlSafe(text))"),
        ],
        kept_by: &[
            (
                "src/store/mod.rs",
                "let tx = pool.begin_with(\"BEGIN IMMEDIATE\").await?;",
            ),
            ("src/store/batch.rs", "sqlx::query(AssertSqlSafe(joined))"),
            (
                "src/standin/people.rs",
                "let form = interactions.begin(who);",
            ),
        ],
    },
    Rule {
        says: "nothing is left half done: no unwrap, no note to self, no check switched off",
        breaches: half_done,
        broken_by: &[
            ("src/kb/index.rs", "let x = y.unwrap();"),
            ("src/kb/index.rs", "fn f() { todo!() }"),
            ("src/kb/index.rs", "unimplemented!(\"later\")"),
            ("src/kb/index.rs", "// FIXME: slow"),
            ("src/kb/index.rs", "#[test]\n#[ignore]\nfn f() {}"),
            ("src/kb/index.rs", "#[ignore = \"slow\"] fn f() {}"),
            ("src/kb/index.rs", "#![allow(dead_code)]"),
            ("src/kb/index.rs", "#[allow(dead_code)] struct X;"),
            ("src/kb/index.rs", "unsafe { f() }"),
        ],
        kept_by: &[
            (
                "src/kb/index.rs",
                "#[expect(dead_code, reason = \"…\")] struct X; fn f() { y.unwrap_or(1); } // unwrap()",
            ),
            (
                "src/kb/index.rs",
                "const ALLOW: &str = \"#[allow(x)]\"; fn allow() {}",
            ),
        ],
    },
    Rule {
        says: "a room begins with `//!`: what it holds, what it may know, in which order to read it",
        breaches: rooms_without_a_sign,
        broken_by: &[
            ("src/kb/mod.rs", "mod index;"),
            ("src/config.rs", "use x;"),
            ("src/lib.rs", ""),
        ],
        kept_by: &[
            ("src/kb/mod.rs", "//! Answers.\nmod index;"),
            ("src/kb/index.rs", "use x;"),
        ],
    },
    Rule {
        says: "a file is at most 600 lines long",
        breaches: overlong_files,
        broken_by: &[("src/kb/index.rs", TOO_LONG)],
        kept_by: &[("src/kb/index.rs", "fn f() {}")],
    },
];

/// 601 empty lines.
const TOO_LONG: &str = {
    const BYTES: [u8; 601] = [b'\n'; 601];
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => "",
    }
};

fn rooms_to_the_right(file: &Source) -> Vec<(usize, String)> {
    let from = file.room();
    let known =
        LINE.contains(&from) || LEAVES.contains(&from) || ["standin", "lib"].contains(&from);
    let mut breaches = Vec::new();
    if !known {
        breaches.push((
            1,
            format!(
                "{from} has no place in the line of rooms: give it one in this test and in lib.rs"
            ),
        ));
    }
    for path in file.paths() {
        if let Some(to) = room_named_by(file, &path)
            && !may_use(from, to)
        {
            breaches.push((
                path.line,
                format!("{from} uses {to}: {}", path.parts.join("::")),
            ));
        }
    }
    breaches
}

fn may_use(from: &str, to: &str) -> bool {
    let place = |room: &str| LINE.iter().position(|other| *other == room);
    match (from, to) {
        _ if from == to => true,
        ("lib", _) => true,
        ("standin", _) => to == "clock",
        (_, "standin") => from == "app",
        _ if LEAVES.contains(&to) => place(from).is_some_and(|place| place > 0),
        _ => matches!((place(from), place(to)), (Some(from), Some(to)) if to < from),
    }
}

/// The room at the crate's root that a path leads into, if it is one of ours.
fn room_named_by<'a>(file: &Source, path: &'a NamedPath) -> Option<&'a str> {
    let ups = path
        .parts
        .iter()
        .take_while(|part| *part == "super")
        .count();
    let named = match path.parts.first()?.as_str() {
        // The command line is a crate of its own, in which the rooms are `deskhand`'s.
        "crate" if file.room() == "main" => return None,
        "crate" => path.parts.get(1)?,
        "deskhand" if file.room() == "main" => path.parts.get(1)?,
        "super" if ups >= file.depth() => path.parts.get(ups)?,
        _ => return None,
    };
    // At the root there are rooms and nothing else, so a word in small letters is one.
    named
        .starts_with(|c: char| c.is_ascii_lowercase())
        .then_some(named)
}

fn foreign_crates(file: &Source) -> Vec<(usize, String)> {
    let mut breaches = Vec::new();
    for path in file.paths() {
        for (name, rooms) in FOREIGN {
            let named = path.parts[0] == name
                && (path.parts.len() > 1 || is_used_whole(file, name, path.line));
            if named && !rooms.contains(&file.room()) {
                breaches.push((path.line, format!("{} names {name}", file.room())));
            }
        }
    }
    // A path from the outside, such as `::axum::Router`, begins with a sign.
    for window in file.shipped.windows(3) {
        if window[0].word != "::" || is_continued(file, window[0].line, &window[1].word) {
            continue;
        }
        for (name, rooms) in FOREIGN {
            if window[1].word == name && window[2].word == "::" && !rooms.contains(&file.room()) {
                breaches.push((window[1].line, format!("{} names {name}", file.room())));
            }
        }
    }
    breaches
}

/// Whether the line has `use NAME` with nothing behind the name but `as` or `;`.
fn is_used_whole(file: &Source, name: &str, line: usize) -> bool {
    file.shipped.windows(3).any(|window| {
        window[1].line == line
            && window[0].word == "use"
            && window[1].word == name
            && ["as", ";"].contains(&window[2].word.as_str())
    })
}

/// Whether the `::` before `name` goes on from another word, as in `crate::kb::axum`.
fn is_continued(file: &Source, line: usize, name: &str) -> bool {
    file.shipped.windows(3).any(|window| {
        window[1].line == line
            && is_word(&window[0].word)
            && window[0].word != "use"
            && window[1].word == "::"
            && window[2].word == name
    })
}

fn impure_domain(file: &Source) -> Vec<(usize, String)> {
    if file.room() != "domain" {
        return Vec::new();
    }
    let mut breaches = Vec::new();
    for token in &file.shipped {
        if [
            "async", "await", "println", "eprintln", "print", "eprint", "dbg",
        ]
        .contains(&token.word.as_str())
        {
            breaches.push((token.line, token.word.clone()));
        }
    }
    let dependencies = dependencies();
    for path in file.paths() {
        let first = path.parts[0].as_str();
        let second = path.parts.get(1).map_or("", String::as_str);
        let foreign =
            dependencies.iter().any(|name| name == first) && !DOMAIN_NAMES.contains(&first);
        let outside =
            first == "std" && ["fs", "net", "io", "env", "process", "thread"].contains(&second);
        if (foreign && path.parts.len() > 1) || outside {
            breaches.push((path.line, path.parts.join("::")));
        }
    }
    breaches
}

/// The names of the package's direct dependencies, as code writes them.
fn dependencies() -> Vec<String> {
    let manifest = include_str!("../../Cargo.toml");
    let from = manifest
        .find("[dependencies]")
        .expect("the manifest lists dependencies");
    let section = &manifest[from + 1..];
    let section = &section[..section.find("\n[").unwrap_or(section.len())];
    section
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().replace('-', "_"))
        .collect()
}

fn time_outside_the_clock(file: &Source) -> Vec<(usize, String)> {
    const TIME: [[&str; 2]; 8] = [
        ["tokio", "time"],
        ["time", "Instant"],
        ["time", "SystemTime"],
        ["Instant", "now"],
        ["SystemTime", "now"],
        ["Timestamp", "now"],
        ["Zoned", "now"],
        ["thread", "sleep"],
    ];
    if file.path == "src/clock.rs" {
        return Vec::new();
    }
    let reads_time = |path: &NamedPath| {
        path.parts
            .windows(2)
            .any(|pair| TIME.iter().any(|time| pair == time))
    };
    file.paths()
        .into_iter()
        .filter(reads_time)
        .map(|path| (path.line, path.parts.join("::")))
        .collect()
}

fn delivery_outside_the_outbox(file: &Source) -> Vec<(usize, String)> {
    let mut breaches = Vec::new();
    let delivers = ["src/jobs/outbox", "src/discord/deliver"]
        .iter()
        .any(|place| file.path.starts_with(place));
    if !delivers && file.room() != "lib" {
        for path in file.paths() {
            let names = path
                .parts
                .windows(2)
                .any(|pair| pair == ["discord", "deliver"] || pair == ["super", "deliver"]);
            if names && (file.room() == "discord" || path.parts.contains(&"discord".to_owned())) {
                breaches.push((path.line, path.parts.join("::")));
            }
        }
    }
    if file.path.starts_with("src/discord/commands/") {
        for token in &file.shipped {
            if ["Http", "CacheHttp", "Connection"].contains(&token.word.as_str()) {
                breaches.push((token.line, token.word.clone()));
            }
        }
    }
    breaches
}

fn careless_sql(file: &Source) -> Vec<(usize, String)> {
    if !["store", "desk"].contains(&file.room()) {
        return Vec::new();
    }
    let plain = file.shipped.windows(3).filter(|window| {
        let words = [&window[0].word, &window[1].word, &window[2].word];
        words == [".", "begin", "("]
            || words[1] == "AssertSqlSafe" && file.path != "src/store/batch.rs"
    });
    plain
        .map(|window| (window[1].line, window[1].word.clone()))
        .collect()
}

fn half_done(file: &Source) -> Vec<(usize, String)> {
    let mut breaches = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        let mut words = line.split(|c: char| !c.is_alphanumeric());
        if let Some(note) = words.find(|word| ["TODO", "FIXME", "XXX", "HACK"].contains(word)) {
            breaches.push((at + 1, note.to_owned()));
        }
    }
    for window in file.tokens.windows(4) {
        let words: Vec<&str> = window.iter().map(|token| token.word.as_str()).collect();
        let found = match words[..] {
            [".", "unwrap", "(", ")"] => "unwrap()",
            ["todo" | "unimplemented", "!", ..] => "an unwritten part",
            ["#", "[", "ignore", "]" | "="] => "a test that does not run",
            ["[", "allow", "(", _] => "a warning switched off",
            ["unsafe", "{" | "fn" | "impl", ..] => "unsafe code",
            _ => continue,
        };
        breaches.push((window[1].line, found.to_owned()));
    }
    breaches
}

fn rooms_without_a_sign(file: &Source) -> Vec<(usize, String)> {
    let is_room = file.path.ends_with("/mod.rs") || file.path.matches('/').count() == 1;
    if is_room && !file.text.starts_with("//!") {
        return vec![(1, "the first line does not begin with //!".to_owned())];
    }
    Vec::new()
}

fn overlong_files(file: &Source) -> Vec<(usize, String)> {
    let lines = file.text.lines().count();
    if lines > LONGEST {
        vec![(LONGEST, format!("{lines} lines"))]
    } else {
        Vec::new()
    }
}
