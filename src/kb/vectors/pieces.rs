//! What the encoder made of one article: a vector for each of its pieces, a byte a number.

use super::rounded;

/// How a vector's file begins. It changes when pieces are cut otherwise, so that no vector of an older cut is used.
pub(in crate::kb) const MARK: &[u8; 4] = b"DHV\x01";

/// A vector for each piece of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    width: usize,
    /// Piece by piece.
    steps: Vec<i8>,
    scales: Vec<f32>,
}

impl Vectors {
    pub(in crate::kb) fn new(vectors: &[Vec<f32>]) -> Vectors {
        let (scales, steps): (Vec<f32>, Vec<Vec<i8>>) =
            vectors.iter().map(|vector| rounded(vector)).unzip();
        Vectors {
            width: vectors.first().map_or(0, Vec::len),
            steps: steps.concat(),
            scales,
        }
    }

    /// How many bytes they take.
    pub(in crate::kb) fn size(&self) -> usize {
        self.steps.len() + size_of_val(self.scales.as_slice())
    }

    /// How near the nearest piece is to a question, as a cosine from -1 to 1. None if there is no piece, or the question's
    /// vector is of another kind.
    pub(in crate::kb) fn nearest(&self, question: &[f32]) -> Option<f32> {
        self.cosines(question)?.max_by(f32::total_cmp)
    }

    /// How near each piece is.
    pub(in crate::kb) fn cosines(&self, question: &[f32]) -> Option<impl Iterator<Item = f32>> {
        if self.width == 0 || self.width != question.len() {
            return None;
        }
        let pieces = self.steps.chunks_exact(self.width).zip(&self.scales);
        Some(pieces.map(move |(steps, scale)| {
            let sum: f32 = steps
                .iter()
                .zip(question)
                .map(|(&a, b)| f32::from(a) * b)
                .sum();
            sum * scale
        }))
    }

    /// The bytes that they are kept as.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        bytes.extend((self.width as u32).to_le_bytes());
        let pieces = self.steps.chunks_exact(self.width.max(1));
        for (steps, scale) in pieces.zip(&self.scales) {
            bytes.extend(scale.to_le_bytes());
            bytes.extend(steps.iter().map(|step| step.cast_unsigned()));
        }
        bytes
    }

    /// Reads them again; none if the bytes are not theirs.
    pub fn from_bytes(bytes: &[u8]) -> Option<Vectors> {
        let four = |bytes: &[u8]| -> Option<[u8; 4]> { bytes.get(..4)?.try_into().ok() };
        let rest = bytes.strip_prefix(MARK)?;
        let width = u32::from_le_bytes(four(rest)?) as usize;
        let mut vectors = Vectors {
            width,
            steps: Vec::new(),
            scales: Vec::new(),
        };
        let pieces = rest.get(4..)?.chunks_exact(width.checked_add(4)?);
        if width == 0 || !pieces.remainder().is_empty() {
            return None;
        }
        for piece in pieces {
            let scale = f32::from_le_bytes(four(piece)?);
            vectors
                .scales
                .push(Some(scale).filter(|scale| scale.is_finite())?);
            vectors
                .steps
                .extend(piece[4..].iter().map(|step| step.cast_signed()));
        }
        Some(vectors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_survive_their_bytes_and_nothing_else_is_taken_for_them() {
        let vectors = Vectors::new(&[vec![0.6, -0.8], vec![0.0, 1.0], vec![0.0, 0.0]]);
        let bytes = vectors.to_bytes();
        assert_eq!(Vectors::from_bytes(&bytes), Some(vectors));
        for end in (0..bytes.len()).filter(|end| *end < 8 || (end - 8) % 6 > 0) {
            assert_eq!(Vectors::from_bytes(&bytes[..end]), None, "{end}");
        }
        let mut endless = bytes.clone();
        endless[8..12].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(Vectors::from_bytes(&endless), None);
        let mut older = bytes;
        older[3] = 0;
        assert_eq!(Vectors::from_bytes(&older), None);
    }
}
