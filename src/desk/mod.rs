//! TEMPORARY: the desk's signatures, so that the discord room compiles until the desk is there. The merge replaces it.
#![allow(
    missing_docs,
    clippy::all,
    reason = "temporary: replaced by the desk itself"
)]

use crate::domain::event::Event;
use crate::domain::handover::HandOverTexts;
use crate::domain::ids::*;
use crate::domain::people::*;
use crate::domain::priority::{Impact, Urgency};
use crate::domain::refusal::Refusal;
use crate::domain::roster::Duty;
use crate::domain::ticket::*;
use crate::domain::tier::Tier;
use jiff::Timestamp;
use std::collections::BTreeMap;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("refused: {0:?}")]
    Refused(Refusal),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

#[derive(Clone)]
pub struct Desk;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct House {
    pub roles: BTreeMap<DeskRole, RoleId>,
    pub channels: BTreeMap<DeskChannel, ChannelId>,
    pub set_up: bool,
}
impl House {
    pub fn standing(&self, roles: &[RoleId]) -> Standing {
        self.roles
            .iter()
            .filter(|(_, id)| roles.contains(id))
            .map(|(role, _)| *role)
            .collect()
    }
}
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub id: AskId,
    pub guild: Option<GuildId>,
    pub question: String,
    pub answer: KbAnswer,
}
#[derive(Clone, Debug, PartialEq)]
pub struct KbAnswer {
    pub confidence: f64,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    Solved,
    NotThis,
}
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DraftKind {
    #[default]
    Open,
    Resolve,
}
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub guild: Option<GuildId>,
    pub kind: DraftKind,
    pub category: Option<String>,
    pub impact: Option<Impact>,
    pub urgency: Option<Urgency>,
    pub title: String,
    pub body: String,
    pub tried: String,
    pub ask: Option<AskId>,
    pub ticket: Option<TicketId>,
    pub code: Option<Code>,
    pub article: Option<String>,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Own,
    AtTier(Tier),
    AllActive,
    AssignedTo(UserId),
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub tickets: Vec<Ticket>,
    pub page: u32,
    pub pages: u32,
    pub total: u32,
}
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetUpPlan {
    pub roles: Vec<(DeskRole, Planned<RoleId>)>,
    pub channels: Vec<(DeskChannel, Planned<ChannelId>)>,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned<T> {
    Keep(T),
    Adopt(T),
    Map(T),
    Create,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub code: Code,
    pub text: String,
    pub article: ArticleNote,
    pub reason: Option<String>,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyChange {
    pub already: bool,
    pub open: Vec<Ticket>,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StuckRow {
    pub row: OutboxId,
    pub what: String,
    pub attempts: u32,
    pub last_error: String,
    pub given_up: bool,
}

fn none<T>() -> Result<T, Error> {
    Err(Error::Failed(anyhow::anyhow!("the desk is not there yet")))
}

impl Desk {
    pub async fn house(&self, _guild: GuildId) -> Result<House, Error> {
        none()
    }
    pub async fn met(
        &self,
        _guild: GuildId,
        _user: UserId,
        _name: &str,
        _standing: Standing,
        _now: Timestamp,
    ) -> Result<(), Error> {
        none()
    }
    pub async fn gone(&self, _guild: GuildId, _user: UserId, _now: Timestamp) -> Result<(), Error> {
        none()
    }
    pub async fn guild_seen(
        &self,
        _guild: GuildId,
        _name: &str,
        _now: Timestamp,
    ) -> Result<(), Error> {
        none()
    }
    pub async fn desks(&self) -> Result<Vec<(GuildId, String)>, Error> {
        none()
    }
    pub async fn ask(
        &self,
        _guild: Option<GuildId>,
        _user: UserId,
        _question: &str,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<Asked, Error> {
        none()
    }
    pub async fn asked(&self, _ask: AskId, _user: UserId) -> Result<Asked, Error> {
        none()
    }
    pub async fn settle_ask(
        &self,
        _ask: AskId,
        _user: UserId,
        _settled: Settled,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<(), Error> {
        none()
    }
    pub async fn keep_draft(
        &self,
        _owner: UserId,
        _draft: &Draft,
        _now: Timestamp,
    ) -> Result<DraftId, Error> {
        none()
    }
    pub async fn draft(&self, _id: DraftId, _owner: UserId) -> Result<Draft, Error> {
        none()
    }
    pub async fn change_draft(
        &self,
        _id: DraftId,
        _owner: UserId,
        _draft: &Draft,
        _now: Timestamp,
    ) -> Result<(), Error> {
        none()
    }
    pub async fn open(
        &self,
        _opening: Opening,
        _by: &Actor,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<Ticket, Error> {
        none()
    }
    pub async fn ticket(
        &self,
        _guild: GuildId,
        _number: Number,
        _by: &Actor,
        _now: Timestamp,
    ) -> Result<Ticket, Error> {
        none()
    }
    pub async fn ticket_by_id(
        &self,
        _id: TicketId,
        _by: &Actor,
        _now: Timestamp,
    ) -> Result<Ticket, Error> {
        none()
    }
    pub async fn ticket_in(&self, _thread: ChannelId) -> Result<Option<(TicketId, Number)>, Error> {
        none()
    }
    pub async fn events(&self, _ticket: &Ticket) -> Result<Vec<Event>, Error> {
        none()
    }
    pub async fn tickets(
        &self,
        _guild: GuildId,
        _by: &Actor,
        _which: Which,
        _page: u32,
    ) -> Result<Page, Error> {
        none()
    }
    pub async fn suggest(
        &self,
        _guild: GuildId,
        _by: &Actor,
        _typed: &str,
    ) -> Result<Vec<(Number, String)>, Error> {
        none()
    }
    pub async fn claim(
        &self,
        _id: TicketId,
        _by: &Actor,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<Ticket, Error> {
        none()
    }
    pub async fn accept(
        &self,
        _id: TicketId,
        _by: &Actor,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<Ticket, Error> {
        none()
    }
    pub async fn reject(
        &self,
        _id: TicketId,
        _by: &Actor,
        _reason: &str,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<Ticket, Error> {
        none()
    }
    pub async fn escalate(
        &self,
        _id: TicketId,
        _by: &Actor,
        _texts: HandOverTexts,
        _choice: EscalateChoice,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<Ticket, Error> {
        none()
    }
    pub async fn resolve(
        &self,
        _id: TicketId,
        _by: &Actor,
        _resolution: Resolution,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<Ticket, Error> {
        none()
    }
    pub async fn set_duty(
        &self,
        _guild: GuildId,
        _by: &Actor,
        _duty: Duty,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<DutyChange, Error> {
        none()
    }
    pub async fn set_up(
        &self,
        _guild: GuildId,
        _plan: &SetUpPlan,
        _by: &Actor,
        _cause: &Cause,
        _now: Timestamp,
    ) -> Result<(), Error> {
        none()
    }
    pub async fn commands_hash(&self, _scope: &str) -> Result<Option<String>, Error> {
        none()
    }
    pub async fn keep_commands_hash(
        &self,
        _scope: &str,
        _hash: &str,
        _now: Timestamp,
    ) -> Result<(), Error> {
        none()
    }
    pub async fn stuck(&self, _guild: GuildId) -> Result<Vec<StuckRow>, Error> {
        none()
    }
}
