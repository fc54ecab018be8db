//! A question in terms of the index.

use super::postings::Terms;
use super::weights::WEIGHTS;
use super::words;

/// The words and pairs of a question, in their order, each once.
#[derive(Debug, Default)]
pub(super) struct Query {
    terms: Vec<QueryTerm>,
}

/// A word or a pair that is asked for.
#[derive(Debug)]
pub(super) struct QueryTerm {
    /// None for a word that no article has.
    pub id: Option<u32>,
    /// How much it counts.
    pub weight: f32,
    /// Whether it is a pair of neighbours.
    pub is_pair: bool,
}

impl Query {
    /// Words that are repeated count once more each time, but less and less.
    pub fn add(&mut self, id: Option<u32>, weight: f32, is_pair: bool) {
        let known = self
            .terms
            .iter_mut()
            .find(|term| id.is_some() && term.id == id);
        match known {
            Some(term) => term.weight += weight * WEIGHTS.repeated,
            None => self.terms.push(QueryTerm {
                id,
                weight,
                is_pair,
            }),
        }
    }

    /// All of them.
    pub fn terms(&self) -> &[QueryTerm] {
        &self.terms
    }

    /// The words of it, without the pairs.
    pub fn words(&self) -> impl Iterator<Item = &QueryTerm> {
        self.terms.iter().filter(|term| !term.is_pair)
    }

    /// The weight of all its words.
    pub fn asked(&self) -> f32 {
        self.words().map(|term| term.weight).sum()
    }

    /// Whether only one word is asked for.
    pub fn is_single_word(&self) -> bool {
        self.words().take(2).count() == 1
    }

    /// What an article would score that is all about it, pairs aside.
    pub fn best_possible(&self) -> f32 {
        self.asked() * (1.0 + WEIGHTS.parts + WEIGHTS.echo)
    }
}

/// Tells what a text's words are worth to a question.
pub(super) struct Weigher<'a, 'b> {
    terms: &'b Terms,
    query: &'a Query,
}

impl<'a, 'b> Weigher<'a, 'b> {
    /// For a question, by the terms of the index it was looked up in.
    pub fn new(terms: &'b Terms, query: &'a Query) -> Weigher<'a, 'b> {
        Weigher { terms, query }
    }

    /// The weight of the question's words that occur in a text, each counted once.
    pub fn weigh(&self, text: &str) -> f32 {
        let mut met: Vec<u32> = words::words(text)
            .iter()
            .filter_map(|word| self.terms.find(&word.surface))
            .collect();
        met.sort_unstable();
        self.query
            .terms
            .iter()
            .filter(|term| term.id.is_some_and(|id| met.binary_search(&id).is_ok()))
            .map(|term| term.weight)
            .sum()
    }
}
