//! How alike two short texts are.

use std::collections::{BTreeSet, HashMap};

/// From this likeness on two titles are taken for the same matter (`DOMAIN` 1.10).
pub const SAME_MATTER: f64 = 0.8;

/// How alike two titles are, from 0 to 1: the share of the pairs of neighbouring letters that they have in common (Dice's
/// coefficient), whatever the case, the signs between words, and the order of words. Different numbers are different
/// matters: printer 3 is not printer 4.
pub fn likeness(one: &str, other: &str) -> f64 {
    if numbers(one) != numbers(other) {
        return 0.0;
    }
    let (one, other) = (pairs(one), pairs(other));
    let all: usize = one.values().sum::<usize>() + other.values().sum::<usize>();
    if all == 0 {
        return 0.0;
    }
    let common: usize = one
        .iter()
        .map(|(pair, count)| (*count).min(other.get(pair).copied().unwrap_or(0)))
        .sum();
    // Counts of letters in a title are far below what a float can hold.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let share = (2 * common) as f64 / all as f64;
    share
}

fn numbers(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_numeric())
        .filter(|number| !number.is_empty())
        .collect()
}

/// The pairs of neighbouring letters within words, and how often each occurs. A word of one letter is a pair with nothing.
fn pairs(text: &str) -> HashMap<(char, Option<char>), usize> {
    let lower = text.to_lowercase();
    let mut pairs = HashMap::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        let letters: Vec<char> = word.chars().collect();
        match letters.as_slice() {
            [] => {}
            [only] => *pairs.entry((*only, None)).or_default() += 1,
            _ => {
                for pair in letters.windows(2) {
                    *pairs.entry((pair[0], Some(pair[1]))).or_default() += 1;
                }
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_matter_in_other_words_is_alike_and_another_is_not() {
        for (one, other, same) in [
            ("The VPN is down", "the vpn is down!", true),
            ("VPN is down", "The VPN is down", true),
            (
                "Printer on floor 3 jams",
                "printer on floor 3 jams again",
                true,
            ),
            ("The VPN is down", "The printer is down", false),
            ("Printer 3 is jammed", "Printer 4 is jammed", false),
            (
                "Cannot log in to payroll",
                "Cannot log in to the wiki",
                false,
            ),
            ("", "", false),
            ("!!!", "???", false),
        ] {
            let likeness = likeness(one, other);
            assert_eq!(likeness >= SAME_MATTER, same, "{one} / {other}: {likeness}");
        }
    }

    #[test]
    fn it_is_symmetric_and_one_for_the_same_text() {
        let texts = [
            "The VPN is down",
            "Ärger mit dem Drucker",
            "x",
            "プリンタが動かない",
        ];
        for one in texts {
            assert!((likeness(one, one) - 1.0).abs() < f64::EPSILON, "{one}");
            for other in texts {
                assert!((likeness(one, other) - likeness(other, one)).abs() < f64::EPSILON);
            }
        }
    }
}
