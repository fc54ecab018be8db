//! Redaction against made-up secrets, clean sentences, hostile and odd texts.

use std::collections::BTreeMap;

use super::*;

mod secrets;
mod sentences;

/// The same numbers in every run (SplitMix64).
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn string(&mut self, alphabet: &str, length: usize) -> String {
        let alphabet = alphabet.as_bytes();
        (0..length)
            .map(|_| char::from(alphabet[self.below(alphabet.len())]))
            .collect()
    }

    /// As [`Rng::string`], with a letter or digit at the end, as most vendors' formats have it by chance.
    fn string_closed(&mut self, alphabet: &str, length: usize) -> String {
        self.string(alphabet, length - 1) + &self.string("abcdefghijklmnopqrstuvwxyz0123456789", 1)
    }
}

fn redactor() -> Redactor {
    Redactor::new(&[])
}

/// What was found, by name.
fn kinds(text: &str) -> String {
    let kinds: Vec<&str> = redactor()
        .redact(text)
        .kinds
        .iter()
        .map(|kind| kind.as_str())
        .collect();
    kinds.join(" ")
}

/// Whether eight characters in a row of the secret are left, line breaks or not. Shorter secrets: all of it.
fn is_left(secret: &str, redacted: &str) -> bool {
    let squeeze = |text: &str| -> Vec<char> {
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '>')
            .collect()
    };
    let (secret, redacted) = (squeeze(secret), squeeze(redacted));
    let length = secret.len().min(8);
    let kept: std::collections::HashSet<&[char]> = redacted.windows(length).collect();
    secret.windows(length).any(|part| kept.contains(part))
}

#[test]
fn finds_99_of_100_secrets() {
    let redactor = redactor();
    let mut rng = Rng(20_261_121);
    let mut missed: BTreeMap<SecretKind, Vec<String>> = BTreeMap::new();
    let all: Vec<SecretKind> = secrets::kinds().collect();
    let count = 2_000;
    for kind in all.iter().cycle().take(count) {
        let sample = secrets::sample(*kind, &mut rng);
        let redacted = redactor.redact(&sample.message);
        if is_left(&sample.secret, &redacted.text) {
            missed
                .entry(sample.kind)
                .or_default()
                .push(format!("{:?}\n   -> {:?}", sample.message, redacted.text));
        }
    }
    let number: usize = missed.values().map(Vec::len).sum();
    assert!(
        number * 100 <= count,
        "{number} of {count} missed: {missed:#?}"
    );
}

#[test]
fn leaves_clean_sentences_alone() {
    let redactor = redactor();
    let mut rng = Rng(42);
    let mut wrong = BTreeMap::<String, Vec<String>>::new();
    let count = 10_000;
    for _ in 0..count {
        let sentence = sentences::sentence(&mut rng);
        let redacted = redactor.redact(&sentence);
        if !redacted.kinds.is_empty() {
            wrong
                .entry(format!("{:?}", redacted.kinds))
                .or_default()
                .push(format!("{sentence:?}\n   -> {:?}", redacted.text));
        }
    }
    let number: usize = wrong.values().map(Vec::len).sum();
    assert!(number * 200 <= count, "{number} of {count}: {wrong:#?}");
}
