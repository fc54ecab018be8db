//! The arithmetic of the figures, over confidences and places.

/// The probability that one of `sure` is higher than one of `unsure`; a tie counts half. None if either is empty.
pub(super) fn auroc(sure: &[f64], unsure: &[f64]) -> Option<f64> {
    if sure.is_empty() || unsure.is_empty() {
        return None;
    }
    let mut all: Vec<(f64, bool)> = sure
        .iter()
        .map(|&value| (value, true))
        .chain(unsure.iter().map(|&value| (value, false)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut won) = (0.0, 0.0);
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        let ours = equal.iter().filter(|(_, sure)| *sure).count() as f64;
        let theirs = equal.len() as f64 - ours;
        won += ours * (below + theirs / 2.0);
        below += theirs;
    }
    Some(won / (sure.len() * unsure.len()) as f64)
}

/// The lowest confidence above which at most `share` of the questions out of scope are answered.
pub(super) fn threshold(out_of_scope: &[f64], share: f64) -> f64 {
    let mut falling = out_of_scope.to_vec();
    falling.sort_by(|a, b| b.total_cmp(a));
    let allowed = (share * falling.len() as f64) as usize;
    falling.get(allowed).copied().unwrap_or(f64::NEG_INFINITY)
}

/// The expected calibration error: by how much confidence and success differ, over ten bins of equal width.
pub(super) fn calibration_error(judged: &[(f64, bool)]) -> f64 {
    const BINS: usize = 10;
    // Per bin, confidence less success.
    let mut bins = [0.0_f64; BINS];
    for &(confidence, right) in judged {
        let bin = ((confidence * BINS as f64) as usize).min(BINS - 1);
        bins[bin] += confidence - f64::from(u8::from(right));
    }
    let total: f64 = bins.iter().map(|bin| bin.abs()).sum();
    if judged.is_empty() {
        0.0
    } else {
        total / judged.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auroc_counts_pairs_in_order_and_ties_half() {
        assert_eq!(auroc(&[0.9, 0.8], &[0.1, 0.2]), Some(1.0));
        assert_eq!(auroc(&[0.1], &[0.2]), Some(0.0));
        assert_eq!(auroc(&[0.5, 0.5], &[0.5]), Some(0.5));
        assert_eq!(auroc(&[0.3, 0.9], &[0.3, 0.6]), Some(0.625));
        assert_eq!(auroc(&[], &[0.5]), None);
        assert_eq!(auroc(&[0.5], &[]), None);
    }

    #[test]
    fn the_threshold_lets_so_many_through_and_no_more() {
        let rising: Vec<f64> = (0..100).map(f64::from).collect();
        let at = threshold(&rising, 0.05);
        assert_eq!(rising.iter().filter(|&&value| value > at).count(), 5);
        assert_eq!(threshold(&[0.4, 0.4], 0.5), 0.4);
        assert_eq!(threshold(&[], 0.05), f64::NEG_INFINITY);
    }

    #[test]
    fn calibration_is_judged_bin_by_bin() {
        let judged = [(0.95, true), (0.95, true), (0.15, false), (1.0, true)];
        assert!((calibration_error(&judged) - (0.1 + 0.15) / 4.0).abs() < 1e-9);
        // Too sure in one bin and too unsure in another do not make up for each other.
        let judged = [(0.75, false), (0.25, true)];
        assert!((calibration_error(&judged) - 0.75).abs() < 1e-9);
        assert_eq!(calibration_error(&[]), 0.0);
    }
}
