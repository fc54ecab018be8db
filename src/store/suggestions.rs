//! Tickets that read alike, as the leads were told of them.

use jiff::Timestamp;

use super::rows::{bad, column, id, json};
use super::{Connection, Result, ms};
use crate::domain::ids::{GuildId, Number, SuggestionId, TicketId, UserId};

const TABLE: &str = "suggestion";

/// Tickets that are looked through for those that read alike: the newest of a category.
const LOOKED_THROUGH: u32 = 300;

/// A ticket as it is held against others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Its id.
    pub id: TicketId,
    /// Its number.
    pub number: Number,
    /// Who opened it.
    pub requester: UserId,
    /// Its title.
    pub title: String,
    /// When it was opened.
    pub opened_at: i64,
    /// It belongs to a problem that is not over.
    pub explained: bool,
}

/// A crowd of tickets that the leads were told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its desk.
    pub guild: GuildId,
    /// A category's key.
    pub category: String,
    /// The tickets.
    pub tickets: Vec<TicketId>,
}

/// The tickets of `category` that were opened on `guild` since `since`, the newest first; no confidential ones.
pub async fn incidents(
    from: &mut Connection,
    guild: GuildId,
    category: &str,
    since: Timestamp,
) -> Result<Vec<Incident>> {
    let rows: Vec<(i64, i64, i64, String, i64, bool)> = sqlx::query_as(
        "select t.id, t.number, t.requester, t.title, t.opened_at, exists (
                 select 1 from problem_ticket l join problem p on p.id = l.problem
                 where l.ticket = t.id and p.state not in ('resolved', 'closed')
             )
         from ticket t
         where t.guild = ? and t.category = ? and t.opened_at >= ? and t.confidential = 0
             and t.state not in ('cancelled', 'merged')
         order by t.id desc limit ?",
    )
    .bind(column(guild.0))
    .bind(category)
    .bind(ms(since))
    .bind(LOOKED_THROUGH)
    .fetch_all(from)
    .await?;
    Ok(rows
        .into_iter()
        .map(
            |(ticket, number, requester, title, opened_at, explained)| Incident {
                id: TicketId(ticket),
                number: Number(number),
                requester: UserId(id(requester)),
                title,
                opened_at,
                explained,
            },
        )
        .collect())
}

/// Whether the leads were told since `since` of any of these tickets; with `crowd`, of them as so many in one day.
pub async fn told(
    from: &mut Connection,
    guild: GuildId,
    tickets: &[TicketId],
    crowd: bool,
    since: Timestamp,
) -> Result<bool> {
    let tickets = serde_json::to_string(tickets).map_err(|error| bad(TABLE, error.to_string()))?;
    Ok(sqlx::query_scalar(
        "select exists (
             select 1 from suggestion s, json_each(s.tickets) told
             where s.guild = ? and s.at >= ? and s.crowd >= ? and told.value in (select value from json_each(?))
         )",
    )
    .bind(column(guild.0))
    .bind(ms(since))
    .bind(crowd)
    .bind(tickets)
    .fetch_one(from)
    .await?)
}

/// Puts down that the leads are told.
pub async fn insert(
    change: &mut Connection,
    suggestion: &Suggestion,
    crowd: bool,
    now: Timestamp,
) -> Result<SuggestionId> {
    let tickets = serde_json::to_string(&suggestion.tickets)
        .map_err(|error| bad(TABLE, error.to_string()))?;
    let id = sqlx::query_scalar(
        "insert into suggestion (guild, category, crowd, at, tickets) values (?, ?, ?, ?, ?) returning id",
    )
    .bind(column(suggestion.guild.0))
    .bind(&suggestion.category)
    .bind(crowd)
    .bind(ms(now))
    .bind(tickets)
    .fetch_one(change)
    .await?;
    Ok(SuggestionId(id))
}

/// The suggestion of that id.
pub async fn find(from: &mut Connection, suggestion: SuggestionId) -> Result<Option<Suggestion>> {
    let row: Option<(i64, String, String)> =
        sqlx::query_as("select guild, category, tickets from suggestion where id = ?")
            .bind(suggestion.0)
            .fetch_optional(from)
            .await?;
    row.map(|(guild, category, tickets)| {
        Ok(Suggestion {
            guild: GuildId(id(guild)),
            category,
            tickets: json(TABLE, &tickets)?,
        })
    })
    .transpose()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use sqlx::SqlitePool;

    use super::*;
    use crate::domain::category::Category;
    use crate::domain::ids::Cause;
    use crate::domain::people::Actor;
    use crate::domain::problem::{Beginning, Problem, ProblemState, Workaround};
    use crate::store::problems;
    use crate::store::samples::{GUILD, MIA, RAVI, guild, now, ticket};

    #[sqlx::test]
    async fn a_crowd_is_found_and_told_of_once(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        guild(change).await;
        let first = ticket(change, "VPN drops").await.id;
        let second = ticket(change, "VPN drops again").await.id;
        let day = SignedDuration::from_hours(24);
        let found = incidents(change, GUILD, "network", now() - day).await;
        let ids: Vec<TicketId> = found.expect("read").iter().map(|one| one.id).collect();
        assert_eq!(ids, [second, first]);
        let none = incidents(change, GUILD, "email", now() - day).await;
        assert_eq!(none.expect("read"), []);
        let crowd = Suggestion {
            guild: GUILD,
            category: "network".into(),
            tickets: vec![first, second],
        };
        let id = insert(change, &crowd, false, now()).await.expect("kept");
        assert_eq!(find(change, id).await.expect("read"), Some(crowd));
        for (tickets, as_crowd, since, expected) in [
            (vec![second], false, now(), true),
            (vec![second], true, now(), false),
            (vec![TicketId(99)], false, now(), false),
            (vec![second], false, now() + day, false),
        ] {
            let found = told(change, GUILD, &tickets, as_crowd, since).await;
            assert_eq!(found.expect("read"), expected, "{tickets:?} {as_crowd}");
        }
    }

    #[sqlx::test]
    async fn a_problem_comes_back_with_whom_it_concerns(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        let change = &mut *connection;
        guild(change).await;
        let incident = ticket(change, "VPN drops").await.id;
        let (id, number) = problems::next(change, GUILD).await.expect("a number");
        let mut by = Actor::member(RAVI, "Ravi");
        by.standing.lead = true;
        let beginning = Beginning {
            guild: GUILD,
            title: "The gateway".into(),
            known: "Nothing yet".into(),
            category: Category::from_key("network").expect("known"),
        };
        let opened = Problem::open(beginning, id, number, &by, now());
        let (mut problem, happened) = opened.expect("opened");
        let cause = Cause::interaction(7);
        let events = problem.record(happened, Some(RAVI), now());
        problems::save(change, &problem, &events, &cause)
            .await
            .expect("saved");
        problems::link(change, id, incident, true, now())
            .await
            .expect("linked");
        assert!(problems::linked(change, id, incident).await.expect("read"));
        assert!(problems::me_too(change, id, MIA, now()).await.expect("put"));
        assert!(
            !problems::me_too(change, id, MIA, now())
                .await
                .expect("known")
        );
        assert_eq!(problems::counts(change, id).await.expect("read"), (1, 1));
        assert_eq!(problems::people(change, id).await.expect("read"), [MIA]);
        let of_ticket = problems::of_ticket(change, incident).await.expect("read");
        assert_eq!(of_ticket, [problem.clone()]);
        assert_eq!(problems::events(change, id).await.expect("read"), events);
        let made = problems::of_cause(change, &cause).await.expect("read");
        assert_eq!(made.as_ref(), Some(&problem));
        assert_eq!(
            problems::known_errors(change, GUILD).await.expect("read"),
            []
        );
        problem.state = ProblemState::KnownError;
        problems::save(change, &problem, &[], &cause)
            .await
            .expect_err("a known error has a workaround");
        problem.workaround = Some(Workaround::Text {
            text: "Wait".into(),
        });
        problems::save(change, &problem, &[], &cause)
            .await
            .expect("saved");
        let known = problems::known_errors(change, GUILD).await.expect("read");
        assert_eq!(known[0].titles, ["The gateway", "VPN drops"]);
        let (page, total) = problems::page(change, GUILD, false, 10, 0)
            .await
            .expect("read");
        assert_eq!((page.len(), total, page[0].tickets), (1, 1, 1));
        let twice = sqlx::query("update problem_event set at = 0").execute(&mut *change);
        let no = twice.await.expect_err("never").to_string();
        assert!(no.contains("events are never changed"), "{no}");
        problems::link(change, id, incident, false, now())
            .await
            .expect("taken away");
        assert_eq!(problems::counts(change, id).await.expect("read"), (0, 1));
    }
}
