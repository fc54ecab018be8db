//! `/admin config`: how tickets find somebody: how each tier is worked, and who is put down for what.

use std::collections::BTreeSet;

use futures::FutureExt;

use super::duty::{chosen, person};
use super::work::unknown;
use super::{lead_digest, lead_escalations};
use crate::desk::{Error, TierAtWork};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Choice, Embed, PeopleSelect, Post, Reply, Select};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::category::Category;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::roster::{CAPACITY_AT_MOST, TierRule, Turns};
use crate::domain::tier::Tier;

/// Stands in the ids of its own selects too.
const PATH: &str = "admin config";

/// `/admin config [tier] [turns] [capacity] [person]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "See and say how tickets find somebody: turns and load per tier, and who knows what",
    who: Who::Admins,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        Opt {
            name: "tier",
            about: "Which tier",
            kind: OptKind::Choice(tiers),
            required: false,
        },
        Opt {
            name: "turns",
            about: "How the next person is picked there",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Turns::ALL.into_iter();
                all.map(|turns| (turns.key(), words.turns(turns))).collect()
            }),
            required: false,
        },
        Opt {
            name: "capacity",
            about: "How many units each can have before nothing more is offered: P1 8, P2 4, P3 2, P4 1",
            kind: OptKind::Text { min: 1, max: 3 },
            required: false,
        },
        Opt {
            name: "person",
            about: "Whom to put down for categories; a list comes",
            kind: OptKind::Person,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

/// The tiers, to choose from.
pub(super) fn tiers() -> Vec<(&'static str, String)> {
    let keys = ["L1", "L2", "L3"].into_iter();
    let all = keys.filter(|key| tier_named(key).is_some());
    all.map(|key| (key, key.to_owned())).collect()
}

/// The tier of that name.
pub(super) fn tier_named(name: &str) -> Option<Tier> {
    Tier::ALL.into_iter().find(|tier| tier.to_string() == name)
}

async fn run(call: &Call) -> Result<Reply, Error> {
    match (&call.input, call.arg(0), call.arg(1)) {
        (Input::Choose { .. }, Some("skills"), None) => {
            let who = chosen(call)?.ok_or(Refusal::StaleButton)?;
            Ok(Reply::Say(skills(call, who).await?))
        }
        (Input::Choose { values, .. }, Some("skills"), Some(who)) => {
            let who = UserId(who.parse().map_err(|_| Refusal::StaleButton)?);
            keep_skills(call, who, values.iter().cloned().collect()).await
        }
        (Input::Choose { values, .. }, Some(key), None) => {
            let tier = tier_named(key).ok_or(Refusal::StaleButton)?;
            let turns = values.first().and_then(|key| Turns::from_key(key));
            let turns = turns.ok_or(Refusal::StaleButton)?;
            set(call, tier, Some(turns), None).await?;
            Ok(Reply::Update(shown(call).await?))
        }
        _ => by_options(call).await,
    }
}

async fn by_options(call: &Call) -> Result<Reply, Error> {
    if let Some(who) = person(call, "person")? {
        return Ok(Reply::Say(skills(call, who).await?));
    }
    let (turns, capacity) = (call.option("turns"), call.option("capacity"));
    if turns.is_none() && capacity.is_none() {
        return Ok(Reply::Say(shown(call).await?));
    }
    let tier = call.option("tier").and_then(tier_named);
    let tier = tier.ok_or_else(|| unknown("tier"))?;
    let turns = match turns {
        Some(key) => Some(Turns::from_key(key).ok_or_else(|| unknown("turns"))?),
        None => None,
    };
    let bad = || Refusal::BadCapacity {
        at_most: CAPACITY_AT_MOST,
    };
    let capacity = match capacity {
        Some(typed) => Some(typed.trim().parse().map_err(|_| bad())?),
        None => None,
    };
    let rule = set(call, tier, turns, capacity).await?;
    let text = call
        .words
        .config_changed(tier, &call.words.turns(rule.turns), rule.capacity);
    Ok(Reply::Say(Post::text(text)))
}

async fn set(
    call: &Call,
    tier: Tier,
    turns: Option<Turns>,
    capacity: Option<u32>,
) -> Result<TierRule, Error> {
    let guild = call.guild()?;
    let all = call.desk.at_work(guild, call.now).await?;
    let now = all.iter().find(|one| one.tier == tier);
    let now = now.map_or(TierRule::of(tier), |one| one.rule);
    let rule = TierRule {
        turns: turns.unwrap_or(now.turns),
        capacity: capacity.unwrap_or(now.capacity),
    };
    let (by, cause) = (&call.actor, &call.cause);
    let set = call
        .desk
        .set_tier_rule(guild, by, tier, rule, cause, call.now);
    set.await?;
    Ok(rule)
}

async fn shown(call: &Call) -> Result<Post, Error> {
    let words = call.words;
    let tiers = call.desk.at_work(call.guild()?, call.now).await?;
    let lines: Vec<String> = tiers.iter().map(|one| line(words, one)).collect();
    let mut skilled: Vec<(UserId, String)> = tiers
        .iter()
        .flat_map(|tier| &tier.people)
        .filter(|(holder, _)| !holder.skills.is_empty())
        .map(|(holder, _)| (holder.user, words.categories(&holder.skills)))
        .collect();
    skilled.sort();
    skilled.dedup();
    let skilled = skilled
        .iter()
        .map(|(user, skills)| words.config_skills(*user, skills));
    let (guild, desk) = (call.guild()?, &call.desk);
    let zone = desk.zone(guild, call.now).await?;
    let rules = desk.line_rules(guild).await?;
    let rhythm = desk.digests(guild).await?;
    let leads = [
        String::new(),
        lead_escalations::said(words, &rules, &zone),
        lead_digest::said(words, &rhythm, &zone),
    ];
    let lines: Vec<String> = lines.into_iter().chain(skilled).chain(leads).collect();
    let mut post = Post::embed(Embed {
        title: Some(words.config_title()),
        description: Some(format!("{}\n\n{}", lines.join("\n"), words.config_intro())),
        colour: Some(colour::QUIET),
        ..Embed::default()
    });
    for one in &tiers {
        let options = Turns::ALL.map(|turns| Choice {
            label: words.choice_turns(one.tier, turns),
            value: turns.key().to_owned(),
            about: None,
            chosen: turns == one.rule.turns,
        });
        let now = words.turns(one.rule.turns);
        post = post.with_select(Select {
            line: Line::new(PATH).arg(one.tier),
            placeholder: words.placeholder_turns(one.tier, &now),
            options: options.into(),
            min: 1,
            max: 1,
        });
    }
    Ok(post.with_people(PeopleSelect {
        line: Line::new(PATH).arg("skills"),
        placeholder: words.placeholder_skills_who(),
    }))
}

fn line(words: Words, one: &TierAtWork) -> String {
    let turns = words.turns(one.rule.turns);
    words.config_changed(one.tier, &turns, one.rule.capacity)
}

/// What is that person put down for?
async fn skills(call: &Call, who: UserId) -> Result<Post, Error> {
    let words = call.words;
    let tiers = call.desk.at_work(call.guild()?, call.now).await?;
    let mut people = tiers.iter().flat_map(|tier| &tier.people);
    let known = people.find(|(holder, _)| holder.user == who);
    let (holder, _) = known.ok_or(Refusal::NotOnTheDesk { who })?;
    let options: Vec<Choice> = Category::ALL
        .iter()
        .map(|category| Choice {
            label: words.category(category),
            value: category.key.to_owned(),
            about: None,
            chosen: holder.skills.contains(category.key),
        })
        .collect();
    let max = u8::try_from(options.len()).unwrap_or(u8::MAX);
    Ok(Post::text(words.config_skills_of(who)).with_select(Select {
        line: Line::new(PATH).arg("skills").arg(who),
        placeholder: words.placeholder_skills(),
        options,
        min: 0,
        max,
    }))
}

async fn keep_skills(call: &Call, who: UserId, keys: BTreeSet<String>) -> Result<Reply, Error> {
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let set = call.desk.set_skills(guild, by, who, &keys, cause, call.now);
    set.await?;
    let text = if keys.is_empty() {
        call.words.config_skills_none(who)
    } else {
        call.words.config_skills(who, &call.words.categories(&keys))
    };
    Ok(Reply::Update(Post::text(text)))
}
