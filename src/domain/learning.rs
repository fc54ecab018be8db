//! What the desk learns from: questions that found nothing, votes, and articles that somebody should look at (`DOMAIN` 1.15).

use jiff::Timestamp;

use super::ids::{AskId, Number};
use super::walk::Walked;

/// A question that no article answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// Which.
    pub id: AskId,
    /// Who asked, hashed.
    pub asker: String,
    /// What, redacted.
    pub question: String,
    /// Nothing was shown; otherwise something was, and it was not it.
    pub found_nothing: bool,
    /// The articles that were shown, by their names.
    pub shown: Vec<String>,
    /// When.
    pub at: Timestamp,
    /// The ticket that it became.
    pub ticket: Option<Number>,
    /// That ticket's category, by its key.
    pub category: Option<String>,
}

/// Questions that mean the same, and that no article answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its questions, the newest first.
    pub questions: Vec<Unanswered>,
    /// How many people asked them.
    pub people: usize,
}

impl Gap {
    /// Puts questions together. None if there are none.
    pub fn of(questions: Vec<Unanswered>) -> Option<Self> {
        let mut askers: Vec<&str> = questions.iter().map(|one| one.asker.as_str()).collect();
        askers.sort_unstable();
        askers.dedup();
        let people = askers.len();
        (people > 0).then_some(Self { questions, people })
    }

    /// What stands for it: the shortest of its questions that says something, in the words of who asked.
    pub fn name(&self) -> &str {
        let all = self.questions.iter().map(|one| one.question.trim());
        let said = all
            .clone()
            .filter(|text| text.split_whitespace().count() >= 3);
        let shortest = said.min_by_key(|text| text.chars().count());
        shortest
            .or_else(|| all.into_iter().next())
            .unwrap_or_default()
    }

    /// By what its buttons find it again: its oldest question.
    pub fn key(&self) -> AskId {
        let ids = self.questions.iter().map(|one| one.id);
        ids.min().unwrap_or(AskId(0))
    }

    /// The tickets that it became, in their order.
    pub fn tickets(&self) -> Vec<Number> {
        let mut tickets: Vec<Number> = self.questions.iter().filter_map(|one| one.ticket).collect();
        tickets.sort_unstable();
        tickets.dedup();
        tickets
    }

    /// What its tickets are about, by the category's key: what most of them are, and *other* where there are none.
    pub fn category(&self) -> &str {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for key in self
            .questions
            .iter()
            .filter_map(|one| one.category.as_deref())
        {
            match counts.iter_mut().find(|(known, _)| *known == key) {
                Some((_, count)) => *count += 1,
                None => counts.push((key, 1)),
            }
        }
        let most = counts.into_iter().max_by(|one, other| {
            let by_name = other.0.cmp(one.0);
            one.1.cmp(&other.1).then(by_name)
        });
        most.map_or("other", |(key, _)| key)
    }
}

/// What people think of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// So many say that it helps.
    pub helpful: u32,
    /// So many say that it does not.
    pub not: u32,
}

/// What became of the questions that an article was the answer to: three honest classes (`DOMAIN` 1.16), never added together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Who asked said that it is solved.
    pub confirmed: u32,
    /// Nothing came after it.
    pub possible: u32,
    /// It did not help, or a ticket followed within a day.
    pub none: u32,
}

impl Outcomes {
    /// How often it was the answer.
    pub fn shown(self) -> u32 {
        self.confirmed + self.possible + self.none
    }

    /// With what became of other questions.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            confirmed: self.confirmed + other.confirmed,
            possible: self.possible + other.possible,
            none: self.none + other.none,
        }
    }
}

/// Why somebody should look at an article (`DOMAIN` 1.15).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The day by which it was to be read again has passed.
    Review,
    /// It did not help several people in thirty days.
    Votes,
    /// Tickets that were solved with it are opened again.
    Reopened,
    /// Its steps lose people.
    Steps,
}

/// So many people in thirty days are enough.
const LET_DOWN: u32 = 3;
/// So many tickets are enough, where they are a third of all that were solved with it.
const REOPENED: u32 = 2;
/// So many people lost at one step are enough, where they are a third of all that began.
const LOST: u32 = 3;

impl Flag {
    /// How the table keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Votes => "votes",
            Self::Reopened => "reopened",
            Self::Steps => "steps",
        }
    }

    /// Why somebody should look at an article: its date has passed, so many people were let down by it in thirty days, so many of
    /// the tickets solved with it were opened again, and what became of those who followed its steps.
    pub fn of(
        overdue: bool,
        let_down: u32,
        (reopened, solved): (u32, u32),
        walked: Option<&Walked>,
    ) -> Vec<Self> {
        let lost = walked.and_then(|walked| {
            let (_, count) = walked.lost?;
            Some(count >= LOST && count * 3 >= walked.began)
        });
        [
            (Self::Review, overdue),
            (Self::Votes, let_down >= LET_DOWN),
            (
                Self::Reopened,
                reopened >= REOPENED && reopened * 3 >= solved,
            ),
            (Self::Steps, lost == Some(true)),
        ]
        .into_iter()
        .filter_map(|(flag, up)| up.then_some(flag))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(id: i64, asker: &str, question: &str, ticket: Option<(i64, &str)>) -> Unanswered {
        Unanswered {
            id: AskId(id),
            asker: asker.into(),
            question: question.into(),
            found_nothing: true,
            shown: Vec::new(),
            at: Timestamp::UNIX_EPOCH,
            ticket: ticket.map(|(number, _)| Number(number)),
            category: ticket.map(|(_, category)| category.to_owned()),
        }
    }

    #[test]
    fn a_gap_is_counted_by_people_and_named_in_their_words() {
        let gap = Gap::of(vec![
            asked(9, "mia", "payslip?", Some((4, "account"))),
            asked(
                7,
                "tom",
                "hello, since Monday I look for my payslip and cannot find it",
                None,
            ),
            asked(5, "mia", "where is my payslip", Some((2, "other"))),
            asked(3, "ada", "payslip?", Some((3, "account"))),
        ]);
        let gap = gap.expect("there are questions");
        assert_eq!((gap.people, gap.name()), (3, "where is my payslip"));
        assert_eq!(gap.key(), AskId(3));
        assert_eq!(gap.tickets(), [Number(2), Number(3), Number(4)]);
        assert_eq!(gap.category(), "account");
        assert_eq!(Gap::of(Vec::new()), None);
        let short = Gap::of(vec![asked(1, "mia", "payslip?", None)]);
        let short = short.expect("there is one");
        assert_eq!((short.name(), short.category()), ("payslip?", "other"));
    }

    #[test]
    fn an_article_is_flagged_from_its_bounds_on_and_not_below() {
        let walked = |began, lost| Walked {
            began,
            fixed: 0,
            lost: Some((2, lost)),
        };
        for (overdue, down, again, walked, expected) in [
            (false, 2, (1, 1), None, vec![]),
            (true, 0, (0, 0), None, vec![Flag::Review]),
            (false, 3, (0, 0), None, vec![Flag::Votes]),
            (false, 0, (2, 6), None, vec![Flag::Reopened]),
            (false, 0, (2, 7), None, vec![]),
            (false, 0, (0, 0), Some(walked(9, 3)), vec![Flag::Steps]),
            (false, 0, (0, 0), Some(walked(10, 3)), vec![]),
            (false, 0, (0, 0), Some(walked(3, 2)), vec![]),
        ] {
            let found = Flag::of(overdue, down, again, walked.as_ref());
            assert_eq!(found, expected, "{down} {again:?} {walked:?}");
        }
    }

    #[test]
    fn what_became_of_questions_is_counted_together_by_class() {
        let one = Outcomes {
            confirmed: 1,
            possible: 2,
            none: 3,
        };
        let both = one.and(one);
        assert_eq!((both.confirmed, both.possible, both.none), (2, 4, 6));
        assert_eq!(both.shown(), 12);
    }
}
