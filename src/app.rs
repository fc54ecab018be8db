//! Puts the rooms together: the bot on Discord, the bot on its own stand-in, the stand-in alone.

use anyhow::bail;

use crate::config::Config;

/// What `deskhand try` was asked for.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The settings. `config.database` is the file that keeps the trial's state.
    pub config: Config,
    /// The port of the page; 0 for any that is free.
    pub port: u16,
    /// Whether to begin anew: what the database held is thrown away.
    pub fresh: bool,
    /// Whether to print the addresses as one JSON object, for programs.
    pub json: bool,
}

/// Runs the bot on Discord until the process is told to stop.
///
/// # Errors
/// What kept it from starting, or made it stop by itself.
pub async fn run(_config: Config) -> anyhow::Result<()> {
    bail!("the bot is not part of this build")
}

/// Runs stand-in and bot together until the process is told to stop.
///
/// # Errors
/// What kept it from starting, or made it stop by itself.
pub async fn try_it(_trial: Trial) -> anyhow::Result<()> {
    bail!("the bot is not part of this build")
}

/// Runs the stand-in alone until the process is told to stop. `port` 0 stands for any that is free; `json` prints the
/// addresses and tokens as one JSON object, for programs.
///
/// # Errors
/// What kept it from starting.
pub async fn stand_in(_port: u16, _json: bool) -> anyhow::Result<()> {
    bail!("the stand-in is not part of this build")
}

/// Waits until the process is told to stop: Ctrl-C, or on Unix a termination signal, as a service manager sends it.
///
/// # Errors
/// If the signals cannot be listened for.
pub async fn told_to_stop() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}
