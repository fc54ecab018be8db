//! The command line: reads it, reads the settings, starts the log, and calls the room that does the work.

mod cli;
mod logging;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use deskhand::app;
use deskhand::clock::Clock;
use deskhand::config::{Config, Faults, Needs, settings};
use deskhand::domain::calendar::{is_ical, read_holidays};
use deskhand::{desk, invite, kb};

use cli::arguments::{Ask, Command, CommandLine, Folder, Kb, OfEncoder, Ranking, Sla};
use cli::{FAILED, adding, encoding, learning, measuring, terminal};

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
        Command::Ask(options) => ask(&options)?,
        Command::Kb {
            command: Kb::Check(folder),
        } => return check(&folder),
        Command::Sla {
            command: Sla::Check(options),
        } => return check_promises(&options.file),
        Command::Kb {
            command: Kb::Eval(options),
        } => {
            let kb = open(&options.folder, &options.ranking, None)?;
            return measuring::eval(&kb, &options);
        }
        Command::Kb {
            command: Kb::Explain(options),
        } => {
            let question = options.question.join(" ");
            let kb = open(&options.folder, &options.ranking, Some(&question))?;
            terminal::print(&terminal::explanation(&kb, &kb.answer(&question)))?;
        }
        Command::Kb {
            command: Kb::Encoder {
                command: OfEncoder::Add(options),
            },
        } => {
            let config = configure(Needs::Log, &[])?;
            in_runtime(adding::add(&options, &config.encoder))?;
        }
        Command::Kb {
            command: Kb::Learn(options),
        } => {
            // Only measuring asks the articles anything.
            let config = match options.measure {
                Some(_) => configure_knowledge(&options.folder)?,
                None => configure(Needs::Log, &[])?,
            };
            learning::make(&options, &config.kb)?;
        }
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

/// The articles, from the folder that was named or set, read by the encoder if it helps: all of them, or those that it has
/// to know for one question.
fn open(folder: &Folder, ranking: &Ranking, question: Option<&str>) -> anyhow::Result<kb::Kb> {
    let config = configure_knowledge(folder)?;
    let table = kb::vectors::Table::chosen(config.table.as_deref())?;
    let mut kb = kb::Kb::open_with(&config.kb, Some(table));
    let loaded = kb.loaded();
    if loaded.is_degraded() {
        tracing::warn!(
            kb.left_out = loaded.left_out.len(),
            "articles are left out; `deskhand kb check` says why"
        );
    }
    if ranking.encoder == cli::arguments::Encoder::Auto
        && let Some(encoder) = encoding::added(&config.encoder)
    {
        kb = kb.with_encoder(encoder);
        let unread = match question {
            Some(question) => kb.unread_for(question),
            None => kb.unread(),
        };
        in_runtime(encoding::let_read(&kb, unread, &config.encoder))?;
    }
    Ok(kb)
}

fn ask(options: &Ask) -> anyhow::Result<()> {
    if options.batch {
        let kb = open(&options.folder, &options.ranking, None)?;
        let questions = std::io::stdin().lock();
        return measuring::batch(&kb, questions, &mut std::io::stdout().lock());
    }
    let question = options.question.join(" ");
    let kb = open(&options.folder, &options.ranking, Some(&question))?;
    terminal::print(&terminal::answer(&kb, &kb.answer(&question)))
}

fn check(folder: &Folder) -> anyhow::Result<ExitCode> {
    let config = configure_knowledge(folder)?;
    let today = Clock::system()
        .now()
        .to_zoned(jiff::tz::TimeZone::system())
        .date();
    let findings = kb::check(&config.kb, today);
    let kb = kb::Kb::open(&config.kb);
    terminal::print(&terminal::findings(&config.kb, &findings, &kb))?;
    let has_errors = findings.iter().any(kb::Finding::is_error);
    Ok(if has_errors {
        ExitCode::from(FAILED)
    } else {
        ExitCode::SUCCESS
    })
}

fn check_promises(file: &Path) -> anyhow::Result<ExitCode> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let now = Clock::system().now();
    if is_ical(&text) {
        let read = read_holidays(&text, now.to_zoned(jiff::tz::TimeZone::UTC).date());
        terminal::print(&terminal::holidays(file, &read))?;
        return Ok(match read {
            Ok(_) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(FAILED),
        });
    }
    let read = desk::read_plan(&text, &[], now);
    terminal::print(&terminal::promises(file, &read))?;
    Ok(match read {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(FAILED),
    })
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
    let list = |permissions: &[invite::Permission]| -> String {
        permissions
            .iter()
            .map(|permission| format!("  {:<40} {}\n", permission.name, permission.reason))
            .collect()
    };
    terminal::print(&format!(
        "To let the desk make its own roles and channels (/setup run):\n  {}\n\n\
         To let it adopt roles and channels that you have:\n  {}\n\n\
         Both ask for these permissions, and never for Administrator:\n{}\n\
         Only the first asks for these as well:\n{}",
        links.full,
        links.adopting,
        list(invite::WORKING),
        list(invite::SETTING_UP),
    ))
}
