//! Lists of tickets, page by page.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite};

use super::rows::column;
use super::tickets::Row;
use super::{Connection, Result, ms};
use crate::domain::ids::{GuildId, UserId};
use crate::domain::priority::Priority;
use crate::domain::ticket::{State, Ticket};
use crate::domain::tier::{Tier, TierSet};

/// Which tickets a list shows. All conditions hold together.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Opened for this person.
    pub requester: Option<UserId>,
    /// Opened for this person, or this person was added.
    pub taking_part: Option<UserId>,
    /// Had by, or offered to, this person.
    pub assignee: Option<UserId>,
    /// At one of these tiers.
    pub tiers: Option<TierSet>,
    /// At one of these tiers, or had or opened by `open_to`.
    pub seen: Option<TierSet>,
    /// Only those that somebody still has to work on.
    pub active: bool,
    /// Leave confidential ones out, but for those that this person has, opened, or was added to.
    pub open_to: Option<UserId>,
    /// In this state.
    pub state: Option<State>,
    /// Of this priority.
    pub priority: Option<Priority>,
    /// Opened at this instant or later.
    pub since: Option<Timestamp>,
    /// Opened before this instant.
    pub before: Option<Timestamp>,
    /// Each of these words stands in the title, in the text, or in the requester's name.
    pub words: Vec<String>,
}

/// One page of a list, the active ones, the most urgent and the oldest first, and how many there are in all.
pub async fn page(
    from: &mut Connection,
    guild: GuildId,
    filter: &Filter,
    size: u32,
    offset: u32,
) -> Result<(Vec<Ticket>, u32)> {
    let mut count = QueryBuilder::new("select count(*)");
    listed(&mut count, guild, filter);
    let total: i64 = count.build_query_scalar().fetch_one(&mut *from).await?;
    let mut rows = QueryBuilder::new("select *");
    listed(&mut rows, guild, filter);
    rows.push(
        " order by state in ('resolved', 'closed', 'cancelled', 'merged'), priority, opened_at, id limit ",
    )
    .push_bind(size)
    .push(" offset ")
    .push_bind(offset);
    let rows: Vec<Row> = rows.build_query_as().fetch_all(from).await?;
    let tickets = rows
        .into_iter()
        .map(Ticket::try_from)
        .collect::<Result<_>>()?;
    Ok((tickets, u32::try_from(total).unwrap_or(u32::MAX)))
}

/// The conditions, for the count and for the page alike.
fn listed(query: &mut QueryBuilder<Sqlite>, guild: GuildId, filter: &Filter) {
    query
        .push(" from ticket where guild = ")
        .push_bind(column(guild.0));
    if let Some(user) = filter.requester {
        query.push(" and requester = ").push_bind(column(user.0));
    }
    if let Some(user) = filter.taking_part {
        query.push(" and (requester = ").push_bind(column(user.0));
        takes_part(query, user);
        query.push(")");
    }
    if let Some(user) = filter.assignee {
        query.push(" and assignee = ").push_bind(column(user.0));
    }
    if let Some(tiers) = filter.tiers {
        query
            .push(" and (1 << (tier - 1)) & ")
            .push_bind(bits(tiers))
            .push(" != 0");
    }
    if let Some(tiers) = filter.seen {
        query
            .push(" and ((1 << (tier - 1)) & ")
            .push_bind(bits(tiers))
            .push(" != 0");
        if let Some(user) = filter.open_to {
            query.push(" or assignee = ").push_bind(column(user.0));
            query.push(" or requester = ").push_bind(column(user.0));
        }
        query.push(")");
    }
    if filter.active {
        query.push(
            " and state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor')",
        );
    }
    if let Some(user) = filter.open_to {
        let user_column = column(user.0);
        query
            .push(" and (confidential = 0 or requester = ")
            .push_bind(user_column);
        query.push(" or assignee = ").push_bind(user_column);
        takes_part(query, user);
        query.push(")");
    }
    if let Some(state) = filter.state {
        query.push(" and state = ").push_bind(state.key());
    }
    if let Some(priority) = filter.priority {
        query
            .push(" and priority = ")
            .push_bind(i64::from(priority.rank()));
    }
    if let Some(since) = filter.since {
        query.push(" and opened_at >= ").push_bind(ms(since));
    }
    if let Some(before) = filter.before {
        query.push(" and opened_at < ").push_bind(ms(before));
    }
    for word in &filter.words {
        let text = "lower(title || char(10) || body || char(10) || requester_name)";
        query.push(" and (false");
        for variant in variants(word) {
            query
                .push(format!(" or instr({text}, "))
                .push_bind(variant)
                .push(") > 0");
        }
        query.push(")");
    }
}

/// How `word` may stand in a text, after SQLite has made the ASCII letters of that small, the only ones whose case it knows:
/// as it was typed, small, with a capital, in capitals.
fn variants(word: &str) -> BTreeSet<String> {
    let small = word.to_lowercase();
    let mut letters = small.chars();
    let capital: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    [word, &small, &capital, &word.to_uppercase()]
        .into_iter()
        .map(str::to_ascii_lowercase)
        .collect()
}

/// A set of tiers, one bit each.
fn bits(tiers: TierSet) -> i64 {
    tiers
        .iter()
        .fold(0, |set, tier| set | 1 << (tier.level() - 1))
}

fn takes_part(query: &mut QueryBuilder<Sqlite>, user: UserId) {
    query
        .push(" or exists (select 1 from json_each(participants) where value = ")
        .push_bind(column(user.0))
        .push(")");
}

/// What `holder` has or is offered, on any tier.
pub async fn held_by(from: &mut Connection, guild: GuildId, holder: UserId) -> Result<Vec<Ticket>> {
    let filter = Filter {
        assignee: Some(holder),
        active: true,
        ..Filter::default()
    };
    Ok(page(from, guild, &filter, u32::MAX, 0).await?.0)
}

/// What anybody has or is offered at that tier.
pub async fn held_at(from: &mut Connection, guild: GuildId, tier: Tier) -> Result<Vec<Ticket>> {
    let filter = Filter {
        tiers: Some(TierSet::NONE.with(tier)),
        active: true,
        ..Filter::default()
    };
    let mut held = page(from, guild, &filter, u32::MAX, 0).await?.0;
    held.retain(|ticket| ticket.assignee.is_some());
    Ok(held)
}
