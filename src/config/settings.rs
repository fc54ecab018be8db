//! The table of settings. `.env.example` and the README's table say the same, and a test keeps it so.

/// One setting, as data.
#[derive(Debug)]
pub struct Setting {
    /// The name of the environment variable.
    pub name: &'static str,
    /// What it does, in one or two sentences.
    pub about: &'static str,
    /// Which values are right, as it continues the sentence "expected …".
    pub expects: &'static str,
    /// What holds when it is not set. `None`: nothing does.
    pub default: Option<&'static str>,
    /// A value as somebody might write it.
    pub example: &'static str,
    /// Whether its value must never be shown.
    pub secret: bool,
}

/// Every setting, in the order in which they are explained and in which faults are reported.
pub const SETTINGS: &[&Setting] = &[
    &DISCORD_TOKEN,
    &DISCORD_TOKEN_FILE,
    &DATABASE,
    &KB,
    &TABLE,
    &ENCODER,
    &LOG,
    &LOG_FORMAT,
    &ASKS_PER_MINUTE,
    &GUILD_ASKS_PER_MINUTE,
    &OPENINGS_PER_10_MINUTES,
    &OPENINGS_PER_DAY,
    &OPEN_TICKETS_MAX,
    &FILE_MEGABYTES,
    &DISCORD_API,
];

/// What a limit expects: all of them expect the same.
const A_LIMIT: &str = "a whole number from 0 to 4294967295";

/// The bot's token.
pub const DISCORD_TOKEN: Setting = Setting {
    name: "DISCORD_TOKEN",
    about: "The bot's token. `run` needs it, or DISCORD_TOKEN_FILE.",
    expects: "the bot's token: three parts joined by dots",
    default: None,
    example: "MTIz….Gh….xyz",
    secret: true,
};

/// A file that holds the bot's token.
pub const DISCORD_TOKEN_FILE: Setting = Setting {
    name: "DISCORD_TOKEN_FILE",
    about: "A file that holds the token and nothing else, instead of DISCORD_TOKEN. Only its owner may read it (mode 0600).",
    expects: "the path of a file that only its owner may read (mode 0600) and that holds the bot's token",
    default: None,
    example: "/run/secrets/discord_token",
    secret: false,
};

/// Where the desk's memory lies.
pub const DATABASE: Setting = Setting {
    name: "DESKHAND_DATABASE",
    about: "The SQLite file with everything that the desk remembers. It is made when it does not exist; keep it on a disk that survives a restart.",
    expects: "the path of a file, existing or not, in a folder that exists",
    default: Some("deskhand.sqlite"),
    example: "/var/lib/deskhand/deskhand.sqlite",
    secret: false,
};

/// Where the articles lie.
pub const KB: Setting = Setting {
    name: "DESKHAND_KB",
    about: "The folder with the knowledge base: Markdown articles that `/ask` answers from.",
    expects: "the path of a folder with Markdown articles",
    default: Some("kb"),
    example: "/srv/company/kb",
    secret: false,
};

/// What words mean.
pub const TABLE: Setting = Setting {
    name: "DESKHAND_TABLE",
    about: "A table of what words mean that `deskhand kb learn` has made from your own questions, instead of the one that comes with Deskhand.",
    expects: "the path of a file that `deskhand kb learn` has written",
    default: None,
    example: "/srv/company/words.table",
    secret: false,
};

/// Where the encoder lies.
pub const ENCODER: Setting = Setting {
    name: "DESKHAND_ENCODER",
    about: "The folder that `deskhand kb encoder add` puts the encoder into, and where what it read is kept. Without an encoder in it, questions are answered without one.",
    expects: "the path of a folder, existing or not",
    default: Some("data/encoder"),
    example: "/var/lib/deskhand/encoder",
    secret: false,
};

/// How much is logged.
pub const LOG: Setting = Setting {
    name: "DESKHAND_LOG",
    about: "How much is logged: a level, or levels for parts of the program.",
    expects: "error, warn, info, debug or trace, or a list such as warn,deskhand=debug",
    default: Some("warn,deskhand=info"),
    example: "warn,deskhand=debug",
    secret: false,
};

/// In which form it is logged.
pub const LOG_FORMAT: Setting = Setting {
    name: "DESKHAND_LOG_FORMAT",
    about: "`text` for people, `json` for one JSON object a line.",
    expects: "text or json",
    default: Some("text"),
    example: "json",
    secret: false,
};

/// Questions of one person.
pub const ASKS_PER_MINUTE: Setting = Setting {
    name: "DESKHAND_ASKS_PER_MINUTE",
    about: "How many questions one person may ask in a minute. 0 lifts the limit.",
    expects: A_LIMIT,
    default: Some("10"),
    example: "20",
    secret: false,
};

/// Questions in one server.
pub const GUILD_ASKS_PER_MINUTE: Setting = Setting {
    name: "DESKHAND_GUILD_ASKS_PER_MINUTE",
    about: "How many questions one server may ask in a minute. 0 lifts the limit.",
    expects: A_LIMIT,
    default: Some("60"),
    example: "200",
    secret: false,
};

/// Tickets of one person in a short time.
pub const OPENINGS_PER_10_MINUTES: Setting = Setting {
    name: "DESKHAND_OPENINGS_PER_10_MINUTES",
    about: "How many tickets one person may open in ten minutes. 0 lifts the limit.",
    expects: A_LIMIT,
    default: Some("3"),
    example: "5",
    secret: false,
};

/// Tickets of one person in a day.
pub const OPENINGS_PER_DAY: Setting = Setting {
    name: "DESKHAND_OPENINGS_PER_DAY",
    about: "How many tickets one person may open in 24 hours. 0 lifts the limit.",
    expects: A_LIMIT,
    default: Some("10"),
    example: "20",
    secret: false,
};

/// Tickets of one person at once.
pub const OPEN_TICKETS_MAX: Setting = Setting {
    name: "DESKHAND_OPEN_TICKETS_MAX",
    about: "How many tickets one person may have open at the same time. 0 lifts the limit.",
    expects: A_LIMIT,
    default: Some("10"),
    example: "25",
    secret: false,
};

/// The largest file that is kept.
pub const FILE_MEGABYTES: Setting = Setting {
    name: "DESKHAND_FILE_MEGABYTES",
    about: "How large a file may be that people attach to a ticket, in megabytes, for the desk to keep a copy of it beside its database, in the folder `files`. 0 keeps none.",
    expects: A_LIMIT,
    default: Some("25"),
    example: "10",
    secret: false,
};

/// Where a stand-in for Discord answers.
pub const DISCORD_API: Setting = Setting {
    name: "DISCORD_API",
    about: "Only for tests: the base address of a stand-in for Discord, such as `deskhand standin` prints. When it is set, the bot talks to that address instead of Discord, and does not slow itself down for Discord's rate limits.",
    expects: "an https address, or an http address on this machine, without a path",
    default: None,
    example: "http://127.0.0.1:8787",
    secret: false,
};
