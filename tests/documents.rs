//! What is written for people says what the program does: `.env.example`, the README and the articles.
//!
//! The generated parts are rewritten by `UPDATE_DOCUMENTS=1 cargo test --test documents`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use deskhand::config::settings::{SETTINGS, Setting};
use deskhand::discord::command::{Kind, Who};
use deskhand::discord::commands::COMMANDS;
use deskhand::standin::BOT_PERMISSIONS;
use deskhand::{invite, kb};

#[test]
fn env_example_lists_every_setting_as_the_program_reads_it() {
    let mut text = String::from(
        "# The settings of Deskhand. Copy this file, let only its owner read the copy, and fill in what you need:\n\
         #   cp .env.example .env && chmod 600 .env\n\
         # The environment comes before the file. A setting that is left out or empty has its default.\n",
    );
    for setting in SETTINGS {
        text.push('\n');
        for line in wrapped(&setting.about.replace('`', ""), 98) {
            text.push_str(&format!("# {line}\n"));
        }
        for line in wrapped(&format!("Expected: {}.", setting.expects), 98) {
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(&format!(
            "# For example: {}={}\n",
            setting.name, setting.example
        ));
        match setting.default {
            Some(default) => text.push_str(&format!("#{}={default}\n", setting.name)),
            None => text.push_str(&format!("{}=\n", setting.name)),
        }
    }
    assert_written(".env.example", &text);
}

#[test]
fn the_readme_lists_every_setting() {
    let mut table = String::from("| Setting | What it does | Default |\n| --- | --- | --- |\n");
    for Setting {
        name,
        about,
        default,
        ..
    } in SETTINGS
    {
        let default = default.map_or_else(|| "none".to_owned(), |default| format!("`{default}`"));
        table.push_str(&format!("| `{name}` | {about} | {default} |\n"));
    }
    assert_generated("settings", &table);
}

#[test]
fn the_readme_lists_every_command() {
    let mut table = String::from("| Command | What it does | For |\n| --- | --- | --- |\n");
    for command in COMMANDS
        .iter()
        .filter(|command| command.kind != Kind::ButtonOnly)
    {
        let mut typed = command.shown();
        for option in command.options {
            typed.push_str(&if option.required {
                format!(" {}", option.name)
            } else {
                format!(" [{}]", option.name)
            });
        }
        let typed = match command.kind {
            Kind::OnMessage => format!("*Apps → {typed}*, on a message"),
            _ => format!("`{typed}`"),
        };
        let who = match command.who {
            Who::Everybody => "everybody",
            Who::Technicians => "technicians",
            Who::TechniciansAndLeads => "technicians, leads",
            Who::Leads => "leads",
            Who::LeadsAndAdmins => "leads, desk admins",
            Who::Staff => "technicians, leads, desk admins",
            Who::SeniorsAndLeads => "L2, L3, leads",
            Who::Admins => "desk admins; the server's owner and administrators",
        };
        table.push_str(&format!("| {typed} | {} | {who} |\n", command.about));
    }
    assert_generated("commands", &table);
}

#[test]
fn the_small_discord_invites_the_bot_with_what_the_link_asks_for_and_no_more() {
    let asked = invite::bits(invite::WORKING) | invite::bits(invite::SETTING_UP);
    assert_eq!(
        BOT_PERMISSIONS,
        asked,
        "differing bits: {:#b}",
        BOT_PERMISSIONS ^ asked
    );
}

#[test]
fn the_readme_names_the_two_commands_that_a_newcomer_needs() {
    let readme = read("README.md");
    for command in ["cargo run --release -- try", "cargo test"] {
        let stands_alone = readme
            .lines()
            .any(|line| line.split(" #").next().unwrap_or_default().trim() == command);
        assert!(
            stands_alone,
            "{command} has no line of its own in README.md"
        );
    }
}

#[test]
fn every_article_can_be_served_and_there_are_enough_to_begin_with() {
    let today = deskhand::clock::Clock::system()
        .now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    let errors: Vec<String> = kb::check(&in_package("kb"), today)
        .iter()
        .filter(|finding| finding.is_error())
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let articles = kb::Kb::open(&in_package("kb")).len();
    assert!(articles >= 60, "kb/ has {articles} articles");
}

#[test]
fn every_link_inside_the_readme_leads_somewhere() {
    let readme = read("README.md");
    let headings: Vec<String> = readme
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(anchor)
        .collect();
    let mut dead = Vec::new();
    for target in link_targets(&readme) {
        let is_dead = if let Some(anchor) = target.strip_prefix('#') {
            !headings.iter().any(|heading| heading == anchor)
        } else {
            !target.contains("://")
                && !in_package(target.split('#').next().unwrap_or_default()).exists()
        };
        if is_dead {
            dead.push(target);
        }
    }
    assert!(dead.is_empty(), "links that lead nowhere: {dead:?}");
}

/// Checks a whole file against what it should say.
fn assert_written(file: &str, text: &str) {
    if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
        fs::write(in_package(file), text).expect("the file is written");
    }
    assert_eq!(
        read(file),
        text,
        "{file} is out of step: UPDATE_DOCUMENTS=1 cargo test --test documents"
    );
}

/// Tests run side by side, and each may rewrite its own part of the README.
static README: Mutex<()> = Mutex::new(());

/// Checks what stands in the README between the marks `<!-- name -->` and `<!-- /name -->`.
fn assert_generated(name: &str, text: &str) {
    let _alone = README.lock().unwrap_or_else(PoisonError::into_inner);
    let readme = read("README.md");
    let (from, to) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let begin = readme
        .find(&from)
        .map(|at| at + from.len())
        .expect("the first mark is in README.md");
    let end = begin
        + readme[begin..]
            .find(&to)
            .expect("the second mark is in README.md");
    assert_written(
        "README.md",
        &format!("{}{text}{}", &readme[..begin], &readme[end..]),
    );
}

/// Cuts a text into lines of at most `width` characters, between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines
            .last_mut()
            .expect("there is a line from the beginning");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// What stands between `](` and `)`, outside of code.
fn link_targets(markdown: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    for (number, part) in markdown.split("```").enumerate() {
        if number % 2 == 0 {
            targets.extend(
                part.split("](")
                    .skip(1)
                    .filter_map(|rest| rest.split(')').next()),
            );
        }
    }
    targets
}

/// The anchor that a heading gets on the usual sites.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    words
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn read(file: &str) -> String {
    fs::read_to_string(in_package(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn in_package(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}
