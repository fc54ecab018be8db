//! How much of each term each document holds: the part of the index that is counted and weighed.

use super::query::Query;
use super::spoken::Said;
use super::terms::Terms;
use super::weights::{FIELDS, Field, FieldWeight};

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
            document.sort();
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
                let place = &mut next[term as usize];
                entries[*place] = Posting {
                    document: number,
                    weight: saturated(weights, k1, counts, &document.lengths, &averages),
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
        rarity(term.map_or(0, |term| self.of(term).len()), self.documents)
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

/// How often a document holds a term, field by field.
pub(super) type Counts = [u16; FIELDS];

/// The length of a document, field by field.
pub(super) type Lengths = [u32; FIELDS];

/// The terms of one document, before anything can be weighed.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Each occurrence, with its field.
    found: Vec<(u32, u8)>,
    lengths: Lengths,
}

impl Document {
    /// Adds the words of a field, and their pairs.
    pub fn add(&mut self, field: Field, words: &[Said], terms: &mut Terms) {
        let at = field as u8;
        let mut before = None;
        for word in words {
            let id = word.term();
            self.found.push((id, at));
            if word.is_joined() {
                continue;
            }
            if let Some(before) = before {
                self.found.push((terms.pair_id(before, id), at));
            }
            before = Some(id);
        }
        self.lengthen(field, words);
    }

    /// Adds the words of a field without their pairs.
    pub fn add_words(&mut self, field: Field, words: &[Said]) {
        let found = words.iter().map(|word| (word.term(), field as u8));
        self.found.extend(found);
        self.lengthen(field, words);
    }

    fn lengthen(&mut self, field: Field, words: &[Said]) {
        let length = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let total = &mut self.lengths[field as usize];
        *total = total.saturating_add(length);
    }

    /// Forgets all of it, but not the room it took.
    pub fn clear(&mut self) {
        self.found.clear();
        self.lengths = Lengths::default();
    }

    /// Puts its terms in order, so that each can be counted.
    pub fn sort(&mut self) {
        self.found.sort_unstable();
    }

    /// How long it is, field by field.
    pub fn lengths(&self) -> &Lengths {
        &self.lengths
    }

    /// Lets go of the room that was set aside for more.
    pub fn close(&mut self) {
        self.found.shrink_to_fit();
    }

    /// Tells how often it holds each of its terms, in the order of their numbers, once what was found is sorted.
    pub fn each(&self, mut told: impl FnMut(u32, &Counts)) {
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

/// How much a document of those lengths holds of a term that it has so often: the saturated, length-normalised frequency,
/// below 1.
pub(super) fn saturated(
    weights: &[FieldWeight; FIELDS],
    k1: f32,
    counts: &Counts,
    lengths: &Lengths,
    averages: &[f32; FIELDS],
) -> f32 {
    let mut frequency = 0.0;
    for at in 0..FIELDS {
        if counts[at] > 0 {
            let FieldWeight { weight, b } = weights[at];
            let length = lengths[at] as f32 / averages[at];
            frequency += weight * f32::from(counts[at]) / (1.0 - b + b * length);
        }
    }
    frequency / (k1 + frequency)
}

/// The inverse document frequency of a term that so many of the documents hold.
pub(super) fn rarity(holders: usize, documents: usize) -> f32 {
    let holders = holders as f32;
    let others = documents as f32 - holders;
    (1.0 + (others + 0.5) / (holders + 0.5)).ln()
}

/// The average length of each field, over the documents that have it at all: few articles may list questions, and
/// theirs must not seem long for it.
fn averages(documents: &[Document]) -> [f32; FIELDS] {
    let mut of = Averages::default();
    for document in documents {
        of.add(&document.lengths);
    }
    of.lengths()
}

/// The lengths of documents, on the way to their averages.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Averages {
    total: [f32; FIELDS],
    count: [u32; FIELDS],
}

impl Averages {
    /// Adds a document.
    pub fn add(&mut self, lengths: &Lengths) {
        for (at, &length) in lengths.iter().enumerate() {
            if length > 0 {
                self.total[at] += length as f32;
                self.count[at] += 1;
            }
        }
    }

    /// Adds other documents.
    pub fn merge(&mut self, others: &Averages) {
        for at in 0..FIELDS {
            self.total[at] += others.total[at];
            self.count[at] += others.count[at];
        }
    }

    /// The averages; 1 for a field that none has.
    pub fn lengths(&self) -> [f32; FIELDS] {
        std::array::from_fn(|at| match self.count[at] {
            0 => 1.0,
            count => self.total[at] / count as f32,
        })
    }
}
