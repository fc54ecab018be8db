//! Ids as Discord makes them: 64 bits that carry the instant of creation, printed as text.

use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// The id of anything in the stand-in's world. On the wire it is a decimal string, as Discord's are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Id(pub u64);

/// Milliseconds from the Unix epoch to Discord's (the first second of 2015).
const EPOCH_MS: i64 = 1_420_070_400_000;

impl Id {
    /// Reads an id from its wire form; `None` for anything that is not a positive 64-bit number.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|&id| id != 0).map(Self)
    }

    /// Reads an id from a JSON value: text, or a number as some libraries send it.
    pub fn from_json(value: &serde_json::Value) -> Option<Self> {
        match value {
            serde_json::Value::String(text) => Self::parse(text),
            serde_json::Value::Number(number) => number.as_u64().filter(|&id| id != 0).map(Self),
            _ => None,
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What an id is for. Each kind has its own sequence, so that one message more does not change the next role's id.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Kind {
    /// The guild, its application and other things of the first state.
    Place = 1,
    /// People and bots.
    User = 2,
    /// Roles.
    Role = 3,
    /// Channels, direct messages, and threads that do not start from a message.
    Channel = 4,
    /// Messages, and the threads that start from them.
    Message = 5,
    /// Interactions.
    Interaction = 6,
    /// Application commands and their versions.
    Command = 7,
    /// Attachments.
    Attachment = 8,
}

/// Makes ids that count up within their kind and carry the clock's instant, as Discord's do: clients read the time of
/// creation out of an id.
#[derive(Default, Debug)]
pub(super) struct Mint {
    last: HashMap<Kind, u64>,
}

impl Mint {
    /// The next id of a kind, created at `now`. It is larger than every earlier one of that kind, even when the clock was
    /// set back or stands still.
    pub(super) fn next(&mut self, kind: Kind, now: Timestamp) -> Id {
        let ms = u64::try_from(now.as_millisecond() - EPOCH_MS).unwrap_or(0);
        let first = (ms << 22) | ((kind as u64) << 17) | 1;
        let last = self.last.entry(kind).or_insert(0);
        *last = first.max(*last + 1);
        Id(*last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_up_when_the_clock_stands_still_or_is_set_back() {
        let noon: Timestamp = "2026-06-15T12:00:00Z".parse().expect("a valid instant");
        let before: Timestamp = "2026-06-15T11:00:00Z".parse().expect("a valid instant");
        let mut mint = Mint::default();
        let ids = [
            mint.next(Kind::Message, noon),
            mint.next(Kind::Message, noon),
            mint.next(Kind::Message, before),
        ];
        assert!(ids.is_sorted() && ids[0] != ids[1] && ids[1] != ids[2]);
        let seconds = ((ids[0].0 >> 22) as i64 + EPOCH_MS) / 1000;
        assert_eq!(seconds, noon.as_second());
    }
}
