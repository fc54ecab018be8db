//! Setting the desk up on a server: what is kept, adopted, or to be made.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::ids::{Cause, ChannelId, GuildId, RoleId};
use crate::domain::notice::{Destination, Notice};
use crate::domain::people::{Actor, DeskChannel, DeskRole};
use crate::domain::refusal::Refusal;
use crate::store;
use crate::store::outbox::Stuck;

/// What the set-up does with one role or channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned<T> {
    /// It is the desk's already.
    Keep(T),
    /// One of that name exists and is taken.
    Adopt(T),
    /// An admin named it.
    Map(T),
    /// It is made.
    Create,
}

impl<T: Copy> Planned<T> {
    /// The one that exists, where it does.
    pub fn existing(self) -> Option<T> {
        match self {
            Self::Keep(id) | Self::Adopt(id) | Self::Map(id) => Some(id),
            Self::Create => None,
        }
    }
}

/// What a set-up does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetUpPlan {
    /// With each role.
    pub roles: Vec<(DeskRole, Planned<RoleId>)>,
    /// With each channel.
    pub channels: Vec<(DeskChannel, Planned<ChannelId>)>,
}

impl Desk {
    /// Carries `plan` out: keeps what exists, enqueues what is to be made, then the permissions, then a report to the
    /// leads' channel. The first time it is for the server's owner or an Administrator, later for admins of the desk too.
    pub async fn set_up(
        &self,
        guild: GuildId,
        plan: &SetUpPlan,
        by: &Actor,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        let first_time = !store::desk::is_set_up(&mut change, guild).await?;
        if first_time && !by.standing.owner {
            return Err(Refusal::FirstSetUp.into());
        }
        if !by.standing.owner && !by.standing.admin {
            return Err(Refusal::RoleNeeded {
                roles: vec![DeskRole::Admin],
            }
            .into());
        }
        if !store::inbox::take(&mut change, cause, now).await? {
            return Ok(());
        }
        let mut work = Vec::new();
        for (role, planned) in &plan.roles {
            match planned.existing() {
                Some(id) => store::desk::keep_role(&mut change, guild, *role, id).await?,
                None => {
                    // What is to be made is not there, whatever it was before.
                    store::desk::lose_role(&mut change, guild, *role).await?;
                    work.push(Errand::CreateRole { role: *role });
                }
            }
        }
        for (channel, planned) in &plan.channels {
            match planned.existing() {
                Some(id) => {
                    store::desk::keep_channel(&mut change, guild, *channel, id).await?;
                    work.push(Errand::OpenChannel { channel: *channel });
                }
                None => {
                    store::desk::lose_channel(&mut change, guild, *channel).await?;
                    work.push(Errand::CreateChannel { channel: *channel });
                }
            }
        }
        work.push(Errand::Say {
            to: Destination::Leads,
            notice: Notice::SetUpReport { by: by.user },
            name: None,
        });
        store::outbox::enqueue(&mut change, guild, None, None, &work, now).await?;
        store::outbox::hurry(&mut change, guild, now).await?;
        store::desk::set_up(&mut change, guild, now).await?;
        let line = store::audit::Line {
            guild: Some(guild),
            actor: by.user,
            action: "set_up",
            ticket: None,
            outcome: "done",
            reason: None,
        };
        store::audit::put(&mut change, &line, now).await?;
        self.commit(change).await
    }

    /// What does not get through to Discord on `guild`, for the doctor.
    pub async fn stuck(&self, guild: GuildId, now: Timestamp) -> Result<Vec<Stuck>, Error> {
        let mut from = self.reader().await?;
        Ok(store::outbox::stuck(&mut from, guild, now).await?)
    }

    /// Tells the leads, once a day and place, that something cannot be delivered and what to mend.
    pub async fn warn_of_block(
        &self,
        guild: GuildId,
        notice: Notice,
        place: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let day = now.as_second() / 86_400;
        let cause = Cause::noticed(&format!("blocked:{guild}:{place}:{day}"));
        let mut change = self.0.store.change().await?;
        if store::inbox::take(&mut change, &cause, now).await? {
            let warning = Errand::Say {
                to: Destination::Leads,
                notice,
                name: None,
            };
            store::outbox::enqueue(&mut change, guild, None, None, &[warning], now).await?;
            self.commit(change).await?;
        }
        Ok(())
    }

    /// Whether `digest` is what was registered at Discord for `scope` last.
    pub async fn is_registered(&self, scope: &str, digest: &str) -> Result<bool, Error> {
        let mut from = self.reader().await?;
        Ok(store::desk::registered(&mut from, scope).await?.as_deref() == Some(digest))
    }

    /// `digest` was registered at Discord for `scope` just now.
    pub async fn keep_registered(
        &self,
        scope: &str,
        digest: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.0.store.change().await?;
        store::desk::keep_registered(&mut change, scope, digest, now).await?;
        self.commit(change).await
    }
}
