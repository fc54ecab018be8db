//! The desk on one server, and the people whom it has met there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::event::ReleaseReason;
use crate::domain::ids::{Cause, GuildId, UserId};
use crate::domain::people::{House, Standing};
use crate::domain::ticket::Ticket;
use crate::store;
use crate::store::majors::Running;
use crate::store::problems::KnownError;

/// One server as it was read last.
#[derive(Debug)]
pub(super) struct Known {
    house: House,
    /// Everybody who is remembered with a role of the desk: the name and what they are.
    pub(super) staff: BTreeMap<UserId, (String, Standing)>,
    /// The known errors, against which every question is held.
    pub(super) errors: Vec<KnownError>,
    /// The major incidents that run.
    pub(super) majors: Vec<Running>,
}

/// What was read since the last change of the database.
#[derive(Debug, Default)]
pub(super) struct Lately(Mutex<(u64, BTreeMap<GuildId, Arc<Known>>)>);

impl Lately {
    fn find(&self, guild: GuildId, commits: u64) -> Option<Arc<Known>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = held.1.get(&guild).filter(|_| held.0 == commits);
        known.map(Arc::clone)
    }

    /// Keeps what was read when so many changes had been committed.
    fn keep(&self, guild: GuildId, commits: u64, known: &Arc<Known>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0 < commits {
            *held = (commits, BTreeMap::new());
        }
        if held.0 == commits {
            held.1.insert(guild, Arc::clone(known));
        }
    }
}

impl Desk {
    pub(super) async fn reader(&self) -> Result<store::Reader, Error> {
        Ok(self.0.store.reader().await?)
    }

    /// The roles and channels of `guild`; empty before the set-up.
    pub async fn house(&self, guild: GuildId) -> Result<House, Error> {
        Ok(self.known(guild).await?.house.clone())
    }

    /// What every call on `guild` begins with, read anew after each change: a crowd that asks at the same time reads it
    /// once.
    pub(super) async fn known(&self, guild: GuildId) -> Result<Arc<Known>, Error> {
        let commits = self.0.store.commits();
        if let Some(known) = self.0.lately.find(guild, commits) {
            return Ok(known);
        }
        let mut from = self.reader().await?;
        let known = Arc::new(Known {
            house: store::desk::house(&mut from, guild).await?,
            staff: store::members::staff(&mut from, guild).await?,
            errors: store::problems::known_errors(&mut from, guild).await?,
            majors: store::majors::running(&mut from, guild).await?,
        });
        drop(from);
        self.0.lately.keep(guild, commits, &known);
        Ok(known)
    }

    /// All servers on which the desk is set up, by name.
    pub async fn desks(&self) -> Result<Vec<(GuildId, String)>, Error> {
        let mut from = self.reader().await?;
        Ok(store::desk::desks(&mut from).await?)
    }

    /// A server is there, by this name.
    pub async fn guild_seen(&self, guild: GuildId, name: &str) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        store::desk::guild_seen(&mut change, guild, name).await?;
        self.commit(change).await
    }

    /// Remembers what was just seen of a member. Who lost the role under which they hold a ticket gives it back.
    pub async fn met(
        &self,
        guild: GuildId,
        user: UserId,
        name: &str,
        standing: Standing,
        now: Timestamp,
    ) -> Result<(), Error> {
        let standing = Standing {
            owner: false,
            ..standing
        };
        let known = self.known(guild).await?;
        let before = match known.staff.get(&user) {
            Some((known_name, before)) if known_name == name && *before == standing => {
                return Ok(());
            }
            // Members without a role of the desk are not kept until they have one: their number has no bound.
            None if standing == Standing::default() => return Ok(()),
            Some((_, before)) => *before,
            None => Standing::default(),
        };
        let mut change = self.0.store.change().await?;
        store::members::remember(&mut change, guild, user, name, standing, now).await?;
        self.commit(change).await?;
        let lost = before
            .tiers
            .iter()
            .any(|tier| !standing.tiers.contains(tier))
            || (before.lead && !standing.lead);
        if lost {
            self.release_all(guild, user, standing, ReleaseReason::LostRole, now)
                .await?;
        }
        Ok(())
    }

    /// A member left: they hold nothing any more.
    pub async fn gone(&self, guild: GuildId, user: UserId, now: Timestamp) -> Result<(), Error> {
        let mut from = self.reader().await?;
        let known = store::members::standing(&mut from, guild, user).await?;
        drop(from);
        let Some((name, _)) = known else {
            return Ok(());
        };
        let mut change = self.0.store.change().await?;
        store::members::remember(&mut change, guild, user, &name, Standing::default(), now).await?;
        self.commit(change).await?;
        self.release_all(guild, user, Standing::default(), ReleaseReason::Left, now)
            .await
    }

    async fn release_all(
        &self,
        guild: GuildId,
        user: UserId,
        standing: Standing,
        reason: ReleaseReason,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut from = self.reader().await?;
        let held = store::lists::held_by(&mut from, guild, user).await?;
        drop(from);
        for ticket in held {
            let may_keep = standing.lead || standing.tiers.iter().any(|tier| tier >= ticket.tier);
            if may_keep {
                continue;
            }
            let cause = Cause::noticed(&format!("release:{}:{user}:{}", ticket.id, ticket.version));
            let release =
                |ticket: &mut Ticket, crew: &_| Ok(ticket.release(user, reason, crew, now));
            self.change(ticket.id, None, &cause, "release", release, now)
                .await?;
        }
        Ok(())
    }

    /// Everybody whom the desk remembers with a role of it.
    pub async fn staff(&self, guild: GuildId) -> Result<Vec<(UserId, Standing)>, Error> {
        let known = self.known(guild).await?;
        let staff = known.staff.iter();
        Ok(staff
            .map(|(user, (_, standing))| (*user, *standing))
            .collect())
    }
}
