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
    /// Something to look for.
    Asked {
        /// As it was written, without what is not the question.
        text: String,
        /// Its words, in their order.
        words: Vec<Word>,
    },
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
    let mut text = clean(&typed[..cut]);
    if is_small_talk(&text) || is_small_talk(&typed[..cut]) {
        return Question::SmallTalk;
    }
    let mut found = words::words(&text);
    if found.is_empty() {
        // Somebody who pastes nothing but a quotation or a block of code asks about that.
        text = MARKUP.replace_all(&typed[..cut], " ").into_owned();
        found = words::words(&text);
    }
    found.truncate(MOST_WORDS);
    if found.is_empty() {
        Question::Empty
    } else {
        Question::Asked { text, words: found }
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
    let text = GREETING.replace(kept.trim(), "");
    DOES_NOT_WORK.replace_all(&text, " ").into_owned()
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

/// What nearly every question to a desk says, and articles on work (from home, from abroad) do not mean.
static DOES_NOT_WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:(?:does|do|did|is|are|has|will)(?:\s+not|n['\u{2019}]?t)|won['\u{2019}]?t|not|never|no\s+longer|stopped|stops|hardly)\s+(?:\w+ly\s+)?work(?:s|ed|ing)?(?:\s+(?:any\s?more|at\s+all))?\b")
        .expect("the pattern is fixed and valid")
});

static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:hi|hello|hey|hiya|dear|greetings|good\s+(?:morning|afternoon|evening|day))\b(?:\s+(?:there|all|team|everyone|everybody|folks|guys|support|desk|it))*[\s,.!:;-]*)+")
        .expect("the pattern is fixed and valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_only_the_question() {
        for (typed, expected) in [
            ("Hi team, my VPN drops", "my VPN drops"),
            ("Good morning!\nThe printer jams", "The printer jams"),
            (
                "<@123> where is my mail? <:sad:42> <#77>",
                "where is my mail?",
            ),
            ("see https://x.example/a?b=c why", "see   why"),
            ("> earlier words\nmy own words", "my own words"),
            (
                "It says\n```\nE1234 stack\n```\nwhat now",
                "It says\n \nwhat now",
            ),
            (
                "Screen is black\n\nKind regards,\nEve\nSales",
                "Screen is black",
            ),
            ("Screen is black\n-- \nEve", "Screen is black"),
            ("Outlook hangs\nSent from my phone", "Outlook hangs"),
            ("Thanks,\nthe VPN fails", "Thanks,\nthe VPN fails"),
            ("my vpn doesn't work anymore", "my vpn"),
            ("VPN NOT WORKING!", "VPN  !"),
            (
                "the mouse has stopped working since noon",
                "the mouse has   since noon",
            ),
            ("can I work from abroad", "can I work from abroad"),
        ] {
            assert_eq!(clean(typed).trim(), expected, "{typed}");
        }
    }

    #[test]
    fn tells_questions_from_the_rest() {
        for (typed, expected) in [
            ("", Question::Empty),
            ("   \n\t", Question::Empty),
            ("???", Question::Empty),
            ("🙂🙂", Question::Empty),
            ("<@123456>", Question::Empty),
            ("how do I do this", Question::Empty),
            ("it does not", Question::Empty),
            ("hello", Question::SmallTalk),
            ("Hi there, thanks!", Question::SmallTalk),
            ("<@123456> are you a robot?", Question::SmallTalk),
        ] {
            assert_eq!(understand(typed), expected, "{typed:?}");
        }
        for typed in [
            "vpn",
            "hi, vpn?",
            "help with printer",
            "```\nE1234\n```",
            "> quoted words only",
            "NEAR(\"a* OR column:b",
            "'; drop table ticket; --",
        ] {
            assert!(
                matches!(understand(typed), Question::Asked { .. }),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn hears_no_more_than_it_can_use() {
        let Question::Asked { words: heard, .. } = understand(&"printer ".repeat(50_000)) else {
            panic!("words were asked");
        };
        assert_eq!(heard.len(), MOST_WORDS);
        assert!(matches!(understand(&"é".repeat(100_000)), Question::Empty));
    }
}
