//! What people are told of what concerns many: problems and major incidents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{
    MajorId, MajorNumber, Number, ProblemId, ProblemNumber, SuggestionId, UserId,
};
use crate::domain::major::{MajorState, Review, Roles};

/// What people are told about a major incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum MajorNotice {
    /// To everybody, in the help channel: what is wrong, and where it stands. Kept current by editing.
    Announcement {
        /// Which incident.
        major: MajorId,
        /// Its title.
        title: String,
        /// Where it stands.
        status: String,
        /// Since when.
        since: Timestamp,
        /// When the status was said.
        updated: Timestamp,
        /// It is over.
        over: bool,
    },
    /// To those who work on it. Kept current by editing; the thread below it is where they talk.
    Card {
        /// Its number.
        number: MajorNumber,
        /// Its title.
        title: String,
        /// A category's key.
        category: String,
        /// Where it stands.
        status: String,
        /// Who does what.
        roles: Roles,
        /// Where it is in its life.
        state: MajorState,
        /// Since when.
        since: Timestamp,
        /// When the status was said.
        updated: Timestamp,
    },
    /// To the escalation channel: there is one.
    Line {
        /// Its number.
        number: MajorNumber,
        /// Its title.
        title: String,
        /// Who coordinates.
        by: UserId,
    },
    /// To the requester of a ticket that is part of it, as that begins.
    Joined {
        /// Its title.
        title: String,
        /// Where it stands.
        status: String,
    },
    /// To requesters and subscribers: where it stands now.
    News {
        /// Its title.
        title: String,
        /// Where it stands.
        status: String,
        /// It is over.
        over: bool,
    },
    /// To the staff thread of a ticket that was part of it: is that solved too?
    Over {
        /// Its number.
        number: MajorNumber,
        /// Its title.
        title: String,
        /// Who works on the ticket.
        to: Option<UserId>,
    },
    /// To whoever writes the status: half an hour has passed without one.
    UpdateOwed {
        /// Its number.
        number: MajorNumber,
        /// Its title.
        title: String,
        /// Who writes it.
        communicator: UserId,
        /// When the last one was said.
        updated: Timestamp,
    },
    /// To the leads' channel: it is over, and the review is to be written.
    ReviewWanted {
        /// Its number.
        number: MajorNumber,
        /// Its title.
        title: String,
        /// Who coordinated it.
        commander: UserId,
    },
    /// To the leads: five business days have passed without the review.
    ReviewOwed {
        /// Its number.
        number: MajorNumber,
        /// Its title.
        title: String,
        /// Who coordinated it.
        commander: UserId,
        /// When it was over.
        since: Timestamp,
    },
    /// To the leads: what was learned.
    Reviewed {
        /// Its number.
        number: MajorNumber,
        /// Its title.
        title: String,
        /// What was learned.
        review: Review,
    },
}

/// What people are told about a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum ProblemNotice {
    /// To the staff thread of an incident: the cause is gone; is the incident solved by it?
    Gone {
        /// Which problem.
        problem: ProblemId,
        /// Its number.
        number: ProblemNumber,
        /// Its title.
        title: String,
        /// Who works on the incident.
        to: Option<UserId>,
    },
    /// To whoever said "me too": it is solved.
    Solved {
        /// Its title.
        title: String,
    },
    /// To the leads: several tickets read alike.
    Alike {
        /// By what the button finds them.
        suggestion: SuggestionId,
        /// A category's key.
        category: String,
        /// How many in a week.
        count: u32,
        /// How many in a day.
        today: u32,
        /// So many in a day that it may be a major incident.
        crowd: bool,
        /// They belong to a problem already.
        explained: bool,
        /// Some of them, with their titles; no confidential ones.
        tickets: Vec<(Number, String)>,
    },
    /// To whoever looks after the problem: an incident is still there.
    StillThere {
        /// Which problem.
        number: ProblemNumber,
        /// Which incident.
        ticket: Number,
        /// Who says so.
        by: UserId,
    },
}
