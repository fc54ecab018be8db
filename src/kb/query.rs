//! A question in terms of the index.

use super::postings::Terms;
use super::weights::WEIGHTS;
use super::words;
use std::borrow::Cow;

/// The words and pairs of a question, in their order, each once.
#[derive(Debug, Default)]
pub(super) struct Query {
    terms: Vec<QueryTerm>,
    /// What was made of its words.
    pub heard: Heard,
    /// What it means; empty where nothing says it.
    pub meaning: Vec<f32>,
    /// What it means as a whole; none where no encoder says it.
    pub sense: Option<Vec<f32>>,
}

/// What was made of the words of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// Words that some article has.
    pub known: Vec<String>,
    /// Words that none has, and the words they were taken for.
    pub corrected: Vec<(String, String)>,
    /// Words that none has, and that are like no other.
    pub unknown: Vec<String>,
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

    /// Notes a word that some article has, or that none has.
    pub fn hear(&mut self, word: &str, known: bool) {
        let list = if known {
            &mut self.heard.known
        } else {
            &mut self.heard.unknown
        };
        if !list.iter().any(|other| other == word) {
            list.push(word.to_owned());
        }
    }

    /// Notes what an unknown word was taken for.
    pub fn correct(&mut self, typed: &str, meant: &str) {
        let slip = (typed.to_owned(), meant.to_owned());
        if !self.heard.corrected.contains(&slip) {
            self.heard.corrected.push(slip);
        }
    }

    /// A text with its corrected words in place of those that were typed.
    pub fn corrected<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let slips = &self.heard.corrected;
        if slips.is_empty() {
            return Cow::Borrowed(text);
        }
        let folded = words::fold(text);
        let mut corrected = String::with_capacity(folded.len());
        for piece in folded.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            let meant = slips.iter().find(|(typed, _)| typed == word);
            corrected.push_str(meant.map_or(word, |(_, meant)| meant));
            corrected.push_str(&piece[word.len()..]);
        }
        Cow::Owned(corrected)
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
