//! The order of articles for one question: by their words and their meaning together.

use super::confidence::Nearness;
use super::index::{Counted, Index, PartOf};
use super::many::{Asker, Many};
use super::postings::Postings;
use super::query::Query;
use super::reader::Reader;
use super::scale::Scale;
use super::sections::with_headings;
use super::spoken::{Run, Said, Unpacked};
use super::vectors::{Likeness, Meanings};
use super::weights::WEIGHTS;

/// Of many articles so many of the best are looked at as closely as every one of few is.
const LOOKED_UP: usize = 256;

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
#[derive(Debug, Clone)]
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
    /// How well each of its sections fits by its words and its heading, in their order, against the best of them.
    pub sections: Vec<f32>,
}

/// Keeps what the best part of a section is worth, of sections that are told in their order.
pub(super) fn keep(sections: &mut Vec<f32>, section: u32, worth: f32) {
    let section = section as usize;
    if sections.len() <= section {
        sections.resize(section + 1, 0.0);
    }
    sections[section] = sections[section].max(worth);
}

/// How the articles lie for one question, before it is looked at their names.
struct Order {
    hits: Vec<Hit>,
    by_words: Scale,
    by_meaning: Scale,
}

impl Order {
    fn rank(&self, score: f32, likeness: f32) -> f32 {
        WEIGHTS.words * self.by_words.place(score) + self.by_meaning.place(likeness)
    }

    /// Ranks all hits by what is known of them by now.
    fn rank_all(&mut self) {
        for at in 0..self.hits.len() {
            let Hit {
                score, likeness, ..
            } = self.hits[at];
            self.hits[at].rank = self.rank(score, likeness);
        }
    }
}

impl Index {
    /// The articles that fit a query and are for the reader, best first, at most `limit`.
    pub fn rank(&self, query: &Query, limit: usize, reader: Reader) -> Vec<Hit> {
        let mut order = match &self.counted {
            Counted::Whole {
                articles,
                parts,
                part_of,
            } => self.order_all(query, limit, reader, (articles, parts), part_of),
            Counted::Many(many) => self.order_best(query, limit, reader, many),
        };
        keep_best(&mut order.hits, limit.max(WEIGHTS.shortlist));
        let asked = query.asked();
        let mut said = Unpacked::default();
        for hit in &mut order.hits {
            self.spoken.open(hit.place as usize, &mut said);
            hit.echo = self.echo(query, &said);
            hit.score += WEIGHTS.echo * asked * hit.echo;
            with_headings(&mut hit.sections, query, &said);
        }
        order.rank_all();
        keep_best(&mut order.hits, limit);
        order.hits
    }

    /// The order of articles of which everything is counted.
    fn order_all(
        &self,
        query: &Query,
        limit: usize,
        reader: Reader,
        (articles, parts): (&Postings, &Postings),
        part_of: &[PartOf],
    ) -> Order {
        let count = self.articles().len();
        let mut scores = vec![0.0_f32; count];
        articles.score(query, &mut scores);
        let mut part_scores = vec![0.0_f32; part_of.len()];
        parts.score(query, &mut part_scores);
        let mut best_part = vec![0.0_f32; count];
        for (&score, part) in part_scores.iter().zip(part_of) {
            let place = part.article as usize;
            best_part[place] = best_part[place].max(score);
        }
        for (score, part) in scores.iter_mut().zip(&best_part) {
            *score += WEIGHTS.parts * part;
        }
        let by_words = Scale::of(&scores);
        let mut order = self.order(query, reader, &scores, by_words);
        keep_best(&mut order.hits, limit.max(WEIGHTS.shortlist));
        for hit in &mut order.hits {
            let first = part_of.partition_point(|part| part.article < hit.place);
            let own = part_of[first..].iter().zip(&part_scores[first..]);
            for (part, &score) in own.take_while(|(part, _)| part.article == hit.place) {
                keep(&mut hit.sections, part.section, score * part.worth);
            }
        }
        order
    }

    /// The order of articles of which only the words are counted: the rest is looked up of those that come near by them, or
    /// by their meaning.
    fn order_best(&self, query: &Query, limit: usize, reader: Reader, many: &Many) -> Order {
        let mut scores = vec![0.0_f32; self.articles().len()];
        many.score(query, &mut scores);
        let by_words = Scale::of(&scores);
        // What is not for the reader takes no place of what is.
        for (place, score) in scores.iter_mut().enumerate() {
            if !self.is_for(reader, place) {
                *score = 0.0;
            }
        }
        let mut order = self.order(query, reader, &scores, by_words);
        keep_best(&mut order.hits, LOOKED_UP.max(limit));
        let mut asker = Asker::new(query);
        let (mut before, mut now) = (0.0, 0.0);
        for hit in &mut order.hits {
            let held = many.held(&self.spoken, hit.place as usize, &mut asker);
            before += hit.score;
            now += held.score;
            (hit.score, hit.sections) = (held.score, held.sections);
        }
        // What pairs and parts add to these, they add to all in about the same measure.
        if before > 0.0 {
            order.by_words = order.by_words.times(now / before);
        }
        order.rank_all();
        order
    }

    /// The articles that come near a query, of which these are the scores by words, and how they lie on that scale.
    fn order(&self, query: &Query, reader: Reader, scores: &[f32], by_words: Scale) -> Order {
        let unknown = Meanings::default();
        let Likeness {
            of: likeness,
            scale: by_meaning,
        } = self
            .meanings()
            .unwrap_or(&unknown)
            .likeness(&query.meaning, scores);
        // What shares no word with a question has to be meant by it all the more.
        let likest = likeness.iter().copied().fold(0.0, f32::max);
        let least = WEIGHTS.wordless * likest;
        let hits = (0..)
            .zip(scores.iter().zip(&likeness))
            .filter(|&(place, (&score, &likeness))| {
                let fits = score > 0.0 || (likest > 0.0 && likeness >= least);
                fits && likeness.is_finite() && self.is_for(reader, place)
            })
            .map(|(place, (&score, &likeness))| Hit {
                place: place as u32,
                rank: 0.0,
                score,
                likeness,
                echo: 0.0,
                nearness: None,
                sections: Vec::new(),
            })
            .collect();
        let mut order = Order {
            hits,
            by_words,
            by_meaning,
        };
        order.rank_all();
        order
    }

    /// How much a query and the likest of an article's names have in common, from 0 (nothing) to 1 (the same words).
    fn echo(&self, query: &Query, said: &Unpacked) -> f32 {
        let asked = query.asked();
        let likeness = |name: &[Said]| {
            let mut name: Vec<u32> = name.iter().map(|word| word.term()).collect();
            name.sort_unstable();
            name.dedup();
            let named: f32 = name.iter().map(|&id| self.rarity(Some(id))).sum();
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
        said.runs()
            .filter(|(run, _)| matches!(run, Run::Title | Run::Ask))
            .map(|(_, name)| likeness(name))
            .fold(0.0, f32::max)
    }
}
