//! Walking through an article's steps, one at a time: where somebody is, and how it ended.

use jiff::{SignedDuration, Timestamp};

use super::ids::{AskId, GuildId, WalkId};

/// How long an unfinished walk is offered to be gone on with.
pub const RESUMED_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Somebody's way through the steps of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Its id, for its buttons.
    pub id: WalkId,
    /// On which desk; none in a direct message that could mean several.
    pub guild: Option<GuildId>,
    /// The question it grew out of.
    pub ask: AskId,
    /// The article's name.
    pub article: String,
    /// The section with the steps, counted from 0.
    pub section: u32,
    /// What the steps said when it began, as a digest.
    pub digest: String,
    /// How many steps there are.
    pub steps: u32,
    /// The step that is shown, from 1; one more than there are once all are done.
    pub at: u32,
    /// How it stands.
    pub stage: Stage,
    /// When its asker last pressed something.
    pub changed_at: Timestamp,
}

/// How a walk stands. The last word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its asker is on the way.
    Open,
    /// It is solved.
    Fixed,
    /// The steps so far did not help, and its asker goes no further.
    NoHelp,
    /// Its asker cannot do the step that is shown.
    Stuck,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Fixed, Self::NoHelp, Self::Stuck];

    /// How tables and buttons keep it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Fixed => "fixed",
            Self::NoHelp => "no_help",
            Self::Stuck => "stuck",
        }
    }

    /// The stage with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }
}

impl Walk {
    /// The step `seen` is done: goes on to the next. False, and nothing changes, when another step is shown by now, because
    /// the button was pressed twice or under an older message.
    pub fn step_done(&mut self, seen: u32, now: Timestamp) -> bool {
        let fits = seen == self.at && self.at <= self.steps;
        if fits {
            self.at += 1;
            self.stage = Stage::Open;
            self.changed_at = now;
        }
        fits
    }

    /// Ends it, or takes it up again.
    pub fn set(&mut self, stage: Stage, now: Timestamp) {
        self.stage = stage;
        self.changed_at = now;
    }

    /// Whether all steps are done.
    pub fn is_done(&self) -> bool {
        self.at > self.steps
    }

    /// How many steps were done.
    pub fn done(&self) -> u32 {
        self.at.saturating_sub(1).min(self.steps)
    }

    /// Whether it is offered to be gone on with.
    pub fn can_resume(&self, now: Timestamp) -> bool {
        self.stage == Stage::Open && !self.is_done() && now < self.changed_at + RESUMED_WITHIN
    }
}

/// What became of all walks through one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// How many began.
    pub began: u32,
    /// How many of them said that it is solved.
    pub fixed: u32,
    /// The step at which most of the others ended, and how many did: those who said so, and those who went away. None
    /// where nobody did. After the last step means that all were done in vain.
    pub lost: Option<(u32, u32)>,
}

impl Walked {
    /// Counts walks: at which step, in which stage, whether one that is open can still be gone on with, and how many.
    pub fn of(counted: impl IntoIterator<Item = (u32, Stage, bool, u32)>) -> Self {
        let mut walked = Self::default();
        let mut lost: Vec<(u32, u32)> = Vec::new();
        for (at, stage, is_fresh, count) in counted {
            walked.began += count;
            match stage {
                Stage::Fixed => walked.fixed += count,
                Stage::Open if is_fresh => {}
                Stage::Open | Stage::NoHelp | Stage::Stuck => {
                    match lost.iter_mut().find(|(step, _)| *step == at) {
                        Some((_, sum)) => *sum += count,
                        None => lost.push((at, count)),
                    }
                }
            }
        }
        // Of steps that lose as many, the first: whoever is lost there never sees the others.
        walked.lost = lost
            .into_iter()
            .max_by_key(|&(step, count)| (count, std::cmp::Reverse(step)));
        walked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk() -> Walk {
        Walk {
            id: WalkId(1),
            guild: None,
            ask: AskId(1),
            article: "vpn".into(),
            section: 0,
            digest: "d".into(),
            steps: 2,
            at: 1,
            stage: Stage::Open,
            changed_at: "2026-06-15T09:00:00Z".parse().expect("an instant"),
        }
    }

    #[test]
    fn a_step_is_done_once_and_the_last_word_counts() {
        let mut walk = walk();
        let now = walk.changed_at + SignedDuration::from_mins(1);
        assert!(walk.step_done(1, now));
        assert!(!walk.step_done(1, now), "pressed twice");
        assert_eq!((walk.at, walk.done(), walk.changed_at), (2, 1, now));
        walk.set(Stage::Stuck, now);
        assert!(!walk.can_resume(now));
        assert!(walk.step_done(2, now), "it went on after all");
        assert!(walk.is_done() && !walk.step_done(3, now));
        assert_eq!((walk.stage, walk.done()), (Stage::Open, 2));
        assert!(!walk.can_resume(now), "nothing is left");
    }

    #[test]
    fn an_unfinished_walk_is_offered_for_a_day() {
        let walk = walk();
        let later = |minutes| walk.changed_at + SignedDuration::from_mins(minutes);
        assert!(walk.can_resume(later(24 * 60 - 1)));
        assert!(!walk.can_resume(later(24 * 60)));
    }

    #[test]
    fn the_step_that_loses_most_is_named() {
        assert_eq!(Walked::of([]), Walked::default());
        let walked = Walked::of([
            (3, Stage::Fixed, false, 4),
            (4, Stage::Stuck, false, 2),
            (4, Stage::Open, false, 1),
            (2, Stage::NoHelp, false, 3),
            (1, Stage::Open, true, 9),
        ]);
        assert_eq!(
            (walked.began, walked.fixed, walked.lost),
            (19, 4, Some((2, 3)))
        );
        for stage in Stage::ALL {
            assert_eq!(Stage::from_key(stage.key()), Some(stage));
        }
    }
}
