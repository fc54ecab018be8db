//! Where log lines go: to standard error, so that what a command prints can be piped.

use std::io::IsTerminal;

use deskhand::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging as the settings say. Colours are for terminals, and for those who have not set `NO_COLOR`.
pub fn start(config: &Config) -> anyhow::Result<()> {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(&config.log)?)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal() && !no_color);
    let started = match config.log_format {
        LogFormat::Text => subscriber.with_target(false).try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!(error))
}
