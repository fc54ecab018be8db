//! How a report of one person looks.

use super::report::{about, dates};
use crate::desk::{OneReported, Wanted};
use crate::discord::reply::{Embed, Post};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::discord::words::report::percent;
use crate::domain::clocks::ClockKind;
use crate::domain::report::{Figure, Personal, Share, Spans};
use jiff::SignedDuration;

/// The report as text.
pub fn shown(words: Words, one: &OneReported, wanted: &Wanted) -> Post {
    let (from, until) = dates(one.period, &one.zone);
    let personal = &one.personal;
    let rest = words.report_personal_about(one.person, &one.zone);
    let share = |figure: &Figure<Share>| words.figure(figure, |share| words.share(*share));
    let spans = |figure: &Figure<Spans>| words.figure(figure, |spans| words.spans(spans));
    let solution = format!(
        "{}\n{}",
        spans(&personal.resolution),
        words.report_solution_wall(&spans(&personal.resolution_wall))
    );
    let promises = [ClockKind::FirstResponse, ClockKind::Resolution].map(|clock| {
        let kept = personal.promises.get(clock.key());
        let kept = kept.unwrap_or(&Figure::TooFew);
        words.report_promise(&words.clock(clock), &share(kept))
    });
    let quality = [
        words.report_first_contact(&share(&personal.first_contact)),
        words.report_one_touch(&share(&personal.one_touch)),
        words.report_reopened(&share(&personal.reopened)),
        words.report_bounced(&share(&personal.bounced)),
    ];
    let waits = match (
        personal.waited_requester.told(),
        personal.waited_vendor.told(),
    ) {
        (Some(requester), Some(vendor)) => format!(
            "{}, {}",
            words.report_waits_requester(percent(*requester)),
            words.report_waits_vendor(percent(*vendor))
        ),
        _ => words.report_personal_few(),
    };
    let satisfied =
        words.report_satisfied_share(&share(&personal.satisfied), &share(&personal.answered));
    let embed = Embed {
        title: Some(words.report_personal_title(&from, &until)),
        description: Some(about(words, wanted, rest)),
        colour: Some(colour::QUIET),
        ..Embed::default()
    };
    Post::embed(
        embed
            .with_field(words.report_tickets(), tickets(words, personal))
            .with_field(words.report_promises(), promises.join("\n"))
            .with_field(words.report_answer(), spans(&personal.first_response))
            .with_field(words.report_taken(), spans(&personal.taken))
            .with_field(words.report_solution(), solution)
            .with_field(words.report_quality(), quality.join("\n"))
            .with_field(words.report_waits(), waits)
            .with_field(words.report_satisfied(), satisfied),
    )
}

fn tickets(words: Words, personal: &Personal) -> String {
    let count =
        |figure: &Figure<usize>| words.figure(figure, |count| words.report_personal_count(*count));
    let counts = words.report_personal_took(&count(&personal.took), &count(&personal.solved));
    let said = |seconds: i64| words.duration(SignedDuration::from_secs(seconds));
    let backlog = personal.backlog.told();
    let backlog = match backlog.map(|backlog| (backlog.n, backlog.median, backlog.longest)) {
        Some((count, Some(median), Some(longest))) => {
            words.report_personal_backlog(count, &said(median), &said(longest))
        }
        _ => words.report_personal_backlog_few(&words.report_personal_few()),
    };
    format!("{counts}\n{backlog}")
}
