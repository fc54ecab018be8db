//! How sure the engine is that the article it found is the right one.

use super::index::Coverage;

/// What the judgement rests on. All but the last lie between 0 and 1, whatever the size of the knowledge base.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    pub fit: f32,
    pub held: f32,
    pub named: f32,
    pub lead: f32,
    pub pairs: f32,
    pub known: f32,
    pub length: f32,
}

impl Evidence {
    pub fn new(score: f32, rival: f32, best_possible: f32, coverage: &Coverage) -> Evidence {
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        Evidence {
            fit: share(score, best_possible),
            held: share(coverage.held, coverage.asked),
            named: share(coverage.named, coverage.asked),
            lead: share(score - rival, score.max(rival)),
            pairs: share(coverage.pairs_held, coverage.asked),
            known: share(coverage.known, coverage.asked),
            length: (coverage.words.max(1) as f32).ln(),
        }
    }

    /// The probability that the article is right.
    pub fn confidence(&self) -> f64 {
        let sum = -6.0 + 6.0 * self.fit + 3.0 * self.held + 2.0 * self.named + 2.0 * self.lead;
        1.0 / (1.0 + f64::from(-sum).exp())
    }
}

/// From here the first article is shown.
pub(super) const SURE: f64 = 0.6;

/// From here several are offered.
pub(super) const MAYBE: f64 = 0.25;
