//! Ids that print as people say them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! snowflake {
    ($($(#[$about:meta])* $name:ident)*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

snowflake! {
    /// A Discord server, which is one desk.
    GuildId
    /// A Discord user.
    UserId
    /// A Discord channel or thread.
    ChannelId
    /// A Discord role.
    RoleId
    /// A Discord message.
    MessageId
    /// A file that hangs on a Discord message, or was given to a command.
    FileId
}

impl UserId {
    /// The desk, where it does by itself what else a person does. Nobody on Discord has this id.
    pub const DESK: Self = Self(0);
    /// What people call it.
    pub const DESK_NAME: &str = "Deskhand";
}

macro_rules! row_id {
    ($($(#[$about:meta])* $name:ident)*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse().map($name).map_err(|_| NotAnId)
            }
        }
    )*};
}

row_id! {
    /// A shift of every week.
    RotaId
    /// A question whether somebody takes another's shift.
    SwapId
    /// A ticket across all desks: what a button in a direct message carries. People see its [`Number`].
    TicketId
    /// One question that was asked at L0.
    AskId
    /// Somebody's way through the steps of an article.
    WalkId
    /// What somebody has chosen so far, before a form can open.
    DraftId
    /// The draft of an article. People see its [`DraftName`](super::article::DraftName).
    ArticleDraftId
    /// A file of the knowledge base that is to be written.
    ArticleFileId
    /// A row of the outbox.
    OutboxId
    /// A problem across all desks. People see its [`ProblemNumber`].
    ProblemId
    /// A major incident across all desks. People see its [`MajorNumber`].
    MajorId
    /// Tickets that read alike, as the leads were told of them.
    SuggestionId
}

/// A ticket's number within its desk. Prints as `T-0042`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(pub i64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T-{:04}", self.0)
    }
}

impl FromStr for Number {
    type Err = NotAnId;

    /// Reads what people type: `T-0042`, `t-42`, `#42`, or `42`.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let text = text.trim();
        let digits = match text.as_bytes() {
            [b'T' | b't', b'-', ..] => &text[2..],
            [b'T' | b't' | b'#', ..] => &text[1..],
            _ => text,
        };
        if digits.is_empty()
            || digits.len() > 12
            || !digits.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Err(NotAnId);
        }
        digits
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .map(Number)
            .ok_or(NotAnId)
    }
}

macro_rules! number {
    ($($(#[$about:meta])* $name:ident $letters:literal)*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letters, "-{:04}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Reads what people type: in small letters too, with or without the letters and the dash.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let text = text.trim().to_ascii_uppercase();
                let digits = text.strip_prefix($letters).unwrap_or(&text);
                let digits = digits.strip_prefix(['-', '#']).unwrap_or(digits);
                if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(NotAnId);
                }
                digits.parse().map(|Number(number)| $name(number)).map_err(|_| NotAnId)
            }
        }
    )*};
}

number! {
    /// A problem's number within its desk. Prints as `PRB-0001`.
    ProblemNumber "PRB"
    /// A major incident's number within its desk. Prints as `MI-0001`.
    MajorNumber "MI"
}

/// The text is no id of the kind that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// What caused a change: the key of one interaction, message, or timer. It is unique in the inbox, so an event that
/// Discord delivers twice changes nothing the second time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cause(String);

impl Cause {
    /// An interaction, by its id.
    pub fn interaction(id: u64) -> Self {
        Self(format!("interaction:{id}"))
    }

    /// A message that somebody wrote, by its id, and what is made of it.
    pub fn message(id: MessageId, kind: &str) -> Self {
        Self(format!("message:{id}:{kind}"))
    }

    /// A timer that fired.
    pub fn timer(ticket: TicketId, kind: &str, subject: i64, generation: i64) -> Self {
        // A timer of the ticket itself is known by the name that it has always had.
        match subject {
            0 => Self(format!("timer:{ticket}:{kind}:{generation}")),
            of => Self(format!("timer:{ticket}:{kind}:{of}:{generation}")),
        }
    }

    /// Something that the desk noticed by itself, such as a member who lost a role; `key` must be the same each time
    /// the same thing is noticed.
    pub fn noticed(key: &str) -> Self {
        Self(format!("noticed:{key}"))
    }

    /// A further part of the same cause, for another ticket that it changes too.
    #[must_use]
    pub fn also(&self, part: impl fmt::Display) -> Self {
        Self(format!("{}/{part}", self.0))
    }

    /// The key as it stands in the inbox.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_numbers_have_letters_of_their_own() {
        assert_eq!(ProblemNumber(7).to_string(), "PRB-0007");
        assert_eq!("mi-0012".parse(), Ok(MajorNumber(12)));
        for typed in ["PRB-0007", "prb-7", "prb7", " 7 ", "#7"] {
            assert_eq!(typed.parse(), Ok(ProblemNumber(7)), "{typed}");
        }
        for typed in ["", "PRB-", "PRB-0", "X-7", "T-7", "PRB--7"] {
            assert_eq!(typed.parse::<ProblemNumber>(), Err(NotAnId), "{typed}");
        }
    }

    #[test]
    fn numbers_print_as_people_say_them_and_read_what_people_type() {
        assert_eq!(Number(42).to_string(), "T-0042");
        assert_eq!(Number(123_456).to_string(), "T-123456");
        for typed in ["T-0042", "t-42", "#42", " 42 ", "T42"] {
            assert_eq!(typed.parse(), Ok(Number(42)), "{typed}");
        }
        for typed in ["", "T-", "0", "-1", "T-4x", "９", "99999999999999999999"] {
            assert_eq!(typed.parse::<Number>(), Err(NotAnId), "{typed}");
        }
    }
}
