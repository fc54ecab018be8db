//! A question in terms of the index.

use super::language::Language;
use super::terms::Terms;
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
    /// Words that no article has, and those of the name that stands for them.
    renamed: Vec<(String, String)>,
    /// Names that stand beside those that were used.
    added: Vec<String>,
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
    /// Names that the list of other names knows, each with what else the thing is called.
    pub aliases: Vec<(String, String)>,
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
    /// Whether it says once more, in another way, what another word of the question says already.
    pub is_extra: bool,
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
                is_extra: false,
            }),
        }
    }

    /// Adds a word that says in another way what another one says; one that is asked for anyway is not added.
    pub fn add_extra(&mut self, id: u32, weight: f32) {
        if !self.terms.iter().any(|term| term.id == Some(id)) {
            self.terms.push(QueryTerm {
                id: Some(id),
                weight,
                is_pair: false,
                is_extra: true,
            });
        }
    }

    /// Takes back a word that no article has: it was found out what it means.
    pub fn forget_unknown(&mut self, word: &str) {
        self.heard.unknown.retain(|other| other != word);
        if let Some(at) = self.terms.iter().position(|term| term.id.is_none()) {
            self.terms.remove(at);
        }
    }

    /// Notes a name that the list of other names knows; `instead` if no article has it as it was `typed`.
    pub fn rename(
        &mut self,
        typed: &[&str],
        (name, other): (&str, &str),
        meant: &[String],
        instead: bool,
    ) {
        let meant = meant.join(" ");
        match (typed, instead) {
            (&[only], true) => self.renamed.push((only.to_owned(), meant)),
            _ => self.added.push(meant),
        }
        let alias = (name.to_owned(), other.to_owned());
        if !self.heard.aliases.contains(&alias) {
            self.heard.aliases.push(alias);
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

    /// A text with its corrected words in place of those that were typed, and with the other names of what it names.
    pub fn corrected<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let slips: Vec<_> = self.renamed.iter().chain(&self.heard.corrected).collect();
        if slips.is_empty() && self.added.is_empty() {
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
        for name in &self.added {
            corrected.push(' ');
            corrected.push_str(name);
        }
        Cow::Owned(corrected)
    }

    /// All of them.
    pub fn terms(&self) -> &[QueryTerm] {
        &self.terms
    }

    /// The words of it, without the pairs, but with what says them in another way.
    pub fn words(&self) -> impl Iterator<Item = &QueryTerm> {
        self.terms.iter().filter(|term| !term.is_pair)
    }

    /// The weight of all its words.
    pub fn asked(&self) -> f32 {
        let asked = self.words().filter(|term| !term.is_extra);
        asked.map(|term| term.weight).sum()
    }

    /// Whether it says something in two ways.
    pub fn has_extras(&self) -> bool {
        self.terms.iter().any(|term| term.is_extra)
    }

    /// Whether only one word is asked for.
    pub fn is_single_word(&self) -> bool {
        let asked = self.words().filter(|term| !term.is_extra);
        asked.take(2).count() == 1
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

    /// The weight of the question's words that occur in a text of that language, each counted once.
    pub fn weigh(&self, text: &str, language: Language) -> f32 {
        let mut met: Vec<u32> = words::words_in(text, language)
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
