//! What is known to be wrong at this moment: what a question is held against before anybody opens a ticket.

use super::{Desk, Error};
use crate::domain::category::Category;
use crate::domain::ids::GuildId;
use crate::domain::major::Major;
use crate::domain::problem::Problem;
use crate::kb::{Answer, Verdict, likeness};

/// So alike are two texts about one trouble, where nothing else is known (the examples beside [`likeness`]).
const ALIKE: f64 = 0.5;
/// The same, where they are about one category as well.
const ALIKE_WITHIN: f64 = 0.35;

/// Whether two texts are about the same trouble.
pub(super) fn alike(one: &str, other: &str, one_category: bool) -> bool {
    likeness(one, other) >= if one_category { ALIKE_WITHIN } else { ALIKE }
}

/// What is known of a question's trouble already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Current {
    /// A known error with a way around it.
    pub error: Option<Problem>,
    /// A major incident that runs.
    pub incident: Option<Major>,
}

impl Desk {
    /// What is known of the trouble that `text` tells of. In a direct message that could mean several desks: nothing.
    pub async fn current(
        &self,
        guild: Option<GuildId>,
        text: &str,
        category: Option<&Category>,
    ) -> Result<Current, Error> {
        let Some(guild) = self.only_desk(guild).await? else {
            return Ok(Current::default());
        };
        let known = self.known(guild).await?;
        let errors = known.errors.iter().filter_map(|error| {
            let within = category.is_some_and(|category| category.key == error.problem.category);
            let nearest = error
                .titles
                .iter()
                .map(|title| likeness(title, text))
                .fold(0.0, f64::max);
            let enough = if within { ALIKE_WITHIN } else { ALIKE };
            (nearest >= enough).then_some((nearest, error))
        });
        // An incident is about a whole service: whoever asks about that, or tells of the same, may be affected.
        let incident = known.majors.iter().find(|one| {
            category.is_some_and(|category| category.key == one.major.category)
                || one.titles.iter().any(|title| alike(title, text, false))
        });
        let nearest = errors.max_by(|(one, _), (other, _)| one.total_cmp(other));
        Ok(Current {
            error: nearest.map(|(_, error)| error.problem.clone()),
            incident: incident.map(|one| one.major.clone()),
        })
    }

    /// That desk, or the only one there is.
    async fn only_desk(&self, guild: Option<GuildId>) -> Result<Option<GuildId>, Error> {
        if guild.is_some() {
            return Ok(guild);
        }
        Ok(match self.desks().await?.as_slice() {
            [(only, _)] => Some(*only),
            _ => None,
        })
    }
}

/// What a question is about, as far as the articles that answer it tell.
pub(super) fn category_of(answer: &Answer) -> Option<&'static Category> {
    if !matches!(answer.verdict, Verdict::Sure | Verdict::Maybe) {
        return None;
    }
    let first = answer.matches.first()?;
    Category::from_key(first.article.category.as_deref()?)
}
