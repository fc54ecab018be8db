//! What to look for: the table of patterns, after the token formats that the vendors document.
//!
//! The patterns hold no groups and no word boundaries: a match is either a whole token or a label, and
//! `checks` and `labels` say which part of it, or after it, is the secret. This keeps
//! all of them inside the fast part of the regex engine. Where two patterns find the same characters, the upper names
//! them.

use std::ops::Range;

use super::checks;
use super::kind::SecretKind;
use super::labels;
use super::view::View;

/// One format of a secret.
pub(super) struct Pattern {
    pub(super) kind: SecretKind,
    pub(super) regex: &'static str,
    pub(super) reach: Reach,
    /// What must be true of a match, and where in the view the secret then is.
    pub(super) check: fn(&View<'_>, Range<usize>) -> Option<Range<usize>>,
}

/// What a match of a pattern is.
pub(super) enum Reach {
    /// The token itself, which begins where a word begins and may be broken over lines. After a match that fails its
    /// check the search goes on where the next word begins; the characters in `glue` hold words together there.
    Token { glue: &'static str },
    /// Like a token, but with a length that its check knows.
    Number,
    /// What stands before the secret.
    Label {
        /// Whether the label may begin inside a word.
        inside_words: bool,
        /// Whether the secret may be broken over lines.
        broken: bool,
    },
    /// The opening line of a private key.
    Key,
}

impl Reach {
    pub(super) fn crosses_lines(&self) -> bool {
        matches!(
            self,
            Reach::Token { .. } | Reach::Number | Reach::Label { broken: true, .. }
        )
    }

    pub(super) fn begins_anywhere(&self) -> bool {
        matches!(
            self,
            Reach::Key
                | Reach::Label {
                    inside_words: true,
                    ..
                }
        )
    }

    /// How far the check looks beyond a match, in bytes.
    pub(super) fn looks_ahead(&self) -> usize {
        match self {
            Reach::Label { .. } => labels::LOOKED_AT,
            Reach::Token { .. } | Reach::Number | Reach::Key => 0,
        }
    }

    /// Where to go on after a match that was not a secret.
    pub(super) fn resume(&self, view: &View<'_>, found: &Range<usize>, may_begin: bool) -> usize {
        match self {
            // Joined lines may be one long match, with a possible beginning at each seam: none is tried twice.
            Reach::Token { .. } if may_begin && view.is_joined() => found.end,
            Reach::Token { glue } if may_begin => view.next_beginning(found.start, found.end, glue),
            Reach::Token { .. } | Reach::Number => view.next_beginning(found.start, found.end, ""),
            Reach::Label { .. } | Reach::Key => found.end,
        }
    }
}

const TOKEN: Reach = Reach::Token { glue: "" };
const HYPHENATED: Reach = Reach::Token { glue: "-" };
const LABEL: Reach = Reach::Label {
    inside_words: false,
    broken: false,
};
const LABEL_PART: Reach = Reach::Label {
    inside_words: true,
    broken: false,
};
const LABEL_OF_TOKEN: Reach = Reach::Label {
    inside_words: true,
    broken: true,
};

const fn pattern(
    kind: SecretKind,
    reach: Reach,
    regex: &'static str,
    check: fn(&View<'_>, Range<usize>) -> Option<Range<usize>>,
) -> Pattern {
    Pattern {
        kind,
        regex,
        reach,
        check,
    }
}

/// Ends a private key.
pub(super) const KEY_ENDS: &str =
    r"-----END[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----|Private-MAC: [0-9a-f]{40,64}";

/// Every pattern; more specific ones first.
pub(super) const PATTERNS: &[Pattern] = &[
    pattern(
        SecretKind::PrivateKey,
        Reach::Key,
        r"-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[0-9]: ",
        checks::whole,
    ),
    pattern(
        SecretKind::DiscordToken,
        HYPHENATED,
        r"[MNO][DTjz][AEIMQUYcgk][w-z0-5][A-Za-z0-9_-]{19,24}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}",
        checks::discord_token,
    ),
    pattern(
        SecretKind::DiscordWebhook,
        TOKEN,
        r"(?i)https?://(?:(?:ptb|canary)\.)?discord(?:app)?\.com/api(?:/v[0-9]{1,2})?/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,}",
        checks::whole,
    ),
    pattern(
        SecretKind::AwsKeyId,
        TOKEN,
        r"(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
        checks::aws_key_id,
    ),
    pattern(
        SecretKind::AwsSecretKey,
        LABEL_OF_TOKEN,
        r"(?i)aws[^\n]{0,20}?secret|secret[_ -]?access[_ -]?key|(?-i:(?:AKIA|ASIA)[A-Z2-7]{16})",
        labels::aws_secret,
    ),
    pattern(
        SecretKind::GithubToken,
        TOKEN,
        r"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{82,}",
        checks::whole,
    ),
    pattern(
        SecretKind::GitlabToken,
        Reach::Token { glue: "-." },
        r"glpat-[A-Za-z0-9_.-]{20,}",
        checks::random,
    ),
    pattern(
        SecretKind::SlackToken,
        HYPHENATED,
        r"xox[abeoprs]-[0-9][A-Za-z0-9-]{9,}",
        checks::whole,
    ),
    pattern(
        SecretKind::SlackWebhook,
        TOKEN,
        r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{43,}",
        checks::whole,
    ),
    pattern(
        SecretKind::TeamsWebhook,
        TOKEN,
        r"https://[a-z0-9-]{1,40}\.webhook\.office\.com/webhookb2/[A-Za-z0-9@/-]{60,}",
        checks::whole,
    ),
    pattern(
        SecretKind::GoogleApiKey,
        TOKEN,
        r"AIza[A-Za-z0-9_-]{35}",
        checks::whole,
    ),
    pattern(
        SecretKind::StripeKey,
        TOKEN,
        r"(?:sk|rk)_(?:test|live|prod)_[A-Za-z0-9]{10,}",
        checks::random,
    ),
    pattern(
        SecretKind::AnthropicKey,
        HYPHENATED,
        r"sk-ant-[a-z]{2,8}[0-9]{2}-[A-Za-z0-9_-]{80,}",
        checks::whole,
    ),
    pattern(
        SecretKind::OpenaiKey,
        HYPHENATED,
        r"sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}",
        checks::random,
    ),
    pattern(
        SecretKind::NpmToken,
        TOKEN,
        r"npm_[A-Za-z0-9]{36}",
        checks::word,
    ),
    pattern(
        SecretKind::PypiToken,
        HYPHENATED,
        r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}",
        checks::whole,
    ),
    pattern(
        SecretKind::SendgridKey,
        HYPHENATED,
        r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
        checks::whole,
    ),
    pattern(
        SecretKind::AzureSecret,
        Reach::Token { glue: "~.-" },
        r"[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}",
        checks::word,
    ),
    pattern(
        SecretKind::VaultToken,
        HYPHENATED,
        r"hv[sb]\.[A-Za-z0-9_-]{24,}",
        checks::random,
    ),
    pattern(
        SecretKind::AgeKey,
        TOKEN,
        r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
        checks::whole,
    ),
    pattern(
        SecretKind::OnePasswordKey,
        TOKEN,
        r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}",
        checks::word,
    ),
    pattern(
        SecretKind::Jwt,
        HYPHENATED,
        r"ey[A-J][A-Za-z0-9_-]{16,}\.ey[A-J][A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{10,}={0,2}",
        checks::jwt,
    ),
    pattern(
        SecretKind::BitlockerKey,
        Reach::Number,
        r"[0-9]{6}(?: ?- ?[0-9]{6}){7}",
        checks::bitlocker_key,
    ),
    pattern(
        SecretKind::ConnectionString,
        LABEL_OF_TOKEN,
        r"(?i)(?:AccountKey|SharedAccessKey|SharedAccessSignature)\s{0,2}=|;\s{0,2}(?:password|pwd)\s{0,2}=",
        labels::connection_value,
    ),
    pattern(
        SecretKind::Authorization,
        LABEL_OF_TOKEN,
        r#"(?i)authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:basic|bearer|bot|token)\s{1,3}"#,
        labels::credentials,
    ),
    pattern(
        SecretKind::UrlPassword,
        LABEL_OF_TOKEN,
        r#"[A-Za-z]://[^\s/:@"'`<>]{0,60}:"#,
        labels::url_password,
    ),
    pattern(
        SecretKind::WifiKey,
        LABEL,
        r"(?i)(?:wpa[23]?|wi-?fi|wlan|w-lan)[- ]?(?:psk|key|passwort|pass(?:word|phrase|code)?|kennwort|schlüssel)|network security key",
        labels::wifi_key,
    ),
    pattern(
        SecretKind::OneTimeCode,
        LABEL,
        r"(?i)(?:(?:otp|totp|2fa|mfa|one[- ]?time|verification|verify|security|authenticat(?:or|ion)|log-?in|sign-?in|recovery|sms)[ -]?(?:code|pin|password|passcode)|otp|2fa|mfa|einmal(?:code|kennwort|passwort)|(?:bestätigungs|sicherheits|anmelde)code|code de (?:vérification|sécurité)|código de (?:verificación|seguridad|verificação|segurança)|код подтверждения|验证码|認証コード)",
        labels::one_time_code,
    ),
    pattern(
        SecretKind::Pin,
        LABEL,
        r"(?i)pin(?:[ -]?(?:code|number|nummer))?",
        labels::pin,
    ),
    pattern(
        SecretKind::Password,
        LABEL_PART,
        r"(?i)passwords?|passwd|passphrase|passcode|passwort|kennwort|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord|парол[ьяю]|密码|密碼|パスワード",
        labels::password,
    ),
    pattern(
        SecretKind::Password,
        LABEL,
        r"(?i)pass|pwd|pw|pswd|mdp",
        labels::password,
    ),
    pattern(
        SecretKind::ApiKey,
        LABEL_OF_TOKEN,
        r"(?i)(?:api|access|auth|secret|client|private|bot|app(?:lication)?|refresh|bearer|signing|deploy|webhook|encryption|license|session)[ _-]?(?:key|token|secret)|api[ _-]?schlüssel",
        labels::api_key,
    ),
    pattern(
        SecretKind::ApiKey,
        Reach::Label {
            inside_words: false,
            broken: true,
        },
        r"(?i)token|secret",
        labels::api_key,
    ),
    pattern(
        SecretKind::PaymentCard,
        Reach::Number,
        r"[0-9](?:[ -]?[0-9]){13,18}",
        checks::payment_card,
    ),
    pattern(
        SecretKind::Iban,
        Reach::Number,
        r"[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,30}",
        checks::iban,
    ),
];
