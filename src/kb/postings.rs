//! How much of each term each document holds: the part of the index that is counted and weighed.

use super::query::Query;
use super::quick::QuickMap;
use super::weights::{FIELDS, Field, FieldWeight};
use super::words::{self, Word};

/// For each term the documents that hold it.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Where each term's entries begin; one more at the end.
    starts: Vec<usize>,
    entries: Vec<Posting>,
    documents: usize,
}

impl Postings {
    /// Weighs the documents, which are numbered in their order; `terms` is how many terms there are in all of them.
    pub fn new(
        mut documents: Vec<Document>,
        terms: usize,
        weights: &[FieldWeight; FIELDS],
        k1: f32,
    ) -> Postings {
        let averages = averages(&documents);
        for document in &mut documents {
            document.found.sort_unstable();
        }
        let mut starts = vec![0_usize; terms + 1];
        for document in &documents {
            document.each(|term, _| starts[term as usize + 1] += 1);
        }
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        let nothing = Posting {
            document: 0,
            weight: 0.0,
        };
        let mut entries = vec![nothing; starts[terms]];
        let mut next = starts.clone();
        let count = documents.len();
        // Each document is let go once it is weighed: there is not room for all of it twice.
        for (document, number) in documents.into_iter().zip(0..) {
            document.each(|term, counts| {
                let mut frequency = 0.0;
                for at in 0..FIELDS {
                    if counts[at] > 0 {
                        let FieldWeight { weight, b } = weights[at];
                        let length = document.lengths[at] as f32 / averages[at];
                        frequency += weight * f32::from(counts[at]) / (1.0 - b + b * length);
                    }
                }
                let place = &mut next[term as usize];
                entries[*place] = Posting {
                    document: number,
                    weight: frequency / (k1 + frequency),
                };
                *place += 1;
            });
        }
        Postings {
            starts,
            entries,
            documents: count,
        }
    }

    /// The inverse document frequency of a term; an unknown one is the rarest.
    pub fn rarity(&self, term: Option<u32>) -> f32 {
        let holders = term.map_or(0, |term| self.of(term).len()) as f32;
        let others = self.documents as f32 - holders;
        (1.0 + (others + 0.5) / (holders + 0.5)).ln()
    }

    /// The documents that hold a term, in their order.
    fn of(&self, term: u32) -> &[Posting] {
        let term = term as usize;
        match (self.starts.get(term), self.starts.get(term + 1)) {
            (Some(&start), Some(&end)) => &self.entries[start..end],
            _ => &[],
        }
    }

    /// Adds to each document's score what the terms of a query are worth in it.
    pub fn score(&self, query: &Query, scores: &mut [f32]) {
        for term in query.terms() {
            let Some(id) = term.id else { continue };
            for posting in self.of(id) {
                scores[posting.document as usize] += term.weight * posting.weight;
            }
        }
    }
}

/// That a document holds a term.
#[derive(Debug, Clone, Copy)]
struct Posting {
    document: u32,
    /// How much it holds of it: the saturated, length-normalised frequency, below 1.
    weight: f32,
}

/// The terms of all documents: stems, and pairs of neighbouring stems, each with its number.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// Words as written, so that each is stemmed once.
    surfaces: QuickMap<Box<str>, u32>,
    stems: QuickMap<Box<str>, u32>,
    pairs: QuickMap<(u32, u32), u32>,
    count: u32,
}

impl Terms {
    /// The number of a word's stem, which it gets now if it has none.
    fn id(&mut self, surface: &str) -> u32 {
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
    fn pair_id(&mut self, first: u32, second: u32) -> u32 {
        let count = &mut self.count;
        *self
            .pairs
            .entry((first, second))
            .or_insert_with(|| next(count))
    }

    /// The different stems of some words, in the order of their numbers.
    pub fn set_of(&mut self, found: &[Word]) -> Vec<u32> {
        let mut ids: Vec<u32> = found.iter().map(|word| self.id(&word.surface)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
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
        self.pairs.get(&(first, second)).copied()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count as usize
    }
}

fn next(count: &mut u32) -> u32 {
    let id = *count;
    // Two to the thirty-second terms do not fit into memory.
    *count = count.saturating_add(1);
    id
}

/// How often a document holds a term, field by field.
type Counts = [u16; FIELDS];

/// The length of a document, field by field.
type Lengths = [u32; FIELDS];

/// The terms of one document, before anything can be weighed.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Each occurrence, with its field.
    found: Vec<(u32, u8)>,
    lengths: Lengths,
}

impl Document {
    /// Adds the words of a field, and their pairs.
    pub fn add(&mut self, field: Field, words: &[Word], terms: &mut Terms) {
        let at = field as u8;
        let mut before = None;
        for word in words {
            let id = terms.id(&word.surface);
            self.found.push((id, at));
            if word.joined {
                continue;
            }
            if let Some(before) = before {
                self.found.push((terms.pair_id(before, id), at));
            }
            before = Some(id);
        }
        let length = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let total = &mut self.lengths[field as usize];
        *total = total.saturating_add(length);
    }

    /// Lets go of the room that was set aside for more.
    pub fn close(&mut self) {
        self.found.shrink_to_fit();
    }

    /// Tells how often it holds each of its terms, in the order of their numbers, once what was found is sorted.
    fn each(&self, mut told: impl FnMut(u32, &Counts)) {
        for of_term in self.found.chunk_by(|one, other| one.0 == other.0) {
            let mut counts = Counts::default();
            for &(_, field) in of_term {
                let count = &mut counts[usize::from(field)];
                *count = count.saturating_add(1);
            }
            told(of_term[0].0, &counts);
        }
    }
}

/// The average length of each field, over the documents that have it at all: few articles may list questions, and
/// theirs must not seem long for it.
fn averages(documents: &[Document]) -> [f32; FIELDS] {
    std::array::from_fn(|at| {
        let lengths = documents
            .iter()
            .map(|document| document.lengths[at])
            .filter(|&length| length > 0);
        let (count, total) = lengths.fold((0_u32, 0.0), |(count, total), length| {
            (count + 1, total + length as f32)
        });
        if count == 0 {
            1.0
        } else {
            total / count as f32
        }
    })
}
