//! `/queue`: every tier at a glance: what waits and since when, what is worked on, and who is at work.

use futures::FutureExt;

use crate::desk::{Error, Queue};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Button, Embed, Post, Reply, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::people::DeskRole;

/// `/queue`
pub const COMMAND: Command = Command {
    path: "queue",
    kind: Kind::Slash,
    about: "See every tier at a glance: what waits, and who is at work",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let queues = call.desk.queues(call.guild()?, call.now).await?;
    let urgent: u32 = queues.iter().map(|queue| queue.urgent).sum();
    let mut embed = Embed {
        title: Some(words.queue_title()),
        colour: Some(if urgent > 0 {
            colour::URGENT
        } else {
            colour::OPEN
        }),
        ..Embed::default()
    };
    for queue in &queues {
        embed = embed.with_field(queue.tier.to_string(), described(words, queue));
    }
    let lists = queues.iter().map(|queue| {
        Button::new(
            words.button_list(queue.tier),
            Style::Secondary,
            Line::new("ticket list").arg(DeskRole::of_tier(queue.tier).key()),
        )
    });
    let again = Button::new(words.button_refresh(), Style::Secondary, Line::new("queue"));
    let post = Post::embed(embed).with_buttons(lists.chain([again]).collect());
    Ok(match call.input {
        Input::Press { .. } => Reply::Update(post),
        _ => Reply::Say(post),
    })
}

fn described(words: Words, queue: &Queue) -> String {
    let waits = match queue.oldest {
        Some(oldest) => words.queue_waiting(queue.waiting, oldest),
        None => words.queue_nothing_waits(),
    };
    let people: Vec<String> = queue
        .on_duty
        .iter()
        .map(|(user, load)| words.queue_person(*user, *load, queue.capacity))
        .collect();
    let people = if people.is_empty() {
        words.queue_nobody()
    } else {
        words.queue_on_duty(&people.join(", "))
    };
    let mut lines = vec![
        waits,
        words.queue_worked_on(queue.in_progress, queue.waiting_for_others),
    ];
    if queue.urgent > 0 {
        lines.push(words.queue_urgent(queue.urgent));
    }
    lines.push(people);
    lines.join("\n")
}
