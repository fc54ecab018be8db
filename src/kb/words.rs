//! From text to the words that are indexed: one folding, one splitting, one stemming for articles and questions alike.

use super::language::Language;
use super::quick::QuickMap;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text that carries meaning: stop words never become one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    /// As written, folded: what spelling is judged by. The index knows it by its [`stem`]. A word of a text in another
    /// language than English bears that language before it, see [`of_language`].
    pub surface: String,
    /// The joined form of a compound ("wi-fi" → "wifi"). It stands beside its parts and forms no pair with them.
    pub joined: bool,
}

/// Longer runs of letters are keys, digests or noise, never words somebody asks for.
const LONGEST_WORD: usize = 40;

/// Splits a text into its meaningful words, in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    words_in(text, Language::ENGLISH)
}

/// The words of a text in that language: without its small words, and each bearing the language, so that its ending is
/// taken off as that language has it and no other.
pub(super) fn words_in(text: &str, language: Language) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, language, &mut |surface, joined| {
        found.push(Word {
            surface: surface.to_owned(),
            joined,
        });
    });
    found
}

/// Who is told a word: as it was written, folded, and whether it is the joined form of a compound.
type Told<'a> = &'a mut dyn FnMut(&str, bool);

/// Tells the same words one by one, without setting room aside for each: a folder has millions of them.
pub(super) fn each_word(text: &str, language: Language, told: Told<'_>) {
    if language != Language::ENGLISH {
        return each(text, &mut |word, joined| {
            if !language.is_small(word) {
                told(&of_language(word, language), joined);
            }
        });
    }
    each(text, told);
}

fn each(text: &str, told: Told<'_>) {
    let folded = fold(text);
    let mut compound: Vec<&str> = Vec::new();
    for piece in split(&folded) {
        if !piece.continues {
            join(&compound, told);
            compound.clear();
        }
        compound.push(piece.text);
        push(piece.text, false, told);
    }
    join(&compound, told);
}

/// What stands between a language and a word that bears it: a sign that no folded text has in a word.
const OF: char = '\u{1}';

/// A word as one of that language.
pub(super) fn of_language(word: &str, language: Language) -> String {
    if language == Language::ENGLISH {
        return word.to_owned();
    }
    format!("{}{OF}{word}", language.code())
}

/// A word without the language that it bears.
pub(super) fn bare(word: &str) -> &str {
    word.split_once(OF).map_or(word, |(_, word)| word)
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

/// The stem of a folded word, in the language that it bears. In English, words with letters beyond ASCII are another
/// language's and keep their endings. Accents are left out in the end: who types without them means the same.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Language::ENGLISH.stem(word);
        }
        if !word.contains(OF) {
            return Cow::Borrowed(word);
        }
    }
    match word.split_once(OF) {
        Some((code, word)) => {
            let language = Language::from_code(code).unwrap_or(Language::ENGLISH);
            let stem = if word.chars().all(char::is_alphabetic) {
                language.stem(word)
            } else {
                Cow::Borrowed(word)
            };
            Cow::Owned(without_accents(&stem).into_owned())
        }
        None => without_accents(word),
    }
}

/// A word with the accents of its Latin letters left out, and with "е" for "ё". In other scripts, marks are letters.
fn without_accents(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let mut latin = false;
    let plain = word.nfd().filter(|&c| {
        if is_combining_mark(c) {
            return !latin;
        }
        latin = c.is_ascii();
        true
    });
    let plain: String = plain.nfc().collect();
    Cow::Owned(
        plain
            .replace('ё', "е")
            .replace('ł', "l")
            .replace('ø', "o")
            .replace('ı', "i"),
    )
}

/// Whether a folded word says nothing about what a text is about.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains_key(word)
}

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
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a sign inside a word belongs to it, given what follows.
fn joins(sign: char, after: &str) -> bool {
    is_apostrophe(sign) && after.starts_with(char::is_alphabetic)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Whether a letter belongs to a script that puts no spaces between words, or none before endings, as Korean.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}'
    )
}

/// The letters that Japanese writes its endings and small words with.
fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

/// A piece with letters of scripts without spaces: of those, each two neighbours are a word, for nothing tells where words
/// end. Two that only make up endings are none.
fn push_unspaced(piece: &str, told: Told<'_>) {
    let letters: Vec<char> = piece.chars().collect();
    for run in letters.chunk_by(|a, b| is_unspaced(*a) == is_unspaced(*b)) {
        if !is_unspaced(run[0]) {
            push(&run.iter().collect::<String>(), false, told);
            continue;
        }
        for pair in run.windows(2.min(run.len())) {
            if !pair.iter().all(|&c| is_hiragana(c)) {
                push(&pair.iter().collect::<String>(), false, told);
            }
        }
    }
}

fn push(piece: &str, joined: bool, told: Told<'_>) {
    if !piece.is_ascii() && piece.chars().count() > 2 && piece.chars().any(is_unspaced) {
        push_unspaced(piece, told);
        return;
    }
    let surface: Cow<'_, str> = if piece.contains(is_apostrophe) {
        Cow::Owned(piece.replace(is_apostrophe, ""))
    } else {
        Cow::Borrowed(piece)
    };
    if (surface.len() > LONGEST_WORD && surface.chars().count() > LONGEST_WORD)
        || (surface.len() < 2 && surface.is_ascii())
        || is_stop_word(&surface)
    {
        return;
    }
    told(&surface, joined);
}

/// "wi-fi", "e-mail" and "log-in" are also asked for as "wifi", "email" and "login".
fn join(compound: &[&str], told: Told<'_>) {
    if compound.len() < 2 || compound.len() > 3 {
        return;
    }
    let whole = compound.concat();
    if whole.chars().all(char::is_alphabetic) {
        push(&whole, true, told);
    }
}

static STOP_WORDS: LazyLock<QuickMap<&'static str, ()>> = LazyLock::new(|| {
    let words = STOP_WORD_LIST.split_whitespace();
    words.map(|word| (word, ())).collect()
});

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
                vec!["uberprufung", "der", "drucker"],
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
