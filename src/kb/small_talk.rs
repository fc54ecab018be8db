//! Telling talk from requests: greetings, thanks, assent, and questions about the bot itself.
//!
//! A request that is taken for talk costs a person a second try, so everything here asks for the whole sentence to be
//! talk: one word beyond these lists, and it is searched for.

use super::words::{fold, is_stop_word};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Longer texts want something.
const LONGEST: usize = 14;

/// Whether a text is talk and not a request.
pub(super) fn is_small_talk(text: &str) -> bool {
    let folded = fold(text).replace(['\'', '\u{2019}'], "");
    let spoken: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(LONGEST + 1)
        .collect();
    if spoken.is_empty() || spoken.len() > LONGEST {
        return false;
    }
    let sentence = spoken.join(" ");
    SET_PHRASE.is_match(&sentence) || is_courtesy(&spoken) || is_about_the_bot(&spoken)
}

/// "Thanks, that was great": a courtesy, and beside it nothing of substance.
fn is_courtesy(spoken: &[&str]) -> bool {
    spoken.iter().any(|word| COURTESIES.contains(word))
        && spoken
            .iter()
            .all(|word| COURTESIES.contains(word) || FILLERS.contains(word) || is_stop_word(word))
}

/// "How old are you": addressed to the bot, and of nothing but such subjects.
fn is_about_the_bot(spoken: &[&str]) -> bool {
    spoken.iter().any(|word| ADDRESSES.contains(word))
        && spoken.iter().any(|word| SUBJECTS.contains(word))
        && spoken.iter().all(|word| {
            SUBJECTS.contains(word)
                || ADDRESSES.contains(word)
                || FILLERS.contains(word)
                || is_stop_word(word)
        })
}

fn set_of(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

static COURTESIES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set_of(
        "hi hello hey hiya howdy yo greetings morning afternoon evening goodnight bye goodbye cheers thanks thank thx ty
        welcome congratulations sorry lol haha hehe wow awesome excellent perfect wonderful cool great nice yes yeah yep
        yup no nope nah ok okay sure true false right wrong definitely absolutely exactly agreed correct indeed probably
        perhaps maybe whatever idk dunno nevermind bored test testing ping",
    )
});

/// What may stand in talk beside stop words, but makes none by itself.
static FILLERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set_of(
        "good day night appreciate appreciated lot lots much bit know idea sense makes make made prefer think guess
        believe sounds said say saying statement answer mean means see later soon tomorrow today now again well going
        go whats hows wheres whos youre ur u r im dont thats never mind forget absolutely happy glad fine really
        man buddy friend mate dude sir madam bot deskhand there first last ask tell clear up over",
    )
});

static ADDRESSES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| set_of("you your yours yourself youre u ur deskhand bot"));

static SUBJECTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set_of(
        "name names called age old young born birthday birthdays 70s 80s 90s hobby hobbies pastime fun free
        time interests interested interesting robot robots bot chatbot human humans person real live living alive
        ai artificial intelligent intelligence machine created creator built builder designed programmed programmer
        developed maker invented classified considered boss country city come origin pet pets cat
        cats dog dogs animal animals companion companions joke jokes funny laugh sort kind sing song dance poem story
        stories life love loves hate like likes feel feeling feelings doing dream dreams sleep eat food favorite
        favourite color colour marry married single family parents mother father brother sister children girlfriend
        boyfriend friends gender male female woman stupid dumb smart clever nice pretty beautiful sad angry happy
        actually able capable possible abilities things topics questions help",
    )
});

/// Phrases that are talk whatever stands around them.
static SET_PHRASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:meaning|purpose|point)\ (?:of|to)\ (?:my\ |the\ |your\ |all\ |human\ )*(?:life|existence|everything)\b
        | \b(?:fun|cool|interesting|random|funny)\ (?:facts?|trivia)\b
        | \b(?:tell|know|say|hear|share)\ (?:me\ |us\ )?(?:a\ |an\ |another\ |some\ |any\ |your\ )*(?:best\ |good\ |funny\ )*(?:jokes?|riddles?|poems?|story|stories)\b
        | ^(?:so\ |hi\ |hey\ |hello\ )*(?:whats|what\ is)\ (?:up|new|good)$
        | ^(?:so\ |hi\ |hey\ |hello\ )*how\ (?:are|r)\ (?:you|u|things)\b(?:\ (?:doing|today|going|feeling|these|days))*$
        | ^(?:so\ )?(?:who|what)\ (?:are|r)\ (?:you|u)$
        | \bwhere\ (?:are|r)\ (?:you|u)\ from$
        | ^who\ do\ (?:you|u)\ work\ for$
        | ^what\ (?:can|could)\ (?:(?:you|u)\ do(?:\ for\ me)?|i\ ask(?:\ (?:you|u))?)$
        | ^(?:i\ would|id|i)\ (?:rather|prefer)\ not(?:\ to)?$",
    )
    .expect("the pattern is fixed and valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hears_talk() {
        for text in [
            "hi",
            "Hello there!",
            "thanks a lot",
            "Thank you so much, that was great",
            "good morning",
            "ok",
            "no",
            "what's your name?",
            "What’s your name",
            "how old are you",
            "Are you a real person?",
            "who created you",
            "where are you from",
            "do you have any pets",
            "tell me a joke",
            "what is the meaning of life",
            "how are you doing today",
            "what's up",
            "who are you",
            "what can you do",
        ] {
            assert!(is_small_talk(text), "{text}");
        }
    }

    #[test]
    fn searches_for_everything_else() {
        for text in [
            "",
            "vpn",
            "hi, my vpn is down",
            "thanks, but the printer is still offline",
            "no sound in meetings",
            "what is the name of the wifi",
            "how do I change my name",
            "can you reset my password",
            "you locked my account",
            "I want to talk to a person",
            "is my laptop too old",
            "help",
            "it does not work",
            "good headset",
            "can you work from home",
            "ok so my screen is black and I do not know what to do about that any more",
        ] {
            assert!(!is_small_talk(text), "{text}");
        }
    }
}
