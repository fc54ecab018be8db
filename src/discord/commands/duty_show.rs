//! `/duty show`: who is at work, what they have to do, and what they could; and who comes next.

use futures::FutureExt;

use super::duty::to;
use crate::desk::{Error, TierAtWork};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::{Embed, Post, Reply};
use crate::discord::views::shifts;
use crate::discord::words::Words;
use crate::discord::words::duty::day_and_time;
use crate::discord::words::parts::{colour, with_long_field};
use crate::domain::roster::Holder;

/// `/duty show`
pub const COMMAND: Command = Command {
    path: "duty show",
    kind: Kind::Slash,
    about: "See who is at work, how much each has to do, and whose shift comes next",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

/// So many of the next shifts are named.
const NEXT: usize = 5;

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    let tiers = call.desk.at_work(guild, call.now).await?;
    let mut embed = Embed {
        title: Some(words.duty_show_title()),
        colour: Some(colour::OPEN),
        footer: Some(words.duty_load_note()),
        ..Embed::default()
    };
    for at_work in &tiers {
        let rule = at_work.rule;
        let name = words.duty_tier(at_work.tier, &words.turns(rule.turns), rule.capacity);
        embed = with_long_field(embed, &name, &described(words, at_work));
    }
    let rotas = call.desk.rotas(guild).await?;
    let next = shifts::ahead(words, &rotas, 7, NEXT, call.now);
    if !next.is_empty() {
        embed = with_long_field(embed, &words.shifts_title(), &next.join("\n"));
    }
    let post = Post::embed(embed).with_buttons(vec![
        to(words.button_on(), "duty on"),
        to(words.button_off(), "duty off"),
        to(words.button_away(), "duty away"),
        to(words.button_shifts(), "duty schedule"),
        to(words.button_refresh(), "duty show"),
    ]);
    Ok(match call.input {
        Input::Press { .. } => Reply::Update(post),
        _ => Reply::Say(post),
    })
}

fn described(words: Words, at_work: &TierAtWork) -> String {
    if at_work.people.is_empty() {
        return words.duty_nobody_holds();
    }
    let capacity = at_work.rule.capacity;
    let there = at_work.people.iter().filter(|(_, there)| *there);
    let mut lines: Vec<String> = there
        .map(|(holder, _)| {
            let person = words.queue_person(holder.user, holder.load, capacity);
            if holder.skills.is_empty() {
                return person;
            }
            words.duty_person_skills(&person, &words.categories(&holder.skills))
        })
        .collect();
    if lines.is_empty() {
        lines.push(words.duty_nobody());
    }
    lines.extend(
        at_work
            .people
            .iter()
            .filter_map(|(one, _)| away(words, one)),
    );
    let off: Vec<String> = at_work
        .people
        .iter()
        .filter(|(holder, there)| !there && holder.away_until.is_none())
        .map(|(holder, _)| format!("<@{}>", holder.user))
        .collect();
    if !off.is_empty() {
        lines.push(words.duty_people_off(&off.join(", ")));
    }
    plain::cut(&lines.join("\n"), 3000)
}

fn away(words: Words, holder: &Holder) -> Option<String> {
    let until = holder.away_until?;
    let away = words.duty_person_away(holder.user, &day_and_time(until));
    Some(match holder.deputy {
        Some(deputy) => words.duty_person_stands_in(&away, deputy),
        None => away,
    })
}
