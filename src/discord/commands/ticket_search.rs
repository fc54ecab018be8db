//! `/ticket search`: tickets by words, state, tier, priority and age, page by page.

use futures::FutureExt;

use crate::desk::{Draft, DraftKind, Error, Search};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{draft, ticket};
use crate::discord::words::Words;
use crate::domain::priority::Priority;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::ticket::State;
use crate::domain::tier::Tier;

/// Stands in the ids of its own buttons too.
const PATH: &str = "ticket search";

/// `/ticket search [text] [whose] [state] [priority] [tier] [age]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Find tickets by words, state, priority, tier and age",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[
        Opt {
            name: "text",
            about: "Words of the title, the text, or the requester's name",
            kind: OptKind::Text { min: 1, max: 100 },
            required: false,
        },
        Opt {
            name: "whose",
            about: "Whose tickets; all that you can see when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                vec![("own", words.list_own()), ("mine", words.list_mine())]
            }),
            required: false,
        },
        Opt {
            name: "state",
            about: "In which state",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                State::ALL
                    .iter()
                    .map(|state| (state.key(), words.state(*state)))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: "priority",
            about: "Of which priority",
            kind: OptKind::Choice(|| {
                Priority::ALL
                    .iter()
                    .map(|priority| (priority_key(*priority), priority.to_string()))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: "tier",
            about: "At which tier",
            kind: OptKind::Choice(|| {
                Tier::ALL
                    .iter()
                    .map(|tier| (tier_key(*tier), tier.to_string()))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: "age",
            about: "Opened how long ago",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                vec![
                    ("1", words.age_within(1)),
                    ("7", words.age_within(7)),
                    ("30", words.age_within(30)),
                    ("older-7", words.age_older(7)),
                    ("older-30", words.age_older(30)),
                ]
            }),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

fn priority_key(priority: Priority) -> &'static str {
    match priority {
        Priority::P1 => "p1",
        Priority::P2 => "p2",
        Priority::P3 => "p3",
        Priority::P4 => "p4",
    }
}

fn tier_key(tier: Tier) -> &'static str {
    match tier {
        Tier::L1 => "l1",
        Tier::L2 => "l2",
        Tier::L3 => "l3",
    }
}

async fn run(call: &Call) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let words = call.words;
    let turned = matches!(call.input, Input::Press { .. });
    let (id, search) = if turned {
        // What is looked for is too long for a button: the page that is turned was kept.
        let id = call
            .arg(0)
            .and_then(draft::id_of)
            .ok_or(Refusal::StaleButton)?;
        let kept = call.desk.draft(id, call.actor.user).await?;
        (Some(id), kept.search.ok_or(Refusal::StaleButton)?)
    } else {
        (None, wanted(call)?)
    };
    let page = call.arg(1).and_then(|page| page.parse().ok()).unwrap_or(1);
    let (by, now) = (&call.actor, call.now);
    let page = call.desk.search(guild, by, &search, page, now).await?;
    if page.total == 0 {
        return Ok(Reply::Say(Post::text(words.search_nothing())));
    }
    let id = match id {
        Some(id) => id,
        None => {
            let kept = Draft {
                kind: DraftKind::Search,
                search: Some(search.clone()),
                ..Draft::default()
            };
            call.desk.keep_draft(by.user, &kept, now).await?
        }
    };
    let turns = Line::new(PATH).arg(draft::named(id));
    let title = if search.text.is_empty() {
        words.search_title()
    } else {
        words.search_text(&plain::shown_line(&search.text))
    };
    let post = ticket::list(words, title, &turns, &page, by);
    Ok(if turned {
        Reply::Update(post)
    } else {
        Reply::Say(post)
    })
}

fn wanted(call: &Call) -> Result<Search, Refusal> {
    let unknown = |field: &str| Refusal::BadInput {
        field: field.to_owned(),
        expected: Expected::OneOfTheChoices,
    };
    let whose = call.option("whose");
    let mut search = Search {
        text: call.option("text").unwrap_or_default().to_owned(),
        own: whose == Some("own"),
        mine: whose == Some("mine"),
        ..Search::default()
    };
    if let Some(key) = call.option("state") {
        search.state = Some(State::from_key(key).ok_or_else(|| unknown("state"))?);
    }
    if let Some(key) = call.option("priority") {
        let found = Priority::ALL
            .into_iter()
            .find(|one| priority_key(*one) == key);
        search.priority = Some(found.ok_or_else(|| unknown("priority"))?);
    }
    if let Some(key) = call.option("tier") {
        let found = Tier::ALL.into_iter().find(|one| tier_key(*one) == key);
        search.tier = Some(found.ok_or_else(|| unknown("tier"))?);
    }
    if let Some(key) = call.option("age") {
        let older = key.strip_prefix("older-");
        let days = older.unwrap_or(key).parse().map_err(|_| unknown("age"))?;
        match older {
            Some(_) => search.older_than_days = Some(days),
            None => search.within_days = Some(days),
        }
    }
    Ok(search)
}
