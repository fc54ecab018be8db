//! The words of many articles: where there are so many that the pairs and the parts of all of them do not fit, only the words
//! are counted for all, and what the best articles hold beside is looked up again in what they say.

use super::postings::{Averages, Counts, Document, Lengths, rarity, saturated};
use super::query::Query;
use super::ranking::keep;
use super::spoken::{Run, Said, Spoken, Unpacked, at_once, shares};
use super::terms::{PairCounts, counted};
use super::weights::{FIELDS, Field, FieldWeight, WEIGHTS};

/// For each word the articles that hold it.
#[derive(Debug)]
pub(super) struct Many {
    /// Where each word's entries begin; one more at the end.
    starts: Vec<u32>,
    /// The number of an article above, and below, in a byte, how much it holds of the word.
    entries: Vec<u32>,
    documents: usize,
    /// The average lengths of articles, and of their parts, field by field.
    whole: [f32; FIELDS],
    part: [f32; FIELDS],
}

/// How much of a word an article holds is told in so many steps.
const STEPS: f32 = 255.0;

/// What is counted in a first reading of some of the articles.
struct Count {
    holders: Vec<u32>,
    pairs: PairCounts,
    whole: Averages,
    part: Averages,
}

/// What an article holds beside its words alone, for one question.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    /// The score of the article as a whole, with what its best part adds.
    pub score: f32,
    /// How well the words of each of its sections fit, in their order.
    pub sections: Vec<f32>,
}

impl Many {
    /// Counts what articles say; `terms` is how many words there are in all of them. The pairs are told beside.
    pub fn new(spoken: &Spoken, terms: usize) -> (Many, PairCounts) {
        let places: Vec<usize> = (0..spoken.len()).collect();
        let mut counts = at_once(shares(&places, 1), |places| count(spoken, places, terms));
        let mut all = counts.pop().unwrap_or_else(|| count(spoken, &[], terms));
        for one in counts {
            all.add(one);
        }
        let mut starts = vec![0_u32; terms + 1];
        for (term, holders) in all.holders.iter().enumerate() {
            starts[term + 1] = starts[term] + holders;
        }
        let mut many = Many {
            entries: vec![0; starts[terms] as usize],
            starts,
            documents: spoken.len(),
            whole: all.whole.lengths(),
            part: all.part.lengths(),
        };
        many.fill(spoken);
        (many, all.pairs)
    }

    fn fill(&mut self, spoken: &Spoken) {
        let mut next = self.starts.clone();
        let mut said = Unpacked::default();
        let mut document = Document::default();
        for place in 0..self.documents {
            spoken.open(place, &mut said);
            read_whole(&said, &mut document);
            let lengths = *document.lengths();
            document.each(|term, counts| {
                let held = saturated(&WEIGHTS.whole, WEIGHTS.k1, counts, &lengths, &self.whole);
                let entry = &mut next[term as usize];
                let step = (held * STEPS).round().max(1.0) as u32;
                self.entries[*entry as usize] = (place as u32) << 8 | step;
                *entry += 1;
            });
        }
    }

    /// The inverse document frequency of a word; an unknown one is the rarest.
    pub fn rarity(&self, term: Option<u32>) -> f32 {
        let holders = term.map_or(0, |term| self.of(term).len());
        rarity(holders, self.documents)
    }

    /// The articles that hold a word, in their order.
    fn of(&self, term: u32) -> &[u32] {
        let term = term as usize;
        match (self.starts.get(term), self.starts.get(term + 1)) {
            (Some(&start), Some(&end)) => &self.entries[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Adds to each article's score what the words of a query are worth in it, pairs and parts aside.
    pub fn score(&self, query: &Query, scores: &mut [f32]) {
        for term in query.words() {
            let Some(id) = term.id else { continue };
            let weight = term.weight / STEPS;
            for entry in self.of(id) {
                scores[(entry >> 8) as usize] += weight * (entry & 0xff) as f32;
            }
        }
    }

    /// What the article at that place holds of a query, looked up in what it says.
    pub fn held(&self, spoken: &Spoken, place: usize, asker: &mut Asker<'_>) -> Held {
        let mut said = std::mem::take(&mut asker.said);
        spoken.open(place, &mut said);
        asker.clear();
        whole(&said, |field, words| asker.add(field, words));
        let mut held = Held {
            score: asker.score(&WEIGHTS.whole, WEIGHTS.k1, &self.whole),
            sections: Vec::new(),
        };
        let mut best = 0.0_f32;
        let title = said.all(Run::Title);
        each_part(&said, |section, has_steps, heading, piece| {
            asker.clear();
            asker.add(Field::Title, &title);
            asker.add(Field::Headings, heading);
            asker.add(Field::Body, piece);
            let score = asker.score(&WEIGHTS.part, WEIGHTS.part_k1, &self.part);
            best = best.max(score);
            let worth = score * if has_steps { WEIGHTS.steps } else { 1.0 };
            keep(&mut held.sections, section, worth);
        });
        held.score += WEIGHTS.parts * best;
        asker.said = said;
        held
    }
}

impl Count {
    fn add(&mut self, other: Count) {
        for (holders, more) in self.holders.iter_mut().zip(other.holders) {
            *holders += more;
        }
        self.pairs.merge(&other.pairs);
        self.whole.merge(&other.whole);
        self.part.merge(&other.part);
    }
}

fn count(spoken: &Spoken, places: &[usize], terms: usize) -> Count {
    let mut count = Count {
        holders: vec![0; terms],
        pairs: PairCounts::default(),
        whole: Averages::default(),
        part: Averages::default(),
    };
    let mut said = Unpacked::default();
    let mut document = Document::default();
    let mut pairs: Vec<u32> = Vec::new();
    for &place in places {
        spoken.open(place, &mut said);
        read_whole(&said, &mut document);
        document.each(|term, _| count.holders[term as usize] += 1);
        count.whole.add(document.lengths());
        pairs.clear();
        whole(&said, |_, words| pairs.extend(neighbours(words)));
        pairs.sort_unstable();
        pairs.dedup();
        count.pairs.add(pairs.drain(..));
        let title = said.all(Run::Title).len() as u32;
        each_part(&said, |_, _, heading, piece| {
            let mut lengths = Lengths::default();
            lengths[Field::Title as usize] = title;
            lengths[Field::Headings as usize] = heading.len() as u32;
            lengths[Field::Body as usize] = piece.len() as u32;
            count.part.add(&lengths);
        });
    }
    count
}

fn read_whole(said: &Unpacked, document: &mut Document) {
    document.clear();
    whole(said, |field, words| document.add_words(field, words));
    document.sort();
}

/// The pairs of neighbours among words.
fn neighbours(words: &[Said]) -> impl Iterator<Item = u32> {
    let apart = words.iter().filter(|word| !word.is_joined());
    let after = apart.clone().skip(1);
    apart
        .zip(after)
        .map(|(one, other)| counted(one.term(), other.term()))
}

/// Tells the words of an article by their fields; what is told of a field together has pairs.
pub(super) fn whole(said: &Unpacked, mut told: impl FnMut(Field, &[Said])) {
    for (kind, field) in [
        (Run::Title, Field::Title),
        (Run::Summary, Field::Summary),
        (Run::Heading, Field::Headings),
        (Run::Tags, Field::Tags),
        (Run::Ask, Field::Asks),
        (Run::Aliases, Field::Aliases),
    ] {
        told(field, &said.all(kind));
    }
    for (_, words, _) in said.sections() {
        told(Field::Body, words);
    }
}

/// Tells the parts of an article: which section each is of, whether that has steps, the words of its heading, and its own.
pub(super) fn each_part(said: &Unpacked, mut told: impl FnMut(u32, bool, &[Said], &[Said])) {
    for ((heading, words, has_steps), section) in said.sections().zip(0..) {
        // A section without words of its own is still found by its heading.
        let pieces = words
            .chunks(WEIGHTS.part_length)
            .chain(words.is_empty().then_some(&[][..]));
        for piece in pieces {
            told(section, has_steps, heading, piece);
        }
    }
}

/// Counts the terms of one query in one article after the other.
#[derive(Debug)]
pub(super) struct Asker<'q> {
    query: &'q Query,
    /// The query's terms by their numbers, with their places in it.
    places: Vec<(u32, usize)>,
    /// Which of the lowest bits of a number some term has: most words of an article are not asked for.
    asked: [u64; ASKED],
    counts: Vec<Counts>,
    lengths: Lengths,
    said: Unpacked,
}

/// So many times 64 kinds of number are told apart.
const ASKED: usize = 16;

impl<'q> Asker<'q> {
    /// Of this query.
    pub fn new(query: &'q Query) -> Asker<'q> {
        let terms = query.terms().iter().zip(0..);
        let mut places: Vec<(u32, usize)> = terms
            .filter_map(|(term, place)| Some((term.id?, place)))
            .collect();
        places.sort_unstable();
        let mut asked = [0; ASKED];
        for (id, _) in &places {
            let (at, bit) = spot(*id);
            asked[at] |= bit;
        }
        Asker {
            counts: vec![Counts::default(); query.terms().len()],
            query,
            places,
            asked,
            lengths: Lengths::default(),
            said: Unpacked::default(),
        }
    }

    fn clear(&mut self) {
        self.counts.fill(Counts::default());
        self.lengths = Lengths::default();
    }

    /// Counts the words of a field, and their pairs.
    fn add(&mut self, field: Field, words: &[Said]) {
        self.lengths[field as usize] += words.len() as u32;
        let mut before = None;
        for word in words {
            let id = word.term();
            let is_asked = self.count(id, field);
            if word.is_joined() {
                continue;
            }
            if let Some(before) = before
                && is_asked
            {
                self.count(counted(before, id), field);
            }
            before = is_asked.then_some(id);
        }
    }

    /// Counts a term, and tells whether it is asked for.
    fn count(&mut self, id: u32, field: Field) -> bool {
        let (at, bit) = spot(id);
        if self.asked[at] & bit == 0 {
            return false;
        }
        let found = self.places.binary_search_by_key(&id, |&(id, _)| id);
        let Ok(found) = found else { return false };
        let count = &mut self.counts[self.places[found].1][field as usize];
        *count = count.saturating_add(1);
        true
    }

    fn score(&self, weights: &[FieldWeight; FIELDS], k1: f32, averages: &[f32; FIELDS]) -> f32 {
        let terms = self.query.terms().iter().zip(&self.counts);
        terms
            .filter(|(_, counts)| counts.iter().any(|&count| count > 0))
            .map(|(term, counts)| {
                term.weight * saturated(weights, k1, counts, &self.lengths, averages)
            })
            .sum()
    }
}

fn spot(id: u32) -> (usize, u64) {
    // The bit that pairs have is mixed in, so that they do not fall on the words of the same number.
    let id = id ^ (id >> 22);
    ((id >> 6) as usize % ASKED, 1 << (id & 63))
}
