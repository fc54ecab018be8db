//! What the desk promises, and who says so.

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

use super::timing::{due_moved, read};
use super::{Clockwork, Desk, DueMove, Error, Plan};
use crate::domain::calendar::Hours;
use crate::domain::category::Category;
use crate::domain::clocks::{BUSINESS, Book, PolicyEdit, PolicyFault};
use crate::domain::ids::{Cause, GuildId};
use crate::domain::people::{Actor, DeskRole};
use crate::domain::refusal::Refusal;
use crate::store;
use crate::store::clocks::Calendars;

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

/// What a file of calendars and promises would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPreview {
    /// By what the desk finds it when it is confirmed. None where it changes nothing.
    pub id: Option<i64>,
    /// The calendars that change: as each is, if it is there, and as it would be.
    pub calendars: Vec<(String, Option<Hours>, Hours)>,
    /// What is promised now.
    pub before: Book,
    /// What would be promised; the same where the file says nothing of it.
    pub after: Book,
    /// Which dues of open tickets the calendars would move.
    pub moves: Vec<DueMove>,
}

/// What a confirmed file changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanDone {
    /// The version that holds now.
    pub version: i64,
    /// How many calendars are others.
    pub calendars: usize,
    /// How many dues of open tickets moved by that.
    pub moved: usize,
}

/// By what is seen that something else holds than before.
fn base(calendars: &Calendars, version: i64) -> String {
    let edits: usize = calendars.values().map(Vec::len).sum();
    format!("{version}/{edits}")
}

impl Desk {
    /// What a file would change. Nothing is changed; the file is kept for a day, for the one who gave it to confirm it.
    pub async fn plan_preview(
        &self,
        guild: GuildId,
        by: &Actor,
        plan: &Plan,
        now: Timestamp,
    ) -> Result<PlanPreview, Error> {
        refuse_unless_admin(by)?;
        let work = self.clockwork(guild, now).await?;
        let calendars = changed_calendars(&work, plan, now)?;
        let (version, before) = work.current();
        let after = plan.after(&before);
        let moves = self.moved_by(guild, &calendars, now).await?;
        let mut preview = PlanPreview {
            id: None,
            calendars,
            before,
            after,
            moves,
        };
        if preview.calendars.is_empty() && preview.before == preview.after {
            return Ok(preview);
        }
        let mut change = self.0.store.change().await?;
        let written = store::clocks::calendars(&mut change, guild).await?;
        let file = store::clocks::PolicyFile {
            guild,
            by: by.user,
            base: base(&written, version),
            plan: serde_json::to_string(plan).map_err(|error| Error::Failed(error.into()))?,
        };
        preview.id = Some(store::clocks::keep_file(&mut change, &file, now).await?);
        self.commit(change).await?;
        Ok(preview)
    }

    /// Which dues of open tickets move where these calendars hold from `now` on. Changes nothing.
    async fn moved_by(
        &self,
        guild: GuildId,
        calendars: &[(String, Option<Hours>, Hours)],
        now: Timestamp,
    ) -> Result<Vec<DueMove>, Error> {
        let mut moves = Vec::new();
        if calendars.is_empty() {
            return Ok(moves);
        }
        let mut from = self.reader().await?;
        let mut written = store::clocks::calendars(&mut from, guild).await?;
        for (name, _, hours) in calendars {
            let versions = written.entry(name.clone()).or_default();
            versions.push((now, hours.clone()));
        }
        let books = store::clocks::policies(&mut from, guild).await?;
        let work = Clockwork::new(&written, books, now);
        for id in store::clocks::living(&mut from, Some(guild)).await? {
            let ticket = store::tickets::find(&mut from, id).await?;
            let Some(ticket) = ticket.filter(|one| !one.clocks.moments.is_empty()) else {
                continue;
            };
            if let Some(reading) = read(&work, &ticket, &ticket.clocks, now) {
                let dues = due_moved(&ticket.clocks.standings, &reading.standings);
                moves.extend(DueMove::of(&ticket, &dues));
            }
        }
        Ok(moves)
    }

    /// Does what was looked at: all of it, in one transaction, or nothing. Calendars hold from now on, for open tickets too;
    /// promises for new ones.
    pub async fn apply_plan(
        &self,
        guild: GuildId,
        by: &Actor,
        file: i64,
        now: Timestamp,
    ) -> Result<PlanDone, Error> {
        refuse_unless_admin(by)?;
        let work = self.clockwork(guild, now).await?;
        let mut change = self.0.store.change().await?;
        let taken = store::clocks::take_file(&mut change, guild, by.user, file).await?;
        let taken = taken.ok_or(Refusal::StaleButton)?;
        let written = store::clocks::calendars(&mut change, guild).await?;
        let versions = store::clocks::policies(&mut change, guild).await?;
        let mut version = versions.last_key_value().map_or(0, |(version, _)| *version);
        if taken.base != base(&written, version) {
            return Err(Refusal::PromisesChanged.into());
        }
        let plan: Plan =
            serde_json::from_str(&taken.plan).map_err(|error| Error::Failed(error.into()))?;
        let calendars = changed_calendars(&work, &plan, now)?;
        for (name, _, hours) in &calendars {
            store::clocks::put_calendar(&mut change, guild, name, hours, by.user, now).await?;
        }
        let before = work.current().1;
        let book = plan.after(&before);
        if book != before {
            version = store::clocks::put_policy(&mut change, guild, &book, by.user, now).await?;
        }
        let reason = format!("version {version}, {} calendars, by file", calendars.len());
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
        let office = work.calendar(BUSINESS);
        if let Some(before) = office.filter(|_| calendars.iter().any(|one| one.0 == BUSINESS)) {
            self.move_offers(guild, &before, now).await?;
        }
        let moved = if calendars.is_empty() {
            0
        } else {
            self.look_again(Some(guild), "calendar", now).await?
        };
        Ok(PlanDone {
            version,
            calendars: calendars.len(),
            moved,
        })
    }
}

/// The calendars that `plan` makes others than they are, each one that computes.
fn changed_calendars(
    work: &Clockwork,
    plan: &Plan,
    now: Timestamp,
) -> Result<Vec<(String, Option<Hours>, Hours)>, Refusal> {
    let mut changed = Vec::new();
    for (name, planned) in &plan.calendars {
        let before = work.hours.get(name);
        let after = planned.after(before);
        if before == Some(&after) {
            continue;
        }
        if let Err(fault) = after.calendar(&TimeZoneDatabase::bundled(), now) {
            let why = Some(format!("{name}: {fault}."));
            return Err(Refusal::BadHours { why });
        }
        changed.push((name.clone(), before.cloned(), after));
    }
    Ok(changed)
}

fn refused(fault: PolicyFault) -> Refusal {
    match fault {
        PolicyFault::NoSuchCalendar { calendar, .. } => Refusal::NoSuchCalendar { typed: calendar },
        // Every version has all priorities; a button cannot take one away.
        PolicyFault::NoTerms { .. } => Refusal::StaleButton,
    }
}
