//! The program as somebody at a terminal meets it: the real binary, its output and its exit codes.

mod encoder;
mod knowledge;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Of the right shape, and easy to find wherever it must not be.
const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.canary_canary_canary_canary_canary_ca";

/// What a run of the program left behind.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs the program in `folder` with these variables and no others of ours.
fn deskhand(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    deskhand_told(folder, variables, arguments, "")
}

/// The same, with this text on its standard input.
fn deskhand_told(folder: &Path, variables: &[(&str, &str)], arguments: &[&str], told: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskhand"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("DESKHAND_") || name.starts_with("DISCORD_") {
            command.env_remove(&*name);
        }
    }
    let mut running = command
        .current_dir(folder)
        .envs(variables.iter().copied())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that does not read what it is told has closed its end by now, which is no failure.
    let mut ear = running.stdin.take().expect("its input is ours");
    let _ = ear.write_all(told.as_bytes());
    drop(ear);
    let Output {
        status,
        stdout,
        stderr,
    } = running.wait_with_output().expect("the program ends");
    Ran {
        code: status.code().expect("the program ends by itself"),
        stdout: String::from_utf8(stdout).expect("output in UTF-8"),
        stderr: String::from_utf8(stderr).expect("messages in UTF-8"),
    }
}

fn empty_folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A folder with `kb/` in it, and these articles in that.
fn folder_with_articles(articles: &[(&str, &str)]) -> TempDir {
    let folder = empty_folder();
    for (name, text) in articles {
        let path = folder.path().join("kb").join(name);
        fs::create_dir_all(path.parent().expect("a folder around it")).expect("the folder is made");
        fs::write(path, text).expect("the article is written");
    }
    folder
}

/// Three articles without a fault.
fn small_knowledge_base() -> TempDir {
    let article = |title: &str, asks: &str, steps: &str| {
        format!(
            "---\ntitle: {title}\nsummary: {title}, step by step.\ntags: [test]\nasks:\n  - {asks}\ntier: L0\n\
             category: test\nowner: IT\nreview_by: 2199-12-31\n---\n## Steps\n\n{steps}\n"
        )
    };
    folder_with_articles(&[
        (
            "network/vpn.md",
            &article(
                "Connect to the VPN",
                "the vpn does not connect",
                "1. Open the VPN client.\n2. Choose the gateway **Automatic**.\n3. Press **Connect**.",
            ),
        ),
        (
            "printing/jam.md",
            &article(
                "Clear a paper jam",
                "the printer is jammed",
                "1. Open the front door.\n2. Pull the paper out slowly.",
            ),
        ),
        (
            "mail/away.md",
            &article(
                "Set an out-of-office reply",
                "tell people that i am on holiday",
                "1. Open the settings of the mail.",
            ),
        ),
    ])
}

#[test]
fn help_shows_every_subcommand_an_example_and_the_exit_codes() {
    let folder = empty_folder();
    let ran = deskhand(folder.path(), &[], &["--help"]);
    assert_eq!(ran.code, 0);
    for part in [
        "try ",
        "run ",
        "ask ",
        "kb ",
        "invite ",
        "standin ",
        "Examples:",
        "deskhand try",
        "Exit codes:",
        ".env.example",
    ] {
        assert!(
            ran.stdout.contains(part),
            "{part} is missing from:\n{}",
            ran.stdout
        );
    }
    assert!(
        ran.stdout.lines().all(|line| line.chars().count() <= 100),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_wrong_command_line_exits_with_2_and_a_version_is_told() {
    let folder = empty_folder();
    assert_eq!(deskhand(folder.path(), &[], &["fly"]).code, 2);
    assert_eq!(deskhand(folder.path(), &[], &[]).code, 2);
    assert_eq!(deskhand(folder.path(), &[], &["ask"]).code, 2);
    let version = deskhand(folder.path(), &[], &["-V"]);
    assert_eq!(
        (version.code, version.stdout.trim()),
        (0, concat!("deskhand ", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn run_reports_every_faulty_setting_at_once_and_exits_with_3() {
    let folder = empty_folder();
    let variables = [
        ("DISCORD_TOKEN", "not-a-token-canary"),
        ("DESKHAND_DATABASE", "missing/desk.sqlite"),
        ("DESKHAND_LOG", "deskhand=loud"),
        ("DESKHAND_LOG_FORMAT", "xml"),
        ("DESKHAND_OPENINGS_PER_DAY", "some"),
        ("DISCORD_API", "http://192.0.2.1"),
    ];
    let ran = deskhand(folder.path(), &variables, &["run"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr
            .starts_with("deskhand cannot start: 7 settings need your attention.\n"),
        "{}",
        ran.stderr
    );
    for (name, _) in variables.iter().chain(&[("DESKHAND_KB", "")]) {
        assert!(
            ran.stderr.lines().any(|line| line == *name),
            "{name} is missing from:\n{}",
            ran.stderr
        );
    }
    assert_eq!(
        ran.stderr.matches("\n  found ").count(),
        7,
        "{}",
        ran.stderr
    );
    assert_eq!(
        ran.stderr.matches("\n  expected ").count(),
        7,
        "{}",
        ran.stderr
    );
    assert_eq!(
        ran.stderr.matches("\n  what to do ").count(),
        7,
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("canary"), "{}", ran.stderr);
}

#[test]
fn a_copy_of_env_example_lacks_nothing_but_the_token() {
    let folder = small_knowledge_base();
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join(".env.example"),
        folder.path().join(".env"),
    )
    .expect("a copy");
    let ran = deskhand(folder.path(), &[], &["run"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr
            .contains("one setting needs your attention.\n\nDISCORD_TOKEN\n  found      nothing\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_environment_comes_before_the_dotenv_file() {
    let folder = small_knowledge_base();
    fs::write(
        folder.path().join(".env"),
        "DESKHAND_KB=elsewhere\nDESKHAND_LOG_FORMAT=xml\n",
    )
    .expect("written");
    let ran = deskhand(folder.path(), &[("DESKHAND_KB", "kb")], &["kb", "check"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr.contains("DESKHAND_LOG_FORMAT") && !ran.stderr.contains("DESKHAND_KB"),
        "{}",
        ran.stderr
    );
    let ran = deskhand(
        folder.path(),
        &[("DESKHAND_LOG_FORMAT", "text")],
        &["kb", "check", "--kb", "kb"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn invite_prints_two_links_without_administrator_from_the_id_or_the_token() {
    let folder = empty_folder();
    let by_id = deskhand(
        folder.path(),
        &[],
        &["invite", "--application-id", "123456789012345678"],
    );
    let by_token = deskhand(folder.path(), &[("DISCORD_TOKEN", TOKEN)], &["invite"]);
    assert_eq!((by_id.code, by_token.code), (0, 0));
    assert_eq!(by_id.stdout, by_token.stdout);
    let permissions: Vec<u64> = by_id
        .stdout
        .lines()
        .filter_map(|line| {
            line.trim()
                .strip_prefix("https://discord.com/oauth2/authorize?client_id=123456789012345678&")
        })
        .filter_map(|rest| rest.split_once("permissions=")?.1.parse().ok())
        .collect();
    assert_eq!(permissions.len(), 2, "{}", by_id.stdout);
    assert!(
        permissions
            .iter()
            .all(|bits| bits & (1 << 3) == 0 && bits & (1 << 11) != 0)
    );
    let neither = deskhand(folder.path(), &[], &["invite"]);
    assert_eq!(neither.code, 1);
    assert!(
        neither.stderr.contains("--application-id"),
        "{}",
        neither.stderr
    );
}

#[test]
fn secrets_are_printed_by_no_command_at_any_log_level() {
    let folder = small_knowledge_base();
    let wrong = format!("{TOKEN}.{TOKEN}");
    for (token, setting) in [(TOKEN, "DESKHAND_LOG_FORMAT"), (&wrong, "DISCORD_TOKEN")] {
        for arguments in [
            &["invite"][..],
            &["ask", "vpn"],
            &["kb", "check"],
            &["run"],
            &["--help"],
        ] {
            // A second fault keeps `run` from going anywhere.
            let variables = [
                ("DISCORD_TOKEN", token),
                ("DESKHAND_LOG", "trace"),
                ("DESKHAND_LOG_FORMAT", "canary-free"),
            ];
            let ran = deskhand(folder.path(), &variables, arguments);
            assert!(
                !ran.stdout.contains("canary_") && !ran.stderr.contains("canary_"),
                "{arguments:?}: {}",
                ran.stderr
            );
            if arguments == ["run"] {
                assert!(ran.stderr.contains(setting), "{}", ran.stderr);
            }
        }
    }
}

#[test]
fn sla_check_names_the_line_of_each_error_and_exits_with_1_for_any() {
    let folder = empty_folder();
    let file = folder.path().join("promises.toml");
    let check = || deskhand(folder.path(), &[], &["sla", "check", "promises.toml"]);
    let terms = |priority: u8| {
        format!(
            "[promises.P{priority}]\ncalendar = \"business\"\nfirst = \"4 h\"\nupdate = \"every 4 h\"\nsolution = \"none\"\n"
        )
    };
    let good: String = (1..=4).map(terms).collect();
    let own = "[categories.email.P1]\nfirst = \"15 min\"\n";
    fs::write(&file, format!("{good}{own}")).expect("written");
    let ran = check();
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (
            0,
            "promises.toml: 0 calendars, promises for all tickets, others for 1 category; nothing to mend.\n"
        )
    );

    let bad = good.replacen("first = \"4 h\"", "first = \"2 days\"", 1);
    let bad = bad.replacen("solution", "salution", 1);
    fs::write(&file, bad).expect("written");
    let ran = check();
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(
        lines[0].starts_with("promises.toml:1:1: error: solution is missing"),
        "{}",
        ran.stdout
    );
    assert!(
        lines[1].starts_with("promises.toml:3:9: error: \"2 days\" is no target"),
        "{}",
        ran.stdout
    );
    assert!(
        lines[2].starts_with("promises.toml:5:1: error: \"salution\" is not known here"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        lines.last().copied(),
        Some("promises.toml: 3 errors. Nothing of such a file is taken.")
    );

    fs::write(&file, "warn = [75\n").expect("written");
    let ran = check();
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.starts_with("promises.toml:"), "{}", ran.stdout);

    // A file of holidays is known by its beginning
    let event = "BEGIN:VEVENT\r\nSUMMARY:The long\u{1b}[1m night\r\nDTSTART;VALUE=DATE:29991224\r\nEND:VEVENT\r\n";
    let holidays = format!("BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n");
    fs::write(&file, &holidays).expect("written");
    let ran = check();
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(
        lines[0].starts_with("2999-12-24 The long"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
    assert_eq!(
        lines.last().copied(),
        Some("promises.toml: 1 day is closed by it; nothing to mend.")
    );
    fs::write(&file, holidays.replace("29991224", "29991324")).expect("written");
    let ran = check();
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(
        ran.stdout
            .starts_with("promises.toml:4:1: error: \"29991324\" is no date"),
        "{}",
        ran.stdout
    );

    fs::remove_file(&file).expect("removed");
    let ran = check();
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("cannot read promises.toml"),
        "{}",
        ran.stderr
    );
    assert_eq!(deskhand(folder.path(), &[], &["sla", "check"]).code, 2);
}
