//! Secrets of every kind, made up, in the places where people paste them.

use data_encoding::BASE64URL_NOPAD;

use super::{Rng, SecretKind};

const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const URL64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BECH32: &str = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
const DIGITS: &str = "0123456789";
const HEX: &str = "0123456789abcdef";

/// A message with a secret in it.
pub(super) struct Sample {
    pub(super) kind: SecretKind,
    /// What must not be left.
    pub(super) secret: String,
    pub(super) message: String,
}

/// What is pasted: the secret, and what belongs around it for it to be one.
struct Pasted {
    before: String,
    secret: String,
    after: String,
    /// Where a line may break: anywhere, between groups, only before the secret, or nowhere.
    breaks: Breaks,
}

#[derive(Clone, Copy, PartialEq)]
enum Breaks {
    Anywhere,
    Groups,
    Before,
    Nowhere,
}

fn token(secret: String) -> Pasted {
    Pasted {
        before: String::new(),
        secret,
        after: String::new(),
        breaks: Breaks::Anywhere,
    }
}

fn labelled(before: &str, secret: String, after: &str) -> Pasted {
    Pasted {
        before: before.to_owned(),
        secret,
        after: after.to_owned(),
        breaks: Breaks::Before,
    }
}

/// The kinds of the samples, all that there are: own secrets have their own test.
pub(super) fn kinds() -> impl Iterator<Item = SecretKind> {
    SecretKind::ALL
        .iter()
        .copied()
        .filter(|kind| !matches!(kind, SecretKind::OwnSecret | SecretKind::Unscanned))
}

pub(super) fn sample(kind: SecretKind, rng: &mut Rng) -> Sample {
    let pasted = paste(kind, rng);
    let secret = pasted.secret.clone();
    Sample {
        kind,
        secret,
        message: embed(pasted, rng),
    }
}

fn embed(pasted: Pasted, rng: &mut Rng) -> String {
    let Pasted {
        before,
        secret,
        after,
        breaks,
    } = pasted;
    let opening = rng.pick(&[
        "Hi team, this one stopped working since Monday: ",
        "Can you check why it is refused? ",
        "I copied it from the old laptop, ",
        "",
        "Hallo, ich komme nicht weiter: ",
        "Ticket 4711 again (see 2026-11-02 10:15). ",
        "Bonjour, voici ce que j'utilise : ",
    ]);
    let closing = rng.pick(&[
        " and nothing happens.",
        ", thanks",
        ".",
        "",
        "\nThanks, Ana",
        " - can somebody reset that for me?",
        "\n\nBest regards\nJoão",
        " (since the update to 14.2.1)",
    ]);
    match rng.below(6) {
        0 | 1 => format!("{opening}{before}{secret}{after}{closing}"),
        2 => format!("{opening}\n```\n{before}{secret}{after}\n```\n{closing}"),
        3 => format!(
            "{opening}\n```ini\n[main]\nretries = 3\n{before}{secret}{after}\ntimeout = 30\n```{closing}"
        ),
        4 if breaks == Breaks::Before => {
            let before = before.trim_end();
            format!("{opening}\n{before}\n{secret}{after}\n{closing}")
        }
        4 | 5 if breaks == Breaks::Nowhere => {
            format!("{opening}`{before}{secret}{after}`{closing}")
        }
        4 => {
            let broken = broken(&secret, breaks, "\n", rng);
            format!("{opening}\n```\n{before}{broken}{after}\n```{closing}")
        }
        _ if breaks == Breaks::Before => format!("{opening}{before}`{secret}`{after}{closing}"),
        _ => {
            let broken = broken(
                &secret,
                breaks,
                rng.pick(&["\n", "\r\n", "\n> ", " \n  "]),
                rng,
            );
            format!("{opening}\n{before}{broken}{after}\n{closing}")
        }
    }
}

/// The secret over two or more lines.
fn broken(secret: &str, breaks: Breaks, line_break: &str, rng: &mut Rng) -> String {
    match breaks {
        Breaks::Groups => {
            let gaps: Vec<usize> = secret.match_indices([' ', '-']).map(|(at, _)| at).collect();
            if gaps.is_empty() {
                return secret.to_owned();
            }
            let at = gaps[rng.below(gaps.len())];
            let rest = &secret[at..];
            format!("{}{line_break}{}", &secret[..at], rest.trim_start())
        }
        Breaks::Before | Breaks::Nowhere => secret.to_owned(),
        Breaks::Anywhere => {
            let columns = if rng.below(2) == 0 {
                40
            } else {
                10 + rng.below(secret.len().saturating_sub(11).max(1))
            };
            let characters: Vec<char> = secret.chars().collect();
            characters
                .chunks(columns)
                .map(|line| line.iter().collect::<String>())
                .collect::<Vec<_>>()
                .join(line_break)
        }
    }
}

fn paste(kind: SecretKind, rng: &mut Rng) -> Pasted {
    match kind {
        SecretKind::OwnSecret | SecretKind::Unscanned => unreachable!("kinds() leaves them out"),
        SecretKind::PrivateKey => private_key(rng),
        SecretKind::DiscordToken => {
            let digits = 17 + rng.below(3);
            let id = format!("{}{}", 1 + rng.below(9), rng.string(DIGITS, digits - 1));
            token(format!(
                "{}.{}.{}",
                BASE64URL_NOPAD.encode(id.as_bytes()),
                rng.string(URL64, 6),
                rng.string_closed(URL64, 27 + 11 * (digits % 2)),
            ))
        }
        SecretKind::DiscordWebhook => token(format!(
            "https://{}discord{}.com/api/{}webhooks/1{}/{}",
            rng.pick(&["", "ptb.", "canary."]),
            rng.pick(&["", "app"]),
            rng.pick(&["", "v10/"]),
            rng.string(DIGITS, 18),
            rng.string_closed(URL64, 68)
        )),
        SecretKind::AwsKeyId => token(format!(
            "{}{}",
            rng.pick(&["AKIA", "ASIA"]),
            rng.string(BASE32, 16)
        )),
        SecretKind::AwsSecretKey => {
            let before = rng.pick(&[
                "aws_secret_access_key = ",
                "AWS_SECRET_ACCESS_KEY=",
                "SecretAccessKey: ",
                "my AWS secret is ",
            ]);
            Pasted {
                breaks: Breaks::Anywhere,
                ..labelled(before, rng.string(BASE64, 40), "")
            }
        }
        SecretKind::GithubToken => token(match rng.below(3) {
            0 => format!(
                "github_pat_{}_{}",
                rng.string(ALNUM, 22),
                rng.string(ALNUM, 59)
            ),
            _ => format!(
                "gh{}_{}",
                rng.pick(&["p", "o", "u", "s", "r"]),
                rng.string(ALNUM, 36)
            ),
        }),
        SecretKind::GitlabToken => token(format!("glpat-{}", rng.string_closed(URL64, 20))),
        SecretKind::SlackToken => token(format!(
            "xox{}-{}-{}-{}",
            rng.pick(&["b", "p", "a"]),
            rng.string(DIGITS, 12),
            rng.string(DIGITS, 13),
            rng.string(ALNUM, 24)
        )),
        SecretKind::SlackWebhook => token(format!(
            "https://hooks.slack.com/services/T{}/B{}/{}",
            rng.string(UPPER, 10),
            rng.string(UPPER, 10),
            rng.string(ALNUM, 24)
        )),
        SecretKind::TeamsWebhook => token(format!(
            "https://contoso.webhook.office.com/webhookb2/{}@{}/IncomingWebhook/{}/{}",
            uuid(rng),
            uuid(rng),
            rng.string(HEX, 32),
            uuid(rng)
        )),
        SecretKind::GoogleApiKey => token(format!("AIza{}", rng.string_closed(URL64, 35))),
        SecretKind::StripeKey => token(format!(
            "{}_live_{}",
            rng.pick(&["sk", "rk"]),
            rng.string(ALNUM, 24)
        )),
        SecretKind::OpenaiKey => token(match rng.below(2) {
            0 => format!("sk-proj-{}", rng.string_closed(URL64, 120)),
            _ => format!(
                "sk-{}T3BlbkFJ{}",
                rng.string(ALNUM, 20),
                rng.string(ALNUM, 20)
            ),
        }),
        SecretKind::AnthropicKey => token(format!("sk-ant-api03-{}AA", rng.string(URL64, 93))),
        SecretKind::NpmToken => token(format!("npm_{}", rng.string(ALNUM, 36))),
        SecretKind::PypiToken => token(format!(
            "pypi-AgEIcHlwaS5vcmc{}",
            rng.string_closed(URL64, 150)
        )),
        SecretKind::SendgridKey => token(format!(
            "SG.{}.{}",
            rng.string(URL64, 22),
            rng.string_closed(URL64, 43)
        )),
        SecretKind::AzureSecret => token(format!(
            "{}{}Q~{}",
            rng.string(ALNUM, 3),
            rng.string(DIGITS, 1),
            rng.string_closed(URL64, 34)
        )),
        SecretKind::VaultToken => token(format!("hvs.{}", rng.string_closed(URL64, 95))),
        SecretKind::AgeKey => token(format!("AGE-SECRET-KEY-1{}", rng.string(BECH32, 58))),
        SecretKind::OnePasswordKey => token(format!(
            "A3-{}-{}-{}-{}-{}-{}",
            rng.string(UPPER, 6),
            rng.string(UPPER, 6),
            rng.string(UPPER, 5),
            rng.string(UPPER, 5),
            rng.string(UPPER, 5),
            rng.string(UPPER, 5)
        )),
        SecretKind::Jwt => {
            let header = rng.pick(&[
                r#"{"alg":"HS256","typ":"JWT"}"#,
                r#"{"typ":"JWT","alg":"RS256","kid":"k1"}"#,
            ]);
            let claims = format!(
                r#"{{"sub":"{}","name":"Ana Lima","iat":17{}}}"#,
                rng.string(DIGITS, 10),
                rng.string(DIGITS, 8)
            );
            token(format!(
                "{}.{}.{}",
                BASE64URL_NOPAD.encode(header.as_bytes()),
                BASE64URL_NOPAD.encode(claims.as_bytes()),
                rng.string_closed(URL64, 43)
            ))
        }
        SecretKind::BitlockerKey => {
            let groups: Vec<String> = (0..8)
                .map(|_| format!("{:06}", rng.below(65_536) * 11))
                .collect();
            Pasted {
                breaks: Breaks::Groups,
                ..token(groups.join("-"))
            }
        }
        SecretKind::ConnectionString => match rng.below(3) {
            0 => labelled(
                "DefaultEndpointsProtocol=https;AccountName=files01;AccountKey=",
                format!("{}==", rng.string(BASE64, 86)),
                ";EndpointSuffix=core.windows.net",
            ),
            1 => labelled(
                "Server=sql01;Database=erp;User Id=app;Password=",
                password(rng).replace([';', '$', '{', '<', '*'], "-"),
                ";Encrypt=true",
            ),
            _ => labelled(
                "Endpoint=sb://bus01.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=",
                format!("{}=", rng.string(BASE64, 43)),
                "",
            ),
        },
        SecretKind::Authorization => {
            let before = rng.pick(&[
                "Authorization: Bearer ",
                "curl -H \"Authorization: token ",
                "authorization: Basic ",
                "'Authorization': 'Bot ",
            ]);
            let after = if before.contains('"') {
                "\" https://api.example.com"
            } else {
                ""
            };
            Pasted {
                breaks: Breaks::Nowhere,
                ..labelled(before, rng.string(ALNUM, 32), after)
            }
        }
        SecretKind::UrlPassword => {
            let before = rng.pick(&[
                "postgres://app:",
                "https://ana:",
                "smb://CORP;joe:",
                "redis://:",
                "ftp://backup:",
            ]);
            let secret =
                password(rng).replace(['/', '<', '>', '?', '@', '"', '\'', '`', '{', '$'], "-");
            Pasted {
                breaks: Breaks::Nowhere,
                ..labelled(before, secret, "@db01.corp.example/main")
            }
        }
        SecretKind::WifiKey => {
            let before = rng.pick(&[
                "wifi password: ",
                "WPA2 key = ",
                "Wi-Fi passphrase is ",
                "WLAN-Passwort: ",
                "WLAN-Schlüssel: ",
            ]);
            labelled(
                before,
                format!("{}{}", password(rng), rng.string(DIGITS, 2)),
                "",
            )
        }
        SecretKind::OneTimeCode => {
            let before = rng.pick(&[
                "my verification code is ",
                "OTP: ",
                "2FA code: ",
                "one-time password is ",
                "security code = ",
                "Bestätigungscode: ",
                "MFA code is ",
            ]);
            let length = 6 + 2 * rng.below(2);
            labelled(before, rng.string(DIGITS, length), "")
        }
        SecretKind::Pin => {
            let before = rng.pick(&["PIN: ", "my pin is ", "the PIN code is ", "phone pin = "]);
            let length = 4 + rng.below(4);
            labelled(before, rng.string(DIGITS, length), "")
        }
        SecretKind::Password => {
            let before = rng.pick(&[
                "password: ",
                "my password is ",
                "Password = ",
                "pwd: ",
                "pw: ",
                "user: jdoe pass: ",
                "the password for the VPN is ",
                "Passwort: ",
                "mein Passwort lautet ",
                "das Kennwort ist ",
                "mot de passe : ",
                "mi contraseña es ",
                "minha senha é ",
                "пароль: ",
                "密码：",
                "パスワード：",
                "DB_PASSWORD=",
                "password (VPN): ",
                "**Password:** ",
                "password -> ",
                "the new password was ",
                "| password | ",
                "passwd: ",
                "passphrase: ",
            ]);
            labelled(before, password(rng), "")
        }
        SecretKind::ApiKey => {
            let before = rng.pick(&[
                "API key: ",
                "api_key=",
                "client_secret = ",
                "access token: ",
                "\"auth_token\": ",
                "X_API_KEY=",
                "secret: ",
                "token=",
            ]);
            let secret = match rng.below(2) {
                0 => rng.string(ALNUM, 32),
                _ => rng.string(HEX, 40),
            };
            labelled(before, secret, "")
        }
        SecretKind::PaymentCard => {
            let card = card(rng);
            Pasted {
                breaks: Breaks::Groups,
                ..token(card)
            }
        }
        SecretKind::Iban => {
            let iban = iban(rng);
            Pasted {
                breaks: Breaks::Groups,
                ..token(iban)
            }
        }
    }
}

/// Passwords as people have them: words with digits and symbols, or random ones.
pub(super) fn password(rng: &mut Rng) -> String {
    let word = rng.pick(&[
        "Summer", "Winter", "dragon", "Monkey", "Munich", "sunshine", "Welcome", "Passw0rd",
        "Charlie", "qwerty", "Contoso", "hunter", "Benfica",
    ]);
    match rng.below(6) {
        0 => format!(
            "{word}{}{}",
            2000 + rng.below(30),
            rng.pick(&["!", "#", "", "$", "!!"])
        ),
        1 => format!("{word}{}", rng.below(900) + 10),
        2 => rng.string(ALNUM, 12),
        3 => format!(
            "{}{}",
            rng.string(ALNUM, 6),
            rng.string("!#%&*+=?@^~-_", 1) + &rng.string(ALNUM, 7)
        ),
        4 => format!(
            "{}@{}{}",
            rng.pick(&["P", "Adm", "r00t", "Te"]),
            rng.pick(&["ssw0rd", "min", "ster", "ana"]),
            rng.below(1000)
        ),
        _ => format!(
            "{}-{}-{}-{}",
            rng.string(ALNUM, 4),
            rng.string(ALNUM, 5),
            rng.string(ALNUM, 4),
            10 + rng.below(89)
        ),
    }
}

fn private_key(rng: &mut Rng) -> Pasted {
    let name = rng.pick(&[
        "RSA PRIVATE KEY",
        "PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "EC PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
    ]);
    let lines: Vec<String> = (0..3 + rng.below(12))
        .map(|_| rng.string(BASE64, 64))
        .collect();
    let body = lines.join(rng.pick(&["\n", "\r\n", "\\n"]));
    // Every third key is cut off before its end.
    let ending = if rng.below(3) == 0 {
        String::new()
    } else {
        format!("\n-----END {name}-----")
    };
    Pasted {
        before: format!("-----BEGIN {name}-----\n"),
        secret: body,
        after: ending,
        breaks: Breaks::Before,
    }
}

fn uuid(rng: &mut Rng) -> String {
    [8, 4, 4, 4, 12]
        .map(|length| rng.string(HEX, length))
        .join("-")
}

/// A card number of a brand, with its check digit, in groups or not.
pub(super) fn card(rng: &mut Rng) -> String {
    let (prefix, length) = [
        ("4", 16),
        ("51", 16),
        ("55", 16),
        ("2223", 16),
        ("34", 15),
        ("37", 15),
        ("6011", 16),
        ("3530", 16),
        ("36", 14),
    ][rng.below(9)];
    let mut digits = format!("{prefix}{}", rng.string(DIGITS, length - 1 - prefix.len()));
    let sum: usize = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = usize::from(byte - b'0');
            if place % 2 == 1 {
                digit
            } else {
                (2 * digit) % 10 + digit / 5
            }
        })
        .sum();
    digits.push_str(&((10 - sum % 10) % 10).to_string());
    let groups: &[usize] = match length {
        15 => &[4, 6, 5],
        14 => &[4, 6, 4],
        _ => &[4, 4, 4, 4],
    };
    match rng.below(3) {
        0 => digits,
        1 => in_groups(&digits, groups, " "),
        _ => in_groups(&digits, groups, "-"),
    }
}

fn in_groups(text: &str, groups: &[usize], between: &str) -> String {
    let mut rest = text;
    let mut parts = Vec::new();
    for group in groups {
        let (part, after) = rest.split_at((*group).min(rest.len()));
        parts.push(part);
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts.retain(|part| !part.is_empty());
    parts.join(between)
}

/// A bank account number with its check digits, in groups of four or not.
fn iban(rng: &mut Rng) -> String {
    let (country, account) = match rng.below(4) {
        0 => ("DE", rng.string(DIGITS, 18)),
        1 => (
            "GB",
            format!(
                "{}{}",
                rng.string("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4),
                rng.string(DIGITS, 14)
            ),
        ),
        2 => ("FR", rng.string(DIGITS, 23)),
        _ => ("PT", rng.string(DIGITS, 21)),
    };
    let value = format!("{account}{country}00")
        .chars()
        .fold(0u32, |rest, sign| {
            let digit = sign.to_digit(36).unwrap_or_default();
            (rest * if digit > 9 { 100 } else { 10 } + digit) % 97
        });
    let iban = format!("{country}{:02}{account}", 98 - value);
    match rng.below(2) {
        0 => iban,
        _ => in_groups(&iban, &[4; 8], " "),
    }
}
