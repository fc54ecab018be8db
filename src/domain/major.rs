//! A major incident: many are affected at once, and one status speaks to all of them (`DOMAIN` 1.12). An aggregate of its
//! own beside the tickets.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::category::Category;
use super::ids::{GuildId, MajorId, MajorNumber, Number, UserId};
use super::people::Actor;
use super::problem::refuse_juniors;
use super::refusal::Refusal;

/// Who is told something has to hear again within this time (`DOMAIN` 1.12).
pub const NEXT_UPDATE: SignedDuration = SignedDuration::from_mins(30);

/// So many business days the review may take.
const REVIEW_WITHIN: u32 = 5;

/// Where a major incident is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MajorState {
    /// It is there.
    Running,
    /// It is over; the review is owed.
    Resolved,
    /// It was reviewed.
    Closed,
}

impl MajorState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Running, Self::Resolved, Self::Closed];

    /// How the store names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// The state of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// What was learned: without it a major incident does not close.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Why it happened: hostile text.
    pub cause: String,
    /// What happened when: hostile text.
    pub timeline: String,
    /// What is done about it, and by whom: hostile text.
    pub actions: String,
}

/// Who does what while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// Coordinates, and does not debug.
    pub commander: UserId,
    /// Writes the status.
    pub communicator: UserId,
    /// Keeps the timeline.
    pub scribe: UserId,
}

/// A major incident as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Major {
    /// Its id across all desks.
    pub id: MajorId,
    /// Its desk.
    pub guild: GuildId,
    /// Its number there.
    pub number: MajorNumber,
    /// One line, which everybody reads: hostile text.
    pub title: String,
    /// A [`Category`]'s key: the service that it is about. Never a confidential one.
    pub category: String,
    /// Where it stands, which everybody reads: hostile text.
    pub status: String,
    /// Where it is in its life.
    pub state: MajorState,
    /// Who does what.
    pub roles: Roles,
    /// What was learned.
    pub review: Option<Review>,
    /// Counts changes.
    pub version: i64,
    /// The last event's number.
    pub last_seq: i64,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// When its status was last said.
    pub updated_at: Timestamp,
    /// When it was over.
    pub resolved_at: Option<Timestamp>,
}

/// One thing that happened to one major incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MajorEvent {
    /// Counts up per incident from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody when the desk did.
    pub by: Option<UserId>,
    /// What.
    pub what: MajorWhat,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MajorWhat {
    /// Somebody declared it.
    Declared,
    /// There is something new to say.
    Updated {
        /// What.
        status: String,
    },
    /// Others do what has to be done.
    Staffed {
        /// From now on.
        roles: Roles,
    },
    /// A ticket is part of it.
    Joined {
        /// Which.
        ticket: Number,
    },
    /// A ticket is no part of it.
    Left {
        /// Which.
        ticket: Number,
    },
    /// Somebody wants to be told.
    Subscribed,
    /// It is over.
    Resolved {
        /// What is said of it.
        status: String,
    },
    /// It was reviewed, and is closed.
    Reviewed {
        /// What was learned.
        review: Review,
    },
}

impl MajorWhat {
    /// The tag under which the store keeps it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Updated { .. } => "updated",
            Self::Staffed { .. } => "staffed",
            Self::Joined { .. } => "joined",
            Self::Left { .. } => "left",
            Self::Subscribed => "subscribed",
            Self::Resolved { .. } => "resolved",
            Self::Reviewed { .. } => "reviewed",
        }
    }
}

/// Why something was not done with a major incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "major", rename_all = "snake_case")]
pub enum MajorRefusal {
    /// There is no such incident.
    Unknown,
    /// None runs, or several do and none was named.
    Which,
    /// One about this category runs already.
    RunningAlready {
        /// Which.
        number: MajorNumber,
    },
    /// It is not in the state for that.
    NotNow {
        /// Which.
        number: MajorNumber,
        /// Where it is.
        state: MajorState,
    },
    /// What everybody is told cannot be about a confidential subject, nor a confidential ticket part of it.
    Confidential,
    /// The ticket is part of one already.
    PartAlready {
        /// The ticket.
        ticket: Number,
    },
    /// The ticket is no part of it.
    NoPart {
        /// The ticket.
        ticket: Number,
    },
    /// A ticket that is part of a running incident does not go down a tier (`DOMAIN` 1.8).
    StaysUp {
        /// The ticket.
        ticket: Number,
    },
}

impl MajorRefusal {
    /// The variant's name, as the audit keeps it.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Unknown => "major_unknown",
            Self::Which => "major_which",
            Self::RunningAlready { .. } => "major_running_already",
            Self::NotNow { .. } => "major_not_now",
            Self::Confidential => "major_confidential",
            Self::PartAlready { .. } => "major_part_already",
            Self::NoPart { .. } => "major_no_part",
            Self::StaysUp { .. } => "major_stays_up",
        }
    }
}

impl From<MajorRefusal> for Refusal {
    fn from(refusal: MajorRefusal) -> Self {
        Self::Major(refusal)
    }
}

/// What somebody fills in to declare a major incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The desk.
    pub guild: GuildId,
    /// One line.
    pub title: String,
    /// About what.
    pub category: &'static Category,
    /// Where it stands.
    pub status: String,
    /// Who coordinates, writes, and keeps the timeline; whoever declares it where nobody is named.
    pub roles: [Option<UserId>; 3],
}

/// The shortest text of a review that says anything, in characters.
pub const REVIEW_AT_LEAST: usize = 20;

impl Major {
    /// Many are affected: from now on one status speaks to all. `running` is one about the same category.
    pub fn declare(
        declaration: Declaration,
        running: Option<MajorNumber>,
        ids: (MajorId, MajorNumber),
        by: &Actor,
        now: Timestamp,
    ) -> Result<(Self, Vec<MajorWhat>), Refusal> {
        refuse_juniors(by)?;
        if declaration.category.confidential {
            return Err(MajorRefusal::Confidential.into());
        }
        if let Some(number) = running {
            return Err(MajorRefusal::RunningAlready { number }.into());
        }
        let [commander, communicator, scribe] =
            declaration.roles.map(|named| named.unwrap_or(by.user));
        let major = Self {
            id: ids.0,
            guild: declaration.guild,
            number: ids.1,
            title: declaration.title,
            category: declaration.category.key.to_owned(),
            status: said(&declaration.status)?,
            state: MajorState::Running,
            roles: Roles {
                commander,
                communicator,
                scribe,
            },
            review: None,
            version: 0,
            last_seq: 0,
            declared_at: now,
            updated_at: now,
            resolved_at: None,
        };
        Ok((major, vec![MajorWhat::Declared]))
    }

    /// Says what is new, and who does what from now on.
    pub fn update(
        &mut self,
        by: &Actor,
        status: Option<&str>,
        roles: [Option<UserId>; 3],
        now: Timestamp,
    ) -> Result<Vec<MajorWhat>, Refusal> {
        refuse_juniors(by)?;
        self.must_be(MajorState::Running)?;
        let mut happened = Vec::new();
        let [commander, communicator, scribe] = roles;
        let roles = Roles {
            commander: commander.unwrap_or(self.roles.commander),
            communicator: communicator.unwrap_or(self.roles.communicator),
            scribe: scribe.unwrap_or(self.roles.scribe),
        };
        if roles != self.roles {
            self.roles = roles;
            happened.push(MajorWhat::Staffed { roles });
        }
        if let Some(status) = status {
            let status = said(status)?;
            self.status.clone_from(&status);
            self.updated_at = now;
            happened.push(MajorWhat::Updated { status });
        }
        if happened.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        Ok(happened)
    }

    /// It is over.
    pub fn resolve(
        &mut self,
        by: &Actor,
        status: &str,
        now: Timestamp,
    ) -> Result<Vec<MajorWhat>, Refusal> {
        refuse_juniors(by)?;
        self.must_be(MajorState::Running)?;
        let status = said(status)?;
        self.status.clone_from(&status);
        self.updated_at = now;
        self.resolved_at = Some(now);
        self.state = MajorState::Resolved;
        Ok(vec![MajorWhat::Resolved { status }])
    }

    /// What was learned. Only this closes it.
    pub fn close(&mut self, by: &Actor, review: Review) -> Result<Vec<MajorWhat>, Refusal> {
        refuse_juniors(by)?;
        self.must_be(MajorState::Resolved)?;
        for text in [&review.cause, &review.timeline, &review.actions] {
            let length = text.trim().chars().count();
            if length < REVIEW_AT_LEAST {
                return Err(Refusal::TextTooShort {
                    length,
                    at_least: REVIEW_AT_LEAST,
                });
            }
        }
        self.review = Some(review.clone());
        self.state = MajorState::Closed;
        Ok(vec![MajorWhat::Reviewed { review }])
    }

    /// Somebody wants to be told. Saying it again changes nothing.
    pub fn subscribe(&self, known: bool) -> Result<Vec<MajorWhat>, Refusal> {
        self.must_be(MajorState::Running)?;
        Ok(if known {
            Vec::new()
        } else {
            vec![MajorWhat::Subscribed]
        })
    }

    /// Refuses where it is in another state.
    pub fn must_be(&self, state: MajorState) -> Result<(), Refusal> {
        if self.state == state {
            return Ok(());
        }
        Err(MajorRefusal::NotNow {
            number: self.number,
            state: self.state,
        }
        .into())
    }

    /// When it next reminds somebody, seen from `now`: of the update that is owed while it runs, and of the review from the
    /// fifth business day on, daily. Never once it is closed.
    pub fn reminds_at(&self, now: Timestamp) -> Option<Timestamp> {
        match self.state {
            MajorState::Running => {
                let mut due = self.updated_at + NEXT_UPDATE;
                while due <= now {
                    due += NEXT_UPDATE;
                }
                Some(due)
            }
            MajorState::Resolved => {
                let mut due = business_days_after(self.resolved_at?, REVIEW_WITHIN);
                while due <= now {
                    due += SignedDuration::from_hours(24);
                }
                Some(due)
            }
            MajorState::Closed => None,
        }
    }

    /// The category, or *other* where its key is not known any more.
    pub fn category(&self) -> &'static Category {
        Category::from_key(&self.category).unwrap_or(Category::other())
    }

    /// Numbers what happened and puts it down as done by `by` at `now`.
    pub fn record(
        &mut self,
        happened: Vec<MajorWhat>,
        by: Option<UserId>,
        now: Timestamp,
    ) -> Vec<MajorEvent> {
        if happened.is_empty() {
            return Vec::new();
        }
        self.version += 1;
        let first = self.last_seq + 1;
        let events: Vec<MajorEvent> = happened
            .into_iter()
            .zip(first..)
            .map(|(what, seq)| MajorEvent {
                seq,
                at: now,
                by,
                what,
            })
            .collect();
        self.last_seq = events.last().map_or(self.last_seq, |event| event.seq);
        events
    }
}

fn said(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        Err(Refusal::NothingSaid)
    } else {
        Ok(text.to_owned())
    }
}

/// The same time of day, so many business days later. The desk knows no calendars of its own yet: business days are Monday
/// to Friday in UTC, and no holidays.
fn business_days_after(at: Timestamp, days: u32) -> Timestamp {
    let (mut at, mut left) = (at, days);
    while left > 0 {
        at += SignedDuration::from_hours(24);
        let day = at.to_zoned(TimeZone::UTC).weekday();
        if !matches!(day, Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    at
}

#[cfg(test)]
mod tests;
