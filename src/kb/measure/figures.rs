//! The figures of a measurement.

use super::questions::{Asked, Reply};
use super::ranking::{auroc, calibration_error, threshold};
use serde::Serialize;
use std::collections::BTreeMap;

/// How well a knowledge base answered. Shares lie between 0 and 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// How many questions were asked.
    pub questions: usize,
    /// The questions that an article answers, set by set.
    pub reach: BTreeMap<String, Reach>,
    /// The questions that none answers, set by set.
    pub abstention: BTreeMap<String, Abstention>,
    /// The probability that a question in scope is answered with more confidence than one out of scope.
    pub auroc: Option<f64>,
    /// The share of the questions in scope that are answered rightly where 5 % of those out of scope are answered.
    pub right_at_5: Option<f64>,
    /// The same where 10 % are.
    pub right_at_10: Option<f64>,
    /// What came of the desk's own decision to answer.
    pub decision: Decision,
    /// The expected calibration error over all questions, in ten bins of equal width; out of scope counts as wrong.
    pub calibration_error: f64,
    /// Of the answers with the right article, the share that shows the section somebody chose for the question.
    pub section_right: Option<f64>,
}

/// How often the right article is found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reach {
    /// How many questions there are.
    pub questions: usize,
    /// The share with the right article first.
    pub first: f64,
    /// The share with it among the first three.
    pub top3: f64,
    /// The share with it among the first ten.
    pub top10: f64,
    /// The mean of one over its place, where it is among the first ten.
    pub reciprocal_rank: f64,
}

/// How well questions without an answer are told from those with one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Abstention {
    /// How many questions there are.
    pub questions: usize,
    /// The probability that a question in scope is answered with more confidence than one of these.
    pub auroc: Option<f64>,
    /// The share that is answered all the same.
    pub answered: f64,
}

/// What came of the decision to show the first article without asking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// The share of the questions in scope that are answered rightly.
    pub right: Option<f64>,
    /// The share of the questions in scope that are answered wrongly.
    pub wrong: Option<f64>,
    /// The share of the questions out of scope that are answered.
    pub out_of_scope_answered: Option<f64>,
}

/// A question that was not answered with the right article first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// The question's name.
    pub id: String,
    /// Its set.
    pub set: String,
    /// What was asked.
    pub question: String,
    /// The file that was right.
    pub right: String,
    /// On which place it was found, if among the first ten.
    pub place: Option<usize>,
    /// The files that were found first, at most three.
    pub found: Vec<String>,
}

/// A question and its reply, as far as the figures need them.
struct Judged<'a> {
    set: &'a str,
    in_scope: bool,
    /// From 1; none if it is not among the first ten.
    place: Option<usize>,
    confidence: f64,
    answered: bool,
    section_right: Option<bool>,
}

impl Judged<'_> {
    fn is_right(&self) -> bool {
        self.place == Some(1)
    }
}

/// Counts a measurement; the replies stand in the order of the questions.
pub fn figures(asked: &[Asked], replies: &[Reply]) -> Figures {
    let judged: Vec<Judged<'_>> = asked
        .iter()
        .zip(replies)
        .map(|(asked, reply)| judge(asked, reply))
        .collect();
    let (within, beyond): (Vec<&Judged<'_>>, Vec<&Judged<'_>>) =
        judged.iter().partition(|one| one.in_scope);
    let sure = confidences(&within);
    let unsure = confidences(&beyond);
    let right_at = |allowed| {
        let at = threshold(&unsure, allowed);
        let right = |one: &&Judged<'_>| one.is_right() && one.confidence > at;
        share(&within, right).filter(|_| !beyond.is_empty())
    };
    let with_section: Vec<&Judged<'_>> = within
        .iter()
        .copied()
        .filter(|one| one.section_right.is_some())
        .collect();
    let all: Vec<(f64, bool)> = judged
        .iter()
        .map(|one| (one.confidence, one.is_right()))
        .collect();
    Figures {
        questions: judged.len(),
        reach: by_set(&within).map(|(set, of)| (set, reach(&of))).collect(),
        abstention: by_set(&beyond)
            .map(|(set, of)| {
                let abstention = Abstention {
                    questions: of.len(),
                    auroc: auroc(&sure, &confidences(&of)),
                    answered: share(&of, |one| one.answered).unwrap_or_default(),
                };
                (set, abstention)
            })
            .collect(),
        auroc: auroc(&sure, &unsure),
        right_at_5: right_at(0.05),
        right_at_10: right_at(0.10),
        decision: Decision {
            right: share(&within, |one| one.answered && one.is_right()),
            wrong: share(&within, |one| one.answered && !one.is_right()),
            out_of_scope_answered: share(&beyond, |one| one.answered),
        },
        calibration_error: calibration_error(&all),
        section_right: share(&with_section, |one| one.section_right == Some(true)),
    }
}

/// The questions in scope that were not answered with the right article first, in their order.
pub fn misses(asked: &[Asked], replies: &[Reply]) -> Vec<Miss> {
    asked
        .iter()
        .zip(replies)
        .filter_map(|(asked, reply)| {
            let place = place(asked, reply);
            let right = asked.right.first().filter(|_| place != Some(1))?;
            Some(Miss {
                id: asked.id.clone(),
                set: asked.set.clone(),
                question: asked.text.clone(),
                right: right.clone(),
                place,
                found: reply
                    .found
                    .iter()
                    .take(3)
                    .map(|found| found.file.clone())
                    .collect(),
            })
        })
        .collect()
}

fn judge<'a>(asked: &'a Asked, reply: &Reply) -> Judged<'a> {
    Judged {
        set: &asked.set,
        in_scope: asked.is_in_scope(),
        place: place(asked, reply),
        confidence: reply.confidence,
        answered: reply.answered,
        section_right: section_right(asked, reply),
    }
}

/// The place of the first right article among the first ten, from 1.
fn place(asked: &Asked, reply: &Reply) -> Option<usize> {
    let found = reply.found.iter().take(10);
    let at = found.map(|found| asked.accepts(&found.file));
    at.enumerate()
        .find_map(|(at, right)| right.then_some(at + 1))
}

/// Whether the section shown is the one that was chosen; none where nobody chose one, or the article is another.
fn section_right(asked: &Asked, reply: &Reply) -> Option<bool> {
    let chosen = asked.section.as_deref()?;
    let (right, first) = (asked.right.first()?, reply.found.first()?);
    if first.file.rsplit('/').next() != Some(right) && first.file != *right {
        return None;
    }
    let shown = first.section.as_deref().unwrap_or_default();
    Some(normal(shown) == normal(chosen))
}

/// A heading without its marks, its case and its spacing.
fn normal(heading: &str) -> String {
    let lower = heading.to_lowercase().replace('#', " ");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn confidences(of: &[&Judged<'_>]) -> Vec<f64> {
    of.iter().map(|one| one.confidence).collect()
}

/// The share of which something holds; none of nothing.
fn share<T>(of: &[T], holds: impl Fn(&T) -> bool) -> Option<f64> {
    let count = of.iter().filter(|&one| holds(one)).count();
    (!of.is_empty()).then(|| count as f64 / of.len() as f64)
}

fn by_set<'a, 'b>(
    of: &[&'b Judged<'a>],
) -> impl Iterator<Item = (String, Vec<&'b Judged<'a>>)> + use<'a, 'b> {
    let mut sets: BTreeMap<String, Vec<&'b Judged<'a>>> = BTreeMap::new();
    for &one in of {
        sets.entry(one.set.to_owned()).or_default().push(one);
    }
    sets.into_iter()
}

fn reach(of: &[&Judged<'_>]) -> Reach {
    let within = |most: usize| {
        let found = |one: &&Judged<'_>| one.place.is_some_and(|place| place <= most);
        share(of, found).unwrap_or_default()
    };
    let reciprocal: f64 = of
        .iter()
        .filter_map(|one| one.place)
        .map(|place| 1.0 / place as f64)
        .sum();
    Reach {
        questions: of.len(),
        first: within(1),
        top3: within(3),
        top10: within(10),
        reciprocal_rank: reciprocal / of.len().max(1) as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::measure::{Found, read};

    fn reply(files: &[&str], confidence: f64, answered: bool) -> Reply {
        Reply {
            found: files
                .iter()
                .map(|file| Found {
                    file: (*file).to_owned(),
                    section: Some("## The  Steps".to_owned()),
                })
                .collect(),
            confidence,
            answered,
        }
    }

    #[test]
    fn counts_places_decisions_and_sections() {
        let asked = read(
            "{\"q\":\"1\",\"gold\":\"a.md\",\"set\":\"forum\",\"section\":\"the steps\"}\n\
             {\"q\":\"2\",\"gold\":\"b.md\",\"set\":\"forum\"}\n\
             {\"q\":\"3\",\"gold\":\"c.md\",\"also\":[\"d.md\"],\"set\":\"faq\",\"section\":\"other\"}\n\
             {\"q\":\"4\",\"gold\":null,\"set\":\"far\"}\n{\"q\":\"5\",\"gold\":null,\"set\":\"near\"}",
        )
        .expect("five questions");
        let replies = [
            reply(&["x/a.md", "b.md"], 0.9, true),
            reply(&["a.md", "b.md"], 0.8, true),
            reply(&["d.md"], 0.4, false),
            reply(&[], 0.0, false),
            reply(&["a.md"], 0.6, true),
        ];
        let counted = figures(&asked, &replies);
        let forum = &counted.reach["forum"];
        assert_eq!((forum.questions, forum.first, forum.top3), (2, 0.5, 1.0));
        assert_eq!(forum.reciprocal_rank, 0.75);
        assert_eq!(counted.reach["faq"].first, 1.0);
        assert_eq!(counted.abstention["near"].answered, 1.0);
        assert_eq!(counted.abstention["near"].auroc, Some(2.0 / 3.0));
        assert_eq!(counted.auroc, Some(5.0 / 6.0));
        // At 5 % none of the two may be answered, so only what is surer than both counts.
        assert_eq!(counted.right_at_5, Some(1.0 / 3.0));
        assert_eq!(counted.decision.right, Some(1.0 / 3.0));
        assert_eq!(counted.decision.wrong, Some(1.0 / 3.0));
        assert_eq!(counted.decision.out_of_scope_answered, Some(0.5));
        // "d.md" is also right, but the section was chosen in "c.md".
        assert_eq!(counted.section_right, Some(1.0));
        let missed = misses(&asked, &replies);
        assert_eq!(missed.len(), 1);
        assert_eq!((missed[0].id.as_str(), missed[0].place), ("1", Some(2)));
        assert_eq!(missed[0].found, ["a.md", "b.md"]);
    }

    #[test]
    fn says_nothing_where_there_is_nothing_to_count() {
        let counted = figures(&[], &[]);
        assert_eq!(counted.questions, 0);
        assert_eq!((counted.auroc, counted.right_at_5), (None, None));
        assert_eq!(counted.decision.right, None);
        assert_eq!(counted.section_right, None);
    }
}
