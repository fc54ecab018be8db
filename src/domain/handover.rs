//! What goes along when a ticket changes tier, so that nobody repeats work (`DOMAIN` 1.7).

use serde::{Deserialize, Serialize};

use super::ids::UserId;
use super::refusal::Refusal;
use super::tier::Tier;

/// The five texts, as the sender typed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverTexts {
    /// What this is about, for somebody who has never seen it; at least [`HandOverTexts::SUMMARY_AT_LEAST`] characters.
    pub summary: String,
    /// What was tried, so that it is not tried again.
    pub tried: String,
    /// Hypothesis, links, logs.
    pub findings: String,
    /// What the next tier is asked to do.
    pub asked: String,
    /// What the requester was told.
    pub told: String,
}

impl HandOverTexts {
    /// The shortest summary that says anything, in characters.
    pub const SUMMARY_AT_LEAST: usize = 30;

    /// Takes all words out: for somebody who may know that it happened, and not what was said.
    pub fn clear(&mut self) {
        let Self {
            summary,
            tried,
            findings,
            asked,
            told,
        } = self;
        for text in [summary, tried, findings, asked, told] {
            text.clear();
        }
    }

    /// Trims the texts and refuses a hand-over that leaves the receiver guessing.
    pub fn complete(self) -> Result<Self, Refusal> {
        let trimmed = Self {
            summary: self.summary.trim().to_owned(),
            tried: self.tried.trim().to_owned(),
            findings: self.findings.trim().to_owned(),
            asked: self.asked.trim().to_owned(),
            told: self.told.trim().to_owned(),
        };
        let length = trimmed.summary.chars().count();
        if length < Self::SUMMARY_AT_LEAST {
            return Err(Refusal::SummaryTooShort {
                length,
                at_least: Self::SUMMARY_AT_LEAST,
            });
        }
        let others = [
            &trimmed.tried,
            &trimmed.findings,
            &trimmed.asked,
            &trimmed.told,
        ];
        if others.iter().any(|text| text.is_empty()) {
            return Err(Refusal::HandOverIncomplete);
        }
        Ok(trimmed)
    }
}

/// A hand-over as it was made. It never changes afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The tier that sent it.
    pub from: Tier,
    /// The tier that receives it.
    pub to: Tier,
    /// Who sent it.
    pub by: UserId,
    /// Their name at that moment.
    pub by_name: String,
    /// The texts.
    #[serde(flatten)]
    pub texts: HandOverTexts,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> HandOverTexts {
        HandOverTexts {
            summary: "  VPN fails for the whole finance floor since 9:00 ".into(),
            tried: "Restart, other network".into(),
            findings: "Gateway answers, login does not".into(),
            asked: "Look at the gateway's log".into(),
            told: "We are on it".into(),
        }
    }

    #[test]
    fn a_hand_over_needs_all_five_texts_and_a_summary_that_says_something() {
        assert_eq!(
            texts().complete().expect("complete").summary.chars().next(),
            Some('V')
        );
        let short = HandOverTexts {
            summary: "é".repeat(29),
            ..texts()
        };
        assert_eq!(
            short.complete(),
            Err(Refusal::SummaryTooShort {
                length: 29,
                at_least: 30
            })
        );
        for blank in [
            HandOverTexts {
                tried: "  ".into(),
                ..texts()
            },
            HandOverTexts {
                findings: String::new(),
                ..texts()
            },
            HandOverTexts {
                asked: "\n".into(),
                ..texts()
            },
            HandOverTexts {
                told: String::new(),
                ..texts()
            },
        ] {
            assert_eq!(blank.complete(), Err(Refusal::HandOverIncomplete));
        }
    }
}
