//! How alike two short texts are: whether two people write of the same trouble.

use super::words::{fold, is_stop_word, stem, words};
use std::collections::BTreeSet;

/// How alike two short texts are, from 0 (nothing in common) to 1.
///
/// It is the mean of two measures over the stems of their meaningful words. Dice's counts what they share among all that they
/// say. Overlap counts it among what the shorter one says, so that a long account of a trouble is like its short name; one
/// shared word is no overlap, since "vpn" alone names a subject and not a trouble.
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (stems(one), stems(other));
    let shared = one.intersection(&other).count();
    if shared == 0 {
        return 0.0;
    }
    let of = |part: usize, whole: usize| part as f64 / whole as f64;
    let dice = of(2 * shared, one.len() + other.len());
    let overlap = if shared > 1 {
        of(shared, one.len().min(other.len()))
    } else {
        0.0
    };
    (dice + overlap) / 2.0
}

fn stems(text: &str) -> BTreeSet<String> {
    words(text)
        .iter()
        .filter(|word| !word.joined && !is_stop_word(&fold(&word.surface)))
        .map(|word| stem(&word.surface).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of the same trouble, and texts that only share a subject. Between them lies what the desk calls alike.
    const ALIKE: &[(&str, &str)] = &[
        ("the vpn does not connect", "VPN gateway drops connections"),
        ("VPN does not connect", "VPN does not connect"),
        (
            "Printers print blank pages after the update",
            "The printer on the second floor prints blank pages",
        ),
        ("Mails arrive late", "mail not arriving"),
        (
            "Outlook crashes at start",
            "outlook crashes when I start it since this morning, I restarted the laptop twice",
        ),
        (
            "Wi-Fi drops in the meeting room",
            "wi-fi keeps dropping in meeting room 3",
        ),
        (
            "Time sheet shows error 500",
            "error 500 when I open the time sheet",
        ),
    ];
    const APART: &[(&str, &str)] = &[
        ("VPN does not connect", "VPN is slow"),
        ("vpn", "VPN gateway drops connections"),
        ("Outlook does not start", "Outlook search finds nothing"),
        ("I forgot my password", "The printer prints blank pages"),
        (
            "New laptop for a joiner",
            "Laptop battery is empty after an hour",
        ),
        (
            "Need access to the finance share",
            "The finance report is wrong",
        ),
        ("", "VPN is slow"),
        ("please help me", "please help me"),
    ];

    #[test]
    fn the_same_trouble_is_alike_and_the_same_subject_is_not() {
        for (one, other) in ALIKE {
            let likeness = likeness(one, other);
            assert!(likeness >= 0.5, "{one} / {other}: {likeness}");
        }
        for (one, other) in APART {
            let likeness = likeness(one, other);
            assert!(likeness < 0.35, "{one} / {other}: {likeness}");
        }
    }

    #[test]
    fn it_is_the_same_both_ways_and_never_more_than_one() {
        for (one, other) in ALIKE.iter().chain(APART) {
            assert!((likeness(one, other) - likeness(other, one)).abs() < f64::EPSILON);
            assert!((0.0..=1.0).contains(&likeness(one, other)));
        }
        assert!((likeness("the vpn drops", "VPN drops") - 1.0).abs() < f64::EPSILON);
    }
}
