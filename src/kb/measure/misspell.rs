//! Questions as they are typed in a hurry.

/// Words of so many letters or more are misspelt; shorter ones seldom are.
const SHORTEST: usize = 4;

/// Misspells a text: each word of four letters or more gets, with probability `share`, one slip: a letter missing, too
/// many, wrong, or two swapped. The same text with the same seed is always misspelt the same way.
pub fn misspell(text: &str, share: f64, seed: u64) -> String {
    let mut dice = Dice::new(text, seed);
    let mut misspelt = String::with_capacity(text.len() + 8);
    let mut word: Vec<char> = Vec::new();
    for c in text.chars() {
        if c.is_alphabetic() {
            word.push(c);
        } else {
            finish(&mut word, share, &mut dice, &mut misspelt);
            misspelt.push(c);
        }
    }
    finish(&mut word, share, &mut dice, &mut misspelt);
    misspelt
}

/// Writes a word that has ended, with a slip or without.
fn finish(word: &mut Vec<char>, share: f64, dice: &mut Dice, misspelt: &mut String) {
    if word.len() >= SHORTEST && dice.share() < share {
        slip(word, dice);
    }
    misspelt.extend(word.drain(..));
}

/// One slip, which always changes the word.
fn slip(word: &mut Vec<char>, dice: &mut Dice) {
    let at = dice.below(word.len());
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[dice.below(26)]);
    let swapped = at.min(word.len() - 2);
    match dice.below(4) {
        0 => word.insert(at, letter),
        1 if word[at] != letter => word[at] = letter,
        2 if word[swapped] != word[swapped + 1] => word.swap(swapped, swapped + 1),
        _ => {
            word.remove(at);
        }
    }
}

/// A small generator (SplitMix64): measurements must be repeatable on every machine and with every release.
struct Dice(u64);

impl Dice {
    /// For one text: its bytes are folded into the seed (FNV-1a), so that each question has slips of its own.
    fn new(text: &str, seed: u64) -> Dice {
        let folded = text.bytes().fold(0xcbf2_9ce4_8422_2325, |folded, byte| {
            (folded ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Dice(folded ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to just below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `bound`, which is at least 1.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "the printer on floor two prints blank pages, größer wird es nicht; error 0x80070005";

    #[test]
    fn is_repeatable_and_different_for_another_seed() {
        assert_eq!(misspell(TEXT, 0.5, 1), misspell(TEXT, 0.5, 1));
        assert_ne!(misspell(TEXT, 0.5, 1), misspell(TEXT, 0.5, 2));
        assert_eq!(misspell(TEXT, 0.0, 1), TEXT);
    }

    #[test]
    fn changes_each_long_word_by_one_slip_and_leaves_the_short_ones() {
        for seed in 0..200 {
            let misspelt = misspell(TEXT, 1.0, seed);
            let pairs: Vec<_> = TEXT.split(' ').zip(misspelt.split(' ')).collect();
            assert_eq!(pairs.len(), TEXT.split(' ').count(), "{misspelt}");
            for (before, after) in pairs {
                let letters = before.chars().filter(|c| c.is_alphabetic()).count();
                if letters >= SHORTEST && !before.starts_with('0') {
                    assert_ne!(before, after, "seed {seed}");
                    let (long, short) = (before.chars().count(), after.chars().count());
                    assert!(long.abs_diff(short) <= 1, "{before} became {after}");
                } else {
                    assert_eq!(before, after, "seed {seed}");
                }
            }
        }
    }
}
