//! Making a table: a teacher, which is slow, says what questions mean; solved for are the vectors of tokens whose means
//! come nearest to that.

use super::encoder::{Encoder, Fault};
use super::table::Table;
use std::collections::HashSet;

/// How many numbers a vector of the table has: with 30,522 tokens that makes 8 MB.
const WIDTH: usize = 256;

/// Of a question so many tokens are heard while learning. Few are longer, and those take most of the time.
const MOST_TOKENS: usize = 40;

/// How strongly a token that was met seldom is held to what the teacher says of it alone.
const HOLD: f32 = 0.05;

/// A token that stands in this share of the questions counts half as much as one that stands in hardly any: what
/// everybody says tells little of what somebody means.
const COMMON: f32 = 0.03;

/// So many steps of conjugate gradients come close enough.
const STEPS: usize = 30;

/// So many texts are encoded at a time.
const BATCH: usize = 32;

/// Who says what tokens mean.
pub(super) trait Teacher {
    /// The words of its vocabulary, a line each.
    fn lines(&self) -> &str;
    /// The tokens of a text, at most so many.
    fn tokens(&self, text: &str, limit: usize) -> Vec<u32>;
    /// The vector of each text, of length one.
    fn teach(&self, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, Fault>;
}

impl Teacher for Encoder {
    fn lines(&self) -> &str {
        Encoder::lines(self)
    }

    fn tokens(&self, text: &str, limit: usize) -> Vec<u32> {
        self.vocabulary().tokens(text, limit)
    }

    fn teach(&self, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, Fault> {
        self.encode_tokens(texts)
    }
}

/// How far learning has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many of so many texts are encoded.
    Encoding(usize, usize),
    /// So many of so many steps towards the table are done.
    Solving(usize, usize),
}

/// Makes a table from questions, with the encoder as its teacher. The same questions in the same order make the same
/// table, on the same kind of processor to the byte.
///
/// # Errors
/// When the encoder fails.
pub fn learn(
    encoder: &Encoder,
    questions: &[String],
    progress: impl FnMut(Progress),
) -> Result<Table, Fault> {
    learn_from(encoder, questions, WIDTH, progress)
}

/// The same, from any teacher.
fn learn_from(
    teacher: &impl Teacher,
    questions: &[String],
    width: usize,
    mut progress: impl FnMut(Progress),
) -> Result<Table, Fault> {
    let count = teacher.lines().lines().count();
    let mut seen = HashSet::new();
    let texts: Vec<Vec<u32>> = questions
        .iter()
        .map(|question| teacher.tokens(question, MOST_TOKENS))
        .filter(|tokens| !tokens.is_empty() && seen.insert(tokens.clone()))
        .collect();
    let alone: Vec<Vec<u32>> = (0..count as u32).map(|token| vec![token]).collect();
    let total = texts.len() + alone.len();
    let mut encoded = |texts: &[Vec<u32>], before| {
        taught(teacher, texts, |done| {
            progress(Progress::Encoding(before + done, total))
        })
    };
    // A teacher finds all texts somewhat alike. What it says of every one of them tells none from another.
    let alone = centred(encoded(&alone, 0)?);
    let meant = centred(encoded(&texts, alone.len())?);
    let basis = main_directions(if meant.is_empty() { &alone } else { &meant }, width);
    let held = project(&alone, &basis);
    let wanted = project(&meant, &basis);
    let worth = worth(&texts, count);
    let means = Means::new(&texts, &worth, basis.len());
    let mut rows = solve(&means, &wanted, held, |step| {
        progress(Progress::Solving(step, STEPS));
    });
    for (row, worth) in rows.chunks_mut(basis.len().max(1)).zip(&worth) {
        row.iter_mut().for_each(|x| *x *= worth);
    }
    Table::new(teacher.lines(), &rows, basis.len()).map_err(|_| Fault::Vocabulary("[UNK]"))
}

/// Vectors without what they have in common: their mean.
fn centred(mut vectors: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
    let mut mean = vec![0.0_f64; vectors.first().map_or(0, Vec::len)];
    for vector in &vectors {
        for (sum, &x) in mean.iter_mut().zip(vector) {
            *sum += f64::from(x);
        }
    }
    let count = vectors.len().max(1) as f64;
    for vector in &mut vectors {
        for (x, sum) in vector.iter_mut().zip(&mean) {
            *x -= (sum / count) as f32;
        }
    }
    vectors
}

/// How much each token counts in a text, from 0 to 1: the less, the more texts it stands in.
fn worth(texts: &[Vec<u32>], count: usize) -> Vec<f32> {
    let mut met = vec![0_u32; count];
    for text in texts {
        let mut tokens = text.clone();
        tokens.sort_unstable();
        tokens.dedup();
        for token in tokens {
            met[token as usize] += 1;
        }
    }
    let all = texts.len().max(1) as f32;
    met.into_iter()
        .map(|met| COMMON / (COMMON + met as f32 / all))
        .collect()
}

/// The teacher's vectors of all texts, in their order; texts of like length go together.
fn taught(
    teacher: &impl Teacher,
    texts: &[Vec<u32>],
    mut done: impl FnMut(usize),
) -> Result<Vec<Vec<f32>>, Fault> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|&at| texts[at].len());
    let mut vectors = vec![Vec::new(); texts.len()];
    for (number, places) in order.chunks(BATCH).enumerate() {
        let batch: Vec<Vec<u32>> = places.iter().map(|&at| texts[at].clone()).collect();
        for (&at, vector) in places.iter().zip(teacher.teach(&batch)?) {
            vectors[at] = vector;
        }
        done((number * BATCH + places.len()).min(texts.len()));
    }
    Ok(vectors)
}

/// The directions in which vectors differ most from nothing, at most `count`, each of length one and at right angles to
/// the others: by subspace iteration, which is simple and needs no seed.
fn main_directions(vectors: &[Vec<f32>], count: usize) -> Vec<Vec<f32>> {
    const ROUNDS: usize = 40;
    let width = vectors.first().map_or(0, Vec::len);
    let mut products = vec![0.0_f32; width * width];
    for vector in vectors {
        for (row, &x) in products.chunks_mut(width).zip(vector) {
            add_scaled(row, vector, x);
        }
    }
    let mut basis: Vec<Vec<f32>> = (0..count.min(width))
        .map(|at| (0..width).map(|i| f32::from(u8::from(i == at))).collect())
        .collect();
    if count >= width {
        return basis;
    }
    for _ in 0..ROUNDS {
        for direction in &mut basis {
            *direction = products
                .chunks(width)
                .map(|row| dot(row, direction))
                .collect();
        }
        for at in 0..basis.len() {
            let (before, rest) = basis.split_at_mut(at);
            let direction = &mut rest[0];
            // Twice, because once loses too many digits.
            for other in before.iter().chain(before.iter()) {
                let share = dot(other, direction);
                add_scaled(direction, other, -share);
            }
            let length = dot(direction, direction).sqrt().max(f32::MIN_POSITIVE);
            direction.iter_mut().for_each(|x| *x /= length);
        }
    }
    basis
}

/// Vectors in terms of other directions, one after the other.
fn project(vectors: &[Vec<f32>], basis: &[Vec<f32>]) -> Vec<f32> {
    vectors
        .iter()
        .flat_map(|vector| basis.iter().map(|direction| dot(direction, vector)))
        .collect()
}

/// The map from token vectors to means over texts.
struct Means {
    /// The tokens of each text, and what of the mean is theirs.
    texts: Vec<Vec<(u32, f32)>>,
    width: usize,
}

impl Means {
    fn new(texts: &[Vec<u32>], worth: &[f32], width: usize) -> Means {
        let shares = |text: &Vec<u32>| {
            let all: f32 = text.iter().map(|&token| worth[token as usize]).sum();
            text.iter()
                .map(|&token| (token, worth[token as usize] / all))
                .collect()
        };
        Means {
            texts: texts.iter().map(shares).collect(),
            width,
        }
    }

    /// Adds to `normal` what the map and then its transpose make of `rows`.
    fn there_and_back(&self, rows: &[f32], normal: &mut [f32]) {
        let mut mean = vec![0.0; self.width];
        for text in &self.texts {
            self.mean(text, rows, &mut mean);
            self.back(text, &mean, normal);
        }
    }

    fn mean(&self, text: &[(u32, f32)], rows: &[f32], mean: &mut [f32]) {
        mean.fill(0.0);
        for &(token, share) in text {
            let row = &rows[token as usize * self.width..][..self.width];
            add_scaled(mean, row, share);
        }
    }

    fn back(&self, text: &[(u32, f32)], of_text: &[f32], rows: &mut [f32]) {
        for &(token, share) in text {
            let row = &mut rows[token as usize * self.width..][..self.width];
            add_scaled(row, of_text, share);
        }
    }
}

/// Token vectors whose means come nearest to `wanted`, without leaving `held` more than it is worth: ridge regression
/// by conjugate gradients, each of the numbers of a vector for itself.
fn solve(means: &Means, wanted: &[f32], held: Vec<f32>, mut done: impl FnMut(usize)) -> Vec<f32> {
    let width = means.width;
    let mut rows = held;
    // At first nothing pulls away from `held`, so what is left to explain is all that its means miss.
    let mut left = vec![0.0_f32; rows.len()];
    let mut missed = vec![0.0; width];
    for (text, wanted) in means.texts.iter().zip(wanted.chunks(width)) {
        means.mean(text, &rows, &mut missed);
        for (missed, wanted) in missed.iter_mut().zip(wanted) {
            *missed = wanted - *missed;
        }
        means.back(text, &missed, &mut left);
    }
    let mut way = left.clone();
    let mut size = sums(&left, &left, width);
    for step in 1..=STEPS {
        let mut bent: Vec<f32> = way.iter().map(|x| HOLD * x).collect();
        means.there_and_back(&way, &mut bent);
        let steepness = sums(&way, &bent, width);
        let far: Vec<f32> = ratio(&size, &steepness);
        for at in 0..rows.len() {
            rows[at] += far[at % width] * way[at];
            left[at] -= far[at % width] * bent[at];
        }
        let next = sums(&left, &left, width);
        let turn = ratio(&next, &size);
        for at in 0..way.len() {
            way[at] = left[at] + turn[at % width] * way[at];
        }
        size = next;
        done(step);
    }
    rows
}

/// Column by column, the sum of the products.
fn sums(one: &[f32], other: &[f32], width: usize) -> Vec<f32> {
    let mut sums = vec![0.0_f64; width];
    for (one, other) in one.chunks(width).zip(other.chunks(width)) {
        for ((sum, a), b) in sums.iter_mut().zip(one).zip(other) {
            *sum += f64::from(a * b);
        }
    }
    sums.into_iter().map(|sum| sum as f32).collect()
}

/// Where there is nothing left to divide, nothing.
fn ratio(part: &[f32], whole: &[f32]) -> Vec<f32> {
    part.iter()
        .zip(whole)
        .map(|(part, whole)| if *whole > 0.0 { part / whole } else { 0.0 })
        .collect()
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn add_scaled(to: &mut [f32], what: &[f32], scale: f32) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += scale * what;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::vectors::encoder::unit;
    use crate::kb::vectors::wordpiece::Vocabulary;

    const LINES: &str = "[UNK]\nvpn\nprinter\nnot\njams\ndrops\nthe";

    /// Knows each token's vector in truth, but says the same of each when asked for one alone, of unknown ones aside.
    struct Truth(Vocabulary);

    impl Truth {
        fn row(token: u32) -> Vec<f32> {
            (0..4)
                .map(|at| ((token * 7 + at * 3) % 5) as f32 - 1.8)
                .collect()
        }
    }

    impl Teacher for Truth {
        fn lines(&self) -> &str {
            LINES
        }

        fn tokens(&self, text: &str, limit: usize) -> Vec<u32> {
            self.0.tokens(text, limit)
        }

        fn teach(&self, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, Fault> {
            Ok(texts
                .iter()
                .map(|text| {
                    if let [token] = text[..] {
                        let unknown = f32::from(u8::from(token == 0));
                        return vec![1.0 - unknown, unknown, 0.0, 0.0];
                    }
                    let mut mean = vec![0.0; 4];
                    for &token in text {
                        add_scaled(&mut mean, &Truth::row(token), 1.0 / text.len() as f32);
                    }
                    mean
                })
                .collect())
        }
    }

    fn questions() -> Vec<String> {
        let words: Vec<&str> = LINES.lines().skip(1).collect();
        let mut questions = Vec::new();
        for first in &words {
            for second in &words {
                for third in &words {
                    questions.push(format!("{first} {second} {third}"));
                }
            }
        }
        questions
    }

    #[test]
    fn finds_the_vectors_behind_the_means() {
        let teacher = Truth(Vocabulary::new(LINES).expect("a vocabulary"));
        let mut last = None;
        let table = learn_from(&teacher, &questions(), 4, |progress| last = Some(progress))
            .expect("the teacher never fails");
        assert_eq!(last, Some(Progress::Solving(STEPS, STEPS)));
        // What all questions have in common is left out, and each word stands in as many of them as any other.
        let rows = centred((1..7).map(Truth::row).collect());
        for (row, word) in rows.iter().zip(LINES.lines().skip(1)) {
            let likeness = dot(&table.encode(word), &unit(row));
            assert!(likeness > 0.97, "{word}: {likeness}");
        }
        // What no question held is still what the teacher says of it alone, in which it differs from all others.
        let unmet = table.encode("unmet");
        assert!(unmet[0] < -0.7 && unmet[1] > 0.7, "{unmet:?}");
        let again = learn_from(&teacher, &questions(), 4, |_| {}).expect("the teacher never fails");
        assert_eq!(again.write(), table.write());
    }

    #[test]
    fn what_everybody_says_counts_less() {
        // The first stands in all texts, the second in one of four, twice; the third in none.
        let texts = [vec![0, 1, 1], vec![0], vec![0], vec![0]];
        let worth = worth(&texts, 3);
        assert!((worth[0] - 0.03 / 1.03).abs() < 1e-6, "{worth:?}");
        assert!((worth[1] - 0.03 / 0.28).abs() < 1e-6, "{worth:?}");
        assert_eq!(worth[2], 1.0);
        let means = Means::new(&texts, &worth, 1);
        let mut mean = [0.0];
        means.mean(&means.texts[0], &[1.0, 0.0, 0.0], &mut mean);
        assert!((mean[0] - worth[0] / (worth[0] + 2.0 * worth[1])).abs() < 1e-6);
    }

    #[test]
    fn keeps_the_directions_that_matter() {
        let vectors: Vec<Vec<f32>> = (0..20)
            .map(|at| {
                let x = at as f32 - 9.5;
                vec![0.01 * (x * x % 3.0), 3.0 * x, 0.0, 3.0 * x]
            })
            .collect();
        let basis = main_directions(&vectors, 1);
        assert_eq!(basis.len(), 1);
        assert!(
            (basis[0][1].abs() - 0.5_f32.sqrt()).abs() < 1e-3,
            "{basis:?}"
        );
        assert!((dot(&basis[0], &basis[0]) - 1.0).abs() < 1e-4);
        assert_eq!(main_directions(&vectors, 9).len(), 4);
    }
}
