//! `/vendor list`: which tickets wait for whom outside, and the vendors themselves.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Choice, Embed, Post, Reply, Select, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::vendor::{Vendor, show_hours};

/// So many cases, and so many vendors, are shown.
const SHOWN: usize = 20;

/// `/vendor list`
pub const COMMAND: Command = Command {
    path: "vendor list",
    kind: Kind::Slash,
    about: "See which tickets wait for vendors, and the vendors themselves",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    let cases = call.desk.open_cases(guild, &call.actor).await?;
    let vendors = call.desk.vendors(guild).await?;
    let mut lines: Vec<String> = cases
        .iter()
        .take(SHOWN)
        .map(|(ticket, case)| {
            let (name, reference) = (
                plain::shown_line(&case.name),
                plain::shown_line(&case.reference),
            );
            words.cases_line(ticket.number, &name, &reference, case.next_contact)
        })
        .collect();
    if cases.is_empty() {
        lines.push(words.cases_none());
    }
    if cases.len() > SHOWN {
        lines.push(words.cases_more(cases.len() - SHOWN));
    }
    let embed = |title, lines: Vec<String>| Embed {
        title: Some(title),
        description: Some(lines.join("\n")),
        colour: Some(colour::QUIET),
        ..Embed::default()
    };
    let known = if vendors.is_empty() {
        vec![words.vendors_none()]
    } else {
        vendors
            .iter()
            .take(SHOWN)
            .map(|vendor| shown(words, vendor))
            .collect()
    };
    let mut post = Post::embed(embed(words.cases_title(), lines))
        .with_embed(embed(words.vendors_title(), known));
    let mut options: Vec<Choice> = Vec::new();
    for (ticket, case) in cases.iter().take(SHOWN) {
        let value = ticket.number.to_string();
        if !options.iter().any(|known| known.value == value) {
            options.push(Choice {
                label: format!("{value} · {}", plain::cut(&plain::one_line(&case.name), 80)),
                value,
                about: None,
                chosen: false,
            });
        }
    }
    if !options.is_empty() {
        post = post.with_select(Select {
            line: Line::new("ticket show"),
            placeholder: words.placeholder_show_one(),
            options,
            min: 1,
            max: 1,
        });
    }
    if call.actor.standing.lead {
        if !vendors.is_empty() {
            let options = vendors.iter().take(25).map(|vendor| Choice {
                label: plain::cut(&plain::one_line(&vendor.name), 100),
                value: plain::cut(&vendor.name, 100),
                about: None,
                chosen: false,
            });
            post = post.with_select(Select {
                line: Line::new("lead vendor"),
                placeholder: words.placeholder_change_vendor(),
                options: options.collect(),
                min: 1,
                max: 1,
            });
        }
        post = post.with_buttons(vec![Button::new(
            words.button_add_vendor(),
            Style::Secondary,
            Line::new("lead vendor"),
        )]);
    }
    Ok(Reply::Say(post))
}

fn shown(words: Words, vendor: &Vendor) -> String {
    let line = words.vendors_line(
        &plain::shown_line(&vendor.name),
        &plain::shown_line(&vendor.contact),
        &plain::shown_line(&show_hours(&vendor.hours)),
        &words.duration(vendor.response),
    );
    if vendor.retired {
        format!("{line} · {}", words.vendors_retired())
    } else {
        line
    }
}
