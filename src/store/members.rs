//! Who the desk has met, and whether they are on duty.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use sqlx::FromRow;

use super::batch::{Answer, Statement, Writes, statement};
use super::rows::{at, bad, column, id, json, known, maybe_at};
use super::{Connection, Result, ms};
use crate::domain::category::Group;
use crate::domain::ids::{GuildId, TicketId, UserId};
use crate::domain::people::Standing;
use crate::domain::priority::Priority;
use crate::domain::roster::{Crew, Duty, Holder, TierRule, Turns, units};
use crate::domain::ticket::{State, Ticket};
use crate::domain::tier::{Tier, TierSet};

/// Who declined a ticket is not offered it again for this long (`DOMAIN` 1.6).
const DECLINED_FOR: SignedDuration = SignedDuration::from_mins(60);

fn bits(tiers: TierSet) -> i64 {
    tiers
        .iter()
        .fold(0, |set, tier| set | 1 << (tier.level() - 1))
}

fn tiers(bits: i64) -> TierSet {
    Tier::ALL
        .into_iter()
        .filter(|tier| bits & (1 << (tier.level() - 1)) != 0)
        .collect()
}

/// What was last seen of a member.
pub async fn standing(
    from: &mut Connection,
    guild: GuildId,
    user: UserId,
) -> Result<Option<(String, Standing)>> {
    let row: Option<(String, i64, bool, bool)> =
        sqlx::query_as("select name, tiers, lead, admin from member where guild = ? and user = ?")
            .bind(column(guild.0))
            .bind(column(user.0))
            .fetch_optional(from)
            .await?;
    Ok(row.map(|(name, held, lead, admin)| {
        (
            name,
            Standing {
                tiers: tiers(held),
                lead,
                admin,
                owner: false,
            },
        )
    }))
}

/// Remembers `user` as they were just seen.
pub async fn remember(
    change: &mut Connection,
    guild: GuildId,
    user: UserId,
    name: &str,
    standing: Standing,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into member (guild, user, name, tiers, lead, admin, seen_at) values (?, ?, ?, ?, ?, ?, ?)
         on conflict (guild, user) do update set
             name = excluded.name, tiers = excluded.tiers, lead = excluded.lead, admin = excluded.admin,
             seen_at = excluded.seen_at",
    )
    .bind(column(guild.0))
    .bind(column(user.0))
    .bind(name)
    .bind(bits(standing.tiers))
    .bind(standing.lead)
    .bind(standing.admin)
    .bind(ms(now))
    .execute(change)
    .await?;
    Ok(())
}

/// Says whether `user` is on duty. From the first time on, duty counts on this desk. Returns what they were before.
pub async fn set_duty(
    change: &mut Connection,
    guild: GuildId,
    user: UserId,
    duty: Duty,
    now: Timestamp,
) -> Result<Duty> {
    let before: String = sqlx::query_scalar("select duty from member where guild = ? and user = ?")
        .bind(column(guild.0))
        .bind(column(user.0))
        .fetch_one(&mut *change)
        .await?;
    sqlx::query(
        "update member set duty = ?, duty_at = ? where guild = ? and user = ?;
         update guild set duty_used = 1 where id = ?",
    )
    .bind(key(duty))
    .bind(ms(now))
    .bind(column(guild.0))
    .bind(column(user.0))
    .bind(column(guild.0))
    .execute(change)
    .await?;
    Ok(if before == key(Duty::On) {
        Duty::On
    } else {
        Duty::Off
    })
}

/// The shift of `user` began or ended. From the first time on, duty counts on this desk.
pub async fn turn_duty(
    change: &mut Connection,
    guild: GuildId,
    user: UserId,
    duty: Duty,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "update member set duty = ?, duty_at = ? where guild = ? and user = ?;
         update guild set duty_used = 1 where id = ?",
    )
    .bind(key(duty))
    .bind(ms(now))
    .bind(column(guild.0))
    .bind(column(user.0))
    .bind(column(guild.0))
    .execute(change)
    .await?;
    Ok(())
}

fn key(duty: Duty) -> &'static str {
    match duty {
        Duty::On => "on",
        Duty::Off => "off",
    }
}

/// `ticket` was just offered to `user`: their turn in its queue is over.
pub async fn offered(
    change: &mut impl Writes,
    ticket: &Ticket,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    statement(
        "insert into turn (guild, user, tier, category_group, offered_at) values (?, ?, ?, ?, ?)
         on conflict (guild, user, tier, category_group) do update set offered_at = excluded.offered_at",
    )
    .bind(column(ticket.guild.0))
    .bind(column(user.0))
    .bind(i64::from(ticket.tier.level()))
    .bind(ticket.category().group().key())
    .bind(ms(now))
    .put(change)
    .await
}

/// What is read for a crew, in one row: lists are JSON.
#[derive(FromRow)]
struct CrewRow {
    duty_used: bool,
    /// User, name, tiers, duty, until when they are away, deputy, skills.
    holders: String,
    /// Users.
    leads: String,
    /// User, tier, group of categories, and when a ticket was last offered to them there.
    turns: String,
    /// Tier, how it picks, capacity: where that was set.
    rules: String,
    /// Assignee, priority, state, and how many such tickets.
    loads: String,
    /// Who declined the ticket in question a moment ago.
    declined: String,
}

type HolderColumns = (
    i64,
    String,
    i64,
    String,
    Option<i64>,
    Option<i64>,
    BTreeSet<String>,
);

/// Everybody who holds a tier, with their load, as it matters for offering `ticket`.
pub async fn crew(
    from: &mut Connection,
    guild: GuildId,
    ticket: TicketId,
    now: Timestamp,
) -> Result<Crew> {
    crew_of(&reading_crew(Some(guild), ticket, now).ask(from).await?)
}

/// The statement that reads the crew, for a batch: of `guild`, or else of the desk whose ticket it is.
pub(super) fn reading_crew(guild: Option<GuildId>, ticket: TicketId, now: Timestamp) -> Statement {
    statement(
        "select
             coalesce((select duty_used from guild where id = desk.id), 0) as duty_used,
             (
                 select json_group_array(json_array(
                     user, name, tiers, duty, iif(away_until > ?, away_until, null), deputy, json(skills)
                 ))
                 from member where guild = desk.id and tiers > 0
             ) as holders,
             (select json_group_array(user) from member where guild = desk.id and lead = 1) as leads,
             (
                 select json_group_array(json_array(user, tier, category_group, offered_at))
                 from turn where guild = desk.id
             ) as turns,
             (
                 select json_group_array(json_array(tier, turns, capacity)) from tier_rule where guild = desk.id
             ) as rules,
             (
                 select json_group_array(json_array(assignee, priority, state, tickets)) from (
                     select assignee, priority, state, count(*) as tickets from ticket
                     where guild = desk.id and assignee is not null and id is not ?
                         and state in ('assigned', 'in_progress', 'waiting_user', 'waiting_vendor')
                     group by assignee, priority, state
                 )
             ) as loads,
             (
                 select json_group_array(iif(kind = 'rejected', by, body ->> 'from')) from event
                 where ticket = ? and at > ? and kind in ('rejected', 'released')
             ) as declined
         from (select coalesce(?, (select guild from ticket where id = ?)) as id) as desk",
    )
    .bind(ms(now))
    .bind(ticket.0)
    .bind(ticket.0)
    .bind(ms(now - DECLINED_FOR))
    .bind(guild.map(|guild| column(guild.0)))
    .bind(ticket.0)
}

/// The crew, by what that statement answered.
pub(super) fn crew_of(answer: &Answer) -> Result<Crew> {
    let Some(row) = answer.rows.first().map(CrewRow::from_row).transpose()? else {
        return Ok(Crew::default());
    };
    let mut loads: BTreeMap<i64, u32> = BTreeMap::new();
    let own: Vec<(i64, u8, String, u32)> = json("ticket", &row.loads)?;
    for (user, priority, state, tickets) in own {
        let kind = Priority::from_rank(priority).zip(State::from_key(&state));
        if let Some((priority, state)) = kind {
            *loads.entry(user).or_default() += units(priority, state) * tickets;
        }
    }
    let declined: Vec<Option<i64>> = json("event", &row.declined)?;
    let mut turns = turns(&row.turns)?;
    let leads: Vec<i64> = json("member", &row.leads)?;
    let leads = leads.into_iter().map(|user| UserId(id(user))).collect();
    let holders: Vec<HolderColumns> = json("member", &row.holders)?;
    let holders = holders
        .into_iter()
        .map(|(user, name, held, duty, away_until, deputy, skills)| {
            Ok(Holder {
                user: UserId(id(user)),
                name,
                tiers: tiers(held),
                duty: if duty == key(Duty::On) {
                    Duty::On
                } else {
                    Duty::Off
                },
                away_until: maybe_at("member", away_until)?,
                deputy: deputy.map(|deputy| UserId(id(deputy))),
                skills,
                load: loads.get(&user).copied().unwrap_or(0),
                turns: turns.remove(&user).unwrap_or_default(),
                declined: declined.contains(&Some(user)),
            })
        })
        .collect::<Result<_>>()?;
    Ok(Crew {
        holders,
        duty_used: row.duty_used,
        rules: rules(&row.rules)?,
        leads,
    })
}

type Turned = BTreeMap<(Tier, Group), Timestamp>;

fn turns(text: &str) -> Result<BTreeMap<i64, Turned>> {
    let rows: Vec<(i64, u8, String, i64)> = json("turn", text)?;
    let mut turns: BTreeMap<i64, Turned> = BTreeMap::new();
    for (user, tier, group, offered_at) in rows {
        // A group that an older program counted in is not counted in any more.
        if let Some(queue) = Tier::from_level(tier).zip(Group::from_key(&group)) {
            let own = turns.entry(user).or_default();
            own.insert(queue, at("turn", offered_at)?);
        }
    }
    Ok(turns)
}

fn rules(text: &str) -> Result<[TierRule; 3]> {
    const TABLE: &str = "tier_rule";
    let rows: Vec<(u8, String, u32)> = json(TABLE, text)?;
    let mut rules = Tier::ALL.map(TierRule::of);
    for (tier, turns, capacity) in rows {
        let tier = known(TABLE, "tier", Tier::from_level(tier))?;
        let turns = known(TABLE, &turns, Turns::from_key(&turns))?;
        rules[usize::from(tier.level()) - 1] = TierRule { turns, capacity };
    }
    Ok(rules)
}

/// From now on `tier` is worked by that rule.
pub async fn set_rule(
    change: &mut Connection,
    guild: GuildId,
    tier: Tier,
    rule: TierRule,
) -> Result<()> {
    sqlx::query(
        "insert into tier_rule (guild, tier, turns, capacity) values (?, ?, ?, ?)
         on conflict (guild, tier) do update set turns = excluded.turns, capacity = excluded.capacity",
    )
    .bind(column(guild.0))
    .bind(i64::from(tier.level()))
    .bind(rule.turns.key())
    .bind(i64::from(rule.capacity))
    .execute(change)
    .await?;
    Ok(())
}

/// From now on `user` is put down for those categories. False when nobody of that id was met.
pub async fn set_skills(
    change: &mut Connection,
    guild: GuildId,
    user: UserId,
    skills: &BTreeSet<String>,
) -> Result<bool> {
    let skills = serde_json::to_string(skills).map_err(|error| bad("member", error.to_string()))?;
    let done = sqlx::query("update member set skills = ? where guild = ? and user = ?")
        .bind(skills)
        .bind(column(guild.0))
        .bind(column(user.0))
        .execute(change)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// `user` is away until then, and `deputy` stands in for them; or is back.
pub async fn set_away(
    change: &mut Connection,
    guild: GuildId,
    user: UserId,
    away: Option<(Timestamp, Option<UserId>)>,
) -> Result<()> {
    sqlx::query("update member set away_until = ?, deputy = ? where guild = ? and user = ?")
        .bind(away.map(|(until, _)| ms(until)))
        .bind(
            away.and_then(|(_, deputy)| deputy)
                .map(|user| column(user.0)),
        )
        .bind(column(guild.0))
        .bind(column(user.0))
        .execute(change)
        .await?;
    Ok(())
}

/// Who is back by `now`, by desk: they are away no more.
pub async fn take_back(change: &mut Connection, now: Timestamp) -> Result<Vec<(GuildId, UserId)>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "update member set away_until = null, deputy = null where away_until <= ? returning guild, user",
    )
    .bind(ms(now))
    .fetch_all(change)
    .await?;
    let mut back: Vec<(GuildId, UserId)> = rows
        .into_iter()
        .map(|(guild, user)| (GuildId(id(guild)), UserId(id(user))))
        .collect();
    back.sort_unstable();
    Ok(back)
}

/// When the next of those who are away is back, if anybody is away.
pub async fn next_back(from: &mut Connection) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar("select min(away_until) from member")
        .fetch_one(from)
        .await?;
    maybe_at("member", due)
}

/// Everybody whom the desk remembers with a role of it, and what they hold.
pub async fn staff(
    from: &mut Connection,
    guild: GuildId,
) -> Result<BTreeMap<UserId, (String, Standing)>> {
    let rows: Vec<(i64, String, i64, bool, bool)> = sqlx::query_as(
        "select user, name, tiers, lead, admin from member where guild = ? and (tiers > 0 or lead = 1 or admin = 1)",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(user, name, held, lead, admin)| {
            let standing = Standing {
                tiers: tiers(held),
                lead,
                admin,
                owner: false,
            };
            (UserId(id(user)), (name, standing))
        })
        .collect())
}

/// What the desk calls everybody it has met there.
pub async fn names(from: &mut Connection, guild: GuildId) -> Result<BTreeMap<UserId, String>> {
    let rows: Vec<(i64, String)> = sqlx::query_as("select user, name from member where guild = ?")
        .bind(column(guild.0))
        .fetch_all(from)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(user, name)| (UserId(id(user)), name))
        .collect())
}

#[cfg(test)]
mod tests {
    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, MIA, RAVI, guild, now, ticket};
    use crate::store::tickets;

    #[sqlx::test]
    async fn what_was_last_seen_of_a_member_is_remembered(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let lead = Standing {
            tiers: TierSet::ALL,
            lead: true,
            admin: true,
            owner: false,
        };
        remember(&mut connection, GUILD, MIA, "Mia", lead, now())
            .await
            .expect("remembered");
        let seen = standing(&mut connection, GUILD, MIA).await.expect("read");
        assert_eq!(seen, Some(("Mia".to_owned(), lead)));
        assert_eq!(staff(&mut connection, GUILD).await.expect("read").len(), 2);
        remember(
            &mut connection,
            GUILD,
            MIA,
            "Mia",
            Standing::default(),
            now(),
        )
        .await
        .expect("remembered");
        assert_eq!(staff(&mut connection, GUILD).await.expect("read").len(), 1);
        assert_eq!(
            standing(&mut connection, GUILD, UserId(404))
                .await
                .expect("read"),
            None
        );
    }

    #[sqlx::test]
    async fn a_crew_knows_load_duty_and_turn_of_each_holder(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let mut own = ticket(&mut connection, "VPN").await;
        own.state = State::InProgress;
        own.assignee = Some(RAVI);
        own.priority = Priority::P2;
        tickets::save(&mut connection, &own, None)
            .await
            .expect("saved");
        offered(&mut connection, &own, RAVI, now())
            .await
            .expect("offered");
        let rule = TierRule {
            turns: Turns::Manual,
            capacity: 3,
        };
        set_rule(&mut connection, GUILD, Tier::L2, rule)
            .await
            .expect("set");
        let skills = BTreeSet::from(["network".to_owned()]);
        assert!(
            set_skills(&mut connection, GUILD, RAVI, &skills)
                .await
                .expect("set")
        );
        let until = now() + SignedDuration::from_hours(1);
        set_away(&mut connection, GUILD, RAVI, Some((until, Some(MIA))))
            .await
            .expect("set");
        let about = TicketId(99);
        let known = crew(&mut connection, GUILD, about, now())
            .await
            .expect("read");
        assert!(!known.duty_used);
        assert_eq!(known.holders.len(), 1);
        let ravi = &known.holders[0];
        assert_eq!((ravi.load, ravi.declined), (4, false));
        let queue = (Tier::L1, Group::Services);
        assert_eq!(ravi.turns, BTreeMap::from([(queue, now())]));
        assert_eq!((ravi.away_until, ravi.deputy), (Some(until), Some(MIA)));
        assert_eq!(ravi.skills, skills);
        assert_eq!(known.rule(Tier::L2), rule);
        assert_eq!(known.rule(Tier::L1), TierRule::of(Tier::L1));
        let later = crew(&mut connection, GUILD, about, until)
            .await
            .expect("read");
        assert_eq!(later.holders[0].away_until, None, "back by then");
        let itself = crew(&mut connection, GUILD, own.id, now())
            .await
            .expect("read");
        assert_eq!(
            itself.holders[0].load, 0,
            "the ticket in question weighs nothing"
        );
        let before = set_duty(&mut connection, GUILD, RAVI, Duty::On, now())
            .await
            .expect("set");
        assert_eq!(before, Duty::Off);
        let known = crew(&mut connection, GUILD, about, now())
            .await
            .expect("read");
        assert!(known.duty_used && known.holders[0].duty == Duty::On);
    }

    #[sqlx::test]
    async fn who_sent_a_ticket_back_has_declined_it_for_an_hour(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild(&mut connection).await;
        let kept = ticket(&mut connection, "VPN").await;
        let what = crate::domain::event::What::Released {
            text: None,
            from: RAVI,
            reason: crate::domain::event::ReleaseReason::LostRole,
        };
        let event = crate::domain::event::Event {
            seq: 2,
            at: now(),
            by: None,
            what,
        };
        let cause = crate::domain::ids::Cause::interaction(1);
        super::super::events::append(&mut connection, kept.id, &[event], &cause)
            .await
            .expect("appended");
        let declined = async |connection: &mut Connection, at| {
            crew(connection, GUILD, kept.id, at)
                .await
                .expect("read")
                .holders[0]
                .declined
        };
        assert!(declined(&mut connection, now()).await);
        assert!(!declined(&mut connection, now() + DECLINED_FOR).await);
    }
}
