//! The index: which words stand in which article, in which of its fields, and in which of its parts.

use super::article::{Article, ArticleId};
use super::markdown;
use super::spelling::Vocabulary;
use super::weights::{FIELDS, Field, FieldWeight, WEIGHTS};
use super::words::{self, Word};
use std::collections::HashMap;
use std::sync::Arc;

/// Everything that is asked while a question is answered. It never changes; a new one takes its place.
#[derive(Debug, Default)]
pub(super) struct Index {
    articles: Vec<Arc<Article>>,
    places: HashMap<ArticleId, u32>,
    terms: HashMap<Box<str>, u32>,
    whole: Postings,
    parts: Postings,
    /// What each part is a part of.
    part_of: Vec<PartOf>,
    /// What each article calls itself and is asked by: its title and its questions, each as its different terms.
    names: Vec<Vec<Vec<u32>>>,
    vocabulary: Vocabulary,
}

/// Where a part belongs.
#[derive(Debug, Clone, Copy)]
struct PartOf {
    article: u32,
    section: u32,
    /// What its section's form is worth when it is chosen what to show.
    worth: f32,
}

/// For each term the documents that hold it.
#[derive(Debug, Default)]
struct Postings {
    /// Where each term's entries begin; one more at the end.
    starts: Vec<usize>,
    entries: Vec<Posting>,
    documents: usize,
}

/// That a document holds a term.
#[derive(Debug, Clone, Copy)]
struct Posting {
    document: u32,
    /// How much it holds of it: the saturated, length-normalised frequency, below 1.
    weight: f32,
}

/// How often a document holds a term, field by field.
type Counts = [u16; FIELDS];

/// The length of a document, field by field.
type Lengths = [u32; FIELDS];

/// The terms of one document, before anything can be weighed.
struct Document {
    counts: HashMap<u32, Counts>,
    lengths: Lengths,
}

impl Index {
    /// Indexes articles. Their order decides between equals.
    pub fn new(articles: Vec<Arc<Article>>) -> Index {
        let mut terms = Terms::default();
        let mut surfaces: HashMap<Box<str>, u32> = HashMap::new();
        let mut wholes = Vec::with_capacity(articles.len());
        let mut parts = Vec::new();
        let mut part_of = Vec::new();
        let mut names = Vec::with_capacity(articles.len());
        for (article, place) in articles.iter().zip(0..) {
            let mut document = Document::new();
            let mut seen: Vec<Word> = Vec::new();
            for (field, text) in fields(article) {
                let found = words::words(&text);
                document.add(field, &found, &mut terms);
                seen.extend(found);
            }
            let title = words::words(&article.title);
            names.push(
                std::iter::once(&article.title)
                    .chain(&article.asks)
                    .map(|name| terms.set_of(&words::words(name)))
                    .collect(),
            );
            for (section, number) in article.sections.iter().zip(0..) {
                let heading = words::words(section.heading.as_deref().unwrap_or_default());
                let text = words::words(&markdown::plain(&section.text));
                document.add(Field::Body, &text, &mut terms);
                let worth = if markdown::has_steps(&section.text) {
                    WEIGHTS.steps
                } else {
                    1.0
                };
                // A section without words of its own is still found by its heading.
                let pieces = text
                    .chunks(WEIGHTS.part_length)
                    .chain(text.is_empty().then_some(&[][..]));
                for piece in pieces {
                    let mut part = Document::new();
                    part.add(Field::Title, &title, &mut terms);
                    part.add(Field::Headings, &heading, &mut terms);
                    part.add(Field::Body, piece, &mut terms);
                    parts.push(part);
                    part_of.push(PartOf {
                        article: place,
                        section: number,
                        worth,
                    });
                }
                seen.extend(text);
            }
            seen.sort_unstable_by(|a, b| a.surface.cmp(&b.surface));
            seen.dedup_by(|a, b| a.surface == b.surface);
            for word in seen {
                *surfaces.entry(word.surface.into_boxed_str()).or_default() += 1;
            }
            wholes.push(document);
        }
        Index {
            places: articles
                .iter()
                .zip(0..)
                .map(|(article, place)| (article.id.clone(), place))
                .collect(),
            whole: Postings::new(wholes, terms.count(), &WEIGHTS.whole, WEIGHTS.k1),
            parts: Postings::new(parts, terms.count(), &WEIGHTS.part, WEIGHTS.part_k1),
            part_of,
            names,
            terms: terms.ids,
            vocabulary: Vocabulary::new(surfaces),
            articles,
        }
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

    /// Looks up the words of a question, in their order, and corrects those that no article has.
    pub fn look_up(&self, asked: &[Word]) -> Query {
        let mut query = Query {
            terms: Vec::with_capacity(asked.len() * 2),
        };
        let mut stems = Vec::with_capacity(asked.len());
        for word in asked {
            let mut id = self.terms.get(word.stem.as_str()).copied();
            let mut stem = word.stem.clone();
            let mut trust = 1.0;
            if id.is_none()
                && let Some(meant) = self.vocabulary.correct(&word.surface)
            {
                stem = words::stem(meant);
                id = self.terms.get(stem.as_str()).copied();
                trust = WEIGHTS.corrected;
            }
            // The joined form of a compound counts only where an article writes it so.
            if word.joined && id.is_none() {
                continue;
            }
            query.add(id, trust * self.rarity(id), false);
            if !word.joined {
                stems.push(stem);
            }
        }
        for neighbours in stems.windows(2) {
            let key = words::pair(&neighbours[0], &neighbours[1]);
            if let Some(&id) = self.terms.get(key.as_str()) {
                query.add(Some(id), WEIGHTS.pair * self.rarity(Some(id)), true);
            }
        }
        query
    }

    /// The inverse document frequency of a term; an unknown one is the rarest.
    fn rarity(&self, term: Option<u32>) -> f32 {
        let holders = term.map_or(0, |term| self.whole.of(term).len());
        rarity(holders, self.whole.documents)
    }

    /// The articles that fit a query, best first, at most `limit`.
    pub fn rank(&self, query: &Query, limit: usize) -> Vec<Hit> {
        let mut scores = vec![0.0_f32; self.articles.len()];
        self.whole.score(query, &mut scores);
        let mut part_scores = vec![0.0_f32; self.part_of.len()];
        self.parts.score(query, &mut part_scores);
        let mut best_part = vec![0.0_f32; self.articles.len()];
        let mut to_show = vec![(0.0_f32, 0); self.articles.len()];
        for (&score, part) in part_scores.iter().zip(&self.part_of) {
            let place = part.article as usize;
            best_part[place] = best_part[place].max(score);
            if score * part.worth > to_show[place].0 {
                to_show[place] = (score * part.worth, part.section);
            }
        }
        let mut hits: Vec<Hit> = (0..)
            .zip(scores.iter().zip(best_part.iter().zip(&to_show)))
            .filter(|&(_, (&score, _))| score > 0.0)
            .map(|(place, (&score, (&part, &(_, section))))| Hit {
                place,
                score: score + WEIGHTS.parts * part,
                echo: 0.0,
                section: section as usize,
            })
            .collect();
        keep_best(&mut hits, limit.max(WEIGHTS.shortlist));
        let asked = query.asked();
        for hit in &mut hits {
            hit.echo = self.echo(query, hit.place);
            hit.score += WEIGHTS.echo * asked * hit.echo;
        }
        keep_best(&mut hits, limit);
        hits
    }

    /// How much a query and the likest of an article's names have in common, from 0 (nothing) to 1 (the same words).
    fn echo(&self, query: &Query, place: u32) -> f32 {
        let asked = query.asked();
        let likeness = |name: &Vec<u32>| {
            let named: f32 = name.iter().map(|&id| self.rarity(Some(id))).sum();
            let common: f32 = query
                .words()
                .filter(|term| term.id.is_some_and(|id| name.binary_search(&id).is_ok()))
                .map(|term| term.weight)
                .sum();
            2.0 * common / (asked + named)
        };
        let names = self.names.get(place as usize);
        names
            .into_iter()
            .flatten()
            .map(likeness)
            .fold(0.0, f32::max)
    }

    /// The words of a query, with their weights, for choosing what to show of an article.
    pub fn weigh<'a>(&self, query: &'a Query) -> Weigher<'a, '_> {
        Weigher {
            terms: &self.terms,
            query,
        }
    }
}

/// A question in terms of the index.
#[derive(Debug)]
pub(super) struct Query {
    terms: Vec<QueryTerm>,
}

#[derive(Debug)]
struct QueryTerm {
    /// None for a word that no article has.
    id: Option<u32>,
    weight: f32,
    is_pair: bool,
}

impl Query {
    /// Words that are repeated count once more each time, but less and less.
    fn add(&mut self, id: Option<u32>, weight: f32, is_pair: bool) {
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

    /// The words of it, without the pairs.
    fn words(&self) -> impl Iterator<Item = &QueryTerm> {
        self.terms.iter().filter(|term| !term.is_pair)
    }

    /// The weight of all its words.
    fn asked(&self) -> f32 {
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

/// Leaves the best hits, best first; of equals the one whose article comes first.
fn keep_best(hits: &mut Vec<Hit>, limit: usize) {
    let better = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place));
    if hits.len() > limit && limit > 0 {
        hits.select_nth_unstable_by(limit - 1, better);
    }
    hits.truncate(limit);
    hits.sort_unstable_by(better);
}

/// An article that fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// Its place among the articles.
    pub place: u32,
    /// How well it fits.
    pub score: f32,
    /// How much the question and the likest of its names have in common, from 0 (nothing) to 1 (the same words).
    pub echo: f32,
    /// The section that fits best.
    pub section: usize,
}

/// Tells what a text's words are worth to a question.
pub(super) struct Weigher<'a, 'b> {
    terms: &'b HashMap<Box<str>, u32>,
    query: &'a Query,
}

impl Weigher<'_, '_> {
    /// The weight of the question's words that occur in a text, each counted once.
    pub fn weigh(&self, text: &str) -> f32 {
        let mut met: Vec<u32> = words::words(text)
            .iter()
            .filter_map(|word| self.terms.get(word.stem.as_str()).copied())
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

/// The fields of an article but its body, with their texts.
fn fields(article: &Article) -> Vec<(Field, String)> {
    let headings: Vec<&str> = article
        .sections
        .iter()
        .filter_map(|section| section.heading.as_deref())
        .collect();
    vec![
        (Field::Title, article.title.clone()),
        (Field::Summary, article.summary.clone().unwrap_or_default()),
        (Field::Headings, headings.join("\n")),
        (Field::Tags, article.tags.join("\n")),
        (Field::Asks, article.asks.join("\n")),
        (Field::Aliases, article.aliases.join("\n")),
    ]
}

#[derive(Default)]
struct Terms {
    ids: HashMap<Box<str>, u32>,
}

impl Terms {
    fn id(&mut self, term: &str) -> u32 {
        if let Some(&id) = self.ids.get(term) {
            return id;
        }
        let id = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.insert(term.into(), id);
        id
    }

    /// The different terms of some words, in the order of their ids.
    fn set_of(&mut self, found: &[Word]) -> Vec<u32> {
        let mut ids: Vec<u32> = found.iter().map(|word| self.id(&word.stem)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn count(&self) -> usize {
        self.ids.len()
    }
}

impl Document {
    fn new() -> Document {
        Document {
            counts: HashMap::new(),
            lengths: [0; FIELDS],
        }
    }

    fn add(&mut self, field: Field, found: &[Word], terms: &mut Terms) {
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

impl Postings {
    fn new(
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

    /// The documents that hold a term, in their order.
    fn of(&self, term: u32) -> &[Posting] {
        let term = term as usize;
        match (self.starts.get(term), self.starts.get(term + 1)) {
            (Some(&start), Some(&end)) => &self.entries[start..end],
            _ => &[],
        }
    }

    fn score(&self, query: &Query, scores: &mut [f32]) {
        for term in &query.terms {
            let Some(id) = term.id else { continue };
            for posting in self.of(id) {
                scores[posting.document as usize] += term.weight * posting.weight;
            }
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

fn rarity(holders: usize, documents: usize) -> f32 {
    let holders = holders as f32;
    (1.0 + (documents as f32 - holders + 0.5) / (holders + 0.5)).ln()
}
