//! `/duty schedule`: the shifts of every week: when they are, and who takes them.

use futures::FutureExt;

use super::duty::{person, rota, to};
use super::work::typed;
use crate::desk::{Error, SHIFT_NAME};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Choice, Embed, Field, Form, Post, Reply, Select, Size, Style};
use crate::discord::views::kept::kept;
use crate::discord::views::shifts;
use crate::discord::words::parts::{colour, with_long_field};
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::rota::{PEOPLE_AT_MOST, Rota};
use crate::domain::vendor::show_hours;

/// Stands in the ids of its own buttons, selects and forms too.
const PATH: &str = "duty schedule";

/// So many shifts ahead are named.
const AHEAD: usize = 20;

/// The longest line of days and times.
const HOURS: u16 = 200;

/// `/duty schedule [name] [hours] [person]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "See the shifts of every week; leads plan them",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        Opt {
            name: "name",
            about: "For leads: which shift; a new one where there is none of that name",
            kind: OptKind::Suggested {
                max: SHIFT_NAME as u16,
            },
            required: false,
        },
        Opt {
            name: "hours",
            about: "When it is: Mon-Fri 09:00-17:00, with a time zone if it is not the desk's",
            kind: OptKind::Text { min: 1, max: HOURS },
            required: false,
        },
        Opt {
            name: "person",
            about: "Who takes it too, after the others; who takes it already does not any more",
            kind: OptKind::Person,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let (first, second) = (call.arg(0), call.arg(1));
    match (&call.input, first, second) {
        (Input::Complete { typed, .. }, ..) => suggest(call, typed).await,
        (Input::Press { .. }, Some("new"), _) => Ok(Reply::Form(form(call, None))),
        (Input::Press { .. }, Some(id), Some("hours")) => {
            let known = call.desk.rota(guild, rota(id)?).await?;
            Ok(Reply::Form(form(call, Some(&known))))
        }
        (Input::Press { .. }, Some(id), Some("end")) => {
            let by = &call.actor;
            let gone = call.desk.end_rota(guild, by, rota(id)?, call.now).await?;
            let name = plain::shown_line(&gone.name);
            Ok(Reply::Update(Post::text(call.words.shift_over(&name))))
        }
        (Input::Submit { .. }, Some("new"), _) => submitted(call, None).await,
        (Input::Submit { .. }, Some(id), _) => {
            let known = call.desk.rota(guild, rota(id)?).await?;
            submitted(call, Some(&known)).await
        }
        (Input::Choose { values, .. }, Some(id), Some("who")) => {
            let people: Option<Vec<UserId>> = values
                .iter()
                .map(|id| id.parse().ok().map(UserId))
                .collect();
            let people = people.ok_or(Refusal::StaleButton)?;
            let (by, cause, now) = (&call.actor, &call.cause, call.now);
            let people = Some(people);
            let id = rota(id)?;
            let changed = call
                .desk
                .change_rota(guild, by, id, None, people, cause, now);
            Ok(Reply::Update(changed_post(call, &changed.await?)))
        }
        (Input::Choose { values, .. }, ..) => {
            let id = values.first().map(String::as_str).unwrap_or_default();
            let known = call.desk.rota(guild, rota(id)?).await?;
            Ok(Reply::Update(one(call, &known).await?))
        }
        (Input::Command { .. }, ..) if call.option("name").is_some() => typed_in(call).await,
        (Input::Press { .. }, ..) => Ok(Reply::Update(listed(call).await?)),
        _ => Ok(Reply::Say(listed(call).await?)),
    }
}

async fn suggest(call: &Call, typed: &str) -> Result<Reply, Error> {
    let typed = typed.trim().to_lowercase();
    let all = call.desk.rotas(call.guild()?).await?;
    let fitting = all
        .into_iter()
        .filter(|rota| rota.name.to_lowercase().contains(&typed))
        .map(|rota| (rota.name.clone(), plain::one_line(&rota.name)));
    Ok(Reply::Choices(fitting.take(25).collect()))
}

/// Everything by options.
async fn typed_in(call: &Call) -> Result<Reply, Error> {
    let (guild, by, cause, now) = (call.guild()?, &call.actor, &call.cause, call.now);
    let name = call.option("name").unwrap_or_default();
    let (hours, person) = (call.option("hours"), person(call, "person")?);
    let all = call.desk.rotas(guild).await?;
    let known = all
        .into_iter()
        .find(|rota| rota.name.to_lowercase() == name.to_lowercase());
    let mut hours = hours;
    let mut rota = match (known, hours) {
        (Some(known), _) => known,
        (None, Some(typed)) => {
            hours = None;
            let new = (name, typed);
            call.desk.make_rota(guild, by, new, cause, now).await?
        }
        (None, None) => return Ok(Reply::Form(form(call, None))),
    };
    if hours.is_none() && person.is_none() {
        return Ok(Reply::Say(one(call, &rota).await?));
    }
    let mut people = rota.people.clone();
    if let Some(who) = person {
        match people.iter().position(|one| *one == who) {
            Some(place) => {
                people.remove(place);
            }
            None => people.push(who),
        }
    }
    let people = person.map(|_| people);
    let cause = cause.also("people");
    let changed = call
        .desk
        .change_rota(guild, by, rota.id, hours, people, &cause, now);
    rota = changed.await?;
    Ok(Reply::Say(changed_post(call, &rota)))
}

async fn submitted(call: &Call, known: Option<&Rota>) -> Result<Reply, Error> {
    let words = call.words;
    let (guild, by, cause, now) = (call.guild()?, &call.actor, &call.cause, call.now);
    let (name, hours) = (typed(call, "name"), typed(call, "hours"));
    let done = match known {
        None => {
            let new = (name.as_str(), hours.as_str());
            call.desk.make_rota(guild, by, new, cause, now).await
        }
        Some(known) => {
            let id = known.id;
            let hours = Some(hours.as_str());
            let desk = &call.desk;
            desk.change_rota(guild, by, id, hours, None, cause, now)
                .await
        }
    };
    match (done, known) {
        (Ok(made), None) => Ok(Reply::Say(one(call, &made).await?)),
        (Ok(changed), Some(_)) => Ok(Reply::Say(changed_post(call, &changed))),
        (Err(Error::Refused(refusal)), _) => {
            let texts = [
                (words.label_shift_name(), name.as_str()),
                (words.label_shift_hours(), hours.as_str()),
            ];
            let texts = &texts[usize::from(known.is_some())..];
            let why = words.not_done_kept();
            Ok(Reply::Say(kept(words, &refusal, why, texts)))
        }
        (Err(error), _) => Err(error),
    }
}

async fn listed(call: &Call) -> Result<Post, Error> {
    let words = call.words;
    let rotas = call.desk.rotas(call.guild()?).await?;
    let mut embed = Embed {
        title: Some(words.shifts_title()),
        colour: Some(colour::OPEN),
        ..Embed::default()
    };
    let all: Vec<String> = rotas.iter().map(|rota| shifts::rota(words, rota)).collect();
    embed.description = Some(if all.is_empty() {
        words.shifts_none()
    } else {
        all.join("\n\n")
    });
    let ahead = shifts::ahead(words, &rotas, 7, AHEAD, call.now);
    embed = with_long_field(embed, &words.shifts_week(), &ahead.join("\n"));
    let mut post = Post::embed(embed);
    let lead = call.actor.standing.lead;
    if lead && !rotas.is_empty() {
        let options = rotas.iter().map(|rota| Choice {
            label: plain::cut(&plain::one_line(&rota.name), 100),
            value: format!("r{}", rota.id),
            about: Some(plain::cut(&show_hours(&rota.hours), 100)),
            chosen: false,
        });
        post = post.with_select(Select {
            line: Line::new(PATH),
            placeholder: words.placeholder_change_shift(),
            options: options.collect(),
            min: 1,
            max: 1,
        });
    }
    let new = lead.then(|| {
        let line = Line::new(PATH).arg("new");
        Button::new(words.button_new_shift(), Style::Primary, line)
    });
    let swap = (!rotas.is_empty()).then(|| to(words.button_swap(), "duty swap"));
    Ok(post.with_buttons(new.into_iter().chain(swap).collect()))
}

/// One of them, to be changed.
async fn one(call: &Call, rota: &Rota) -> Result<Post, Error> {
    let words = call.words;
    let known = call.desk.technicians(rota.guild).await?;
    let name = plain::shown_line(&rota.name);
    let text = format!(
        "{}\n\n{}",
        shifts::rota(words, rota),
        words.shift_who(&name)
    );
    let line = |what| Line::new(PATH).arg(format!("r{}", rota.id)).arg(what);
    let mut post = Post::text(text);
    let options: Vec<Choice> = known
        .into_iter()
        .take(PEOPLE_AT_MOST)
        .map(|(user, name)| Choice {
            label: plain::cut(&plain::one_line(&name), 100),
            value: user.to_string(),
            about: None,
            chosen: rota.people.contains(&user),
        })
        .collect();
    if let Some(max) = u8::try_from(options.len()).ok().filter(|max| *max > 0) {
        post = post.with_select(Select {
            line: line("who"),
            placeholder: words.placeholder_shift_people(),
            options,
            min: 1,
            max,
        });
    }
    Ok(post.with_buttons(vec![
        Button::new(words.button_shift_hours(), Style::Secondary, line("hours")),
        Button::new(words.button_shift_end(), Style::Danger, line("end")),
    ]))
}

fn changed_post(call: &Call, rota: &Rota) -> Post {
    let words = call.words;
    let name = plain::shown_line(&rota.name);
    let mut text = shifts::rota(words, rota);
    if !rota.people.is_empty() {
        text = format!("{}\n\n{text}", words.shift_changed(&name));
    }
    Post::text(text).with_buttons(vec![to(words.button_shifts(), PATH)])
}

fn form(call: &Call, known: Option<&Rota>) -> Form {
    let words = call.words;
    let field = |name, label, placeholder, max| Field {
        name,
        label,
        size: Size::Short,
        value: String::new(),
        placeholder,
        required: true,
        min: 1,
        max,
    };
    let hours = Field {
        value: known
            .map(|rota| show_hours(&rota.hours))
            .unwrap_or_default(),
        ..field(
            "hours",
            words.label_shift_hours(),
            words.placeholder_shift_hours(),
            HOURS,
        )
    };
    match known {
        Some(rota) => Form {
            line: Line::new(PATH).arg(format!("r{}", rota.id)).arg("hours"),
            title: words.form_shift_hours(),
            fields: vec![hours],
        },
        None => Form {
            line: Line::new(PATH).arg("new"),
            title: words.form_shift(),
            fields: vec![
                field(
                    "name",
                    words.label_shift_name(),
                    words.placeholder_shift_name(),
                    SHIFT_NAME as u16,
                ),
                hours,
            ],
        },
    }
}
