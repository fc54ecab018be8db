//! Questions that mean the same, put together: what many people asked in their own words is one thing to write about.

use super::base::Kb;
use super::likeness::likeness;
use super::vectors::Table;
use super::words::fold;
use std::collections::HashMap;

/// So near are two questions that ask the same, as the cosine of what the table makes of them. Measured on 160 questions with known
/// articles: of two that are put together, 82 of 100 are answered by one article, and 31 of 100 of such pairs are put together.
/// Nearer bounds find fewer, wider ones mix more: a list of things to write may name one twice, but must not hide one in another.
const SAME: f32 = 0.80;

/// So near they are where their words are alike as well.
const NEAR: f32 = 0.62;

/// So alike their words then are.
const WORDS: f64 = 0.5;

/// Of a vector's numbers, so many of a hundred may have another sign: two vectors as near as [`NEAR`] differ in some 29, give
/// or take three, so that hardly one is missed. It spares most of the multiplying.
const SIGNS: usize = 38;

/// One group while it is made.
struct Group {
    /// The sum of its members' vectors.
    sum: Vec<f32>,
    /// Of length one.
    centre: Vec<f32>,
    signs: Vec<u64>,
    members: Vec<usize>,
}

impl Kb {
    /// Groups texts by what they mean: each group holds places in `texts`, in their order, and the group with the first text
    /// comes first. The same texts give the same groups.
    pub fn group(&self, texts: &[&str]) -> Vec<Vec<usize>> {
        group(self.table(), texts)
    }
}

fn group(table: Option<&Table>, texts: &[&str]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Group> = Vec::new();
    // What was asked in the very same words needs no comparing.
    let mut known: HashMap<String, usize> = HashMap::new();
    for (place, text) in texts.iter().enumerate() {
        let words: Vec<&str> = text.split_whitespace().collect();
        let words = fold(&words.join(" ")).into_owned();
        if let Some(&at) = known.get(&words) {
            groups[at].members.push(place);
            continue;
        }
        let vector = table.map(|table| table.encode(text)).unwrap_or_default();
        let at = match nearest(&groups, &vector, texts, place) {
            Some(at) => {
                let group = &mut groups[at];
                group.members.push(place);
                for (sum, step) in group.sum.iter_mut().zip(&vector) {
                    *sum += step;
                }
                group.centre = unit(&group.sum);
                group.signs = signs(&group.centre);
                at
            }
            None => {
                groups.push(Group {
                    signs: signs(&vector),
                    centre: vector.clone(),
                    sum: vector,
                    members: vec![place],
                });
                groups.len() - 1
            }
        };
        known.insert(words, at);
    }
    groups.into_iter().map(|group| group.members).collect()
}

/// The group that a text belongs to; the first of those as near.
fn nearest(groups: &[Group], vector: &[f32], texts: &[&str], place: usize) -> Option<usize> {
    let bits = signs(vector);
    let far = u32::try_from(vector.len() * SIGNS / 100).unwrap_or(u32::MAX);
    let mut best: Option<(f32, usize)> = None;
    for (at, group) in groups.iter().enumerate() {
        let apart: u32 = bits
            .iter()
            .zip(&group.signs)
            .map(|(one, other)| (one ^ other).count_ones())
            .sum();
        if apart > far {
            continue;
        }
        let cosine: f32 = vector.iter().zip(&group.centre).map(|(a, b)| a * b).sum();
        if cosine < NEAR || best.is_some_and(|(most, _)| cosine <= most) {
            continue;
        }
        // The first one of a group is what it was made for.
        let first = group.members.first().map_or("", |&first| texts[first]);
        if cosine >= SAME || likeness(first, texts[place]) >= WORDS {
            best = Some((cosine, at));
        }
    }
    best.map(|(_, at)| at)
}

fn unit(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|step| step * step).sum::<f32>().sqrt();
    let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
    vector.iter().map(|step| step * scale).collect()
}

/// Whether each number is above zero, bit by bit.
fn signs(vector: &[f32]) -> Vec<u64> {
    let bits = |some: &[f32]| {
        let bits = some.iter().zip(0..);
        bits.fold(0, |all, (&step, bit)| all | (u64::from(step > 0.0) << bit))
    };
    vector.chunks(64).map(bits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_mean_the_same_are_one_thing_to_write_about() {
        let texts = [
            "where do I find my payslip",
            "How can I share my screen in a meeting?",
            "Where can I find my payslip?",
            "where do i  find my PAYSLIP",
            "the coffee machine is broken",
            "how do I share the screen in meetings",
        ];
        let table = Table::built_in();
        let groups = group(Some(&table), &texts);
        assert_eq!(groups, [vec![0, 2, 3], vec![1, 5], vec![4]]);
        assert_eq!(group(Some(&table), &texts), groups, "the same every time");
        let apart = group(None, &texts);
        assert_eq!(apart.len(), 5, "without a table, only the very same words");
        assert_eq!(group(Some(&table), &[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn what_the_table_knows_nothing_of_is_not_all_one_thing() {
        let table = Table::built_in();
        let groups = group(Some(&table), &["", "   ", "プリンター", "مرحبا"]);
        assert!(groups.len() >= 2, "{groups:?}");
    }
}
