//! The kinds of secrets, and how their places are marked.

use std::fmt;

/// Opens every mark that stands where a secret was.
const MARK_OPENS: &str = "[redacted:";

/// Declares the kinds once: variant, name and meaning stay together.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// What kind of secret was found. Displayed as a short kebab-case name, which is also what is stored.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum SecretKind {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl SecretKind {
            /// Every kind, in the order of declaration.
            pub const ALL: &'static [SecretKind] = &[$(SecretKind::$variant,)+];

            /// The kind's name, as it stands in a mark and in the database.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(SecretKind::$variant => $name,)+
                }
            }
        }
    };
}

kinds! {
    /// One of the desk's own secrets: its token, or another configured one.
    OwnSecret = "own-secret",
    /// A private key in PEM, OpenSSH, PGP or PuTTY form.
    PrivateKey = "private-key",
    /// A Discord bot or user token.
    DiscordToken = "discord-token",
    /// The address of a Discord webhook, which is all one needs to post there.
    DiscordWebhook = "discord-webhook",
    /// The id of an AWS access key.
    AwsKeyId = "aws-key-id",
    /// An AWS secret access key.
    AwsSecretKey = "aws-secret-key",
    /// A GitHub token of any sort.
    GithubToken = "github-token",
    /// A GitLab access token.
    GitlabToken = "gitlab-token",
    /// A Slack token.
    SlackToken = "slack-token",
    /// The address of a Slack webhook or workflow trigger.
    SlackWebhook = "slack-webhook",
    /// The address of a Microsoft Teams webhook.
    TeamsWebhook = "teams-webhook",
    /// A Google API key.
    GoogleApiKey = "google-api-key",
    /// A Stripe secret or restricted key.
    StripeKey = "stripe-key",
    /// An OpenAI key.
    OpenaiKey = "openai-key",
    /// An Anthropic key.
    AnthropicKey = "anthropic-key",
    /// An npm token.
    NpmToken = "npm-token",
    /// A PyPI upload token.
    PypiToken = "pypi-token",
    /// A SendGrid key.
    SendgridKey = "sendgrid-key",
    /// A client secret of an application in Microsoft Entra ID (Azure AD).
    AzureSecret = "azure-secret",
    /// A HashiCorp Vault service token.
    VaultToken = "vault-token",
    /// A secret key of the age encryption tool.
    AgeKey = "age-key",
    /// The secret key of a 1Password account.
    OnePasswordKey = "1password-key",
    /// A JSON Web Token.
    Jwt = "jwt",
    /// The recovery key of a BitLocker volume.
    BitlockerKey = "bitlocker-key",
    /// The key or password inside a connection string.
    ConnectionString = "connection-string",
    /// The credentials of an Authorization header.
    Authorization = "authorization",
    /// The password inside a URL.
    UrlPassword = "url-password",
    /// The password of a wireless network.
    WifiKey = "wifi-key",
    /// A one-time or verification code.
    OneTimeCode = "one-time-code",
    /// A personal identification number that is called one.
    Pin = "pin",
    /// A password that is called one.
    Password = "password",
    /// A random string that is called a key, token or secret.
    ApiKey = "api-key",
    /// A payment card number.
    PaymentCard = "payment-card",
    /// An international bank account number.
    Iban = "iban",
    /// A whole text that could not be looked through within the bounds of work (see `Redactor::redact`).
    Unscanned = "unscanned",
}

impl SecretKind {
    /// What people call it: "github token".
    pub fn in_words(self) -> String {
        self.as_str().replace('-', " ")
    }

    /// What stands in a text where a secret of this kind was.
    pub(super) fn mark(self) -> String {
        format!("{MARK_OPENS}{self}]")
    }
}

impl fmt::Display for SecretKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where the first mark in `text` begins. What only looks like a mark, but names no kind, is none.
pub(super) fn first_mark(text: &str) -> Option<usize> {
    text.match_indices(MARK_OPENS).map(|(at, _)| at).find(|at| {
        let name = &text[at + MARK_OPENS.len()..];
        SecretKind::ALL.iter().any(|kind| {
            name.strip_prefix(kind.as_str())
                .is_some_and(|rest| rest.starts_with(']'))
        })
    })
}
