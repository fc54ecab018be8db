//! What outcomes teach about how sure to be, within bounds.
//!
//! The confidence that comes with Deskhand was fitted to other articles and other people. Where a desk's own answers help more
//! often than they say, or less, all of them are moved by one number in log-odds: that keeps their order, needs few outcomes, and
//! cannot go far wrong.

use super::answer::{Answer, Verdict};
use super::confidence::{AMBIGUOUS, MAYBE};

/// It moves no further, in log-odds: 0.55 becomes 0.37 or 0.72 at most.
pub const FARTHEST: f64 = 0.75;

/// Fewer outcomes teach nothing.
pub const AT_LEAST: usize = 20;

/// How strange it would be to have to move, as the standard deviation of a normal prior in log-odds: a hundred outcomes weigh
/// about five times as much as it does.
const SPREAD: f64 = 0.5;

/// By how much to move, from how sure each answer was before it was moved, and whether it helped; 0 where they are too few.
///
/// The most probable offset of a logistic model with a normal prior, by Newton's method: the curve has one top.
pub fn learned(outcomes: &[(f64, bool)]) -> f64 {
    if outcomes.len() < AT_LEAST {
        return 0.0;
    }
    let mut offset = 0.0_f64;
    for _ in 0..50 {
        let (mut slope, mut bend) = (-offset / (SPREAD * SPREAD), 1.0 / (SPREAD * SPREAD));
        for &(sure, helped) in outcomes {
            let now = moved(sure, offset);
            slope += f64::from(u8::from(helped)) - now;
            bend += now * (1.0 - now);
        }
        let step = slope / bend;
        offset += step;
        if step.abs() < 1e-9 {
            break;
        }
    }
    offset.clamp(-FARTHEST, FARTHEST)
}

/// A probability, moved by that much in log-odds.
fn moved(probability: f64, by: f64) -> f64 {
    let sure = probability.clamp(1e-6, 1.0 - 1e-6);
    1.0 / (1.0 + ((1.0 - sure) / sure) * (-by).exp())
}

impl Answer {
    /// How sure it was before what was learned moved it: what is learned from.
    pub fn unmoved(&self) -> f64 {
        match self.leaning == 0.0 {
            true => self.confidence,
            false => moved(self.confidence, -self.leaning),
        }
    }

    /// The same answer, with all that was learned about how sure to be.
    pub(super) fn leaning(mut self, by: f64) -> Answer {
        if by == 0.0 || self.matches.is_empty() {
            return self;
        }
        for found in &mut self.matches {
            // A single word that several articles are named after stays a subject, however much was learned.
            let capped = found.confidence < found.evidence.confidence();
            let most = if capped { AMBIGUOUS } else { 1.0 };
            found.confidence = moved(found.confidence, by).min(most);
        }
        let first = &self.matches[0];
        self.confidence = first.confidence;
        self.verdict = if self.confidence >= first.evidence.sure() {
            Verdict::Sure
        } else if self.confidence >= MAYBE {
            Verdict::Maybe
        } else {
            Verdict::Unknown
        };
        self.leaning = by;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::Kb;

    fn outcomes(sure: f64, helped: usize, not: usize) -> Vec<(f64, bool)> {
        let mut all = vec![(sure, true); helped];
        all.extend(vec![(sure, false); not]);
        all
    }

    #[test]
    fn it_moves_towards_what_happens_and_no_further_than_its_bounds() {
        assert_eq!(learned(&outcomes(0.9, 0, 19)), 0.0, "too few");
        let right = learned(&outcomes(0.8, 80, 20));
        assert!(right.abs() < 0.001, "{right}");
        let careful = learned(&outcomes(0.8, 60, 40));
        assert!((-0.9..-0.4).contains(&careful), "{careful}");
        let careless = learned(&outcomes(0.8, 95, 5));
        assert!(careless > 0.4, "{careless}");
        assert_eq!(learned(&outcomes(0.9, 0, 1000)), -FARTHEST);
        assert_eq!(learned(&outcomes(0.6, 1000, 0)), FARTHEST);
        let few = learned(&outcomes(0.8, 12, 8));
        assert!(
            few < 0.0 && few > careful,
            "fewer outcomes, a smaller step: {few}"
        );
    }

    #[test]
    fn the_order_stays_and_the_verdict_follows() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, about) in [
            ("vpn", "the vpn does not connect"),
            ("wifi", "the wifi is slow"),
        ] {
            let text =
                format!("---\ntitle: About {name}\nasks: [{about}]\n---\n{about}: restart it.\n");
            std::fs::write(folder.path().join(format!("{name}.md")), text).expect("written");
        }
        let kb = Kb::open(folder.path());
        let question = "vpn does not connect today";
        let shipped = kb.answer(question);
        assert_eq!(shipped.verdict, Verdict::Sure, "{}", shipped.confidence);
        kb.lean(-FARTHEST);
        let careful = kb.answer(question);
        assert!(careful.confidence < shipped.confidence);
        assert!((careful.leaning + FARTHEST).abs() < 1e-9);
        let order = |answer: &Answer| -> Vec<String> {
            let ids = answer.matches.iter();
            ids.map(|found| found.article.id.to_string()).collect()
        };
        assert_eq!(order(&careful), order(&shipped));
        assert!((moved(careful.confidence, FARTHEST) - shipped.confidence).abs() < 1e-6);
        kb.lean(0.0);
        assert_eq!(kb.answer(question), shipped);
    }
}
