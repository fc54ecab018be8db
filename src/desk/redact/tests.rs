//! Redaction against made-up secrets, clean sentences, hostile and odd texts.

use std::collections::BTreeMap;

use super::*;

mod secrets;
mod sentences;

/// The same numbers in every run (SplitMix64).
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn string(&mut self, alphabet: &str, length: usize) -> String {
        let alphabet = alphabet.as_bytes();
        (0..length)
            .map(|_| char::from(alphabet[self.below(alphabet.len())]))
            .collect()
    }

    /// As [`Rng::string`], with a letter or digit at the end, as most vendors' formats have it by chance.
    fn string_closed(&mut self, alphabet: &str, length: usize) -> String {
        self.string(alphabet, length - 1) + &self.string("abcdefghijklmnopqrstuvwxyz0123456789", 1)
    }
}

fn redactor() -> Redactor {
    Redactor::new(&[])
}

/// What was found, by name.
fn kinds(text: &str) -> String {
    let kinds: Vec<&str> = redactor_once()
        .redact(text)
        .kinds
        .iter()
        .map(|kind| kind.as_str())
        .collect();
    kinds.join(" ")
}

/// Whether eight characters in a row of the secret are left, line breaks or not. Shorter secrets: all of it.
fn is_left(secret: &str, redacted: &str) -> bool {
    let squeeze = |text: &str| -> Vec<char> {
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '>')
            .collect()
    };
    let (secret, redacted) = (squeeze(secret), squeeze(redacted));
    let length = secret.len().min(8);
    let kept: std::collections::HashSet<&[char]> = redacted.windows(length).collect();
    secret.windows(length).any(|part| kept.contains(part))
}

#[test]
fn finds_99_of_100_secrets() {
    let redactor = redactor_once();
    let mut rng = Rng(20_261_121);
    let mut missed: BTreeMap<SecretKind, Vec<String>> = BTreeMap::new();
    let all: Vec<SecretKind> = secrets::kinds().collect();
    let count = 2_000;
    for kind in all.iter().cycle().take(count) {
        let sample = secrets::sample(*kind, &mut rng);
        let redacted = redactor.redact(&sample.message);
        if is_left(&sample.secret, &redacted.text) {
            missed
                .entry(sample.kind)
                .or_default()
                .push(format!("{:?}\n   -> {:?}", sample.message, redacted.text));
        }
    }
    let number: usize = missed.values().map(Vec::len).sum();
    assert!(
        number * 100 <= count,
        "{number} of {count} missed: {missed:#?}"
    );
}

#[test]
fn leaves_clean_sentences_alone() {
    let redactor = redactor_once();
    let mut rng = Rng(42);
    let mut wrong = BTreeMap::<String, Vec<String>>::new();
    let count = 10_000;
    for _ in 0..count {
        let sentence = sentences::sentence(&mut rng);
        let redacted = redactor.redact(&sentence);
        if !redacted.kinds.is_empty() {
            wrong
                .entry(format!("{:?}", redacted.kinds))
                .or_default()
                .push(format!("{sentence:?}\n   -> {:?}", redacted.text));
        }
    }
    let number: usize = wrong.values().map(Vec::len).sum();
    assert!(number * 200 <= count, "{number} of {count}: {wrong:#?}");
}

#[test]
fn names_what_it_finds() {
    for (text, expected, left) in [
        (
            "my password is Summer2024!",
            "password",
            "my password is [redacted:password]",
        ),
        (
            "Password:\nhunter22",
            "password",
            "Password:\n[redacted:password]",
        ),
        (
            "**Password:** `sunshine`",
            "password",
            "**Password:** `[redacted:password]`",
        ),
        (
            "password: ||hunter2||",
            "password",
            "password: ||[redacted:password]||",
        ),
        (
            "{\"user\":\"joe\",\"password\":\"a b4!c\"}",
            "password",
            "{\"user\":\"joe\",\"password\":\"[redacted:password]\"}",
        ),
        (
            "login?user=joe&password=hunter2&next=home",
            "password",
            "login?user=joe&password=[redacted:password]&next=home",
        ),
        (
            "<password>hunter2</password>",
            "password",
            "<password>[redacted:password]</password>",
        ),
        (
            "the password for the guest laptop is Blau-43-Wolke, ok?",
            "password",
            "the password for the guest laptop is [redacted:password], ok?",
        ),
        (
            "my password P@ssw0rd1 fails",
            "password",
            "my password [redacted:password] fails",
        ),
        (
            "password: \"purple horse battery staple\"",
            "password",
            "password: \"[redacted:password]\"",
        ),
        (
            "Wi-Fi password: Guest-2026-x",
            "wifi-key",
            "Wi-Fi password: [redacted:wifi-key]",
        ),
        ("PIN: 4711", "pin", "PIN: [redacted:pin]"),
        (
            "your verification code is 482 913.",
            "one-time-code",
            "your verification code is [redacted:one-time-code].",
        ),
        (
            "postgres://app:s3cr@t!@db01/main",
            "url-password",
            "postgres://app:[redacted:url-password]@db01/main",
        ),
        (
            "card 4111 1111 1111 1111 12/27 123",
            "payment-card",
            "card [redacted:payment-card] 12/27 123",
        ),
        (
            "DE89 3704 0044 0532 0130 00 please",
            "iban",
            "[redacted:iban] please",
        ),
        (
            "Server=db;Pwd=abc123;Encrypt=true",
            "connection-string",
            "Server=db;Pwd=[redacted:connection-string];Encrypt=true",
        ),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIEvQ",
            "private-key",
            "[redacted:private-key]",
        ),
        (
            "a\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nb",
            "private-key",
            "a\n[redacted:private-key]\nb",
        ),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
        assert_eq!(redactor_once().redact(text).text, left);
    }
}

#[test]
fn every_kind_is_named() {
    let mut rng = Rng(7);
    for kind in secrets::kinds() {
        let messages: Vec<String> = (0..20)
            .map(|_| secrets::sample(kind, &mut rng).message)
            .collect();
        let others: Vec<&String> = messages
            .iter()
            .filter(|message| !redactor_once().redact(message).kinds.contains(&kind))
            .collect();
        assert!(others.len() <= 1, "{kind}: {others:#?}");
    }
}

/// One redactor for tests that need many calls.
fn redactor_once() -> &'static Redactor {
    static REDACTOR: std::sync::OnceLock<Redactor> = std::sync::OnceLock::new();
    REDACTOR.get_or_init(redactor)
}

#[test]
fn a_wrong_checksum_is_no_secret() {
    for text in [
        // Discord's form, but the first part holds letters instead of an id.
        "MTIzYWJjZGVmZ2hpamtsbW5vcA.abcdef.abcdefghijklmnopqrstuvwxyz1",
        "AKIAIOSFODNN7EXAMPLE",
        "eyJhbGciOiJIUzI1NiXXXXXX.eyJzdWIiOiIxMjM0NTY3ODkw.SflKxwRJSMeKKF2QT4",
        "111111-222222-333333-444444-555555-666666-777777-888889",
        "4111 1111 1111 1112",
        "order 4111111111111111",
        "<@4111111111111111>",
        "DE88 3704 0044 0532 0130 00",
        "XX89 3704 0044 0532 0130 00",
        "xoxo-hugs-and-kisses",
        "aws secret 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "npm_config_registry_with_a_long_name_that_goes_on",
        "http://host:8080\njoe@corp.example",
    ] {
        assert_eq!(kinds(text), "", "{text}");
    }
}

#[test]
fn lines_are_joined_only_for_tokens() {
    let token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let text = format!("it is\n{}\n{}\nThanks", &token[..17], &token[17..]);
    assert_eq!(
        redactor_once().redact(&text).text,
        "it is\n[redacted:github-token]\nThanks"
    );
    // Invisible characters, quotation marks and Windows' line ends are stepped over.
    let text = format!(
        "> {}\u{200b}{}\r\n> {}\r\n> Thanks",
        &token[..5],
        &token[5..20],
        &token[20..]
    );
    assert_eq!(
        redactor_once().redact(&text).text,
        "> [redacted:github-token]\r\n> Thanks"
    );
    // One number a line is a list.
    assert_eq!(kinds("41111111\n11111111"), "");
    assert_eq!(kinds("4111 1111\n1111 1111"), "payment-card");
}

#[test]
fn own_secrets_are_matched_literally() {
    let redactor = Redactor::new(&["correct.horse(battery)", "abc", "", "  "]);
    let redacted = redactor.redact("abc correct.horse(battery) abc, correct.hor\nse(battery)");
    assert_eq!(
        redacted.text,
        "abc [redacted:own-secret] abc, [redacted:own-secret]"
    );
    assert_eq!(redacted.kinds, [SecretKind::OwnSecret]);
    assert!(!format!("{redactor:?}").contains("horse"));
}

#[test]
fn kinds_come_once_in_the_order_of_the_text() {
    assert_eq!(
        kinds("pin: 4711, password: hunter2, pin: 4712"),
        "pin password"
    );
}

#[test]
fn redacting_twice_changes_nothing() {
    let mut rng = Rng(3);
    let kinds: Vec<SecretKind> = secrets::kinds().collect();
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..1 + rng.below(3) {
            let kind = kinds[rng.below(kinds.len())];
            text.push_str(&secrets::sample(kind, &mut rng).message);
            text.push_str(rng.pick(&["", " ", "\n", "password: "]));
        }
        let once = redactor_once().redact(&text);
        let twice = redactor_once().redact(&once.text);
        assert_eq!(twice.text, once.text, "{text}");
        assert_eq!(twice.kinds, []);
    }
}

/// Pieces of labels, separators, prefixes and odd characters in any order.
#[test]
fn odd_texts_are_cut_on_character_boundaries() {
    const PIECES: &[&str] = &[
        "password",
        "пароль",
        "密码",
        "パスワード",
        "pin",
        "token",
        "aws secret",
        "otp",
        "wifi key",
        "authorization: bearer ",
        ": ",
        "=",
        "：",
        " is ",
        " ist ",
        "->",
        "|",
        "||",
        "**",
        "`",
        "```",
        "\"",
        "“",
        "”",
        "'",
        "(",
        ")",
        "\n",
        "\r\n",
        "> ",
        " ",
        "\u{200b}",
        "\u{feff}",
        "\u{202e}",
        "\0",
        "é",
        "e\u{301}",
        "🔑",
        "👩‍💻",
        "İ",
        "ſ",
        "K",
        "hunter2",
        "Zürich#9",
        "密码1!",
        "[redacted:password]",
        "[redacted:",
        "]",
        "https://",
        "a:",
        "@",
        "/",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "ghp_",
        "eyJ",
        "xoxb-",
        "AKIA",
        "4111 1111 ",
        "1111",
        "DE89 3704 ",
        "0044 0532 0130 00",
        "123456-",
        "Q~",
        "AccountKey=",
        ";",
        "&a=",
        "0x",
        "${",
        "}",
        "<",
        ">",
        "%",
        "16C7e42F292c6912E7710c838347Ae178B4a",
    ];
    let mut rng = Rng(99);
    for _ in 0..1_500 {
        let text: String = (0..rng.below(14)).map(|_| rng.pick(PIECES)).collect();
        let once = redactor_once().redact(&text);
        assert_eq!(once.kinds.is_empty(), once.text == text, "{text:?}");
        assert_eq!(
            redactor_once().redact(&once.text).text,
            once.text,
            "{text:?}"
        );
    }
}

/// Near-misses of every pattern, repeated: the work grows with the length, and far less of it is needed than allowed.
#[test]
fn hostile_texts_stay_linear() {
    let jwt = format!("ey-{}.", "ey-J".repeat(10));
    for near_miss in [
        "password:",
        "pass:pass:",
        "password is ",
        "pw: wrong ",
        "password for a b c d ",
        "password (",
        "password: \"",
        "pin: ",
        "token=",
        "token=a1",
        "secretaccesskey",
        "secretaccesskey/",
        "aws aws ",
        "authorization=bearer ",
        "accountkey=",
        "AccountKey=;",
        "a://b:",
        "a://b:c",
        "://:",
        "ey-",
        "eyJ-eyJ.",
        "eyJhbGciOiJIUzI1NiX.",
        &jwt,
        "xoxb-",
        "xoxb-\n",
        "glpat-",
        "glpat-aaaaaaaaaaaaaaaaaaaaaaaa-",
        "glpat-aaaaaaaaaaaaaaaaaaaaaaaa.",
        "glpat-aaaaaaaaaaaaaaaaaaaaaaaa\n",
        "sk_live_aaaaaaaaaaaa\n",
        "sk-proj-",
        "hvs.",
        "ghp_",
        "ghp_a\n",
        "ghp_1aB\n1aB\n",
        "MTIz",
        "MTIz\n",
        "MTIzMTIzMTIzMTIzMTIzMTIzMT.aaaaaa.",
        "A3-AAAAAA-",
        "1Q~",
        "aaa1Q~",
        "SG.",
        "4",
        "4 ",
        "4111 1111 1111 1112 ",
        "123456-",
        "DE89 ",
        "DE12DE12",
        "DE12 ",
        "-----BEGIN PRIVATE KEY----",
        "-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY----- -----END PRIVATE KEY-----",
        "[redacted:",
        "[redacted:password]",
        "\u{200b}a",
        "a\n",
        "> a\n",
        "```a",
        "otp 123 ",
        "https://discord.com/api/webhooks/",
        "пароль: ",
        "AKIA",
        "AKIAAAAAAAAAAAAAAAAA ",
    ] {
        let [small, large] = [33_000, 66_000].map(|length| {
            let text = near_miss.repeat(length / near_miss.len());
            let mut work = Work::for_text(&text);
            let redacted = redactor_once().0.redact(&text, &mut work);
            assert!(
                !redacted.kinds.contains(&SecretKind::Unscanned),
                "{near_miss:?}"
            );
            work.walked
        });
        assert!(large <= 66_000 * 50, "{near_miss:?}: {large}");
        assert!(large <= small * 9 / 4, "{near_miss:?}: {small} -> {large}");
    }
}

#[test]
fn a_text_that_needs_too_much_work_is_not_let_through() {
    let text = "password: hunter2";
    let mut work = Work {
        walked: 0,
        allowed: 10,
    };
    let redacted = redactor_once().0.redact(text, &mut work);
    assert_eq!(redacted.text, "[redacted:unscanned]");
    assert_eq!(redacted.kinds, [SecretKind::Unscanned]);
}
