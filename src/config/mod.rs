//! The settings: read once, at the start, from the environment and from `.env`, and handed on as values. A leaf: it
//! uses no other room.
//!
//! Whatever is wrong is reported at once, not one fault a start. Read `settings` (the table) first, then this file
//! (from texts to values), then `token`, `dotenv`, `faults` and `secret`.

mod dotenv;
mod faults;
mod secret;
pub mod settings;
mod token;

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

pub use faults::{Fault, Faults};
pub use secret::Secret;
use settings::{SETTINGS, Setting};
use token::{
    A_TOKEN, WHERE_THE_TOKEN_IS, application_id_of, fault_of_token, looks_like_a_token, shown,
};

/// All settings, as values. What the subcommand does not need holds its default and was not judged.
#[derive(Clone, Debug)]
pub struct Config {
    /// The bot's token, without the `Bot ` prefix. `Some` whenever it was read for [`Needs::Run`].
    pub token: Option<Secret>,
    /// The database file.
    pub database: PathBuf,
    /// The folder of articles.
    pub kb: PathBuf,
    /// A table of what words mean, instead of the built-in one.
    pub table: Option<PathBuf>,
    /// The folder of the encoder, which may not be there.
    pub encoder: PathBuf,
    /// A filter that `tracing_subscriber::EnvFilter` accepts.
    pub log: String,
    /// The form of the log.
    pub log_format: LogFormat,
    /// How much one person, or one server, may ask for.
    pub limits: Limits,
    /// The base address of a stand-in, without a slash at its end; `None` for Discord itself.
    pub api: Option<String>,
}

/// What a subcommand does with the settings; what it does not use cannot be at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The bot on Discord: everything, the token above all.
    Run,
    /// The bot on its own stand-in: everything but the token and the address of an outer stand-in.
    Try,
    /// The knowledge base.
    Knowledge,
    /// The token if there is one, to know the application by.
    Application,
    /// Nothing but the log.
    Log,
}

/// In which form log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The limits against floods (`SECURITY` A19). `None` means that there is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Questions of one person in a minute.
    pub asks_per_minute: Option<NonZeroU32>,
    /// Questions in one server in a minute.
    pub guild_asks_per_minute: Option<NonZeroU32>,
    /// Tickets that one person opens in ten minutes.
    pub openings_per_10_minutes: Option<NonZeroU32>,
    /// Tickets that one person opens in 24 hours.
    pub openings_per_day: Option<NonZeroU32>,
    /// Tickets of one person that are open at the same time.
    pub open_tickets_max: Option<NonZeroU32>,
    /// The largest file that is kept, in megabytes. `None` means that none is: there is no keeping without a limit.
    pub file_megabytes: Option<NonZeroU32>,
}

impl Config {
    /// Reads the settings of this process: `given` (what the command line says) before the environment, and the
    /// environment before `.env` in the working folder.
    ///
    /// # Errors
    /// Everything that is wrong with the settings which `needs` asks for, and with `.env`.
    pub fn from_env(needs: Needs, given: &[(&Setting, String)]) -> Result<Self, Faults> {
        let (file, mut faults) = dotenv::read(Path::new(".env"));
        let lookup = |name: &str| {
            given
                .iter()
                .find(|(setting, _)| setting.name == name)
                .map(|(_, value)| value.clone())
                .or_else(|| Some(std::env::var_os(name)?.to_string_lossy().into_owned()))
                .or_else(|| file.value(name))
        };
        if needs.reads_token() && std::env::var_os(settings::DISCORD_TOKEN.name).is_none() {
            faults.extend(file.fault_of_open_secrets());
        }
        match Self::read(needs, &lookup) {
            Ok(config) if faults.is_empty() => Ok(config),
            Ok(_) => Err(Faults(faults)),
            Err(Faults(others)) => {
                faults.extend(others);
                Err(Faults(faults))
            }
        }
    }

    /// Reads the settings that `lookup` finds by name. Looks at the file system (does the folder exist, what is in the
    /// token's file), and nowhere else.
    ///
    /// # Errors
    /// Everything that is wrong with the settings which `needs` asks for.
    pub fn read(needs: Needs, lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        let mut reader = Reader {
            lookup,
            faults: Vec::new(),
        };
        let config = Self {
            token: needs
                .reads_token()
                .then(|| reader.token(needs == Needs::Run))
                .flatten(),
            database: reader.path(
                &settings::DATABASE,
                needs.reads_database(),
                Self::fault_of_database,
            ),
            kb: reader.path(
                &settings::KB,
                needs.reads_knowledge(),
                Self::fault_of_folder,
            ),
            table: needs
                .reads_knowledge()
                .then(|| reader.file(&settings::TABLE))
                .flatten(),
            encoder: reader.path(&settings::ENCODER, false, Self::fault_of_folder),
            log: reader.log_filter(),
            log_format: reader.log_format(),
            limits: if needs.reads_limits() {
                reader.limits()
            } else {
                Limits::default()
            },
            api: (needs == Needs::Run).then(|| reader.api()).flatten(),
        };
        if reader.faults.is_empty() {
            Ok(config)
        } else {
            Err(Faults(reader.faults))
        }
    }

    /// The application's id, which is the first part of the token.
    pub fn application_id(&self) -> Option<u64> {
        application_id_of(self.token.as_ref()?.expose())
    }

    fn fault_of_database(path: &Path) -> Option<(String, String)> {
        if path.is_dir() {
            return Some((
                format!("{path:?}, which is a folder"),
                "add a file name to the path".to_owned(),
            ));
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())?;
        (!folder.is_dir()).then(|| {
            (
                format!("{path:?}, but there is no folder {folder:?}"),
                format!(
                    "make the folder (mkdir -p {}), or name another file",
                    folder.display()
                ),
            )
        })
    }

    fn fault_of_folder(path: &Path) -> Option<(String, String)> {
        let what_to_do = "name the folder that holds the articles, or start Deskhand in the folder that holds kb/";
        if path.is_dir() {
            None
        } else if path.exists() {
            Some((
                format!("{path:?}, which is not a folder"),
                what_to_do.to_owned(),
            ))
        } else {
            Some((
                format!("{path:?}, which does not exist"),
                what_to_do.to_owned(),
            ))
        }
    }
}

impl Needs {
    fn reads_token(self) -> bool {
        matches!(self, Self::Run | Self::Application)
    }

    fn reads_database(self) -> bool {
        matches!(self, Self::Run | Self::Try)
    }

    fn reads_knowledge(self) -> bool {
        matches!(self, Self::Run | Self::Try | Self::Knowledge)
    }

    fn reads_limits(self) -> bool {
        matches!(self, Self::Run | Self::Try)
    }
}

impl Default for Limits {
    /// The defaults of the table of settings.
    fn default() -> Self {
        Reader {
            lookup: &|_| None,
            faults: Vec::new(),
        }
        .limits()
    }
}

/// Turns texts into values and gathers what is wrong with them.
struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// The value as it was set. An empty one counts as not set: `.env.example` is full of them.
    fn set(&self, setting: &Setting) -> Option<String> {
        let value = (self.lookup)(setting.name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// The value as it was set, or else its default.
    fn value(&self, setting: &Setting) -> String {
        self.set(setting)
            .or_else(|| setting.default.map(str::to_owned))
            .unwrap_or_default()
    }

    /// Notes a fault. Whoever pastes the token into the wrong setting must not read it in the log, so this looks at
    /// every text that goes out.
    fn fault(&mut self, setting: &Setting, found: impl Into<String>, remedy: impl Into<String>) {
        let (mut found, mut remedy) = (found.into(), remedy.into());
        if looks_like_a_token(&found) || looks_like_a_token(&remedy) || found == A_TOKEN {
            found = A_TOKEN.to_owned();
            remedy = "write the token into DISCORD_TOKEN and, if anybody else may have read it here, reset it".to_owned();
        }
        self.faults.push(Fault {
            setting: setting.name.to_owned(),
            found,
            expected: setting.expects.to_owned(),
            remedy,
        });
    }

    fn path(
        &mut self,
        setting: &Setting,
        judged: bool,
        fault_of: fn(&Path) -> Option<(String, String)>,
    ) -> PathBuf {
        let value = self.value(setting);
        let path = PathBuf::from(&value);
        if judged && let Some((found, remedy)) = fault_of(&path) {
            self.fault(setting, found, remedy);
        }
        path
    }

    /// The path of a file that has to be there, if one is set.
    fn file(&mut self, setting: &Setting) -> Option<PathBuf> {
        let path = PathBuf::from(self.set(setting)?);
        if !path.is_file() {
            let found = format!("{path:?}, which is no file");
            self.fault(setting, found, "name the file, or leave the setting out");
        }
        Some(path)
    }

    fn log_filter(&mut self) -> String {
        let value = self.value(&settings::LOG);
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(&value) {
            let remedy = format!("write a level, or leave it out for info ({error})");
            self.fault(&settings::LOG, shown(&value), remedy);
        }
        value
    }

    fn log_format(&mut self) -> LogFormat {
        let value = self.value(&settings::LOG_FORMAT);
        match value.as_str() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => {
                self.fault(
                    &settings::LOG_FORMAT,
                    shown(&value),
                    "write one of the two, or leave it out for text",
                );
                LogFormat::Text
            }
        }
    }

    fn limits(&mut self) -> Limits {
        Limits {
            asks_per_minute: self.limit(&settings::ASKS_PER_MINUTE),
            guild_asks_per_minute: self.limit(&settings::GUILD_ASKS_PER_MINUTE),
            openings_per_10_minutes: self.limit(&settings::OPENINGS_PER_10_MINUTES),
            openings_per_day: self.limit(&settings::OPENINGS_PER_DAY),
            open_tickets_max: self.limit(&settings::OPEN_TICKETS_MAX),
            file_megabytes: self.limit(&settings::FILE_MEGABYTES),
        }
    }

    fn limit(&mut self, setting: &Setting) -> Option<NonZeroU32> {
        let value = self.value(setting);
        match value.parse() {
            Ok(number) => NonZeroU32::new(number),
            Err(_) => {
                let default = setting.default.unwrap_or_default();
                self.fault(
                    setting,
                    shown(&value),
                    format!("write a number, or leave it out for {default}"),
                );
                None
            }
        }
    }

    fn api(&mut self) -> Option<String> {
        let value = self.set(&settings::DISCORD_API)?;
        let address = value.trim_end_matches('/');
        let (host, on_this_machine_only) = match (
            address.strip_prefix("https://"),
            address.strip_prefix("http://"),
        ) {
            (Some(host), _) => (host, false),
            (_, Some(host)) => (host, true),
            _ => ("", false),
        };
        let remedy = if host.is_empty()
            || host.contains(|c: char| "/?#@".contains(c) || c.is_whitespace())
        {
            "copy the address that `deskhand standin` prints; leave the setting out to use Discord itself"
        } else if on_this_machine_only && !is_loopback(host) {
            "use https: over plain http to another machine, the token could be read on the way"
        } else {
            return Some(address.to_owned());
        };
        // An address may hold a password before an @.
        let found = if value.contains('@') {
            "an address with a user or password in it".to_owned()
        } else {
            shown(&value)
        };
        self.fault(&settings::DISCORD_API, found, remedy);
        None
    }

    fn token(&mut self, needed: bool) -> Option<Secret> {
        let (setting, text) = match (
            self.set(&settings::DISCORD_TOKEN),
            self.set(&settings::DISCORD_TOKEN_FILE),
        ) {
            (Some(_), Some(_)) => {
                self.fault(
                    &settings::DISCORD_TOKEN_FILE,
                    "both DISCORD_TOKEN and DISCORD_TOKEN_FILE",
                    "keep one of the two, so that it is certain which token counts",
                );
                return None;
            }
            (Some(token), None) => (&settings::DISCORD_TOKEN, token),
            (None, Some(path)) => (&settings::DISCORD_TOKEN_FILE, self.token_file(&path)?),
            (None, None) => {
                if needed {
                    self.fault(&settings::DISCORD_TOKEN, "nothing", WHERE_THE_TOKEN_IS);
                }
                return None;
            }
        };
        // Some guides tell people to write the prefix of the HTTP header into the setting.
        let token = text
            .strip_prefix("Bot ")
            .map_or(text.as_str(), str::trim_start);
        if let Some(found) = fault_of_token(token) {
            let found = if setting.secret {
                found
            } else {
                format!("in that file: {found}")
            };
            self.fault(setting, found, WHERE_THE_TOKEN_IS);
            return None;
        }
        Some(Secret::new(token.to_owned()))
    }

    /// What is in the token's file, without the space around it.
    fn token_file(&mut self, path: &str) -> Option<String> {
        let setting = &settings::DISCORD_TOKEN_FILE;
        let file = Path::new(path);
        if let Some((found, remedy)) = fault_of_mode(file) {
            self.fault(setting, found, remedy);
            return None;
        }
        match std::fs::read_to_string(file) {
            Ok(text) if text.trim().is_empty() => {
                self.fault(
                    setting,
                    format!("{path:?}, which is empty"),
                    WHERE_THE_TOKEN_IS,
                );
                None
            }
            Ok(text) => Some(text.trim().to_owned()),
            Err(error) => {
                let remedy = "check the path, and that the user who runs Deskhand owns the file";
                self.fault(
                    setting,
                    format!("{path:?}, which cannot be read ({error})"),
                    remedy,
                );
                None
            }
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost"
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

/// Why a file that holds a secret is open to others, and what to do about it.
#[cfg(unix)]
fn fault_of_mode(file: &Path) -> Option<(String, String)> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(file).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        (
            format!("{file:?} with mode {mode:04o}: others than its owner have access"),
            format!("run: chmod 600 {}", file.display()),
        )
    })
}

/// Only Unix has modes; elsewhere the folder's own access list has to do.
#[cfg(not(unix))]
fn fault_of_mode(_: &Path) -> Option<(String, String)> {
    None
}

#[cfg(test)]
mod tests;
