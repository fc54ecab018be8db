//! The index: which words stand in which article, in which of its fields, and in which of its parts.

use super::aliases::Aliases;
use super::article::{Article, ArticleId};
use super::confidence::Nearness;
use super::language::Language;
use super::markdown;
use super::postings::{Document, Postings, Terms};
use super::query::{Query, Weigher};
use super::reader::Reader;
use super::scale::Scale;
use super::spelling::Vocabulary;
use super::vectors::{Likeness, Meanings, Table};
use super::weights::{Field, WEIGHTS};
use super::words::{self, Word};
use std::collections::HashMap;
use std::sync::Arc;

/// Everything that is asked while a question is answered. It never changes; a new one takes its place.
#[derive(Debug, Default)]
pub(super) struct Index {
    articles: Vec<Arc<Article>>,
    places: HashMap<ArticleId, u32>,
    terms: Terms,
    whole: Postings,
    parts: Postings,
    /// What each part is a part of.
    part_of: Vec<PartOf>,
    /// The section that is shown of each article whatever is asked, if there is such a one.
    steps: Vec<Option<u32>>,
    /// What each article calls itself and is asked by: its title and its questions, each as its different terms.
    names: Vec<Vec<Vec<u32>>>,
    vocabulary: Vocabulary,
    /// What the articles mean, if there is a table to say it.
    meanings: Meanings,
    table: Option<Arc<Table>>,
    /// The languages beside English that some article is in.
    languages: Vec<Language>,
    /// Other names for things; none as long as no list of them was read.
    aliases: Option<Arc<Aliases>>,
}

/// Where a part belongs.
#[derive(Debug, Clone, Copy)]
struct PartOf {
    article: u32,
    section: u32,
    /// What its section's form is worth when it is chosen what to show.
    worth: f32,
}

impl Index {
    /// Indexes articles, with the table that says what texts mean. Their order decides between equals.
    pub fn new(articles: Vec<Arc<Article>>, table: Option<Arc<Table>>) -> Index {
        // What they say and what they mean are found out at the same time: each takes about as long as the other.
        let (mut index, meanings) = std::thread::scope(|scope| {
            let meanings = table
                .as_ref()
                .map(|table| scope.spawn(|| Meanings::new(&articles, table)));
            let index = Index::of_words(&articles);
            let meanings = meanings.map(|meanings| match meanings.join() {
                Ok(meanings) => meanings,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            (index, meanings.unwrap_or_default())
        });
        index.meanings = meanings;
        index.table = table;
        index.articles = articles;
        index
    }

    /// The index of what articles say, still without themselves.
    fn of_words(articles: &[Arc<Article>]) -> Index {
        let mut terms = Terms::default();
        let mut surfaces: HashMap<Box<str>, u32> = HashMap::new();
        let mut wholes = Vec::with_capacity(articles.len());
        let mut parts = Vec::new();
        let mut part_of = Vec::new();
        let mut steps = Vec::with_capacity(articles.len());
        let mut names = Vec::with_capacity(articles.len());
        let mut languages: Vec<Language> = Vec::new();
        for (article, place) in articles.iter().zip(0..) {
            let words_of = |text: &str| words::words_in(text, article.language);
            if article.language != Language::ENGLISH && !languages.contains(&article.language) {
                languages.push(article.language);
            }
            let mut document = Document::default();
            let mut seen: Vec<Word> = Vec::new();
            for (field, text) in fields(article) {
                let found = words_of(&text);
                document.add(field, &found, &mut terms);
                seen.extend(found);
            }
            let title = words_of(&article.title);
            names.push(
                std::iter::once(&article.title)
                    .chain(&article.asks)
                    .map(|name| terms.set_of(&words_of(name)))
                    .collect(),
            );
            let mut with_steps = Vec::new();
            for (section, number) in article.sections.iter().zip(0..) {
                let heading = words_of(section.heading.as_deref().unwrap_or_default());
                let text = words_of(&markdown::plain(&section.text));
                document.add(Field::Body, &text, &mut terms);
                let worth = if markdown::has_steps(&section.text) {
                    with_steps.push(number);
                    WEIGHTS.steps
                } else {
                    1.0
                };
                // A section without words of its own is still found by its heading.
                let pieces = text
                    .chunks(WEIGHTS.part_length)
                    .chain(text.is_empty().then_some(&[][..]));
                for piece in pieces {
                    let mut part = Document::default();
                    part.add(Field::Title, &title, &mut terms);
                    part.add(Field::Headings, &heading, &mut terms);
                    part.add(Field::Body, piece, &mut terms);
                    part.close();
                    parts.push(part);
                    part_of.push(PartOf {
                        article: place,
                        section: number,
                        worth,
                    });
                }
                seen.extend(text);
            }
            // Who asks how wants the steps, however much another section sounds like the question. An article with
            // several such sections is a handbook, and there the words decide.
            steps.push(match with_steps[..] {
                [only] => Some(only),
                _ => None,
            });
            let mut seen: Vec<String> = seen.into_iter().map(|word| word.surface).collect();
            seen.sort_unstable();
            seen.dedup();
            for surface in seen {
                *surfaces.entry(words::bare(&surface).into()).or_default() += 1;
            }
            document.close();
            wholes.push(document);
        }
        let (whole, parts) = std::thread::scope(|scope| {
            let count = terms.count();
            let whole =
                scope.spawn(move || Postings::new(wholes, count, &WEIGHTS.whole, WEIGHTS.k1));
            let parts = Postings::new(parts, count, &WEIGHTS.part, WEIGHTS.part_k1);
            match whole.join() {
                Ok(whole) => (whole, parts),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        });
        Index {
            places: articles
                .iter()
                .zip(0..)
                .map(|(article, place)| (article.id.clone(), place))
                .collect(),
            whole,
            parts,
            part_of,
            steps,
            names,
            terms,
            vocabulary: Vocabulary::new(surfaces),
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
            query.add(id, trust * self.whole.rarity(id), false);
            for &other in found.iter().skip(1) {
                // What is common in one language is not telling because another has little of it.
                let rarity = self.whole.rarity(id).min(self.whole.rarity(Some(other)));
                query.add_extra(other, trust * rarity);
            }
            if word.joined {
                continue;
            }
            if let (Some(first), Some(second)) = (before, id)
                && let Some(pair) = self.terms.find_pair(first, second)
            {
                query.add(
                    Some(pair),
                    WEIGHTS.pair * self.whole.rarity(Some(pair)),
                    true,
                );
            }
            before = id;
        }
        self.rename(&mut query, asked);
        if let Some(table) = &self.table {
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

    /// The word that an unknown one was probably meant to be.
    fn correct(&self, word: &str) -> Option<&str> {
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
                    let weight = self.whole.rarity(Some(id));
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

    /// The articles that fit a query and are for the reader, best first, at most `limit`.
    pub fn rank(&self, query: &Query, limit: usize, reader: Reader) -> Vec<Hit> {
        let count = self.articles.len();
        let mut scores = vec![0.0_f32; count];
        self.whole.score(query, &mut scores);
        let mut part_scores = vec![0.0_f32; self.part_of.len()];
        self.parts.score(query, &mut part_scores);
        let mut best_part = vec![0.0_f32; count];
        let mut to_show = vec![(0.0_f32, 0); count];
        for (&score, part) in part_scores.iter().zip(&self.part_of) {
            let place = part.article as usize;
            best_part[place] = best_part[place].max(score);
            if score * part.worth > to_show[place].0 {
                to_show[place] = (score * part.worth, part.section);
            }
        }
        for (score, part) in scores.iter_mut().zip(&best_part) {
            *score += WEIGHTS.parts * part;
        }
        let Likeness {
            of: likeness,
            scale: by_meaning,
        } = self.meanings.likeness(&query.meaning, &scores);
        let by_words = Scale::of(&scores);
        let rank =
            |score, likeness| WEIGHTS.words * by_words.place(score) + by_meaning.place(likeness);
        // What shares no word with a question has to be meant by it all the more.
        let likest = likeness.iter().copied().fold(0.0, f32::max);
        let least = WEIGHTS.wordless * likest;
        let mut hits: Vec<Hit> = (0..)
            .zip(scores.iter().zip(likeness.iter().zip(&to_show)))
            .filter(|&(place, (&score, (&likeness, _)))| {
                let fits = score > 0.0 || (likest > 0.0 && likeness >= least);
                fits && likeness.is_finite() && self.is_for(reader, place)
            })
            .map(|(place, (&score, (&likeness, &(_, section))))| Hit {
                place,
                score,
                likeness,
                rank: rank(score, likeness),
                echo: 0.0,
                nearness: None,
                section: section as usize,
            })
            .collect();
        keep_best(&mut hits, limit.max(WEIGHTS.shortlist));
        let asked = query.asked();
        for hit in &mut hits {
            if let Some(&Some(section)) = self.steps.get(hit.place as usize) {
                hit.section = section as usize;
            }
            hit.echo = self.echo(query, hit.place);
            hit.score += WEIGHTS.echo * asked * hit.echo;
            hit.rank = rank(hit.score, hit.likeness);
        }
        keep_best(&mut hits, limit);
        hits
    }

    fn is_for(&self, reader: Reader, place: u32) -> bool {
        let article = self.articles.get(place as usize);
        article.is_some_and(|article| reader.may_read(article))
    }

    /// How much a query and the likest of an article's names have in common, from 0 (nothing) to 1 (the same words).
    fn echo(&self, query: &Query, place: u32) -> f32 {
        let asked = query.asked();
        let likeness = |name: &Vec<u32>| {
            let named: f32 = name.iter().map(|&id| self.whole.rarity(Some(id))).sum();
            let common: f32 = query
                .words()
                .filter(|term| term.id.is_some_and(|id| name.binary_search(&id).is_ok()))
                .map(|term| term.weight)
                .sum();
            let likeness = 2.0 * common / (asked + named);
            if query.has_extras() {
                // What is said twice is no more than the same.
                likeness.min(1.0)
            } else {
                likeness
            }
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
        Weigher::new(&self.terms, query)
    }
}

/// Leaves the best hits, best first; of equals the one whose article comes first.
pub(super) fn keep_best(hits: &mut Vec<Hit>, limit: usize) {
    let better = |a: &Hit, b: &Hit| b.rank.total_cmp(&a.rank).then(a.place.cmp(&b.place));
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
    /// What it is ranked by: words and meaning together, against the other articles of the same question.
    pub rank: f32,
    /// How well its words fit.
    pub score: f32,
    /// How like the question its likest piece is, from -1 to 1.
    pub likeness: f32,
    /// How much the question and the likest of its names have in common, from 0 (nothing) to 1 (the same words).
    pub echo: f32,
    /// How near the question it is by the encoder; none until that has read it.
    pub nearness: Option<Nearness>,
    /// The section to show: its steps, or what fits best.
    pub section: usize,
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
