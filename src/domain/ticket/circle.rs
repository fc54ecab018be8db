//! Who takes part in a ticket beside its requester and whoever works on it: members who were added, and staff who watch.

use crate::domain::event::What;
use crate::domain::ids::UserId;
use crate::domain::people::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};

use super::Ticket;

/// So many members can be added to one ticket: they fit into one select.
pub const PEOPLE_AT_MOST: usize = 25;

impl Ticket {
    /// Adds `who`: they read the requester's thread, what was said before included, and write in it.
    pub fn add_person(&mut self, by: &Actor, who: UserId) -> Result<Vec<What>, Refusal> {
        permit(Verb::People, self, by)?;
        let number = self.number;
        if who == self.requester || self.participants.contains(&who) || self.assignee == Some(who) {
            return Err(Refusal::TakesPartAlready { number, who });
        }
        if self.participants.len() >= PEOPLE_AT_MOST {
            return Err(Refusal::TooManyPeople {
                number,
                at_most: PEOPLE_AT_MOST,
            });
        }
        self.participants.push(who);
        Ok(vec![What::PersonAdded { who }])
    }

    /// Takes `who` out again.
    pub fn remove_person(&mut self, by: &Actor, who: UserId) -> Result<Vec<What>, Refusal> {
        permit(Verb::People, self, by)?;
        if !self.participants.contains(&who) {
            return Err(Refusal::TakesNoPart {
                number: self.number,
                who,
            });
        }
        self.participants.retain(|one| *one != who);
        Ok(vec![What::PersonRemoved { who }])
    }

    /// Watches it, or ends watching it.
    pub fn watch(&mut self, by: &Actor) -> Result<Vec<What>, Refusal> {
        let watched = self.watchers.contains(&by.user);
        // Who may no longer watch it can still turn it off.
        if !watched {
            permit(Verb::Note, self, by)?;
            self.refuse_own(by)?;
        }
        if watched {
            self.watchers.retain(|one| *one != by.user);
        } else {
            self.watchers.push(by.user);
        }
        Ok(vec![What::Watched { on: !watched }])
    }
}
