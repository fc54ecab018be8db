//! The table: a vector for each token, so that a text's meaning is the mean of its tokens'. It needs no model to run, and
//! is made by `learn`.

use super::encoder::unit;
use super::wordpiece::{Vocabulary, each_word};
use crate::kb::quick::QuickMap;
use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use thiserror::Error;

/// What a table's file begins with; the last byte is the version of the form.
const MARK: &[u8; 8] = b"DHTABLE\x01";

/// Questions are heard, and pieces of articles are read, up to so many tokens.
const MOST_TOKENS: usize = 512;

/// A vector for each token of a vocabulary.
#[derive(Clone)]
pub struct Table {
    vocabulary: Vocabulary,
    lines: String,
    /// How many numbers a vector has.
    width: usize,
    /// What the bytes of each row are to be multiplied by.
    scales: Vec<f32>,
    /// Row by row, each number as the byte of an `i8`.
    rows: Cow<'static, [u8]>,
}

/// The bytes are no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("it is no table of this version, or only a part of one")]
pub struct NoTable;

/// A file that was named as a table cannot be used as one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the table {} cannot be used: {why}", path.display())]
pub struct Unusable {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("tokens", &self.vocabulary.len())
            .field("width", &self.width)
            .finish_non_exhaustive()
    }
}

impl Table {
    /// A table with these rows, one for each line of the vocabulary, all of the same length. Each number is rounded to
    /// one of 255 steps of its row.
    ///
    /// # Errors
    /// When the vocabulary is none, or the rows are not as many or not as long as they have to be.
    pub(super) fn new(lines: &str, rows: &[f32], width: usize) -> Result<Table, NoTable> {
        let vocabulary = Vocabulary::new(lines).ok_or(NoTable)?;
        if width == 0 || rows.len() != vocabulary.len() * width {
            return Err(NoTable);
        }
        let (scales, bytes): (Vec<f32>, Vec<Vec<i8>>) = rows.chunks(width).map(rounded).unzip();
        let bytes: Vec<u8> = bytes
            .concat()
            .iter()
            .map(|step| step.cast_unsigned())
            .collect();
        Ok(Table {
            vocabulary,
            lines: lines.to_owned(),
            width,
            scales,
            rows: Cow::Owned(bytes),
        })
    }

    /// The table that comes with Deskhand: `english.table`, beside which stands how it was made.
    pub fn built_in() -> Arc<Table> {
        static BUILT_IN: LazyLock<Arc<Table>> = LazyLock::new(|| {
            let bytes: &[u8] = include_bytes!("english.table");
            Arc::new(Table::read(Cow::Borrowed(bytes)).expect("the table in the program is whole"))
        });
        Arc::clone(&BUILT_IN)
    }

    /// The table in a file that `learn` has made, or the built-in one if no file is named.
    ///
    /// # Errors
    /// When the file cannot be read, or is no table.
    pub fn chosen(path: Option<&Path>) -> Result<Arc<Table>, Unusable> {
        let Some(path) = path else {
            return Ok(Table::built_in());
        };
        let of = |why: String| Unusable {
            path: path.to_owned(),
            why,
        };
        let bytes = std::fs::read(path).map_err(|error| of(error.to_string()))?;
        let table = Table::read(Cow::Owned(bytes)).map_err(|error| of(error.to_string()))?;
        Ok(Arc::new(table))
    }

    /// Reads a table from the bytes of its file.
    ///
    /// # Errors
    /// When they are none.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Table, NoTable> {
        let number = |at: usize| -> Result<usize, NoTable> {
            let four = bytes.get(at..at + 4).ok_or(NoTable)?;
            let four: [u8; 4] = four.try_into().map_err(|_| NoTable)?;
            usize::try_from(u32::from_le_bytes(four)).map_err(|_| NoTable)
        };
        if !bytes.starts_with(MARK) {
            return Err(NoTable);
        }
        let (width, length) = (number(8)?, number(12)?);
        let end = length.checked_add(16).ok_or(NoTable)?;
        let lines = std::str::from_utf8(bytes.get(16..end).ok_or(NoTable)?).map_err(|_| NoTable)?;
        let lines = lines.to_owned();
        let vocabulary = Vocabulary::new(&lines).ok_or(NoTable)?;
        let rows_at = end + 4 * vocabulary.len();
        let scales: Vec<f32> = bytes
            .get(end..rows_at)
            .ok_or(NoTable)?
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            .collect();
        let wanted = vocabulary.len().checked_mul(width).ok_or(NoTable)?;
        if width == 0
            || bytes.len() - rows_at != wanted
            || !scales.iter().all(|scale| scale.is_finite())
        {
            return Err(NoTable);
        }
        let rows = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[rows_at..]),
            Cow::Owned(bytes) => Cow::Owned(bytes[rows_at..].to_vec()),
        };
        Ok(Table {
            vocabulary,
            lines,
            width,
            scales,
            rows,
        })
    }

    /// The bytes of its file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        // Neither is near two to the thirty-second: both were counted in memory.
        for number in [self.width as u32, self.lines.len() as u32] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.lines.as_bytes());
        for scale in &self.scales {
            bytes.extend(scale.to_le_bytes());
        }
        bytes.extend(&*self.rows);
        bytes
    }

    /// How many numbers a vector has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether it knows a word as one, and not only pieces of it.
    pub(in crate::kb) fn knows(&self, word: &str) -> bool {
        self.vocabulary.find(word).is_some()
    }

    /// The vector of a text, of length one; all zeroes where it knows nothing of it.
    pub(in crate::kb) fn encode(&self, text: &str) -> Vec<f32> {
        unit(&self.sum(text))
    }

    /// The sum of the vectors of a text's tokens.
    pub(super) fn sum(&self, text: &str) -> Vec<f32> {
        let mut sum = vec![0.0_f32; self.width];
        for token in self.vocabulary.tokens(text, MOST_TOKENS) {
            self.add(token, &mut sum);
        }
        sum
    }

    fn add(&self, token: u32, sum: &mut [f32]) {
        let token = token as usize;
        let row = &self.rows[token * self.width..][..self.width];
        let scale = self.scales[token];
        for (sum, &byte) in sum.iter_mut().zip(row) {
            *sum += scale * f32::from(byte.cast_signed());
        }
    }
}

/// Sums the vectors of many texts, and remembers those of the words it meets: most texts are made of the same ones.
pub(super) struct Sums<'a> {
    table: &'a Table,
    /// Where the vector of a word stands, and of how many tokens it is the sum.
    words: QuickMap<Box<str>, (usize, usize)>,
    vectors: Vec<f32>,
    tokens: Vec<u32>,
}

/// So many words are remembered: some megabytes.
const REMEMBERED: usize = 12_000;

impl<'a> Sums<'a> {
    /// By this table.
    pub fn new(table: &'a Table) -> Sums<'a> {
        Sums {
            table,
            words: QuickMap::default(),
            vectors: Vec::new(),
            tokens: Vec::new(),
        }
    }

    /// The sum of the vectors of a text's tokens, as [`Table::sum`] has it.
    pub fn sum(&mut self, text: &str) -> Vec<f32> {
        let mut sum = vec![0.0_f32; self.table.width];
        let mut left = MOST_TOKENS;
        each_word(text, |word| {
            left = left.saturating_sub(self.add(word, left, &mut sum));
            left > 0
        });
        sum
    }

    /// Adds the vectors of a word's tokens, at most `most` of them, and tells how many those are.
    fn add(&mut self, word: &str, most: usize, sum: &mut [f32]) -> usize {
        let width = self.table.width;
        let known = self.words.get(word).copied();
        let (at, tokens) = known.unwrap_or_else(|| {
            self.tokens.clear();
            self.table.vocabulary.cut(word, &mut self.tokens);
            let at = self.vectors.len();
            if self.words.len() < REMEMBERED {
                self.words.insert(word.into(), (at, self.tokens.len()));
            }
            self.vectors.resize(at + width, 0.0);
            for &token in &self.tokens {
                self.table.add(token, &mut self.vectors[at..]);
            }
            (at, self.tokens.len())
        });
        if tokens > most {
            // The last word of a text that is cut off.
            self.tokens.clear();
            self.table.vocabulary.cut(word, &mut self.tokens);
            for &token in &self.tokens[..most] {
                self.table.add(token, sum);
            }
        } else {
            let vector = &self.vectors[at..at + width];
            for (sum, more) in sum.iter_mut().zip(vector) {
                *sum += more;
            }
        }
        if known.is_none() && self.words.len() >= REMEMBERED {
            // No word was remembered from here on.
            self.vectors.truncate(REMEMBERED * width);
        }
        tokens
    }
}

/// A vector in steps of an eighth-bit integer, and what to multiply them by.
pub(in crate::kb) fn rounded(vector: &[f32]) -> (f32, Vec<i8>) {
    let largest = vector.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
    if largest == 0.0 {
        return (0.0, vec![0; vector.len()]);
    }
    let scale = largest / 127.0;
    let steps = vector.iter().map(|x| (x / scale).round() as i8).collect();
    (scale, steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "[UNK]\nvpn\nprinter";

    fn table() -> Table {
        let rows = [0.0, 0.0, 2.0, 0.0, -0.5, 0.5];
        Table::new(LINES, &rows, 2).expect("three rows of two")
    }

    #[test]
    fn a_text_is_the_mean_of_its_tokens() {
        let table = table();
        assert_eq!(table.encode("VPN"), [1.0, 0.0]);
        assert_eq!(table.encode("vpn vpn football"), [1.0, 0.0]);
        assert_eq!(table.encode("football"), [0.0, 0.0]);
        let both = table.encode("vpn printer printer printer printer");
        assert!(
            (both[0] - 0.0).abs() < 0.02 && (both[1] - 1.0).abs() < 0.02,
            "{both:?}"
        );
    }

    #[test]
    fn sums_are_the_same_with_a_memory_for_words() {
        let table = table();
        let mut sums = Sums::new(&table);
        let long = "vpn printer football ".repeat(MOST_TOKENS);
        for text in ["VPN", "vpn printer", "printer, vpn?", "", &long] {
            assert_eq!(sums.sum(text), table.sum(text), "{text}");
        }
        // More words than it remembers.
        for number in 0..REMEMBERED + 5 {
            sums.sum(&format!("word{number}"));
        }
        assert_eq!(sums.vectors.len(), REMEMBERED * table.width);
        for text in ["new printer", "vpn new", "word7 printer"] {
            assert_eq!(sums.sum(text), table.sum(text), "{text}");
        }
    }

    #[test]
    fn it_survives_its_file_and_nothing_else_is_taken_for_one() {
        let bytes = table().write();
        let again = Table::read(Cow::Owned(bytes.clone())).expect("a table");
        assert_eq!(again.encode("printer"), table().encode("printer"));
        assert_eq!(again.write(), bytes);
        for end in 0..bytes.len() {
            assert_eq!(
                Table::read(Cow::Owned(bytes[..end].to_vec())).err(),
                Some(NoTable),
                "{end}"
            );
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert!(Table::read(Cow::Owned(longer)).is_err());
        assert!(Table::new(LINES, &[0.0; 5], 2).is_err());
        assert!(Table::new("vpn", &[0.0; 2], 2).is_err());
    }
}
