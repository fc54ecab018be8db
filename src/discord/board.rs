//! The board: how the desk stands, in one message of the leads' channel.

use super::plain::shown_line;
use super::reply::{Embed, Post};
use super::words::Words;
use super::words::parts::{address, colour};
use crate::domain::board::{Board, BoardLine, BoardList, BoardTier};
use crate::domain::ids::GuildId;
use jiff::Timestamp;

/// The board of `guild` as it should stand there at `now`. It has no buttons: whoever pressed one on a message that all read
/// would change it for all.
pub fn draw(words: Words, guild: GuildId, board: &Board, now: Timestamp) -> Post {
    let sections = [
        (words.board_soon(board.soon.total), &board.soon),
        (words.board_late(board.late.total), &board.late),
        (
            words.board_unclaimed(board.unclaimed.total),
            &board.unclaimed,
        ),
    ];
    let sections: Vec<String> = sections
        .into_iter()
        .filter(|(_, list)| list.total > 0)
        .map(|(heading, list)| section(words, guild, &heading, list))
        .collect();
    let colour = if board.late.total > 0 {
        colour::URGENT
    } else if board.soon.total > 0 {
        colour::WAITS
    } else {
        colour::OPEN
    };
    let mut embed = Embed {
        title: Some(words.board_title()),
        description: Some(if sections.is_empty() {
            words.board_calm()
        } else {
            sections.join("\n\n")
        }),
        colour: Some(colour),
        at: Some(now),
        ..Embed::default()
    };
    for tier in &board.tiers {
        embed = embed.with_field(tier.tier.to_string(), described(words, tier));
    }
    Post::embed(embed)
}

/// One list under its heading.
pub(super) fn section(words: Words, guild: GuildId, heading: &str, list: &BoardList) -> String {
    let mut lines = vec![format!("**{heading}**")];
    lines.extend(list.lines.iter().map(|line| said(words, guild, line)));
    let shown = u32::try_from(list.lines.len()).unwrap_or(u32::MAX);
    if list.total > shown {
        lines.push(words.board_more(list.total - shown));
    }
    lines.join("\n")
}

fn said(words: Words, guild: GuildId, line: &BoardLine) -> String {
    let number = match line.staff_thread {
        Some(thread) => format!("[{}]({})", line.number, address(guild, thread)),
        None => line.number.to_string(),
    };
    let title = match &line.title {
        Some(title) => shown_line(title),
        None => words.board_confidential(),
    };
    let what = match line.clock {
        Some(clock) => words.board_clock(&words.clock(clock), line.at),
        None => words.board_opened(line.at),
    };
    let who = match line.assignee {
        Some(who) => words.board_with(who),
        None => words.board_with_nobody(),
    };
    let (priority, tier) = (line.priority, line.tier);
    format!("{number} · {tier} · {priority} · {title}\n{what} · {who}")
}

fn described(words: Words, tier: &BoardTier) -> String {
    let counts = [
        (tier.at_risk, words.board_tier_soon(tier.at_risk)),
        (tier.breached, words.board_tier_late(tier.breached)),
        (tier.unclaimed, words.board_tier_unclaimed(tier.unclaimed)),
        (tier.waiting_user, words.board_tier_user(tier.waiting_user)),
        (
            tier.waiting_vendor,
            words.board_tier_vendor(tier.waiting_vendor),
        ),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = std::iter::once(words.board_tier_open(tier.open))
        .chain(counts.map(|(_, said)| said))
        .collect();
    let people: Vec<String> = tier
        .on_duty
        .iter()
        .map(|(user, load)| words.queue_person(*user, *load, tier.capacity))
        .collect();
    let people = if people.is_empty() {
        words.queue_nobody()
    } else {
        words.queue_on_duty(&people.join(", "))
    };
    format!("{}\n{people}", counts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::board::{LINES_AT_MOST, TITLE_AT_MOST};
    use crate::domain::clocks::ClockKind;
    use crate::domain::ids::{ChannelId, Number, UserId};
    use crate::domain::priority::Priority;
    use crate::domain::tier::Tier;

    #[test]
    fn the_fullest_board_fits_into_a_message_and_shows_titles_as_text() {
        let line = |number| BoardLine {
            number: Number(number),
            title: Some("*".repeat(TITLE_AT_MOST)),
            priority: Priority::P1,
            tier: Tier::L3,
            assignee: Some(UserId(u64::MAX)),
            staff_thread: Some(ChannelId(u64::MAX)),
            clock: Some(ClockKind::FirstResponse),
            at: Timestamp::UNIX_EPOCH,
        };
        let list = BoardList {
            lines: (0..).map(line).take(LINES_AT_MOST).collect(),
            total: 1000,
        };
        let tier = |tier| BoardTier {
            tier,
            open: 1000,
            unclaimed: 1000,
            waiting_user: 1000,
            waiting_vendor: 1000,
            at_risk: 1000,
            breached: 1000,
            on_duty: (0..15).map(|n| (UserId(u64::MAX - n), 99)).collect(),
            capacity: 99,
        };
        let board = Board {
            tiers: Tier::ALL.into_iter().map(tier).collect(),
            soon: list.clone(),
            late: list.clone(),
            unclaimed: list,
        };
        let post = draw(
            Words::of("en"),
            GuildId(u64::MAX),
            &board,
            Timestamp::UNIX_EPOCH,
        );
        let embed = &post.embeds[0];
        let text = embed.description.as_deref().unwrap_or_default();
        assert!(
            text.contains("\\*\\*") && text.chars().count() <= 4096,
            "{}",
            text.chars().count()
        );
        let fields: usize = embed
            .fields
            .iter()
            .map(|field| field.value.chars().count())
            .sum();
        assert!(
            embed
                .fields
                .iter()
                .all(|field| field.value.chars().count() <= 1024)
        );
        assert!(fields + text.chars().count() < 5900);
    }
}
