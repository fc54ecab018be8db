//! Where a ticket is talked about.

use super::{State, Ticket};
use crate::domain::ids::UserId;

impl Ticket {
    /// Whether its threads may be archived where others need the room: nobody of the desk has to act on it now. Whoever
    /// writes there, and whatever the desk has to say, takes them out of the archive again (`RELIABILITY` F29).
    pub fn may_rest(&self) -> bool {
        !self.state.active() || matches!(self.state, State::WaitingUser | State::WaitingVendor)
    }

    /// Who belongs into its thread with the requester: they, whoever has it, and who was added.
    pub fn people(&self) -> impl Iterator<Item = UserId> + '_ {
        let requester = std::iter::once(self.requester);
        let others = self.participants.iter().copied();
        requester.chain(self.assignee).chain(others)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::opened;
    use super::*;
    use crate::domain::priority::{Impact, Urgency};

    #[test]
    fn what_somebody_works_on_does_not_rest() {
        let resting: Vec<State> = State::ALL
            .into_iter()
            .filter(|state| {
                let ticket = Ticket {
                    state: *state,
                    ..opened(Impact::Low, Urgency::Low)
                };
                ticket.may_rest()
            })
            .collect();
        use State::{Cancelled, Closed, Merged, Resolved, WaitingUser, WaitingVendor};
        let quiet = [
            WaitingUser,
            WaitingVendor,
            Resolved,
            Closed,
            Cancelled,
            Merged,
        ];
        assert_eq!(resting, quiet);
    }
}
