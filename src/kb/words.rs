//! From text to the words that are indexed: one folding, one splitting, one stemming for articles and questions alike.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A word of a text that carries meaning: stop words never become one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    /// As written, folded: what spelling is judged by. The index knows it by its [`stem`].
    pub surface: String,
    /// The joined form of a compound ("wi-fi" → "wifi"). It stands beside its parts and forms no pair with them.
    pub joined: bool,
}

/// Longer runs of letters are keys, digests or noise, never words somebody asks for.
const LONGEST_WORD: usize = 40;

/// Splits a text into its meaningful words, in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let folded = fold(text);
    let mut found = Vec::new();
    let mut compound: Vec<&str> = Vec::new();
    for piece in split(&folded) {
        if !piece.continues {
            join(&compound, &mut found);
            compound.clear();
        }
        compound.push(piece.text);
        push(piece.text, false, &mut found);
    }
    join(&compound, &mut found);
    found
}

/// NFKC and full case folding, so that "ＶＰＮ", "Vpn" and "vpn" are one word, and "STRASSE" and "Straße" too.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    // Upper case first: that is what expands "ß" and unites the two small sigmas.
    Cow::Owned(
        text.nfkc()
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase)
            .nfkc()
            .collect(),
    )
}

/// The stem of a folded word. Words with letters beyond ASCII are another language's and stay as they are.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        STEMMER.stem(word)
    } else {
        Cow::Borrowed(word)
    }
}

/// Whether a folded word says nothing about what a text is about.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

struct Piece<'a> {
    text: &'a str,
    /// Joined to the piece before it by one hyphen.
    continues: bool,
}

/// Runs of letters and digits; an apostrophe inside a word belongs to it.
fn split(folded: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = folded;
    let mut after_hyphen = false;
    std::iter::from_fn(move || {
        let start = rest.find(is_letter)?;
        let continues = after_hyphen && start == 0;
        let text = &rest[start..];
        let end = text
            .char_indices()
            .find(|&(at, c)| !is_letter(c) && !joins(c, &text[at + c.len_utf8()..]))
            .map_or(text.len(), |(at, _)| at);
        rest = &text[end..];
        after_hyphen = rest.starts_with('-');
        if after_hyphen {
            rest = &rest[1..];
        }
        Some(Piece {
            text: &text[..end],
            continues,
        })
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Whether a sign inside a word belongs to it, given what follows.
fn joins(sign: char, after: &str) -> bool {
    is_apostrophe(sign) && after.starts_with(char::is_alphabetic)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

fn push(piece: &str, joined: bool, found: &mut Vec<Word>) {
    let surface: Cow<'_, str> = if piece.contains(is_apostrophe) {
        Cow::Owned(piece.replace(is_apostrophe, ""))
    } else {
        Cow::Borrowed(piece)
    };
    if surface.len() > LONGEST_WORD
        || (surface.len() < 2 && surface.is_ascii())
        || is_stop_word(&surface)
    {
        return;
    }
    found.push(Word {
        surface: surface.into_owned(),
        joined,
    });
}

/// "wi-fi", "e-mail" and "log-in" are also asked for as "wifi", "email" and "login".
fn join(compound: &[&str], found: &mut Vec<Word>) {
    if compound.len() < 2 || compound.len() > 3 {
        return;
    }
    let whole = compound.concat();
    if whole.chars().all(char::is_alphabetic) {
        push(&whole, true, found);
    }
}

static STOP_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| STOP_WORD_LIST.split_whitespace().collect());

/// Function words, and the courtesies and fillers of which questions to a desk are full.
const STOP_WORD_LIST: &str = "
a about after again all also am an and any anybody anyone are arent as at be because been before being but by
can cannot cant could couldnt did didnt do does doesnt doing done dont each every for from
get gets getting got had has hasnt have havent having he hello help her here hers hey hi him his how however
i id if ill im in into is isnt it its itself ive just let lets like may maybe me might mine more most much must my myself
need needed needs no nor not of on once one only or other our ours please really s same seem seems shall she should so some somebody someone
something still such t than thank thanks that thats the their theirs them then there theres these they this those though
to too tried try trying us very want wants was wasnt we were what whats when where which while who whom whose why will with wont
worked working works would wouldnt yes yet you your yours yourself";

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text)
            .iter()
            .map(|word| stem(&word.surface).into_owned())
            .collect()
    }

    #[test]
    fn folds_what_looks_alike() {
        for (text, folded) in [
            ("VPN", "vpn"),
            ("ＶＰＮ", "vpn"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("ΟΔΟΣ", "οδοσ"),
            ("οδος", "οδοσ"),
            ("ﬁle", "file"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn splits_and_stems() {
        for (text, expected) in [
            ("My printers are printing", vec!["printer", "print"]),
            ("I can't log in, can’t!", vec!["log"]),
            ("Outlook's folders", vec!["outlook", "folder"]),
            ("wi-fi", vec!["wi", "fi", "wifi"]),
            ("e-mail", vec!["mail", "email"]),
            ("- one-way --", vec!["way", "oneway"]),
            ("error 0x80070005", vec!["error", "0x80070005"]),
            (
                "Überprüfung der Drucker",
                vec!["überprüfung", "der", "drucker"],
            ),
            ("", vec![]),
            ("?! 🙂 --- '", vec![]),
        ] {
            assert_eq!(stems(text), expected, "{text}");
        }
    }

    #[test]
    fn drops_what_is_no_word() {
        assert!(words(&"x".repeat(LONGEST_WORD + 1)).is_empty());
        assert_eq!(words(&"x".repeat(LONGEST_WORD)).len(), 1);
    }
}
