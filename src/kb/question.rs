//! From what somebody typed to what is searched for, and the two cases in which nothing is.

use super::small_talk::is_small_talk;
use super::words::{self, Word};
use regex::Regex;
use std::sync::LazyLock;

/// A question as the engine takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Question {
    /// There is nothing in it to look for.
    Empty,
    /// A greeting, thanks, or talk about the bot itself.
    SmallTalk,
    /// Words to look for, in their order.
    Words(Vec<Word>),
}

/// A question is heard up to this many characters and words; people say what they want first.
const LONGEST: usize = 8_000;
const MOST_WORDS: usize = 256;

/// Understands a question.
pub(super) fn understand(typed: &str) -> Question {
    let cut = typed
        .char_indices()
        .nth(LONGEST)
        .map_or(typed.len(), |(at, _)| at);
    let text = clean(&typed[..cut]);
    if is_small_talk(&text) || is_small_talk(&typed[..cut]) {
        return Question::SmallTalk;
    }
    let mut found = words::words(&text);
    if found.is_empty() {
        // Somebody who pastes nothing but a quotation or a block of code asks about that.
        found = words::words(&MARKUP.replace_all(&typed[..cut], " "));
    }
    found.truncate(MOST_WORDS);
    if found.is_empty() {
        Question::Empty
    } else {
        Question::Words(found)
    }
}

/// Takes out what is not the question: mentions, addresses, code, quotations, the signature, the greeting.
fn clean(typed: &str) -> String {
    let text = FENCE.replace_all(typed, " ");
    let text = MARKUP.replace_all(&text, " ");
    let mut kept = String::with_capacity(text.len());
    for (number, line) in text
        .lines()
        .filter(|line| !line.trim_start().starts_with('>'))
        .enumerate()
    {
        if number > 0 && SIGNATURE.is_match(line) {
            break;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    GREETING.replace(kept.trim(), "").into_owned()
}

static FENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)```.*?(?:```|$)").expect("the pattern is fixed and valid"));

/// Discord's mentions, emoji and timestamps; web and mail addresses.
static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) <(?:@[!&]?|\#|a?:\w+:|t:)[0-9]+(?::[a-zA-Z])?> | (?i:https?://|www\.)\S+ | \S+@\S+\.\w+ | @(?i:everyone|here)\b",
    )
    .expect("the pattern is fixed and valid")
});

static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:--\s*|(?:best|kind|warm)?\s*(?:regards|wishes),?\s*|(?:many\s+)?(?:thanks|thank\s+you|cheers|sincerely|yours)[,.!]*\s*|sent\s+from\s+my\s+.{1,40})$")
        .expect("the pattern is fixed and valid")
});

static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:hi|hello|hey|hiya|dear|greetings|good\s+(?:morning|afternoon|evening|day))\b(?:\s+(?:there|all|team|everyone|everybody|folks|guys|support|desk|it))*[\s,.!:;-]*)+")
        .expect("the pattern is fixed and valid")
});
