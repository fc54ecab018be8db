//! Words this knowledge base has never seen, corrected to ones it has.

use std::collections::HashMap;

/// The words of all articles, as written and folded, with the number of articles each occurs in.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    known: HashMap<Box<str>, u32>,
    letters: Vec<char>,
}

/// Shorter words have too many neighbours to guess which was meant.
const SHORTEST: usize = 4;
const LONGEST: usize = 24;

/// So many letters are tried at each place; an alphabet has fewer, and a folder in many scripts must not make it slow.
const MOST_LETTERS: usize = 48;

impl Vocabulary {
    /// The vocabulary with these words, and the number of articles of each.
    pub fn new(known: HashMap<Box<str>, u32>) -> Vocabulary {
        let mut uses: HashMap<char, u32> = HashMap::new();
        for word in known.keys() {
            for letter in word.chars().filter(|c| c.is_alphabetic()) {
                *uses.entry(letter).or_default() += 1;
            }
        }
        let mut letters: Vec<(char, u32)> = uses.into_iter().collect();
        letters.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        letters.truncate(MOST_LETTERS);
        Vocabulary {
            known,
            letters: letters.into_iter().map(|(letter, _)| letter).collect(),
        }
    }

    /// Whether a word is known as it is.
    pub fn knows(&self, word: &str) -> bool {
        self.known.contains_key(word)
    }

    /// The known word at Damerau distance one from an unknown one: a letter missing, too many, wrong, or two swapped.
    /// Of several the most used; of those the first in the alphabet.
    pub fn correct(&self, word: &str) -> Option<&str> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < SHORTEST
            || letters.len() > LONGEST
            || !letters.iter().all(|c| c.is_alphabetic())
            || self.known.contains_key(word)
        {
            return None;
        }
        let mut best: Option<(u32, &str)> = None;
        let mut consider = |candidate: &str| {
            if let Some((known, &uses)) = self.known.get_key_value(candidate)
                && best.is_none_or(|(most, name)| uses > most || (uses == most && **known < *name))
            {
                best = Some((uses, known));
            }
        };
        let mut candidate = String::with_capacity(word.len() + 4);
        let mut try_letters = |candidate: &mut String, parts: [&[char]; 3]| {
            candidate.clear();
            candidate.extend(parts.into_iter().flatten());
            consider(candidate);
        };
        for at in 0..=letters.len() {
            let (before, after) = letters.split_at(at);
            for letter in &self.letters {
                try_letters(
                    &mut candidate,
                    [before, std::slice::from_ref(letter), after],
                );
                if let [replaced, rest @ ..] = after
                    && replaced != letter
                {
                    try_letters(&mut candidate, [before, std::slice::from_ref(letter), rest]);
                }
            }
            if let [_, rest @ ..] = after {
                try_letters(&mut candidate, [before, &[], rest]);
            }
            if let [first, second, rest @ ..] = after {
                try_letters(&mut candidate, [before, &[*second, *first], rest]);
            }
        }
        best.map(|(_, word)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let words = [
            ("password", 9),
            ("printer", 4),
            ("print", 7),
            ("printed", 4),
            ("mail", 8),
            ("mall", 1),
            ("größe", 1),
        ];
        Vocabulary::new(words.map(|(word, uses)| (word.into(), uses)).into())
    }

    #[test]
    fn corrects_one_slip() {
        let known = vocabulary();
        for (typed, meant) in [
            ("pasword", Some("password")),
            ("passsword", Some("password")),
            ("passwird", Some("password")),
            ("passwrod", Some("password")),
            ("assword", Some("password")),
            ("passwords", Some("password")),
            ("größ", Some("größe")),
            ("psword", None),
            ("password", None),
            ("0x8007", None),
            ("vpn", None),
            ("", None),
        ] {
            assert_eq!(known.correct(typed), meant, "{typed}");
        }
    }

    #[test]
    fn prefers_the_word_in_more_use_then_the_alphabet() {
        let known = vocabulary();
        assert_eq!(known.correct("mali"), Some("mail"));
        assert_eq!(known.correct("maal"), Some("mail"));
        assert_eq!(known.correct("printef"), Some("printed"));
    }
}
