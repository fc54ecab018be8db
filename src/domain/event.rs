//! What happened to a ticket. Events are never changed; the reports are made from them.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::clocks::{ClockKind, StageKind};
use super::handover::HandOver;
use super::ids::{AskId, ChannelId, MajorId, MajorNumber, Number, ProblemNumber, TicketId, UserId};
use super::notice::Destination;
use super::priority::{Impact, Priority, Urgency};
use super::rungs::Page;
use super::ticket::{ArticleNote, Case, Code, Origin, PendingHandOver, Score};
use super::tier::Tier;

/// One thing that happened to one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Counts up per ticket from 1, without gaps: the order of things, whatever the wall clock did.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody when the desk did.
    pub by: Option<UserId>,
    /// What.
    pub what: What,
}

/// What happened, with the facts that reports and sentences need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The ticket came into being.
    Opened {
        /// What the requester answered.
        impact: Impact,
        /// What the requester answered.
        urgency: Urgency,
        /// What the matrix made of it.
        priority: Priority,
        /// The category's key.
        category: String,
        /// The question at L0 that it grew out of.
        ask: Option<AskId>,
    },
    /// Somebody took it out of the queue.
    Claimed {
        /// The hand-over that is accepted by it, where one waited.
        answers: Option<PendingHandOver>,
    },
    /// It was offered to somebody, who has not accepted yet.
    Offered {
        /// To whom.
        to: UserId,
        /// Nobody who is put down for its category was on duty.
        #[serde(default)]
        unskilled: bool,
    },
    /// The person it was offered to took it, or somebody of the tier took it when it was offered to nobody.
    Accepted {
        /// The hand-over that is accepted by it.
        answers: Option<PendingHandOver>,
    },
    /// It went to a higher tier.
    Escalated {
        /// All that goes along.
        hand_over: HandOver,
        /// Why a tier was passed over, where a reason was needed.
        reason: Option<String>,
    },
    /// The receiving tier sent it back.
    Rejected {
        /// From this tier.
        from: Tier,
        /// Back to this one.
        to: Tier,
        /// Why.
        reason: String,
        /// How often it was rejected between these two tiers, this time included.
        times: u32,
        /// What was rejected.
        hand_over: PendingHandOver,
    },
    /// The impact was changed; the priority follows.
    Reassessed {
        /// Before.
        impact_was: Impact,
        /// Now.
        impact: Impact,
        /// Before.
        priority_was: Priority,
        /// Now.
        priority: Priority,
        /// The urgency before, where it was looked at.
        #[serde(default)]
        urgency_was: Option<Urgency>,
        /// The urgency now, where it was looked at.
        #[serde(default)]
        urgency: Option<Urgency>,
    },
    /// It is about something else.
    Recategorised {
        /// The category's key before.
        category_was: String,
        /// Now.
        category: String,
        /// Before.
        priority_was: Priority,
        /// Now: some categories have a floor.
        priority: Priority,
    },
    /// Whoever held it cannot hold it any more: back to the queue.
    Released {
        /// Who held it.
        from: UserId,
        /// Why.
        reason: ReleaseReason,
        /// What they said about it, when they gave it back themselves.
        #[serde(default)]
        text: Option<String>,
    },
    /// Somebody gave it to a person.
    Assigned {
        /// Who had it, or was offered it, before.
        from: Option<UserId>,
        /// Who is offered it now.
        to: UserId,
        /// Why, where it was taken from somebody.
        reason: Option<String>,
    },
    /// It went to a lower tier.
    Deescalated {
        /// From this tier.
        from: Tier,
        /// To this one.
        to: Tier,
        /// Why.
        reason: String,
        /// What is left to do.
        remaining: String,
    },
    /// A note for the staff.
    Noted {
        /// What it says.
        text: String,
    },
    /// Staff answered the requester.
    Replied {
        /// What, where it was said by command: what was written in the thread stands there.
        text: Option<String>,
    },
    /// The requester wrote, and it is the first time since somebody of the desk answered.
    Wrote,
    /// A clock has come so far.
    ClockWarned {
        /// Which.
        clock: ClockKind,
        /// How far.
        stage: StageKind,
        /// When it runs out, if nothing changes.
        due: Option<Timestamp>,
        /// How late that was noticed, where the desk was away.
        late: Option<SignedDuration>,
        /// Where it is said in one post with others.
        digest: Vec<Destination>,
    },
    /// A clock ran out.
    ClockBreached {
        /// Which.
        clock: ClockKind,
        /// When.
        at: Timestamp,
        /// How late that was noticed, where the desk was away.
        late: Option<SignedDuration>,
        /// Where it is said in one post with others.
        digest: Vec<Destination>,
    },
    /// A lead does not count that a clock ran out.
    BreachWaived {
        /// Which.
        clock: ClockKind,
        /// When it had run out.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// The desk's hours, or what it promises, were edited: a clock runs out at another time.
    DueMoved {
        /// Which.
        clock: ClockKind,
        /// Before.
        was: Option<Timestamp>,
        /// Now.
        due: Option<Timestamp>,
    },
    /// Nobody has taken it for so long that others were called, or that it goes to the next tier.
    Climbed {
        /// How far it has come.
        page: Page,
    },
    /// The requester was asked, and owes the answer.
    Asked {
        /// What.
        text: String,
    },
    /// The answer that was waited for came, or nobody waits for it any more.
    Resumed,
    /// The requester asked for a higher tier.
    EscalationAsked {
        /// Why.
        reason: String,
    },
    /// It was withdrawn, or was no request.
    Cancelled {
        /// Why.
        reason: Option<String>,
    },
    /// It was not solved after all.
    Reopened {
        /// What is wrong still.
        reason: String,
        /// How often by now.
        times: u32,
        /// Who has it again; nobody when it waits in the queue.
        back: Option<UserId>,
    },
    /// It was solved, or ended in another way that the code names.
    Resolved {
        /// How it ended.
        code: Code,
        /// What was done, in words that the requester understands.
        text: String,
        /// Which article answers it.
        article: ArticleNote,
        /// What the lower tiers learn from it, where the experts ended it.
        #[serde(default)]
        lesson: Option<String>,
        /// Why somebody other than the assignee resolved it.
        reason: Option<String>,
    },
    /// The requester was asked how it went.
    RatingAsked,
    /// The requester said how it went.
    Rated {
        /// From 1 (bad) to 5 (good).
        score: Score,
        /// Why.
        comment: Option<String>,
        /// Of which resolution: how often it had been reopened by then.
        cycle: u32,
        /// What they had said of it before.
        before: Option<Score>,
    },
    /// A member was added.
    PersonAdded {
        /// Who.
        who: UserId,
    },
    /// A member was taken out again.
    PersonRemoved {
        /// Who.
        who: UserId,
    },
    /// Somebody of the staff began to watch it, or ended it.
    Watched {
        /// Whether they watch it now.
        on: bool,
    },
    /// A vendor was asked.
    CaseOpened {
        /// What, and how they call it.
        case: Case,
    },
    /// A vendor said something.
    CaseUpdated {
        /// Which of the ticket's cases.
        number: u32,
        /// The vendor's name.
        name: String,
        /// How they call it.
        reference: String,
        /// What they said.
        status: String,
        /// When they are to be heard of next; nothing where it is our turn.
        next_contact: Option<Timestamp>,
        /// The ticket had waited for it and goes on.
        ours: bool,
    },
    /// A vendor is done, or not needed any more.
    CaseClosed {
        /// Which of the ticket's cases.
        number: u32,
        /// The vendor's name.
        name: String,
        /// How they call it.
        reference: String,
        /// How it ended.
        status: String,
        /// The ticket had waited for it and goes on.
        ours: bool,
    },
    /// A vendor was to be heard of, and was not.
    CaseOverdue {
        /// Which of the ticket's cases.
        number: u32,
        /// The vendor's name.
        name: String,
        /// How they call it.
        reference: String,
        /// How many such dates passed by now.
        missed: u32,
    },
    /// The requester was reminded of the question.
    Reminded {
        /// The how manieth time.
        times: u32,
    },
    /// The requester does not answer, and it is too urgent to end by itself.
    NoAnswer,
    /// L2 asked for leave to make a change.
    ApprovalAsked {
        /// Which change.
        change: String,
    },
    /// L3 or a lead answered.
    ApprovalAnswered {
        /// Who had asked.
        asked_by: UserId,
        /// Whether they may.
        yes: bool,
        /// Why not.
        reason: Option<String>,
    },
    /// The requester, or who takes part, added to it.
    Added {
        /// What.
        text: String,
    },
    /// It became part of another ticket.
    Merged {
        /// Of which.
        into: TicketId,
        /// Its number.
        number: Number,
        /// That ticket's thread with its requester.
        thread: Option<ChannelId>,
        /// Both were the same requester's.
        same_person: bool,
        /// Why, where they were not.
        reason: Option<String>,
    },
    /// Another ticket became part of it.
    Absorbed {
        /// Which.
        ticket: TicketId,
        /// Its number.
        number: Number,
        /// Whose it was.
        requester: UserId,
        /// Before.
        priority_was: Priority,
        /// Now: the higher one of both.
        priority: Priority,
    },
    /// It is a ticket of its own again.
    Unmerged {
        /// From which.
        from: TicketId,
        /// Its number.
        number: Number,
        /// Why.
        reason: String,
    },
    /// What had become part of it is a ticket of its own again.
    Parted {
        /// Which.
        ticket: TicketId,
        /// Its number.
        number: Number,
    },
    /// One matter too many became a ticket of its own.
    SplitOff {
        /// Which.
        ticket: TicketId,
        /// Its number.
        number: Number,
    },
    /// It was closed, and the trouble came back: another ticket follows it.
    FollowedUp {
        /// Which.
        ticket: TicketId,
        /// Its number.
        number: Number,
    },
    /// It came from another ticket.
    GrewFrom {
        /// From which.
        ticket: TicketId,
        /// Its number.
        number: Number,
        /// How.
        origin: Origin,
    },
    /// Another ticket is about something near, or no more.
    Related {
        /// Which.
        ticket: TicketId,
        /// Its number.
        number: Number,
        /// Whether it is.
        on: bool,
    },
    /// A lead set the priority, or let the matrix decide again.
    PrioritySet {
        /// Before.
        was: Priority,
        /// Now.
        priority: Priority,
        /// Whether it is set by hand now.
        by_hand: bool,
        /// Why.
        reason: String,
    },
    /// A lead doubled the window for reopening.
    Extended {
        /// Why.
        reason: String,
    },
    /// Nothing more is expected: the threads of a closed ticket are locked.
    Locked,
    /// The requester agreed, or the window for reopening passed.
    Closed,
    /// It is an incident of a problem.
    ProblemLinked {
        /// Which.
        problem: ProblemNumber,
    },
    /// It is part of a major incident: as long, nobody is called for it, and it is offered to nobody by itself.
    MajorJoined {
        /// Which.
        major: MajorNumber,
        /// Its id.
        id: MajorId,
    },
    /// It is no part of it any more: it was none, or the incident is over.
    MajorLeft {
        /// Which.
        major: MajorNumber,
        /// The incident is over.
        over: bool,
    },
    /// It is no incident of that problem after all.
    ProblemUnlinked {
        /// Which.
        problem: ProblemNumber,
    },
}

impl What {
    /// The tag under which the store keeps it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Claimed { .. } => "claimed",
            Self::Offered { .. } => "offered",
            Self::Accepted { .. } => "accepted",
            Self::Escalated { .. } => "escalated",
            Self::Rejected { .. } => "rejected",
            Self::Reassessed { .. } => "reassessed",
            Self::Recategorised { .. } => "recategorised",
            Self::Released { .. } => "released",
            Self::Assigned { .. } => "assigned",
            Self::Deescalated { .. } => "deescalated",
            Self::Noted { .. } => "noted",
            Self::Replied { .. } => "replied",
            Self::Wrote => "wrote",
            Self::ClockWarned { .. } => "clock_warned",
            Self::ClockBreached { .. } => "clock_breached",
            Self::BreachWaived { .. } => "breach_waived",
            Self::DueMoved { .. } => "due_moved",
            Self::Climbed { .. } => "climbed",
            Self::Asked { .. } => "asked",
            Self::Resumed => "resumed",
            Self::EscalationAsked { .. } => "escalation_asked",
            Self::Cancelled { .. } => "cancelled",
            Self::Reopened { .. } => "reopened",
            Self::RatingAsked => "rating_asked",
            Self::Rated { .. } => "rated",
            Self::CaseOpened { .. } => "case_opened",
            Self::CaseUpdated { .. } => "case_updated",
            Self::CaseClosed { .. } => "case_closed",
            Self::CaseOverdue { .. } => "case_overdue",
            Self::Reminded { .. } => "reminded",
            Self::NoAnswer => "no_answer",
            Self::ApprovalAsked { .. } => "approval_asked",
            Self::ApprovalAnswered { .. } => "approval_answered",
            Self::Added { .. } => "added",
            Self::Merged { .. } => "merged",
            Self::Absorbed { .. } => "absorbed",
            Self::Unmerged { .. } => "unmerged",
            Self::Parted { .. } => "parted",
            Self::SplitOff { .. } => "split_off",
            Self::FollowedUp { .. } => "followed_up",
            Self::GrewFrom { .. } => "grew_from",
            Self::Related { .. } => "related",
            Self::PrioritySet { .. } => "priority_set",
            Self::Extended { .. } => "extended",
            Self::PersonAdded { .. } => "person_added",
            Self::PersonRemoved { .. } => "person_removed",
            Self::Watched { .. } => "watched",
            Self::Locked => "locked",
            Self::Resolved { .. } => "resolved",
            Self::Closed => "closed",
            Self::ProblemLinked { .. } => "problem_linked",
            Self::MajorJoined { .. } => "major_joined",
            Self::MajorLeft { .. } => "major_left",
            Self::ProblemUnlinked { .. } => "problem_unlinked",
        }
    }
}

/// Why a ticket was taken from somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseReason {
    /// They no longer hold the tier's role.
    LostRole,
    /// They left the server.
    Left,
    /// They, or a lead, gave it back.
    GivenBack,
    /// They did not accept it in time.
    Unanswered,
    /// They are off duty.
    OffDuty,
    /// They are away.
    Away,
}
