//! Hash maps for indexing: articles are written by people who are trusted to, so no key is chosen to do harm, and the
//! standard library's guard against such keys would take a good part of the time.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A hash map for keys of this room's own.
pub(super) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Mixes eight bytes at a time by a multiplication and a turn.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Quick(u64);

/// Odd, and with its bits well spread: two to the sixty-fourth over the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Quick {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(SPREAD);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        // With the length, so that a short key is not the same as one with zeroes at its end.
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64).rotate_left(56));
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }

    fn finish(&self) -> u64 {
        // A multiplication leaves its best bits at the top, and a map looks at the lowest.
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::hash::Hash;

    fn hash(key: impl Hash) -> u64 {
        let mut quick = Quick::default();
        key.hash(&mut quick);
        quick.finish()
    }

    #[test]
    fn like_keys_lie_apart() {
        let pairs = (0..300_u32).flat_map(|a| (0..300_u32).map(move |b| (a, b)));
        let all: HashSet<u64> = pairs.map(hash).collect();
        assert_eq!(all.len(), 90_000);
        let lowest: HashSet<u64> = all.iter().map(|hash| hash % 65_536).collect();
        // Of as many at random, three in four places would be taken.
        assert!(lowest.len() > 45_000, "{}", lowest.len());
        for (one, other) in [
            ("a", "b"),
            ("a", "a\0"),
            ("", "\0"),
            ("printer", "printers"),
        ] {
            assert_ne!(hash(one), hash(other), "{one:?} {other:?}");
        }
    }
}
