//! What a command is: data. Registration, the gate, `/help` and the README's table are made from it.

use futures::future::BoxFuture;

use super::call::Call;
use super::reply::Reply;
use crate::desk;
use crate::domain::people::{DeskRole, Standing};
use crate::domain::tier::Tier;

/// One thing that a person can ask of the desk: by typing it, by a menu, or by a button.
pub struct Command {
    /// What is typed, without the slash ("work escalate", "ask"); of a menu, its visible name ("Ask Deskhand"). Unique.
    pub path: &'static str,
    /// How it is reached.
    pub kind: Kind,
    /// What it does, in English, for the registration, `/help` and the README; at most 100 characters. For a menu or a
    /// button the same, although Discord does not show it.
    pub about: &'static str,
    /// Who may press this at all. What may be done to which ticket is a rule of the domain.
    pub who: Who,
    /// Where it works.
    pub place: Place,
    /// How its answer is given.
    pub answers: Answers,
    /// What can be filled in; required ones stand first, as Discord demands.
    pub options: &'static [Opt],
    /// Does it.
    pub run: for<'a> fn(&'a Call) -> BoxFuture<'a, Result<Reply, desk::Error>>,
}

impl Command {
    /// How people see it: `/work claim`, or a menu's name as it stands.
    pub fn shown(&self) -> String {
        match self.kind {
            Kind::Slash => format!("/{}", self.path),
            Kind::OnMessage | Kind::ButtonOnly => self.path.to_owned(),
        }
    }
}

/// How a command is reached. Buttons, selects and forms reach all kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Typed.
    Slash,
    /// Chosen from a message's menu, under "Apps".
    OnMessage,
    /// Reached by a button, a select or a form alone; never registered.
    ButtonOnly,
}

/// Who may press something at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Every member; in a direct message, everybody.
    Everybody,
    /// Whoever holds a tier.
    Technicians,
    /// Whoever holds a tier, and leads.
    TechniciansAndLeads,
    /// Whoever has any role of the desk, and admins.
    Staff,
    /// Leads.
    Leads,
    /// Leads and desk admins.
    LeadsAndAdmins,
    /// Whoever holds a tier above the first, and leads.
    SeniorsAndLeads,
    /// Desk admins, and whoever may run the first set-up: the server's owner and Discord's administrators.
    Admins,
}

impl Who {
    /// Whether somebody of that standing may.
    pub fn includes(self, standing: Standing) -> bool {
        match self {
            Self::Everybody => true,
            Self::Technicians => standing.technician(),
            Self::TechniciansAndLeads => standing.staff(),
            Self::Staff => standing.staff() || standing.admin || standing.owner,
            Self::Leads => standing.lead,
            Self::LeadsAndAdmins => standing.lead || standing.admin || standing.owner,
            Self::SeniorsAndLeads => {
                standing.lead || standing.tiers.iter().any(|tier| tier >= Tier::L2)
            }
            Self::Admins => standing.admin || standing.owner,
        }
    }

    /// The roles of the desk of which one is enough; none where everybody may.
    pub fn roles(self) -> Vec<DeskRole> {
        let tiers = [DeskRole::L1, DeskRole::L2, DeskRole::L3];
        match self {
            Self::Everybody => Vec::new(),
            Self::Technicians => tiers.to_vec(),
            Self::TechniciansAndLeads => tiers.into_iter().chain([DeskRole::Lead]).collect(),
            Self::Staff => {
                let others = [DeskRole::Lead, DeskRole::Admin];
                tiers.into_iter().chain(others).collect()
            }
            Self::Leads => vec![DeskRole::Lead],
            Self::LeadsAndAdmins => vec![DeskRole::Lead, DeskRole::Admin],
            Self::SeniorsAndLeads => vec![DeskRole::L2, DeskRole::L3, DeskRole::Lead],
            Self::Admins => vec![DeskRole::Admin],
        }
    }
}

/// Where a command works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a server only.
    Server,
    /// In direct messages too; such a command is registered globally.
    Anywhere,
}

/// How a command's answer is given. Discord waits 3 s for the first one, and a form cannot follow a deferral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// It may open a form. Before it does so it only reads, which is fast.
    Form,
    /// At once; deferred by itself after 1.5 s (`RELIABILITY` F17).
    Now,
    /// Deferred first, because it takes long.
    Deferred,
}

/// Something to fill in.
pub struct Opt {
    /// Its name, in lower case.
    pub name: &'static str,
    /// What it is for; at most 100 characters.
    pub about: &'static str,
    /// What goes in.
    pub kind: OptKind,
    /// Whether it has to be there.
    pub required: bool,
}

/// What goes into an option.
#[derive(Clone, Copy)]
pub enum OptKind {
    /// A text of so many characters.
    Text {
        /// At least.
        min: u16,
        /// At most; Discord allows 6000.
        max: u16,
    },
    /// One of at most 25: pairs of the key that the command gets and the label that people see.
    Choice(fn() -> Vec<(&'static str, String)>),
    /// A ticket's number. The asker's tickets are suggested while they type.
    Ticket,
    /// A text of at most so many characters, for which the command suggests while it is typed
    /// ([`Input::Complete`](super::call::Input::Complete)). What comes need not be a suggestion.
    Suggested {
        /// At most; a suggestion has at most 100.
        max: u16,
    },
    /// Somebody on the server; the command gets their id.
    Person,
    /// A role of the server; the command gets its id.
    Role,
    /// A text channel of the server; the command gets its id.
    Channel,
    /// A file; the command gets where it lies ([`Call::file`]).
    File,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tier::TierSet;

    #[test]
    fn nobodys_standing_includes_anothers() {
        let owner = Standing {
            owner: true,
            ..Standing::default()
        };
        let admin = Standing {
            admin: true,
            ..Standing::default()
        };
        let lead = Standing {
            lead: true,
            ..Standing::default()
        };
        let technician = Standing {
            tiers: TierSet::NONE.with(Tier::L2),
            ..Standing::default()
        };
        // Who may, in the order: nobody in particular, owner, admin, lead, technician.
        let rows = [
            (Who::Everybody, [true, true, true, true, true]),
            (Who::Technicians, [false, false, false, false, true]),
            (Who::TechniciansAndLeads, [false, false, false, true, true]),
            (Who::Staff, [false, true, true, true, true]),
            (Who::Leads, [false, false, false, true, false]),
            (Who::LeadsAndAdmins, [false, true, true, true, false]),
            (Who::SeniorsAndLeads, [false, false, false, true, true]),
            (Who::Admins, [false, true, true, false, false]),
        ];
        for (who, expected) in rows {
            let everybody = [Standing::default(), owner, admin, lead, technician];
            assert_eq!(
                everybody.map(|standing| who.includes(standing)),
                expected,
                "{who:?}"
            );
        }
        let first = Standing {
            tiers: TierSet::NONE.with(Tier::L1),
            ..Standing::default()
        };
        assert!(Who::TechniciansAndLeads.includes(first) && !Who::SeniorsAndLeads.includes(first));
    }
}
