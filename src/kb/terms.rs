//! The terms that articles are made of: stems, and pairs of neighbouring stems, each with its number.

use super::quick::{Quick, QuickMap};
use super::words;
use std::hash::{Hash, Hasher};

/// The terms of all documents.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// Words as written, so that each is stemmed once.
    surfaces: QuickMap<Box<str>, u32>,
    stems: QuickMap<Box<str>, u32>,
    pairs: Pairs,
    count: u32,
}

/// Pairs of neighbours.
#[derive(Debug)]
enum Pairs {
    /// Each with its number.
    Known(QuickMap<(u32, u32), u32>),
    /// In how many documents they are, where there are too many to be known: pairs share a place among so many that two
    /// common ones seldom do.
    Counted(Box<[u16]>),
}

impl Default for Pairs {
    fn default() -> Pairs {
        Pairs::Known(QuickMap::default())
    }
}

/// What the number of a pair that is only counted has set; no stem has.
const COUNTED: u32 = 1 << 31;

/// So many places there are for pairs that are only counted: with a hundred thousand short articles, some two pairs for each.
const PLACES: usize = 1 << 22;

impl Terms {
    /// The number of a word's stem, which it gets now if it has none.
    pub fn id(&mut self, surface: &str) -> u32 {
        if let Some(&id) = self.surfaces.get(surface) {
            return id;
        }
        let stem = words::stem(surface);
        let id = match self.stems.get(&*stem) {
            Some(&id) => id,
            None => {
                let id = next(&mut self.count);
                self.stems.insert(stem.into(), id);
                id
            }
        };
        self.surfaces.insert(surface.into(), id);
        id
    }

    /// The number of a pair, which it gets now if it has none.
    pub fn pair_id(&mut self, first: u32, second: u32) -> u32 {
        let count = &mut self.count;
        match &mut self.pairs {
            Pairs::Known(pairs) => *pairs.entry((first, second)).or_insert_with(|| next(count)),
            Pairs::Counted(_) => counted(first, second),
        }
    }

    /// The number of a word's stem, if any document holds it.
    pub fn find(&self, surface: &str) -> Option<u32> {
        let known = self.surfaces.get(surface);
        known
            .or_else(|| self.stems.get(&*words::stem(surface)))
            .copied()
    }

    /// The number of a pair of neighbours, if any document holds it.
    pub fn find_pair(&self, first: u32, second: u32) -> Option<u32> {
        match &self.pairs {
            Pairs::Known(pairs) => pairs.get(&(first, second)).copied(),
            Pairs::Counted(_) => {
                Some(counted(first, second)).filter(|&pair| self.holders(pair) > Some(0))
            }
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count as usize
    }

    /// Pairs are only counted: takes in how often, of all documents.
    pub fn count_pairs(&mut self, counts: PairCounts) {
        self.pairs = Pairs::Counted(counts.0);
    }

    /// How many documents hold a pair that is only counted, or rather more; none for any other term.
    pub fn holders(&self, term: u32) -> Option<usize> {
        match &self.pairs {
            Pairs::Counted(counts) if term & COUNTED != 0 => Some(usize::from(counts[place(term)])),
            _ => None,
        }
    }
}

/// In how many documents pairs are that are only counted.
pub(super) struct PairCounts(Box<[u16]>);

impl Default for PairCounts {
    fn default() -> PairCounts {
        PairCounts(vec![0; PLACES].into())
    }
}

impl PairCounts {
    /// Adds the pairs of a document, each once.
    pub fn add(&mut self, pairs: impl IntoIterator<Item = u32>) {
        for pair in pairs {
            let count = &mut self.0[place(pair)];
            *count = count.saturating_add(1);
        }
    }

    /// Adds those of other documents.
    pub fn merge(&mut self, others: &PairCounts) {
        for (count, more) in self.0.iter_mut().zip(&others.0) {
            *count = count.saturating_add(*more);
        }
    }
}

/// The number of a pair that is only counted.
pub(super) fn counted(first: u32, second: u32) -> u32 {
    let mut quick = Quick::default();
    (first, second).hash(&mut quick);
    COUNTED | (quick.finish() as u32 & (PLACES as u32 - 1))
}

fn place(pair: u32) -> usize {
    (pair & !COUNTED) as usize
}

fn next(count: &mut u32) -> u32 {
    let id = *count;
    // Two to the thirty-first terms do not fit into memory.
    *count = count.saturating_add(1);
    id
}
