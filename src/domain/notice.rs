//! What people are told. A notice holds facts, never text: it is worded when it is delivered.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::event::ReleaseReason;
use super::handover::HandOver;
use super::ids::{ChannelId, Number, ProblemNumber, UserId};
use super::priority::Priority;
use super::problem::Workaround;
use super::ticket::{ArticleNote, Case, Code, Origin, Score, State};
use super::tier::Tier;

mod articles;
mod clock;
mod duty;
mod ladder;
mod many;
mod threads;

pub use articles::{ArticleNotice, Before, FlagLine};
pub use clock::{ClockNotice, DigestLine};
pub use duty::{DutyNotice, StillOpen};
pub use ladder::{LadderLine, LadderNotice};
pub use many::{MajorNotice, ProblemNotice};
pub use threads::{Instead, Speech, Spoken, ThreadNotice};

/// Where a notice about a ticket, or about the desk, goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// The ticket's private thread with its requester.
    Thread,
    /// The ticket's staff thread.
    StaffThread,
    /// The queue channel of a tier.
    Queue(Tier),
    /// The escalation channel.
    Escalations,
    /// The leads' channel.
    Leads,
    /// A direct message.
    Direct(UserId),
    /// The help channel, which everybody reads.
    Help,
}

/// Facts that somebody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// To the requester: the desk has it.
    Opened,
    /// To the thread: a file that came with the command that opened the ticket.
    File {
        /// Who gave it.
        by: UserId,
        /// Its name.
        name: String,
        /// Under which name its bytes are kept.
        sha256: String,
        /// How large it is, in bytes.
        size: u64,
    },
    /// To the thread: a file that came with that command could not be kept.
    FileMissing {
        /// Who gave it.
        by: UserId,
        /// Its name.
        name: String,
    },
    /// To the requester: somebody works on it.
    Claimed {
        /// Who.
        by: UserId,
        /// For which tier.
        tier: Tier,
    },
    /// To the requester: it goes to the experts, and nothing has to be told twice.
    HandedOver {
        /// To which tier.
        to: Tier,
    },
    /// To the staff thread: the hand-over, whole, to be accepted or rejected.
    HandOver {
        /// As it was made.
        hand_over: HandOver,
        /// Why a tier was passed over.
        reason: Option<String>,
        /// To whom it is offered.
        offered: Option<UserId>,
        /// Whom to ping where it is offered to nobody alone: everybody on duty at that tier.
        call: Vec<UserId>,
    },
    /// To the escalation channel: one line, which is amended when somebody takes it.
    EscalationLine {
        /// From which tier.
        from: Tier,
        /// To which.
        to: Tier,
        /// Who sent it.
        by: UserId,
        /// To whom it is offered.
        offered: Option<UserId>,
        /// The hand-over's summary; left out for confidential tickets.
        summary: Option<String>,
        /// When it was sent.
        at: Timestamp,
        /// How old the ticket was.
        age: SignedDuration,
        /// What became of it.
        answer: Answer,
    },
    /// To the escalation channel: a hand-over was sent back.
    RejectLine {
        /// By whom.
        by: UserId,
        /// From which tier.
        from: Tier,
        /// To which.
        to: Tier,
        /// Why; left out for confidential tickets.
        reason: Option<String>,
        /// How often between these two tiers.
        times: u32,
    },
    /// To the staff thread: somebody took the hand-over.
    Accepted {
        /// Who.
        by: UserId,
        /// For which tier.
        tier: Tier,
        /// How long after it was offered.
        after: SignedDuration,
    },
    /// To the staff thread: the hand-over was sent back.
    Rejected {
        /// By whom.
        by: UserId,
        /// From which tier.
        from: Tier,
        /// To which.
        to: Tier,
        /// Why.
        reason: String,
        /// To whom it is offered now.
        offered: Option<UserId>,
    },
    /// To the requester: it is back with the people they know.
    SentBack {
        /// With which tier.
        to: Tier,
    },
    /// To the staff thread: whoever held it cannot any more.
    Released {
        /// Who held it.
        from: UserId,
        /// Why.
        reason: ReleaseReason,
        /// What was said about it, when somebody gave it back.
        #[serde(default)]
        text: Option<String>,
        /// To whom it is offered now.
        offered: Option<UserId>,
    },
    /// To the tier's queue: it is somebody's turn.
    Offer {
        /// Whose.
        to: UserId,
        /// Until when they have to accept it.
        until: Option<Timestamp>,
        /// Nobody who is put down for its category is on duty.
        unskilled: bool,
    },
    /// To the tier's queue: nobody who is put down for its category is on duty, so it went to somebody else.
    SkillMissing {
        /// A category's key.
        category: String,
    },
    /// To the leads: so many people let it pass, and nobody is asked any more.
    LetPass {
        /// At which tier.
        tier: Tier,
        /// How many.
        times: u32,
    },
    /// About shifts and who is on them.
    Duty(DutyNotice),
    /// To the staff thread, or else to the tier's queue: somebody was given it.
    Assigned {
        /// By whom.
        by: UserId,
        /// Who had it before.
        from: Option<UserId>,
        /// Who is offered it now.
        to: UserId,
        /// Why it was taken from somebody; left out for confidential tickets outside their own threads.
        reason: Option<String>,
    },
    /// To the staff thread: it went down a tier.
    Deescalated {
        /// By whom.
        by: UserId,
        /// From which tier.
        from: Tier,
        /// To which.
        to: Tier,
        /// Why.
        reason: String,
        /// What is left to do.
        remaining: String,
        /// To whom it is offered now.
        offered: Option<UserId>,
    },
    /// To the staff thread: a note.
    Note {
        /// By whom.
        by: UserId,
        /// What it says.
        text: String,
    },
    /// To the requester: an answer.
    Reply {
        /// By whom.
        by: UserId,
        /// What it says.
        text: String,
    },
    /// To the requester: a question that waits for an answer.
    Question {
        /// By whom.
        by: UserId,
        /// What is asked.
        text: String,
    },
    /// To whoever works on it, in the requester's thread: the answer is there.
    Answered {
        /// Whom it concerns.
        to: UserId,
    },
    /// In the requester's thread: they asked for a higher tier.
    EscalationAsked {
        /// Who works on it.
        to: Option<UserId>,
        /// Why; left out for confidential tickets outside their own threads.
        reason: Option<String>,
    },
    /// In the requester's thread: a member was added, and is called.
    PersonAdded {
        /// By whom.
        by: UserId,
        /// Who.
        who: UserId,
    },
    /// In the requester's thread: a member was taken out again.
    PersonRemoved {
        /// By whom.
        by: UserId,
        /// Who.
        who: UserId,
    },
    /// To somebody who watches it: where it stands now. It holds no text: who watched may have lost the role since.
    Watched {
        /// Who did it; nobody when the desk did.
        by: Option<UserId>,
        /// Its state.
        state: State,
        /// Who has it.
        assignee: Option<UserId>,
        /// Its tier.
        tier: Tier,
    },
    /// To somebody who wanted to be reminded.
    Reminder {
        /// Whom.
        to: UserId,
        /// Of what.
        text: String,
    },
    /// In the requester's thread: an outside company was asked.
    WithVendor,
    /// In the requester's thread: it answered.
    VendorAnswered,
    /// To the staff thread: a vendor was asked.
    CaseOpened {
        /// By whom.
        by: UserId,
        /// What.
        case: Case,
    },
    /// To the staff thread: a vendor said something, or is done.
    CaseUpdated {
        /// Who put it down.
        by: UserId,
        /// The vendor's name.
        name: String,
        /// How they call it.
        reference: String,
        /// What they said.
        status: String,
        /// When they are to be heard of next; nothing where it is our turn.
        next_contact: Option<Timestamp>,
        /// The case is closed.
        closed: bool,
    },
    /// To the staff thread, and to the leads when it goes on: a vendor was to be heard of.
    CaseOverdue {
        /// Who works on it.
        to: Option<UserId>,
        /// The vendor's name.
        name: String,
        /// How they call it.
        reference: String,
        /// How many such dates passed by now.
        missed: u32,
    },
    /// In the requester's thread: the question still waits.
    Reminded {
        /// The how manieth time.
        times: u32,
    },
    /// To the leads: the requester of something urgent does not answer.
    NoAnswer,
    /// To the queues of the tiers below, and to the staff thread: what the experts teach by it.
    Lesson {
        /// Who leaves it.
        by: UserId,
        /// What was done.
        done: String,
        /// The lesson.
        text: String,
    },
    /// To the staff thread: an article was begun with what was done.
    ArticleBegun {
        /// By whom.
        by: UserId,
    },
    /// To the staff thread: L2 asks for leave to make a change.
    ApprovalAsked {
        /// Who asks.
        by: UserId,
        /// Which change.
        change: String,
        /// Whom to call: the experts on duty.
        call: Vec<UserId>,
    },
    /// To the staff thread: the answer.
    ApprovalAnswered {
        /// By whom.
        by: UserId,
        /// Who had asked.
        to: UserId,
        /// Whether they may.
        yes: bool,
        /// Why not.
        reason: Option<String>,
    },
    /// In the requester's thread: it was opened by somebody of the staff for them.
    OpenedFor {
        /// By whom.
        by: UserId,
    },
    /// In the requester's thread: what they, or who takes part, would else have opened another ticket for.
    Added {
        /// By whom.
        by: UserId,
        /// What.
        text: String,
        /// Who works on it.
        to: Option<UserId>,
    },
    /// In its own threads: it goes on in another ticket.
    MergedInto {
        /// By whom.
        by: UserId,
        /// In which.
        number: Number,
        /// That ticket's thread.
        thread: Option<ChannelId>,
    },
    /// In its own threads: another ticket became part of it.
    Absorbed {
        /// By whom.
        by: UserId,
        /// Which.
        number: Number,
        /// Whose that was.
        requester: UserId,
    },
    /// In its own threads: it is a ticket of its own again.
    Unmerged {
        /// By whom.
        by: UserId,
        /// From which.
        number: Number,
        /// Why.
        reason: String,
    },
    /// In its own threads: what had become part of it is not any more.
    Parted {
        /// Which.
        number: Number,
    },
    /// In the requester's thread: one matter too many is a ticket of its own.
    SplitOff {
        /// By whom.
        by: UserId,
        /// Which.
        number: Number,
    },
    /// In the requester's thread: it came from another ticket.
    GrewFrom {
        /// From which.
        number: Number,
        /// How.
        origin: Origin,
    },
    /// In the thread of the ticket that goes on: what was still written in the other one.
    Copied {
        /// Who wrote it.
        by: UserId,
        /// In which ticket.
        number: Number,
        /// What, as far as the bot may read it.
        text: String,
    },
    /// In the requester's thread: the window for reopening is longer.
    Extended {
        /// By whom.
        by: UserId,
        /// Until when.
        until: Timestamp,
    },
    /// To the staff thread, or else to the tier's queue: a lead set the priority.
    PrioritySet {
        /// By whom.
        by: UserId,
        /// Now.
        priority: Priority,
        /// Whether it is set by hand now.
        by_hand: bool,
        /// Why; left out for confidential tickets outside their own threads.
        reason: Option<String>,
    },
    /// To the requester: it was withdrawn, or was no request.
    Cancelled {
        /// By whom.
        by: UserId,
        /// Why.
        reason: Option<String>,
    },
    /// To the requester and the staff: it is open again.
    Reopened {
        /// By whom.
        by: UserId,
        /// What is wrong still.
        reason: String,
        /// Who has it again.
        back: Option<UserId>,
    },
    /// To the leads: it was reopened more than once.
    ReopenedAgain {
        /// How often.
        times: u32,
    },
    /// To the requester: how was it?
    HowWasIt,
    /// To the leads: the requester was not content, or was not at first.
    Rating {
        /// From 1 (bad) to 5 (good).
        score: Score,
        /// Why; left out for confidential tickets.
        comment: Option<String>,
    },
    /// To the requester, who wrote in the thread of a resolved ticket: is it still broken?
    StillBroken,
    /// To the requester and the staff thread: it is resolved.
    Resolved {
        /// By whom.
        by: UserId,
        /// How it ended.
        code: Code,
        /// What was done.
        text: String,
        /// Which article answers it.
        article: ArticleNote,
        /// Until when it can be reopened.
        until: Timestamp,
    },
    /// To the requester's thread: it is closed.
    Closed,
    /// To the leads: a hand-over was rejected twice, and they decide.
    LeadDecides {
        /// From which tier it was sent back.
        from: Tier,
        /// Where it is now.
        to: Tier,
        /// How often.
        times: u32,
    },
    /// To the leads: something urgent came in, or reached a tier.
    Urgent {
        /// How urgent.
        priority: Priority,
        /// Where it is.
        tier: Tier,
    },
    /// To a tier's queue: everybody on duty is called for a P1.
    Call {
        /// How urgent.
        priority: Priority,
        /// Whom to ping.
        call: Vec<UserId>,
    },
    /// To the leads: a ticket waits at a tier and nobody on duty can be offered it.
    NobodyToOffer {
        /// Where it waits.
        tier: Tier,
    },
    /// To the leads: the desk cannot do something on Discord, where, and what to mend.
    CannotDeliver {
        /// Where.
        channel: Option<ChannelId>,
        /// The permissions missing there, by their names in Discord's settings.
        missing: Vec<String>,
        /// What Discord said.
        said: String,
    },
    /// To the leads: somebody runs into the limits again and again.
    Flood {
        /// Who.
        user: UserId,
        /// Into which limit.
        limit: super::refusal::Limit,
    },
    /// To whoever ran the set-up, in the leads' channel: what was made, adopted, and left undone.
    SetUpReport {
        /// Who ran it.
        by: UserId,
    },
    /// About where a ticket is talked about.
    Threads(ThreadNotice),
    /// About a clock.
    Clock(ClockNotice),
    /// About what nobody takes.
    Ladder(LadderNotice),
    /// About a problem.
    Problem(ProblemNotice),
    /// To the staff thread: tickets like this one were solved before.
    SolvedBefore {
        /// Which, the likest first.
        before: Vec<Before>,
        /// A known error that it may be, with what helps until it is gone.
        known: Option<(ProblemNumber, String, Workaround)>,
    },
    /// About an article of the knowledge base.
    Article(ArticleNotice),
    /// About a major incident.
    Major(MajorNotice),
    /// To the escalation channel: several lines in one message. Which ones, and what they say, is looked up when it is said.
    Lines {
        /// Which message.
        gathering: i64,
    },
    /// To the leads, once a day and once a week: what the desk did.
    Digest(Box<Digest>),
}

/// What became of a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Nobody has answered yet.
    None,
    /// Somebody took it.
    Taken {
        /// Who.
        by: UserId,
        /// How long after it was sent.
        after: SignedDuration,
    },
    /// It was sent back.
    Returned {
        /// By whom.
        by: UserId,
        /// How long after it was sent.
        after: SignedDuration,
    },
}
