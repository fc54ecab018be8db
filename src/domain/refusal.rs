//! An expected no, as data: one variant per reason, with the facts needed to phrase it. The sentences live in
//! `discord/words`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::article::{DraftName, Stage};
use super::clocks::ClockKind;
use super::ids::{Number, UserId};
use super::major::MajorRefusal;
use super::people::DeskRole;
use super::problem::ProblemRefusal;
use super::rules::Verb;
use super::ticket::State;
use super::tier::Tier;

/// Why something was not done. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// There is no such ticket, or the asker may not see it: both look the same from outside (`SECURITY` 3.1).
    NoSuchTicket {
        /// As it was asked for.
        number: Number,
    },
    /// The command needs a ticket and none was named, and this is no ticket's thread.
    WhichTicket,
    /// The asker may see the ticket but not do this to it.
    NotAllowed {
        /// What was tried.
        verb: Verb,
        /// Which ticket.
        number: Number,
    },
    /// Only holders of these roles may do this at all.
    RoleNeeded {
        /// Any one of them is enough.
        roles: Vec<DeskRole>,
    },
    /// The ticket is in a state in which this cannot be done.
    WrongState {
        /// What was tried.
        verb: Verb,
        /// Which ticket.
        number: Number,
        /// Its state now.
        state: State,
        /// Who has it now.
        assignee: Option<UserId>,
        /// Its tier now.
        tier: Tier,
    },
    /// The button was drawn for an earlier state of the ticket, and what it does cannot be done now.
    ChangedMeanwhile {
        /// Which ticket.
        number: Number,
        /// Its state now.
        state: State,
        /// Who has it now.
        assignee: Option<UserId>,
        /// Its tier now.
        tier: Tier,
    },
    /// It is offered to somebody else.
    OfferedToAnother {
        /// Which ticket.
        number: Number,
        /// To whom.
        to: UserId,
    },
    /// Nobody works on an own request.
    OwnTicket {
        /// Which ticket.
        number: Number,
    },
    /// The hand-over's summary says too little.
    SummaryTooShort {
        /// Characters typed.
        length: usize,
        /// Characters needed.
        at_least: usize,
    },
    /// One of the hand-over's texts is empty.
    HandOverIncomplete,
    /// There is no higher tier inside the house that anybody holds.
    NobodyAbove {
        /// Which ticket.
        number: Number,
        /// Its tier.
        tier: Tier,
    },
    /// The tier that was asked for is not above the ticket's.
    NotAbove {
        /// The ticket's tier.
        tier: Tier,
        /// The one asked for.
        to: Tier,
    },
    /// Passing a tier over is for P1, or P2 at L2, or a lead with a reason.
    NoSkipping {
        /// The tier that comes next.
        next: Tier,
    },
    /// This needs a reason.
    ReasonNeeded,
    /// It cannot be made confidential any more.
    CannotHide {
        /// Which ticket.
        number: Number,
    },
    /// The time for rating it has passed.
    RatingOver {
        /// Which ticket.
        number: Number,
    },
    /// That person takes part already.
    TakesPartAlready {
        /// Which ticket.
        number: Number,
        /// Who.
        who: UserId,
    },
    /// That person does not take part.
    TakesNoPart {
        /// Which ticket.
        number: Number,
        /// Who.
        who: UserId,
    },
    /// As many people as there can be were added.
    TooManyPeople {
        /// Which ticket.
        number: Number,
        /// How many there can be.
        at_most: usize,
    },
    /// The two tickets cannot become one.
    CannotMerge {
        /// Which ticket.
        number: Number,
        /// Into which.
        into: Number,
        /// Why not.
        why: MergeBar,
    },
    /// A merge can be undone for a day, and that has passed.
    MergeSettled {
        /// Which ticket.
        number: Number,
    },
    /// The window was extended before.
    ExtendedAlready {
        /// Which ticket.
        number: Number,
    },
    /// Nothing ran out, or nothing that counts.
    NothingToWaive {
        /// Which ticket.
        number: Number,
    },
    /// Only staff open tickets for other people.
    OnlyForYourself,
    /// Somebody was to be named, and that is a bot.
    IsBot {
        /// Which.
        who: UserId,
    },
    /// The experts leave a lesson when they end what was handed up to them.
    LessonNeeded {
        /// Which ticket.
        number: Number,
    },
    /// L2 needs leave for a change in this category.
    ApprovalNeeded {
        /// Which ticket.
        number: Number,
    },
    /// In this category nobody needs leave.
    NoApprovalNeeded {
        /// Which ticket.
        number: Number,
    },
    /// Nobody waits for leave, or it was answered.
    NothingToApprove {
        /// Which ticket.
        number: Number,
    },
    /// In this category first contact does not call a vendor by itself.
    VendorByHigherTier {
        /// Which ticket.
        number: Number,
    },
    /// No vendor works on it, or not on that case.
    NoOpenCase {
        /// Which ticket.
        number: Number,
    },
    /// Several vendors work on it, and it is not said which is meant.
    WhichCase {
        /// Which ticket.
        number: Number,
    },
    /// The desk has no such vendor.
    NoSuchVendor {
        /// As it was typed.
        typed: String,
    },
    /// The vendor has another case under that reference.
    ReferenceTaken {
        /// As it was typed.
        reference: String,
    },
    /// The hours cannot be read, or cannot be.
    BadHours {
        /// What is wrong with them; nothing where they cannot be read at all.
        why: Option<String>,
    },
    /// That is no target of a promise.
    BadTarget {
        /// Whose.
        clock: ClockKind,
        /// As it was typed.
        typed: String,
    },
    /// The desk has no such calendar.
    NoSuchCalendar {
        /// As it was typed.
        typed: String,
    },
    /// A command reads no file that is larger.
    FileTooLarge {
        /// So many KiB.
        kilobytes: u32,
    },
    /// The file could not be fetched.
    FileNotRead,
    /// What is in the file is no text.
    FileNoText,
    /// What is promised, or when the desk is open, was changed since the file was looked at.
    PromisesChanged,
    /// The text is empty.
    NothingSaid,
    /// Nobody on duty at that tier can be given it.
    NobodyFree {
        /// Which ticket.
        number: Number,
        /// Its tier.
        tier: Tier,
    },
    /// Nobody is given an own request to work on.
    TheirOwn {
        /// Which ticket.
        number: Number,
        /// Whose.
        who: UserId,
    },
    /// That person has it, or is offered it, already.
    HasItAlready {
        /// Which ticket.
        number: Number,
        /// Who.
        who: UserId,
    },
    /// That person is not known to hold the tier's role.
    HoldsNoRole {
        /// Who.
        who: UserId,
        /// Which tier.
        tier: Tier,
    },
    /// That person is not at work.
    OffDuty {
        /// Who.
        who: UserId,
    },
    /// Away until when? It lies in the past, or further off than a year.
    AwayUntil,
    /// That person cannot stand in for the asker: they hold no tier, or are the asker.
    NoDeputy {
        /// Who.
        who: UserId,
    },
    /// A tier's people can be filled up to between 1 and so many units.
    BadCapacity {
        /// So many.
        at_most: u32,
    },
    /// That shift is not the asker's, has begun, or is not there any more.
    NoSuchShift,
    /// There is a shift of that name.
    ShiftNameTaken {
        /// The name.
        name: String,
    },
    /// A desk has so many shifts at most.
    TooManyShifts {
        /// So many.
        at_most: usize,
    },
    /// Somebody else was asked.
    AskedAnother {
        /// Who.
        who: UserId,
    },
    /// Which tickets are to be moved: nobody's and no tier's are named, or both are.
    WhoseTickets,
    /// That person holds no role of the desk, as far as it knows.
    NotOnTheDesk {
        /// Who.
        who: UserId,
    },
    /// There is no lower tier that anybody holds.
    NobodyBelow {
        /// Which ticket.
        number: Number,
        /// Its tier.
        tier: Tier,
    },
    /// The requester asked for a higher tier a short while ago.
    AskedLately {
        /// Which ticket.
        number: Number,
        /// When they can ask again.
        again_at: Timestamp,
    },
    /// The text says too little.
    TextTooShort {
        /// Characters typed.
        length: usize,
        /// Characters needed.
        at_least: usize,
    },
    /// At resolve: name an article or say why none.
    ArticleOrWhyNone,
    /// First contact begins no articles, and nobody does out of a confidential ticket.
    NoDraftHere {
        /// Of this ticket.
        number: Number,
        /// It is for named people only.
        confidential: bool,
    },
    /// Somebody else wrote at the draft meanwhile.
    DraftChanged {
        /// Who.
        by: UserId,
    },
    /// There is no such draft, or not any more.
    NoSuchDraft {
        /// As it was named.
        name: DraftName,
    },
    /// The draft is not where that can be done with it.
    DraftElsewhere {
        /// Which.
        name: DraftName,
        /// Where it is.
        stage: Stage,
    },
    /// Whoever wrote at a draft does not approve it, and whoever wrote an article does not retire it alone.
    OwnDraft,
    /// The article's file was changed since the draft was last written at.
    ArticleMoved {
        /// The article.
        title: String,
    },
    /// The knowledge base would not serve it.
    ArticleFaulty {
        /// Why not, as `kb check` says it: one or more sentences.
        why: String,
    },
    /// The article is longer than a form takes.
    ArticleTooLong {
        /// Its file.
        path: String,
    },
    /// The file of the article could not be read or written.
    ArticleFile {
        /// Its file.
        path: String,
        /// What the system said.
        why: String,
    },
    /// There is no such article in the knowledge base.
    NoSuchArticle {
        /// As it was typed.
        typed: String,
    },
    /// Too many in a short time.
    TooMany {
        /// What there were too many of.
        of: Limit,
        /// How many are allowed.
        allowed: u32,
        /// When it will work again, where time alone mends it.
        again_at: Option<Timestamp>,
    },
    /// The same person opened the same ticket a moment ago.
    AlreadyOpened {
        /// That ticket.
        number: Number,
    },
    /// The desk is not set up on this server.
    NotSetUp,
    /// The first set-up is for the server's owner or somebody with Discord's Administrator permission.
    FirstSetUp,
    /// The button, form or draft is no longer valid: it is unknown, too old, or somebody else's.
    StaleButton,
    /// The question is empty.
    EmptyQuestion,
    /// In a direct message several desks could be meant.
    WhichDesk,
    /// This works on a server only, not in a direct message.
    ServerOnly,
    /// A text, title or choice that the command needs is missing or has a value that it does not know.
    BadInput {
        /// The option or field.
        field: String,
        /// What was expected, as a key into the words.
        expected: Expected,
    },
    /// The desk has more to do than it can take.
    Busy,
    /// It stands against a problem.
    Problem(ProblemRefusal),
    /// It stands against a major incident.
    Major(MajorRefusal),
}

impl Refusal {
    /// The variant's name, as the audit keeps it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoSuchTicket { .. } => "no_such_ticket",
            Self::WhichTicket => "which_ticket",
            Self::NotAllowed { .. } => "not_allowed",
            Self::RoleNeeded { .. } => "role_needed",
            Self::WrongState { .. } => "wrong_state",
            Self::ChangedMeanwhile { .. } => "changed_meanwhile",
            Self::OfferedToAnother { .. } => "offered_to_another",
            Self::OwnTicket { .. } => "own_ticket",
            Self::SummaryTooShort { .. } => "summary_too_short",
            Self::HandOverIncomplete => "hand_over_incomplete",
            Self::NobodyAbove { .. } => "nobody_above",
            Self::NotAbove { .. } => "not_above",
            Self::NoSkipping { .. } => "no_skipping",
            Self::ReasonNeeded => "reason_needed",
            Self::TextTooShort { .. } => "text_too_short",
            Self::ArticleOrWhyNone => "article_or_why_none",
            Self::NoDraftHere { .. } => "no_draft_here",
            Self::DraftChanged { .. } => "draft_changed",
            Self::NoSuchDraft { .. } => "no_such_draft",
            Self::DraftElsewhere { .. } => "draft_elsewhere",
            Self::OwnDraft => "own_draft",
            Self::ArticleMoved { .. } => "article_moved",
            Self::ArticleFaulty { .. } => "article_faulty",
            Self::ArticleTooLong { .. } => "article_too_long",
            Self::ArticleFile { .. } => "article_file",
            Self::NoSuchArticle { .. } => "no_such_article",
            Self::TooMany { .. } => "too_many",
            Self::AlreadyOpened { .. } => "already_opened",
            Self::NotSetUp => "not_set_up",
            Self::FirstSetUp => "first_set_up",
            Self::StaleButton => "stale_button",
            Self::EmptyQuestion => "empty_question",
            Self::CannotHide { .. } => "cannot_hide",
            Self::RatingOver { .. } => "rating_over",
            Self::TakesPartAlready { .. } => "takes_part_already",
            Self::TakesNoPart { .. } => "takes_no_part",
            Self::TooManyPeople { .. } => "too_many_people",
            Self::CannotMerge { .. } => "cannot_merge",
            Self::MergeSettled { .. } => "merge_settled",
            Self::ExtendedAlready { .. } => "extended_already",
            Self::NothingToWaive { .. } => "nothing_to_waive",
            Self::OnlyForYourself => "only_for_yourself",
            Self::IsBot { .. } => "is_bot",
            Self::LessonNeeded { .. } => "lesson_needed",
            Self::ApprovalNeeded { .. } => "approval_needed",
            Self::NoApprovalNeeded { .. } => "no_approval_needed",
            Self::NothingToApprove { .. } => "nothing_to_approve",
            Self::VendorByHigherTier { .. } => "vendor_by_higher_tier",
            Self::NoOpenCase { .. } => "no_open_case",
            Self::WhichCase { .. } => "which_case",
            Self::NoSuchVendor { .. } => "no_such_vendor",
            Self::ReferenceTaken { .. } => "reference_taken",
            Self::BadHours { .. } => "bad_hours",
            Self::BadTarget { .. } => "bad_target",
            Self::NoSuchCalendar { .. } => "no_such_calendar",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::FileNotRead => "file_not_read",
            Self::FileNoText => "file_no_text",
            Self::PromisesChanged => "promises_changed",
            Self::NothingSaid => "nothing_said",
            Self::NobodyFree { .. } => "nobody_free",
            Self::TheirOwn { .. } => "their_own",
            Self::HasItAlready { .. } => "has_it_already",
            Self::HoldsNoRole { .. } => "holds_no_role",
            Self::OffDuty { .. } => "off_duty",
            Self::AwayUntil => "away_until",
            Self::NoDeputy { .. } => "no_deputy",
            Self::BadCapacity { .. } => "bad_capacity",
            Self::NoSuchShift => "no_such_shift",
            Self::ShiftNameTaken { .. } => "shift_name_taken",
            Self::TooManyShifts { .. } => "too_many_shifts",
            Self::AskedAnother { .. } => "asked_another",
            Self::WhoseTickets => "whose_tickets",
            Self::NotOnTheDesk { .. } => "not_on_the_desk",
            Self::NobodyBelow { .. } => "nobody_below",
            Self::AskedLately { .. } => "asked_lately",
            Self::WhichDesk => "which_desk",
            Self::ServerOnly => "server_only",
            Self::BadInput { .. } => "bad_input",
            Self::Busy => "busy",
            Self::Problem(refusal) => refusal.kind(),
            Self::Major(refusal) => refusal.kind(),
        }
    }
}

/// Why two tickets cannot become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MergeBar {
    /// They are one already.
    Itself,
    /// One is confidential and the other is not: what was said in confidence would be read by others.
    Confidential,
    /// The other one has ended.
    Ended,
}

/// What there can be too many of (`SECURITY` A19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Questions of one person in a minute.
    Asks,
    /// Questions on one server in a minute.
    GuildAsks,
    /// Tickets of one person in ten minutes.
    Openings,
    /// Tickets of one person in a day.
    OpeningsPerDay,
    /// Open tickets of one person.
    OpenTickets,
    /// Tickets asked for in ten minutes that the asker may not see.
    Guesses,
    /// Reminders of one person that wait.
    Reminders,
}

/// What an option should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// A ticket number such as T-0042.
    TicketNumber,
    /// One of the choices that are offered.
    OneOfTheChoices,
    /// A text.
    Text,
    /// A role of this server.
    Role,
    /// A text channel of this server.
    TextChannel,
    /// A span of time such as 2h or 3d, or a date and time.
    Span,
    /// A time of the day such as 08:00.
    TimeOfDay,
    /// Two times of the day such as 22:00-06:00, or off.
    QuietHours,
}
