//! Scores of different rankers, made comparable.

/// How the scores of one ranker lie for one question, so that those of different rankers can be added.
pub(super) struct Scale {
    mean: f32,
    spread: f32,
}

impl Scale {
    /// Of all scores of a question, or of a fair sample of them.
    pub fn of(scores: &[f32]) -> Scale {
        let count = scores.len().max(1) as f32;
        let mean = scores.iter().sum::<f32>() / count;
        let variance = scores
            .iter()
            .map(|score| (score - mean).powi(2))
            .sum::<f32>()
            / count;
        Scale {
            mean,
            spread: variance.sqrt(),
        }
    }

    /// The scale of scores that are as many times as high.
    pub fn times(&self, factor: f32) -> Scale {
        Scale {
            mean: factor * self.mean,
            spread: factor * self.spread,
        }
    }

    /// How many spreads a score lies above the mean; 0 where all are equal.
    pub fn place(&self, score: f32) -> f32 {
        if self.spread > 0.0 {
            (score - self.mean) / self.spread
        } else {
            0.0
        }
    }
}
