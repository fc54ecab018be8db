//! For whom an article is.

use super::article::Article;
use crate::domain::people::Standing;
use crate::domain::tier::Tier;

/// Who reads: an article that is for the technicians of a tier is shown to them, and to those above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reader(Option<Tier>);

impl Reader {
    /// Anybody at all: reads what is for everybody.
    pub const EVERYBODY: Reader = Reader(None);
    /// Reads everything.
    pub const ALL: Reader = Reader(Some(Tier::L3));

    /// Somebody of that standing: technicians read what is for their highest tier and those below, leads everything.
    pub fn of(standing: Standing) -> Reader {
        if standing.lead {
            Reader::ALL
        } else {
            Reader(standing.tiers.highest())
        }
    }

    /// Whether the article is for them.
    pub fn may_read(self, article: &Article) -> bool {
        self.may_read_of(article.tier)
    }

    /// Whether an article is for them that is for technicians of that tier, or for everybody.
    pub(super) fn may_read_of(self, tier: Option<Tier>) -> bool {
        tier <= self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tier::TierSet;
    use crate::kb::article;
    use std::path::Path;

    #[test]
    fn an_article_is_for_its_tier_and_those_above() {
        let article = |tier: &str| {
            let text = format!("---\ntitle: A\ntier: {tier}\n---\nText.\n");
            let reading = article::read(Path::new("a.md"), text.as_bytes());
            reading.article.expect("it is in order")
        };
        let technician = |tier| Standing {
            tiers: TierSet::NONE.with(tier),
            ..Standing::default()
        };
        let lead = Standing {
            lead: true,
            ..Standing::default()
        };
        let admin = Standing {
            admin: true,
            owner: true,
            ..Standing::default()
        };
        for (who, expected) in [
            (Standing::default(), [true, false, false, false]),
            (admin, [true, false, false, false]),
            (technician(Tier::L1), [true, true, false, false]),
            (technician(Tier::L2), [true, true, true, false]),
            (technician(Tier::L3), [true; 4]),
            (lead, [true; 4]),
        ] {
            let may = |tier| Reader::of(who).may_read(&article(tier));
            assert_eq!(["L0", "L1", "L2", "L3"].map(may), expected, "{who:?}");
        }
    }
}
