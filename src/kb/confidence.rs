//! How sure the engine is that the article it found is the right one.
//!
//! A logistic model of three features, fitted (L2 penalty 1) to whether the first article was right, on three sets:
//!
//! * 396 labelled questions over 217 articles: forum posts, rephrased frequent questions, and 180 that the articles do
//!   not answer (some because their article was removed, some on other products, some on anything, some small talk);
//! * the 631 questions (`asks`) of this project's 127 articles, each asked while it was missing from its own article;
//! * 631 of them again, asked while their whole article was missing, so that no answer can be right.
//!
//! The first set weighs 1 a question, the second 0.3, the third 0.1: desks get such questions, but far fewer than these
//! sets hold, and a neighbouring article often does help. Scored on the first set: an area under the curve of 0.90 (in
//! scope against out of it; 0.92 against questions whose article was removed), and 55 % of the questions in scope are
//! answered rightly where 5 % of those out of scope are answered at all. Coverage of the question by the article,
//! by its title and headings, its pairs, known words, and its length were tried as features and left out: they add nothing
//! to these three, but for the length, which only tells the sources of the first set apart.

use super::index::Hit;

/// What the judgement rests on. Each lies between 0 and 1, whatever the size of the knowledge base, but for a lead that
/// is negative where another article is ahead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// The score as a share of the best that could be had.
    pub fit: f32,
    /// How far the article is ahead of the next, as a share of the higher score.
    pub lead: f32,
    /// How alike the question is to the article's title, or to one of the questions it lists.
    pub echo: f32,
}

impl Evidence {
    /// Compares a hit with the best possible score and with the best of the others.
    pub fn new(hit: &Hit, rival: f32, best_possible: f32) -> Evidence {
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        Evidence {
            fit: share(hit.score, best_possible),
            lead: share(hit.score - rival, hit.score.max(rival)),
            echo: hit.echo,
        }
    }

    /// The probability that the article is right.
    pub fn confidence(&self) -> f64 {
        let sum = -2.50 + 3.43 * self.fit + 2.88 * self.lead + 1.53 * self.echo;
        1.0 / (1.0 + f64::from(-sum).exp())
    }
}

/// From here the first article is shown. On the first set 56 % of the questions in scope are then answered rightly, 5 %
/// wrongly, and of those out of scope 6 % are answered.
pub(super) const SURE: f64 = 0.55;

/// From here several articles are offered, below nothing is. On the first set 81 % of the questions out of scope stay
/// below; of those in scope whose first article is right, 7 % do.
pub(super) const MAYBE: f64 = 0.30;

/// No article is likelier than this where a single word is asked that several are named after.
pub(super) const AMBIGUOUS: f64 = 0.50;
