//! A problem: what stands behind several incidents (`DOMAIN` 1.11). An aggregate of its own beside the tickets.
//!
//! It decides nothing about tickets: resolving a problem asks whoever has an incident of it, and resolves none.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::category::Category;
use super::ids::{GuildId, Number, ProblemId, ProblemNumber, UserId};
use super::people::{Actor, DeskRole};
use super::refusal::Refusal;
use super::ticket::Ticket;
use super::tier::Tier;

/// Where a problem is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemState {
    /// Somebody sees that there is one.
    Open,
    /// Its cause is looked for.
    Investigating,
    /// A way around it is known; people who ask are told.
    KnownError,
    /// The cause is gone.
    Resolved,
    /// Nothing more happens.
    Closed,
}

impl ProblemState {
    /// All states.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Investigating,
        Self::KnownError,
        Self::Resolved,
        Self::Closed,
    ];

    /// How the store and a button's id name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Investigating => "investigating",
            Self::KnownError => "known_error",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// The state of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Where it can go from here. A cause that was gone can come back; what is closed stays closed.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Open => &[Self::Investigating, Self::KnownError, Self::Resolved],
            Self::Investigating => &[Self::KnownError, Self::Resolved],
            Self::KnownError => &[Self::Investigating, Self::Resolved],
            Self::Resolved => &[Self::Investigating, Self::Closed],
            Self::Closed => &[],
        }
    }

    /// Whether its cause is still there.
    pub fn running(self) -> bool {
        matches!(self, Self::Open | Self::Investigating | Self::KnownError)
    }
}

/// What helps until the cause is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "workaround", rename_all = "snake_case")]
pub enum Workaround {
    /// An article of the knowledge base.
    Article {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
    },
    /// A text, where there is no article yet: hostile text.
    Text {
        /// What it says.
        text: String,
    },
}

/// A problem as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its id across all desks.
    pub id: ProblemId,
    /// Its desk.
    pub guild: GuildId,
    /// Its number there.
    pub number: ProblemNumber,
    /// One line, which requesters read too: hostile text.
    pub title: String,
    /// What is known, for the staff: hostile text.
    pub known: String,
    /// A [`Category`]'s key; never a confidential one.
    pub category: String,
    /// Where it is in its life.
    pub state: ProblemState,
    /// What helps meanwhile.
    pub workaround: Option<Workaround>,
    /// Who looks after it.
    pub owner: UserId,
    /// Counts changes.
    pub version: i64,
    /// The last event's number.
    pub last_seq: i64,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// One thing that happened to one problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemEvent {
    /// Counts up per problem from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Option<UserId>,
    /// What.
    pub what: ProblemWhat,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProblemWhat {
    /// It came into being.
    Opened,
    /// A ticket is an incident of it.
    Linked {
        /// Which.
        ticket: Number,
    },
    /// A ticket is no incident of it after all.
    Unlinked {
        /// Which.
        ticket: Number,
    },
    /// Somebody has it too, and opened no ticket.
    MeToo,
    /// It went from one state to another.
    Moved {
        /// From here.
        from: ProblemState,
        /// To there.
        to: ProblemState,
    },
    /// There is a way around it, or another one.
    WorkaroundFound {
        /// What helps.
        workaround: Workaround,
    },
    /// Something was found out.
    Noted {
        /// What.
        text: String,
    },
    /// Somebody else looks after it.
    Passed {
        /// Who did before.
        from: UserId,
        /// Who does now.
        to: UserId,
    },
    /// It was resolved, and an incident of it is still there.
    StillThere {
        /// Which.
        ticket: Number,
    },
}

impl ProblemWhat {
    /// The tag under which the store keeps it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Linked { .. } => "linked",
            Self::Unlinked { .. } => "unlinked",
            Self::MeToo => "me_too",
            Self::Moved { .. } => "moved",
            Self::WorkaroundFound { .. } => "workaround_found",
            Self::Noted { .. } => "noted",
            Self::Passed { .. } => "passed",
            Self::StillThere { .. } => "still_there",
        }
    }
}

/// Why something was not done with a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum ProblemRefusal {
    /// There is no such problem.
    Unknown,
    /// The command needs a problem and none was named.
    Which,
    /// It cannot go there from where it is.
    NoWay {
        /// Which problem.
        number: ProblemNumber,
        /// Where it is.
        from: ProblemState,
        /// Where it was to go.
        to: ProblemState,
    },
    /// A known error is one around which there is a way.
    NoWorkaround {
        /// Which problem.
        number: ProblemNumber,
    },
    /// The ticket is linked to it already.
    LinkedAlready {
        /// Which problem.
        number: ProblemNumber,
        /// Which ticket.
        ticket: Number,
    },
    /// The ticket is not linked to it.
    NotLinked {
        /// Which problem.
        number: ProblemNumber,
        /// Which ticket.
        ticket: Number,
    },
    /// It is closed.
    Closed {
        /// Which problem.
        number: ProblemNumber,
    },
    /// Nobody says "me too" to what is solved, or not known well enough to be told.
    NotCurrent,
    /// What requesters are told cannot be about a confidential subject.
    Confidential,
    /// It would change nothing.
    Nothing,
    /// Only somebody of a higher tier, or a lead, looks after a problem.
    NoOwner {
        /// Who was named.
        who: UserId,
    },
}

impl ProblemRefusal {
    /// The variant's name, as the audit keeps it.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Unknown => "problem_unknown",
            Self::Which => "problem_which",
            Self::NoWay { .. } => "problem_no_way",
            Self::NoWorkaround { .. } => "problem_no_workaround",
            Self::LinkedAlready { .. } => "problem_linked_already",
            Self::NotLinked { .. } => "problem_not_linked",
            Self::Closed { .. } => "problem_closed",
            Self::NotCurrent => "problem_not_current",
            Self::Confidential => "problem_confidential",
            Self::Nothing => "problem_nothing",
            Self::NoOwner { .. } => "problem_no_owner",
        }
    }
}

impl From<ProblemRefusal> for Refusal {
    fn from(refusal: ProblemRefusal) -> Self {
        Self::Problem(refusal)
    }
}

/// What somebody fills in to open a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The desk.
    pub guild: GuildId,
    /// One line.
    pub title: String,
    /// What is known.
    pub known: String,
    /// About what.
    pub category: &'static Category,
}

impl Beginning {
    /// The shortest title that says anything, in characters.
    pub const TITLE_AT_LEAST: usize = 5;
    /// The longest title, in characters.
    pub const TITLE_AT_MOST: usize = 100;
}

/// What is to change about a problem; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// Where it goes.
    pub state: Option<ProblemState>,
    /// What helps meanwhile.
    pub workaround: Option<Workaround>,
    /// What was found out.
    pub note: Option<String>,
    /// Who looks after it, and whether they may.
    pub owner: Option<(UserId, bool)>,
}

/// Who looks after problems and incidents: L2, L3, and leads (`SECURITY` 3.3).
pub fn refuse_juniors(by: &Actor) -> Result<(), Refusal> {
    let standing = by.standing;
    if standing.lead || standing.tiers.iter().any(|tier| tier >= Tier::L2) {
        return Ok(());
    }
    Err(Refusal::RoleNeeded {
        roles: vec![DeskRole::L2, DeskRole::L3, DeskRole::Lead],
    })
}

impl Problem {
    /// A problem is opened by whoever looks after it from then on.
    pub fn open(
        beginning: Beginning,
        id: ProblemId,
        number: ProblemNumber,
        by: &Actor,
        now: Timestamp,
    ) -> Result<(Self, Vec<ProblemWhat>), Refusal> {
        refuse_juniors(by)?;
        if beginning.category.confidential {
            return Err(ProblemRefusal::Confidential.into());
        }
        let problem = Self {
            id,
            guild: beginning.guild,
            number,
            title: beginning.title,
            known: beginning.known,
            category: beginning.category.key.to_owned(),
            state: ProblemState::Open,
            workaround: None,
            owner: by.user,
            version: 0,
            last_seq: 0,
            opened_at: now,
            changed_at: now,
        };
        Ok((problem, vec![ProblemWhat::Opened]))
    }

    /// `ticket` is an incident of it. Every technician who sees the ticket may say so.
    pub fn link(&self, ticket: &Ticket, linked: bool) -> Result<Vec<ProblemWhat>, Refusal> {
        let (number, of) = (self.number, ticket.number);
        if linked {
            return Err(ProblemRefusal::LinkedAlready { number, ticket: of }.into());
        }
        if self.state == ProblemState::Closed {
            return Err(ProblemRefusal::Closed { number }.into());
        }
        Ok(vec![ProblemWhat::Linked { ticket: of }])
    }

    /// `ticket` is no incident of it after all.
    pub fn unlink(&self, ticket: &Ticket, linked: bool) -> Result<Vec<ProblemWhat>, Refusal> {
        let (number, of) = (self.number, ticket.number);
        if !linked {
            return Err(ProblemRefusal::NotLinked { number, ticket: of }.into());
        }
        Ok(vec![ProblemWhat::Unlinked { ticket: of }])
    }

    /// Somebody has it too. Saying it again changes nothing.
    pub fn me_too(&self, known: bool) -> Result<Vec<ProblemWhat>, Refusal> {
        if self.state != ProblemState::KnownError {
            return Err(ProblemRefusal::NotCurrent.into());
        }
        Ok(if known {
            Vec::new()
        } else {
            vec![ProblemWhat::MeToo]
        })
    }

    /// It was resolved, and whoever works on `ticket` says that nothing changed there.
    pub fn still_there(&self, ticket: &Ticket, linked: bool) -> Result<Vec<ProblemWhat>, Refusal> {
        let (number, of) = (self.number, ticket.number);
        if !linked {
            return Err(ProblemRefusal::NotLinked { number, ticket: of }.into());
        }
        Ok(vec![ProblemWhat::StillThere { ticket: of }])
    }

    /// Moves it on, and writes down what is known by now.
    pub fn amend(&mut self, by: &Actor, wish: Amendment) -> Result<Vec<ProblemWhat>, Refusal> {
        refuse_juniors(by)?;
        let number = self.number;
        if self.state == ProblemState::Closed {
            return Err(ProblemRefusal::Closed { number }.into());
        }
        let mut happened = Vec::new();
        if let Some(workaround) = wish.workaround
            && self.workaround.as_ref() != Some(&workaround)
        {
            self.workaround = Some(workaround.clone());
            happened.push(ProblemWhat::WorkaroundFound { workaround });
        }
        if let Some(note) = wish.note.filter(|note| !note.trim().is_empty()) {
            let text = note.trim().to_owned();
            happened.push(ProblemWhat::Noted { text });
        }
        if let Some((to, may)) = wish.owner
            && to != self.owner
        {
            if !may {
                return Err(ProblemRefusal::NoOwner { who: to }.into());
            }
            let from = std::mem::replace(&mut self.owner, to);
            happened.push(ProblemWhat::Passed { from, to });
        }
        if let Some(to) = wish.state
            && to != self.state
        {
            let from = self.state;
            if !from.next().contains(&to) {
                return Err(ProblemRefusal::NoWay { number, from, to }.into());
            }
            if to == ProblemState::KnownError && self.workaround.is_none() {
                return Err(ProblemRefusal::NoWorkaround { number }.into());
            }
            self.state = to;
            happened.push(ProblemWhat::Moved { from, to });
        }
        if happened.is_empty() {
            return Err(ProblemRefusal::Nothing.into());
        }
        Ok(happened)
    }

    /// The category, or *other* where its key is not known any more.
    pub fn category(&self) -> &'static Category {
        Category::from_key(&self.category).unwrap_or(Category::other())
    }

    /// Numbers what happened and puts it down as done by `by` at `now`.
    pub fn record(
        &mut self,
        happened: Vec<ProblemWhat>,
        by: Option<UserId>,
        now: Timestamp,
    ) -> Vec<ProblemEvent> {
        if happened.is_empty() {
            return Vec::new();
        }
        self.version += 1;
        self.changed_at = now;
        let first = self.last_seq + 1;
        let events: Vec<ProblemEvent> = happened
            .into_iter()
            .zip(first..)
            .map(|(what, seq)| ProblemEvent {
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

#[cfg(test)]
mod tests;
