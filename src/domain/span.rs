//! Spans of time as people type them.

use jiff::{SignedDuration, Span, SpanRelativeTo};

/// The longest span that anybody can ask for: what lies beyond a year is a slip of the finger (`SECURITY` A39).
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366);

/// The span that `typed` means (`2h`, `90 min`, `1d 4h`, `2 weeks`): at least a minute, at most a year, days of 24 hours.
pub fn read(typed: &str) -> Option<SignedDuration> {
    let span: Span = typed.trim().to_lowercase().parse().ok()?;
    let span = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    (span >= SignedDuration::from_mins(1) && span <= LONGEST).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_understood_and_the_rest_is_not_guessed() {
        let hours = SignedDuration::from_hours;
        for (typed, expected) in [
            ("2h", Some(hours(2))),
            (" 90 min ", Some(SignedDuration::from_mins(90))),
            ("1d 4h", Some(hours(28))),
            ("2 weeks", Some(hours(24 * 14))),
            ("3 Days", Some(hours(72))),
            ("30s", None),
            ("-2h", None),
            ("2 years", None),
            ("99999999999999999999h", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }
}
