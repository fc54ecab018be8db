//! How written hours can be wrong.

/// Why no calendar can be made of what is written. Each says where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFault {
    /// Nothing ever opens: a clock would never come to its end.
    #[error(
        "the calendar never opens: give at least one weekday an interval, such as \"mon\": [[\"09:00\", \"17:00\"]]"
    )]
    NoBusinessHours,
    /// The time zone database does not know it.
    #[error(
        "tz: there is no time zone \"{tz}\": write {}",
        .meant.as_deref().unwrap_or("an IANA name, such as Europe/Berlin or UTC")
    )]
    BadTimeZone {
        /// What is written.
        tz: String,
        /// The name that differs only in small and capital letters.
        meant: Option<String>,
    },
    /// No such day.
    #[error("weekly: there is no weekday \"{key}\": write mon, tue, wed, thu, fri, sat, or sun")]
    BadWeekday {
        /// What is written.
        key: String,
    },
    /// No such date.
    #[error("{place}: there is no date \"{text}\": write it as 2026-12-24")]
    BadDate {
        /// `holidays` or `overrides`.
        place: &'static str,
        /// What is written.
        text: String,
    },
    /// No time of day.
    #[error("{place}: \"{text}\" is no time of day: write 00:00 to 24:00, with two digits each")]
    BadTime {
        /// The day, such as `weekly.mon`.
        place: String,
        /// What is written.
        text: String,
    },
    /// It begins where it ends, or at the end of its day.
    #[error(
        "{place}: nothing lies between {from} and {to}: leave the interval out, or write 00:00 to 24:00 for the whole day"
    )]
    EmptyInterval {
        /// The day, such as `weekly.mon`.
        place: String,
        /// Its beginning.
        from: String,
        /// Its end.
        to: String,
    },
    /// Two intervals of one day have time in common.
    #[error("{place}: {first} and {second} overlap: make them one, or move one of them")]
    OverlappingIntervals {
        /// The day, such as `weekly.mon`.
        place: String,
        /// The earlier, such as `09:00–12:00`.
        first: String,
        /// The later.
        second: String,
    },
}

impl CalendarFault {
    /// A short name that does not change: what programs compare, and logs say.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoBusinessHours => "no_business_hours",
            Self::BadTimeZone { .. } => "bad_time_zone",
            Self::BadWeekday { .. } => "bad_weekday",
            Self::BadDate { .. } => "bad_date",
            Self::BadTime { .. } => "bad_time",
            Self::EmptyInterval { .. } => "empty_interval",
            Self::OverlappingIntervals { .. } => "overlapping_intervals",
        }
    }
}
