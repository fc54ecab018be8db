//! `deskhand try`: the whole desk on this machine, and `deskhand standin`: the small Discord alone.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{App, Overrides, Watched, told_to_stop};
use crate::clock::{Clock, deadline, pause};
use crate::config::{Config, Secret};
use crate::standin::{AdvanceHook, Company, GrantedIntents, Pace, Settings, StandIn};
use crate::store;

/// How long the set-up of the made-up company may take before something is wrong.
const SET_UP: Duration = Duration::from_secs(60);

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

/// Runs stand-in and bot together until the process is told to stop.
///
/// # Errors
/// What kept it from starting, or made it stop by itself.
pub async fn try_it(trial: Trial) -> anyhow::Result<()> {
    if trial.fresh {
        forget(&trial.config.database)?;
    }
    let clock = Clock::system();
    go_on_where_it_ended(&trial.config.database, &clock).await?;
    let stand_in = StandIn::start(Settings {
        port: trial.port,
        clock: clock.clone(),
        company: Company::believable(),
        intents: GrantedIntents {
            members: true,
            message_content: true,
        },
        on_advance: None,
    })
    .await
    .with_context(|| {
        format!(
            "cannot listen on port {}; give another one with --port",
            trial.port
        )
    })?;
    let config = Config {
        token: Some(Secret::new(stand_in.token())),
        api: Some(stand_in.rest_base()),
        ..trial.config
    };
    let mut app = App::start(&config, clock, Overrides::default()).await?;
    stand_in.set_on_advance(advance(app.watched()));
    let moved_in = deadline(SET_UP, move_in(&stand_in, app.watched()));
    tokio::select! {
        moved_in = moved_in => moved_in.context("setting up the made-up company took too long")??,
        why = app.ended() => bail!(why),
    }
    announce(&stand_in, &config.database, trial.json)?;
    let why = tokio::select! {
        told = told_to_stop() => { told?; None }
        why = app.ended() => Some(why),
    };
    app.stop().await;
    stand_in.stop().await;
    match why {
        Some(why) => bail!(why),
        None => Ok(()),
    }
}

fn announce(stand_in: &StandIn, database: &Path, as_json: bool) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if as_json {
        writeln!(out, "{}", stand_in.describe())?;
    } else {
        writeln!(out, "The desk is open: {}/", stand_in.rest_base())?;
        writeln!(
            out,
            "Open that address in a browser and choose at the top who you are. Ctrl-C ends it; what happened is kept in {} \
             (--fresh begins anew).",
            database.display()
        )?;
    }
    out.flush()?;
    Ok(())
}

/// Throws the database of an earlier trial away.
fn forget(database: &Path) -> anyhow::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = database.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error)
                    .with_context(|| format!("cannot remove {}", Path::new(&name).display()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// An earlier trial may have moved its clock forward: time does not run backwards over what is in the file.
async fn go_on_where_it_ended(database: &Path, clock: &Clock) -> anyhow::Result<()> {
    if !database.exists() {
        return Ok(());
    }
    let store = store::Store::open(database).await?;
    let mut from = store.reader().await?;
    let last = store::events::last_at(&mut from).await?;
    drop(from);
    store.close().await;
    if let Some(last) = last.filter(|last| *last > clock.now()) {
        clock.advance(last.duration_since(clock.now()) + SignedDuration::from_secs(1));
    }
    Ok(())
}

/// The administrator runs the set-up, as any administrator would, and gives everybody the role of their job.
async fn move_in(stand_in: &StandIn, desk: Arc<Watched>) -> anyhow::Result<()> {
    let people = Client::new(stand_in);
    let everybody = people.get("/people").await?;
    let everybody = everybody.as_array().context("the stand-in lists nobody")?;
    let owner = everybody
        .iter()
        .find(|person| person["owner"] == true)
        .context("nobody owns the guild")?;
    let owner = owner["name"]
        .as_str()
        .context("the owner has no name")?
        .to_owned();
    while !registered(&people, &owner).await? {
        pause(Duration::from_millis(10)).await;
    }
    let answer = people
        .post(
            &format!("/people/{owner}/run?wait_ms=10000"),
            &json!({"channel": "#general", "line": "/setup run"}),
        )
        .await?;
    if answer["state"] != "answered" {
        bail!("the set-up was not answered: {answer}");
    }
    desk.settled().await?;
    // Whoever tries it is one person at a time: what comes in waits for whichever technician they become, and is not offered
    // to another. The same command turns that back.
    let claimed = people
        .post(
            &format!("/people/{owner}/run?wait_ms=10000"),
            &json!({"channel": "#general", "line": "/admin config tier:L1 turns:manual"}),
        )
        .await?;
    if claimed["state"] != "answered" {
        bail!("the first tier's turns were not set: {claimed}");
    }
    for person in everybody {
        let (Some(name), Some(job)) = (person["name"].as_str(), person["job"].as_str()) else {
            continue;
        };
        let roles = roles_of(job);
        if !roles.is_empty() {
            people
                .post(
                    &format!("/people/{owner}/admin/roles"),
                    &json!({"user": name, "add": roles}),
                )
                .await?;
        }
    }
    desk.settled().await
}

async fn registered(people: &Client, owner: &str) -> anyhow::Result<bool> {
    let commands = people
        .get(&format!("/people/{owner}/commands?channel=%23general"))
        .await?;
    Ok(commands
        .as_array()
        .is_some_and(|commands| commands.iter().any(|command| command["name"] == "setup")))
}

/// The roles that go with a job in the made-up company.
fn roles_of(job: &str) -> Vec<&'static str> {
    [
        ("L1 ", "L1"),
        ("L2 ", "L2"),
        ("L3 ", "L3"),
        ("Lead", "Lead"),
        ("Admin", "Desk admin"),
    ]
    .into_iter()
    .filter(|(begins, _)| job.to_lowercase().contains(&begins.to_lowercase()))
    .map(|(_, role)| role)
    .collect()
}

/// Moves the clock: step by step it stops at everything that is due on the way and lets it happen, as time would; a jump
/// arrives at once, as after an outage.
fn advance(watched: Arc<Watched>) -> AdvanceHook {
    Arc::new(move |by, pace| {
        let watched = watched.clone();
        Box::pin(async move {
            if let Err(error) = advance_by(&watched, by, pace).await {
                tracing::error!(error = ?error, "the clock could not be moved step by step");
            }
        })
    })
}

async fn advance_by(watched: &Watched, by: SignedDuration, pace: Pace) -> anyhow::Result<()> {
    let clock = &watched.clock;
    let target = clock.now().checked_add(by)?;
    if pace == Pace::Step {
        while let Some(next) = next_due(watched).await?.filter(|next| *next <= target) {
            clock.advance(next.duration_since(clock.now()).max(SignedDuration::ZERO));
            fire(watched, next).await?;
            watched.settled().await?;
        }
    }
    clock.advance(target.duration_since(clock.now()).max(SignedDuration::ZERO));
    watched.settled().await
}

/// Waits until the timers that are due at `at` have fired: the timers' own loop fires them.
async fn fire(watched: &Watched, at: Timestamp) -> anyhow::Result<()> {
    while watched
        .desk
        .next_timer()
        .await?
        .is_some_and(|next| next <= at)
    {
        pause(Duration::from_millis(2)).await;
    }
    Ok(())
}

async fn next_due(watched: &Watched) -> anyhow::Result<Option<Timestamp>> {
    let timer = watched.desk.next_timer().await?;
    let mut from = watched.desk.store().reader().await?;
    let delivery = store::outbox::next_due(&mut from, watched.clock.now()).await?;
    let file = store::files::next_due(&mut from, watched.clock.now()).await?;
    Ok([timer, delivery, file].into_iter().flatten().min())
}

/// The stand-in's people API, which the page uses too.
struct Client {
    base: String,
    http: reqwest::Client,
}

impl Client {
    fn new(stand_in: &StandIn) -> Self {
        Self {
            base: stand_in.rest_base(),
            http: reqwest::Client::new(),
        }
    }

    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        read(self.http.get(format!("{}{path}", self.base)).send().await?).await
    }

    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .header("content-type", "application/json");
        read(request.body(body.to_string()).send().await?).await
    }
}

async fn read(answer: reqwest::Response) -> anyhow::Result<Value> {
    let status = answer.status();
    let text = answer.text().await?;
    if !status.is_success() {
        bail!("the stand-in says: {text}");
    }
    serde_json::from_str(&text).with_context(|| format!("the stand-in says: {text}"))
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
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", stand_in.describe())?;
    } else {
        let described = stand_in.describe();
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
