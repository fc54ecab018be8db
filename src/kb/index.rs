//! The index: which words stand in which article, in which of its fields, and in which of its parts.

use super::aliases::Aliases;
use super::article::{Article, ArticleId};
use super::language::Language;
use super::many::{self, Many};
use super::postings::{Document, Postings, rarity};
use super::query::{Query, Weigher};
use super::reader::Reader;
use super::spelling::Vocabulary;
use super::spoken::{Heard, Run, Spoken, Unpacked};
use super::terms::Terms;
use super::vectors::{Meanings, Table};
use super::weights::{Field, WEIGHTS};
use super::words::{self, Word};
use crate::domain::tier::Tier;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// Everything that is asked while a question is answered. It never changes, but that what the articles mean may be filled
/// in later; a new one takes its place.
#[derive(Debug, Default)]
pub(super) struct Index {
    articles: Vec<Arc<Article>>,
    places: HashMap<ArticleId, u32>,
    /// The lowest tier that may read each article.
    tiers: Vec<Option<Tier>>,
    pub(super) spoken: Spoken,
    terms: Terms,
    pub(super) counted: Counted,
    /// The section that is shown of each article whatever is asked, if there is such a one.
    pub(super) steps: Vec<Option<u32>>,
    vocabulary: Vocabulary,
    /// What the articles mean, if there is a table to say it, as soon as that is read.
    meanings: OnceLock<Meanings>,
    table: Option<Arc<Table>>,
    /// The languages beside English that some article is in.
    languages: Vec<Language>,
    /// Other names for things; none as long as no list of them was read.
    aliases: Option<Arc<Aliases>>,
}

/// The words of all articles, counted.
#[derive(Debug)]
pub(super) enum Counted {
    /// All that counts, for every article and every part of one.
    Whole {
        articles: Postings,
        parts: Postings,
        /// What each part is a part of.
        part_of: Vec<PartOf>,
    },
    /// What there is room for.
    Many(Many),
}

impl Default for Counted {
    fn default() -> Counted {
        Counted::Whole {
            articles: Postings::default(),
            parts: Postings::default(),
            part_of: Vec::new(),
        }
    }
}

/// Where a part belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartOf {
    pub article: u32,
    pub section: u32,
    /// What its section's form is worth when it is chosen what to show.
    pub worth: f32,
}

/// An article with so many sections is about one thing.
const FEW: usize = 5;

/// From so many articles on …
const MANY: usize = 5_000;

/// … or so many bytes of text, not everything is counted for all of them.
const LONG: usize = 16_000_000;

impl Index {
    /// Indexes articles, with the table that says what texts mean. Their order decides between equals.
    pub fn new(articles: Vec<Arc<Article>>, table: Option<Arc<Table>>) -> Index {
        let many = are_many(&articles);
        Index::whole(articles, table, many)
    }

    /// The same, counted as few articles are or as many.
    pub(super) fn whole(
        articles: Vec<Arc<Article>>,
        table: Option<Arc<Table>>,
        many: bool,
    ) -> Index {
        // What they say and what they mean are found out at the same time: each takes about as long as the other.
        let (index, meanings) = std::thread::scope(|scope| {
            let meanings = table
                .as_ref()
                .map(|table| scope.spawn(|| Meanings::new(&articles, table)));
            let index = Index::of_words(&articles, many);
            let meanings = meanings.map(|meanings| match meanings.join() {
                Ok(meanings) => meanings,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            (index, meanings)
        });
        Index {
            articles,
            table,
            meanings: meanings.map_or_else(OnceLock::new, OnceLock::from),
            ..index
        }
    }

    /// The same; but where there are many articles, what they mean is left for [`Index::fill_in`].
    pub fn soon(articles: Vec<Arc<Article>>, table: Option<Arc<Table>>) -> Index {
        if !are_many(&articles) {
            return Index::new(articles, table);
        }
        let index = Index::of_words(&articles, true);
        Index {
            articles,
            table,
            ..index
        }
    }

    /// Finds out what the articles mean, if that was left for later. Questions are answered meanwhile.
    pub fn fill_in(&self) {
        if let Some(table) = &self.table {
            self.meanings
                .get_or_init(|| Meanings::new(&self.articles, table));
        }
    }

    /// The index of what articles say, still without themselves.
    fn of_words(articles: &[Arc<Article>], many: bool) -> Index {
        let Heard {
            spoken,
            mut terms,
            uses,
        } = Spoken::read(articles);
        let mut said = Unpacked::default();
        let mut steps = Vec::with_capacity(articles.len());
        let mut languages: Vec<Language> = Vec::new();
        for (article, place) in articles.iter().zip(0..) {
            if article.language != Language::ENGLISH && !languages.contains(&article.language) {
                languages.push(article.language);
            }
            spoken.open(place, &mut said);
            let mut with_steps = said
                .sections()
                .zip(0..)
                .filter_map(|((_, _, has_steps), section)| has_steps.then_some(section));
            // Who asks how wants the steps, however much another section sounds like the question. An article with
            // several such sections, or many, is a handbook, and there the question decides.
            let only = with_steps.next();
            let only = only.filter(|_| with_steps.next().is_none());
            steps.push(only.filter(|_| article.sections.len() <= FEW));
        }
        let counted = if many {
            let (many, pairs) = Many::new(&spoken, terms.count());
            terms.count_pairs(pairs);
            Counted::Many(many)
        } else {
            Counted::whole(&spoken, &mut terms)
        };
        Index {
            places: articles
                .iter()
                .zip(0..)
                .map(|(article, place)| (article.id.clone(), place))
                .collect(),
            tiers: articles.iter().map(|article| article.tier).collect(),
            spoken,
            counted,
            steps,
            terms,
            vocabulary: Vocabulary::new(uses),
            languages,
            ..Index::default()
        }
    }

    /// The same with a list of other names for things.
    #[must_use]
    pub fn with_aliases(mut self, aliases: Option<Arc<Aliases>>) -> Index {
        self.aliases = aliases;
        self
    }

    /// The list of other names for things, if one was read.
    pub fn aliases(&self) -> Option<&Arc<Aliases>> {
        self.aliases.as_ref()
    }

    /// All articles, in order.
    pub fn articles(&self) -> &[Arc<Article>] {
        &self.articles
    }

    /// The article with this id.
    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        let place = *self.places.get(id)?;
        self.articles.get(place as usize)
    }

    /// Looks up the words of a question, in their order, and corrects those that no article has. `text` is the question
    /// as it was written.
    pub fn look_up(&self, text: &str, asked: &[Word]) -> Query {
        let mut query = Query::default();
        let mut before = None;
        for word in asked {
            let mut found = self.find(&word.surface);
            let mut trust = 1.0;
            // The joined form of a compound counts only where an article writes it so.
            if found.is_empty() && (word.joined || self.is_small(&word.surface)) {
                continue;
            }
            if found.is_empty()
                && let Some(meant) = self.correct(&word.surface)
            {
                found = self.find(meant);
                trust = WEIGHTS.corrected;
                query.correct(&word.surface, meant);
            } else {
                query.hear(&word.surface, !found.is_empty());
            }
            let id = found.first().copied();
            query.add(id, trust * self.rarity(id), false);
            for &other in found.iter().skip(1) {
                // What is common in one language is not telling because another has little of it.
                let rarity = self.rarity(id).min(self.rarity(Some(other)));
                query.add_extra(other, trust * rarity);
            }
            if word.joined {
                continue;
            }
            if let (Some(first), Some(second)) = (before, id)
                && let Some(pair) = self.terms.find_pair(first, second)
            {
                query.add(Some(pair), WEIGHTS.pair * self.rarity(Some(pair)), true);
            }
            before = id;
        }
        self.rename(&mut query, asked);
        if let (Some(table), Some(_)) = (&self.table, self.meanings.get()) {
            query.meaning = table.encode(&query.corrected(text));
        }
        query
    }

    /// The numbers of a word's stems: the English one, and those of the other languages that articles are in.
    fn find(&self, word: &str) -> Vec<u32> {
        let mut found: Vec<u32> = self.terms.find(word).into_iter().collect();
        for &language in &self.languages {
            if let Some(id) = self.terms.find(&words::of_language(word, language))
                && !found.contains(&id)
            {
                found.push(id);
            }
        }
        found
    }

    /// Whether a word is a small one of a language that articles are in.
    fn is_small(&self, word: &str) -> bool {
        self.languages
            .iter()
            .any(|language| language.is_small(word))
    }

    /// The word that an unknown one was probably meant to be. One that the table knows as a word is no slip: it means something
    /// else than what is written like it here.
    fn correct(&self, word: &str) -> Option<&str> {
        if self.table.as_ref().is_some_and(|table| table.knows(word)) {
            return None;
        }
        match &self.aliases {
            Some(aliases) if aliases.know(word) => None,
            Some(aliases) => self
                .vocabulary
                .correct(word)
                .or_else(|| aliases.correct(word)),
            None => self.vocabulary.correct(word),
        }
    }

    /// Adds the other names of what a question names. Where no article has the name that was used, the first other name
    /// that some article has is asked for in its place; else they are looked for beside it.
    fn rename(&self, query: &mut Query, asked: &[Word]) {
        let Some(aliases) = &self.aliases else { return };
        let asked = asked.iter().filter(|word| !word.joined);
        let typed: Vec<&str> = asked.map(|word| word.surface.as_str()).collect();
        let slips = query.heard.corrected.clone();
        let read: Vec<&str> = typed
            .iter()
            .map(|word| {
                let slip = slips.iter().find(|(typed, _)| typed == word);
                slip.map_or(*word, |(_, meant)| meant.as_str())
            })
            .collect();
        for met in aliases.met(&read) {
            let known = |word: &str| self.find(word).first().copied();
            let mut instead = read[met.range.clone()]
                .iter()
                .all(|word| known(word).is_none());
            for (name, words) in met.others {
                let ids: Option<Vec<u32>> = words.iter().map(|word| known(word)).collect();
                let Some(ids) = ids else { continue };
                let typed = &typed[met.range.clone()];
                query.rename(typed, (met.name, name), words, instead);
                if instead {
                    typed.iter().for_each(|word| query.forget_unknown(word));
                }
                for id in ids {
                    let weight = self.rarity(Some(id));
                    if instead {
                        query.add(Some(id), weight, false);
                    } else {
                        query.add_extra(id, WEIGHTS.alias * weight);
                    }
                }
                instead = false;
            }
        }
    }

    /// The words of a query, with their weights, for choosing what to show of an article.
    pub fn weigh<'a>(&self, query: &'a Query) -> Weigher<'a, '_> {
        Weigher::new(&self.terms, query)
    }

    /// The inverse document frequency of a term; an unknown one is the rarest.
    pub(super) fn rarity(&self, term: Option<u32>) -> f32 {
        match &self.counted {
            Counted::Whole { articles, .. } => articles.rarity(term),
            Counted::Many(many) => {
                let holders = term.and_then(|term| self.terms.holders(term));
                holders.map_or_else(
                    || many.rarity(term),
                    |holders| rarity(holders, self.articles.len()),
                )
            }
        }
    }

    /// What the articles mean, as far as that is known.
    pub(super) fn meanings(&self) -> Option<&Meanings> {
        self.meanings.get()
    }

    /// Whether the article at that place is for the reader.
    pub(super) fn is_for(&self, reader: Reader, place: usize) -> bool {
        let tier = self.tiers.get(place);
        tier.is_some_and(|&tier| reader.may_read_of(tier))
    }
}

/// Whether there are so many articles, or so long ones, that not everything is counted for all of them.
fn are_many(articles: &[Arc<Article>]) -> bool {
    let long: usize = articles.iter().map(|article| article.body.len()).sum();
    articles.len() >= MANY || long >= LONG
}

impl Counted {
    fn whole(spoken: &Spoken, terms: &mut Terms) -> Counted {
        let mut said = Unpacked::default();
        let mut wholes = Vec::with_capacity(spoken.len());
        let mut parts = Vec::new();
        let mut part_of = Vec::new();
        for article in 0..spoken.len() {
            spoken.open(article, &mut said);
            let mut document = Document::default();
            many::whole(&said, |field, words| document.add(field, words, terms));
            document.close();
            wholes.push(document);
            let title = said.all(Run::Title);
            many::each_part(&said, |section, has_steps, heading, piece| {
                let mut part = Document::default();
                part.add(Field::Title, &title, terms);
                part.add(Field::Headings, heading, terms);
                part.add(Field::Body, piece, terms);
                part.close();
                parts.push(part);
                part_of.push(PartOf {
                    article: article as u32,
                    section,
                    worth: if has_steps { WEIGHTS.steps } else { 1.0 },
                });
            });
        }
        let (articles, parts) = std::thread::scope(|scope| {
            let count = terms.count();
            let whole =
                scope.spawn(move || Postings::new(wholes, count, &WEIGHTS.whole, WEIGHTS.k1));
            let parts = Postings::new(parts, count, &WEIGHTS.part, WEIGHTS.part_k1);
            match whole.join() {
                Ok(whole) => (whole, parts),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        });
        Counted::Whole {
            articles,
            parts,
            part_of,
        }
    }
}
