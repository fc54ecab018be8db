//! The command line: reads it, reads the settings, starts the log, and calls the room that does the work.

mod cli;
mod logging;

use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use deskhand::app;
use deskhand::config::{Config, Faults, Needs, settings};
use deskhand::invite;

use cli::{Command, CommandLine, Folder, Kb};

/// It failed, or what was checked has errors.
const FAILED: u8 = 1;
/// The settings are wrong. (2 is clap's, for a wrong command line.)
const MISCONFIGURED: u8 = 3;

fn main() -> ExitCode {
    match work(CommandLine::parse().command) {
        Ok(code) => code,
        Err(error) => match error.downcast_ref::<Faults>() {
            Some(faults) => {
                eprint!("deskhand cannot start: {faults}");
                ExitCode::from(MISCONFIGURED)
            }
            None => {
                eprintln!("deskhand failed: {error:#}");
                ExitCode::from(FAILED)
            }
        },
    }
}

fn work(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Run => {
            let config = configure(Needs::Run, &[])?;
            in_runtime(app::run(config))?;
        }
        Command::Try(options) => {
            if let Some(folder) = options.data.parent() {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make the folder {}", folder.display()))?;
            }
            let data = options.data.to_string_lossy().into_owned();
            let config = configure(Needs::Try, &[(&settings::DATABASE, data)])?;
            in_runtime(app::try_it(app::Trial {
                config,
                port: options.port,
                fresh: options.fresh,
                json: options.json,
            }))?;
        }
        Command::Standin(options) => {
            configure(Needs::Log, &[])?;
            in_runtime(app::stand_in(options.port, options.json))?;
        }
        Command::Invite(options) => print_links(options.application_id)?,
        Command::Ask(_) => {}
        Command::Kb {
            command: Kb::Check(_),
        } => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the settings and starts the log.
fn configure(needs: Needs, given: &[(&settings::Setting, String)]) -> anyhow::Result<Config> {
    let config = Config::from_env(needs, given)?;
    logging::start(&config)?;
    Ok(config)
}

/// The settings of a command that reads the articles, from the folder that was named if one was.
fn configure_knowledge(folder: &Folder) -> anyhow::Result<Config> {
    let given = folder
        .kb
        .iter()
        .map(|kb| (&settings::KB, kb.to_string_lossy().into_owned()));
    configure(Needs::Knowledge, &given.collect::<Vec<_>>())
}

fn in_runtime<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    runtime.block_on(work)
}

fn print_links(application_id: Option<u64>) -> anyhow::Result<()> {
    let config = configure(Needs::Application, &[])?;
    let application_id = application_id.or_else(|| config.application_id()).context(
        "the application's id is not known: give it as --application-id (it is under General Information in the \
         developer portal), or set DISCORD_TOKEN",
    )?;
    let links = invite::links(application_id);
    println!(
        "To let the desk make its own roles and channels (/setup run):\n  {}\n",
        links.full
    );
    println!(
        "To let it adopt roles and channels that you have:\n  {}\n",
        links.adopting
    );
    println!("Both ask for these permissions, and never for Administrator:");
    for permission in invite::WORKING {
        println!("  {:<40} {}", permission.name, permission.reason);
    }
    println!("\nOnly the first asks for these as well:");
    for permission in invite::SETTING_UP {
        println!("  {:<40} {}", permission.name, permission.reason);
    }
    Ok(())
}
