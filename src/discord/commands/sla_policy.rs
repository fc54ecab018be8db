//! `/sla policy`: what the desk promises, and for a desk admin, what it promises from now on.

use futures::FutureExt;

use super::work::{typed, unknown};
use crate::desk::{Error, read_plan};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Field, Form, Post, Reply, Size};
use crate::discord::views::kept::kept;
use crate::discord::views::policy;
use crate::discord::words::Words;
use crate::domain::category::Category;
use crate::domain::clocks::{
    ClockKind, PolicyEdit, Terms, read_target, read_update, show_target, show_update,
};
use crate::domain::priority::Priority;
use crate::domain::refusal::Refusal;

/// Stands in the ids of its own selects and forms too.
pub(super) const PATH: &str = "sla policy";

/// The longest target and the longest name of a calendar that can be typed.
const TARGET: u16 = 60;
const CALENDAR: u16 = 40;

/// `/sla policy [category] [priority] [file]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "See what the desk promises; admins set it",
    who: Who::Staff,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        Opt {
            name: "category",
            about: "For tickets of which category",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Category::ALL.iter();
                all.map(|category| (category.key, words.category(category)))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: "priority",
            about: "For admins: change what is promised for this priority; a form comes",
            kind: OptKind::Choice(|| {
                let keys = ["P1", "P2", "P3", "P4"].into_iter();
                keys.map(|key| (key, key.to_owned())).collect()
            }),
            required: false,
        },
        Opt {
            name: "file",
            about: "For admins: a TOML file of calendars and promises; you see what it changes first",
            kind: OptKind::File,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let chosen = call.values().first().map(String::as_str);
    match (&call.input, call.arg(0), call.arg(1)) {
        (Input::Press { .. }, Some("file"), Some(file)) => confirmed(call, file).await,
        (Input::Command { .. }, ..) if call.file("file").is_some() => given(call).await,
        (Input::Choose { .. }, Some("see"), _) => {
            let category = chosen.ok_or(Refusal::StaleButton)?;
            Ok(Reply::Update(shown(call, category_named(category)?).await?))
        }
        (Input::Choose { values, .. }, Some("warn"), _) => {
            let percents = values.iter().filter_map(|one| one.parse().ok()).collect();
            changed(call, None, PolicyEdit::Warn { percents }).await
        }
        (Input::Choose { .. }, Some(category), Some("change")) => {
            let priority = priority_named(chosen.unwrap_or_default())?;
            form(call, category_named(category)?, priority).await
        }
        (Input::Press { .. }, Some(category), Some("usual")) => {
            let known = category_named(category)?.ok_or(Refusal::StaleButton)?;
            let category = known.key.to_owned();
            changed(call, Some(known), PolicyEdit::Usual { category }).await
        }
        (Input::Submit { .. }, Some(category), Some(priority)) => {
            let (category, priority) = (category_named(category)?, priority_named(priority)?);
            submitted(call, category, priority).await
        }
        (Input::Press { .. }, ..) => Ok(Reply::Update(shown(call, None).await?)),
        _ => {
            let category = match call.option("category") {
                Some(key) => Some(Category::from_key(key).ok_or_else(|| unknown("category"))?),
                None => None,
            };
            match call.option("priority") {
                Some(priority) => form(call, category, priority_named(priority)?).await,
                None => Ok(Reply::Say(shown(call, category).await?)),
            }
        }
    }
}

/// A file: what is wrong with it, or what it would change.
async fn given(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    refuse_unless_admin(call)?;
    let text = call.text_of("file").await?.unwrap_or_default();
    let guild = call.guild()?;
    let work = call.desk.clockwork(guild, call.now).await?;
    let there: Vec<&str> = work.hours.keys().map(String::as_str).collect();
    let plan = match read_plan(&text, &there, call.now) {
        Ok(plan) => plan,
        Err(faults) => return Ok(Reply::Say(policy::plan_faults(words, &faults))),
    };
    let (by, now) = (&call.actor, call.now);
    let preview = call.desk.plan_preview(guild, by, &plan, now).await?;
    Ok(Reply::Say(policy::plan(words, &preview)))
}

async fn confirmed(call: &Call, file: &str) -> Result<Reply, Error> {
    let file = file.parse().map_err(|_| Refusal::StaleButton)?;
    let (guild, by) = (call.guild()?, &call.actor);
    let done = call.desk.apply_plan(guild, by, file, call.now).await?;
    let mut post = shown(call, None).await?;
    post.text = call
        .words
        .plan_done(done.version, done.calendars, done.moved);
    Ok(Reply::Update(post))
}

pub(super) fn refuse_unless_admin(call: &Call) -> Result<(), Refusal> {
    if Who::Admins.includes(call.actor.standing) {
        return Ok(());
    }
    let roles = Who::Admins.roles();
    Err(Refusal::RoleNeeded { roles })
}

/// The category of that key; none where all are meant.
fn category_named(key: &str) -> Result<Option<&'static Category>, Refusal> {
    if key == policy::ALL {
        return Ok(None);
    }
    let known = Category::from_key(key);
    known.map(Some).ok_or(Refusal::StaleButton)
}

fn priority_named(key: &str) -> Result<Priority, Refusal> {
    let mut all = Priority::ALL.into_iter();
    all.find(|priority| priority.to_string() == key)
        .ok_or(Refusal::StaleButton)
}

async fn shown(call: &Call, category: Option<&Category>) -> Result<Post, Error> {
    let work = call.desk.clockwork(call.guild()?, call.now).await?;
    let (version, book) = work.current();
    let may_set = Who::Admins.includes(call.actor.standing);
    Ok(policy::policy(
        call.words, version, &book, category, may_set,
    ))
}

/// Says it, and shows what holds now.
async fn changed(
    call: &Call,
    category: Option<&Category>,
    edit: PolicyEdit,
) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let before = call.desk.clockwork(guild, call.now).await?.current().0;
    let (by, cause) = (&call.actor, &call.cause);
    let set = call.desk.change_policy(guild, by, &edit, cause, call.now);
    let (version, _) = set.await?;
    let mut post = shown(call, category).await?;
    post.text = if version == before {
        call.words.policy_same()
    } else {
        call.words.policy_set(version)
    };
    Ok(Reply::Update(post))
}

async fn form(
    call: &Call,
    category: Option<&Category>,
    priority: Priority,
) -> Result<Reply, Error> {
    let words = call.words;
    refuse_unless_admin(call)?;
    let work = call.desk.clockwork(call.guild()?, call.now).await?;
    let key = category.map_or(policy::ALL, |category| category.key);
    let mut book = work.current().1.terms(key);
    let terms = book.remove(&priority).ok_or(Refusal::StaleButton)?;
    let target = |name, label, value, placeholder| Field {
        name,
        label,
        size: Size::Short,
        value,
        placeholder,
        required: false,
        min: 0,
        max: TARGET,
    };
    let title = match category {
        Some(category) => words.form_policy_of(priority, &words.category(category)),
        None => words.form_policy(priority),
    };
    Ok(Reply::Form(Form {
        line: Line::new(PATH).arg(key).arg(priority),
        title: plain::cut(&title, 45),
        fields: vec![
            target(
                "first",
                words.label_policy_first(),
                show_target(terms.first_response),
                words.placeholder_policy_target(),
            ),
            target(
                "update",
                words.label_policy_update(),
                show_update(&terms),
                words.placeholder_policy_update(),
            ),
            target(
                "solution",
                words.label_policy_solution(),
                show_target(terms.resolution),
                words.placeholder_policy_target(),
            ),
            Field {
                required: true,
                min: 1,
                max: CALENDAR,
                ..target(
                    "calendar",
                    words.label_policy_calendar(),
                    terms.calendar,
                    String::new(),
                )
            },
        ],
    }))
}

async fn submitted(
    call: &Call,
    category: Option<&Category>,
    priority: Priority,
) -> Result<Reply, Error> {
    let words = call.words;
    let [first, update, solution, calendar] =
        ["first", "update", "solution", "calendar"].map(|name| typed(call, name));
    let done = match terms([&first, &update, &solution, &calendar]) {
        Ok(terms) => {
            let category_key = category.map(|category| category.key.to_owned());
            let edit = PolicyEdit::Terms {
                category: category_key,
                priority,
                terms,
            };
            changed(call, category, edit).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Err(Error::Refused(refusal)) => {
            let texts = [
                (words.label_policy_first(), first.as_str()),
                (words.label_policy_update(), update.as_str()),
                (words.label_policy_solution(), solution.as_str()),
                (words.label_policy_calendar(), calendar.as_str()),
            ];
            let why = words.not_done_kept();
            Ok(Reply::Say(kept(words, &refusal, why, &texts)))
        }
        done => done,
    }
}

fn terms([first, update, solution, calendar]: [&str; 4]) -> Result<Terms, Refusal> {
    let bad = |clock, typed: &str| Refusal::BadTarget {
        clock,
        typed: typed.to_owned(),
    };
    let target = |clock, typed: &str| read_target(typed).ok_or_else(|| bad(clock, typed));
    let (next_update, next_update_mode) =
        read_update(update).ok_or_else(|| bad(ClockKind::NextUpdate, update))?;
    Ok(Terms {
        calendar: calendar.trim().to_owned(),
        first_response: target(ClockKind::FirstResponse, first)?,
        next_update,
        next_update_mode,
        resolution: target(ClockKind::Resolution, solution)?,
    })
}
