//! `/work people`: who takes part in a ticket beside its requester and whoever works on it.

use futures::FutureExt;

use super::work::{TICKET, may, reworded};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Choice, PeopleSelect, Post, Reply, Select};
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::rules::Verb;
use crate::domain::ticket::Ticket;

/// Stands in the ids of its own selects too.
const PATH: &str = "work people";

/// What a select of its own does with who is chosen.
const ADD: &str = "add";
const REMOVE: &str = "remove";

/// `/work people [ticket] [add] [remove]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Show, add or remove who takes part in a ticket",
    // Requesters add people to their own tickets; whose ticket it is, the domain knows.
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        TICKET,
        Opt {
            name: "add",
            about: "Who is to read and write in the ticket's thread too",
            kind: OptKind::Person,
            required: false,
        },
        Opt {
            name: "remove",
            about: "Who is to leave it",
            kind: OptKind::Person,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let chosen = match &call.input {
        Input::Choose { values, .. } => call.arg(1).zip(values.first().map(String::as_str)),
        _ => None,
    };
    let chosen = chosen
        .or_else(|| Some((ADD, call.option("add")?)))
        .or_else(|| Some((REMOVE, call.option("remove")?)));
    let Some((what, who)) = chosen else {
        may(call, Verb::People, &ticket)?;
        return Ok(Reply::Say(shown(call, &ticket)));
    };
    let who = UserId(who.parse().map_err(|_| Refusal::StaleButton)?);
    let (desk, by, cause, now) = (&call.desk, &call.actor, &call.cause, call.now);
    let (changed, text) = if what == REMOVE {
        let changed = desk.remove_person(ticket.id, by, who, cause, now).await;
        (changed, call.words.people_removed(ticket.number, who))
    } else {
        let changed = desk.add_person(ticket.id, by, who, cause, now).await;
        (changed, call.words.people_added(ticket.number, who))
    };
    changed.map_err(|error| reworded(call, &ticket, error))?;
    Ok(Reply::Say(Post::text(text)))
}

fn shown(call: &Call, ticket: &Ticket) -> Post {
    let words = call.words;
    let named = |users: &[UserId]| {
        let all: Vec<String> = users.iter().map(|user| format!("<@{user}>")).collect();
        all.join(", ")
    };
    let others = if ticket.participants.is_empty() {
        words.people_nobody_else()
    } else {
        named(&ticket.participants)
    };
    let text = format!(
        "**{}**\n{}",
        words.people_title(ticket.number),
        words.people_line(ticket.requester, &others)
    );
    let line = |what| {
        Line::new(PATH)
            .arg(call.name_of(ticket.id, ticket.number))
            .arg(what)
            .version(ticket.version)
    };
    let mut post = Post::text(text).with_people(PeopleSelect {
        line: line(ADD),
        placeholder: words.placeholder_add_person(),
    });
    if !ticket.participants.is_empty() {
        let options = ticket.participants.iter().map(|user| Choice {
            label: call.server.name_of(*user).map_or_else(
                || words.choice_person(&user.to_string()),
                |name| plain::cut(&plain::one_line(&name), 100),
            ),
            value: user.to_string(),
            about: None,
            chosen: false,
        });
        post = post.with_select(Select {
            line: line(REMOVE),
            placeholder: words.placeholder_remove_person(),
            options: options.collect(),
            min: 1,
            max: 1,
        });
    }
    post
}
