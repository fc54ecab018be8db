//! Texts that are part of another: an article's text is held once, and its sections are places in it.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of a text, or all of it; it reads as a string. Copies share the text.
#[derive(Clone)]
pub struct Passage {
    whole: Arc<str>,
    start: u32,
    end: u32,
}

impl Passage {
    /// The part of `self` at that place, counted in bytes from its beginning.
    pub(super) fn part(&self, place: Range<usize>) -> Passage {
        // An article has a megabyte at most.
        let at = |place: usize| self.start + place as u32;
        Passage {
            whole: Arc::clone(&self.whole),
            start: at(place.start),
            end: at(place.end),
        }
    }

    /// The part of `self` that is `text`, which was cut from it.
    pub(super) fn of(&self, text: &str) -> Passage {
        let start = text.as_ptr().addr() - self.as_ptr().addr();
        self.part(start..start + text.len())
    }
}

impl From<&str> for Passage {
    fn from(text: &str) -> Passage {
        Passage {
            whole: text.into(),
            start: 0,
            end: text.len() as u32,
        }
    }
}

impl Deref for Passage {
    type Target = str;

    fn deref(&self) -> &str {
        &self.whole[self.start as usize..self.end as usize]
    }
}

impl PartialEq for Passage {
    fn eq(&self, other: &Passage) -> bool {
        **self == **other
    }
}

impl Eq for Passage {}

impl fmt::Debug for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Display for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
