//! A digest: what leads read by themselves, once a day and once a week. What is about to be late comes before what is late, then
//! the figures, then what changed.

use super::board::section;
use super::reply::{Embed, Post};
use super::views::report::{promises, tickets};
use super::words::Words;
use super::words::parts::colour;
use crate::desk::Wanted;
use crate::domain::clocks::ClockKind;
use crate::domain::digest::{Digest, Every};
use crate::domain::report::Report;
use jiff::SignedDuration;

/// The message.
pub fn draw(words: Words, digest: &Digest) -> Post {
    let title = match digest.every {
        Every::Day => words.digest_day(&digest.from),
        Every::Week => words.digest_week(&digest.from, &digest.until),
    };
    let mut embed = Embed {
        title: Some(title),
        colour: Some(colour::QUIET),
        ..Embed::default()
    };
    if digest.calm() {
        embed.description = Some(words.digest_calm());
        return Post::embed(embed);
    }
    let lists = [
        (words.board_soon(digest.soon.total), &digest.soon),
        (words.board_late(digest.late.total), &digest.late),
    ];
    let mut sections: Vec<String> = lists
        .into_iter()
        .filter(|(_, list)| list.total > 0)
        .map(|(heading, list)| section(words, digest.guild, &heading, list))
        .collect();
    if digest.least_count > 0 {
        let head = format!("**{}**", words.notice_clock_daily(digest.least_count));
        sections.push(words.digest(head, &digest.least, digest.least_count));
    }
    if sections.is_empty() {
        sections.push(words.digest_in_time());
    }
    embed.description = Some(sections.join("\n\n"));
    let report = &digest.report;
    let times = format!(
        "{}\n{}",
        words.digest_line(&words.report_answer(), &words.spans(&report.first_response)),
        words.digest_line(&words.report_solution(), &words.spans(&report.resolution)),
    );
    let embed = embed
        .with_field(
            words.report_tickets(),
            tickets(words, report, &Wanted::default()),
        )
        .with_field(words.report_promises(), promises(words, report))
        .with_field(words.digest_times(), times)
        .with_field(
            match digest.every {
                Every::Day => words.digest_against_day(),
                Every::Week => words.digest_against_week(),
            },
            changed(words, report, &digest.before),
        );
    Post::embed(embed)
}

/// What is not as it was in the period before.
fn changed(words: Words, now: &Report, before: &Report) -> String {
    let long = |seconds: Option<i64>| {
        seconds.map(|seconds| words.duration(SignedDuration::from_secs(seconds)))
    };
    let kept = |report: &Report, clock: ClockKind| {
        let percent = report.promises.get(clock.key())?.percent()?;
        Some(words.digest_percent(percent))
    };
    let count = |n: usize| Some(n.to_string());
    type Pair = (String, Option<String>, Option<String>);
    let pairs: [Pair; 7] = [
        (
            words.digest_opened(),
            count(now.opened),
            count(before.opened),
        ),
        (
            words.digest_solved(),
            count(now.solved),
            count(before.solved),
        ),
        (
            words.digest_open(),
            count(now.backlog.n),
            count(before.backlog.n),
        ),
        (
            words.digest_kept(&words.clock(ClockKind::FirstResponse)),
            kept(now, ClockKind::FirstResponse),
            kept(before, ClockKind::FirstResponse),
        ),
        (
            words.digest_kept(&words.clock(ClockKind::Resolution)),
            kept(now, ClockKind::Resolution),
            kept(before, ClockKind::Resolution),
        ),
        (
            words.digest_half(&words.report_answer()),
            long(now.first_response.median),
            long(before.first_response.median),
        ),
        (
            words.digest_half(&words.report_solution()),
            long(now.resolution.median),
            long(before.resolution.median),
        ),
    ];
    let none = |said: Option<String>| said.unwrap_or_else(|| words.digest_none());
    let lines: Vec<String> = pairs
        .into_iter()
        .filter(|(_, now, before)| now != before)
        .map(|(what, now, before)| words.digest_changed(&what, &none(now), &none(before)))
        .collect();
    if lines.is_empty() {
        return words.digest_same();
    }
    lines.join("\n")
}
