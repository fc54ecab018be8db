//! What the desk promises, and who says so.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::category::Category;
use crate::domain::clocks::{Book, PolicyEdit, PolicyFault};
use crate::domain::ids::{Cause, GuildId};
use crate::domain::people::{Actor, DeskRole};
use crate::domain::refusal::Refusal;
use crate::store;

/// A version of what is promised.
pub type Version = (i64, Book);

pub(super) fn refuse_unless_admin(by: &Actor) -> Result<(), Refusal> {
    if by.standing.admin || by.standing.owner {
        return Ok(());
    }
    let roles = vec![DeskRole::Admin];
    Err(Refusal::RoleNeeded { roles })
}

impl Desk {
    /// From now on tickets that are opened on `guild` are promised this; those that are open keep what they have. Gives the
    /// version that holds now: the one before where nothing changes.
    pub async fn change_policy(
        &self,
        guild: GuildId,
        by: &Actor,
        edit: &PolicyEdit,
        cause: &Cause,
        now: Timestamp,
    ) -> Result<Version, Error> {
        refuse_unless_admin(by)?;
        if let PolicyEdit::Terms {
            category: Some(category),
            ..
        }
        | PolicyEdit::Usual { category } = edit
            && Category::from_key(category).is_none()
        {
            return Err(Refusal::StaleButton.into());
        }
        let work = self.clockwork(guild, now).await?;
        let mut change = self.0.store.change().await?;
        let fresh = store::inbox::take(&mut change, cause, now).await?;
        let mut versions = store::clocks::policies(&mut change, guild).await?;
        let last = versions.pop_last();
        let (version, book) = last.unwrap_or_else(|| (0, Book::default()));
        let edited = book.edited(edit);
        if !fresh || edited == book {
            return Ok((version, book));
        }
        work.check(&edited).map_err(refused)?;
        let version = store::clocks::put_policy(&mut change, guild, &edited, by.user, now).await?;
        let reason = format!("version {version}");
        let line = store::audit::Line {
            guild: Some(guild),
            actor: by.user,
            action: "policy",
            ticket: None,
            outcome: "done",
            reason: Some(&reason),
        };
        store::audit::put(&mut change, &line, now).await?;
        self.commit(change).await?;
        self.forget_clockwork(guild);
        Ok((version, edited))
    }
}

fn refused(fault: PolicyFault) -> Refusal {
    match fault {
        PolicyFault::NoSuchCalendar { calendar, .. } => Refusal::NoSuchCalendar { typed: calendar },
        // Every version has all priorities; a button cannot take one away.
        PolicyFault::NoTerms { .. } => Refusal::StaleButton,
    }
}
