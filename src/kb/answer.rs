//! The way from a question to an answer.

use super::article::Article;
use super::confidence::{AMBIGUOUS, Evidence, MAYBE};
use super::encoded::Encoded;
use super::extract::{self, Extract};
use super::index::Index;
use super::query::{Heard, Query};
use super::question::{self, Question};
use super::reader::Reader;
use super::second_look::{self, LOOKED_AT};
use super::words;
use std::sync::Arc;

/// What the knowledge base has to say to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What to do with it.
    pub verdict: Verdict,
    /// The articles that fit, best first, at most ten. Empty for small talk and empty questions.
    pub matches: Vec<Match>,
    /// The probability that the first match is right, from 0 to 1.
    pub confidence: f64,
    /// By how much that was moved by what outcomes taught, in log-odds; 0 where nothing was learned.
    pub leaning: f64,
    /// What was made of the question's words.
    pub heard: Heard,
}

/// What to do with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Show the first match.
    Sure,
    /// Ask which of the first three was meant.
    Maybe,
    /// Say that nothing is known, and offer a ticket.
    Unknown,
    /// Be polite, and say what can be asked.
    SmallTalk,
    /// Ask for a question.
    Empty,
}

/// An article that fits a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The article.
    pub article: Arc<Article>,
    /// How well it fits; comparable only among the matches of one question.
    pub score: f64,
    /// The probability that it is right, from 0 to 1.
    pub confidence: f64,
    /// What that probability rests on.
    pub evidence: Evidence,
    /// What of it to show.
    pub extract: Extract,
}

const MOST_MATCHES: usize = 10;

/// Answers a question of `reader`'s.
pub(super) fn answer(
    index: &Index,
    encoded: Option<&Encoded>,
    typed: &str,
    reader: Reader,
) -> Answer {
    let nothing = |verdict| Answer {
        verdict,
        matches: Vec::new(),
        confidence: 0.0,
        leaning: 0.0,
        heard: Heard::default(),
    };
    let asked = match question::understand(typed) {
        Question::Empty => return nothing(Verdict::Empty),
        Question::SmallTalk => return nothing(Verdict::SmallTalk),
        Question::Asked { text, words } => (text, words),
    };
    let mut query = index.look_up(&asked.0, &asked.1);
    query.sense = encoded.and_then(|encoded| encoded.question(&query.corrected(&asked.0)));
    let matches = find(index, encoded, &query, MOST_MATCHES, reader);
    let (confidence, sure) = matches.first().map_or((0.0, 1.0), |first| {
        (first.confidence, first.evidence.sure())
    });
    let verdict = if confidence >= sure {
        Verdict::Sure
    } else if confidence >= MAYBE {
        Verdict::Maybe
    } else {
        Verdict::Unknown
    };
    Answer {
        verdict,
        matches,
        confidence,
        leaning: 0.0,
        heard: query.heard,
    }
}

/// Searches for words, without judging whether they are a question.
pub(super) fn search(index: &Index, typed: &str, limit: usize, reader: Reader) -> Vec<Match> {
    let mut query = index.look_up(typed, &words::words(typed));
    // Whoever types a word into a search wants the articles that have it.
    query.meaning.clear();
    find(index, None, &query, limit, reader)
}

/// The articles that the encoder would look at for a question.
pub(super) fn shortlist(index: &Index, typed: &str) -> Vec<Arc<Article>> {
    let Question::Asked { text, words } = question::understand(typed) else {
        return Vec::new();
    };
    let hits = index.rank(&index.look_up(&text, &words), LOOKED_AT, Reader::ALL);
    let places = hits.iter().map(|hit| hit.place as usize);
    places
        .filter_map(|place| index.articles().get(place).cloned())
        .collect()
}

fn find(
    index: &Index,
    encoded: Option<&Encoded>,
    query: &Query,
    limit: usize,
    reader: Reader,
) -> Vec<Match> {
    // One more than is wanted: whether a second article is named after the same thing decides how sure the first is.
    let wanted = limit.saturating_add(1);
    let hits = match (encoded, &query.sense) {
        (Some(encoded), Some(sense)) => {
            let hits = index.rank(query, wanted.max(LOOKED_AT), reader);
            second_look::take(encoded, index, sense, hits, wanted)
        }
        _ => index.rank(query, wanted, reader),
    };
    // "Printer" alone names a subject, not a question: where several articles are named after it, the asker chooses.
    let named_so = hits.iter().filter(|hit| hit.echo > 0.0).count();
    let most = if query.is_single_word() && named_so > 1 {
        AMBIGUOUS
    } else {
        1.0
    };
    let weigher = index.weigh(query);
    let rank = |at: usize| hits.get(at).map_or(0.0, |hit| hit.rank);
    hits.iter()
        .enumerate()
        .take(limit)
        .filter_map(|(at, hit)| {
            let article = index.articles().get(hit.place as usize)?;
            let other = rank(usize::from(at == 0));
            let has_meaning = !query.meaning.is_empty();
            let evidence = Evidence::new(hit, query.best_possible(), other, has_meaning);
            let section = index.section_to_show(encoded, query, hit);
            Some(Match {
                evidence,
                score: f64::from(hit.rank),
                confidence: evidence.confidence().min(most),
                extract: extract::choose(article, section, &weigher),
                article: Arc::clone(article),
            })
        })
        .collect()
}
