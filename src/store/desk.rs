//! The desk on one server: its roles and channels, and what was registered for it.

use jiff::Timestamp;

use super::rows::{column, id, known};
use super::{Connection, Result, ms};
use crate::domain::ids::{ChannelId, GuildId, RoleId};
use crate::domain::people::{DeskChannel, DeskRole, House};

/// A server is there, by this name.
pub async fn guild_seen(change: &mut Connection, guild: GuildId, name: &str) -> Result<()> {
    sqlx::query("insert into guild (id, name) values (?, ?) on conflict (id) do update set name = excluded.name")
        .bind(column(guild.0))
        .bind(name)
        .execute(change)
        .await?;
    Ok(())
}

/// All servers on which the desk is set up.
pub async fn desks(from: &mut Connection) -> Result<Vec<(GuildId, String)>> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("select id, name from guild where set_up_at is not null order by name, id")
            .fetch_all(from)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(guild, name)| (GuildId(id(guild)), name))
        .collect())
}

/// Since when the desk is set up on `guild`.
pub async fn is_set_up(from: &mut Connection, guild: GuildId) -> Result<bool> {
    let at: Option<Option<i64>> = sqlx::query_scalar("select set_up_at from guild where id = ?")
        .bind(column(guild.0))
        .fetch_optional(from)
        .await?;
    Ok(at.flatten().is_some())
}

/// The desk on `guild` is set up from now on.
pub async fn set_up(change: &mut Connection, guild: GuildId, now: Timestamp) -> Result<()> {
    sqlx::query("update guild set set_up_at = coalesce(set_up_at, ?) where id = ?")
        .bind(ms(now))
        .bind(column(guild.0))
        .execute(change)
        .await?;
    Ok(())
}

/// What the desk has on `guild`; empty before the set-up. Everything that is asked of the desk begins with it, so it is one
/// statement.
pub async fn house(from: &mut Connection, guild: GuildId) -> Result<House> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "select 'role', role, discord_id from guild_role where guild = ?1
         union all select 'channel', channel, discord_id from guild_channel where guild = ?1
         union all select 'set_up', '', 0 from guild where id = ?1 and set_up_at is not null",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?;
    let mut house = House::default();
    for (what, key, discord) in rows {
        match what.as_str() {
            "role" => {
                let role = known("guild_role", &key, DeskRole::from_key(&key))?;
                house.roles.insert(role, RoleId(id(discord)));
            }
            "channel" => {
                let channel = known("guild_channel", &key, DeskChannel::from_key(&key))?;
                house.channels.insert(channel, ChannelId(id(discord)));
            }
            _ => house.set_up = true,
        }
    }
    Ok(house)
}

/// From now on `role` is that role of Discord's.
pub async fn keep_role(
    change: &mut Connection,
    guild: GuildId,
    role: DeskRole,
    discord: RoleId,
) -> Result<()> {
    sqlx::query(
        "insert into guild_role (guild, role, discord_id) values (?, ?, ?)
         on conflict (guild, role) do update set discord_id = excluded.discord_id",
    )
    .bind(column(guild.0))
    .bind(role.key())
    .bind(column(discord.0))
    .execute(change)
    .await?;
    Ok(())
}

/// The role is gone on Discord.
pub async fn lose_role(change: &mut Connection, guild: GuildId, role: DeskRole) -> Result<()> {
    sqlx::query("delete from guild_role where guild = ? and role = ?")
        .bind(column(guild.0))
        .bind(role.key())
        .execute(change)
        .await?;
    Ok(())
}

/// The channel is gone on Discord.
pub async fn lose_channel(
    change: &mut Connection,
    guild: GuildId,
    channel: DeskChannel,
) -> Result<()> {
    sqlx::query("delete from guild_channel where guild = ? and channel = ?")
        .bind(column(guild.0))
        .bind(channel.key())
        .execute(change)
        .await?;
    Ok(())
}

/// From now on `channel` is that channel of Discord's.
pub async fn keep_channel(
    change: &mut Connection,
    guild: GuildId,
    channel: DeskChannel,
    discord: ChannelId,
) -> Result<()> {
    sqlx::query(
        "insert into guild_channel (guild, channel, discord_id) values (?, ?, ?)
         on conflict (guild, channel) do update set discord_id = excluded.discord_id",
    )
    .bind(column(guild.0))
    .bind(channel.key())
    .bind(column(discord.0))
    .execute(change)
    .await?;
    Ok(())
}

/// The digest of what was registered at Discord for `scope` last.
pub async fn registered(from: &mut Connection, scope: &str) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar("select digest from registration where scope = ?")
            .bind(scope)
            .fetch_optional(from)
            .await?,
    )
}

/// That was registered for `scope` just now.
pub async fn keep_registered(
    change: &mut Connection,
    scope: &str,
    digest: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "insert into registration (scope, digest, at) values (?, ?, ?)
         on conflict (scope) do update set digest = excluded.digest, at = excluded.at",
    )
    .bind(scope)
    .bind(digest)
    .bind(ms(now))
    .execute(change)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sqlx::SqlitePool;

    use super::*;
    use crate::store::samples::{GUILD, now};

    #[sqlx::test]
    async fn a_desk_keeps_its_roles_and_channels(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild_seen(&mut connection, GUILD, "Larkfield")
            .await
            .expect("seen");
        assert!(!is_set_up(&mut connection, GUILD).await.expect("read"));
        keep_role(&mut connection, GUILD, DeskRole::L1, RoleId(1))
            .await
            .expect("kept");
        keep_role(&mut connection, GUILD, DeskRole::L1, RoleId(2))
            .await
            .expect("kept");
        keep_channel(&mut connection, GUILD, DeskChannel::Leads, ChannelId(3))
            .await
            .expect("kept");
        set_up(&mut connection, GUILD, now()).await.expect("set up");
        let expected = House {
            roles: BTreeMap::from([(DeskRole::L1, RoleId(2))]),
            channels: BTreeMap::from([(DeskChannel::Leads, ChannelId(3))]),
            set_up: true,
        };
        assert_eq!(house(&mut connection, GUILD).await.expect("read"), expected);
        assert_eq!(
            desks(&mut connection).await.expect("read"),
            [(GUILD, "Larkfield".to_owned())]
        );
    }

    #[sqlx::test]
    async fn every_role_and_channel_of_the_domain_fits_into_the_tables(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        guild_seen(&mut connection, GUILD, "Larkfield")
            .await
            .expect("seen");
        for role in DeskRole::ALL {
            keep_role(&mut connection, GUILD, role, RoleId(1))
                .await
                .expect("a role that the table knows");
        }
        for channel in DeskChannel::ALL {
            keep_channel(&mut connection, GUILD, channel, ChannelId(1))
                .await
                .expect("a channel that the table knows");
        }
    }

    #[sqlx::test]
    async fn what_was_registered_is_known_again(pool: SqlitePool) {
        let mut connection = pool.acquire().await.expect("a connection");
        assert_eq!(
            registered(&mut connection, "global").await.expect("read"),
            None
        );
        keep_registered(&mut connection, "global", "a", now())
            .await
            .expect("kept");
        keep_registered(&mut connection, "global", "b", now())
            .await
            .expect("kept");
        assert_eq!(
            registered(&mut connection, "global")
                .await
                .expect("read")
                .as_deref(),
            Some("b")
        );
    }
}
