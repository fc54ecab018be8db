//! From text to the tokens of the encoder's vocabulary: words, and pieces of words it does not hold whole.

use crate::kb::quick::QuickMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are unknown as a whole.
const LONGEST_WORD: usize = 100;

/// The tokens of a vocabulary, numbered in its order. Both the table and the encoder are made for one vocabulary.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    /// Tokens that begin a word.
    beginnings: QuickMap<Box<str>, u32>,
    /// Tokens that continue one, without their "##".
    continuations: QuickMap<Box<str>, u32>,
    unknown: u32,
    count: u32,
}

impl Vocabulary {
    /// Reads a vocabulary, one token a line. None if it does not know an unknown word.
    pub fn new(lines: &str) -> Option<Vocabulary> {
        let mut vocabulary = Vocabulary::default();
        for (token, number) in lines.lines().zip(0..) {
            match token.strip_prefix("##") {
                Some(rest) => vocabulary.continuations.insert(rest.into(), number),
                None => vocabulary.beginnings.insert(token.into(), number),
            };
            vocabulary.count = number + 1;
        }
        vocabulary.unknown = vocabulary.find("[UNK]")?;
        Some(vocabulary)
    }

    /// The number of a token that is written just so.
    pub fn find(&self, token: &str) -> Option<u32> {
        self.beginnings.get(token).copied()
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// The tokens of a text, at most `limit`.
    pub fn tokens(&self, text: &str, limit: usize) -> Vec<u32> {
        let mut tokens = Vec::new();
        each_word(text, |word| {
            self.cut(word, &mut tokens);
            tokens.len() < limit
        });
        tokens.truncate(limit);
        tokens
    }

    /// Adds the pieces of a word: always the longest that fits, from the left.
    pub fn cut(&self, word: &str, tokens: &mut Vec<u32>) {
        let before = tokens.len();
        let mut rest = word;
        let mut known = &self.beginnings;
        if word.chars().count() > LONGEST_WORD {
            rest = "";
            tokens.push(self.unknown);
        }
        while !rest.is_empty() {
            let longest = rest
                .char_indices()
                .map(|(at, c)| at + c.len_utf8())
                .rev()
                .find_map(|end| Some((known.get(&rest[..end])?, end)));
            match longest {
                Some((&token, end)) => {
                    tokens.push(token);
                    rest = &rest[end..];
                    known = &self.continuations;
                }
                None => {
                    tokens.truncate(before);
                    tokens.push(self.unknown);
                    rest = "";
                }
            }
        }
    }
}

/// Tells the words of a text, without accents and in small letters, since vocabularies know no others; as long as the one who
/// is told says so.
pub(super) fn each_word(text: &str, told: impl FnMut(&str) -> bool) {
    if text.is_ascii() {
        return each_plain(text.chars().map(|c| c.to_ascii_lowercase()), told);
    }
    let plain = text.nfd().filter(|&c| !is_combining_mark(c));
    each_plain(plain.flat_map(char::to_lowercase), told);
}

fn each_plain(plain: impl Iterator<Item = char>, mut told: impl FnMut(&str) -> bool) {
    let mut word = String::new();
    let mut ended = |word: &mut String| {
        let goes_on = word.is_empty() || told(word);
        word.clear();
        goes_on
    };
    for c in plain {
        let goes_on = if c.is_whitespace() || is_dropped(c) {
            ended(&mut word)
        } else if stands_alone(c) {
            ended(&mut word) && {
                word.push(c);
                ended(&mut word)
            }
        } else {
            word.push(c);
            true
        };
        if !goes_on {
            return;
        }
    }
    ended(&mut word);
}

/// Control characters; what cannot be seen separates nothing worth a token.
fn is_dropped(c: char) -> bool {
    c.is_control() || c == '\u{fffd}'
}

/// Punctuation, and the signs of scripts that do not put spaces between words.
fn stands_alone(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(
        c,
        '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "[PAD]\n[UNK]\nprint\n##er\n##ers\nvpn\n'\nt\ndon\nuber\n日\n本\n.";

    fn tokens(text: &str) -> Vec<u32> {
        let vocabulary = Vocabulary::new(LINES).expect("it knows unknown words");
        vocabulary.tokens(text, 100)
    }

    #[test]
    fn cuts_words_into_the_longest_pieces() {
        for (text, expected) in [
            ("printers", vec![2, 4]),
            ("Printer.", vec![2, 3, 12]),
            ("the VPN", vec![1, 5]),
            ("printx vpn", vec![1, 5]),
            ("don't", vec![8, 6, 7]),
            ("Über", vec![9]),
            ("日本vpn", vec![10, 11, 5]),
            ("vpn\u{0}vpn\t", vec![5, 5]),
            ("", vec![]),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
        assert_eq!(tokens(&"print".repeat(50)), vec![1]);
    }

    #[test]
    fn stops_at_the_limit_and_needs_a_word_for_the_unknown() {
        let vocabulary = Vocabulary::new(LINES).expect("it knows unknown words");
        assert_eq!(vocabulary.tokens("vpn printers vpn", 2), [5, 2]);
        assert_eq!(vocabulary.tokens(&"vpn ".repeat(9_000), 64).len(), 64);
        assert_eq!(vocabulary.len(), 13);
        assert!(Vocabulary::new("vpn\nprint").is_none());
    }
}
