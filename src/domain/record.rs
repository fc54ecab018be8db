//! What is kept of the talk around a ticket: what people wrote in its threads, and the files that they gave.

use jiff::Timestamp;

use super::event::{Event, What};
use super::ids::{FileId, MessageId, UserId};
use super::ticket::ArticleNote;

/// The media type of the picture that these bytes begin with, where it is one that any browser shows and that holds no program.
/// Neither a name nor what a server says of the
/// file is believed.
pub fn picture(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}

/// Which of a ticket's two threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The one with the requester.
    Thread,
    /// The staff's.
    Staff,
}

impl Room {
    /// The tag under which the store keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Staff => "staff",
        }
    }

    /// The room of that tag.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Thread, Self::Staff]
            .into_iter()
            .find(|room| room.key() == key)
    }
}

/// A message as it was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Which.
    pub id: MessageId,
    /// Who wrote it.
    pub author: UserId,
    /// Their name at that moment: hostile text.
    pub author_name: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it came to say this: when it was sent, or edited.
    pub at: Timestamp,
    /// What it says; nothing when the bot may not read it.
    pub text: Option<String>,
    /// The files with it; nothing when the bot may not read which.
    pub files: Option<Vec<Attachment>>,
}

/// A file as Discord names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Which.
    pub id: FileId,
    /// As it was given: hostile text.
    pub name: String,
    /// In bytes, as Discord says.
    pub size: u64,
    /// As Discord says; not to be trusted.
    pub media_type: Option<String>,
    /// Where it lies, for a day or so.
    pub url: String,
}

/// A message as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub id: MessageId,
    /// In which thread.
    pub room: Room,
    /// Who wrote it; nobody when only its deletion was heard of.
    pub author: Option<UserId>,
    /// Their name when they wrote it: hostile text.
    pub author_name: String,
    /// When.
    pub sent_at: Timestamp,
    /// When it was deleted. What it said went with it.
    pub deleted_at: Option<Timestamp>,
    /// What it says, the newest last; before that, what it said.
    pub versions: Vec<Version>,
}

/// What a message says or said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Since when.
    pub at: Timestamp,
    /// Redacted: hostile text. Nothing when the bot was not allowed to read it.
    pub text: Option<String>,
}

/// A file as the desk knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Which.
    pub id: FileId,
    /// With which message; none when it came with the command that opened the ticket.
    pub message: Option<MessageId>,
    /// Who gave it.
    pub owner: UserId,
    /// As it was given: hostile text.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// As Discord said; not to be trusted.
    pub media_type: Option<String>,
    /// When.
    pub given_at: Timestamp,
    /// What became of it.
    pub state: FileState,
    /// The name under which its bytes are kept, where they are.
    pub sha256: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It is still to be fetched.
    Waiting,
    /// Its bytes are kept.
    Kept,
    /// It is larger than the desk keeps.
    TooLarge,
    /// It could not be fetched.
    Failed,
    /// It lies where the desk does not fetch from.
    Refused,
    /// This desk keeps no files.
    Off,
    /// Whoever gave it took it back.
    Removed,
}

impl FileState {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Kept,
        Self::TooLarge,
        Self::Failed,
        Self::Refused,
        Self::Off,
        Self::Removed,
    ];

    /// The tag under which the store keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept => "kept",
            Self::TooLarge => "too_large",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Off => "off",
            Self::Removed => "removed",
        }
    }

    /// The state of that tag.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// What the requester may know of an event: no word that the staff wrote for each other, and nothing at all of what
/// concerns the staff alone.
pub fn for_requester(mut event: Event) -> Option<Event> {
    match &mut event.what {
        What::Noted { .. }
        | What::Watched { .. }
        | What::Related { .. }
        | What::ApprovalAsked { .. }
        | What::ApprovalAnswered { .. }
        | What::CaseUpdated { ours: false, .. }
        | What::CaseClosed { ours: false, .. }
        | What::CaseOverdue { .. }
        | What::NoAnswer
        | What::ProblemLinked { .. }
        | What::ProblemUnlinked { .. }
        | What::MajorJoined { .. }
        | What::MajorLeft { .. }
        | What::Offered { .. }
        | What::Released { .. }
        | What::Assigned { .. } => return None,
        What::Claimed { answers } | What::Accepted { answers } => *answers = None,
        What::Escalated { hand_over, reason } => {
            hand_over.texts.clear();
            *reason = None;
        }
        What::Rejected {
            reason, hand_over, ..
        } => {
            reason.clear();
            hand_over.summary.clear();
        }
        What::Deescalated {
            reason, remaining, ..
        } => {
            reason.clear();
            remaining.clear();
        }
        // That an outside company was asked, and answered, is all that they read of it.
        What::CaseOpened { case } => {
            case.name.clear();
            case.reference.clear();
            case.status.clear();
        }
        What::CaseUpdated {
            name,
            reference,
            status,
            ..
        }
        | What::CaseClosed {
            name,
            reference,
            status,
            ..
        } => {
            name.clear();
            reference.clear();
            status.clear();
        }
        What::ClockWarned { .. }
        | What::ClockBreached { .. }
        | What::BreachWaived { .. }
        | What::DueMoved { .. }
        | What::Climbed { .. } => return None,
        What::PrioritySet { reason, .. } | What::Extended { reason } => reason.clear(),
        What::Merged { reason, .. } => *reason = None,
        What::Resolved {
            article,
            reason,
            lesson,
            ..
        } => {
            *reason = None;
            *lesson = None;
            match article {
                ArticleNote::Linked {
                    id,
                    title,
                    internal: true,
                } => {
                    id.clear();
                    title.clear();
                }
                ArticleNote::Linked { .. } | ArticleNote::Draft => {}
                ArticleNote::None { reason } => reason.clear(),
            }
        }
        What::Opened { .. }
        | What::Reassessed { .. }
        | What::Recategorised { .. }
        | What::Replied { .. }
        | What::Wrote
        | What::Asked { .. }
        | What::Resumed
        | What::EscalationAsked { .. }
        | What::Cancelled { .. }
        | What::Reopened { .. }
        | What::PersonAdded { .. }
        | What::PersonRemoved { .. }
        | What::Added { .. }
        | What::Absorbed { .. }
        | What::Unmerged { .. }
        | What::Parted { .. }
        | What::SplitOff { .. }
        | What::FollowedUp { .. }
        | What::GrewFrom { .. }
        | What::Reminded { .. }
        | What::RatingAsked
        | What::Rated { .. }
        | What::Locked
        | What::Closed => {}
    }
    Some(event)
}
