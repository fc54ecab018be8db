//! What a picture of a report shows, in words: for those who do not see it.

use crate::discord::words::Words;
use crate::domain::clocks::ClockKind;
use crate::domain::report::{Figure, Personal, Report, Spans};

use super::{AGE_NAMES, said};

/// The numbers of the desk's picture.
pub(super) fn of_desk(words: Words, report: &Report) -> String {
    let mut all = vec![words.picture_says_days(report.days.len(), report.opened, report.solved)];
    // The first of several days that are alike.
    let most = report.days.iter().rev().max_by_key(|day| day.opened);
    if let Some(day) = most.filter(|day| day.opened > 0) {
        all.push(words.picture_says_most(&day.date, day.opened));
    }
    let ages: Vec<String> = AGE_NAMES
        .into_iter()
        .zip(report.backlog_ages)
        .map(|(name, count)| words.picture_says_age(name, count))
        .collect();
    all.push(words.picture_says_ages(report.backlog.n, &ages.join(", ")));
    for clock in [ClockKind::FirstResponse, ClockKind::Resolution] {
        let share = report.promises.get(clock.key()).copied();
        let share = said(words, share.unwrap_or_default());
        all.push(words.picture_says_kept(&words.clock(clock), &share));
    }
    for tier in &report.tiers {
        all.push(words.picture_says_tier(tier.tier, &words.spans(&tier.stay)));
    }
    let busiest = report
        .hours
        .iter()
        .enumerate()
        .rev()
        .max_by_key(|(_, n)| **n);
    if let Some((at, count)) = busiest.filter(|(_, n)| **n > 0) {
        let days = words.picture_weekdays();
        let day = days.split_whitespace().nth(at / 24).unwrap_or_default();
        all.push(words.picture_says_hours(day, at % 24, *count));
    }
    all.join(" ")
}

/// The numbers of one person's picture, those that are told.
pub(super) fn of_one(words: Words, personal: &Personal) -> String {
    let mut all = Vec::new();
    for clock in [ClockKind::FirstResponse, ClockKind::Resolution] {
        let kept = personal.promises.get(clock.key());
        let kept = words.figure(kept.unwrap_or(&Figure::TooFew), |share| said(words, *share));
        all.push(words.picture_says_kept(&words.clock(clock), &kept));
    }
    for (name, figure) in times(words, personal) {
        let spans = words.figure(figure, |spans| words.spans(spans));
        all.push(words.picture_says_spans(&name, &spans));
    }
    all.join(" ")
}

/// How long what took, of one person.
pub(super) fn times(words: Words, personal: &Personal) -> [(String, &Figure<Spans>); 3] {
    [
        (words.picture_took(), &personal.taken),
        (words.picture_answer(), &personal.first_response),
        (words.picture_solution(), &personal.resolution),
    ]
}
