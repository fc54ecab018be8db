//! `/ticket list`: own tickets, and for the desk its queues, page by page.

use futures::FutureExt;

use crate::desk::{Error, Which};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Post, Reply};
use crate::discord::views::{answer, ticket};
use crate::discord::words::Words;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::tier::Tier;

/// `/ticket list [which]`
pub const COMMAND: Command = Command {
    path: "ticket list",
    kind: Kind::Slash,
    about: "List your tickets, or those of a queue",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "which",
        about: "Which tickets; your own ones when you leave it out",
        kind: OptKind::Choice(|| {
            let words = Words::of("en");
            LISTS
                .iter()
                .map(|(key, which)| (*key, title(words, *which)))
                .collect()
        }),
        required: false,
    }],
    run: |call| run(call).boxed(),
};

const LISTS: [(&str, Which); 6] = [
    ("own", Which::Own),
    ("mine", Which::Mine),
    ("l1", Which::AtTier(Tier::L1)),
    ("l2", Which::AtTier(Tier::L2)),
    ("l3", Which::AtTier(Tier::L3)),
    ("active", Which::Active),
];

async fn run(call: &Call) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let turned = matches!(call.input, Input::Press { .. });
    let key = call
        .arg(0)
        .or_else(|| call.option("which"))
        .unwrap_or("own");
    let Some((key, which)) = LISTS.into_iter().find(|(known, _)| *known == key) else {
        return Err(if turned {
            Refusal::StaleButton.into()
        } else {
            let field = "which".to_owned();
            let expected = Expected::OneOfTheChoices;
            Refusal::BadInput { field, expected }.into()
        });
    };
    if which != Which::Own && !call.actor.standing.staff() {
        let roles = Who::TechniciansAndLeads.roles();
        return Err(Refusal::RoleNeeded { roles }.into());
    }
    let page = call.arg(1).and_then(|page| page.parse().ok()).unwrap_or(1);
    let page = call.desk.tickets(guild, &call.actor, which, page).await?;
    let words = call.words;
    let post = if page.total == 0 {
        Post::text(empty(words, which)).with_buttons(match which {
            Which::Own => vec![answer::open_ticket(words, None)],
            _ => Vec::new(),
        })
    } else {
        let turns = Line::new("ticket list").arg(key);
        ticket::list(words, title(words, which), &turns, &page, &call.actor)
    };
    Ok(if turned {
        Reply::Update(post)
    } else {
        Reply::Say(post)
    })
}

fn title(words: Words, which: Which) -> String {
    match which {
        Which::Own => words.list_own(),
        Which::Mine => words.list_mine(),
        Which::AtTier(tier) => words.list_tier(tier),
        Which::Active => words.list_active(),
    }
}

fn empty(words: Words, which: Which) -> String {
    match which {
        Which::Own => words.list_empty_own(),
        Which::Mine => words.list_empty_mine(),
        Which::AtTier(tier) => words.list_empty_tier(tier),
        Which::Active => words.list_empty_active(),
    }
}
