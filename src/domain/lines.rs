//! The lines of the escalation channel: which are posted, which are held back, and when many stand in one message.
//!
//! Ten lines within ten minutes are posted one by one; what comes beyond stands in one message that is kept current, until fewer
//! came. In quiet hours lines are held back and come together in one message at their end; a P1 never is. What is less urgent
//! than a desk wants to read is not posted: its ticket's history and its staff thread have it all the same.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::notice::{ClockNotice, LadderNotice, Notice};
use super::priority::Priority;

/// So many lines are posted one by one,
pub const ALONE_AT_MOST: usize = 10;
/// within so long.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// So many stand in one message; then another is begun, so that none is only counted.
pub const IN_ONE: usize = 15;

/// What a desk wants to read there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRules {
    /// The least urgent of which a line is posted.
    pub lowest: Priority,
    /// From which minute of the day until which one nothing is posted but a P1; past midnight where the first is later.
    pub quiet: Option<(i16, i16)>,
}

impl Default for LineRules {
    /// All of it, at any time.
    fn default() -> Self {
        Self {
            lowest: Priority::P4,
            quiet: None,
        }
    }
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is posted.
    Alone,
    /// It goes into the message with the others.
    Together,
    /// It waits for the end of the quiet hours.
    Held(Timestamp),
    /// Nobody wants to read it there.
    LeftOut,
}

impl LineRules {
    /// What becomes of a line about a ticket of that priority, after so many came `lately`, within [`WINDOW`]. What is about
    /// the desk as a whole has no priority and is as urgent as can be.
    pub fn way(
        &self,
        priority: Option<Priority>,
        lately: usize,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Way {
        if priority.is_some_and(|priority| priority.rank() > self.lowest.rank()) {
            return Way::LeftOut;
        }
        let may_wait = priority.is_some_and(|priority| priority != Priority::P1);
        match self.quiet_until(zone, now).filter(|_| may_wait) {
            Some(until) => Way::Held(until),
            None if lately >= ALONE_AT_MOST => Way::Together,
            None => Way::Alone,
        }
    }

    /// When the quiet hours end that are now, where they are.
    pub fn quiet_until(&self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let (from, until) = self.quiet?;
        let local = zone.to_datetime(now);
        let minute = i16::from(local.hour()) * 60 + i16::from(local.minute());
        let date = local.date();
        let over_night = from > until;
        let (quiet, day) = if over_night {
            let evening = minute >= from;
            let day = if evening { date.tomorrow().ok()? } else { date };
            (evening || minute < until, day)
        } else {
            (from <= minute && minute < until, date)
        };
        instant(day, until, zone).filter(|end| quiet && *end > now)
    }
}

fn instant(day: Date, minute: i16, zone: &TimeZone) -> Option<Timestamp> {
    let time = day.at(0, 0, 0, 0).checked_add(i64::from(minute).minutes());
    Some(time.ok()?.to_zoned(zone.clone()).ok()?.timestamp())
}

/// Whether that is one line about one thing. A post that is of many already stands as it is.
pub fn is_line(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::EscalationLine { .. }
            | Notice::RejectLine { .. }
            | Notice::Clock(ClockNotice::Breached { .. } | ClockNotice::Waived { .. })
            | Notice::Ladder(LadderNotice::Waits { .. })
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn ten_are_posted_one_by_one_and_what_comes_beyond_together() {
        let (rules, now) = (LineRules::default(), at("2026-06-15T09:00:00Z"));
        let way = |lately| rules.way(Some(Priority::P3), lately, &TimeZone::UTC, now);
        assert_eq!((way(9), way(10)), (Way::Alone, Way::Together));
    }

    #[test]
    fn what_is_less_urgent_than_wanted_is_left_out_and_a_p1_never_waits() {
        let rules = LineRules {
            lowest: Priority::P2,
            quiet: Some((22 * 60, 6 * 60)),
        };
        let night = at("2026-06-15T23:30:00Z");
        let end = at("2026-06-16T06:00:00Z");
        let way = |priority| rules.way(Some(priority), 0, &TimeZone::UTC, night);
        let all = [Priority::P1, Priority::P2, Priority::P3].map(way);
        assert_eq!(all, [Way::Alone, Way::Held(end), Way::LeftOut]);
        assert_eq!(rules.way(None, 0, &TimeZone::UTC, night), Way::Alone);
    }

    #[test]
    fn quiet_hours_go_by_the_clocks_of_the_desk_and_past_midnight() {
        let until = |quiet, now: &str| {
            let rules = LineRules {
                quiet: Some(quiet),
                ..LineRules::default()
            };
            rules.quiet_until(&TimeZone::UTC, at(now))
        };
        let night = (22 * 60, 6 * 60);
        let morning = Some(at("2026-06-16T06:00:00Z"));
        assert_eq!(until(night, "2026-06-15T22:00:00Z"), morning);
        assert_eq!(until(night, "2026-06-16T05:59:59Z"), morning);
        assert_eq!(until(night, "2026-06-16T06:00:00Z"), None);
        assert_eq!(until(night, "2026-06-15T21:59:59Z"), None);
        let noon = (12 * 60, 13 * 60);
        assert_eq!(
            until(noon, "2026-06-15T12:30:00Z"),
            Some(at("2026-06-15T13:00:00Z"))
        );
        assert_eq!(until(noon, "2026-06-15T13:00:00Z"), None);
    }
}
