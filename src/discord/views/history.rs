//! What happened to a ticket: line by line, and as its way through the tiers.

use jiff::Timestamp;

use super::ticket::works_here;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Embed, Post, Style};
use crate::discord::words::Words;
use crate::discord::words::history::moment;
use crate::discord::words::parts::{colour, with_long_field};
use crate::domain::event::{Event, What};
use crate::domain::handover::HandOver;
use crate::domain::people::Actor;
use crate::domain::stays::{Left, Stay, stays};
use crate::domain::ticket::Ticket;
use crate::domain::tier::Tier;
use crate::domain::waited::waited;

/// Lines on one page: together they fit into one embed.
const LINES: usize = 15;

/// What happened to `ticket` as `viewer` may know it. `page` counts from 1; without it the last one is shown.
pub fn history(
    words: Words,
    ticket: &Ticket,
    events: &[Event],
    viewer: &Actor,
    name: &str,
    page: Option<usize>,
) -> Post {
    let insider = works_here(ticket, viewer);
    let lines: Vec<String> = events
        .iter()
        .filter_map(|event| words.happened(event, ticket.requester, insider))
        .collect();
    let pages: Vec<String> = lines.chunks(LINES).map(|page| page.join("\n")).collect();
    let (page, text) = turned(&pages, page);
    let embed = Embed {
        title: Some(words.history_title(ticket.number)),
        description: Some(text.cloned().unwrap_or_else(|| words.history_empty())),
        colour: Some(colour::QUIET),
        footer: (pages.len() > 1).then(|| words.history_page(page, pages.len())),
        ..Embed::default()
    };
    Post::embed(embed).with_buttons(turns(words, "ticket history", name, page, pages.len()))
}

/// One stay at a tier: since when, until when, and the hand-over that ended it or brought it.
struct Hop<'a> {
    at: Timestamp,
    hand_over: &'a HandOver,
    answer: Option<(&'a Event, Timestamp)>,
}

/// The chain of hand-overs of `ticket`, one to a page, with how long it stayed at each tier; the last one first.
pub fn chain(
    words: Words,
    ticket: &Ticket,
    events: &[Event],
    now: Timestamp,
    name: &str,
    page: Option<usize>,
) -> Post {
    let hops = hops(events);
    if hops.is_empty() {
        let tier = stays(events, now)
            .first()
            .map_or(ticket.tier, |stay| stay.tier);
        return Post::text(words.chain_none(ticket.number, tier, ticket.opened_at));
    }
    let pages: Vec<&Hop<'_>> = hops.iter().collect();
    let (page, hop) = turned(&pages, page);
    let mut stayed: Vec<(Tier, jiff::SignedDuration)> = Vec::new();
    let all = stays(events, now);
    let (over, present): (Vec<Stay>, Vec<Stay>) =
        all.into_iter().partition(|stay| stay.left != Left::Not);
    for stay in over {
        match stayed.last_mut() {
            // It was solved there, and opened again.
            Some((tier, span)) if *tier == stay.tier => *span += stay.span(),
            _ => stayed.push((stay.tier, stay.span())),
        }
    }
    let mut lines: Vec<String> = stayed
        .into_iter()
        .map(|(tier, span)| words.chain_stay(tier, &words.duration(span)))
        .collect();
    let outside = waited(events, now);
    let longer = |span: jiff::SignedDuration| span.is_positive().then(|| words.duration(span));
    lines.extend(longer(outside.requester).map(|span| words.chain_waited_requester(&span)));
    lines.extend(longer(outside.vendor).map(|span| words.chain_waited_vendor(&span)));
    let with = ticket
        .assignee
        .map_or_else(|| words.nobody_yet(), |who| format!("<@{who}>"));
    let since = present.first().map_or(ticket.changed_at, |stay| stay.from);
    lines.push(words.chain_now(ticket.tier, since, &with));
    let mut embed = Embed {
        title: Some(words.chain_title(ticket.number)),
        description: Some(lines.join("\n")),
        colour: Some(colour::QUIET),
        footer: (pages.len() > 1).then(|| words.history_page(page, pages.len())),
        ..Embed::default()
    };
    if let Some(hop) = hop {
        let over = hop.hand_over;
        let headline = words.chain_hop(&moment(hop.at), over.by);
        embed = embed.with_field(
            format!("{} → {}", over.from, over.to),
            format!("{headline}\n{}", answer(words, hop)),
        );
        let texts = &over.texts;
        for (label, text) in [
            (words.field_summary(), &texts.summary),
            (words.field_tried(), &texts.tried),
            (words.field_findings(), &texts.findings),
            (words.field_asked(), &texts.asked),
            (words.field_told(), &texts.told),
        ] {
            embed = with_long_field(embed, &label, &plain::shown(text));
        }
    }
    Post::embed(embed).with_buttons(turns(words, "work handover", name, page, pages.len()))
}

fn hops(events: &[Event]) -> Vec<Hop<'_>> {
    let mut hops: Vec<Hop<'_>> = Vec::new();
    for event in events {
        match &event.what {
            What::Escalated { hand_over, .. } => hops.push(Hop {
                at: event.at,
                hand_over,
                answer: None,
            }),
            What::Accepted { answers: Some(_) }
            | What::Claimed { answers: Some(_) }
            | What::Rejected { .. } => {
                if let Some(last) = hops.last_mut() {
                    last.answer.get_or_insert((event, event.at));
                }
            }
            _ => {}
        }
    }
    hops
}

fn answer(words: Words, hop: &Hop<'_>) -> String {
    let Some((event, at)) = hop.answer else {
        return words.chain_answer_waits();
    };
    let by = event.by.unwrap_or(hop.hand_over.by);
    let after = words.duration(at.duration_since(hop.at));
    match &event.what {
        What::Rejected { reason, .. } => {
            words.chain_answer_rejected(by, &after, &plain::shown_line(reason))
        }
        _ => words.chain_answer_accepted(by, &after),
    }
}

/// The page that is shown, counted from 1, and what is on it.
fn turned<T>(pages: &[T], page: Option<usize>) -> (usize, Option<&T>) {
    let page = page.unwrap_or(pages.len()).clamp(1, pages.len().max(1));
    (page, pages.get(page - 1))
}

fn turns(words: Words, path: &str, name: &str, page: usize, pages: usize) -> Vec<Button> {
    if pages < 2 {
        return Vec::new();
    }
    let turn = |label, page: usize, there: bool| Button {
        disabled: !there,
        ..Button::new(label, Style::Secondary, Line::new(path).arg(name).arg(page))
    };
    vec![
        turn(words.button_previous(), page.saturating_sub(1), page > 1),
        turn(words.button_next(), page + 1, page < pages),
    ]
}
