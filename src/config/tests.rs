use std::cell::RefCell;
use std::fs;

use super::*;

/// A token of the right shape: its first part says 123456789012345678.
const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.canary_canary_canary_canary_canary_ca";

fn read(needs: Needs, values: &[(&str, &str)]) -> Result<Config, Faults> {
    Config::read(needs, &|name| {
        let value = values
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, value)| (*value).to_owned());
        // The folder of articles of this package, wherever the tests run.
        value.or_else(|| (name == "DESKHAND_KB").then(|| env!("CARGO_MANIFEST_DIR").to_owned()))
    })
}

fn faults(values: &[(&str, &str)]) -> Faults {
    read(Needs::Run, values).expect_err("a fault was expected")
}

#[test]
fn with_a_token_everything_else_has_a_default() {
    let config = read(Needs::Run, &[("DISCORD_TOKEN", TOKEN)]).expect("no fault");
    assert_eq!(config.token.as_ref().map(Secret::expose), Some(TOKEN));
    assert_eq!(config.application_id(), Some(123_456_789_012_345_678));
    assert_eq!(config.database, Path::new("deskhand.sqlite"));
    assert_eq!(
        (
            config.log.as_str(),
            config.log_format,
            config.api.as_deref()
        ),
        ("warn,deskhand=info", LogFormat::Text, None)
    );
    assert_eq!(config.limits, Limits::default());
    assert_eq!(config.limits.asks_per_minute, NonZeroU32::new(10));
    assert_eq!(config.limits.guild_asks_per_minute, NonZeroU32::new(60));
    assert_eq!(config.limits.openings_per_10_minutes, NonZeroU32::new(3));
    assert_eq!(config.limits.openings_per_day, NonZeroU32::new(10));
    assert_eq!(config.limits.open_tickets_max, NonZeroU32::new(10));
    assert_eq!(config.limits.file_megabytes, NonZeroU32::new(25));
}

#[test]
fn every_setting_of_the_table_is_read_and_no_other() {
    let asked = RefCell::new(Vec::new());
    let _ = Config::read(Needs::Run, &|name| {
        asked.borrow_mut().push(name.to_owned());
        None
    });
    let mut asked = asked.into_inner();
    asked.sort();
    asked.dedup();
    let mut table: Vec<_> = SETTINGS
        .iter()
        .map(|setting| setting.name.to_owned())
        .collect();
    table.sort();
    assert_eq!(asked, table);
}

#[test]
fn all_faults_come_at_once_and_in_the_order_of_the_table() {
    let Faults(faults) = faults(&[
        ("DESKHAND_OPEN_TICKETS_MAX", "many"),
        ("DESKHAND_DATABASE", "/no/such/folder/desk.sqlite"),
        ("DESKHAND_KB", "/no/such/kb"),
        ("DESKHAND_TABLE", "/no/such.table"),
        ("DESKHAND_LOG", "deskhand=loud"),
        ("DESKHAND_LOG_FORMAT", "xml"),
        ("DESKHAND_ASKS_PER_MINUTE", "-1"),
        ("DISCORD_API", "discord"),
    ]);
    let found: Vec<_> = faults
        .iter()
        .map(|fault| (fault.setting.as_str(), fault.found.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("DISCORD_TOKEN", "nothing"),
            (
                "DESKHAND_DATABASE",
                "\"/no/such/folder/desk.sqlite\", but there is no folder \"/no/such/folder\""
            ),
            ("DESKHAND_KB", "\"/no/such/kb\", which does not exist"),
            ("DESKHAND_TABLE", "\"/no/such.table\", which is no file"),
            ("DESKHAND_LOG", "\"deskhand=loud\""),
            ("DESKHAND_LOG_FORMAT", "\"xml\""),
            ("DESKHAND_ASKS_PER_MINUTE", "\"-1\""),
            ("DESKHAND_OPEN_TICKETS_MAX", "\"many\""),
            ("DISCORD_API", "\"discord\""),
        ]
    );
    assert!(
        faults
            .iter()
            .all(|fault| !fault.expected.is_empty() && !fault.remedy.is_empty())
    );
}

#[test]
fn a_subcommand_is_not_stopped_by_what_it_does_not_need() {
    let broken = [
        ("DISCORD_TOKEN", "nonsense"),
        ("DESKHAND_DATABASE", "/no/such/folder/desk.sqlite"),
        ("DESKHAND_ASKS_PER_MINUTE", "x"),
    ];
    assert!(read(Needs::Knowledge, &broken).is_ok());
    assert!(read(Needs::Log, &[("DESKHAND_KB", "/no/such/kb")]).is_ok());
    assert!(
        read(Needs::Application, &[])
            .expect("no fault")
            .application_id()
            .is_none()
    );
}

#[test]
fn a_limit_of_nought_is_no_limit() {
    let config = read(
        Needs::Try,
        &[
            ("DESKHAND_ASKS_PER_MINUTE", "0"),
            ("DESKHAND_OPENINGS_PER_DAY", "25"),
        ],
    )
    .expect("no fault");
    assert_eq!(config.limits.asks_per_minute, None);
    assert_eq!(config.limits.openings_per_day, NonZeroU32::new(25));
}

#[test]
fn the_prefix_of_the_http_header_is_taken_off_the_token() {
    let config =
        read(Needs::Run, &[("DISCORD_TOKEN", &format!(" Bot {TOKEN}\n"))]).expect("no fault");
    assert_eq!(config.token.as_ref().map(Secret::expose), Some(TOKEN));
}

#[test]
fn a_text_that_is_no_token_is_described_without_being_shown() {
    let without_id = TOKEN.replacen("MTIz", "MTIz!", 1);
    let cases = [
        (
            "aB3dEfGhIjKlMnOpQrStUvWxYz012345",
            "one part of 32 characters",
        ),
        ("one.two", "2 parts"),
        ("MTIz..canary", "one of them is empty"),
        ("canary.Gh.canary", "the first is not an application's id"),
        (&format!("\"{TOKEN}\""), "such as quotes or spaces"),
        (&without_id, "such as quotes or spaces"),
    ];
    for (token, expected) in cases {
        let faults = faults(&[("DISCORD_TOKEN", token)]);
        let text = faults.to_string();
        assert!(faults.0[0].found.contains(expected), "{token}: {text}");
        assert!(
            text.contains("https://discord.com/developers/applications"),
            "{text}"
        );
        assert!(
            !text.contains("canary") && !text.contains("aB3dEf"),
            "{text}"
        );
    }
}

#[test]
fn a_token_pasted_into_another_setting_is_not_repeated() {
    for setting in SETTINGS
        .iter()
        .filter(|setting| setting.name != "DISCORD_TOKEN")
    {
        for value in [
            TOKEN.to_owned(),
            format!("Bot {TOKEN}"),
            format!("http://{TOKEN}@localhost"),
            format!("x={TOKEN}/y"),
        ] {
            if let Err(faults) = read(Needs::Run, &[(setting.name, &value)]) {
                assert!(
                    !faults.to_string().contains("canary"),
                    "{}: {faults}",
                    setting.name
                );
                assert!(
                    !format!("{faults:?}").contains("canary"),
                    "{}: {faults:?}",
                    setting.name
                );
            }
        }
    }
}

#[test]
fn a_config_prints_its_token_as_stars() {
    let config = read(Needs::Run, &[("DISCORD_TOKEN", TOKEN)]).expect("no fault");
    let printed = format!("{config:?} {config:#?}");
    assert!(
        printed.contains("***") && !printed.contains("canary"),
        "{printed}"
    );
}

#[test]
fn a_stand_in_may_speak_plain_http_only_on_this_machine() {
    let api = |address: &str| {
        read(
            Needs::Run,
            &[("DISCORD_TOKEN", TOKEN), ("DISCORD_API", address)],
        )
        .map(|config| config.api)
    };
    for (address, expected) in [
        ("http://127.0.0.1:8787/", "http://127.0.0.1:8787"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8787", "http://[::1]:8787"),
        ("https://standin.example", "https://standin.example"),
    ] {
        assert_eq!(api(address).expect(address).as_deref(), Some(expected));
    }
    for address in [
        "http://10.0.0.1:80",
        "http://localhost.example",
        "https://",
        "https://a.example/api",
        "ftp://localhost",
        "http://u:canary@localhost",
    ] {
        let faults = api(address).expect_err(address);
        assert_eq!(faults.0[0].setting, "DISCORD_API");
        assert!(!faults.to_string().contains("canary"), "{faults}");
    }
}

#[cfg(unix)]
mod files {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn file(folder: &tempfile::TempDir, name: &str, mode: u32, text: &str) -> String {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("the file is written");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("the mode is set");
        path.to_str().expect("a path in UTF-8").to_owned()
    }

    #[test]
    fn the_token_may_lie_in_a_file_that_only_its_owner_reads() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = file(&folder, "token", 0o600, &format!("{TOKEN}\n"));
        let config = read(Needs::Run, &[("DISCORD_TOKEN_FILE", &path)]).expect("no fault");
        assert_eq!(config.token.as_ref().map(Secret::expose), Some(TOKEN));
        let both = faults(&[("DISCORD_TOKEN_FILE", &path), ("DISCORD_TOKEN", TOKEN)]);
        assert_eq!(both.0[0].found, "both DISCORD_TOKEN and DISCORD_TOKEN_FILE");
    }

    #[test]
    fn a_token_file_that_is_open_missing_empty_or_wrong_is_a_fault() {
        let folder = tempfile::tempdir().expect("a folder");
        let cases = [
            (file(&folder, "open", 0o644, TOKEN), "mode 0644"),
            (file(&folder, "empty", 0o600, "\n"), "which is empty"),
            (
                file(&folder, "wrong", 0o600, "canary"),
                "in that file: one part of 6 characters",
            ),
            (
                folder.path().join("missing").display().to_string(),
                "which cannot be read",
            ),
            (TOKEN.to_owned(), "what looks like the token itself"),
        ];
        for (path, expected) in cases {
            let faults = faults(&[("DISCORD_TOKEN_FILE", &path)]);
            assert_eq!(faults.0[0].setting, "DISCORD_TOKEN_FILE");
            assert!(faults.0[0].found.contains(expected), "{faults}");
            assert!(!faults.to_string().contains("canary"), "{faults}");
        }
    }

    #[test]
    fn a_dotenv_file_gives_values_and_names_the_lines_that_it_cannot_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = format!(
            "\u{feff}# comment\nDESKHAND_LOG=warn   \nDESKHAND_KB=\"my articles\"\nnot a setting canary\nDESKHAND_ASK_PER_MINUTE=5\nDESKHAND_LOG=debug\nDISCORD_TOKEN={TOKEN}\n"
        );
        let path = file(&folder, ".env", 0o644, &text);
        let (dotenv, faults) = dotenv::read(Path::new(&path));
        assert_eq!(dotenv.value("DESKHAND_LOG").as_deref(), Some("warn"));
        assert_eq!(dotenv.value("DESKHAND_KB").as_deref(), Some("my articles"));
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(
            faults[0].found.contains("line 4") && !format!("{faults:?}").contains("canary"),
            "{faults:?}"
        );
        assert_eq!(faults[1].setting, "DESKHAND_ASK_PER_MINUTE");
        assert_eq!(
            faults[1].remedy,
            "write DESKHAND_ASKS_PER_MINUTE, or delete the line"
        );
        let open = dotenv.fault_of_open_secrets().expect("a fault");
        assert!(open.remedy.starts_with("run: chmod 600 "), "{open:?}");
    }

    #[test]
    fn a_dotenv_file_without_secrets_may_be_read_by_all_and_need_not_exist() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = file(
            &folder,
            ".env",
            0o644,
            "DISCORD_TOKEN=\nDESKHAND_LOG=warn\n",
        );
        let (dotenv, faults) = dotenv::read(Path::new(&path));
        assert!(faults.is_empty() && dotenv.fault_of_open_secrets().is_none());
        let (dotenv, faults) = dotenv::read(&folder.path().join("none"));
        assert!(faults.is_empty() && dotenv.value("DESKHAND_LOG").is_none());
    }
}
