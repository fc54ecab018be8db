//! A second look at the best of a list: the encoder, which reads whole sentences, says how near each of them is to the
//! question, and the list is put in order by both.

use super::confidence::Nearness;
use super::encoded::Encoded;
use super::index::Index;
use super::ranking::{Hit, keep_best};
use super::scale::Scale;

/// So many of the best articles are looked at again. What stands further down is hardly ever right, and a list of this
/// length costs less than reading the question.
pub(super) const LOOKED_AT: usize = 50;

/// What the first order counts beside the encoder's, each in its own spreads. From 0.4 to 0.8 it moves no figure by more
/// than four in a hundred, and the posts of a forum and the rephrased questions of `weights` the opposite way.
const FIRST_ORDER: f32 = 0.6;

/// Puts hits in order again, by the sense of the question, and leaves the best. An article that the encoder has not read
/// yet is taken to stand by the encoder where it stands without.
pub(super) fn take(
    encoded: &Encoded,
    index: &Index,
    sense: &[f32],
    mut hits: Vec<Hit>,
    limit: usize,
) -> Vec<Hit> {
    let near = |hit: &Hit| {
        let article = index.articles().get(hit.place as usize)?;
        encoded.vectors(article)?.nearest(sense)
    };
    let near: Vec<Option<f32>> = hits.iter().map(near).collect();
    let ranks: Vec<f32> = hits.iter().map(|hit| hit.rank).collect();
    let mut read: Vec<f32> = near.iter().copied().flatten().collect();
    let (first, second) = (Scale::of(&ranks), Scale::of(&read));
    read.sort_unstable_by(|a, b| b.total_cmp(a));
    for (hit, near) in hits.iter_mut().zip(near) {
        let before = first.place(hit.rank);
        let now = near.map_or(before, |cosine| second.place(cosine));
        hit.rank = FIRST_ORDER * before + now;
        hit.nearness = near.map(|cosine| {
            let other = read.get(usize::from(read.first() == Some(&cosine)));
            let ahead = other.map_or(0.0, |other| cosine - other);
            Nearness { cosine, ahead }
        });
    }
    keep_best(&mut hits, limit);
    hits
}

#[cfg(test)]
mod tests {
    use crate::kb::encoded::tests::{Tiny, tiny};
    use crate::kb::{Answer, Evidence, Verdict};

    /// Three articles that share the word of the question, and one that means it.
    fn office() -> Tiny {
        tiny(&[
            ("badge.md", "Lost badge", "network badge"),
            ("cable.md", "Network cable", "network network cable"),
            ("printer.md", "Printer", "network printer paper"),
            ("wireless.md", "Wireless", "network wireless"),
        ])
    }

    fn first(answer: &Answer) -> (&str, Evidence) {
        let first = answer.matches.first().expect("an article fits");
        (first.article.id.as_str(), first.evidence)
    }

    #[test]
    fn what_is_meant_comes_before_what_only_shares_a_word() {
        let office = office();
        let asked = "network wifi";
        assert_eq!(first(&office.kb.answer(asked)).0, "cable");
        office.read_all();
        let answer = office.kb.answer(asked);
        let (id, evidence) = first(&answer);
        assert_eq!(id, "wireless");
        let near = evidence.nearness.expect("the encoder has read it");
        // Its pieces mean nothing else, and the best of the others means something else.
        assert!(near.cosine > 0.99, "{near:?}");
        assert!(near.ahead > 0.99, "{near:?}");
        assert!(answer.confidence > 0.99, "{answer:?}");
        let behind = answer.matches[1].evidence.nearness.expect("read too");
        assert!(behind.ahead < -0.99, "{behind:?}");
        assert!(answer.matches[1].confidence < 0.01);
    }

    #[test]
    fn until_an_article_is_read_it_stands_where_it_stood() {
        let office = office();
        office.read("wireless");
        let answer = office.kb.answer("network wifi");
        let ids = |answer: &Answer| -> Vec<String> {
            let matches = answer.matches.iter();
            matches.map(|found| found.article.id.to_string()).collect()
        };
        // One is read, and nothing says how near the others are: all of them stand where they stood.
        let mut kept = ids(&answer);
        kept.retain(|id| id != "wireless");
        let without = office.without().answer("network wifi");
        let mut before = ids(&without);
        before.retain(|id| id != "wireless");
        assert_eq!(kept, before);
        let unread = answer
            .matches
            .iter()
            .find(|found| found.article.id.as_str() == "cable");
        assert_eq!(unread.expect("it is found").evidence.nearness, None);
    }

    #[test]
    fn of_what_is_far_from_every_article_nothing_is_shown() {
        let office = office();
        office.read_all();
        let answer = office.kb.answer("mail on holiday in the network");
        assert_eq!(answer.verdict, Verdict::Unknown, "{answer:?}");
        // Words that the encoder does not know mean nothing to it, and harm nothing.
        let answer = office.kb.answer("zyx network");
        assert!(answer.matches.iter().all(|found| found.confidence < 0.5));
    }
}
