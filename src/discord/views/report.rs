//! How a report looks.

use crate::desk::{OpenedIn, Reported, Wanted};
use crate::discord::reply::{Embed, Post};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::discord::words::report::percent;
use crate::domain::category::Category;
use crate::domain::clocks::ClockKind;
use crate::domain::report::{Period, Report, Share, TierReport};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

/// The report as text.
pub fn shown(words: Words, reported: &Reported, wanted: &Wanted) -> Post {
    let report = &reported.report;
    let (from, until) = dates(reported.period, &reported.zone);
    let about = about(words, wanted, words.report_about(&reported.zone));
    let mut embed = Embed {
        title: Some(words.report_title(&from, &until)),
        description: Some(about),
        colour: Some(colour::QUIET),
        ..Embed::default()
    };
    let solution = format!(
        "{}\n{}",
        words.spans(&report.resolution),
        words.report_solution_wall(&words.spans(&report.resolution_wall))
    );
    embed = embed
        .with_field(words.report_tickets(), tickets(words, report, wanted))
        .with_field(words.report_promises(), promises(words, report))
        .with_field(words.report_answer(), words.spans(&report.first_response))
        .with_field(words.report_taken(), words.spans(&report.taken))
        .with_field(words.report_solution(), solution)
        .with_field(words.report_quality(), quality(words, report));
    for tier in &report.tiers {
        embed = embed.with_field(tier.tier.to_string(), of_tier(words, tier));
    }
    let waits = format!(
        "{}, {}",
        words.report_waits_requester(percent(report.waited_requester)),
        words.report_waits_vendor(percent(report.waited_vendor))
    );
    let satisfied = words.report_satisfied_share(
        &words.share(report.satisfied),
        &words.share(report.answered),
    );
    embed = embed
        .with_field(words.report_waits(), waits)
        .with_field(words.report_satisfied(), satisfied);
    // Questions and messages belong to no category, tier or hour.
    if *wanted == Wanted::default() {
        let asked = reported.asked;
        let counts = words.report_questions_counts(
            asked.questions,
            asked.confirmed,
            asked.possible,
            asked.none,
            asked.found_nothing,
        );
        embed = embed
            .with_field(words.report_questions(), counts)
            .with_field(words.report_messages(), messages(words, reported));
    }
    Post::embed(embed)
}

/// What a report is limited to, and then `rest`.
pub(super) fn about(words: Words, wanted: &Wanted, rest: String) -> String {
    let category = wanted.category.and_then(Category::from_key);
    let category = category.map(|one| words.report_about_category(&words.category(one)));
    let opened = wanted.opened.map(|opened| match opened {
        OpenedIn::OfficeHours => words.report_about_office(),
        OpenedIn::ClosedHours => words.report_about_closed(),
    });
    let tier = wanted.tier.map(|tier| words.report_about_tier(tier));
    let all = [category, opened, tier, Some(rest)].into_iter().flatten();
    all.collect::<Vec<String>>().join(" ")
}

/// The first and the last day of a period in that zone.
pub(super) fn dates(period: Period, zone: &str) -> (String, String) {
    let zone = TimeZoneDatabase::bundled().get(zone);
    let zone = zone.unwrap_or(TimeZone::UTC);
    let date = |at: Timestamp| zone.to_datetime(at).date().to_string();
    let last = period.until - SignedDuration::from_nanos(1);
    (date(period.from), date(last))
}

/// What came and went, and what is open.
pub(in crate::discord) fn tickets(words: Words, report: &Report, wanted: &Wanted) -> String {
    let counts = match wanted.tier {
        Some(_) => words.report_came(report.opened, report.solved),
        None => words.report_tickets_counts(report.opened, report.solved),
    };
    let backlog = &report.backlog;
    let said = |seconds: i64| words.duration(SignedDuration::from_secs(seconds));
    let backlog = match (backlog.median, backlog.longest) {
        (Some(median), Some(longest)) => {
            words.report_backlog(backlog.n, &said(median), &said(longest))
        }
        _ => words.report_backlog_none(),
    };
    format!("{counts}\n{backlog}")
}

/// Which promises were kept.
pub(in crate::discord) fn promises(words: Words, report: &Report) -> String {
    let clocks = [ClockKind::FirstResponse, ClockKind::Resolution];
    let kept = clocks.into_iter().filter_map(|clock| {
        let share = report.promises.get(clock.key())?;
        Some(words.report_promise(&words.clock(clock), &words.share(*share)))
    });
    let missed = report.updates_missed;
    let lines: Vec<String> = kept
        .chain(missed.map(|missed| words.report_updates(missed)))
        .chain((report.waived > 0).then(|| words.report_waived(report.waived)))
        .collect();
    lines.join("\n")
}

fn quality(words: Words, report: &Report) -> String {
    type Said = fn(&Words, &str) -> String;
    let shares: [(Share, Said); 5] = [
        (report.first_contact, Words::report_first_contact),
        (report.one_touch, Words::report_one_touch),
        (report.reopened, Words::report_reopened),
        (report.repeated, Words::report_repeated),
        (report.bounced, Words::report_bounced),
    ];
    let lines: Vec<String> = shares
        .into_iter()
        .filter(|(share, _)| share.of > 0)
        .map(|(share, said)| said(&words, &words.share(share)))
        .chain((report.returned > 0).then(|| words.report_returned(report.returned)))
        .collect();
    if lines.is_empty() {
        return words.report_share_none();
    }
    lines.join("\n")
}

fn of_tier(words: Words, tier: &TierReport) -> String {
    let mut lines = vec![words.report_tier(tier.came, tier.solved)];
    if tier.escalated.of > 0 {
        lines.push(words.report_tier_escalated(&words.share(tier.escalated)));
    }
    if tier.stay.n > 0 {
        lines.push(words.report_tier_stay(&words.spans(&tier.stay)));
    }
    lines.join("\n")
}

fn messages(words: Words, reported: &Reported) -> String {
    let delivered = reported.delivered;
    let seconds = |ms: i64| words.report_seconds(&format!("{}.{}", ms / 1000, ms % 1000 / 100));
    let took = match (delivered.median_ms, delivered.p99_ms) {
        (Some(median), Some(p99)) => {
            words.report_messages_took(&seconds(median), &seconds(p99), delivered.messages)
        }
        _ => words.report_spans_none(),
    };
    let mut lines = vec![took];
    if delivered.given_up > 0 {
        lines.push(words.report_messages_given_up(delivered.given_up));
    }
    if delivered.copies > 0 {
        lines.push(words.report_messages_copies(delivered.copies));
    }
    lines.join("\n")
}
