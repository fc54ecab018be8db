//! Puts the rooms together: the bot on Discord, the bot on its own stand-in, the stand-in alone.

use std::io::Write as _;

use anyhow::{Context as _, bail};

use crate::clock::Clock;
use crate::config::Config;
use crate::standin::{Company, GrantedIntents, Settings, StandIn};

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
pub async fn stand_in(port: u16, json: bool) -> anyhow::Result<()> {
    let stand_in = StandIn::start(Settings {
        port,
        clock: Clock::system(),
        company: Company::believable(),
        intents: GrantedIntents {
            members: true,
            message_content: true,
        },
        on_advance: None,
    })
    .await
    .with_context(|| format!("cannot listen on port {port}; give another one with --port"))?;
    let described = stand_in.describe();
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{described}")?;
    } else {
        for (name, value) in described.as_object().into_iter().flatten() {
            writeln!(
                out,
                "{name:<16} {}",
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            )?;
        }
    }
    out.flush()?;
    drop(out);
    told_to_stop().await?;
    stand_in.stop().await;
    Ok(())
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
