//! How much of each term each document holds: the part of the index that is counted and weighed.

use super::query::Query;
use super::weights::{FIELDS, Field, FieldWeight};
use super::words::{self, Word};
use std::collections::HashMap;

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
        documents: Vec<Document>,
        terms: usize,
        weights: &[FieldWeight; FIELDS],
        k1: f32,
    ) -> Postings {
        let averages = averages(&documents);
        let mut starts = vec![0_usize; terms + 1];
        for document in &documents {
            for &term in document.counts.keys() {
                starts[term as usize + 1] += 1;
            }
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
        let total = documents.len();
        for (document, number) in documents.into_iter().zip(0..) {
            for (term, counts) in document.counts {
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
            }
        }
        Postings {
            starts,
            entries,
            documents: total,
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

/// The terms of all documents, each with its number.
#[derive(Debug, Default)]
pub(super) struct Terms {
    ids: HashMap<Box<str>, u32>,
}

impl Terms {
    /// The number of a term, which it gets now if it has none.
    fn id(&mut self, term: &str) -> u32 {
        if let Some(&id) = self.ids.get(term) {
            return id;
        }
        let id = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.insert(term.into(), id);
        id
    }

    /// The different terms of some words, in the order of their ids.
    pub fn set_of(&mut self, found: &[Word]) -> Vec<u32> {
        let mut ids: Vec<u32> = found.iter().map(|word| self.id(&word.stem)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The number of a term, if any document holds it.
    pub fn find(&self, term: &str) -> Option<u32> {
        self.ids.get(term).copied()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ids.len()
    }
}

/// How often a document holds a term, field by field.
type Counts = [u16; FIELDS];

/// The length of a document, field by field.
type Lengths = [u32; FIELDS];

/// The terms of one document, before anything can be weighed.
#[derive(Debug, Default)]
pub(super) struct Document {
    counts: HashMap<u32, Counts>,
    lengths: Lengths,
}

impl Document {
    /// Counts the words of a field, and their pairs.
    pub fn add(&mut self, field: Field, found: &[Word], terms: &mut Terms) {
        let at = field as usize;
        let mut count = |term: &str| {
            let counts = self.counts.entry(terms.id(term)).or_default();
            counts[at] = counts[at].saturating_add(1);
        };
        for word in found {
            count(&word.stem);
        }
        for pair in words::pairs(found) {
            count(&pair);
        }
        let length = u32::try_from(found.len()).unwrap_or(u32::MAX);
        self.lengths[at] = self.lengths[at].saturating_add(length);
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
